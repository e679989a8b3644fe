//! Signing in and out, guessing, sessions, and whose forms are believed.
use chrono::TimeDelta;
use maitre::accounts::sign_in::{self, Attempt};
use maitre::accounts::upkeep::{self, Deed};
use maitre::accounts::user::{self, NewUser};
use maitre::accounts::{password, session};
use maitre::clock;
use maitre::db::conn::Db;
use maitre::error::Error;
use maitre::exec;
use maitre::lang::Lang;
use maitre::secret::{digest, hex};
use reqwest::Method;
use uuid::Uuid;

use crate::support::panel::Panel;
use crate::support::person::Person;

pub const PASSWORD: &str = "борщ с пампушками";

/// Somebody with a password, who belongs nowhere.
pub async fn known(db: &Db, email: &str) -> Uuid {
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    let new =
        NewUser { email, name: "Анна Петрова", password_hash: &hash, staff: None, lang: Lang::Ru };
    let mut tx = db.begin().await.unwrap();
    let id = user::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn signs_in(panel: &Panel, email: &str, password: &str) -> Person {
    let person = panel.nobody().await;
    person
        .sends("/login", [("email", email), ("password", password), ("next", "/profile")])
        .await
        .answers(200);
    person
}

#[actix_web::test]
async fn the_right_password_lets_in_and_the_button_lets_out() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let anna = panel.nobody().await;
    let seed = anna.cookie("maitre-seed");

    let fields = [("email", " Anna@Example.com"), ("password", PASSWORD), ("next", "/profile")];
    anna.sends("/login", fields).await.answers(200).says("anna@example.com");
    assert_ne!(anna.cookie("maitre-seed"), seed, "the tokens from before the sign-in still work after it");
    assert_eq!(anna.opens("/login").await.heading(), "Мои заведения");

    let sid = anna.cookie("maitre-sid").unwrap();
    let out = anna.posts("/logout", []).await;
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert_eq!(anna.cookie("maitre-sid"), None);
    anna.set_cookie("maitre-sid", &sid);
    assert_eq!(
        anna.opens("/profile").await.heading(),
        "Вход в панель",
        "the old cookie still opens the panel"
    );
    panel.close().await;
}

#[actix_web::test]
async fn an_unknown_address_and_a_wrong_password_get_one_answer() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let somebody = panel.nobody().await;

    let wrong =
        somebody.posts("/login", [("email", "anna@example.com"), ("password", "щи с пампушками")]).await;
    let unknown =
        somebody.posts("/login", [("email", "nobody@example.com"), ("password", "щи с пампушками")]).await;
    wrong.answers(422).says("Почта или пароль не подошли");
    assert_eq!(wrong.field("email").as_deref(), Some("anna@example.com"));
    assert_eq!(wrong.html.replace("anna@", "nobody@"), unknown.answers(422).html);
    assert!(!wrong.html.contains("пампушками"), "the password is drawn again");
    panel.close().await;
}

#[actix_web::test]
async fn the_way_back_never_leads_to_another_site() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    for evil in ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"] {
        let anna = panel.nobody().await;
        let fields = [("email", "anna@example.com"), ("password", PASSWORD), ("next", evil)];
        assert_eq!(
            anna.posts("/login", fields).await.goes_to().as_deref(),
            Some("/venues?first=1"),
            "{evil:?}"
        );
    }
    panel.close().await;
}

