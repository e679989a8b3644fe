//! iiko as the queue needs it: every word of the client told apart by what it proves. What surely did not leave, what was
//! surely refused, and all the rest, which is unclear.
use std::time::Duration;

use uuid::Uuid;

use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection;
use crate::integrations::iiko_cloud::commands::State;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::methods::{ADD_PAYMENTS, BY_ID, CHANGE_PAYMENTS, CLOSE, Payment};
use crate::integrations::iiko_cloud::orders::{self as wire, OrderInfo};
use crate::integrations::iiko_cloud::version::Version;
use crate::integrations::link::Link;
use crate::money::Kopecks;
use crate::orders;
use crate::orders::order::{self, Source, Told, Took};
use crate::orders::status::Status;
use crate::payments::method;
use crate::payments::verdict::judge;
use crate::posting::attempt::{self, Method};
use crate::posting::machine::Terms;
use crate::posting::reconciliation;
use crate::posting::till::{Alive, Answer, Bill, Blind, Can, Charge, Command, Paid, Stage, Till, Which};
use crate::sync::orders::{Ground, told};
use crate::venues::venue;

/// Between asking the till to show an order and reading it.
const SETTLES: Duration = Duration::from_millis(1_200);

/// Orders the till is asked to show at once.
const AT_ONCE: usize = 100;

/// A venue's till over its open line.
pub struct Iiko<'a> {
    db: &'a Db,
    link: &'a Link,
    venue: Uuid,
    ground: Ground,
    organization: Uuid,
    group: Uuid,
    /// The payment type of our code; none: there is none, and nothing is posted.
    method: Option<Uuid>,
    /// It, where it fits, and those that something was sent under before: what is on a bill by them is ours.
    pub types: Vec<Uuid>,
    pub terms: Terms,
}

impl<'a> Iiko<'a> {
    /// [`Error::Conflict`] where the venue has no till to post to.
    pub async fn open(db: &'a Db, link: &'a Link, venue: Uuid) -> Result<Iiko<'a>> {
        let mut c = db.snapshot().await?;
        let connection = connection::of_venue(&mut c, venue).await?.ok_or(Error::Conflict("iiko-no-key"))?;
        let (Some(organization), Some(group)) = (connection.organization_id, connection.terminal_group_id)
        else {
            return Err(Error::Conflict("iiko-no-organization"));
        };
        let (method, type_fits) = payment_type(&mut c, venue, group).await?;
        let whose = venue::get(&mut c, venue).await?;
        let ground = Ground::of(&mut c, &whose).await?;
        let can = Can::of(connection.pos_version.as_deref().and_then(Version::parse));
        // whether a till surely refuses a second `change_payments` is not proven anywhere: a person decides
        let terms = Terms { can, type_fits, proven: false, close: true };
        let mut types = reconciliation::posted_types(&mut c, venue).await?;
        drop(c);
        types.extend(method.filter(|method| type_fits && !types.contains(method)));
        Ok(Iiko { db, link, venue, ground, organization, group, method, types, terms })
    }

    /// The till shows the cloud these orders as they are now, by iikoFront's own ids.
    pub async fn show(&self, orders: &[Uuid]) -> Result<(), Fault> {
        for orders in orders.chunks(AT_ONCE) {
            self.link.till.init_by_pos_order(self.organization, self.group, orders).await?;
        }
        tokio::time::sleep(SETTLES).await;
        Ok(())
    }

    /// Something is about to be sent under this type: it is one of ours for good. A code that was only chosen for a while is
    /// not, or what a waiter takes by it would count as ours.
    async fn marks(&self, method: Uuid) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        reconciliation::note_type(&mut tx, self.venue, method, clock::now()).await?;
        tx.commit().await
    }

    /// What was read also stands on the order's page; what cannot be written there does not keep a payment waiting.
    /// Says whether it was older than what is known.
    async fn keep(&self, told: &Told) -> bool {
        let kept = async {
            let mut tx = self.db.begin().await?;
            let took = order::take(&mut tx, self.venue, told, (Source::Sweep, clock::now())).await?;
            tx.commit().await?;
            Ok::<_, Error>(took == Took::Older)
        };
        kept.await.unwrap_or_else(|cause| {
            tracing::warn!(%cause, venue = %self.venue, "an order that was read could not be kept");
            false
        })
    }

    /// It is one terminal: what is felt of it counts for every payment that may have landed, however long their turns are
    /// apart.
    async fn felt(&self, alive: Alive) {
        let noted = async {
            let mut tx = self.db.begin().await?;
            attempt::felt_by_all(&mut tx, self.venue, alive, clock::now()).await?;
            if matches!(alive, Alive::Yes | Alive::No) {
                venue::note_till(&mut tx, self.venue, alive == Alive::Yes, clock::now()).await?;
            }
            tx.commit().await
        };
        if let Err(cause) = noted.await {
            tracing::warn!(%cause, venue = %self.venue, "what was felt of a terminal could not be kept");
        }
    }

    fn bill(&self, told: &Told) -> Bill {
        let made = told.creation == "success";
        self.bill_of((told.status, made), (told.sum, told.paid), &told.bill)
    }

    /// A bill as the queue needs it, from what was kept of an order.
    pub fn bill_of(
        &self,
        (status, made): (Status, bool),
        (sum, paid): (Kopecks, Option<Kopecks>),
        bill: &orders::bill::Bill,
    ) -> Bill {
        let payments = bill.payments.iter().map(|paid| Paid {
            ours: paid.method.is_some_and(|method| self.types.contains(&method)),
            sum: paid.sum,
            preliminary: paid.preliminary,
        });
        Bill {
            present: true,
            made,
            stage: match status {
                Status::Done => Stage::Closed,
                Status::Cancelled => Stage::Deleted,
                _ => Stage::Open,
            },
            sum,
            processed: paid.unwrap_or_default(),
            payments: payments.collect(),
        }
    }
}

