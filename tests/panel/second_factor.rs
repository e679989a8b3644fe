//! T15: the second factor. Codes are good once, recovery codes too, and no way in goes past it.
use chrono::{DateTime, TimeDelta, Utc};
use maitre::accounts::password;
use maitre::accounts::second_factor::{self, By};
use maitre::accounts::upkeep::{self, Deed};
use maitre::accounts::user::{self, NewUser};
use maitre::db::conn::Db;
use maitre::lang::Lang;
use maitre::venues::member::{self, Role};
use maitre::{clock, exec, one};
use secrecy::SecretString;
use totp_rs::{Builder, Secret};
use uuid::Uuid;

use crate::accounts::{PASSWORD, known, signs_in};
use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;

/// What an app shows at a moment.
pub fn code_at(secret: &str, at: DateTime<Utc>) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).with_skew(0).build().unwrap();
    app.generate(at.timestamp() as u64).to_string()
}

/// Gives a person a second factor past the pages; its secret and recovery codes.
pub async fn armed(panel: &Panel, user: Uuid) -> (String, Vec<String>) {
    let secret = Secret::new_stack(rand::random()).to_base32();
    let mut tx = panel.db.begin().await.unwrap();
    let sealed = SecretString::from(secret.clone());
    let codes = second_factor::set(&mut tx, &panel.seal, user, (&sealed, 0), clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    (secret, codes)
}

async fn support(db: &Db) -> Uuid {
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    let (email, name, staff) = ("help@example.com", "Игорь Лапин", Some("support"));
    let mut tx = db.begin().await.unwrap();
    let new = NewUser { email, name, password_hash: &hash, staff, lang: Lang::Ru };
    let id = user::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn secret_on(page: &Screen) -> String {
    page.every(".secret code").remove(0).replace(' ', "")
}

async fn takes(panel: &Panel, user: Uuid, code: &str, at: DateTime<Utc>) -> Option<By> {
    let mut tx = panel.db.begin().await.unwrap();
    let by = second_factor::take(&mut tx, &panel.seal, user, code, at).await.unwrap();
    tx.commit().await.unwrap();
    by
}

/// First step of the sign-in.
async fn half(panel: &Panel, email: &str) -> Person {
    let person = panel.nobody().await;
    let fields = [("email", email), ("password", PASSWORD), ("next", "/profile")];
    let to = person.posts("/login", fields).await.goes_to();
    assert_eq!(to.as_deref(), Some("/login/code?next=%2Fprofile"));
    person.opens("/login/code?next=%2Fprofile").await.answers(200).says("Второй шаг");
    person
}

#[actix_web::test]
async fn it_is_set_up_with_an_app_and_asked_for_from_then_on() {
    let panel = Panel::open().await;
    known(&panel.db, "anna@example.com").await;
    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let elsewhere = signs_in(&panel, "anna@example.com", PASSWORD).await;
    anna.opens("/profile").await.says("для входа хватает пароля");

    let page = anna.opens("/profile/second-factor").await;
    let (secret, offer) = (secret_on(&page), page.field("offer").unwrap());
    assert_eq!(page.every("svg.qr").len(), 1);
    let wrong = anna.posts("/profile/second-factor", [("offer", offer.as_str()), ("code", "000000")]).await;
    assert!(wrong.answers(422).problem("code").unwrap().contains("не подошёл"));
    assert_eq!(secret_on(&wrong), secret, "the app has the first one already");

    let sid = anna.cookie("maitre-sid");
    let (code, form) = (code_at(&secret, clock::now()), "/profile/second-factor");
    let stranger = panel.stranger().await;
    stranger.posts(form, [("offer", offer.as_str()), ("code", &code)]).await.answers(409);
    let codes = anna.posts(form, [("offer", offer.as_str()), ("code", &code)]).await;
    assert_eq!(codes.answers(200).every(".recovery code").len(), 10);
    assert_ne!(anna.cookie("maitre-sid"), sid, "the session is the one of before");
    assert_eq!(
        elsewhere.opens("/profile").await.heading(),
        "Вход в панель",
        "a session of the password alone lives on"
    );
    for path in ["/profile", form] {
        let page = anna.opens(path).await;
        assert!(!page.html.replace(' ', "").contains(&secret), "{path} shows the secret");
        assert!(codes.every(".recovery code").iter().all(|code| !page.html.contains(code)), "{path}");
    }

    let back = half(&panel, "anna@example.com").await;
    let sid = back.cookie("maitre-sid");
    for path in ["/profile", "/venues", form] {
        assert_eq!(back.opens(path).await.heading(), "Вход в панель", "half a session opens {path}");
    }
    let again = back.posts("/login/code", [("code", code.as_str())]).await;
    again.answers(422).says("Каждый код работает один раз");
    let next = code_at(&secret, clock::now() + TimeDelta::seconds(30));
    let inside = back.sends("/login/code", [("code", next.as_str()), ("next", "/profile")]).await;
    assert_eq!(inside.heading(), "Профиль");
    assert_ne!(back.cookie("maitre-sid"), sid, "the half session's token became the whole one's");
    panel.close().await;
}

#[actix_web::test]
async fn a_code_works_once_within_a_step_either_way() {
    let panel = Panel::open().await;
    let anna = known(&panel.db, "anna@example.com").await;
    let (secret, _) = armed(&panel, anna).await;
    let now = DateTime::from_timestamp(1_800_000_015, 0).unwrap();
    let at = |steps: i64| code_at(&secret, now + TimeDelta::seconds(30 * steps));
    for far in [-2, 2, 120] {
        assert_eq!(takes(&panel, anna, &at(far), now).await, None, "{far} steps away");
    }
    assert_eq!(takes(&panel, anna, &at(-1), now).await, Some(By::App));
    assert_eq!(takes(&panel, anna, &at(-1), now).await, None, "a code twice");
    let spaced = format!(" {} {} ", &at(0)[..3], &at(0)[3..]);
    assert_eq!(takes(&panel, anna, &spaced, now).await, Some(By::App));
    assert_eq!(takes(&panel, anna, &at(1), now).await, Some(By::App));
    for old in [-1, 0, 1] {
        assert_eq!(takes(&panel, anna, &at(old), now).await, None, "a code of a step before the last one");
    }
    let later = now + TimeDelta::seconds(90);
    let all = (0..8).map(|_| takes(&panel, anna, "", later));
    assert!(futures_util::future::join_all(all).await.iter().all(Option::is_none));
    let code = at(3);
    let all = (0..8).map(|_| takes(&panel, anna, &code, later));
    let taken = futures_util::future::join_all(all).await.iter().flatten().count();
    assert_eq!(taken, 1, "eight at once with one code");
    panel.close().await;
}

#[actix_web::test]
async fn a_recovery_code_opens_once_and_new_ones_end_the_old() {
    let panel = Panel::open().await;
    let id = known(&panel.db, "anna@example.com").await;
    let (_, codes) = armed(&panel, id).await;
    let anna = half(&panel, "anna@example.com").await;
    let typed = codes[0].to_lowercase().replace('-', " ");
    anna.sends("/login/code", [("code", typed.as_str()), ("next", "/profile")])
        .await
        .says("Осталось кодов: 9");
    let again = half(&panel, "anna@example.com").await;
    again.posts("/login/code", [("code", codes[0].as_str())]).await.answers(422);

    let made = anna.posts("/profile/second-factor/codes", []).await;
    let fresh = made.answers(200).every(".recovery code");
    assert_eq!((fresh.len(), fresh[0].len()), (10, 19));
    again.posts("/login/code", [("code", codes[1].as_str())]).await.answers(422);
    again.sends("/login/code", [("code", fresh[0].as_str()), ("next", "/profile")]).await.says("Профиль");
    let now = clock::now();
    let all = (0..8).map(|_| takes(&panel, id, &fresh[1], now));
    assert_eq!(
        futures_util::future::join_all(all).await.iter().flatten().count(),
        1,
        "eight at once with one code"
    );
    panel.close().await;
}

#[actix_web::test]
async fn no_link_goes_past_it() {
    let panel = Panel::open().await;
    let (venue, other) = (panel.venue("Рябина").await, panel.venue("Самарканд").await);
    let (owner, theirs) = (panel.owner_of(venue).await, panel.owner_of(other).await);
    let id = known(&panel.db, "anna@example.com").await;
    let (secret, _) = armed(&panel, id).await;
    let mut tx = panel.db.begin().await.unwrap();
    member::join(&mut tx, venue, id, Role::Manager).await.unwrap();
    tx.commit().await.unwrap();
    let link_on = |page: &Screen| {
        let all = page.attributes("[data-copy]", "data-copy");
        all[0].strip_prefix(&owner.url).unwrap().to_owned()
    };

    let link = link_on(owner.sends(&format!("/users/{id}/password-link"), []).await.says("30 минут"));
    let (life,) = one!(
        &mut panel.db.read().await.unwrap(),
        (i64,),
        "SELECT count(*) FROM invitations WHERE renews IS NOT NULL AND ends_at < $1",
        clock::now() + TimeDelta::minutes(31)
    )
    .unwrap();
    assert_eq!(life, 1, "a link for a password lives longer than half an hour");
    let thief = panel.nobody().await;
    let to = thief.posts(&link, [("password", "солянка с лимоном")]).await.goes_to().unwrap();
    assert!(to.starts_with("/login/code?next="), "{to}");
    assert_eq!(thief.opens(&format!("/v/{venue}/menu")).await.heading(), "Вход в панель");
    thief.posts(&link, [("password", "солянка с огурцом")]).await.answers(410);

    let invited = [("email", "anna@example.com"), ("role", "viewer")];
    let link = link_on(&theirs.sends("/users/invitations", invited).await);
    let thief = panel.nobody().await;
    let to = thief.posts(&link, [("password", "солянка с лимоном")]).await.goes_to().unwrap();
    assert!(to.starts_with("/login/code?next="), "{to}");
    assert_eq!(thief.opens(&format!("/v/{other}/menu")).await.heading(), "Вход в панель");
    thief.posts(&link, [("password", "солянка с лимоном")]).await.answers(410);
    // the control: with the code the same browser is in
    let code = code_at(&secret, clock::now());
    let next = format!("/v/{other}/menu");
    let inside = thief.posts("/login/code", [("code", code.as_str()), ("next", &next)]).await;
    assert_eq!(inside.goes_to(), Some(next));
    panel.close().await;
}

#[actix_web::test]
async fn staff_set_it_up_before_anything_else_and_keep_it() {
    let panel = Panel::open().await;
    support(&panel.db).await;
    let igor = panel.nobody().await;
    igor.sends("/login", [("email", "help@example.com"), ("password", PASSWORD)])
        .await
        .says("Это займёт минуту");
    let alone =
        |path: &str| path.starts_with("profile/second-factor") || path == "prove" || path == "login/code";
    for route in routes().iter().filter(|route| route.method == "GET") {
        let path = route.filled(|_| Uuid::now_v7().to_string());
        let path = path.trim_start_matches('/');
        let outside = ["static", "healthz", "api", "invite"].iter().any(|room| path.starts_with(room));
        if alone(path) || outside {
            continue;
        }
        let page = igor.go(igor.request(reqwest::Method::GET, &format!("/{path}"))).await;
        let to = page.goes_to().unwrap_or_default();
        assert!(to.starts_with("/profile/second-factor?next="), "{path} opens without a second factor: {to}");
    }
    let page = igor.opens("/profile/second-factor").await;
    let (secret, offer) = (secret_on(&page), page.field("offer").unwrap());
    let code = code_at(&secret, clock::now());
    igor.posts("/profile/second-factor", [("offer", offer.as_str()), ("code", &code)]).await.answers(200);
    igor.opens("/venues").await.says("У вас нет своих заведений");
    igor.opens("/profile/second-factor").await.says("Выключить второй фактор нельзя");
    igor.posts("/profile/second-factor/removal", []).await.answers(403);
    panel.close().await;
}

/// Whoever a venue sends to set it up is told why, and comes back to the page they wanted.
#[actix_web::test]
async fn a_venue_that_requires_it_leads_there_and_back() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let viewer = panel.viewer_of(venue).await;
    let mut tx = panel.db.begin().await.unwrap();
    maitre::venues::venue::require_second_factor(&mut tx, venue, true).await.unwrap();
    tx.commit().await.unwrap();
    let wanted = format!("/v/{venue}/menu");
    let sent = viewer.go(viewer.request(reqwest::Method::GET, "/menu")).await.goes_to().unwrap();
    assert_eq!(sent, format!("/profile/second-factor?next={}", wanted.replace('/', "%2F")));
    let page = viewer.opens(&format!("/{sent}")).await;
    page.answers(200).says("Это заведение пускает только со вторым фактором");
    assert_eq!(page.field("next").as_deref(), Some(wanted.as_str()));
    let (secret, offer) = (secret_on(&page), page.field("offer").unwrap());
    // a wrong code loses neither; somebody else's address is no way back
    let form = "/profile/second-factor";
    let wrong = [("offer", offer.as_str()), ("code", "000000"), ("next", wanted.as_str())];
    let again = viewer.posts(&format!("/{form}"), wrong).await;
    again.answers(422).says("Это заведение пускает только");
    assert_eq!(again.field("next").as_deref(), Some(wanted.as_str()));
    let theirs = viewer.opens(&format!("/{form}?next=https%3A%2F%2Fevil.example")).await;
    assert_eq!(theirs.field("next"), None);
    theirs.does_not_say("Это заведение пускает только");
    let code = code_at(&secret, clock::now());
    let right = [("offer", offer.as_str()), ("code", code.as_str()), ("next", wanted.as_str())];
    let codes = viewer.posts(&format!("/{form}"), right).await;
    assert_eq!(codes.answers(200).attributes("p.actions a", "href"), [wanted]);
    viewer.opens("/menu").await.answers(200).says("Меню");
    panel.close().await;
}

/// Anna, whom the code let in eleven minutes ago; her id, the app's secret, and that code.
async fn proved_a_while_ago(panel: &Panel) -> (Person, Uuid, String, String) {
    let id = known(&panel.db, "anna@example.com").await;
    let (secret, _) = armed(panel, id).await;
    let anna = half(panel, "anna@example.com").await;
    let code = code_at(&secret, clock::now());
    anna.sends("/login/code", [("code", code.as_str()), ("next", "/profile")]).await.says("Включён");
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE sessions SET proved_at = $1", clock::now() - TimeDelta::minutes(11)).unwrap();
    tx.commit().await.unwrap();
    (anna, id, secret, code)
}

#[actix_web::test]
async fn it_is_taken_away_by_a_code_alone_and_a_lost_one_by_who_runs_the_panel() {
    let panel = Panel::open().await;
    let (anna, id, secret, code) = proved_a_while_ago(&panel).await;

    let asked = anna.posts("/profile/second-factor/removal", []).await;
    asked.answers(401).says("Введите код из приложения");
    anna.proves(&asked, "password", PASSWORD).await.answers(422);
    anna.proves(&asked, "code", &code).await.answers(422);
    let next = code_at(&secret, clock::now() + TimeDelta::seconds(30));
    anna.proves(&asked, "code", &next).await.says("Второй фактор выключили").says("для входа хватает пароля");
    signs_in(&panel, "anna@example.com", PASSWORD).await;

    armed(&panel, id).await;
    half(&panel, "anna@example.com").await;
    let now = clock::now();
    upkeep::perform(&panel.db, "Anna@example.com", Deed::ResetSecondFactor, now).await.unwrap();
    assert_eq!(anna.opens("/profile").await.heading(), "Вход в панель");
    signs_in(&panel, "anna@example.com", PASSWORD).await;
    assert!(upkeep::perform(&panel.db, "anna@example.com", Deed::ResetSecondFactor, now).await.is_err());
    let (told,) = one!(
        &mut panel.db.read().await.unwrap(),
        (i64,),
        "SELECT count(*) FROM audit WHERE deed IN ('second_factor.removed', 'second_factor.reset')"
    )
    .unwrap();
    assert_eq!(told, 2);
    panel.close().await;
}

#[actix_web::test]
async fn who_has_one_shows_it_for_a_new_password_too() {
    let panel = Panel::open().await;
    let (anna, _, secret, _) = proved_a_while_ago(&panel).await;
    let new = [("current", PASSWORD), ("new", "солянка с лимоном")];
    let asked = anna.posts("/profile/password", new).await;
    asked.answers(401).says("Введите код из приложения");
    let next = code_at(&secret, clock::now() + TimeDelta::seconds(30));
    anna.proves(&asked, "code", &next).await.says("Пароль сменили");
    panel.close().await;
}

#[actix_web::test]
async fn codes_are_guessed_no_more_often_than_passwords() {
    let panel = Panel::open().await;
    let id = known(&panel.db, "anna@example.com").await;
    let (secret, _) = armed(&panel, id).await;
    let thief = half(&panel, "anna@example.com").await;
    let mut looked_at = 0;
    for guess in 0..30 {
        let code = format!("{guess:06}");
        match thief.posts("/login/code", [("code", code.as_str())]).await.status {
            422 => looked_at += 1,
            429 => break,
            status => panic!("{status}"),
        }
        // the right password in between does not wash the guesses
        if guess % 3 == 2 {
            thief.sends("/login", [("email", "anna@example.com"), ("password", PASSWORD)]).await;
        }
    }
    assert!((8..=10).contains(&looked_at), "{looked_at} codes were looked at");
    let code = code_at(&secret, clock::now());
    thief.posts("/login/code", [("code", code.as_str())]).await;
    assert_eq!(thief.opens("/profile").await.heading(), "Вход в панель");
    panel.close().await;
}

/// A sealed secret moved to another person's row opens nothing.
#[actix_web::test]
async fn a_secret_belongs_to_its_person() {
    let panel = Panel::open().await;
    let (anna, oleg) =
        (known(&panel.db, "anna@example.com").await, known(&panel.db, "oleg@example.com").await);
    let (secret, _) = armed(&panel, anna).await;
    armed(&panel, oleg).await;
    let mut tx = panel.db.begin().await.unwrap();
    let sql = "UPDATE second_factors SET secret = (SELECT secret FROM second_factors WHERE user_id = $1) WHERE user_id = $2";
    exec!(&mut tx, sql, anna, oleg).unwrap();
    assert!(
        second_factor::take(&mut tx, &panel.seal, oleg, &code_at(&secret, clock::now()), clock::now())
            .await
            .is_err()
    );
    drop(tx);
    panel.close().await;
}
