//! «Синхронизации» as people meet it: one press, a second press, a stop, a decision, a look back.
use maitre::queue::job;
use maitre::sync::beside::Beside;
use maitre::sync::work::{Work, digest};
use maitre::{all, one};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder, tie};
use crate::support::panel::Panel;
use crate::support::person::Person;

struct Scene {
    panel: Panel,
    fed: Fed,
    owner: Person,
}

impl Scene {
    async fn open() -> Scene {
        let panel = Panel::open().await;
        let venue = panel.venue("Рябина").await;
        let owner = panel.owner_of(venue).await;
        tie(&panel.db, &panel.seal, venue, owner.id).await;
        let fed = Fed { db: panel.db.clone(), venue, by: owner.id };
        Scene { panel, fed, owner }
    }

    /// The worker's turn: claims what was asked for and hands it this answer.
    async fn till_answers(&self, body: &Value) {
        let lease = job::claim(&self.fed.db).await.unwrap().expect("a job waits");
        let work = Work::of(&self.fed.db, lease).await.unwrap().unwrap();
        digest(&work, None, Some(body.to_string().as_bytes()), &Beside::default()).await.unwrap();
    }

    async fn state(&self, number: i64) -> String {
        let mut c = self.fed.db.read().await.unwrap();
        one!(
            &mut c,
            (String,),
            "SELECT state FROM sync_runs WHERE venue_id = $1 AND number = $2",
            self.fed.venue,
            number
        )
        .unwrap()
        .0
    }

    async fn deeds(&self) -> Vec<String> {
        let mut c = self.fed.db.read().await.unwrap();
        let rows = all!(
            &mut c,
            (String, Uuid),
            "SELECT deed, actor_id FROM audit WHERE venue_id = $1 AND deed LIKE 'sync.%' ORDER BY id",
            self.fed.venue
        );
        rows.unwrap()
            .into_iter()
            .inspect(|(_, by)| assert_eq!(*by, self.owner.id))
            .map(|(deed, _)| deed)
            .collect()
    }
}

fn menu(revision: i64, dishes: usize) -> Value {
    let dishes: Vec<Value> =
        (0..dishes).map(|n| dish(100 + n as u128, &format!("Блюдо {n}"), Some(10), 100.0)).collect();
    export(revision, &[folder(10, "Кухня", None)], &dishes)
}

/// The page a press leads to, without the venue.
async fn pressed(person: &Person) -> String {
    let answer = person.posts("/sync", []).await;
    let to = answer.answers(303).goes_to().unwrap();
    to.split_once("/sync").map(|(_, run)| format!("/sync{run}")).unwrap()
}

#[actix_web::test]
async fn a_second_press_joins_and_the_page_can_be_left() {
    let scene = Scene::open().await;
    let run = pressed(&scene.owner).await;
    assert_eq!(pressed(&scene.owner).await, run);
    let page = scene.owner.opens(&run).await;
    page.says("Страницу можно закрыть").says("Получаем меню из iiko").says("Остановить");
    let part = scene.owner.asks_part(&run).await;
    assert!(
        part.every("h1").is_empty() && part.header("hx-refresh").is_empty(),
        "the part alone, again and again"
    );
    scene.till_answers(&menu(5, 3)).await;
    assert_eq!(
        scene.owner.asks_part(&run).await.header("hx-refresh"),
        "true",
        "over: the page shows what came of it"
    );
    let page = scene.owner.opens(&run).await;
    page.says("Применена").says("Блюдо 0").says("100,00 ₽").does_not_say("Остановить");
    assert_eq!(scene.deeds().await, ["sync.asked", "sync.applied"]);
    let again = pressed(&scene.owner).await;
    scene.till_answers(&menu(6, 3)).await;
    scene.owner.opens(&again).await.says("Меню уже такое, как в iiko");
    scene.owner.opens("/sync").await.says("№ 1").says("№ 2").says("новых 3");
    scene.panel.close().await;
}

#[actix_web::test]
async fn stopped_before_and_while_it_runs() {
    let scene = Scene::open().await;
    let run = pressed(&scene.owner).await;
    scene.owner.sends(&format!("{run}/cancellation"), []).await.says("Синхронизацию остановили");
    let run = pressed(&scene.owner).await;
    let lease = job::claim(&scene.fed.db).await.unwrap().unwrap();
    scene.owner.sends(&format!("{run}/cancellation"), []).await.answers(200);
    let work = Work::of(&scene.fed.db, lease).await.unwrap().unwrap();
    digest(&work, None, Some(menu(5, 3).to_string().as_bytes()), &Beside::default()).await.unwrap();
    scene.owner.opens(&run).await.says("Синхронизацию остановили").says("Меню осталось прежним");
    scene.owner.sends(&format!("{run}/cancellation"), []).await.answers(409);
    assert!(scene.fed.everything().await.is_empty());
    scene.panel.close().await;
}

