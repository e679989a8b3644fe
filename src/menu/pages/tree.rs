//! «Меню»: the tree, or what was searched for. A small menu is drawn whole; a large one draws its sections' products when
//! they are opened: nobody reads five thousand lines, and a phone should not load them.
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::lang::Lang;
use crate::menu::pages::dish::Dish;
use crate::menu::section::Section;
use crate::menu::stop_list::{self, StopList};
use crate::menu::tree::{self, Item, Outline, Search, Show};
use crate::part;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;

/// Up to so many products the whole tree is drawn at once.
const WHOLE: i64 = 400;
const FOUND: i64 = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    /// The section to draw with its products where sections are drawn when opened.
    open: Option<Uuid>,
    #[serde(default)]
    after: String,
    after_id: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "menu/index.html")]
struct MenuPage {
    shell: Shell,
    base: String,
    sync: String,
    settings: String,
    may_edit: bool,
    may_sync: bool,
    iiko_is_on: bool,
    /// The stop list could not be read: of when it is, or that it never was.
    stops_old: Option<String>,
    lead: String,
    q: String,
    show: &'static str,
    shows: Vec<(&'static str, String)>,
    sections: Vec<SectionPart>,
    found: Option<Found>,
    numbers: Vec<(String, String, String)>,
    places: Vec<(String, String)>,
    filter: String,
    is_empty: bool,
}

struct Found {
    dishes: Vec<Dish>,
    more: Option<String>,
    said: String,
}

/// A section of the tree, with its products or a link that brings them.
#[derive(Template)]
#[template(path = "menu/_section.html")]
struct SectionPart {
    lang: Lang,
    id: String,
    name: String,
    base: String,
    token: String,
    count: i64,
    hidden: bool,
    waiting: bool,
    open: bool,
    may_edit: bool,
    generation: i64,
    body: Option<SectionBody>,
}

/// What lies in a section: asked for alone when it is opened.
#[derive(Template)]
#[template(path = "menu/_section_body.html")]
struct SectionBody {
    lang: Lang,
    direct: Vec<Dish>,
    categories: Vec<CategoryPart>,
}
part!(SectionPart, SectionBody);

struct CategoryPart {
    id: String,
    name: String,
    count: i64,
    dishes: Vec<Dish>,
}

/// `GET /v/{venue}/menu?q=борщ&show=no_photo`.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let mut snapshot = at.db.snapshot().await?;
    let outline = tree::outline(&mut snapshot, at.venue.id).await?;
    let show = Show::of_word(&asked.show);
    let q: String = asked.q.trim().chars().take(100).collect();
    let (mut sections, mut found) = (Vec::new(), None);
    if show == Show::All && q.is_empty() {
        let whole = outline.here() <= WHOLE;
        let items = match (whole, asked.open) {
            (true, _) => tree::items(&mut snapshot, at.venue.id, None).await?,
            (false, Some(open)) => tree::items(&mut snapshot, at.venue.id, Some(open)).await?,
            (false, None) => Vec::new(),
        };
        sections = parts(&at, &outline, items, (whole, asked.open));
    } else {
        let after = asked.after_id.map(|id| (asked.after.clone(), id));
        let search = Search { text: &q, show, after, limit: FOUND + 1 };
        found = Some(found_page(
            &at,
            &outline,
            tree::search(&mut snapshot, at.venue.id, &search).await?,
            (&q, show),
        ));
    }
    let stops = stop_list::of_venue(&mut snapshot, at.venue.id).await?;
    drop(snapshot);
    let page = page(&at, &outline, (q, show), sections);
    reply::page(&MenuPage { found, stops_old: stops_old(&at, &stops), ..page })
}

