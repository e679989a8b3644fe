//! The queue as it is shown and taken up: what waits, what is unknown, what a person should decide, what is done.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::money::Kopecks;
use crate::posting::intent::{Closing, State};
use crate::word::words;
use crate::{all, one};

words! {
    pub enum Shelf {
        Waiting = "waiting",
        Unknown = "unknown",
        /// With what is paid and would not be closed, and what bills differ in.
        Person = "person",
        Done = "done",
    }
}

impl Shelf {
    /// The shelf's rows.
    fn list(self) -> &'static str {
        macro_rules! rows {
            ($which:literal) => {
                concat!(
                    "SELECT i.id, i.order_id, o.number, o.place, i.amount, i.state, i.closing, i.trouble, i.next_at,
                            i.created_at, i.confirmed_at, i.version
                     FROM payment_intents i JOIN orders o ON o.venue_id = i.venue_id AND o.id = i.order_id
                     WHERE i.venue_id = $1 AND i.id < $2 AND ",
                    $which,
                    " ORDER BY i.id DESC LIMIT 50"
                )
            };
        }
        match self {
            Shelf::Waiting => rows!("i.state IN ('waiting', 'posting')"),
            Shelf::Unknown => rows!("i.state = 'unknown'"),
            Shelf::Person => rows!("(i.state = 'person' OR (i.state = 'confirmed' AND i.trouble <> ''))"),
            Shelf::Done => rows!("(i.state = 'by_hand' OR (i.state = 'confirmed' AND i.trouble = ''))"),
        }
    }
}

/// A payment as a list shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    pub id: Uuid,
    pub order_id: Uuid,
    /// The order's, of the till; empty: none yet.
    pub number: String,
    /// The table or address in words.
    pub place: String,
    pub amount: Kopecks,
    #[sqlx(try_from = "String")]
    pub state: State,
    #[sqlx(try_from = "String")]
    pub closing: Closing,
    /// A word of `Hitch` or `Reason`.
    pub trouble: String,
    pub next_at: Timestamp,
    pub created_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    pub version: i64,
}

/// Fifty, the newest first; `before` the last of the page before.
pub async fn list(c: &mut Conn, venue: Uuid, shelf: Shelf, before: Option<Uuid>) -> Result<Vec<Row>> {
    Ok(all!(c, Row, shelf.list(), venue, before.unwrap_or(Uuid::max()))?)
}

/// How many stand on each shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Counts {
    pub waiting: i64,
    pub unknown: i64,
    pub person: i64,
    /// A venue's history, so not counted beyond [`MANY`].
    pub done: i64,
}

/// More than a shelf says in a number.
pub const MANY: i64 = 100;

pub async fn counts(c: &mut Conn, venue: Uuid) -> Result<Counts> {
    Ok(one!(
        c,
        Counts,
        "SELECT (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state IN ('waiting', 'posting')) AS waiting,
                (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state = 'unknown') AS unknown,
                (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state = 'person')
                  + (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state = 'confirmed' AND trouble <> '')
                  + (SELECT count(*) FROM bill_differences WHERE venue_id = $1 AND settled_at IS NULL) AS person,
                (SELECT count(*) FROM (SELECT 1 FROM payment_intents WHERE venue_id = $1
                  AND (state = 'by_hand' OR (state = 'confirmed' AND trouble = '')) LIMIT $2) AS one) AS done",
        venue,
        MANY
    )?)
}

/// What should be taken up now, the longest due first, 100 at most: order, payment.
pub async fn due(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(all!(
        c,
        (Uuid, Uuid),
        "SELECT order_id, id FROM payment_intents
         WHERE venue_id = $1 AND next_at <= $2
           AND (state IN ('waiting', 'posting', 'unknown') OR closing IN ('due', 'asked', 'stuck'))
         ORDER BY next_at, id LIMIT 100",
        venue,
        now
    )?)
}

/// An order's payments, the newest first.
pub async fn of_order(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Vec<Row>> {
    Ok(all!(
        c,
        Row,
        "SELECT i.id, i.order_id, o.number, o.place, i.amount, i.state, i.closing, i.trouble, i.next_at,
                i.created_at, i.confirmed_at, i.version
         FROM payment_intents i JOIN orders o ON o.venue_id = i.venue_id AND o.id = i.order_id
         WHERE i.venue_id = $1 AND i.order_id = $2 ORDER BY i.id DESC LIMIT 50",
        venue,
        order
    )?)
}

/// What guests have paid of an order and the till does not surely have yet.
pub async fn pending(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Kopecks> {
    let (sum,) = one!(
        c,
        (i64,),
        "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM payment_intents
         WHERE venue_id = $1 AND order_id = $2 AND state IN ('waiting', 'posting', 'unknown', 'person')",
        venue,
        order
    )?;
    Ok(Kopecks(sum))
}

/// Venues tied to a till where something should be taken up now.
pub async fn venues(c: &mut Conn, now: Timestamp) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT DISTINCT i.venue_id FROM payment_intents i JOIN venues v ON v.id = i.venue_id
         WHERE i.next_at <= $1 AND v.pos_link IN ('live', 'attention')
           AND (i.state IN ('waiting', 'posting', 'unknown') OR i.closing IN ('due', 'asked', 'stuck'))",
        now
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
