//! «Журнал действий»: what was done in the venue, by whom and from where, the newest first. Looking at it is noted in it.
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::audit_log::{self, Filter, KINDS, Line, READ, Who};
use crate::clock;
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::names::Names;
use crate::venues::pages::audit_diff::Reader;
use crate::venues::pages::audit_line::{Came, Told, place, things};
use crate::venues::permission::Audit;
use crate::web::form::Choice;
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// Deeds of a page.
const SIZE: i64 = 50;

/// `?who=…&kind=menu&from=2026-11-23&to=…&support=yes&before=…`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// A person's id, or `itself`.
    #[serde(skip_serializing_if = "String::is_empty")]
    who: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    /// Days of the venue, the first and the last.
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    support: String,
    /// The place the page before ended at.
    #[serde(skip_serializing_if = "String::is_empty")]
    before: String,
}

impl Asked {
    /// What is meant; what cannot be read narrows nothing, and the days that cannot are named.
    pub fn understood(&self, zone: chrono_tz::Tz) -> (Filter, Vec<&'static str>) {
        let mut wrong = Vec::new();
        let mut day = |text: &str, name, after: bool| {
            let day = text.trim().parse::<NaiveDate>().ok();
            let day = day.and_then(|day| if after { day.succ_opt() } else { Some(day) });
            let at = day.and_then(|day| clock::midnight(day, zone));
            if at.is_none() && !text.trim().is_empty() {
                wrong.push(name);
            }
            at
        };
        let filter = Filter {
            from: day(&self.from, "from", false),
            to: day(&self.to, "to", true),
            who: match self.who.as_str() {
                "itself" => Some(Who::Itself),
                id => id.parse::<Uuid>().ok().map(Who::Person),
            },
            kind: KINDS.iter().map(|(word, _)| *word).find(|word| *word == self.kind),
            support: self.support == "yes",
        };
        (filter, wrong)
    }

    fn before(&self) -> Option<i64> {
        self.before.parse().ok()
    }

    fn href(&self, base: &str) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{base}?{query}"),
            _ => base.to_owned(),
        }
    }

    /// The same search from its first page.
    fn newest(&self) -> Asked {
        Asked { before: String::new(), ..self.clone() }
    }
}

struct Row {
    told: Told,
    /// A person or support; of what happened by itself its «who» says it.
    came: String,
    when: When,
    ip: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "venues/audit.html")]
struct AuditPage {
    shell: Shell,
    base: String,
    asked: Asked,
    who: Choice,
    kind: Choice,
    wrong: Vec<String>,
    narrowed: bool,
    rows: Vec<Row>,
    older: Option<String>,
    newest: Option<String>,
    export: String,
}

/// `GET /v/{venue}/audit`, see [`Asked`].
pub async fn show(at: At<Audit>, asked: Query<Asked>) -> Reply {
    let (asked, lang) = (asked.into_inner(), at.lang());
    let (filter, wrong) = asked.understood(at.venue.zone());
    audit_log::note_read(&at.db, at.deed(READ)).await?;
    let mut seen = at.db.snapshot().await?;
    let mut lines = audit_log::page(&mut seen, at.venue.id, &filter, (asked.before(), SIZE + 1)).await?;
    let people = audit_log::people(&mut seen, at.venue.id).await?;
    let more = lines.len() as i64 > SIZE;
    lines.truncate(SIZE as usize);
    let names = Names::of(&mut seen, at.venue.id, &things(&lines)).await?;
    drop(seen);
    let base = at.venue.path("/audit");
    let last =
        lines.last().filter(|_| more).map(|line| Asked { before: line.seq.to_string(), ..asked.clone() });
    let newest = asked.newest();
    let shell = at.shell(Room::Settings).under(say!(lang, "nav-settings"), at.venue.path("/settings"));
    reply::page(&AuditPage {
        shell: shell.titled(say!(lang, "audit-title")),
        who: who(&asked, people, lang),
        kind: kinds(&asked, lang),
        wrong: wrong.into_iter().map(|field| lang.word(&format!("audit-wrong-{field}"))).collect(),
        narrowed: filter != Filter::default(),
        rows: lines.iter().map(|line| row(&at, line, &names)).collect(),
        older: last.map(|asked| asked.href(&base)),
        newest: asked.before().map(|_| newest.href(&base)),
        export: newest.href(&format!("{base}/export")),
        base,
        asked,
    })
}

fn row(at: &At<Audit>, line: &Line, names: &Names) -> Row {
    let told = Told::of(line, names, Reader { lang: at.lang(), zone: at.venue.zone() });
    Row {
        came: if told.came == Came::Itself { String::new() } else { told.came.said(at.lang()) },
        told,
        when: at.when(line.at),
        ip: line.ip.clone().unwrap_or_default(),
        href: place(line).map(|under| at.venue.path(&under)),
    }
}

fn who(asked: &Asked, people: Vec<(Uuid, String)>, lang: Lang) -> Choice {
    let any =
        [(String::new(), say!(lang, "audit-anybody")), ("itself".to_owned(), say!(lang, "audit-by-itself"))];
    Choice {
        name: "who",
        label: say!(lang, "audit-who"),
        options: any.into_iter().chain(people.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        chosen: asked.who.clone(),
        hide_label: true,
        ..Choice::default()
    }
}

fn kinds(asked: &Asked, lang: Lang) -> Choice {
    let all = KINDS.iter().map(|(word, _)| ((*word).to_owned(), lang.word(&format!("audit-kind-{word}"))));
    Choice {
        name: "kind",
        label: say!(lang, "audit-kind"),
        options: std::iter::once((String::new(), say!(lang, "audit-any-kind"))).chain(all).collect(),
        chosen: asked.kind.clone(),
        hide_label: true,
        ..Choice::default()
    }
}
