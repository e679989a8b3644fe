//! An order's payments, for its page: asked for by the browser, so that orders need not know of the queue.
use actix_web::web::Path;
use askama::Template;
use uuid::Uuid;

use crate::lang::Lang;
use crate::money::Kopecks;
use crate::orders::order;
use crate::part;
use crate::posting::difference;
use crate::posting::pages::badge::{Badge, said_trouble};
use crate::posting::pages::differences::Differences;
use crate::posting::queue;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::View;
use crate::web::reply::{self, Reply};
use crate::web::when::When;

struct Row {
    href: String,
    amount: Kopecks,
    badge: Badge,
    why: String,
    created: When,
}

#[derive(Template)]
#[template(path = "posting/_beside.html")]
struct Beside {
    lang: Lang,
    rows: Vec<Row>,
    differences: Differences,
}
part!(Beside);

/// `GET /v/{venue}/orders/{order}/payments`: the part alone; asked for by hand, the order's page.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let order = order::get(&mut c, at.venue.id, path.1).await?;
    if !at.visitor.wants_part {
        return Ok(reply::see(&at.venue.path(&format!("/orders/{}", order.id))));
    }
    let rows = queue::of_order(&mut c, at.venue.id, order.id).await?;
    let differences = difference::of_order(&mut c, at.venue.id, order.id).await?;
    drop(c);
    let row = |row: queue::Row| Row {
        href: at.venue.path(&format!("/payments/{}", row.id)),
        amount: row.amount,
        badge: Badge::of(row.state, row.closing, &row.trouble, lang),
        why: said_trouble(&row.trouble, lang),
        created: at.when(row.created_at),
    };
    reply::page(&Beside {
        lang,
        rows: rows.into_iter().map(row).collect(),
        differences: Differences::of(&at, differences),
    })
}
