//! The people iiko tells of: their words against what we know → what to write, and why. The venue's own staff is made of
//! them by a person, never by a sync.
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rand::seq::SliceRandom;
use uuid::Uuid;

use crate::contact::Phone;
use crate::integrations::iiko_cloud::client::Till;
use crate::integrations::iiko_cloud::employees::Employee;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::staff::import::Person;
use crate::sync::change::{Change, Kind, made};
use crate::sync::plan::Plan;
use crate::sync::reading::clean;

/// Phones asked for in one sync: each is a call of its own, and the key's budget is small. The rest come with the next.
const PHONES: usize = 10;

/// An employee with their phone: none, when iiko was not asked or did not say; empty, when it has none.
#[derive(Clone, Debug)]
pub struct Seen {
    pub employee: Employee,
    pub phone: Option<String>,
}

/// Who iiko tells of. Phones are asked of those whose phone we do not know; `again` asks the others too, as far as it goes.
pub async fn fetch(
    till: &Till,
    organization: Uuid,
    (known, again): (&[Person], bool),
) -> Result<Vec<Seen>, Fault> {
    let couriers = till.couriers(organization).await?;
    let has_phone: HashSet<Uuid> =
        known.iter().filter(|person| !person.phone.is_empty()).map(|person| person.iiko_id).collect();
    let mut due: Vec<Uuid> = couriers.iter().filter(|one| !one.deleted).map(|one| one.id).collect();
    due.retain(|id| again || !has_phone.contains(id));
    // by lot, or ten people without a phone would stand before the eleventh for ever
    due.shuffle(&mut rand::rng());
    due.sort_by_key(|id| has_phone.contains(id));
    let mut phones = HashMap::new();
    for id in due.into_iter().take(PHONES) {
        // phones are a convenience: without the right, or with iiko tired, they are typed
        let Ok(told) = till.employee_phone(organization, id).await else { break };
        phones.insert(id, told.unwrap_or_default());
    }
    let seen = |employee: Employee| Seen { phone: phones.remove(&employee.id), employee };
    Ok(couriers.into_iter().map(seen).collect())
}

/// Adds to the plan what becomes of the people.
pub fn add<'a>(plan: &mut Plan<'a>, ours: &'a [Person], theirs: &'a [Seen]) {
    let mut here = HashSet::new();
    for seen in theirs.iter().filter(|seen| !seen.employee.name.is_empty()) {
        let iiko_id = seen.employee.id;
        if !here.insert(iiko_id) {
            continue;
        }
        let known = ours.iter().find(|person| person.iiko_id == iiko_id);
        let person = person(seen, known);
        let told = told(&person, known);
        if !told.is_empty() {
            plan.tally.staff += 1;
            plan.changes.extend(told);
            plan.staff.people.push(person);
        }
    }
    for gone in ours.iter().filter(|person| !person.vanished && !here.contains(&person.iiko_id)) {
        let change = made("person", Uuid::nil(), gone.name.as_str(), "not_among_couriers");
        let (kind, iiko_id) = (Kind::Vanished, Some(gone.iiko_id));
        plan.changes.push(Change { kind, iiko_id, thing_id: None, ..change });
        plan.staff.vanished.push(gone.iiko_id);
        plan.tally.staff += 1;
    }
}

fn person(seen: &Seen, known: Option<&Person>) -> Person {
    let phone = match &seen.phone {
        Some(phone) => Phone::typed(phone).map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        None => known.map(|person| person.phone.clone()).unwrap_or_default(),
    };
    Person {
        iiko_id: seen.employee.id,
        name: clean(&seen.employee.name, 120).into_owned(),
        code: clean(&seen.employee.code, 40).into_owned(),
        phone,
        dismissed: seen.employee.deleted,
        vanished: false,
    }
}

/// A row for each thing that is other than before; none: nothing is. A phone is not told: histories are read by many.
fn told<'a>(person: &Person, known: Option<&'a Person>) -> Vec<Change<'a>> {
    let change = made("person", Uuid::nil(), person.name.clone(), "person_in_iiko");
    let change = Change { iiko_id: Some(person.iiko_id), thing_id: None, ..change };
    let Some(known) = known else { return vec![change] };
    let mut rows = Vec::new();
    if known.vanished {
        rows.push(Change { kind: Kind::Returned, rule: "back_among_couriers", ..change.clone() });
    }
    let changed = Change { kind: Kind::Changed, rule: "changed_in_iiko", ..change };
    if known.name != person.name {
        let (was, became) = (Some(Cow::Borrowed(known.name.as_str())), Some(Cow::Owned(person.name.clone())));
        rows.push(Change { field: Some("name"), was, became, ..changed.clone() });
    }
    if known.dismissed != person.dismissed {
        let yes = |flag: bool| Some(Cow::Borrowed(if flag { "yes" } else { "no" }));
        let (was, became) = (yes(known.dismissed), yes(person.dismissed));
        rows.push(Change { field: Some("dismissed"), was, became, ..changed.clone() });
    }
    if known.phone != person.phone || known.code != person.code {
        rows.push(Change { field: Some("phone"), ..changed });
    }
    rows
}
