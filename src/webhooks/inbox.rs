//! What came in: letters as they came, and a row per event, kept for a week.
use actix_web::web::Bytes;
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::webhooks::letter::{Event, opened};
use crate::word::words;
use crate::{all, exec, fill, opt};

/// How long events are kept.
pub const KEPT: TimeDelta = TimeDelta::days(7);
/// How long an order that could not be read anew waits for the next try.
const ASKED_AGAIN: TimeDelta = TimeDelta::seconds(30);

words! {
    /// What became of an event.
    pub enum State {
        /// Kept, not looked at yet.
        Waiting = "waiting",
        /// It told something new.
        Applied = "applied",
        /// It told what was known.
        Same = "same",
        /// A later word is known.
        Older = "older",
        /// Not to be believed by itself: to be read anew from iiko.
        Asking = "asking",
        /// Was read anew.
        Asked = "asked",
        /// There was nothing in it.
        Empty = "empty",
        /// Of an organization that is not this venue's.
        Foreign = "foreign",
        /// Of a kind that changes nothing in the panel.
        Kept = "kept",
        /// It could not be read.
        Unread = "unread",
    }
}

/// Keeps letters of any venues, in the caller's transaction.
pub async fn post(c: &mut Conn, letters: &[(Uuid, Bytes)], now: Timestamp) -> Result<()> {
    fill!(c, "INSERT INTO webhook_letters (venue_id, id, received_at, body) ", "", letters, |row, b| {
        let (venue, body) = row;
        b.push_bind(venue).push_bind(Uuid::now_v7()).push_bind(now).push_bind(body.as_ref());
    })?;
    Ok(())
}

/// Splits the next letters of a venue into events, in the caller's transaction; how many letters there were.
pub async fn split(c: &mut Conn, venue: Uuid, most: i64) -> Result<usize> {
    let sql = "SELECT id, received_at, body FROM webhook_letters WHERE venue_id = $1 ORDER BY id LIMIT $2";
    let letters = all!(c, (Uuid, Timestamp, Vec<u8>), sql, venue, most)?;
    for (id, received_at, body) in &letters {
        keep(c, venue, &opened(body), *received_at).await?;
        exec!(c, "DELETE FROM webhook_letters WHERE venue_id = $1 AND id = $2", venue, *id)?;
    }
    Ok(letters.len())
}

/// Keeps events, in the caller's transaction; those that are there already stay as they are.
pub async fn keep(c: &mut Conn, venue: Uuid, events: &[Event], received_at: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO webhook_events (venue_id, id, digest, event_type, organization_id, subject, version, body,
                                     received_at, state) ",
        " ON CONFLICT DO NOTHING",
        events,
        |event, b| {
            b.push_bind(venue)
                .push_bind(Uuid::now_v7())
                .push_bind(&event.digest)
                .push_bind(&event.event_type)
                .push_bind(event.organization_id)
                .push_bind(event.subject)
                .push_bind(event.version)
                .push_bind(&event.body)
                .push_bind(received_at)
                .push_bind(State::Waiting.word());
        }
    )?;
    Ok(())
}

/// An event that waits.
#[derive(Clone, Debug, FromRow)]
pub struct Due {
    pub id: Uuid,
    pub event_type: String,
    pub organization_id: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub version: i64,
    pub body: String,
}

/// The longest waiting first.
pub async fn due(c: &mut Conn, venue: Uuid, state: State, most: i64) -> Result<Vec<Due>> {
    Ok(all!(
        c,
        Due,
        "SELECT id, event_type, organization_id, subject, version, body FROM webhook_events
         WHERE venue_id = $1 AND state = $2 AND state IN ('waiting', 'asking') ORDER BY id LIMIT $3",
        venue,
        state.word(),
        most
    )?)
}

/// What became of some events.
pub async fn note(c: &mut Conn, venue: Uuid, ids: &[Uuid], state: State, now: Timestamp) -> Result<()> {
    for id in ids {
        let sql = "UPDATE webhook_events SET state = $3, handled_at = $4 WHERE venue_id = $1 AND id = $2";
        exec!(c, sql, venue, *id, state.word(), now)?;
    }
    Ok(())
}

