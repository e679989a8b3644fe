//! T16: support comes into a venue's panel under its own name, with a reason and a fresh code; it looks, and changes only after
//! a second reason; what is closed to every visit stays closed; the owner is told, sees each page of it and can end it.
use chrono::{DateTime, TimeDelta, Utc};
use maitre::accounts::actor::Actor;
use maitre::accounts::audit::{self, Entry, VISIT_REQUEST};
use maitre::accounts::{audit_verify, session, user};
use maitre::integrations::exchange::{self, Exchange};
use maitre::map::Rule;
use maitre::venues::permission::Visit;
use maitre::venues::visit;
use maitre::{all, clock, exec, one};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use crate::second_factor::{armed, code_at};
use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;
use crate::support::tied::requisites;

pub const REASON: &str = "не приходят чаевые, обращение 2317";

/// A venue with its owner, and somebody of support.
struct Scene {
    panel: Panel,
    venue: Uuid,
    owner: Person,
    egor: Supporter,
}

pub struct Supporter {
    pub person: Person,
    totp: String,
}

impl Scene {
    async fn open() -> Scene {
        let panel = Panel::open().await;
        let venue = panel.venue("Рябина").await;
        let owner = panel.owner_of(venue).await;
        let egor = Supporter::of(&panel, "support").await;
        Scene { panel, venue, owner, egor }
    }
}

impl Scene {
    /// The visit under way says once more why.
    async fn may_change(&self) {
        let band = self.egor.person.opens("/menu").await;
        let changes = band.attributes(".visit a.btn", "href").remove(0);
        let why = [("reason", "починить меню, обращение 1")];
        self.egor.person.sends(&format!("/{changes}"), why).await.answers(200);
    }
}

impl Supporter {
    pub async fn of(panel: &Panel, staff: &str) -> Supporter {
        let person = panel.stranger().await;
        let mut tx = panel.db.begin().await.unwrap();
        let sql = "UPDATE users SET staff = $2, name = 'Игорь Лапин' WHERE id = $1";
        exec!(&mut tx, sql, person.id, staff).unwrap();
        tx.commit().await.unwrap();
        let (totp, _) = armed(panel, person.id).await;
        Supporter { person, totp }
    }

