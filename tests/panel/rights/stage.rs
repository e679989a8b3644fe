//! Two venues with something of every noun in each, and everybody who could come to the first.
use std::collections::BTreeMap;

use maitre::accounts::user;
use maitre::api::scope::SCOPES;
use maitre::api::token;
use maitre::venues::invitation::{self, New};
use maitre::venues::member::{self, Role};
use maitre::{clock, exec, past};
use reqwest::header::LOCATION;
use reqwest::{Method, RequestBuilder};
use uuid::Uuid;

use crate::fuzzed::{another_session, ids, staffed, synced};
use crate::posting::scene;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::uploads::photo;

/// A venue and the ids that stand for the names in the routes.
pub struct Place {
    pub venue: Uuid,
    pub owner: Person,
    pub ids: BTreeMap<&'static str, String>,
}

pub struct Stage {
    pub panel: Panel,
    pub ours: Place,
    pub theirs: Place,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub to: String,
    pub body: String,
}

impl Stage {
    pub async fn open() -> Stage {
        let panel = Panel::open_with_till().await;
        let (ours, theirs) = (furnished(&panel, "Рябина").await, furnished(&panel, "Облепиха").await);
        panel.rest().await;
        Stage { panel, ours, theirs }
    }
}

/// Opens a venue that has something of everything.
async fn furnished(panel: &Panel, name: &str) -> Place {
    let venue = panel.venue(name).await;
    let owner = panel.owner_of(venue).await;
    let helper = panel.person(Role::Viewer, venue).await;
    owner.opens("/users").await.answers(200);
    owner.sends("/menu/sections", [("name", "Супы")]).await.answers(200);
    let new = owner.opens("/menu/products/new").await;
    let place =
        new.attributes("select[name=place] option", "value").into_iter().find(|v| !v.is_empty()).unwrap();
    let fields = [("name", "Борщ"), ("price", "420"), ("description", ""), ("place", place.as_str())];
    let dish = owner.sends("/menu/products", fields).await.answers(200).path.clone();
    let picture = [photo(16, image::ImageFormat::Png)];
    owner.uploads(&format!("/{dish}/photos"), &picture).await.answers(200);
    synced(panel, &owner).await;
    staffed(&owner).await;
    let kept: Vec<_> = rows(panel, &owner, helper.id).await;
    Place { venue, owner, ids: kept.into_iter().collect() }
}

