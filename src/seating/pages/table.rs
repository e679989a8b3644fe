//! One table: what iiko says of it, its name here, whether guests see it.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::seating::hall::{self, Hall};
use crate::seating::pages::plan::label;
use crate::seating::table::{self, Table};
use crate::seating::waiter::{self, Now};
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Manage, Permission, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

/// Longest own name, characters.
const LONGEST: usize = 60;

/// A name of the venue's own as typed, and what is wrong with it.
pub fn typed_name(fields: &Fields, lang: Lang) -> (String, Problems) {
    let name = fields.text("name");
    let mut problems = Problems::default();
    problems.unless(name.chars().count() <= LONGEST, "name", say!(lang, "menu-name-long", n = LONGEST));
    (name, problems)
}

#[derive(Template)]
#[template(path = "seating/table.html")]
struct TablePage {
    shell: Shell,
    base: String,
    hall_path: String,
    may_manage: bool,
    summary: Option<Summary>,
    table: Table,
    hall: Hall,
    name: Field,
    waiter: Choice,
    /// Who answers for it now.
    waiter_now: Option<Now>,
    spells: Vec<SpellRow>,
}

/// A spell in words.
struct SpellRow {
    name: String,
    since: When,
    until: Option<When>,
    by: String,
}

/// `GET /v/{venue}/seating/tables/{table}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default(), None).await?)
}

async fn page<R: Right>(
    at: &At<R>,
    id: Uuid,
    problems: &Problems,
    typed: Option<String>,
) -> Result<TablePage> {
    let lang = at.lang();
    let mut c = at.db.read().await?;
    let table = table::get(&mut c, at.venue.id, id).await?;
    let hall = hall::get(&mut c, at.venue.id, table.hall_id).await?;
    let now = waiter::now(&mut c, at.venue.id).await?.into_iter().find(|now| now.table_id == id);
    let at_work = waiter::at_work(&mut c, at.venue.id).await?;
    let spells = waiter::spells(&mut c, at.venue.id, id).await?;
    drop(c);
    let seating = at.venue.path("/seating");
    Ok(TablePage {
        shell: at
            .shell(Room::Seating)
            .under(say!(lang, "nav-seating"), seating.clone())
            .under(hall.label(), format!("{seating}?hall={}", hall.id))
            .titled(label(&table, lang)),
        base: format!("{seating}/tables/{id}"),
        hall_path: format!("{seating}?hall={}", hall.id),
        may_manage: at.may(Permission::Manage),
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "seating-own-name"))
            .hint(say!(lang, "seating-own-name-hint"))
            .value(typed.unwrap_or_else(|| table.own_name.clone()))
            .optional()
            .problem(problems),
        waiter: Choice {
            name: "waiter",
            label: say!(lang, "seating-waiter"),
            options: at_work.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
            chosen: now.as_ref().map(|now| now.employee_id.to_string()).unwrap_or_default(),
            placeholder: say!(lang, "seating-nobody"),
            problem: problems.at("waiter"),
            ..Choice::default()
        },
        waiter_now: now,
        spells: spells
            .into_iter()
            .map(|spell| SpellRow {
                name: spell.name,
                since: at.when(spell.since),
                until: spell.until.map(|until| at.when(until)),
                by: spell.given_by_name,
            })
            .collect(),
        table,
        hall,
    })
}

/// `POST …/tables/{table}/name`: an empty name takes ours away. `was` is the name the form was drawn with.
pub async fn rename(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (id, lang) = (path.1, at.lang());
    let (name, mut problems) = typed_name(&fields, lang);
    if !problems.is_empty() {
        return reply::again(&page(&at, id, &problems, Some(name)).await?);
    }
    let mut tx = at.db.begin().await?;
    let table = table::get(&mut tx, at.venue.id, id).await?;
    if !table::rename(&mut tx, at.venue.id, id, (&fields.text("was"), &name)).await? {
        drop(tx);
        problems.add("name", say!(lang, "seating-named-meanwhile", name = table.own_name.as_str()));
        return reply::again(&page(&at, id, &problems, Some(name)).await?);
    }
    let deed = at.deed("table.renamed").object(id);
    audit::note(&mut tx, deed.change(json!({ "name": table.own_name }), json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(&format!("/seating/tables/{id}")), Tone::Good, &say!(lang, "saved")))
}

/// `POST …/tables/{table}/hiding`: hides from guests; `shown=yes` shows again.
pub async fn hide(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let shown = fields.text("shown") == "yes";
    let mut tx = at.db.begin().await?;
    let table = table::get(&mut tx, at.venue.id, path.1).await?;
    table::hide(&mut tx, at.venue.id, table.id, (!shown).then_some(at.person.id)).await?;
    audit::note(&mut tx, at.deed(if shown { "table.shown" } else { "table.hidden" }).object(table.id))
        .await?;
    tx.commit().await?;
    let lang = at.lang();
    let said = if shown { say!(lang, "seating-shown-said") } else { say!(lang, "seating-hidden-said") };
    Ok(flash::see(&at.venue.path(&format!("/seating/tables/{}", table.id)), Tone::Good, &said))
}

/// `POST …/tables/{table}/waiter`: `waiter` is an employee, empty: nobody; `was` the one the form was drawn with.
pub async fn give(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (id, lang) = (path.1, at.lang());
    let (was, to): (Option<Uuid>, Option<Uuid>) = (fields.read("was"), fields.read("waiter"));
    let back = at.venue.path(&format!("/seating/tables/{id}"));
    let mut tx = at.db.begin().await?;
    table::get(&mut tx, at.venue.id, id).await?;
    if was == to {
        return Ok(flash::see(&back, Tone::Good, &say!(lang, "saved")));
    }
    if !waiter::give(&mut tx, (at.venue.id, id), (was, to), at.person.id).await? {
        drop(tx);
        let mut problems = Problems::default();
        problems.add("waiter", say!(lang, "seating-waiter-meanwhile"));
        return reply::again(&page(&at, id, &problems, None).await?);
    }
    let deed = at.deed("table.waiter_given").object(id);
    audit::note(&mut tx, deed.change(json!({ "waiter": was }), json!({ "waiter": to }))).await?;
    tx.commit().await?;
    let said = if was.is_some() && to.is_some() {
        say!(lang, "seating-taken-over-said")
    } else {
        say!(lang, "saved")
    };
    Ok(flash::see(&back, Tone::Good, &said))
}
