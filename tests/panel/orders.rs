//! «Заказы»: looks come in any order and the last version stays; the list finds; the page shows what iiko has.
use maitre::clock::{self, Timestamp};
use maitre::db::conn::Conn;
use maitre::integrations::iiko_cloud::orders::{self as wire, OrderInfo};
use maitre::orders::kind::Kind;
use maitre::orders::list::{self, After, Filter, Payment};
use maitre::orders::order::{self, Source, Told, Took};
use maitre::orders::shown;
use maitre::orders::status::Status;
use maitre::sync::orders::{Ground, told};
use maitre::venues::venue;
use maitre::{all, exec};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder};
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::shared;
use crate::support::tied::Tied;

/// A table order as iiko tells of it.
fn info(n: u128, version: i64, status: &str) -> Value {
    json!({
        "id": Uuid::from_u128(n), "posId": null, "organizationId": Uuid::from_u128(7), "timestamp": version,
        "creationStatus": "Success", "errorInfo": null,
        "order": {
            "tableIds": [], "status": status, "number": n, "sum": 1010.5, "processedPaymentsSum": 0,
            "whenCreated": "2026-11-23 19:20:01.000", "waiter": {"id": Uuid::from_u128(3), "name": "Даша Ким"},
            "items": [
                {"type": "Product", "product": {"id": Uuid::from_u128(100), "name": "Борщ"}, "amount": 2,
                 "resultSum": 810.5, "status": "Served", "deleted": null, "modifiers": []},
                {"type": "Product", "product": {"id": Uuid::from_u128(101), "name": "Морс"}, "amount": 1,
                 "resultSum": 200, "status": "Added", "deleted": {"deletionMethod": null}, "modifiers": []},
            ],
            "payments": [], "discounts": [], "orderType": {"name": "Зал", "orderServiceType": "Common"},
        },
    })
}

async fn ground(fed: &Fed) -> Ground {
    let mut c = fed.db.read().await.unwrap();
    let venue = venue::get(&mut c, fed.venue).await.unwrap();
    Ground::of(&mut c, &venue).await.unwrap()
}

fn read(value: &Value, ground: &Ground, is_delivery: bool) -> Told {
    let text = value.to_string();
    let info: OrderInfo<'_> = serde_json::from_str(&text).unwrap();
    told(&info, ground, is_delivery).expect("it is readable")
}

async fn take(fed: &Fed, told: &Told, source: Source) -> Took {
    let mut tx = fed.db.begin().await.unwrap();
    let took = order::take(&mut tx, fed.venue, told, (source, clock::now())).await.unwrap();
    tx.commit().await.unwrap();
    took
}

/// What is found; the list's page, which takes it another way, shows the same.
async fn page(fed: &Fed, filter: &Filter, after: Option<After>, limit: i64) -> Vec<order::Order> {
    let mut c = fed.db.read().await.unwrap();
    let found = list::page(&mut c, fed.venue, filter, (after, limit)).await.unwrap();
    let shown = shown::page(&mut c, fed.venue, filter, (after, limit)).await.unwrap();
    let said: Vec<String> = found.iter().map(|order| format!("{:?}", order.listed)).collect();
    let shown = shown::read(&shown.text).unwrap();
    assert_eq!(said, shown.iter().map(|order| format!("{order:?}")).collect::<Vec<_>>(), "{filter:?}");
    found
}

/// A venue with two dishes in its export.
async fn served() -> Fed {
    let fed = Fed::open().await;
    let dishes = [dish(100, "Борщ", Some(10), 405.25), dish(101, "Морс", Some(10), 200.0)];
    fed.sync(&export(5, &[folder(10, "Кухня", None)], &dishes)).await;
    fed
}