/// What no form makes: orders, a payment, a difference, an event, a key, a link, a session; and the ids of it all.
async fn rows(panel: &Panel, owner: &Person, helper: Uuid) -> Vec<(&'static str, String)> {
    let (db, venue) = (&panel.db, owner.venue.unwrap());
    let hours = chrono::TimeDelta::hours(i64::from(venue.as_u128() as u16));
    past::orders(db, venue, 3, clock::now() - hours).await.unwrap();
    let order = scene::order_in(db, venue).await;
    let payment = scene::told(db, venue, (order, "psp-1"), 10_000).await.unwrap();
    let (difference, now) = (Uuid::now_v7(), clock::now());
    let mut tx = db.begin().await.unwrap();
    let newest = "SELECT id FROM orders WHERE venue_id = $1 AND id <> $2 ORDER BY id DESC LIMIT 1";
    let (whole,) = maitre::one!(&mut tx, (Uuid,), newest, venue, order).unwrap();
    exec!(
        &mut tx,
        "INSERT INTO bill_differences (venue_id, id, order_id, amount, on_bill, in_books, found_at, seen_at)
         VALUES ($1, $2, $3, 100, 2, 1, $4, $4)",
        venue,
        difference,
        order,
        now
    )
    .unwrap();
    let visit = Uuid::now_v7();
    exec!(
        &mut tx,
        "INSERT INTO visits (venue_id, id, session_id, supporter, on_behalf_of, topic, reason, started_at, seen_at, ends_at)
         VALUES ($1, $2, $2, $3, $4, 'other', 'обращение 2317', $5, $5, $5)",
        venue,
        visit,
        helper,
        owner.id,
        now
    )
    .unwrap();
    let scopes = SCOPES.map(str::to_owned);
    token::issue(&mut tx, venue, ("Приложение", &scopes), (owner.id, now)).await.unwrap();
    let events = maitre::webhooks::letter::opened(br#"[{"eventType": "PersonalShift"}]"#);
    maitre::webhooks::inbox::keep(&mut tx, venue, &events, now).await.unwrap();
    let email = format!("link-{}@example.com", venue.simple());
    let new = New { venue, email: &email, role: Role::Viewer, renews: None, by: Some(owner.id) };
    let (link, _) = invitation::issue(&mut tx, &new, now).await.unwrap();
    tx.commit().await.unwrap();
    let mut all: Vec<(&'static str, String)> = ids(db, venue)
        .await
        .into_iter()
        .filter_map(|(name, mut all)| Some((name, all.drain(..).next()?)))
        .collect();
    let own = [
        ("order", whole),
        ("payment", payment),
        ("difference", difference),
        ("user", helper),
        ("visit", visit),
        ("id", link),
    ];
    all.retain(|(name, _)| own.iter().all(|(known, _)| known != name));
    all.extend(own.map(|(name, id)| (name, id.to_string())));
    all.push(("size", "small".to_owned()));
    all
}

/// Who comes: with a browser or with a key, and what they are here.
pub struct Principal {
    pub name: &'static str,
    pub person: Person,
    /// In the first venue.
    pub role: Option<Role>,
    pub signed_in: bool,
    /// What a program says in `Authorization`, and the scopes of its key.
    pub key: Option<(String, Vec<&'static str>)>,
}

impl Principal {
    fn of(name: &'static str, person: Person, role: Option<Role>) -> Principal {
        Principal { name, person, role, signed_in: true, key: None }
    }

    fn program(name: &'static str, person: Person, key: String, scopes: &[&'static str]) -> Principal {
        Principal { name, person, role: None, signed_in: false, key: Some((key, scopes.to_vec())) }
    }

    /// Asks as this one would; the form is empty but for its token.
    pub async fn asks(&self, method: &str, path: &str) -> Answer {
        let method: Method = method.parse().unwrap();
        let mut request = self.person.request(method.clone(), &format!("/{path}"));
        if let Some((key, _)) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        if method == Method::POST {
            request = self.form(request, path);
        }
        let answer = request.send().await.unwrap();
        let to = answer.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        let body = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
        Answer { status, to: to.unwrap_or_default(), body }
    }

    fn form(&self, request: RequestBuilder, path: &str) -> RequestBuilder {
        let request = request.header("sec-fetch-site", "same-origin");
        let token = self.person.token();
        if path.ends_with("/photos") || path.ends_with("/file") {
            let part =
                format!("--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--x--\r\n");
            return request.header("content-type", "multipart/form-data; boundary=x").body(part);
        }
        request.form(&[("token", token)])
    }
}

/// Everybody of the matrix. Who is only asked about the first venue belongs to no second.
pub async fn everybody(stage: &Stage) -> Vec<Principal> {
    let (panel, venue) = (&stage.panel, stage.ours.venue);
    let mut all =
        vec![Principal { signed_in: false, ..Principal::of("anonymous", panel.nobody().await, None) }];
    for (name, role) in [
        ("viewer", Role::Viewer),
        ("content editor", Role::Content),
        ("accountant", Role::Accountant),
        ("shift lead", Role::Lead),
        ("manager", Role::Manager),
        ("owner", Role::Owner),
    ] {
        all.push(Principal::of(name, panel.person(role, venue).await, Some(role)));
    }
    let several = panel.manager_of(venue).await;
    let third = panel.venue("Третье").await;
    let invited = panel.stranger().await;
    let suspended = panel.manager_of(venue).await;
    let staff = [("support", panel.stranger().await), ("platform", panel.stranger().await)];
    let (db, now) = (&panel.db, clock::now());
    let mut tx = db.begin().await.unwrap();
    member::add(&mut tx, third, several.id, Role::Manager).await.unwrap();
    let new = New { venue, email: &invited.email, role: Role::Manager, renews: None, by: None };
    invitation::issue(&mut tx, &new, now).await.unwrap();
    exec!(&mut tx, "UPDATE users SET suspended_at = $1 WHERE id = $2", now, suspended.id).unwrap();
    for (word, person) in &staff {
        exec!(&mut tx, "UPDATE users SET staff = $1 WHERE id = $2", *word, person.id).unwrap();
        second_factor(&mut tx, person.id).await;
    }
    let scopes = SCOPES.map(str::to_owned);
    let (_, whole) = token::issue(&mut tx, venue, ("Всё", &scopes), (several.id, now)).await.unwrap();
    let (_, menu) = token::issue(&mut tx, venue, ("Меню", &scopes[..1]), (several.id, now)).await.unwrap();
    tx.commit().await.unwrap();
    all.push(Principal::of("manager of several", several, Some(Role::Manager)));
    all.push(Principal::of("invited", invited, None));
    all.push(Principal { signed_in: false, ..Principal::of("suspended", suspended, Some(Role::Manager)) });
    all.extend(staff.map(|(word, person)| Principal::of(word, person, None)));
    all.push(Principal::program("a key of the API", panel.nobody().await, whole, &SCOPES));
    all.push(Principal::program("a key for the menu", panel.nobody().await, menu, &SCOPES[..1]));
    all.push(Principal::program("a caller of webhooks", panel.nobody().await, "0".repeat(64), &[]));
    all
}

/// Lets somebody have a second factor, whose codes nobody knows.
pub async fn second_factor(tx: &mut maitre::db::conn::Conn, user: Uuid) {
    let sql = "INSERT INTO second_factors (user_id, secret, last_step, created_at) VALUES ($1, $2, 0, $3)";
    exec!(tx, sql, user, vec![0u8; 16], clock::now()).unwrap();
}

/// Another session of the same person, in another browser.
pub async fn elsewhere(panel: &Panel, person: &Person) -> Person {
    let sid = another_session(&panel.db, person).await;
    let mut twin = Person::signed_in(panel.url.clone(), person.id, person.email.clone(), sid).await;
    twin.venue = person.venue;
    twin
}

/// How many deeds were noted so far.
pub async fn deeds(panel: &Panel) -> i64 {
    maitre::one!(&mut panel.db.read().await.unwrap(), (i64,), "SELECT count(*) FROM audit").unwrap().0
}

/// Says of an address that it is suspended from now on.
pub async fn suspend(panel: &Panel, person: &Person) {
    let mut tx = panel.db.begin().await.unwrap();
    let (known, _) = user::by_email(&mut tx, &person.email).await.unwrap().unwrap();
    exec!(&mut tx, "UPDATE users SET suspended_at = $1 WHERE id = $2", clock::now(), known.id).unwrap();
    tx.commit().await.unwrap();
}
