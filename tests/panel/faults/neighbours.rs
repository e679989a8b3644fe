//! T42: thirty venues, nine of them with a till that takes every call and answers none. Those beside them look and pay as
//! quickly as those of a panel without the nine, at the same moment: a busy machine keeps both waiting. Whoever keeps no hands
//! apart is seen to wait. Back again, the nine are served at once, at their pace.
use std::time::{Duration, Instant};

use futures_util::future::{Either, join_all, select};
use maitre::db::conn::Db;
use maitre::integrations::connection::{self, NewKey, Organization as Chosen};
use maitre::integrations::iiko_cloud::settings::{Pace, Rate};
use maitre::menu::stop_list;
use maitre::queue::job::{self, Lane};
use maitre::sandbox::cloud;
use maitre::sandbox::key::Key;
use maitre::sandbox::mischief::Fault;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::waiter::Opening;
use maitre::sandbox::world::{Organization, World};
use maitre::sync::{stops, watch};
use maitre::{all, worker};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::faults::house::hasty;
use crate::support::caller::Caller;
use crate::support::panel::Panel;
use crate::support::person::Person;

const VENUES: usize = 30;
const DEAD: usize = 9;
/// Rounds: beside the dead, and without hands of one's own.
const ROUNDS: usize = 2;
/// Nothing apart: what the panel would be without its lanes.
const ONE_LANE: &[(Lane, usize)] = &[(Lane::All, 4)];

/// How often a key may ask here.
const READS: Rate = Rate { burst: 20, period: Duration::from_millis(300) };
const COMMANDS: Rate = Rate { burst: 10, period: Duration::from_millis(300) };

struct Place {
    db: Db,
    owner: Person,
    caller: Caller,
    key: String,
    name: String,
    checks: Vec<(Uuid, i64)>,
}

/// Restaurants of one cloud, a key each, with a menu of two dishes and a check for every round.
fn town(venues: usize) -> World {
    let mut world = World::demo();
    let mut first = world.organizations.remove(0);
    first.menu = World::empty().menu().clone();
    world.organizations.clear();
    world.keys.keys.clear();
    for n in 0..venues {
        let mut one = another(&first, n);
        world.keys.keys.push(Key::new(&key_of(n), &name_of(n), vec![one.id]));
        let folder = maitre::sandbox::dish::Group::folder(Uuid::new_v4(), "Супы", None, 0);
        let folder = one.menu.add_folder(&folder);
        for dish in ["Борщ", "Уха"] {
            one.menu.add_dish(dish, 420.into(), Some(&folder));
        }
        for _ in 0..ROUNDS {
            let opening =
                Opening {
                    table: "1", section: Some("Основной зал"), items: vec!["Борщ"], waiter: None
                };
            one.open_check(&opening).unwrap();
        }
        world.organizations.push(one);
    }
    world
}

fn key_of(n: usize) -> String {
    format!("sandbox-key-of-venue-{n:02}")
}

/// What the key is called.
fn name_of(n: usize) -> String {
    format!("venue {n:02}")
}

/// The same restaurant under ids of its own.
fn another(first: &Organization, n: usize) -> Organization {
    let mut one = first.clone();
    (one.id, one.name) = (Uuid::new_v4(), format!("Ресторан {n}"));
    for terminal in &mut one.terminals {
        let (old, new) = (terminal.id, Uuid::new_v4());
        terminal.id = new;
        for values in [&mut one.sections, &mut one.payment_types] {
            for value in values {
                let text = value.to_string().replace(&old.to_string(), &new.to_string());
                *value = serde_json::from_str(&text).unwrap();
            }
        }
    }
    one.stops.clear();
    one
}

impl Place {
    async fn open(panel: &Panel, n: usize) -> Place {
        let venue = panel.venue(&format!("Ресторан {n}")).await;
        let owner = panel.owner_of(venue).await;
        let (organization, terminal) = {
            let world = panel.till().world();
            (world.organizations[n].id, world.organizations[n].terminals[0].id)
        };
        let mut tx = panel.db.begin().await.unwrap();
        let key = SecretString::from(key_of(n));
        let new = NewKey { venue, key: &key, login: "v2", by: owner.id, still: false };
        connection::set_key(&mut tx, &panel.seal, &new).await.unwrap();
        let chosen = Chosen { id: organization, name: "Ресторан", version: None };
        connection::choose_organization(&mut tx, venue, &chosen).await.unwrap();
        connection::choose_terminal(&mut tx, venue, terminal, "Зал", Some("8.6.2")).await.unwrap();
        tx.commit().await.unwrap();
        let caller = Caller::made_by(&owner, &["tables", "payments"]).await;
        Place { db: panel.db.clone(), owner, caller, key: key_of(n), name: name_of(n), checks: Vec::new() }
    }

