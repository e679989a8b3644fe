//! The menu as a manager works with it, and as a viewer only looks.
use maitre::accounts::audit;
use maitre::menu::tree;
use maitre::money::Kopecks;
use serde_json::Value;
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder, tie};
use crate::support::panel::Panel;
use crate::support::person::Person;

/// A panel whose venue has had its first sync: Кухня → Супы, Бар.
async fn served() -> (Panel, Person, Fed) {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    tie(&panel.db, &panel.seal, venue, anna.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: anna.id };
    fed.sync(&export(5, &groups(), &dishes())).await;
    (panel, anna, fed)
}

fn groups() -> Vec<Value> {
    vec![folder(10, "Кухня", None), folder(11, "Супы", Some(10)), folder(20, "Бар", None)]
}

fn dishes() -> Vec<Value> {
    vec![
        dish(103, "Щи", Some(11), 300.0),
        dish(102, "Уха", Some(11), 520.0),
        dish(101, "Борщ", Some(11), 420.0),
        dish(104, "Морс", Some(20), 150.0),
    ]
}

fn names(screen: &crate::support::screen::Screen) -> Vec<String> {
    screen.every(".dish-name")
}

#[actix_web::test]
async fn the_tree_shows_sections_categories_and_products_in_iikos_order() {
    let (panel, anna, _) = served().await;
    let menu = anna.opens("/menu").await;
    menu.answers(200).says("4 товара в 2 разделах").says("Супы 3 товара").says("420 ,00 ₽");
    assert_eq!(names(&menu), ["Борщ", "Уха", "Щи", "Морс"]);
    panel.close().await;
}

#[actix_web::test]
async fn search_finds_by_a_part_of_the_name_in_any_case_and_by_code() {
    let (panel, anna, _) = served().await;
    assert_eq!(names(&anna.opens("/menu?q=БОР").await), ["Борщ"]);
    assert_eq!(names(&anna.opens("/menu?q=00104").await), ["Морс"]);
    anna.opens("/menu?q=пицца").await.says("Ничего не нашлось");
    assert_eq!(names(&anna.opens("/menu?show=no_photo").await).len(), 4);
    assert_eq!(names(&anna.opens("/menu?q=%25").await).len(), 4, "a percent sign is no wildcard of its own");
    panel.close().await;
}

#[actix_web::test]
async fn a_manager_moves_products_and_a_sync_leaves_them_there() {
    let (panel, anna, fed) = served().await;
    let (borscht, bar) = (fed.product(101).await, fed.product(104).await.section_id);
    let page = anna
        .sends(&format!("/menu/products/{}/place", borscht.id), [("place", bar.to_string().as_str())])
        .await;
    page.says("Перемещён 1 товар").says("Место выбрали вы");
    page.says("Товар перемещён"); // the history of the product
    let place = bar.to_string();
    let again = [("place", place.as_str())];
    anna.sends(&format!("/menu/products/{}/order", fed.product(104).await.id), [("up", "no")]).await;
    let order = names(&anna.opens("/menu").await);
    let page = anna.sends(&format!("/menu/products/{}/place", borscht.id), again).await;
    page.says("Уже стоит там").does_not_say("Перемещён 1 товар");
    assert_eq!(names(&anna.opens("/menu").await), order, "where it stood, in its order");
    fed.sync(&export(6, &groups(), &dishes())).await;
    assert_eq!(fed.product(101).await.section_id, bar);
    panel.close().await;
}

#[actix_web::test]
async fn several_are_moved_at_once_and_the_filter_stays() {
    let (panel, anna, fed) = served().await;
    let bar = fed.product(104).await.section_id.to_string();
    let (a, b) = (fed.product(101).await.id.to_string(), fed.product(102).await.id.to_string());
    let fields = [
        ("product", a.as_str()),
        ("product", b.as_str()),
        ("place", bar.as_str()),
        ("filter", "q=&show=no_photo"),
    ];
    let page = anna.posts("/menu/moves", fields).await;
    page.answers(303);
    assert!(page.goes_to().unwrap().ends_with("/menu?q=&show=no_photo"));
    assert_eq!(fed.product(102).await.section_id.to_string(), bar);
    panel.close().await;
}

