//! The menu as it is read: sections, categories, counts, and the products of a part of it, in their order.
use sqlx::FromRow;
use uuid::Uuid;

use crate::all;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::menu::category::{self, Category};
use crate::menu::section::{self, Section};
use crate::money::Kopecks;
use crate::venues::venue;

/// A product as a list shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Item {
    pub id: Uuid,
    /// None: the venue's own.
    pub iiko_id: Option<Uuid>,
    pub section_id: Uuid,
    pub category_id: Option<Uuid>,
    pub name: String,
    pub code: String,
    pub price: Kopecks,
    /// Sizes have other prices: the price shown is the lowest.
    pub has_sizes: bool,
    pub sort_order: i64,
    pub position: Option<i64>,
    pub on_sale: bool,
    pub placed: String,
    pub iiko_path: String,
    pub vanished: bool,
    /// On the stop list as a whole: thousandths left; none: it is not on it.
    pub left_over: Option<i64>,
    /// The first photo.
    pub photo_id: Option<Uuid>,
}

/// How many products stand somewhere.
#[derive(Clone, Debug, FromRow)]
pub struct Count {
    pub section_id: Uuid,
    pub category_id: Option<Uuid>,
    /// Not vanished.
    pub here: i64,
    pub vanished: i64,
    /// Not vanished, without a photo.
    pub bare: i64,
    /// Not vanished, the venue's own.
    pub own: i64,
    /// Not vanished, on the stop list.
    pub stopped: i64,
}

/// The menu without its products.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Grows with every applied sync: parts of a page asked for later are of the same one, or the page is drawn anew.
    pub generation: i64,
    pub sections: Vec<Section>,
    pub categories: Vec<Category>,
    pub counts: Vec<Count>,
}

impl Outline {
    pub fn here(&self) -> i64 {
        self.counts.iter().map(|count| count.here).sum()
    }

    /// Products of a section, or of one of its categories.
    pub fn count(&self, section: Uuid, category: Option<Option<Uuid>>) -> i64 {
        let there = self.counts.iter().filter(|count| count.section_id == section);
        there.filter(|count| category.is_none_or(|id| id == count.category_id)).map(|count| count.here).sum()
    }

    /// «Кухня → Супы».
    pub fn place(&self, section: Uuid, category: Option<Uuid>) -> String {
        let section = self.sections.iter().find(|s| s.id == section).map_or("", |s| s.name.as_str());
        match category.and_then(|id| self.categories.iter().find(|c| c.id == id)) {
            Some(category) => format!("{section} → {}", category.name),
            None => section.to_owned(),
        }
    }

    /// Every place a product can stand in: value of the select, words.
    pub fn places(&self) -> Vec<(String, String)> {
        let mut places = Vec::new();
        for section in &self.sections {
            places.push((section.id.to_string(), section.name.clone()));
            for category in self.categories.iter().filter(|c| c.section_id == section.id) {
                places.push((
                    format!("{}/{}", section.id, category.id),
                    self.place(section.id, Some(category.id)),
                ));
            }
        }
        places
    }
}

/// Sections, categories and counts, in three queries.
pub async fn outline(c: &mut Conn, venue: Uuid) -> Result<Outline> {
    let counts = all!(
        c,
        Count,
        "SELECT section_id, category_id, count(*) FILTER (WHERE vanished_at IS NULL) AS here,
                count(*) FILTER (WHERE vanished_at IS NOT NULL) AS vanished,
                count(*) FILTER (WHERE vanished_at IS NULL AND NOT EXISTS (SELECT 1 FROM photos f
                  WHERE f.venue_id = p.venue_id AND f.product_id = p.id)) AS bare,
                count(*) FILTER (WHERE vanished_at IS NULL AND iiko_id IS NULL) AS own,
                count(*) FILTER (WHERE vanished_at IS NULL AND EXISTS (SELECT 1 FROM stopped_products t
                  WHERE t.venue_id = p.venue_id AND t.product_id = p.iiko_id)) AS stopped
         FROM products p WHERE venue_id = $1 GROUP BY section_id, category_id",
        venue
    )?;
    Ok(Outline {
        generation: venue::menu_generation(c, venue).await?,
        sections: section::of_venue(c, venue).await?,
        categories: category::of_venue(c, venue).await?,
        counts,
    })
}

