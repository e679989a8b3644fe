//! «Журнал обмена»: every call to iiko, secrets masked, with iiko's correlation id to give to its support.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, fill};

/// How many calls of a venue are kept.
const KEPT: i64 = 2_000;

#[derive(Clone, Debug, FromRow)]
pub struct Exchange {
    pub id: Uuid,
    pub at: Timestamp,
    /// iiko's method: `/api/1/nomenclature`.
    pub path: String,
    pub attempt: i64,
    /// HTTP status; none when no answer came.
    pub status: Option<i64>,
    pub took_ms: i64,
    pub bytes: i64,
    pub correlation_id: Option<String>,
    pub request: String,
    pub answer: String,
    /// The fault's code; none when it went well.
    pub fault: Option<String>,
}

/// Keeps calls and drops the venue's oldest above 2,000.
pub async fn keep(c: &mut Conn, venue: Uuid, calls: &[Exchange]) -> Result<()> {
    fill!(
        c,
        "INSERT INTO exchanges (venue_id, id, at, path, attempt, status, took_ms, bytes, correlation_id, request, answer, fault) ",
        "",
        calls,
        |call, b| {
            b.push_bind(venue)
                .push_bind(call.id)
                .push_bind(call.at)
                .push_bind(&call.path)
                .push_bind(call.attempt)
                .push_bind(call.status)
                .push_bind(call.took_ms)
                .push_bind(call.bytes)
                .push_bind(&call.correlation_id)
                .push_bind(&call.request)
                .push_bind(&call.answer)
                .push_bind(&call.fault);
        }
    )?;
    exec!(
        c,
        "DELETE FROM exchanges WHERE venue_id = $1 AND id < (SELECT id FROM exchanges WHERE venue_id = $1
           ORDER BY id DESC LIMIT 1 OFFSET $2)",
        venue,
        KEPT
    )?;
    Ok(())
}

/// The newest calls, `limit` at most, older than `before` where it is given; only those with a fault when `trouble`.
pub async fn newest(c: &mut Conn, venue: Uuid, page: &Page) -> Result<Vec<Exchange>> {
    let before = page.before.unwrap_or(Uuid::max());
    Ok(all!(
        c,
        Exchange,
        "SELECT id, at, path, attempt, status, took_ms, bytes, correlation_id, request, answer, fault FROM exchanges
         WHERE venue_id = $1 AND id < $2 AND (NOT $3 OR fault IS NOT NULL) ORDER BY id DESC LIMIT $4",
        venue,
        before,
        page.trouble,
        page.limit
    )?)
}

/// Which part of the journal.
pub struct Page {
    /// The id of the last row of the page before (ids are UUIDv7: their order is time's).
    pub before: Option<Uuid>,
    pub trouble: bool,
    pub limit: i64,
}
