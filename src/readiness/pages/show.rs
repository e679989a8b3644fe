//! The findings of the last look: a row each, with what to do and where; what the till's version can do.
use askama::Template;

use crate::integrations::iiko_cloud::version::{CAPABILITIES, Version};
use crate::integrations::trouble::Trouble;
use crate::lang::Lang;
use crate::readiness::finding::{self, Finding, Look, Verdict};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

struct Row {
    probe: String,
    tone: Tone,
    icon: &'static str,
    title: String,
    said: String,
    /// What to do, and the page to do it on; empty: nothing.
    todo: String,
    href: String,
    owner: String,
    trouble: Option<Trouble>,
}

#[derive(Template)]
#[template(path = "readiness/index.html")]
struct ReadinessPage {
    shell: Shell,
    base: String,
    may_manage: bool,
    checked: Option<(When, String)>,
    good: usize,
    all: usize,
    rows: Vec<Row>,
    /// To send to the integrator; empty: nothing of theirs.
    letter: String,
    /// The till's version, and each capability with the version it begins at and whether it is there.
    version: String,
    capabilities: Vec<(String, String, bool)>,
}

/// `GET /v/{venue}/readiness`.
pub async fn show(at: At<View>) -> Reply {
    let look = finding::last(&mut at.db.read().await?, at.venue.id).await?;
    let lang = at.lang();
    let findings = look.as_ref().map(|look| look.findings.0.as_slice()).unwrap_or_default();
    let rows: Vec<Row> = findings.iter().map(|finding| row(&at, finding)).collect();
    let version = findings.iter().find(|one| one.probe == "version").map(|one| one.note.clone());
    let version = version.unwrap_or_default();
    let here = Version::parse(&version);
    let capabilities = CAPABILITIES.iter().map(|(from, word)| {
        (lang.word(&format!("can-{word}")), from.to_string(), here.is_some_and(|here| here >= *from))
    });
    reply::page(&ReadinessPage {
        shell: at.shell(Room::Readiness).titled(say!(lang, "readiness-title")),
        base: at.venue.path("/readiness"),
        may_manage: at.may(Permission::Manage),
        checked: look.as_ref().map(|look: &Look| (at.when(look.checked_at), look.checked_by_name.clone())),
        good: findings.iter().filter(|one| one.verdict == Verdict::Good).count(),
        all: findings.len(),
        letter: letter(&at.venue.name, &rows, lang),
        capabilities: capabilities.collect(),
        rows,
        version,
    })
}

fn row(at: &At<View>, finding: &Finding) -> Row {
    let lang = at.lang();
    let (probe, word) = (finding.probe.as_str(), finding.verdict.word());
    let (tone, icon) = match finding.verdict {
        Verdict::Good => (Tone::Good, "check"),
        Verdict::Bad => (Tone::Trouble, "alert"),
        Verdict::Partly => (Tone::Wait, "clock"),
        Verdict::Unknown => (Tone::Neutral, "help"),
    };
    let key = format!("ready-{probe}-{word}");
    let said =
        if lang.has(&key) { lang.word_about(&key, &finding.note) } else { say!(lang, "ready-unknown") };
    let todo = format!("ready-{probe}-todo");
    let is_open = matches!(finding.verdict, Verdict::Bad | Verdict::Partly) && finding.fault.is_none();
    let trouble = finding
        .fault
        .as_ref()
        .map(|told| Trouble::of(lang, &told.code, &told.said, told.correlation_id.as_deref()));
    Row {
        tone,
        icon,
        title: lang.word(&format!("ready-{probe}")),
        said: if finding.fault.is_some() { String::new() } else { said },
        todo: match (is_open, finding.flaws.is_empty()) {
            (true, true) => lang.word_about(&todo, &finding.note),
            (true, false) => todo_of_payment_type(finding, lang),
            _ => String::new(),
        },
        href: at.venue.path(place(probe)),
        owner: if is_open { owner(probe, lang) } else { String::new() },
        probe: probe.to_owned(),
        trouble,
    }
}

/// What to do about each flaw of the payment type, and where.
fn todo_of_payment_type(finding: &Finding, lang: Lang) -> String {
    let each = finding.flaws.iter().map(|flaw| match flaw.as_str() {
        "missing" => say!(lang, "pay-missing-todo", code = finding.note.as_str()),
        flaw => lang.word(&format!("pay-{flaw}-todo")),
    });
    let each = each.collect::<Vec<_>>().join(" ");
    format!("{} {each}", say!(lang, "ready-payment_type-todo"))
}

/// The page where it is mended, or seen closer.
fn place(probe: &str) -> &'static str {
    match probe {
        "payment_type" | "payments_right" => "/payment-methods",
        "tables" | "seating_right" => "/seating",
        "staff" | "staff_right" => "/staff",
        "contract" => "/contracts",
        "menu_right" => "/menu",
        _ => "/settings/integrations/iiko",
    }
}

fn owner(probe: &str, lang: Lang) -> String {
    match probe {
        "version" | "payment_type" | "seating_right" => say!(lang, "owner-integrator"),
        _ => say!(lang, "owner-you"),
    }
}

/// What the integrator is to mend, as one text.
fn letter(venue: &str, rows: &[Row], lang: Lang) -> String {
    let theirs = say!(lang, "owner-integrator");
    let mut lines = Vec::new();
    for row in rows {
        if let Some(trouble) = &row.trouble {
            lines.push(format!("— {}. {}", trouble.what, trouble.todo));
        } else if row.owner == theirs {
            lines.push(format!("— {} {}", row.said, row.todo));
        }
    }
    if lines.is_empty() {
        String::new()
    } else {
        format!("{}\n{}", say!(lang, "ready-letter", venue = venue), lines.join("\n"))
    }
}
