//! What becomes of an event: from the till to the page, what is not believed, what is not ours, the captured ones.
use std::time::Duration;

use maitre::all;
use maitre::clock;
use maitre::sync::orders::Ground;
use maitre::venues::venue;
use maitre::webhooks::apply;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::Fed;
use crate::support::shared;
use crate::support::tied::Tied;
use crate::webhooks::{SECRET, event, hooked, sends};

const PAGE: &str = "/settings/integrations/iiko/webhooks";

/// Events that came, applied by hand, without a line to iiko; how each ended, by `eventType`.
async fn applied(fed: &Fed, body: &str) -> Vec<(String, String)> {
    let events = maitre::webhooks::letter::opened(body.as_bytes());
    let mut tx = fed.db.begin().await.unwrap();
    maitre::webhooks::inbox::keep(&mut tx, fed.venue, &events, clock::now()).await.unwrap();
    let venue = venue::get(&mut tx, fed.venue).await.unwrap();
    let ground = Ground::of(&mut tx, &venue).await.unwrap();
    while apply::batch(&mut tx, fed.venue, &ground, clock::now()).await.unwrap() > 0 {}
    let sql = "SELECT event_type, state FROM webhook_events WHERE venue_id = $1 ORDER BY id";
    let all = all!(&mut tx, (String, String), sql, fed.venue).unwrap();
    tx.commit().await.unwrap();
    all
}

async fn orders(fed: &Fed) -> Vec<(String, String)> {
    let sql = "SELECT number, status FROM orders WHERE venue_id = $1 ORDER BY number";
    all!(&mut fed.db.read().await.unwrap(), (String, String), sql, fed.venue).unwrap()
}

fn said(states: &[(&str, &str)]) -> Vec<(String, String)> {
    states.iter().map(|(kind, state)| ((*kind).to_owned(), (*state).to_owned())).collect()
}

#[actix_web::test]
async fn each_event_ends_as_it_must() {
    let fed = Fed::open().await;
    let mut foreign = event(52, 1_000, "New");
    foreign["organizationId"] = json!(Uuid::from_u128(99));
    let mut paid = event(53, 1_000, "Bill");
    paid["eventInfo"]["order"]["processedPaymentsSum"] = json!(50);
    let mut half = event(54, 1_000, "New");
    half["eventInfo"]["order"]["sum"] = json!(1.005);
    let mut early = event(55, 1_000, "New");
    early["eventInfo"]["order"] = Value::Null;
    early["eventInfo"]["creationStatus"] = json!("InProgress");
    let tomorrow = (clock::now() + chrono::TimeDelta::days(1)).timestamp_millis();
    let stops = json!({"eventType": "PersonalShift", "organizationId": Uuid::from_u128(7), "eventInfo": {}});
    let fresh = json!({"eventType": "KitchenOrderUpdate", "organizationId": Uuid::from_u128(7)});
    let void =
        json!({"eventType": "TableOrderUpdate", "organizationId": Uuid::from_u128(7), "eventInfo": null});
    let body = json!([
        event(51, 2_000, "Bill"),
        event(51, 1_000, "New"),
        event(51, 3_000, "Closed"),
        foreign,
        paid,
        half,
        early,
        event(56, tomorrow, "New"),
        stops,
        fresh,
        void,
        7,
    ]);
    let states = applied(&fed, &body.to_string()).await;
    let table = "TableOrderUpdate";
    let expected = [
        (table, "applied"),
        (table, "older"),
        (table, "asking"),
        (table, "foreign"),
        (table, "asking"),
        (table, "unread"),
        (table, "empty"),
        (table, "asking"),
        ("PersonalShift", "kept"),
        ("KitchenOrderUpdate", "kept"),
        (table, "empty"),
        ("", "unread"),
    ];
    assert_eq!(states, said(&expected));
    // an end and a payment wait for iiko's own answer; what is of tomorrow or of another organization is not shown at all
    assert_eq!(orders(&fed).await, said(&[("51", "cooked")]));
    let sql = "SELECT about, audience FROM order_notices WHERE venue_id = $1 ORDER BY id";
    let told = all!(&mut fed.db.read().await.unwrap(), (String, String), sql, fed.venue).unwrap();
    assert_eq!(told, said(&[]), "it came with the bill on it: the waiter knows");
}

