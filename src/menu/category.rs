//! A category: the second level, inside one section.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::menu::section::stepped;
use crate::{all, exec, one, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Category {
    pub id: Uuid,
    pub section_id: Uuid,
    pub name: String,
    pub position: i64,
}

/// All of a venue's, in their order.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Category>> {
    Ok(all!(
        c,
        Category,
        "SELECT id, section_id, name, position FROM categories WHERE venue_id = $1 ORDER BY position, id",
        venue
    )?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Category> {
    let sql = "SELECT id, section_id, name, position FROM categories WHERE venue_id = $1 AND id = $2";
    opt!(c, Category, sql, venue, id)?.ok_or(Error::NotFound("category"))
}

/// At the end of its section.
pub async fn create(c: &mut Conn, venue: Uuid, section: Uuid, name: &str) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO categories (venue_id, id, section_id, name, position, created_at) VALUES ($1, $2, $3, $4,
           (SELECT COALESCE(max(position), 0) + 1 FROM categories WHERE venue_id = $1 AND section_id = $3), $5)",
        venue,
        id,
        section,
        name,
        clock::now()
    )?;
    Ok(id)
}

pub async fn rename(c: &mut Conn, venue: Uuid, id: Uuid, name: &str) -> Result<()> {
    exec!(c, "UPDATE categories SET name = $3 WHERE venue_id = $1 AND id = $2", venue, id, name)?;
    Ok(())
}

/// To another section, with its products: their `section_id` follows by the key between the tables.
pub async fn move_to(c: &mut Conn, venue: Uuid, id: Uuid, section: Uuid) -> Result<()> {
    exec!(
        c,
        "UPDATE categories SET section_id = $3, position = (SELECT COALESCE(max(position), 0) + 1 FROM categories
           WHERE venue_id = $1 AND section_id = $3) WHERE venue_id = $1 AND id = $2 AND section_id <> $3",
        venue,
        id,
        section
    )?;
    Ok(())
}

/// One step up or down in its section.
pub async fn step(c: &mut Conn, venue: Uuid, category: &Category, up: bool) -> Result<()> {
    let all = of_venue(c, venue).await?;
    let ids: Vec<Uuid> =
        all.iter().filter(|one| one.section_id == category.section_id).map(|one| one.id).collect();
    for (position, id) in (1_i64..).zip(stepped(ids, category.id, up)) {
        exec!(c, "UPDATE categories SET position = $3 WHERE venue_id = $1 AND id = $2", venue, id, position)?;
    }
    Ok(())
}

/// Removes an empty one: [`Error::Conflict`] otherwise.
pub async fn remove(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    let sql = "SELECT EXISTS (SELECT 1 FROM products WHERE venue_id = $1 AND category_id = $2)";
    let (full,) = one!(c, (bool,), sql, venue, id)?;
    if full {
        return Err(Error::Conflict("menu-category-not-empty"));
    }
    exec!(c, "DELETE FROM categories WHERE venue_id = $1 AND id = $2", venue, id)?;
    Ok(())
}