    /// The same person in another browser.
    async fn again(&self, panel: &Panel) -> Person {
        let mut tx = panel.db.begin().await.unwrap();
        let (known, _) = user::by_email(&mut tx, &self.person.email).await.unwrap().unwrap();
        let sid = session::open(&mut tx, &known, "Test", "127.0.0.1", clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        Person::signed_in(panel.url.clone(), known.id, known.email, sid).await
    }

    /// What the app shows now. A code works once: the next in the same half minute is taken as not yet used.
    pub async fn code(&self, panel: &Panel) -> String {
        let mut tx = panel.db.begin().await.unwrap();
        exec!(&mut tx, "UPDATE second_factors SET last_step = 0").unwrap();
        tx.commit().await.unwrap();
        code_at(&self.totp, clock::now())
    }

    /// Comes in with a reason and a code of now.
    pub async fn enters(&mut self, panel: &Panel, venue: Uuid) {
        self.person.venue = None;
        let code = self.code(panel).await;
        let fields = [("topic", "staff"), ("reason", REASON), ("code", code.as_str())];
        let inside = self.person.posts(&format!("/support/venues/{venue}/visits"), fields).await;
        inside.answers(303);
        self.person.venue = Some(venue);
        // the first page brings the form token of the new session
        self.person.opens("/overview").await.answers(200);
    }
}

#[actix_web::test]
async fn a_visit_begins_with_a_reason_and_a_code_and_the_owner_is_told() {
    let mut s = Scene::open().await;
    let desk = s.egor.person.opens("//support").await;
    desk.says("Рябина").says("Войти");
    let form = format!("/support/venues/{}/visits", s.venue);
    s.egor.person.opens(&format!("/{form}")).await.says("Владелец увидит ваше имя");
    let no = s.egor.person.posts(&form, [("topic", ""), ("reason", "надо"), ("code", "000000")]).await;
    no.answers(422).says("Выберите, о чём визит").says("Напишите причину");
    assert_eq!(no.every("textarea").join(""), "надо", "what was typed is kept");
    let wrong = [("topic", "staff"), ("reason", REASON), ("code", "000000")];
    s.egor.person.posts(&form, wrong).await.answers(422).says("Код не подошёл");
    s.owner.opens("/menu").await.does_not_say("Поддержка");

    let sid = s.egor.person.cookie("maitre-sid");
    s.egor.enters(&s.panel, s.venue).await;
    assert_ne!(s.egor.person.cookie("maitre-sid"), sid, "the browser keeps the token of before the visit");
    let page = s.egor.person.opens("/overview").await;
    page.answers(200).says("Визит поддержки").says("смотрит «Рябина»").says(REASON).says("осталось 60 мин");
    assert!(page.every("title")[0].starts_with("Визит · "), "{:?}", page.every("title"));
    s.owner.opens("/menu").await.says("Поддержка сейчас в вашей панели");
    let list = s.owner.opens("/support-access").await;
    list.says("Игорь Лапин").says("идёт сейчас").says(REASON).says("Персонал и столы");

    // each page it saw is there, with how it was answered
    s.egor.person.opens("/menu").await.answers(200);
    s.egor.person.opens("/contracts").await;
    let visit = list.attributes("a[href*='/support-access/visits/']", "href").remove(0);
    s.owner.opens(&visit).await.says("Меню").says("ничего не изменено");
    s.owner.sends("/support-access/seen", []).await.answers(200);
    s.egor.person.sends(&end_of(&page), []).await.answers(200).says("Визит закончен");
    s.owner.opens("/menu").await.does_not_say("Поддержка сейчас").does_not_say("Поддержка заходила");
    s.owner.opens("/support-access").await.says("закончен: Игорь Лапин");
    s.egor.person.venue = Some(s.venue);
    s.egor.person.opens("/menu").await.answers(409).says("Визит закончен");
    s.panel.close().await;
}

fn end_of(page: &Screen) -> String {
    format!("/{}", page.forms().into_iter().find(|path| path.ends_with("/end")).unwrap())
}

#[actix_web::test]
async fn it_looks_until_it_says_once_more_why_and_then_changes_under_its_own_name() {
    let mut s = Scene::open().await;
    s.egor.enters(&s.panel, s.venue).await;
    let refused = s.egor.person.posts("/menu/sections", [("name", "Супы")]).await;
    refused.answers(403).says("Вы смотрите, но не меняете");
    assert!(
        !s.egor.person.opens("/menu").await.buttons().iter().any(|said| said.contains("Добавить раздел"))
    );

    let band = s.egor.person.opens("/menu").await;
    let changes = band.attributes(".visit a.btn", "href").remove(0);
    s.egor.person.opens(&format!("/{changes}")).await.says("Право менять");
    s.egor
        .person
        .posts(&format!("/{changes}"), [("reason", "да")])
        .await
        .answers(422)
        .says("Напишите причину");
    let why = "владелец просил завести раздел";
    s.egor.person.sends(&format!("/{changes}"), [("reason", why)]).await.says("Теперь можно менять");
    s.egor.person.sends("/menu/sections", [("name", "Супы")]).await.answers(200).says("Супы");

    let list = s.owner.opens("/support-access").await;
    list.says(&format!("С правом менять: «{why}»"));
    let visit = list.attributes("a[href*='/support-access/visits/']", "href").remove(0);
    s.owner.opens(&visit).await.does_not_say("ничего не изменено").says("отказано");
    let mut c = s.panel.db.system().read().await.unwrap();
    let rows = all!(
        &mut c,
        (String, Option<Uuid>, Option<Uuid>, Option<Uuid>),
        "SELECT deed, actor_id, on_behalf_of, visit_id FROM audit WHERE deed = 'section.created'"
    )
    .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].1, rows[0].2), (Some(s.egor.person.id), Some(s.owner.id)), "both identities");
    assert!(rows[0].3.is_some(), "and the visit");
    drop(c);
    s.panel.close().await;
}

