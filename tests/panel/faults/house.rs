//! A venue whose till is about to go wrong, and what is done in it: each deed says how it ended in one word, and holds what
//! every page of it must say.
use std::time::{Duration, Instant};

use maitre::clock;
use maitre::integrations::iiko_cloud::settings::{Limits, Settings as Iiko};
use maitre::queue::job;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::API_KEY;
use maitre::sync::{stops, watch};
use maitre::{all, exec, one, opt};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::caller::Caller;
use crate::support::panel::Panel;
use crate::support::screen::Screen;
use crate::support::tied::Tied;
use crate::support::wire::Wire;

/// Who mends it: one of these stands beside every trouble.
const OWNERS: [&str; 4] =
    ["Чините вы.", "Чинит интегратор iiko.", "Поможет поддержка.", "От вас нужно только подождать."];

/// How a deed ended, and how long it took.
pub type Ended = (String, Duration);

pub struct House {
    pub t: Tied,
    pub wire: Wire,
    pub caller: Caller,
    /// Open checks: ours, the till's number, the sum.
    pub checks: Vec<(Uuid, String, i64)>,
}

/// Less patience than in life, and as many tries as there is need of.
pub fn hasty(iiko: &mut Iiko) {
    iiko.limits = Limits {
        connect: Duration::from_millis(700),
        read: Duration::from_millis(1_500),
        total: Duration::from_secs(2),
        menu_total: Duration::from_secs(4),
        command_total: Duration::from_secs(2),
        menu_body: 8 << 20,
        tries: 2,
        ..Limits::default()
    };
    iiko.pace.patience = Duration::from_secs(1);
}

impl House {
    /// Synced, with so many open checks that the panel knows.
    pub async fn open(checks: usize) -> House {
        let till = Sandbox::open().await.unwrap();
        let wire = Wire::to(&till.url()).await;
        let arranged = |iiko: &mut Iiko| {
            hasty(iiko);
            iiko.base = wire.url();
        };
        let t = Tied::of(Panel::beside(till, arranged).await).await;
        let caller = Caller::of(&t, &["tables", "payments"]).await;
        let mut house = House { t, wire, caller, checks: Vec::new() };
        assert!(house.well(House::syncs).await, "the first sync");
        {
            let mut world = house.t.panel.till().world();
            (world.commands.delay_ms, world.commands.lag_ms) = (40, 0);
        }
        for n in 0..checks {
            let table = (n % 7 + 1).to_string();
            house.t.pulls("check-open", json!({"table": table, "section": "Основной зал"})).await;
        }
        assert!(house.well(House::looks).await && house.well(House::stops).await, "the first look");
        let sql = "SELECT id, number, sum FROM orders WHERE venue_id = $1 ORDER BY opened_at, number";
        let mut c = house.t.panel.db.read().await.unwrap();
        house.checks = all!(&mut c, (Uuid, String, i64), sql, house.venue()).unwrap();
        assert_eq!(house.checks.len(), checks);
        drop(c);
        house
    }

    pub fn venue(&self) -> Uuid {
        self.t.owner.venue.unwrap()
    }

    /// Does it until it goes well, as a person would press again.
    pub async fn well(&self, deed: impl AsyncFn(&House) -> Ended) -> bool {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(40) {
            if matches!(deed(self).await.0.as_str(), "applied" | "unchanged" | "goes") {
                return true;
            }
        }
        false
    }

