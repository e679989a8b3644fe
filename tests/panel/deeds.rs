//! T17: whatever a person changes by a form stands in the audit, with who did it and from where. What fuzzed forms do not
//! reach — forms of a moment, forms whose many fields must agree — is sent here as a person would, one of each.
use std::collections::BTreeSet;
use std::time::Duration;

use maitre::sandbox::world::API_KEY;
use maitre::venues::member::{self, Role};
use maitre::{clock, exec, one};
use serde_json::json;
use uuid::Uuid;

use crate::accounts::{PASSWORD, known, signs_in};
use crate::fuzzed::{is_form, staffed, synced};
use crate::second_factor::code_at;
use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;
use crate::support::table::table;
use crate::support::tied::{Tied, requisites};
use crate::support_visits::{REASON, Supporter};
use crate::uploads::photo;

/// Forms that stand only on pages of a moment — somebody's invitation, a running sync, a held one, a payment
/// that a person decides, a delivery, a new order, a bill unlike our books — and the deed that is noted when one is sent.
pub const OF_A_MOMENT: &[(&str, &str)] = &[
    ("/invite/{token}", "invitation.accepted"),
    ("/login/code", "session.opened"),
    ("/profile/second-factor/codes", "recovery_codes.renewed"),
    ("/profile/second-factor/removal", "second_factor.removed"),
    ("/support/venues/{venue}/visits", "visit.begun"),
    ("/support/venues/{venue}/visits/{visit}/changes", "visit.changes_allowed"),
    ("/support/venues/{venue}/visits/{visit}/end", "visit.ended"),
    ("/v/{venue}/support-access/seen", "visit.acknowledged"),
    ("/v/{venue}/support-access/visits/{visit}/end", "visit.ended"),
    ("/v/{venue}/outbox/differences/{difference}", "difference.settled"),
    ("/v/{venue}/payments/{payment}/decision", "payment.decided"),
    ("/v/{venue}/orders/{order}/acts", "order.act"),
    ("/v/{venue}/orders/board/acknowledgement", "order.acknowledged"),
    ("/v/{venue}/sync/{run}/cancellation", "sync.cancelled"),
    ("/v/{venue}/sync/{run}/approval", "sync.approved"),
    ("/v/{venue}/sync/{run}/discard", "sync.discarded"),
];

/// Forms that are there and that no fuzzed one gets past: what their fields say must agree.
const CHECKED: &[(&str, &str)] = &[
    ("/login", "session.opened"),
    ("/prove", "session.proved"),
    ("/profile/password", "password.changed"),
    ("/profile/second-factor", "second_factor.set"),
    ("/profile/sessions/end-others", "sessions.ended"),
    ("/v/{venue}/support-access", "support_access.set"),
    ("/v/{venue}/users/second-factor", "venue.second_factor"),
    ("/v/{venue}/users/invitations", "invitation.made"),
    ("/v/{venue}/users/invitations/{id}/withdrawal", "invitation.withdrawn"),
    ("/v/{venue}/users/{user}/password-link", "password.link_made"),
    ("/v/{venue}/settings/integrations/iiko/key", "connection.key_set"),
    ("/v/{venue}/settings/integrations/iiko/organization", "connection.organization_chosen"),
    ("/v/{venue}/settings/integrations/iiko/terminal", "connection.terminal_chosen"),
    ("/v/{venue}/settings/integrations/iiko/awakening", "connection.terminal_awakened"),
    ("/v/{venue}/settings/integrations/iiko/webhooks", "webhooks.saved"),
    ("/v/{venue}/settings/integrations/iiko/webhooks/token", "webhooks.secret_changed"),
    ("/v/{venue}/menu/moves", "product.moved"),
    ("/v/{venue}/menu/products", "product.created"),
    ("/v/{venue}/menu/products/{product}", "product.changed"),
    ("/v/{venue}/menu/products/{product}/photos", "product.photo_added"),
    ("/v/{venue}/seating/tables/{table}/waiter", "table.waiter_given"),
    ("/v/{venue}/staff", "employee.created"),
    ("/v/{venue}/staff/{employee}", "employee.changed"),
    ("/v/{venue}/contracts", "contract.created"),
    ("/v/{venue}/contracts/{contract}", "contract.changed"),
    ("/v/{venue}/contracts/{contract}/file", "contract.file_given"),
    ("/v/{venue}/contracts/{contract}/signing", "contract.signed"),
    ("/v/{venue}/contracts/{contract}/primacy", "contract.made_primary"),
    ("/v/{venue}/contracts/{contract}/products", "contract.products_assigned"),
];

