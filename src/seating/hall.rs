//! A hall: iiko's restaurant section. Its name may be worded anew for the venue, and it may be hidden with all its tables.
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::seating::floor::Floor;
use crate::{all, exec, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Hall {
    pub id: Uuid,
    pub iiko_id: Uuid,
    /// iiko's.
    pub name: String,
    /// The venue's; empty: iiko's is shown.
    pub own_name: String,
    pub floor: Json<Floor>,
    pub hidden_at: Option<Timestamp>,
    pub vanished_at: Option<Timestamp>,
}

impl Hall {
    pub fn label(&self) -> &str {
        if self.own_name.is_empty() { &self.name } else { &self.own_name }
    }

    /// Guests see its tables.
    pub fn is_shown(&self) -> bool {
        self.hidden_at.is_none() && self.vanished_at.is_none()
    }

    /// iiko keeps takeaway, delivery and staff «tables» in halls of their own: by the name it looks like one.
    pub fn seems_no_hall(&self) -> bool {
        let name = self.name.to_lowercase();
        let words = [
            "вынос",
            "доставк",
            "самовывоз",
            "персонал",
            "сотрудник",
            "служебн",
            "takeaway",
            "delivery",
            "staff",
        ];
        words.iter().any(|word| name.contains(word)) || name.trim() == "ауп"
    }
}

/// All of a venue's, in iiko's order.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Hall>> {
    Ok(all!(
        c,
        Hall,
        "SELECT id, iiko_id, name, own_name, floor, hidden_at, vanished_at FROM halls
         WHERE venue_id = $1 ORDER BY CASE WHEN vanished_at IS NULL THEN 0 ELSE 1 END, position, id",
        venue
    )?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Hall> {
    opt!(
        c,
        Hall,
        "SELECT id, iiko_id, name, own_name, floor, hidden_at, vanished_at FROM halls
         WHERE venue_id = $1 AND id = $2",
        venue,
        id
    )?
    .ok_or(Error::NotFound("hall"))
}

/// Words it anew if its wording still is `was`; says no when somebody was faster.
pub async fn rename(c: &mut Conn, venue: Uuid, id: Uuid, (was, to): (&str, &str)) -> Result<bool> {
    let sql = "UPDATE halls SET own_name = $3 WHERE venue_id = $1 AND id = $2 AND own_name = $4";
    Ok(exec!(c, sql, venue, id, to, was)? > 0)
}

/// Hides it from guests (`by` somebody), or shows it again.
pub async fn hide(c: &mut Conn, venue: Uuid, id: Uuid, by: Option<Uuid>) -> Result<()> {
    let at = by.map(|_| clock::now());
    let sql = "UPDATE halls SET hidden_at = $3, hidden_by = $4 WHERE venue_id = $1 AND id = $2";
    exec!(c, sql, venue, id, at, by)?;
    Ok(())
}
