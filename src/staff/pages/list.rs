//! Who works here: found by a word, filtered by role and state.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::staff::candidate;
use crate::staff::employee::{self, Employee, ROLES};
use crate::venues::guard::{At, Room};
use crate::venues::part::Part;
use crate::venues::permission::{Permission, View};
use crate::venues::standing::{self, Head};
use crate::web::form::Choice;
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;

/// `?q=анна&role=waiter&show=suspended`.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    show: String,
}

struct Row {
    employee: Employee,
    role: String,
    phone: String,
}

#[derive(Template)]
#[template(path = "staff/index.html")]
struct StaffPage {
    shell: Shell,
    base: String,
    head: Head,
    may_change: bool,
    q: String,
    role: Choice,
    show: Choice,
    rows: Vec<Row>,
    /// How many work here at all.
    all: usize,
    /// People iiko tells of who are not taken yet.
    candidates: usize,
}

/// `GET /v/{venue}/staff`.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    reply::page(&page(&at, &asked).await?)
}

async fn page(at: &At<View>, asked: &Asked) -> Result<StaffPage> {
    let lang = at.lang();
    let head = standing::head(at, Part::Staff).await?;
    let mut c = at.db.snapshot().await?;
    let all = employee::of_venue(&mut c, at.venue.id).await?;
    let candidates = candidate::of_venue(&mut c, at.venue.id).await?.len();
    drop(c);
    let count = all.len();
    let whole = at.may(Permission::Staff);
    let rows = all.into_iter().filter(|employee| meets(employee, asked, whole)).map(|employee| Row {
        role: role_said(&employee.role, lang),
        phone: employee.phone_said(whole),
        employee,
    });
    let roles = ROLES.iter().map(|role| ((*role).to_owned(), role_said(role, lang)));
    let shows = ["active", "suspended", "dismissed"];
    let shows = shows.map(|show| (show.to_owned(), lang.word(&format!("staff-show-{show}"))));
    Ok(StaffPage {
        shell: at.shell(Room::Staff).titled(say!(lang, "nav-staff")),
        base: at.venue.path("/staff"),
        may_change: at.may(Permission::Staff),
        q: asked.q.clone(),
        role: Choice {
            name: "role",
            label: say!(lang, "staff-role"),
            options: roles.collect(),
            chosen: asked.role.clone(),
            placeholder: say!(lang, "staff-any-role"),
            hide_label: true,
            ..Choice::default()
        },
        show: Choice {
            name: "show",
            label: say!(lang, "staff-show"),
            options: shows.into(),
            chosen: asked.show.clone(),
            placeholder: say!(lang, "staff-show-all"),
            hide_label: true,
            ..Choice::default()
        },
        rows: rows.collect(),
        all: count,
        candidates,
        head,
    })
}

/// `by_phone`: only those who see whole phones may look people up by one.
fn meets(employee: &Employee, asked: &Asked, by_phone: bool) -> bool {
    let word = asked.q.trim().to_lowercase();
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let found = word.is_empty()
        || employee.name.to_lowercase().contains(&word)
        || (by_phone && digits.len() > 2 && employee.phone.contains(&digits));
    let state = match asked.show.as_str() {
        "active" => employee.is_active(),
        "suspended" => !employee.is_active(),
        "dismissed" => employee.dismissed,
        _ => true,
    };
    found && state && (asked.role.is_empty() || employee.role == asked.role)
}

pub fn role_said(role: &str, lang: Lang) -> String {
    lang.word(&format!("staff-role-{role}"))
}