/// Where no fuzzed form does anything, and the deed that is noted when a person's does.
pub fn rare() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    OF_A_MOMENT.iter().chain(CHECKED)
}

const IIKO: &str = "/settings/integrations/iiko";

/// Of which routes a deed was seen.
#[derive(Default)]
struct Deeds(BTreeSet<String>);

/// How often somebody with an address did this.
async fn done(panel: &Panel, deed: &str) -> i64 {
    let sql = "SELECT count(*) FROM audit WHERE deed = $1 AND ip IS NOT NULL AND actor_id IS NOT NULL";
    one!(&mut panel.db.read().await.unwrap(), (i64,), sql, deed).unwrap().0
}

impl Deeds {
    /// Sends a form and finds its deed; the answer as it is.
    async fn of(&mut self, panel: &Panel, who: &Person, path: &str, fields: &[(&str, &str)]) -> Screen {
        let (route, deed) = self.route(who, path);
        let before = done(panel, deed).await;
        let answer = who.posts(path, fields.iter().copied()).await;
        self.found(panel, (&route, deed), before, &answer).await;
        answer
    }

    async fn of_files(&mut self, panel: &Panel, who: &Person, path: &str, files: &[Vec<u8>]) {
        let (route, deed) = self.route(who, path);
        let before = done(panel, deed).await;
        let answer = who.uploads(path, files).await;
        self.found(panel, (&route, deed), before, &answer).await;
    }

    fn route(&self, who: &Person, path: &str) -> (String, &'static str) {
        let path = who.at(path);
        let path = path.strip_prefix(&who.url).unwrap();
        let route = routes().into_iter().find(|route| is_form(route) && route.is(path));
        let route = route.unwrap_or_else(|| panic!("{path} leads nowhere")).path;
        let (_, deed) =
            rare().find(|(rare, _)| *rare == route).unwrap_or_else(|| panic!("{route} is not rare"));
        (route, deed)
    }

    async fn found(&mut self, panel: &Panel, of: (&str, &str), before: i64, answer: &Screen) {
        let (route, deed) = of;
        assert!(matches!(answer.status, 200 | 303 | 307), "{route}: {} {}", answer.status, answer.text());
        assert!(done(panel, deed).await > before, "{route} was taken and no {deed} is noted");
        self.0.insert(route.to_owned());
    }
}

/// The path of the one link a page shows to be copied.
fn link_on(page: &Screen, url: &str) -> String {
    let all = page.attributes("[data-copy]", "data-copy");
    all[0].strip_prefix(url).unwrap().to_owned()
}

fn form_on(page: &Screen, end: &str) -> String {
    let forms = page.forms();
    forms.into_iter().find(|path| path.ends_with(end)).unwrap_or_else(|| panic!("no form for {end}"))
}

#[actix_web::test]
async fn what_no_fuzzed_form_reaches_is_noted_all_the_same() {
    let mut deeds = Deeds::default();
    signing_in(&mut deeds).await;
    access(&mut deeds).await;
    visits(&mut deeds).await;
    own_menu(&mut deeds).await;
    connecting(&mut deeds).await;
    syncs(&mut deeds).await;
    money(&mut deeds).await;
    at_work(&mut deeds).await;
    let missing: Vec<&str> =
        rare().map(|(route, _)| *route).filter(|route| !deeds.0.contains(*route)).collect();
    assert!(missing.is_empty(), "never sent: {missing:?}");
}