#[actix_web::test]
async fn an_order_is_read_to_the_kopeck_and_in_the_venues_time() {
    let fed = served().await;
    let ground = ground(&fed).await;
    let told = read(&info(51, 1_000, "Bill"), &ground, false);
    assert_eq!((told.sum.0, told.paid.map(|paid| paid.0), told.status), (101_050, Some(0), Status::Cooked));
    assert_eq!(told.opened_at.unwrap().to_rfc3339(), "2026-11-23T16:20:01+00:00", "19:20 in Moscow");
    assert_eq!(told.bill.lines.iter().map(|line| line.removed).collect::<Vec<_>>(), [false, true]);
    assert_eq!(told.trouble, "");
    let mut odd = info(52, 1_000, "New");
    odd["order"]["sum"] = json!(10.005);
    let text = odd.to_string();
    let odd: OrderInfo<'_> = serde_json::from_str(&text).unwrap();
    assert!(maitre::sync::orders::told(&odd, &ground, false).is_err(), "half a kopeck is no sum");
    let mut unknown = info(53, 1_000, "New");
    unknown["order"]["items"][0]["product"]["id"] = json!(Uuid::from_u128(999));
    assert_eq!(read(&unknown, &ground, false).trouble, "unexported");
    let refused = json!({"id": Uuid::from_u128(54), "organizationId": Uuid::from_u128(7), "timestamp": 5,
        "creationStatus": "Error", "errorInfo": {"code": "Common", "description": "Касса выключена"}, "order": null});
    let told = read(&refused, &ground, true);
    assert_eq!(
        (told.trouble, told.status, told.bill.cause.as_str()),
        ("creation_error", Status::Cancelled, "Касса выключена")
    );
}

#[actix_web::test]
async fn a_later_version_replaces_an_earlier_one_and_never_the_other_way() {
    let fed = served().await;
    let ground = ground(&fed).await;
    let (new, bill, closed) = (
        read(&info(51, 1_000, "New"), &ground, false),
        read(&info(51, 2_000, "Bill"), &ground, false),
        read(&info(51, 3_000, "Closed"), &ground, false),
    );
    assert!(matches!(take(&fed, &bill, Source::Webhook).await, Took::New(_)));
    assert_eq!(take(&fed, &new, Source::Webhook).await, Took::Older);
    assert_eq!(take(&fed, &bill, Source::Webhook).await, Took::Same);
    assert!(matches!(take(&fed, &closed, Source::Sweep).await, Took::Changed(_)));
    assert_eq!(take(&fed, &bill, Source::Sweep).await, Took::Older, "closed is not undone by an older word");
    // the same version with other contents: what was sent is a reason to ask, what was asked for is the answer
    let mut other = info(51, 3_000, "Closed");
    other["order"]["processedPaymentsSum"] = json!(1010.5);
    let other = read(&other, &ground, false);
    assert_eq!(take(&fed, &other, Source::Webhook).await, Took::Doubtful);
    assert!(matches!(take(&fed, &other, Source::Sweep).await, Took::Changed(_)));
    let all = page(&fed, &Filter::default(), None, 10).await;
    assert_eq!((all.len(), all[0].status.as_str(), all[0].is_paid()), (1, "done", true));
    let history = order::history(&mut fed.db.read().await.unwrap(), fed.venue, all[0].id).await.unwrap();
    let told: Vec<(&str, &str)> =
        history.iter().map(|one| (one.what.as_str(), one.became.as_str())).collect();
    assert_eq!(told, [("paid", "101050"), ("status", "done"), ("status", "cooked")]);
}

#[test]
fn whatever_order_looks_come_in_the_state_is_the_same() {
    let looks = prop::collection::vec((1_u128..4, 1_i64..8, 0_usize..4), 1..30);
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(looks in looks, turn in 0_usize..30)| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let fed = Fed::open().await;
            let ground = ground(&fed).await;
            let words = ["New", "Bill", "Closed", "Deleted"];
            // one version of an order has one content
            let told = |(n, version, _): &(u128, i64, usize)| {
                let word = words[(*version as usize * 7 + *n as usize) % words.len()];
                read(&info(*n, *version, word), &ground, false)
            };
            let mut turned = looks.clone();
            turned.rotate_left(turn % looks.len());
            for look in &turned {
                take(&fed, &told(look), Source::Webhook).await;
            }
            let mut states: Vec<(Uuid, i64, String)> = page(&fed, &Filter::default(), None, 100).await
                .into_iter().map(|one| (one.iiko_id, one.version, one.iiko_status)).collect();
            states.sort();
            let mut newest = std::collections::BTreeMap::new();
            for look in &looks {
                let one = told(look);
                let kept = newest.entry(one.iiko_id).or_insert((one.version, one.iiko_status.clone()));
                if one.version > kept.0 { *kept = (one.version, one.iiko_status); }
            }
            let expected: Vec<(Uuid, i64, String)> =
                newest.into_iter().map(|(id, (version, status))| (id, version, status)).collect();
            prop_assert_eq!(states, expected);
            fed.db.close().await;
            Ok(())
        })?;
    });
}

