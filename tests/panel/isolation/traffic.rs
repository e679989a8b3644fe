//! T4: two venues at once, over one pool of few connections. Whose rows a transaction sees ends with it; a setting of the
//! session would go on to whoever takes the connection next.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use maitre::db::conn::Pools;
use maitre::menu::section;
use maitre::one;
use reqwest::Method;
use sqlx::{AssertSqlSafe, PgPool, Row, SqlSafeStr};
use uuid::Uuid;

use crate::support::panel::Panel;
use crate::support::person::Person;

const REQUESTS: usize = 10_000;
const AT_ONCE: usize = 24;
const PAGES: [&str; 6] = ["/menu", "/staff", "/users", "/settings", "/orders", "/overview"];

/// A venue that says its mark on every page.
async fn marked(panel: &Panel, mark: &str) -> (Uuid, Person) {
    let venue = panel.venue(mark).await;
    let anna = panel.owner_of(venue).await;
    anna.opens("/staff").await;
    for n in 0..5 {
        let (name, phone) = (format!("{mark} {n}"), format!("+7916000000{n}"));
        let fields = [("name", name.as_str()), ("role", "waiter"), ("phone", phone.as_str())];
        anna.sends("/staff", fields).await.answers(200);
        anna.sends("/menu/sections", [("name", name.as_str())]).await.answers(200);
    }
    (venue, anna)
}

#[actix_web::test]
async fn two_venues_on_one_pool_never_mix() {
    let panel = Panel::open().await;
    let people = Arc::new([
        ("zq4alpha", marked(&panel, "zq4alpha").await),
        ("zq4omega", marked(&panel, "zq4omega").await),
    ]);
    let (nth, mixed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut all = Vec::new();
    for _ in 0..AT_ONCE {
        let (people, nth, mixed) = (people.clone(), nth.clone(), mixed.clone());
        all.push(tokio::spawn(async move {
            loop {
                let n = nth.fetch_add(1, Ordering::Relaxed);
                if n >= REQUESTS {
                    return;
                }
                let ((mark, (_, person)), (other, _)) = (&people[n % 2], &people[(n + 1) % 2]);
                let answer = person.request(Method::GET, PAGES[n / 2 % PAGES.len()]).send().await.unwrap();
                assert_eq!(answer.status(), 200);
                let text = answer.text().await.unwrap();
                if !text.contains(mark) || text.contains(other) {
                    mixed.fetch_add(1, Ordering::Relaxed);
                }
            }
        }));
    }
    for one in all {
        one.await.unwrap();
    }
    assert_eq!(mixed.load(Ordering::Relaxed), 0, "mixed answers of {REQUESTS}");
    panel.close().await;
}

/// How many of so many looks showed another venue's rows, or none of their own.
async fn mixed<F, Fut>(venues: [Uuid; 2], look: F) -> usize
where
    F: Fn(Uuid) -> Fut,
    Fut: Future<Output = Vec<Uuid>> + Send + 'static,
{
    let mut all = Vec::new();
    for n in 0..2_000 {
        let venue = venues[n % 2];
        let looked = look(venue);
        all.push(tokio::spawn(async move { looked.await != [venue] }));
    }
    let mut mixed = 0;
    for one in all {
        mixed += usize::from(one.await.unwrap());
    }
    mixed
}

/// The control: what the panel does not do. A look that asks for no venue at all says whose rows it is shown.
#[actix_web::test]
async fn a_setting_of_the_session_leaks() {
    let panel = Panel::open().await;
    let venues = [panel.venue("one").await, panel.venue("two").await];
    for venue in venues {
        let mut tx = panel.db.begin().await.unwrap();
        section::create(&mut tx, venue, "Супы").await.unwrap();
        tx.commit().await.unwrap();
    }
    let Pools::Postgres(pool) = panel.db.pools() else { return panel.close().await };
    let sql = "SELECT DISTINCT venue_id FROM sections";
    let db = panel.db.clone();
    let ours = mixed(venues, |venue| {
        let db = db.of(venue);
        async move {
            let mut c = db.read().await.unwrap();
            maitre::all!(&mut c, (Uuid,), sql).unwrap().into_iter().map(|(id,)| id).collect()
        }
    });
    assert_eq!(ours.await, 0);
    let theirs = mixed(venues, |venue| {
        let pool: PgPool = pool.clone();
        async move {
            let set = AssertSqlSafe(format!("SET app.venue = '{venue}'")).into_sql_str();
            sqlx::query(set).execute(&pool).await.unwrap();
            let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
            rows.iter().map(|row| row.get::<Uuid, _>(0)).collect()
        }
    });
    let leaks = theirs.await;
    assert!(leaks > 0, "a setting of the session did not leak");
    println!("a setting of the session: {leaks} of 2000 looks showed another venue's rows");
    // and what it leaves behind shows rows to whoever asks for nobody's
    let (seen,) =
        one!(&mut db.nowhere().read().await.unwrap(), (i64,), "SELECT count(*) FROM sections").unwrap();
    assert!(seen > 0, "a left-over setting goes on with its connection");
    panel.close().await;
}
