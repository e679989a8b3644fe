//! A guest pays at the table, as a shift sees it: from the API's call to «Завершён» on the till, with the till away in
//! between; then one that a person must decide.
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk};

/// The guest's app.
pub struct Guest {
    key: String,
    api: String,
}

impl Guest {
    /// A key made by hand on its page.
    pub async fn of(desk: &Desk) -> Guest {
        let venue = desk.venue().await;
        desk.goes(&format!("{venue}/api-keys")).await;
        desk.types("Для чего ключ", "Приложение гостя").await;
        desk.presses("Сделать ключ").await;
        desk.sees("Ключ готов").await;
        let key = desk.driver.find(By::Css("code#key")).await.unwrap().text().await.unwrap();
        Guest { key, api: format!("{}/api/v1", desk.text("panel")) }
    }

    async fn asks(&self, path: &str, body: Option<Value>) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/{path}", self.api);
        let request = match &body {
            Some(body) => client.post(url).json(body),
            None => client.get(url),
        };
        request.bearer_auth(&self.key).send().await.unwrap().json().await.unwrap()
    }

    /// What is open on a table of the main hall.
    pub async fn bill(&self, number: i64) -> Value {
        let tables = self.asks("tables", None).await;
        let ours = |one: &&Value| one["number"] == number && one["hall"] == "Основной зал";
        let table = tables["tables"].as_array().unwrap().iter().find(ours).unwrap()["id"].clone();
        self.asks(&format!("tables/{}/bill", table.as_str().unwrap()), None).await["orders"][0].clone()
    }

    pub async fn pays(&self, order: &Value, payment_id: &str) -> Value {
        let body = json!({ "order": order["id"], "amount": order["rest"], "payment_id": payment_id });
        self.asks("payments", Some(body)).await
    }
}

/// Reloads the page once a second until the first such element says it, at most a minute: the queue asks a till that was
/// away every fifteen seconds.
async fn patiently(desk: &Desk, css: &str, words: &str) {
    for _ in 0..60 {
        let first = desk.driver.find(By::Css(css)).await;
        let text = match first {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        if text.contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        desk.driver.refresh().await.unwrap();
    }
    panic!("a minute, and still no «{words}»: {}", desk.reads().await);
}

async fn a_payment(desk: &Desk) {
    desk.signs_in("owner").await;
    desk.connects().await;
    desk.syncs().await;
    let venue = desk.venue().await;
    let guest = Guest::of(desk).await;
    desk.lever("check-open", json!({ "table": "3", "section": "Основной зал" })).await;
    let order = guest.bill(3).await;
    desk.lever("till-away", json!({})).await;
    guest.pays(&order, "bank-1").await;
    desk.goes(&format!("{venue}/outbox")).await;
    patiently(desk, "tbody tr", "Касса не на связи: проведём, когда вернётся").await;
    desk.lever("till-back", json!({})).await;
    let number = order["number"].as_str().unwrap();
    desk.presses("Заказы").await;
    patiently(desk, "tbody tr", "Завершён").await;
    desk.presses(number).await;
    desk.sees("Касса провела оплату").await;
    desk.sees("Оплата по QR-коду").await;

    // somebody pays in cash between the guest's look and the guest's payment: nobody guesses, a person decides
    desk.lever("check-open", json!({ "table": "5", "section": "Основной зал" })).await;
    let order = guest.bill(5).await;
    desk.lever("check-pay", json!({ "check": order["number"], "payment": "CASH" })).await;
    let payment = guest.pays(&order, "bank-2").await;
    desk.goes(&format!("{venue}/payments/{}", payment["id"].as_str().unwrap())).await;
    // looks that do not add up are repeated before a person is asked
    patiently(desk, "main", "Что делать").await;
    desk.sees("В чеке осталось меньше, чем заплатил гость").await;
    desk.presses("Она в чеке").await;
    desk.sees("В чеке этой оплаты нет").await;
    desk.presses("Уладили вручную").await;
    desk.sees("Сначала посмотрите чек на кассе и поставьте отметку").await;
    desk.driver.find(By::Id("sure")).await.unwrap().click().await.unwrap();
    desk.presses("Уладили вручную").await;
    desk.sees("Отмечено: улажено вручную").await;
    desk.presses("Обзор").await;
    desk.sees("Все оплаты в кассе").await;
}

#[tokio::test]
async fn a_guest_pays_with_scripts() {
    at_desk(Window::default(), a_payment).await;
}

#[tokio::test]
async fn a_guest_pays_without_scripts() {
    at_desk(Window { scripts: false, ..Window::default() }, a_payment).await;
}
