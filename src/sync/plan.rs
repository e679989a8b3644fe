//! The picture of iiko's export against our menu → what to write, and why. Pure: no database, no clock, no network.
//!
//! The first sync copies iiko's folders. Later ones never move, rename or add folders: known products change in iiko's
//! fields alone, new ones go into the section of the day, what left the export is hidden and kept.
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::menu::import::{Import, NewCategory, NewSection, OurProduct, Ours, ProductRow};
use crate::secret::hex;
use crate::sync::change::{Change, Kind, Tally};
use crate::sync::gate::{self, Facts, Held};
use crate::sync::options;
use crate::sync::reading::{Dish, Picture};

/// What a plan is made for.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Nothing of iiko's has been here: folders are copied.
    pub is_first: bool,
    /// The venue's calendar day.
    pub day: NaiveDate,
    /// iiko's revision applied last.
    pub last_revision: Option<i64>,
}

#[derive(Debug, Default)]
pub struct Plan<'a> {
    pub import: Import<'a>,
    pub changes: Vec<Change<'a>>,
    pub tally: Tally,
    pub held: Vec<Held>,
}

/// The plan's making: ours by id, and what has been decided so far.
struct Draft<'a, 'p> {
    plan: Plan<'a>,
    theirs: &'p Picture<'a>,
    names: HashMap<Uuid, String>,
    /// iiko folder → our section or category made from it in this plan.
    copied: HashMap<Uuid, Uuid>,
    next_position: i64,
    no_folder: Option<Uuid>,
    of_day: Option<Uuid>,
    facts: Facts,
}

/// Compares and decides.
pub fn plan<'a>(ours: &'a Ours, theirs: &Picture<'a>, terms: &Terms) -> Plan<'a> {
    let mut draft = Draft::open(ours, theirs, terms);
    let known: HashMap<Uuid, &'a OurProduct> =
        ours.products.iter().map(|product| (product.iiko_id, product)).collect();
    let mut dishes: Vec<&Dish<'a>> = theirs.dishes.iter().collect();
    dishes.sort_by(|a, b| (a.sort_order, &a.name, a.iiko_id).cmp(&(b.sort_order, &b.name, b.iiko_id)));
    if terms.is_first {
        draft.copy_folders(&dishes);
    }
    for dish in &dishes {
        match known.get(&dish.iiko_id) {
            Some(product) => draft.known(product, dish),
            None => draft.new_product(dish, terms),
        }
    }
    draft.gone(ours);
    options::plan(&mut draft.plan, &ours.options, &theirs.choices, terms.is_first);
    draft.skipped();
    draft.plan.held = gate::reasons(&draft.facts);
    // a person asks about dishes first, then about folders and modifiers
    draft.plan.changes.sort_by_key(|change| change.thing != "product");
    draft.plan
}

impl<'a, 'p> Draft<'a, 'p> {
    fn open(ours: &'a Ours, theirs: &'p Picture<'a>, terms: &Terms) -> Draft<'a, 'p> {
        let names = ours.sections.iter().map(|s| (s.id, s.name.clone()));
        let names = names.chain(ours.categories.iter().map(|c| (c.id, c.name.clone()))).collect();
        let day = terms.day.to_string();
        let facts = Facts {
            dishes: theirs.dishes.len() as i64,
            visible: ours.products.iter().filter(|product| !product.vanished).count() as i64,
            revision: theirs.revision,
            last_revision: terms.last_revision,
            ..Facts::default()
        };
        Draft {
            plan: Plan::default(),
            theirs,
            names,
            copied: HashMap::new(),
            next_position: ours.sections.iter().map(|s| s.position).max().unwrap_or(0) + 1,
            no_folder: ours.sections.iter().find(|s| s.origin == "no_folder").map(|s| s.id),
            of_day: ours.sections.iter().find(|s| s.sync_day.as_deref() == Some(&day)).map(|s| s.id),
            facts,
        }
    }

