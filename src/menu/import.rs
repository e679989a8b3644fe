//! The menu as a sync reads and writes it, in bulk. Writes name only iiko's columns of a product that is already here:
//! place, order, visibility and photos are never touched.
use std::borrow::Cow;

use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::menu::options::Options;
use crate::money::Kopecks;
use crate::{all, fill, on};

/// A product as the database has it, own ones (no `iiko_id`) left out.
#[derive(Clone, Debug, FromRow)]
pub struct OurProduct {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub kind: String,
    pub code: String,
    pub name: String,
    pub description: String,
    pub price: Kopecks,
    pub sort_order: i64,
    pub weight: String,
    pub unit: String,
    pub open_price: bool,
    pub on_sale: bool,
    pub iiko_path: String,
    pub options: Json<Options>,
    pub section_id: Uuid,
    pub category_id: Option<Uuid>,
    pub placed: String,
    pub vanished: bool,
}

#[derive(Clone, Debug, FromRow)]
pub struct OurSection {
    pub id: Uuid,
    pub name: String,
    pub origin: String,
    pub sync_day: Option<String>,
    pub position: i64,
}

#[derive(Clone, Debug, FromRow)]
pub struct OurCategory {
    pub id: Uuid,
    pub name: String,
}

#[derive(Clone, Debug, FromRow)]
pub struct OurOption {
    pub kind: String,
    pub iiko_id: Uuid,
    pub name: String,
    pub price: Kopecks,
    pub sort_order: i64,
    pub vanished: bool,
}

/// All a plan compares with.
#[derive(Clone, Debug, Default)]
pub struct Ours {
    pub products: Vec<OurProduct>,
    pub sections: Vec<OurSection>,
    pub categories: Vec<OurCategory>,
    pub options: Vec<OurOption>,
}

/// Reads it, in four queries.
pub async fn load(c: &mut Conn, venue: Uuid) -> Result<Ours> {
    Ok(Ours {
        products: all!(
            c,
            OurProduct,
            "SELECT id, iiko_id, kind, code, name, description, price, sort_order, weight, unit, open_price, on_sale,
                    iiko_path, options, section_id, category_id, placed, vanished_at IS NOT NULL AS vanished
             FROM products WHERE venue_id = $1 AND iiko_id IS NOT NULL",
            venue
        )?,
        sections: all!(
            c,
            OurSection,
            "SELECT id, name, origin, sync_day, position FROM sections WHERE venue_id = $1",
            venue
        )?,
        categories: all!(c, OurCategory, "SELECT id, name FROM categories WHERE venue_id = $1", venue)?,
        options: all!(
            c,
            OurOption,
            "SELECT kind, iiko_id, name, price, sort_order, vanished_at IS NOT NULL AS vanished
             FROM menu_options WHERE venue_id = $1",
            venue
        )?,
    })
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSection {
    pub id: Uuid,
    pub name: String,
    /// `iiko`, `sync_day`, `no_folder`.
    pub origin: &'static str,
    pub iiko_group_id: Option<Uuid>,
    pub sync_day: Option<String>,
    pub position: i64,
    /// iiko's folder is not in its menu: arrives hidden from guests.
    pub hidden: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCategory {
    pub id: Uuid,
    pub section_id: Uuid,
    pub name: String,
    pub iiko_group_id: Uuid,
    pub position: i64,
}

/// A product to insert, or whose iiko columns to write.
#[derive(Clone, Debug)]
pub struct ProductRow<'a> {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub kind: &'static str,
    pub code: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub description: Cow<'a, str>,
    pub price: Kopecks,
    pub sort_order: i64,
    pub weight: Cow<'a, str>,
    pub unit: Cow<'a, str>,
    pub open_price: bool,
    pub on_sale: bool,
    pub iiko_path: Cow<'a, str>,
    pub options: Options,
    /// Only of a new product; a known one keeps its own.
    pub section_id: Uuid,
    pub category_id: Option<Uuid>,
    pub placed: Cow<'a, str>,
}

#[derive(Clone, Debug)]
pub struct OptionRow<'a> {
    /// `modifier`, `modifier_group`, `size`.
    pub kind: &'static str,
    pub iiko_id: Uuid,
    pub name: Cow<'a, str>,
    pub price: Kopecks,
    pub sort_order: i64,
}

/// What a sync writes.
#[derive(Clone, Debug, Default)]
pub struct Import<'a> {
    pub sections: Vec<NewSection>,
    pub categories: Vec<NewCategory>,
    pub products: Vec<ProductRow<'a>>,
    pub vanished: Vec<Uuid>,
    pub options: Vec<OptionRow<'a>>,
    pub vanished_options: Vec<(&'static str, Uuid)>,
}

