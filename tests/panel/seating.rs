//! «Посадочные места»: what comes from iiko follows iiko, what is ours stays, and what does not come is told.
use maitre::all;
use maitre::queue::job;
use maitre::sync::beside::Beside;
use maitre::sync::work::{Work, digest};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::Fed;
use crate::support::panel::Panel;
use crate::support::screen::Screen;
use crate::support::shared;
use crate::support::tied::Tied;

/// The page of the first table of that wording in the list.
fn table(page: &Screen, label: &str) -> String {
    let labels = page.every(".list a");
    let at = labels.iter().position(|one| one == label).unwrap_or_else(|| panic!("no {label} in {labels:?}"));
    page.attributes(".list a", "href")[at].clone()
}

#[actix_web::test]
async fn halls_and_tables_come_with_the_menu_and_follow_iiko_while_names_and_hiding_stay() {
    let t = Tied::open().await;
    t.owner.opens("/seating").await.says("Посадочных мест пока нет").says("Нажмите «Синхронизировать»");
    t.presses("").await.says("Применена").says("Посадочные места").says("Способы оплаты");
    let page = t.owner.opens("/seating").await;
    page.says("11 столов, 3 зала").says("Основной зал").says("Веранда").says("Похоже, это не зал для гостей");
    let twice = page.every(".list a").iter().filter(|label| *label == "Стол 1").count();
    assert_eq!(twice, 2, "numbers repeat across halls");
    assert_eq!(page.every("svg.hall a").len(), 11, "each table is drawn");

    let first = table(&page, "Стол 1");
    t.owner.sends(&format!("{first}/name"), [("name", "У окна"), ("was", "")]).await.says("Сохранено");
    t.owner.sends(&format!("{first}/hiding"), [("shown", "no")]).await.says("Стол скрыт от гостей");
    let hall = page.attributes("h2 a", "href")[2].clone();
    t.owner.sends(&format!("{hall}/hiding"), [("shown", "no")]).await.says("Зал «Доставка» скрыт от гостей");

    t.pulls("table-edit", json!({"table": "1", "seats": 6})).await;
    t.pulls("table-move", json!({"table": "5", "section": "Веранда"})).await;
    t.pulls("table-remove", json!({"table": "6"})).await;
    let run = t.presses("seating").await;
    run.says("Применена").says("Перемещены в iiko").says("Исчезли").does_not_say("Новые");
    let page = t.owner.opens("/seating").await;
    page.says("10 столов").says("Стол 1 · У окна").says("6 мест").says("нет в iiko").says("скрыт от гостей");
    page.does_not_say("Похоже, это не зал для гостей");
    t.owner.opens(&table(&page, "Стол 5")).await.says("Веранда");
    let gone = table(&page, "Стол 6");
    t.owner.sends(&format!("{gone}/name"), [("name", "Угол"), ("was", "")]).await.says("Сохранено");

    t.pulls("table-back", json!({"table": "6"})).await;
    t.presses("seating").await.says("Вернулись");
    t.owner.opens(&gone).await.says("Угол").does_not_say("нет в iiko");
    t.presses("seating").await.says("Без изменений").says("Всё уже так, как в iiko");
    t.panel.till().world().first().sections.swap(0, 1);
    t.presses("seating").await.says("Без изменений");
    let halls = t.owner.opens("/seating").await.every("h2 a");
    assert_eq!(halls[..2], ["Веранда", "Основной зал"], "iiko's order, though nobody asks about it");
    t.presses("").await.says("Меню уже такое, как в iiko");
    t.panel.close().await;
}

