//! «Посадочные места»: halls with their plans, tables beside them.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::say;
use crate::seating::hall::{self, Hall};
use crate::seating::pages::plan::{Plan, label};
use crate::seating::table::{self, Table};
use crate::venues::guard::{At, Room};
use crate::venues::member::View;
use crate::venues::part::Part;
use crate::venues::standing::{self, Head};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    hall: String,
}

struct Tab {
    label: String,
    href: String,
    count: usize,
    here: bool,
}

/// A hall's card: its plan, and what is to be known about it.
struct HallCard {
    hall: Hall,
    plan: Plan,
    tables: usize,
    /// By its name not a place for guests, and not hidden yet.
    seems_no_hall: bool,
}

struct TableRow {
    table: Table,
    label: String,
    hall: String,
}

#[derive(Template)]
#[template(path = "seating/index.html")]
struct SeatingPage {
    shell: Shell,
    base: String,
    head: Head,
    may_manage: bool,
    lead: String,
    tabs: Vec<Tab>,
    cards: Vec<HallCard>,
    rows: Vec<TableRow>,
}

/// `GET /v/{venue}/seating?hall={id}`.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    reply::page(&page(&at, &asked).await?)
}

async fn page(at: &At<View>, asked: &Asked) -> Result<SeatingPage> {
    let lang = at.lang();
    let head = standing::head(at, Part::Seating).await?;
    let mut c = at.db.snapshot().await?;
    let halls = hall::of_venue(&mut c, at.venue.id).await?;
    let tables = table::of_venue(&mut c, at.venue.id).await?;
    drop(c);
    let base = at.venue.path("/seating");
    let only = if asked.hall.is_empty() {
        None
    } else {
        let id = asked.hall.parse::<Uuid>().ok().filter(|id| halls.iter().any(|hall| hall.id == *id));
        Some(id.ok_or(Error::NotFound("hall"))?)
    };
    let live = |hall: &Hall| {
        tables.iter().filter(|t| t.hall_id == hall.id && t.vanished_at.is_none()).collect::<Vec<_>>()
    };
    let shown = tables.iter().filter(|t| t.vanished_at.is_none()).count();
    let here = halls.iter().filter(|hall| hall.vanished_at.is_none()).count();
    let mut tabs = vec![Tab {
        label: say!(lang, "seating-all"),
        href: base.clone(),
        count: shown,
        here: only.is_none(),
    }];
    tabs.extend(halls.iter().map(|hall| Tab {
        label: hall.label().to_owned(),
        href: format!("{base}?hall={}", hall.id),
        count: live(hall).len(),
        here: only == Some(hall.id),
    }));
    let chosen: Vec<&Hall> =
        halls.iter().filter(|hall| only.map_or(hall.vanished_at.is_none(), |id| hall.id == id)).collect();
    let cards = chosen.iter().map(|hall| {
        let its = live(hall);
        HallCard {
            plan: Plan::of(hall, &its, &base, lang),
            tables: its.len(),
            seems_no_hall: hall.hidden_at.is_none() && hall.seems_no_hall(),
            hall: (*hall).clone(),
        }
    });
    let name_of = |id| halls.iter().find(|hall| hall.id == id).map_or("", |hall| hall.label());
    let rows = tables.iter().filter(|table| only.is_none_or(|id| table.hall_id == id));
    let rows = rows.map(|table| TableRow {
        label: label(table, lang),
        hall: name_of(table.hall_id).to_owned(),
        table: table.clone(),
    });
    Ok(SeatingPage {
        shell: at.shell(Room::Seating).titled(say!(lang, "nav-seating")),
        may_manage: at.may_manage(),
        lead: if halls.is_empty() {
            String::new()
        } else {
            format!("{}, {}", say!(lang, "seating-tables", n = shown), say!(lang, "seating-halls", n = here))
        },
        cards: cards.collect(),
        rows: rows.collect(),
        tabs,
        head,
        base,
    })
}
