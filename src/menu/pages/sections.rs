//! What a manager does to sections and categories: names, order, hiding, making, removing.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::menu::category::{self, Category};
use crate::menu::section::{self, Section};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Content;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

const LONGEST: usize = 120;

#[derive(Template)]
#[template(path = "menu/section.html")]
struct SectionPage {
    shell: Shell,
    base: String,
    menu: String,
    summary: Option<Summary>,
    section: Section,
    name: Field,
    new_category: Field,
    categories: Vec<Category>,
    sections: Vec<Section>,
}

/// `GET /v/{venue}/menu/sections/{section}`: «Изменить раздел».
pub async fn edit(at: At<Content>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default(), None).await?)
}

async fn page(
    at: &At<Content>,
    id: Uuid,
    problems: &Problems,
    typed: Option<&Fields>,
) -> Result<SectionPage> {
    let lang = at.lang();
    let mut c = at.db.read().await?;
    let section = section::get(&mut c, at.venue.id, id).await?;
    let sections = section::of_venue(&mut c, at.venue.id).await?;
    let all = category::of_venue(&mut c, at.venue.id).await?;
    let typed =
        |name: &str, else_: &str| typed.filter(|f| f.has(name)).map_or(else_.to_owned(), |f| f.text(name));
    let menu = at.venue.path("/menu");
    Ok(SectionPage {
        shell: at.shell(Room::Menu).under(say!(lang, "nav-menu"), menu.clone()).titled(section.name.clone()),
        base: format!("{menu}/sections/{id}"),
        menu,
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "menu-section-name"))
            .value(typed("name", &section.name))
            .problem(problems),
        new_category: Field::text("category", say!(lang, "menu-new-category"))
            .value(typed("category", ""))
            .problem(problems),
        categories: all.into_iter().filter(|category| category.section_id == id).collect(),
        sections: sections.into_iter().filter(|one| one.id != id).collect(),
        section,
    })
}

/// A name of 1 to 120 characters, or the problem at its field.
fn named(at: &At<Content>, fields: &Fields, field: &'static str) -> Result<String, Problems> {
    let name = fields.text(field);
    let mut problems = Problems::default();
    problems.unless(!name.is_empty(), field, say!(at.lang(), "menu-name-empty"));
    problems.unless(name.chars().count() <= LONGEST, field, say!(at.lang(), "menu-name-long", n = LONGEST));
    if problems.is_empty() { Ok(name) } else { Err(problems) }
}