#[actix_web::test]
async fn a_missing_right_leaves_seating_as_it_is_and_the_menu_comes_all_the_same() {
    let t = Tied::open().await;
    t.presses("seating").await.says("Применена");
    t.pulls("right-away", json!({"right": "Orders: preparing"})).await;
    let run = t.presses("").await;
    run.says("Применена").says("Посадочные места не обновились").says("Чинит интегратор iiko");
    run.says("available_restaurant_sections");
    t.owner.opens("/menu").await.says("Борщ").says("iiko на связи");
    let page = t.owner.opens("/seating").await;
    page.says("11 столов").says("В последний раз iiko их не прислал");
    t.presses("seating").await.says("Не удалась").says("Чинит интегратор iiko").says("Ничего не тронуто");
    t.owner.opens("/menu").await.says("iiko на связи").does_not_say("требует внимания");
    t.owner.opens("/payment-methods").await.does_not_say("не прислал");
    t.pulls("right-back", json!({"right": "Orders: preparing"})).await;
    t.presses("seating").await.says("Без изменений");
    t.owner.opens("/seating").await.does_not_say("не прислал");
    t.panel.close().await;
}

#[actix_web::test]
async fn many_tables_gone_at_once_wait_for_a_person() {
    let t = Tied::open().await;
    t.presses("seating").await.says("Применена");
    t.pulls("reserves-off", json!({})).await;
    // with the menu the question does not hold the menu: the seating stays, and it is told
    t.pulls("reprice", json!({"product": "Борщ с говядиной и салом", "price": "499"})).await;
    let all = t.presses("").await;
    all.says("Применена")
        .says("Посадочные места не обновились")
        .says("Слишком много столов исчезло бы сразу");
    t.owner.opens("/seating").await.says("11 столов, 3 зала").says("В последний раз iiko их не прислал");
    t.presses("").await.says("Без изменений").says("Слишком много столов исчезло бы сразу");
    let run = t.presses("seating").await;
    run.says("Ждёт решения").says("Исчезнут 11 столов из 11");
    t.owner.opens("/seating").await.says("11 столов, 3 зала");
    let approval = run.forms().into_iter().find(|form| form.ends_with("/approval")).expect("a decision");
    // somebody deletes a table's hall for good meanwhile: not what was approved
    t.pulls("reserves-on", json!({})).await;
    t.pulls("section-remove", json!({"section": "Основной зал"})).await;
    let again = t.ends(t.owner.posts(&approval, []).await).await;
    again.says("Ждёт решения").says("снова изменилось");
    let approval = again.forms().into_iter().find(|form| form.ends_with("/approval")).expect("a decision");
    t.ends(t.owner.posts(&approval, []).await).await.says("Применена");
    t.owner.opens("/seating").await.says("4 стола, 2 зала");
    t.panel.close().await;
}

#[actix_web::test]
async fn two_people_name_one_table_and_the_second_is_told() {
    let t = Tied::open().await;
    t.presses("seating").await;
    let page = t.owner.opens("/seating").await;
    let (table, hall) = (table(&page, "Стол 3"), page.attributes("h2 a", "href")[0].clone());
    for place in [&table, &hall] {
        let path = format!("{place}/name");
        t.owner.sends(&path, [("name", "Камин"), ("was", "")]).await.says("Сохранено");
        let told = t.owner.posts(&path, [("name", "Ниша"), ("was", "")]).await;
        told.answers(422).says("сменили на «Камин»");
        assert_eq!(told.field("name").as_deref(), Some("Ниша"), "what was typed stays");
        t.owner.sends(&path, [("name", "Ниша"), ("was", "Камин")]).await.says("Сохранено");
        let long = "я".repeat(61);
        let told = t.owner.posts(&path, [("name", long.as_str()), ("was", "Ниша")]).await;
        told.answers(422).says("не больше 60 знаков");
        assert_eq!(told.field("name"), Some(long));
        t.owner.opens(place).await.says("Ниша");
    }
    t.panel.close().await;
}

