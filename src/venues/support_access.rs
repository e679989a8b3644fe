//! Whether support may come into a venue's panel: at any time (and then be seen), for some hours, or not at all. The owner
//! decides.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{exec, opt};

/// Hours for which it may be allowed.
pub const HOURS: [i64; 4] = [2, 8, 24, 72];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// At any time.
    Open,
    Until(Timestamp),
    Forbidden,
}

impl Access {
    pub fn word(self) -> &'static str {
        match self {
            Access::Open => "open",
            Access::Until(_) => "until",
            Access::Forbidden => "forbidden",
        }
    }
}

#[derive(FromRow)]
struct Row {
    support_access: String,
    support_until: Option<Timestamp>,
}

/// What was allowed and has run out is forbidden.
pub async fn of_venue(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Access> {
    let sql = "SELECT support_access, support_until FROM venues WHERE id = $1 AND closed_at IS NULL";
    let row = opt!(c, Row, sql, venue)?.ok_or(Error::NotFound("venue"))?;
    Ok(match (row.support_access.as_str(), row.support_until) {
        ("open", _) => Access::Open,
        ("until", Some(until)) if now < until => Access::Until(until),
        _ => Access::Forbidden,
    })
}

/// Support comes in, if it may; until when, where it was allowed for some hours. Holds the venue's row to the end of the
/// transaction.
pub async fn enter(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Option<Timestamp>> {
    let until = opt!(
        c,
        (Option<Timestamp>,),
        "UPDATE venues SET visited_at = $2 WHERE id = $1 AND closed_at IS NULL
           AND (support_access = 'open' OR (support_access = 'until' AND support_until > $2))
         RETURNING CASE WHEN support_access = 'until' THEN support_until END",
        venue,
        now
    )?;
    until.map(|(until,)| until).ok_or(Error::Conflict("visit-forbidden"))
}

/// [`Error::Conflict`] where support may not come in.
pub async fn admit(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<()> {
    match of_venue(c, venue, now).await? {
        Access::Forbidden => Err(Error::Conflict("visit-forbidden")),
        _ => Ok(()),
    }
}

/// What an owner asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Open,
    For(i64),
    Forbid,
}

impl Wish {
    /// `open`, `forbid`, or the hours.
    pub fn of_word(word: &str) -> Option<Wish> {
        match word {
            "open" => Some(Wish::Open),
            "forbid" => Some(Wish::Forbid),
            hours => hours.parse().ok().filter(|hours| HOURS.contains(hours)).map(Wish::For),
        }
    }
}

pub async fn set(c: &mut Conn, venue: Uuid, wish: Wish, now: Timestamp) -> Result<Access> {
    let access = match wish {
        Wish::Open => Access::Open,
        Wish::For(hours) => Access::Until(now + TimeDelta::hours(hours)),
        Wish::Forbid => Access::Forbidden,
    };
    let until = if let Access::Until(until) = access { Some(until) } else { None };
    let sql = "UPDATE venues SET support_access = $2, support_until = $3 WHERE id = $1";
    exec!(c, sql, venue, access.word(), until)?;
    Ok(access)
}

/// This owner has seen what was told of visits until now.
pub async fn saw(c: &mut Conn, venue: Uuid, owner: Uuid, now: Timestamp) -> Result<()> {
    let sql = "UPDATE members SET visits_seen_at = $3 WHERE venue_id = $1 AND user_id = $2";
    exec!(c, sql, venue, owner, now)?;
    Ok(())
}