#[actix_web::test]
async fn the_managers_order_comes_first_and_survives_a_sync() {
    let (panel, anna, fed) = served().await;
    let soup = fed.product(103).await.id;
    anna.sends(&format!("/menu/products/{soup}/order"), [("up", "yes")]).await;
    assert_eq!(names(&anna.opens("/menu").await), ["Борщ", "Щи", "Уха", "Морс"]);
    let mut changed = dishes();
    changed[0]["name"] = "Щи суточные".into();
    fed.sync(&export(6, &groups(), &changed)).await;
    assert_eq!(names(&anna.opens("/menu").await), ["Борщ", "Щи суточные", "Уха", "Морс"]);
    panel.close().await;
}

#[actix_web::test]
async fn a_section_is_hidden_renamed_and_shown_again() {
    let (panel, anna, fed) = served().await;
    let bar = fed.product(104).await.section_id;
    anna.sends(&format!("/menu/sections/{bar}/hiding"), [("shown", "no")])
        .await
        .says("скрыт от гостей")
        .says("Скрыт от гостей");
    anna.sends(&format!("/menu/sections/{bar}/name"), [("name", "Напитки")]).await.says("Сохранено");
    fed.sync(&export(6, &groups(), &dishes())).await;
    anna.opens("/menu?show=hidden").await.says("Морс").says("Напитки");
    let again = anna.sends(&format!("/menu/sections/{bar}/name"), [("name", "  ")]).await;
    again.answers(422);
    assert_eq!(again.problem("name").as_deref(), Some("Напишите название."));
    let full = anna.posts(&format!("/menu/sections/{bar}/removal"), []).await;
    full.answers(409).says("Раздел не пуст");
    panel.close().await;
}

#[actix_web::test]
async fn a_category_moves_to_another_section_with_its_products() {
    let (panel, anna, fed) = served().await;
    let soup = fed.product(101).await;
    let bar = fed.product(104).await.section_id;
    let path = format!("/menu/categories/{}", soup.category_id.unwrap());
    anna.sends(&path, [("act", "move"), ("section", bar.to_string().as_str())]).await.says("Сохранено");
    let after = fed.product(101).await;
    assert_eq!((after.section_id, after.category_id), (bar, soup.category_id));
    panel.close().await;
}

#[actix_web::test]
async fn own_products_only_without_iiko() {
    let (panel, anna, fed) = served().await;
    anna.opens("/menu").await.does_not_say("Добавить товар");
    let refused = anna.posts("/menu/products", [("name", "Пирог"), ("price", "100"), ("place", "")]).await;
    refused.answers(409).says("товары приходят только из него");

    let free = panel.venue("Без кассы").await;
    let boris = panel.manager_of(free).await;
    boris.opens("/menu").await.says("Подключить iiko").says("Добавить товар");
    let bad = boris
        .sends("/menu/products", [("name", "Пирог"), ("price", "сто"), ("description", "С капустой")])
        .await;
    bad.answers(422);
    assert!(bad.problem("price").unwrap().contains("Это не цена"));
    assert_eq!(bad.field("name").as_deref(), Some("Пирог"), "what was typed is kept");
    boris
        .sends("/menu/products", [("name", "Пирог"), ("price", "1 234,50")])
        .await
        .says("Товар добавлен")
        .says("1 234 ,50 ₽");
    let mut c = panel.db.read().await.unwrap();
    let items = tree::items(&mut c, free, None).await.unwrap();
    assert_eq!((items[0].price, items[0].iiko_id), (Kopecks(123_450), None));
    drop(c);
    let theirs = fed.product(101).await.id;
    anna.posts(&format!("/menu/products/{theirs}"), [("name", "x"), ("price", "1"), ("place", "x")])
        .await
        .answers(422);
    anna.posts(&format!("/menu/products/{theirs}/removal"), []).await.answers(409);
    assert_eq!(fed.product(101).await.name, "Борщ", "iiko's fields are read-only here");
    panel.close().await;
}

#[actix_web::test]
async fn own_products_step_aside_while_iiko_is_on_and_are_never_touched_by_it() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    anna.sends("/menu/products", [("name", "Пирог"), ("price", "100")]).await.says("Товар добавлен");
    tie(&panel.db, &panel.seal, venue, anna.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: anna.id };
    fed.sync(&export(5, &groups(), &dishes())).await;
    anna.opens("/menu").await.says("Пирог").says("Своё, скрыто, пока включён iiko");
    panel.close().await;
}

