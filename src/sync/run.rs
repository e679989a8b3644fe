//! A sync's life: asked for, running with phases and counts, and how it ended.
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::queue::job;
use crate::sync::change::Tally;
use crate::sync::gate::Held;
use crate::venues::part::Part;
use crate::venues::venue;
use crate::{all, exec, one, opt};

/// The job that performs a run; its payload names the run.
pub const JOB: &str = "sync.menu";

/// What a run brings: everything, or one part alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    Only(Part),
}

impl Scope {
    pub fn word(self) -> &'static str {
        match self {
            Scope::All => "all",
            Scope::Only(part) => part.word(),
        }
    }

    /// An unknown word, and none, is everything.
    pub fn of_word(word: &str) -> Scope {
        Part::of_word(word).map_or(Scope::All, Scope::Only)
    }

    pub fn has_menu(self) -> bool {
        self == Scope::All
    }

    pub fn has(self, part: Part) -> bool {
        self == Scope::All || self == Scope::Only(part)
    }
}

/// A part that iiko did not give this time, and why; kept on the run as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// [`Part::word`].
    pub part: String,
    pub code: String,
    pub said: String,
    pub correlation_id: Option<String>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Run {
    pub id: Uuid,
    pub number: i64,
    pub job_id: Uuid,
    /// `queued`, `running`, `applied`, `unchanged`, `held`, `discarded`, `superseded`, `failed`, `cancelled`.
    pub state: String,
    /// `waiting`, `fetch`, `plan`, `apply`, `end`.
    pub phase: String,
    /// Of `total`, in the phase's unit: bytes, products, changes; a total of 0 is not known.
    pub done: i64,
    pub total: i64,
    pub asked_by_name: String,
    pub asked_by: Uuid,
    pub asked_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    pub is_first: bool,
    pub revision: Option<i64>,
    pub plan_digest: Option<String>,
    pub approves: Option<String>,
    pub tally: Json<Tally>,
    pub held: Json<Vec<Held>>,
    /// Code of the fault it failed with, iiko's words, iiko's correlation id.
    pub fault: Option<String>,
    pub fault_said: Option<String>,
    pub fault_correlation: Option<String>,
    /// [`Scope::word`].
    pub scope: String,
    pub missed: Json<Vec<Missed>>,
}

impl Run {
    pub fn scope(&self) -> Scope {
        Scope::of_word(&self.scope)
    }

    pub fn is_live(&self) -> bool {
        matches!(self.state.as_str(), "queued" | "running")
    }
}

macro_rules! select_run {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.number, r.job_id, r.state, r.phase, r.done, r.total, u.name AS asked_by_name, r.asked_by, ",
            "r.asked_at, r.started_at, r.finished_at, r.is_first, r.revision, r.plan_digest, r.approves, r.tally, r.held, ",
            "r.fault, r.fault_said, r.fault_correlation, r.scope, r.missed FROM sync_runs r JOIN users u ON u.id = r.asked_by ",
            $rest
        )
    };
}

/// Asks for a sync, in the caller's transaction: makes a run and its job, or joins the live ones. `approves` is the digest
/// of a held plan the person agreed to. Answers the run, and whether it is a new one. A live one that does not bring what
/// is asked for cannot be joined: [`Error::Conflict`].
pub async fn ask(
    c: &mut Conn,
    venue: Uuid,
    by: Uuid,
    (scope, approves): (Scope, Option<&str>),
) -> Result<(Uuid, bool)> {
    if let Some(live) = live(c, venue).await? {
        return joined(&live, scope);
    }
    let id = Uuid::now_v7();
    let job = job::enqueue(c, venue, JOB, serde_json::json!({ "run": id })).await?;
    let (number,) = one!(
        c,
        (i64,),
        "SELECT CAST(COALESCE(max(number), 0) + 1 AS BIGINT) FROM sync_runs WHERE venue_id = $1",
        venue
    )?;
    let made = exec!(
        c,
        "INSERT INTO sync_runs (venue_id, id, number, job_id, state, phase, done, total, asked_by, asked_at, is_first,
           approves, tally, held, scope, missed)
         VALUES ($1, $2, $3, $4, 'queued', 'waiting', 0, 0, $5, $6, FALSE, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        venue,
        id,
        number,
        job,
        by,
        clock::now(),
        approves,
        Json(Tally::default()),
        Json(Vec::<Held>::new()),
        scope.word(),
        Json(Vec::<Missed>::new()),
    )?;
    if made == 0 {
        // somebody pressed in the same moment: theirs is the run
        let live = live(c, venue).await?.ok_or(Error::Conflict("sync-pressed-twice"))?;
        return joined(&live, scope);
    }
    venue::note_sync(c, venue, Some("running")).await?;
    Ok((id, true))
}

