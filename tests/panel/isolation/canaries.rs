//! T2: everything that can be asked for, asked by the people of one venue with ids of the other. The other's words are marked
//! in every column: one of them in an answer is found, wherever it comes from. Then every form, with ids of the other in its
//! address and in its fields: not one row of the other's has changed.
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;

use actix_web::web::{Data, Path};
use actix_web::{App, HttpServer, web};
use maitre::db::conn::Db;
use maitre::{all, one};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use sqlx::{AssertSqlSafe, SqlSafeStr};
use uuid::Uuid;

use crate::fuzzed::{Forms, gather, is_form};
use crate::isolation::twins::{MARK, PHONES, Twins, digest};
use crate::isolation::{columns, tenant_tables};
use crate::support::map::{Route, routes};
use crate::support::person::Person;
use crate::support::screen::Screen;

/// Ids that stand for the names in the routes; up to three of each.
async fn ids(db: &Db, venue: Uuid) -> BTreeMap<String, Vec<String>> {
    let mut ids = BTreeMap::from([("venue".to_owned(), vec![venue.to_string()])]);
    for (name, word) in
        [("size", "small"), ("fingerprint", "x"), ("name", "panel.css"), ("token", "x"), ("hook", "x")]
    {
        ids.insert(name.to_owned(), vec![word.to_owned()]);
    }
    let with_ids: BTreeSet<String> =
        columns(db).await.into_iter().filter(|one| one.name == "id").map(|one| one.table).collect();
    let tables = tenant_tables(db).await;
    for route in routes() {
        for name in route.path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let name = name.trim_end_matches('}');
            if ids.contains_key(name) {
                continue;
            }
            let (column, table) = match name {
                "category" => ("id", "categories".to_owned()),
                "run" => ("id", "sync_runs".to_owned()),
                "key" => ("id", "api_tokens".to_owned()),
                "event" => ("id", "webhook_events".to_owned()),
                "payment" => ("id", "payment_intents".to_owned()),
                "difference" => ("id", "bill_differences".to_owned()),
                "id" => ("id", "invitations".to_owned()),
                "user" => ("user_id", "members".to_owned()),
                name => ("id", format!("{name}s")),
            };
            let known = tables.contains(&table) && (column == "user_id" || with_ids.contains(&table));
            assert!(known, "whose id is {{{name}}} of {}? The crawl has to know", route.path);
            let sql = format!("SELECT {column} FROM {table} WHERE venue_id = $1 ORDER BY {column} LIMIT 3");
            let text = AssertSqlSafe(sql.as_str()).into_sql_str();
            let rows = all!(&mut db.read().await.unwrap(), (Uuid,), text, venue).unwrap();
            ids.insert(name.to_owned(), rows.into_iter().map(|(id,)| id.to_string()).collect());
        }
    }
    ids
}

/// What was found of the other venue, and where.
#[derive(Default)]
struct Crawl {
    asked: usize,
    statuses: BTreeMap<u16, usize>,
    foreign: Vec<String>,
    /// `table-column` of every mark that was seen.
    marks: BTreeSet<String>,
}

impl Crawl {
    async fn asks(&mut self, request: RequestBuilder, what: &str) -> Screen {
        let screen = Screen::of(request.send().await.unwrap()).await;
        self.asked += 1;
        *self.statuses.entry(screen.status).or_default() += 1;
        assert!(screen.status < 500, "{what}: {}", screen.html);
        let headers: String = screen
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        let all = format!("{headers}\n{}", screen.html);
        for (at, _) in all.match_indices(MARK) {
            let mark = |one: &char| one.is_ascii_alphanumeric() || "-_.".contains(*one);
            self.marks.insert(all[at..].chars().take_while(mark).collect());
        }
        let phone = PHONES.iter().find(|phone| all.contains(*phone));
        self.marks.extend(phone.map(|_| "phone".to_owned()));
        if let Some(found) = [MARK].into_iter().chain(phone.copied()).find(|word| all.contains(word)) {
            let at = all.find(found).unwrap();
            let near: String = all[at..].chars().take(60).collect();
            self.foreign.push(format!("{what} ({}): {near}", screen.status));
        }
        screen
    }