#[actix_web::test]
async fn the_owner_ends_it_allows_it_for_hours_or_forbids_it() {
    let mut s = Scene::open().await;
    s.egor.enters(&s.panel, s.venue).await;
    s.egor.person.opens("/menu").await.answers(200);
    let end = s.owner.opens("/support-access").await.forms();
    let end = end.into_iter().find(|path| path.ends_with("/end")).unwrap();
    s.owner.sends(&end, []).await.says("Визит закончен");
    let over = s.egor.person.opens("/menu").await;
    over.answers(409).says("Визит закончен").does_not_say("Рябина на");
    s.egor.person.posts("/menu/sections", [("name", "Супы")]).await.answers(409);

    s.egor.enters(&s.panel, s.venue).await;
    s.owner.sends("/support-access", [("access", "forbid")]).await.says("Вход поддержке закрыт");
    s.egor.person.opens("/menu").await.answers(409);
    s.egor.person.opens("//support").await.says("вход закрыт");
    let form = format!("//support/venues/{}/visits", s.venue);
    s.egor.person.opens(&form).await.answers(409).says("Владелец закрыл вход поддержке");
    s.owner.sends("/support-access", [("access", "8")]).await.says("Поддержка может войти до");
    let mut tx = s.panel.db.system().begin().await.unwrap();
    exec!(&mut tx, "UPDATE venues SET support_until = $1", clock::now() + TimeDelta::minutes(20)).unwrap();
    tx.commit().await.unwrap();
    s.egor.enters(&s.panel, s.venue).await;
    s.egor.person.opens("/menu").await.answers(200).says("осталось 20 мин");
    let mut tx = s.panel.db.system().begin().await.unwrap();
    exec!(&mut tx, "UPDATE venues SET support_until = $1", clock::now() - TimeDelta::hours(1)).unwrap();
    tx.commit().await.unwrap();
    s.egor.person.venue = None;
    s.egor.person.opens(&format!("/{}", &form[1..])).await.answers(409);
    s.panel.close().await;
}

#[actix_web::test]
async fn it_ends_by_itself_and_with_the_supporters_rights() {
    let mut s = Scene::open().await;
    for (column, back) in [("ends_at", TimeDelta::seconds(1)), ("seen_at", TimeDelta::minutes(15))] {
        s.egor.enters(&s.panel, s.venue).await;
        s.egor.person.opens("/menu").await.answers(200);
        let mut tx = s.panel.db.system().begin().await.unwrap();
        let sql = match column {
            "ends_at" => "UPDATE visits SET ends_at = $1",
            _ => "UPDATE visits SET seen_at = $1",
        };
        exec!(&mut tx, sql, clock::now() - back).unwrap();
        tx.commit().await.unwrap();
        s.egor.person.opens("/menu").await.answers(409).says("Визит закончен");
    }
    s.owner.opens("/support-access").await.says("время вышло");
    // a page that asks by itself keeps nobody awake; a person does
    s.egor.enters(&s.panel, s.venue).await;
    let ago = clock::now() - TimeDelta::minutes(14);
    let seen = async || {
        let mut c = s.panel.db.system().read().await.unwrap();
        let sql = "SELECT seen_at FROM visits WHERE ended_at IS NULL";
        one!(&mut c, (DateTime<Utc>,), sql).unwrap().0
    };
    let mut tx = s.panel.db.system().begin().await.unwrap();
    exec!(&mut tx, "UPDATE visits SET seen_at = $1 WHERE ended_at IS NULL", ago).unwrap();
    exec!(&mut tx, "UPDATE sessions SET seen_at = $1 WHERE user_id = $2", ago, s.egor.person.id).unwrap();
    tx.commit().await.unwrap();
    let poll = s.egor.person.request(Method::GET, "/orders").header("hx-request", "true");
    assert!(s.egor.person.go(poll.header("x-polls", "yes")).await.status < 300);
    assert!((seen().await - ago).num_seconds().abs() < 1);
    s.egor.person.asks_part("/orders").await;
    assert!(clock::now() - seen().await < TimeDelta::minutes(1));
    // two browsers of one person: the visit belongs to the one it began in
    s.egor.enters(&s.panel, s.venue).await;
    let mut other = s.egor.again(&s.panel).await;
    other.venue = Some(s.venue);
    other.opens("/menu").await.answers(404);
    // whoever signs out is not here any more
    visit::sweep(&s.panel.db.system(), clock::now()).await.unwrap();
    s.owner.opens("/menu").await.says("Поддержка сейчас в вашей панели");
    s.egor.person.posts("//logout", []).await;
    visit::sweep(&s.panel.db.system(), clock::now()).await.unwrap();
    s.owner.opens("/menu").await.does_not_say("Поддержка сейчас");
    s.egor.person = s.egor.again(&s.panel).await;
    s.egor.enters(&s.panel, s.venue).await;
    // suspended or no longer of support: over with the next request
    let mut tx = s.panel.db.system().begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET staff = NULL WHERE id = $1", s.egor.person.id).unwrap();
    tx.commit().await.unwrap();
    s.egor.person.opens("/menu").await.answers(404);
    s.egor.person.opens("//support").await.answers(404);
    s.owner.opens("//support").await.answers(404);
    s.panel.close().await;
}