#[actix_web::test]
async fn what_vanished_is_told_apart_and_its_page_stays() {
    let (panel, anna, fed) = served().await;
    fed.sync(&export(6, &groups(), &dishes()[..3])).await;
    let morse = fed.product(104).await.id;
    anna.opens(&format!("/menu/products/{morse}")).await.answers(200).says("Убран из выгрузки");
    assert_eq!(names(&anna.opens("/menu?show=vanished").await), ["Морс"]);
    panel.close().await;
}

#[actix_web::test]
async fn a_viewer_looks_and_a_stranger_sees_nothing() {
    let (panel, anna, fed) = served().await;
    let product = fed.product(101).await.id;
    let vera = panel.viewer_of(anna.venue.unwrap()).await;
    let menu = vera.opens("/menu").await;
    menu.answers(200).says("Борщ").does_not_say("Переместить").does_not_say("Скрыть от гостей");
    let bar = fed.product(104).await.section_id.to_string();
    vera.posts(&format!("/menu/products/{product}/place"), [("place", bar.as_str())]).await.answers(403);
    vera.posts("/sync", []).await.answers(403);

    let other = panel.venue("Чужая").await;
    let gleb = panel.owner_of(other).await;
    let unknown = gleb.opens(&format!("//v/{}/menu/products/{product}", Uuid::now_v7())).await;
    let foreign = gleb.opens(&format!("//v/{}/menu/products/{product}", anna.venue.unwrap())).await;
    assert_eq!((foreign.status, unknown.status), (404, 404));
    assert_eq!(foreign.text(), unknown.text(), "a foreign venue looks like none");
    gleb.opens(&format!("/menu/products/{product}")).await.answers(404);
    let mixed = gleb.posts(&format!("/menu/products/{product}/place"), [("place", bar.as_str())]).await;
    mixed.answers(404);
    panel.close().await;
}

#[actix_web::test]
async fn a_large_menu_brings_a_sections_products_when_it_is_opened() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    tie(&panel.db, &panel.seal, venue, anna.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: anna.id };
    let many: Vec<Value> = (0..450).map(|n| dish(1_000 + n, &format!("Блюдо {n}"), Some(11), 10.0)).collect();
    fed.sync(&export(5, &groups(), &many)).await;
    let menu = anna.opens("/menu").await;
    assert!(names(&menu).is_empty());
    menu.says("Показать 450 товаров");
    let section = fed.product(1_000).await.section_id;
    let part = anna.asks_part(&format!("/menu/sections/{section}/products")).await;
    assert_eq!(names(&part).len(), 450);
    assert!(!part.html.contains("<html"), "htmx gets the part alone");
    // a sync came between the page and the opening: half of one menu and half of another is none
    let link = menu.attributes(".tree-more a", "hx-get")[0].clone();
    let link = link.split_once("/menu").map(|(_, rest)| format!("/menu{rest}")).unwrap();
    assert_eq!(names(&anna.asks_part(&link).await).len(), 450);
    fed.sync(&export(6, &groups(), &many[1..])).await;
    anna.asks_part(&link).await.answers(204);
    let part = anna.asks_part(&format!("/menu/sections/{section}/products")).await;
    assert_eq!(names(&part).len(), 450, "the vanished one stands there too, marked");
    let whole = anna.opens(&format!("/menu/sections/{section}/products")).await;
    assert_eq!((names(&whole).len(), whole.heading().as_str()), (450, "Меню"), "asked by hand it is a page");
    panel.close().await;
}

#[actix_web::test]
async fn every_change_leaves_its_row_in_the_audit() {
    let (panel, anna, fed) = served().await;
    let product = fed.product(101).await;
    let bar = fed.product(104).await.section_id.to_string();
    anna.sends(&format!("/menu/products/{}/place", product.id), [("place", bar.as_str())]).await;
    let deeds = audit::of_object(&mut panel.db.read().await.unwrap(), fed.venue, product.id).await.unwrap();
    assert_eq!(
        deeds.iter().map(|d| (d.deed.as_str(), d.by.as_deref())).collect::<Vec<_>>(),
        [("product.moved", Some("Марина Ковалёва"))]
    );
    panel.close().await;
}