#[actix_web::test]
async fn captured_orders_are_read_as_they_are() {
    let fed = Fed::open().await;
    let ground = ground(&fed).await;
    let files = [
        "order-by-table-two-open-orders.json",
        "order-by-id-paid-and-closed.json",
        "order-by-table-empty.json",
        "order-create-in-progress-and-error.json",
    ];
    for name in files {
        let Some(file) = shared::file(&format!("iiko/samples/synthetic/{name}")) else { return };
        let text = std::fs::read(file).unwrap();
        let value: Value = serde_json::from_slice(&text).unwrap();
        // a file of several answers keeps each under its name; an answer of a create has one `orderInfo`
        let mut expected = Vec::new();
        gather(&value, &mut expected);
        for one in &expected {
            let told = read(one, &ground, false);
            let order = &one["order"];
            assert_eq!(told.iiko_id.to_string(), one["id"].as_str().unwrap().to_lowercase(), "{name}");
            assert_eq!(told.bill.lines.len(), order["items"].as_array().map_or(0, Vec::len), "{name}");
            assert_eq!(told.bill.payments.len(), order["payments"].as_array().map_or(0, Vec::len), "{name}");
            let sum = order["sum"].as_f64().unwrap_or_default();
            assert_eq!(told.sum.0, (sum * 100.0).round() as i64, "{name}");
        }
        if value.get("orders").is_some() {
            let read = wire::table_orders("/api/1/order/by_id", &text).unwrap();
            assert_eq!((read.read.len(), read.unread), (expected.len(), 0), "{name}");
        }
    }
    let Some(file) = shared::file("iiko/samples/webhooks/delivery-order-update-closed-2024-11.json") else {
        return;
    };
    let events: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut orders = Vec::new();
    gather(&events, &mut orders);
    let told = read(&orders[0], &ground, true);
    assert_eq!((told.kind.word(), told.status, told.number.as_str()), ("pickup", Status::Done, "6482"));
    assert_eq!((told.sum.0, told.paid.map(|paid| paid.0)), (162_000, Some(163_000)));
}

/// Every `OrderInfo` in a JSON, wherever it lies.
fn gather(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(map) if map.contains_key("creationStatus") => found.push(value.clone()),
        Value::Object(map) => map.values().for_each(|one| gather(one, found)),
        Value::Array(all) => all.iter().for_each(|one| gather(one, found)),
        _ => {}
    }
}

/// Thirty orders of all kinds, a minute apart.
async fn thirty(fed: &Fed) {
    let ground = ground(fed).await;
    for n in 1..=30_u128 {
        let words = ["New", "Bill", "Closed"];
        let mut value = info(n, 1_000, words[n as usize % 3]);
        value["order"]["whenCreated"] = json!(format!("2026-11-23 19:{n:02}:00.000"));
        value["order"]["processedPaymentsSum"] = json!([0.0, 10.0, 1010.5][n as usize % 3]);
        let is_delivery = n % 5 == 0;
        if is_delivery {
            value["order"]["phone"] = json!("+79161234567");
            value["order"]["status"] = json!("CookingCompleted");
            value["order"]["orderType"]["orderServiceType"] = json!("DeliveryByClient");
        }
        take(fed, &read(&value, &ground, is_delivery), Source::Sweep).await;
    }
}

