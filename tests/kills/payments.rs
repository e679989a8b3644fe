//! T33: three processes of the panel bring guests' payments into the till and are killed, or put to sleep and woken, at
//! random moments, while answers of the till get lost. However often: no payment is on a bill twice, and none is lost in
//! silence: it is on its bill, or a person is asked.
use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use maitre::clock;
use maitre::money::Kopecks;
use maitre::orders::bill::Bill;
use maitre::orders::kind::Kind;
use maitre::orders::order::{self, Told};
use maitre::orders::status::Status;
use maitre::posting::intent::{self, New};
use maitre::sandbox::mischief::Fault;
use maitre::sandbox::waiter::Opening;
use maitre::sync::run::Scope;
use maitre::venues::part::Part;
use maitre::{all, exec, one};
use rand::seq::IndexedRandom;
use uuid::Uuid;

use crate::house::House;

const KILLS: usize = 100;
const WORKERS: usize = 3;
const VENUES: usize = 4;
/// Of a venue; each has two guests who pay different halves.
const CHECKS: usize = 4;

/// A payment as it was reported, and the check it is for.
struct Paid {
    venue: Uuid,
    intent: Uuid,
    check: Uuid,
    amount: i64,
}

/// Opens a check at the till, and writes down that it was seen.
async fn seated(house: &House, venue: Uuid, table: usize) -> (Uuid, Uuid, i64) {
    let (check, pos, sum) = {
        let mut world = house.till.world();
        let table = (table % 3 + 3).to_string();
        let opening =
            Opening { table: &table, section: Some("Основной зал"), ..Opening::default() };
        let first = world.first();
        let id = first.open_check(&opening).unwrap();
        let check = first.check(&id.to_string()).unwrap();
        (check.id, check.pos_id, check.bill.sum())
    };
    let told = Told {
        iiko_id: check,
        pos_id: Some(pos),
        kind: Kind::Table,
        status: Status::New,
        iiko_status: "New".into(),
        creation: "success",
        number: String::new(),
        version: 1,
        table_id: None,
        place: String::new(),
        waiter: String::new(),
        guest: String::new(),
        phone: String::new(),
        sum: Kopecks(sum),
        paid: Some(Kopecks(0)),
        opened_at: None,
        closed_at: None,
        due_at: None,
        trouble: "",
        bill: Bill::default(),
        raw: "{}".into(),
    };
    let id = Uuid::now_v7();
    let mut tx = house.db.begin().await.unwrap();
    order::fill(&mut tx, venue, &[(id, told)], clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    (id, check, sum)
}

async fn pays(house: &House, venue: Uuid, order: Uuid, amount: i64) -> Uuid {
    let mut tx = house.db.begin().await.unwrap();
    let psp = Uuid::now_v7().to_string();
    let new = New { order, psp_payment_id: &psp, amount: Kopecks(amount) };
    let id = intent::report(&mut tx, venue, &new, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// How many stand in which state.
async fn standing(house: &House) -> HashMap<String, i64> {
    let mut c = house.db.read().await.unwrap();
    let sql = "SELECT state, count(*) FROM payment_intents GROUP BY state";
    all!(&mut c, (String, i64), sql).unwrap().into_iter().collect()
}

/// How many will go on by themselves. Where a person has to decide what became of a payment, the others of its order wait for
/// them: two unproven ones on a bill could not be told apart.
async fn under_way(house: &House) -> i64 {
    let mut c = house.db.read().await.unwrap();
    let sql = "SELECT count(*) FROM payment_intents i WHERE i.state IN ('waiting', 'posting', 'unknown')
                 AND NOT (i.state = 'waiting' AND EXISTS (
                   SELECT 1 FROM posting_attempts a
                   JOIN payment_intents p ON p.venue_id = a.venue_id AND p.id = a.intent_id
                   WHERE a.venue_id = i.venue_id AND a.order_id = i.order_id AND p.state = 'person'
                     AND a.state IN ('proving', 'ambiguous')))";
    one!(&mut c, (i64,), sql).unwrap().0
}

/// What could still land has had its time: attempts grow ten minutes older, and whoever waits is due.
async fn ten_minutes_pass(house: &House) {
    let mut tx = house.db.begin().await.unwrap();
    let sql = "SELECT venue_id, intent_id, no, sent_at, alive_since FROM posting_attempts WHERE state = 'ambiguous'";
    let open = all!(&mut tx, (Uuid, Uuid, i64, clock::Timestamp, Option<clock::Timestamp>), sql).unwrap();
    for (venue, intent, no, sent_at, alive_since) in open {
        let sql = "UPDATE posting_attempts SET sent_at = $4, alive_since = $5
                   WHERE venue_id = $1 AND intent_id = $2 AND no = $3";
        let back = TimeDelta::minutes(10);
        exec!(&mut tx, sql, venue, intent, no, sent_at - back, alive_since.map(|at| at - back)).unwrap();
    }
    let sql = "UPDATE payment_intents SET next_at = $1 WHERE state IN ('waiting', 'posting', 'unknown')";
    exec!(&mut tx, sql, clock::now()).unwrap();
    tx.commit().await.unwrap();
}

/// Payments of this sum on the till's own check.
fn on_the_bill(house: &House, paid: &Paid) -> usize {
    let mut world = house.till.world();
    let check = world.first().check(&paid.check.to_string()).unwrap();
    check.bill.payments.iter().filter(|one| one.sum == paid.amount).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_post_no_payment_twice_and_lose_none() {
    let house = House::of(VENUES).await;
    {
        let mut world = house.till.world();
        (world.commands.delay_ms, world.commands.lag_ms) = (150, 0);
    }
    let first = house.panel();
    for venue in &house.venues {
        let id = house.asks(*venue, Scope::Only(Part::Payments)).await;
        let started = Instant::now();
        while house.run(*venue, id).await.is_live() {
            assert!(started.elapsed() < Duration::from_secs(60), "the payment types are not here yet");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    first.killed();
    let mut paid: Vec<Paid> = Vec::new();
    let mut waiting: Vec<(Uuid, usize)> =
        (0..CHECKS).flat_map(|n| house.venues.iter().map(move |venue| (*venue, n))).rev().collect();
    let mut workers: Vec<_> = (0..WORKERS).map(|_| house.panel()).collect();
    let mut slept = 0;
    for kill in 0..KILLS {
        if kill % 4 == 0
            && let Some((venue, n)) = waiting.pop()
        {
            let (order, check, sum) = seated(&house, venue, n).await;
            let share = sum / 2 - 100;
            for amount in [share, sum - share] {
                let intent = pays(&house, venue, order, amount).await;
                paid.push(Paid { venue, intent, check, amount });
            }
        }
        if kill % 5 == 0 {
            let fault = ["lost", "408", "late"].choose(&mut rand::rng()).unwrap();
            let fault = Fault::named(fault, 700, None).unwrap();
            house.till.mischief().next(fault);
        }
        tokio::time::sleep(Duration::from_millis(rand::random_range(150..1_100))).await;
        let worker = workers.swap_remove(rand::random_range(0..WORKERS));
        if kill % 4 == 3 {
            // it sleeps while others take its work over, and goes on as if nothing had been
            house.sleeps(&worker).await;
            tokio::time::sleep(Duration::from_millis(rand::random_range(200..1_500))).await;
            worker.signal("CONT");
            slept += 1;
            workers.push(worker);
        } else {
            worker.killed();
            house.time_passes().await;
            workers.push(house.panel());
        }
    }
    let at_the_last_kill = standing(&house).await;
    house.is_whole().await;
    // nobody is killed any more: everything comes to its end, or to a person
    let started = Instant::now();
    loop {
        if under_way(&house).await == 0 {
            break;
        }
        let standing = standing(&house).await;
        assert!(started.elapsed() < Duration::from_secs(240), "still under way: {standing:?}");
        ten_minutes_pass(&house).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    let (mut confirmed, mut person, mut landed_for_a_person, mut behind) = (0, 0, 0, 0);
    for one in &paid {
        let there = on_the_bill(&house, one);
        assert!(there <= 1, "{} is on the bill {there} times", one.intent);
        let mut c = house.db.read().await.unwrap();
        match intent::get(&mut c, one.venue, one.intent).await.unwrap().state {
            intent::State::Confirmed => {
                assert_eq!(there, 1, "{} is said to be on the bill", one.intent);
                confirmed += 1;
            }
            intent::State::Person => {
                person += 1;
                landed_for_a_person += there;
            }
            intent::State::Waiting => {
                assert_eq!(there, 0, "{} waits for a person's decision of another", one.intent);
                behind += 1;
            }
            state => panic!("{} is {state:?}", one.intent),
        }
    }
    let mut c = house.db.read().await.unwrap();
    let (attempts,) = one!(&mut c, (i64,), "SELECT count(*) FROM posting_attempts").unwrap();
    drop(c);
    println!(
        "{KILLS} kills, {slept} of them sleeps, {WORKERS} processes, {} payments, {attempts} attempts: {confirmed} on \
         their bills, {person} for a person ({landed_for_a_person} of them on the bill), {behind} behind them, 0 twice, 0 lost; \
         after the last kill {at_the_last_kill:?}, drained in {:?}",
        paid.len(),
        started.elapsed()
    );
    assert!(confirmed * 2 > paid.len(), "most come through");
    house.close().await;
}
