//! A table. Its number is iiko's and repeats across halls; its name is mostly blank there, so the venue may give it one.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{all, exec, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Table {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub hall_id: Uuid,
    pub number: i64,
    /// iiko's, mostly blank.
    pub name: String,
    /// Guests; 0: not filled in.
    pub seats: i64,
    /// The venue's; empty: iiko's name or the number is shown.
    pub own_name: String,
    pub hidden_at: Option<Timestamp>,
    pub vanished_at: Option<Timestamp>,
}

impl Table {
    /// The name a person gave it, ours before iiko's; none: it goes by its number.
    pub fn named(&self) -> Option<&str> {
        [self.own_name.as_str(), self.name.as_str()].into_iter().find(|name| !name.is_empty())
    }

    pub fn is_shown(&self) -> bool {
        self.hidden_at.is_none() && self.vanished_at.is_none()
    }
}

/// All of a venue's, those in iiko first, by number.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Table>> {
    Ok(all!(
        c,
        Table,
        "SELECT id, iiko_id, hall_id, number, name, seats, own_name, hidden_at, vanished_at FROM tables
         WHERE venue_id = $1 ORDER BY CASE WHEN vanished_at IS NULL THEN 0 ELSE 1 END, number, id",
        venue
    )?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Table> {
    opt!(
        c,
        Table,
        "SELECT id, iiko_id, hall_id, number, name, seats, own_name, hidden_at, vanished_at FROM tables
         WHERE venue_id = $1 AND id = $2",
        venue,
        id
    )?
    .ok_or(Error::NotFound("table"))
}

/// Names it anew if its name still is `was`; says no when somebody was faster.
pub async fn rename(c: &mut Conn, venue: Uuid, id: Uuid, (was, to): (&str, &str)) -> Result<bool> {
    let sql = "UPDATE tables SET own_name = $3 WHERE venue_id = $1 AND id = $2 AND own_name = $4";
    Ok(exec!(c, sql, venue, id, to, was)? > 0)
}

/// Hides it from guests (`by` somebody), or shows it again.
pub async fn hide(c: &mut Conn, venue: Uuid, id: Uuid, by: Option<Uuid>) -> Result<()> {
    let at = by.map(|_| clock::now());
    let sql = "UPDATE tables SET hidden_at = $3, hidden_by = $4 WHERE venue_id = $1 AND id = $2";
    exec!(c, sql, venue, id, at, by)?;
    Ok(())
}
