//! T37, T38: many events, doubled, late, broken, foreign — the state is the reference's; lost ones are found by looking;
//! what was answered 200 survives a killed process.
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use maitre::clock;
use maitre::integrations::iiko_cloud::orders::OrderInfo;
use maitre::orders::order::{self, Source, Told};
use maitre::sync::orders::Ground;
use maitre::venues::venue;
use maitre::webhooks::apply;
use maitre::{all, one};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::tie;
use crate::support::panel::Panel;
use crate::support::serving::Serving;
use crate::support::tied::Tied;
use crate::webhooks::{SECRET, event, hooked, sends};

/// Small numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What order ended how: the highest version's status.
type Reference = BTreeMap<u128, (i64, String)>;

/// `many` events: a fifth doubled, a third out of order, some broken, foreign, of yesterday.
fn flood(many: usize, dice: &mut Dice) -> (Vec<Value>, Reference, usize) {
    let (mut events, mut reference, mut foreign) = (Vec::new(), Reference::new(), 0);
    let orders = (many as u64 / 20).max(1);
    for version in 0..many as i64 {
        let order = u128::from(dice.roll(orders));
        let status = ["New", "Bill", "Closed", "Deleted"][dice.roll(4) as usize];
        let told = event(order, 1_000 + version, status);
        match dice.roll(100) {
            0..2 => {
                let mut other = event(order, 1_000_000 + version, status);
                other["organizationId"] = json!(Uuid::from_u128(99));
                (foreign, _) = (foreign + 1, events.push(other));
                continue;
            }
            2..7 => {
                let mut broken = told.clone();
                broken["eventInfo"]["order"]["sum"] = json!("many");
                events.push(broken);
                continue;
            }
            // of yesterday: an older word of the same order
            7 => {
                events.push(event(order, 1, "New"));
                reference.entry(order).or_insert((1, "New".to_owned()));
                continue;
            }
            8..28 => events.push(told.clone()),
            _ => {}
        }
        let known = reference.entry(order).or_insert((0, String::new()));
        if known.0 < 1_000 + version {
            *known = (1_000 + version, status.to_owned());
        }
        events.push(told);
    }
    for at in 0..events.len() {
        if dice.roll(100) < 30 {
            let other = dice.roll(events.len() as u64) as usize;
            events.swap(at, other);
        }
    }
    (events, reference, foreign)
}

