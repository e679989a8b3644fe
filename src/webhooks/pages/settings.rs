//! iikoWeb's form «Настройка веб-хуков», asked of iiko each time: whose address it is, what differs from what we wrote, and
//! whether anything comes.
use std::collections::BTreeSet;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use chrono::TimeDelta;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::integrations::connection;
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::webhooks::{self as wire, GROUPS, Group};
use crate::integrations::link::Link;
use crate::integrations::trouble::Trouble;
use crate::lang::Lang;
use crate::say;
use crate::secret::Seal;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Keys;
use crate::venues::tick;
use crate::web::form::Problems;
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings as Web;
use crate::web::shell::{Shell, Tone};
use crate::web::way;
use crate::web::when::When;
use crate::webhooks::hook::{self, Hook};
use crate::webhooks::inbox;

/// How far back what came is counted.
const DAY: TimeDelta = TimeDelta::hours(24);
/// Changes that only a look found, with no event for as long, that make silence a trouble.
const SILENT_AFTER: i64 = 3;

/// Whose the address in iiko is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Nobodys,
    Ours,
    /// Our address, but a secret we do not know.
    OursUnknown,
    /// Somebody else is told: its host.
    Anothers(String),
}

impl Whose {
    pub fn of(there: &wire::Settings, hook: Option<&Hook>, address: Option<&str>) -> Whose {
        use secrecy::ExposeSecret;
        let token = there.token.as_ref().map(|token| token.expose_secret()).unwrap_or_default();
        match (there.uri.as_str(), hook) {
            ("", _) => Whose::Nobodys,
            (uri, Some(hook)) if Some(uri) == address => {
                if hook.is_token(token) {
                    Whose::Ours
                } else {
                    Whose::OursUnknown
                }
            }
            (uri, _) => {
                let host = uri.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(uri);
                Whose::Anothers(host.chars().take(100).collect())
            }
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Whose::Nobodys => "nobodys",
            Whose::Ours => "ours",
            Whose::OursUnknown => "unknown",
            Whose::Anothers(_) => "anothers",
        }
    }
}

/// How this panel is reached: the address iiko is told.
#[derive(Clone, Copy)]
pub struct Reached<'a> {
    pub req: &'a HttpRequest,
    pub web: &'a Web,
}

impl Reached<'_> {
    pub fn address(self, public_id: Uuid) -> String {
        way::link(self.req, self.web, &hook::path(public_id))
    }
}

/// The venue's line to iiko and its organization; [`Error::Conflict`] when they are not chosen yet.
pub async fn line(at: &At<Keys>, seal: &Seal, gate: &Gate) -> Result<(Link, Uuid)> {
    let mut c = at.db.read().await?;
    let connection = connection::of_venue(&mut c, at.venue.id).await?;
    let organization =
        connection.and_then(|one| one.organization_id).ok_or(Error::Conflict("iiko-no-key"))?;
    Ok((Link::open(&mut c, seal, gate, at.venue.id).await?.for_page(), organization))
}

struct Tick {
    word: String,
    said: String,
    on: bool,
}

struct List {
    said: String,
    ticks: Vec<Tick>,
}

struct Part {
    said: String,
    lists: Vec<List>,
}

#[derive(Template)]
#[template(path = "webhooks/settings.html")]
pub struct SettingsPage {
    shell: Shell,
    /// …/settings/integrations/iiko
    base: String,
    tied: bool,
    trouble: Option<Trouble>,
    problem: Option<String>,
    tone: Tone,
    state: String,
    todo: String,
    anothers: bool,
    may_rotate: bool,
    address: String,
    login: String,
    set: Option<When>,
    set_by: String,
    /// Ticks that are otherwise in iiko than we wrote them.
    drift: Vec<String>,
    parts: Vec<Part>,
    last: Option<When>,
    told: i64,
    found: i64,
    silent: bool,
}

/// `GET /v/{venue}/settings/integrations/iiko/webhooks`.
pub async fn show(
    at: At<Keys>,
    req: HttpRequest,
    web: Data<Web>,
    seal: Data<Seal>,
    gate: Data<Gate>,
) -> Reply {
    let reached = Reached { req: &req, web: &web };
    reply::page(&drawn(&at, reached, (&seal, &gate), None).await?)
}

/// The page again with what is wrong, 422; `asked` is what was ticked.
pub async fn again(
    at: &At<Keys>,
    reached: Reached<'_>,
    (seal, gate): (&Seal, &Gate),
    wrong: (Problems, Option<&Fault>, &BTreeSet<String>),
) -> Reply {
    let mut page = drawn(at, reached, (seal, gate), Some(wrong.2)).await?;
    page.problem = wrong.0.at("replace");
    page.trouble = wrong.1.map(|fault| Trouble::of_fault(at.lang(), fault)).or(page.trouble);
    reply::again(&page)
}