#[actix_web::test]
async fn a_table_is_taken_over_from_a_colleague_and_both_spells_are_kept() {
    let t = Tied::open().await;
    t.presses("seating").await;
    for (name, phone) in [("Анна", "+79160000001"), ("Даша", "+79160000002"), ("Тимур", "+79160000003")]
    {
        let fields = [("name", name), ("role", "waiter"), ("phone", phone)];
        t.owner.sends("/staff", fields).await.says("Сотрудник добавлен");
    }
    let place = table(&t.owner.opens("/seating").await, "Стол 3");
    let page = t.owner.opens(&place).await;
    let ids = page.attributes("#waiter option", "value");
    let (anna, dasha, timur) = (ids[1].as_str(), ids[2].as_str(), ids[3].as_str());
    let path = format!("{place}/waiter");
    t.owner.sends(&path, [("waiter", anna), ("was", "")]).await.says("Сохранено");
    t.owner.opens("/seating").await.says("Анна");
    t.owner.sends(&path, [("waiter", dasha), ("was", anna)]).await.says("Стол передан");
    assert_eq!(t.owner.opens(&place).await.every(".timeline h3"), ["Даша", "Анна"]);
    // somebody still sees Anna there
    t.owner.posts(&path, [("waiter", timur), ("was", anna)]).await.answers(422).says("стол передали другому");
    t.owner.posts(&path, [("waiter", timur), ("was", "")]).await.answers(422);
    assert_eq!(t.owner.opens(&place).await.every(".timeline h3"), ["Даша", "Анна"]);
    let employee = format!("/staff/{dasha}");
    t.owner.sends(&format!("{employee}/suspension"), [("back", "no")]).await.says("Даша: отстранён");
    t.owner.opens(&place).await.says("за стол никто не отвечает");
    t.owner.posts(&path, [("waiter", dasha), ("was", "")]).await.answers(422);
    t.owner.sends(&path, [("waiter", ""), ("was", dasha)]).await.says("Сохранено");
    t.owner.posts(&path, [("waiter", dasha), ("was", "")]).await.answers(422).says("выбранный отстранён");
    t.panel.close().await;
}

/// The press under a sheet, with all that it sends.
async fn pressed(t: &Tied, sheet: &Screen) -> Screen {
    let of = |attribute| sheet.attributes("form.stack input", attribute);
    let (names, values) = (of("name"), of("value"));
    let fields = names.iter().zip(&values).filter(|(name, _)| *name != "token");
    let fields: Vec<(&str, &str)> = fields.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    t.owner.sends("/seating/codes/printed", fields).await
}

