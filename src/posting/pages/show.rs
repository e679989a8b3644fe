//! One payment: where it stands, why, what a person may decide, and its timeline.
use actix_web::web::Path;
use askama::Template;
use uuid::Uuid;

use crate::error::Result;
use crate::lang::Lang;
use crate::orders::order::{self, Order};
use crate::orders::payees::Payee;
use crate::posting::decision::Decision;
use crate::posting::event::{self, Event, What};
use crate::posting::intent::{self, Intent, State};
use crate::posting::pages::badge::{Badge, said_trouble};
use crate::posting::share;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, View};
use crate::web::form::{Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

struct Moment {
    tone: Tone,
    when: When,
    title: String,
    said: String,
}

#[derive(Template)]
#[template(path = "posting/show.html")]
struct PaymentPage {
    shell: Shell,
    base: String,
    summary: Option<Summary>,
    intent: Intent,
    order: Order,
    order_href: String,
    badge: Badge,
    why: String,
    todo: String,
    created: When,
    confirmed: Option<When>,
    next: Option<When>,
    may_decide: bool,
    moments: Vec<Moment>,
    payees: Vec<Payee>,
}

/// `GET /v/{venue}/payments/{payment}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default()).await?)
}

/// The page again with what is wrong, 422.
pub async fn again<R: Right>(at: &At<R>, id: Uuid, problems: &Problems) -> Reply {
    reply::again(&page(at, id, problems).await?)
}

async fn page<R: Right>(at: &At<R>, id: Uuid, problems: &Problems) -> Result<PaymentPage> {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let intent = intent::get(&mut c, at.venue.id, id).await?;
    let order = order::get(&mut c, at.venue.id, intent.order_id).await?;
    let events = event::of_intent(&mut c, at.venue.id, id).await?;
    let payees = share::of_intent(&mut c, at.venue.id, id).await?;
    drop(c);
    let todo = format!("posting-why-{}-todo", intent.trouble);
    let waits = matches!(intent.state, State::Waiting | State::Posting | State::Unknown);
    let shell = at.shell(Room::Outbox).under(say!(lang, "nav-outbox"), at.venue.path("/outbox"));
    Ok(PaymentPage {
        shell: shell.titled(say!(lang, "posting-titled", sum = intent.amount.to_string())),
        base: at.venue.path(&format!("/payments/{id}")),
        summary: problems.summary(lang),
        order_href: at.venue.path(&format!("/orders/{}", order.id)),
        badge: Badge::of(intent.state, intent.closing, &intent.trouble, lang),
        why: said_trouble(&intent.trouble, lang),
        todo: if lang.has(&todo) { lang.word(&todo) } else { String::new() },
        created: at.when(intent.created_at),
        confirmed: intent.confirmed_at.map(|when| at.when(when)),
        next: waits.then(|| at.when(intent.next_at)),
        may_decide: intent.state == State::Person && at.may(Permission::Repost),
        moments: events.iter().rev().map(|event| moment(at, event, lang)).collect(),
        payees,
        intent,
        order,
    })
}

fn moment<R: Right>(at: &At<R>, event: &Event, lang: Lang) -> Moment {
    let tone = match event.what {
        What::Confirmed | What::Closed => Tone::Good,
        What::Person | What::CloseFailed => Tone::Trouble,
        What::Waits | What::Ambiguous | What::Refused => Tone::Wait,
        _ => Tone::Neutral,
    };
    Moment {
        tone,
        when: at.when(event.at),
        title: lang.word(&format!("posting-event-{}", event.what.word())),
        said: said(event, lang),
    }
}

/// A word of ours in its sentence, the till's own words as they are.
fn said(event: &Event, lang: Lang) -> String {
    let key = match event.what {
        What::Waits | What::Person | What::CloseFailed => format!("posting-why-{}", event.said),
        What::Sending => format!("posting-method-{}", event.said),
        What::Decided => format!("posting-decision-{}", event.said),
        _ => String::new(),
    };
    if lang.has(&key) { lang.word(&key) } else { event.said.clone() }
}

/// What the page offers, in its order.
pub const DECISIONS: [Decision; 3] = [Decision::OnTheBill, Decision::PostAgain, Decision::ByHand];
