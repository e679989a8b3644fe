//! The venue's own products: made while iiko is off. With iiko on none are added; those that are here may
//! still be changed and removed.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::menu::product::{self, Own, Place};
use crate::menu::section;
use crate::menu::tree;
use crate::money::Kopecks;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Content;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

#[derive(Template)]
#[template(path = "menu/own.html")]
struct OwnPage {
    shell: Shell,
    action: String,
    back: String,
    removal: Option<String>,
    summary: Option<Summary>,
    name: Field,
    price: Field,
    description: Field,
    place: Choice,
}

/// What was typed, before it is understood.
#[derive(Default)]
struct Typed {
    name: String,
    price: String,
    description: String,
    place: String,
}

impl Typed {
    fn read(fields: &Fields) -> Typed {
        let text = |name| fields.text(name);
        Typed {
            name: text("name"),
            price: text("price"),
            description: text("description"),
            place: text("place"),
        }
    }
}

fn refuse_with_iiko(at: &At<Content>) -> Result<()> {
    if at.venue.iiko_is_on() { Err(Error::Conflict("menu-own-with-iiko")) } else { Ok(()) }
}

/// `GET /v/{venue}/menu/products/new`.
pub async fn new(at: At<Content>) -> Reply {
    refuse_with_iiko(&at)?;
    reply::page(&page(&at, None, &Typed::default(), &Problems::default()).await?)
}

/// `POST /v/{venue}/menu/products`.
pub async fn create(at: At<Content>, fields: Fields) -> Reply {
    refuse_with_iiko(&at)?;
    let typed = Typed::read(&fields);
    let (price, problems) = understood(&at, &typed);
    if !problems.is_empty() {
        return reply::again(&page(&at, None, &typed, &problems).await?);
    }
    let mut tx = at.db.begin().await?;
    let place = match Place::read(&typed.place) {
        Some(place) => place.check(&mut tx, at.venue.id).await?,
        // the first product of a venue makes the first section
        None => Place {
            section: section::create(&mut tx, at.venue.id, &say!(at.lang(), "menu-first-section")).await?,
            category: None,
        },
    };
    let own = Own { name: &typed.name, price, description: &typed.description, place };
    let id = product::create(&mut tx, at.venue.id, &own).await?;
    let after = json!({ "name": typed.name, "price": price });
    audit::note(&mut tx, at.deed("product.created").object(id).after(after)).await?;
    tx.commit().await?;
    Ok(flash::see(
        &at.venue.path(&format!("/menu/products/{id}")),
        Tone::Good,
        &say!(at.lang(), "menu-own-made"),
    ))
}

/// `GET …/products/{product}/edit`: of an own product.
pub async fn edit(at: At<Content>, path: Path<(Uuid, Uuid)>) -> Reply {
    let product = product::get(&mut at.db.read().await?, at.venue.id, path.1).await?;
    if product.iiko_id.is_some() {
        return Err(Error::Conflict("menu-from-iiko"));
    }
    let place = product
        .category_id
        .map_or_else(|| product.section_id.to_string(), |c| format!("{}/{c}", product.section_id));
    let price = format!("{},{}", product.price.roubles(), product.price.cents());
    let typed = Typed { name: product.name, price, description: product.description, place };
    reply::page(&page(&at, Some(product.id), &typed, &Problems::default()).await?)
}

/// `POST …/products/{product}`: of an own product.
pub async fn change(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let typed = Typed::read(&fields);
    let (price, mut problems) = understood(&at, &typed);
    let place = Place::read(&typed.place);
    problems.unless(place.is_some(), "place", say!(at.lang(), "menu-choose-place"));
    let (Some(place), true) = (place, problems.is_empty()) else {
        return reply::again(&page(&at, Some(id), &typed, &problems).await?);
    };
    let mut tx = at.db.begin().await?;
    let before = product::get(&mut tx, at.venue.id, id).await?;
    let place = place.check(&mut tx, at.venue.id).await?;
    product::change(
        &mut tx,
        at.venue.id,
        id,
        &Own { name: &typed.name, price, description: &typed.description, place },
    )
    .await?;
    let was = json!({ "name": before.name, "price": before.price });
    let deed =
        at.deed("product.changed").object(id).change(was, json!({ "name": typed.name, "price": price }));
    audit::note(&mut tx, deed).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(&format!("/menu/products/{id}")), Tone::Good, &say!(at.lang(), "saved")))
}

/// `POST …/products/{product}/removal`: of an own product.
pub async fn remove(at: At<Content>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let before = product::get(&mut tx, at.venue.id, path.1).await?;
    if before.iiko_id.is_some() {
        return Err(Error::Conflict("menu-from-iiko"));
    }
    product::remove(&mut tx, at.venue.id, before.id).await?;
    let was = json!({ "name": before.name, "price": before.price });
    audit::note(&mut tx, at.deed("product.removed").object(before.id).after(was)).await?;
    tx.commit().await?;
    Ok(flash::see(
        &at.venue.path("/menu"),
        Tone::Good,
        &say!(at.lang(), "menu-own-removed", name = before.name.as_str()),
    ))
}

fn understood(at: &At<Content>, typed: &Typed) -> (Kopecks, Problems) {
    let lang = at.lang();
    let mut problems = Problems::default();
    problems.unless(!typed.name.is_empty(), "name", say!(lang, "menu-name-empty"));
    problems.unless(typed.name.chars().count() <= 200, "name", say!(lang, "menu-name-long", n = 200));
    let price = Kopecks::typed(&typed.price);
    problems.unless(price.is_ok(), "price", say!(lang, "menu-price-not-a-price"));
    let fits = typed.description.chars().count() <= 4_000;
    problems.unless(fits, "description", say!(lang, "menu-description-long", n = 4_000));
    (price.unwrap_or_default(), problems)
}

async fn page(at: &At<Content>, id: Option<Uuid>, typed: &Typed, problems: &Problems) -> Result<OwnPage> {
    let lang = at.lang();
    let outline = tree::outline(&mut at.db.read().await?, at.venue.id).await?;
    let base = at.venue.path("/menu/products");
    let title = if id.is_some() { say!(lang, "menu-own-edit") } else { say!(lang, "menu-own-new") };
    let place = Choice {
        name: "place",
        label: say!(lang, "menu-place"),
        options: outline.places(),
        chosen: typed.place.clone(),
        problem: problems.at("place"),
        placeholder: if outline.sections.is_empty() {
            say!(lang, "menu-first-section")
        } else {
            String::new()
        },
        ..Choice::default()
    };
    Ok(OwnPage {
        shell: at.shell(Room::Menu).under(say!(lang, "nav-menu"), at.venue.path("/menu")).titled(title),
        action: id.map_or_else(|| base.clone(), |id| format!("{base}/{id}")),
        back: id.map_or_else(|| at.venue.path("/menu"), |id| format!("{base}/{id}")),
        removal: id.map(|id| format!("{base}/{id}/removal")),
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "menu-own-name")).value(&typed.name).problem(problems),
        price: Field::text("price", say!(lang, "menu-own-price"))
            .value(&typed.price)
            .hint(say!(lang, "menu-own-price-hint"))
            .problem(problems),
        description: Field::text("description", say!(lang, "menu-own-description"))
            .kind("area", "off")
            .value(&typed.description)
            .optional()
            .problem(problems),
        place,
    })
}