#[actix_web::test]
async fn printed_codes_know_when_they_are_stale() {
    let t = Tied::open().await;
    t.presses("seating").await;
    t.owner.sends("/seating/codes", [("what", "due")]).await.says("Сначала укажите адрес гостевого меню");
    for wrong in ["", "http://menu.example.com", "javascript:alert(1)"] {
        let told = t.owner.posts("/seating/codes/address", [("guest_url", wrong)]).await;
        told.answers(422).says("Нужен адрес вида");
        assert_eq!(told.field("guest_url").as_deref(), Some(wrong));
    }
    t.owner
        .sends("/seating/codes/address", [("guest_url", "https://menu.example.com/")])
        .await
        .says("Сохранено");
    let sheet = t.owner.sends("/seating/codes", [("what", "due")]).await;
    let tables = sheet.attributes(".codes input[name=table]", "value");
    assert_eq!(tables.len(), 11, "every table that guests see");
    let addresses = sheet.every(".codes small:last-child");
    let mut tokens: Vec<&str> = addresses.iter().map(|one| one.rsplit('/').next().unwrap()).collect();
    assert!(addresses.iter().all(|one| one.starts_with("https://menu.example.com/t/")), "{addresses:?}");
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 11, "each its own");
    pressed(&t, &sheet).await.says("11 кодов отмечено напечатанными");
    t.owner.sends("/seating/codes", [("what", "due")]).await.says("Печатать нечего");

    t.pulls("table-edit", json!({"table": "4", "number": 14})).await;
    t.pulls("table-move", json!({"table": "5", "section": "Веранда"})).await;
    t.pulls("table-remove", json!({"table": "6"})).await;
    t.presses("seating").await.says("Применена");
    let page = t.owner.opens("/seating/codes").await;
    page.says("было напечатано «Основной зал · № 4»").says("было напечатано «Основной зал · № 5»");
    let said = page.every(".list .tone");
    let count = |word: &str| said.iter().filter(|one| *one == word).count();
    assert_eq!((count("устарел"), count("снимите со стола"), count("верный")), (2, 1, 8), "{said:?}");
    let again = t.owner.sends("/seating/codes", [("what", "due")]).await;
    let labels = again.every(".codes li > span");
    assert_eq!(labels, ["Веранда · № 5", "Основной зал · № 14"], "exactly those");
    let kept = again.every(".codes small:last-child");
    assert!(kept.iter().all(|one| addresses.contains(one)), "a renamed table keeps its code");
    t.owner.sends("/seating/codes/address", [("guest_url", "https://menu.example.com")]).await.says("верный");
    t.owner.sends("//language", [("lang", "en")]).await;
    assert_eq!(
        t.owner
            .opens("/seating/codes")
            .await
            .every(".list .tone")
            .iter()
            .filter(|one| *one == "right")
            .count(),
        8
    );
    let moved = t.owner.sends("/seating/codes/address", [("guest_url", "https://new.example.com")]).await;
    moved.says("printed as “https://menu.example.com”").says("printed as “Основной зал · № 4”");
    assert!(moved.every(".list .tone").iter().all(|one| one != "right"), "they lead to the old address");
    let back = [("guest_url", "https://menu.example.com")];
    let back = t.owner.sends("/seating/codes/address", back).await.every(".list .tone");
    assert_eq!(
        back.iter().filter(|one| *one == "right").count(),
        8,
        "what hangs leads there again: {back:?}"
    );
    // between the printing and the press the table got another number: what hangs says the old one
    t.owner.sends("//language", [("lang", "ru")]).await;
    let sheet = t.owner.sends("/seating/codes", [("what", "due")]).await;
    t.pulls("table-edit", json!({"table": "14", "number": 15})).await;
    t.presses("seating").await;
    pressed(&t, &sheet).await.says("было напечатано «Основной зал · № 14»");
    let viewer = t.panel.viewer_of(t.owner.venue.unwrap()).await;
    viewer.opens("/seating/codes").await.answers(200).does_not_say("Подготовить лист");
    viewer.posts("/seating/codes", [("what", "due")]).await.answers(403);
    t.panel.close().await;
}

#[actix_web::test]
async fn who_may_look_and_who_may_change() {
    let t = Tied::open().await;
    t.presses("seating").await;
    let page = t.owner.opens("/seating").await;
    let (table, hall) = (table(&page, "Стол 3"), page.attributes("h2 a", "href")[0].clone());
    let venue = t.owner.venue.unwrap();
    let viewer = t.panel.viewer_of(venue).await;
    viewer.opens("/seating").await.answers(200).says("Стол 3").does_not_say("Скрыть зал");
    for place in [&table, &hall] {
        assert!(viewer.opens(place).await.answers(200).buttons().iter().all(|b| b != "Сохранить"));
        viewer.posts(&format!("{place}/hiding"), [("shown", "no")]).await.answers(403);
        viewer.posts(&format!("{place}/name"), [("name", "Х"), ("was", "")]).await.answers(403);
    }
    let other = t.panel.venue("Чужая").await;
    let stranger = t.panel.owner_of(other).await;
    stranger.opens(&table).await.answers(404);
    for (place, kind) in [(&table, "tables"), (&hall, "halls")] {
        let id = place.rsplit('/').next().unwrap();
        // one's own venue with somebody else's table in the path
        stranger.opens(&format!("/seating/{kind}/{id}")).await.answers(404);
        stranger.posts(&format!("/seating/{kind}/{id}/hiding"), [("shown", "no")]).await.answers(404);
        stranger
            .posts(&format!("/seating/{kind}/{id}/name"), [("name", "Х"), ("was", "")])
            .await
            .answers(404);
    }
    stranger.opens("/seating?hall=nonsense").await.answers(404);
    t.owner.opens(&table).await.says("Скрыть от гостей");
    t.panel.close().await;
}

