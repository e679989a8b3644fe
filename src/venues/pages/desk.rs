//! «Поддержка»: every venue with how it is, the visits under way, and the way into a venue's panel.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::accounts::supporter::Supporter;
use crate::lang::Lang;
use crate::say;
use crate::venues::desk::{self, Found};
use crate::venues::{chip, visit};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Chip, Shell};
use crate::web::when::When;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

struct Row {
    name: String,
    address: String,
    owner: String,
    chip: Chip,
    /// «2 оплаты ждут решения»; empty: none do.
    person: String,
    visited: Option<When>,
    /// Where a visit begins; none: the venue does not let support in.
    enter: Option<String>,
}

/// A visit under way.
struct Visiting {
    venue: String,
    href: String,
    who: String,
    reason: String,
    left: String,
    /// Where it is ended; none: it is a colleague's.
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "venues/desk.html")]
struct DeskPage {
    shell: Shell,
    q: String,
    rows: Vec<Row>,
    is_cut: bool,
    visits: Vec<Visiting>,
}

/// `GET /support?q=рябина`.
pub async fn show(supporter: Supporter, asked: Query<Asked>) -> Reply {
    let at = &supporter.0;
    let lang = at.person.lang();
    let q: String = asked.q.trim().chars().take(80).collect();
    let mut c = at.db.system().snapshot().await?;
    let mut found = desk::search(&mut c, &q).await?;
    let open = visit::everywhere(&mut c, at.now).await?;
    drop(c);
    let is_cut = found.len() as i64 > desk::MOST;
    found.truncate(desk::MOST as usize);
    let visiting = |one: visit::Listed| {
        let mine = one.visit.supporter == at.person.id;
        let path = format!("/support/venues/{}/visits/{}/end", one.visit.venue_id, one.visit.id);
        Visiting {
            href: if mine { format!("/v/{}/overview", one.visit.venue_id) } else { String::new() },
            left: say!(lang, "visit-left", n = one.visit.minutes_left(at.now)),
            end: (mine || supporter.is_platform()).then_some(path),
            venue: one.venue_name,
            who: one.supporter_name,
            reason: one.visit.reason,
        }
    };
    reply::page(&DeskPage {
        shell: at.shell().titled(say!(lang, "desk-title")),
        visits: open.into_iter().map(visiting).collect(),
        rows: found.into_iter().map(|one| row(one, at.now, lang)).collect(),
        is_cut,
        q,
    })
}

fn row(one: Found, now: crate::clock::Timestamp, lang: Lang) -> Row {
    let enter = format!("/support/venues/{}/visits", one.venue.id);
    Row {
        chip: chip::of(&one.venue, now, lang),
        person: match one.venue.payments_person {
            0 => String::new(),
            n => say!(lang, "overview-payments-person", n = n),
        },
        visited: one.venue.visited_at.map(|at| When::of(at, now, one.venue.zone(), lang)),
        enter: one.lets_support_in(now).then_some(enter),
        owner: one.owner.unwrap_or_default(),
        name: one.venue.name,
        address: one.venue.address,
    }
}
