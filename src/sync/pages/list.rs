//! The history of syncs, newest first.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::lang::Lang;
use crate::say;
use crate::sync::pages::show::Badge;
use crate::sync::run::{self, Run, Scope};
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::{When, lasted};

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<i64>,
    size: Option<i64>,
}

struct Row {
    run: Run,
    badge: Badge,
    asked: When,
    lasted: String,
    scope: String,
    said: String,
}

#[derive(Template)]
#[template(path = "sync/list.html")]
struct ListPage {
    shell: Shell,
    base: String,
    settings: String,
    may_start: bool,
    iiko_is_on: bool,
    rows: Vec<Row>,
    older: Option<String>,
    first: bool,
}

/// `GET /v/{venue}/sync?before=40&size=25`.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let size = asked.size.filter(|size| matches!(size, 25 | 50 | 100)).unwrap_or(25);
    let before = asked.before.unwrap_or(i64::MAX);
    let mut runs = run::newest(&mut at.db.read().await?, at.venue.id, before, size + 1).await?;
    let more = runs.len() as i64 > size;
    runs.truncate(size as usize);
    let lang = at.lang();
    let base = at.venue.path("/sync");
    let last = runs.last().map(|run| run.number).filter(|_| more);
    let rows = runs.into_iter().map(|run| Row {
        badge: Badge::of(&run.state, lang),
        asked: at.when(run.asked_at),
        lasted: run
            .started_at
            .zip(run.finished_at)
            .map(|(from, to)| lasted(from, to, lang))
            .unwrap_or_default(),
        scope: said_scope(&run, lang),
        said: said(&run, lang),
        run,
    });
    reply::page(&ListPage {
        shell: at.shell(Room::Sync).titled(say!(lang, "nav-sync")),
        settings: at.venue.path("/settings/integrations/iiko"),
        iiko_is_on: at.venue.iiko_is_on(),
        may_start: at.may(Permission::Manage) && at.venue.iiko_is_on(),
        rows: rows.collect(),
        older: last.map(|number| format!("{base}?before={number}&size={size}")),
        first: asked.before.is_none(),
        base,
    })
}

/// What alone it was to bring; empty: everything.
fn said_scope(run: &Run, lang: Lang) -> String {
    match run.scope() {
        Scope::All => String::new(),
        Scope::Only(part) => lang.word(&format!("part-{}", part.word())),
    }
}

/// «новых 14, изменено 37, исчезло 2».
fn said(run: &Run, lang: Lang) -> String {
    let t = &run.tally;
    if run.plan_digest.is_none() || t.is_quiet() {
        return String::new();
    }
    let parts = [
        ("added", t.added),
        ("changed", t.changed),
        ("moved", t.moved),
        ("vanished", t.vanished),
        ("returned", t.returned),
        ("seating", t.seating),
        ("payments", t.payments),
        ("staff", t.staff),
        ("dictionaries", t.dictionaries),
    ];
    let parts = parts
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| format!("{} {n}", lang.word(&format!("sync-short-{key}"))));
    parts.collect::<Vec<_>>().join(", ")
}