async fn payment_type(c: &mut Conn, venue: Uuid, group: Uuid) -> Result<(Option<Uuid>, bool)> {
    let methods = method::of_venue(c, venue).await?;
    let code = method::code(c, venue).await?;
    let verdict = judge(&methods, &code, Some(group));
    let meant = methods.iter().find(|one| Some(one.id) == verdict.method).map(|one| one.iiko_id);
    Ok((meant, verdict.is_good()))
}

/// An order that is not there to be read: nothing is proven by it.
fn absent() -> Bill {
    let (sum, processed) = (Kopecks(0), Kopecks(0));
    Bill { present: false, made: false, stage: Stage::Open, sum, processed, payments: Vec::new() }
}

impl Till for Iiko<'_> {
    async fn look(&self, which: &Which) -> Result<Bill, Blind> {
        if let Some(pos) = which.pos_id {
            self.show(&[pos]).await.map_err(|fault| blind(&fault))?;
        }
        let body = self
            .link
            .till
            .orders_by_id(self.organization, &[which.iiko_id])
            .await
            .map_err(|fault| blind(&fault))?;
        let orders = wire::table_orders(BY_ID, &body).map_err(|fault| blind(&fault))?;
        let ours = |info: &&OrderInfo<'_>| info.id == which.iiko_id;
        let Some(info) = orders.read.iter().find(ours) else {
            // one that could not be read is there all the same
            return if orders.unread > 0 { Err(Blind::Passing(None)) } else { Ok(absent()) };
        };
        let told = told(info, &self.ground, false).map_err(|_| Blind::Passing(None))?;
        // a copy older than one we have seen cannot say what is on the bill now
        if self.keep(&told).await { Err(Blind::Passing(None)) } else { Ok(self.bill(&told)) }
    }

    async fn alive(&self) -> Alive {
        let alive = match self.link.till.are_alive(self.organization, &[self.group]).await {
            Ok(alive) if alive.contains(&(self.group, true)) => Alive::Yes,
            Ok(_) => Alive::No,
            Err(fault) if matches!(blind(&fault), Blind::Denied(_)) => Alive::Denied,
            Err(_) => Alive::Unknown,
        };
        self.felt(alive).await;
        alive
    }

    async fn post(&self, charge: &Charge) -> Answer {
        let path = match charge.method {
            Method::Change => CHANGE_PAYMENTS,
            Method::Add => ADD_PAYMENTS,
        };
        let (Some(method), Some(roubles)) = (self.method, charge.sum.as_number()) else {
            return Answer::NotSent;
        };
        if let Err(cause) = self.marks(method).await {
            tracing::warn!(%cause, venue = %self.venue, "the type a payment goes out under could not be kept");
            return Answer::NotSent;
        }
        let order = charge.order.iiko_id;
        let payment = Payment { organization: self.organization, order, method, roubles };
        answer(path, self.link.till.post_payment(path, &payment).await)
    }

    async fn command(&self, correlation: &str) -> Command {
        match self.link.till.command_status(self.organization, correlation).await {
            Ok(State::InProgress) => Command::InProgress,
            Ok(State::Success) => Command::Success,
            Ok(State::Error { code, said }) => Command::Error { code, said },
            Ok(State::Gone) => Command::Gone,
            Err(_) => Command::Silent,
        }
    }

    async fn close(&self, which: &Which) -> Answer {
        answer(CLOSE, self.link.till.close_order(self.organization, which.iiko_id).await)
    }
}

