//! T1: every route of the router × everybody × own, foreign and mixed ids. What is expected comes from the table.
use std::collections::BTreeMap;
use std::time::Instant;

use actix_web::HttpResponse;
use actix_web::web::{get, post};
use futures_util::future::join_all;
use maitre::map::Rule;
use maitre::venues::member::Role;
use maitre::venues::permission::Permission;
use maitre::web::reply::Reply;
use uuid::Uuid;

use crate::rights::stage::{Answer, Place, Principal, Stage, deeds, everybody};
use crate::support::annex::Annex;
use crate::support::map::{Route, routes};
use crate::support::panel::Panel;
use crate::support::person::Person;

/// Whose ids stand in the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ids {
    Own,
    Foreign,
    /// The own venue, things of another.
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// To the sign-in.
    Door,
    NotThere,
    NotAllowed,
    In,
}

fn expected(route: &Route, who: &Principal, ids: Ids) -> Expected {
    match (route.rule, &who.key) {
        (Rule::Open, _) => Expected::In,
        (Rule::Api(scopes), Some((_, held))) => match scopes.iter().any(|scope| held.contains(scope)) {
            true if ids == Ids::Mixed => Expected::NotThere,
            true => Expected::In,
            false if held.is_empty() => Expected::Door,
            false => Expected::NotAllowed,
        },
        (Rule::Api(_), None) => Expected::Door,
        _ if !who.signed_in => Expected::Door,
        (Rule::SignedIn, _) => Expected::In,
        // support finds every venue on its desk; to anybody else there is no desk
        (Rule::Staff, _) if matches!(who.name, "support" | "platform") => Expected::In,
        (Rule::Staff, _) => Expected::NotThere,
        (Rule::Venue(permission), _) => match who.role.filter(|_| ids != Ids::Foreign) {
            None => Expected::NotThere,
            Some(role) if !permission.is_of(role) => Expected::NotAllowed,
            Some(_) if ids == Ids::Mixed => Expected::NotThere,
            Some(_) => Expected::In,
        },
    }
}

/// What is wrong with an answer; `nothing` is what the same person is told of ids that nobody has.
fn wrong(route: &Route, expected: Expected, answer: &Answer, nothing: Option<&Answer>) -> Option<String> {
    let status = answer.status;
    let to_door = status == 401 || (status == 303 && answer.to.starts_with("/login"));
    let fits = match expected {
        _ if status >= 500 => false,
        Expected::Door => to_door,
        Expected::NotAllowed => status == 403,
        // a form that says nothing may be told so first: but never otherwise than for what is nowhere
        Expected::NotThere => {
            matches!(status, 404 | 409 | 422 | 400)
                && (route.method == "POST" || status == 404)
                && nothing.is_none_or(|nothing| (nothing.status, &nothing.body) == (status, &answer.body))
        }
        Expected::In if route.rule == Rule::Open => true,
        Expected::In if route.method == "GET" && route.path.starts_with("/v/") => {
            matches!(status, 200 | 303 | 409) || route.path.ends_with("/file")
        }
        Expected::In => !to_door && status != 403,
    };
    (!fits).then(|| format!("{} {}: {status} {}, expected {expected:?}", route.method, route.path, answer.to))
}

/// A route's path for this place: the venue of one, the things of another, or of nobody.
fn path(route: &Route, venue: Uuid, things: Option<&BTreeMap<&'static str, String>>) -> String {
    route.filled(|name| match (name, things) {
        ("venue", _) => venue.to_string(),
        ("size", _) => "small".to_owned(),
        (name, Some(things)) => things.get(name).cloned().unwrap_or("0".repeat(64)),
        (_, None) => Uuid::now_v7().to_string(),
    })
}

/// Two answers about different ids are the same when nothing else differs.
async fn asked(who: &Principal, route: &Route, path: &str) -> Answer {
    let mut answer = who.asks(route.method, path).await;
    for part in path.split('/').filter(|part| part.parse::<Uuid>().is_ok()) {
        answer.body = answer.body.replace(part, "·");
    }
    answer
}

/// Everything that must not come through, by one of them. Changes nothing if all is well.
async fn refusals(who: &Principal, stage: &Stage, all: &[Route]) -> (usize, Vec<String>) {
    let (mut calls, mut found) = (0, Vec::new());
    let (ours, theirs) = (&stage.ours, &stage.theirs);
    for route in all {
        let things = route.path.matches('{').count() - usize::from(route.path.contains("{venue}"));
        for ids in [Ids::Own, Ids::Foreign, Ids::Mixed] {
            let expected = expected(route, who, ids);
            let (venue, of) = match ids {
                Ids::Own => (ours.venue, &ours.ids),
                Ids::Foreign => (theirs.venue, &theirs.ids),
                Ids::Mixed => (ours.venue, &theirs.ids),
            };
            let means_nothing = match ids {
                Ids::Own => expected == Expected::In,
                Ids::Foreign => !route.path.starts_with("/v/"),
                Ids::Mixed => things == 0 || matches!(route.rule, Rule::Open | Rule::SignedIn),
            };
            if means_nothing {
                continue;
            }
            let answer = asked(who, route, &path(route, venue, Some(of))).await;
            let nothing = match expected {
                Expected::NotThere => {
                    let nowhere = if ids == Ids::Mixed { ours.venue } else { Uuid::now_v7() };
                    Some(asked(who, route, &path(route, nowhere, None)).await)
                }
                _ => None,
            };
            calls += 1;
            found.extend(
                wrong(route, expected, &answer, nothing.as_ref())
                    .map(|said| format!("{}, {ids:?} ids: {said}", who.name)),
            );
        }
    }
    (calls, found)
}

