//! An employee of the venue.
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::contact::Phone;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::{all, exec, opt};

/// What an employee does; the words are kept and worded in both languages.
pub const ROLES: [&str; 4] = ["waiter", "courier", "administrator", "other"];

#[derive(Clone, Debug, FromRow)]
pub struct Employee {
    pub id: Uuid,
    /// None: the venue's own.
    pub iiko_id: Option<Uuid>,
    pub name: String,
    pub role: String,
    /// `+79161234567`.
    pub phone: String,
    pub telegram_id: Option<i64>,
    /// Words of [`crate::staff::notice::NOTICES`].
    pub notices: Json<Vec<String>>,
    pub suspended_at: Option<Timestamp>,
    /// Dismissed in iiko.
    pub dismissed: bool,
    /// iiko does not tell of them any more.
    pub unseen: bool,
    pub version: i64,
}

/// What a person writes of an employee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub name: String,
    pub role: String,
    pub phone: Phone,
    pub telegram_id: Option<i64>,
    pub notices: Vec<String>,
}

impl Employee {
    /// As a person reads it: whole, or only its end.
    pub fn phone_said(&self, whole: bool) -> String {
        match Phone::typed(&self.phone) {
            Some(phone) if whole => phone.to_string(),
            Some(phone) => phone.masked(),
            None => String::new(),
        }
    }

    pub fn is_active(&self) -> bool {
        self.suspended_at.is_none()
    }
}

macro_rules! select_employee {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.iiko_id, e.name, e.role, e.phone, e.telegram_id, e.notices, e.suspended_at, e.version, ",
            "COALESCE(p.dismissed, FALSE) AS dismissed, p.vanished_at IS NOT NULL AS unseen FROM employees e ",
            "LEFT JOIN iiko_people p ON p.venue_id = e.venue_id AND p.iiko_id = e.iiko_id ",
            $rest
        )
    };
}

/// All of a venue's: those at work first, by name.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Employee>> {
    let sql = select_employee!(
        "WHERE e.venue_id = $1 ORDER BY CASE WHEN e.suspended_at IS NULL THEN 0 ELSE 1 END, e.name_fold, e.id"
    );
    Ok(all!(c, Employee, sql, venue)?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Employee> {
    let sql = select_employee!("WHERE e.venue_id = $1 AND e.id = $2");
    opt!(c, Employee, sql, venue, id)?.ok_or(Error::NotFound("employee"))
}

/// Who in the venue has this phone, other than `but`.
pub async fn with_phone(
    c: &mut Conn,
    venue: Uuid,
    phone: &Phone,
    but: Option<Uuid>,
) -> Result<Option<String>> {
    let sql = "SELECT name FROM employees WHERE venue_id = $1 AND phone = $2 AND id <> $3";
    let row = opt!(c, (String,), sql, venue, phone.as_str(), but.unwrap_or_default())?;
    Ok(row.map(|(name,)| name))
}

/// Takes somebody into the staff.
pub async fn create(c: &mut Conn, venue: Uuid, iiko_id: Option<Uuid>, facts: &Facts) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let made = exec!(
        c,
        "INSERT INTO employees (venue_id, id, iiko_id, name, name_fold, role, phone, telegram_id, notices, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10) ON CONFLICT DO NOTHING",
        venue,
        id,
        iiko_id,
        facts.name.as_str(),
        facts.name.to_lowercase(),
        facts.role.as_str(),
        facts.phone.as_str(),
        facts.telegram_id,
        Json(&facts.notices),
        clock::now(),
    )?;
    // somebody took the same person, or the same phone, in the same moment
    if made == 0 { Err(Error::Conflict("staff-taken-meanwhile")) } else { Ok(id) }
}

/// Writes the facts if nobody has changed the employee since `version`; says no otherwise.
pub async fn change(c: &mut Conn, venue: Uuid, (id, version): (Uuid, i64), facts: &Facts) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE employees SET name = $4, name_fold = $5, role = $6, phone = $7, telegram_id = $8, notices = $9,
           version = version + 1
         WHERE venue_id = $1 AND id = $2 AND version = $3",
        venue,
        id,
        version,
        facts.name.as_str(),
        facts.name.to_lowercase(),
        facts.role.as_str(),
        facts.phone.as_str(),
        facts.telegram_id,
        Json(&facts.notices),
    )?;
    Ok(touched > 0)
}

/// Takes an employee off work (`by` somebody), or back.
pub async fn suspend(c: &mut Conn, venue: Uuid, id: Uuid, by: Option<Uuid>) -> Result<()> {
    let at = by.map(|_| clock::now());
    exec!(
        c,
        "UPDATE employees SET suspended_at = $3, suspended_by = $4, version = version + 1
         WHERE venue_id = $1 AND id = $2",
        venue,
        id,
        at,
        by
    )?;
    Ok(())
}

/// Names of the other venues where this phone works, of those the reader belongs to: it looks across all of them.
pub async fn elsewhere(db: &Db, venue: Uuid, phone: &str, reader: Uuid) -> Result<Vec<String>> {
    let rows = all!(
        &mut db.system().read().await?,
        (String,),
        "SELECT v.name FROM employees e
         JOIN members m ON m.venue_id = e.venue_id AND m.user_id = $3
         JOIN venues v ON v.id = e.venue_id
         WHERE e.phone = $2 AND e.venue_id <> $1 ORDER BY v.name, v.id LIMIT 20",
        venue,
        phone,
        reader
    )?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
