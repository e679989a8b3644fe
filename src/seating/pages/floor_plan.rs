//! «Посадочные места»: halls with their plans, tables beside them.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::seating::hall::{self, Hall};
use crate::seating::pages::plan::{Plan, label};
use crate::seating::table::{self, Table};
use crate::seating::waiter::{self, Now};
use crate::venues::guard::{At, Room};
use crate::venues::part::Part;
use crate::venues::permission::{Permission, View};
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
    waiter: String,
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
    let seating = Seating {
        halls: hall::of_venue(&mut c, at.venue.id).await?,
        tables: table::of_venue(&mut c, at.venue.id).await?,
        waiters: waiter::now(&mut c, at.venue.id).await?,
        base: at.venue.path("/seating"),
        lang,
    };
    drop(c);
    let only = match asked.hall.as_str() {
        "" => None,
        id => Some(seating.known(id).ok_or(Error::NotFound("hall"))?),
    };
    Ok(SeatingPage {
        shell: at.shell(Room::Seating).titled(say!(lang, "nav-seating")),
        may_manage: at.may(Permission::Manage),
        lead: seating.lead(),
        tabs: seating.tabs(only),
        cards: seating.cards(only),
        rows: seating.rows(only),
        base: seating.base,
        head,
    })
}

/// What the page is drawn from; `only` is the hall whose tab is open.
struct Seating {
    halls: Vec<Hall>,
    tables: Vec<Table>,
    waiters: Vec<Now>,
    base: String,
    lang: Lang,
}

impl Seating {
    fn known(&self, id: &str) -> Option<Uuid> {
        id.parse().ok().filter(|id| self.halls.iter().any(|hall| hall.id == *id))
    }

    /// Who answers for a table; empty: nobody at work.
    fn waiter(&self, table: Uuid) -> String {
        let now = self.waiters.iter().find(|now| now.table_id == table && !now.suspended);
        now.map(|now| now.name.clone()).unwrap_or_default()
    }

    /// A hall's tables that are in iiko.
    fn live(&self, hall: Uuid) -> Vec<&Table> {
        self.tables.iter().filter(|table| table.hall_id == hall && table.vanished_at.is_none()).collect()
    }

    /// «24 стола, 3 зала»; empty: nothing ever came.
    fn lead(&self) -> String {
        if self.halls.is_empty() {
            return String::new();
        }
        let tables = self.tables.iter().filter(|table| table.vanished_at.is_none()).count();
        let halls = self.halls.iter().filter(|hall| hall.vanished_at.is_none()).count();
        format!(
            "{}, {}",
            say!(self.lang, "seating-tables", n = tables),
            say!(self.lang, "seating-halls", n = halls)
        )
    }

    fn tabs(&self, only: Option<Uuid>) -> Vec<Tab> {
        let all = Tab {
            label: say!(self.lang, "seating-all"),
            href: self.base.clone(),
            count: self.tables.iter().filter(|table| table.vanished_at.is_none()).count(),
            here: only.is_none(),
        };
        let halls = self.halls.iter().map(|hall| Tab {
            label: hall.label().to_owned(),
            href: format!("{}?hall={}", self.base, hall.id),
            count: self.live(hall.id).len(),
            here: only == Some(hall.id),
        });
        [all].into_iter().chain(halls).collect()
    }

    fn cards(&self, only: Option<Uuid>) -> Vec<HallCard> {
        let open = |hall: &&Hall| only.map_or(hall.vanished_at.is_none(), |id| hall.id == id);
        let card = |hall: &Hall| {
            let tables = self.live(hall.id);
            HallCard {
                plan: Plan::of(hall, &tables, &self.base, self.lang),
                tables: tables.len(),
                seems_no_hall: hall.hidden_at.is_none() && hall.seems_no_hall(),
                hall: hall.clone(),
            }
        };
        self.halls.iter().filter(open).map(card).collect()
    }

    fn rows(&self, only: Option<Uuid>) -> Vec<TableRow> {
        let hall = |id| self.halls.iter().find(|hall| hall.id == id).map_or("", Hall::label).to_owned();
        let rows = self.tables.iter().filter(|table| only.is_none_or(|id| table.hall_id == id));
        let row = |table: &Table| TableRow {
            label: label(table, self.lang),
            hall: hall(table.hall_id),
            waiter: self.waiter(table.id),
            table: table.clone(),
        };
        rows.map(row).collect()
    }
}
