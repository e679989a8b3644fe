//! One try to put a payment on a bill. It stands in the database before a byte of it leaves.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::posting::till::Alive;
use crate::word::words;
use crate::{all, exec, opt};

words! {
    pub enum Method {
        /// Refused by the till when a processed payment is on the bill: of two, one lands. Wipes what is unprocessed.
        Change = "change_payments",
        /// Adds, whatever is there.
        Add = "add_payments",
    }
}

words! {
    pub enum Phase {
        /// Written down; it may have left or not.
        Sending = "sending",
        /// The till knows of a command.
        Polling = "polling",
        /// The till said «Success»; the bill must say it too.
        Proving = "proving",
        Ambiguous = "ambiguous",
        Landed = "landed",
        /// Surely nothing happened.
        Refused = "refused",
        /// Not seen after a long look, and a second cannot land beside it.
        Void = "void",
        /// A person decided to go on without knowing.
        Abandoned = "abandoned",
    }
}

impl Phase {
    /// It may still land or be found out: the order waits for it.
    pub fn is_open(self) -> bool {
        matches!(self, Phase::Sending | Phase::Polling | Phase::Proving | Phase::Ambiguous)
    }

    /// It is over for us, yet it may still land.
    pub fn is_loose(self) -> bool {
        matches!(self, Phase::Void | Phase::Abandoned)
    }
}

/// Without an answer for longer than this the terminal counts as having been away.
const GAP: TimeDelta = TimeDelta::seconds(60);
/// How long the terminal must have been alive since the sending before «it is not there» means something.
const SETTLE: TimeDelta = TimeDelta::seconds(180);

#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Attempt {
    pub intent_id: Uuid,
    /// 1, 2, 3 …
    pub no: i64,
    pub order_id: Uuid,
    #[sqlx(try_from = "String")]
    pub method: Method,
    #[sqlx(try_from = "String")]
    #[sqlx(rename = "state")]
    pub phase: Phase,
    /// Our confirmed payments of this sum on the order when it was sent.
    pub baseline: i64,
    pub sent_at: Timestamp,
    pub correlation_id: Option<String>,
    pub polls: i64,
    pub success_at: Option<Timestamp>,
    pub alive_since: Option<Timestamp>,
    pub alive_at: Option<Timestamp>,
    /// The last answer's words.
    pub said: String,
}

impl Attempt {
    /// Notes whether the terminal answered just now.
    pub fn felt(&mut self, alive: Alive, now: Timestamp) {
        match alive {
            Alive::Yes => {
                let goes_on = self.alive_at.is_some_and(|last| now - last <= GAP);
                if !goes_on || self.alive_since.is_none() {
                    self.alive_since = Some(now);
                }
                self.alive_at = Some(now);
            }
            Alive::No => (self.alive_since, self.alive_at) = (None, None),
            Alive::Unknown | Alive::Denied => {}
        }
    }

    /// The terminal has been alive long enough, without a break, up to now.
    pub fn is_settled(&self, now: Timestamp) -> bool {
        let (Some(since), Some(last)) = (self.alive_since, self.alive_at) else { return false };
        last - since >= SETTLE && now - last <= GAP
    }
}

/// What was felt of the terminal, for every attempt of a venue that may have landed.
pub async fn felt_by_all(c: &mut Conn, venue: Uuid, alive: Alive, now: Timestamp) -> Result<()> {
    match alive {
        Alive::Yes => {
            let sql = "UPDATE posting_attempts SET alive_at = $2,
                         alive_since = CASE WHEN alive_at >= $3 THEN coalesce(alive_since, $2) ELSE $2 END
                       WHERE venue_id = $1 AND state IN ('sending', 'polling', 'proving', 'ambiguous')";
            exec!(c, sql, venue, now, now - GAP)?;
        }
        Alive::No => {
            let sql = "UPDATE posting_attempts SET alive_at = NULL, alive_since = NULL
                       WHERE venue_id = $1 AND state IN ('sending', 'polling', 'proving', 'ambiguous')";
            exec!(c, sql, venue)?;
        }
        Alive::Unknown | Alive::Denied => {}
    }
    Ok(())
}

/// All of a payment's, the first first.
pub async fn of_intent(c: &mut Conn, venue: Uuid, intent: Uuid) -> Result<Vec<Attempt>> {
    Ok(all!(
        c,
        Attempt,
        "SELECT intent_id, no, order_id, method, state, baseline, sent_at, correlation_id, polls, success_at, alive_since,
                alive_at, said
         FROM posting_attempts WHERE venue_id = $1 AND intent_id = $2 ORDER BY no",
        venue,
        intent
    )?)
}

pub async fn latest(c: &mut Conn, venue: Uuid, intent: Uuid) -> Result<Option<Attempt>> {
    Ok(opt!(
        c,
        Attempt,
        "SELECT intent_id, no, order_id, method, state, baseline, sent_at, correlation_id, polls, success_at, alive_since,
                alive_at, said
         FROM posting_attempts WHERE venue_id = $1 AND intent_id = $2 ORDER BY no DESC LIMIT 1",
        venue,
        intent
    )?)
}

/// Writes a new attempt; says no when another of the order is still open.
pub async fn begin(c: &mut Conn, venue: Uuid, attempt: &Attempt) -> Result<bool> {
    let made = exec!(
        c,
        "INSERT INTO posting_attempts (venue_id, intent_id, no, order_id, method, state, baseline, sent_at, polls, said)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')
         ON CONFLICT (venue_id, order_id) WHERE state IN ('sending', 'polling', 'proving', 'ambiguous') DO NOTHING",
        venue,
        attempt.intent_id,
        attempt.no,
        attempt.order_id,
        attempt.method.word(),
        attempt.phase.word(),
        attempt.baseline,
        attempt.sent_at
    )?;
    Ok(made == 1)
}

/// Writes what became of it. An attempt that is over stays as it is: says no.
pub async fn change(c: &mut Conn, venue: Uuid, attempt: &Attempt) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE posting_attempts
         SET state = $4, correlation_id = $5, polls = $6, success_at = $7, alive_since = $8, alive_at = $9, said = $10
         WHERE venue_id = $1 AND intent_id = $2 AND no = $3
           AND state IN ('sending', 'polling', 'proving', 'ambiguous')",
        venue,
        attempt.intent_id,
        attempt.no,
        attempt.phase.word(),
        attempt.correlation_id.as_deref(),
        attempt.polls,
        attempt.success_at,
        attempt.alive_since,
        attempt.alive_at,
        attempt.said.as_str()
    )?;
    Ok(touched == 1)
}
