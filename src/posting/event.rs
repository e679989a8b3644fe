//! The timeline of a payment: what happened, as a person reads it.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::word::words;
use crate::{all, fill};

words! {
    pub enum What {
        Reported = "reported",
        /// `said` is a word of `Hitch` or `Reason`.
        Waits = "waits",
        /// `said` is the method.
        Sending = "sending",
        /// The till knows of a command; `said` is its correlation id.
        Accepted = "accepted",
        Ambiguous = "ambiguous",
        Refused = "refused",
        Void = "void",
        Success = "success",
        /// Seen on the bill.
        Confirmed = "confirmed",
        /// `said` is a word of `Reason`.
        Person = "person",
        /// `said` is a word of `Decision`.
        Decided = "decided",
        CloseAsked = "close_asked",
        /// The order is not wholly paid, or would not be closed for a day: it stays as it is.
        CloseLeft = "close_left",
        CloseFailed = "close_failed",
        Closed = "closed",
    }
}

/// A line of the timeline before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub what: What,
    /// A word, or the till's own words; empty: nothing to add.
    pub said: String,
}

impl Note {
    pub fn of(what: What) -> Note {
        Note::saying(what, "")
    }

    pub fn saying(what: What, said: &str) -> Note {
        Note { what, said: first(said) }
    }
}

/// At most 300 characters that a person can read.
pub fn first(said: &str) -> String {
    said.chars().filter(|c| !c.is_control()).take(300).collect()
}

#[derive(Clone, Debug, FromRow)]
pub struct Event {
    pub at: Timestamp,
    #[sqlx(try_from = "String")]
    pub what: What,
    pub said: String,
}

pub async fn write(c: &mut Conn, venue: Uuid, intent: Uuid, notes: &[Note], at: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO posting_events (venue_id, id, intent_id, at, what, said) ",
        "",
        notes,
        |note, b| {
            b.push_bind(venue).push_bind(Uuid::now_v7()).push_bind(intent).push_bind(at);
            b.push_bind(note.what.word()).push_bind(note.said.as_str());
        }
    )?;
    Ok(())
}

/// The first first.
pub async fn of_intent(c: &mut Conn, venue: Uuid, intent: Uuid) -> Result<Vec<Event>> {
    Ok(all!(
        c,
        Event,
        "SELECT at, what, said FROM posting_events WHERE venue_id = $1 AND intent_id = $2 ORDER BY id",
        venue,
        intent
    )?)
}
