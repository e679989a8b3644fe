//! What a shift has in hand now, for a screen on the wall; and until when its new orders were seen by somebody.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::Result;
use crate::orders::kind::Kind;
use crate::orders::order::{Order, select_orders};
use crate::{all, exec, opt};

/// Orders of the board: no shift has more in hand.
pub const MOST: i64 = 300;

/// Those that are not over, the oldest first.
pub async fn open(c: &mut Conn, venue: Uuid) -> Result<Vec<Order>> {
    let sql = select_orders!(
        "WHERE venue_id = $1 AND status NOT IN ('done', 'cancelled') ORDER BY opened_at, id LIMIT $2"
    );
    Ok(all!(c, Order, sql, venue, MOST)?)
}

/// Who saw the new orders last.
#[derive(Clone, Debug, FromRow)]
pub struct Seen {
    pub seen_at: Timestamp,
    pub seen_by_name: String,
}

pub async fn seen(c: &mut Conn, venue: Uuid) -> Result<Option<Seen>> {
    let sql = "SELECT b.seen_at, u.name AS seen_by_name FROM order_boards b JOIN users u ON u.id = b.seen_by
               WHERE b.venue_id = $1";
    Ok(opt!(c, Seen, sql, venue)?)
}

/// Somebody has seen what is there now: every screen of the venue falls silent.
pub async fn acknowledge(c: &mut Conn, venue: Uuid, (by, now): (Uuid, Timestamp)) -> Result<()> {
    exec!(
        c,
        "INSERT INTO order_boards (venue_id, seen_at, seen_by) VALUES ($1, $2, $3)
         ON CONFLICT (venue_id) DO UPDATE SET seen_at = excluded.seen_at, seen_by = excluded.seen_by",
        venue,
        now,
        by
    )?;
    Ok(())
}

/// Whether an order calls for somebody: a delivery or a pickup that nobody has confirmed and that came after the last look.
/// When it came its own id tells. A check at a table was opened by a waiter, who knows of it.
pub fn calls(order: &Order, seen: Option<&Seen>) -> bool {
    order.kind() != Kind::Table
        && order.status == "new"
        && order.creation == "success"
        && seen.is_none_or(|seen| order.id >= clock::first_id(seen.seen_at + TimeDelta::milliseconds(1)))
}
