//! How many events are kept a second, durably: one to a letter, and a hundred to a letter.
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use crate::bench::child::{Serving, internal};
use crate::bench::{load, place};
use crate::clock;
use crate::error::Result;
use crate::one;
use crate::webhooks::hook::{self, Offer};

const TIME: Duration = Duration::from_secs(5);
const ORGANIZATION: &str = "00000000-0000-0000-0000-000000000007";
const SECRET: &str = "bench-secret-0123456789";

pub async fn all() -> Result<()> {
    println!(
        "events to a letter   bytes of an event      kept   events a second with {} connections   cpu of an event",
        load::CONNECTIONS
    );
    for letter in [1, 100] {
        let folder = std::env::temp_dir().join(format!("maitre-bench-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).map_err(internal)?;
        let measured = kept(letter, &folder).await;
        let _ = std::fs::remove_dir_all(&folder);
        measured?;
    }
    Ok(())
}

async fn kept(letter: u64, folder: &Path) -> Result<()> {
    let (db, venue, by) = place::fresh(folder).await?;
    let offer = Offer { public_id: Uuid::new_v4(), token: SECRET.to_owned(), boxes: BTreeSet::new() };
    let mut tx = db.begin().await?;
    hook::keep(&mut tx, venue, &offer, (by, clock::now())).await?;
    tx.commit().await?;
    let serving = Serving::open(folder)?;
    let (path, address) = (hook::path(offer.public_id), serving.address.clone());
    let before = serving.cpu();
    let (letters, took) = load::answers(&serving.address, TIME, move |nth| {
        let events: Vec<String> = (0..letter).map(|n| event(nth * letter + n)).collect();
        let body = format!("[{}]", events.join(","));
        format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {SECRET}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    })
    .await?;
    let cpu = serving.cpu() - before;
    let sql = "SELECT CAST(count(*) AS BIGINT) FROM webhook_letters";
    let events = one!(&mut db.read().await?, (i64,), sql)?.0 * letter as i64;
    println!(
        "{letter:>18} {:>19} {events:>9} {:>37.0} {:>14.1} µs",
        event(1).len(),
        (letters * letter) as f64 / took.as_secs_f64(),
        cpu * 1e6 / events as f64
    );
    db.close().await;
    Ok(())
}

/// An event of a delivery with one line.
fn event(nth: u64) -> String {
    let id = Uuid::from_u128(u128::from(nth));
    let version = 1_780_000_000_000_u64 + nth;
    format!(
        r#"{{"eventType":"DeliveryOrderUpdate","eventTime":"2026-11-23 17:00:00.000","organizationId":"{ORGANIZATION}","correlationId":"{id}","eventInfo":{{"id":"{id}","posId":"{id}","externalNumber":"D-1","organizationId":"{ORGANIZATION}","timestamp":{version},"creationStatus":"Success","errorInfo":null,"order":{{"status":"OnWay","number":{nth},"sum":760.0,"processedPaymentsSum":0,"phone":"+79161234567","whenCreated":"2026-11-23 19:20:01.000","completeBefore":"2026-11-23 20:30:00.000","items":[{{"type":"Product","product":{{"id":"{ORGANIZATION}","name":"Пицца"}},"amount":1,"resultSum":760.0,"status":"CookingStarted","deleted":null,"modifiers":[]}}],"payments":[],"discounts":[]}}}}}}"#
    )
}