#[actix_web::test]
async fn what_is_held_waits_for_one_decision() {
    let scene = Scene::open().await;
    scene.fed.sync(&menu(5, 10)).await;
    let before = scene.fed.everything().await;
    let run = pressed(&scene.owner).await;
    scene.till_answers(&menu(6, 6)).await;
    let page = scene.owner.opens(&run).await;
    page.says("Исчезнут 4 товара из 10")
        .says("Применить всё равно")
        .says("Оставить как есть")
        .says("Блюдо 9");
    scene.owner.opens("/menu").await.says("ждёт вашего решения");
    let viewer = scene.panel.viewer_of(scene.fed.venue).await;
    viewer.opens(&run).await.answers(200).says("Исчезнут 4 товара").does_not_say("Применить всё равно");
    scene.owner.sends(&format!("{run}/discard"), []).await.says("Меню осталось как есть");
    assert_eq!(scene.fed.everything().await, before);
    scene.owner.sends(&format!("{run}/discard"), []).await.answers(409);
    scene.owner.sends(&format!("{run}/approval"), []).await.answers(409);
    let run = pressed(&scene.owner).await;
    scene.till_answers(&menu(6, 6)).await;
    scene.owner.sends(&format!("{run}/approval"), []).await.says("Идёт синхронизация");
    scene.till_answers(&menu(7, 6)).await;
    assert_eq!((scene.state(3).await.as_str(), scene.state(4).await.as_str()), ("superseded", "applied"));
    assert_eq!(scene.fed.menu().await.products.iter().filter(|p| p.vanished).count(), 4);
    let deeds = scene.deeds().await;
    assert!(
        ["sync.discarded", "sync.approved"].iter().all(|deed| deeds.iter().any(|d| d == deed)),
        "{deeds:?}"
    );
    scene.panel.close().await;
}

#[actix_web::test]
async fn who_may_press_and_who_may_look() {
    let scene = Scene::open().await;
    let run = pressed(&scene.owner).await;
    let viewer = scene.panel.viewer_of(scene.fed.venue).await;
    let mut stranger = scene.panel.stranger().await;
    stranger.venue = Some(scene.fed.venue);
    for path in [
        "/sync".to_owned(),
        format!("{run}/cancellation"),
        format!("{run}/approval"),
        format!("{run}/discard"),
    ] {
        viewer.opens("/sync").await.answers(200);
        viewer.posts(&path, []).await.answers(403);
        stranger.posts(&path, []).await.answers(404);
    }
    stranger.opens(&run).await.answers(404);
    viewer.opens(&run).await.answers(200).does_not_say("Остановить");
    assert_eq!(scene.state(1).await, "queued");
    let other = scene.panel.venue("Другое").await;
    let mut theirs = scene.panel.owner_of(other).await;
    theirs.opens("/sync").await.says("Подключите iiko");
    theirs.posts("/sync", []).await.answers(409);
    theirs.opens(&run).await.answers(404);
    theirs.venue = None;
    scene.panel.close().await;
}

#[actix_web::test]
async fn long_differences_and_long_histories_are_paged() {
    let scene = Scene::open().await;
    scene.fed.sync(&menu(5, 120)).await;
    let mut names = Vec::new();
    let first: Uuid = one!(
        &mut scene.fed.db.read().await.unwrap(),
        (Uuid,),
        "SELECT id FROM sync_runs WHERE venue_id = $1",
        scene.fed.venue
    )
    .unwrap()
    .0;
    let mut next = format!("/sync/{first}?kind=added");
    for _ in 0..4 {
        let page = scene.owner.opens(&next).await;
        names.extend(page.every("tbody td:first-child strong"));
        let more = page.attributes("nav.pager a", "href").into_iter().find(|href| href.contains("after="));
        let Some(more) = more else { break };
        next = more.split_once("/sync").map(|(_, rest)| format!("/sync{rest}")).unwrap();
    }
    let dishes: std::collections::HashSet<_> =
        names.iter().filter(|name| name.starts_with("Блюдо")).collect();
    assert_eq!((names.len(), dishes.len()), (121, 120), "every dish and the section, each once");
    for revision in 6..36 {
        scene.fed.sync(&menu(revision, 120)).await;
    }
    let page = scene.owner.opens("/sync").await;
    assert_eq!(page.every("tbody tr").len(), 25);
    page.says("№ 31").does_not_say("№ 6 ");
    let older =
        page.attributes("nav.pager a", "href").into_iter().find(|href| href.contains("before=")).unwrap();
    let rest = scene.owner.opens(&format!("/sync{}", older.split_once("/sync").unwrap().1)).await;
    assert_eq!(rest.every("tbody tr").len(), 6);
    scene.panel.close().await;
}

#[actix_web::test]
async fn what_iiko_writes_is_shown_as_text() {
    let scene = Scene::open().await;
    let mut body = menu(5, 2);
    body["products"][0]["name"] = json!("<script>alert(1)</script>");
    body["products"][1]["type"] = json!("<img src=x onerror=alert(2)>");
    let run = scene.fed.sync(&body).await;
    for kind in ["added", "skipped"] {
        let page = scene.owner.opens(&format!("/sync/{}?kind={kind}", run.id)).await;
        assert!(page.every("tbody script, tbody img").is_empty(), "{kind}");
        assert!(page.html.contains("alert("), "{kind}");
    }
    scene.panel.close().await;
}