    /// Folders that hold a dish become sections and categories, in iiko's order.
    fn copy_folders(&mut self, dishes: &[&Dish<'a>]) {
        let spots: Vec<_> = dishes.iter().map(|dish| self.theirs.folders.spot(dish.folder)).collect();
        let mut sections: Vec<Uuid> = spots.iter().filter_map(|spot| spot.section).collect();
        self.in_order(&mut sections);
        for folder in sections {
            self.copy_section(folder);
        }
        let pairs = spots.iter().filter_map(|spot| Some((spot.category?, spot.section?)));
        let parents: HashMap<Uuid, Uuid> = pairs.collect();
        let mut categories: Vec<Uuid> = parents.keys().copied().collect();
        self.in_order(&mut categories);
        for (position, folder) in (1..).zip(categories) {
            if let Some(section) = parents.get(&folder).and_then(|parent| self.copied.get(parent)).copied() {
                self.copy_category(folder, section, position);
            }
        }
    }

    fn in_order(&self, folders: &mut Vec<Uuid>) {
        let key =
            |id: &Uuid| self.theirs.folders.get(*id).map(|f| (f.order, f.name.clone().into_owned(), f.id));
        folders.sort_by_cached_key(key);
        folders.dedup();
    }

    fn copy_section(&mut self, folder: Uuid) {
        let Some(folder) = self.theirs.folders.get(folder) else { return };
        let section = NewSection {
            id: Uuid::now_v7(),
            name: folder.name.clone().into_owned(),
            origin: "iiko",
            iiko_group_id: Some(folder.id),
            sync_day: None,
            position: self.next_position,
            hidden: !folder.in_menu,
        };
        self.copied.insert(folder.id, section.id);
        let rule = if section.hidden { "folder_copied_hidden" } else { "folder_copied" };
        self.add_section(section, rule);
    }

    fn copy_category(&mut self, folder: Uuid, section_id: Uuid, position: i64) {
        let Some(folder) = self.theirs.folders.get(folder) else { return };
        let (id, name) = (Uuid::now_v7(), folder.name.clone().into_owned());
        self.copied.insert(folder.id, id);
        self.names.insert(id, name.clone());
        let place = self.names.get(&section_id).cloned().unwrap_or_default();
        let change =
            Change { iiko_id: Some(folder.id), place, ..made("category", id, name.clone(), "folder_copied") };
        self.plan.changes.push(change);
        self.plan.import.categories.push(NewCategory {
            id,
            section_id,
            name,
            iiko_group_id: folder.id,
            position,
        });
    }

    fn add_section(&mut self, section: NewSection, rule: &'static str) {
        self.next_position += 1;
        self.names.insert(section.id, section.name.clone());
        let change = made("section", section.id, section.name.clone(), rule);
        self.plan.changes.push(Change { iiko_id: section.iiko_group_id, ..change });
        self.plan.import.sections.push(section);
    }

    /// The section for what has no sound folder in iiko; made once.
    fn section_without_folder(&mut self) -> Uuid {
        if let Some(id) = self.no_folder {
            return id;
        }
        let id = self.local_section("Без папки в iiko".to_owned(), "no_folder", None);
        self.no_folder = Some(id);
        id
    }

    /// The section for what is new today; made once a day, only if there is something to put into it.
    fn section_of_day(&mut self, day: NaiveDate) -> Uuid {
        if let Some(id) = self.of_day {
            return id;
        }
        let name = format!("Синхронизация с iiko от {}", day.format("%d.%m.%Y"));
        let id = self.local_section(name, "sync_day", Some(day.to_string()));
        self.of_day = Some(id);
        id
    }

    fn local_section(&mut self, name: String, origin: &'static str, sync_day: Option<String>) -> Uuid {
        let id = Uuid::now_v7();
        let rule = if origin == "sync_day" { "section_of_day" } else { "section_no_folder" };
        let position = self.next_position;
        self.add_section(
            NewSection { id, name, origin, iiko_group_id: None, sync_day, position, hidden: false },
            rule,
        );
        id
    }

    fn new_product(&mut self, dish: &Dish<'a>, terms: &Terms) {
        let spot = self.theirs.folders.spot(dish.folder);
        let (section_id, category_id, rule) = if terms.is_first {
            let section = spot.section.and_then(|folder| self.copied.get(&folder).copied());
            let category = spot.category.and_then(|folder| self.copied.get(&folder).copied());
            (section.unwrap_or_else(|| self.section_without_folder()), category, spot.rule)
        } else {
            (self.section_of_day(terms.day), None, "new_after_first")
        };
        let id = Uuid::now_v7();
        let change = Change {
            iiko_id: Some(dish.iiko_id),
            place: self.place(section_id, category_id),
            became: Some(Cow::Owned(dish.price.0.to_string())),
            note: spot.path.clone(),
            ..made("product", id, dish.name.clone(), rule)
        };
        self.plan.changes.push(change);
        self.plan.tally.added += 1;
        let place = (section_id, category_id, Cow::Borrowed(rule));
        self.plan.import.products.push(row(id, dish, spot.path, place));
    }

    /// A product that is here: iiko's fields, one row a changed field; a folder changed in iiko moves nothing here.
    fn known(&mut self, product: &'a OurProduct, dish: &Dish<'a>) {
        let spot = self.theirs.folders.spot(dish.folder);
        let place = self.place(product.section_id, product.category_id);
        let before = self.plan.changes.len();
        if product.vanished {
            let change = made("product", product.id, dish.name.clone(), "back_in_export");
            let change =
                Change { kind: Kind::Returned, iiko_id: Some(dish.iiko_id), place: place.clone(), ..change };
            self.plan.changes.push(change);
            self.plan.tally.returned += 1;
        } else {
            self.facts.in_both += 1;
            self.facts.repriced += i64::from(product.price != dish.price);
        }
        let fields = differences(product, dish);
        self.plan.tally.changed += i64::from(!fields.is_empty() && !product.vanished);
        for (field, was, became) in fields {
            let change = made("product", product.id, dish.name.clone(), "changed_in_iiko");
            let (was, became, iiko_id) = (Some(was), Some(became), Some(dish.iiko_id));
            let place = place.clone();
            self.plan.changes.push(Change {
                kind: Kind::Changed,
                iiko_id,
                place,
                field: Some(field),
                was,
                became,
                ..change
            });
        }
        if product.iiko_path != spot.path {
            let change = made("product", product.id, dish.name.clone(), "moved_in_iiko_stays_here");
            let (was, became) =
                (Some(Cow::Borrowed(product.iiko_path.as_str())), Some(Cow::Owned(spot.path.clone())));
            let (kind, iiko_id) = (Kind::Moved, Some(dish.iiko_id));
            self.plan.changes.push(Change {
                kind,
                iiko_id,
                place,
                field: Some("iiko_path"),
                was,
                became,
                ..change
            });
            self.plan.tally.moved += 1;
        }
        if self.plan.changes.len() == before {
            self.plan.tally.unchanged += 1;
            return;
        }
        let kept = (product.section_id, product.category_id, Cow::Borrowed(product.placed.as_str()));
        self.plan.import.products.push(row(product.id, dish, spot.path, kept));
    }

    /// What left the export is hidden, and so is what is no dish any more. What came but could not be read stays as it
    /// is: that is no reason to hide it.
    fn gone(&mut self, ours: &'a Ours) {
        let here: HashSet<Uuid> = self.theirs.dishes.iter().map(|dish| dish.iiko_id).collect();
        let other = self.no_dishes();
        let unread = self.theirs.skipped.iter().filter_map(|skipped| skipped.iiko_id);
        let unread: HashSet<Uuid> =
            unread.filter(|id| !self.theirs.deleted.contains(id) && !other.contains(id)).collect();
        let gone = |product: &&&OurProduct| {
            !product.vanished && !here.contains(&product.iiko_id) && !unread.contains(&product.iiko_id)
        };
        let mut gone: Vec<&'a OurProduct> = ours.products.iter().by_ref().filter(|p| gone(&p)).collect();
        gone.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        for product in gone {
            let rule = match product.iiko_id {
                id if self.theirs.deleted.contains(&id) => "deleted_in_iiko",
                id if other.contains(&id) => "no_dish_anymore",
                _ => "not_in_export",
            };
            let change = made("product", product.id, Cow::Borrowed(product.name.as_str()), rule);
            let place = self.place(product.section_id, product.category_id);
            let was = Some(Cow::Owned(product.price.0.to_string()));
            self.plan.changes.push(Change {
                kind: Kind::Vanished,
                iiko_id: Some(product.iiko_id),
                place,
                was,
                ..change
            });
            self.plan.import.vanished.push(product.id);
            self.plan.tally.vanished += 1;
            self.facts.vanishing += 1;
        }
    }

    /// Services and modifiers of the export: a dish of ours among them has changed its kind.
    fn no_dishes(&self) -> HashSet<Uuid> {
        let services = self.theirs.skipped.iter().filter(|skipped| skipped.rule == "service");
        let modifiers = self.theirs.choices.iter().filter(|choice| choice.kind == "modifier");
        services.filter_map(|one| one.iiko_id).chain(modifiers.map(|one| one.iiko_id)).collect()
    }

    fn skipped(&mut self) {
        for skipped in &self.theirs.skipped {
            let change = made("product", Uuid::nil(), skipped.name.clone(), skipped.rule);
            let note = skipped.note.clone();
            self.plan.changes.push(Change {
                kind: Kind::Skipped,
                thing_id: None,
                iiko_id: skipped.iiko_id,
                note,
                ..change
            });
        }
        self.plan.tally.skipped = self.theirs.skipped.len() as i64;
    }

    /// «Кухня → Супы».
    fn place(&self, section: Uuid, category: Option<Uuid>) -> String {
        let section = self.names.get(&section).map_or("", String::as_str);
        match category.and_then(|id| self.names.get(&id)) {
            Some(category) => format!("{section} → {category}"),
            None => section.to_owned(),
        }
    }
}

/// A row of kind added, the rest empty.
pub fn made<'a>(
    thing: &'static str,
    id: Uuid,
    name: impl Into<Cow<'a, str>>,
    rule: &'static str,
) -> Change<'a> {
    Change {
        kind: Kind::Added,
        thing,
        thing_id: Some(id),
        iiko_id: None,
        name: name.into(),
        place: String::new(),
        field: None,
        was: None,
        became: None,
        rule,
        note: String::new(),
    }
}

