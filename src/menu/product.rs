//! A product: where it stands, which is ours to say, and the venue's own products, made while iiko is off.
use std::collections::HashMap;

use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::menu::category;
use crate::menu::options::Options;
use crate::menu::section::{self, stepped};
use crate::menu::tree::{self, Item};
use crate::money::Kopecks;
use crate::{all, exec, opt};

/// Everything of one product.
#[derive(Clone, Debug, FromRow)]
pub struct Product {
    pub id: Uuid,
    pub iiko_id: Option<Uuid>,
    pub kind: String,
    pub code: String,
    pub name: String,
    pub description: String,
    pub price: Kopecks,
    pub weight: String,
    pub unit: String,
    pub open_price: bool,
    pub on_sale: bool,
    pub has_sizes: bool,
    pub iiko_path: String,
    pub options: Json<Options>,
    pub section_id: Uuid,
    pub category_id: Option<Uuid>,
    pub placed: String,
    pub vanished_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// A section, or a category in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub section: Uuid,
    pub category: Option<Uuid>,
}

impl Place {
    /// «section» or «section/category», as the select sends it.
    pub fn read(text: &str) -> Option<Place> {
        let (section, category) =
            text.split_once('/').map_or((text, None), |(section, category)| (section, Some(category)));
        let category = match category {
            Some(id) => Some(id.parse().ok()?),
            None => None,
        };
        Some(Place { section: section.parse().ok()?, category })
    }

    /// Fails unless both are this venue's and belong together.
    pub async fn check(self, c: &mut Conn, venue: Uuid) -> Result<Place> {
        section::get(c, venue, self.section).await?;
        if let Some(id) = self.category
            && category::get(c, venue, id).await?.section_id != self.section
        {
            return Err(Error::NotFound("category"));
        }
        Ok(self)
    }
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Product> {
    opt!(
        c,
        Product,
        "SELECT id, iiko_id, kind, code, name, description, price, weight, unit, open_price, on_sale, has_sizes, iiko_path,
                options, section_id, category_id, placed, vanished_at, updated_at
         FROM products WHERE venue_id = $1 AND id = $2",
        venue,
        id
    )?
    .ok_or(Error::NotFound("product"))
}

/// iiko's ids of what its export brings now.
pub async fn iiko_ids(c: &mut Conn, venue: Uuid) -> Result<Vec<Uuid>> {
    let sql =
        "SELECT iiko_id FROM products WHERE venue_id = $1 AND iiko_id IS NOT NULL AND vanished_at IS NULL";
    Ok(all!(c, (Uuid,), sql, venue)?.into_iter().map(|(id,)| id).collect())
}

/// Puts it elsewhere: the manager's word, which no sync takes back. Says whether it stood elsewhere before.
pub async fn put(c: &mut Conn, venue: Uuid, id: Uuid, place: Place) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE products SET section_id = $3, category_id = $4, position = NULL, placed = CASE WHEN iiko_id IS NULL THEN 'own' ELSE 'manager' END,
           updated_at = $5
         WHERE venue_id = $1 AND id = $2 AND NOT (section_id = $3 AND category_id IS NOT DISTINCT FROM $4)",
        venue,
        id,
        place.section,
        place.category,
        clock::now()
    )?;
    Ok(touched == 1)
}

/// One step up or down among those that stand beside it.
pub async fn step(c: &mut Conn, venue: Uuid, product: &Product, up: bool) -> Result<()> {
    let items = tree::items(c, venue, Some(product.section_id)).await?;
    let beside = |item: &&Item| item.category_id == product.category_id && !item.vanished;
    let ids: Vec<Uuid> = items.iter().filter(beside).map(|item| item.id).collect();
    for (position, id) in (1_i64..).zip(stepped(ids, product.id, up)) {
        exec!(c, "UPDATE products SET position = $3 WHERE venue_id = $1 AND id = $2", venue, id, position)?;
    }
    Ok(())
}

/// What a person says of an own product.
#[derive(Clone, Debug)]
pub struct Own<'a> {
    pub name: &'a str,
    pub price: Kopecks,
    pub description: &'a str,
    pub place: Place,
}

/// Adds an own product; the caller has seen that iiko is off.
pub async fn create(c: &mut Conn, venue: Uuid, own: &Own<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO products (venue_id, id, kind, code, name, name_fold, description, price, sort_order, weight, unit,
           open_price, on_sale, iiko_path, options, has_sizes, section_id, category_id, placed, created_at, updated_at)
         VALUES ($1, $2, 'dish', '', $3, $4, $5, $6, 0, '', '', FALSE, TRUE, '', $7, FALSE, $8, $9, 'own', $10, $10)",
        venue,
        id,
        own.name,
        own.name.to_lowercase(),
        own.description,
        own.price,
        Json(Options::default()),
        own.place.section,
        own.place.category,
        clock::now()
    )?;
    Ok(id)
}

/// Changes an own product; one of iiko's is not found here.
pub async fn change(c: &mut Conn, venue: Uuid, id: Uuid, own: &Own<'_>) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE products SET name = $3, name_fold = $4, price = $5, description = $6, section_id = $7, category_id = $8,
           updated_at = $9 WHERE venue_id = $1 AND id = $2 AND iiko_id IS NULL",
        venue,
        id,
        own.name,
        own.name.to_lowercase(),
        own.price,
        own.description,
        own.place.section,
        own.place.category,
        clock::now()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::NotFound("product")) }
}

/// Removes an own product with its photos.
pub async fn remove(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    exec!(
        c,
        "DELETE FROM photo_files WHERE venue_id = $1 AND photo_id IN (SELECT f.id FROM photos f JOIN products p
           ON p.venue_id = f.venue_id AND p.id = f.product_id WHERE f.venue_id = $1 AND p.id = $2 AND p.iiko_id IS NULL)",
        venue,
        id
    )?;
    exec!(
        c,
        "DELETE FROM photos WHERE venue_id = $1 AND product_id IN (SELECT id FROM products
           WHERE venue_id = $1 AND id = $2 AND iiko_id IS NULL)",
        venue,
        id
    )?;
    let touched =
        exec!(c, "DELETE FROM products WHERE venue_id = $1 AND id = $2 AND iiko_id IS NULL", venue, id)?;
    if touched == 1 { Ok(()) } else { Err(Error::NotFound("product")) }
}

/// What the products of a venue can be ordered with, by product; those that have vanished are not among them.
pub async fn options(c: &mut Conn, venue: Uuid) -> Result<HashMap<Uuid, Options>> {
    let sql = "SELECT id, options FROM products WHERE venue_id = $1 AND vanished_at IS NULL";
    let rows = all!(c, (Uuid, Json<Options>), sql, venue)?;
    Ok(rows.into_iter().map(|(id, options)| (id, options.0)).collect())
}

/// A modifier, a modifier group or a size by iiko's id.
#[derive(Clone, Debug, FromRow)]
pub struct OptionName {
    pub kind: String,
    pub iiko_id: Uuid,
    pub name: String,
    pub price: Kopecks,
}

/// The names and prices of everything a venue's products can be ordered with.
pub async fn option_names(c: &mut Conn, venue: Uuid) -> Result<Vec<OptionName>> {
    let sql = "SELECT kind, iiko_id, name, price FROM menu_options WHERE venue_id = $1";
    Ok(all!(c, OptionName, sql, venue)?)
}
