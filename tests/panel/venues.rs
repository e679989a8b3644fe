//! Who may open a venue, how they come in, and what they may change there.
use std::time::Duration;

use chrono::TimeDelta;
use maitre::db::conn::Db;
use maitre::error::Error;
use maitre::venues::enrolment::{Enroll, Post, WayIn, enroll};
use maitre::venues::member::{self, Role};
use maitre::{clock, exec, one};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::accounts::{PASSWORD, known, signs_in};
use crate::support::panel::Panel;
use crate::support::person::Person;

async fn role_in(db: &Db, venue: Uuid, user: Uuid) -> Option<Role> {
    member::role_of(&mut db.read().await.unwrap(), venue, user).await.unwrap()
}

async fn audited(db: &Db, deed: &str) -> i64 {
    let mut seen = db.read().await.unwrap();
    one!(&mut seen, (i64,), "SELECT count(*) FROM audit WHERE deed = $1", deed).unwrap().0
}

/// The path of a new invitation link, as the owner's page shows it.
async fn invites(owner: &Person, email: &str, role: &str) -> String {
    let made = owner.sends("/users/invitations", [("email", email), ("role", role)]).await;
    link_on(&made.answers(200).attributes("[data-copy]", "data-copy"), owner)
}

/// The one link on a page, as a path from the root.
fn link_on(links: &[String], owner: &Person) -> String {
    assert_eq!(links.len(), 1, "{links:?}");
    format!("/{}", links[0].strip_prefix(&owner.url).unwrap())
}

#[actix_web::test]
async fn a_foreign_venue_looks_like_none_at_all() {
    let panel = Panel::open().await;
    let (ours, theirs) = (panel.venue("Рябина").await, panel.venue("Самарканд").await);
    let anna = panel.owner_of(ours).await;
    for page in ["", "/settings", "/users", "/settings/integrations", "/settings/integrations/iiko"] {
        let foreign = anna.opens(&format!("//v/{theirs}{page}")).await;
        let unknown = anna.opens(&format!("//v/{}{page}", Uuid::now_v7())).await;
        foreign.answers(404).does_not_say("Самарканд");
        assert_eq!(unknown.answers(404).text(), foreign.text(), "{page}");
        anna.opens(&format!("//v/nonsense{page}")).await.answers(404);
    }
    let fields = [("name", "Наше"), ("address", ""), ("time_zone", "Europe/Moscow")];
    anna.posts(&format!("//v/{theirs}/settings"), fields).await.answers(404);
    panel.close().await;
}

#[actix_web::test]
async fn a_viewer_looks_and_a_manager_does_not_decide_on_access() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (viewer, manager) = (panel.viewer_of(venue).await, panel.manager_of(venue).await);
    let member = format!("/users/{}", viewer.id);

    let settings = viewer.opens("/settings").await;
    settings.answers(200).says("Рябина").says("Москва (UTC+3)");
    assert_eq!(settings.field("name"), None, "a viewer is shown a form");
    viewer.posts("/settings", [("name", "Моё")]).await.answers(403);
    viewer.opens("/users").await.answers(200).does_not_say(&manager.email);

    for who in [&viewer, &manager] {
        assert!(who.opens("/users").await.forms().iter().all(|form| form == "/logout"));
        who.posts("/users/invitations", [("email", "a@example.com"), ("role", "owner")]).await.answers(403);
        who.posts(&format!("{member}/role"), [("role", "owner")]).await.answers(403);
        who.posts(&format!("{member}/password-link"), []).await.answers(403);
        who.opens(&format!("{member}/removal")).await.answers(403);
        who.posts(&format!("{member}/removal"), []).await.answers(403);
    }
    assert_eq!(role_in(&panel.db, venue, viewer.id).await, Some(Role::Viewer));
    panel.close().await;
}

#[actix_web::test]
async fn an_invited_person_names_themselves_and_is_in() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let link = invites(&owner, "Anna@example.com", "manager").await;
    owner.opens("/users").await.says("Anna@example.com").does_not_say(&link[1..]);

    let anna = panel.nobody().await;
    anna.opens(&link).await.answers(200).says("Приглашение в «Рябина»").says("управляющий");
    let weak = anna.posts(&link, [("name", ""), ("password", "коротко")]).await;
    assert!(weak.answers(422).problem("name").is_some() && weak.problem("password").is_some());
    let answer = anna.posts(&link, [("name", "Анна"), ("password", PASSWORD)]).await;
    assert_eq!(answer.goes_to(), Some(format!("/v/{venue}/menu")));
    anna.opens(&format!("//v/{venue}/settings")).await.answers(200).says("Анна");
    assert_eq!(audited(&panel.db, "invitation.accepted").await, 1);

    let late = panel.nobody().await;
    late.opens(&link).await.answers(410).says("Ссылка больше не действует");
    late.posts(&link, [("name", "Ева"), ("password", PASSWORD)]).await.answers(410);
    signs_in(&panel, "anna@example.com", PASSWORD).await;
    panel.close().await;
}

