//! «Справочники»: what of iiko's own orders will name, as it is there.
use askama::Template;

use crate::integrations::dictionary::{self, Entry, KINDS, noted};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::part::Part;
use crate::venues::permission::{Permission, View};
use crate::venues::standing::{self, Head};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;

/// A dictionary with its entries.
struct Dictionary {
    kind: &'static str,
    title: String,
    /// Each after its note in words.
    entries: Vec<(String, Entry)>,
}

#[derive(Template)]
#[template(path = "integrations/dictionaries.html")]
struct DictionariesPage {
    shell: Shell,
    base: String,
    may_manage: bool,
    may_tie: bool,
    head: Head,
    dictionaries: Vec<Dictionary>,
}

/// `GET /v/{venue}/settings/integrations/iiko/dictionaries`.
pub async fn show(at: At<View>) -> Reply {
    let lang = at.lang();
    let head = standing::head(&at, Part::Dictionaries).await?;
    let all = dictionary::of_venue(&mut at.db.read().await?, at.venue.id).await?;
    let said = |entry: &Entry| {
        let note = noted(&entry.kind, &entry.note, lang);
        let is_new = note.to_lowercase() != entry.name.to_lowercase();
        (if is_new { note } else { String::new() }, entry.clone())
    };
    let dictionaries = KINDS.map(|kind| Dictionary {
        kind,
        title: lang.word(&format!("dictionary-{kind}")),
        entries: all.iter().filter(|entry| entry.kind == kind).map(said).collect(),
    });
    reply::page(&DictionariesPage {
        shell: at
            .shell(Room::Settings)
            .under(say!(lang, "nav-settings"), at.venue.path("/settings"))
            .under(say!(lang, "iiko-integrations"), at.venue.path("/settings/integrations"))
            .titled(say!(lang, "dictionaries-title")),
        base: at.venue.path("/settings/integrations/iiko"),
        may_manage: at.may(Permission::Manage),
        may_tie: at.may(Permission::Keys),
        head,
        dictionaries: dictionaries.into(),
    })
}
