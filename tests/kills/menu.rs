//! T26: the panel's process killed at random moments of a 2,000-item sync. After every kill the menu is the old one or the
//! new one, the database is whole, and the job goes on with the next process.
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use maitre::clock;
use maitre::db::conn::Db;
use maitre::queue::job::LEASE;
use maitre::sync::run::{Run, Scope};
use maitre::{all, exec};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{House, Process};

const DISHES: u128 = 2_000;
const KILLS: usize = 200;

/// A menu of one of two moments: every name differs, two prices in five, and a fifth of the dishes is in `B` alone.
fn menu(moment: char, revision: i64) -> Value {
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let folder = |n: u128| {
        json!({ "id": id(n), "name": format!("Раздел {n}"), "parentGroup": null, "order": n as i64,
                "isIncludedInMenu": true, "isGroupModifier": false, "isDeleted": false, "imageLinks": [], "tags": [] })
    };
    let there = (0..DISHES).filter(|n| moment == 'B' || n % 5 != 0);
    let products: Vec<Value> = there
        .map(|n| {
            let price = if moment == 'B' && n % 5 < 2 { 350 } else { 300 };
            json!({ "id": id(1_000 + n), "name": format!("Блюдо {n} {moment}"), "code": n.to_string(), "type": "Dish",
                    "description": "", "seoDescription": null, "parentGroup": id(n % 20 + 1), "order": 1, "measureUnit": "порц",
                    "isDeleted": false, "modifiers": [], "groupModifiers": [], "imageLinks": [], "tags": [],
                    "sizePrices": [{ "sizeId": null, "price": { "currentPrice": price, "isIncludedInMenu": true } }] })
        })
        .collect();
    json!({ "correlationId": id(1), "groups": (1..=20).map(folder).collect::<Vec<_>>(), "productCategories": [],
            "products": products, "sizes": [], "revision": revision })
}

/// A house with one venue, and the menu that its till shows.
struct Kitchen {
    house: House,
    revision: i64,
}

impl Kitchen {
    async fn open() -> Kitchen {
        Kitchen { house: House::of(1).await, revision: 1 }
    }

    fn venue(&self) -> Uuid {
        self.house.venues[0]
    }

    /// The till's menu becomes the other moment's.
    async fn till_shows(&mut self, moment: char) {
        self.revision += 1;
        let load = format!("{}/levers/load", self.house.till.url());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let done = client.post(load).json(&menu(moment, self.revision)).send().await.unwrap();
        assert!(done.status().is_success());
    }

    async fn asks(&self) -> Uuid {
        self.house.asks(self.venue(), Scope::All).await
    }

    async fn run(&self, id: Uuid) -> Run {
        self.house.run(self.venue(), id).await
    }

