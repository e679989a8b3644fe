//! What is fetched beside the menu: halls with tables, payment types, people, dictionaries. A part that iiko does not give (a right is missing,
//! a method is down) is told and left as it is; it does not keep the menu from coming.
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::integrations::dictionary::{self, Entry};
use crate::integrations::iiko_cloud::client::Till;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::{payment_types, restaurant_sections};
use crate::integrations::trouble::code_of;
use crate::payments::method::{self, Method};
use crate::seating;
use crate::staff::{self, import::Person};
use crate::sync::dictionaries::Told;
use crate::sync::plan::Plan;
use crate::sync::run::{Missed, Scope};
use crate::sync::staff::Seen;
use crate::sync::{
    dictionaries as their_dictionaries, payments as their_payments, seating as their_seating,
    staff as their_staff,
};
use crate::venues::part::{self, Part};

type Got = Option<Result<Vec<u8>, Fault>>;

/// iiko's answers as they came; none: not asked for.
#[derive(Debug, Default)]
pub struct Beside {
    pub seating: Got,
    pub payments: Got,
    pub staff: Option<Result<Vec<Seen>, Fault>>,
    pub dictionaries: Option<Result<Told, Fault>>,
}

/// Asks for what the scope has beside the menu; `people` are those known already.
pub async fn fetch(
    till: &Till,
    scope: Scope,
    (organization, group): (Uuid, Option<Uuid>),
    people: &[Person],
) -> Beside {
    let mut beside = Beside::default();
    // who does not answer once would be waited for at every part: the rest of this run is missed by the same fault
    let mut silent = None;
    if let Some(group) = group.filter(|_| scope.has(Part::Seating)) {
        beside.seating = Some(unless(&mut silent, till.restaurant_sections(group)).await);
    }
    if scope.has(Part::Payments) {
        beside.payments = Some(unless(&mut silent, till.payment_types(organization)).await);
    }
    if scope.has(Part::Staff) {
        let people = (people, scope == Scope::Only(Part::Staff));
        beside.staff = Some(unless(&mut silent, their_staff::fetch(till, organization, people)).await);
    }
    if scope.has(Part::Dictionaries) {
        beside.dictionaries = Some(unless(&mut silent, their_dictionaries::fetch(till, organization)).await);
    }
    beside
}

/// Asks, unless iiko has fallen silent before.
async fn unless<T>(
    silent: &mut Option<Fault>,
    ask: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    if let Some(fault) = silent {
        return Err(fault.clone());
    }
    let told = ask.await;
    if let Err(fault) = &told
        && matches!(fault.kind, FaultKind::Unreachable | FaultKind::TimedOut)
    {
        *silent = Some(fault.clone());
    }
    told
}

/// The answers, read; a part that cannot be read is missed like one that did not come.
#[derive(Debug, Default)]
pub struct Read<'a> {
    seating: Option<restaurant_sections::Answer<'a>>,
    payments: Option<payment_types::Answer<'a>>,
    staff: Option<&'a [Seen]>,
    dictionaries: Option<&'a Told>,
    pub missed: Vec<Missed>,
    /// What the first missed part was missed by.
    pub fault: Option<Fault>,
}

impl Beside {
    pub fn read(&self) -> Read<'_> {
        let mut read = Read::default();
        read.seating = kept(&mut read, Part::Seating, &self.seating, |body| restaurant_sections::read(body));
        read.payments = kept(&mut read, Part::Payments, &self.payments, |body| payment_types::read(body));
        read.staff = kept(&mut read, Part::Staff, &self.staff, |people| Ok(people.as_slice()));
        read.dictionaries = kept(&mut read, Part::Dictionaries, &self.dictionaries, Ok);
        read
    }
}

fn kept<'a, G, T>(
    read: &mut Read<'a>,
    part: Part,
    got: &'a Option<Result<G, Fault>>,
    as_answer: impl Fn(&'a G) -> Result<T, Fault>,
) -> Option<T> {
    let answer = match got.as_ref()? {
        Ok(body) => as_answer(body),
        Err(fault) => Err(fault.clone()),
    };
    let fault = match answer {
        Ok(answer) => return Some(answer),
        Err(fault) => fault,
    };
    read.missed.push(Missed {
        part: part.word().to_owned(),
        code: code_of(&fault),
        said: fault.said.clone(),
        correlation_id: fault.correlation_id.as_deref().map(str::to_owned),
    });
    read.fault.get_or_insert(fault);
    None
}

/// What we have of it.
#[derive(Debug, Default)]
pub struct Ours {
    seating: seating::import::Ours,
    payments: Vec<Method>,
    staff: Vec<Person>,
    dictionaries: Vec<Entry>,
}

impl Read<'_> {
    /// Loads what these answers are compared with.
    pub async fn ours(&self, c: &mut Conn, venue: Uuid) -> Result<Ours> {
        let mut ours = Ours::default();
        if self.seating.is_some() {
            ours.seating = seating::import::load(c, venue).await?;
        }
        if self.payments.is_some() {
            ours.payments = method::of_venue(c, venue).await?;
        }
        if self.staff.is_some() {
            ours.staff = staff::import::load(c, venue).await?;
        }
        if self.dictionaries.is_some() {
            ours.dictionaries = dictionary::of_venue(c, venue).await?;
        }
        Ok(ours)
    }
}

impl<'a> Read<'a> {
    /// Adds to the plan what becomes of them.
    pub fn plan(&'a self, plan: &mut Plan<'a>, ours: &'a Ours, organization: Uuid) {
        if let Some(theirs) = &self.seating {
            their_seating::add(plan, &ours.seating, theirs);
        }
        if let Some(theirs) = &self.payments {
            their_payments::add(plan, &ours.payments, theirs, organization);
        }
        if let Some(theirs) = self.staff {
            their_staff::add(plan, &ours.staff, theirs);
        }
        if let Some(theirs) = self.dictionaries {
            their_dictionaries::add(plan, &ours.dictionaries, theirs);
        }
    }

    /// Notes beside the parts whether they agree with the till now.
    pub async fn note(
        &self,
        c: &mut Conn,
        (venue, run): (Uuid, Uuid),
        (now, left): (Timestamp, Option<&Missed>),
    ) -> Result<()> {
        let parts = [
            (Part::Seating, self.seating.is_some()),
            (Part::Payments, self.payments.is_some()),
            (Part::Staff, self.staff.is_some()),
            (Part::Dictionaries, self.dictionaries.is_some()),
        ];
        for (part, came) in parts {
            let is_left = left.is_some_and(|left| left.part == part.word());
            if came && !is_left {
                part::note_synced(c, venue, part, now).await?;
            } else if is_left || self.missed.iter().any(|missed| missed.part == part.word()) {
                part::note_missed(c, venue, part, run).await?;
            }
        }
        Ok(())
    }
}
