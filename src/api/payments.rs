//! `POST /api/v1/payments`: a guest has paid, the till is to have it. `GET /api/v1/payments/{payment}`: how it stands.
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::scope::Payments;
use crate::error::Error;
use crate::money::Kopecks;
use crate::orders::kind::Kind;
use crate::orders::order;
use crate::posting::intent::{self, Intent, New};
use crate::posting::{share, work};

/// Longest id of a payment provider, characters.
const LONGEST: usize = 100;

/// What the acquirer tells. An unknown field is an error: a misspelt one would be money lost in silence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    /// Ours, of the bill.
    order: Uuid,
    /// Kopecks, without tips.
    amount: i64,
    /// The provider's own id of the captured payment: told twice it is one payment.
    payment_id: String,
}

pub async fn report(who: Result<Caller<Payments>, Fault>, req: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&req, told(who, &body).await)
}

async fn told(who: Result<Caller<Payments>, Fault>, body: &[u8]) -> Result<Value, Fault> {
    let who = who?;
    let report: Report =
        serde_json::from_slice(body).map_err(|cause| Fault::new("unreadable", cause.to_string()))?;
    if !(1..=1_000_000_000_000).contains(&report.amount) {
        return Err(Fault::new("wrong_field", "amount"));
    }
    let id = report.payment_id.trim();
    if id.is_empty() || id.chars().count() > LONGEST || id.chars().any(char::is_control) {
        return Err(Fault::new("wrong_field", "payment_id"));
    }
    let mut tx = who.db.begin().await?;
    let order = order::get(&mut tx, who.venue.id, report.order).await?;
    if order.kind() != Kind::Table {
        return Err(Fault::new("conflict", "not_a_table_order"));
    }
    let new = New { order: order.id, psp_payment_id: id, amount: Kopecks(report.amount) };
    let made = intent::report(&mut tx, who.venue.id, &new, who.now).await.map_err(|cause| match cause {
        Error::Conflict("posting-told-otherwise") => Fault::new("conflict", "payment_id"),
        cause => cause.into(),
    })?;
    // in the same transaction: a payment that is written down is also looked after
    work::ask(&mut tx, who.venue.id).await?;
    let intent = intent::get(&mut tx, who.venue.id, made).await?;
    share::keep(&mut tx, who.venue.id, &intent).await?;
    tx.commit().await?;
    Ok(as_json(&intent))
}

pub async fn show(who: Result<Caller<Payments>, Fault>, req: HttpRequest, path: Path<Uuid>) -> HttpResponse {
    answer(&req, read(who, *path).await)
}

async fn read(who: Result<Caller<Payments>, Fault>, id: Uuid) -> Result<Value, Fault> {
    let who = who?;
    Ok(as_json(&intent::get(&mut who.db.read().await?, who.venue.id, id).await?))
}

fn as_json(intent: &Intent) -> Value {
    json!({
        "id": intent.id,
        "order": intent.order_id,
        "payment_id": intent.psp_payment_id,
        "amount": intent.amount.0,
        "state": intent.state.word(),
        "closing": intent.closing.word(),
        "trouble": intent.trouble,
        "confirmed_at": intent.confirmed_at,
    })
}
