//! A section of the menu: the first of three levels. Names and order are the venue's own, also of those copied from iiko.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{all, exec, one, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Section {
    pub id: Uuid,
    pub name: String,
    /// `iiko` copied at the first sync, `sync_day` new products of a day, `no_folder`, `own`.
    pub origin: String,
    pub position: i64,
    pub hidden_at: Option<Timestamp>,
}

/// All of a venue's, in their order.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Section>> {
    Ok(all!(
        c,
        Section,
        "SELECT id, name, origin, position, hidden_at FROM sections WHERE venue_id = $1 ORDER BY position, id",
        venue
    )?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Section> {
    let sql = "SELECT id, name, origin, position, hidden_at FROM sections WHERE venue_id = $1 AND id = $2";
    opt!(c, Section, sql, venue, id)?.ok_or(Error::NotFound("section"))
}

/// A section of the venue's own, at the end.
pub async fn create(c: &mut Conn, venue: Uuid, name: &str) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO sections (venue_id, id, name, origin, position, created_at)
         VALUES ($1, $2, $3, 'own', (SELECT COALESCE(max(position), 0) + 1 FROM sections WHERE venue_id = $1), $4)",
        venue,
        id,
        name,
        clock::now()
    )?;
    Ok(id)
}

pub async fn rename(c: &mut Conn, venue: Uuid, id: Uuid, name: &str) -> Result<()> {
    exec!(c, "UPDATE sections SET name = $3 WHERE venue_id = $1 AND id = $2", venue, id, name)?;
    Ok(())
}

/// Hides it from guests (`by` somebody), or shows it again.
pub async fn hide(c: &mut Conn, venue: Uuid, id: Uuid, by: Option<Uuid>) -> Result<()> {
    let at = by.map(|_| clock::now());
    let sql = "UPDATE sections SET hidden_at = $3, hidden_by = $4 WHERE venue_id = $1 AND id = $2";
    exec!(c, sql, venue, id, at, by)?;
    Ok(())
}

/// One step up or down among the venue's sections.
pub async fn step(c: &mut Conn, venue: Uuid, id: Uuid, up: bool) -> Result<()> {
    let ids: Vec<Uuid> = of_venue(c, venue).await?.iter().map(|section| section.id).collect();
    for (position, id) in (1_i64..).zip(stepped(ids, id, up)) {
        exec!(c, "UPDATE sections SET position = $3 WHERE venue_id = $1 AND id = $2", venue, id, position)?;
    }
    Ok(())
}

/// `id` and its neighbour changed places.
pub fn stepped(mut ids: Vec<Uuid>, id: Uuid, up: bool) -> Vec<Uuid> {
    if let Some(at) = ids.iter().position(|one| *one == id) {
        let other = if up { at.saturating_sub(1) } else { (at + 1).min(ids.len() - 1) };
        ids.swap(at, other);
    }
    ids
}

/// Removes an empty one; a section with products or categories stays: [`Error::Conflict`].
pub async fn remove(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    let (full,) = one!(
        c,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM products WHERE venue_id = $1 AND section_id = $2)
             OR EXISTS (SELECT 1 FROM categories WHERE venue_id = $1 AND section_id = $2)",
        venue,
        id
    )?;
    if full {
        return Err(Error::Conflict("menu-section-not-empty"));
    }
    exec!(c, "DELETE FROM sections WHERE venue_id = $1 AND id = $2", venue, id)?;
    Ok(())
}
