//! The queue in the database: one payment however often it is told, one open attempt an order, nothing sent blindly after
//! a death, what a person may decide.
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use maitre::db::conn::Db;
use maitre::error::{Error, Result};
use maitre::money::Kopecks;
use maitre::posting::attempt::{self, Method, Phase};
use maitre::posting::case::Case;
use maitre::posting::decision::{self, Asked};
use maitre::posting::event::{self, What};
use maitre::posting::intent::{self, Closing, Intent, New, State};
use maitre::posting::ledger::{Books, Ledger, MOVED};
use maitre::posting::machine::{Step, Terms};
use maitre::posting::perform::{Desk, Rest};
use maitre::posting::queue::{self, Counts, Shelf};
use maitre::posting::reason::Reason;
use maitre::posting::record::record;
use maitre::posting::till::{Alive, Answer, Bill, Blind, Charge, Command, Paid, Stage, Till, Which};
use maitre::queue::job;
use maitre::venues::venue;
use maitre::{clock, exec, one};
use uuid::Uuid;

use crate::posting::bill::Order;
use crate::posting::day::{self, PROVEN, live};
use crate::posting::memory::Memory;
use crate::posting::sim::{Faults, Sim};
use crate::posting::time::Time;
use crate::support::panel::fresh_db;

async fn venue_in(db: &Db) -> Uuid {
    let mut tx = db.begin().await.unwrap();
    let id = venue::create(&mut tx, "Рябина", "", "Europe/Moscow").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn order_in(db: &Db, venue: Uuid) -> Uuid {
    let (id, mut tx) = (Uuid::now_v7(), db.begin().await.unwrap());
    exec!(
        &mut tx,
        "INSERT INTO orders (venue_id, id, iiko_id, kind, status, iiko_status, creation, number, version, place, waiter,
                             guest, phone, sum, opened_at, trouble, body, seen_at)
         VALUES ($1, $2, $2, 'table', 'new', 'Bill', 'success', '41', 1, 'Зал, 7', '', '', '', 20000, $3, '', '', $3)",
        venue,
        id,
        clock::now()
    )
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn told(db: &Db, venue: Uuid, (order, psp): (Uuid, &str), amount: i64) -> Result<Uuid> {
    let mut tx = db.begin().await?;
    let new = New { order, psp_payment_id: psp, amount: Kopecks(amount) };
    let id = intent::report(&mut tx, venue, &new, clock::now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// A till that does as it is told.
struct Quiet {
    bill: Mutex<Bill>,
    posts: AtomicUsize,
    /// Takes a payment and never answers.
    mute: bool,
    /// How a command that closes the order ends.
    closes: Command,
}

impl Quiet {
    fn new(sum: i64) -> Quiet {
        let bill = Bill {
            present: true,
            made: true,
            stage: Stage::Open,
            sum: Kopecks(sum),
            processed: Kopecks(0),
            payments: Vec::new(),
        };
        Quiet { bill: Mutex::new(bill), posts: AtomicUsize::new(0), mute: false, closes: Command::Success }
    }

    fn mute(sum: i64) -> Quiet {
        Quiet { mute: true, ..Quiet::new(sum) }
    }

    fn lands(&self, sum: Kopecks) {
        self.bill.lock().unwrap().payments.push(Paid { ours: true, sum, preliminary: false });
    }

    fn bill(&self) -> Bill {
        self.bill.lock().unwrap().clone()
    }
}

impl Till for Quiet {
    async fn look(&self, _: &Which) -> Result<Bill, Blind> {
        Ok(self.bill())
    }

    async fn alive(&self) -> Alive {
        Alive::Yes
    }

    async fn post(&self, charge: &Charge) -> Answer {
        self.posts.fetch_add(1, Ordering::SeqCst);
        if self.mute {
            std::future::pending::<()>().await;
        }
        self.lands(charge.sum);
        Answer::Accepted { correlation: "post".into() }
    }

    async fn command(&self, correlation: &str) -> Command {
        if correlation == "post" { Command::Success } else { self.closes.clone() }
    }

    async fn close(&self, _: &Which) -> Answer {
        if self.closes == Command::Success {
            self.bill.lock().unwrap().stage = Stage::Closed;
        }
        Answer::Accepted { correlation: "close".into() }
    }
}

/// One venue, one order, its books.
struct Scene {
    books: Books,
    order: Uuid,
    time: Time,
}

impl Scene {
    async fn open() -> Scene {
        let db = fresh_db().await;
        let venue = venue_in(&db).await;
        let order = order_in(&db, venue).await;
        Scene { books: Books { db, venue, lease: None }, order, time: Time::Own(Mutex::new(0.0)) }
    }

    /// A payment told at the simulation's noon.
    async fn payment(&self, psp: &str, amount: i64) -> Uuid {
        let mut tx = self.books.db.begin().await.unwrap();
        let new = New { order: self.order, psp_payment_id: psp, amount: Kopecks(amount) };
        let id = intent::report(&mut tx, self.books.venue, &new, self.time.stamp()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn case(&self, id: Uuid) -> Case {
        self.books.read(id).await.unwrap()
    }

    /// Takes a payment up until nothing more happens within so many seconds.
    async fn works(&self, till: &Quiet, id: Uuid, terms: &Terms, seconds: f64) -> Case {
        let end = self.time.now() + seconds;
        while self.time.now() < end {
            let desk = Desk { till, ledger: &self.books, terms, clock: || self.time.stamp() };
            match desk.perform(id).await.unwrap() {
                Rest::Over => break,
                Rest::Until(at) => self.time.sleep_until(at).await,
            }
        }
        self.case(id).await
    }

    async fn asked(&self, intent: Uuid) -> Asked {
        let version = self.case(intent).await.intent.version;
        Asked { venue: self.books.venue, intent, version, at: self.time.stamp() }
    }

    async fn phases(&self, id: Uuid) -> Vec<Phase> {
        let mut c = self.books.db.read().await.unwrap();
        let all = attempt::of_intent(&mut c, self.books.venue, id).await.unwrap();
        all.iter().map(|attempt| attempt.phase).collect()
    }

    async fn happened(&self, id: Uuid) -> Vec<What> {
        let mut c = self.books.db.read().await.unwrap();
        let all = event::of_intent(&mut c, self.books.venue, id).await.unwrap();
        all.iter().map(|event| event.what).collect()
    }

    async fn counts(&self) -> Counts {
        queue::counts(&mut self.books.db.read().await.unwrap(), self.books.venue).await.unwrap()
    }

    async fn shelf(&self, shelf: Shelf) -> Vec<Uuid> {
        let mut c = self.books.db.read().await.unwrap();
        let rows = queue::list(&mut c, self.books.venue, shelf, None).await.unwrap();
        rows.iter().map(|row| row.id).collect()
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result {
        Err(Error::Conflict(key)) => key,
        other => panic!("no conflict: {other:?}"),
    }
}

/// T35: the provider's callback, a hundred times at once.
#[actix_web::test]
async fn a_payment_told_a_hundred_times_is_one() {
    let s = Scene::open().await;
    let (db, venue, order) = (s.books.db.clone(), s.books.venue, s.order);
    let tellers = (0..100).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { told(&db, venue, (order, "psp-1"), 10_000).await.unwrap() })
    });
    let mut ids: Vec<Uuid> =
        futures_util::future::join_all(tellers).await.into_iter().map(|id| id.unwrap()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "one payment");
    assert_eq!(s.happened(ids[0]).await, [What::Reported]);
    assert_eq!(conflict(told(&db, venue, (order, "psp-1"), 9_999).await), "posting-told-otherwise");
    let other = order_in(&db, venue).await;
    assert_eq!(conflict(told(&db, venue, (other, "psp-1"), 10_000).await), "posting-told-otherwise");
    // another venue's provider may use the same id; another venue's order is out of reach
    let neighbour = venue_in(&db).await;
    let theirs = order_in(&db, neighbour).await;
    told(&db, neighbour, (theirs, "psp-1"), 10_000).await.unwrap();
    assert!(told(&db, neighbour, (order, "psp-2"), 10_000).await.is_err());
    assert!(told(&db, venue, (order, "psp-3"), 0).await.is_err(), "money is more than nothing");
}

#[actix_web::test]
async fn of_two_workers_one_sends() {
    let s = Scene::open().await;
    for round in 0..20 {
        let order = order_in(&s.books.db, s.books.venue).await;
        let one = told(&s.books.db, s.books.venue, (order, &format!("a{round}")), 10_000).await.unwrap();
        let other = told(&s.books.db, s.books.venue, (order, &format!("b{round}")), 10_000).await.unwrap();
        // both have looked, both mean to send; and two mean to send the same one
        let (a, b) = (s.case(one).await, s.case(other).await);
        let sends = |case: &Case| record(case, &Step::Send(Method::Add), clock::now(), &PROVEN).unwrap();
        let now = clock::now();
        let results = futures_util::future::join_all([
            s.books.save(&a, sends(&a), now),
            s.books.save(&b, sends(&b), now),
            s.books.save(&a, sends(&a), now),
        ]);
        let results = results.await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let mut c = s.books.db.read().await.unwrap();
        let sql = "SELECT count(*) FROM posting_attempts WHERE venue_id = $1 AND order_id = $2";
        assert_eq!(one!(&mut c, (i64,), sql, s.books.venue, order).unwrap(), (1,));
    }
}

/// The index alone keeps the second away, whatever the code believes; without it there would be two.
#[actix_web::test]
async fn the_index_keeps_a_second_attempt_away() {
    let s = Scene::open().await;
    let (one, other) = (s.payment("a", 10_000).await, s.payment("b", 10_000).await);
    let first =
        record(&s.case(one).await, &Step::Send(Method::Add), clock::now(), &PROVEN).unwrap().attempt.unwrap();
    let second = attempt::Attempt { intent_id: other, ..first.clone() };
    let mut tx = s.books.db.begin().await.unwrap();
    assert!(attempt::begin(&mut tx, s.books.venue, &first).await.unwrap());
    assert!(!attempt::begin(&mut tx, s.books.venue, &second).await.unwrap());
    let over = attempt::Attempt { phase: Phase::Refused, ..first.clone() };
    assert!(attempt::change(&mut tx, s.books.venue, &over).await.unwrap());
    assert!(!attempt::change(&mut tx, s.books.venue, &first).await.unwrap(), "what is over stays over");
    assert!(attempt::begin(&mut tx, s.books.venue, &second).await.unwrap(), "the first is over");
}

#[actix_web::test]
async fn a_payment_goes_to_the_bill_and_the_order_is_closed() {
    let s = Scene::open().await;
    let (till, id) = (Quiet::new(20_000), s.payment("psp-1", 20_000).await);
    let mut c = s.books.db.read().await.unwrap();
    assert_eq!(queue::due(&mut c, s.books.venue, s.time.stamp()).await.unwrap(), [(s.order, id)]);
    drop(c);
    let case = s.works(&till, id, &Terms { close: true, ..PROVEN }, 600.0).await;
    assert_eq!((case.intent.state, case.intent.closing), (State::Confirmed, Closing::Closed));
    assert_eq!(case.attempt.unwrap().method, Method::Change);
    assert_eq!((till.posts.load(Ordering::SeqCst), till.bill().stage), (1, Stage::Closed));
    let path = [What::Reported, What::Sending, What::Accepted, What::Success, What::Confirmed];
    assert_eq!(s.happened(id).await, [&path[..], &[What::CloseAsked, What::Closed]].concat());
    let mut c = s.books.db.read().await.unwrap();
    let sql = "SELECT count(*) FROM audit WHERE object_id = $1 AND deed = 'payment.confirmed'";
    assert_eq!(one!(&mut c, (i64,), sql, id).unwrap(), (1,));
    drop(c);
    assert_eq!(s.counts().await, Counts { waiting: 0, unknown: 0, person: 0, done: 1 });
    assert_eq!(s.works(&till, id, &PROVEN, 60.0).await.intent.version, case.intent.version, "done is done");
}

#[actix_web::test]
async fn paid_and_not_closed_is_told_and_tried_again() {
    let s = Scene::open().await;
    let mut till = Quiet::new(20_000);
    till.closes = Command::Error { code: "CafeSessionNotFound".into(), said: String::new() };
    let (id, terms) = (s.payment("psp-1", 20_000).await, Terms { close: true, ..PROVEN });
    let case = s.works(&till, id, &terms, 120.0).await;
    assert_eq!((case.intent.state, case.intent.closing), (State::Confirmed, Closing::Stuck));
    assert_eq!(case.intent.reason(), Some(Reason::CloseSession));
    assert_eq!(s.shelf(Shelf::Person).await, [id]);
    till.closes = Command::Success;
    let case = s.works(&till, id, &terms, 600.0).await;
    assert_eq!((case.intent.closing, case.intent.reason()), (Closing::Closed, None));
    assert_eq!((s.shelf(Shelf::Person).await, s.shelf(Shelf::Done).await), (vec![], vec![id]));
}

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

#[actix_web::test]
async fn what_has_not_landed_after_a_long_look_is_a_persons() {
    let s = Scene::open().await;
    let (till, id) = (Quiet::mute(20_000), s.payment("psp-1", 10_000).await);
    let desk = Desk { till: &till, ledger: &s.books, terms: &PROVEN, clock: || s.time.stamp() };
    assert!(tokio::time::timeout(Duration::from_millis(500), desk.perform(id)).await.is_err());
    let case = s.works(&till, id, &PROVEN, 86_400.0).await;
    assert_eq!((case.intent.state, case.intent.reason()), (State::Person, Some(Reason::Unproven)));
    assert_eq!((till.posts.load(Ordering::SeqCst), s.phases(id).await), (1, vec![Phase::Ambiguous]));
    assert_eq!(s.counts().await, Counts { waiting: 0, unknown: 0, person: 1, done: 0 });

    let asked = s.asked(id).await;
    let mut tx = s.books.db.begin().await.unwrap();
    let missing = decision::on_the_bill(&mut tx, &asked, &till.bill(), false).await;
    assert_eq!(conflict(missing), "posting-not-on-the-bill");
    let old = Asked { version: asked.version - 1, ..asked };
    assert_eq!(conflict(decision::post_again(&mut tx, &old).await), MOVED);
    let foreign = Asked { venue: Uuid::now_v7(), ..asked };
    assert!(matches!(decision::post_again(&mut tx, &foreign).await, Err(Error::NotFound(_))));
    decision::post_again(&mut tx, &asked).await.unwrap();
    tx.commit().await.unwrap();

    let till = Quiet::new(20_000);
    let case = s.works(&till, id, &PROVEN, 600.0).await;
    assert_eq!(case.intent.state, State::Confirmed);
    assert_eq!(s.phases(id).await, [Phase::Abandoned, Phase::Landed]);
    let mut tx = s.books.db.begin().await.unwrap();
    let late = decision::post_again(&mut tx, &s.asked(id).await).await;
    assert_eq!(conflict(late), "posting-not-a-persons");
}

/// A till too old: every payment is a person's. They put one on the bill themselves and settle another outside.
#[actix_web::test]
async fn a_person_says_what_became_of_it() {
    let s = Scene::open().await;
    let (till, old) = (Quiet::new(20_000), Terms { can: maitre::posting::till::Can::Nothing, ..PROVEN });
    let (one, other) = (s.payment("a", 10_000).await, s.payment("b", 10_000).await);
    for id in [one, other] {
        assert_eq!(s.works(&till, id, &old, 60.0).await.intent.reason(), Some(Reason::PosTooOld));
    }
    till.lands(Kopecks(10_000));
    let (first, second) = (s.asked(one).await, s.asked(other).await);
    let mut tx = s.books.db.begin().await.unwrap();
    decision::on_the_bill(&mut tx, &first, &till.bill(), false).await.unwrap();
    let twice = decision::on_the_bill(&mut tx, &second, &till.bill(), false).await;
    assert_eq!(conflict(twice), "posting-not-on-the-bill", "one payment is not two");
    decision::by_hand(&mut tx, &second).await.unwrap();
    tx.commit().await.unwrap();
    let states = [s.case(one).await.intent.state, s.case(other).await.intent.state];
    assert_eq!((states, till.posts.load(Ordering::SeqCst)), ([State::Confirmed, State::ByHand], 0));
    assert_eq!(s.shelf(Shelf::Done).await, [other, one]);
    assert!(s.happened(other).await.ends_with(&[What::Person, What::Decided]));
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
