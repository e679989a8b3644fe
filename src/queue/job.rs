//! A job: durable work for one venue. Time is the database's own, Unix milliseconds.
use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::{exec, one, opt};

/// How long a claim is good for without a heartbeat, milliseconds.
pub const LEASE: i64 = 30_000;
/// What is said of a job whose venue is not tied to iiko any more.
pub const UNTIED: &str = "iiko is not connected";
/// In the payload of a running job: somebody asked for it anew, so another follows.
const FOLLOWED: &str = "followed";
/// How often a job is tried before it is given up.
pub const TRIES: i64 = 10;

/// The database's clock in a statement, per dialect.
macro_rules! timed {
    ($c:expr, $before:literal, $after:literal) => {
        $c.sql(
            concat!($before, "CAST(unixepoch('subsec') * 1000 AS INTEGER)", $after),
            concat!($before, "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", $after),
        )
    };
}

/// A claimed job. Its writes carry the fence; a worker that lost its lease writes nothing.
#[derive(Clone, Debug)]
pub struct Lease {
    pub id: Uuid,
    pub venue: Uuid,
    pub kind: String,
    pub payload: Value,
    pub fence: i64,
    /// 1 on the first try.
    pub attempt: i64,
}

/// How a job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    Failed,
    Cancelled,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            End::Done => "done",
            End::Failed => "failed",
            End::Cancelled => "cancelled",
        }
    }
}

/// How a worker stands with its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulse {
    Held,
    /// A person asked it to stop.
    Cancelled,
    /// Another worker holds it now.
    Lost,
}

/// Puts a job into the queue, in the caller's transaction. A live twin (same venue and kind) is joined: its id comes back.
pub async fn enqueue(c: &mut Conn, venue: Uuid, kind: &str, payload: Value) -> Result<Uuid> {
    // the twin may end between our two statements; then there is room for ours
    for _ in 0..3 {
        let id = Uuid::now_v7();
        let made = exec!(
            c,
            "INSERT INTO jobs (id, venue_id, kind, payload, state, run_after, attempt, lease_until, fence, cancel)
             VALUES ($1, $2, $3, $4, 'queued', 0, 0, 0, 0, FALSE)
             ON CONFLICT (venue_id, kind) WHERE state IN ('queued', 'running') DO NOTHING",
            id,
            venue,
            kind,
            Json(&payload),
        )?;
        if made == 1 {
            return Ok(id);
        }
        let twin = opt!(
            c,
            (Uuid,),
            "SELECT id FROM jobs WHERE venue_id = $1 AND kind = $2 AND state IN ('queued', 'running')",
            venue,
            kind
        )?;
        if let Some((twin,)) = twin {
            return Ok(twin);
        }
    }
    Err(Error::Busy("the twin ended each time".into()))
}

/// The same for a job that reads what the asker has just seen change: one that runs already may have read past it, so it
/// is followed by another when it ends. Only for jobs without a payload.
pub async fn enqueue_anew(c: &mut Conn, venue: Uuid, kind: &str) -> Result<Uuid> {
    let running = opt!(
        c,
        (Uuid,),
        "UPDATE jobs SET payload = $3 WHERE venue_id = $1 AND kind = $2 AND state = 'running' RETURNING id",
        venue,
        kind,
        Json(json!({ FOLLOWED: true }))
    )?;
    match running {
        Some((id,)) => Ok(id),
        None => enqueue(c, venue, kind, json!({})).await,
    }
}

/// Whether one of this kind waits or runs.
pub async fn is_live(c: &mut Conn, venue: Uuid, kind: &str) -> Result<bool> {
    let sql = "SELECT id FROM jobs WHERE venue_id = $1 AND kind = $2 AND state IN ('queued', 'running')";
    Ok(opt!(c, (Uuid,), sql, venue, kind)?.is_some())
}

/// Puts it into every one of these venues, each in a transaction of its own.
pub async fn enqueue_all(db: &Db, venues: Vec<Uuid>, kind: &str) -> Result<()> {
    for venue in venues {
        let mut tx = db.begin().await?;
        enqueue(&mut tx, venue, kind, json!({})).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Which kinds a worker takes, so that what is urgent never waits behind what is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    All,
    Only(&'static [&'static str]),
    But(&'static [&'static str]),
}

impl Lane {
    /// The kinds it names, each between commas, and whether those or the others; none: all.
    fn terms(self) -> (String, bool) {
        match self {
            Lane::All => (String::new(), true),
            Lane::Only(kinds) => (format!(",{},", kinds.join(",")), true),
            Lane::But(kinds) => (format!(",{},", kinds.join(",")), false),
        }
    }
}

/// Takes the next job that waits or whose worker fell silent; none when there is nothing to do.
pub async fn claim(db: &Db) -> Result<Option<Lease>> {
    claim_in(db, Lane::All).await
}

/// The same, of one lane.
pub async fn claim_in(db: &Db, lane: Lane) -> Result<Option<Lease>> {
    if !waits(&mut db.read().await?, lane).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let lease = take(&mut tx, lane).await?;
    tx.commit().await?;
    Ok(lease)
}

/// A look without the write lock, so that an idle worker disturbs nobody.
async fn waits(c: &mut Conn, lane: Lane) -> Result<bool> {
    let sql = timed!(
        c,
        "SELECT EXISTS (SELECT 1 FROM jobs, (SELECT ",
        " AS now) t WHERE ((state = 'queued' AND run_after <= t.now) OR (state = 'running' AND lease_until < t.now))
                      AND ($1 = '' OR ($1 LIKE '%,' || kind || ',%') = $2))"
    );
    let (kinds, those) = lane.terms();
    let (waits,) = one!(c, (bool,), sql, kinds, those)?;
    Ok(waits)
}

