//! How a venue's orders are looked after: when iiko was asked last and well, how far the deliveries were read, what stood
//! in the way.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, opt};

#[derive(Clone, Debug, Default, FromRow)]
pub struct Watch {
    /// The last look that went well.
    pub looked_at: Option<Timestamp>,
    /// iiko `maxRevision` of the deliveries, good for three hours.
    pub revision: Option<i64>,
    pub revision_at: Option<Timestamp>,
    /// Code of the fault that the last look met; none: it went well.
    pub fault: Option<String>,
    pub fault_said: Option<String>,
    pub fault_correlation: Option<String>,
    /// Orders of the last look that could not be read.
    pub unread: i64,
}

/// A venue whose orders nobody has looked for yet has an empty one.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Watch> {
    let row = opt!(
        c,
        Watch,
        "SELECT looked_at, revision, revision_at, fault, fault_said, fault_correlation, unread FROM order_watches
         WHERE venue_id = $1",
        venue
    )?;
    Ok(row.unwrap_or_default())
}

/// A look that went well; `revision` where deliveries were read.
pub async fn well(
    c: &mut Conn,
    venue: Uuid,
    (revision, unread): (Option<i64>, i64),
    now: Timestamp,
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO order_watches (venue_id, looked_at, revision, revision_at, unread) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (venue_id) DO UPDATE SET looked_at = excluded.looked_at, unread = excluded.unread,
           revision = coalesce(excluded.revision, order_watches.revision),
           revision_at = coalesce(excluded.revision_at, order_watches.revision_at),
           fault = NULL, fault_said = NULL, fault_correlation = NULL, fault_at = NULL",
        venue,
        now,
        revision,
        revision.map(|_| now),
        unread
    )?;
    Ok(())
}

/// A look that failed: what was seen before stays, and is said to be of then.
pub async fn ill(
    c: &mut Conn,
    venue: Uuid,
    (code, said, correlation): (&str, &str, Option<&str>),
    now: Timestamp,
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO order_watches (venue_id, fault, fault_said, fault_correlation, fault_at, unread)
         VALUES ($1, $2, $3, $4, $5, 0)
         ON CONFLICT (venue_id) DO UPDATE SET fault = excluded.fault, fault_said = excluded.fault_said,
           fault_correlation = excluded.fault_correlation, fault_at = excluded.fault_at",
        venue,
        code,
        said,
        correlation,
        now
    )?;
    Ok(())
}

/// Venues tied to a till at which nobody has looked since `before`.
pub async fn due(c: &mut Conn, before: Timestamp) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT v.id FROM venues v LEFT JOIN order_watches w ON w.venue_id = v.id
         WHERE v.terminal_group_id IS NOT NULL AND v.pos_link IN ('live', 'attention') AND v.closed_at IS NULL
           AND (w.looked_at IS NULL OR w.looked_at < $1) AND (w.fault_at IS NULL OR w.fault_at < $1)",
        before
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