#[actix_web::test]
async fn an_address_with_an_account_shows_that_it_is_it() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let id = known(&panel.db, "anna@example.com").await;
    let link = invites(&owner, "anna@example.com", "viewer").await;

    // whoever has the link but not the password does not get in, nor set a new one
    let thief = panel.nobody().await;
    assert_eq!(
        thief.opens(&link).await.attributes("input[type=password]", "autocomplete"),
        ["current-password"]
    );
    let wrong = thief.posts(&link, [("name", "Ева"), ("password", "новый пароль вора")]).await;
    assert!(wrong.answers(422).problem("password").unwrap().contains("не подошёл"));
    assert_eq!(role_in(&panel.db, venue, id).await, None);

    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    assert!(anna.opens(&link).await.attributes("input[type=password]", "name").is_empty());
    anna.posts(&link, []).await.answers(303);
    assert_eq!(role_in(&panel.db, venue, id).await, Some(Role::Viewer));
    panel.close().await;
}

#[actix_web::test]
async fn a_link_that_is_over_withdrawn_or_wrong_opens_nothing() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (owner, other) = (panel.owner_of(venue).await, panel.owner_of(venue).await);
    let somebody = panel.nobody().await;
    somebody.opens("/invite/0123").await.answers(404).says("Ссылка не открывается");

    let first = invites(&owner, "anna@example.com", "manager").await;
    let second = invites(&owner, "anna@example.com", "viewer").await;
    somebody.opens(&first).await.answers(410);
    let mut tx = panel.db.begin().await.unwrap();
    let ended = clock::now() - TimeDelta::seconds(1);
    exec!(&mut tx, "UPDATE invitations SET ends_at = $1 WHERE used_at IS NULL", ended).unwrap();
    tx.commit().await.unwrap();
    somebody.opens(&second).await.answers(410).says("Срок ссылки вышел");
    somebody.posts(&second, [("name", "Анна"), ("password", PASSWORD)]).await.answers(410);

    let third = invites(&owner, "anna@example.com", "viewer").await;
    let withdraw = owner.opens("/users").await.attributes("form[action$='/withdrawal']", "action");
    owner.sends(&format!("/{}", withdraw[0]), []).await.says("Ссылка больше не действует");
    somebody.opens(&third).await.answers(410);

    // a former owner's links let nobody in either
    let fourth = invites(&other, "anna@example.com", "owner").await;
    owner.sends(&format!("/users/{}/role", other.id), [("role", "viewer")]).await.answers(200);
    somebody.opens(&fourth).await.answers(410);
    panel.close().await;
}

#[actix_web::test]
async fn the_last_owner_stays_and_whoever_is_taken_out_is_out_at_once() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (owner, manager) = (panel.owner_of(venue).await, panel.manager_of(venue).await);
    let own = format!("/users/{}", owner.id);

    owner
        .posts(&format!("{own}/role"), [("role", "viewer")])
        .await
        .answers(409)
        .says("единственный владелец");
    owner.posts(&format!("{own}/removal"), []).await.answers(409);
    assert_eq!(role_in(&panel.db, venue, owner.id).await, Some(Role::Owner));

    manager.opens("/settings").await.answers(200);
    let asked = owner.opens(&format!("/users/{}/removal", manager.id)).await;
    asked.says("Забрать доступ: Марина Ковалёва").says(&manager.email);
    owner.sends(&format!("/users/{}/removal", manager.id), []).await.says("доступ забрали");
    manager.opens("/settings").await.answers(404);
    assert_eq!(audited(&panel.db, "member.removed").await, 1);
    panel.close().await;
}

