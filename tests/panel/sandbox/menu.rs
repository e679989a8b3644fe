//! Levers of the menu: each deed, seen in the next answer.
use maitre::sandbox::world::World;
use serde_json::{Value, json};

use crate::support::till::{Till, count, named};

#[actix_web::test]
async fn every_edit_gives_a_later_revision_and_only_its_own_change() {
    let till = Till::demo().await;
    let start = till.menu(None).await;
    let at = start["revision"].as_i64();
    let same = till.menu(at).await;
    assert_eq!((count(&same, "products"), count(&same, "groups"), same["revision"].as_i64()), (0, 0, at));

    let soup = named(&start, "Борщ с говядиной и салом").unwrap()["id"].clone();
    till.pulls("reprice", json!({"product": soup, "price": "455,50"})).await;
    till.pulls("rename", json!({"product": "00242", "name": "Щи томлёные"})).await;
    till.pulls("move", json!({"product": "Наполеон", "folder": "Архив"})).await;
    till.pulls("edit", json!({"product": "Медовик на гречишном мёде", "description": "Без орехов"})).await;
    let after = till.menu(at).await;
    assert!(after["revision"].as_i64() > at);
    assert_eq!(
        named(&after, "Борщ с говядиной и салом").unwrap()["sizePrices"][0]["price"]["currentPrice"],
        455.5
    );
    assert_eq!(named(&after, "Щи томлёные").unwrap()["code"], "00242");
    let folder = |menu: &Value, name: &str| {
        menu["groups"].as_array().unwrap().iter().find(|g| g["name"] == name).unwrap()["id"].clone()
    };
    assert_eq!(named(&after, "Наполеон").unwrap()["parentGroup"], folder(&after, "Архив"));
    assert_eq!(named(&after, "Медовик на гречишном мёде").unwrap()["description"], "Без орехов");
    let differ = start["products"].as_array().unwrap().iter().zip(after["products"].as_array().unwrap());
    assert_eq!(differ.filter(|(old, new)| old != new).count(), 4);
}

#[actix_web::test]
async fn products_go_come_back_and_are_made_anew() {
    let till = Till::demo().await;
    let start = till.menu(None).await;
    let cake = named(&start, "Наполеон").unwrap().clone();
    till.pulls("remove", json!({"product": cake["id"]})).await;
    assert!(named(&till.menu(None).await, "Наполеон").is_none());
    till.pulls("bring-back", json!({"product": cake["id"]})).await;
    assert_eq!(named(&till.menu(None).await, "Наполеон"), Some(&cake));

    let made = till.pulls("recreate", json!({"product": cake["id"]})).await;
    let menu = till.menu(None).await;
    let anew = named(&menu, "Наполеон").unwrap();
    assert_eq!((&anew["id"], &anew["code"]), (&made["product"], &cake["code"]));
    assert_ne!(anew["id"], cake["id"]);

    let folder = till.pulls("add-folder", json!({"name": "Мастер-класс"})).await;
    let added = till
        .pulls("add-product", json!({"name": "Вареники лепим сами", "price": 990, "folder": "Мастер-класс"}))
        .await;
    let menu = till.menu(None).await;
    let dumplings = named(&menu, "Вареники лепим сами").unwrap();
    assert_eq!((&dumplings["id"], &dumplings["parentGroup"]), (&added["product"], &folder["folder"]));
    assert_eq!(till.asks("/levers/remove", json!({"product": "нет такого"})).await.status, 400);
    assert_eq!(till.asks("/levers/no-such-lever", json!({})).await.status, 400);
}

#[actix_web::test]
async fn great_changes_of_a_menu_are_one_lever_each() {
    let till = Till::open(World::generated(500)).await;
    let start = till.menu(None).await;
    let at = start["revision"].as_i64();
    assert_eq!(count(&start, "products"), 500);
    assert_eq!(till.pulls("drop", json!({})).await["dropped"], 300);
    assert_eq!(count(&till.menu(None).await, "products"), 200);
    till.pulls("bring-all-back", json!({})).await;
    assert_eq!(count(&till.menu(None).await, "products"), 500);

    assert_eq!(till.pulls("reprice-all", json!({"percent": 10})).await["repriced"], 300);
    let price = |menu: &Value, id: &Value| {
        let product = menu["products"].as_array().unwrap().iter().find(|p| p["id"] == *id).unwrap();
        product["sizePrices"][0]["price"]["currentPrice"].as_f64().unwrap()
    };
    let dish = &start["products"].as_array().unwrap().iter().find(|p| p["type"] == "Dish").unwrap()["id"];
    assert!((price(&till.menu(None).await, dish) - price(&start, dish) * 1.1).abs() < 0.006);

    till.pulls("empty", json!({})).await;
    let empty = till.menu(at).await;
    assert_eq!((count(&empty, "products"), count(&empty, "groups")), (0, 0));
    assert!(empty["revision"].as_i64() > at);
    till.pulls("full", json!({})).await;
    let full = till.menu(None).await;
    till.pulls("turn-back", json!({})).await;
    let back = till.menu(full["revision"].as_i64()).await;
    assert!(back["revision"].as_i64() < full["revision"].as_i64());
    assert_eq!(count(&back, "products"), 500);

    let other = json!({"groups": [], "productCategories": [], "products": [], "sizes": [], "revision": 7});
    till.pulls("load", other).await;
    assert_eq!(till.menu(None).await["revision"], 7);
}
