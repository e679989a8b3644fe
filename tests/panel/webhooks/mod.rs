//! What iiko tells by itself.
//!
//! - `form` iikoWeb's form, written and proven · `door` who may come in · `events` what becomes of an event, from the till to
//!   the page · `flood` many, in any order, with losses, and with the process killed
mod door;
mod events;
mod flood;
mod form;

use std::collections::BTreeSet;

use maitre::clock;
use maitre::db::conn::Db;
use maitre::webhooks::hook::{self, Offer};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use uuid::Uuid;

pub const SECRET: &str = "secret-of-ours-0123456789";

/// A venue's address, made without iiko.
pub async fn hooked(db: &Db, venue: Uuid, by: Uuid) -> Uuid {
    let offer = Offer { public_id: Uuid::new_v4(), token: SECRET.to_owned(), boxes: BTreeSet::new() };
    let mut tx = db.begin().await.unwrap();
    hook::keep(&mut tx, venue, &offer, (by, clock::now())).await.unwrap();
    tx.commit().await.unwrap();
    offer.public_id
}

/// iiko sends this body.
pub async fn sends(url: &str, hook: Uuid, said: &str, body: impl Into<reqwest::Body>) -> Response {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client.post(format!("{url}/webhooks/iiko/{hook}")).header("authorization", said);
    request.body(body).send().await.unwrap()
}

/// An event of a table order of the organization `7`.
pub fn event(n: u128, version: i64, status: &str) -> Value {
    json!({"eventType": "TableOrderUpdate", "eventTime": "2026-11-23 17:00:00.000",
        "organizationId": Uuid::from_u128(7), "correlationId": Uuid::from_u128(n * 1_000),
        "eventInfo": {"id": Uuid::from_u128(n), "posId": null, "organizationId": Uuid::from_u128(7),
            "timestamp": version, "creationStatus": "Success", "errorInfo": null,
            "order": {"tableIds": [], "status": status, "number": n, "sum": 100 + version % 7,
                "processedPaymentsSum": 0, "whenCreated": "2026-11-23 19:20:01.000", "items": [], "payments": []}}})
}