#[actix_web::test]
async fn the_list_finds_and_its_pages_follow_without_gap_or_repeat() {
    let fed = served().await;
    thirty(&fed).await;
    let numbers = |orders: Vec<order::Order>| -> Vec<u32> {
        orders.iter().map(|one| one.number.parse().unwrap()).collect()
    };
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let found = page(&fed, &Filter::default(), after, 7).await;
        let Some(last) = found.last() else { break };
        after = Some(After { opened_at: last.opened_at, id: last.id });
        seen.extend(numbers(found));
    }
    assert_eq!(seen, (1..=30).rev().collect::<Vec<_>>());
    let found = async |filter: Filter| numbers(page(&fed, &filter, None, 100).await);
    let any = Filter::default;
    assert_eq!(found(Filter { number: "17".into(), ..any() }).await, [17]);
    assert_eq!(found(Filter { phone: "+79161234567".into(), ..any() }).await, [30, 25, 20, 15, 10, 5]);
    assert_eq!(found(Filter { kind: Some(Kind::Pickup), ..any() }).await.len(), 6);
    let done = found(Filter { status: Some(Status::Done), ..any() }).await;
    assert!(done.iter().all(|n| n % 3 == 2 && n % 5 != 0) && done.len() == 8, "{done:?}");
    let part = found(Filter { payment: Some(Payment::Part), ..any() }).await;
    assert!(part.iter().all(|n| n % 3 == 1) && part.len() == 10, "{part:?}");
    assert_eq!(found(Filter { waiter: "даша".into(), ..any() }).await.len(), 30);
    assert!(found(Filter { waiter: "олег".into(), ..any() }).await.is_empty());
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let between =
        Filter { from: Some(at("2026-11-23T16:03:00Z")), to: Some(at("2026-11-23T16:06:00Z")), ..any() };
    assert_eq!(found(between).await, [5, 4, 3]);
    let other = Filter { least: Some(maitre::money::Kopecks(101_051)), ..any() };
    assert!(found(other).await.is_empty());
}

