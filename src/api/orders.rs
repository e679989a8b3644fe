//! `POST /api/v1/orders`: an order for delivery or pickup. `GET /api/v1/orders/{order}`: one order as it was read last. Sums
//! are kopecks, times RFC 3339.
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::scope::{Orders, Placing};
use crate::db::conn::Conn;
use crate::money::Kopecks;
use crate::orders::bill::Bill;
use crate::orders::order::{self, Order};
use crate::placing::draft::Draft;
use crate::placing::place::place;
use crate::posting::queue;

pub async fn create(who: Result<Caller<Placing>, Fault>, req: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&req, placed(who, &body).await)
}

async fn placed(who: Result<Caller<Placing>, Fault>, body: &[u8]) -> Result<Value, Fault> {
    let who = who?;
    let draft: Draft =
        serde_json::from_slice(body).map_err(|cause| Fault::new("unreadable", cause.to_string()))?;
    let mut tx = who.db.begin().await?;
    let id = place(&mut tx, &who.venue, draft, who.now).await??;
    let order = one(&mut tx, who.venue.id, id).await?;
    tx.commit().await?;
    Ok(order)
}

pub async fn show(who: Result<Caller<Orders>, Fault>, req: HttpRequest, path: Path<Uuid>) -> HttpResponse {
    answer(&req, read(who, *path).await)
}

async fn read(who: Result<Caller<Orders>, Fault>, id: Uuid) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.snapshot().await?;
    Ok(one(&mut c, who.venue.id, id).await?)
}

async fn one(c: &mut Conn, venue: Uuid, id: Uuid) -> crate::error::Result<Value> {
    let order = order::get(c, venue, id).await?;
    let (bill, _) = order::bill(c, venue, id).await?;
    let pending = queue::pending(c, venue, id).await?;
    Ok(as_json(&order, &bill, pending))
}

/// `rest` is null where the till does not say what was paid: it may not be asked of a guest then. What other guests have paid
/// and the till does not surely have yet is `pending`, and not asked for twice. `payable` is false where the export lacks
/// something on the bill, or iiko does not show the order any more. `creation` says whether the till has taken it.
pub fn as_json(order: &Order, bill: &Bill, pending: Kopecks) -> Value {
    let rest = |paid: Kopecks| (order.sum.0 - paid.0 - pending.0).max(0);
    let lines = bill.lines.iter().filter(|line| !line.removed).map(|line| {
        json!({ "name": line.name, "amount": line.amount, "sum": line.sum.0, "modifiers": line.modifiers })
    });
    json!({
        "id": order.id,
        "number": order.number,
        "kind": order.kind,
        "status": order.status,
        "creation": order.creation,
        "cause": bill.cause,
        "sum": order.sum.0,
        "paid": order.paid.map(|paid| paid.0),
        "pending": pending.0,
        "rest": order.paid.map(rest),
        "payable": order.trouble.is_empty() && !order.status().is_over() && order.creation == "success",
        "opened_at": order.opened_at,
        "due_at": order.due_at,
        "version": order.version,
        "lines": lines.collect::<Vec<_>>(),
        "discounts": bill.discounts.iter().map(|off| json!({ "name": off.name, "sum": off.sum.0 })).collect::<Vec<_>>(),
    })
}
