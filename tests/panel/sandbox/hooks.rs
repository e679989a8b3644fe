//! Webhooks of the till: who is told, of what, with which token, and how it goes wrong when ordered.
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::support::schema::check_tape;
use crate::support::till::Till;

type Heard = Arc<Mutex<Vec<(String, Value)>>>;

/// Somebody who listens: the address, and what came with which `Authorization`.
fn ear() -> (String, Heard) {
    let heard = Heard::default();
    let (listener, kept) = (TcpListener::bind(("127.0.0.1", 0)).unwrap(), heard.clone());
    let address = format!("http://{}/iiko", listener.local_addr().unwrap());
    let app = move || App::new().app_data(Data::new(kept.clone())).default_service(web::to(hear));
    rt::spawn(HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run());
    (address, heard)
}

async fn hear(heard: Data<Heard>, asked: HttpRequest, body: Bytes) -> HttpResponse {
    let token = asked.headers().get("authorization").map(|token| token.to_str().unwrap().to_owned());
    let body: Value = serde_json::from_slice(&body).unwrap();
    heard.lock().unwrap().push((token.unwrap_or_default(), body));
    HttpResponse::Ok().finish()
}

/// A till that tells at once, with one check the cloud knows.
async fn till(address: &str) -> (Till, Value) {
    let till = Till::demo().await;
    till.sandbox.tape().keep_whole(8 << 20);
    let (one, terminal) = {
        let mut world = till.sandbox.world();
        (world.commands.delay_ms, world.commands.lag_ms) = (20, 0);
        (world.first().id, world.first().terminals[0].id)
    };
    let filter = json!({"tableOrderFilter": {"orderStatuses": ["New", "Bill"], "errors": true}});
    let wanted = json!({"organizationId": one, "webHooksUri": address, "authToken": "secret-of-ours",
        "webHooksFilter": filter});
    assert_eq!(till.asks("/api/1/webhooks/update_settings", wanted).await.status, 200);
    let check = till.pulls("check-open", json!({"table": "4"})).await;
    let load = json!({"organizationId": one, "terminalGroupId": terminal, "tableIds": [check["table"]]});
    assert_eq!(till.asks("/api/1/order/init_by_table", load).await.status, 200);
    (till, check)
}

async fn waits_for(heard: &Heard, events: usize) -> Vec<(String, Value)> {
    for _ in 0..1500 {
        if heard.lock().unwrap().len() >= events {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    sleep(Duration::from_millis(100)).await;
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), events, "{heard:?}");
    heard
}

#[actix_web::test]
async fn a_change_is_told_with_the_token_to_whom_wanted_it() {
    let (address, heard) = ear();
    let (till, check) = till(&address).await;
    let one = till.organization();
    let first = waits_for(&heard, 1).await[0].clone();
    assert_eq!(first.0, "secret-of-ours");
    let event = &first.1[0];
    assert_eq!((&event["eventType"], &event["organizationId"]), (&json!("TableOrderUpdate"), &json!(one)));
    assert_eq!(
        (&event["eventInfo"]["id"], &event["eventInfo"]["order"]["status"]),
        (&check["check"], &json!("New"))
    );

    till.pulls("hook-bearer", json!({"on": "yes"})).await;
    till.pulls("check-bill", json!({"check": "1"})).await;
    let second = waits_for(&heard, 2).await[1].clone();
    assert_eq!(second.0, "Bearer secret-of-ours");
    assert!(second.1[0]["eventInfo"]["timestamp"].as_i64() > event["eventInfo"]["timestamp"].as_i64());

    let said = till.asks("/api/1/webhooks/settings", json!({"organizationId": one})).await.json();
    assert_eq!((&said["webHooksUri"], &said["authToken"]), (&json!(address), &json!("secret-of-ours")));
    till.pulls("check-delete", json!({"check": "1"})).await;
    sleep(Duration::from_millis(200)).await;
    waits_for(&heard, 2).await;
    let tape = format!("{:?}", till.sandbox.tape().calls().collect::<Vec<_>>());
    assert!(!tape.contains("secret-of-ours"), "a token is a secret");
    let Some(wrong) = check_tape(&till.sandbox.tape()) else { return };
    assert_eq!(wrong, Vec::<String>::new());
}

#[actix_web::test]
async fn events_are_doubled_dropped_and_out_of_order_when_ordered() {
    let (address, heard) = ear();
    let (till, _) = till(&address).await;
    waits_for(&heard, 1).await;
    let adds = async || till.pulls("check-add", json!({"check": "1", "item": "Наполеон"})).await;
    till.pulls("hook-duplicate", json!({"times": 1})).await;
    adds().await;
    let twice = waits_for(&heard, 3).await;
    assert_eq!(twice[1], twice[2]);
    till.pulls("hook-drop", json!({"times": 1})).await;
    adds().await;
    sleep(Duration::from_millis(200)).await;
    waits_for(&heard, 3).await;
    till.pulls("hook-reorder", json!({"times": 1})).await;
    adds().await;
    sleep(Duration::from_millis(200)).await;
    adds().await;
    let all = waits_for(&heard, 5).await;
    let version = |at: usize| all[at].1[0]["eventInfo"]["timestamp"].as_i64().unwrap();
    assert!(version(3) > version(4));
}