fn joined(live: &Run, scope: Scope) -> Result<(Uuid, bool)> {
    let brings = live.scope() == Scope::All || live.scope() == scope;
    if brings { Ok((live.id, false)) } else { Err(Error::Conflict("sync-runs-already")) }
}

/// The venue's queued or running sync.
pub async fn live(c: &mut Conn, venue: Uuid) -> Result<Option<Run>> {
    Ok(opt!(c, Run, select_run!("WHERE r.venue_id = $1 AND r.state IN ('queued', 'running')"), venue)?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Run> {
    opt!(c, Run, select_run!("WHERE r.venue_id = $1 AND r.id = $2"), venue, id)?
        .ok_or(Error::NotFound("sync"))
}

/// The newest runs, `limit` at most, below number `before`.
pub async fn newest(c: &mut Conn, venue: Uuid, before: i64, limit: i64) -> Result<Vec<Run>> {
    let sql = select_run!("WHERE r.venue_id = $1 AND r.number < $2 ORDER BY r.number DESC LIMIT $3");
    Ok(all!(c, Run, sql, venue, before, limit)?)
}

/// Where it is: shown to whoever opens its page.
pub async fn progress(
    c: &mut Conn,
    venue: Uuid,
    id: Uuid,
    (phase, done, total): (&str, i64, i64),
) -> Result<()> {
    exec!(
        c,
        "UPDATE sync_runs SET state = 'running', phase = $3, done = $4, total = $5,
           started_at = COALESCE(started_at, $6)
         WHERE venue_id = $1 AND id = $2 AND state IN ('queued', 'running')",
        venue,
        id,
        phase,
        done,
        total,
        clock::now()
    )?;
    Ok(())
}

/// How a run ended.
#[derive(Debug)]
pub struct End<'a> {
    pub state: &'static str,
    pub revision: Option<i64>,
    pub is_first: bool,
    pub digest: Option<&'a str>,
    pub tally: Tally,
    pub held: &'a [Held],
    pub fault: Option<Told<'a>>,
    pub missed: &'a [Missed],
}

impl End<'_> {
    pub fn in_state(state: &'static str) -> End<'static> {
        End {
            state,
            revision: None,
            is_first: false,
            digest: None,
            tally: Tally::default(),
            held: &[],
            fault: None,
            missed: &[],
        }
    }
}

/// A fault as the run keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub code: &'a str,
    pub said: &'a str,
    pub correlation_id: Option<&'a str>,
}

/// Ends a live run. The header's word goes with it.
pub async fn end(c: &mut Conn, venue: Uuid, id: Uuid, end: &End<'_>) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE sync_runs SET state = $3, phase = 'end', finished_at = $4, revision = $5, is_first = $6, plan_digest = $7,
           tally = $8, held = $9, fault = $10, fault_said = $11, fault_correlation = $12, missed = $13
         WHERE venue_id = $1 AND id = $2 AND state IN ('queued', 'running')",
        venue,
        id,
        end.state,
        clock::now(),
        end.revision,
        end.is_first,
        end.digest,
        Json(end.tally),
        Json(end.held),
        end.fault.map(|f| f.code),
        end.fault.map(|f| f.said),
        end.fault.and_then(|f| f.correlation_id),
        Json(end.missed),
    )?;
    if touched == 0 {
        return Err(Error::Conflict("sync-is-over"));
    }
    match end.state {
        "held" => venue::note_sync(c, venue, Some("held")).await,
        _ => note_rest(c, venue).await,
    }
}

/// After a run that changed nothing: a held one before it may still wait for its person.
async fn note_rest(c: &mut Conn, venue: Uuid) -> Result<()> {
    let (held,) = one!(
        c,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM sync_runs WHERE venue_id = $1 AND state = 'held')",
        venue
    )?;
    venue::note_sync(c, venue, held.then_some("held")).await
}

/// A person decided about a held run: `discarded`, or `superseded` by the run that applies it.
pub async fn decide(c: &mut Conn, venue: Uuid, id: Uuid, state: &'static str) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE sync_runs SET state = $3 WHERE venue_id = $1 AND id = $2 AND state = 'held'",
        venue,
        id,
        state
    )?;
    if touched == 0 {
        return Err(Error::Conflict("sync-already-decided"));
    }
    note_rest(c, venue).await
}

/// What was held before a newer look at the same is history: its difference is no longer the one.
pub async fn supersede_held(c: &mut Conn, venue: Uuid, but: &Run) -> Result<()> {
    exec!(
        c,
        "UPDATE sync_runs SET state = 'superseded'
         WHERE venue_id = $1 AND state = 'held' AND id <> $2 AND (scope = $3 OR $3 = 'all')",
        venue,
        but.id,
        but.scope.as_str()
    )?;
    Ok(())
}
