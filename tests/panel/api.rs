//! The JSON API: a key speaks for one venue within its scopes; every answer is as its document says, every error a code
//! and a sentence.
use maitre::api::fault::CODES;
use maitre::api::spec;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, SET_COOKIE};
use serde_json::{Value, json};

use crate::support::caller::fits;
use crate::support::panel::Panel;
use crate::support::tied::Tied;

/// One request: status, body, whether a cookie came with it.
async fn asks(panel: &Panel, path: &str, key: Option<&str>) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.get(format!("{}/api/v1/{path}", panel.url)).header(ACCEPT_LANGUAGE, "ru");
    if let Some(key) = key {
        request = request.header(AUTHORIZATION, format!("Bearer {key}"));
    }
    let answer = request.send().await.unwrap();
    assert!(!answer.headers().contains_key(SET_COOKIE), "programs get no cookies");
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// The key a press made, off the page that shows it.
async fn key(t: &Tied, scopes: &[&str]) -> String {
    let fields = scopes.iter().map(|scope| ("scope", *scope)).chain([("name", "Приложение")]);
    let page = t.owner.posts("/api-keys", fields).await;
    page.answers(200).says("больше он нигде не покажется");
    page.every("code#key")[0].clone()
}

#[actix_web::test]
async fn a_key_reads_its_venues_menu_and_tables_and_nothing_else() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    let key = key(&t, &["menu", "tables"]).await;
    assert!(key.starts_with("maitre_") && key.len() > 60);
    let (status, menu) = asks(&t.panel, "menu", Some(&key)).await;
    assert_eq!(status, 200);
    fits("Menu", &menu);
    let products: usize = menu["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["products"].as_array().unwrap().len())
        .sum();
    assert!(products >= 60, "{products}");
    let (status, tables) = asks(&t.panel, "tables", Some(&key)).await;
    assert_eq!((status, tables["tables"].as_array().unwrap().len()), (200, 11));
    fits("Tables", &tables);
    let page = t.owner.opens("/api-keys").await;
    page.says(&format!("•••{}", &key[key.len() - 4..])).does_not_say(&key).says("использован");

    // another venue's key finds none of it
    let other = t.panel.venue("Чужая").await;
    let stranger = t.panel.owner_of(other).await;
    let made = stranger.posts("/api-keys", [("name", "их"), ("scope", "tables"), ("scope", "menu")]).await;
    let theirs = made.every("code#key")[0].clone();
    let table = tables["tables"][0]["id"].as_str().unwrap();
    let (status, body) = asks(&t.panel, &format!("tables/{table}/bill"), Some(&theirs)).await;
    assert_eq!((status, body["error"]["code"].as_str()), (404, Some("not_found")));
    assert_eq!(asks(&t.panel, "tables", Some(&theirs)).await.1["tables"], json!([]));
    t.panel.close().await;
}

#[actix_web::test]
async fn a_key_that_does_not_fit_is_told_so_in_words() {
    let t = Tied::open().await;
    let menu = key(&t, &["menu"]).await;
    let cases = [
        (None, "menu", 401, "token_missing", "Нужен заголовок"),
        (Some("maitre_0000"), "menu", 401, "token_unknown", "Ключ не подходит"),
        (Some(menu.as_str()), "tables", 403, "scope_missing", "нет права «tables»"),
    ];
    for (key, path, status, code, said) in cases {
        let (answered, body) = asks(&t.panel, path, key).await;
        assert_eq!((answered, body["error"]["code"].as_str()), (status, Some(code)));
        assert!(body["error"]["message"].as_str().unwrap().contains(said), "{body}");
        fits("Error", &body);
    }
    let href = t.owner.opens("/api-keys").await.attributes("form[action$=revocation]", "action")[0].clone();
    t.owner.sends(&href, []).await.says("Ключ больше не действует");
    assert_eq!(asks(&t.panel, "menu", Some(&menu)).await.0, 401, "revoked, it does not work");
    let manager = t.panel.manager_of(t.owner.venue.unwrap()).await;
    manager.opens("/api-keys").await.answers(200).does_not_say("Новый ключ");
    manager.posts("/api-keys", [("name", "а"), ("scope", "menu")]).await.answers(403);
    let viewer = t.panel.viewer_of(t.owner.venue.unwrap()).await;
    viewer.opens("/api-keys").await.answers(403);
    let wrong = t.owner.posts("/api-keys", [("name", ""), ("scope", "everything")]).await;
    wrong.answers(422).says("Напишите, для чего ключ").says("Отметьте хотя бы одно право");
    t.panel.close().await;
}

#[actix_web::test]
async fn a_guest_asks_what_a_table_owes() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    t.owner.sends("/seating/codes/address", [("guest_url", "https://menu.example.com")]).await;
    t.owner.sends("/seating/codes", [("what", "due")]).await;
    let key = key(&t, &["tables"]).await;
    let (_, tables) = asks(&t.panel, "tables", Some(&key)).await;
    let third = |one: &&Value| one["number"] == 3 && one["hall"] == "Основной зал";
    let table = tables["tables"].as_array().unwrap().iter().find(third).unwrap().clone();
    let (status, bill) =
        asks(&t.panel, &format!("tables/{}/bill", table["id"].as_str().unwrap()), Some(&key)).await;
    assert_eq!((status, bill["orders"].as_array().unwrap().len()), (200, 0));
    let open = json!({"table": "3", "section": "Основной зал"});
    t.pulls("check-open", open.clone()).await;
    t.pulls("check-open", open).await;
    // the mark of the printed code does as well as the id; two checks on one table are two
    let mark = table["code"].as_str().expect("the table has its code");
    let (status, bill) = asks(&t.panel, &format!("tables/{mark}/bill"), Some(&key)).await;
    assert_eq!(status, 200, "{bill}");
    fits("Bill", &bill);
    let orders = bill["orders"].as_array().unwrap();
    assert_eq!(orders.len(), 2);
    assert!(orders.iter().all(|one| one["rest"] == one["sum"] && one["sum"].as_i64().unwrap() > 0));
    let (status, order) =
        asks(&t.panel, &format!("orders/{}", orders[0]["id"].as_str().unwrap()), Some(&key)).await;
    assert_eq!(status, 200);
    fits("Order", &order);
    t.pulls("offline", json!({})).await;
    let (status, body) = asks(&t.panel, &format!("tables/{mark}/bill"), Some(&key)).await;
    assert_eq!((status, body["error"]["code"].as_str()), (503, Some("till_silent")), "{body}");
    t.panel.close().await;
}

#[test]
fn the_document_names_every_code() {
    let document = spec::document();
    let codes =
        &document["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"];
    assert_eq!(codes.as_array().unwrap().len(), CODES.len());
    for path in document["paths"].as_object().unwrap().keys() {
        let ours = include_str!("../../src/routes.rs");
        assert!(ours.contains(&format!("\"{path}\"")), "{path} is no route");
    }
}