#[allow(clippy::disallowed_methods)]
fn ordered(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[actix_web::test]
async fn whatever_order_events_come_in_the_state_is_the_references() {
    let panel = Panel::open().await;
    let venue_id = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue_id).await;
    tie(&panel.db, &panel.seal, venue_id, owner.id).await;
    let hook = hooked(&panel.db, venue_id, owner.id).await;
    let many = ordered("MAITRE_EVENTS", 2_000);
    let (events, reference, foreign) = flood(many, &mut Dice(7));
    let mut waits: Vec<Duration> = Vec::new();
    for letter in events.chunks(20) {
        let began = Instant::now();
        let answer = sends(&panel.url, hook, SECRET, json!(letter).to_string()).await;
        waits.push(began.elapsed());
        assert_eq!(answer.status(), 200);
    }
    let mut c = panel.db.snapshot().await.unwrap();
    let venue = venue::get(&mut c, venue_id).await.unwrap();
    let ground = Ground::of(&mut c, &venue).await.unwrap();
    drop(c);
    let began = Instant::now();
    loop {
        let mut tx = panel.db.begin().await.unwrap();
        let applied = apply::batch(&mut tx, venue_id, &ground, clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        if applied == 0 {
            break;
        }
    }
    asked_of_iiko(&panel, venue_id, (&events, &ground)).await;
    waits.sort_unstable();
    println!(
        "{many} events in {} letters: ack p99 {:?}, applied in {:?}",
        waits.len(),
        waits[waits.len() * 99 / 100],
        began.elapsed()
    );
    let mut c = panel.db.read().await.unwrap();
    let sql = "SELECT number, version, iiko_status FROM orders WHERE venue_id = $1";
    let rows = all!(&mut c, (String, i64, String), sql, venue_id).unwrap();
    let state: Reference =
        rows.into_iter().map(|(n, version, status)| (n.parse().unwrap(), (version, status))).collect();
    assert_eq!(state, reference);
    let sql = "SELECT CAST(count(*) AS BIGINT) FROM webhook_events WHERE venue_id = $1 AND state = $2";
    assert_eq!(one!(&mut c, (i64,), sql, venue_id, "foreign").unwrap().0, foreign as i64);
    assert_eq!(one!(&mut c, (i64,), sql, venue_id, "waiting").unwrap().0, 0);
    // the control: whoever believes the last word ends elsewhere
    let mut last = BTreeMap::new();
    for told in &events {
        if told["organizationId"] == json!(Uuid::from_u128(7)) && told["eventInfo"]["order"]["sum"].is_i64() {
            let n = u128::from(told["eventInfo"]["order"]["number"].as_u64().unwrap());
            last.insert(n, told["eventInfo"]["order"]["status"].as_str().unwrap().to_owned());
        }
    }
    assert!(
        reference.iter().any(|(n, (_, status))| last[n] != *status),
        "«last received wins» is seen to differ"
    );
    drop(c);
    panel.close().await;
}

/// iiko is asked about ends, and answers with the latest of what it told.
async fn asked_of_iiko(panel: &Panel, venue: Uuid, (events, ground): (&[Value], &Ground)) {
    let sql = "SELECT DISTINCT subject FROM webhook_events WHERE venue_id = $1 AND state = 'asking'";
    let mut tx = panel.db.begin().await.unwrap();
    let asked: HashSet<Uuid> =
        all!(&mut tx, (Uuid,), sql, venue).unwrap().into_iter().map(|(id,)| id).collect();
    let mut latest: HashMap<Uuid, Told> = HashMap::new();
    for told in events.iter().filter(|told| told["organizationId"] == json!(Uuid::from_u128(7))) {
        let text = told["eventInfo"].to_string();
        let info: OrderInfo<'_> = serde_json::from_str(&text).unwrap();
        let Ok(told) = maitre::sync::orders::told(&info, ground, false) else { continue };
        if latest.get(&told.iiko_id).is_none_or(|known| known.version < told.version) {
            latest.insert(told.iiko_id, told);
        }
    }
    for id in asked {
        order::take(&mut tx, venue, &latest[&id], (Source::Sweep, clock::now())).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn what_is_lost_a_look_finds() {
    let tied = Tied::open().await;
    {
        let mut world = tied.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (20, 0);
    }
    let page = "/settings/integrations/iiko/webhooks";
    tied.owner
        .sends(page, [("tick", "delivery-status-Unconfirmed"), ("tick", "delivery-status-OnWay")])
        .await;
    let mut dice = Dice(3);
    let mut orders = Vec::new();
    for n in 0..12 {
        if dice.roll(10) < 3 {
            tied.pulls("hook-drop", json!({"times": 1})).await;
        }
        tied.pulls("delivery-new", json!({"name": format!("Гость {n}"), "phone": "+79161234567"})).await;
        orders.push(tied.panel.till().world().first().deliveries[n].id);
    }
    for order in &orders {
        if dice.roll(10) < 3 {
            tied.pulls("hook-drop", json!({"times": 1})).await;
        }
        tied.pulls("delivery-status", json!({"delivery": order, "status": "OnWay"})).await;
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let sent = || async {
        let sql = "SELECT CAST(count(*) AS BIGINT) FROM orders WHERE status = 'sent'";
        one!(&mut tied.panel.db.read().await.unwrap(), (i64,), sql).unwrap().0
    };
    assert!(sent().await < 12, "some events were lost");
    tied.owner.posts("/orders/look", []).await;
    for _ in 0..300 {
        if sent().await == 12 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(sent().await, 12, "one look brings what events did not");
    tied.owner.opens(page).await.says("Перемен за сутки нашла сверка");
    tied.panel.close().await;
}

#[actix_web::test]
async fn what_was_answered_survives_a_killed_process() {
    let mut serving = Serving::open(&[7; 32], "http://127.0.0.1:9", &[]).await;
    let db = maitre::db::conn::Db::connect(&serving.database, 2).await.unwrap().system();
    let (owner, _) = serving.owner("пароль-для-проверки-01").await;
    let venue = owner.venue.unwrap();
    let by = one!(&mut db.read().await.unwrap(), (Uuid,), "SELECT id FROM users").unwrap().0;
    let hook = hooked(&db, venue, by).await;
    let mut answered = 0;
    for round in 0..3_u128 {
        let stop = Instant::now() + Duration::from_millis(700);
        let mut n = 0;
        let mut under_way = Vec::new();
        while Instant::now() < stop {
            n += 1;
            let body = json!([event(round * 100_000 + n, 1_000, "New")]).to_string();
            let url = serving.url.clone();
            under_way.push(tokio::spawn(async move { answers(&url, hook, body).await }));
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        serving = serving.killed().await;
        for one in under_way {
            answered += i64::from(one.await.unwrap());
        }
    }
    let sql = "SELECT (SELECT count(*) FROM webhook_events) + (SELECT count(*) FROM webhook_letters)";
    let kept = one!(&mut db.read().await.unwrap(), (i64,), sql).unwrap().0;
    assert!(answered > 10, "{answered} were answered");
    assert!(kept >= answered, "{answered} were answered, {kept} are kept");
    db.close().await;
    serving.close().await;
}

/// Whether it was answered 200 before the process died.
async fn answers(url: &str, hook: Uuid, body: String) -> bool {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request =
        client.post(format!("{url}/webhooks/iiko/{hook}")).header("authorization", SECRET).body(body);
    request.send().await.is_ok_and(|answer| answer.status() == 200)
}
