//! An act: who asked for what, and how far it has come.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::word::words;
use crate::{all, exec, opt};

words! {
    /// What is to be done with an order.
    pub enum What {
        Confirm = "confirm",
        Courier = "courier",
        OnWay = "on_way",
        Delivered = "delivered",
        Close = "close",
        Cancel = "cancel",
    }
}

words! {
    /// How far it has come.
    pub enum State {
        /// Nothing has left yet.
        Asked = "asked",
        /// It is leaving. Found so by another worker it may have left.
        Sending = "sending",
        /// It may be at the till.
        Sent = "sent",
        /// The order shows it.
        Done = "done",
        Refused = "refused",
        /// Nobody knows, and nobody goes on asking.
        Unknown = "unknown",
    }
}

impl State {
    pub fn is_open(self) -> bool {
        matches!(self, State::Asked | State::Sending | State::Sent)
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Act {
    pub id: Uuid,
    pub order_id: Uuid,
    pub what: String,
    /// iiko's id of the cause or of the courier.
    pub detail: Option<Uuid>,
    /// Its name.
    pub said: String,
    pub comment: String,
    pub asked_by_name: String,
    pub asked_at: Timestamp,
    pub state: String,
    pub correlation: Option<String>,
    /// Of a refusal: iiko's error code, or ours of a fault.
    pub code: String,
    pub message: String,
}

impl Act {
    pub fn what(&self) -> What {
        What::of_word(&self.what).unwrap_or(What::Confirm)
    }

    pub fn state(&self) -> State {
        State::of_word(&self.state).unwrap_or(State::Unknown)
    }
}

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub order: Uuid,
    pub what: What,
    pub detail: Option<Uuid>,
    pub said: &'a str,
    pub comment: &'a str,
}

macro_rules! select_acts {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.order_id, a.what, a.detail, a.said, a.comment, u.name AS asked_by_name, a.asked_at, a.state,
                    a.correlation, a.code, a.message FROM order_acts a JOIN users u ON u.id = a.asked_by ",
            $rest
        )
    };
}

/// Writes an act down. One of an order is under way at a time: the same again is [`Error::Conflict`] `acts-already`, another
/// `acts-under-way`.
pub async fn ask(c: &mut Conn, venue: Uuid, new: &New<'_>, (by, now): (Uuid, Timestamp)) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let made = exec!(
        c,
        "INSERT INTO order_acts (venue_id, id, order_id, what, detail, said, comment, asked_by, asked_at, state, code,
                                 message, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked', '', '', $9)
         ON CONFLICT (venue_id, order_id) WHERE state IN ('asked', 'sending', 'sent') DO NOTHING",
        venue,
        id,
        new.order,
        new.what.word(),
        new.detail,
        new.said,
        new.comment,
        by,
        now
    )?;
    if made == 1 {
        return Ok(id);
    }
    let sql =
        select_acts!("WHERE a.venue_id = $1 AND a.order_id = $2 AND a.state IN ('asked', 'sending', 'sent')");
    let open = opt!(c, Act, sql, venue, new.order)?;
    let is_same = open.is_some_and(|open| open.what() == new.what);
    Err(Error::Conflict(if is_same { "acts-already" } else { "acts-under-way" }))
}

/// The newest first.
pub async fn of_order(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Vec<Act>> {
    let sql = select_acts!("WHERE a.venue_id = $1 AND a.order_id = $2 ORDER BY a.id DESC LIMIT 50");
    Ok(all!(c, Act, sql, venue, order)?)
}

/// Those whose time has come, the longest waiting first.
pub async fn due(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Vec<Act>> {
    let sql = select_acts!(
        "WHERE a.venue_id = $1 AND a.state IN ('asked', 'sending', 'sent') AND a.next_at <= $2 ORDER BY a.next_at LIMIT 50"
    );
    Ok(all!(c, Act, sql, venue, now)?)
}

/// Venues with an act whose time has come.
pub async fn due_venues(c: &mut Conn, now: Timestamp) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT venue_id FROM order_acts WHERE state IN ('asked', 'sending', 'sent') AND next_at <= $1";
    Ok(all!(c, (Uuid,), sql, now)?.into_iter().map(|(venue,)| venue).collect())
}

/// Where an act goes next.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    pub state: State,
    pub correlation: Option<&'a str>,
    pub code: &'a str,
    pub message: &'a str,
    pub next_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// Takes a step, if the act still stands where it was read; says no when somebody was faster.
pub async fn step(c: &mut Conn, venue: Uuid, act: &Act, step: &Step<'_>) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE order_acts SET state = $4, correlation = coalesce($5, correlation), code = $6, message = $7, next_at = $8,
           ended_at = $9 WHERE venue_id = $1 AND id = $2 AND state = $3",
        venue,
        act.id,
        act.state.as_str(),
        step.state.word(),
        step.correlation,
        step.code,
        step.message,
        step.next_at,
        step.ended_at
    )?;
    Ok(touched == 1)
}