#[actix_web::test]
async fn a_delivery_is_on_the_page_without_a_look_and_a_forged_end_does_not_stay() {
    let tied = Tied::open().await;
    let events = {
        let mut world = tied.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (20, 0);
        world.first().id
    };
    tied.owner
        .sends(
            PAGE,
            ["delivery-status-Unconfirmed", "delivery-status-OnWay", "delivery-status-Closed"]
                .map(|tick| ("tick", tick)),
        )
        .await
        .says("Записано в iiko");
    tied.pulls("delivery-new", json!({"name": "Анна", "phone": "+79161234567"})).await;
    assert!(waits(&tied, "Новый").await, "the event brought it");
    let order = tied.panel.till().world().first().deliveries[0].id;
    tied.pulls("delivery-status", json!({"delivery": order, "status": "OnWay"})).await;
    assert!(waits(&tied, "Отправлен").await);
    let inbox = tied.owner.opens(&format!("{PAGE}/inbox")).await;
    inbox.answers(200).says("Доставка изменилась").says("Применено");
    // somebody who learned the secret tells that it is over
    let hook = hooked(&tied.panel.db, tied.owner.venue.unwrap(), tied.owner.id).await;
    let version = clock::now().timestamp_millis() + 1_000;
    let mut forged = event(1, version, "Cancelled");
    forged["eventType"] = json!("DeliveryOrderUpdate");
    forged["organizationId"] = json!(events);
    forged["eventInfo"]["id"] = json!(order);
    forged["eventInfo"]["organizationId"] = json!(events);
    let answer = sends(&tied.panel.url, hook, SECRET, json!([forged]).to_string()).await;
    assert_eq!(answer.status(), 200);
    for _ in 0..300 {
        let inbox = tied.owner.opens(&format!("{PAGE}/inbox")).await.text();
        if inbox.contains("Перечитано в iiko") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tied.owner.opens(&format!("{PAGE}/inbox")).await.says("Перечитано в iiko");
    assert!(waits(&tied, "Отправлен").await, "iiko's own answer is shown");
    tied.panel.close().await;
}

/// Whether the list comes to show the only order in this status.
async fn waits(tied: &Tied, status: &str) -> bool {
    for _ in 0..300 {
        let list = tied.owner.opens("/orders").await;
        if list.every("tbody .badge").iter().any(|badge| badge == status) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}

#[actix_web::test]
async fn an_event_is_read_and_applied_once_more_by_hand() {
    let tied = Tied::open().await;
    let venue = tied.owner.venue.unwrap();
    let hook = hooked(&tied.panel.db, venue, tied.owner.id).await;
    let mut odd = event(51, 1_000, "New");
    odd["organizationId"] = json!(Uuid::from_u128(99));
    sends(&tied.panel.url, hook, SECRET, json!([odd, "<script>alert(1)</script>"]).to_string()).await;
    for _ in 0..600 {
        let page = tied.owner.opens(&format!("{PAGE}/inbox?show=odd")).await;
        if page.every("tbody tr").len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let page = tied.owner.opens(&format!("{PAGE}/inbox?show=odd")).await;
    page.says("Чужая организация").says("Не прочиталось");
    let href = page.attributes("tbody th a", "href").pop().unwrap();
    let shown = tied.owner.opens(&href).await;
    shown.answers(200).says("Событие другой организации iiko").says("\"TableOrderUpdate\"");
    tied.owner.sends(&format!("{href}/replay"), []).await.answers(200).says("Поставлено в очередь");
    // of another venue it is not there
    let other = tied.panel.venue("Вишня").await;
    let stranger = tied.panel.owner_of(other).await;
    let id = href.rsplit('/').next().unwrap();
    stranger.opens(&format!("{PAGE}/inbox/{id}")).await.answers(404);
    stranger.posts(&format!("{PAGE}/inbox/{id}/replay"), []).await.answers(404);
    tied.panel.close().await;
}

#[actix_web::test]
async fn captured_events_are_read_as_they_are() {
    let folder = [
        "webhooks/delivery-order-update-closed-2024-11.json",
        "synthetic/webhooks-one-of-each-type.json",
        "synthetic/webhooks-awkward.json",
    ];
    for name in folder {
        let Some(path) = shared::file(&format!("iiko/samples/{name}")) else { return };
        let fed = Fed::open().await;
        let text = std::fs::read_to_string(path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let sent = value.as_array().map_or(1, Vec::len);
        let organization = value.pointer("/0/organizationId").or(value.pointer("/organizationId")).unwrap();
        let text = text.replace(organization.as_str().unwrap(), &Uuid::from_u128(7).to_string());
        let states = applied(&fed, &text).await;
        println!("{name}: {states:?}");
        assert!(states.len() <= sent && !states.is_empty(), "each is kept, repeats once");
        let unread = states.iter().filter(|(_, state)| state == "unread").count();
        assert_eq!(unread, 0, "{name}: {states:?}");
        assert!(states.iter().all(|(_, state)| state != "waiting"));
        let expected = if name.contains("closed") { ("asking", 0) } else { ("applied", 1) };
        assert!(states.iter().any(|(_, state)| state == expected.0), "{name}: {states:?}");
        assert!(orders(&fed).await.len() >= expected.1, "{name}");
    }
}
