//! A process that dies, with the database as its only memory.
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use maitre::clock::{self, Timestamp};
use maitre::error::Result;
use maitre::exec;
use maitre::money::Kopecks;
use maitre::posting::attempt::{self, Method, Phase};
use maitre::posting::case::{Case, Save};
use maitre::posting::intent::{self, Intent, New, State};
use maitre::posting::ledger::{Books, Ledger};
use maitre::posting::perform::Desk;
use maitre::posting::queue::Shelf;
use maitre::posting::till::Alive;
use maitre::queue::job;
use uuid::Uuid;

use crate::posting::bill::Order;
use crate::posting::day::{self, PROVEN, live};
use crate::posting::memory::Memory;
use crate::posting::scene::{Quiet, Scene, conflict, order_in};
use crate::posting::sim::{Faults, Sim};
use crate::posting::time::Time;

/// The process dies between the writing and the answer. Whether a byte has left nobody knows.
#[actix_web::test]
async fn what_was_cut_short_is_never_sent_again_blindly() {
    for (amount, method) in [(10_000, Method::Add), (20_000, Method::Change)] {
        let s = Scene::open().await;
        let (till, id) = (Quiet::mute(20_000), s.payment("psp-1", amount).await);
        let desk = Desk { till: &till, ledger: &s.books, terms: &PROVEN, clock: || s.time.stamp() };
        let cut = tokio::time::timeout(Duration::from_millis(500), desk.perform(id)).await;
        assert!(cut.is_err(), "it was waiting for the till");
        let case = s.case(id).await;
        assert_eq!(case.attempt.as_ref().map(|one| (one.method, one.phase)), Some((method, Phase::Sending)));
        assert_eq!(till.posts.load(Ordering::SeqCst), 1);

        let case = s.works(&till, id, &PROVEN, 60.0).await;
        assert_eq!((case.intent.state, s.phases(id).await), (State::Unknown, vec![Phase::Ambiguous]));
        assert_eq!(s.shelf(Shelf::Unknown).await, [id]);
        // whoever comes next on this order waits
        let behind = s.payment("psp-2", 10_000).await;
        assert_eq!(s.works(&till, behind, &PROVEN, 15.0).await.intent.trouble, "behind");
        // it had landed after all
        till.lands(Kopecks(amount));
        let case = s.works(&till, id, &PROVEN, 60.0).await;
        assert_eq!((case.intent.state, s.phases(id).await), (State::Confirmed, vec![Phase::Landed]));
        assert_eq!(till.posts.load(Ordering::SeqCst), 1);
    }
}

/// A worker whose lease is another's sends nothing.
#[actix_web::test]
async fn a_ghost_sends_nothing() {
    let mut s = Scene::open().await;
    let (till, id) = (Quiet::new(20_000), s.payment("psp-1", 20_000).await);
    let mut tx = s.books.db.begin().await.unwrap();
    job::enqueue(&mut tx, s.books.venue, "posting", serde_json::json!({})).await.unwrap();
    tx.commit().await.unwrap();
    s.books.lease = job::claim(&s.books.db).await.unwrap();
    let mut tx = s.books.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE jobs SET lease_until = lease_until - 31000").unwrap();
    tx.commit().await.unwrap();
    let heir = job::claim(&s.books.db).await.unwrap();
    let desk = Desk { till: &till, ledger: &s.books, terms: &PROVEN, clock: || s.time.stamp() };
    assert_eq!(conflict(desk.perform(id).await), "job-lost");
    assert_eq!((till.posts.load(Ordering::SeqCst), s.phases(id).await), (0, vec![]));
    s.books.lease = heir;
    assert_eq!(s.works(&till, id, &PROVEN, 600.0).await.intent.state, State::Confirmed);
}

/// An order of the simulation in the database, with its payments.
async fn simulated(s: &Scene, seed: u64) -> (Order, Vec<(f64, Uuid)>) {
    let shares = 1 + seed % 2;
    let row = order_in(&s.books.db, s.books.venue).await;
    let mut ids = Vec::new();
    for n in 0..shares {
        let mut tx = s.books.db.begin().await.unwrap();
        let psp = format!("{seed}-{n}");
        let new = New { order: row, psp_payment_id: &psp, amount: Kopecks(100) };
        ids.push((0.0, intent::report(&mut tx, s.books.venue, &new, s.time.stamp()).await.unwrap()));
        tx.commit().await.unwrap();
    }
    (Order { sum: 100 * shares as i64, acts: Vec::new() }, ids)
}

/// What is shown of the simulation's ledger is true of the database.
#[actix_web::test]
async fn the_database_lives_the_same_days_as_the_memory() {
    let s = Scene::open().await;
    let faults = Faults { hangs: 0.0, deaths: 0.0, ..Faults::full() };
    for seed in 0..40 {
        let (order, ids) = simulated(&s, seed).await;
        let sim = |order| Sim::new(Time::Own(Mutex::new(0.0)), seed, faults, order);
        let (here, there, memory) = (sim(order.clone()), sim(order), Memory::new());
        for (_, id) in &ids {
            memory.report(*id, 100, here.time.stamp());
        }
        live(&here, &memory, (&PROVEN, seed), &ids).await;
        live(&there, &s.books, (&PROVEN, seed), &ids).await;
        assert!(here.trace() == there.trace() && here.trace().len() > 2, "seed {seed}");
        for ours in memory.intents() {
            let theirs = s.case(ours.id).await.intent;
            let (psp_payment_id, order_id) = (theirs.psp_payment_id.clone(), theirs.order_id);
            assert_eq!(theirs, Intent { psp_payment_id, order_id, ..ours }, "seed {seed}");
        }
    }
}

