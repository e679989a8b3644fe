//! The people iiko tells of, as a sync reads and writes them. The venue's staff is never touched by it.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, fill};

#[derive(Clone, Debug, FromRow)]
pub struct Person {
    pub iiko_id: Uuid,
    pub name: String,
    pub code: String,
    /// `+79161234567`; empty: none.
    pub phone: String,
    pub dismissed: bool,
    pub vanished: bool,
}

pub async fn load(c: &mut Conn, venue: Uuid) -> Result<Vec<Person>> {
    Ok(all!(
        c,
        Person,
        "SELECT iiko_id, name, code, phone, dismissed, vanished_at IS NOT NULL AS vanished
         FROM iiko_people WHERE venue_id = $1",
        venue
    )?)
}

/// What a sync writes.
#[derive(Clone, Debug, Default)]
pub struct Import {
    pub people: Vec<Person>,
    pub vanished: Vec<Uuid>,
}

/// Writes it, in the caller's transaction.
pub async fn write(c: &mut Conn, venue: Uuid, import: &Import, now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO iiko_people (venue_id, iiko_id, name, code, phone, dismissed) ",
        " ON CONFLICT (venue_id, iiko_id) DO UPDATE SET name = excluded.name, code = excluded.code,
           phone = excluded.phone, dismissed = excluded.dismissed, vanished_at = NULL",
        import.people,
        |person, b| {
            b.push_bind(venue)
                .push_bind(person.iiko_id)
                .push_bind(&person.name)
                .push_bind(&person.code)
                .push_bind(&person.phone)
                .push_bind(person.dismissed);
        }
    )?;
    for id in &import.vanished {
        exec!(
            c,
            "UPDATE iiko_people SET vanished_at = $3 WHERE venue_id = $1 AND iiko_id = $2",
            venue,
            *id,
            now
        )?;
    }
    Ok(())
}
