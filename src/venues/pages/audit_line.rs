//! One deed as a person reads it: who, what in words, old → new, where from, and the way to the thing itself.
use std::collections::BTreeSet;

use serde_json::Value;

use crate::accounts::audit;
use crate::accounts::audit_log::Line;
use crate::lang::Lang;
use crate::say;
use crate::venues::names::{Names, Thing};
use crate::venues::pages::audit_diff::{self, Differs, Reader, differences, name_of};
use crate::web::shell::Tone;

/// How a deed came about: colour, icon and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Person,
    Support,
    Itself,
}

impl Came {
    pub fn of(line: &Line) -> Came {
        match line.actor_id {
            _ if line.visit_id.is_some() || line.for_whom.is_some() => Came::Support,
            Some(_) => Came::Person,
            None => Came::Itself,
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Came::Person => Tone::Good,
            Came::Support => Tone::Wait,
            Came::Itself => Tone::Neutral,
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Came::Person => "user",
            Came::Support => "eye",
            Came::Itself => "sync",
        }
    }

    pub fn said(self, lang: Lang) -> String {
        match self {
            Came::Person => say!(lang, "audit-by-person"),
            Came::Support => say!(lang, "audit-by-support"),
            Came::Itself => say!(lang, "audit-by-itself"),
        }
    }
}

/// A deed in words.
pub struct Told {
    pub came: Came,
    pub who: String,
    pub for_whom: Option<String>,
    pub what: String,
    /// The thing's own name: as it was or became, else as it is now.
    pub name: Option<String>,
    pub differs: Vec<Differs>,
    pub refused: bool,
}

/// Nouns of deeds whose thing has a name of its own, and the noun it is known by.
const OBJECTS: [(&str, &str); 10] = [
    ("section", "section"),
    ("category", "category"),
    ("product", "product"),
    ("hall", "hall"),
    ("table", "table"),
    ("employee", "employee"),
    ("contract", "contract"),
    ("order", "order"),
    ("difference", "order"),
    ("member", "person"),
];

fn object(line: &Line) -> Option<Thing> {
    let (noun, _) = line.deed.split_once('.')?;
    let (_, noun) = OBJECTS.iter().find(|(of, _)| *of == noun)?;
    Some((*noun, line.object_id?))
}

/// The things these deeds are told with.
pub fn things(lines: &[Line]) -> BTreeSet<Thing> {
    let mut all: BTreeSet<Thing> = lines.iter().filter_map(object).collect();
    for side in lines.iter().flat_map(|line| [&line.before, &line.after]).flatten() {
        audit_diff::things("", &side.0, &mut all);
    }
    all
}

impl Told {
    pub fn of(line: &Line, names: &Names, to: Reader) -> Told {
        let lang = to.lang;
        let (before, after) = (line.before.as_ref().map(|v| &v.0), line.after.as_ref().map(|v| &v.0));
        let came = Came::of(line);
        let who = match (&line.by, line.actor_id) {
            (Some(name), _) => name.clone(),
            (None, Some(_)) => say!(lang, "audit-somebody"),
            (None, None) => say!(lang, "audit-by-itself"),
        };
        let known = || object(line).and_then(|thing| names.get(thing)).map(str::to_owned);
        let name = name_of(before, after).or_else(known);
        let mut differs = differences((before, after), names, to);
        // of what is new the name is told once
        differs.retain(|one| one.was.is_some() || Some(&one.is) != name.as_ref());
        Told {
            came,
            who,
            for_whom: line.for_whom.clone(),
            what: if is_sent(&line.deed, after) {
                say!(lang, "audit-visit-sent")
            } else {
                said_deed(&line.deed, lang)
            },
            name,
            differs,
            refused: line.result == audit::REFUSED,
        }
    }
}

/// Whether a request of a support visit sent something in, a form; the others looked.
pub fn is_sent(deed: &str, after: Option<&Value>) -> bool {
    let method = after.and_then(|after| after.get("method")).and_then(Value::as_str);
    deed == audit::VISIT_REQUEST && method.is_some_and(|method| !["GET", "HEAD"].contains(&method))
}

/// «Товар изменён»; a deed without a sentence by its own word.
pub fn said_deed(deed: &str, lang: Lang) -> String {
    let key = key(deed);
    if lang.has(&key) { lang.word(&key) } else { deed.to_owned() }
}

/// The key of a deed's sentence: «product.photo_added» → «deed-product-photo_added».
pub fn key(deed: &str) -> String {
    format!("deed-{}", deed.replacen('.', "-", 1))
}

/// Where the thing is, under the venue; none: it has no page of its own, or is gone.
pub fn place(line: &Line) -> Option<String> {
    let (noun, verb) = line.deed.split_once('.')?;
    if ["removed", "revoked", "withdrawn", "discarded"].contains(&verb) {
        return None;
    }
    let whole = match noun {
        "connection" => "/settings/integrations/iiko",
        "webhooks" if verb != "replayed" => "/settings/integrations/iiko/webhooks",
        "api_key" => "/api-keys",
        "member" | "invitation" => "/users",
        "venue" => "/settings",
        "payment_code" => "/payment-methods",
        "readiness" => "/readiness",
        "reconciliation" => "/outbox",
        "order" if verb == "acknowledged" => "/orders/board",
        "table_codes" | "guest_url" => "/seating/codes",
        _ => "",
    };
    if !whole.is_empty() {
        return Some(whole.to_owned());
    }
    let under = match noun {
        "product" => "/menu/products",
        "section" => "/menu/sections",
        "order" | "difference" => "/orders",
        "payment" => "/payments",
        "contract" => "/contracts",
        "employee" => "/staff",
        "hall" => "/seating/halls",
        "table" => "/seating/tables",
        "sync" => "/sync",
        "webhooks" => "/settings/integrations/iiko/webhooks/inbox",
        _ => return None,
    };
    Some(format!("{under}/{}", line.object_id?))
}