fn blind(fault: &Fault) -> Blind {
    match fault.kind {
        FaultKind::BadKey | FaultKind::SealedKey | FaultKind::MissingRight { .. } => {
            Blind::Denied(fault.said.clone())
        }
        _ => Blind::Passing(fault.after),
    }
}

/// What became of a request; only what is surely nothing is told as nothing.
fn answer(path: &'static str, outcome: Result<String, Fault>) -> Answer {
    let fault = match outcome {
        Ok(correlation) => return Answer::Accepted { correlation },
        Err(fault) => fault,
    };
    match &fault.kind {
        FaultKind::BadKey | FaultKind::SealedKey | FaultKind::MissingRight { .. } => {
            Answer::Denied(fault.said)
        }
        FaultKind::RateLimited => Answer::RateLimited(fault.after),
        // the sign-in before it failed, or no connection was ever made
        _ if fault.unsent || fault.path != path => Answer::NotSent,
        FaultKind::Refused if fault.status == Some(400) => {
            Answer::Refused { code: fault.code.unwrap_or_default().into_string(), said: fault.said }
        }
        _ => Answer::Unclear { correlation: fault.correlation_id.map(String::from), said: fault.said },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: FaultKind, status: Option<u16>) -> Fault {
        Fault { status, ..Fault::new(kind, CLOSE, "") }
    }

    #[test]
    fn only_what_is_surely_nothing_is_told_as_nothing() {
        let of = |fault: Fault| answer(CLOSE, Err(fault));
        assert_eq!(of(Fault { unsent: true, ..fault(FaultKind::Unreachable, None) }), Answer::NotSent);
        assert_eq!(
            of(Fault { path: "/api/1/access_token", ..fault(FaultKind::TimedOut, None) }),
            Answer::NotSent
        );
        for (kind, status) in [
            (FaultKind::Unreachable, None),
            (FaultKind::TimedOut, None),
            (FaultKind::TimedOut, Some(408)),
            (FaultKind::Down, Some(500)),
            (FaultKind::Garbage, Some(200)),
            (FaultKind::Truncated, Some(200)),
            (FaultKind::NotJson, Some(200)),
            (FaultKind::Refused, Some(422)),
        ] {
            let told = of(fault(kind.clone(), status));
            assert!(matches!(told, Answer::Unclear { .. }), "{kind:?} {status:?}: {told:?}");
        }
        assert!(matches!(of(fault(FaultKind::Refused, Some(400))), Answer::Refused { .. }));
        assert!(matches!(of(fault(FaultKind::RateLimited, Some(429))), Answer::RateLimited(_)));
    }
}
