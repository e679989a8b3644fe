//! Bills that say something else than our books, one under another, and what a person did about each.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::Error;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::part;
use crate::posting::difference::{self, Difference};
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::{Permission, Queue, Right};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::Reply;
use crate::web::shell::Tone;
use crate::web::when::When;

struct Row {
    href: String,
    order: String,
    order_href: String,
    place: String,
    amount: Kopecks,
    on_bill: i64,
    in_books: i64,
    found: When,
}

#[derive(Template)]
#[template(path = "posting/_differences.html")]
pub struct Differences {
    lang: Lang,
    token: String,
    may_manage: bool,
    rows: Vec<Row>,
}
part!(Differences);

impl Differences {
    pub fn of<R: Right>(at: &At<R>, differences: Vec<Difference>) -> Differences {
        let lang = at.lang();
        let row = |one: Difference| Row {
            href: at.venue.path(&format!("/outbox/differences/{}", one.id)),
            order: match one.number.is_empty() {
                true => say!(lang, "order-without-number"),
                false => format!("№ {}", one.number),
            },
            order_href: at.venue.path(&format!("/orders/{}", one.order_id)),
            found: at.when(one.found_at),
            place: one.place,
            amount: one.amount,
            on_bill: one.on_bill,
            in_books: one.in_books,
        };
        Differences {
            lang,
            token: at.visitor.token.clone(),
            may_manage: at.may(Permission::Queue),
            rows: differences.into_iter().map(row).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// `POST /v/{venue}/outbox/differences/{difference}`: looked into; `on_bill` and `in_books` as they were seen.
pub async fn settle(at: At<Queue>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (lang, outbox) = (at.lang(), at.venue.path("/outbox"));
    let seen = (fields.read("on_bill").unwrap_or(-1), fields.read("in_books").unwrap_or(-1));
    let mut tx = at.db.begin().await?;
    let who = (at.person.id, at.now);
    let settled = match difference::settle(&mut tx, (at.venue.id, path.1), seen, who).await {
        Err(Error::Conflict(why)) => return Ok(flash::see(&outbox, Tone::Trouble, &lang.word(why))),
        settled => settled?,
    };
    let deed = at.deed("difference.settled").object(settled.order_id);
    let after = json!({ "amount": settled.amount, "on_bill": settled.on_bill, "in_books": settled.in_books });
    audit::note(&mut tx, deed.after(after)).await?;
    tx.commit().await?;
    Ok(flash::see(&outbox, Tone::Good, &say!(lang, "difference-settled")))
}
