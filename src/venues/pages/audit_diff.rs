//! What a deed changed, in words: the fields that differ, old → new, each short enough to be read.
use std::collections::BTreeSet;

use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::say;
use crate::venues::names::{Names, Thing};
use crate::venues::tick;

/// Whom it is told: in which language, by which clock.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub lang: Lang,
    pub zone: Tz,
}

/// Characters of a value that are shown.
const LONG: usize = 120;

/// Fields that are shown at most, and items of a list.
const MANY: usize = 20;

/// A field that differs. No `was`: nothing was said of before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    pub field: String,
    pub was: Option<String>,
    pub is: String,
}

/// The thing's own name, as it was or became: the sentence tells it, the list of fields does not.
pub fn name_of(before: Option<&Value>, after: Option<&Value>) -> Option<String> {
    let named = |side: Option<&Value>| {
        ["name", "entity", "email"]
            .into_iter()
            .find_map(|field| side?.get(field)?.as_str().map(str::to_owned))
    };
    named(after).or_else(|| named(before)).filter(|name| !name.is_empty()).map(|name| cut(&name))
}

/// Old against new, field by field; what is the same on both sides is left out.
pub fn differences(
    (before, after): (Option<&Value>, Option<&Value>),
    names: &Names,
    to: Reader,
) -> Vec<Differs> {
    let fields = |side: Option<&Value>| match side {
        Some(Value::Object(fields)) => fields.clone(),
        Some(Value::Null) | None => serde_json::Map::new(),
        Some(other) => serde_json::Map::from_iter([("value".to_owned(), other.clone())]),
    };
    let (was, is) = (fields(before), fields(after));
    let mut keys: Vec<&String> = is.keys().chain(was.keys().filter(|name| !is.contains_key(*name))).collect();
    keys.sort();
    let told = |name: &&String| {
        let (was, is) = (was.get(*name), is.get(*name));
        was != is && !(is_nothing(was) && is_nothing(is))
    };
    keys.into_iter()
        .filter(told)
        .take(MANY)
        .map(|name| Differs {
            field: said_field(name, to.lang),
            was: before.is_some().then(|| said(name, was.get(name), names, to)),
            is: said(name, is.get(name), names, to),
        })
        .collect()
}

fn is_nothing(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(fields)) => fields.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => false,
    }
}

fn said_field(name: &str, lang: Lang) -> String {
    let known = [format!("audit-field-{name}"), format!("field-{name}"), format!("contract-{name}")];
    known.iter().find(|key| lang.has(key)).map_or_else(|| name.replace('_', " "), |key| lang.word(key))
}

/// Words kept as codes, by the field they stand in.
const WORDS: [(&str, &str); 12] = [
    ("role", "role"),
    ("role", "staff-role"),
    ("decision", "posting-decided"),
    ("act", "acts-did"),
    ("notices", "notice"),
    ("scopes", "api-scope"),
    ("theme", "profile-theme"),
    ("lang", "audit-lang"),
    ("post", "role"),
    ("post", "audit-post"),
    ("topic", "visit-topic"),
    ("support_access", "audit-access"),
];

/// Fields that hold a thing's id, and its noun; `detail` is what an act with a delivery needed.
const THINGS: [(&str, &str); 8] = [
    ("section", "section"),
    ("category", "category"),
    ("products", "product"),
    ("waiter", "employee"),
    ("primary", "contract"),
    ("detail", "courier"),
    ("detail", "cancel_cause"),
    ("who", "person"),
];

