//! When bills were last held against our books, and what came of it; asked for by hand, and told by itself while it runs.
use actix_web::HttpResponse;
use askama::Template;

use crate::accounts::audit;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::integrations::trouble::Trouble;
use crate::lang::Lang;
use crate::part;
use crate::posting::reconcile;
use crate::posting::reconciliation::{self, Reconciliation};
use crate::queue::job;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::{Queue, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::Tone;
use crate::web::when::When;

#[derive(Template)]
#[template(path = "posting/_reconciliation.html")]
pub struct Reconciled {
    lang: Lang,
    href: String,
    is_live: bool,
    last: Reconciliation,
    done: Option<When>,
    /// Bills that differ and that nobody has looked into.
    open: i64,
    trouble: Option<Trouble>,
}
part!(Reconciled);

impl Reconciled {
    pub async fn read<R: Right>(c: &mut Conn, at: &At<R>, open: i64) -> Result<Reconciled> {
        let last = reconciliation::of_venue(c, at.venue.id).await?;
        let trouble = |code: &String| Trouble::of(at.lang(), code, &last.fault_said, None);
        Ok(Reconciled {
            lang: at.lang(),
            href: path(at),
            is_live: job::is_live(c, at.venue.id, reconcile::JOB).await?,
            done: last.done_at.map(|when| at.when(when)),
            trouble: last.fault.as_ref().map(trouble),
            open,
            last,
        })
    }
}

fn path<R: Right>(at: &At<R>) -> String {
    at.venue.path("/outbox/reconciliation")
}

/// `GET /v/{venue}/outbox/reconciliation`: htmx asks for the line alone while one runs; by hand, the queue.
pub async fn show(at: At<View>) -> Reply {
    if !at.visitor.wants_part {
        return Ok(reply::see(&at.venue.path("/outbox")));
    }
    let part = Reconciled::read(&mut at.db.read().await?, &at, 0).await?;
    if !part.is_live {
        // it is over: the page shows what came of it
        return Ok(HttpResponse::Ok().insert_header(("hx-refresh", "true")).finish());
    }
    reply::page(&part)
}

/// `POST /v/{venue}/outbox/reconciliation`.
pub async fn ask(at: At<Queue>, _fields: Fields) -> Reply {
    if !at.venue.iiko_is_on() {
        return Err(Error::Conflict("iiko-no-key"));
    }
    let mut tx = at.db.begin().await?;
    reconcile::ask(&mut tx, at.venue.id).await?;
    audit::note(&mut tx, at.deed("reconciliation.asked")).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/outbox"), Tone::Good, &say!(at.lang(), "reconcile-asked")))
}