macro_rules! select_items {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.iiko_id, p.section_id, p.category_id, p.name, p.code, p.price, ",
            "p.has_sizes, p.sort_order, p.position, ",
            "p.on_sale, p.placed, p.iiko_path, p.vanished_at IS NOT NULL AS vanished, ",
            "(SELECT t.left_over FROM stopped_products t WHERE t.venue_id = p.venue_id AND t.product_id = p.iiko_id ",
            "AND NOT t.by_size) AS left_over, ",
            "(SELECT f.id FROM photos f WHERE f.venue_id = p.venue_id AND f.product_id = p.id ",
            "ORDER BY f.position, f.id LIMIT 1) AS photo_id FROM products p ",
            $rest
        )
    };
}

/// The products of a section, or of the whole menu, in their order.
pub async fn items(c: &mut Conn, venue: Uuid, section: Option<Uuid>) -> Result<Vec<Item>> {
    let mut items = match section {
        Some(section) => {
            all!(c, Item, select_items!("WHERE p.venue_id = $1 AND p.section_id = $2"), venue, section)?
        }
        None => all!(c, Item, select_items!("WHERE p.venue_id = $1"), venue)?,
    };
    in_order(&mut items);
    Ok(items)
}

/// The manager's order first, then iiko's, then the name: sorted here, because the databases collate Cyrillic differently.
pub fn in_order(items: &mut [Item]) {
    items.sort_by(|a, b| {
        let key = |item: &Item| (item.position.unwrap_or(i64::MAX), item.sort_order);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
    });
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    All,
    NoPhoto,
    Hidden,
    Vanished,
    Waiting,
    NotOnSale,
    Stopped,
}

impl Show {
    pub const ALL: [Show; 7] = [
        Show::All,
        Show::Stopped,
        Show::NoPhoto,
        Show::Waiting,
        Show::NotOnSale,
        Show::Hidden,
        Show::Vanished,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Show::All => "all",
            Show::NoPhoto => "no_photo",
            Show::Hidden => "hidden",
            Show::Vanished => "vanished",
            Show::Waiting => "waiting",
            Show::NotOnSale => "not_on_sale",
            Show::Stopped => "stopped",
        }
    }

    pub fn of_word(word: &str) -> Show {
        Show::ALL.into_iter().find(|show| show.word() == word).unwrap_or(Show::All)
    }
}

/// A page of products found: by name or code, narrowed; after the one with this name and id.
pub struct Search<'a> {
    pub text: &'a str,
    pub show: Show,
    pub after: Option<(String, Uuid)>,
    pub limit: i64,
}

/// In the order of names folded to lower case, so that the next page continues where this one ends.
pub async fn search(c: &mut Conn, venue: Uuid, search: &Search<'_>) -> Result<Vec<Item>> {
    let like = format!("%{}%", search.text.to_lowercase().replace(['%', '_', '\\'], ""));
    let (after_name, after_id) = search.after.clone().unwrap_or((String::new(), Uuid::nil()));
    let sql = select_items!(
        "JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id
         WHERE p.venue_id = $1 AND (p.name_fold LIKE $2 OR lower(p.code) LIKE $2)
           AND ($3 = 'vanished') = (p.vanished_at IS NOT NULL)
           AND ($3 <> 'no_photo' OR NOT EXISTS (SELECT 1 FROM photos f WHERE f.venue_id = p.venue_id AND f.product_id = p.id))
           AND ($3 <> 'hidden' OR s.hidden_at IS NOT NULL) AND ($3 <> 'waiting' OR s.origin = 'sync_day')
           AND ($3 <> 'not_on_sale' OR NOT p.on_sale)
           AND ($3 <> 'stopped' OR EXISTS (SELECT 1 FROM stopped_products t WHERE t.venue_id = p.venue_id AND t.product_id = p.iiko_id))
           AND (p.name_fold > $4 OR (p.name_fold = $4 AND p.id > $5))
         ORDER BY p.name_fold, p.id LIMIT $6"
    );
    Ok(all!(c, Item, sql, venue, like, search.show.word(), after_name, after_id, search.limit)?)
}