/// `POST …/sections`: a section of the venue's own.
pub async fn create(at: At<Content>, fields: Fields) -> Reply {
    let name = match named(&at, &fields, "name") {
        Ok(name) => name,
        // the field stands on the menu's page, which draws no problems: one short word is all it takes
        Err(_) => {
            return Ok(flash::see(
                &at.venue.path("/menu"),
                Tone::Trouble,
                &say!(at.lang(), "menu-name-empty"),
            ));
        }
    };
    let mut tx = at.db.begin().await?;
    let id = section::create(&mut tx, at.venue.id, &name).await?;
    audit::note(&mut tx, at.deed("section.created").object(id).after(json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(flash::see(
        &at.venue.path(&format!("/menu/sections/{id}")),
        Tone::Good,
        &say!(at.lang(), "menu-section-made"),
    ))
}

/// `POST …/sections/{section}/name`.
pub async fn rename(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let name = match named(&at, &fields, "name") {
        Ok(name) => name,
        Err(problems) => return reply::again(&page(&at, id, &problems, Some(&fields)).await?),
    };
    let mut tx = at.db.begin().await?;
    let before = section::get(&mut tx, at.venue.id, id).await?;
    section::rename(&mut tx, at.venue.id, id, &name).await?;
    let deed = at.deed("section.renamed").object(id);
    audit::note(&mut tx, deed.change(json!({ "name": before.name }), json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(done(&at, id, &say!(at.lang(), "saved")))
}

fn done(at: &At<Content>, id: Uuid, said: &str) -> actix_web::HttpResponse {
    flash::see(&at.venue.path(&format!("/menu/sections/{id}")), Tone::Good, said)
}

/// `POST …/sections/{section}/hiding`: hides from guests; `shown=yes` shows again.
pub async fn hide(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let shown = fields.text("shown") == "yes";
    let mut tx = at.db.begin().await?;
    let section = section::get(&mut tx, at.venue.id, path.1).await?;
    section::hide(&mut tx, at.venue.id, section.id, (!shown).then_some(at.person.id)).await?;
    audit::note(&mut tx, at.deed(if shown { "section.shown" } else { "section.hidden" }).object(section.id))
        .await?;
    tx.commit().await?;
    let lang = at.lang();
    let name = section.name.as_str();
    let said = if shown {
        say!(lang, "menu-section-shown", name = name)
    } else {
        say!(lang, "menu-section-hidden", name = name)
    };
    Ok(flash::see(&at.venue.path(&format!("/menu#s-{}", section.id)), Tone::Good, &said))
}

/// `POST …/sections/{section}/order`: `up=yes` or down.
pub async fn order(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let section = section::get(&mut tx, at.venue.id, path.1).await?;
    section::step(&mut tx, at.venue.id, section.id, fields.text("up") == "yes").await?;
    audit::note(&mut tx, at.deed("section.ordered").object(section.id)).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(&format!("/menu#s-{}", section.id))))
}

/// `POST …/sections/{section}/removal`: an empty one.
pub async fn remove(at: At<Content>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let section = section::get(&mut tx, at.venue.id, path.1).await?;
    section::remove(&mut tx, at.venue.id, section.id).await?;
    audit::note(
        &mut tx,
        at.deed("section.removed").object(section.id).after(json!({ "name": section.name })),
    )
    .await?;
    tx.commit().await?;
    Ok(flash::see(
        &at.venue.path("/menu"),
        Tone::Good,
        &say!(at.lang(), "menu-section-removed", name = section.name.as_str()),
    ))
}

/// `POST …/sections/{section}/categories`.
pub async fn create_category(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let name = match named(&at, &fields, "category") {
        Ok(name) => name,
        Err(problems) => return reply::again(&page(&at, id, &problems, Some(&fields)).await?),
    };
    let mut tx = at.db.begin().await?;
    section::get(&mut tx, at.venue.id, id).await?;
    let made = category::create(&mut tx, at.venue.id, id, &name).await?;
    audit::note(&mut tx, at.deed("category.created").object(made).after(json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(done(&at, id, &say!(at.lang(), "menu-category-made", name = name)))
}

/// `POST …/categories/{category}`: `act` is rename, up, down, move or remove.
pub async fn change_category(at: At<Content>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let venue = at.venue.id;
    let mut tx = at.db.begin().await?;
    let before = category::get(&mut tx, venue, path.1).await?;
    let (deed, section) = match fields.text("act").as_str() {
        "rename" => match named(&at, &fields, "name") {
            Ok(name) => {
                category::rename(&mut tx, venue, before.id, &name).await?;
                ("category.renamed", before.section_id)
            }
            Err(problems) => {
                drop(tx);
                return reply::again(&page(&at, before.section_id, &problems, None).await?);
            }
        },
        "move" => {
            let to: Uuid = fields.read("section").ok_or(Error::NotFound("section"))?;
            section::get(&mut tx, venue, to).await?;
            category::move_to(&mut tx, venue, before.id, to).await?;
            ("category.moved", to)
        }
        "remove" => {
            category::remove(&mut tx, venue, before.id).await?;
            ("category.removed", before.section_id)
        }
        act => {
            category::step(&mut tx, venue, &before, act == "up").await?;
            ("category.ordered", before.section_id)
        }
    };
    let name = if deed == "category.renamed" { fields.text("name") } else { before.name.clone() };
    let after = json!({ "section": section, "name": name });
    let before_said = json!({ "section": before.section_id, "name": before.name });
    audit::note(&mut tx, at.deed(deed).object(before.id).change(before_said, after)).await?;
    tx.commit().await?;
    Ok(done(&at, section, &say!(at.lang(), "saved")))
}