#[actix_web::test]
async fn guessing_is_limited_by_origin_even_when_all_tries_come_at_once() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let (db, now) = (&panel.db, clock::now());
    // each at another address: an account has a limit of its own
    let addresses: Vec<String> = (0..30).map(|n| format!("person{n}@example.com")).collect();
    let tries = futures_util::future::join_all(addresses.iter().map(|email| {
        sign_in::check(db, Attempt { email, password: "мимо", ip: "127.0.0.1", known_by: None }, now)
    }))
    .await;
    let looked_at = tries.iter().filter(|tried| matches!(tried, Ok(None))).count();
    assert_eq!(looked_at, 20, "tries that were not refused by the limit");

    let anna = panel.nobody().await;
    let fields = [("email", "anna@example.com"), ("password", PASSWORD)];
    let refused = anna.posts("/login", fields).await;
    refused.answers(429).says("Слишком много попыток подряд").says("15 минут");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 600);

    let right = |ip| Attempt { email: "anna@example.com", password: PASSWORD, ip, known_by: None };
    assert!(
        sign_in::check(db, right("10.0.0.1"), now).await.unwrap().is_some(),
        "another origin is shut out"
    );
    let later = now + TimeDelta::minutes(16);
    assert!(sign_in::check(db, right("127.0.0.1"), later).await.unwrap().is_some(), "the limit never ends");
    panel.close().await;
}

#[actix_web::test]
async fn an_account_is_limited_over_all_origins() {
    let panel = Panel::open().await;
    let mut tx = panel.db.begin().await.unwrap();
    let sql = "INSERT INTO sign_in_guards (subject, failures, since) VALUES ($1, 100, $2)";
    let anna = format!("email {}", hex(&digest("anna@example.com")));
    exec!(&mut tx, sql, anna, clock::now()).unwrap();
    tx.commit().await.unwrap();
    let attempt = Attempt { email: "Anna@example.com", password: PASSWORD, ip: "10.0.0.9", known_by: None };
    assert!(matches!(sign_in::check(&panel.db, attempt, clock::now()).await, Err(Error::TooMany { .. })));
    panel.close().await;
}

#[actix_web::test]
async fn a_session_that_is_ended_is_over_at_once() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let here = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let there = signs_in(&panel, "anna@example.com", PASSWORD).await;
    assert_eq!(there.opens("/profile").await.heading(), "Профиль");

    let profile = here.opens("/profile").await;
    profile.says("это устройство");
    let ends = profile.attributes("form[action$='/end']", "action");
    assert_eq!(ends.len(), 1, "this session can be ended by mistake, or the other cannot: {ends:?}");
    here.sends(&ends[0], []).await.says("Вход на том устройстве закрыт");
    assert_eq!(there.opens("/profile").await.heading(), "Вход в панель");
    assert_eq!(here.opens("/profile").await.heading(), "Профиль");

    let stranger = panel.stranger().await;
    stranger.posts(&ends[0], []).await.answers(404);
    panel.close().await;
}

#[actix_web::test]
async fn a_new_password_ends_every_other_session() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let here = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let there = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let change = |current: &'static str, new: &'static str| [("current", current), ("new", new)];

    let weak = here.posts("/profile/password", change(PASSWORD, "анна петрова 1")).await;
    assert!(weak.answers(422).problem("new").unwrap().contains("угадают"));
    let wrong = here.posts("/profile/password", change("щи", "солянка с лимоном")).await;
    assert_eq!(wrong.answers(422).problem("current").as_deref(), Some("Нынешний пароль не подошёл"));

    let old = here.cookie("maitre-sid");
    here.sends("/profile/password", change(PASSWORD, "солянка с лимоном")).await.says("Пароль сменили");
    assert_ne!(here.cookie("maitre-sid"), old);
    assert_eq!(there.opens("/profile").await.heading(), "Вход в панель");
    signs_in(&panel, "anna@example.com", "солянка с лимоном").await;
    panel.close().await;
}

#[actix_web::test]
async fn a_session_ends_unused_and_a_suspended_person_is_out_at_once() {
    let panel = Panel::open().await;
    let id = known(&panel.db, "anna@example.com").await;
    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let sid = anna.cookie("maitre-sid").unwrap();
    let at = |hours| clock::now() + TimeDelta::hours(hours);
    let mut seen = panel.db.read().await.unwrap();
    assert!(session::find(&mut seen, &sid, at(7)).await.unwrap().is_some());
    assert!(session::find(&mut seen, &sid, at(9)).await.unwrap().is_none());
    drop(seen);

    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET suspended_at = $2 WHERE id = $1", id, clock::now()).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(anna.opens("/profile").await.heading(), "Вход в панель");
    let again =
        panel.nobody().await.posts("/login", [("email", "anna@example.com"), ("password", PASSWORD)]).await;
    again.answers(422);
    panel.close().await;
}

