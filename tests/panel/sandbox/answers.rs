//! Who may ask, how refusals are worded, what the demo's world holds.
use maitre::sandbox::demo::{NEW_KEY, OFF_KEY};
use maitre::sandbox::world::{API_KEY, APP_ID, CLIENT_SECRET};
use serde_json::{Value, json};

use crate::support::till::{Till, count};

const MENU: &str = "/api/1/nomenclature";

#[actix_web::test]
async fn both_logins_give_a_token_and_refuse_strangers() {
    let till = Till::demo().await;
    let first = async |login: &str| till.asks("/api/1/access_token", json!({ "apiLogin": login })).await;
    assert_eq!(first(API_KEY).await.status, 200);
    let refused = first("fake-login").await;
    assert_eq!(
        (refused.status, refused.json()["errorDescription"].clone()),
        (401, json!("Login fake-login is not authorized."))
    );
    assert_eq!(first(OFF_KEY).await.status, 401);
    assert!(first(NEW_KEY).await.text.contains("/api/v2/access_token"));

    let second = async |app: &str, secret: &str, key: &str| {
        till.asks("/api/v2/access_token", json!({"appId": app, "clientSecret": secret, "apiKey": key}))
            .await
            .status
    };
    assert_eq!(second(APP_ID, CLIENT_SECRET, NEW_KEY).await, 200);
    assert_eq!(second(APP_ID, "wrong", API_KEY).await, 401);
    assert_eq!(second(APP_ID, CLIENT_SECRET, OFF_KEY).await, 401);
    assert_eq!(second("no uuid", CLIENT_SECRET, API_KEY).await, 400);
}

#[actix_web::test]
async fn a_bad_token_and_a_missing_right_are_both_401_in_different_words() {
    let mut till = Till::demo().await;
    till.pulls("right-away", json!({"right": "Data: menu"})).await;
    let refused = till.asks(MENU, till.menu_request(None)).await;
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.json()["errorDescription"],
        "Right api/1/nomenclature is not allowed for this ApiLogin"
    );
    assert_eq!(till.asks("/api/1/organizations", json!({})).await.status, 200, "other rights stay");
    till.pulls("right-back", json!({"right": "Data: menu"})).await;
    till.menu(None).await;
    // one method can be taken away too
    till.pulls("right-away", json!({"right": "api/1/stop_lists"})).await;
    assert_eq!(till.asks("/api/1/stop_lists", json!({"organizationIds": []})).await.status, 401);

    till.pulls("expire-tokens", json!({})).await;
    let expired = till.asks(MENU, till.menu_request(None)).await;
    assert_eq!(expired.status, 401);
    assert!(!expired.text.contains("is not allowed"));
    till.signs_in().await;
    till.menu(None).await;
}

#[actix_web::test]
async fn complaints_about_a_body_are_worded_as_the_till_words_them() {
    let till = Till::demo().await;
    let missing = till.asks(MENU, json!({})).await;
    assert_eq!(missing.status, 400);
    assert_eq!(missing.json()["error"], "INVALID_BODY_JSON_FORMAT");
    assert!(missing.text.contains("Required property 'organizationId' not found in JSON."));
    assert_eq!(till.sends(MENU, "{".into()).await.unwrap().status, 400);
    assert_eq!(till.sends(MENU, "[]".into()).await.unwrap().status, 400);
    assert_eq!(till.asks(MENU, json!({"organizationId": "x"})).await.status, 400);
    assert_eq!(
        till.asks(MENU, json!({"organizationId": uuid::Uuid::nil()})).await.status,
        400,
        "not seen by the key"
    );
    assert_eq!(till.asks("/api/1/no_such", json!({})).await.status, 404);
    let got = till.http.get(format!("{}{MENU}", till.sandbox.url())).send().await.unwrap();
    assert_eq!(got.status().as_u16(), 405);
}

#[actix_web::test]
async fn the_demo_is_a_believable_restaurant() {
    let till = Till::demo().await;
    let menu = till.menu(None).await;
    let products = menu["products"].as_array().unwrap();
    let dishes: Vec<&Value> = products.iter().filter(|product| product["type"] == "Dish").collect();
    assert!(dishes.len() >= 60, "{} dishes", dishes.len());
    let text = |product: &&&Value, field: &str| product[field].as_str().is_some_and(|text| !text.is_empty());
    assert!(dishes.iter().any(|dish| text(&dish, "seoDescription") && !text(&dish, "description")));
    assert!(dishes.iter().any(|dish| dish["sizePrices"].as_array().unwrap().len() == 2));
    assert!(dishes.iter().any(|dish| dish["groupModifiers"][0]["required"] == true));
    assert!(dishes.iter().any(|dish| !dish["modifiers"].as_array().unwrap().is_empty()));
    assert!(dishes.iter().any(|dish| dish["sizePrices"][0]["price"]["currentPrice"] == 690.5));
    assert!(dishes.iter().any(|dish| dish["sizePrices"][0]["price"]["currentPrice"] == 0));
    assert!(products.iter().any(|product| product["type"] == "Service"));
    let parent = |id: &Value| {
        let groups = menu["groups"].as_array().unwrap();
        groups.iter().find(|group| group["id"] == *id).map(|group| &group["parentGroup"])
    };
    let depth = |dish: &Value| {
        let (mut at, mut depth) = (parent(&dish["parentGroup"]), 0);
        while let Some(above) = at {
            (at, depth) = (parent(above), depth + 1);
        }
        depth
    };
    let depths: Vec<usize> = dishes.iter().map(|dish| depth(dish)).collect();
    for wanted in 0..=4 {
        assert!(depths.contains(&wanted), "a dish {wanted} folders deep");
    }
    let seen = till.asks("/api/1/organizations", json!({})).await.json();
    assert_eq!(count(&seen, "organizations"), 2);
}

#[actix_web::test]
async fn a_terminal_group_sleeps_and_wakes() {
    let till = Till::demo().await;
    let one = till.organization();
    let listed = async || {
        let said = till.asks("/api/1/terminal_groups", json!({ "organizationIds": [one] })).await.json();
        let names = |list: &str| -> Vec<String> {
            let groups =
                said[list].as_array().unwrap().iter().flat_map(|row| row["items"].as_array().unwrap());
            groups.map(|group| group["name"].as_str().unwrap().to_owned()).collect()
        };
        (names("terminalGroups"), names("terminalGroupsInSleep"))
    };
    let named = |name: &str| vec![name.to_owned()];
    assert_eq!(listed().await, (named("Зал"), named("Бар")));
    till.pulls("sleep", json!({"terminal": "Зал"})).await;
    assert_eq!(listed().await.0, Vec::<String>::new());
    let hall = till.sandbox.world().first().terminals[0].id;
    let ask = json!({"organizationIds": [one], "terminalGroupIds": [hall, uuid::Uuid::nil()]});
    let woken = till.asks("/api/1/terminal_groups/awake", ask.clone()).await.json();
    assert_eq!(woken, json!({"successfullyProcessed": [hall], "failedProcessed": [uuid::Uuid::nil()]}));
    assert_eq!(listed().await, (named("Зал"), named("Бар")));
    let alive = async || {
        till.asks("/api/1/terminal_groups/is_alive", ask.clone()).await.json()["isAliveStatus"][0]["isAlive"]
            .clone()
    };
    assert_eq!(alive().await, true);
    till.pulls("alive-off", json!({"terminal": hall})).await;
    assert_eq!(alive().await, false);
}
