//! The job that takes a venue's due payments as far as they go now. One at a time in a venue; what has to wait is taken up
//! again when its time comes.
use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;

use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::link::Link;
use crate::posting::iiko::Iiko;
use crate::posting::ledger::Books;
use crate::posting::perform::Desk;
use crate::posting::queue;
use crate::queue::job::{self, Lease};

/// How long a venue keeps a hand before the other venues have their turn.
const SLICE: Duration = Duration::from_secs(15);

/// The job's kind.
pub const JOB: &str = "posting";

/// Asks for the job; one that waits or runs is joined.
pub async fn ask(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    job::enqueue(c, venue, JOB, json!({})).await
}

/// Asks for it wherever a payment is due.
pub async fn ask_all(db: &Db) -> Result<()> {
    let venues = queue::venues(&mut db.read().await?, clock::now()).await?;
    job::enqueue_all(db, venues, JOB).await
}

pub async fn perform(db: &Db, link: &Link, lease: &Lease) -> Result<()> {
    let till = match Iiko::open(db, link, lease.venue).await {
        Ok(till) => till,
        Err(Error::Conflict(why)) => return end(db, link, lease, (job::End::Cancelled, Some(why))).await,
        Err(cause) => return Err(cause),
    };
    let books = Books { db: db.clone(), venue: lease.venue, lease: Some(lease.clone()) };
    let desk = Desk { till: &till, ledger: &books, terms: &till.terms, clock: clock::now };
    let due = queue::due(&mut db.read().await?, lease.venue, clock::now()).await?;
    let began = Instant::now();
    for (_, intent) in due {
        desk.perform(intent).await?;
        link.keep(db).await?;
        // the rest is asked for again at once, behind the other venues
        if began.elapsed() >= SLICE {
            break;
        }
    }
    end(db, link, lease, (job::End::Done, None)).await
}

async fn end(db: &Db, link: &Link, lease: &Lease, (end, said): (job::End, Option<&str>)) -> Result<()> {
    let mut tx = db.begin().await?;
    link.keep_calls(&mut tx).await?;
    lease.finish(&mut tx, end, said).await?;
    tx.commit().await
}

/// After the last try: the payments stay as they are written, and are taken up again.
pub async fn give_up(db: &Db, lease: &Lease, said: &str) -> Result<()> {
    tracing::error!(venue = %lease.venue, said, "the payments could not be taken up");
    lease.end(db, job::End::Failed, said).await
}
