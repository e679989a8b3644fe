//! «Журнал обмена»: what was said to iiko and what it answered, newest first.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::integrations::exchange::{self, Exchange, Page};
use crate::integrations::trouble::Trouble;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Manage, Permission};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

const ROWS: i64 = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<Uuid>,
    #[serde(default)]
    show: String,
}

struct Row {
    call: Exchange,
    when: When,
    /// What the fault means; none when it went well.
    meaning: Option<String>,
}

#[derive(Template)]
#[template(path = "integrations/journal.html")]
struct JournalPage {
    shell: Shell,
    base: String,
    rows: Vec<Row>,
    only_trouble: bool,
    /// Words of iiko and ours to it; guests' phones and addresses stand in them.
    may_see_words: bool,
    older: Option<String>,
    first: bool,
}

/// `GET /v/{venue}/settings/integrations/iiko/journal?show=trouble&before=…`.
pub async fn show(at: At<Manage>, asked: Query<Asked>) -> Reply {
    let asked = asked.into_inner();
    let only_trouble = asked.show == "trouble";
    let page = Page { before: asked.before, trouble: only_trouble, limit: ROWS + 1 };
    let mut calls = exchange::newest(&mut at.db.read().await?, at.venue.id, &page).await?;
    let more = calls.len() as i64 > ROWS;
    calls.truncate(ROWS as usize);
    let lang = at.lang();
    let base = at.venue.path("/settings/integrations/iiko");
    let last = calls.last().map(|call| call.id).filter(|_| more);
    let filter = if only_trouble { "show=trouble&" } else { "" };
    let rows = calls
        .into_iter()
        .map(|call| Row {
            when: at.when(call.at),
            meaning: call.fault.as_deref().map(|code| Trouble::of(lang, code, "", None).what),
            call,
        })
        .collect();
    let shell = at
        .shell(Room::Settings)
        .under(say!(lang, "nav-settings"), at.venue.path("/settings"))
        .under("iiko & iiko Cloud", base.clone())
        .titled(say!(lang, "journal-title"));
    let older = last.map(|id| format!("{base}/journal?{filter}before={id}"));
    reply::page(&JournalPage {
        shell,
        base,
        rows,
        only_trouble,
        may_see_words: at.may(Permission::Guests),
        older,
        first: asked.before.is_none(),
    })
}