/// Venues with something to do now.
pub async fn due_venues(c: &mut Conn, now: Timestamp) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT w.venue_id FROM webhooks w WHERE
           EXISTS (SELECT 1 FROM webhook_letters l WHERE l.venue_id = w.venue_id)
           OR EXISTS (SELECT 1 FROM webhook_events e WHERE e.venue_id = w.venue_id AND e.state = 'waiting')
           OR EXISTS (SELECT 1 FROM webhook_events e WHERE e.venue_id = w.venue_id AND e.state = 'asking'
                      AND e.handled_at < $1)",
        now - ASKED_AGAIN
    )?;
    Ok(rows.into_iter().map(|(venue,)| venue).collect())
}

/// An event as the inbox shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    pub id: Uuid,
    pub event_type: String,
    pub subject: Option<Uuid>,
    pub state: String,
    pub received_at: Timestamp,
    /// Ours, where the event is of an order we know.
    pub order_id: Option<Uuid>,
    pub order_number: Option<String>,
}

impl Row {
    pub fn state(&self) -> State {
        State::of_word(&self.state).unwrap_or(State::Kept)
    }
}

macro_rules! select_rows {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.event_type, e.subject, e.state, e.received_at, o.id AS order_id, o.number AS order_number
             FROM webhook_events e LEFT JOIN orders o ON o.venue_id = e.venue_id AND o.iiko_id = e.subject ",
            $rest
        )
    };
}

/// The newest first, those before one; `odd`: only those a person should look at.
pub async fn newest(
    c: &mut Conn,
    venue: Uuid,
    (before, odd): (Option<Uuid>, bool),
    most: i64,
) -> Result<Vec<Row>> {
    let before = before.unwrap_or(Uuid::max());
    if odd {
        let sql = select_rows!(
            "WHERE e.venue_id = $1 AND e.id < $2 AND e.state IN ('foreign', 'unread') ORDER BY e.id DESC LIMIT $3"
        );
        return Ok(all!(c, Row, sql, venue, before, most)?);
    }
    let sql = select_rows!("WHERE e.venue_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3");
    Ok(all!(c, Row, sql, venue, before, most)?)
}

/// An event and its text.
pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<(Row, String)> {
    let row = opt!(c, Row, select_rows!("WHERE e.venue_id = $1 AND e.id = $2"), venue, id)?;
    let sql = "SELECT body FROM webhook_events WHERE venue_id = $1 AND id = $2";
    let body = opt!(c, (String,), sql, venue, id)?;
    row.zip(body).map(|(row, (body,))| (row, body)).ok_or(Error::NotFound("event"))
}

/// Puts an event back to be applied once more; the version still decides, so it can do no harm.
pub async fn replay(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    let sql =
        "UPDATE webhook_events SET state = 'waiting', handled_at = NULL WHERE venue_id = $1 AND id = $2";
    if exec!(c, sql, venue, id)? == 1 { Ok(()) } else { Err(Error::NotFound("event")) }
}

/// When the last one came.
pub async fn last(c: &mut Conn, venue: Uuid) -> Result<Option<Timestamp>> {
    let sql = "SELECT received_at FROM webhook_events WHERE venue_id = $1 ORDER BY id DESC LIMIT 1";
    Ok(opt!(c, (Timestamp,), sql, venue)?.map(|(at,)| at))
}

/// Changes of an order's status since a moment: how many an event told first, and how many only a look found.
pub async fn told_and_found(c: &mut Conn, venue: Uuid, since: Timestamp) -> Result<(i64, i64)> {
    let row = opt!(
        c,
        (i64, i64),
        "SELECT CAST(coalesce(sum(CASE WHEN source = 'webhook' THEN 1 ELSE 0 END), 0) AS BIGINT),
                CAST(coalesce(sum(CASE WHEN source = 'sweep' THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM order_events WHERE venue_id = $1 AND id >= $2 AND what = 'status'",
        venue,
        clock::first_id(since)
    )?;
    Ok(row.unwrap_or_default())
}

/// Throws away what is older than a week, a thousand at a time; answers how many.
pub async fn sweep(c: &mut Conn, now: Timestamp) -> Result<u64> {
    Ok(exec!(
        c,
        "DELETE FROM webhook_events WHERE (venue_id, id) IN (SELECT e.venue_id, e.id FROM webhooks w JOIN webhook_events e
           ON e.venue_id = w.venue_id WHERE e.id < $1 LIMIT 1000)",
        clock::first_id(now - KEPT)
    )?)
}
