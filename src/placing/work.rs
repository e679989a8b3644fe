//! The job that takes a venue's placed orders to the till. An order may leave more than once, always under the same id:
//! iiko refuses a second one. It ends when iiko shows the order, or surely has not got it.
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::commands::State as Said;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::methods::CREATE_DELIVERY;
use crate::integrations::iiko_cloud::version::{TAKES_NUMBERS, is_at_least};
use crate::integrations::link::Link;
use crate::integrations::trouble::code_of;
use crate::orders::order;
use crate::placing::placement::{self, Placement, State, Step};
use crate::queue::job::{self, Lease};
use crate::sync::watch;

/// The job's kind.
pub const JOB: &str = "placing";

/// How long an order that could not leave waits for iiko: the guest waits too, and then has to be told.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// How long one that may have left is tried again when it cannot leave.
const LONGEST: TimeDelta = TimeDelta::hours(1);
/// How long the till may take for it (we give it 40 s) before it is sent again.
const AT_THE_TILL: TimeDelta = TimeDelta::minutes(2);
/// After an answer that was lost it is looked for this long before it is sent again.
const LOST: TimeDelta = TimeDelta::seconds(10);
/// How often it leaves at most.
const MOST: i64 = 5;

/// Asks for the job; one that waits or runs is joined: it is asked for again every second while something is due.
pub async fn ask(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    job::enqueue(c, venue, JOB, json!({})).await
}

/// Asks for it wherever an order is due.
pub async fn ask_all(db: &Db) -> Result<()> {
    let venues = placement::due_venues(&mut db.read().await?, clock::now()).await?;
    job::enqueue_all(db, venues, JOB).await
}

