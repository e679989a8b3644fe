//! «Настройка»: the venue's name, address and time zone; the ways to its integrations and to who has access.
use askama::Template;
use serde_json::json;

use crate::accounts::audit;
use crate::error::Result;
use crate::say;
use crate::venues::chip;
use crate::venues::guard::{At, Room};
use crate::venues::member;
use crate::venues::permission::{Manage, Permission, Right, View};
use crate::venues::venue::{self, Facts};
use crate::venues::zone;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Chip, Shell, Tone};

/// Longest name and address, characters.
const NAME: usize = 80;
const ADDRESS: usize = 160;

#[derive(Template)]
#[template(path = "venues/settings.html")]
struct SettingsPage {
    shell: Shell,
    base: String,
    may_manage: bool,
    may_read_audit: bool,
    may_tie: bool,
    may_see_visits: bool,
    summary: Option<Summary>,
    shown: Facts,
    zone_said: String,
    /// What was stored when the form was drawn.
    seen: String,
    name: Field,
    address: Field,
    time_zone: Choice,
    chip: Chip,
    people: usize,
}

/// `GET /v/{venue}/settings`.
pub async fn show(at: At<View>) -> Reply {
    let stored = Facts::of(&at.venue);
    reply::page(&drawn(&at, &stored, stored.clone(), Problems::default()).await?)
}

/// `GET /v/{venue}/settings/integrations`: they are a block of the settings.
pub async fn integrations(at: At<View>) -> Reply {
    Ok(reply::see(&at.venue.path("/settings#integrations")))
}

async fn drawn<R: Right>(
    at: &At<R>,
    stored: &Facts,
    typed: Facts,
    problems: Problems,
) -> Result<SettingsPage> {
    let lang = at.lang();
    let people = member::of_venue(&mut at.db.read().await?, at.venue.id).await?.len();
    let name = Field::text("name", say!(lang, "settings-name")).kind("text", "organization");
    let address =
        Field::text("address", say!(lang, "settings-address")).kind("text", "street-address").optional();
    Ok(SettingsPage {
        shell: at.shell(Room::Settings).titled(say!(lang, "nav-settings")),
        base: at.venue.path(""),
        may_manage: at.may(Permission::Manage),
        may_read_audit: at.may(Permission::Audit),
        may_tie: at.may(Permission::Keys),
        may_see_visits: at.may(Permission::SupportAccess),
        summary: problems.summary(lang),
        zone_said: zone::label(&typed.time_zone, at.now, lang),
        seen: stored.seen(),
        name: name.value(typed.name.as_str()).problem(&problems),
        address: address
            .value(typed.address.as_str())
            .hint(say!(lang, "settings-address-hint"))
            .problem(&problems),
        time_zone: Choice {
            name: "time_zone",
            label: say!(lang, "settings-zone"),
            options: zone::options(&stored.time_zone, at.now, lang),
            chosen: typed.time_zone.clone(),
            hint: say!(lang, "settings-zone-hint"),
            problem: problems.at("time_zone"),
            ..Choice::default()
        },
        chip: chip::of(&at.venue, at.now, lang),
        people,
        shown: typed,
    })
}

/// `POST /v/{venue}/settings`.
pub async fn change(at: At<Manage>, fields: Fields) -> Reply {
    let to = Facts {
        name: fields.text("name"),
        address: fields.text("address"),
        time_zone: fields.text("time_zone"),
    };
    let mut tx = at.db.begin().await?;
    let stored = Facts::of(&venue::get(&mut tx, at.venue.id).await?);
    let mut problems = problems_of(&at, &stored, &to);
    if problems.is_empty() && stored.seen() != fields.text("seen") {
        problems = since_then(&at, &stored, &to);
    }
    if problems.is_empty() && stored != to {
        if venue::change(&mut tx, at.venue.id, &stored, &to).await? {
            let side = |facts: &Facts| json!({ "name": facts.name, "address": facts.address, "time_zone": facts.time_zone });
            audit::note(
                &mut tx,
                at.deed("venue.changed").object(at.venue.id).change(side(&stored), side(&to)),
            )
            .await?;
        } else {
            // somebody saved between our look and our write: show it as if they had been first by an hour
            let now_stored = Facts::of(&venue::get(&mut tx, at.venue.id).await?);
            return reply::again(
                &drawn(&at, &now_stored, to.clone(), since_then(&at, &now_stored, &to)).await?,
            );
        }
    }
    tx.commit().await?;
    if !problems.is_empty() {
        return reply::again(&drawn(&at, &stored, to, problems).await?);
    }
    Ok(flash::see(&at.venue.path("/settings"), Tone::Good, &say!(at.lang(), "settings-saved")))
}

fn problems_of(at: &At<Manage>, stored: &Facts, to: &Facts) -> Problems {
    let (lang, mut problems) = (at.lang(), Problems::default());
    let length = to.name.chars().count();
    problems.unless((1..=NAME).contains(&length), "name", say!(lang, "settings-name-wrong", n = NAME));
    let short = to.address.chars().count() <= ADDRESS;
    problems.unless(short, "address", say!(lang, "settings-address-wrong", n = ADDRESS));
    let offered =
        zone::options(&stored.time_zone, at.now, lang).iter().any(|(name, _)| *name == to.time_zone);
    problems.unless(offered, "time_zone", say!(lang, "settings-zone-wrong"));
    problems
}

/// Both values, at each field where somebody else's differs from what was typed.
fn since_then(at: &At<Manage>, stored: &Facts, to: &Facts) -> Problems {
    let (lang, mut problems) = (at.lang(), Problems::default());
    let mut differs = |field: &'static str, theirs: &str, same: bool| {
        let theirs = if theirs.is_empty() { say!(lang, "settings-nothing") } else { format!("«{theirs}»") };
        problems.unless(same, field, say!(lang, "settings-meanwhile", theirs = theirs));
    };
    differs("name", &stored.name, stored.name == to.name);
    differs("address", &stored.address, stored.address == to.address);
    differs("time_zone", &zone::label(&stored.time_zone, at.now, lang), stored.time_zone == to.time_zone);
    problems
}
