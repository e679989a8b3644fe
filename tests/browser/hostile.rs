//! T9: hostile texts of the till reach every page as texts: no script runs, and the policy has nothing to report.
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk};

/// At least 300 strings: payloads in the wrappings that break out of texts, attributes, scripts, styles and addresses.
fn corpus() -> Vec<String> {
    let payloads = [
        "<script>window.hit=1</script>",
        "<img src=x onerror=window.hit=1>",
        "<svg onload=window.hit=1>",
        "<svg><script>window.hit=1</script></svg>",
        "<body onload=window.hit=1>",
        "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
        "<details open ontoggle=window.hit=1>x</details>",
        "<input autofocus onfocus=window.hit=1>",
        "<a href='javascript:window.hit=1'>x</a>",
        "<math><mtext></mtext><script>window.hit=1</script></math>",
        "<style>*{background:url(javascript:window.hit=1)}</style>",
        "<div hx-get='/' hx-trigger='load' hx-on::load='window.hit=1'>x</div>",
        "<img src=x hx-on:error='window.hit=1'>",
        "javascript:window.hit=1",
        "{{constructor.constructor('window.hit=1')()}}",
        "${window.hit=1}",
        "<base href='//example.invalid/'>",
        "<link rel=stylesheet href='data:text/css,*{}'>",
        "<form action='javascript:window.hit=1'><button>x</button></form>",
        "<object data='data:text/html,<script>window.hit=1</script>'></object>",
    ];
    let wrappings = [
        "{}",
        "\"{}",
        "'{}",
        "\">{}",
        "'>{}",
        "--> {}",
        "</title>{}",
        "</textarea>{}",
        "</script>{}",
        "\" autofocus onfocus=window.hit=1 x=\"{}",
        "`{}",
        "\\\"{}",
        "&lt;{}",
        "]]>{}",
        "\u{2028}{}",
        "%3C{}",
    ];
    let all = payloads.iter().flat_map(|payload| wrappings.iter().map(|wrap| wrap.replace("{}", payload)));
    all.collect()
}

/// A captured answer whose every text is a hostile one.
fn menu(corpus: &[String]) -> Value {
    let id = |n: usize| format!("00000000-0000-4000-8000-{n:012}");
    let groups: Vec<Value> = (0..20).map(|n| {
        json!({ "id": id(n + 1), "name": corpus[n * 7 % corpus.len()], "parentGroup": if n < 10 { Value::Null } else { json!(id(n - 9)) },
                "order": n, "isIncludedInMenu": true, "isGroupModifier": false, "isDeleted": false, "imageLinks": [], "tags": [] })
    }).collect();
    let products: Vec<Value> = corpus.iter().enumerate().map(|(n, text)| {
        let kind = match n % 40 { 7 => "Modifier", 9 => "Service", 11 => text.as_str(), _ => "Dish" };
        json!({ "id": id(1_000 + n), "name": text, "code": text, "type": kind, "description": text, "seoDescription": Value::Null,
                "parentGroup": id(n % 20 + 1), "order": n, "measureUnit": text, "isDeleted": false, "modifiers": [], "groupModifiers": [],
                "imageLinks": [], "tags": [], "sizePrices": [{ "sizeId": Value::Null, "price": { "currentPrice": 100, "isIncludedInMenu": true } }] })
    }).collect();
    json!({ "correlationId": id(0), "groups": groups, "productCategories": [], "products": products, "sizes": [], "revision": 9 })
}

/// How often a script of theirs ran on the open page.
async fn hits(desk: &Desk) -> i64 {
    desk.driver
        .execute("return window.hit === undefined ? 0 : 1", Vec::new())
        .await
        .unwrap()
        .convert()
        .unwrap()
}

/// Reports of the content policy: Chromium writes them into its console.
async fn reports(desk: &Desk) -> usize {
    let script = "const done = arguments[0]; const seen = []; \
        new ReportingObserver(list => seen.push(...list), { types: ['csp-violation'], buffered: true }).observe(); \
        setTimeout(() => done(seen.length), 60)";
    desk.driver.execute_async(script, Vec::new()).await.unwrap().convert().unwrap()
}

#[tokio::test]
async fn hostile_texts_of_the_till_stay_texts_on_every_page() {
    at_desk(Window::default(), hostile).await;
}

async fn hostile(desk: &Desk) {
    let corpus = corpus();
    assert!(corpus.len() >= 300);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let load = format!("{}/levers/load", desk.text("sandbox"));
    let loaded = client.post(load).json(&menu(&corpus)).send().await.unwrap();
    assert!(loaded.status().is_success(), "{}", loaded.text().await.unwrap());
    desk.signs_in("owner").await;
    let venue = desk.venue().await;
    desk.connects().await;
    desk.syncs().await;
    let run = desk.path().await;
    let mut pages =
        vec![format!("{venue}/menu"), format!("{venue}/menu?q=%3Cscript%3E"), format!("{venue}/sync")];
    pages.extend(["added", "skipped"].map(|kind| format!("{run}?kind={kind}")));
    pages.extend((1..6).map(|page| format!("{run}?kind=added&after={}", page * 50)));
    pages.push(format!("{venue}/settings/integrations/iiko/journal"));
    pages.push(format!("/login?next={}", "%22%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E"));
    desk.goes(&format!("{venue}/menu")).await;
    for (n, link) in desk.driver.find_all(By::Css(".dish-name a")).await.unwrap().into_iter().enumerate() {
        if n % 8 == 0 {
            pages.push(link.attr("href").await.unwrap().unwrap());
        }
    }
    let (mut ran, mut reported, mut shown) = (0, 0, 0);
    for page in &pages {
        desk.goes(page).await;
        (ran, reported) = (ran + hits(desk).await, reported + reports(desk).await);
        shown += usize::from(desk.reads().await.contains("window.hit"));
    }
    assert!(shown > 20, "the hostile texts are on the pages, {shown} of {}", pages.len());
    assert_eq!((ran, reported), (0, 0), "over {} pages", pages.len());
    the_same_counters_see_a_hole(desk).await;
}

/// The control: on a page of somebody who escapes nothing, the counter sees the script run.
async fn the_same_counters_see_a_hole(desk: &Desk) {
    desk.driver.goto("data:text/html,<p><img src=x onerror=window.hit=1></p>").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(hits(desk).await, 1, "the counter counts");
    desk.goes("/login").await;
    let inline = "const s = document.createElement('div'); s.innerHTML = '<img src=x onerror=window.hit=1>'; document.body.append(s)";
    desk.driver.execute(inline, Vec::new()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(
        reports(desk).await > 0 && hits(desk).await == 0,
        "the policy refuses an inline handler and reports it"
    );
}
