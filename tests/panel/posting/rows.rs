//! The queue in the database: one payment however often it is told, one open attempt an order.
use std::sync::atomic::Ordering;
use std::time::Duration;

use maitre::money::Kopecks;
use maitre::posting::attempt::{self, Method, Phase};
use maitre::posting::case::{Case, Save};
use maitre::posting::decision;
use maitre::posting::event::What;
use maitre::posting::intent::{Closing, State};
use maitre::posting::ledger::{Books, Ledger, MOVED};
use maitre::posting::machine::{Step, Terms};
use maitre::posting::queue::{self, Counts};
use maitre::posting::reason::Hitch;
use maitre::posting::record::record;
use maitre::posting::till::{Can, Stage};
use maitre::{clock, one};
use uuid::Uuid;

use crate::posting::day::PROVEN;
use crate::posting::scene::{Quiet, Scene, conflict, order_in, told, venue_in};

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

fn sends(case: &Case) -> Save {
    record(case, &Step::Send(Method::Add), clock::now(), &PROVEN).unwrap()
}

/// Between the look and the sending another payment of the same sum came to the bill: the count is another.
#[actix_web::test]
async fn who_counted_before_another_was_done_counts_again() {
    let s = Scene::open().await;
    let (one, other) = (s.payment("a", 10_000).await, s.payment("b", 10_000).await);
    let counted = s.case(other).await;
    s.works(&Quiet::new(20_000), one, &PROVEN, 600.0).await;
    assert_eq!(conflict(s.books.save(&counted, sends(&counted), clock::now()).await), MOVED);
    let anew = s.case(other).await;
    assert_eq!(anew.around.known, 1);
    s.books.save(&anew, sends(&anew), clock::now()).await.unwrap();
    let waits =
        |case: &Case| record(case, &Step::Wait(clock::now(), Hitch::Behind), clock::now(), &PROVEN).unwrap();
    let again = s.books.save(&anew, Save { attempt: None, ..waits(&anew) }, clock::now()).await;
    assert_eq!(conflict(again), MOVED, "nobody is overtaken");
}

/// The same, with the other one's transaction still open.
#[actix_web::test]
async fn an_order_is_counted_by_one_at_a_time() {
    let s = Scene::open().await;
    let (one, other) = (s.payment("a", 10_000).await, s.payment("b", 10_000).await);
    let (till, old) = (Quiet::new(20_000), Terms { can: Can::Nothing, ..PROVEN });
    s.works(&till, one, &old, 60.0).await;
    till.lands(Kopecks(10_000));
    let (asked, counted) = (s.asked(one).await, s.case(other).await);
    let mut tx = s.books.db.begin().await.unwrap();
    decision::on_the_bill(&mut tx, &asked, &till.bill(), false).await.unwrap();
    let books = Books { db: s.books.db.clone(), venue: s.books.venue, lease: None };
    let late = tokio::spawn(async move { books.save(&counted, sends(&counted), clock::now()).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    tx.commit().await.unwrap();
    assert_eq!(conflict(late.await.unwrap()), MOVED);
    assert_eq!(s.phases(other).await, []);
}

/// The index alone keeps the second away, whatever the code believes; without it there would be two.
#[actix_web::test]
async fn the_index_keeps_a_second_attempt_away() {
    let s = Scene::open().await;
    let (one, other) = (s.payment("a", 10_000).await, s.payment("b", 10_000).await);
    let first = sends(&s.case(one).await).attempt.unwrap();
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
