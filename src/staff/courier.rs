//! Whom a delivery can be given to: everybody iiko tells of has the right to be a courier (D_DC0) and a PIN.
use sqlx::FromRow;
use uuid::Uuid;

use crate::all;
use crate::db::conn::Conn;
use crate::error::Result;

#[derive(Clone, Debug, FromRow)]
pub struct Courier {
    pub iiko_id: Uuid,
    pub name: String,
}

/// Not dismissed, not gone; by name.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Courier>> {
    let sql =
        "SELECT iiko_id, name FROM iiko_people WHERE venue_id = $1 AND NOT dismissed AND vanished_at IS NULL
               ORDER BY name, iiko_id";
    Ok(all!(c, Courier, sql, venue)?)
}
