//! People iiko tells of who are not among the venue's staff yet.
use sqlx::FromRow;
use uuid::Uuid;

use crate::all;
use crate::db::conn::Conn;
use crate::error::Result;

#[derive(Clone, Debug, FromRow)]
pub struct Candidate {
    pub iiko_id: Uuid,
    pub name: String,
    pub code: String,
    /// `+79161234567`; empty: iiko gives none.
    pub phone: String,
}

/// Not dismissed, not gone, not taken; by name.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Candidate>> {
    Ok(all!(
        c,
        Candidate,
        "SELECT p.iiko_id, p.name, p.code, p.phone FROM iiko_people p
         LEFT JOIN employees e ON e.venue_id = p.venue_id AND e.iiko_id = p.iiko_id
         WHERE p.venue_id = $1 AND NOT p.dismissed AND p.vanished_at IS NULL AND e.id IS NULL
         ORDER BY p.name, p.iiko_id",
        venue
    )?)
}
