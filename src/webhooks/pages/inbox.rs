//! What came in, the newest first; one event with its text; «Применить ещё раз».
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::audit;
use crate::lang::Lang;
use crate::orders::pages::list::said_number;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Manage, Permission};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;
use crate::webhooks::inbox::{self, Row, State};

/// Events of a page.
const SIZE: i64 = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<Uuid>,
    /// `odd`: only those a person should look at.
    #[serde(default)]
    show: String,
}

struct Line {
    href: String,
    received: When,
    kind: String,
    order: Option<(String, String)>,
    tone: Tone,
    state: String,
}

#[derive(Template)]
#[template(path = "webhooks/inbox.html")]
struct InboxPage {
    shell: Shell,
    base: String,
    odd: bool,
    rows: Vec<Line>,
    older: Option<String>,
    first: bool,
}

#[derive(Template)]
#[template(path = "webhooks/event.html")]
struct EventPage {
    shell: Shell,
    line: Line,
    why: String,
    /// iiko's own words; none for who may not see guests' phones, which are in them.
    body: Option<String>,
}

/// `GET …/iiko/webhooks/inbox?show=odd&before=…`.
pub async fn list(at: At<Manage>, asked: Query<Asked>) -> Reply {
    let asked = asked.into_inner();
    let odd = asked.show == "odd";
    let mut c = at.db.read().await?;
    let mut rows = inbox::newest(&mut c, at.venue.id, (asked.before, odd), SIZE + 1).await?;
    drop(c);
    let more = rows.len() as i64 > SIZE;
    rows.truncate(SIZE as usize);
    let base = at.venue.path("/settings/integrations/iiko");
    let narrowed = if odd { "show=odd&" } else { "" };
    let last = rows.last().filter(|_| more).map(|row| row.id);
    reply::page(&InboxPage {
        shell: shell(&at).titled(say!(at.lang(), "hooks-inbox")),
        older: last.map(|id| format!("{base}/webhooks/inbox?{narrowed}before={id}")),
        rows: rows.iter().map(|row| line(&at, row, &base)).collect(),
        first: asked.before.is_none(),
        base,
        odd,
    })
}

/// `GET …/iiko/webhooks/inbox/{event}`.
pub async fn show(at: At<Manage>, path: Path<(Uuid, Uuid)>) -> Reply {
    let mut c = at.db.snapshot().await?;
    let (row, body) = inbox::get(&mut c, at.venue.id, path.1).await?;
    drop(c);
    let lang = at.lang();
    let base = at.venue.path("/settings/integrations/iiko");
    let shell = shell(&at).under(say!(lang, "hooks-inbox"), format!("{base}/webhooks/inbox"));
    let pretty = serde_json::from_str::<serde_json::Value>(&body);
    let body = pretty.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or(body);
    reply::page(&EventPage {
        shell: shell.titled(said_kind(&row.event_type, lang)),
        why: lang.word(&format!("hooks-why-{}", row.state().word())),
        line: line(&at, &row, &base),
        body: Some(body).filter(|_| at.may(Permission::Guests)),
    })
}

/// `POST …/iiko/webhooks/inbox/{event}/replay`.
pub async fn replay(at: At<Manage>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    inbox::replay(&mut tx, at.venue.id, path.1).await?;
    audit::note(&mut tx, at.deed("webhooks.replayed").object(path.1)).await?;
    tx.commit().await?;
    let back = at.venue.path(&format!("/settings/integrations/iiko/webhooks/inbox/{}", path.1));
    Ok(flash::see(&back, Tone::Good, &say!(at.lang(), "hooks-replayed")))
}

fn shell(at: &At<Manage>) -> Shell {
    let lang = at.lang();
    let base = at.venue.path("/settings/integrations/iiko");
    at.shell(Room::Settings)
        .under("iiko & iiko Cloud", base.clone())
        .under(say!(lang, "hooks-title"), format!("{base}/webhooks"))
}

fn line(at: &At<Manage>, row: &Row, base: &str) -> Line {
    let lang = at.lang();
    let order = row.order_id.map(|id| {
        let number = row.order_number.as_deref().unwrap_or_default();
        (at.venue.path(&format!("/orders/{id}")), said_number(number, lang))
    });
    Line {
        href: format!("{base}/webhooks/inbox/{}", row.id),
        received: at.when(row.received_at),
        kind: said_kind(&row.event_type, lang),
        order,
        tone: tone(row.state()),
        state: lang.word(&format!("hooks-became-{}", row.state().word())),
    }
}

fn tone(state: State) -> Tone {
    match state {
        State::Applied | State::Asked => Tone::Good,
        State::Waiting | State::Asking => Tone::Wait,
        State::Foreign | State::Unread => Tone::Trouble,
        _ => Tone::Neutral,
    }
}

/// iiko's kind of event in words; one we do not know by iiko's own word.
fn said_kind(event_type: &str, lang: Lang) -> String {
    let key = format!("hooks-event-{event_type}");
    match event_type {
        "" => say!(lang, "hooks-event-none"),
        _ if lang.has(&key) => lang.word(&key),
        _ => event_type.to_owned(),
    }
}
