//! The list a shift works from: newest first, a page at a time, everything that narrows it in the address.
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use chrono::DateTime;

use crate::clock::Timestamp;
use crate::contact::Phone;
use crate::error::{Error, Result};
use crate::integrations::trouble::Trouble;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::orders::kind::Kind;
use crate::orders::list::Payment;
use crate::orders::order::Listed;
use crate::orders::pages::badge::{Badge, icon_of};
use crate::orders::pages::drawn::{self, Drawn, Ground, Look};
use crate::orders::pages::fresh::{self, Change};
use crate::orders::pages::search::Asked;
use crate::orders::shown;
use crate::orders::status::Status;
use crate::orders::watch::Watch;
use crate::part;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::form::Choice;
use crate::web::pack::Piece;
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// Tells htmx to draw the whole page anew.
const HX_REFRESH: &str = "hx-refresh";

/// Orders of a page.
const SIZE: i64 = 50;

#[derive(Template)]
#[template(path = "orders/_row.html")]
struct Row {
    /// Of the row on the page, see [`fresh`].
    name: String,
    href: String,
    number: String,
    opened: When,
    icon: &'static str,
    place: String,
    who: String,
    status: Badge,
    payment: Badge,
    sum: Kopecks,
    trouble: String,
    /// It has just come or changed.
    fresh: bool,
    /// It takes the place of the one that is shown.
    oob: bool,
    /// It comes below the one of this name; empty: to the top.
    under: String,
}

/// Asks for what has changed since, and brings it.
#[derive(Template)]
#[template(path = "orders/_fresh.html")]
struct Fresh {
    href: String,
    gone: Vec<String>,
    rows: Vec<Row>,
}

/// The rows, what asks for their changes, and the way to older ones: the same for everybody of one language who may see as much.
#[derive(Template)]
#[template(path = "orders/_listing.html")]
struct Listing {
    lang: Lang,
    base: String,
    settings: String,
    iiko_is_on: bool,
    asked: Asked,
    narrowed: bool,
    rows: Vec<Row>,
    fresh: Fresh,
    older: Option<String>,
}
part!(Row, Fresh);

struct Tab {
    label: String,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct ListPage {
    shell: Shell,
    base: String,
    may_serve: bool,
    may_export: bool,
    iiko_is_on: bool,
    looked: Option<When>,
    fault: Option<Trouble>,
    unread: i64,
    tabs: Vec<Tab>,
    asked: Asked,
    status: Choice,
    payment: Choice,
    /// What was typed and cannot be read, each a sentence.
    wrong: Vec<String>,
    narrowed: bool,
    more_is_open: bool,
    listing: Piece,
    is_empty: bool,
    /// The same search as a file.
    export: String,
}

/// Why the newest look failed; what is shown is of before.
fn ill(watch: &Watch, lang: Lang) -> Option<Trouble> {
    let (code, said) = (watch.fault.as_deref()?, watch.fault_said.as_deref().unwrap_or_default());
    let mut trouble = Trouble::of(lang, code, said, watch.fault_correlation.as_deref());
    trouble.what = format!("{} {}", say!(lang, "orders-not-fresh"), trouble.what);
    Some(trouble)
}

/// `GET /v/{venue}/orders`, see [`Asked`]; for htmx, which says what is shown, only what has changed.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let asked = asked.into_inner();
    if at.visitor.wants_part {
        return changed(&at, asked).await;
    }
    let page = page(&at, Asked { known: String::new(), ..asked }).await?;
    let mut answer = reply::page(&page)?;
    answer.extensions_mut().insert(page.listing);
    Ok(answer)
}

