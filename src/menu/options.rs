//! What a product can be ordered with: the shape of the column `products.options`. Names and prices of modifiers, names
//! of groups and sizes lie once in `menu_options`, by iiko's ids.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::money::Kopecks;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<SizePrice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<Modifier>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<ModifierGroup>,
}

/// A price of one size. A product without sizes keeps none of these: its price is the product's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizePrice {
    pub size: Uuid,
    pub price: Kopecks,
    /// iiko `isIncludedInMenu` of this size.
    pub on_sale: bool,
}

/// How many of a modifier may be ordered; amounts are portions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modifier {
    pub id: Uuid,
    pub min: i64,
    pub max: i64,
    pub default: i64,
    pub free: i64,
    pub required: bool,
}

/// A group to choose from; `own_limits` says whether its modifiers' min and max mean anything (iiko
/// `childModifiersHaveMinMaxRestrictions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModifierGroup {
    pub id: Uuid,
    pub min: i64,
    pub max: i64,
    pub free: i64,
    pub required: bool,
    pub own_limits: bool,
    pub modifiers: Vec<Modifier>,
}

impl Modifier {
    /// Portions that must be chosen.
    pub fn least(&self) -> i64 {
        if self.required { self.min.max(1) } else { self.min }
    }

    /// None: as many as one likes.
    pub fn most(&self) -> Option<i64> {
        (self.max > 0).then_some(self.max)
    }

    pub fn allows(&self, portions: i64) -> bool {
        portions >= self.least() && self.most().is_none_or(|most| portions <= most)
    }
}

impl ModifierGroup {
    /// Portions that must be chosen of all its modifiers.
    pub fn least(&self) -> i64 {
        if self.required { self.min.max(1) } else { self.min }
    }

    /// None: as many as one likes.
    pub fn most(&self) -> Option<i64> {
        (self.max > 0).then_some(self.max)
    }

    pub fn allows(&self, portions: i64) -> bool {
        portions >= self.least() && self.most().is_none_or(|most| portions <= most)
    }
}
