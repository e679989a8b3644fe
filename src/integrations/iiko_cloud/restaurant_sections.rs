//! Halls with tables, and the layout drawn in iikoOffice, in iiko's words.
use serde::Deserialize;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, Whole, list};
use crate::integrations::iiko_cloud::methods::SECTIONS;

/// An answer of `/api/1/reserve/available_restaurant_sections`. Only halls where reserves are enabled are in it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer<'a> {
    #[serde(borrow, deserialize_with = "list")]
    pub restaurant_sections: Vec<Section<'a>>,
}

/// A hall. Numbers of tables repeat across halls; names are mostly blank.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub tables: Vec<Table<'a>>,
    /// None where nobody has drawn the hall.
    #[serde(borrow, default)]
    pub schema: Option<Schema<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Table<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(default)]
    pub number: Whole,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    /// Guests; 0 where nobody has filled it in.
    #[serde(default)]
    pub seating_capacity: Whole,
    #[serde(default)]
    pub is_deleted: Flag,
    /// iikoFront's own id of the table; orders of the till's plugin name it.
    #[serde(default)]
    pub pos_id: MaybeId,
}

/// The drawn hall, pixels.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema<'a> {
    #[serde(default)]
    pub width: Whole,
    #[serde(default)]
    pub height: Whole,
    #[serde(borrow, default, deserialize_with = "list")]
    pub table_elements: Vec<Element<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub mark_elements: Vec<Element<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub rectangle_elements: Vec<Element<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub ellipse_elements: Vec<Element<'a>>,
    #[serde(default)]
    pub is_deleted: Flag,
}

/// A thing of the drawing: the upper left corner before turning by `angle` degrees about the middle.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Element<'a> {
    /// Of a table alone.
    #[serde(default)]
    pub table_id: MaybeId,
    /// Of a mark alone: «Бар».
    #[serde(borrow, default)]
    pub text: Text<'a>,
    #[serde(default)]
    pub x: Whole,
    #[serde(default)]
    pub y: Whole,
    #[serde(default)]
    pub angle: Whole,
    #[serde(default)]
    pub width: Whole,
    #[serde(default)]
    pub height: Whole,
}

/// Reads an answer.
pub fn read(body: &[u8]) -> Result<Answer<'_>, Fault> {
    parsed(SECTIONS, serde_json::from_slice(body))
}
