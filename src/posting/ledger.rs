//! Where payments are written down. The queue's own is the database; a simulation brings one of memory.
use std::future::Future;

use uuid::Uuid;

use crate::accounts::audit::{self, Entry};
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::exec;
use crate::posting::attempt::{self, Phase};
use crate::posting::case::{self, Case, Save};
use crate::posting::event;
use crate::posting::intent::{self, State};
use crate::queue::job::Lease;

/// Somebody was faster; read again.
pub const MOVED: &str = "posting-moved";

pub trait Ledger {
    fn read(&self, intent: Uuid) -> impl Future<Output = Result<Case>> + Send;
    /// All of it or nothing, and durable when it answers. Refused with [`MOVED`] when the case is not any more what it was
    /// read as: the payment, its attempts, or what else is known of the order.
    fn save(&self, case: &Case, save: Save, at: Timestamp) -> impl Future<Output = Result<()>> + Send;
}

/// A venue's payments in the database. With a lease, a worker that lost it writes nothing.
pub struct Books {
    pub db: Db,
    pub venue: Uuid,
    pub lease: Option<Lease>,
}

impl Ledger for Books {
    async fn read(&self, intent: Uuid) -> Result<Case> {
        case::read(&mut *self.db.snapshot().await?, self.venue, intent).await
    }

    async fn save(&self, case: &Case, save: Save, at: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if let Some(lease) = &self.lease {
            lease.hold(&mut tx).await?;
        }
        keep(&mut tx, self.venue, (case, &save), at).await?;
        tx.commit().await
    }
}

/// Writes a save in the caller's transaction.
pub async fn keep(c: &mut Conn, venue: Uuid, (case, save): (&Case, &Save), at: Timestamp) -> Result<()> {
    let id = (case.intent.order_id, case.intent.id);
    alone(c, venue, id.0).await?;
    let stands = case::around(c, venue, id, case.intent.amount).await? == case.around;
    if !stands || !intent::change(c, venue, case.intent.version, &save.intent).await? {
        return Err(Error::Conflict(MOVED));
    }
    if let Some(attempt) = &save.attempt {
        let is_new = case.attempt.as_ref().is_none_or(|last| last.no < attempt.no);
        let written = match is_new {
            true => attempt.phase == Phase::Sending && attempt::begin(c, venue, attempt).await?,
            false => attempt::change(c, venue, attempt).await?,
        };
        if !written {
            return Err(Error::Conflict(MOVED));
        }
    }
    event::write(c, venue, id.1, &save.notes, at).await?;
    if save.intent.state == State::Confirmed && case.intent.state != State::Confirmed {
        audit::note(c, Entry::by_itself(Some(venue), "payment.confirmed").object(id.1)).await?;
    }
    Ok(())
}

/// One at a time in an order: two that count its payments at once would each count without the other.
async fn alone(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<()> {
    exec!(c, "UPDATE orders SET number = number WHERE venue_id = $1 AND id = $2", venue, order)?;
    Ok(())
}
