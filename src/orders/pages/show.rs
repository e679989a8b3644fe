//! One order: what is on it, who pays and has paid, where it goes, what happened to it, iiko's own words.
use actix_web::web::Path;
use askama::Template;
use uuid::Uuid;

use crate::integrations::trouble::refusal;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::orders::bill::{Bill, Line};
use crate::orders::kind::Kind;
use crate::orders::order::{self, Happened, Order};
use crate::orders::pages::badge::{Badge, said_status};
use crate::orders::pages::list::{said_guest, said_number, said_place, said_trouble};
use crate::orders::payees::{self, Payee};
use crate::orders::status::Status;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

struct LineRow {
    line: Line,
    status: String,
}

struct Event {
    tone: Tone,
    when: When,
    title: String,
    said: String,
    source: String,
}

#[derive(Template)]
#[template(path = "orders/show.html")]
struct OrderPage {
    shell: Shell,
    order: Order,
    status: Badge,
    payment: Badge,
    place: String,
    guest: String,
    trouble: String,
    /// Why, who mends it, what to do.
    trouble_notes: Vec<String>,
    bill: Bill,
    lines: Vec<LineRow>,
    /// What is still to be paid; none: iiko does not say what was.
    rest: Option<Kopecks>,
    opened: When,
    closed: Option<When>,
    due: Option<When>,
    seen: When,
    table: Option<String>,
    waiter_said: String,
    raw: Option<String>,
    events: Vec<Event>,
    payees: Vec<Payee>,
    /// The part with the guests' payments, and the queue they go through.
    payments: String,
    outbox: String,
    /// What can be done with a delivery; empty: a table's order is kept at the till.
    acts: String,
}

/// `GET /v/{venue}/orders/{order}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let order = order::get(&mut c, at.venue.id, path.1).await?;
    let (mut bill, raw) = order::bill(&mut c, at.venue.id, order.id).await?;
    if !at.may(Permission::Guests) {
        // doors, phones and what else was said on the phone
        bill.comment.clear();
    }
    let history = order::history(&mut c, at.venue.id, order.id).await?;
    let payees = payees::of(&mut c, at.venue.id, &bill, order.sum).await?;
    drop(c);
    let title = said_number(&order.number, lang);
    let waiter = if order.kind() == Kind::Table { "order-waiter" } else { "order-courier" };
    reply::page(&OrderPage {
        shell: at.shell(Room::Orders).under(say!(lang, "nav-orders"), at.venue.path("/orders")).titled(title),
        status: Badge::of_order(&order, lang),
        payment: Badge::of_payment(&order, lang),
        place: said_place(&order, at.may(Permission::Guests), lang),
        guest: said_guest(&order, at.may(Permission::Guests)),
        trouble: said_trouble(&order, lang),
        trouble_notes: notes(&order, &bill, lang),
        lines: bill.lines.iter().map(|line| line_row(line, lang)).collect(),
        rest: order.paid.map(|paid| Kopecks((order.sum.0 - paid.0).max(0))),
        opened: at.when(order.opened_at),
        closed: order.closed_at.map(|when| at.when(when)),
        due: order.due_at.map(|when| at.when(when)),
        seen: at.when(order.seen_at),
        table: order.table_id.map(|id| at.venue.path(&format!("/seating/tables/{id}"))),
        waiter_said: lang.word(waiter),
        // whole phones and addresses are in it
        raw: at.may(Permission::Guests).then(|| pretty(&raw)).filter(|raw| !raw.is_empty()),
        events: history.into_iter().map(|one| event(&at, order.kind(), one)).collect(),
        payments: at.venue.path(&format!("/orders/{}/payments", order.id)),
        outbox: at.venue.path("/outbox"),
        acts: match order.kind() {
            Kind::Table => String::new(),
            _ => at.venue.path(&format!("/orders/{}/acts", order.id)),
        },
        payees,
        bill,
        order,
    })
}

fn notes(order: &Order, bill: &Bill, lang: Lang) -> Vec<String> {
    let key = format!("order-trouble-{}-todo", order.trouble);
    match order.trouble.as_str() {
        "creation_error" if !bill.code.is_empty() => refusal(&bill.code, &bill.cause, lang),
        _ if lang.has(&key) => {
            [bill.cause.clone(), lang.word(&key)].into_iter().filter(|one| !one.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

fn line_row(line: &Line, lang: Lang) -> LineRow {
    let key = format!("order-line-{}", line.status);
    let status = if line.removed { say!(lang, "order-line-removed") } else { String::new() };
    let status = if status.is_empty() && lang.has(&key) { lang.word(&key) } else { status };
    LineRow { line: line.clone(), status }
}

fn pretty(raw: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(raw);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_default()
}

fn event(at: &At<View>, kind: Kind, one: Happened) -> Event {
    let lang = at.lang();
    let money = |text: &str| text.parse().map(|n| Kopecks(n).to_string()).unwrap_or_default();
    let (tone, title, said) = match one.what.as_str() {
        "status" => {
            let status = Status::of_word(&one.became).unwrap_or(Status::New);
            let tone = match status {
                Status::Done => Tone::Good,
                Status::New => Tone::Wait,
                _ => Tone::Neutral,
            };
            (tone, said_status(kind, status, lang), String::new())
        }
        "paid" => (Tone::Good, say!(lang, "order-event-paid"), money(&one.became)),
        "act" => (Tone::Good, lang.word(&format!("acts-did-{}", one.was)), one.became.clone()),
        _ => (
            Tone::Neutral,
            say!(lang, "order-event-sum"),
            format!("{} → {}", money(&one.was), money(&one.became)),
        ),
    };
    Event {
        tone,
        when: at.when(one.at),
        title,
        said,
        source: lang.word(&format!("order-source-{}", one.source)),
    }
}