#[actix_web::test]
async fn a_form_from_elsewhere_is_refused() {
    let panel = Panel::open().await;
    let anna = panel.stranger().await;
    anna.opens("/profile").await;
    let token = anna.token();
    let sent = async |headers: &[(&str, &str)], token: &str| {
        let mut request = anna.request(Method::POST, "/profile");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let form = [("token", token), ("name", "Взломщик"), ("lang", "ru"), ("theme", "auto")];
        request.form(&form).send().await.unwrap().status().as_u16()
    };
    assert_eq!(sent(&[("sec-fetch-site", "cross-site")], &token).await, 403);
    assert_eq!(sent(&[("sec-fetch-site", "same-site")], &token).await, 403);
    assert_eq!(sent(&[("origin", "https://evil.example")], &token).await, 403);
    assert_eq!(sent(&[("origin", "null")], &token).await, 403);
    assert_eq!(sent(&[("sec-fetch-site", "same-origin")], "").await, 403);
    let other = panel.nobody().await.token();
    assert_eq!(sent(&[("sec-fetch-site", "same-origin")], &other).await, 403, "another browser's token");
    anna.opens("/profile").await.does_not_say("Взломщик");

    assert_eq!(sent(&[("sec-fetch-site", "same-origin")], &token).await, 303);
    assert_eq!(sent(&[("origin", &panel.url)], &token).await, 303);
    assert_eq!(sent(&[], &token).await, 303, "neither header: the token decides");
    panel.close().await;
}