async fn signing_in(deeds: &mut Deeds) {
    let panel = Panel::open().await;
    let id = known(&panel.db, "anna@example.com").await;
    let anna = panel.nobody().await;
    let me = [("email", "anna@example.com"), ("password", PASSWORD), ("next", "/profile")];
    deeds.of(&panel, &anna, "/login", &me).await;
    signs_in(&panel, "anna@example.com", PASSWORD).await;
    anna.opens("/profile").await.answers(200);
    deeds.of(&panel, &anna, "/profile/sessions/end-others", &[]).await;
    deeds.of(&panel, &anna, "/prove", &[("to", "/profile"), ("password", PASSWORD)]).await;
    let new = [("current", PASSWORD), ("new", "солянка с огурцом")];
    deeds.of(&panel, &anna, "/profile/password", &new).await;

    let page = anna.opens("/profile/second-factor").await;
    let secret = page.every(".secret code").remove(0).replace(' ', "");
    let (offer, code) = (page.field("offer").unwrap(), code_at(&secret, clock::now()));
    deeds.of(&panel, &anna, "/profile/second-factor", &[("offer", &offer), ("code", &code)]).await;
    anna.opens("/profile").await.answers(200);
    deeds.of(&panel, &anna, "/profile/second-factor/codes", &[]).await;
    let back = panel.nobody().await;
    let me = [("email", "anna@example.com"), ("password", "солянка с огурцом"), ("next", "/profile")];
    back.posts("/login", me).await.answers(303);
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE second_factors SET last_step = 0 WHERE user_id = $1", id).unwrap();
    tx.commit().await.unwrap();
    back.opens("/login/code").await.answers(200);
    let code = code_at(&secret, clock::now());
    deeds.of(&panel, &back, "/login/code", &[("code", &code), ("next", "/profile")]).await;
    deeds.of(&panel, &anna, "/profile/second-factor/removal", &[]).await;
    panel.close().await;
}

async fn access(deeds: &mut Deeds) {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/users").await.answers(200);
    let invited = [("email", "oleg@example.com"), ("role", "manager")];
    let page = deeds.of(&panel, &owner, "/users/invitations", &invited).await;
    let withdrawal = form_on(&page, "/withdrawal");
    deeds.of(&panel, &owner, &withdrawal, &[]).await;
    let page = owner.posts("/users/invitations", invited).await;
    let oleg = panel.nobody().await;
    let new = [("name", "Олег"), ("password", PASSWORD)];
    deeds.of(&panel, &oleg, &link_on(&page, &owner.url), &new).await;
    let id = known(&panel.db, "anna@example.com").await;
    let mut tx = panel.db.begin().await.unwrap();
    member::join(&mut tx, venue, id, Role::Manager).await.unwrap();
    tx.commit().await.unwrap();
    deeds.of(&panel, &owner, &format!("/users/{id}/password-link"), &[]).await;
    crate::second_factor::armed(&panel, owner.id).await;
    deeds.of(&panel, &owner, "/users/second-factor", &[("required", "yes")]).await;
    panel.close().await;
}

async fn visits(deeds: &mut Deeds) {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let mut igor = Supporter::of(&panel, "support").await;
    let begins = format!("/support/venues/{venue}/visits");
    let code = igor.code(&panel).await;
    let fields = [("topic", "staff"), ("reason", REASON), ("code", code.as_str())];
    deeds.of(&panel, &igor.person, &begins, &fields).await;
    let band = igor.person.opens(&format!("/v/{venue}/overview")).await;
    let changes = format!("/{}", band.attributes(".visit a.btn", "href").remove(0));
    let why = [("reason", "владелец просил завести раздел")];
    deeds.of(&panel, &igor.person, &changes[1..], &why).await;
    deeds.of(&panel, &igor.person, &form_on(&band, "/end"), &[]).await;
    deeds.of(&panel, &owner, "/support-access/seen", &[]).await;
    igor.person.opens("/support").await.answers(200);
    igor.enters(&panel, venue).await;
    let end = form_on(&owner.opens("/support-access").await, "/end");
    deeds.of(&panel, &owner, &end, &[]).await;
    deeds.of(&panel, &owner, "/support-access", &[("access", "forbid")]).await;
    panel.close().await;
}

