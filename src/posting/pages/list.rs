//! The queue: what waits for the till, what is being found out, what a person decides, what is done.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::money::Kopecks;
use crate::posting::difference;
use crate::posting::pages::badge::{Badge, said_trouble};
use crate::posting::pages::differences::Differences;
use crate::posting::pages::reconciliation::Reconciled;
use crate::posting::queue::{self, Counts, Shelf};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// `?shelf=person&before=…`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    shelf: String,
    before: Option<Uuid>,
}

struct Row {
    href: String,
    order: String,
    order_href: String,
    place: String,
    amount: Kopecks,
    badge: Badge,
    why: String,
    created: When,
}

struct Tab {
    label: String,
    href: String,
    count: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "posting/list.html")]
struct QueuePage {
    shell: Shell,
    tabs: Vec<Tab>,
    /// Where bills can be held against our books by a press; none: not by this person, or there is no till.
    reconcile: Option<String>,
    reconciled: Reconciled,
    /// With what needs a person; elsewhere empty.
    differences: Differences,
    rows: Vec<Row>,
    /// Nothing was ever paid through us.
    is_empty: bool,
    older: Option<String>,
}

/// Payments of a page, as [`queue::list`] gives them.
const SIZE: usize = 50;

/// `GET /v/{venue}/outbox`: the shelf that needs a person first, where there is one.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let counts = queue::counts(&mut c, at.venue.id).await?;
    let shelf = Shelf::of_word(&asked.shelf).unwrap_or_else(|| first(&counts));
    let rows = queue::list(&mut c, at.venue.id, shelf, asked.before).await?;
    let mut differences = difference::open(&mut c, at.venue.id).await?;
    let reconciled = Reconciled::read(&mut c, &at, differences.len() as i64).await?;
    drop(c);
    if shelf != Shelf::Person || asked.before.is_some() {
        differences.clear();
    }
    let base = at.venue.path("/outbox");
    let shelves = [
        (Shelf::Person, counts.person),
        (Shelf::Waiting, counts.waiting),
        (Shelf::Unknown, counts.unknown),
        (Shelf::Done, counts.done),
    ];
    let tabs = shelves.map(|(one, count)| Tab {
        label: lang.word(&format!("posting-shelf-{}", one.word())),
        href: format!("{base}?shelf={}", one.word()),
        count: if count < queue::MANY { count.to_string() } else { format!("{}+", queue::MANY - 1) },
        here: one == shelf,
    });
    let older = rows.last().filter(|_| rows.len() == SIZE).map(|last| last.id);
    let row = |row: queue::Row| Row {
        href: at.venue.path(&format!("/payments/{}", row.id)),
        order: if row.number.is_empty() {
            say!(lang, "order-without-number")
        } else {
            format!("№ {}", row.number)
        },
        order_href: at.venue.path(&format!("/orders/{}", row.order_id)),
        badge: Badge::of(row.state, row.closing, &row.trouble, lang),
        why: said_trouble(&row.trouble, lang),
        created: at.when(row.created_at),
        place: row.place,
        amount: row.amount,
    };
    reply::page(&QueuePage {
        shell: at.shell(Room::Outbox).titled(say!(lang, "nav-outbox")),
        tabs: tabs.into(),
        reconcile: (at.may(Permission::Queue) && at.venue.iiko_is_on())
            .then(|| format!("{base}/reconciliation")),
        reconciled,
        differences: Differences::of(&at, differences),
        is_empty: counts.person + counts.waiting + counts.unknown + counts.done == 0,
        older: older.map(|id| format!("{base}?shelf={}&before={id}", shelf.word())),
        rows: rows.into_iter().map(row).collect(),
    })
}

fn first(counts: &Counts) -> Shelf {
    match counts {
        Counts { person: 1.., .. } => Shelf::Person,
        Counts { unknown: 1.., .. } => Shelf::Unknown,
        Counts { waiting: 1.., .. } => Shelf::Waiting,
        _ => Shelf::Done,
    }
}
