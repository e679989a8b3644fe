//! Every page: nothing serious by axe, nothing wider than a phone; and the pictures of the README.
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desk::{Desk, Window, at_desk};
use crate::paid::Guest;
use crate::setup::{contract, staff};
use crate::visits::{invitation, support_comes};

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");

/// Pages of a venue with a menu, a held sync and a failed one.
async fn prepared(desk: &Desk) -> Vec<String> {
    desk.signs_in("owner").await;
    let venue = desk.venue().await;
    let mut pages = vec!["/venues".to_owned(), "/profile".to_owned(), "/nowhere".to_owned()];
    for under in [
        "",
        "/settings",
        "/users",
        "/sync",
        "/settings/integrations/iiko",
        "/settings/integrations/iiko/journal",
        "/settings/integrations/iiko/dictionaries",
        "/settings/integrations/iiko/webhooks",
        "/settings/integrations/iiko/webhooks/inbox",
        "/orders/board",
        "/orders/unseen",
    ] {
        pages.push(format!("{venue}{under}"));
    }
    desk.connects().await;
    desk.syncs().await;
    pages.push(desk.path().await);
    desk.lever("reprice", json!({ "product": "Борщ с говядиной и салом", "price": "499" })).await;
    desk.presses("Меню").await;
    desk.syncs().await;
    pages.push(desk.path().await);
    desk.lever("500", json!({ "times": "" })).await;
    desk.presses("Меню").await;
    desk.syncs().await;
    pages.push(desk.path().await);
    desk.lever("calm", json!({})).await;
    desk.lever("drop", json!({ "percent": 60 })).await;
    desk.presses("Меню").await;
    desk.syncs().await;
    pages.push(desk.path().await);
    desk.goes(&format!("{venue}/menu")).await;
    for css in [".dish-name a", ".tree-acts a"] {
        let href = desk.driver.find(By::Css(css)).await.unwrap().attr("href").await.unwrap().unwrap();
        pages.push(href);
    }
    for (under, css) in [
        ("/seating", "h2 a"),
        ("/seating", ".list h3 a"),
        ("/contracts", "main .actions a.is-primary, .empty a"),
    ] {
        desk.goes(&format!("{venue}{under}")).await;
        let href = desk.driver.find(By::Css(css)).await.unwrap().attr("href").await.unwrap().unwrap();
        pages.push(href);
    }
    desk.goes(&format!("{venue}/readiness")).await;
    desk.presses("Проверить").await;
    for under in [
        "/overview",
        "/seating",
        "/seating/codes",
        "/staff",
        "/staff/new",
        "/staff/iiko",
        "/payment-methods?change=code",
        "/contracts",
        "/readiness",
    ] {
        pages.push(format!("{venue}{under}"));
    }
    pages.push(format!("{venue}/contracts/payee?q=борщ"));
    staff(desk).await;
    desk.presses("Анна Белова").await;
    pages.push(desk.path().await);
    for _ in 0..2 {
        contract(desk).await;
        pages.push(desk.path().await);
    }
    pages.push(format!("{}/primacy", desk.path().await));
    let guest = Guest::of(desk).await;
    desk.lever("check-open", json!({ "table": "3", "section": "Основной зал" })).await;
    let order = guest.bill(3).await;
    desk.lever("check-pay", json!({ "check": order["number"], "payment": "CASH" })).await;
    let payment = guest.pays(&order, "bank-1").await;
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    pages.push(format!("{venue}/orders"));
    pages.push(format!("{venue}/orders?from=x&q=1&to=2026-01-01"));
    pages.push(format!("{venue}/orders/{}", id(&order)));
    pages.push(format!("{venue}/payments/{}", id(&payment)));
    pages.push(format!("{venue}/outbox"));
    pages.push(format!("{venue}/api-keys"));
    pages.push(format!("{venue}/menu?q=борщ"));
    pages.push(format!("{venue}/settings/integrations/iiko?change=key"));
    pages.push(format!("{venue}/settings/integrations/iiko/disconnection"));
    for under in ["/audit", "/audit?kind=menu", "/support-access"] {
        pages.push(format!("{venue}{under}"));
    }
    pages.extend(["/profile/second-factor", "/prove?next=%2Fprofile"].map(str::to_owned));
    pages
}

