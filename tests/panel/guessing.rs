//! T13, T14: guessing passwords is slow, tells nothing by its time, and shuts nobody out.
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use maitre::accounts::sign_in::{self, Attempt};
use maitre::accounts::{device, password, user};
use maitre::db::conn::Db;
use maitre::error::Error;
use maitre::{clock, exec, one};
use uuid::Uuid;

use crate::accounts::{PASSWORD, known, signs_in};
use crate::support::panel::{Panel, fresh_db};

const ANNA: &str = "anna@example.com";

/// Whether the password was looked at, and what came of it.
#[derive(Debug, PartialEq)]
enum Tried {
    In,
    Wrong,
    NotLookedAt,
}

async fn tries(
    db: &Db,
    (email, password): (&str, &str),
    from: (&str, Option<&str>),
    at: DateTime<Utc>,
) -> Tried {
    let attempt = Attempt { email, password, ip: from.0, known_by: from.1 };
    match sign_in::check(db, attempt, at).await {
        Ok(Some(_)) => Tried::In,
        Ok(None) => Tried::Wrong,
        Err(Error::TooMany { .. }) => Tried::NotLookedAt,
        Err(cause) => panic!("{cause}"),
    }
}

async fn knows(db: &Db, user: Uuid) -> String {
    let mut tx = db.begin().await.unwrap();
    let token = device::remember(&mut tx, user, None, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    token
}

#[actix_web::test]
async fn three_hundred_guesses_of_an_hour_are_mostly_not_looked_at_and_the_owner_gets_in_all_the_time() {
    let db = fresh_db().await;
    let id = known(&db, ANNA).await;
    let device = knows(&db, id).await;
    let now = clock::now();
    let mut looked_at = 0;
    for guess in 0..300_i64 {
        let (at, ip) = (now + TimeDelta::seconds(guess * 12), format!("10.0.{}.{}", guess % 2, guess % 200));
        if tries(&db, (ANNA, &format!("догадка {guess}")), (&ip, None), at).await == Tried::Wrong {
            looked_at += 1;
        }
        if guess % 50 == 49 {
            let owner = tries(&db, (ANNA, PASSWORD), ("10.0.0.7", Some(&device)), at).await;
            assert_eq!(owner, Tried::In, "guess {guess} shuts the owner out");
        }
    }
    assert!((10..=30).contains(&looked_at), "{looked_at} guesses were looked at");
    let at = now + TimeDelta::hours(1);
    // the control: without the device's cookie the owner would wait with the strangers
    assert_eq!(
        tries(&db, (ANNA, PASSWORD), ("10.9.9.9", None), now + TimeDelta::minutes(1)).await,
        Tried::NotLookedAt
    );
    assert_eq!(
        tries(&db, (ANNA, PASSWORD), ("10.9.9.9", None), at + TimeDelta::minutes(31)).await,
        Tried::In
    );
    db.close().await;
}

#[actix_web::test]
async fn all_at_once_from_everywhere_ten_are_looked_at() {
    let db = fresh_db().await;
    let id = known(&db, ANNA).await;
    let (device, now) = (knows(&db, id).await, clock::now());
    let guesses: Vec<(String, String)> =
        (0..300).map(|n| (format!("догадка {n}"), format!("10.1.{}.{}", n % 2, n % 100))).collect();
    let all = guesses.iter().map(|(guess, ip)| tries(&db, (ANNA, guess), (ip, None), now));
    let all = futures_util::future::join_all(all).await;
    assert_eq!(all.iter().filter(|tried| **tried == Tried::Wrong).count(), 10);
    assert_eq!(tries(&db, (ANNA, PASSWORD), ("10.1.0.1", Some(&device)), now).await, Tried::In);
    db.close().await;
}

#[actix_web::test]
async fn many_stolen_browsers_have_a_hundred_tries_an_hour_together_and_one_has_twenty() {
    let db = fresh_db().await;
    let id = known(&db, ANNA).await;
    let oleg = known(&db, "oleg@example.com").await;
    let now = clock::now();
    let mut looked_at = Vec::new();
    for _ in 0..7 {
        let device = knows(&db, id).await;
        let all = (0..25).map(|_| tries(&db, (ANNA, "мимо"), ("10.0.0.1", Some(&device)), now));
        let all = futures_util::future::join_all(all).await;
        looked_at.push(all.iter().filter(|tried| **tried == Tried::Wrong).count());
    }
    assert_eq!(looked_at, [20, 20, 20, 20, 20, 0, 0]);
    // a browser is known to its own people: another's cookie, or one made up, is a stranger's
    let (theirs, made_up) = (knows(&db, oleg).await, "ab".repeat(32));
    let mut strangers = 0;
    for cookie in [&theirs, &made_up] {
        for _ in 0..12 {
            let later = now + TimeDelta::hours(2);
            let tried = tries(&db, (ANNA, "мимо"), ("10.0.0.2", Some(cookie)), later).await;
            strangers += usize::from(tried == Tried::Wrong);
        }
    }
    assert_eq!(strangers, 10);
    db.close().await;
}

#[actix_web::test]
async fn one_origin_tries_twenty_accounts_of_a_hundred() {
    let db = fresh_db().await;
    let now = clock::now();
    let mut looked_at = 0;
    for n in 0..100 {
        let email = format!("person{n}@example.com");
        looked_at += usize::from(tries(&db, (&email, "мимо"), ("10.0.0.1", None), now).await == Tried::Wrong);
    }
    assert_eq!(looked_at, 20);
    db.close().await;
}

/// Signs in as a browser does: the cookie it is known by comes with the first time and works from then on.
#[actix_web::test]
async fn a_browser_is_known_after_its_first_sign_in_and_strangers_do_not_make_it_wait() {
    let panel = Panel::open().await;
    known(&panel.db, ANNA).await;
    let anna = signs_in(&panel, ANNA, PASSWORD).await;
    assert_eq!(anna.cookie("maitre-device").map(|token| token.len()), Some(64));
    anna.posts("/logout", []).await;
    assert!(anna.cookie("maitre-device").is_some(), "the sign-out forgets the browser");
    let thief = panel.nobody().await;
    let guess = [("email", ANNA), ("password", "мимо")];
    for _ in 0..10 {
        thief.posts("/login", guess).await.answers(422);
    }
    thief.posts("/login", guess).await.answers(429).says("30 минут");
    let right = [("email", ANNA), ("password", PASSWORD), ("next", "/profile")];
    panel.nobody().await.posts("/login", right).await.answers(429);
    assert_eq!(anna.sends("/login", right).await.heading(), "Профиль", "a stranger shut the owner out");
    panel.close().await;
}

/// Two-sided p of the Mann-Whitney test, by its normal approximation.
fn mann_whitney(a: &[Duration], b: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> =
        a.iter().map(|t| (*t, true)).chain(b.iter().map(|t| (*t, false))).collect();
    all.sort();
    let ranks: f64 =
        all.iter().enumerate().filter(|(_, (_, ours))| *ours).map(|(at, _)| at as f64 + 1.0).sum();
    let (n, m) = (a.len() as f64, b.len() as f64);
    let (mean, spread) = (n * m / 2.0, (n * m * (n + m + 1.0) / 12.0).sqrt());
    let z = ((ranks - n * (n + 1.0) / 2.0 - mean) / spread).abs();
    // the tail of the normal curve (Abramowitz and Stegun 26.2.17)
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    2.0 * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * poly
}

fn median(all: &mut [Duration]) -> Duration {
    all.sort();
    all[all.len() / 2]
}

/// As `sign_in::check`, but an address nobody has is not worth a hash.
async fn hasty(db: &Db, email: &str) {
    let found = user::by_email(&mut db.read().await.unwrap(), email).await.unwrap();
    if let Some((_, hash)) = found {
        password::matches("мимо".to_owned(), Some(hash)).await.unwrap();
    }
}

#[actix_web::test]
async fn an_unknown_address_takes_as_long_as_a_known_one() {
    let db = fresh_db().await;
    known(&db, ANNA).await;
    let now = clock::now();
    let [mut known, mut unknown, mut hasty_known, mut hasty_unknown] = [const { Vec::<Duration>::new() }; 4];
    password::matches("первый раз".to_owned(), None).await.unwrap();
    for n in 0..60 {
        // in turns, so that whatever else this machine does is shared
        for email in if n % 2 == 0 { [ANNA, "nobody@example.com"] } else { ["nobody@example.com", ANNA] } {
            let mut tx = db.begin().await.unwrap();
            exec!(&mut tx, "DELETE FROM sign_in_guards").unwrap();
            tx.commit().await.unwrap();
            let started = Instant::now();
            assert_eq!(tries(&db, (email, "мимо"), ("10.0.0.1", None), now).await, Tried::Wrong);
            let took = started.elapsed();
            if email == ANNA {
                known.push(took)
            } else {
                unknown.push(took)
            }
            let started = Instant::now();
            hasty(&db, email).await;
            let took = started.elapsed();
            if email == ANNA { hasty_known.push(took) } else { hasty_unknown.push(took) }
        }
    }
    let (ours, control) = (mann_whitney(&known, &unknown), mann_whitney(&hasty_known, &hasty_unknown));
    println!(
        "known {:?}, unknown {:?}, p = {ours:.3}; without the dummy hash {:?}, {:?}, p = {control:.1e}",
        median(&mut known),
        median(&mut unknown),
        median(&mut hasty_known),
        median(&mut hasty_unknown)
    );
    assert!(control < 0.01, "the test does not see a missing hash: p = {control}");
    assert!(ours > 0.01, "the time tells known from unknown: p = {ours}");
    db.close().await;
}

/// Whoever types made-up addresses all night leaves nothing behind.
#[actix_web::test]
async fn old_tries_are_forgotten() {
    let panel = Panel::open().await;
    let nobody = panel.nobody().await;
    for n in 0..5 {
        let email = format!("made-up-{n}@example.com");
        nobody.posts("/login", [("email", email.as_str()), ("password", "мимо")]).await.answers(422);
    }
    let left = async || {
        let mut c = panel.db.read().await.unwrap();
        one!(&mut c, (i64,), "SELECT count(*) FROM sign_in_guards").unwrap().0
    };
    let swept = async |at| {
        let mut tx = panel.db.begin().await.unwrap();
        sign_in::sweep(&mut tx, at).await.unwrap();
        tx.commit().await.unwrap();
    };
    swept(clock::now()).await;
    assert!(left().await >= 10, "what counts now is kept");
    swept(clock::now() + TimeDelta::minutes(61)).await;
    assert_eq!(left().await, 0);
    panel.close().await;
}
