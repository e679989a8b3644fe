//! A restaurant: one legal point, one till system, one menu.
use chrono_tz::Tz;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::secret::{digest, hex};
use crate::{all, exec, one, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Venue {
    pub id: Uuid,
    pub name: String,
    pub address: String,
    /// IANA name.
    pub time_zone: String,
    /// The tie to the till, for the header: `none`, `setting_up`, `live`, `attention`.
    pub pos_link: String,
    /// `running` or `held` while the menu's sync is; none otherwise.
    pub sync_state: Option<String>,
    pub menu_synced_at: Option<Timestamp>,
    /// The terminal group chosen at the till; none while iiko is off.
    pub terminal_group_id: Option<Uuid>,
    /// Since when the till does not answer; none: it does, or nobody has asked yet.
    pub till_away_since: Option<Timestamp>,
    /// Guests' payments that are not surely in the till yet.
    pub payments_waiting: i64,
    /// Those that a person has to decide.
    pub payments_person: i64,
    /// When support came in last, and until when it may stay while it is here.
    pub visited_at: Option<Timestamp>,
    pub visit_until: Option<Timestamp>,
}

impl Venue {
    pub fn zone(&self) -> Tz {
        clock::zone(&self.time_zone)
    }

    /// Whether the menu is iiko's: a key and a terminal are chosen. Own products cannot be added then.
    pub fn iiko_is_on(&self) -> bool {
        matches!(self.pos_link.as_str(), "live" | "attention")
    }

    /// `/v/{id}` and what stands under it.
    pub fn path(&self, under: &str) -> String {
        format!("/v/{}{under}", self.id)
    }
}

pub async fn create(c: &mut Conn, name: &str, address: &str, time_zone: &str) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO venues (id, name, name_fold, address, address_fold, time_zone, pos_link, menu_generation, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'none', 0, $7)",
        id,
        name,
        name.to_lowercase(),
        address,
        address.to_lowercase(),
        time_zone,
        clock::now(),
    )?;
    Ok(id)
}

pub async fn get(c: &mut Conn, id: Uuid) -> Result<Venue> {
    find(c, id).await?.ok_or(Error::NotFound("venue"))
}

pub async fn find(c: &mut Conn, id: Uuid) -> Result<Option<Venue>> {
    Ok(opt!(
        c,
        Venue,
        "SELECT id, name, address, time_zone, pos_link, sync_state, menu_synced_at, terminal_group_id,
                till_away_since, payments_waiting, payments_person, visited_at, visit_until
         FROM venues WHERE id = $1",
        id
    )?)
}

/// What a person may change of a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub name: String,
    pub address: String,
    pub time_zone: String,
}

impl Facts {
    pub fn of(venue: &Venue) -> Facts {
        let (name, address) = (venue.name.clone(), venue.address.clone());
        Facts { name, address, time_zone: venue.time_zone.clone() }
    }

    /// What a form carries along, to know whether somebody else saved meanwhile.
    pub fn seen(&self) -> String {
        hex(&digest(&[self.name.as_str(), &self.address, &self.time_zone].join("\0")))
    }
}

/// Changes what still is `was`; says no when somebody was faster.
pub async fn change(c: &mut Conn, id: Uuid, was: &Facts, to: &Facts) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE venues SET name = $2, address = $3, time_zone = $4, name_fold = $8, address_fold = $9
         WHERE id = $1 AND name = $5 AND address = $6 AND time_zone = $7",
        id,
        to.name.as_str(),
        to.address.as_str(),
        to.time_zone.as_str(),
        was.name.as_str(),
        was.address.as_str(),
        was.time_zone.as_str(),
        to.name.to_lowercase(),
        to.address.to_lowercase(),
    )?;
    Ok(touched > 0)
}

/// The venues of that name; names may repeat.
pub async fn named(c: &mut Conn, name: &str) -> Result<Vec<Uuid>> {
    let rows = all!(c, (Uuid,), "SELECT id FROM venues WHERE name = $1 ORDER BY id LIMIT 10", name)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether the venue lets in nobody without a second factor.
pub async fn require_second_factor(c: &mut Conn, id: Uuid, required: bool) -> Result<()> {
    exec!(c, "UPDATE venues SET second_factor_required = $2 WHERE id = $1", id, required)?;
    Ok(())
}

/// Closes a venue, or opens it again (`None`): it is not there for its people and its programs, nobody looks at its till,
/// iiko's events are refused. Bites on the next request. What it has begun goes on to its end: a payment of a guest is posted.
pub async fn close(c: &mut Conn, id: Uuid, at: Option<Timestamp>) -> Result<()> {
    exec!(c, "UPDATE venues SET closed_at = $2 WHERE id = $1", id, at)?;
    Ok(())
}

/// What the header says of the tie to the till, see [`Venue::pos_link`], and which terminal group it is.
pub async fn note_link(c: &mut Conn, id: Uuid, pos_link: &str, group: Option<Uuid>) -> Result<()> {
    exec!(
        c,
        "UPDATE venues SET pos_link = $2, terminal_group_id = $3, till_away_since = NULL
         WHERE id = $1 AND (pos_link <> $2 OR terminal_group_id IS DISTINCT FROM $3)",
        id,
        pos_link,
        group
    )?;
    Ok(())
}

/// Whether the till answered just now.
pub async fn note_till(c: &mut Conn, id: Uuid, answers: bool, now: Timestamp) -> Result<()> {
    let away = (!answers).then_some(now);
    exec!(
        c,
        "UPDATE venues SET till_away_since = $2 WHERE id = $1 AND (till_away_since IS NULL) = ($2 IS NOT NULL)",
        id,
        away
    )?;
    Ok(())
}

/// How many payments wait for the till, and for a person.
pub async fn note_payments(c: &mut Conn, id: Uuid, (waiting, person): (i64, i64)) -> Result<()> {
    exec!(
        c,
        "UPDATE venues SET payments_waiting = $2, payments_person = $3
         WHERE id = $1 AND (payments_waiting <> $2 OR payments_person <> $3)",
        id,
        waiting,
        person
    )?;
    Ok(())
}

/// What the header says of the sync; see [`Venue::sync_state`].
pub async fn note_sync(c: &mut Conn, id: Uuid, state: Option<&str>) -> Result<()> {
    exec!(c, "UPDATE venues SET sync_state = $2 WHERE id = $1", id, state)?;
    Ok(())
}

pub async fn menu_generation(c: &mut Conn, id: Uuid) -> Result<i64> {
    Ok(one!(c, (i64,), "SELECT menu_generation FROM venues WHERE id = $1", id)?.0)
}

/// The menu now agrees with iiko; `changed` makes a new generation of it.
pub async fn note_synced(c: &mut Conn, id: Uuid, at: Timestamp, changed: bool) -> Result<()> {
    exec!(
        c,
        "UPDATE venues SET menu_synced_at = $2, menu_generation = menu_generation + $3, sync_state = NULL WHERE id = $1",
        id,
        at,
        i64::from(changed),
    )?;
    Ok(())
}
