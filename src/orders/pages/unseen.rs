//! «Заказы, которых не видно»: open checks with products that the export lacks, so guests can neither see nor pay them; per
//! product, how many checks it stands in the way of, and what to do.
use std::collections::BTreeMap;

use askama::Template;

use crate::money::Kopecks;
use crate::orders::order;
use crate::orders::pages::list::said_place;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// Checks of the page: beyond it the cause is one, and the products say it.
const SIZE: i64 = 200;

struct Row {
    href: String,
    number: String,
    place: String,
    waiter: String,
    opened: When,
    sum: Kopecks,
    products: Vec<String>,
}

#[derive(Template)]
#[template(path = "orders/unseen.html")]
struct UnseenPage {
    shell: Shell,
    may_manage: bool,
    sync: String,
    rows: Vec<Row>,
    /// A product's name, and in how many of these checks it is; the most first.
    products: Vec<(String, usize)>,
}

/// `GET /v/{venue}/orders/unseen`.
pub async fn show(at: At<View>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.read().await?;
    let orders = order::unseen(&mut c, at.venue.id, SIZE).await?;
    drop(c);
    let mut blocked: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for (order, bill) in orders {
        let mut products: Vec<String> = bill
            .lines
            .into_iter()
            .filter(|line| line.unexported && !line.removed)
            .map(|line| line.name)
            .collect();
        products.sort();
        products.dedup();
        for name in &products {
            *blocked.entry(name.clone()).or_default() += 1;
        }
        rows.push(Row {
            href: at.venue.path(&format!("/orders/{}", order.id)),
            place: said_place(&order, at.may(Permission::Guests), lang),
            waiter: order.waiter.clone(),
            opened: at.when(order.opened_at),
            sum: order.sum,
            number: order.number.clone(),
            products,
        });
    }
    let mut products: Vec<(String, usize)> = blocked.into_iter().collect();
    products.sort_by_key(|(_, checks)| std::cmp::Reverse(*checks));
    reply::page(&UnseenPage {
        shell: at
            .shell(Room::Orders)
            .under(say!(lang, "nav-orders"), at.venue.path("/orders"))
            .titled(say!(lang, "unseen-title")),
        may_manage: at.may(Permission::Manage),
        sync: at.venue.path("/sync"),
        rows,
        products,
    })
}
