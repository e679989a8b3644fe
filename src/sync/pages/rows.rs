//! The rows of a run in words: what was, what became, and why.
use crate::integrations::dictionary::noted;
use crate::lang::Lang;
use crate::menu::options::Options;
use crate::money::Kopecks;
use crate::payments::method::spelled;
use crate::say;
use crate::sync::history::Kept;
use crate::venues::venue::Venue;

/// A row as the page shows it.
pub struct Row {
    pub name: String,
    /// Its page; none for what has none.
    pub href: Option<String>,
    pub thing: String,
    pub place: String,
    pub field: String,
    pub was: Option<String>,
    pub became: Option<String>,
    pub why: String,
    pub iiko_id: String,
    /// Long texts stand under each other, not side by side.
    pub is_long: bool,
}

impl Row {
    pub fn of(change: Kept, venue: &Venue, lang: Lang) -> Row {
        let under = match change.thing.as_str() {
            "product" => Some("menu/products"),
            "table" => Some("seating/tables"),
            "hall" => Some("seating/halls"),
            _ => None,
        };
        let href = change.thing_id.zip(under);
        let said = |value: Option<String>| {
            value.map(|value| in_words(change.field.as_deref(), &change.thing, &value, lang))
        };
        let (was, became) = (said(change.was.clone()), said(change.became.clone()));
        let length =
            was.as_deref().unwrap_or("").chars().count().max(became.as_deref().unwrap_or("").chars().count());
        Row {
            href: href.map(|(id, under)| venue.path(&format!("/{under}/{id}"))),
            thing: if change.thing == "product" {
                String::new()
            } else {
                lang.word(&format!("thing-{}", change.thing))
            },
            place: change.place,
            field: change
                .field
                .as_ref()
                .map(|field| lang.word(&format!("field-{field}")))
                .unwrap_or_default(),
            was: if change.kind == "vanished" && change.thing != "product" { None } else { was },
            became: match change.thing.as_str() {
                _ if change.kind != "vanished" => became,
                "product" | "hall" | "table" => Some(say!(lang, "sync-hidden-from-guests")),
                _ => Some(say!(lang, "sync-gone-from-iiko")),
            },
            why: lang.word_about(&format!("why-{}", change.rule), &change.note),
            iiko_id: change.iiko_id.map(|id| id.to_string()).unwrap_or_default(),
            name: change.name,
            is_long: length > 40,
        }
    }
}

/// A kept value as a person reads it. Added and vanished rows carry a price under no field.
fn in_words(field: Option<&str>, thing: &str, value: &str, lang: Lang) -> String {
    match field {
        Some("price") | None if thing != "section" => {
            value.parse().map(|kopecks| Kopecks(kopecks).to_string()).unwrap_or_else(|_| value.to_owned())
        }
        Some("on_sale" | "open_price" | "prints" | "deleted" | "dismissed") if value == "yes" => {
            say!(lang, "yes")
        }
        Some("on_sale" | "open_price" | "prints" | "deleted" | "dismissed") => say!(lang, "no"),
        Some("kind") if lang.has(&format!("kind-{value}")) => lang.word(&format!("kind-{value}")),
        Some("note") if !value.is_empty() => noted(thing, value, lang),
        Some("payment_code") => spelled(value),
        Some("payment_kind" | "processing") if lang.has(&format!("pay-{value}")) => {
            lang.word(&format!("pay-{value}"))
        }
        Some("options") => {
            serde_json::from_str(value).map(|options| counted(&options, lang)).unwrap_or_default()
        }
        _ if value.is_empty() => say!(lang, "nothing-there"),
        _ => value.to_owned(),
    }
}

/// «2 размера, 3 группы модификаторов, 1 модификатор».
fn counted(options: &Options, lang: Lang) -> String {
    let (sizes, groups, modifiers) = (options.sizes.len(), options.groups.len(), options.modifiers.len());
    let mut parts = Vec::new();
    if sizes > 0 {
        parts.push(say!(lang, "options-sizes", n = sizes));
    }
    if groups > 0 {
        parts.push(say!(lang, "options-groups", n = groups));
    }
    if modifiers > 0 {
        parts.push(say!(lang, "options-modifiers", n = modifiers));
    }
    if parts.is_empty() { say!(lang, "options-none") } else { parts.join(", ") }
}