#[actix_web::test]
async fn two_owners_who_demote_each_other_at_once_leave_one() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (anna, boris) = (panel.owner_of(venue).await.id, panel.owner_of(venue).await.id);
    let mut first = panel.db.begin().await.unwrap();
    member::set_role(&mut first, venue, boris, Some(Role::Viewer)).await.unwrap();
    let db = panel.db.clone();
    let second = tokio::spawn(async move {
        let mut tx = db.begin().await.unwrap();
        let done = member::set_role(&mut tx, venue, anna, Some(Role::Viewer)).await;
        done.map(|()| tx)
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    first.commit().await.unwrap();
    assert!(matches!(second.await.unwrap().err(), Some(Error::Conflict("access-last-owner"))));
    panel.close().await;
}

#[actix_web::test]
async fn settings_keep_what_was_typed_and_show_what_a_colleague_saved() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (anna, boris) = (panel.manager_of(venue).await, panel.manager_of(venue).await);
    let seen = anna.opens("/settings").await.field("seen").unwrap();
    let form = |name: &str, zone: &str, seen: &str| {
        [("name", name), ("address", "Покровка, 17"), ("time_zone", zone), ("seen", seen)]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let send = async |who: &Person, fields: [(String, String); 4]| {
        who.sends("/settings", fields.iter().map(|(k, v)| (k.as_str(), v.as_str()))).await
    };

    let bad = send(&anna, form("", "Mars/Olympus", &seen)).await;
    assert!(bad.answers(422).problem("name").is_some() && bad.problem("time_zone").is_some());
    assert_eq!(bad.field("address").as_deref(), Some("Покровка, 17"));

    send(&boris, form("Рябина у пруда", "Asia/Omsk", &seen)).await.answers(200).says("Сохранено");
    let both = send(&anna, form("Рябина", "Asia/Omsk", &seen)).await;
    both.answers(422);
    assert_eq!(both.field("name").as_deref(), Some("Рябина"));
    assert!(both.problem("name").unwrap().contains("«Рябина у пруда»"));
    assert_eq!(both.problem("time_zone"), None);

    let again = both.field("seen").unwrap();
    send(&anna, form("Рябина", "Asia/Omsk", &again)).await.answers(200).says("Сохранено");
    assert_eq!(anna.opens("/settings").await.field("name").as_deref(), Some("Рябина"));
    assert_eq!(audited(&panel.db, "venue.changed").await, 2);
    panel.close().await;
}

#[actix_web::test]
async fn an_owner_renews_a_password_only_of_their_own_people() {
    let panel = Panel::open().await;
    let (venue, elsewhere) = (panel.venue("Рябина").await, panel.venue("Самарканд").await);
    let owner = panel.owner_of(venue).await;
    let id = known(&panel.db, "anna@example.com").await;
    let anna = signs_in(&panel, "anna@example.com", PASSWORD).await;
    let join = async |venue: Uuid| {
        let mut tx = panel.db.begin().await.unwrap();
        member::join(&mut tx, venue, id, Role::Manager).await.unwrap();
        tx.commit().await.unwrap();
    };
    join(venue).await;
    let renew = format!("/users/{id}/password-link");

    let made = owner.sends(&renew, []).await;
    let link = link_on(&made.answers(200).attributes("[data-copy]", "data-copy"), &owner);
    let forgetful = panel.nobody().await;
    forgetful.opens(&link).await.answers(200).says("Новый пароль");
    forgetful.posts(&link, [("password", "солянка с лимоном")]).await.answers(303);
    assert_eq!(anna.opens("/profile").await.heading(), "Вход в панель", "the old session lives on");
    signs_in(&panel, "anna@example.com", "солянка с лимоном").await;

    // the link was made while Anna was this owner's alone; then she joined somebody else's venue
    let made = owner.sends(&renew, []).await;
    let link = link_on(&made.attributes("[data-copy]", "data-copy"), &owner);
    join(elsewhere).await;
    panel.nobody().await.posts(&link, [("password", "ключ от чужой двери")]).await.answers(410);
    owner.posts(&renew, []).await.answers(409);
    owner.opens("/users").await.does_not_say("Ссылка для нового пароля");
    panel.close().await;
}

#[actix_web::test]
async fn the_only_venue_opens_straight_after_the_sign_in() {
    let panel = Panel::open().await;
    let first = panel.venue("Рябина").await;
    let anna = panel.stranger().await;
    anna.opens("/venues?first=1").await.says("Пока ни одного заведения").says(&anna.email);

    let mut tx = panel.db.begin().await.unwrap();
    member::add(&mut tx, first, anna.id, Role::Owner).await.unwrap();
    tx.commit().await.unwrap();
    let straight = anna.go(anna.request(reqwest::Method::GET, "/venues?first=1")).await;
    assert_eq!(straight.goes_to(), Some(format!("/v/{first}/menu")));
    assert_eq!(anna.opens("/venues").await.every(".cards h2"), ["Рябина"]);

    let second = panel.venue("Самарканд").await;
    let mut tx = panel.db.begin().await.unwrap();
    member::add(&mut tx, second, anna.id, Role::Viewer).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(anna.opens("/venues?first=1").await.every(".cards h2"), ["Рябина", "Самарканд"]);
    panel.close().await;
}

#[actix_web::test]
async fn the_command_line_makes_people() {
    let panel = Panel::open().await;
    let who =
        |email, post, venue| Enroll { email, name: "Анна Петрова", password: None, post, venue };
    let orphan = enroll(&panel.db, who("a@example.com", Post::Member(Role::Viewer), Some("Рябина"))).await;
    assert!(orphan.is_err(), "a viewer of a venue nobody made");

    let made =
        enroll(&panel.db, who("anna@example.com", Post::Member(Role::Owner), Some("Рябина"))).await.unwrap();
    let WayIn::Invitation(token) = made.way_in else { panic!("{:?}", made.way_in) };
    let anna = panel.nobody().await;
    anna.posts(&format!("/invite/{token}"), [("name", "Анна"), ("password", PASSWORD)]).await.answers(303);
    anna.opens(&format!("//v/{}/users", made.venue.unwrap())).await.answers(200).says("владелец");

    let staff = enroll(&panel.db, who("help@example.com", Post::Support, None)).await.unwrap();
    let WayIn::Password(password) = staff.way_in else { panic!("{:?}", staff.way_in) };
    let sql = "SELECT after FROM audit WHERE deed = 'person.enrolled' AND venue_id IS NULL";
    let (told,) = one!(&mut panel.db.read().await.unwrap(), (Json<Value>,), sql).unwrap();
    assert_eq!(told.0["post"], "support");
    let support = signs_in(&panel, "help@example.com", &password).await;
    support.opens("/venues").await.says("без второго фактора панель не откроется");

    let again = Enroll {
        password: Some("солянка с лимоном".to_owned()),
        ..who("anna@example.com", Post::Member(Role::Owner), Some("Рябина"))
    };
    assert_eq!(enroll(&panel.db, again).await.unwrap().way_in, WayIn::Given);
    assert_eq!(anna.opens("//profile").await.heading(), "Вход в панель");
    signs_in(&panel, "anna@example.com", "солянка с лимоном").await;
    let lesser = Enroll {
        password: Some("солянка с лимоном".to_owned()),
        ..who("anna@example.com", Post::Member(Role::Viewer), Some("Рябина"))
    };
    assert!(enroll(&panel.db, lesser).await.is_err(), "the last owner stays one");
    panel.close().await;
}

/// A link is worth what its maker may do when it is used.
#[actix_web::test]
async fn a_link_dies_with_its_makers_right() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (_, thief) = (panel.owner_of(venue).await, panel.owner_of(venue).await);
    thief.opens("/users").await.answers(200);
    let somebody = panel.nobody().await;
    let by_suspended = invites(&thief, "one@example.com", "owner").await;
    somebody.opens(&by_suspended).await.answers(200);
    crate::rights::stage::suspend(&panel, &thief).await;
    somebody.opens(&by_suspended).await.answers(410);
    somebody.posts(&by_suspended, [("name", "Вор"), ("password", PASSWORD)]).await.answers(410);

    let other = panel.owner_of(venue).await;
    other.opens("/users").await.answers(200);
    let by_demoted = invites(&other, "two@example.com", "owner").await;
    let mut tx = panel.db.begin().await.unwrap();
    member::set_role(&mut tx, venue, other.id, Some(Role::Manager)).await.unwrap();
    tx.commit().await.unwrap();
    somebody.opens(&by_demoted).await.answers(410);
    panel.close().await;
}

/// Support comes in by a visit alone: as a member it would not be seen.
#[actix_web::test]
async fn support_is_nobodys_member() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/users").await.answers(200);
    // invited before they came to us
    let igor = panel.stranger().await;
    let link = invites(&owner, &igor.email, "manager").await;
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET staff = 'support' WHERE id = $1", igor.id).unwrap();
    tx.commit().await.unwrap();
    crate::second_factor::armed(&panel, igor.id).await;
    let again =
        owner.posts("/users/invitations", [("email", igor.email.as_str()), ("role", "manager")]).await;
    assert!(again.answers(422).problem("email").unwrap().contains("поддержки"));
    igor.opens(&link).await.answers(410);
    igor.posts(&link, []).await.answers(410);
    assert_eq!(role_in(&panel.db, venue, igor.id).await, None);
    panel.close().await;
}
