//! One entry of a nomenclature (product, folder, size…) kept letter by letter as it was sent, with what the levers and the
//! page need read out of it. Reading is forgiving: captured answers have odd entries, and they must go out as they came.
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// An entry: its text and what was read of it.
#[derive(Clone, Debug)]
pub struct Record {
    pub head: Head,
    raw: Arc<RawValue>,
}

/// What levers and page know of an entry; absent where the entry does not say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Head {
    pub id: Option<String>,
    pub name: Option<String>,
    pub code: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub parent_group: Option<String>,
    pub is_group_modifier: Option<bool>,
    size_prices: Option<Vec<SizePrice>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct SizePrice {
    price: Option<Price>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Price {
    current_price: Option<serde_json::Number>,
}

impl Record {
    pub fn of_raw(raw: Box<RawValue>) -> Record {
        let head = serde_json::from_str(raw.get()).unwrap_or_default();
        Record { head, raw: raw.into() }
    }

    /// An entry out of anything that can be written as JSON.
    pub fn of(entry: &impl serde::Serialize) -> Result<Record, serde_json::Error> {
        serde_json::value::to_raw_value(entry).map(Record::of_raw)
    }

    pub fn text(&self) -> &str {
        self.raw.get()
    }

    pub fn value(&self) -> Value {
        serde_json::from_str(self.raw.get()).unwrap_or_default()
    }

    pub fn is(&self, id: &str) -> bool {
        self.head.id.as_deref().is_some_and(|mine| mine.eq_ignore_ascii_case(id))
    }

    pub fn name(&self) -> &str {
        self.head.name.as_deref().unwrap_or("")
    }

    pub fn is_modifier(&self) -> bool {
        self.head.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("modifier"))
    }

    /// The first price, as written.
    pub fn price(&self) -> Option<String> {
        let first = self.head.size_prices.as_ref()?.first()?;
        first.price.as_ref()?.current_price.as_ref().map(ToString::to_string)
    }
}