fn row<'a>(
    id: Uuid,
    dish: &Dish<'a>,
    iiko_path: String,
    (section_id, category_id, placed): (Uuid, Option<Uuid>, Cow<'a, str>),
) -> ProductRow<'a> {
    ProductRow {
        id,
        iiko_id: dish.iiko_id,
        kind: dish.kind,
        code: dish.code.clone(),
        name: dish.name.clone(),
        description: dish.description.clone(),
        price: dish.price,
        sort_order: dish.sort_order,
        weight: dish.weight.clone(),
        unit: dish.unit.clone(),
        open_price: dish.open_price,
        on_sale: dish.on_sale,
        iiko_path: Cow::Owned(iiko_path),
        options: dish.options.clone(),
        section_id,
        category_id,
        placed,
    }
}

/// field, was, became
type Difference<'a> = (&'static str, Cow<'a, str>, Cow<'a, str>);

/// Which of iiko's fields differ, as texts.
fn differences<'a>(p: &'a OurProduct, d: &Dish<'a>) -> Vec<Difference<'a>> {
    let mut found: Vec<Difference<'a>> = Vec::new();
    let texts = [
        ("name", &p.name, &d.name),
        ("description", &p.description, &d.description),
        ("code", &p.code, &d.code),
        ("weight", &p.weight, &d.weight),
        ("unit", &p.unit, &d.unit),
    ];
    for (field, was, became) in texts {
        if was != became {
            found.push((field, Cow::Borrowed(was.as_str()), became.clone()));
        }
    }
    if p.kind != d.kind {
        found.push(("kind", Cow::Borrowed(p.kind.as_str()), Cow::Borrowed(d.kind)));
    }
    let numbers = [("price", p.price.0, d.price.0), ("sort_order", p.sort_order, d.sort_order)];
    for (field, was, became) in numbers {
        if was != became {
            found.push((field, Cow::Owned(was.to_string()), Cow::Owned(became.to_string())));
        }
    }
    let word = |yes: bool| Cow::Borrowed(if yes { "yes" } else { "no" });
    for (field, was, became) in
        [("open_price", p.open_price, d.open_price), ("on_sale", p.on_sale, d.on_sale)]
    {
        if was != became {
            found.push((field, word(was), word(became)));
        }
    }
    if p.options.0 != d.options {
        found.push(("options", json(&p.options.0), json(&d.options)));
    }
    found
}

