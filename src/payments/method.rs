//! A payment type of iiko's. Nothing of it is ours: it is made and mended in iikoOffice.
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, opt};

/// The code of the payment type that payments at the table are posted under, unless the venue says otherwise.
pub const CODE: &str = "EVVAP";

#[derive(Clone, Debug, FromRow)]
pub struct Method {
    pub id: Uuid,
    pub iiko_id: Uuid,
    /// Letter by letter as iiko has it.
    pub code: String,
    pub name: String,
    /// `Unknown`, `Cash`, `Card`, `Credit`, `Writeoff`, `Voucher`, `External`, `IikoCard`, or a word we do not know.
    pub kind: String,
    /// `External`, `Internal`, `Both`; empty: iiko does not say.
    pub processing: String,
    /// Prints a fiscal receipt.
    pub prints: bool,
    pub deleted: bool,
    /// Terminal groups that take it.
    pub groups: Json<Vec<Group>>,
    pub vanished_at: Option<Timestamp>,
}

/// A terminal group as a payment type names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: Uuid,
    pub name: String,
}

impl Method {
    /// It is there in iiko today.
    pub fn is_live(&self) -> bool {
        !self.deleted && self.vanished_at.is_none()
    }

    /// iiko lets a program post a payment of it.
    pub fn takes_external(&self) -> bool {
        matches!(self.processing.as_str(), "External" | "Both")
    }
}

/// A code as a person can tell it from its look-alikes: a letter that is not Latin in brackets, a space as `␣`, a mark
/// that cannot be seen by its number.
pub fn spelled(code: &str) -> String {
    let mut text = String::new();
    for c in code.chars() {
        match c {
            ' ' => text.push('␣'),
            c if c.is_ascii_graphic() => text.push(c),
            c if c.is_alphanumeric() => text.extend(['[', c, ']']),
            c => text.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    text
}

/// All of a venue's, those in use first, by name.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Method>> {
    Ok(all!(
        c,
        Method,
        "SELECT id, iiko_id, code, name, kind, processing, prints, deleted, groups, vanished_at FROM payment_methods
         WHERE venue_id = $1
         ORDER BY CASE WHEN deleted OR vanished_at IS NOT NULL THEN 1 ELSE 0 END, name, id",
        venue
    )?)
}

/// The code payments are posted under.
pub async fn code(c: &mut Conn, venue: Uuid) -> Result<String> {
    let row = opt!(c, (String,), "SELECT code FROM payment_settings WHERE venue_id = $1", venue)?;
    Ok(row.map_or_else(|| CODE.to_owned(), |(code,)| code))
}

pub async fn set_code(c: &mut Conn, venue: Uuid, code: &str) -> Result<()> {
    exec!(
        c,
        "INSERT INTO payment_settings (venue_id, code) VALUES ($1, $2)
         ON CONFLICT (venue_id) DO UPDATE SET code = excluded.code",
        venue,
        code
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_alike_is_spelled_so_that_it_shows() {
        assert_eq!(spelled("EVVAP"), "EVVAP");
        assert_eq!(spelled("EVVAР "), "EVVA[Р]␣");
        assert_eq!(spelled("EVVAP\u{200b}"), "EVVAP[U+200B]");
    }
}
