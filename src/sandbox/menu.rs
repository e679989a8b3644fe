//! The nomenclature of one organization: what was put into the export, its revision, and the answer baked once per edit.
use std::collections::BTreeMap;

use actix_web::web::Bytes;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::clock;
use super::record::Record;

/// What the back office exports. Every deed that changes it bumps `revision` (Unix ms) and never lowers it.
#[derive(Clone, Debug, Default)]
pub struct Menu {
    pub groups: Vec<Record>,
    pub categories: Vec<Record>,
    pub products: Vec<Record>,
    pub sizes: Vec<Record>,
    /// products taken out of the export: they can come back as they were
    pub gone: Vec<Record>,
    pub revision: i64,
    /// false: nothing is put into the export, as before «Выгрузка меню» was ever set
    pub exported: bool,
    /// fields of a captured answer that the vendor's document does not know
    rest: BTreeMap<String, Box<RawValue>>,
    baked: Option<Bytes>,
}

/// A text that is no answer of `/nomenclature`, and why.
#[derive(Debug)]
pub struct NotAMenu(pub String);

impl std::fmt::Display for NotAMenu {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this is no answer of /api/1/nomenclature: {}", self.0)
    }
}

impl std::error::Error for NotAMenu {}

impl Menu {
    /// An empty menu that is exported.
    pub fn new() -> Menu {
        Menu { revision: clock::now_ms(), exported: true, ..Menu::default() }
    }

    /// A captured answer, every entry kept letter by letter.
    pub fn read(text: &str) -> Result<Menu, NotAMenu> {
        let mut fields: BTreeMap<String, Box<RawValue>> =
            serde_json::from_str(text).map_err(|cause| NotAMenu(cause.to_string()))?;
        fields.remove("correlationId");
        let revision = fields.remove("revision").ok_or_else(|| NotAMenu("no `revision`".into()))?;
        Ok(Menu {
            groups: entries(&mut fields, "groups")?,
            categories: entries(&mut fields, "productCategories")?,
            products: entries(&mut fields, "products")?,
            sizes: entries(&mut fields, "sizes")?,
            gone: Vec::new(),
            revision: whole(revision.get()).ok_or_else(|| NotAMenu("`revision` is no number".into()))?,
            exported: true,
            rest: fields,
            baked: None,
        })
    }

    /// The answer without its opening `{"correlationId":"…"`, ready to be appended: the whole picture, or empty lists with
    /// the same revision when the asker has this one.
    pub fn tail(&mut self, start_revision: Option<i64>) -> Bytes {
        if start_revision == Some(self.revision) {
            let lists = r#","groups":[],"productCategories":[],"products":[],"sizes":[]"#;
            return Bytes::from(format!("{lists},\"revision\":{}}}", self.revision));
        }
        if let Some(baked) = &self.baked {
            return baked.clone();
        }
        let baked = self.bake();
        self.baked = Some(baked.clone());
        baked
    }

    fn bake(&self) -> Bytes {
        let none: &[Record] = &[];
        let shown = |list| if self.exported { list } else { none };
        let mut text = String::new();
        write_list(&mut text, "groups", shown(&self.groups));
        write_list(&mut text, "productCategories", &self.categories);
        write_list(&mut text, "products", shown(&self.products));
        write_list(&mut text, "sizes", shown(&self.sizes));
        for (name, raw) in &self.rest {
            text.push_str(&format!(",{}:{}", Value::from(name.as_str()), raw.get()));
        }
        text.push_str(&format!(",\"revision\":{}}}", self.revision));
        Bytes::from(text)
    }

    /// A deed was done: a later revision, and the answer is baked anew.
    pub fn bump(&mut self) {
        self.set_revision(clock::now_ms().max(self.revision.saturating_add(1)));
    }

    /// A revision of one's own choosing, also an earlier one.
    pub fn set_revision(&mut self, revision: i64) {
        self.revision = revision;
        self.baked = None;
    }

    pub fn product(&self, id: &str) -> Option<&Record> {
        self.products.iter().find(|product| product.is(id))
    }

    /// The id of the first product of that name or code.
    pub fn id_of(&self, name_or_code: &str) -> Option<String> {
        let found = self
            .products
            .iter()
            .find(|p| p.name() == name_or_code || p.head.code.as_deref() == Some(name_or_code));
        found.and_then(|product| product.head.id.clone())
    }

    /// The id of the first folder of that name.
    pub fn folder_of(&self, name: &str) -> Option<String> {
        self.groups.iter().find(|group| group.name() == name).and_then(|group| group.head.id.clone())
    }

    /// The folder's name; empty where the product lies in none that is exported.
    pub fn folder_name(&self, id: Option<&str>) -> &str {
        let Some(id) = id else { return "" };
        self.groups.iter().find(|group| group.is(id)).map_or("", Record::name)
    }
}

fn entries(fields: &mut BTreeMap<String, Box<RawValue>>, name: &str) -> Result<Vec<Record>, NotAMenu> {
    let raw = fields.remove(name).ok_or_else(|| NotAMenu(format!("no `{name}`")))?;
    let list: Vec<Box<RawValue>> =
        serde_json::from_str(raw.get()).map_err(|cause| NotAMenu(format!("`{name}`: {cause}")))?;
    Ok(list.into_iter().map(Record::of_raw).collect())
}

fn whole(text: &str) -> Option<i64> {
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    #[allow(clippy::cast_possible_truncation)]
    number.as_i64().or_else(|| number.as_f64().map(|real| real as i64))
}

fn write_list(text: &mut String, name: &str, list: &[Record]) {
    text.push_str(&format!(",\"{name}\":["));
    for (at, record) in list.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(record.text());
    }
    text.push(']');
}

impl TryFrom<&Value> for Menu {
    type Error = NotAMenu;

    fn try_from(answer: &Value) -> Result<Menu, NotAMenu> {
        let text = to_raw_value(answer).map_err(|cause| NotAMenu(cause.to_string()))?;
        Menu::read(text.get())
    }
}
