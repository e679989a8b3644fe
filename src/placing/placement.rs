//! An order on its way to the till: when it was asked for, how often it has left, what became of it.
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::integrations::iiko_cloud::new_delivery::NewDelivery;
use crate::word::words;
use crate::{all, exec, opt};

words! {
    /// How far it has come.
    pub enum State {
        /// Nothing has left yet.
        Asked = "asked",
        /// It is leaving. Found so by another worker it may have left: sending it again is no second order.
        Sending = "sending",
        /// It may be at the till.
        Sent = "sent",
        /// The till has it.
        Taken = "taken",
        Refused = "refused",
        /// Nobody knows, and nobody goes on asking.
        Unknown = "unknown",
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Placement {
    /// The order's.
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub external_number: String,
    pub digest: Vec<u8>,
    pub body: Json<NewDelivery>,
    #[sqlx(try_from = "String")]
    pub state: State,
    /// How often it may have left.
    pub sent: i64,
    pub correlation: Option<String>,
    /// Of a refusal: iiko's error code, or ours of a fault.
    pub code: String,
    pub made_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

macro_rules! select_placements {
    ($rest:literal) => {
        concat!(
            "SELECT id, iiko_id, external_number, digest, body, state, sent, correlation, code, made_at, sent_at
             FROM placements ",
            $rest
        )
    };
}

/// By the app's own number.
pub async fn by_number(c: &mut Conn, venue: Uuid, number: &str) -> Result<Option<Placement>> {
    let sql = select_placements!("WHERE venue_id = $1 AND external_number = $2");
    Ok(opt!(c, Placement, sql, venue, number)?)
}

/// None: the order was not placed by an app.
pub async fn of_order(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Option<Placement>> {
    Ok(opt!(c, Placement, select_placements!("WHERE venue_id = $1 AND id = $2"), venue, order)?)
}

/// Those whose time has come, the longest waiting first.
pub async fn due(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Vec<Placement>> {
    let sql = select_placements!(
        "WHERE venue_id = $1 AND state IN ('asked', 'sending', 'sent') AND next_at <= $2 ORDER BY next_at LIMIT 50"
    );
    Ok(all!(c, Placement, sql, venue, now)?)
}

/// Venues with an order whose time has come.
pub async fn due_venues(c: &mut Conn, now: Timestamp) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT venue_id FROM placements WHERE state IN ('asked', 'sending', 'sent') AND next_at <= $1";
    Ok(all!(c, (Uuid,), sql, now)?.into_iter().map(|(venue,)| venue).collect())
}

/// Of the order with this id, known to iiko by `iiko_id`.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub digest: &'a [u8],
    pub body: &'a NewDelivery,
}

/// Writes it down, to be sent at once. Says no when the app's number is taken.
pub async fn make(c: &mut Conn, venue: Uuid, new: &New<'_>, now: Timestamp) -> Result<bool> {
    let made = exec!(
        c,
        "INSERT INTO placements (venue_id, id, iiko_id, external_number, digest, body, state, sent, code, made_at, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'asked', 0, '', $7, $7)
         ON CONFLICT (venue_id, external_number) DO NOTHING",
        venue,
        new.id,
        new.iiko_id,
        new.body.external_number.as_str(),
        new.digest,
        Json(new.body),
        now
    )?;
    Ok(made == 1)
}

/// Where it goes next.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    pub state: State,
    pub correlation: Option<&'a str>,
    pub code: &'a str,
    pub next_at: Timestamp,
}

/// Takes a step, if it still stands where it was read; says no when somebody was faster.
pub async fn step(
    c: &mut Conn,
    venue: Uuid,
    (placement, step): (&Placement, &Step<'_>),
    now: Timestamp,
) -> Result<bool> {
    let leaves = step.state == State::Sending;
    let may_have_left = placement.state == State::Sending && step.state == State::Sent;
    let ends = matches!(step.state, State::Taken | State::Refused | State::Unknown);
    let touched = exec!(
        c,
        "UPDATE placements SET state = $4, correlation = coalesce($5, correlation), code = $6, next_at = $7,
           sent = sent + $8, sent_at = coalesce($9, sent_at), ended_at = $10
         WHERE venue_id = $1 AND id = $2 AND state = $3",
        venue,
        placement.id,
        placement.state.word(),
        step.state.word(),
        step.correlation,
        step.code,
        step.next_at,
        i64::from(may_have_left),
        leaves.then_some(now),
        ends.then_some(now)
    )?;
    Ok(touched == 1)
}
