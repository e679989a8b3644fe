//! What goes to a person, and what they may decide of it.
use std::sync::atomic::Ordering;
use std::time::Duration;

use maitre::error::Error;
use maitre::money::Kopecks;
use maitre::posting::attempt::Phase;
use maitre::posting::decision::{self, Asked};
use maitre::posting::event::What;
use maitre::posting::intent::{Closing, State};
use maitre::posting::ledger::MOVED;
use maitre::posting::machine::Terms;
use maitre::posting::perform::Desk;
use maitre::posting::queue::{Counts, Shelf};
use maitre::posting::reason::Reason;
use maitre::posting::till::{Can, Command};
use uuid::Uuid;

use crate::posting::day::PROVEN;
use crate::posting::scene::{Quiet, Scene, conflict};

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
    let (till, old) = (Quiet::new(20_000), Terms { can: Can::Nothing, ..PROVEN });
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
