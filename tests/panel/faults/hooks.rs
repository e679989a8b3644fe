//! What iiko tells by itself, told twice, late, not at all, of somebody else, of yesterday, by a stranger: what is shown ends as
//! it is at the till, and no word of it moves money.
use std::time::{Duration, Instant};

use maitre::{all, one};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::faults::house::House;
use crate::faults::report::Report;
use crate::webhooks::{SECRET, event, hooked, sends};

const FORM: &str = "/settings/integrations/iiko/webhooks";

async fn shown(house: &House) -> Vec<String> {
    let sql = "SELECT status FROM orders WHERE venue_id = $1 AND kind <> 'table' ORDER BY opened_at, number";
    let mut c = house.t.panel.db.read().await.unwrap();
    all!(&mut c, (String,), sql, house.venue()).unwrap().into_iter().map(|(status,)| status).collect()
}

async fn stopped(house: &House) -> usize {
    house.t.owner.opens("/menu?show=stopped").await.every(".dish").len()
}

/// Waits for it, five seconds at most.
async fn comes(meets: impl AsyncFn() -> bool) -> (bool, Duration) {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(15) {
        if meets().await {
            return (true, began.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    (false, began.elapsed())
}

#[actix_web::test]
async fn whatever_is_wrong_with_what_iiko_tells_the_page_ends_as_the_till_is() {
    let house = House::open(1).await;
    let mut report = Report::default();
    let ticks = ["delivery-status-Unconfirmed", "delivery-status-OnWay", "stops-flag-updates"];
    house.t.owner.sends(FORM, ticks.map(|tick| ("tick", tick))).await.says("Записано в iiko");
    house.t.panel.till().world().first().stops.clear();
    let sends = [
        ("F25 twice", "hook-duplicate"),
        ("F26 in another order", "hook-reorder"),
        ("F27 lost", "hook-drop"),
    ];
    for (before, (name, lever)) in sends.into_iter().enumerate() {
        let sent = before + 1;
        house.t.pulls("delivery-new", json!({"name": "Анна", "phone": "+79161234567"})).await;
        let id = house.t.panel.till().world().first().deliveries[before].id;
        house.t.pulls(lever, json!({"times": 1})).await;
        house.t.pulls("delivery-status", json!({"delivery": id, "status": "OnWay"})).await;
        house.t.pulls("calm", json!({})).await;
        if lever == "hook-drop" {
            house.well(House::looks).await;
        }
        let (came, took) =
            comes(async || shown(&house).await.iter().filter(|one| *one == "sent").count() == sent).await;
        report.cell(&format!("{name} × orders"), (if came { "goes" } else { "stays" }, "goes"), took);
        house.t.pulls(lever, json!({"times": 1})).await;
        house.t.pulls("stop", json!({"product": "00243"})).await;
        house.t.pulls("calm", json!({})).await;
        if lever == "hook-drop" {
            house.well(House::stops).await;
        }
        let (came, took) = comes(async || stopped(&house).await == 1).await;
        report.cell(&format!("{name} × stop list"), (if came { "goes" } else { "stays" }, "goes"), took);
        house.t.pulls("unstop", json!({"product": "00243"})).await;
        house.well(House::stops).await;
    }
    strangers(&house, &mut report).await;
    for fault in ["F25", "F26", "F27", "F28", "F29", "F30"] {
        for deed in ["sync", "test connection"] {
            report.none(&format!("{fault} × {deed}"), "no event is read by it");
        }
    }
    house.t.panel.close().await;
    report.ends("what iiko tells");
}

/// Words that are not to be believed, each of a payment that somebody has made on our order.
async fn strangers(house: &House, report: &mut Report) {
    let hook = hooked(&house.t.panel.db, house.venue(), house.t.owner.id).await;
    let organization = house.t.panel.till().world().first().id;
    house.t.pulls("till-away", json!({})).await;
    let payment = house.pays(0).await;
    house.first_word(&payment).await;
    let known = house.known().await;
    let about = {
        let mut c = house.t.panel.db.read().await.unwrap();
        one!(&mut c, (Uuid,), "SELECT iiko_id FROM orders WHERE id = $1", house.checks[0].0).unwrap().0
    };
    let forged = |organization: Uuid, version: i64| {
        let mut told: Value = event(1, version, "Closed");
        told["organizationId"] = json!(organization);
        told["eventInfo"]["id"] = json!(about);
        told["eventInfo"]["organizationId"] = json!(organization);
        told["eventInfo"]["order"]["processedPaymentsSum"] = json!(house.checks[0].2 / 100);
        json!([told, {"eventType": "StopListUpdate", "organizationId": organization, "eventInfo": {}}])
            .to_string()
    };
    let soon = maitre::clock::now().timestamp_millis() + 1_000;
    let cases = [
        ("F28 of another organization", SECRET, forged(Uuid::from_u128(99), soon), 200),
        ("F29 of yesterday", SECRET, forged(organization, 1), 200),
        ("F30 by a wrong token", "somebody-s-token-0123456789", forged(organization, soon), 401),
    ];
    for (name, secret, body, status) in cases {
        let began = Instant::now();
        let answer = sends(&house.t.panel.url, hook, secret, body).await.status().as_u16();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (took, now) = (began.elapsed(), house.known().await);
        let word = if answer == status && now == known { "goes" } else { "believed" };
        report.cell(&format!("{name} × orders"), (word, "goes"), took);
        report.cell(&format!("{name} × stop list"), (word, "goes"), took);
        let state = house.payment(&payment).await["state"].as_str().unwrap().to_owned();
        report.cell(&format!("{name} × payment"), (&state, "waiting"), took);
        report.must(name, house.on_the_till(0).is_empty(), || "money moved".to_owned());
    }
    house.t.pulls("till-back", json!({})).await;
    let (word, _) = house.arrives(&payment, false).await;
    report.must("F28–F30", word == "itself", || word.clone());
    report.must("F28–F30", house.on_the_till(0) == [house.checks[0].2], || "not once".to_owned());
}