/// A support visit from both sides.
async fn visited(desk: &Desk, venue: &str) -> Vec<String> {
    support_comes(desk).await;
    let changes = desk.driver.find(By::Css(".visit a.btn")).await.unwrap();
    let changes = changes.attr("href").await.unwrap().unwrap();
    let other = changes.split("/visits/").next().unwrap().to_owned() + "/visits";
    let theirs = ["/support".to_owned(), other, changes, format!("{venue}/menu"), format!("{venue}/orders")];
    let mut pages = theirs.map(|path| desk.other_side(&path)).to_vec();
    desk.goes(&format!("{venue}/support-access")).await;
    let seen = desk.driver.find(By::Css("a[href*='/support-access/visits/']")).await.unwrap();
    pages.push(seen.attr("href").await.unwrap().unwrap());
    pages
}

/// What axe calls serious or critical on the open page.
async fn serious(desk: &Desk, axe: &str) -> Vec<String> {
    desk.driver.execute(axe, Vec::new()).await.unwrap();
    let run = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations
        .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160))))";
    let found: Vec<String> = desk.driver.execute_async(run, Vec::new()).await.unwrap().convert().unwrap();
    found
}

async fn theme(desk: &Desk, theme: &str) {
    let set = "document.documentElement.dataset.theme = arguments[0]";
    desk.driver.execute(set, vec![Value::from(theme)]).await.unwrap();
}

#[tokio::test]
async fn axe_finds_nothing_serious_and_no_page_is_wider_than_a_phone() {
    at_desk(Window::default(), every_page).await;
}

async fn every_page(desk: &Desk) {
    let axe = std::fs::read_to_string(AXE).expect("axe-core is installed: npm ci");
    let mut pages = prepared(desk).await;
    let venue = pages[3].clone();
    pages.extend(visited(desk, &venue).await);
    let invitation = invitation(desk, &venue).await;
    let mut wrong = Vec::new();
    pages.extend(["/logout-first".to_owned(), invitation]);
    for page in &pages {
        if page == "/logout-first" {
            desk.goes("/profile").await;
            desk.driver.delete_all_cookies().await.unwrap();
            desk.goes("/login").await;
        } else {
            desk.goes(page).await;
        }
        for (width, look) in [(1440, "light"), (390, "dark")] {
            desk.driver.set_window_rect(0, 0, width, 900).await.unwrap();
            theme(desk, look).await;
            wrong.extend(
                serious(desk, &axe).await.into_iter().map(|said| format!("{page} {width} {look}: {said}")),
            );
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let over: i64 = desk.driver.execute(wide, Vec::new()).await.unwrap().convert().unwrap();
            if over > 0 {
                wrong.push(format!("{page} is {over} px too wide at {width}"));
            }
        }
    }
    assert!(pages.len() > 30, "{} pages", pages.len());
    assert_eq!(wrong, Vec::<String>::new());
    // the control: the same look finds a picture without words and a field without a label
    let spoil = "document.body.innerHTML = '<img src=\"/x.png\"><input>'";
    desk.driver.execute(spoil, Vec::new()).await.unwrap();
    assert!(serious(desk, &axe).await.len() >= 2, "axe is looking");
}

/// Makes the pictures of the README: `docs/take-pictures`.
#[tokio::test]
#[ignore = "makes docs/pictures"]
async fn pictures() {
    at_desk(Window::default(), take).await;
}

async fn take(desk: &Desk) {
    let pages = prepared(desk).await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let shot = async |name: &str| desk.driver.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
    desk.driver.set_window_rect(0, 0, 1280, 860).await.unwrap();
    let venue = pages[3].clone();
    desk.goes(&format!("{venue}/settings/integrations/iiko?change=terminal")).await;
    shot("iiko").await;
    desk.goes(&format!("{venue}/menu")).await;
    shot("menu").await;
    let held = pages.iter().rev().find(|page| page.contains("/sync/")).unwrap();
    desk.goes(held).await;
    shot("sync").await;
    desk.goes(&format!("{venue}/seating")).await;
    shot("seating").await;
    desk.goes(&format!("{venue}/readiness")).await;
    shot("readiness").await;
    desk.driver.set_window_rect(0, 0, 420, 860).await.unwrap();
    desk.goes(&format!("{venue}/menu")).await;
    theme(desk, "dark").await;
    shot("phone").await;
}
