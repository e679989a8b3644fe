//! A venue with an order in the database, and a till that does as it is told.
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use maitre::db::conn::Db;
use maitre::error::{Error, Result};
use maitre::money::Kopecks;
use maitre::posting::attempt::{self, Phase};
use maitre::posting::case::Case;
use maitre::posting::decision::Asked;
use maitre::posting::event::{self, What};
use maitre::posting::intent::{self, New};
use maitre::posting::ledger::{Books, Ledger};
use maitre::posting::machine::Terms;
use maitre::posting::perform::{Desk, Rest};
use maitre::posting::queue::{self, Counts, Shelf};
use maitre::posting::till::{Alive, Answer, Bill, Blind, Charge, Command, Paid, Stage, Till, Which};
use maitre::venues::venue;
use maitre::{clock, exec};
use uuid::Uuid;

use crate::posting::time::Time;
use crate::support::panel::fresh_db;

pub async fn venue_in(db: &Db) -> Uuid {
    let mut tx = db.begin().await.unwrap();
    let id = venue::create(&mut tx, "Рябина", "", "Europe/Moscow").await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn order_in(db: &Db, venue: Uuid) -> Uuid {
    let (id, mut tx) = (Uuid::now_v7(), db.begin().await.unwrap());
    exec!(
        &mut tx,
        "INSERT INTO orders (venue_id, id, iiko_id, kind, status, iiko_status, creation, number, version, place, waiter,
                             waiter_fold, guest, phone, sum, opened_at, trouble, body, raw, seen_at)
         VALUES ($1, $2, $2, 'table', 'new', 'Bill', 'success', '41', 1, 'Зал, 7', '', '', '', '', 20000, $3, '', $4, '', $3)",
        venue,
        id,
        clock::now(),
        serde_json::json!({})
    )
    .unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn told(db: &Db, venue: Uuid, (order, psp): (Uuid, &str), amount: i64) -> Result<Uuid> {
    let mut tx = db.begin().await?;
    let new = New { order, psp_payment_id: psp, amount: Kopecks(amount) };
    let id = intent::report(&mut tx, venue, &new, clock::now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// A till that does as it is told.
pub struct Quiet {
    bill: Mutex<Bill>,
    pub posts: AtomicUsize,
    /// Takes a payment and never answers.
    mute: bool,
    /// How a command that closes the order ends.
    pub closes: Command,
}

impl Quiet {
    pub fn new(sum: i64) -> Quiet {
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

    pub fn mute(sum: i64) -> Quiet {
        Quiet { mute: true, ..Quiet::new(sum) }
    }

    pub fn lands(&self, sum: Kopecks) {
        self.bill.lock().unwrap().payments.push(Paid { ours: true, sum, preliminary: false });
    }

    pub fn bill(&self) -> Bill {
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
pub struct Scene {
    pub books: Books,
    pub order: Uuid,
    pub time: Time,
}

impl Scene {
    pub async fn open() -> Scene {
        let db = fresh_db().await;
        let venue = venue_in(&db).await;
        let order = order_in(&db, venue).await;
        Scene { books: Books { db, venue, lease: None }, order, time: Time::Own(Mutex::new(0.0)) }
    }

    /// A payment told at the simulation's noon.
    pub async fn payment(&self, psp: &str, amount: i64) -> Uuid {
        let mut tx = self.books.db.begin().await.unwrap();
        let new = New { order: self.order, psp_payment_id: psp, amount: Kopecks(amount) };
        let id = intent::report(&mut tx, self.books.venue, &new, self.time.stamp()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn case(&self, id: Uuid) -> Case {
        self.books.read(id).await.unwrap()
    }

    /// Takes a payment up until nothing more happens within so many seconds.
    pub async fn works(&self, till: &Quiet, id: Uuid, terms: &Terms, seconds: f64) -> Case {
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

    pub async fn asked(&self, intent: Uuid) -> Asked {
        let version = self.case(intent).await.intent.version;
        Asked { venue: self.books.venue, intent, version, at: self.time.stamp() }
    }

    pub async fn phases(&self, id: Uuid) -> Vec<Phase> {
        let mut c = self.books.db.read().await.unwrap();
        let all = attempt::of_intent(&mut c, self.books.venue, id).await.unwrap();
        all.iter().map(|attempt| attempt.phase).collect()
    }

    pub async fn happened(&self, id: Uuid) -> Vec<What> {
        let mut c = self.books.db.read().await.unwrap();
        let all = event::of_intent(&mut c, self.books.venue, id).await.unwrap();
        all.iter().map(|event| event.what).collect()
    }

    pub async fn counts(&self) -> Counts {
        queue::counts(&mut self.books.db.read().await.unwrap(), self.books.venue).await.unwrap()
    }

    pub async fn shelf(&self, shelf: Shelf) -> Vec<Uuid> {
        let mut c = self.books.db.read().await.unwrap();
        let rows = queue::list(&mut c, self.books.venue, shelf, None).await.unwrap();
        rows.iter().map(|row| row.id).collect()
    }
}

pub fn conflict<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result {
        Err(Error::Conflict(key)) => key,
        other => panic!("no conflict: {other:?}"),
    }
}
