//! Levers of the wire, the tape, the page.
use std::time::{Duration, Instant};

use maitre::sandbox::mischief::Fault;
use maitre::sandbox::world::{API_KEY, CLIENT_SECRET};
use serde_json::{Value, json};

use crate::support::till::{Till, count};

const MENU: &str = "/api/1/nomenclature";

#[actix_web::test]
async fn refusals_happen_as_often_as_ordered_and_only_where_ordered() {
    let till = Till::demo().await;
    let asks = async || till.asks(MENU, till.menu_request(None)).await;
    till.pulls("429", json!({"times": 2, "after": "7"})).await;
    for _ in 0..2 {
        let refused = asks().await;
        assert_eq!((refused.status, refused.retry_after.as_deref()), (429, Some("7")));
    }
    assert_eq!(asks().await.status, 200);

    till.pulls("500", json!({"path": MENU})).await;
    assert_eq!(till.asks("/api/1/organizations", json!({})).await.status, 200);
    for _ in 0..3 {
        assert_eq!(asks().await.status, 500);
    }
    till.pulls("calm", json!({})).await;
    assert_eq!(asks().await.status, 200);

    till.sandbox.mischief().always(Fault::Unauthorized);
    assert_eq!(asks().await.status, 401);
    till.sandbox.mischief().calm();
    till.sandbox.mischief().next(Fault::BadGateway);
    assert_eq!(asks().await.status, 502);

    till.pulls("slow", json!({"ms": 300, "times": 1})).await;
    till.sandbox.mischief().next(Fault::ServerError);
    let started = Instant::now();
    assert_eq!(asks().await.status, 500, "a wait and a refusal meet");
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert!(till.sandbox.mischief().pranks.is_empty());
}

#[actix_web::test]
async fn bodies_are_spoiled_as_ordered() {
    let till = Till::demo().await;
    let asks = async |lever: &str| {
        till.pulls(lever, json!({"times": 1})).await;
        till.sends(MENU, till.menu_request(None).to_string()).await
    };
    let whole = till.asks(MENU, till.menu_request(None)).await.text;
    let read = |text: &str| serde_json::from_str::<Value>(text);

    let half = asks("truncated").await.unwrap();
    assert!(half.status == 200 && half.text.len() < whole.len() && read(&half.text).is_err());
    let html = asks("html").await.unwrap();
    assert!(html.status == 200 && html.text.contains("<html>"));
    assert_eq!(asks("empty-body").await.unwrap().text, "");
    let weighty = asks("ten-fold").await.unwrap().text;
    assert!(weighty.len() >= whole.len() * 10 && weighty.len() < whole.len() * 11);
    assert_eq!(count(&read(&weighty).unwrap(), "products"), count(&read(&whole).unwrap(), "products"));
    let deep = asks("deep").await.unwrap().text;
    assert!(deep.contains(&"[".repeat(10_000)));
    assert!(asks("cut-off").await.is_err(), "the body ends before it ends");
    assert!(asks("offline").await.is_err(), "no answer at all");
    assert_eq!(till.sandbox.tape().calls().last().unwrap().status, 0);
    till.menu(None).await;
}

#[actix_web::test]
async fn an_endless_body_outgrows_any_cap() {
    let till = Till::demo().await;
    till.sandbox.mischief().next(Fault::Endless);
    let asked = till.http.post(format!("{}{MENU}", till.sandbox.url())).bearer_auth(&till.token);
    let mut answer = asked.json(&till.menu_request(None)).send().await.unwrap();
    let mut heard = 0;
    while heard < 40 << 20 {
        heard += answer.chunk().await.unwrap().expect("it never ends").len();
    }
    drop(answer);
    till.menu(None).await;
}

#[actix_web::test]
async fn the_tape_holds_calls_without_secrets() {
    let till = Till::demo().await;
    till.asks("/api/1/access_token", json!({"apiLogin": API_KEY})).await;
    till.asks("/api/1/access_token", json!({"apiLogin": "a-login-nobody-knows"})).await;
    till.menu(None).await;
    let tape = till.sandbox.tape();
    assert_eq!(tape.of(MENU).len(), 1);
    let said = format!("{:?}", tape.calls().collect::<Vec<_>>());
    for secret in [API_KEY, CLIENT_SECRET, &till.token, "a-login-nobody-knows"] {
        assert!(!said.contains(secret), "{secret} is on the tape");
    }
    assert!(said.contains(&format!("***{}", &API_KEY[API_KEY.len() - 4..])));
    assert!(!tape.of(MENU)[0].is_whole() || tape.of(MENU)[0].answer.len() <= tape.body_kept);
}

#[actix_web::test]
async fn a_browser_pulls_a_lever_and_is_back_on_the_page() {
    let till = Till::demo().await;
    let url = till.sandbox.url();
    let form = [("product", "Наполеон"), ("price", "399"), ("name", ""), ("back", "lang=en&q=напол")];
    let pulled = till
        .http
        .post(format!("{url}/levers/edit"))
        .header("accept", "text/html")
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(pulled.status().as_u16(), 303);
    let place = pulled.headers()["location"].to_str().unwrap().to_owned();
    let page = till.http.get(format!("{url}{place}")).send().await.unwrap();
    for (name, part) in
        [("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff")]
    {
        assert!(page.headers()[name].to_str().unwrap().contains(part), "{name}");
    }
    let html = page.text().await.unwrap();
    let page = scraper::Html::parse_document(&html);
    let texts = |selector: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|found| found.text().collect::<String>().trim().to_owned()).collect()
    };
    assert_eq!(texts("html[lang=en] h1"), ["Sandbox till"]);
    assert_eq!(texts("[role=status]"), ["Done, the menu has a new revision."]);
    assert_eq!(texts(".goods .price"), ["399 ₽"]);
    assert!(texts("code.paste").contains(&API_KEY.to_owned()));
    assert_eq!(texts("script, style, [style], [onclick]"), [""; 0]);

    let failed = till
        .http
        .post(format!("{url}/levers/rename"))
        .header("accept", "text/html")
        .form(&[("product", "x")]);
    let failed = failed.send().await.unwrap().headers()["location"].to_str().unwrap().to_owned();
    assert!(failed.contains("failed=rename"), "{failed}");
}

#[actix_web::test]
async fn a_dropped_till_no_longer_listens() {
    let till = Till::demo().await;
    let (http, url) = (till.http.clone(), till.sandbox.url());
    drop(till);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(http.get(url).send().await.is_err());
}