    fn venue(&self) -> Uuid {
        self.owner.venue.unwrap()
    }

    async fn idle(&self, kind: &str) {
        loop {
            let mut c = self.db.read().await.unwrap();
            let live = job::is_live(&mut c, self.venue(), kind).await.unwrap();
            drop(c);
            if !live {
                return;
            }
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
    }

    async fn ready(&mut self) {
        self.owner.posts("/sync", [("scope", "")]).await;
        self.idle("sync.menu").await;
        self.owner.posts("/orders/look", []).await;
        self.idle(watch::JOB).await;
        let sql = "SELECT id, sum FROM orders WHERE venue_id = $1 ORDER BY opened_at, number";
        let mut c = self.db.read().await.unwrap();
        self.checks = all!(&mut c, (Uuid, i64), sql, self.venue()).unwrap();
        assert_eq!(self.checks.len(), ROUNDS, "{}", self.owner.opens("/orders").await.text());
    }

    async fn pays(&self, round: usize) -> Value {
        let (order, sum) = self.checks[round];
        let body = json!({"order": order, "amount": sum, "payment_id": format!("bank-{round}")});
        let (status, payment) = self.caller.asks("payments", Some(&body)).await;
        assert_eq!(status, 200, "{payment}");
        payment
    }

    async fn confirmed(&self, payment: &Value) {
        let path = format!("payments/{}", payment["id"].as_str().unwrap());
        loop {
            let payment = self.caller.asks(&path, None).await.1;
            match payment["state"].as_str() {
                Some("confirmed") => return,
                Some("person") => panic!("nobody is here to decide: {payment}"),
                _ => tokio::time::sleep(Duration::from_millis(600)).await,
            }
        }
    }

    /// What the timetable asks of it.
    async fn is_asked(&self) {
        let mut tx = self.db.begin().await.unwrap();
        for kind in [watch::JOB, stops::JOB] {
            job::enqueue(&mut tx, self.venue(), kind, json!({})).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Its stop list could not be read the last time.
    async fn is_without_stops(&self) -> bool {
        let mut c = self.db.read().await.unwrap();
        stop_list::of_venue(&mut c, self.venue()).await.unwrap().fault.is_some()
    }

    /// How long a look took, and a payment.
    async fn round(&self, round: usize) -> [Duration; 2] {
        let look = async {
            let began = Instant::now();
            self.owner.posts("/orders/look", []).await;
            self.idle(watch::JOB).await;
            began.elapsed()
        };
        let payment = async {
            let began = Instant::now();
            let payment = self.pays(round).await;
            self.confirmed(&payment).await;
            began.elapsed()
        };
        let (look, payment) = tokio::join!(look, payment);
        [look, payment]
    }
}

/// The slowest but one of twenty, of looks and of payments.
async fn slowest(places: &[Place], round: usize, name: &str) -> [Duration; 2] {
    let mut all = join_all(places.iter().map(|place| place.round(round))).await;
    let tail = all.len() * 95 / 100;
    let of = [0, 1].map(|which| {
        all.sort_by_key(|one| one[which]);
        (all[all.len() / 2][which], all[tail][which])
    });
    println!(
        "T42 {name}: look p50 {:.1?} p95 {:.1?}, payment p50 {:.1?} p95 {:.1?}",
        of[0].0, of[0].1, of[1].0, of[1].1
    );
    of.map(|(_, tail)| tail)
}

/// A panel, its till and its venues, all of them ready.
async fn opened(venues: usize) -> (Panel, Sandbox, Vec<Place>) {
    let till = Sandbox::open_with(town(venues)).await.unwrap();
    {
        let mut world = till.world();
        (world.commands.delay_ms, world.commands.lag_ms) = (40, 0);
        let mut tape = till.tape();
        (tape.calls_kept, tape.body_kept) = (100_000, 0);
    }
    let panel = Panel::beside(till.clone(), |iiko| {
        hasty(iiko);
        // a living till is not to be taken for a dead one where the machine is slow
        let (limits, silence) = (&mut iiko.limits, Duration::from_secs(8));
        (limits.connect, limits.read, limits.total, limits.command_total) =
            (silence, silence, silence, silence);
        let patience = Duration::from_secs(20);
        iiko.pace = Pace { reads: READS, commands: COMMANDS, patience, ..Pace::free() };
    })
    .await;
    let mut places = Vec::new();
    for n in 0..venues {
        places.push(Place::open(&panel, n).await);
    }
    join_all(places.iter_mut().map(Place::ready)).await;
    (panel, till, places)
}

/// What those beside the dead may need where those without them need so long.
fn limit(calm: Duration) -> Duration {
    calm.mul_f32(1.5) + Duration::from_secs(3)
}

/// A round beside the dead and one without them, at the same moment: what of it was slower than it may be.
async fn slower(calm: &[Place], (dead, healthy): (&[Place], &[Place]), round: usize) -> Vec<String> {
    let calm = std::pin::pin!(slowest(calm, round, "no till is dead"));
    let beside = std::pin::pin!(besides(dead, slowest(healthy, round, "nine tills are dead")));
    let (calm, beside) = match select(calm, beside).await {
        // long enough to be seen, not to be waited for to the end
        Either::Left((calm, beside)) => {
            let most = limit(calm[0].max(calm[1])) * 2;
            (calm, tokio::time::timeout(most, beside).await.ok())
        }
        Either::Right((beside, calm)) => (calm.await, Some(beside)),
    };
    let Some(beside) = beside else { return vec!["not done by far".to_owned()] };
    let named = ["looks", "payments"].into_iter().zip(calm.into_iter().zip(beside));
    named
        .filter(|(_, (calm, beside))| *beside >= limit(*calm))
        .map(|(name, (calm, beside))| format!("{name}: {beside:?}, {calm:?} without the dead"))
        .collect()
}

#[actix_web::test]
async fn venues_beside_dead_tills_are_not_slower_and_the_dead_come_back_at_their_pace() {
    let (calm, _, without) = opened(VENUES - DEAD).await;
    let (mut panel, till, places) = opened(VENUES).await;
    let (dead, healthy) = places.split_at(DEAD);
    dead.iter().for_each(|place| till.mischief().of_key(&place.key, Fault::Silent));
    let waiting = join_all(dead.iter().map(|place| place.pays(0))).await;
    assert_eq!(slower(&without, (dead, healthy), 0).await, Vec::<String>::new());
    panel.works_in(ONE_LANE);
    let control = slower(&without, (dead, healthy), 1).await;
    println!("T42, no hands kept apart: {control:?}");
    assert!(!control.is_empty(), "the control is seen to be slower");
    panel.works_in(worker::LANES);

    // six hours, as far as a queue can tell: everything of theirs is due
    let (began, since) = (Instant::now(), maitre::sandbox::clock::now_ms());
    till.mischief().calm();
    join_all(dead.iter().map(Place::is_asked)).await;
    let drained = join_all(dead.iter().zip(&waiting).map(|(place, payment)| place.confirmed(payment)));
    tokio::time::timeout(Duration::from_secs(60), drained)
        .await
        .expect("the dead are served when they are back");
    println!("T42 back again: nine payments in {:.1?}", began.elapsed());
    for place in dead {
        let most = at_once(&till, &place.name, since);
        assert!(most <= 1.0, "{}: {most} of its pace", place.key);
        let reads = async {
            while place.is_without_stops().await {
                place.is_asked().await;
                tokio::time::sleep(Duration::from_millis(400)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), reads).await.expect("the stop list is read again");
    }
    calm.close().await;
    panel.close().await;
}

/// The same while the dead are asked again and again.
async fn besides<T>(dead: &[Place], work: impl Future<Output = T>) -> T {
    let asked = async {
        loop {
            join_all(dead.iter().map(Place::is_asked)).await;
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => done,
        () = asked => unreachable!(),
    }
}

/// How much of its pace a key used at the most since then: 1 is all of it.
fn at_once(till: &Sandbox, name: &str, since_ms: i64) -> f64 {
    let tape = till.tape();
    let calls: Vec<_> = tape.calls().filter(|call| call.key == name && call.at_ms >= since_ms).collect();
    let mut most: f64 = 0.0;
    for (rate, commands) in [(READS, false), (COMMANDS, true)] {
        let is = |path: &str| {
            cloud::is_command(path) == commands
                && !path.ends_with("access_token")
                && !path.ends_with("nomenclature")
        };
        let mut times: Vec<i64> = calls.iter().filter(|call| is(&call.path)).map(|call| call.at_ms).collect();
        times.sort_unstable();
        for (from, begun) in times.iter().enumerate() {
            for (to, ended) in times.iter().enumerate().skip(from) {
                // what left at its time may come a little late, and close to the next
                let spent = (ended - begun + 500) as f64 / rate.period.as_millis() as f64;
                most = most.max((to - from + 1) as f64 / (f64::from(rate.burst) + spent));
            }
        }
    }
    most
}
