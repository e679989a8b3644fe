//! `GET /api/v1/orders/{order}`: one order as it was read last. Sums are kopecks, times RFC 3339.
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::scope::Tables;
use crate::money::Kopecks;
use crate::orders::bill::Bill;
use crate::orders::order::{self, Order};
use crate::posting::queue;

pub async fn show(req: HttpRequest, who: Result<Caller<Tables>, Fault>, path: Path<Uuid>) -> HttpResponse {
    answer(&req, read(who, *path).await)
}

async fn read(who: Result<Caller<Tables>, Fault>, id: Uuid) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.snapshot().await?;
    let order = order::get(&mut c, who.venue.id, id).await?;
    let (bill, _) = order::bill(&mut c, who.venue.id, id).await?;
    let pending = queue::pending(&mut c, who.venue.id, id).await?;
    Ok(as_json(&order, &bill, pending))
}

/// `rest` is null where the till does not say what was paid: it may not be asked of a guest then. What other guests have paid
/// and the till does not surely have yet is `pending`, and not asked for twice. `payable` is false where the export lacks
/// something on the bill, or iiko does not show the order any more.
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
        "sum": order.sum.0,
        "paid": order.paid.map(|paid| paid.0),
        "pending": pending.0,
        "rest": order.paid.map(rest),
        "payable": order.trouble.is_empty() && !order.status().is_over(),
        "opened_at": order.opened_at,
        "version": order.version,
        "lines": lines.collect::<Vec<_>>(),
        "discounts": bill.discounts.iter().map(|off| json!({ "name": off.name, "sum": off.sum.0 })).collect::<Vec<_>>(),
    })
}
