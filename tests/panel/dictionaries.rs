//! «Справочники»: they come with the menu or alone, follow iiko, and one the till is too old for is left out.
use maitre::integrations::iiko_cloud::dictionaries::order_types;
use serde_json::{Value, json};

use crate::support::shared;
use crate::support::tied::Tied;

const PAGE: &str = "/settings/integrations/iiko/dictionaries";

#[actix_web::test]
async fn dictionaries_come_and_follow_iiko() {
    let t = Tied::open().await;
    t.owner.opens(PAGE).await.says("Нажмите «Синхронизировать»");
    t.presses("").await.says("Применена").says("Справочники");
    let page = t.owner.opens(PAGE).await;
    page.says("Доставка курьером").says("самовывоз").says("Скидка друзьям дома").says("10 %");
    page.says("Гость передумал");
    t.pulls("discount-edit", json!({"discount": "Скидка друзьям дома", "name": "Скидка соседям"})).await;
    t.presses("dictionaries").await.says("Изменены").says("Скидка соседям");
    t.pulls("discount-edit", json!({"discount": "Скидка соседям", "deleted": "yes"})).await;
    t.presses("dictionaries").await;
    t.owner.opens(PAGE).await.says("удалён в iiko");
    t.pulls("discount-edit", json!({"discount": "Скидка соседям", "gone": "yes"})).await;
    t.presses("dictionaries").await.says("Исчезли");
    t.presses("dictionaries").await.says("Без изменений");
    // one button of the integration's page brings one part
    let steps = t.owner.opens("/settings/integrations/iiko").await;
    steps.says("По отдельности").says("Посадочные места").says("Персонал");
    let viewer = t.panel.viewer_of(t.owner.venue.unwrap()).await;
    viewer.opens(PAGE).await.answers(200).says("Типы заказов").does_not_say("Журнал обмена");
    t.panel.close().await;
}

#[actix_web::test]
async fn a_missing_right_is_told_and_the_menu_comes_all_the_same() {
    let t = Tied::open().await;
    t.pulls("right-away", json!({"right": "api/1/discounts"})).await;
    let run = t.presses("").await;
    run.says("Применена").says("Справочники не обновились").says("api/1/discounts");
    t.owner.opens(PAGE).await.says("В последний раз iiko их не прислал");
    t.pulls("right-back", json!({"right": "api/1/discounts"})).await;
    t.presses("dictionaries").await.says("Применена");
    t.owner.opens(PAGE).await.does_not_say("не прислал");
    t.panel.close().await;
}

#[actix_web::test]
async fn captured_order_types_are_read_as_they_are() {
    let Some(path) = shared::file("iiko/samples/dictionaries/order-types-fika.json") else { return };
    let text = std::fs::read(path).unwrap();
    let body: Value = serde_json::from_slice(&text).unwrap();
    let of = &body["orderTypes"][0];
    let organization = of["organizationId"].as_str().unwrap().parse().unwrap();
    let ours: Vec<_> = order_types(&text, organization).unwrap();
    let theirs = of["items"].as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours.name, theirs["name"].as_str().unwrap());
        assert_eq!(ours.note, theirs["orderServiceType"].as_str().unwrap());
        assert_eq!(ours.deleted, theirs["isDeleted"] == true);
    }
    assert!(order_types(&text, uuid::Uuid::nil()).unwrap().is_empty(), "another organization's are not ours");
}

#[actix_web::test]
async fn an_empty_export_keeps_nothing_else_from_coming() {
    let t = Tied::open().await;
    t.pulls("drop", json!({"percent": 100})).await;
    t.presses("").await.says("В выгрузке меню iiko ничего нет").says("Меню не тронуто").says("№ 3");
    t.owner.opens(PAGE).await.says("Гость передумал").does_not_say("Нажмите «Синхронизировать»");
    t.owner.opens("/seating").await.says("Стол 3");
    t.owner.opens("/payment-methods").await.says("EVVAP");
    t.panel.close().await;
}
