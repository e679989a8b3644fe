//! One run: its progress while it runs, then what changed and why.
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::Result;
use crate::integrations::trouble::Trouble;
use crate::lang::Lang;
use crate::part;
use crate::say;
use crate::sync::change::Kind;
use crate::sync::gate::Held;
use crate::sync::history;
use crate::sync::pages::rows::Row;
use crate::sync::run::{self, Missed, Run, Scope};
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::{When, lasted};

const ROWS: i64 = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    after: i64,
}

/// The state in a word and a tone.
pub struct Badge {
    pub tone: Tone,
    pub said: String,
}

impl Badge {
    pub fn of(state: &str, lang: Lang) -> Badge {
        let tone = match state {
            "applied" | "unchanged" => Tone::Good,
            "queued" | "running" | "held" => Tone::Wait,
            "failed" => Tone::Trouble,
            _ => Tone::Neutral,
        };
        Badge { tone, said: lang.word(&format!("sync-state-{state}")) }
    }
}

/// A tab of one kind of rows.
struct Tab {
    label: String,
    count: i64,
    href: String,
    here: bool,
}

/// The part that refreshes itself while the run lives.
#[derive(Template)]
#[template(path = "sync/_progress.html")]
struct Progress {
    lang: Lang,
    path: String,
    token: String,
    may_manage: bool,
    run: Run,
    phases: Vec<Phase>,
    lasted: String,
}
part!(Progress);

struct Phase {
    label: String,
    tone: Tone,
    icon: &'static str,
    here: bool,
    count: String,
}

#[derive(Template)]
#[template(path = "sync/show.html")]
struct RunPage {
    shell: Shell,
    path: String,
    may_manage: bool,
    run: Run,
    badge: Badge,
    asked: When,
    lasted: String,
    progress: Option<Progress>,
    trouble: Option<Trouble>,
    scope: String,
    missed: Vec<(String, Trouble)>,
    held: Vec<String>,
    held_title: String,
    numbers: Vec<(String, i64, String)>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    more: Option<String>,
    first: bool,
}

/// `GET /v/{venue}/sync/{run}?kind=changed&after=50`. htmx asks for the progress alone.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>, asked: Query<Asked>) -> Reply {
    let run = run::get(&mut at.db.read().await?, at.venue.id, path.1).await?;
    if at.visitor.wants_part {
        if !run.is_live() {
            // it is over: the page shows what came of it
            return Ok(actix_web::HttpResponse::Ok().insert_header(("hx-refresh", "true")).finish());
        }
        return reply::page(&progress(&at, run));
    }
    reply::page(&page(&at, run, &asked).await?)
}

async fn page(at: &At<View>, run: Run, asked: &Asked) -> Result<RunPage> {
    let lang = at.lang();
    let path = at.venue.path(&format!("/sync/{}", run.id));
    let (tabs, kind) = tabs(at, &run, &path, asked).await?;
    let mut kept = Vec::new();
    if let Some(kind) = kind {
        let mut c = at.db.read().await?;
        kept = history::of_kind(&mut c, (at.venue.id, run.id), kind.word(), (asked.after, ROWS + 1)).await?;
    }
    let more = (kept.len() as i64 > ROWS).then(|| kept.get(ROWS as usize - 1).map_or(0, |row| row.seq));
    kept.truncate(ROWS as usize);
    let word = kind.map_or("", Kind::word);
    let until = run.finished_at.unwrap_or(at.now);
    let number = say!(lang, "sync-number", n = run.number.to_string());
    let shell = at.shell(Room::Sync).under(say!(lang, "nav-sync"), at.venue.path("/sync")).titled(number);
    Ok(RunPage {
        shell,
        may_manage: at.may(Permission::Manage),
        badge: Badge::of(&run.state, lang),
        asked: at.when(run.asked_at),
        lasted: run.started_at.map(|from| lasted(from, until, lang)).unwrap_or_default(),
        progress: run.is_live().then(|| progress(at, run.clone())),
        trouble: run.fault.as_deref().map(|code| {
            Trouble::of(lang, code, run.fault_said.as_deref().unwrap_or(""), run.fault_correlation.as_deref())
        }),
        scope: match run.scope() {
            Scope::All => String::new(),
            Scope::Only(part) => lang.word(&format!("part-{}", part.word())),
        },
        missed: run.missed.iter().map(|missed| said_missed(missed, lang)).collect(),
        held: run.held.iter().map(|held| said_held(*held, lang)).collect(),
        held_title: if run.held.iter().any(|held| held.is_much()) {
            say!(lang, "held-title")
        } else {
            say!(lang, "held-title-look")
        },
        numbers: numbers(&run, lang),
        tabs,
        rows: kept.into_iter().map(|change| Row::of(change, &at.venue, lang)).collect(),
        more: more.map(|seq| format!("{path}?kind={word}&after={seq}#rows")),
        first: asked.after == 0,
        run,
        path,
    })
}