async fn changed(at: &At<View>, asked: Asked) -> Reply {
    let (filter, _) = asked.understood(at.venue.zone(), at.may(Permission::Guests));
    let mut c = at.db.read().await?;
    let shown = shown::page(&mut c, at.venue.id, &filter, (asked.after(), SIZE + 1)).await?;
    drop(c);
    let drawn = listed(at, &Asked { known: String::new(), ..asked.clone() }, shown.text)?;
    if asked.known == drawn.known {
        return Ok(HttpResponse::NoContent().finish());
    }
    let (orders, _) = first(&drawn.ground)?;
    let Some(changes) = fresh::changes(&asked.known, &orders) else {
        return Ok(HttpResponse::NoContent().insert_header((HX_REFRESH, "true")).finish());
    };
    let base = at.venue.path("/orders");
    let mut part = fresh(&asked, drawn.known.clone(), &base);
    for change in changes {
        let (place, oob) = match change {
            Change::Remove(name) => {
                part.gone.push(name);
                continue;
            }
            Change::Redraw(place) => (place, true),
            Change::Insert(place) => (place, false),
        };
        let above = place.checked_sub(1).and_then(|above| orders.get(above));
        let under = above.map(fresh::name).unwrap_or_default();
        if let Some(order) = orders.get(place) {
            part.rows.push(Row { fresh: true, oob, under, ..row(at, at.now, order.clone(), &base) });
        }
    }
    reply::page(&part)
}

/// The part that asks for what has changed since these were shown.
fn fresh(asked: &Asked, known: String, base: &str) -> Fresh {
    Fresh { href: Asked { known, ..asked.clone() }.href(base), gone: Vec::new(), rows: Vec::new() }
}

async fn page(at: &At<View>, asked: Asked) -> Result<ListPage> {
    let lang = at.lang();
    let (filter, wrong) = asked.understood(at.venue.zone(), at.may(Permission::Guests));
    let mut c = at.db.read().await?;
    let shown = shown::page(&mut c, at.venue.id, &filter, (asked.after(), SIZE + 1)).await?;
    drop(c);
    let watch = shown.watch;
    let drawn = listed(at, &asked, shown.text)?;
    let base = at.venue.path("/orders");
    Ok(ListPage {
        shell: at.shell(Room::Orders).titled(say!(lang, "nav-orders")),
        may_serve: at.may(Permission::Serve),
        may_export: at.may(Permission::Export),
        iiko_is_on: at.venue.iiko_is_on(),
        looked: watch.looked_at.map(|when| at.when(when)),
        fault: ill(&watch, lang),
        unread: watch.unread,
        tabs: tabs(&asked, &base, lang),
        status: choice("status", &asked.status, lang, &Status::ALL.map(Status::word)),
        payment: choice("payment", &asked.payment, lang, &Payment::ALL.map(Payment::word)),
        wrong: wrong.into_iter().map(|field| lang.word(&format!("orders-wrong-{field}"))).collect(),
        narrowed: asked.is_narrowed(),
        more_is_open: [&asked.waiter, &asked.least, &asked.most, &asked.to].iter().any(|one| !one.is_empty()),
        listing: drawn.listing.clone(),
        is_empty: drawn.known.is_empty(),
        export: Asked { after: String::new(), ..asked.clone() }.href(&format!("{base}/export")),
        asked,
        base,
    })
}

/// The list of what was told, as it was drawn before or anew.
fn listed(at: &At<View>, asked: &Asked, orders: String) -> Result<Arc<Drawn>> {
    let (lang, guests) = (at.lang(), at.may(Permission::Guests));
    let look = Look { venue: at.venue.id, lang, guests, search: asked.href("") };
    let minute = at.now.timestamp().div_euclid(60);
    let ground = Ground { orders, minute, zone: at.venue.zone(), iiko_is_on: at.venue.iiko_is_on() };
    if let Some(drawn) = drawn::again(&look, &ground) {
        return Ok(drawn);
    }
    let (orders, more) = first(&ground)?;
    let now = DateTime::from_timestamp_secs(minute * 60).unwrap_or(at.now);
    let base = at.venue.path("/orders");
    let known = fresh::marks(&orders);
    let listing = Listing {
        lang,
        settings: at.venue.path("/settings/integrations/iiko"),
        iiko_is_on: ground.iiko_is_on,
        narrowed: asked.is_narrowed(),
        fresh: fresh(asked, known.clone(), &base),
        older: orders.last().filter(|_| more).map(|last| asked.after_order(last).href(&base)),
        rows: orders.into_iter().map(|order| row(at, now, order, &base)).collect(),
        asked: asked.clone(),
        base,
    };
    let listing = Piece::of(listing.render().map_err(|cause| Error::Internal(Box::new(cause)))?);
    Ok(drawn::keep(look, Drawn { ground, listing, known }))
}

