//! «Доступ поддержки»: whether support may come in, and each visit: who, why, which pages, which changes. The owner ends it.
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit::{self, Seen, VISIT_REQUEST};
use crate::error::Error;
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::pages::audit_line;
use crate::venues::permission::SupportAccess;
use crate::venues::support_access::{self, Access, HOURS, Wish};
use crate::venues::visit::{self, Listed};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::{When, lasted};

/// Requests of a visit that its page shows, and changes: an hour of somebody's work fits, an hour of a page that refreshes
/// itself does not.
const MOST: i64 = 500;

const PATH: &str = "/support-access";

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<Uuid>,
}

/// A visit, in a list and at the head of its page.
struct Row {
    href: String,
    who: String,
    topic: String,
    reason: String,
    /// Why it could change things; empty: it could only look.
    change_reason: String,
    started: When,
    lasted: String,
    is_open: bool,
    /// «закончен: Марина Ковалёва», «время вышло»; empty while it is under way.
    ended: String,
    end: String,
}

#[derive(Template)]
#[template(path = "venues/support_access.html")]
struct AccessPage {
    shell: Shell,
    base: String,
    access: Access,
    until: Option<When>,
    hours: [i64; 4],
    rows: Vec<Row>,
    older: Option<String>,
    /// Something was told of visits that this owner has not marked as seen.
    is_told: bool,
}

#[derive(Template)]
#[template(path = "venues/support_visit.html")]
struct VisitPage {
    shell: Shell,
    row: Row,
    seen: Vec<Line>,
    changes: i64,
    /// «Показаны первые 500 …»; empty: all of it is shown.
    cut: Vec<String>,
}

/// A page looked at, a form sent, or a change made.
struct Line {
    when: When,
    said: String,
    path: String,
    is_sent: bool,
    is_change: bool,
    /// It was refused.
    refused: bool,
}

/// `GET /v/{venue}/support-access`.
pub async fn show(at: At<SupportAccess>, asked: Query<Asked>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let access = support_access::of_venue(&mut c, at.venue.id, at.now).await?;
    let visits = visit::of_venue(&mut c, at.venue.id, asked.before).await?;
    drop(c);
    let base = at.venue.path(PATH);
    let older =
        visits.last().filter(|_| visits.len() == 50).map(|last| format!("{base}?before={}", last.visit.id));
    reply::page(&AccessPage {
        shell: shell(&at).titled(say!(lang, "support-access-title")),
        until: if let Access::Until(until) = access { Some(at.when(until)) } else { None },
        rows: visits.into_iter().map(|one| row(&at, one)).collect(),
        is_told: at.is_told_of_visits(),
        hours: HOURS,
        access,
        older,
        base,
    })
}

fn shell(at: &At<SupportAccess>) -> Shell {
    at.shell(Room::Settings).under(say!(at.lang(), "nav-settings"), at.venue.path("/settings"))
}

fn row(at: &At<SupportAccess>, one: Listed) -> Row {
    let (lang, visit) = (at.lang(), one.visit);
    let over = visit.over_at(at.now);
    let ended = match (over, one.ended_by_name) {
        (None, _) => String::new(),
        (Some(_), Some(name)) => say!(lang, "visit-ended-by", name = name),
        (Some(_), None) => say!(lang, "visit-ran-out"),
    };
    Row {
        href: at.venue.path(&format!("{PATH}/visits/{}", visit.id)),
        end: at.venue.path(&format!("{PATH}/visits/{}/end", visit.id)),
        topic: said_topic(&visit.topic, lang),
        started: at.when(visit.started_at),
        lasted: lasted(visit.started_at, over.unwrap_or(at.now), lang),
        is_open: over.is_none(),
        who: one.supporter_name,
        change_reason: visit.change_reason.unwrap_or_default(),
        reason: visit.reason,
        ended,
    }
}

pub fn said_topic(topic: &str, lang: Lang) -> String {
    lang.word(&format!("visit-topic-{topic}"))
}

