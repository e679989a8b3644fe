//! A row of a run's history: what happened to one thing, and the rule that made it happen.
use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Added,
    Changed,
    /// iiko moved it between folders; here it stays.
    Moved,
    Vanished,
    Returned,
    Skipped,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Added, Kind::Changed, Kind::Moved, Kind::Vanished, Kind::Returned, Kind::Skipped];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Changed => "changed",
            Kind::Moved => "moved",
            Kind::Vanished => "vanished",
            Kind::Returned => "returned",
            Kind::Skipped => "skipped",
        }
    }

    pub fn of_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Every rule a row may name; each has its sentence `why-…` in both languages (a test holds us to it).
pub const RULES: &[&str] = &[
    "copied",
    "flattened",
    "top_group",
    "no_group",
    "unknown_group",
    "deleted_group",
    "looped_group",
    "detached_group",
    "new_after_first",
    "folder_copied",
    "folder_copied_hidden",
    "section_of_day",
    "section_no_folder",
    "changed_in_iiko",
    "moved_in_iiko_stays_here",
    "not_in_export",
    "deleted_in_iiko",
    "no_dish_anymore",
    "back_in_export",
    "option_in_iiko",
    "service",
    "deleted",
    "duplicate",
    "bad_price",
    "no_name",
    "unknown_type",
    "unreadable",
    "hall_in_iiko",
    "table_in_iiko",
    "table_moved_in_iiko",
    "not_in_sections",
    "back_in_sections",
    "table_unreadable",
    "table_deleted_in_iiko",
    "payment_in_iiko",
    "not_in_payment_types",
    "back_in_payment_types",
    "person_in_iiko",
    "not_among_couriers",
    "back_among_couriers",
    "entry_in_iiko",
    "not_in_dictionaries",
    "back_in_dictionaries",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    pub kind: Kind,
    /// `product`, `section`, `category`, `modifier`, `modifier_group`, `size`, `hall`, `table`, `payment_method`,
    /// `person`, `order_type`, `discount`, `cancel_cause`.
    pub thing: &'static str,
    pub thing_id: Option<Uuid>,
    pub iiko_id: Option<Uuid>,
    pub name: Cow<'a, str>,
    /// Where it stands in our menu: «Кухня → Супы».
    pub place: String,
    /// Of a change: `name`, `price`, `description` …
    pub field: Option<&'static str>,
    /// Prices in kopecks.
    pub was: Option<Cow<'a, str>>,
    pub became: Option<Cow<'a, str>>,
    pub rule: &'static str,
    /// What the rule's sentence names: iiko's folders, a broken value.
    pub note: String,
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

/// How many products of each kind; kept on the run as JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub added: i64,
    /// Products with a changed field, not fields.
    pub changed: i64,
    pub moved: i64,
    pub vanished: i64,
    pub returned: i64,
    pub skipped: i64,
    pub unchanged: i64,
    /// Modifiers, modifier groups and sizes written.
    pub options: i64,
    /// Halls and tables that came, changed, moved or left.
    pub seating: i64,
    /// Payment methods that did.
    pub payments: i64,
    /// People iiko tells of who did.
    pub staff: i64,
    /// Entries of iiko's dictionaries that did.
    pub dictionaries: i64,
}

impl Tally {
    pub fn of(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Added => self.added,
            Kind::Changed => self.changed,
            Kind::Moved => self.moved,
            Kind::Vanished => self.vanished,
            Kind::Returned => self.returned,
            Kind::Skipped => self.skipped,
        }
    }

    /// Whether products were compared at all.
    pub fn has_products(&self) -> bool {
        Kind::ALL.iter().any(|kind| self.of(*kind) > 0) || self.unchanged > 0
    }

    /// Whether the menu is as it was.
    pub fn menu_is_quiet(&self) -> bool {
        self.added + self.changed + self.moved + self.vanished + self.returned + self.options == 0
    }

    /// Whether everything is as it was.
    pub fn is_quiet(&self) -> bool {
        self.menu_is_quiet() && self.seating + self.payments + self.staff + self.dictionaries == 0
    }
}