    async fn gets(&mut self, person: &Person, path: &str, part: bool) -> Screen {
        let request = person.request(Method::GET, &format!("/{path}"));
        let request = if part { request.header("hx-request", "true") } else { request };
        self.asks(request, &format!("GET {path} by {}", person.email)).await
    }
}

/// A path's shape: ids and numbers left out.
fn shape(path: &str) -> String {
    let parts = path
        .split(['/', '?', '&', '=', '-'])
        .map(|part| if part.chars().any(|one| one.is_ascii_digit()) { "#" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Every address of the first venue: the routes, and what its pages lead to; and the forms on them.
async fn addresses(twins: &Twins) -> (BTreeSet<String>, Forms) {
    let ids = ids(&twins.panel.db, twins.a).await;
    let mut all = BTreeSet::new();
    for route in routes().iter().filter(|route| route.method == "GET") {
        for which in 0..3 {
            all.insert(route.filled(|name| match ids[name].as_slice() {
                [] => Uuid::nil().to_string(),
                of => of[which % of.len()].clone(),
            }));
        }
    }
    let posts: Vec<Route> = routes().into_iter().filter(is_form).collect();
    let (mut crawl, mut forms, mut shapes) = (Crawl::default(), Forms::new(), BTreeMap::new());
    for path in all.clone() {
        let screen = crawl.gets(&twins.owner, &path, false).await;
        if !screen.header("content-type").starts_with("text/html") {
            continue;
        }
        gather(&mut forms, &posts, &screen.html);
        let links = ["href", "hx-get"].iter().flat_map(|name| screen.attributes(&format!("[{name}]"), name));
        for link in links.collect::<Vec<_>>() {
            let link = if link.starts_with('?') {
                format!("{}{link}", path.split('?').next().unwrap())
            } else {
                link
            };
            let seen = shapes.entry(shape(&link)).or_insert(0);
            if link.starts_with("/v/") && *seen < 2 {
                *seen += 1;
                all.insert(link);
            }
        }
    }
    assert!(crawl.foreign.is_empty(), "its own pages: {:#?}", crawl.foreign);
    assert!(crawl.statuses[&200] > 60, "{:?}", crawl.statuses);
    (all, forms)
}

/// Whose ids: of the venue in the address, of everything else.
const MIXES: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];

#[actix_web::test]
async fn no_word_of_another_venue_and_no_deed_in_it() {
    let twins = Twins::open().await;
    let (paths, forms) = addresses(&twins).await;
    let before = digest(&twins.panel.db, twins.b).await;
    let mut crawl = Crawl::default();
    let (stranger, nobody) = (twins.panel.stranger().await, twins.panel.nobody().await);
    for path in &paths {
        for (venue, others) in MIXES {
            let path = twins.exchanged(path, venue, others);
            crawl.gets(&twins.owner, &path, false).await;
            crawl.gets(&twins.owner, &path, true).await;
            for person in [&twins.manager, &twins.viewer, &stranger, &nobody] {
                crawl.gets(person, &path, false).await;
            }
        }
    }
    by_programs(&twins, &mut crawl).await;
    by_forms(&twins, &mut crawl, &forms).await;
    assert!(crawl.foreign.is_empty(), "{:#?}", crawl.foreign);
    let after = digest(&twins.panel.db, twins.b).await;
    let changed: Vec<_> =
        before.iter().zip(&after).filter(|(was, is)| was != is).map(|(was, _)| &was.0).collect();
    assert!(changed.is_empty(), "rows of the other venue changed in {changed:?}");
    println!("{} asked over {} addresses, by status {:?}", crawl.asked, paths.len(), crawl.statuses);
    its_own_people_see_the_marks(&twins, &paths).await;
    twins.panel.close().await;
}

/// The first control: the marks are where they would be seen. The second venue's own people come upon nearly every column.
async fn its_own_people_see_the_marks(twins: &Twins, paths: &BTreeSet<String>) {
    let mut own = Crawl::default();
    let mut boss = twins.panel.owner_of(twins.b).await;
    boss.venue = Some(twins.b);
    for path in paths {
        own.gets(&boss, &twins.exchanged(path, true, true), false).await;
    }
    println!("{} marks are seen by their own people: {:?}", own.marks.len(), own.marks);
    assert!(own.marks.len() > 50, "{:?}", own.marks);
    assert!(own.marks.contains("phone"));
}

/// With the first venue's key, for what is the second's.
async fn by_programs(twins: &Twins, crawl: &mut Crawl) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ids = ids(&twins.panel.db, twins.a).await;
    let order: Uuid = ids["order"][0].parse().unwrap();
    let asked = |method: Method, path: &str| {
        client.request(method, format!("{}/{path}", twins.panel.url)).bearer_auth(&twins.key)
    };
    for route in routes().iter().filter(|route| route.method == "GET" && route.path.starts_with("/api/")) {
        let path = route.filled(|name| ids[name][0].clone());
        let path = path.trim_start_matches('/');
        for (_, others) in MIXES {
            let path = twins.exchanged(path, true, others);
            crawl.asks(asked(Method::GET, &path), &format!("API {path}")).await;
        }
    }
    let order = crate::isolation::twins::twin(order);
    let product = twins.exchanged(&ids["product"][0], true, true);
    let payment = json!({ "order": order, "amount": 100, "payment_id": "psp-of-ours" });
    let placed = json!({ "external_number": "of-ours", "kind": "pickup", "name": "Анна", "phone": "8 916 123-45-67",
                         "items": [{ "product": product, "amount": 1 }], "sum": 100 });
    for (path, body) in [("api/v1/payments", payment), ("api/v1/orders", placed)] {
        let answer = crawl.asks(asked(Method::POST, path).json(&body), &format!("API POST {path}")).await;
        assert!((400..500).contains(&answer.status), "{path} took what is not ours: {}", answer.html);
    }
}

/// Every form of the first venue's pages, filled as they offer it, with the other's ids in the address, the fields, or both.
async fn by_forms(twins: &Twins, crawl: &mut Crawl, forms: &Forms) {
    let ids = ids(&twins.panel.db, twins.a).await;
    let mut sent = 0;
    for route in routes().iter().filter(|route| is_form(route) && route.path.starts_with("/v/")) {
        let own = route.filled(|name| ids[name].first().cloned().unwrap_or(Uuid::nil().to_string()));
        for (venue, others) in MIXES {
            let path = twins.exchanged(&own, venue, others);
            let mut fields = vec![("token".to_owned(), twins.owner.token())];
            for (name, offered) in forms.get(route).into_iter().flatten() {
                let value = offered.iter().find(|value| !value.is_empty()).cloned().unwrap_or_default();
                fields.push((name.clone(), twins.exchanged(&value, true, true)));
            }
            let request = twins.owner.request(Method::POST, &format!("/{path}"));
            let request = request.header("sec-fetch-site", "same-origin").form(&fields);
            crawl.asks(request, &format!("POST {path} {fields:?}")).await;
            sent += 1;
        }
    }
    assert!(sent > 150, "{sent} forms");
}

/// A page that forgot whose dish it shows, as a known leak of another panel was.
async fn forgetful(path: Path<(Uuid, Uuid)>, db: Data<Db>) -> String {
    let mut c = db.read().await.unwrap();
    let sql = "SELECT coalesce((SELECT name FROM products WHERE id = $1), 'nothing')";
    one!(&mut c, (String,), sql, path.1).unwrap().0
}

/// The second control: the same crawl finds such a page; on Postgres row security had held it, too.
#[actix_web::test]
async fn a_page_that_forgets_its_venue_is_found() {
    let twins = Twins::open().await;
    let dish = ids(&twins.panel.db, twins.a).await["product"][0].clone();
    let path = twins.exchanged(&format!("/v/{}/menu/products/{dish}", twins.a), false, true);
    for (db, leaks) in [
        (twins.panel.db.system(), true),
        (twins.panel.db.of(twins.a), !twins.panel.db.is_postgres()),
        (twins.panel.db.nowhere(), !twins.panel.db.is_postgres()),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}{path}", listener.local_addr().unwrap());
        let server = HttpServer::new(move || {
            let route = "/v/{venue}/menu/products/{product}";
            App::new().app_data(Data::new(db.clone())).route(route, web::get().to(forgetful))
        });
        let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        let mut crawl = Crawl::default();
        crawl
            .asks(reqwest::Client::builder().no_proxy().build().unwrap().get(url), "the forgetful page")
            .await;
        assert_eq!(!crawl.foreign.is_empty(), leaks, "{:?}", crawl.foreign);
        handle.stop(false).await;
    }
    twins.panel.close().await;
}