fn json<'a>(value: &impl Serialize) -> Cow<'a, str> {
    Cow::Owned(serde_json::to_string(value).unwrap_or_default())
}

impl Plan<'_> {
    /// SHA-256 of what a person would approve: the rows, without ids of our own making. Neither the order iiko sends its
    /// lists in nor the day of the answer matters: a difference shown in the evening is the same one in the morning.
    pub fn digest(&self) -> String {
        let days = |change: &&Change| !matches!(change.rule, "section_of_day" | "section_no_folder");
        let mut rows: Vec<[u8; 32]> = self.changes.iter().filter(days).map(row_digest).collect();
        rows.sort_unstable();
        hex(&Sha256::digest(rows.as_flattened()))
    }

    /// Whether there is anything to write.
    pub fn is_quiet(&self) -> bool {
        self.tally.is_quiet() && self.import.sections.is_empty() && self.import.categories.is_empty()
    }
}

fn row_digest(change: &Change<'_>) -> [u8; 32] {
    let texts = [
        change.kind.word(),
        change.thing,
        &change.name,
        change.field.unwrap_or(""),
        change.was.as_deref().unwrap_or(""),
        change.became.as_deref().unwrap_or(""),
        change.rule,
        &change.note,
    ];
    let mut sum = Sha256::new();
    for text in texts {
        sum.update((text.len() as u64).to_le_bytes());
        sum.update(text.as_bytes());
    }
    sum.update(change.iiko_id.unwrap_or_default().as_bytes());
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest_of(changes: &[(&'static str, &'static str)]) -> String {
        let changes = changes.iter().map(|(name, rule)| made("product", Uuid::nil(), *name, rule)).collect();
        Plan { changes, ..Plan::default() }.digest()
    }

    #[test]
    fn a_digest_is_of_the_difference_not_of_its_order_or_its_day() {
        let evening =
            [("Борщ", "new_after_first"), ("Уха", "not_in_export"), ("…от 14.06.2025", "section_of_day")];
        let morning =
            [("Уха", "not_in_export"), ("Борщ", "new_after_first"), ("…от 15.06.2025", "section_of_day")];
        assert_eq!(digest_of(&evening), digest_of(&morning));
        assert_ne!(digest_of(&evening), digest_of(&evening[..1]));
        assert_ne!(digest_of(&[("Борщ", "service")]), digest_of(&[("Борщ", "deleted")]));
    }
}
