//! The job that reads the stop list of a venue's terminal group.
use chrono::TimeDelta;
use uuid::Uuid;

use crate::all;
use crate::clock;
use crate::db::conn::Db;
use crate::error::Result;
use crate::integrations::connection;
use crate::integrations::iiko_cloud::stop_lists::Stopped;
use crate::integrations::link::Link;
use crate::integrations::trouble::code_of;
use crate::menu::stop_list::{self, Line};
use crate::queue::job::{self, Lease};

/// How often it is read by itself: words of changes are lost.
const EVERY: TimeDelta = TimeDelta::minutes(2);

/// The job's kind.
pub const JOB: &str = "stop_list";

/// Asks for it where iiko told of a change.
pub async fn ask_changed(db: &Db) -> Result<()> {
    let venues = stop_list::changed(&mut db.read().await?, clock::now()).await?;
    job::enqueue_all(db, venues, JOB).await
}

/// Asks for it where nobody has looked for a while.
pub async fn ask_stale(db: &Db) -> Result<()> {
    let sql =
        "SELECT c.venue_id FROM connections c JOIN venues v ON v.id = c.venue_id AND v.closed_at IS NULL
                 LEFT JOIN stop_lists s ON s.venue_id = c.venue_id
               WHERE c.terminal_group_id IS NOT NULL AND (s.asked_at IS NULL OR s.asked_at <= $1)";
    let rows = all!(&mut db.read().await?, (Uuid,), sql, clock::now() - EVERY)?;
    job::enqueue_all(db, rows.into_iter().map(|(venue,)| venue).collect(), JOB).await
}

pub async fn perform(db: &Db, link: &Link, lease: &Lease) -> Result<()> {
    let connection = connection::of_venue(&mut db.read().await?, lease.venue).await?;
    let tie = connection.and_then(|one| one.organization_id.zip(one.terminal_group_id));
    let Some((organization, group)) = tie else {
        return lease.end(db, job::End::Cancelled, job::UNTIED).await;
    };
    let asked_at = clock::now();
    let mut tx = db.begin().await?;
    lease.hold(&mut tx).await?;
    let number = stop_list::begin(&mut tx, lease.venue, asked_at).await?;
    tx.commit().await?;
    let read = link.till.stop_list(organization, group).await;
    let mut tx = db.begin().await?;
    lease.hold(&mut tx).await?;
    link.keep_calls(&mut tx).await?;
    match read {
        Ok(stopped) => {
            let line = |one: &Stopped| (one.product, one.size.unwrap_or_default(), one.left);
            let mut lines: Vec<Line> = stopped.iter().map(line).collect();
            // iiko may name a product twice: the least of it counts
            lines.sort_unstable();
            lines.dedup_by_key(|line| (line.0, line.1));
            stop_list::replace(&mut tx, lease.venue, (number, asked_at), &lines, clock::now()).await?;
        }
        Err(fault) => stop_list::ill(&mut tx, lease.venue, &code_of(&fault)).await?,
    }
    lease.finish(&mut tx, job::End::Done, None).await?;
    tx.commit().await
}
