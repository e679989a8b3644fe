//! What is on an order: lines, payments, discounts, as the page shows them. Kept as JSON in the order's row: it is read and
//! written whole.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::money::Kopecks;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub lines: Vec<Line>,
    pub payments: Vec<Paid>,
    pub discounts: Vec<Off>,
    pub comment: String,
    /// Why it was cancelled or could not be made, in iiko's words.
    pub cause: String,
    /// Why it could not be made: iiko's code; empty: none was told.
    #[serde(default)]
    pub code: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    /// iiko's product; none: a service.
    pub product: Option<Uuid>,
    /// A decimal as iiko wrote it: «1», «0.5».
    pub amount: String,
    /// With discounts and modifiers.
    pub sum: Kopecks,
    /// iiko's word: `Added`, `CookingStarted` … `Served`.
    pub status: String,
    pub modifiers: Vec<String>,
    pub comment: String,
    /// Taken off the order: it stays to be seen, it is not paid for.
    pub removed: bool,
    /// The product is not in the export, so the panel's menu does not have it.
    pub unexported: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    pub name: String,
    /// iiko's payment type.
    pub method: Option<Uuid>,
    pub sum: Kopecks,
    /// Not counted by the till yet.
    pub preliminary: bool,
    pub external: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    pub name: String,
    pub sum: Kopecks,
}
