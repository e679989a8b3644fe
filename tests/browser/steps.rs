//! The five steps as a manager takes them: with scripts, without, by the keyboard, and with the till failing.
use serde_json::json;
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk, until};

/// Keys as WebDriver writes them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

async fn five_steps(desk: &Desk) {
    desk.signs_in("owner").await;
    desk.connects().await;
    desk.syncs().await;
    desk.sees("Применена").await;
    desk.presses("Меню").await;
    desk.sees("Борщ с говядиной и салом").await;
    desk.sees("Супы").await;
    desk.syncs().await;
    desk.sees("Меню уже такое, как в iiko").await;
    desk.lever("reprice", json!({ "product": "Борщ с говядиной и салом", "price": "499" })).await;
    desk.lever("remove", json!({ "product": "Хлебная корзина" })).await;
    desk.presses("Меню").await;
    desk.syncs().await;
    desk.sees("499,00 ₽").await;
    desk.presses("Исчезли").await;
    desk.sees("скрыт от гостей").await;
}

#[tokio::test]
async fn five_steps_with_scripts() {
    at_desk(Window::default(), five_steps).await;
}

#[tokio::test]
async fn five_steps_without_scripts() {
    at_desk(Window { scripts: false, ..Window::default() }, five_steps).await;
}

#[tokio::test]
async fn signing_in_by_the_keyboard_alone() {
    at_desk(Window::default(), by_keyboard).await;
}

async fn by_keyboard(desk: &Desk) {
    let owner = desk.info["people"][0].clone();
    desk.goes("/login").await;
    // the first field has the focus; Tab leads on, Enter sends
    let type_here =
        async |text: &str| desk.driver.active_element().await.unwrap().send_keys(text).await.unwrap();
    type_here(owner["email"].as_str().unwrap()).await;
    type_here(TAB).await;
    type_here(owner["password"].as_str().unwrap()).await;
    type_here(ENTER).await;
    until("signed in", async || desk.path().await.contains("/menu")).await;
    // the skip link is the first stop, and where the focus is can be seen
    desk.driver.find(By::Tag("body")).await.unwrap().send_keys(TAB).await.unwrap();
    let here = desk.driver.active_element().await.unwrap();
    assert_eq!(here.text().await.unwrap(), "К содержанию");
    assert_ne!(here.css_value("outline-style").await.unwrap(), "none");
}

#[tokio::test]
async fn trouble_has_a_cause_an_owner_and_a_next_step() {
    at_desk(Window::default(), trouble).await;
}

async fn trouble(desk: &Desk) {
    desk.signs_in("manager").await;
    let venue = desk.venue().await;
    desk.goes(&format!("{venue}/settings/integrations/iiko")).await;
    desk.types("API-ключ", "wrong-key-000000").await;
    desk.presses("Сохранить").await;
    desk.sees("iiko не принял ключ").await;
    assert!(!desk.driver.source().await.unwrap().contains("wrong-key-000000"));
    desk.goes(&venue).await;
    desk.connects().await;
    desk.syncs().await;
    for (lever, cause, who) in [
        ("offline", "До iiko не дозвониться", "От вас нужно только подождать."),
        ("500", "У iiko сбой на сервере", "От вас нужно только подождать."),
    ] {
        desk.lever(lever, json!({ "times": "" })).await;
        desk.goes(&format!("{venue}/menu")).await;
        desk.syncs().await;
        desk.sees(cause).await;
        desk.sees(who).await;
        desk.sees("Меню не тронуто").await;
        desk.lever("calm", json!({})).await;
    }
    desk.lever("drop", json!({ "percent": 60 })).await;
    desk.goes(&format!("{venue}/menu")).await;
    desk.syncs().await;
    desk.sees("больше 30 %").await;
    desk.presses("Оставить как есть").await;
    desk.sees("Оставлено как есть").await;
    desk.goes(&format!("{venue}/menu")).await;
    desk.syncs().await;
    desk.presses("Применить всё равно").await;
    desk.sees("Применена").await;
}
