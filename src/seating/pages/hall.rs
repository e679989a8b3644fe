//! One hall: its name here, whether guests see its tables.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::Result;
use crate::say;
use crate::seating::hall::{self, Hall};
use crate::seating::pages::table::typed_name;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Manage, Permission, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

#[derive(Template)]
#[template(path = "seating/hall.html")]
struct HallPage {
    shell: Shell,
    base: String,
    plan: String,
    may_manage: bool,
    summary: Option<Summary>,
    hall: Hall,
    name: Field,
}

/// `GET /v/{venue}/seating/halls/{hall}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default(), None).await?)
}

async fn page<R: Right>(
    at: &At<R>,
    id: Uuid,
    problems: &Problems,
    typed: Option<String>,
) -> Result<HallPage> {
    let lang = at.lang();
    let hall = hall::get(&mut at.db.read().await?, at.venue.id, id).await?;
    let seating = at.venue.path("/seating");
    Ok(HallPage {
        shell: at.shell(Room::Seating).under(say!(lang, "nav-seating"), seating.clone()).titled(hall.label()),
        base: format!("{seating}/halls/{id}"),
        plan: format!("{seating}?hall={id}"),
        may_manage: at.may(Permission::Manage),
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "seating-own-name"))
            .hint(say!(lang, "seating-hall-name-hint"))
            .value(typed.unwrap_or_else(|| hall.own_name.clone()))
            .optional()
            .problem(problems),
        hall,
    })
}

/// `POST …/halls/{hall}/name`: an empty name takes ours away. `was` is the name the form was drawn with.
pub async fn rename(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (id, lang) = (path.1, at.lang());
    let (name, mut problems) = typed_name(&fields, lang);
    if !problems.is_empty() {
        return reply::again(&page(&at, id, &problems, Some(name)).await?);
    }
    let mut tx = at.db.begin().await?;
    let hall = hall::get(&mut tx, at.venue.id, id).await?;
    if !hall::rename(&mut tx, at.venue.id, id, (&fields.text("was"), &name)).await? {
        drop(tx);
        problems.add("name", say!(lang, "seating-named-meanwhile", name = hall.own_name.as_str()));
        return reply::again(&page(&at, id, &problems, Some(name)).await?);
    }
    let deed = at.deed("hall.renamed").object(id);
    audit::note(&mut tx, deed.change(json!({ "name": hall.own_name }), json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(&format!("/seating/halls/{id}")), Tone::Good, &say!(lang, "saved")))
}

/// `POST …/halls/{hall}/hiding`: hides the hall with its tables; `shown=yes` shows again.
pub async fn hide(at: At<Manage>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let shown = fields.text("shown") == "yes";
    let mut tx = at.db.begin().await?;
    let hall = hall::get(&mut tx, at.venue.id, path.1).await?;
    hall::hide(&mut tx, at.venue.id, hall.id, (!shown).then_some(at.person.id)).await?;
    audit::note(&mut tx, at.deed(if shown { "hall.shown" } else { "hall.hidden" }).object(hall.id)).await?;
    tx.commit().await?;
    let lang = at.lang();
    let name = hall.label();
    let said = if shown {
        say!(lang, "seating-hall-shown-said", name = name)
    } else {
        say!(lang, "seating-hall-hidden-said", name = name)
    };
    Ok(flash::see(&at.venue.path(&format!("/seating?hall={}", hall.id)), Tone::Good, &said))
}
