//! The till's page as a person uses it: a check from the first dish to the last rouble, a delivery, the shift.
use serde_json::json;

use crate::support::till::Till;

/// A form sent as a browser does; the page it leads back to.
async fn sends(till: &Till, lever: &str, form: &[(&str, &str)]) -> scraper::Html {
    let url = till.sandbox.url();
    let form = [form, &[("back", "lang=en&q=")]].concat();
    let asked = till.http.post(format!("{url}/levers/{lever}")).header("accept", "text/html").form(&form);
    let place = asked.send().await.unwrap().headers()["location"].to_str().unwrap().to_owned();
    let html = till.http.get(format!("{url}{place}")).send().await.unwrap().text().await.unwrap();
    scraper::Html::parse_document(&html)
}

fn texts(page: &scraper::Html, selector: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(selector).unwrap();
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&selector).map(|found| words(found.text().collect())).collect()
}

#[actix_web::test]
async fn a_person_serves_a_table_and_a_delivery_by_the_page() {
    let till = Till::demo().await;
    let page =
        sends(&till, "check-open", &[("table", "4"), ("waiter", "Анна Белова"), ("items", "Наполеон")]).await;
    assert_eq!(texts(&page, "[role=status]"), ["The check is opened."]);
    assert_eq!(texts(&page, "#checks summary .grow"), ["Table 4 Анна Белова"]);
    assert_eq!(texts(&page, "#checks summary .mark"), ["open", "unknown to the cloud"]);
    let page =
        sends(&till, "check-add", &[("check", "1"), ("item", "Медовик на гречишном мёде"), ("amount", "2")])
            .await;
    assert!(texts(&page, "#checks details > p")[1].starts_with("Медовик на гречишном мёде × 2"));
    let page = sends(&till, "check-close", &[("check", "1")]).await;
    assert_eq!(texts(&page, "[role=status]"), ["It did not work: check the fields."]);
    let page = sends(&till, "check-pay", &[("check", "1"), ("payment", "CASH"), ("sum", "")]).await;
    assert!(texts(&page, "#checks details > p").last().unwrap().starts_with("Наличные"));
    let page = sends(&till, "shift-close", &[]).await;
    assert!(texts(&page, "#checks .mark").contains(&"the shift is closed".to_owned()));
    sends(&till, "shift-open", &[]).await;
    let page = sends(&till, "check-close", &[("check", "1")]).await;
    assert_eq!(texts(&page, "#checks summary .mark")[0], "closed");
    let page = sends(&till, "till-away", &[]).await;
    assert!(texts(&page, "#checks .mark").contains(&"the till is away".to_owned()));

    sends(&till, "delivery-new", &[("kind", "pickup"), ("name", "Ольга")]).await;
    let page = sends(&till, "delivery-status", &[("delivery", "1"), ("status", "OnWay")]).await;
    assert_eq!(texts(&page, "#deliveries .rows .mark"), ["OnWay"]);
    let page = sends(&till, "late", &[("times", "1"), ("ms", "9000")]).await;
    assert_eq!(texts(&page, "#trouble strong"), ["The command lands late"]);
    assert_eq!(
        till.asks("/levers/delivery-status", json!({"delivery": 1, "status": "Eaten"})).await.status,
        400
    );
}
