//! Who may come in: the secret in both of its forms; a stranger learns nothing and leaves nothing.
use maitre::webhooks::inbox;
use maitre::{all, one};
use serde_json::json;
use uuid::Uuid;

use crate::support::fed::tie;
use crate::support::panel::Panel;
use crate::webhooks::{SECRET, event, hooked, sends};

/// Events that came, split from their letters.
async fn rows(panel: &Panel) -> i64 {
    let mut tx = panel.db.begin().await.unwrap();
    for (venue,) in all!(&mut tx, (Uuid,), "SELECT venue_id FROM webhooks").unwrap() {
        while inbox::split(&mut tx, venue, 10).await.unwrap() > 0 {}
    }
    let (rows,) = one!(&mut tx, (i64,), "SELECT CAST(count(*) AS BIGINT) FROM webhook_events").unwrap();
    tx.commit().await.unwrap();
    rows
}

#[actix_web::test]
async fn a_stranger_learns_nothing_and_leaves_nothing() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    tie(&panel.db, &panel.seal, venue, owner.id).await;
    let hook = hooked(&panel.db, venue, owner.id).await;
    let body = json!([event(51, 1_000, "New")]).to_string();
    for (id, said) in [
        (hook, ""),
        (hook, "Bearer"),
        (hook, "Bearer "),
        (hook, "secret"),
        (hook, "Basic c2VjcmV0"),
        (Uuid::new_v4(), SECRET),
        (Uuid::nil(), SECRET),
    ] {
        let answer = sends(&panel.url, id, said, body.clone()).await;
        let told = (answer.status().as_u16(), answer.headers().contains_key("set-cookie"));
        assert_eq!(told, (401, false), "{id} {said}");
        assert!(answer.text().await.unwrap().is_empty());
    }
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let odd = client.post(format!("{}/webhooks/iiko/no-address", panel.url)).header("authorization", SECRET);
    assert_eq!(odd.send().await.unwrap().status(), 401);
    assert_eq!(rows(&panel).await, 0);
    for said in [SECRET.to_owned(), format!("Bearer {SECRET}")] {
        assert_eq!(sends(&panel.url, hook, &said, body.clone()).await.status(), 200);
    }
    assert_eq!(rows(&panel).await, 1, "the same event twice is one");
    panel.close().await;
}

#[actix_web::test]
async fn whatever_iiko_sends_is_answered_and_kept() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let hook = hooked(&panel.db, venue, owner.id).await;
    for body in ["", "{", "[", "null", "[1,2]", "{\"eventType\":\"Поздравляем\"}", "\u{0}"] {
        assert_eq!(sends(&panel.url, hook, SECRET, body).await.status(), 200, "{body:?}");
    }
    assert_eq!(sends(&panel.url, hook, SECRET, "[]").await.status(), 200, "nothing is nothing");
    assert_eq!(rows(&panel).await, 8, "what could not be read is kept too");
    let deep = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(sends(&panel.url, hook, SECRET, deep).await.status(), 200);
    assert_eq!(sends(&panel.url, hook, SECRET, "x".repeat((1 << 20) + 1)).await.status(), 413);
    assert_eq!(rows(&panel).await, 9);
    panel.close().await;
}