/// `GET /v/{venue}/support-access/visits/{visit}`.
pub async fn one(at: At<SupportAccess>, path: Path<(Uuid, Uuid)>) -> Reply {
    let (lang, id) = (at.lang(), path.1);
    let mut c = at.db.snapshot().await?;
    let listed = visit::listed(&mut c, at.venue.id, id).await?;
    let visited = audit::of_visit(&mut c, at.venue.id, id, MOST).await?;
    drop(c);
    let mut cut = Vec::new();
    let (most, requests, changes) = (MOST, visited.requests, visited.changes);
    if requests > most {
        cut.push(say!(lang, "visit-cut-requests", most = most, n = requests));
    }
    if changes > most {
        cut.push(say!(lang, "visit-cut-changes", most = most, n = changes));
    }
    reply::page(&VisitPage {
        shell: shell(&at).under(say!(lang, "support-access-title"), at.venue.path(PATH)).titled(say!(
            lang,
            "visit-of",
            name = listed.supporter_name.as_str()
        )),
        changes,
        row: row(&at, listed),
        seen: visited.seen.into_iter().map(|one| line(&at, one)).collect(),
        cut,
    })
}

fn line(at: &At<SupportAccess>, one: Seen) -> Line {
    let lang = at.lang();
    let text = |name: &str| one.after.as_ref().and_then(|after| after.get(name)?.as_str().map(str::to_owned));
    let path = text("path").unwrap_or_default();
    let is_page = one.deed == VISIT_REQUEST;
    Line {
        when: at.when(one.at),
        said: match is_page {
            true => said_room(&path, lang),
            false => lang.word(&audit_line::key(&one.deed)),
        },
        refused: one.result == audit::REFUSED,
        is_sent: audit_line::is_sent(&one.deed, one.after.as_ref().map(|after| &after.0)),
        is_change: !is_page && !one.deed.starts_with("visit."),
        // whose venue it is, is known here
        path: path.strip_prefix(&at.venue.path("")).map(str::to_owned).unwrap_or(path),
    }
}

/// «Меню»: the room that a path leads to.
fn said_room(path: &str, lang: Lang) -> String {
    let room = path.split(['/', '?']).filter(|step| !step.is_empty()).nth(2).unwrap_or_default();
    let key = match room {
        "overview" | "" => "nav-overview",
        "orders" => "nav-orders",
        "outbox" | "payments" => "nav-outbox",
        "menu" | "photos" => "nav-menu",
        "seating" => "nav-seating",
        "staff" => "nav-staff",
        "payment-methods" => "nav-payments",
        "contracts" => "nav-contracts",
        "readiness" => "nav-readiness",
        "sync" => "nav-sync",
        "settings" => "nav-settings",
        "users" => "access-title",
        _ => "visit-page",
    };
    lang.word(key)
}

/// `POST /v/{venue}/support-access`: `open`, `forbid` (visits under way end), or the hours.
pub async fn set(at: At<SupportAccess>, fields: Fields) -> Reply {
    let wish = Wish::of_word(&fields.text("access")).ok_or(Error::Unreadable("no such access"))?;
    let mut tx = at.db.begin().await?;
    let before = support_access::of_venue(&mut tx, at.venue.id, at.now).await?;
    let after = support_access::set(&mut tx, at.venue.id, wish, at.now).await?;
    if after == Access::Forbidden {
        for visit in visit::under_way(&mut tx, at.venue.id, at.now).await? {
            visit::end(&mut tx, &visit, Some(at.person.id), at.now).await?;
            audit::note(&mut tx, at.deed("visit.ended").object(visit.id)).await?;
        }
    }
    let side = |access: Access| match access {
        Access::Until(until) => json!({ "support_access": access.word(), "until": until }),
        _ => json!({ "support_access": access.word() }),
    };
    audit::note(&mut tx, at.deed("support_access.set").change(side(before), side(after))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(PATH), Tone::Good, &say!(at.lang(), "support-access-set")))
}

/// `POST /v/{venue}/support-access/seen`: the word about visits goes from this owner's pages.
pub async fn saw(at: At<SupportAccess>, _: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    support_access::saw(&mut tx, at.venue.id, at.person.id, at.now).await?;
    audit::note(&mut tx, at.deed("visit.acknowledged")).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(PATH)))
}

/// `POST /v/{venue}/support-access/visits/{visit}/end`.
pub async fn end(at: At<SupportAccess>, path: Path<(Uuid, Uuid)>, _: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let visit = visit::get(&mut tx, at.venue.id, path.1).await?;
    if visit::end(&mut tx, &visit, Some(at.person.id), at.now).await? {
        audit::note(&mut tx, at.deed("visit.ended").object(visit.id)).await?;
    }
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(PATH), Tone::Good, &say!(at.lang(), "visit-over")))
}