/// Writes it, in the caller's transaction.
pub async fn write(c: &mut Conn, venue: Uuid, import: &Import<'_>, now: Timestamp) -> Result<()> {
    write_places(c, venue, import, now).await?;
    write_products(c, venue, &import.products, now).await?;
    write_options(c, venue, &import.options).await?;
    let set = ["UPDATE products SET vanished_at = ", ", updated_at = "];
    hide(c, (&set, " AND id IN ("), &import.vanished, (venue, now)).await?;
    for (kind, which) in [
        ("modifier", " AND kind = 'modifier' AND iiko_id IN ("),
        ("modifier_group", " AND kind = 'modifier_group' AND iiko_id IN ("),
        ("size", " AND kind = 'size' AND iiko_id IN ("),
    ] {
        let gone = import.vanished_options.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id);
        let set = ["UPDATE menu_options SET vanished_at = "];
        hide(c, (&set, which), &gone.collect::<Vec<_>>(), (venue, now)).await?;
    }
    Ok(())
}

/// Stamps rows as gone, many in a statement. `set` are the pieces of it that a time follows.
async fn hide(
    c: &mut Conn,
    (set, which): (&[&'static str], &'static str),
    gone: &[Uuid],
    (venue, now): (Uuid, Timestamp),
) -> Result<()> {
    for chunk in gone.chunks(500) {
        on!(c, c => {
            let mut q = sqlx::QueryBuilder::new("");
            set.iter().for_each(|piece| { q.push(*piece).push_bind(now); });
            q.push(" WHERE venue_id = ").push_bind(venue).push(which);
            let mut ids = q.separated(", ");
            chunk.iter().for_each(|id| { ids.push_bind(*id); });
            q.push(")");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn write_places(c: &mut Conn, venue: Uuid, import: &Import<'_>, now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO sections (venue_id, id, name, origin, iiko_group_id, sync_day, position, hidden_at, created_at) ",
        "",
        import.sections,
        |section, b| {
            b.push_bind(venue)
                .push_bind(section.id)
                .push_bind(&section.name)
                .push_bind(section.origin)
                .push_bind(section.iiko_group_id)
                .push_bind(&section.sync_day)
                .push_bind(section.position)
                .push_bind(section.hidden.then_some(now))
                .push_bind(now);
        }
    )?;
    fill!(
        c,
        "INSERT INTO categories (venue_id, id, section_id, name, iiko_group_id, position, created_at) ",
        "",
        import.categories,
        |category, b| {
            b.push_bind(venue)
                .push_bind(category.id)
                .push_bind(category.section_id)
                .push_bind(&category.name)
                .push_bind(category.iiko_group_id)
                .push_bind(category.position)
                .push_bind(now);
        }
    )?;
    Ok(())
}

/// A known product (same id) gets iiko's columns alone; what had vanished comes back.
async fn write_products(c: &mut Conn, venue: Uuid, rows: &[ProductRow<'_>], now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO products (venue_id, id, iiko_id, kind, code, name, name_fold, description, price, sort_order, weight,
           unit, open_price, on_sale, iiko_path, options, has_sizes, section_id, category_id, placed, created_at, updated_at) ",
        " ON CONFLICT (venue_id, id) DO UPDATE SET kind = excluded.kind, code = excluded.code, name = excluded.name,
           name_fold = excluded.name_fold, description = excluded.description, price = excluded.price,
           sort_order = excluded.sort_order, weight = excluded.weight, unit = excluded.unit,
           open_price = excluded.open_price, on_sale = excluded.on_sale, iiko_path = excluded.iiko_path,
           options = excluded.options, has_sizes = excluded.has_sizes, vanished_at = NULL, updated_at = excluded.updated_at",
        rows,
        |row, b| {
            b.push_bind(venue)
                .push_bind(row.id)
                .push_bind(row.iiko_id)
                .push_bind(row.kind)
                .push_bind(row.code.as_ref())
                .push_bind(row.name.as_ref())
                .push_bind(row.name.to_lowercase())
                .push_bind(row.description.as_ref())
                .push_bind(row.price)
                .push_bind(row.sort_order)
                .push_bind(row.weight.as_ref())
                .push_bind(row.unit.as_ref())
                .push_bind(row.open_price)
                .push_bind(row.on_sale)
                .push_bind(row.iiko_path.as_ref())
                .push_bind(Json(&row.options))
                .push_bind(row.options.sizes.len() > 1)
                .push_bind(row.section_id)
                .push_bind(row.category_id)
                .push_bind(row.placed.as_ref())
                .push_bind(now)
                .push_bind(now);
        }
    )?;
    Ok(())
}

async fn write_options(c: &mut Conn, venue: Uuid, rows: &[OptionRow<'_>]) -> Result<()> {
    fill!(
        c,
        "INSERT INTO menu_options (venue_id, kind, iiko_id, name, price, sort_order) ",
        " ON CONFLICT (venue_id, kind, iiko_id) DO UPDATE SET name = excluded.name, price = excluded.price,
           sort_order = excluded.sort_order, vanished_at = NULL",
        rows,
        |row, b| {
            b.push_bind(venue)
                .push_bind(row.kind)
                .push_bind(row.iiko_id)
                .push_bind(row.name.as_ref())
                .push_bind(row.price)
                .push_bind(row.sort_order);
        }
    )?;
    Ok(())
}
