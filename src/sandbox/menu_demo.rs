//! The demo restaurant's menu, «Рябина на Покровке»: `demo_menu.json` (ours, invented) made into iiko's shape.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::dish::{Group, GroupModifier, Modifier, Product, SizePrice, roubles};
use super::id;
use super::menu::Menu;
use super::record::Record;

const TEXT: &str = include_str!("demo_menu.json");

#[derive(Deserialize)]
struct Book {
    sizes: Vec<(String, bool)>,
    choices: BTreeMap<String, Vec<(String, String)>>,
    singles: Vec<(String, String)>,
    folders: Vec<Folder>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Folder {
    name: String,
    /// false: the products are exported, the folder they lie in is not
    exported: bool,
    dishes: Vec<Dish>,
    folders: Vec<Folder>,
}

impl Default for Folder {
    fn default() -> Folder {
        Folder { name: String::new(), exported: true, dishes: Vec::new(), folders: Vec::new() }
    }
}

#[derive(Deserialize)]
struct Dish {
    code: String,
    name: String,
    #[serde(default)]
    price: String,
    #[serde(default)]
    sizes: Vec<String>,
    kg: f64,
    text: Option<String>,
    /// description for guests, of the SEO tab
    seo: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    choices: Vec<(String, i32, i32)>,
    #[serde(default)]
    extras: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Category {
    id: Uuid,
    name: String,
    is_deleted: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    id: Uuid,
    name: String,
    priority: i32,
    is_default: bool,
}

/// The menu, the same ids in every run.
pub fn menu() -> Menu {
    let mut menu = Menu::new();
    let Ok(book) = serde_json::from_str::<Book>(TEXT) else { return menu };
    for (at, (name, is_default)) in (0..).zip(&book.sizes) {
        let size = Size { id: of("size", name), name: name.clone(), priority: at, is_default: *is_default };
        menu.sizes.extend(Record::of(&size));
    }
    modifiers(&book, &mut menu);
    for (order, folder) in (0..).zip(&book.folders) {
        fill(&book, &mut menu, folder, (None, order));
    }
    menu.bump();
    menu
}

fn of(kind: &str, name: &str) -> Uuid {
    id::named(&format!("demo {kind} {name}"))
}

fn modifiers(book: &Book, menu: &mut Menu) {
    for (group, members) in &book.choices {
        menu.groups.extend(Record::of(&Group::of_modifiers(of("choice", group), group)));
        for (order, (name, price)) in (0..).zip(members) {
            let mut modifier =
                Product::modifier(of("modifier", &format!("{group}/{name}")), name, price_of(price));
            modifier.parent_group = Some(of("choice", group));
            modifier.order = order;
            menu.products.extend(Record::of(&modifier));
        }
    }
    for (name, price) in &book.singles {
        menu.products.extend(Record::of(&Product::modifier(of("single", name), name, price_of(price))));
    }
}

/// A folder with what lies in it, `above`: the parent and the place among its siblings.
fn fill(book: &Book, menu: &mut Menu, folder: &Folder, above: (Option<Uuid>, i32)) {
    let (parent, order) = above;
    let path = format!("{}/{}", parent.map(|id| id.to_string()).unwrap_or_default(), folder.name);
    let id = of("folder", &path);
    if folder.exported {
        menu.groups.extend(Record::of(&Group::folder(id, &folder.name, parent, order)));
    }
    let name = folder.name.trim_matches(['!', ' ']).to_owned();
    let category = Category { id: of("category", &path), name, is_deleted: false };
    if !folder.dishes.is_empty() {
        menu.categories.extend(Record::of(&category));
    }
    for (order, dish) in (0..).zip(&folder.dishes) {
        let mut product = served(book, dish);
        product.parent_group = Some(id);
        product.product_category_id = Some(category.id);
        product.order = order;
        menu.products.extend(Record::of(&product));
    }
    for (order, inner) in (0..).zip(&folder.folders) {
        fill(book, menu, inner, (Some(id), order));
    }
}

fn served(book: &Book, dish: &Dish) -> Product {
    let mut product = Product::dish(of("dish", &dish.code), &dish.name, price_of(&dish.price));
    product.code = dish.code.clone();
    product.description = dish.text.clone();
    product.seo_description = dish.seo.clone();
    product.weigh(dish.kg);
    product.group_id = Some(of("stock group", "kitchen"));
    if dish.kind.as_deref() == Some("Service") {
        product.r#type = "Service";
        product.payment_subject = "УСЛУГА";
    }
    if !dish.sizes.is_empty() {
        let sizes = book.sizes.iter().zip(&dish.sizes);
        product.size_prices = sizes
            .map(|((size, _), price)| SizePrice::of_size(Some(of("size", size)), price_of(price), true))
            .collect();
    }
    product.modifiers = dish.extras.iter().map(|name| Modifier::of(of("single", name), 0, 1, 0)).collect();
    product.group_modifiers = dish.choices.iter().map(|choice| choose(book, choice)).collect();
    product
}

fn choose(book: &Book, (group, min, max): &(String, i32, i32)) -> GroupModifier {
    let members = book.choices.get(group).map(Vec::as_slice).unwrap_or_default();
    let children = members.iter().enumerate().map(|(at, (name, _))| {
        // a choice that must be made has its first answer set
        let default = i32::from(*min > 0 && at == 0);
        Modifier::of(of("modifier", &format!("{group}/{name}")), 0, 1, default)
    });
    GroupModifier::of(of("choice", group), *min, *max, children.collect())
}

fn price_of(text: &str) -> serde_json::Number {
    roubles(text).unwrap_or_else(|| 0.into())
}
