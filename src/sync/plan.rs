//! The picture of iiko's export against our menu → what to write, and why. Pure: no database, no clock, no network.
//!
//! The first sync copies iiko's folders. Later ones never move, rename or add folders: known products change in iiko's
//! fields alone, new ones go into the section of the day, what left the export is hidden and kept.
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::integrations::dictionary;
use crate::menu::import::{Import, OurProduct, Ours, ProductRow};
use crate::payments;
use crate::seating;
use crate::staff;
use crate::sync::change::{Change, Kind, Tally, made};
use crate::sync::differences::differences;
use crate::sync::digest;
use crate::sync::gate::{self, Facts, Held};
use crate::sync::options;
use crate::sync::reading::{Dish, Picture};
use crate::sync::run::Missed;
use crate::venues::part::Part;

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
    pub seating: seating::import::Import<'a>,
    pub payments: payments::import::Import<'a>,
    pub staff: staff::import::Import,
    pub dictionaries: dictionary::Import,
    pub changes: Vec<Change<'a>>,
    pub tally: Tally,
    pub held: Vec<Held>,
    /// A part that is left for a look of its own, so that it does not hold the menu.
    pub left: Option<Missed>,
}

/// The plan's making: ours by id, and what has been decided so far.
pub(in crate::sync) struct Draft<'a, 'p> {
    pub(in crate::sync) plan: Plan<'a>,
    pub(in crate::sync) theirs: &'p Picture<'a>,
    pub(in crate::sync) names: HashMap<Uuid, String>,
    /// iiko folder → our section or category made from it in this plan.
    pub(in crate::sync) copied: HashMap<Uuid, Uuid>,
    pub(in crate::sync) next_position: i64,
    pub(in crate::sync) no_folder: Option<Uuid>,
    pub(in crate::sync) of_day: Option<Uuid>,
    pub(in crate::sync) facts: Facts,
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
        let (before, iiko_id) = (self.plan.changes.len(), Some(dish.iiko_id));
        let told = |kind, rule| {
            let change = made("product", product.id, dish.name.clone(), rule);
            Change { kind, iiko_id, place: place.clone(), ..change }
        };
        if product.vanished {
            self.plan.changes.push(told(Kind::Returned, "back_in_export"));
            self.plan.tally.returned += 1;
        } else {
            self.facts.in_both += 1;
            self.facts.repriced += i64::from(product.price != dish.price);
        }
        let fields = differences(product, dish);
        self.plan.tally.changed += i64::from(!fields.is_empty() && !product.vanished);
        for (field, was, became) in fields {
            let change = told(Kind::Changed, "changed_in_iiko");
            let (was, became) = (Some(was), Some(became));
            self.plan.changes.push(Change { field: Some(field), was, became, ..change });
        }
        if product.iiko_path != spot.path {
            let change = told(Kind::Moved, "moved_in_iiko_stays_here");
            let (was, became) = (Cow::Borrowed(product.iiko_path.as_str()), Cow::Owned(spot.path.clone()));
            let (was, became) = (Some(was), Some(became));
            self.plan.changes.push(Change { field: Some("iiko_path"), was, became, ..change });
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

impl Plan<'_> {
    /// What a person would approve: see [`digest`].
    pub fn digest(&self) -> String {
        digest::digest(&self.changes)
    }

    /// Tables that would vanish are a question of the seating's own sync: with the menu, the seating stays as it is.
    pub fn leave_seating_in_question(&mut self) {
        let before = self.held.len();
        self.held.retain(|held| !matches!(held, Held::TablesVanished { .. }));
        if self.held.len() == before {
            return;
        }
        self.changes.retain(|change| !matches!(change.thing, "hall" | "table"));
        self.seating = seating::import::Import::default();
        self.tally.seating = 0;
        let (part, code) = (Part::Seating.word().to_owned(), "tables_vanished".to_owned());
        self.left = Some(Missed { part, code, said: String::new(), correlation_id: None });
    }

    /// Whether something beside the menu is written without a word: a hall's place in the list, a table's id at the till.
    pub fn writes_beside(&self) -> bool {
        !self.seating.halls.is_empty() || !self.seating.tables.is_empty()
    }

    /// Whether there is anything to write.
    pub fn is_quiet(&self) -> bool {
        self.tally.is_quiet() && self.import.sections.is_empty() && self.import.categories.is_empty()
    }
}
