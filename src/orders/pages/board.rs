//! The board: orders by status, for a phone or a screen on the wall. Looks again by itself; a new order calls until somebody
//! says «Видел».
use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::accounts::audit;
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::orders::board::{self, Seen};
use crate::orders::kind::Kind;
use crate::orders::order::Order;
use crate::orders::pages::badge::{Badge, icon_of, said_status};
use crate::orders::pages::list::{said_place, said_trouble};
use crate::orders::status::Status;
use crate::part;
use crate::say;
use crate::secret::hex;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, Serve, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

#[derive(Default, Deserialize)]
pub struct Asked {
    /// `delivery` or `table`; empty: both.
    #[serde(default)]
    show: String,
    /// What the screen shows already.
    #[serde(default)]
    known: String,
}

struct Card {
    href: String,
    number: String,
    icon: &'static str,
    place: String,
    /// «12 мин»
    waits: String,
    late: bool,
    calls: bool,
    sum: Kopecks,
    payment: Badge,
    trouble: String,
}

struct Column {
    said: String,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "orders/_columns.html")]
struct Columns {
    lang: Lang,
    token: String,
    base: String,
    show: String,
    known: String,
    calling: usize,
    may_serve: bool,
    seen: String,
    columns: Vec<Column>,
}
part!(Columns);

#[derive(Template)]
#[template(path = "orders/board.html")]
struct BoardPage {
    shell: Shell,
    base: String,
    show: String,
    columns: Columns,
}

/// `GET /v/{venue}/orders/board?show=delivery`: the page; for htmx the columns, or nothing when they are known.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let columns = drawn(&at, &mut *at.db.snapshot().await?, &asked.show).await?;
    if at.visitor.wants_part {
        if columns.known == asked.known {
            return Ok(HttpResponse::NoContent().finish());
        }
        return reply::page(&columns);
    }
    let lang = at.lang();
    reply::page(&BoardPage {
        shell: at
            .shell(Room::Orders)
            .under(say!(lang, "nav-orders"), at.venue.path("/orders"))
            .titled(say!(lang, "board-title")),
        base: at.venue.path("/orders/board"),
        show: columns.show.clone(),
        columns,
    })
}

/// `POST /v/{venue}/orders/board/acknowledgement`.
pub async fn acknowledge(at: At<Serve>, fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    board::acknowledge(&mut tx, at.venue.id, (at.person.id, at.now)).await?;
    audit::note(&mut tx, at.deed("order.acknowledged")).await?;
    tx.commit().await?;
    let show = if fields.text("show").is_empty() { "" } else { "?show=delivery" };
    let back = at.venue.path(&format!("/orders/board{show}"));
    Ok(flash::see(&back, Tone::Good, &say!(at.lang(), "board-acknowledged")))
}

async fn drawn<R: Right>(at: &At<R>, c: &mut Conn, show: &str) -> Result<Columns> {
    let (orders, seen) = (board::open(c, at.venue.id).await?, board::seen(c, at.venue.id).await?);
    let lang = at.lang();
    let show = if matches!(show, "delivery" | "table") { show } else { "" };
    let orders: Vec<Order> = orders
        .into_iter()
        .filter(|order| show.is_empty() || (show == "table") == (order.kind() == Kind::Table))
        .collect();
    let calling = orders.iter().filter(|order| board::calls(order, seen.as_ref())).count();
    let known = known(&orders, seen.as_ref(), at.now);
    let column = |status: Status| {
        let kind = if status == Status::Cooked { Kind::Pickup } else { Kind::Courier };
        let cards = orders.iter().filter(|order| order.status() == status);
        Column {
            said: said_status(kind, status, lang),
            cards: cards.map(|order| card(at, order, seen.as_ref())).collect(),
        }
    };
    let statuses = [Status::New, Status::Confirmed, Status::Cooking, Status::Cooked, Status::Sent];
    Ok(Columns {
        lang,
        token: at.visitor.token.clone(),
        base: at.venue.path("/orders/board"),
        show: show.to_owned(),
        known,
        calling,
        may_serve: at.may(Permission::Serve),
        seen: seen.as_ref().map_or_else(String::new, |seen| {
            say!(lang, "board-seen", name = seen.seen_by_name.as_str(), when = at.when(seen.seen_at).said)
        }),
        columns: statuses.into_iter().map(column).collect(),
    })
}

/// A mark of everything that is drawn; how long each waits changes with the minute.
fn known(orders: &[Order], seen: Option<&Seen>, now: Timestamp) -> String {
    let mut sum = Sha256::new();
    sum.update((now.timestamp() / 60).to_le_bytes());
    sum.update(seen.map_or(0, |seen| seen.seen_at.timestamp_millis()).to_le_bytes());
    for order in orders {
        sum.update(order.id);
        sum.update(order.version.to_le_bytes());
        sum.update(order.trouble.as_bytes());
    }
    hex(sum.finalize().get(..8).unwrap_or_default())
}

fn card<R: Right>(at: &At<R>, order: &Order, seen: Option<&Seen>) -> Card {
    let lang = at.lang();
    let minutes = (at.now - order.opened_at).num_minutes().max(0);
    Card {
        href: at.venue.path(&format!("/orders/{}", order.id)),
        number: order.number.clone(),
        icon: icon_of(order.kind()),
        place: said_place(order, at.may(Permission::Guests), lang),
        waits: if minutes < 60 {
            say!(lang, "board-minutes", n = minutes)
        } else {
            let (hours, rest): (i64, i64) = (minutes / 60, minutes % 60);
            say!(lang, "board-hours", h = hours, m = rest)
        },
        late: order.due_at.is_some_and(|due| due < at.now),
        calls: board::calls(order, seen),
        sum: order.sum,
        payment: Badge::of_payment(order, lang),
        trouble: said_trouble(order, lang),
    }
}