fn page(at: &At<View>, outline: &Outline, (q, show): (String, Show), sections: Vec<SectionPart>) -> MenuPage {
    let lang = at.lang();
    let base = at.venue.path("/menu");
    let counted = |n: i64| say!(lang, "menu-products", n = n);
    MenuPage {
        shell: at.shell(Room::Menu).titled(say!(lang, "nav-menu")),
        sync: at.venue.path("/sync"),
        settings: at.venue.path("/settings/integrations/iiko"),
        may_edit: at.may(Permission::Content),
        may_sync: at.may(Permission::Manage),
        iiko_is_on: at.venue.iiko_is_on(),
        lead: say!(lang, "menu-lead", products = counted(outline.here()), n = outline.sections.len()),
        show: show.word(),
        shows: Show::ALL
            .into_iter()
            .map(|show| (show.word(), lang.word(&format!("menu-show-{}", show.word()))))
            .collect(),
        numbers: numbers(at, outline),
        places: if at.may(Permission::Content) { outline.places() } else { Vec::new() },
        filter: filter(&q, show),
        is_empty: outline.counts.is_empty() && outline.sections.is_empty(),
        found: None,
        stops_old: None,
        sections,
        base,
        q,
    }
}

/// «Стоп-лист на 12:40: …» where it could not be read.
fn stops_old(at: &At<View>, stops: &StopList) -> Option<String> {
    let lang = at.lang();
    let code = stops.fault.as_deref().filter(|_| at.venue.iiko_is_on())?;
    let why = lang.word(&format!("iiko-fault-{}", code.split(':').next().unwrap_or_default()));
    Some(match stops.read_at {
        Some(read) => say!(lang, "menu-stops-old", when = at.when(read).said, why = why),
        None => say!(lang, "menu-stops-never", why = why),
    })
}

fn filter(q: &str, show: Show) -> String {
    serde_urlencoded::to_string([("q", q), ("show", show.word())]).unwrap_or_default()
}

fn parts(
    at: &At<View>,
    outline: &Outline,
    items: Vec<Item>,
    (whole, open): (bool, Option<Uuid>),
) -> Vec<SectionPart> {
    // what is new waits on top; then the venue's order
    let (waiting, settled): (Vec<&Section>, Vec<&Section>) =
        outline.sections.iter().partition(|s| s.origin == "sync_day");
    let mut items = items;
    waiting
        .into_iter()
        .rev()
        .chain(settled)
        .map(|section| {
            let (mine, rest): (Vec<Item>, Vec<Item>) =
                std::mem::take(&mut items).into_iter().partition(|item| item.section_id == section.id);
            items = rest;
            let drawn = whole || open == Some(section.id);
            let count = outline.count(section.id, None);
            SectionPart {
                lang: at.lang(),
                id: section.id.to_string(),
                name: section.name.clone(),
                base: at.venue.path("/menu"),
                token: at.visitor.token.clone(),
                count,
                hidden: section.hidden_at.is_some(),
                waiting: section.origin == "sync_day" && count > 0,
                open: open == Some(section.id) || (whole && section.hidden_at.is_none()),
                may_edit: at.may(Permission::Content),
                generation: outline.generation,
                body: drawn.then(|| body(at, outline, section.id, mine)),
            }
        })
        .collect()
}

fn body(at: &At<View>, outline: &Outline, section: Uuid, items: Vec<Item>) -> SectionBody {
    let mut categories: Vec<CategoryPart> = Vec::new();
    let mut direct = Vec::new();
    let mine: Vec<_> = outline.categories.iter().filter(|category| category.section_id == section).collect();
    for category in &mine {
        let count = outline.count(section, Some(Some(category.id)));
        categories.push(CategoryPart {
            id: category.id.to_string(),
            name: category.name.clone(),
            count,
            dishes: Vec::new(),
        });
    }
    for item in items {
        let at_category = item.category_id.and_then(|id| mine.iter().position(|category| category.id == id));
        let dish = Dish::of(item, at);
        match at_category.and_then(|index| categories.get_mut(index)) {
            Some(category) => category.dishes.push(dish),
            None => direct.push(dish),
        }
    }
    SectionBody { lang: at.lang(), direct, categories }
}