/// The orders of a page, and whether there are more.
fn first(ground: &Ground) -> Result<(Vec<Listed>, bool)> {
    let mut orders = shown::read(&ground.orders)?;
    let more = orders.len() as i64 > SIZE;
    orders.truncate(SIZE as usize);
    Ok((orders, more))
}

fn row(at: &At<View>, now: Timestamp, order: Listed, base: &str) -> Row {
    let lang = at.lang();
    Row {
        name: fresh::name(&order),
        href: format!("{base}/{}", order.id),
        opened: When::of(order.opened_at, now, at.venue.zone(), lang),
        icon: icon_of(order.kind()),
        place: said_place(&order, at.may(Permission::Guests), lang),
        who: if order.kind() == Kind::Table {
            order.waiter.clone()
        } else {
            said_guest(&order, at.may(Permission::Guests))
        },
        status: Badge::of_order(&order, lang),
        payment: Badge::of_payment(&order, lang),
        sum: order.sum,
        trouble: said_trouble(&order, lang),
        number: match order.number {
            number if number.is_empty() => say!(lang, "order-without-number"),
            number => number,
        },
        fresh: false,
        oob: false,
        under: String::new(),
    }
}

/// «Заказ № 12»; one without a number yet says so.
pub fn said_number(number: &str, lang: Lang) -> String {
    match number {
        "" => say!(lang, "order-without-number"),
        number => say!(lang, "order-titled", number = number),
    }
}

/// Where it goes; of a pickup, that it is one. A guest's address only for those who may deliver it.
pub fn said_place(order: &Listed, whole: bool, lang: Lang) -> String {
    match (order.kind(), order.place.as_str()) {
        (Kind::Courier, _) if !whole => say!(lang, "order-kind-courier"),
        (_, place) if !place.is_empty() => place.to_owned(),
        (Kind::Table, _) => say!(lang, "order-table-unknown"),
        (Kind::Courier, _) => say!(lang, "order-kind-courier"),
        (Kind::Pickup, _) => say!(lang, "order-kind-pickup"),
    }
}

/// The guest's name and phone; the phone whole only for those who may call.
pub fn said_guest(order: &Listed, whole: bool) -> String {
    let phone = Phone::typed(&order.phone)
        .map(|phone| if whole { phone.to_string() } else { phone.masked() })
        .unwrap_or_default();
    [order.guest.as_str(), phone.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

pub fn said_trouble(order: &Listed, lang: Lang) -> String {
    if order.trouble.is_empty() {
        String::new()
    } else {
        lang.word(&format!("order-trouble-{}", order.trouble))
    }
}

fn tabs(asked: &Asked, base: &str, lang: Lang) -> Vec<Tab> {
    let tab = |word: &str, label: String| Tab {
        label,
        href: Asked { tab: word.to_owned(), after: String::new(), ..asked.clone() }.href(base),
        here: asked.tab == word,
    };
    vec![
        tab("", say!(lang, "orders-tab-all")),
        tab("table", say!(lang, "orders-tab-table")),
        tab("courier", say!(lang, "orders-tab-courier")),
        tab("pickup", say!(lang, "orders-tab-pickup")),
        tab("trouble", say!(lang, "orders-tab-trouble")),
    ]
}

fn choice(name: &'static str, chosen: &str, lang: Lang, words: &[&str]) -> Choice {
    let said = |word: &&str| ((*word).to_owned(), lang.word(&format!("order-{name}-{word}")));
    Choice {
        name,
        label: lang.word(&format!("orders-{name}")),
        options: words.iter().map(said).collect(),
        chosen: chosen.to_owned(),
        placeholder: lang.word(&format!("orders-{name}-any")),
        hide_label: true,
        ..Choice::default()
    }
}
