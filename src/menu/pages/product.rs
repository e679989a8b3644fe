//! One product: iiko's fields as they are, why it stands where it stands, photos, history; and where to put it.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit::{self, Entry};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::menu::options::{Modifier, Options};
use crate::menu::pages::dish::{Price, stopped};
use crate::menu::photo::{self, Photo};
use crate::menu::product::{self, OptionName, Place, Product};
use crate::menu::stop_list;
use crate::menu::tree::{self, Outline};
use crate::money::Kopecks;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Content, Permission, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::way;
use crate::web::when::When;

/// A modifier as the page shows it.
struct ModifierRow {
    name: String,
    price: String,
    said: String,
}

struct GroupRow {
    name: String,
    said: String,
    modifiers: Vec<ModifierRow>,
}

/// A deed in the product's history.
struct Deed {
    said: String,
    by: String,
    when: When,
}

#[derive(Template)]
#[template(path = "menu/product.html")]
struct ProductPage {
    shell: Shell,
    base: String,
    photos_base: String,
    may_edit: bool,
    summary: Option<Summary>,
    product: Product,
    price: Price,
    place: String,
    placed: String,
    sizes: Vec<(String, String, bool)>,
    groups: Vec<GroupRow>,
    modifiers: Vec<ModifierRow>,
    photos: Vec<Photo>,
    photo_problem: Option<String>,
    places: Choice,
    history: Vec<Deed>,
    updated: When,
    may_add_photo: bool,
    /// On the stop list: tone, icon, words.
    stopped: Option<(Tone, &'static str, String)>,
}

/// `GET /v/{venue}/menu/products/{product}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default()).await?)
}

/// The page again with what is wrong, 422.
pub async fn again<R: Right>(at: &At<R>, id: Uuid, problems: &Problems) -> Reply {
    reply::again(&page(at, id, problems).await?)
}

async fn page<R: Right>(at: &At<R>, id: Uuid, problems: &Problems) -> Result<ProductPage> {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let product = product::get(&mut c, at.venue.id, id).await?;
    let outline = tree::outline(&mut c, at.venue.id).await?;
    let names = product::option_names(&mut c, at.venue.id).await?;
    let photos = photo::of_product(&mut c, at.venue.id, id).await?;
    let deeds = audit::of_object(&mut c, at.venue.id, id).await?;
    let left = match product.iiko_id.filter(|_| product.vanished_at.is_none()) {
        Some(iiko_id) => stop_list::left_of(&mut c, at.venue.id, iiko_id).await?,
        None => None,
    };
    drop(c);
    let history = deeds.into_iter().map(|deed| Deed {
        said: lang.word(&format!("deed-{}", deed.deed.replace('.', "-"))),
        by: deed.by.unwrap_or_else(|| say!(lang, "by-itself")),
        when: at.when(deed.at),
    });
    let words = Words { names: &names, at_lang: lang };
    Ok(ProductPage {
        shell: at
            .shell(Room::Menu)
            .under(say!(lang, "nav-menu"), at.venue.path("/menu"))
            .titled(product.name.clone()),
        base: at.venue.path(&format!("/menu/products/{id}")),
        photos_base: at.venue.path("/photos"),
        may_edit: at.may(Permission::Content),
        summary: problems.summary(lang),
        price: Price::of(product.price, product.has_sizes, lang),
        place: outline.place(product.section_id, product.category_id),
        placed: lang.word_about(&format!("placed-{}", product.placed), &product.iiko_path),
        sizes: words.sizes(&product.options),
        groups: words.groups(&product.options),
        modifiers: product.options.modifiers.iter().map(|m| words.modifier(m, true)).collect(),
        photo_problem: problems.at("photos"),
        stopped: left.map(|left| stopped(left, lang)),
        may_add_photo: (photos.len() as i64) < photo::PER_PRODUCT,
        photos,
        places: places(&product, &outline, at, problems),
        history: history.collect(),
        updated: at.when(product.updated_at),
        product,
    })
}

fn places<R: Right>(product: &Product, outline: &Outline, at: &At<R>, problems: &Problems) -> Choice {
    let chosen = match product.category_id {
        Some(category) => format!("{}/{category}", product.section_id),
        None => product.section_id.to_string(),
    };
    let label = say!(at.lang(), "menu-place");
    let problem = problems.at("place");
    Choice { name: "place", label, options: outline.places(), chosen, problem, ..Choice::default() }
}

/// iiko's ids in words.
struct Words<'a> {
    names: &'a [OptionName],
    at_lang: crate::lang::Lang,
}

