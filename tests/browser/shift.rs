//! A shift's evening: iiko is told to tell us, a guest's app places an order that comes up in the list by itself, the shift
//! takes it to its end, and the list follows without being loaded again.
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk, until};

async fn asks(desk: &Desk, path: &str, body: Option<Value>) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/api/v1/{path}", desk.text("panel"));
    let request = body.map_or_else(|| client.get(&url), |body| client.post(&url).json(&body));
    request.bearer_auth(desk.text("api_token")).send().await.unwrap().json().await.unwrap()
}

/// A pickup of the first dish that wants nothing to be chosen.
async fn places(desk: &Desk, number: &str) -> Value {
    let menu = asks(desk, "menu", None).await;
    let plain = |one: &&Value| ["sizes", "groups"].iter().all(|key| one[*key].as_array().unwrap().is_empty());
    let sections = menu["sections"].as_array().unwrap();
    let dish = sections.iter().flat_map(|one| one["products"].as_array().unwrap()).find(plain).unwrap();
    let order = json!({
        "external_number": number, "kind": "pickup", "name": "Ольга", "phone": "+79161234567",
        "items": [{ "product": dish["id"], "amount": 2 }], "sum": dish["price"].as_i64().unwrap() * 2,
    });
    asks(desk, "orders", Some(order)).await
}

async fn rows(desk: &Desk) -> Vec<String> {
    let script = "return [...document.querySelectorAll('#order-rows tr')].map(row => row.innerText)";
    let rows = desk.driver.execute(script, vec![]).await.unwrap();
    let rows: Vec<String> = rows.convert().unwrap();
    rows.into_iter().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

async fn an_evening(desk: &Desk) {
    desk.signs_in("owner").await;
    desk.connects().await;
    desk.syncs().await;
    let venue = desk.venue().await;
    desk.goes(&format!("{venue}/settings/integrations/iiko/webhooks")).await;
    desk.sees("iiko пока никому не сообщает").await;
    desk.presses("Записать в iiko").await;
    desk.sees("Записано в iiko и проверено").await;
    desk.lever("command-delay", json!({ "ms": 300 })).await;
    let first = places(desk, "А-1").await;
    assert_eq!(first["creation"], "in_progress", "{first}");
    desk.goes(&format!("{venue}/orders")).await;
    until("the first is here", async || rows(desk).await.len() == 1).await;

    // from here on nobody loads the page again
    desk.driver.execute("window.still = true", vec![]).await.unwrap();
    until("the till has taken it", async || rows(desk).await[0].contains("Новый")).await;
    places(desk, "А-2").await;
    until("the second comes on top", async || rows(desk).await.len() == 2).await;
    until("and is taken", async || rows(desk).await.iter().all(|row| row.contains("Новый"))).await;
    let number: String = rows(desk).await[1].split_whitespace().next().unwrap().to_owned();
    desk.lever("delivery-status", json!({ "delivery": number, "status": "CookingStarted" })).await;
    until("the row follows", async || {
        let rows = rows(desk).await;
        rows[1].contains("Готовится") && rows[0].contains("Новый")
    })
    .await;
    let still = desk.driver.execute("return window.still === true", vec![]).await.unwrap();
    assert!(still.convert::<bool>().unwrap(), "the page was loaded again");

    // and to its end by presses
    desk.lever("delivery-status", json!({ "delivery": number, "status": "Waiting" })).await;
    until("cooked", async || rows(desk).await[1].contains("Приготовлен")).await;
    desk.presses(&number).await;
    desk.sees("пришло из приложения гостя").await;
    desk.presses("Закрыть заказ").await;
    desk.sees("Заказ завершён").await;
    desk.goes(&format!("{venue}/settings/integrations/iiko/webhooks/inbox")).await;
    desk.sees("Доставка").await;
    desk.driver.find(By::Css("main tbody tr")).await.expect("events have come");
}

#[tokio::test]
async fn the_list_follows_the_till_by_itself() {
    at_desk(Window::default(), an_evening).await;
}