/// Everything that must come through: looking first, then changing.
async fn admissions(who: &Principal, stage: &Stage, all: &[Route], method: &str) -> (usize, Vec<String>) {
    // these end the session, or have a form of their own that an empty one is not
    let not_here = ["/logout", "/login", "/language", "/profile/password", "/invite/{token}"];
    let (mut calls, mut found) = (0, Vec::new());
    for route in all.iter().filter(|route| route.method == method) {
        // who must have a second factor does not take it away
        let kept = who.name == "support" || who.name == "platform";
        let kept = kept && route.path == "/profile/second-factor/removal";
        if expected(route, who, Ids::Own) != Expected::In || kept || not_here.contains(&route.path.as_str()) {
            continue;
        }
        let answer = who.asks(route.method, &path(route, stage.ours.venue, Some(&stage.ours.ids))).await;
        calls += 1;
        found.extend(wrong(route, Expected::In, &answer, None).map(|said| format!("{}: {said}", who.name)));
    }
    (calls, found)
}

#[actix_web::test]
async fn everybody_gets_in_where_the_table_says_and_nowhere_else() {
    let stage = Stage::open().await;
    let (all, people) = (routes(), everybody(&stage).await);
    let (begun, before) = (Instant::now(), deeds(&stage.panel).await);
    let refused = join_all(people.iter().map(|who| refusals(who, &stage, &all))).await;
    let after = deeds(&stage.panel).await;
    let looked = join_all(people.iter().map(|who| admissions(who, &stage, &all, "GET"))).await;
    let mut changed = Vec::new();
    for who in &people {
        changed.push(admissions(who, &stage, &all, "POST").await);
    }
    let (mut calls, mut found) = (0, Vec::new());
    for (n, said) in refused.into_iter().chain(looked).chain(changed) {
        calls += n;
        found.extend(said);
    }
    println!(
        "T1: {} routes × {} principals, {calls} calls in {:?}",
        all.len(),
        people.len(),
        begun.elapsed()
    );
    assert!(found.is_empty(), "{} unexpected:\n{}", found.len(), found.join("\n"));
    assert_eq!(before, after, "what was refused left a deed");
    assert!(calls > 2_500, "{calls} calls");
    stage.panel.close().await;
}

/// Nobody is asked who they are.
async fn leaks() -> Reply {
    Ok(HttpResponse::Ok().body("телефоны гостей"))
}

/// A person of the panel, at its annex.
async fn here(panel: &Panel, annex: &str, role: Role, venue: Uuid) -> Person {
    let mut one = panel.person(role, venue).await;
    annex.clone_into(&mut one.url);
    one
}

fn somebody(name: &'static str, person: Person, role: Option<Role>) -> Principal {
    Principal { name, person, role, signed_in: true, key: None }
}

/// The control: a route that says it is guarded and is not, is found by whoever should not come in.
#[actix_web::test]
async fn a_route_without_its_guard_is_found() {
    let panel = Panel::open().await;
    let annex = Annex::of(&panel, |rooms| {
        rooms.route("/v/{venue}/leak", get().to(leaks)).route("/v/{venue}/leak", post().to(leaks));
    });
    let (ours, theirs) = (panel.venue("Рябина").await, panel.venue("Облепиха").await);
    let viewer = somebody("viewer", here(&panel, &annex.url, Role::Viewer, ours).await, Some(Role::Viewer));
    let stranger = somebody("stranger", here(&panel, &annex.url, Role::Owner, theirs).await, None);
    let (anna, boris) = (panel.owner_of(ours).await, panel.owner_of(theirs).await);
    let ours = Place { venue: ours, owner: anna, ids: BTreeMap::new() };
    let theirs = Place { venue: theirs, owner: boris, ids: BTreeMap::new() };
    let stage = Stage { panel, ours, theirs };
    let leak = ["GET", "POST"].map(|method| Route {
        method,
        path: "/v/{venue}/leak".to_owned(),
        rule: Rule::Venue(Permission::Manage),
    });
    for who in [&viewer, &stranger] {
        let (_, found) = refusals(who, &stage, &leak).await;
        assert!(found.len() >= 3, "{} found {found:?}", who.name);
    }
    // … and a route that has its guard is not
    let kept: Vec<Route> = routes().into_iter().filter(|one| one.path.ends_with("/sync")).collect();
    assert_eq!(refusals(&viewer, &stage, &kept).await.1, Vec::<String>::new());
    annex.close().await;
    stage.panel.close().await;
}

