//! Who answers for a table. Taking it over from a colleague ends their spell and keeps it.
//!
//! Names of employees are read here by this room's own SQL: a spell refers to them by a foreign key anyway, and siblings
//! never import each other.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, one};

/// Somebody at work who may answer for a table.
#[derive(Clone, Debug, FromRow)]
pub struct Waiter {
    pub id: Uuid,
    pub name: String,
}

/// A table's waiter now.
#[derive(Clone, Debug, FromRow)]
pub struct Now {
    pub table_id: Uuid,
    pub employee_id: Uuid,
    pub name: String,
    /// They are suspended: nobody answers for the table.
    pub suspended: bool,
}

/// A spell, ended or not.
#[derive(Clone, Debug, FromRow)]
pub struct Spell {
    pub name: String,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
    pub given_by_name: String,
}

/// Who may be chosen: at work, by name.
pub async fn at_work(c: &mut Conn, venue: Uuid) -> Result<Vec<Waiter>> {
    let sql =
        "SELECT id, name FROM employees WHERE venue_id = $1 AND suspended_at IS NULL ORDER BY name_fold, id";
    Ok(all!(c, Waiter, sql, venue)?)
}

/// Every table that has a waiter.
pub async fn now(c: &mut Conn, venue: Uuid) -> Result<Vec<Now>> {
    Ok(all!(
        c,
        Now,
        "SELECT w.table_id, w.employee_id, e.name, e.suspended_at IS NOT NULL AS suspended FROM table_waiters w
         JOIN employees e ON e.venue_id = w.venue_id AND e.id = w.employee_id
         WHERE w.venue_id = $1 AND w.until IS NULL",
        venue
    )?)
}

/// A table's last spells, the newest first.
pub async fn spells(c: &mut Conn, venue: Uuid, table: Uuid) -> Result<Vec<Spell>> {
    Ok(all!(
        c,
        Spell,
        "SELECT e.name, w.since, w.until, u.name AS given_by_name FROM table_waiters w
         JOIN employees e ON e.venue_id = w.venue_id AND e.id = w.employee_id
         JOIN users u ON u.id = w.given_by
         WHERE w.venue_id = $1 AND w.table_id = $2 ORDER BY w.since DESC, w.id DESC LIMIT 10",
        venue,
        table
    )?)
}

/// Gives a table to somebody at work, or to nobody, if it still is `was`'s; says no when somebody was faster, or when the
/// employee is not there or not at work.
pub async fn give(
    c: &mut Conn,
    (venue, table): (Uuid, Uuid),
    (was, to): (Option<Uuid>, Option<Uuid>),
    by: Uuid,
) -> Result<bool> {
    let at = clock::now();
    if let Some(was) = was {
        let sql = "UPDATE table_waiters SET until = $4
                   WHERE venue_id = $1 AND table_id = $2 AND employee_id = $3 AND until IS NULL";
        if exec!(c, sql, venue, table, was, at)? == 0 {
            return Ok(false);
        }
    }
    let Some(to) = to else { return Ok(true) };
    let (fits,) = one!(
        c,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM employees WHERE venue_id = $1 AND id = $2 AND suspended_at IS NULL)",
        venue,
        to
    )?;
    if !fits {
        return Ok(false);
    }
    let made = exec!(
        c,
        "INSERT INTO table_waiters (venue_id, id, table_id, employee_id, since, given_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
        venue,
        Uuid::now_v7(),
        table,
        to,
        at,
        by
    )?;
    Ok(made > 0)
}