/// The things a value tells of, as far as it is shown.
pub fn things(name: &str, value: &Value, all: &mut BTreeSet<Thing>) {
    match value {
        Value::String(text) => {
            if let Some(id) = id_in(text) {
                all.extend(THINGS.iter().filter(|(field, _)| *field == name).map(|(_, noun)| (*noun, id)));
            }
        }
        Value::Array(items) => items.iter().take(MANY).for_each(|item| things(name, item, all)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| things(name, value, all)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn id_in(text: &str) -> Option<Uuid> {
    Some(text).filter(|text| text.len() == 36)?.parse().ok()
}

/// Fields that are a moment.
const MOMENTS: [&str; 1] = ["until"];

const SUMS: [&str; 4] = ["price", "amount", "sum", "tips"];

fn said(name: &str, value: Option<&Value>, names: &Names, to: Reader) -> String {
    let text = match value {
        None | Some(Value::Null) => return "—".to_owned(),
        Some(Value::Bool(yes)) => {
            if *yes {
                say!(to.lang, "audit-yes")
            } else {
                say!(to.lang, "audit-no")
            }
        }
        Some(Value::Number(n)) if SUMS.contains(&name) => {
            n.as_i64().map_or_else(|| n.to_string(), |sum| Kopecks(sum).to_string())
        }
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::String(text)) if text.is_empty() => return "—".to_owned(),
        Some(Value::String(text)) => said_word(name, text, names, to),
        Some(Value::Array(items)) if items.is_empty() => return "—".to_owned(),
        // the form has as many as it has: all of them are told
        Some(Value::Array(items)) if name == "boxes" => return said_ticks(items, to.lang),
        Some(Value::Array(items)) => {
            let all: Vec<String> =
                items.iter().take(MANY).map(|item| said(name, Some(item), names, to)).collect();
            let more = if items.len() > MANY { format!(" … ({})", items.len()) } else { String::new() };
            all.join(", ") + &more
        }
        Some(Value::Object(fields)) => {
            let one = |(name, value): (&String, &Value)| {
                format!("{} {}", said_field(name, to.lang), said(name, Some(value), names, to))
            };
            fields
                .iter()
                .filter(|(_, value)| !is_nothing(Some(value)))
                .take(MANY)
                .map(one)
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    cut(&text)
}

/// «Доставка: Отправлен, Доставлен; Стоп-листы: Обновления».
fn said_ticks(items: &[Value], lang: Lang) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for item in items.iter().filter_map(Value::as_str) {
        let (group, said) = tick::said(item, lang).unwrap_or_else(|| (String::new(), cut(item)));
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, all)) => all.push(said),
            None => groups.push((group, vec![said])),
        }
    }
    let one = |(group, all): &(String, Vec<String>)| match group.as_str() {
        "" => all.join(", "),
        group => format!("{group}: {}", all.join(", ")),
    };
    groups.iter().take(MANY).map(one).collect::<Vec<_>>().join("; ")
}

fn said_word(name: &str, text: &str, names: &Names, Reader { lang, zone }: Reader) -> String {
    if let Some(at) =
        Some(text).filter(|_| MOMENTS.contains(&name)).and_then(|at| at.parse::<Timestamp>().ok())
    {
        return at.with_timezone(&zone).format("%d.%m.%Y %H:%M").to_string();
    }
    let keys = WORDS.iter().filter(|(field, _)| *field == name).map(|(_, word)| format!("{word}-{text}"));
    match keys.into_iter().find(|key| lang.has(key)) {
        Some(key) => lang.word(&key),
        None => match id_in(text) {
            Some(id) => said_thing(name, id, names),
            None => text.to_owned(),
        },
    }
}

/// What the venue calls it. An id says nothing to a person; of what is gone its end is enough to tell two apart.
fn said_thing(field: &str, id: Uuid, names: &Names) -> String {
    let mut nouns = THINGS.iter().filter(|(of, _)| *of == field).map(|(_, noun)| *noun);
    match nouns.find_map(|noun| names.get((noun, id))) {
        Some(name) => name.to_owned(),
        None => format!("…{}", id.to_string().get(28..).unwrap_or_default()),
    }
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONG).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Option<Value>, after: Option<Value>) -> Vec<String> {
        let reader = Reader { lang: Lang::Ru, zone: chrono_tz::Europe::Moscow };
        let one =
            |d: Differs| format!("{}: {}{}", d.field, d.was.map(|was| was + " → ").unwrap_or_default(), d.is);
        let sides = (before.as_ref(), after.as_ref());
        differences(sides, &Names::default(), reader).into_iter().map(one).collect()
    }

    #[test]
    fn what_differs_is_said_and_nothing_else() {
        let (was, is) = (
            json!({ "name": "Борщ", "price": 42_000, "note": null }),
            json!({ "name": "Борщ", "price": 45_050, "note": "" }),
        );
        let said = told(Some(was), Some(is));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("420") && said[0].contains("→ 450,50"), "{said:?}");
        assert_eq!(told(None, Some(json!({ "zzz": [1, 2], "yyy": {}, "xxx": null }))), ["zzz: 1, 2"]);
        assert_eq!(told(Some(json!({ "role": "manager" })), Some(json!({ "role": null }))).len(), 1);
        assert_eq!(told(Some(json!({ "role": "manager" })), None).len(), 1);
        assert!(told(None, Some(json!({ "a": "ж".repeat(500) })))[0].chars().count() < 130);
        assert!(told(None, Some(json!("text")))[0].ends_with("text"));
        let access = json!({ "support_access": "until", "until": "2026-11-28T22:05:00Z" });
        assert_eq!(told(None, Some(access)), ["доступ поддержки: до срока", "до: 29.11.2026 01:05"]);
        assert_eq!(told(None, Some(json!({ "post": "owner" }))), ["роль: владелец"]);
        let boxes = ["table-status-New", "menu-flag-updates", "table-flag-errors", "of-another-version"];
        assert_eq!(
            told(None, Some(json!({ "boxes": boxes }))),
            ["отмечено: Заказ на стол: Новый, Ошибки; Номенклатура: Обновления; of-another-version"]
        );
    }
}
