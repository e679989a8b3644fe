//! T10: every answer leaves dressed, whatever it is.
use maitre::exec;
use maitre::venues::member::Role;
use reqwest::Method;
use uuid::Uuid;

use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;

const ALWAYS: [(&str, &str); 8] = [
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
    ("strict-transport-security", "max-age="),
    ("x-frame-options", "DENY"),
];

/// What an answer lacks.
fn lacks(screen: &Screen, what: &str) -> Vec<String> {
    let mut all: Vec<String> = ALWAYS
        .iter()
        .filter(|(name, value)| !screen.header(name).starts_with(value))
        .map(|(name, _)| format!("{what} ({}): {name}", screen.status))
        .collect();
    let policy = screen.header("content-security-policy");
    if policy.contains("unsafe") || policy.contains('*') {
        all.push(format!("{what}: {policy}"));
    }
    let kept = screen.header("cache-control");
    if kept.is_empty() || (!kept.contains("immutable") && kept != "no-store") {
        all.push(format!("{what}: cache-control «{kept}»"));
    }
    all
}

async fn answer(person: &Person, method: Method, path: &str) -> Screen {
    let request = person.request(method, &format!("/{path}")).header("sec-fetch-site", "same-origin");
    person.go(request).await
}

#[actix_web::test]
async fn every_route_answers_with_every_header_to_everybody() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let people = [
        panel.owner_of(venue).await,
        panel.person(Role::Viewer, venue).await,
        panel.stranger().await,
        panel.nobody().await,
    ];
    let (mut missing, mut seen) = (Vec::new(), 0);
    for route in routes() {
        let path = route.filled(|name| match name {
            "venue" => venue.to_string(),
            _ => Uuid::now_v7().to_string(),
        });
        for person in &people {
            for method in [Method::GET, Method::POST, Method::HEAD] {
                let what = format!("{method} {path}");
                let screen = answer(person, method.clone(), &path).await;
                assert!(screen.status < 500, "{what}: {}", screen.status);
                missing.extend(lacks(&screen, &what));
                seen += 1;
            }
            missing.extend(lacks(&person.asks_part(&format!("/{path}")).await, &format!("part {path}")));
        }
    }
    assert!(seen > 600, "{seen}");
    assert_eq!(missing, Vec::<String>::new());
    panel.close().await;
}

#[actix_web::test]
async fn errors_files_and_what_nobody_foresaw_are_dressed_too() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.owner_of(venue).await;
    let login = anna.opens("//login").await;
    let style = login.attributes("link[rel=stylesheet]", "href").remove(0);
    let file = answer(&anna, Method::GET, &style).await;
    assert!(file.answers(200).header("cache-control").contains("immutable"));
    assert!(file.headers.get("set-cookie").is_none(), "a file sets no cookie");
    let mut missing = lacks(&file, "a file");
    for path in
        ["/no/such/page", "/static/x/none.css", "/v/not-a-uuid/menu", "/%00", "/a/../b", "/venues?x=%ff"]
    {
        missing.extend(lacks(&answer(&anna, Method::GET, path).await, path));
    }
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::from_bytes(b"BREW").unwrap()] {
        missing.extend(lacks(&answer(&anna, method.clone(), "/venues").await, method.as_str()));
    }
    let huge = anna.request(Method::POST, "//profile").body("x".repeat(70_000));
    let huge = anna.go(huge.header("content-type", "application/x-www-form-urlencoded")).await;
    missing.extend(lacks(huge.answers(413), "a body too large"));
    let elsewhere = anna.request(Method::POST, "//profile").header("sec-fetch-site", "cross-site");
    missing.extend(lacks(anna.go(elsewhere).await.answers(403), "a form of somebody else's"));
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "ALTER TABLE sections RENAME TO gone").unwrap();
    tx.commit().await.unwrap();
    let broken = anna.opens("/menu").await;
    missing.extend(lacks(broken.answers(500), "our own failure"));
    assert!(!broken.html.contains("sections"), "the cause is for the log");
    assert_eq!(missing, Vec::<String>::new());
    panel.close().await;
}

/// Behind TLS every cookie is bound to the host, sent only over TLS and out of reach of scripts.
#[actix_web::test]
async fn cookies_are_for_this_host_over_tls_alone() {
    let panel = Panel::open_secure().await;
    let nobody = panel.nobody().await;
    let mut tx = panel.db.begin().await.unwrap();
    let hash = maitre::accounts::password::hash("верная-лошадь-7".to_owned()).await.unwrap();
    let new = maitre::accounts::user::NewUser {
        email: "anna@example.com",
        name: "Анна",
        password_hash: &hash,
        staff: None,
        lang: maitre::lang::Lang::Ru,
    };
    maitre::accounts::user::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let fields = [("email", "anna@example.com"), ("password", "верная-лошадь-7")];
    let inside = nobody.posts("/login", fields).await;
    inside.answers(303);
    let first = panel.nobody().await.opens("/login").await;
    nobody.opens("//profile").await.answers(200);
    let said = nobody.posts("//profile", [("name", "Анна"), ("lang", "ru"), ("theme", "auto")]).await;
    assert_eq!(said.headers.get_all("set-cookie").iter().count(), 2, "{}", said.text());
    let set: Vec<String> = [&inside, &first, &said]
        .iter()
        .flat_map(|screen| screen.headers.get_all("set-cookie"))
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    for name in ["__Host-sid=", "__Host-seed="] {
        assert!(set.iter().any(|cookie| cookie.starts_with(name)), "{name}: {set:?}");
    }
    for cookie in &set {
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{part} is not in {cookie}");
        }
        assert!(!cookie.contains("Domain="), "{cookie}");
    }
    panel.close().await;
}
