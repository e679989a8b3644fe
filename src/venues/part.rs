//! The parts of a venue that come from the till beside its menu, and when each agreed with it last. Kept here so that a
//! room can tell it without knowing how syncs work.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{exec, opt};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Seating,
    Payments,
    Staff,
    Dictionaries,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Seating, Part::Payments, Part::Staff, Part::Dictionaries];

    pub fn word(self) -> &'static str {
        match self {
            Part::Seating => "seating",
            Part::Payments => "payments",
            Part::Staff => "staff",
            Part::Dictionaries => "dictionaries",
        }
    }

    pub fn of_word(word: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.word() == word)
    }
}

/// How a part stands.
#[derive(Clone, Debug, Default, FromRow)]
pub struct Standing {
    /// When it agreed with the till last; none: never yet.
    pub synced_at: Option<Timestamp>,
    /// The sync that could not bring it, until one does.
    pub missed_run: Option<Uuid>,
}

pub async fn standing(c: &mut Conn, venue: Uuid, part: Part) -> Result<Standing> {
    let sql = "SELECT synced_at, missed_run FROM part_syncs WHERE venue_id = $1 AND part = $2";
    Ok(opt!(c, Standing, sql, venue, part.word())?.unwrap_or_default())
}

/// It agrees with the till now.
pub async fn note_synced(c: &mut Conn, venue: Uuid, part: Part, at: Timestamp) -> Result<()> {
    exec!(
        c,
        "INSERT INTO part_syncs (venue_id, part, synced_at) VALUES ($1, $2, $3)
         ON CONFLICT (venue_id, part) DO UPDATE SET synced_at = excluded.synced_at, missed_run = NULL",
        venue,
        part.word(),
        at
    )?;
    Ok(())
}

/// That sync could not bring it; what was there stays.
pub async fn note_missed(c: &mut Conn, venue: Uuid, part: Part, run: Uuid) -> Result<()> {
    exec!(
        c,
        "INSERT INTO part_syncs (venue_id, part, missed_run) VALUES ($1, $2, $3)
         ON CONFLICT (venue_id, part) DO UPDATE SET missed_run = excluded.missed_run",
        venue,
        part.word(),
        run
    )?;
    Ok(())
}