/// Every route of a venue in both modes: what the table says «never» of is refused, every answer that is a page or a part has
/// the band, every request is in the log with both identities.
#[actix_web::test]
async fn every_never_holds_in_both_modes_on_every_route() {
    let mut s = Scene::open().await;
    let (mut asked, mut breaches, mut bandless) = (0, Vec::new(), Vec::new());
    for may_change in [false, true] {
        s.egor.enters(&s.panel, s.venue).await;
        if may_change {
            s.may_change().await;
            asked += 2;
        }
        for route in routes() {
            let Rule::Venue(permission) = route.rule else { continue };
            let path = route.filled(|name| match name {
                "venue" => s.venue.to_string(),
                _ => Uuid::now_v7().to_string(),
            });
            let is_get = route.method == Method::GET.as_str();
            let answer = match is_get {
                true => s.egor.person.go(s.egor.person.request(Method::GET, &format!("/{path}"))).await,
                false => s.egor.person.posts(&format!("/{path}"), []).await,
            };
            asked += 1;
            let closed = match permission.row().visit {
                Visit::Never => true,
                Visit::Look => !is_get && !may_change,
                Visit::Change => !may_change,
            };
            let told = format!("{} {} ({permission:?}, {})", route.method, route.path, answer.status);
            // a form with files that is none may be told so before anybody is asked who they are
            let refused = answer.status == 403 || (closed && answer.status == 400);
            if closed != refused || answer.status >= 500 {
                breaches.push(told.clone());
            }
            let is_page = is_get && answer.header("content-type").starts_with("text/html");
            let titled = answer.every("title").iter().all(|title| title.starts_with("Визит · "));
            if is_page && (answer.every(".visit").is_empty() || !titled) {
                bandless.push(told.clone());
            }
            if is_page && answer.status == 200 {
                let part = s.egor.person.asks_part(&format!("/{path}")).await;
                asked += 1;
                if part.status != 204 && part.every(".visit").is_empty() {
                    bandless.push(format!("part of {told}"));
                }
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
    assert_eq!(bandless, Vec::<String>::new());
    assert!(asked > 200, "{asked}");
    let mut c = s.panel.db.system().read().await.unwrap();
    let rows = all!(
        &mut c,
        (Uuid, Uuid, Json<Value>),
        "SELECT actor_id, on_behalf_of, after FROM audit WHERE deed = 'visit.request' AND visit_id IS NOT NULL"
    )
    .unwrap();
    println!("{asked} requests of two visits, {} in the log", rows.len());
    // «menu» and the step to changes and the page after it were asked for as well
    assert!(rows.len() >= asked, "{} of {asked}", rows.len());
    assert!(rows.iter().all(|row| (row.0, row.1) == (s.egor.person.id, s.owner.id)));
    drop(c);
    s.panel.close().await;
}

#[actix_web::test]
async fn a_recovery_code_begins_no_visit_and_an_old_proof_changes_nothing() {
    let mut s = Scene::open().await;
    let (_, codes) = armed(&s.panel, s.egor.person.id).await;
    let form = format!("/support/venues/{}/visits", s.venue);
    let fields = [("topic", "staff"), ("reason", REASON), ("code", codes[0].as_str())];
    s.egor.person.posts(&form, fields).await.answers(422).says("Код не подошёл");
    let (used,) = one!(
        &mut s.panel.db.system().read().await.unwrap(),
        (i64,),
        "SELECT count(*) FROM recovery_codes WHERE used_at IS NOT NULL"
    )
    .unwrap();
    assert_eq!(used, 0, "a code was spent for nothing");

    let (totp, _) = armed(&s.panel, s.egor.person.id).await;
    s.egor.totp = totp;
    s.egor.enters(&s.panel, s.venue).await;
    let mut tx = s.panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE sessions SET proved_at = $1", clock::now() - TimeDelta::minutes(11)).unwrap();
    tx.commit().await.unwrap();
    let band = s.egor.person.opens("/menu").await;
    let changes = format!("/{}", band.attributes(".visit a.btn", "href").remove(0));
    let asked = s.egor.person.posts(&changes, [("reason", "починить меню, обращение 1")]).await;
    asked.answers(401).says("Введите код из приложения");
    s.egor.person.posts("/menu/sections", [("name", "Супы")]).await.answers(403);
    s.panel.close().await;
}

#[actix_web::test]
async fn phones_of_guests_and_staff_are_masked_for_a_visit() {
    let mut s = Scene::open().await;
    s.owner
        .sends("/staff", [("name", "Ольга"), ("role", "waiter"), ("phone", "+79161234567")])
        .await
        .answers(200);
    s.owner.opens("/staff").await.says("+7 916 123-45-67");
    s.egor.enters(&s.panel, s.venue).await;
    let page = s.egor.person.opens("/staff").await;
    page.answers(200).says("Ольга").does_not_say("123-45-67");
    assert!(!page.html.contains("79161234567"));
    s.panel.close().await;
}

/// «Доступ поддержки» promises it to the owner; even a visit that may change things keeps it.
#[actix_web::test]
async fn what_an_owner_is_promised_stays_hidden() {
    let mut s = Scene::open().await;
    s.owner.opens("/support-access").await.says("Паролей поддержка не видит");
    let contract = requisites("7");
    let account = contract.iter().find(|(name, _)| *name == "account").unwrap().1.clone();
    let form: Vec<(&str, &str)> = contract.iter().map(|(name, value)| (*name, value.as_str())).collect();
    s.owner.opens("/contracts").await.answers(200);
    let made = s.owner.sends("/contracts", form).await;
    made.answers(200).says(&account);
    let page = s.owner.opens("/contracts").await.attributes(".table a", "href").remove(0);
    let call = Exchange {
        id: Uuid::now_v7(),
        at: clock::now(),
        path: "/api/1/order/by_table".to_owned(),
        attempt: 1,
        status: Some(200),
        took_ms: 1,
        bytes: 1,
        correlation_id: None,
        request: "{}".to_owned(),
        answer: "{\"customer\":{\"phone\":\"+79161234567\"}}".to_owned(),
        fault: None,
    };
    let mut tx = s.panel.db.of(s.venue).begin().await.unwrap();
    exchange::keep(&mut tx, s.venue, &[call]).await.unwrap();
    tx.commit().await.unwrap();
    let journal = "/settings/integrations/iiko/journal";
    s.owner.opens(journal).await.says("79161234567");

    s.egor.enters(&s.panel, s.venue).await;
    s.may_change().await;
    let seen = s.egor.person.opens(&page).await;
    assert!(!seen.answers(200).html.contains(&account));
    seen.says(&format!("••• {}", &account[16..]));
    let people = s.egor.person.opens("/users").await;
    assert!(!people.answers(200).says("владелец").html.contains(&s.owner.email));
    let calls = s.egor.person.opens(journal).await;
    assert!(!calls.answers(200).says("by_table").html.contains("79161234567"));
    // what only the owner and the managers read is not offered
    s.egor.person.opens("/settings").await.answers(200).does_not_say("Журнал действий");
    s.egor.person.opens("/audit").await.answers(403).says("журнал действий закрыты");
    s.panel.close().await;
}

/// A page that refreshes itself asks thousands of times in an hour; no change may hide behind that.
#[actix_web::test]
async fn requests_do_not_crowd_out_what_was_changed() {
    let mut s = Scene::open().await;
    s.egor.enters(&s.panel, s.venue).await;
    let sql = "SELECT id FROM visits";
    let (visit,) = one!(&mut s.panel.db.system().read().await.unwrap(), (Uuid,), sql).unwrap();
    let actor = Actor { by: s.egor.person.id, on_behalf_of: Some(s.owner.id), visit: Some(visit) };
    let mut tx = s.panel.db.of(s.venue).begin().await.unwrap();
    let entry = |deed| Entry::of(actor, s.venue, deed);
    for _ in 0..520 {
        let polled = json!({ "method": "GET", "path": "/v/1/sync/1", "route": "", "status": 200 });
        audit::note(&mut tx, entry(VISIT_REQUEST).after(polled)).await.unwrap();
    }
    let sent = json!({ "method": "POST", "path": "/v/1/menu/sections", "route": "", "status": 303 });
    audit::note(&mut tx, entry(VISIT_REQUEST).after(sent)).await.unwrap();
    audit::note(&mut tx, entry("section.created").after(json!({ "name": "Супы" }))).await.unwrap();
    tx.commit().await.unwrap();
    let page = s.owner.opens(&format!("/support-access/visits/{visit}")).await;
    page.says("Показаны первые 500 запросов из 52").says("Раздел создан").says("1 действие");
    page.does_not_say("изменений из");
    // the venue's own journal is not drowned by them either, and tells them to who asks
    let all = s.owner.opens("/audit").await;
    all.says("Раздел создан").says("Поддержка вошла").says("о чём: Персонал и столы");
    all.does_not_say("Поддержка смотрела страницу");
    for asked in ["/audit?support=yes", "/audit?kind=access"] {
        let told = s.owner.opens(asked).await;
        told.says("Поддержка отправила форму").says("Поддержка смотрела страницу").says("метод: GET");
    }
    s.panel.close().await;
}

/// As they are typed over a telephone, not as they are written on the sign.
#[actix_web::test]
async fn a_venue_is_found_by_its_name_street_or_owner_in_any_case() {
    let s = Scene::open().await;
    let named = s.owner.opens("/settings").await.field("seen").unwrap();
    let form = [
        ("name", "Рябина на Покровке"),
        ("address", "Большой Ёлочный, 3"),
        ("time_zone", "Europe/Moscow"),
        ("seen", named.as_str()),
    ];
    s.owner.sends("/settings", form).await.answers(200);
    let manager = s.panel.manager_of(s.venue).await;
    let local = |email: &str| email.split('@').next().unwrap().to_uppercase();
    let (owner, manager) = (local(&s.owner.email), local(&manager.email));
    for (asked, found) in [
        ("рябина на покровке", true),
        ("НА ПОКР", true),
        ("большой ёлочный", true),
        (owner.as_str(), true),
        (manager.as_str(), false),
        ("100%", false),
        ("_", false),
    ] {
        let query = serde_urlencoded::to_string([("q", asked)]).unwrap();
        let desk = s.egor.person.opens(&format!("//support?{query}")).await;
        assert_eq!(desk.answers(200).text().contains("Рябина на Покровке"), found, "{asked}");
    }
    s.panel.close().await;
}

#[actix_web::test]
async fn whoever_runs_the_panel_ends_a_colleagues_visit_and_the_log_stays_whole() {
    let mut s = Scene::open().await;
    s.egor.enters(&s.panel, s.venue).await;
    s.egor.person.opens("/menu").await.answers(200);
    let other = Supporter::of(&s.panel, "support").await;
    let desk = other.person.opens("//support").await;
    desk.says("Идут визиты");
    assert!(
        desk.forms().iter().all(|path| !path.ends_with("/end")),
        "a colleague's visit is not mine to end"
    );
    let chief = Supporter::of(&s.panel, "platform").await;
    let end = end_of(&chief.person.opens("//support").await);
    chief.person.sends(&end, []).await.says("Визит закончен");
    s.egor.person.opens("/menu").await.answers(409);
    let wrong = audit_verify::verify(&s.panel.db.system(), &[]).await.unwrap();
    assert!(wrong.iter().all(|chain| chain.wrong.is_none()), "{wrong:?}");
    s.panel.close().await;
}
