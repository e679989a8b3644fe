//! The form of iikoWeb: written to iiko, read back, drift seen, another's address left alone, the secret changed.
use maitre::sandbox::world::API_KEY;
use serde_json::{Value, json};

use crate::support::tied::Tied;
use crate::webhooks::sends;

const PAGE: &str = "/settings/integrations/iiko/webhooks";

/// What iiko has for the venue's organization, asked by the venue's key as anybody who holds it may.
async fn there(tied: &Tied, path: &str, more: Value) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let (url, organization) = (tied.panel.till().url(), tied.panel.till().world().first().id);
    let ask = |path: String, token: Option<String>, body: Value| {
        let mut request = client.post(format!("{url}{path}")).json(&body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    let token = ask("/api/1/access_token".into(), None, json!({"apiLogin": API_KEY})).await;
    let mut body = json!({"organizationId": organization});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ask(format!("/api/1/webhooks/{path}"), token["token"].as_str().map(str::to_owned), body).await
}

#[actix_web::test]
async fn the_form_is_written_to_iiko_proven_and_its_drift_seen() {
    let tied = Tied::open().await;
    let page = tied.owner.opens(PAGE).await;
    page.answers(200).says("iiko пока никому не сообщает о переменах");
    let ticked = page.attributes("input[name=tick][checked]", "value");
    assert_eq!(ticked.len(), 10 + 1 + 4 + 1 + 1 + 1, "what is worth being told of: {ticked:?}");
    let mut fields: Vec<(&str, &str)> = ticked.iter().map(|tick| ("tick", tick.as_str())).collect();
    fields.push(("tick", "reserve-flag-errors"));
    fields.push(("tick", "no-such-tick"));
    let page = tied.owner.sends(PAGE, fields).await;
    page.answers(200).says("Записано в iiko и проверено").says("iiko сообщает о переменах нам");
    assert_eq!(page.attributes("input[name=tick][checked]", "value").len(), 19);
    let now = there(&tied, "settings", json!({})).await;
    let (uri, secret) = (now["webHooksUri"].as_str().unwrap(), now["authToken"].as_str().unwrap());
    assert!(uri.starts_with(&format!("{}/webhooks/iiko/", tied.panel.url)), "{uri}");
    assert_eq!(secret.len(), 64);
    assert_eq!(now["webHooksFilter"]["tableOrderFilter"]["orderStatuses"].as_array().unwrap().len(), 4);
    assert_eq!(now["webHooksFilter"]["reserveFilter"], json!({"updates": false, "errors": true}));
    // written once more the secret stays: nothing had to change
    tied.owner.sends(PAGE, [("tick", "table-status-Closed")]).await.says("Записано в iiko и проверено");
    assert_eq!(there(&tied, "settings", json!({})).await["authToken"], secret);
    for path in [PAGE, "/settings/integrations/iiko/journal"] {
        let page = tied.owner.opens(path).await;
        page.answers(200);
        assert!(!page.html.contains(secret), "the secret is on {path}");
    }
    // somebody changes the form in iikoWeb
    let filter = json!({"tableOrderFilter": {"orderStatuses": ["Closed", "Bill"]}});
    let changed = json!({"webHooksUri": uri, "authToken": secret, "webHooksFilter": filter});
    there(&tied, "update_settings", changed).await;
    let page = tied.owner.opens(PAGE).await;
    page.says("Форму в iiko изменили без нас").says("Заказ на стол: Гостевой чек").does_not_say("Доставка: ");
    tied.panel.close().await;
}

#[actix_web::test]
async fn another_systems_address_is_replaced_only_when_told() {
    let tied = Tied::open().await;
    let another = json!({"webHooksUri": "https://other.example.com/iiko?key=1", "authToken": "theirs"});
    there(&tied, "update_settings", another).await;
    let page = tied.owner.opens(PAGE).await;
    page.answers(200).says("сообщает другой системе: other.example.com");
    assert!(!page.html.contains("theirs") && !page.html.contains("key=1"), "their secrets are theirs");
    let page = tied.owner.sends(PAGE, [("tick", "table-status-Closed")]).await;
    page.answers(422).says("Отметьте, что чужой адрес можно заменить");
    let kept = page.attributes("input[name=tick][checked]", "value");
    assert_eq!(kept, ["table-status-Closed"], "what was ticked is kept");
    assert_eq!(there(&tied, "settings", json!({})).await["authToken"], "theirs");
    let page = tied.owner.sends(PAGE, [("tick", "table-status-Closed"), ("replace", "yes")]).await;
    page.answers(200).says("iiko сообщает о переменах нам");
    tied.panel.close().await;
}

#[actix_web::test]
async fn a_changed_secret_leaves_the_old_one_an_hour_and_a_stranger_nothing() {
    let tied = Tied::open().await;
    tied.owner.sends(PAGE, [("tick", "table-status-Closed")]).await.answers(200);
    let before = there(&tied, "settings", json!({})).await;
    tied.owner.sends(&format!("{PAGE}/token"), []).await.answers(200).says("Секрет сменён, iiko его принял");
    let after = there(&tied, "settings", json!({})).await;
    assert_ne!(before["authToken"], after["authToken"]);
    assert_eq!(before["webHooksFilter"], after["webHooksFilter"], "all else is as it was");
    let hook = after["webHooksUri"].as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let url = &tied.panel.url;
    for told in [&before, &after] {
        let secret = told["authToken"].as_str().unwrap();
        assert_eq!(sends(url, hook, secret, "[]").await.status(), 200);
        assert_eq!(sends(url, hook, &format!("Bearer {secret}"), "[]").await.status(), 200);
    }
    assert_eq!(sends(url, hook, "secret", "[]").await.status(), 401);
    tied.panel.close().await;
}

#[actix_web::test]
async fn a_refusal_of_iiko_is_told_and_leaves_the_secret_as_it_was() {
    let tied = Tied::open().await;
    tied.owner.sends(PAGE, [("tick", "table-status-Closed")]).await.answers(200);
    let before = there(&tied, "settings", json!({})).await;
    tied.pulls("right-away", json!({"right": "WebHooks: settings"})).await;
    let page = tied.owner.sends(PAGE, [("tick", "table-status-Bill")]).await;
    page.answers(422).says("У ключа нет права").says("интегратор");
    assert_eq!(page.attributes("input[name=tick][checked]", "value"), ["table-status-Bill"]);
    let hook = before["webHooksUri"].as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let secret = before["authToken"].as_str().unwrap();
    assert_eq!(sends(&tied.panel.url, hook, secret, "[]").await.status(), 200);
    tied.owner.opens(PAGE).await.says("iiko сообщает о переменах нам");
    tied.panel.close().await;
}

#[actix_web::test]
async fn without_iiko_the_page_says_what_comes_first_and_viewers_see_none() {
    let tied = Tied::open().await;
    let venue = tied.panel.venue("Вишня").await;
    let owner = tied.panel.owner_of(venue).await;
    owner.opens(PAGE).await.answers(200).says("Сначала подключите iiko");
    owner.posts(PAGE, []).await.answers(409);
    let viewer = tied.panel.viewer_of(venue).await;
    viewer.opens(PAGE).await.answers(403);
    viewer.opens(&format!("{PAGE}/inbox")).await.answers(403);
    tied.panel.close().await;
}
