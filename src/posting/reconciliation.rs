//! How a venue's bills were last held against our books, and which bills those are.
use std::collections::HashMap;

use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::money::Kopecks;
use crate::orders::bill::Bill;
use crate::posting::intent::State;
use crate::posting::till::Which;
use crate::{all, exec, opt};

/// Bills that one reconciliation goes over, the newest first; of a venue with more the older ones were gone over before.
const MOST: i64 = 5_000;

#[derive(Clone, Debug, Default, FromRow)]
pub struct Reconciliation {
    /// The last that came to its end.
    pub done_at: Option<Timestamp>,
    /// The last that went over the whole fortnight; none: the next one does.
    pub whole_at: Option<Timestamp>,
    /// Bills compared by the last.
    pub orders: i64,
    /// Those of it that the till would not show.
    pub unread: i64,
    /// Code of the fault it met; none: it came to its end.
    pub fault: Option<String>,
    /// iiko's own words.
    pub fault_said: String,
}

/// A venue that was never reconciled has an empty one.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Reconciliation> {
    let sql = "SELECT done_at, whole_at, orders, unread, fault, fault_said FROM reconciliations WHERE venue_id = $1";
    Ok(opt!(c, Reconciliation, sql, venue)?.unwrap_or_default())
}

pub async fn done(
    c: &mut Conn,
    venue: Uuid,
    (orders, unread): (i64, i64),
    is_whole: bool,
    now: Timestamp,
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO reconciliations (venue_id, done_at, whole_at, orders, unread, fault_said)
         VALUES ($1, $2, $3, $4, $5, '')
         ON CONFLICT (venue_id) DO UPDATE SET done_at = excluded.done_at,
           whole_at = coalesce(excluded.whole_at, reconciliations.whole_at),
           orders = excluded.orders, unread = excluded.unread, fault = NULL, fault_said = '', fault_at = NULL",
        venue,
        now,
        is_whole.then_some(now),
        orders,
        unread
    )?;
    Ok(())
}

/// What was found before stays, and is said to be of then.
pub async fn failed(c: &mut Conn, venue: Uuid, (code, said): (&str, &str), now: Timestamp) -> Result<()> {
    exec!(
        c,
        "INSERT INTO reconciliations (venue_id, orders, unread, fault, fault_said, fault_at)
         VALUES ($1, 0, 0, $2, $3, $4)
         ON CONFLICT (venue_id) DO UPDATE SET fault = excluded.fault, fault_said = excluded.fault_said,
           fault_at = excluded.fault_at",
        venue,
        code,
        said,
        now
    )?;
    Ok(())
}

/// The next one goes over the whole fortnight.
pub async fn want_whole(c: &mut Conn, venue: Uuid) -> Result<()> {
    exec!(c, "UPDATE reconciliations SET whole_at = NULL WHERE venue_id = $1", venue)?;
    Ok(())
}

/// Venues tied to a till that nobody has reconciled since `before`.
pub async fn due(c: &mut Conn, before: Timestamp) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT v.id FROM venues v LEFT JOIN reconciliations r ON r.venue_id = v.id
         WHERE v.terminal_group_id IS NOT NULL AND v.pos_link IN ('live', 'attention') AND v.closed_at IS NULL
           AND (r.done_at IS NULL OR r.done_at < $1) AND (r.fault_at IS NULL OR r.fault_at < $1)",
        before
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// An order as it was read last.
#[derive(Clone, Debug, FromRow)]
pub struct Copy {
    pub id: Uuid,
    #[sqlx(flatten)]
    pub which: Which,
    pub status: String,
    pub creation: String,
    pub sum: Kopecks,
    pub paid: Option<Kopecks>,
    pub body: Json<Bill>,
    pub seen_at: Timestamp,
}

/// Bills of tables opened since, with a payment of ours in the books, under one of these payment types on the bill, or with a
/// difference nobody has looked into. Where nothing was ever posted there is none.
pub async fn copies(c: &mut Conn, venue: Uuid, since: Timestamp, types: &[Uuid]) -> Result<Vec<Copy>> {
    // ids stand in the body as they are written everywhere, and nothing else there has them
    let mut copies: HashMap<Uuid, Copy> = HashMap::new();
    for payment_type in types {
        let found = all!(
            c,
            Copy,
            "SELECT o.id, o.iiko_id, o.pos_id, o.status, o.creation, o.sum, o.paid, o.body, o.seen_at FROM orders o
             WHERE o.venue_id = $1 AND o.kind = 'table' AND o.opened_at >= $2
               AND (CAST(o.body AS TEXT) LIKE $3
                    OR EXISTS (SELECT 1 FROM payment_intents i WHERE i.venue_id = o.venue_id AND i.order_id = o.id
                                 AND i.state IN ('confirmed', 'by_hand'))
                    OR EXISTS (SELECT 1 FROM bill_differences d WHERE d.venue_id = o.venue_id AND d.order_id = o.id
                                 AND d.settled_at IS NULL))
             ORDER BY o.opened_at DESC, o.id DESC LIMIT $4",
            venue,
            since,
            format!("%{payment_type}%"),
            MOST
        )?;
        copies.extend(found.into_iter().map(|copy| (copy.id, copy)));
    }
    Ok(copies.into_values().collect())
}

/// What our books have of an order: each payment's sum and how it stands.
pub async fn books(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Vec<(Kopecks, State)>> {
    let sql = "SELECT amount, state FROM payment_intents WHERE venue_id = $1 AND order_id = $2 ORDER BY id";
    let rows = all!(c, (Kopecks, String), sql, venue, order)?;
    Ok(rows.into_iter().filter_map(|(amount, state)| Some((amount, State::of_word(&state)?))).collect())
}

/// iiko's payment types that payments of this venue were ever sent under.
pub async fn posted_types(c: &mut Conn, venue: Uuid) -> Result<Vec<Uuid>> {
    let rows = all!(c, (Uuid,), "SELECT payment_type FROM posted_types WHERE venue_id = $1", venue)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Payments are sent under this type from now on.
pub async fn note_type(c: &mut Conn, venue: Uuid, payment_type: Uuid, now: Timestamp) -> Result<()> {
    exec!(
        c,
        "INSERT INTO posted_types (venue_id, payment_type, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        venue,
        payment_type,
        now
    )?;
    Ok(())
}