async fn own_menu(deeds: &mut Deeds) {
    let panel = Panel::open().await;
    let owner = panel.owner_of(panel.venue("Рябина").await).await;
    for section in ["Супы", "Бар"] {
        owner.sends("/menu/sections", [("name", section)]).await.answers(200);
    }
    let new = owner.opens("/menu/products/new").await;
    let places = new.attributes("select[name=place] option", "value");
    let places: Vec<&str> = places.iter().map(String::as_str).filter(|place| !place.is_empty()).collect();
    let soup = [("name", "Борщ"), ("price", "420"), ("description", ""), ("place", places[0])];
    let path = deeds.of(&panel, &owner, "/menu/products", &soup).await.goes_to().unwrap();
    let dearer = [("name", "Борщ"), ("price", "450"), ("description", "со сметаной"), ("place", places[0])];
    deeds.of(&panel, &owner, &path, &dearer).await;
    let id = path.rsplit('/').next().unwrap();
    deeds.of(&panel, &owner, "/menu/moves", &[("product", id), ("place", places[1]), ("filter", "")]).await;
    let picture = photo(16, image::ImageFormat::Png);
    deeds.of_files(&panel, &owner, &format!("{path}/photos"), &[picture]).await;
    panel.close().await;
}

/// The value of the option of a select whose words hold `text`.
fn option(screen: &Screen, name: &str, text: &str) -> String {
    let words = screen.every(&format!("select[name='{name}'] option"));
    let values = screen.attributes(&format!("select[name='{name}'] option"), "value");
    values[words.iter().position(|word| word.contains(text)).unwrap()].clone()
}

async fn connecting(deeds: &mut Deeds) {
    let panel = Panel::open_with_till().await;
    let owner = panel.owner_of(panel.venue("Рябина").await).await;
    owner.opens(IIKO).await.answers(200);
    deeds.of(&panel, &owner, &format!("{IIKO}/key"), &[("api_key", API_KEY)]).await;
    let organization = option(&owner.opens(IIKO).await, "organization", "Покровка");
    let chosen = [("organization", organization.as_str())];
    deeds.of(&panel, &owner, &format!("{IIKO}/organization"), &chosen).await;
    let page = owner.opens(IIKO).await;
    let (bar, hall) = (option(&page, "terminal", "Бар"), option(&page, "terminal", "Зал"));
    deeds.of(&panel, &owner, &format!("{IIKO}/awakening"), &[("terminal", &bar)]).await;
    deeds.of(&panel, &owner, &format!("{IIKO}/terminal"), &[("terminal", &hall)]).await;
    deeds.of(&panel, &owner, &format!("{IIKO}/webhooks"), &[("tick", "table-status-New")]).await;
    deeds.of(&panel, &owner, &format!("{IIKO}/webhooks/token"), &[]).await;
    panel.close().await;
}

async fn syncs(deeds: &mut Deeds) {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    t.panel.till().world().menu().drop_share(60);
    let held = t.presses("").await;
    deeds.of(&t.panel, &t.owner, &form_on(&held, "/discard"), &[]).await;
    let held = t.presses("").await;
    deeds.of(&t.panel, &t.owner, &form_on(&held, "/approval"), &[]).await;
    // with nobody at work a run waits to be stopped
    t.panel.ends_its_night().await;
    let run = t.owner.posts("/sync", []).await.goes_to().expect("a run's page");
    deeds.of(&t.panel, &t.owner, &format!("{run}/cancellation"), &[]).await;
    t.panel.close().await;
}

