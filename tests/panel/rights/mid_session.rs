//! T5: what was taken away is gone with the next request, however many are under way.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use maitre::clock;
use maitre::orders::watch;
use maitre::posting::reconciliation;
use maitre::venues::member::{self, Role};
use maitre::venues::venue;
use uuid::Uuid;

use crate::rights::stage::{elsewhere, suspend};
use crate::support::fed::tie;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::webhooks::{SECRET, hooked, sends};

/// Somebody who presses without a pause, in four windows.
struct Busy {
    over: Arc<AtomicBool>,
    /// Taken away by now: what begins from here on must not succeed.
    gone: Arc<AtomicBool>,
    before: Arc<AtomicUsize>,
    after: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
    windows: Vec<tokio::task::JoinHandle<()>>,
}

impl Busy {
    async fn of(panel: &Panel, person: &Person) -> Busy {
        let mut busy = Busy {
            over: Arc::default(),
            gone: Arc::default(),
            before: Arc::default(),
            after: Arc::default(),
            refused: Arc::default(),
            windows: Vec::new(),
        };
        for nth in 0..4 {
            let who = elsewhere(panel, person).await;
            let (over, gone) = (busy.over.clone(), busy.gone.clone());
            let (before, after, refused) = (busy.before.clone(), busy.after.clone(), busy.refused.clone());
            busy.windows.push(tokio::spawn(async move {
                while !over.load(Ordering::SeqCst) {
                    let was_gone = gone.load(Ordering::SeqCst);
                    let name = format!("Раздел {}", Uuid::now_v7().simple());
                    let answer = match nth % 2 {
                        0 => who.posts("/menu/sections", [("name", name.as_str())]).await,
                        _ => who.asks_part("/menu/products/new").await,
                    };
                    let done =
                        matches!(answer.status, 200 | 303) && !answer.header("location").contains("/login");
                    match (was_gone, done) {
                        (false, true) => before.fetch_add(1, Ordering::SeqCst),
                        (true, true) => after.fetch_add(1, Ordering::SeqCst),
                        (_, false) => refused.fetch_add(1, Ordering::SeqCst),
                    };
                }
            }));
        }
        while busy.before.load(Ordering::SeqCst) < 20 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        busy
    }

    async fn ends(self, what: &str) {
        self.gone.store(true, Ordering::SeqCst);
        let refused = self.refused.load(Ordering::SeqCst);
        while self.refused.load(Ordering::SeqCst) < refused + 40 {
            assert_eq!(self.after.load(Ordering::SeqCst), 0, "{what}: done after it was taken away");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        self.over.store(true, Ordering::SeqCst);
        for window in self.windows {
            window.await.unwrap();
        }
        let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        println!(
            "T5, {what}: {} before, {} after, {} refused",
            of(&self.before),
            of(&self.after),
            of(&self.refused)
        );
        assert_eq!(of(&self.after), 0, "{what}: done after it was taken away");
    }
}

#[actix_web::test]
async fn what_was_taken_away_is_gone_with_the_next_request() {
    let panel = Panel::open().await;
    for what in ["role changed", "taken out", "suspended", "venue closed"] {
        let venue = panel.venue(what).await;
        let owner = panel.owner_of(venue).await;
        owner.opens("/users").await.answers(200);
        let person = panel.manager_of(venue).await;
        person.opens("/menu").await.answers(200);
        let busy = Busy::of(&panel, &person).await;
        match what {
            "role changed" => {
                let role = [("role", Role::Accountant.word())];
                owner.posts(&format!("/users/{}/role", person.id), role).await.answers(303);
            }
            "taken out" => {
                owner.posts(&format!("/users/{}/removal", person.id), []).await.answers(303);
            }
            "suspended" => suspend(&panel, &person).await,
            _ => {
                let mut tx = panel.db.begin().await.unwrap();
                venue::close(&mut tx, venue, Some(clock::now())).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        busy.ends(what).await;
    }
    panel.close().await;
}

/// A closed venue is nobody's: not the owner's, not a program's, not iiko's, nobody looks at its till; opened again it is as it was.
#[actix_web::test]
async fn a_closed_venue_is_not_there() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let mut tx = panel.db.begin().await.unwrap();
    let scopes = ["menu".to_owned()];
    let (_, key) =
        maitre::api::token::issue(&mut tx, venue, ("Меню", &scopes), (owner.id, clock::now())).await.unwrap();
    tx.commit().await.unwrap();
    let by_key = || {
        owner.request(reqwest::Method::GET, "//api/v1/menu").header("authorization", format!("Bearer {key}"))
    };
    assert_eq!(by_key().send().await.unwrap().status(), 200);
    tie(&panel.db, &panel.seal, venue, owner.id).await;
    let hook = hooked(&panel.db, venue, owner.id).await;
    let event = async || sends(&panel.url, hook, SECRET, "[]").await.status().as_u16();
    let looked_at = async || {
        let mut c = panel.db.read().await.unwrap();
        let due = [
            watch::due(&mut c, clock::now()).await.unwrap(),
            reconciliation::due(&mut c, clock::now()).await.unwrap(),
        ];
        due.map(|venues| venues.contains(&venue))
    };
    assert_eq!((event().await, looked_at().await), (200, [true; 2]));
    let closed = async |at| {
        let mut tx = panel.db.begin().await.unwrap();
        venue::close(&mut tx, venue, at).await.unwrap();
        tx.commit().await.unwrap();
    };
    closed(Some(clock::now())).await;
    owner.opens("/menu").await.answers(404);
    owner.opens("//venues").await.answers(200).does_not_say("Рябина");
    assert_eq!(by_key().send().await.unwrap().status(), 401);
    // a secret once seen is believed for a second
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!((event().await, looked_at().await), (401, [false; 2]));
    closed(None).await;
    owner.opens("/menu").await.answers(200);
    assert_eq!(by_key().send().await.unwrap().status(), 200);
    assert_eq!(
        member::role_of(&mut panel.db.read().await.unwrap(), venue, owner.id).await.unwrap(),
        Some(Role::Owner)
    );
    panel.close().await;
}
