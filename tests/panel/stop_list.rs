//! The stop list: shown in the menu, read once for many words of a change, kept while it cannot be read, never put back by a
//! slower, older reading.
use std::time::Duration;

use maitre::clock;
use maitre::integrations::iiko_cloud::stop_lists::{Stopped, of_group};
use maitre::menu::stop_list;
use serde_json::json;
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder};
use crate::support::screen::Screen;
use crate::support::shared;
use crate::support::tied::Tied;

const HOOKS: &str = "/settings/integrations/iiko/webhooks";

/// A venue that iiko tells of its stop list; a dish of its menu, by code.
async fn told() -> (Tied, String) {
    let tied = Tied::open().await;
    tied.presses("").await.says("Применена");
    tied.panel.till().world().first().stops.clear();
    tied.owner.sends(HOOKS, [("tick", "stops-flag-updates")]).await.says("Записано в iiko");
    let code = "00243".to_owned();
    (tied, code)
}

async fn until(tied: &Tied, meets: impl Fn(&Screen) -> bool) -> Screen {
    for _ in 0..300 {
        let page = tied.owner.opens("/menu?show=stopped").await;
        if meets(&page) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the menu stays {}", tied.owner.opens("/menu?show=stopped").await.text());
}

fn reads(tied: &Tied) -> usize {
    tied.panel.till().tape().calls().filter(|call| call.path == "/api/1/stop_lists").count()
}

#[actix_web::test]
async fn a_stopped_dish_is_seen_in_the_menu_and_gone_when_it_is_back() {
    let (tied, code) = told().await;
    tied.pulls("stop", json!({"product": code})).await;
    let page = until(&tied, |page| page.every(".dish").len() == 1).await;
    page.says("В стопе");
    tied.pulls("stop", json!({"product": code, "balance": "2.5"})).await;
    until(&tied, |page| page.text().contains("Осталось 2,5")).await;
    tied.pulls("unstop", json!({"product": code})).await;
    until(&tied, |page| page.every(".dish").is_empty()).await;
    tied.panel.close().await;
}

#[actix_web::test]
async fn many_words_of_a_change_are_one_reading_and_a_failed_one_keeps_what_was_known() {
    let (tied, code) = told().await;
    let before = reads(&tied);
    for _ in 0..20 {
        tied.pulls("stop", json!({"product": code})).await;
    }
    until(&tied, |page| page.every(".dish").len() == 1).await;
    assert_eq!(reads(&tied) - before, 1, "a cook went through the list");
    tied.pulls("right-away", json!({"right": "/api/1/stop_lists"})).await;
    tied.pulls("unstop", json!({"product": code})).await;
    let page = until(&tied, |page| page.text().contains("обновить не удалось")).await;
    page.says("У ключа нет права").says("В стопе");
    tied.panel.close().await;
}

#[actix_web::test]
async fn a_slower_older_reading_replaces_nothing() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &[folder(10, "Кухня", None)], &[dish(100, "Борщ", Some(10), 405.0)])).await;
    let (soup, nil) = (Uuid::from_u128(100), Uuid::nil());
    let mut tx = fed.db.begin().await.unwrap();
    let begun = clock::now();
    let slow = stop_list::begin(&mut tx, fed.venue, begun).await.unwrap();
    let fast = stop_list::begin(&mut tx, fed.venue, begun).await.unwrap();
    let now = clock::now();
    assert!(stop_list::replace(&mut tx, fed.venue, (fast, begun), &[], now).await.unwrap());
    assert!(!stop_list::replace(&mut tx, fed.venue, (slow, begun), &[(soup, nil, 0)], now).await.unwrap());
    let page = maitre::menu::tree::items(&mut tx, fed.venue, None).await.unwrap();
    assert_eq!(page[0].left_over, None);
    // a change told of while it was being read is read once more
    stop_list::mark(&mut tx, fed.venue, now).await.unwrap();
    let third = stop_list::begin(&mut tx, fed.venue, now).await.unwrap();
    let later = now + chrono::TimeDelta::seconds(1);
    stop_list::mark(&mut tx, fed.venue, later).await.unwrap();
    assert!(stop_list::replace(&mut tx, fed.venue, (third, now), &[(soup, nil, 0)], later).await.unwrap());
    let due = stop_list::changed(&mut tx, later + chrono::TimeDelta::seconds(3)).await.unwrap();
    assert_eq!(due, [fed.venue]);
    let left = maitre::menu::tree::items(&mut tx, fed.venue, None).await.unwrap()[0].left_over;
    assert_eq!(left, Some(0));
    // a size alone does not stop the product
    let fourth = stop_list::begin(&mut tx, fed.venue, later).await.unwrap();
    let size = Uuid::from_u128(5);
    assert!(
        stop_list::replace(&mut tx, fed.venue, (fourth, later), &[(soup, size, 0)], later).await.unwrap()
    );
    assert_eq!(maitre::menu::tree::items(&mut tx, fed.venue, None).await.unwrap()[0].left_over, None);
    tx.commit().await.unwrap();
}

#[test]
fn only_the_own_terminals_list_counts_and_its_absence_is_no_empty_list() {
    let Some(path) = shared::file("iiko/samples/synthetic/stop-lists.json") else { return };
    let body = std::fs::read(path).unwrap();
    let group = |n: u128| Uuid::from_u128(0x4000_8000_0000_0000_0000 + n);
    let ours = of_group(&body, group(2)).unwrap();
    assert_eq!(ours.iter().map(|one: &Stopped| one.left).collect::<Vec<_>>(), [0, 3_500, 0]);
    assert!(ours[1].size.is_some());
    assert_eq!(of_group(&body, group(3)).unwrap(), []);
    assert!(of_group(&body, group(4)).is_err(), "not told of is not empty");
    assert!(of_group(b"{}", group(2)).is_err());
}
