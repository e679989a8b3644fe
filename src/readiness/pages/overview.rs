//! «Обзор»: the venue on one page, a line a room: how it stands, and what waits for a person.
use askama::Template;

use crate::contracts::{assignment, contract};
use crate::db::conn::Conn;
use crate::error::Result;
use crate::payments::method;
use crate::payments::verdict::judge;
use crate::posting::queue;
use crate::readiness::finding::{self, Verdict};
use crate::say;
use crate::seating::{hall, table};
use crate::staff::employee;
use crate::sync::run;
use crate::venues::guard::{At, Room};
use crate::venues::permission::View;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// A room's line.
struct Line {
    title: String,
    href: String,
    tone: Tone,
    said: String,
}

#[derive(Template)]
#[template(path = "readiness/overview.html")]
struct OverviewPage {
    shell: Shell,
    /// How many lines wait for a person.
    waiting: usize,
    lines: Vec<Line>,
}

/// `GET /v/{venue}/overview`.
pub async fn show(at: At<View>) -> Reply {
    let mut c = at.db.snapshot().await?;
    let lines = vec![
        readiness(&at, &mut c).await?,
        outbox(&at, &mut c).await?,
        menu(&at, &mut c).await?,
        seating(&at, &mut c).await?,
        staff(&at, &mut c).await?,
        payments(&at, &mut c).await?,
        contracts(&at, &mut c).await?,
    ];
    drop(c);
    reply::page(&OverviewPage {
        shell: at.shell(Room::Overview).titled(say!(at.lang(), "nav-overview")),
        waiting: lines.iter().filter(|line| matches!(line.tone, Tone::Trouble | Tone::Wait)).count(),
        lines,
    })
}

fn line(at: &At<View>, title: String, under: &str, (tone, said): (Tone, String)) -> Line {
    Line { title, href: at.venue.path(under), tone, said }
}

async fn readiness(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let told = match finding::last(c, at.venue.id).await? {
        None => (Tone::Neutral, say!(lang, "ready-never")),
        Some(look) => {
            let good = look.findings.iter().filter(|one| one.verdict == Verdict::Good).count();
            let all = look.findings.len();
            let tone = if good == all { Tone::Good } else { Tone::Trouble };
            let when = at.when(look.checked_at).said;
            (
                tone,
                format!(
                    "{} · {} {when}",
                    say!(lang, "ready-count", good = good, all = all),
                    say!(lang, "ready-checked")
                ),
            )
        }
    };
    Ok(line(at, say!(lang, "readiness-title"), "/readiness", told))
}

/// Guests' money on its way: a payment that a person should decide is trouble, one that is under way is not.
async fn outbox(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let counts = queue::counts(c, at.venue.id).await?;
    let under_way = counts.waiting + counts.unknown;
    let told = if counts.person > 0 {
        (Tone::Trouble, say!(lang, "overview-payments-person", n = counts.person))
    } else if under_way > 0 {
        (Tone::Neutral, say!(lang, "overview-payments-waiting", n = under_way))
    } else if counts.done > 0 {
        (Tone::Good, say!(lang, "overview-payments-done"))
    } else {
        (Tone::Neutral, say!(lang, "posting-none"))
    };
    Ok(line(at, say!(lang, "nav-outbox"), "/outbox", told))
}

/// The menu by the last sync that brought it: a held one waits, a failed one is trouble.
async fn menu(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let newest = run::newest(c, at.venue.id, i64::MAX, 50).await?;
    let last = newest.into_iter().find(|run| run.scope().has_menu());
    let under = last.as_ref().map_or("/menu".to_owned(), |run| format!("/sync/{}", run.id));
    let told = match last {
        None => (Tone::Neutral, say!(lang, "sync-none-yet")),
        Some(run) => {
            let tone = match run.state.as_str() {
                "applied" | "unchanged" => Tone::Good,
                "failed" => Tone::Trouble,
                "held" | "queued" | "running" => Tone::Wait,
                _ => Tone::Neutral,
            };
            let state = lang.word(&format!("sync-state-{}", run.state));
            let number = say!(lang, "sync-number", n = run.number.to_string());
            (tone, format!("{number}: {} · {}", state.to_lowercase(), at.when(run.asked_at).said))
        }
    };
    Ok(line(at, say!(lang, "overview-menu"), &under, told))
}

async fn seating(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let halls = hall::of_venue(c, at.venue.id).await?;
    let shown = |id| halls.iter().any(|hall| hall.id == id && hall.is_shown());
    let tables = table::of_venue(c, at.venue.id).await?;
    let n = tables.iter().filter(|table| table.is_shown() && shown(table.hall_id)).count();
    let told = if n == 0 {
        (Tone::Neutral, say!(lang, "ready-tables-bad"))
    } else {
        (Tone::Good, format!("{} {}", say!(lang, "overview-guests-see"), say!(lang, "seating-tables", n = n)))
    };
    Ok(line(at, say!(lang, "nav-seating"), "/seating", told))
}

async fn staff(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let all = employee::of_venue(c, at.venue.id).await?;
    let at_work = all.iter().filter(|one| one.is_active()).count();
    let dismissed = all.iter().filter(|one| one.is_active() && one.dismissed).count();
    let told = if dismissed > 0 {
        (Tone::Trouble, lang.word_about("ready-staff-partly", &dismissed.to_string()))
    } else if at_work == 0 {
        (Tone::Neutral, say!(lang, "ready-staff-bad"))
    } else {
        (Tone::Good, lang.word_about("ready-staff-good", &at_work.to_string()))
    };
    Ok(line(at, say!(lang, "nav-staff"), "/staff", told))
}

async fn payments(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let methods = method::of_venue(c, at.venue.id).await?;
    let code = method::code(c, at.venue.id).await?;
    let told = if methods.is_empty() {
        (Tone::Neutral, say!(lang, "pay-none"))
    } else if judge(&methods, &code, at.venue.terminal_group_id).is_good() {
        (Tone::Good, say!(lang, "pay-good", code = code))
    } else {
        (Tone::Trouble, say!(lang, "pay-bad", code = code))
    };
    Ok(line(at, say!(lang, "nav-payments"), "/payment-methods", told))
}

async fn contracts(at: &At<View>, c: &mut Conn) -> Result<Line> {
    let lang = at.lang();
    let all = contract::of_venue(c, at.venue.id).await?;
    let following = assignment::following_primary(c, at.venue.id).await?;
    let told = match all.iter().find(|one| one.is_primary) {
        Some(primary) => (Tone::Good, format!("{}: {}", say!(lang, "contract-primary"), primary.entity)),
        None if all.is_empty() && following == 0 => (Tone::Neutral, say!(lang, "contract-none")),
        None => (Tone::Trouble, lang.word_about("ready-contract-bad", &following.to_string())),
    };
    Ok(line(at, say!(lang, "nav-contracts"), "/contracts", told))
}