#[actix_web::test]
async fn finding_uses_indexes() {
    let fed = served().await;
    thirty(&fed).await;
    let mut c = fed.db.read().await.unwrap();
    // the planner of Postgres chooses by statistics it does not have here: SQLite's says what is possible
    let Conn::Sqlite(_) = &c else { return };
    let any = Filter::default;
    let plans = [
        (Filter { number: "17".into(), ..any() }, "orders_by_number"),
        (Filter { phone: "+79161234567".into(), ..any() }, "orders_by_phone"),
        (Filter { status: Some(Status::New), ..any() }, "orders_in_status"),
        (Filter { kind: Some(Kind::Pickup), ..any() }, "orders_of_kind"),
        (Filter { trouble: true, ..any() }, "orders_in_trouble"),
        (any(), "orders_newest"),
    ];
    for (filter, index) in plans {
        let by_more = Filter { payment: Some(Payment::Part), ..filter.clone() };
        let texts =
            [list::statement(&filter), shown::statement(&filter, false), shown::statement(&by_more, false)];
        for text in texts {
            let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
            let rows = all!(&mut c, (i64, i64, i64, String), sql).unwrap();
            let plan: Vec<String> = rows.into_iter().map(|(_, _, _, detail)| detail).collect();
            assert!(plan.iter().any(|step| step.contains(index)), "{filter:?}: {plan:?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
        }
    }
}

/// What the till sends is a stranger's text: no sign in it moves the rows.
#[actix_web::test]
async fn the_list_says_every_text_as_it_is() {
    let fed = served().await;
    let ground = ground(&fed).await;
    let odd = "«Даша» \"Ким\" \\ ], [ \n\t<b>&amp; 👩🍳";
    let mut value = info(1, 1_000, "New");
    value["order"]["waiter"]["name"] = json!(odd);
    take(&fed, &read(&value, &ground, false), Source::Sweep).await;
    let found = page(&fed, &Filter::default(), None, 10).await;
    assert_eq!(found[0].waiter, odd);
}

/// A panel with thirty orders, and its owner.
async fn panel() -> (Panel, Person, Fed) {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    crate::support::fed::tie(&panel.db, &panel.seal, venue, owner.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: owner.id };
    let dishes = [dish(100, "Борщ", Some(10), 405.25)];
    fed.sync(&export(5, &[folder(10, "Кухня", None)], &dishes)).await;
    thirty(&fed).await;
    (panel, owner, fed)
}

#[actix_web::test]
async fn a_shift_finds_an_order_and_reads_it() {
    let (panel, owner, fed) = panel().await;
    let page = owner.opens("/orders?tab=pickup").await;
    assert_eq!(page.every("tbody th"), ["30", "25", "20", "15", "10", "5"]);
    for narrowed in ["", "?tab=pickup", "?tab=trouble", "?q=17", "?status=new&payment=part"] {
        let timing = owner.opens(&format!("/orders{narrowed}")).await.header("server-timing");
        assert!(timing.contains("\"2 queries\""), "{narrowed}: {timing}");
    }
    page.says("Приготовлен").says("+7 916 123-45-67").does_not_say("Отправлен курьером");
    let table = owner.opens("/orders?tab=table&status=cooked").await;
    table.says("Счёт подан");
    assert_eq!(owner.opens("/orders?q=17").await.every("tbody th"), ["17"]);
    let odd = owner.opens("/orders?from=вчера&least=сто").await;
    odd.answers(200).says("нужна дата").says("нужно число");
    let href = owner.opens("/orders?q=17").await.attributes("tbody th a", "href")[0].clone();
    let page = owner.opens(&href).await;
    page.says("Заказ № 17").says("Борщ").says("× 2").says("1 010,50 ₽").says("Морс").says("убрано из заказа");
    page.says("увидели, когда спросили iiko").says("Данные iiko как есть");
    let viewer = panel.viewer_of(fed.venue).await;
    viewer.opens("/orders?tab=pickup").await.says("••• 67").does_not_say("123-45-67");
    viewer.opens(&href).await.answers(200).does_not_say("Данные iiko как есть");
    viewer.posts("/orders/look", []).await.answers(403);
    let other = panel.venue("Чужая").await;
    let stranger = panel.owner_of(other).await;
    let id = href.rsplit('/').next().unwrap();
    stranger.opens(&format!("/orders/{id}")).await.answers(404);
    let file = owner.opens("/orders/export?tab=pickup").await;
    file.answers(200);
    let lines: Vec<&str> = file.html.lines().collect();
    assert_eq!(lines.len(), 7, "the head and six: {lines:?}");
    assert!(
        lines[1].starts_with("30;23.11.2026 19:30;Самовывоз;Даша Ким;;+7 916 123-45-67;Приготовлен;1010,50;"),
        "{}",
        lines[1]
    );
    viewer.opens("/orders/export").await.answers(403);
    stranger.opens("/orders").await.says("Заказов пока нет").does_not_say("Даша");
    panel.close().await;
}

/// A list is drawn once for all who see the same: who may see less sees less, each in their words and hours, and what has
/// changed is there at once.
#[actix_web::test]
async fn a_list_that_is_drawn_already_is_shown_where_it_is_the_same() {
    let (panel, owner, fed) = panel().await;
    let (manager, viewer) = (panel.manager_of(fed.venue).await, panel.viewer_of(fed.venue).await);
    let path = "/orders?tab=pickup";
    let rows = async |person: &Person| person.opens(path).await.every("tbody tr");
    let whole = rows(&owner).await;
    assert!(whole.iter().all(|row| row.contains("123-45-67") && row.contains("Приготовлен")), "{whole:?}");
    assert_eq!(rows(&manager).await, whole);
    assert!(rows(&viewer).await.iter().all(|row| !row.contains("123-45-67") && row.contains("••• 67")));
    set(&fed, "UPDATE users SET lang = 'en' WHERE id = $1", manager.id).await;
    assert!(rows(&manager).await.iter().all(|row| row.contains("123-45-67") && row.contains("Ready")));
    assert_eq!(rows(&owner).await, whole);
    // whoever takes no gzip reads the same
    let plain = owner.request(reqwest::Method::GET, path).header("accept-encoding", "identity").send().await;
    let plain = plain.unwrap();
    assert!(plain.headers().get("content-encoding").is_none());
    assert_eq!(plain.text().await.unwrap(), owner.opens(path).await.html);
    assert!(whole[0].contains("23.11.2026, 19:30"), "{whole:?}");
    set(&fed, "UPDATE venues SET time_zone = 'Asia/Yekaterinburg' WHERE id = $1", fed.venue).await;
    assert!(rows(&owner).await[0].contains("23.11.2026, 21:30"));
    set(&fed, "UPDATE orders SET guest = 'Инна' WHERE venue_id = $1", fed.venue).await;
    assert!(rows(&owner).await.iter().all(|row| row.contains("Инна")));
    // two empty lists are alike, and each is its venue's own
    for name in ["Первая", "Вторая"] {
        let venue = panel.venue(name).await;
        let page = panel.owner_of(venue).await.opens("/orders").await;
        assert!(page.attributes("#fresh", "hx-get")[0].contains(&venue.to_string()));
    }
    panel.close().await;
}

async fn set(fed: &Fed, sql: &'static str, id: Uuid) {
    let mut tx = fed.db.begin().await.unwrap();
    exec!(&mut tx, sql, id).unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn pages_of_the_list_follow_by_their_link() {
    let (panel, owner, fed) = panel().await;
    let ground = ground(&fed).await;
    for n in 31..=60_u128 {
        take(&fed, &read(&info(n, 1_000, "New"), &ground, false), Source::Sweep).await;
    }
    let first = owner.opens("/orders").await;
    assert_eq!(first.every("tbody th").len(), 50);
    let older = first.attributes(".pager a", "href")[0].clone();
    let second = owner.opens(&older).await;
    let (first, second) = (first.every("tbody th"), second.every("tbody th"));
    assert_eq!(second.len(), 10);
    assert!(second.iter().all(|number| !first.contains(number)), "no repeat");
    panel.close().await;
}

#[actix_web::test]
async fn one_venues_orders_are_nobody_elses() {
    let fed = served().await;
    thirty(&fed).await;
    let mut tx = fed.db.begin().await.unwrap();
    let other = venue::create(&mut tx, "Чужая", "", "Europe/Moscow").await.unwrap();
    tx.commit().await.unwrap();
    let theirs = list::page(&mut fed.db.read().await.unwrap(), other, &Filter::default(), (None, 10)).await;
    assert!(theirs.unwrap().is_empty());
    // a table of another venue cannot be an order's
    let mut tx = fed.db.begin().await.unwrap();
    let crossed =
        exec!(&mut tx, "UPDATE orders SET table_id = $2 WHERE venue_id = $1", fed.venue, Uuid::now_v7());
    assert!(crossed.is_err(), "the key is of both");
}

/// Presses «Обновить» until the list says it, at most ten seconds.
async fn looked(t: &Tied, said: &str) -> crate::support::screen::Screen {
    t.owner.sends("/orders/look", []).await.says("Спрашиваем iiko");
    for _ in 0..300 {
        let page = t.owner.opens("/orders").await;
        let seen = page.every("tbody tr").join(" ") + page.every(".notice").join(" ").as_str();
        if seen.contains(said) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the list does not say «{said}»: {}", t.owner.opens("/orders").await.text());
}

#[actix_web::test]
async fn a_check_opened_at_the_till_is_seen_paid_and_closed() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    t.owner.opens("/orders").await.says("Заказов пока нет");
    t.pulls("check-open", json!({"table": "3", "section": "Основной зал"})).await;
    let page = looked(&t, "№ 3 · Основной зал").await;
    page.says("Новый").says("Не оплачен");
    let href = page.attributes("tbody th a", "href")[0].clone();
    let number = page.every("tbody th")[0].clone();
    t.owner.opens(&href).await.says("Осталось заплатить").says("Основной зал");
    t.pulls("check-bill", json!({"check": number})).await;
    looked(&t, "Счёт подан").await;
    t.pulls("check-pay", json!({"check": number, "payment": "CASH"})).await;
    looked(&t, "Оплачен").await;
    t.pulls("check-close", json!({"check": number})).await;
    looked(&t, "Завершён").await;
    let page = t.owner.opens(&href).await;
    page.says("Касса провела оплату").says("Наличные").says("Завершён");
    t.panel.close().await;
}

/// The page asks for what has changed: nothing, one row, a row more, the whole page; and what it is told it shows next.
#[actix_web::test]
async fn a_list_is_brought_up_to_date_row_by_row() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    let fresh = |page: &crate::support::screen::Screen| page.attributes("#fresh", "hx-get")[0].clone();
    let empty = t.owner.opens("/orders").await;
    let quiet = async |path: &str| {
        let part = t.owner.asks_part(path).await;
        assert_eq!(part.status, 204);
        !part.headers.contains_key("hx-refresh")
    };
    assert!(quiet(&fresh(&empty)).await);
    t.pulls("check-open", json!({"table": "3", "section": "Основной зал"})).await;
    let page = looked(&t, "№ 3 · Основной зал").await;
    assert!(!quiet(&fresh(&empty)).await, "there is no table for the row: the page is drawn anew");
    assert!(quiet(&fresh(&page)).await, "nothing is new");
    let number = page.every("tbody th")[0].clone();
    t.pulls("check-open", json!({"table": "4", "section": "Основной зал"})).await;
    t.pulls("check-bill", json!({"check": number})).await;
    let both = looked(&t, "№ 4 · Основной зал").await;
    both.says("Счёт подан");
    let part = t.owner.asks_part(&fresh(&page)).await;
    let drawn = &part.html;
    assert_eq!(drawn.matches("<tr id=").count(), 2, "{drawn}");
    assert_eq!(drawn.matches("hx-swap-oob=\"true\"").count(), 1, "one changed: {drawn}");
    assert_eq!(
        drawn.matches("hx-swap-oob=\"afterbegin:#order-rows\"").count(),
        1,
        "one came on top: {drawn}"
    );
    assert!(quiet(&fresh(&part)).await);
    // what narrows the list narrows what it is told
    let billed = t.owner.opens("/orders?status=cooked").await;
    assert_eq!(billed.every("tbody tr").len(), 1);
    t.pulls("check-pay", json!({"check": number, "payment": "CASH"})).await;
    t.pulls("check-close", json!({"check": number})).await;
    looked(&t, "Завершён").await;
    assert!(!quiet(&fresh(&billed)).await, "its last row went: the page is drawn anew");
    // a link that somebody kept is a whole page all the same
    t.owner.opens(&fresh(&page)).await.answers(200).says("№ 4 · Основной зал");
    t.panel.close().await;
}

#[actix_web::test]
async fn a_till_that_is_away_is_said_on_every_page_until_it_is_back() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    t.pulls("alive-off", json!({"terminal": "Зал"})).await;
    for (lever, said) in [("alive-off", "Касса не на связи"), ("alive-on", "iiko на связи")]
    {
        t.pulls(lever, json!({"terminal": "Зал"})).await;
        t.owner.posts("/orders/look", []).await;
        let mut head = String::new();
        for _ in 0..300 {
            head = t.owner.opens("/staff").await.every(".chip").join(" ");
            if head.contains(said) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert!(head.contains(said), "{lever}: {head}");
    }
    t.panel.close().await;
}

#[actix_web::test]
async fn a_look_that_fails_says_so_and_what_was_seen_stays() {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    t.pulls("check-open", json!({"table": "3", "section": "Основной зал"})).await;
    looked(&t, "№ 3 · Основной зал").await;
    t.pulls("right-away", json!({"right": "Orders: receiving"})).await;
    let page = looked(&t, "Показываем то, что видели раньше").await;
    page.says("У ключа нет права").says("№ 3 · Основной зал");
    t.owner.opens("/menu").await.does_not_say("нужно ваше внимание");
    t.pulls("right-back", json!({"right": "Orders: receiving"})).await;
    t.owner.sends("/orders/look", []).await;
    for _ in 0..300 {
        let page = t.owner.opens("/orders").await;
        if !page.text().contains("Показываем то, что видели раньше") {
            return t.panel.close().await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("a look that goes well clears the trouble");
}