/// The second entry of the double entry: what a room's forms ask for, by path; the longest that fits counts.
const CHANGES: &[(&str, Permission)] = &[
    ("/v/{venue}/support-access", Permission::SupportAccess),
    ("/v/{venue}/settings", Permission::Manage),
    ("/v/{venue}/settings/integrations/iiko", Permission::Keys),
    ("/v/{venue}/settings/integrations/iiko/awakening", Permission::Manage),
    ("/v/{venue}/settings/integrations/iiko/webhooks/inbox", Permission::Manage),
    ("/v/{venue}/users", Permission::Access),
    ("/v/{venue}/api-keys", Permission::Access),
    ("/v/{venue}/menu", Permission::Content),
    ("/v/{venue}/seating", Permission::Manage),
    ("/v/{venue}/staff", Permission::Staff),
    ("/v/{venue}/payment-methods", Permission::Contracts),
    ("/v/{venue}/contracts", Permission::Contracts),
    ("/v/{venue}/outbox", Permission::Queue),
    ("/v/{venue}/payments", Permission::Repost),
    ("/v/{venue}/orders", Permission::Serve),
    ("/v/{venue}/readiness", Permission::Manage),
    ("/v/{venue}/sync", Permission::Manage),
];

/// Pages that not everyone of the venue may look at.
const PAGES: &[(&str, Permission)] = &[
    ("/v/{venue}/audit", Permission::Audit),
    ("/v/{venue}/audit/export", Permission::Audit),
    ("/v/{venue}/support-access", Permission::SupportAccess),
    ("/v/{venue}/support-access/visits/{visit}", Permission::SupportAccess),
    ("/v/{venue}/users/{user}/removal", Permission::Access),
    ("/v/{venue}/settings/integrations/iiko/disconnection", Permission::Keys),
    ("/v/{venue}/settings/integrations/iiko/journal", Permission::Manage),
    ("/v/{venue}/settings/integrations/iiko/webhooks", Permission::Keys),
    ("/v/{venue}/settings/integrations/iiko/webhooks/inbox", Permission::Manage),
    ("/v/{venue}/settings/integrations/iiko/webhooks/inbox/{event}", Permission::Manage),
    ("/v/{venue}/menu/sections/{section}", Permission::Content),
    ("/v/{venue}/menu/products/new", Permission::Content),
    ("/v/{venue}/menu/products/{product}/edit", Permission::Content),
    ("/v/{venue}/seating/codes/sheet", Permission::Manage),
    ("/v/{venue}/staff/new", Permission::Staff),
    ("/v/{venue}/staff/iiko", Permission::Staff),
    ("/v/{venue}/contracts/new", Permission::Contracts),
    ("/v/{venue}/contracts/payee", Permission::Money),
    ("/v/{venue}/contracts/{contract}/edit", Permission::Contracts),
    ("/v/{venue}/contracts/{contract}/primacy", Permission::Contracts),
    ("/v/{venue}/contracts/{contract}/file", Permission::Money),
    ("/v/{venue}/api-keys", Permission::Keys),
    ("/v/{venue}/orders/export", Permission::Export),
];

#[test]
fn no_guard_was_changed_by_mistake() {
    let mut odd = Vec::new();
    for route in routes().into_iter().filter(|route| route.path.starts_with("/v/")) {
        let fits = |(under, _): &&(&str, Permission)| {
            route.path == *under || route.path.starts_with(&format!("{under}/"))
        };
        let said = if route.method == "POST" {
            let longest = CHANGES.iter().filter(fits).max_by_key(|(under, _)| under.len());
            longest.map(|(_, permission)| *permission)
        } else {
            let page = PAGES.iter().find(|(path, _)| *path == route.path);
            Some(page.map_or(Permission::View, |(_, permission)| *permission))
        };
        if said.map(Rule::Venue) != Some(route.rule) {
            odd.push(format!("{} {}: {:?}, here {said:?}", route.method, route.path, route.rule));
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// What nobody is asked at, written down once more: a door that is added here was meant to be one.
#[test]
fn open_doors_are_few() {
    let open: Vec<String> = routes()
        .into_iter()
        .filter(|route| route.rule == Rule::Open)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let known = [
        "GET /healthz",
        "GET /static/{fingerprint}/{name}",
        "GET /",
        "GET /login",
        "POST /login",
        "GET /login/code",
        "POST /login/code",
        "POST /logout",
        "POST /language",
        "GET /invite/{token}",
        "POST /invite/{token}",
        "POST /webhooks/iiko/{hook}",
        "GET /api/v1/openapi.json",
    ];
    for door in &open {
        assert!(known.contains(&door.as_str()), "{door} asks nobody");
    }
}
