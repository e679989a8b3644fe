//! `GET /api/v1/tables`: where guests may sit. `GET /api/v1/tables/{table}/bill`: what is open there, asked of the till now.
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::orders::as_json;
use crate::api::scope::Tables;
use crate::error::Error;
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::link::Link;
use crate::orders::{list, order};
use crate::posting::queue;
use crate::seating::{code, hall, table};
use crate::secret::Seal;
use crate::sync::watch;

pub async fn list(who: Result<Caller<Tables>, Fault>, req: HttpRequest) -> HttpResponse {
    answer(&req, read(who).await)
}

async fn read(who: Result<Caller<Tables>, Fault>) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.snapshot().await?;
    let halls = hall::of_venue(&mut c, who.venue.id).await?;
    let codes = code::of_venue(&mut c, who.venue.id).await?;
    let tables = table::of_venue(&mut c, who.venue.id).await?;
    drop(c);
    let rows = tables.iter().filter(|table| table.is_shown()).filter_map(|table| {
        let hall = halls.iter().find(|hall| hall.id == table.hall_id && hall.is_shown())?;
        let code = codes.iter().find(|code| code.table_id == table.id).map(|code| code.token.as_str());
        Some(json!({ "id": table.id, "hall": hall.label(), "number": table.number, "name": table.named(),
                     "code": code }))
    });
    Ok(json!({ "tables": rows.collect::<Vec<_>>() }))
}

/// `{table}` is a table's id, or the mark of its printed code.
pub async fn bill(
    who: Result<Caller<Tables>, Fault>,
    req: HttpRequest,
    path: Path<String>,
    (seal, gate): (Data<Seal>, Data<Gate>),
) -> HttpResponse {
    answer(&req, look(who, &path, &seal, &gate).await)
}

async fn look(
    who: Result<Caller<Tables>, Fault>,
    mark: &str,
    seal: &Seal,
    gate: &Gate,
) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.read().await?;
    let codes = code::of_venue(&mut c, who.venue.id).await?;
    let by_code = codes.iter().find(|code| code.token == mark).map(|code| code.table_id);
    let id = by_code.or_else(|| mark.parse::<Uuid>().ok()).ok_or(Error::NotFound("table"))?;
    let table = table::get(&mut c, who.venue.id, id).await?;
    let link = Link::open(&mut c, seal, gate, who.venue.id).await?.for_page();
    drop(c);
    watch::table(&who.db, &link, who.venue.id, table.iiko_id).await??;
    let mut c = who.db.snapshot().await?;
    let open = list::open_at(&mut c, who.venue.id, table.id).await?;
    let mut orders = Vec::new();
    // what iiko did not tell of just now is not what stands on the table
    for order in open.into_iter().filter(|order| order.trouble != "missed") {
        let (bill, _) = order::bill(&mut c, who.venue.id, order.id).await?;
        let pending = queue::pending(&mut c, who.venue.id, order.id).await?;
        orders.push(as_json(&order, &bill, pending));
    }
    Ok(json!({ "table": table.id, "orders": orders, "at": who.now }))
}