/// Without a line (the venue is untied) orders wait until they are called off.
pub async fn perform(db: &Db, link: Option<&Link>, lease: &Lease) -> Result<()> {
    let connection = connection::of_venue(&mut db.read().await?, lease.venue).await?;
    let ready = connection.filter(|one| one.organization_id.is_some() && one.terminal_group_id.is_some());
    for placement in placement::due(&mut db.read().await?, lease.venue, clock::now()).await? {
        let one = One { db, lease, placement };
        match (link, &ready) {
            (Some(link), Some(connection)) => one.on(link, connection).await?,
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
    placement: Placement,
}

impl One<'_> {
    async fn on(self, link: &Link, connection: &Connection) -> Result<()> {
        let organization = connection.organization_id.unwrap_or_default();
        match self.placement.state {
            State::Asked => self.send(link, (organization, connection)).await,
            // a worker died over it: it may have left
            State::Sending => self.stays(None, clock::now()).await,
            _ => self.follow(link, organization).await,
        }
    }

    async fn send(mut self, link: &Link, (organization, connection): (Uuid, &Connection)) -> Result<()> {
        self.step(State::Sending, None, "", clock::now()).await?;
        self.placement.state = State::Sending;
        let group = connection.terminal_group_id.unwrap_or_default();
        let takes_numbers = is_at_least(connection.pos_version.as_deref(), TAKES_NUMBERS);
        let new = (self.placement.iiko_id, &self.placement.body.0);
        let soon = |seconds| clock::now() + TimeDelta::seconds(seconds);
        match link.till.create_delivery((organization, group), new, takes_numbers).await {
            Ok(correlation) => self.stays(Some(&correlation), soon(1)).await,
            Err(fault) if is_there(&fault) => self.stays(None, clock::now()).await,
            Err(fault) if fault.is_no() => {
                let code = fault.code.as_deref().map_or_else(|| code_of(&fault), str::to_owned);
                self.refused(&code, &fault.said).await
            }
            Err(fault) if fault.never_left(CREATE_DELIVERY) => {
                self.waits(&code_of(&fault), &fault.said).await
            }
            // it may have been taken all the same
            Err(fault) => self.stays(fault.correlation_id.as_deref(), soon(2)).await,
        }
    }

    /// What the order shows has the last word; what the till says of the command counts where there is no order.
    async fn follow(self, link: &Link, organization: Uuid) -> Result<()> {
        let read = watch::these(self.db, link, self.lease.venue, (&[self.placement.iiko_id], true)).await?;
        let shown =
            order::standing(&mut self.db.read().await?, self.lease.venue, self.placement.iiko_id).await?;
        let creation = shown.map(|shown| shown.creation).unwrap_or_default();
        match creation.as_str() {
            "success" => return self.step(State::Taken, None, "", clock::now()).await,
            "error" => return self.step(State::Refused, None, "", clock::now()).await,
            _ => {}
        }
        let soon = clock::now() + TimeDelta::seconds(2);
        let age = clock::now() - self.placement.sent_at.unwrap_or(self.placement.made_at);
        if read.is_err() {
            // nothing is known of it: it is asked about as long as it takes, slower with time
            let pause = (age / 4).clamp(TimeDelta::seconds(2), TimeDelta::seconds(60));
            return self.stays(None, clock::now() + pause).await;
        }
        let said = match &self.placement.correlation {
            Some(correlation) => Some(link.till.command_status(organization, correlation).await),
            None => None,
        };
        match said {
            Some(Ok(Said::Error { code, .. })) if code == "DuplicatedOrderId" => self.stays(None, soon).await,
            Some(Ok(Said::Error { code, said })) => self.refused(&code, &said).await,
            Some(_) if age < AT_THE_TILL => self.stays(None, soon).await,
            None if age < LOST => self.stays(None, soon).await,
            _ if self.placement.sent < MOST => self.step(State::Asked, None, "", clock::now()).await,
            _ => self.doubted().await,
        }
    }

    /// Nothing has left this time: it is tried again, until patience ends. What may have left before is not called off.
    async fn waits(&self, code: &str, said: &str) -> Result<()> {
        let age = clock::now() - self.placement.made_at;
        match self.placement.sent {
            0 if age > PATIENCE => return self.refused(code, said).await,
            1.. if age > LONGEST => return self.doubted().await,
            _ => {}
        }
        self.step(State::Asked, None, code, clock::now() + TimeDelta::seconds(5)).await
    }

    async fn doubted(&self) -> Result<()> {
        self.ends(State::Unknown, "", async |c: &mut Conn| {
            order::doubted(c, self.lease.venue, self.placement.id).await
        })
        .await
    }

    async fn stays(&self, correlation: Option<&str>, next_at: Timestamp) -> Result<()> {
        self.step(State::Sent, correlation, "", next_at).await
    }

    /// The till surely has not got it, and iiko will not tell of it: the order says so itself.
    async fn refused(&self, code: &str, said: &str) -> Result<()> {
        self.ends(State::Refused, code, async |c: &mut Conn| {
            let at = (self.lease.venue, self.placement.id);
            order::refused(c, at, (code, said), clock::now()).await
        })
        .await
    }

    /// With what becomes of the order, in one transaction.
    async fn ends(
        &self,
        state: State,
        code: &str,
        order: impl AsyncFnOnce(&mut Conn) -> Result<()>,
    ) -> Result<()> {
        let step = Step { state, correlation: None, code, next_at: clock::now() };
        let mut tx = self.db.begin().await?;
        self.take(&mut tx, &step).await?;
        order(&mut tx).await?;
        tx.commit().await
    }

    async fn step(
        &self,
        state: State,
        correlation: Option<&str>,
        code: &str,
        next_at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        self.take(&mut tx, &Step { state, correlation, code, next_at }).await?;
        tx.commit().await
    }

    /// The transaction rolls back where the job is another worker's now.
    async fn take(&self, c: &mut Conn, step: &Step<'_>) -> Result<()> {
        self.lease.hold(c).await?;
        let took = placement::step(c, self.lease.venue, (&self.placement, step), clock::now()).await?;
        if took { Ok(()) } else { Err(Error::Conflict("job-lost")) }
    }
}

/// It has been taken before.
fn is_there(fault: &Fault) -> bool {
    fault.code.as_deref() == Some("DuplicatedOrderId")
}
