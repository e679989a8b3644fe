//! One table: what iiko says of it, its name here, whether guests see it.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::Result;
use crate::say;
use crate::seating::hall::{self, Hall};
use crate::seating::pages::plan::label;
use crate::seating::table::{self, Table};
use crate::venues::guard::{At, Room};
use crate::venues::member::{Manage, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest own name, characters.
pub const LONGEST: usize = 60;

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
    let seating = at.venue.path("/seating");
    Ok(TablePage {
        shell: at
            .shell(Room::Seating)
            .under(say!(lang, "nav-seating"), seating.clone())
            .under(hall.label(), format!("{seating}?hall={}", hall.id))
            .titled(label(&table, lang)),
        base: format!("{seating}/tables/{id}"),
        hall_path: format!("{seating}?hall={}", hall.id),
        may_manage: at.may_manage(),
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "seating-own-name"))
            .hint(say!(lang, "seating-own-name-hint"))
            .value(typed.unwrap_or_else(|| table.own_name.clone()))
            .optional()
            .problem(problems),
        table,
        hall,
    })
}

/// `POST …/tables/{table}/name`: an empty name takes ours away. `was` is the name the form was drawn with.
pub async fn rename(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (id, name) = (path.1, fields.text("name"));
    let lang = at.lang();
    let mut problems = Problems::default();
    problems.unless(name.chars().count() <= LONGEST, "name", say!(lang, "menu-name-long", n = LONGEST));
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