/// The promises, with deaths in the midst of the database's own work.
#[actix_web::test]
async fn the_database_keeps_the_promises_through_deaths() {
    let s = Scene::open().await;
    let faults = Faults { hangs: 0.0, ..Faults::full() };
    for seed in 0..60 {
        let (order, ids) = simulated(&s, seed).await;
        let sim = Sim::new(Time::Own(Mutex::new(0.0)), seed, faults, order);
        live(&sim, &s.books, (&PROVEN, seed), &ids).await;
        let mut intents = Vec::new();
        for (_, id) in &ids {
            intents.push(s.case(*id).await.intent);
        }
        let outcome = day::told(&sim, &intents, Vec::new());
        assert_eq!((outcome.doubles, outcome.lost, outcome.left), (0, 0, 0), "seed {seed}");
    }
}

/// Books whose writer falls asleep after the attempt is written down and before it leaves.
struct Sleepy<'a> {
    books: &'a Books,
    now: Mutex<Timestamp>,
    sleeps: TimeDelta,
}

impl Ledger for Sleepy<'_> {
    async fn read(&self, intent: Uuid) -> Result<Case> {
        self.books.read(intent).await
    }

    async fn save(&self, case: &Case, save: Save, at: Timestamp) -> Result<()> {
        let sends = save.attempt.as_ref().is_some_and(|attempt| attempt.phase == Phase::Sending);
        self.books.save(case, save, at).await?;
        if sends {
            *self.now.lock().unwrap() += self.sleeps;
        }
        Ok(())
    }
}

/// The dangerous moment: the attempt stands, the worker sleeps past its lease, others go on; it wakes and must not send.
#[actix_web::test]
async fn who_slept_between_writing_and_sending_sends_nothing() {
    for (sleeps, posts) in [(TimeDelta::seconds(1), 1), (TimeDelta::seconds(40), 0)] {
        let s = Scene::open().await;
        let (till, id) = (Quiet::new(20_000), s.payment("psp-1", 20_000).await);
        let books = Sleepy { books: &s.books, now: Mutex::new(clock::now()), sleeps };
        let now = || *books.now.lock().unwrap();
        let desk = Desk { till: &till, ledger: &books, terms: &PROVEN, clock: now };
        desk.perform(id).await.unwrap();
        assert_eq!(till.posts.load(Ordering::SeqCst), posts, "after {sleeps}");
        assert_eq!(s.phases(id).await.len(), 1);
    }
}

/// A venue's round may be longer than a terminal may be silent: what is felt of it counts for every attempt.
#[actix_web::test]
async fn a_terminal_is_felt_for_all_that_may_have_landed() {
    let s = Scene::open().await;
    let (db, venue) = (&s.books.db, s.books.venue);
    let mut ids = Vec::new();
    for n in 0..3 {
        let order = order_in(db, venue).await;
        let mut tx = db.begin().await.unwrap();
        let psp = format!("psp-{n}");
        let new = New { order, psp_payment_id: &psp, amount: Kopecks(20_000) };
        let id = intent::report(&mut tx, venue, &new, s.time.stamp()).await.unwrap();
        tx.commit().await.unwrap();
        let till = Quiet::mute(20_000);
        let desk = Desk { till: &till, ledger: &s.books, terms: &PROVEN, clock: || s.time.stamp() };
        assert!(tokio::time::timeout(Duration::from_millis(500), desk.perform(id)).await.is_err());
        ids.push(id);
    }
    let felt = |seconds: i64, alive: Alive| async move {
        let mut tx = db.begin().await.unwrap();
        attempt::felt_by_all(&mut tx, venue, alive, s_at(seconds)).await.unwrap();
        tx.commit().await.unwrap();
    };
    let settled = async |seconds: i64| {
        let mut all = Vec::new();
        for id in &ids {
            let attempts = attempt::of_intent(&mut db.read().await.unwrap(), venue, *id).await.unwrap();
            all.push(attempts[0].is_settled(s_at(seconds)));
        }
        all
    };
    for seconds in (0..=180).step_by(30) {
        felt(seconds, Alive::Yes).await;
    }
    assert_eq!(settled(180).await, [true; 3]);
    felt(190, Alive::No).await;
    felt(200, Alive::Yes).await;
    assert_eq!(settled(200).await, [false; 3], "it was away in between");
    for seconds in (290..=470).step_by(90) {
        felt(seconds, Alive::Yes).await;
    }
    assert_eq!(settled(470).await, [false; 3], "nobody knows what it did for a minute and a half");
}

fn s_at(seconds: i64) -> Timestamp {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}
