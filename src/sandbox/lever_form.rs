//! What stands in the form (or JSON) of a lever, read by name.
use std::collections::BTreeMap;

use actix_web::web::Bytes;
use serde_json::{Number, Value};

use super::dish;

/// The fields of one pull. An empty field is none.
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, String>);

/// Why a lever was not pulled, one sentence.
#[derive(Debug)]
pub struct Refused(pub String);

impl Fields {
    /// JSON when the body opens like an object, a form otherwise.
    pub fn read(body: &Bytes) -> Fields {
        let opens = body.iter().find(|byte| !byte.is_ascii_whitespace());
        let pairs: Vec<(String, String)> = if opens == Some(&b'{') {
            let fields: BTreeMap<String, Value> = serde_json::from_slice(body).unwrap_or_default();
            fields.into_iter().map(|(name, value)| (name, plain(&value))).collect()
        } else {
            serde_urlencoded::from_bytes(body).unwrap_or_default()
        };
        Fields(pairs.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn must(&self, name: &str) -> Result<&str, Refused> {
        self.text(name).ok_or_else(|| Refused(format!("the field «{name}» is needed")))
    }

    /// Several values: a list of JSON, or parted by «;». Absent: none.
    pub fn list(&self, name: &str) -> Vec<String> {
        let Some(text) = self.text(name) else { return Vec::new() };
        serde_json::from_str(text).unwrap_or_else(|_| {
            text.split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
        })
    }

    pub fn whole(&self, name: &str, otherwise: u64) -> Result<u64, Refused> {
        let Some(text) = self.text(name) else { return Ok(otherwise) };
        text.trim().parse().map_err(|_| Refused(format!("«{name}» is a whole number")))
    }

    pub fn real(&self, name: &str) -> Result<f64, Refused> {
        let read = self.must(name)?.trim().replace(',', ".").parse();
        read.ok()
            .filter(|real: &f64| real.is_finite())
            .ok_or_else(|| Refused(format!("«{name}» is a number")))
    }

    /// An amount in roubles; none when the field is empty.
    pub fn roubles(&self, name: &str) -> Result<Option<Number>, Refused> {
        let Some(text) = self.text(name) else { return Ok(None) };
        dish::roubles(text).map(Some).ok_or_else(|| Refused(format!("«{name}» is an amount in roubles")))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
