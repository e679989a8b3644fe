//! «Доступы» and the roles as people meet them.
use chrono::TimeDelta;
use maitre::lang::Lang;
use maitre::venues::member::Role;
use maitre::venues::permission::{Permission, Visit};
use maitre::{clock, exec};

use crate::rights::stage::second_factor;
use crate::support::panel::Panel;

/// The page's table is the guard's.
#[actix_web::test]
async fn the_page_says_what_the_guard_does() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let page = panel.viewer_of(venue).await.opens("/users").await;
    for role in Role::ALL {
        page.says(&role.said(Lang::Ru)).says(&role.about(Lang::Ru));
    }
    let rows = page.every(".matrix tbody tr");
    assert_eq!(rows.len(), Permission::ALL.len());
    for (permission, row) in Permission::ALL.iter().zip(rows) {
        assert!(row.contains(&permission.said(Lang::Ru)), "{row}");
        let visit = permission.row().visit;
        let mays = Role::ALL.iter().filter(|role| permission.is_of(**role)).count()
            + usize::from(visit == Visit::Look)
            + usize::from(visit != Visit::Never);
        let said = row.split_whitespace().filter(|word| *word == "да").count();
        assert_eq!(said, mays, "{permission:?}: {row}");
        assert_eq!(row.contains("спросим пароль"), permission.row().step_up, "{row}");
    }
    panel.close().await;
}

#[actix_web::test]
async fn each_role_is_invited_and_does_its_work() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/users").await.answers(200);
    for role in Role::ALL {
        let email = format!("{}@example.com", role.word());
        let form = [("email", email.as_str()), ("role", role.word())];
        owner.posts("/users/invitations", form).await.answers(200).says(&role.said(Lang::Ru));
    }
    let editor = panel.person(Role::Content, venue).await;
    editor.opens("/menu").await.answers(200);
    editor.sends("/menu/sections", [("name", "Супы")]).await.answers(200).says("Супы");
    editor.posts("/sync", []).await.answers(403);
    let accountant = panel.person(Role::Accountant, venue).await;
    accountant.opens("/orders/export").await.answers(200);
    accountant.posts("/menu/sections", [("name", "Супы")]).await.answers(403);
    let lead = panel.person(Role::Lead, venue).await;
    lead.opens("/orders").await.answers(200);
    lead.opens("/orders/export").await.answers(403);
    panel.close().await;
}

/// Where the table says so, being signed in is not enough.
#[actix_web::test]
async fn roles_are_decided_by_who_has_just_proved_themselves() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (owner, other) = (panel.owner_of(venue).await, panel.viewer_of(venue).await);
    owner.opens("/users").await.answers(200);
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE sessions SET proved_at = $1", clock::now() - TimeDelta::minutes(11)).unwrap();
    tx.commit().await.unwrap();
    let change = format!("/users/{}/role", other.id);
    owner.posts(&change, [("role", "manager")]).await.answers(401).says("Подтвердите, что это вы");
    owner.opens("/users").await.answers(200);
    owner.posts("/menu/sections", [("name", "Супы")]).await.answers(303);
    panel.close().await;
}

#[actix_web::test]
async fn a_venue_may_ask_everybody_for_a_second_factor() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (owner, viewer) = (panel.owner_of(venue).await, panel.viewer_of(venue).await);
    owner.opens("/users").await.answers(200);
    let switch = [("required", "yes")];
    owner.posts("/users/second-factor", switch).await.answers(409).says("Сначала включите");
    viewer.opens("/menu").await.answers(200);
    let mut tx = panel.db.begin().await.unwrap();
    second_factor(&mut tx, owner.id).await;
    tx.commit().await.unwrap();
    owner.sends("/users/second-factor", switch).await.answers(200).says("без второго");
    owner.opens("/menu").await.answers(200);
    let sent = viewer.go(viewer.request(reqwest::Method::GET, "/menu")).await;
    assert!(sent.answers(303).header("location").contains("second-factor"), "{}", sent.header("location"));
    owner.sends("/users/second-factor", [("required", "no")]).await.answers(200);
    viewer.opens("/menu").await.answers(200);
    panel.close().await;
}
