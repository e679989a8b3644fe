//! What a journal must not tell is masked where the journal is written, not by each who writes: by the name of the field.
use serde_json::{Map, Value};

use crate::contact::Phone;

/// A part of a field's name that means a phone or another way to reach a person.
const REACHED: [&str; 3] = ["phone", "telegram", "chat_id"];

/// … that means a secret. Long enough words anywhere in the name, short ones only as the whole of it.
const SECRET: [&str; 11] = [
    "password", "passwd", "secret", "token", "api_key", "apikey", "cookie", "totp", "otpauth", "recovery",
    "private",
];
const SECRET_WHOLE: [&str; 6] = ["key", "code", "pin", "hash", "login_key", "codes"];

/// … that means a bank account or a card.
const ACCOUNT: [&str; 4] = ["account", "iban", "pan", "card"];

const HIDDEN: &str = "…";

/// The value as the journal keeps it.
pub fn masked(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let one = |(name, value): (String, Value)| {
                let value = match mask_of(&name) {
                    Some(mask) => under(mask, value),
                    None => masked(value),
                };
                (name.replace('\0', ""), value)
            };
            Value::Object(fields.into_iter().map(one).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(masked).collect()),
        // no text of Postgres holds it
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        // the last digit of a fraction may read back differently, and the chain would not hold: it is kept as text
        Value::Number(n) if n.is_f64() => Value::String(n.to_string()),
        plain => plain,
    }
}

type Mask = fn(&str) -> String;

fn mask_of(name: &str) -> Option<Mask> {
    let name = name.to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    if has(&SECRET) || SECRET_WHOLE.contains(&name.as_str()) {
        Some(|_| HIDDEN.to_owned())
    } else if has(&REACHED) {
        Some(phone)
    } else if name.split('_').any(|word| ACCOUNT.contains(&word)) {
        Some(|text| last(text, 4))
    } else {
        None
    }
}

/// Everything below such a name, however deep; what is not there stays not there.
fn under(mask: Mask, value: Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value,
        Value::String(text) if text.is_empty() => Value::String(text),
        Value::String(text) => Value::String(mask(&text)),
        Value::Number(n) => Value::String(mask(&n.to_string())),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| under(mask, item)).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, under(mask, value))).collect())
        }
    }
}

fn phone(text: &str) -> String {
    Phone::typed(text).map_or_else(|| last(text, 2), |phone| phone.masked())
}

/// «••• 67»; of a text hardly longer than that, nothing.
fn last(text: &str, n: usize) -> String {
    let all: Vec<char> = text.trim().chars().collect();
    let shown: String =
        if all.len() < n * 2 { String::new() } else { all.iter().skip(all.len() - n).collect() };
    format!("••• {shown}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn phones_secrets_and_accounts_are_not_told() {
        let told = json!({
            "name": "Ольга", "phone": "8 (916) 123-45-67", "guest_phone": "+37491123456", "telegram": "olga_1985",
            "password": "hunter2", "new_password": "x", "api_key": "abcdef", "key": "k", "webhook_token": "t", "code": 123456,
            "codes": ["aaaa", "bbbb"], "account": "40702810900000012345", "inn": "7707083893", "payment_code": "SITE",
            "deep": [{ "phones": ["+79161234567", null], "secret": { "a": "b", "none": null } }], "share": 0.5,
        });
        assert_eq!(
            masked(told),
            json!({
                "name": "Ольга", "phone": "••• 67", "guest_phone": "••• 56", "telegram": "••• 85",
                "password": "…", "new_password": "…", "api_key": "…", "key": "…", "webhook_token": "…", "code": "…",
                "codes": ["…", "…"], "account": "••• 2345", "inn": "7707083893", "payment_code": "SITE",
                "deep": [{ "phones": ["••• 67", null], "secret": { "a": "…", "none": null } }], "share": "0.5",
            })
        );
    }
}
