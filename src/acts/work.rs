//! The job that takes a venue's acts as far as they go now. A command leaves once: what may have left is never sent again,
//! it is looked for on the order.
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::acts::act::{self, Act, State, Step, What};
use crate::acts::moves;
use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection;
use crate::integrations::iiko_cloud::commands::State as Said;
use crate::integrations::iiko_cloud::delivery_acts::Deed;
use crate::integrations::iiko_cloud::version::{TAKES_COMMENTS, is_at_least};
use crate::integrations::link::Link;
use crate::integrations::trouble::code_of;
use crate::orders::order::{self, Order};
use crate::queue::job::{self, Lease};
use crate::sync::watch;

/// The job's kind.
pub const JOB: &str = "acts";

/// How long an act that could not leave waits for the till before it is called off.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// How long the till may take for a command.
const AT_THE_TILL: TimeDelta = TimeDelta::minutes(3);
/// How long the order may take to show what the till has said, or what was lost on the way.
const ON_THE_ORDER: TimeDelta = TimeDelta::minutes(1);

/// Asks for the job; one that waits or runs is joined.
pub async fn ask(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    job::enqueue(c, venue, JOB, json!({})).await
}

/// Asks for it wherever an act is due.
pub async fn ask_all(db: &Db) -> Result<()> {
    let venues = act::due_venues(&mut db.read().await?, clock::now()).await?;
    job::enqueue_all(db, venues, JOB).await
}

/// Without a line (the venue is untied) acts wait until they are called off.
pub async fn perform(db: &Db, link: Option<&Link>, lease: &Lease) -> Result<()> {
    let connection = connection::of_venue(&mut db.read().await?, lease.venue).await?;
    let told = connection.as_ref().and_then(|one| one.pos_version.as_deref());
    let takes_comments = is_at_least(told, TAKES_COMMENTS);
    let organization = connection.and_then(|one| one.organization_id);
    for act in act::due(&mut db.read().await?, lease.venue, clock::now()).await? {
        let order = order::get(&mut db.read().await?, lease.venue, act.order_id).await?;
        let one = One { db, lease, act, order, takes_comments };
        match (link, organization) {
            (Some(link), Some(organization)) => one.on(link, organization).await?,
            _ => one.waits("unreachable", "").await?,
        }
    }
    let mut tx = db.begin().await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    lease.finish(&mut tx, job::End::Done, None).await?;
    tx.commit().await
}

struct One<'a> {
    db: &'a Db,
    lease: &'a Lease,
    act: Act,
    order: Order,
    /// Else a comment stays with us: an older iikoFront does not know the field.
    takes_comments: bool,
}

impl One<'_> {
    async fn on(self, link: &Link, organization: Uuid) -> Result<()> {
        match self.act.state() {
            State::Asked => self.send(link, organization).await,
            // a worker died over it: it may have left
            State::Sending => self.stays(None, clock::now()).await,
            _ => self.follow(link, organization).await,
        }
    }

    async fn send(mut self, link: &Link, organization: Uuid) -> Result<()> {
        if !moves::allows(&self.order, self.act.what()) {
            return self.ends(State::Refused, ("WrongDeliveryStatus", "")).await;
        }
        if !self.step(State::Sending, None, ("", ""), clock::now()).await? {
            return Ok(());
        }
        self.act.state = State::Sending.word().to_owned();
        let deed = self.deed();
        match link.till.act(organization, self.order.iiko_id, &deed).await {
            Ok(correlation) => {
                self.stays(Some(&correlation), clock::now() + TimeDelta::milliseconds(700)).await
            }
            Err(fault) if fault.is_no() => {
                let code = fault.code.as_deref().map_or_else(|| code_of(&fault), str::to_owned);
                self.ends(State::Refused, (&code, &fault.said)).await
            }
            Err(fault) if fault.never_left(deed.path()) => self.waits(&code_of(&fault), &fault.said).await,
            // it may have been taken all the same: iiko tells a correlation id even then
            Err(fault) => {
                self.stays(fault.correlation_id.as_deref(), clock::now() + TimeDelta::seconds(2)).await
            }
        }
    }

    fn deed(&self) -> Deed<'_> {
        match self.act.what() {
            What::Confirm => Deed::Confirm,
            What::OnWay => Deed::Status("OnWay"),
            What::Delivered => Deed::Status("Delivered"),
            What::Close => Deed::Close,
            What::Courier => Deed::Courier(self.act.detail.unwrap_or_default()),
            What::Cancel => {
                let comment = if self.takes_comments { self.act.comment.as_str() } else { "" };
                Deed::Cancel { cause: self.act.detail, comment }
            }
        }
    }

    /// What the till says of it, then what the order shows: the order has the last word.
    async fn follow(self, link: &Link, organization: Uuid) -> Result<()> {
        let said = match &self.act.correlation {
            Some(correlation) => Some(link.till.command_status(organization, correlation).await),
            None => None,
        };
        let read = watch::these(self.db, link, self.lease.venue, (&[self.order.iiko_id], true)).await?;
        let order = order::get(&mut self.db.read().await?, self.lease.venue, self.order.id).await?;
        if read.is_ok() && moves::shows(&order, self.act.what(), &self.act.said) {
            return self.ends(State::Done, ("", "")).await;
        }
        let age = clock::now() - self.act.asked_at;
        let soon = clock::now() + TimeDelta::seconds(2);
        match said {
            Some(Ok(Said::Error { code, said })) if read.is_ok() => {
                self.ends(State::Refused, (&code, &said)).await
            }
            Some(Ok(Said::InProgress) | Err(_)) if age < AT_THE_TILL => self.stays(None, soon).await,
            // the order could not be read: nothing is known of it
            _ if read.is_err() && age < AT_THE_TILL + PATIENCE => self.stays(None, soon).await,
            _ if age < ON_THE_ORDER => self.stays(None, soon).await,
            _ => self.ends(State::Unknown, ("", "")).await,
        }
    }

    /// Nothing has left: it is tried again, until patience ends.
    async fn waits(&self, code: &str, said: &str) -> Result<()> {
        if clock::now() - self.act.asked_at > PATIENCE {
            return self.ends(State::Refused, (code, said)).await;
        }
        self.step(State::Asked, None, (code, said), clock::now() + TimeDelta::seconds(5)).await.map(|_| ())
    }

    async fn stays(&self, correlation: Option<&str>, next_at: Timestamp) -> Result<()> {
        self.step(State::Sent, correlation, ("", ""), next_at).await.map(|_| ())
    }

    async fn ends(&self, state: State, why: (&str, &str)) -> Result<()> {
        self.step(state, None, why, clock::now()).await.map(|_| ())
    }

    async fn step(
        &self,
        state: State,
        correlation: Option<&str>,
        (code, message): (&str, &str),
        next_at: Timestamp,
    ) -> Result<bool> {
        let ended_at = (!state.is_open()).then(clock::now);
        let step = Step { state, correlation, code, message, next_at, ended_at };
        let mut tx = self.db.begin().await?;
        self.lease.hold(&mut tx).await?;
        let took = act::step(&mut tx, self.lease.venue, &self.act, &step).await?;
        if took && state == State::Done {
            let by = (self.act.what.as_str(), self.act.asked_by_name.as_str());
            order::acted(&mut tx, (self.lease.venue, self.order.id), by, clock::now()).await?;
        }
        tx.commit().await?;
        if took { Ok(true) } else { Err(Error::Conflict("job-lost")) }
    }
}
