//! The board: what is in hand by status; a new delivery calls every screen until somebody has seen it; nothing is sent twice.
use std::time::Duration;

use serde_json::json;

use crate::support::tied::Tied;

async fn looked(tied: &Tied, meets: impl Fn(&crate::support::screen::Screen) -> bool) {
    tied.owner.posts("/orders/look", []).await;
    for _ in 0..300 {
        if meets(&tied.owner.opens("/orders/board").await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{}", tied.owner.opens("/orders/board").await.text());
}

#[actix_web::test]
async fn a_new_delivery_calls_until_somebody_has_seen_it() {
    let tied = Tied::open().await;
    {
        let mut world = tied.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (30, 0);
    }
    tied.presses("").await.says("Применена");
    tied.owner.opens("/orders/board").await.answers(200).does_not_say("Новый заказ");
    tied.pulls("check-open", json!({"table": "3", "section": "Основной зал"})).await;
    tied.pulls("delivery-new", json!({"name": "Анна", "phone": "+79161234567"})).await;
    looked(&tied, |page| page.every(".board li").len() == 2).await;
    let page = tied.owner.opens("/orders/board").await;
    page.says("Новый заказ: 1");
    assert_eq!(page.every(".board li.is-calling").len(), 1, "a check at a table was opened by its waiter");
    assert_eq!(tied.owner.opens("/orders/board?show=table").await.every(".board li").len(), 1);
    // a screen that knows all this gets nothing
    let href = page.attributes("#board", "hx-get").pop().unwrap();
    tied.owner.asks_part(&href).await.answers(204);
    let viewer = tied.panel.viewer_of(tied.owner.venue.unwrap()).await;
    let theirs = viewer.opens("/orders/board").await;
    theirs.answers(200).says("Новый заказ: 1");
    assert!(!theirs.html.contains("acknowledgement"), "a viewer has no button for it");
    viewer.posts("/orders/board/acknowledgement", []).await.answers(403);
    let silent = tied.owner.sends("/orders/board/acknowledgement", []).await;
    silent.answers(200).says("Экраны замолчали").says("Новые заказы видели: Марина Ковалёва");
    assert!(silent.every(".is-calling").is_empty());
    // the other screen learns of it by itself
    let other = viewer.asks_part(&href).await;
    other.answers(200).does_not_say("Новый заказ");
    // the next one calls again
    tied.pulls("delivery-new", json!({"name": "Олег", "phone": "+79161234568"})).await;
    looked(&tied, |page| page.every(".board li.is-calling").len() == 1).await;
    let order = tied.panel.till().world().first().deliveries[1].id;
    tied.pulls("delivery-status", json!({"delivery": order, "status": "OnWay"})).await;
    looked(&tied, |page| page.every(".board section:last-child li").len() == 1).await;
    let stranger = tied.panel.owner_of(tied.panel.venue("Вишня").await).await;
    assert!(stranger.opens("/orders/board").await.every(".board li").is_empty());
    tied.panel.close().await;
}
