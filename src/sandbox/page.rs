//! The till's own page at `/`: what it remembers, its levers, the last calls. Plain forms, no script.
use actix_web::http::header;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::cloud;
use super::garble::Garble;
use super::office::{Hall, Payment};
use super::page_parts::{Account, Branch, Goods, Line, Ordered, Tongue, done};
use super::serve::Sandbox;
use super::till_page::TillPart;
use super::world::{APP_ID, CLIENT_SECRET, Person};

const STYLE: &str = include_str!("../../static/sandbox.css");
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#9a5b13"/><path d="M7 20c0 4 4 6 9 6s9-2 9-6zM11 16l3-9m4 9 3-9" stroke="#fff" stroke-width="2.5" fill="none" stroke-linecap="round"/></svg>"##;
/// Nothing but our style, our icon, and forms to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Products shown at once.
pub const SHOWN: usize = 40;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    pub lang: String,
    /// searched in names and codes
    pub q: String,
    /// the lever that was pulled, and whether it moved
    #[serde(skip_serializing_if = "String::is_empty")]
    pub did: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub failed: String,
}

#[derive(Template)]
#[template(path = "sandbox/page.html")]
struct Page {
    t: Tongue,
    url: String,
    q: String,
    /// carried through every form, to come back to the same list
    back: String,
    notice: Option<(bool, &'static str)>,
    app_id: &'static str,
    client_secret: &'static str,
    accounts: Vec<Account>,
    tokens: usize,
    branches: Vec<Branch>,
    halls: Vec<Hall>,
    reserves_off: bool,
    payments: Vec<Payment>,
    staff: Vec<Person>,
    orders: TillPart,
    revision: i64,
    revised: String,
    exported: bool,
    dishes: usize,
    modifiers: usize,
    goods: Vec<Goods>,
    found: usize,
    gone: Vec<Goods>,
    gone_more: usize,
    folders: Vec<(String, String)>,
    pranks: Vec<Ordered>,
    paths: Vec<&'static str>,
    lines: Vec<Line>,
    heard: u64,
}

impl Asked {
    /// The page's address after a lever.
    pub fn after(self, lever: &str, moved: bool) -> String {
        let (did, failed) =
            if moved { (lever.to_owned(), String::new()) } else { (String::new(), lever.to_owned()) };
        format!("/?{}", Asked { did, failed, ..self }.query())
    }

    fn query(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}

pub async fn index(sandbox: Data<Sandbox>, asked: Query<Asked>) -> HttpResponse {
    match draw(&sandbox, asked.into_inner()).render() {
        Ok(html) => guarded(HttpResponse::Ok()).content_type("text/html; charset=utf-8").body(html),
        Err(cause) => {
            tracing::error!(%cause, "the sandbox page could not be drawn");
            guarded(HttpResponse::InternalServerError()).finish()
        }
    }
}

pub async fn style() -> HttpResponse {
    guarded(HttpResponse::Ok()).content_type("text/css; charset=utf-8").body(STYLE)
}

pub async fn icon() -> HttpResponse {
    guarded(HttpResponse::Ok()).content_type("image/svg+xml").body(ICON)
}

fn guarded(mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
    answer
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

/// Whether the lever moved, in a sentence.
fn notice(asked: &Asked, t: Tongue) -> Option<(bool, &'static str)> {
    if asked.did.is_empty() {
        let failed =
            || (false, t.say("Не получилось: проверьте поля.", "It did not work: check the fields."));
        return (!asked.failed.is_empty()).then(failed);
    }
    Some((true, done(&asked.did, t)))
}

fn draw(sandbox: &Sandbox, asked: Asked) -> Page {
    let t = Tongue::of(&asked.lang);
    let back = Asked { lang: t.code().into(), q: asked.q.clone(), ..Asked::default() }.query();
    let pranks = sandbox.mischief().pranks.iter().map(|prank| Ordered::of(prank, t)).collect();
    let (lines, heard) = {
        let tape = sandbox.tape();
        (tape.calls().rev().take(50).map(Line::of).collect(), tape.heard)
    };
    let mut world = sandbox.world();
    let (accounts, tokens) = (Account::all(&world), world.keys.alive_tokens().count());
    let branches = Branch::all(&world);
    let (halls, payments) = (Hall::all(&mut world), Payment::all(&mut world));
    let orders = TillPart::of(&mut world, t);
    let (reserves_off, staff) = (world.first().reserves_off, world.first().staff.clone());
    let menu = world.menu();
    let found: Vec<_> = menu.products.iter().filter(|product| Goods::meets(product, &asked.q)).collect();
    let modifiers = menu.products.iter().filter(|product| product.is_modifier()).count();
    let folders = menu.groups.iter().filter(|group| group.head.is_group_modifier != Some(true));
    Page {
        t,
        url: sandbox.url(),
        q: asked.q.clone(),
        back,
        notice: notice(&asked, t),
        app_id: APP_ID,
        client_secret: CLIENT_SECRET,
        accounts,
        tokens,
        branches,
        halls,
        reserves_off,
        payments,
        staff,
        orders,
        revision: menu.revision,
        revised: super::clock::written(menu.revision).chars().take(19).collect(),
        exported: menu.exported,
        dishes: menu.products.len() - modifiers,
        modifiers,
        goods: found.iter().take(SHOWN).map(|product| Goods::of(menu, product)).collect(),
        found: found.len(),
        gone: menu.gone.iter().rev().take(SHOWN).map(|product| Goods::of(menu, product)).collect(),
        gone_more: menu.gone.len().saturating_sub(SHOWN),
        folders: folders
            .filter_map(|group| Some((group.head.id.clone()?, group.name().to_owned())))
            .collect(),
        pranks,
        paths: cloud::paths(),
        lines,
        heard,
    }
}