/// A tab for each kind that has rows; the asked one is open, else the first.
async fn tabs(at: &At<View>, run: &Run, path: &str, asked: &Asked) -> Result<(Vec<Tab>, Option<Kind>)> {
    if run.is_live() {
        return Ok((Vec::new(), None));
    }
    let counts = history::counts(&mut at.db.read().await?, at.venue.id, run.id).await?;
    let count = |kind: Kind| counts.iter().find(|(word, _)| word == kind.word()).map_or(0, |(_, n)| *n);
    let there: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| count(*kind) > 0).collect();
    let open = Kind::of_word(&asked.kind).filter(|kind| there.contains(kind)).or(there.first().copied());
    let tab = |kind: &Kind| Tab {
        label: at.lang().word(&format!("sync-kind-{}", kind.word())),
        count: count(*kind),
        href: format!("{path}?kind={}#rows", kind.word()),
        here: Some(*kind) == open,
    };
    Ok((there.iter().map(tab).collect(), open))
}

/// What the tally says, the biggest meaning first.
fn numbers(run: &Run, lang: Lang) -> Vec<(String, i64, String)> {
    if run.plan_digest.is_none() {
        return Vec::new();
    }
    let t = &run.tally;
    let row = |key: &str, n: i64| {
        (lang.word(&format!("sync-tally-{key}")), n, lang.word(&format!("sync-tally-{key}-sub")))
    };
    let beside = [
        row("seating", t.seating),
        row("payments", t.payments),
        row("staff", t.staff),
        row("dictionaries", t.dictionaries),
    ];
    let beside = beside.into_iter().filter(|(_, n, _)| *n > 0);
    if !t.has_products() {
        return beside.collect();
    }
    let mut rows = vec![
        row("added", t.added),
        row("changed", t.changed),
        row("moved", t.moved),
        row("vanished", t.vanished),
        row("skipped", t.skipped),
        row("unchanged", t.unchanged),
    ];
    if t.returned > 0 {
        rows.insert(3, row("returned", t.returned));
    }
    if t.options > 0 {
        rows.push(row("options", t.options));
    }
    rows.extend(beside);
    rows
}

/// «Посадочные места не обновились», and iiko's failure under it.
fn said_missed(missed: &Missed, lang: Lang) -> (String, Trouble) {
    let trouble = Trouble::of(lang, &missed.code, &missed.said, missed.correlation_id.as_deref());
    (lang.word(&format!("sync-missed-{}", missed.part)), trouble)
}

fn said_held(held: Held, lang: Lang) -> String {
    match held {
        Held::Empty { of } => say!(lang, "held-empty", of = of),
        Held::ManyVanished { n, of } => say!(lang, "held-many-vanished", n = n, of = of),
        Held::ManyRepriced { n, of } => say!(lang, "held-many-repriced", n = n, of = of),
        Held::TablesVanished { n, of } => say!(lang, "held-tables-vanished", n = n, of = of),
        Held::RevisionBack { was, now } => {
            say!(lang, "held-revision-back", was = was.to_string(), now = now.to_string())
        }
        Held::ChangedMeanwhile => say!(lang, "held-changed-meanwhile"),
    }
}

fn progress(at: &At<View>, run: Run) -> Progress {
    let lang = at.lang();
    let order = ["waiting", "fetch", "plan", "apply"];
    let here = order.iter().position(|phase| *phase == run.phase).unwrap_or(0);
    let phases = (1..).zip(order.iter().skip(1)).map(|(i, phase)| {
        let (tone, icon) = match i.cmp(&here) {
            std::cmp::Ordering::Less => (Tone::Good, "check"),
            std::cmp::Ordering::Equal => (Tone::Wait, "clock"),
            std::cmp::Ordering::Greater => (Tone::Neutral, "circle"),
        };
        let count = if i == here { counted(phase, &run, lang) } else { String::new() };
        Phase { label: lang.word(&format!("sync-phase-{phase}")), tone, icon, here: i == here, count }
    });
    Progress {
        lang,
        path: at.venue.path(&format!("/sync/{}", run.id)),
        token: at.visitor.token.clone(),
        may_manage: at.may(Permission::Manage),
        phases: phases.collect(),
        lasted: lasted(run.asked_at, at.now, lang),
        run,
    }
}

/// «1,8 МБ», «342 товара», «60 изменений».
fn counted(phase: &str, run: &Run, lang: Lang) -> String {
    let kb = run.done / 1024;
    match phase {
        "fetch" if kb > 0 => say!(lang, "sync-count-kb", n = kb),
        "plan" => say!(lang, "sync-count-products", n = run.total),
        "apply" => say!(lang, "sync-count-changes", n = run.total),
        _ => String::new(),
    }
}