impl Words<'_> {
    fn of(&self, kind: &str, id: Uuid) -> (String, Kopecks) {
        let known = self.names.iter().find(|option| option.kind == kind && option.iiko_id == id);
        known.map_or_else(
            || (say!(self.at_lang, "option-not-exported"), Kopecks(0)),
            |o| (o.name.clone(), o.price),
        )
    }

    fn sizes(&self, options: &Options) -> Vec<(String, String, bool)> {
        options.sizes.iter().map(|s| (self.of("size", s.size).0, s.price.to_string(), s.on_sale)).collect()
    }

    fn groups(&self, options: &Options) -> Vec<GroupRow> {
        let groups = options.groups.iter().map(|group| GroupRow {
            name: self.of("modifier_group", group.id).0,
            said: self.amounts(group.min, group.max, group.required),
            modifiers: group.modifiers.iter().map(|m| self.modifier(m, group.own_limits)).collect(),
        });
        groups.collect()
    }

    /// Where the group keeps no limits of its own children, their min and max mean nothing.
    fn modifier(&self, m: &Modifier, limits: bool) -> ModifierRow {
        let (name, price) = self.of("modifier", m.id);
        let price = if price.0 == 0 { String::new() } else { format!("+{price}") };
        let said = if limits && m.max > 0 { self.amounts(m.min, m.max, m.required) } else { String::new() };
        ModifierRow { name, price, said }
    }

    /// «обязательно, 1», «по желанию, до 3».
    fn amounts(&self, min: i64, max: i64, required: bool) -> String {
        let lang = self.at_lang;
        let must =
            if required || min > 0 { say!(lang, "option-required") } else { say!(lang, "option-optional") };
        let many = match (min, max) {
            (_, 0) => String::new(),
            (min, max) if min == max => format!(", {max}"),
            (0, max) => format!(", {}", say!(lang, "option-up-to", n = max)),
            (min, max) => format!(", {min}–{max}"),
        };
        format!("{must}{many}")
    }
}

/// `POST …/products/{product}/place`.
pub async fn put(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let Some(place) = Place::read(&fields.text("place")) else {
        let mut problems = Problems::default();
        problems.add("place", say!(at.lang(), "menu-choose-place"));
        return again(&at, id, &problems).await;
    };
    let mut tx = at.db.begin().await?;
    let place = place.check(&mut tx, at.venue.id).await?;
    let moved = match move_one(&at, &mut tx, id, place).await? {
        Some(deed) => {
            audit::note(&mut tx, deed).await?;
            true
        }
        None => false,
    };
    tx.commit().await?;
    let said =
        if moved { say!(at.lang(), "menu-moved", n = 1) } else { say!(at.lang(), "menu-moved-nowhere") };
    Ok(flash::see(&at.venue.path(&format!("/menu/products/{id}")), Tone::Good, &said))
}

/// The deed to be noted; none: it stands there already.
async fn move_one(at: &At<Content>, c: &mut Conn, id: Uuid, place: Place) -> Result<Option<Entry>> {
    let before = product::get(c, at.venue.id, id).await?;
    if !product::put(c, at.venue.id, id, place).await? {
        return Ok(None);
    }
    let was = json!({ "section": before.section_id, "category": before.category_id });
    let became = json!({ "section": place.section, "category": place.category });
    Ok(Some(at.deed("product.moved").object(id).change(was, became)))
}

/// `POST …/menu/moves`: the ticked products to one place; the filter of the list is kept.
pub async fn put_many(at: At<Content>, fields: Fields) -> Reply {
    let filtered = at.venue.path(&format!("/menu?{}", fields.text("filter")));
    let back = way::local(&filtered).map_or_else(|| at.venue.path("/menu"), str::to_owned);
    let ids: Vec<Uuid> = fields.every("product").filter_map(|id| id.parse().ok()).take(500).collect();
    let lang = at.lang();
    if ids.is_empty() {
        return Ok(flash::see(&back, Tone::Trouble, &say!(lang, "menu-pick-first")));
    }
    let Some(place) = Place::read(&fields.text("place")) else {
        return Ok(flash::see(&back, Tone::Trouble, &say!(lang, "menu-choose-place")));
    };
    let mut tx = at.db.begin().await?;
    let place = place.check(&mut tx, at.venue.id).await?;
    let mut deeds = Vec::new();
    for id in &ids {
        deeds.extend(move_one(&at, &mut tx, *id, place).await?);
    }
    let n = deeds.len();
    for deed in deeds {
        audit::note(&mut tx, deed).await?;
    }
    tx.commit().await?;
    let said = if n > 0 { say!(lang, "menu-moved", n = n) } else { say!(lang, "menu-moved-nowhere") };
    Ok(flash::see(&back, Tone::Good, &said))
}

/// `POST …/products/{product}/order`: `up=yes` or down.
pub async fn order(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let product = product::get(&mut tx, at.venue.id, path.1).await?;
    if product.vanished_at.is_some() {
        return Err(Error::Conflict("menu-vanished-has-no-order"));
    }
    product::step(&mut tx, at.venue.id, &product, fields.text("up") == "yes").await?;
    audit::note(&mut tx, at.deed("product.ordered").object(product.id)).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(&format!("/menu/products/{}", product.id))))
}
