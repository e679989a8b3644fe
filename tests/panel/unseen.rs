//! «Заказы, которых не видно»: told with what is missing and what to do, and gone once the product is exported.
use std::time::Duration;

use serde_json::json;

use crate::support::screen::Screen;
use crate::support::tied::Tied;

async fn looked(tied: &Tied, meets: impl Fn(&Screen) -> bool) -> Screen {
    for _ in 0..150 {
        tied.owner.posts("/orders/look", []).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let page = tied.owner.opens("/orders/unseen").await;
        if meets(&page) {
            return page;
        }
    }
    panic!("{}", tied.owner.opens("/orders/unseen").await.text());
}

#[actix_web::test]
async fn a_check_with_a_dish_outside_the_export_is_told_and_seen_again_once_it_is_exported() {
    let tied = Tied::open().await;
    {
        let mut world = tied.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (30, 0);
    }
    let check = |n: &str| json!({"table": n, "section": "Основной зал", "items": ["00243"]});
    tied.pulls("check-open", check("3")).await;
    tied.pulls("check-open", check("4")).await;
    // the dish is on the checks, and the export does not bring it
    tied.pulls("remove", json!({"product": "00243"})).await;
    tied.presses("").await.says("Применена");
    let page = looked(&tied, |page| page.every("tbody tr").len() == 2).await;
    page.answers(200).says("мешает 2 чекам").says("Выгрузка меню").says("Уха из трёх рыб");
    tied.owner.opens("/orders?tab=trouble").await.says("Заказы, которых не видно");
    let viewer = tied.panel.viewer_of(tied.owner.venue.unwrap()).await;
    viewer.opens("/orders/unseen").await.answers(200).says("Уха из трёх рыб");
    tied.pulls("bring-all-back", json!({})).await;
    tied.presses("").await.says("Применена");
    looked(&tied, |page| page.text().contains("Таких заказов нет")).await;
    tied.panel.close().await;
}
