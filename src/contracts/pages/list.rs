//! All of the venue's contracts. With more than one signed, each signed one has «Основной?».
use askama::Template;
use chrono::{Datelike, NaiveDate};

use crate::contracts::assignment;
use crate::contracts::contract::{self, Contract};
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, View};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::day;

/// The state in a word and a tone.
pub struct Badge {
    pub tone: Tone,
    pub said: String,
}

impl Badge {
    pub fn of(contract: &Contract, lang: Lang) -> Badge {
        let tone = match contract.state.as_str() {
            "signed" => Tone::Good,
            "draft" => Tone::Wait,
            _ => Tone::Neutral,
        };
        Badge { tone, said: lang.word(&format!("contract-{}", contract.state)) }
    }
}

struct Row {
    contract: Contract,
    badge: Badge,
    days: String,
    own: i64,
}

#[derive(Template)]
#[template(path = "contracts/index.html")]
struct ListPage {
    shell: Shell,
    base: String,
    may_change: bool,
    /// Whole requisites, and who gets a payment.
    may_see_money: bool,
    rows: Vec<Row>,
    /// More than one is signed: the primary one is chosen.
    may_switch: bool,
    /// How many products follow the primary contract.
    following: i64,
    has_primary: bool,
}

/// `GET /v/{venue}/contracts`.
pub async fn show(at: At<View>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let contracts = contract::of_venue(&mut c, at.venue.id).await?;
    let following = assignment::following_primary(&mut c, at.venue.id).await?;
    let mut rows = Vec::new();
    for contract in contracts {
        let own = assignment::count(&mut c, at.venue.id, contract.id).await?;
        rows.push(Row { badge: Badge::of(&contract, lang), days: days(&contract, lang), own, contract });
    }
    drop(c);
    reply::page(&ListPage {
        shell: at.shell(Room::Contracts).titled(say!(lang, "nav-contracts")),
        base: at.venue.path("/contracts"),
        may_change: at.may(Permission::Contracts),
        may_see_money: at.may(Permission::Money),
        may_switch: rows.iter().filter(|row| row.contract.is_signed()).count() > 1,
        has_primary: rows.iter().any(|row| row.contract.is_primary),
        following,
        rows,
    })
}

/// «с 1 марта 2026 по 30 июня 2026».
pub fn days(contract: &Contract, lang: Lang) -> String {
    let full = |date: NaiveDate| format!("{} {}", day(date, lang), date.year());
    let from = contract.signed_day().map(|date| say!(lang, "contract-from", day = full(date)));
    let to = contract.ended_day().map(|date| say!(lang, "contract-to", day = full(date)));
    [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