    /// Lets a process of the panel bring a run to its end; how long that took, starting included.
    async fn finishes(&self, id: Uuid, patience: Duration) -> (Run, Duration) {
        let panel = self.house.panel();
        let started = Instant::now();
        loop {
            let run = self.run(id).await;
            if !run.is_live() {
                panel.killed();
                return (run, started.elapsed());
            }
            assert!(started.elapsed() < patience, "still {} after {patience:?}", run.phase);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What the guests would see, and what is kept hidden.
    async fn menu(&self) -> Vec<(String, i64, bool)> {
        let mut c = self.house.db.snapshot().await.unwrap();
        let sql =
            "SELECT name, price, vanished_at IS NULL FROM products WHERE venue_id = $1 ORDER BY iiko_id";
        all!(&mut c, (String, i64, bool), sql, self.venue()).unwrap()
    }
}

/// Both moments, each synced to its end: the two menus that may ever be seen, and how long a sync takes.
async fn both_moments(
    kitchen: &mut Kitchen,
) -> (Vec<(String, i64, bool)>, Vec<(String, i64, bool)>, Duration) {
    let (mut seen, mut longest) = (Vec::new(), Duration::ZERO);
    for moment in ['A', 'B', 'A'] {
        kitchen.till_shows(moment).await;
        let id = kitchen.asks().await;
        let (run, took) = kitchen.finishes(id, Duration::from_secs(60)).await;
        assert_eq!(run.state, "applied", "{:?}", run.fault);
        kitchen.house.time_passes().await;
        seen.push(kitchen.menu().await);
        longest = took;
    }
    let (b, a) = (seen.swap_remove(1), seen.pop().unwrap());
    assert_eq!((a.len(), b.len()), (2_000, 2_000));
    assert_ne!(a, b);
    (a, b, longest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_kills_break_no_menu() {
    let mut kitchen = Kitchen::open().await;
    let (a, b, long) = both_moments(&mut kitchen).await;
    let (mut moment, mut id) = ('A', Uuid::nil());
    let mut ends = BTreeMap::<String, usize>::new();
    let mut live = false;
    for _ in 0..KILLS {
        if !live {
            moment = if moment == 'A' { 'B' } else { 'A' };
            kitchen.till_shows(moment).await;
            id = kitchen.asks().await;
        }
        let panel = kitchen.house.panel();
        tokio::time::sleep(long.mul_f64(rand::random_range(0.1..1.3))).await;
        panel.killed();
        kitchen.house.is_whole().await;
        // the run first: a commit that was under way at the kill may still land between the two looks
        let run = kitchen.run(id).await;
        let now = kitchen.menu().await;
        assert!(now == a || now == b, "a menu that is neither the old one nor the new one");
        *ends.entry(run.phase.clone()).or_default() += 1;
        live = run.is_live();
        if run.state == "applied" {
            assert!(now == if moment == 'A' { a.clone() } else { b.clone() }, "applied, and not there");
        }
        kitchen.house.time_passes().await;
    }
    println!("{KILLS} kills, by the phase they hit: {ends:?}; a sync with its start takes {long:?}");
    for phase in ["plan", "apply", "end"] {
        assert!(ends.get(phase).is_some_and(|kills| *kills >= 5), "the kills hardly hit the phase {phase}");
    }
    let took = taken_over(&mut kitchen, &a).await;
    println!("a killed worker's sync was taken over and finished {took:?} after the kill");
    assert!(took < Duration::from_secs(60));
    kitchen.house.close().await;
}

/// A worker dies, its lease runs out by itself, the next process finishes the run: how long that took.
async fn taken_over(kitchen: &mut Kitchen, a: &[(String, i64, bool)]) -> Duration {
    let id = kitchen.asks().await;
    kitchen.finishes(id, Duration::from_secs(60)).await;
    for _ in 0..20 {
        let moment = if kitchen.menu().await == a { 'B' } else { 'A' };
        kitchen.till_shows(moment).await;
        let id = kitchen.asks().await;
        let panel = kitchen.house.panel();
        while kitchen.run(id).await.state == "queued" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panel.killed();
        if kitchen.run(id).await.is_live() {
            let (run, took) = kitchen.finishes(id, Duration::from_secs(60)).await;
            assert_eq!(run.state, "applied");
            assert!(took > Duration::from_millis(LEASE as u64 / 2), "the lease kept others away: {took:?}");
            return took;
        }
    }
    panic!("no kill was quick enough");
}

/// The control: the same rows written one by one, in place, break under the same kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn written_in_place_the_same_kills_break_the_menu() {
    let mut kitchen = Kitchen::open().await;
    let (a, b, _) = both_moments(&mut kitchen).await;
    let (mut broken, mut kills) = (0, 0);
    while broken < 3 {
        kills += 1;
        assert!(kills <= 20, "only {broken} broken menus: the kills come at the wrong moments");
        let moment = if kitchen.menu().await == a { "B" } else { "A" };
        let writer = writes_in_place(&kitchen, moment);
        tokio::time::sleep(Duration::from_millis(rand::random_range(50..600))).await;
        writer.killed();
        let now = kitchen.menu().await;
        if now != a && now != b {
            broken += 1;
            assert!(writes_in_place(&kitchen, moment).0.wait().unwrap().success());
            assert!(
                kitchen.menu().await == if moment == "A" { a.clone() } else { b.clone() },
                "the writer is right"
            );
        }
    }
    println!("written in place: {broken} broken menus in {kills} kills");
    kitchen.house.close().await;
}

fn writes_in_place(kitchen: &Kitchen, moment: &str) -> Process {
    let writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "menu::in_place", "--ignored"])
        .env("KILLS_DATABASE_URL", &kitchen.house.url)
        .env("KILLS_MOMENT", moment)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Process(writer.unwrap())
}

/// The process of the control: turns the menu into a moment's, row by row.
#[tokio::test]
#[ignore = "a process that the control starts and kills"]
#[allow(clippy::disallowed_methods)]
async fn in_place() {
    let db = Db::connect(&std::env::var("KILLS_DATABASE_URL").unwrap(), 2).await.unwrap().system();
    let moment = std::env::var("KILLS_MOMENT").unwrap();
    let dishes = menu(moment.chars().next().unwrap(), 1);
    let mut gone: BTreeSet<Uuid> = (0..DISHES).map(|n| Uuid::from_u128(1_000 + n)).collect();
    for dish in dishes["products"].as_array().unwrap() {
        let id: Uuid = dish["id"].as_str().unwrap().parse().unwrap();
        let kopecks = dish["sizePrices"][0]["price"]["currentPrice"].as_i64().unwrap() * 100;
        let mut tx = db.begin().await.unwrap();
        let sql = "UPDATE products SET name = $2, price = $3, vanished_at = NULL WHERE iiko_id = $1";
        exec!(&mut tx, sql, id, dish["name"].as_str().unwrap(), kopecks).unwrap();
        tx.commit().await.unwrap();
        gone.remove(&id);
    }
    for id in gone {
        let mut tx = db.begin().await.unwrap();
        exec!(&mut tx, "UPDATE products SET vanished_at = $2 WHERE iiko_id = $1", id, clock::now()).unwrap();
        tx.commit().await.unwrap();
    }
}