#[actix_web::test]
async fn a_sync_of_one_part_cannot_be_joined_by_a_sync_of_everything() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    crate::support::fed::tie(&panel.db, &panel.seal, venue, owner.id).await;
    let first = owner.posts("/sync", [("scope", "seating")]).await.goes_to();
    assert_eq!(owner.posts("/sync", [("scope", "seating")]).await.goes_to(), first, "the same is joined");
    owner.posts("/sync", []).await.answers(409).says("Уже идёт другая синхронизация");
    owner.posts("/sync", [("scope", "payments")]).await.answers(409);
    // what a running sync works with cannot be changed under it
    for step in ["key", "organization", "terminal", "disconnection"] {
        let told = owner.posts(&format!("/settings/integrations/iiko/{step}"), []).await;
        told.answers(409).says("Идёт синхронизация");
    }
    owner.sends(&format!("{}/cancellation", first.unwrap()), []).await.says("Всё осталось как было");
    let all = owner.posts("/sync", []).await.goes_to();
    assert_eq!(
        owner.posts("/sync", [("scope", "payments")]).await.goes_to(),
        all,
        "everything brings it too"
    );
    owner.sends(&format!("{}/cancellation", all.unwrap()), []).await;
    panel.close().await;
}

/// Hands a sync of the venue these halls.
async fn halls_come(fed: &Fed, body: &Value) {
    use maitre::sync::run::{self, Scope};
    use maitre::venues::part::Part;
    let mut tx = fed.db.begin().await.unwrap();
    run::ask(&mut tx, fed.venue, fed.by, (Scope::Only(Part::Seating), None)).await.unwrap();
    tx.commit().await.unwrap();
    let lease = job::claim(&fed.db).await.unwrap().unwrap();
    let work = Work::of(&fed.db, lease).await.unwrap().unwrap();
    let beside = Beside { seating: Some(Ok(body.to_string().into_bytes())), ..Beside::default() };
    digest(&work, None, None, &beside).await.unwrap();
}

#[actix_web::test]
async fn captured_halls_are_read_as_they_are() {
    let fed = Fed::open().await;
    for file in ["iiko/samples/sections/fika.json", "iiko/samples/synthetic/sections-with-schema.json"] {
        let Some(path) = shared::file(file) else { return };
        let body: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut expected: Vec<(String, i64, String, i64)> = Vec::new();
        for section in body["restaurantSections"].as_array().unwrap() {
            for table in section["tables"].as_array().unwrap().iter().filter(|t| t["isDeleted"] == false) {
                let text = |value: &Value| value.as_str().unwrap().trim().to_owned();
                expected.push((
                    text(&section["name"]),
                    table["number"].as_i64().unwrap(),
                    text(&table["name"]),
                    table["seatingCapacity"].as_i64().unwrap(),
                ));
            }
        }
        let fed = if file.contains("fika") { &fed } else { &Fed::open().await };
        halls_come(fed, &body).await;
        let sql = "SELECT h.name, t.number, t.name, t.seats FROM tables t
                   JOIN halls h ON h.venue_id = t.venue_id AND h.id = t.hall_id
                   WHERE t.venue_id = $1 AND t.vanished_at IS NULL";
        let mut c = fed.db.read().await.unwrap();
        let mut ours = all!(&mut c, (String, i64, String, i64), sql, fed.venue).unwrap();
        drop(c);
        ours.sort();
        expected.sort();
        assert_eq!(ours, expected, "{file}");
        let sql = "SELECT id FROM halls WHERE venue_id = $1";
        let halls = all!(&mut fed.db.read().await.unwrap(), (Uuid,), sql, fed.venue).unwrap();
        assert_eq!(halls.len(), body["restaurantSections"].as_array().unwrap().len(), "empty halls too");
        halls_come(fed, &body).await;
        let sql = "SELECT state FROM sync_runs WHERE venue_id = $1 ORDER BY number DESC LIMIT 1";
        let last = all!(&mut fed.db.read().await.unwrap(), (String,), sql, fed.venue).unwrap();
        assert_eq!(last[0].0, "unchanged", "{file}: the same again changes nothing");
    }
}
