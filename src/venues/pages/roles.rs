//! What each role may, as the page «Доступы» shows it: the table the guard asks, in words.
use askama::Template;

use crate::lang::Lang;
use crate::part;
use crate::say;
use crate::venues::member::Role;
use crate::venues::permission::{Permission, Visit};

#[derive(Template)]
#[template(path = "venues/_roles.html")]
pub struct Roles {
    lang: Lang,
    /// Each with its sentence.
    roles: Vec<(String, String)>,
    rows: Vec<Row>,
}
part!(Roles);

/// A permission and who has it.
struct Row {
    said: String,
    about: String,
    step_up: bool,
    /// In the order of the columns: the roles, then support that looks and support that changes.
    cells: Vec<Cell>,
}

struct Cell {
    whose: String,
    may: bool,
}

pub fn drawn(lang: Lang) -> Roles {
    Roles {
        lang,
        roles: Role::ALL.iter().map(|role| (role.said(lang), role.about(lang))).collect(),
        rows: Permission::ALL.iter().map(|permission| row(*permission, lang)).collect(),
    }
}

fn row(permission: Permission, lang: Lang) -> Row {
    let visit = permission.row().visit;
    let of_role = |role: &Role| Cell { whose: role.said(lang), may: permission.is_of(*role) };
    let looks = Cell { whose: lang.word("access-support-looks"), may: visit == Visit::Look };
    let changes = Cell { whose: lang.word("access-support-changes"), may: visit != Visit::Never };
    Row {
        said: permission.said(lang),
        about: permission.about(lang),
        step_up: permission.row().step_up,
        cells: Role::ALL.iter().map(of_role).chain([looks, changes]).collect(),
    }
}