async fn drawn(
    at: &At<Keys>,
    reached: Reached<'_>,
    (seal, gate): (&Seal, &Gate),
    asked: Option<&BTreeSet<String>>,
) -> Result<SettingsPage> {
    let lang = at.lang();
    let mut page = empty(at);
    let (link, organization) = match line(at, seal, gate).await {
        Err(Error::Conflict(_)) => return Ok(page),
        line => line?,
    };
    page.tied = true;
    let there = link.till.webhook_settings(organization).await;
    let mut tx = at.db.begin().await?;
    link.keep_calls(&mut tx).await?;
    let hook = hook::of_venue(&mut tx, at.venue.id).await?;
    tx.commit().await?;
    page.address = hook.as_ref().map(|hook| reached.address(hook.public_id)).unwrap_or_default();
    page.set = hook.as_ref().map(|hook| at.when(hook.set_at));
    page.set_by = hook.as_ref().map(|hook| hook.set_by_name.clone()).unwrap_or_default();
    let there = match there {
        Ok(there) => there,
        Err(fault) => {
            page.trouble = Some(Trouble::of_fault(lang, &fault));
            return Ok(page);
        }
    };
    let whose = Whose::of(&there, hook.as_ref(), Some(&page.address));
    let is_ours = matches!(whose, Whose::Ours | Whose::OursUnknown);
    let in_iiko = there.filter.ticks();
    if let Some(hook) = hook.as_ref().filter(|_| is_ours) {
        page.drift = hook.boxes.0.symmetric_difference(&in_iiko).map(|tick| said_tick(tick, lang)).collect();
    }
    let on = asked.cloned().unwrap_or(if is_ours { in_iiko } else { wire::advised() });
    page.parts = GROUPS.iter().map(|group| part(group, &on, lang)).collect();
    page.tone = match whose {
        Whose::Ours => Tone::Good,
        Whose::Nobodys => Tone::Wait,
        _ => Tone::Trouble,
    };
    if let Whose::Anothers(host) = &whose {
        page.state = say!(lang, "hooks-state-anothers", host = host.as_str());
    } else {
        page.state = lang.word(&format!("hooks-state-{}", whose.word()));
    }
    page.todo = lang.word(&format!("hooks-todo-{}", whose.word()));
    page.anothers = matches!(whose, Whose::Anothers(_));
    page.may_rotate = is_ours;
    page.login = there.login;
    counted(&mut page, at, is_ours).await?;
    Ok(page)
}

/// What came, and what did not.
async fn counted(page: &mut SettingsPage, at: &At<Keys>, is_ours: bool) -> Result<()> {
    let mut c = at.db.read().await?;
    let last = inbox::last(&mut c, at.venue.id).await?;
    (page.told, page.found) = inbox::told_and_found(&mut c, at.venue.id, at.now - DAY).await?;
    if let Some(last) = last.filter(|last| *last > at.now - DAY) {
        page.silent = inbox::told_and_found(&mut c, at.venue.id, last).await?.1 >= SILENT_AFTER;
    } else {
        page.silent = page.found >= SILENT_AFTER;
    }
    page.silent &= is_ours;
    page.last = last.map(|last| at.when(last));
    Ok(())
}

fn empty(at: &At<Keys>) -> SettingsPage {
    let lang = at.lang();
    let base = at.venue.path("/settings/integrations/iiko");
    SettingsPage {
        shell: at
            .shell(Room::Settings)
            .under(say!(lang, "nav-settings"), at.venue.path("/settings"))
            .under("iiko & iiko Cloud", base.clone())
            .titled(say!(lang, "hooks-title")),
        base,
        tied: false,
        trouble: None,
        problem: None,
        tone: Tone::Neutral,
        state: String::new(),
        todo: String::new(),
        anothers: false,
        may_rotate: false,
        address: String::new(),
        login: String::new(),
        set: None,
        set_by: String::new(),
        drift: Vec::new(),
        parts: Vec::new(),
        last: None,
        told: 0,
        found: 0,
        silent: false,
    }
}

fn part(group: &Group, on: &BTreeSet<String>, lang: Lang) -> Part {
    let list = |list: &str, words: &[&str]| List {
        said: lang.word(&format!("hooks-list-{list}")),
        ticks: words
            .iter()
            .map(|word| {
                let tick = wire::tick(group, list, word);
                let said = lang.word(&format!("hooks-{list}-{word}"));
                Tick { said, on: on.contains(&tick), word: tick }
            })
            .collect(),
    };
    let lists = [list("status", group.statuses), list("item", group.items), list("flag", group.flags)];
    Part {
        said: lang.word(&format!("hooks-group-{}", group.word)),
        lists: lists.into_iter().filter(|list| !list.ticks.is_empty()).collect(),
    }
}

/// «Доставка: Отправлен».
fn said_tick(tick: &str, lang: Lang) -> String {
    match tick::said(tick, lang) {
        Some((group, said)) => format!("{group}: {said}"),
        None => tick.to_owned(),
    }
}
