//! T26: the panel's process killed at random moments of a 2,000-item sync. After every kill the menu is the old one or the
//! new one, the database is whole, and the job goes on with the next process.
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use maitre::accounts::user::{self, NewUser};
use maitre::clock;
use maitre::config;
use maitre::db::conn::Db;
use maitre::db::migrations::migrate;
use maitre::integrations::connection::{self, NewKey, Organization};
use maitre::lang::Lang;
use maitre::queue::job::LEASE;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::API_KEY;
use maitre::sync::run::{self, Run, Scope};
use maitre::venues::venue;
use maitre::{all, exec, one};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

#[path = "panel/support/home.rs"]
mod home;
use home::Home;

const DISHES: u128 = 2_000;
const KILLS: usize = 200;
const MASTER: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

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

/// A venue tied to a till, in a database that processes of the panel come and go at.
struct House {
    db: Db,
    url: String,
    home: Home,
    venue: Uuid,
    by: Uuid,
    till: Sandbox,
    revision: i64,
}

/// A process that does not outlive its test.
struct Process(Child);

impl Process {
    fn killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl House {
    async fn open() -> House {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (url, home) = Home::fresh().await;
        let db = Db::connect(&url, 4).await.unwrap();
        migrate(&db).await.unwrap();
        let till = Sandbox::open().await.unwrap();
        let (organization, terminal) = {
            let mut world = till.world();
            let first = world.first();
            (first.id, first.terminals[0].id)
        };
        let mut tx = db.begin().await.unwrap();
        let new = NewUser {
            email: "a@example.com",
            name: "Анна",
            password_hash: "none",
            staff: None,
            lang: Lang::Ru,
        };
        let by = user::create(&mut tx, &new).await.unwrap();
        let venue = venue::create(&mut tx, "Рябина", "", "Europe/Moscow").await.unwrap();
        let key = SecretString::from(API_KEY);
        let key = NewKey { venue, key: &key, login: "v1", by, still: false };
        connection::set_key(&mut tx, &config::seal_of(MASTER).unwrap(), &key).await.unwrap();
        let chosen = Organization { id: organization, name: "Рябина", version: None };
        connection::choose_organization(&mut tx, venue, &chosen).await.unwrap();
        connection::choose_terminal(&mut tx, venue, terminal, "Зал", None).await.unwrap();
        tx.commit().await.unwrap();
        House { db, url, home, venue, by, till, revision: 1 }
    }

    /// The till's menu becomes the other moment's.
    async fn till_shows(&mut self, moment: char) {
        self.revision += 1;
        let load = format!("{}/levers/load", self.till.url());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let done = client.post(load).json(&menu(moment, self.revision)).send().await.unwrap();
        assert!(done.status().is_success());
    }

    async fn asks(&self) -> Uuid {
        let mut tx = self.db.begin().await.unwrap();
        let (id, _) = run::ask(&mut tx, self.venue, self.by, (Scope::All, None)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn run(&self, id: Uuid) -> Run {
        run::get(&mut self.db.read().await.unwrap(), self.venue, id).await.unwrap()
    }

    fn panel(&self) -> Process {
        let panel = Command::new(env!("CARGO_BIN_EXE_maitre"))
            .arg("serve")
            .env("MAITRE_DATABASE_URL", &self.url)
            .env("MAITRE_MASTER_KEY", MASTER)
            .env("MAITRE_LISTEN", "127.0.0.1:0")
            .env("MAITRE_IIKO_URL", self.till.url())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Process(panel.unwrap())
    }

    /// Lets a process of the panel bring a run to its end; how long that took, starting included.
    async fn finishes(&self, id: Uuid, patience: Duration) -> (Run, Duration) {
        let panel = self.panel();
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
        let mut c = self.db.snapshot().await.unwrap();
        let sql =
            "SELECT name, price, vanished_at IS NULL FROM products WHERE venue_id = $1 ORDER BY iiko_id";
        all!(&mut c, (String, i64, bool), sql, self.venue).unwrap()
    }

    async fn is_whole(&self) {
        if !self.db.is_postgres() {
            let mut c = self.db.read().await.unwrap();
            let (said,) = one!(&mut c, (String,), "PRAGMA integrity_check").unwrap();
            assert_eq!(said, "ok");
            let orphans = all!(&mut c, (String,), "SELECT \"table\" FROM pragma_foreign_key_check").unwrap();
            assert_eq!(orphans, Vec::<(String,)>::new());
        }
        let mut c = self.db.snapshot().await.unwrap();
        let (alone,) = one!(
            &mut c,
            (i64,),
            "SELECT count(*) FROM sync_runs r WHERE r.state IN ('queued', 'running') AND NOT EXISTS
               (SELECT 1 FROM jobs j WHERE j.id = r.job_id AND j.state IN ('queued', 'running'))"
        )
        .unwrap();
        assert_eq!(alone, 0, "a run without a job that would end it");
    }

    /// The dead worker's lease runs out at once, so that 200 kills do not wait 200 times half a minute.
    async fn time_passes(&self) {
        let mut tx = self.db.begin().await.unwrap();
        exec!(&mut tx, "UPDATE jobs SET lease_until = 0, run_after = 0 WHERE state IN ('queued', 'running')")
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn close(self) {
        self.db.close().await;
        self.home.clear().await;
    }
}

/// Both moments, each synced to its end: the two menus that may ever be seen, and how long a sync takes.
async fn both_moments(house: &mut House) -> (Vec<(String, i64, bool)>, Vec<(String, i64, bool)>, Duration) {
    let (mut seen, mut longest) = (Vec::new(), Duration::ZERO);
    for moment in ['A', 'B', 'A'] {
        house.till_shows(moment).await;
        let id = house.asks().await;
        let (run, took) = house.finishes(id, Duration::from_secs(60)).await;
        assert_eq!(run.state, "applied", "{:?}", run.fault);
        house.time_passes().await;
        seen.push(house.menu().await);
        longest = took;
    }
    let (b, a) = (seen.swap_remove(1), seen.pop().unwrap());
    assert_eq!((a.len(), b.len()), (2_000, 2_000));
    assert_ne!(a, b);
    (a, b, longest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_kills_break_no_menu() {
    let mut house = House::open().await;
    let (a, b, long) = both_moments(&mut house).await;
    let (mut moment, mut id) = ('A', Uuid::nil());
    let mut ends = BTreeMap::<String, usize>::new();
    let mut live = false;
    for _ in 0..KILLS {
        if !live {
            moment = if moment == 'A' { 'B' } else { 'A' };
            house.till_shows(moment).await;
            id = house.asks().await;
        }
        let panel = house.panel();
        tokio::time::sleep(long.mul_f64(rand::random_range(0.1..1.3))).await;
        panel.killed();
        house.is_whole().await;
        // the run first: a commit that was under way at the kill may still land between the two looks
        let run = house.run(id).await;
        let now = house.menu().await;
        assert!(now == a || now == b, "a menu that is neither the old one nor the new one");
        *ends.entry(run.phase.clone()).or_default() += 1;
        live = run.is_live();
        if run.state == "applied" {
            assert!(now == if moment == 'A' { a.clone() } else { b.clone() }, "applied, and not there");
        }
        house.time_passes().await;
    }
    println!("{KILLS} kills, by the phase they hit: {ends:?}; a sync with its start takes {long:?}");
    for phase in ["plan", "apply", "end"] {
        assert!(ends.get(phase).is_some_and(|kills| *kills >= 5), "the kills hardly hit the phase {phase}");
    }
    let took = taken_over(&mut house, &a).await;
    println!("a killed worker's sync was taken over and finished {took:?} after the kill");
    assert!(took < Duration::from_secs(60));
    house.close().await;
}

/// A worker dies, its lease runs out by itself, the next process finishes the run: how long that took.
async fn taken_over(house: &mut House, a: &[(String, i64, bool)]) -> Duration {
    let id = house.asks().await;
    house.finishes(id, Duration::from_secs(60)).await;
    for _ in 0..20 {
        let moment = if house.menu().await == a { 'B' } else { 'A' };
        house.till_shows(moment).await;
        let id = house.asks().await;
        let panel = house.panel();
        while house.run(id).await.state == "queued" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panel.killed();
        if house.run(id).await.is_live() {
            let (run, took) = house.finishes(id, Duration::from_secs(60)).await;
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
    let mut house = House::open().await;
    let (a, b, _) = both_moments(&mut house).await;
    let (mut broken, mut kills) = (0, 0);
    while broken < 3 {
        kills += 1;
        assert!(kills <= 20, "only {broken} broken menus: the kills come at the wrong moments");
        let moment = if house.menu().await == a { "B" } else { "A" };
        let writer = writes_in_place(&house, moment);
        tokio::time::sleep(Duration::from_millis(rand::random_range(50..600))).await;
        writer.killed();
        let now = house.menu().await;
        if now != a && now != b {
            broken += 1;
            assert!(writes_in_place(&house, moment).0.wait().unwrap().success());
            assert!(
                house.menu().await == if moment == "A" { a.clone() } else { b.clone() },
                "the writer is right"
            );
        }
    }
    println!("written in place: {broken} broken menus in {kills} kills");
    house.close().await;
}

fn writes_in_place(house: &House, moment: &str) -> Process {
    let writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "in_place", "--ignored"])
        .env("KILLS_DATABASE_URL", &house.url)
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
    let db = Db::connect(&std::env::var("KILLS_DATABASE_URL").unwrap(), 2).await.unwrap();
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