async fn take(c: &mut Conn, lane: Lane) -> Result<Option<Lease>> {
    #[derive(FromRow)]
    struct Row {
        id: Uuid,
        venue_id: Uuid,
        kind: String,
        payload: Json<Value>,
        fence: i64,
        attempt: i64,
    }
    // The outer condition repeats the inner one: of two workers that chose the same row the second finds it changed.
    let sql = timed!(
        c,
        "UPDATE jobs SET state = 'running', fence = fence + 1, attempt = attempt + 1, lease_until = t.now + $1
         FROM (SELECT ",
        " AS now) t
         WHERE id = (SELECT j.id FROM jobs j WHERE ((j.state = 'queued' AND j.run_after <= t.now)
                        OR (j.state = 'running' AND j.lease_until < t.now)) AND ($2 = '' OR ($2 LIKE '%,' || j.kind || ',%') = $3)
                      ORDER BY j.run_after, j.id LIMIT 1)
           AND ((state = 'queued' AND run_after <= t.now) OR (state = 'running' AND lease_until < t.now))
         RETURNING jobs.id, jobs.venue_id, jobs.kind, jobs.payload, jobs.fence, jobs.attempt"
    );
    let (kinds, those) = lane.terms();
    let row = opt!(c, Row, sql, LEASE, kinds, those)?;
    Ok(row.map(|row| Lease {
        id: row.id,
        venue: row.venue_id,
        kind: row.kind,
        payload: row.payload.0,
        fence: row.fence,
        attempt: row.attempt,
    }))
}

/// Throws away jobs that ended more than a day ago, a thousand at a time; those of `but` stay: their runs name them.
pub async fn sweep(c: &mut Conn, but: &str, now: Timestamp) -> Result<u64> {
    Ok(exec!(
        c,
        "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE id < $1 AND kind <> $2
           AND state IN ('done', 'failed', 'cancelled') LIMIT 1000)",
        clock::first_id(now - TimeDelta::days(1)),
        but
    )?)
}

impl Lease {
    /// Renews the lease; the first statement of every transaction the job writes in. Refuses a ghost and a job that was
    /// asked to stop: [`Error::Conflict`], and the transaction rolls back.
    pub async fn hold(&self, c: &mut Conn) -> Result<()> {
        if self.renew(c).await? { Ok(()) } else { Err(Error::Conflict("job-lost")) }
    }

    async fn renew(&self, c: &mut Conn) -> Result<bool> {
        let sql = timed!(
            c,
            "UPDATE jobs SET lease_until = ",
            " + $3 WHERE id = $1 AND fence = $2 AND state = 'running' AND NOT cancel AND venue_id = $4"
        );
        Ok(exec!(c, sql, self.id, self.fence, LEASE, self.venue)? == 1)
    }

    /// A heartbeat.
    pub async fn beat(&self, db: &Db) -> Result<Pulse> {
        let mut tx = db.begin().await?;
        let held = self.renew(&mut tx).await?;
        tx.commit().await?;
        if held { Ok(Pulse::Held) } else { self.pulse(&mut db.read().await?).await }
    }

    /// How we stand, without writing.
    pub async fn pulse(&self, c: &mut Conn) -> Result<Pulse> {
        let sql = "SELECT fence, state, cancel FROM jobs WHERE id = $1 AND venue_id = $2";
        let row = opt!(c, (i64, String, bool), sql, self.id, self.venue)?;
        Ok(match row {
            Some((fence, state, cancel)) if fence == self.fence && state == "running" => {
                if cancel {
                    Pulse::Cancelled
                } else {
                    Pulse::Held
                }
            }
            _ => Pulse::Lost,
        })
    }

    /// Ends the job in the transaction of its last write; a ghost is refused. Who asked for it anew meanwhile gets another.
    pub async fn finish(&self, c: &mut Conn, end: End, said: Option<&str>) -> Result<()> {
        let done = opt!(
            c,
            (Json<Value>,),
            "UPDATE jobs SET state = $3, said = $4
             WHERE id = $1 AND fence = $2 AND state = 'running' AND venue_id = $5 RETURNING payload",
            self.id,
            self.fence,
            end.word(),
            said,
            self.venue
        )?;
        let (payload,) = done.ok_or(Error::Conflict("job-lost"))?;
        if payload.get(FOLLOWED).is_some() {
            enqueue(c, self.venue, &self.kind, json!({})).await?;
        }
        Ok(())
    }

    /// The same in a transaction of its own.
    pub async fn end(&self, db: &Db, end: End, said: &str) -> Result<()> {
        let mut tx = db.begin().await?;
        self.finish(&mut tx, end, Some(said)).await?;
        tx.commit().await
    }

    /// Back into the queue, to be tried after `wait` milliseconds.
    pub async fn release(&self, c: &mut Conn, wait: i64, said: Option<&str>) -> Result<()> {
        let sql = timed!(
            c,
            "UPDATE jobs SET state = 'queued', lease_until = 0, said = $4, run_after = $3 + ",
            " WHERE id = $1 AND fence = $2 AND state = 'running' AND venue_id = $5"
        );
        exec!(c, sql, self.id, self.fence, wait, said, self.venue)?;
        Ok(())
    }
}

/// Asks a live job to stop: one that waits is cancelled at once, a running one at its next step. Says which it was:
/// `Some(true)` stopped now, `Some(false)` will stop, `None` it was not alive.
pub async fn cancel(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Option<bool>> {
    let row = opt!(
        c,
        (String,),
        "UPDATE jobs SET cancel = TRUE, state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
         WHERE venue_id = $1 AND id = $2 AND state IN ('queued', 'running') RETURNING state",
        venue,
        id
    )?;
    Ok(row.map(|(state,)| state == "cancelled"))
}
