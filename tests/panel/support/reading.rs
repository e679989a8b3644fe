//! An export read a second way, over plain JSON and with no word of the panel's code: what the menu must show, and what
//! must be skipped and why.
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

/// A dish as the menu must have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    pub name: String,
    pub kopecks: i64,
    pub description: String,
    pub code: String,
    pub on_sale: bool,
    pub section: String,
    pub category: Option<String>,
    pub rule: &'static str,
    /// Folders in iiko, the top one first.
    pub path: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Reading {
    /// By iiko's id, lower case.
    pub dishes: BTreeMap<String, Expected>,
    /// Rule and name, sorted.
    pub skipped: Vec<(String, String)>,
    /// Ids of what came with a price nobody can read.
    pub unread: HashSet<String>,
    /// Names of the sections that arrive hidden.
    pub hidden: HashSet<String>,
}

const NOWHERE: &str = "Без папки в iiko";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn yes(value: &Value) -> bool {
    value.as_bool().unwrap_or(false)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub fn read(export: &Value) -> Reading {
    let folders: HashMap<String, &Value> = list(&export["groups"])
        .iter()
        .filter(|group| !yes(&group["isGroupModifier"]))
        .map(|group| (text(&group["id"]).to_lowercase(), group))
        .collect();
    let mut reading = Reading::default();
    let mut seen = HashSet::new();
    for product in list(&export["products"]) {
        let id = text(&product["id"]).to_lowercase();
        let kind = text(&product["type"]).to_lowercase();
        if kind == "modifier" {
            continue;
        }
        let rule = if !seen.insert(id.clone()) {
            "duplicate"
        } else if yes(&product["isDeleted"]) {
            "deleted"
        } else if kind == "service" {
            "service"
        } else if kind != "dish" && kind != "good" {
            "unknown_type"
        } else if text(&product["name"]).is_empty() {
            "no_name"
        } else if prices(product).iter().any(|(kopecks, _)| bad(*kopecks)) {
            "bad_price"
        } else {
            reading.dishes.insert(id, expected(product, &folders, &mut reading.hidden));
            continue;
        };
        if rule == "bad_price" {
            reading.unread.insert(id);
        }
        reading.skipped.push((rule.to_owned(), text(&product["name"])));
    }
    reading.skipped.sort();
    reading
}

/// Price in kopecks as a float, and whether it is on the menu; one for each size.
fn prices(product: &Value) -> Vec<(f64, bool)> {
    let sizes = list(&product["sizePrices"]).iter();
    let price = |row: &Value| {
        (row["price"]["currentPrice"].as_f64().unwrap_or(0.0) * 100.0, yes(&row["price"]["isIncludedInMenu"]))
    };
    sizes.map(price).collect()
}

fn bad(kopecks: f64) -> bool {
    kopecks < 0.0 || (kopecks - kopecks.round()).abs() > 1e-6
}

fn expected(product: &Value, folders: &HashMap<String, &Value>, hidden: &mut HashSet<String>) -> Expected {
    let all = prices(product);
    let lowest = |rows: &[f64]| rows.iter().copied().fold(f64::INFINITY, f64::min);
    let on_menu: Vec<f64> = all.iter().filter(|(_, on)| *on).map(|(price, _)| *price).collect();
    let any: Vec<f64> = all.iter().map(|(price, _)| *price).collect();
    let kopecks = match (on_menu.is_empty(), any.is_empty()) {
        (false, _) => lowest(&on_menu),
        (true, false) => lowest(&any),
        (true, true) => 0.0,
    };
    let (path, rule) = way(&text(&product["parentGroup"]).to_lowercase(), folders);
    let names: Vec<String> = path.iter().map(|folder| text(&folder["name"])).collect();
    if path.first().is_some_and(|top| !yes(&top["isIncludedInMenu"])) {
        hidden.insert(names[0].clone());
    }
    let seo = text(&product["seoDescription"]);
    Expected {
        name: text(&product["name"]),
        kopecks: kopecks.round() as i64,
        description: if seo.is_empty() { text(&product["description"]) } else { seo }.replace("\r\n", "\n"),
        code: text(&product["code"]),
        on_sale: !on_menu.is_empty(),
        section: names.first().cloned().unwrap_or_else(|| NOWHERE.to_owned()),
        category: names.get(1).cloned(),
        rule,
        path: names,
    }
}

/// The folders from the top to `leaf`, and the rule; no folders where there is no sound one.
fn way<'a>(leaf: &str, folders: &HashMap<String, &'a Value>) -> (Vec<&'a Value>, &'static str) {
    if leaf.is_empty() {
        return (Vec::new(), "no_group");
    }
    if !folders.contains_key(leaf) {
        return (Vec::new(), "unknown_group");
    }
    let (mut path, mut at, mut detached) = (Vec::new(), leaf.to_owned(), false);
    while !at.is_empty() {
        let Some(folder) = folders.get(&at) else {
            detached = true;
            break;
        };
        path.insert(0, *folder);
        if path.len() > folders.len() {
            return (Vec::new(), "looped_group");
        }
        at = text(&folder["parentGroup"]).to_lowercase();
    }
    if path.iter().any(|folder| yes(&folder["isDeleted"])) {
        return (Vec::new(), "deleted_group");
    }
    let rule = match (detached, path.len()) {
        (true, _) => "detached_group",
        (_, 1) => "top_group",
        (_, 2) => "copied",
        _ => "flattened",
    };
    (path, rule)
}