async fn money(deeds: &mut Deeds) {
    let table = table().await;
    let (panel, owner) = (&table.t.panel, &table.t.owner);
    // a payment that only a person can decide about
    let (venue, id) = (owner.venue.unwrap(), Uuid::now_v7());
    let mut tx = panel.db.begin().await.unwrap();
    exec!(
        &mut tx,
        "INSERT INTO payment_intents (venue_id, id, order_id, psp_payment_id, amount, state, next_at, trouble, puzzled,
                                      refused, voided, closing, created_at, version)
         VALUES ($1, $2, $3, 'bank-1', 100, 'person', $4, 'silent', 0, 0, 0, 'none', $4, 1)",
        venue,
        id,
        table.order.parse::<Uuid>().unwrap(),
        clock::now()
    )
    .unwrap();
    let difference = Uuid::now_v7();
    exec!(
        &mut tx,
        "INSERT INTO bill_differences (venue_id, id, order_id, amount, on_bill, in_books, found_at, seen_at)
         VALUES ($1, $2, $3, 100, 0, 1, $4, $4)",
        venue,
        difference,
        table.order.parse::<Uuid>().unwrap(),
        clock::now()
    )
    .unwrap();
    tx.commit().await.unwrap();
    let seen = [("on_bill", "0"), ("in_books", "1")];
    deeds.of(panel, owner, &format!("/outbox/differences/{difference}"), &seen).await;
    let by_hand = [("decision", "by_hand"), ("sure", "yes"), ("version", "1")];
    deeds.of(panel, owner, &format!("/payments/{id}/decision"), &by_hand).await;

    table.t.pulls("delivery-new", json!({"kind": "pickup", "name": "Анна", "phone": "+79161234567"})).await;
    owner.posts("/orders/look", []).await;
    let confirm = [("act", "confirm")];
    let mut order = None;
    for _ in 0..300 {
        for href in owner.opens("/orders").await.attributes("tbody th a", "href") {
            let acts = format!("{href}/acts");
            if owner.opens(&acts).await.text().contains("Подтвердить") {
                order = Some(acts);
            }
        }
        if order.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    deeds.of(panel, owner, "/orders/board/acknowledgement", &[]).await;
    deeds.of(panel, owner, &order.expect("the look brought it"), &confirm).await;
    table.t.panel.close().await;
}

async fn at_work(deeds: &mut Deeds) {
    let panel = Panel::open_with_till().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/staff").await.answers(200);
    synced(&panel, &owner).await;
    let olga = [("name", "Ольга"), ("role", "waiter"), ("phone", "+79160000009")];
    deeds.of(&panel, &owner, "/staff", &olga).await;
    staffed(&owner).await;
    let first = async |sql| {
        let mut c = panel.db.read().await.unwrap();
        one!(&mut c, (Uuid,), sql, venue).unwrap().0.to_string()
    };
    let olga = first("SELECT id FROM employees WHERE venue_id = $1 AND phone = '+79160000009'").await;
    let version = owner.opens(&format!("/staff/{olga}")).await.field("version").unwrap();
    let fields = [("name", "Ольга Б."), ("role", "waiter"), ("phone", "+79160000009"), ("version", &version)];
    deeds.of(&panel, &owner, &format!("/staff/{olga}"), &fields).await;
    let table = first("SELECT id FROM tables WHERE venue_id = $1 ORDER BY number, id LIMIT 1").await;
    let given = [("waiter", olga.as_str()), ("was", "")];
    deeds.of(&panel, &owner, &format!("/seating/tables/{table}/waiter"), &given).await;

    let facts = requisites("7");
    let mut facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = deeds.of(&panel, &owner, "/contracts", &facts).await.goes_to().unwrap();
    let version = owner.opens(&format!("{path}/edit")).await.field("version").unwrap();
    facts.push(("version", &version));
    for fact in facts.iter_mut().filter(|(name, _)| *name == "entity") {
        fact.1 = "ООО «Рябина-2»";
    }
    deeds.of(&panel, &owner, &path, &facts).await;
    let scan = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n".to_vec();
    deeds.of_files(&panel, &owner, &format!("{path}/file"), &[scan]).await;
    deeds.of(&panel, &owner, &format!("{path}/signing"), &[("signed_on", "2026-01-15")]).await;
    let dish = first("SELECT id FROM products WHERE venue_id = $1 ORDER BY id LIMIT 1").await;
    let given = [("act", "assign"), ("product", dish.as_str())];
    deeds.of(&panel, &owner, &format!("{path}/products"), &given).await;
    let was = first("SELECT id FROM contracts WHERE venue_id = $1 AND is_primary").await;
    deeds.of(&panel, &owner, &format!("{path}/primacy"), &[("was", &was)]).await;
    panel.close().await;
}