    async fn idle(&self, kind: &str) {
        let began = Instant::now();
        loop {
            let mut c = self.t.panel.db.read().await.unwrap();
            let live = job::is_live(&mut c, self.venue(), kind).await.unwrap();
            drop(c);
            if !live {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(90), "{kind} does not end");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// «Синхронизировать»: the run's state, or its fault; «+» what the parts beside the menu were missed by.
    pub async fn syncs(&self) -> Ended {
        let began = Instant::now();
        let answer = self.t.owner.posts("/sync", [("scope", "")]).await;
        let run = answer.goes_to().unwrap_or_else(|| panic!("{}", answer.text()));
        self.idle("sync.menu").await;
        let page = self.t.owner.opens(&run).await;
        page.answers(200);
        let id: Uuid = run.rsplit('/').next().unwrap().parse().unwrap();
        let sql = "SELECT state, fault FROM sync_runs WHERE id = $1";
        let (state, fault) =
            one!(&mut self.t.panel.db.read().await.unwrap(), (String, Option<String>), sql, id).unwrap();
        let mut codes = told(&page);
        codes.dedup();
        let word = match fault {
            Some(fault) => {
                assert!(codes.contains(&fault), "the page tells {fault}: {}", page.text());
                code(&fault)
            }
            None if codes.is_empty() => state,
            None => format!("{state}+{}", code(&codes[0])),
        };
        (word, began.elapsed())
    }

    /// «Обновить» in «Заказы»: «goes», the fault, or that some could not be read.
    pub async fn looks(&self) -> Ended {
        let began = Instant::now();
        self.t.owner.posts("/orders/look", []).await;
        self.idle(watch::JOB).await;
        let page = self.t.owner.opens("/orders").await;
        page.answers(200);
        let sql = "SELECT fault, unread FROM order_watches WHERE venue_id = $1";
        let mut c = self.t.panel.db.read().await.unwrap();
        let row = opt!(&mut c, (Option<String>, i64), sql, self.venue()).unwrap();
        drop(c);
        let word = match row {
            Some((Some(fault), _)) => {
                assert_eq!(told(&page), [fault.as_str()], "{}", page.text());
                code(&fault)
            }
            Some((None, unread)) if unread > 0 => "unread".to_owned(),
            _ => "goes".to_owned(),
        };
        (word, began.elapsed())
    }

    /// The timetable asks for the stop list.
    pub async fn stops(&self) -> Ended {
        let began = Instant::now();
        let mut tx = self.t.panel.db.begin().await.unwrap();
        job::enqueue(&mut tx, self.venue(), stops::JOB, json!({})).await.unwrap();
        tx.commit().await.unwrap();
        self.idle(stops::JOB).await;
        let sql = "SELECT fault FROM stop_lists WHERE venue_id = $1";
        let mut c = self.t.panel.db.read().await.unwrap();
        let fault = one!(&mut c, (Option<String>,), sql, self.venue()).unwrap().0;
        drop(c);
        let page = self.t.owner.opens("/menu").await;
        page.answers(200);
        if let Some(fault) = fault {
            let todo = maitre::lang::Lang::Ru.word(&format!("iiko-fault-{}-todo", code(&fault)));
            page.says("обновить не удалось").says(&todo);
            return (code(&fault), began.elapsed());
        }
        page.does_not_say("обновить не удалось");
        ("goes".to_owned(), began.elapsed())
    }

    /// The key is tried anew, then readiness.
    pub async fn tries_the_key(&self) -> Ended {
        let began = Instant::now();
        let page = self.t.owner.posts("/settings/integrations/iiko/key", [("api_key", API_KEY)]).await;
        let ready = self.t.owner.sends("/readiness", []).await;
        ready.answers(200);
        told(&ready);
        let word = match page.status {
            303 => "goes".to_owned(),
            422 => code(&told(&page)[0]),
            _ => panic!("{}: {}", page.status, page.text()),
        };
        (word, began.elapsed())
    }

    pub async fn pays(&self, check: usize) -> Value {
        let (order, _, sum) = &self.checks[check];
        let body = json!({"order": order, "amount": sum, "payment_id": format!("bank-{check}")});
        let (status, payment) = self.caller.asks("payments", Some(&body)).await;
        assert_eq!(status, 200, "{payment}");
        payment
    }

    /// The payment, and its page, which says what is the matter.
    pub async fn payment(&self, payment: &Value) -> Value {
        let id = payment["id"].as_str().unwrap();
        let now = self.caller.asks(&format!("payments/{id}"), None).await.1;
        assert!(now["state"].is_string(), "{now}");
        now
    }

    pub async fn page(&self, payment: &Value) -> Screen {
        let page = self.t.owner.opens(&format!("/payments/{}", payment["id"].as_str().unwrap())).await;
        page.answers(200);
        page
    }

    /// What becomes of a payment at once: confirmed, a person's, or why it waits.
    pub async fn first_word(&self, payment: &Value) -> Ended {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            let now = self.payment(payment).await;
            let (state, trouble) = (now["state"].as_str().unwrap(), now["trouble"].as_str().unwrap_or(""));
            if state == "confirmed" {
                return ("goes".to_owned(), began.elapsed());
            }
            if !trouble.is_empty() {
                let page = self.page(payment).await;
                assert!(!page.every(".notice h2").is_empty(), "{}", page.text());
                return (trouble.to_owned(), began.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        ("nothing".to_owned(), began.elapsed())
    }

    /// Until it is on the bill: by itself, or a person who was asked presses once. How it went: «itself», or why one was asked.
    pub async fn arrives(&self, payment: &Value, old: bool) -> Ended {
        let (began, mut word) = (Instant::now(), "itself".to_owned());
        while began.elapsed() < Duration::from_secs(60) {
            let now = self.payment(payment).await;
            match now["state"].as_str().unwrap() {
                "confirmed" => return (word, began.elapsed()),
                "person" => {
                    word = now["trouble"].as_str().unwrap_or("").to_owned();
                    self.decides(payment).await;
                }
                _ => self.time_passes(old && began.elapsed() > Duration::from_secs(2)).await,
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        (format!("{word}, then nothing: {}", self.payment(payment).await), began.elapsed())
    }

    /// What was in the way is mended, then somebody presses «Провести ещё раз».
    async fn decides(&self, payment: &Value) {
        self.t.panel.till().mischief().calm();
        let page = self.page(payment).await;
        let version = page.field("version").expect("a person may decide");
        assert!(!page.every(".notice p").is_empty(), "what to do is said: {}", page.text());
        let path = format!("/payments/{}/decision", payment["id"].as_str().unwrap());
        let fields = [("decision", "post_again"), ("sure", "yes"), ("version", version.as_str())];
        self.t.owner.posts(&path, fields).await;
    }

    /// What waits is due; and when `old`, what was sent was sent ten minutes ago.
    async fn time_passes(&self, old: bool) {
        let now = clock::now();
        let mut tx = self.t.panel.db.begin().await.unwrap();
        let sql = "UPDATE payment_intents SET next_at = $1 WHERE next_at > $1 AND state <> 'confirmed'";
        exec!(&mut tx, sql, now).unwrap();
        if old {
            let sql = "UPDATE posting_attempts SET sent_at = $1,
                         alive_since = CASE WHEN alive_since IS NULL THEN NULL ELSE $1 END,
                         success_at = CASE WHEN success_at IS NULL THEN NULL ELSE $1 END
                       WHERE state IN ('polling', 'proving', 'ambiguous')";
            exec!(&mut tx, sql, now - chrono::TimeDelta::minutes(10)).unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Payments of our type on the till's own check, kopecks.
    pub fn on_the_till(&self, check: usize) -> Vec<i64> {
        let mut world = self.t.panel.till().world();
        let number = &self.checks[check].1;
        let found = world.first().orders.iter().find(|one| one.number.to_string() == *number).unwrap();
        found.bill.payments.iter().map(|paid| paid.sum).collect()
    }

    /// What the panel knows of the till: dishes, orders, what is stopped. (A line without a readable number counts as none
    /// left, which is the safe side.)
    pub async fn known(&self) -> Vec<String> {
        let (mut c, venue) = (self.t.panel.db.read().await.unwrap(), self.venue());
        let sql = "SELECT name, price FROM products WHERE venue_id = $1 AND vanished_at IS NULL ORDER BY id";
        let dishes = all!(&mut c, (String, i64), sql, venue).unwrap();
        let sql = "SELECT number, status, sum, trouble FROM orders WHERE venue_id = $1 ORDER BY id";
        let orders = all!(&mut c, (String, String, i64, String), sql, venue).unwrap();
        let sql = "SELECT product_id FROM stopped_products WHERE venue_id = $1 ORDER BY product_id";
        let stops = all!(&mut c, (Uuid,), sql, venue).unwrap();
        let texts = dishes.iter().map(|one| format!("{one:?}"));
        texts
            .chain(orders.iter().map(|one| format!("{one:?}")))
            .chain(stops.iter().map(|one| format!("{one:?}")))
            .collect()
    }
}

/// The faults a page tells; each with who mends it and what to do.
fn told(page: &Screen) -> Vec<String> {
    let troubles = page.every("section.notice[role=alert]:has(details)");
    for said in &troubles {
        assert!(OWNERS.iter().any(|owner| said.contains(owner)), "nobody mends it: {said}");
    }
    let todo = page.every("section.notice[role=alert]:has(details) p:has(strong)");
    assert!(todo.iter().all(|said| said.chars().count() > 40), "what is to be done is not said: {todo:?}");
    page.every("section.notice[role=alert] details p code:first-of-type")
}

/// Without the right's name.
fn code(fault: &str) -> String {
    fault.split(':').next().unwrap_or_default().to_owned()
}