/// `?generation=7`: the one the rest of the page shows.
#[derive(Deserialize)]
pub struct Beside {
    generation: Option<i64>,
}

/// `GET /v/{venue}/menu/sections/{section}/products`: a section's products alone; asked for by hand, the menu with the
/// section open. When a sync came between, the whole page is drawn anew: half of one menu and half of another is none.
pub async fn section_products(at: At<View>, path: Path<(Uuid, Uuid)>, beside: Query<Beside>) -> Reply {
    let id = path.1;
    let mut snapshot = at.db.snapshot().await?;
    crate::menu::section::get(&mut snapshot, at.venue.id, id).await?;
    if !at.visitor.wants_part {
        return Ok(reply::see(&at.venue.path(&format!("/menu?open={id}#s-{id}"))));
    }
    let outline = tree::outline(&mut snapshot, at.venue.id).await?;
    if beside.generation.is_some_and(|generation| generation != outline.generation) {
        return Ok(HttpResponse::NoContent().insert_header(("HX-Refresh", "true")).finish());
    }
    let items = tree::items(&mut snapshot, at.venue.id, Some(id)).await?;
    drop(snapshot);
    reply::page(&body(&at, &outline, id, items))
}

fn found_page(at: &At<View>, outline: &Outline, mut items: Vec<Item>, (q, show): (&str, Show)) -> Found {
    let more = items.len() as i64 > FOUND;
    items.truncate(FOUND as usize);
    let last = items.last().filter(|_| more).map(|item| (item.name.to_lowercase(), item.id.to_string()));
    let more = last.and_then(|(after, id)| {
        let asked = [("q", q), ("show", show.word()), ("after", &after), ("after_id", &id)];
        Some(format!("{}?{}", at.venue.path("/menu"), serde_urlencoded::to_string(asked).ok()?))
    });
    let n = items.len();
    let said = if more.is_some() {
        say!(at.lang(), "menu-found-more", n = n)
    } else {
        say!(at.lang(), "menu-found", n = n)
    };
    Found { dishes: items.into_iter().map(|item| Dish::found(item, at, outline)).collect(), more, said }
}

/// «Меню гостя»: label, number, link.
fn numbers(at: &At<View>, outline: &Outline) -> Vec<(String, String, String)> {
    let lang = at.lang();
    let of = |origin: &str| {
        outline.sections.iter().filter(|s| s.origin == origin).map(|s| outline.count(s.id, None)).sum::<i64>()
    };
    let hidden: i64 =
        outline.sections.iter().filter(|s| s.hidden_at.is_some()).map(|s| outline.count(s.id, None)).sum();
    let bare: i64 = outline.counts.iter().map(|count| count.bare).sum();
    let stopped: i64 = outline.counts.iter().map(|count| count.stopped).sum();
    let vanished: i64 = outline.counts.iter().map(|count| count.vanished).sum();
    // own products are not offered while iiko is on; those in hidden sections are counted there
    let is_hidden = |id| outline.sections.iter().any(|s| s.id == id && s.hidden_at.is_some());
    let own = outline.counts.iter().filter(|count| at.venue.iiko_is_on() && !is_hidden(count.section_id));
    let own: i64 = own.map(|count| count.own).sum();
    let link = |show: Show| at.venue.path(&format!("/menu?show={}", show.word()));
    let row = |key: &str, n: i64, show: Show| (lang.word(key), n.to_string(), link(show));
    let seen = (outline.here() - hidden - own).max(0);
    vec![
        (say!(lang, "menu-number-visible"), seen.to_string(), String::new()),
        row("menu-number-stopped", stopped, Show::Stopped),
        row("menu-number-bare", bare, Show::NoPhoto),
        row("menu-number-waiting", of("sync_day"), Show::Waiting),
        row("menu-number-hidden", hidden, Show::Hidden),
        row("menu-number-vanished", vanished, Show::Vanished),
    ]
}