#[actix_web::test]
async fn the_language_is_kept_before_and_after_the_sign_in() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let anna = panel.nobody().await;
    let back = anna
        .request(Method::POST, "/language")
        .header("referer", format!("{}/login?next=%2Fprofile", panel.url));
    let answer = anna.go(back.form(&[("token", anna.token().as_str()), ("lang", "en")])).await;
    assert_eq!(answer.goes_to().as_deref(), Some("/login?next=%2Fprofile"));
    assert_eq!(anna.opens("/login").await.heading(), "Sign in");

    anna.sends("/login", [("email", "anna@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(anna.opens("/profile").await.heading(), "Профиль", "a person's own language comes first");
    anna.posts("/language", [("lang", "en")]).await;
    assert_eq!(anna.opens("/profile").await.heading(), "Profile");
    panel.close().await;
}

#[actix_web::test]
async fn a_session_that_ended_on_a_form_leads_back_to_its_page() {
    let panel = Panel::open().await;
    let nobody = panel.nobody().await;
    let request =
        nobody.request(Method::POST, "/profile/password").header("referer", format!("{}/profile", panel.url));
    let answer = nobody.go(request.form(&[("token", nobody.token())])).await;
    assert_eq!(answer.goes_to().as_deref(), Some("/login?next=%2Fprofile"));
    panel.close().await;
}

/// T8: a session somebody planted in the browser is worth nothing after the sign-in, nor is any token of before.
#[actix_web::test]
async fn no_token_of_before_a_sign_in_works_after_it() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    known(&panel.db, "thief@example.com").await;
    let thief = signs_in(&panel, "thief@example.com", PASSWORD).await;
    let planted = [thief.cookie("maitre-sid").unwrap(), "ab".repeat(32)];
    for planted in &planted {
        let anna = panel.nobody().await;
        anna.set_cookie("maitre-sid", planted);
        anna.sends("/login", [("email", "anna@example.com"), ("password", PASSWORD), ("next", "/profile")])
            .await
            .says("anna@example.com");
        assert_ne!(anna.cookie("maitre-sid").as_ref(), Some(planted));
        let watcher = panel.nobody().await;
        watcher.set_cookie("maitre-sid", planted);
        assert_eq!(watcher.opens("/profile").await.heading(), "Вход в панель");
    }
    panel.close().await;
}

/// T8: eight hours unused and seven days at most; of staff half an hour and twelve hours.
#[actix_web::test]
async fn a_session_ends_by_itself_however_much_it_is_used() {
    let panel = Panel::open().await;
    let id = known(&panel.db, "anna@example.com").await;
    let sid = signs_in(&panel, "anna@example.com", PASSWORD).await.cookie("maitre-sid").unwrap();
    let lives = async |after: TimeDelta, used: TimeDelta| {
        let now = clock::now();
        let mut tx = panel.db.begin().await.unwrap();
        exec!(&mut tx, "UPDATE sessions SET seen_at = $1", now + used).unwrap();
        let found = session::find(&mut tx, &sid, now + after).await.unwrap();
        found.is_some()
    };
    let (hours, minutes) = (TimeDelta::hours, TimeDelta::minutes);
    assert!(lives(minutes(8 * 60 - 1), hours(0)).await);
    assert!(!lives(hours(8), hours(0)).await, "unused for eight hours");
    assert!(lives(minutes(7 * 24 * 60 - 1), minutes(7 * 24 * 60 - 2)).await);
    assert!(!lives(hours(7 * 24), minutes(7 * 24 * 60 - 2)).await, "used for more than seven days");

    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET staff = 'support' WHERE id = $1", id).unwrap();
    exec!(&mut tx, "UPDATE sessions SET ends_at = $1", clock::now() + hours(12)).unwrap();
    tx.commit().await.unwrap();
    assert!(lives(minutes(29), hours(0)).await);
    assert!(!lives(minutes(30), hours(0)).await, "staff unused for half an hour");
    assert!(!lives(hours(12), minutes(12 * 60 - 1)).await);
    let mut tx = panel.db.begin().await.unwrap();
    let (igor, _) = user::by_email(&mut tx, "anna@example.com").await.unwrap().unwrap();
    let theirs = session::open(&mut tx, &igor, "Test", "127.0.0.1", clock::now()).await.unwrap();
    let found = session::find(&mut tx, &theirs, clock::now()).await.unwrap().unwrap();
    assert!(found.session.ends_at <= clock::now() + hours(12), "staff stay in for more than twelve hours");
    drop(tx);
    panel.close().await;
}

#[actix_web::test]
async fn all_the_other_sessions_end_at_one_press_and_the_list_knows_the_place_of_use() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let here = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let there = [
        signs_in(&panel, "anna@example.com", PASSWORD).await,
        signs_in(&panel, "anna@example.com", PASSWORD).await,
    ];
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE sessions SET ip = '10.7.7.7', seen_at = $1", clock::now() - TimeDelta::minutes(6))
        .unwrap();
    tx.commit().await.unwrap();
    here.opens("/profile").await;
    here.opens("/profile").await.says("127.0.0.1").says("10.7.7.7");
    here.sends("/profile/sessions/end-others", []).await.says("Закрыли 2 входа");
    for session in &there {
        assert_eq!(session.opens("/profile").await.heading(), "Вход в панель");
    }
    let alone = here.opens("/profile").await;
    assert!(!alone.forms().iter().any(|form| form.ends_with("end-others")));
    panel.close().await;
}

#[actix_web::test]
async fn whoever_runs_the_panel_shuts_a_person_out_and_lets_them_in_again() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let deed = async |deed| upkeep::perform(&panel.db, "Anna@Example.com", deed, clock::now()).await.unwrap();
    assert_eq!(deed(Deed::Suspend).await, 1);
    assert_eq!(anna.opens("/profile").await.heading(), "Вход в панель");
    let fields = [("email", "anna@example.com"), ("password", PASSWORD)];
    anna.posts("/login", fields).await.answers(422);
    deed(Deed::Restore).await;
    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    assert_eq!(deed(Deed::EndSessions).await, 1);
    assert_eq!(anna.opens("/profile").await.heading(), "Вход в панель");
    panel.close().await;
}
