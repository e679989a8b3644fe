//! What a back office does to its menu: every deed gives a new revision. Deeds answer none when there is nothing of that id.
use serde_json::{Number, Value};
use uuid::Uuid;

use super::dish::{Group, Product};
use super::id;
use super::menu::Menu;
use super::record::Record;

/// What of a product is to be different; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<String>,
    pub description: Option<String>,
    pub price: Option<Number>,
    /// the folder's id
    pub folder: Option<String>,
}

impl Menu {
    /// Name, description, every price, folder.
    pub fn edit(&mut self, id: &str, change: &Change) -> Option<()> {
        self.rewrite(id, |product| {
            if let Some(name) = &change.name {
                product["name"] = name.as_str().into();
            }
            if let Some(description) = &change.description {
                product["description"] = description.as_str().into();
            }
            if let Some(folder) = &change.folder {
                product["parentGroup"] = folder.as_str().into();
            }
            if let Some(price) = &change.price {
                each_price(product, |_| price.clone());
            }
        })
    }

    pub fn rename(&mut self, id: &str, name: &str) -> Option<()> {
        self.edit(id, &Change { name: Some(name.into()), ..Change::default() })
    }

    pub fn reprice(&mut self, id: &str, price: Number) -> Option<()> {
        self.edit(id, &Change { price: Some(price), ..Change::default() })
    }

    pub fn move_to(&mut self, id: &str, folder: &str) -> Option<()> {
        self.edit(id, &Change { folder: Some(folder.into()), ..Change::default() })
    }

    /// All dishes cheaper or dearer by `percent`, to the kopeck; modifiers stay. Answers how many.
    pub fn reprice_all(&mut self, percent: f64) -> usize {
        let mut touched = 0;
        for product in self.products.iter_mut().filter(|product| !product.is_modifier()) {
            let mut value = product.value();
            each_price(&mut value, |old| by_percent(old, percent));
            if let Ok(record) = Record::of(&value) {
                *product = record;
                touched += 1;
            }
        }
        self.bump();
        touched
    }

    /// Taken out of the export; it can be brought back as it was.
    pub fn remove(&mut self, id: &str) -> Option<()> {
        let at = self.products.iter().position(|product| product.is(id))?;
        let product = self.products.remove(at);
        self.gone.push(product);
        self.bump();
        Some(())
    }

    /// Put into the export again under the same id.
    pub fn bring_back(&mut self, id: &str) -> Option<()> {
        let at = self.gone.iter().position(|product| product.is(id))?;
        let product = self.gone.remove(at);
        self.products.push(product);
        self.bump();
        Some(())
    }

    /// Everything that was taken out comes back. Answers how many.
    pub fn bring_all_back(&mut self) -> usize {
        let back = self.gone.len();
        self.products.append(&mut self.gone);
        self.exported = true;
        self.bump();
        back
    }

    /// Deleted and typed in again by somebody: same name and code, another id, which is answered.
    pub fn recreate(&mut self, id: &str) -> Option<String> {
        let new = id::fresh().to_string();
        self.rewrite(id, |product| product["id"] = new.as_str().into())?;
        Some(new)
    }

    /// About `percent` of the products leave the export, spread evenly over the menu. Answers how many.
    pub fn drop_share(&mut self, percent: usize) -> usize {
        let percent = percent.min(100);
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for (at, product) in self.products.drain(..).enumerate() {
            // the n-th goes when the whole part of its share grows: exact over any stretch
            let goes = (at + 1) * percent / 100 > at * percent / 100;
            if goes { dropped.push(product) } else { kept.push(product) }
        }
        let gone = dropped.len();
        self.products = kept;
        self.gone.append(&mut dropped);
        self.bump();
        gone
    }

    /// Nothing is exported any more (false), or everything again (true): lists empty, revision new.
    pub fn export(&mut self, exported: bool) {
        self.exported = exported;
        self.bump();
    }

    /// The same menu under an earlier revision, as after a back office was restored from a backup.
    pub fn turn_back(&mut self) {
        self.set_revision(self.revision.saturating_sub(86_400_000));
    }

    pub fn add(&mut self, product: &Product) -> String {
        if let Ok(record) = Record::of(product) {
            self.products.push(record);
        }
        self.bump();
        product.id.to_string()
    }

    pub fn add_folder(&mut self, group: &Group) -> String {
        if let Ok(record) = Record::of(group) {
            self.groups.push(record);
        }
        self.bump();
        group.id.to_string()
    }

    /// A dish typed in now: in `folder` (id) or in none, last in order, under the next code.
    pub fn add_dish(&mut self, name: &str, price: Number, folder: Option<&str>) -> String {
        let mut dish = Product::dish(id::fresh(), name, price);
        dish.parent_group = folder.and_then(|folder| folder.parse::<Uuid>().ok());
        dish.order = i32::try_from(self.products.len()).unwrap_or(i32::MAX);
        dish.code = format!("{:05}", 90_000 + self.products.len() + self.gone.len());
        self.add(&dish)
    }

    /// The whole menu becomes another one, with that one's revision: two captured moments of one restaurant.
    pub fn replace(&mut self, other: Menu) {
        *self = other;
    }

    /// Any change of one product's JSON.
    pub fn rewrite(&mut self, id: &str, change: impl FnOnce(&mut Value)) -> Option<()> {
        let product = self.products.iter_mut().find(|product| product.is(id))?;
        let mut value = product.value();
        change(&mut value);
        *product = Record::of(&value).ok()?;
        self.bump();
        Some(())
    }
}

fn each_price(product: &mut Value, change: impl Fn(&Number) -> Number) {
    let Some(rows) = product.get_mut("sizePrices").and_then(Value::as_array_mut) else { return };
    for row in rows {
        let Some(price) = row.pointer_mut("/price/currentPrice") else { continue };
        let Value::Number(old) = &*price else { continue };
        *price = Value::Number(change(old));
    }
}

fn by_percent(old: &Number, percent: f64) -> Number {
    let roubles = old.as_f64().unwrap_or(0.0) * (1.0 + percent / 100.0);
    Number::from_f64((roubles * 100.0).round() / 100.0).unwrap_or_else(|| old.clone())
}
