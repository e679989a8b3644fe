//! The set-up for paying at the table as a manager does it, by labels: seating, staff, payment method, contract, and the
//! readiness that follows; with scripts and without.
use maitre::contracts::requisites;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk};

/// Ticks the box beside a person, and writes the phone.
async fn ticks(desk: &Desk, name: &str, phone: Option<&str>) {
    let row = format!("//li[.//strong[normalize-space()='{name}']]");
    desk.driver
        .find(By::XPath(format!("{row}//input[@type='checkbox']")))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    if let Some(phone) = phone {
        let field = desk.driver.find(By::XPath(format!("{row}//input[@type='tel']"))).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(phone).await.unwrap();
    }
}

async fn seating(desk: &Desk) {
    desk.presses("Посадочные места").await;
    desk.sees("11 столов, 3 зала").await;
    desk.presses("Скрыть зал").await;
    desk.sees("Зал «Доставка» скрыт от гостей").await;
    desk.presses("Посадочные места").await;
    desk.presses("Стол 1").await;
    desk.types("Название для гостей", "У окна").await;
    desk.presses("Сохранить").await;
    desk.sees("Стол 1 · У окна").await;
    desk.presses("Посадочные места").await;
    desk.presses("QR-коды").await;
    desk.types("Адрес гостевого меню", "https://menu.example.com").await;
    desk.presses("Сохранить").await;
    desk.presses("Подготовить лист").await;
    desk.sees("Основной зал · № 1 · У окна").await;
    desk.presses("Отметить напечатанными").await;
    desk.sees("10 кодов отмечено напечатанными").await;
}

pub async fn staff(desk: &Desk) {
    desk.presses("Персонал").await;
    desk.presses("Добавить из iiko").await;
    ticks(desk, "Анна Белова", None).await;
    ticks(desk, "Даша Климова", Some("123")).await;
    desk.presses("Добавить сотрудников").await;
    desk.sees("Это не похоже на телефон").await;
    let field = desk.labelled("Телефон: Даша Климова").await;
    assert_eq!(field.value().await.unwrap().as_deref(), Some("123"), "what was typed stays");
    desk.types("Телефон: Даша Климова", "8 905 111-22-33").await;
    desk.presses("Добавить сотрудников").await;
    desk.sees("Добавлено 2 сотрудника").await;
    desk.sees("+7 905 111-22-33").await;
}

async fn payment_method(desk: &Desk) {
    desk.lever("payment-edit", json!({ "payment": "EVVAP", "code": "evvap" })).await;
    desk.presses("Способы оплаты").await;
    desk.syncs().await;
    desk.presses("Способы оплаты").await;
    desk.sees("оплату у стола провести нельзя").await;
    desk.sees("строчные буквы вместо заглавных").await;
    desk.lever("payment-edit", json!({ "payment": "evvap", "code": "EVVAP" })).await;
    desk.syncs().await;
    desk.presses("Способы оплаты").await;
    desk.sees("EVVAP настроен верно").await;
}

pub async fn contract(desk: &Desk) {
    let account = (0..10)
        .map(|key| format!("40702810{key}00000000001"))
        .find(|one| requisites::account(one, "044525225").is_ok())
        .unwrap();
    desk.presses("Договоры").await;
    desk.presses("Новый договор").await;
    desk.types("Юридическое лицо", "ООО «Рябина»").await;
    desk.types("ИНН", "7707083894").await;
    desk.types("КПП", "773601001").await;
    desk.types("БИК", "044525225").await;
    desk.types("Расчётный счёт", &account).await;
    desk.types("Номер договора", "12").await;
    desk.presses("Сохранить").await;
    desk.sees("ИНН не сходится").await;
    desk.types("ИНН", "7707083893").await;
    desk.presses("Сохранить").await;
    desk.sees("Черновик договора создан").await;
    desk.presses("Отметить подписанным").await;
    desk.sees("Договор подписан").await;
}

async fn four_paths(desk: &Desk) {
    desk.signs_in("manager").await;
    desk.connects().await;
    desk.syncs().await;
    desk.presses("Готовность").await;
    desk.presses("Проверить").await;
    desk.sees("Готово 10 из 12").await;
    seating(desk).await;
    staff(desk).await;
    payment_method(desk).await;
    contract(desk).await;
    desk.sees("Ещё 73 товара без своего подписанного договора").await;
    desk.presses("Готовность").await;
    desk.presses("Проверить снова").await;
    desk.sees("Готово 12 из 12").await;
    desk.sees("Всё готово").await;
}

#[tokio::test]
async fn four_paths_with_scripts() {
    at_desk(Window::default(), four_paths).await;
}

#[tokio::test]
async fn four_paths_without_scripts() {
    at_desk(Window { scripts: false, ..Window::default() }, four_paths).await;
}
