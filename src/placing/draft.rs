//! What the guest's app sends, and what of it can be judged without the menu.
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::contact::Phone;

/// iiko's own limits, characters.
const NUMBER: usize = 50;
const NAME: usize = 60;
const COMMENT: usize = 500;
const LINE_COMMENT: usize = 255;
/// Of an address, each field.
const PLACE: usize = 255;
/// Lines of an order, pieces of a line, portions of a modifier.
const LINES: usize = 100;
pub const PIECES: i64 = 99;
/// iiko takes orders this far ahead.
const AHEAD: TimeDelta = TimeDelta::days(60);
/// Clocks of apps may be behind.
const LATE: TimeDelta = TimeDelta::minutes(5);

/// An order as the app asks for it. An unknown field is an error: a misspelt one would be a dish without its sauce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The app's own number of the order: told twice it is one order.
    pub external_number: String,
    pub kind: Service,
    pub name: String,
    pub phone: String,
    #[serde(default)]
    pub address: Option<Address>,
    /// None: as soon as possible.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    #[serde(default = "one")]
    pub guests: i64,
    #[serde(default)]
    pub comment: String,
    pub items: Vec<Item>,
    /// Kopecks: what the guest was shown.
    pub sum: i64,
}

fn one() -> i64 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    Courier,
    Pickup,
}

/// A line, or street and house with their city.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Address {
    pub line: String,
    pub city: String,
    pub street: String,
    pub house: String,
    pub flat: String,
    pub entrance: String,
    pub floor: String,
    pub doorphone: String,
    pub comment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Ours.
    pub product: Uuid,
    /// Of the product's sizes; none where it has none.
    #[serde(default)]
    pub size: Option<Uuid>,
    #[serde(default = "one")]
    pub amount: i64,
    #[serde(default)]
    pub modifiers: Vec<Extra>,
    #[serde(default)]
    pub comment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    pub modifier: Uuid,
    /// The group it is chosen from; none: it stands by itself.
    #[serde(default)]
    pub group: Option<Uuid>,
    /// Of one piece.
    #[serde(default = "one")]
    pub amount: i64,
}

/// What is wrong with a draft, and where: `items[2].size`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    Field(String),
    /// Sold out, or less is left than was asked for.
    Stopped(String),
    /// The order costs this many kopecks by the menu of now.
    Sum(i64),
    /// The number stands for another order already.
    Number,
}

impl Draft {
    /// The same with its edges trimmed and the phone written one way, if it can be an order at all.
    pub fn checked(mut self, now: Timestamp) -> Result<Draft, Wrong> {
        let wrong = |at: &str| Err(Wrong::Field(at.to_owned()));
        for text in [&mut self.external_number, &mut self.name, &mut self.phone, &mut self.comment] {
            *text = text.trim().to_owned();
        }
        if self.external_number.is_empty() || !fits(&self.external_number, NUMBER) {
            return wrong("external_number");
        }
        if self.name.is_empty() || !fits(&self.name, NAME) {
            return wrong("name");
        }
        match Phone::typed(&self.phone) {
            Some(phone) => self.phone = phone.as_str().to_owned(),
            None => return wrong("phone"),
        }
        if !fits_lines(&self.comment, COMMENT) {
            return wrong("comment");
        }
        if self.due_at.is_some_and(|due| due < now - LATE || due > now + AHEAD) {
            return wrong("due_at");
        }
        if !(1..=PIECES).contains(&self.guests) {
            return wrong("guests");
        }
        match (&self.address, self.kind) {
            (Some(address), Service::Courier) => address.check()?,
            (None, Service::Pickup) => {}
            _ => return wrong("address"),
        }
        if self.items.is_empty() || self.items.len() > LINES {
            return wrong("items");
        }
        for (at, item) in self.items.iter_mut().enumerate() {
            item.comment = item.comment.trim().to_owned();
            if !(1..=PIECES).contains(&item.amount) {
                return wrong(&format!("items[{at}].amount"));
            }
            if !fits_lines(&item.comment, LINE_COMMENT) {
                return wrong(&format!("items[{at}].comment"));
            }
            let few = |extra: &Extra| (1..=PIECES).contains(&extra.amount);
            if let Some(no) = item.modifiers.iter().position(|extra| !few(extra)) {
                return wrong(&format!("items[{at}].modifiers[{no}].amount"));
            }
        }
        Ok(self)
    }
}

impl Address {
    fn check(&self) -> Result<(), Wrong> {
        let fields = [
            (&self.line, "line"),
            (&self.city, "city"),
            (&self.street, "street"),
            (&self.house, "house"),
            (&self.flat, "flat"),
            (&self.entrance, "entrance"),
            (&self.floor, "floor"),
            (&self.doorphone, "doorphone"),
        ];
        for (said, name) in fields {
            if !fits(said, PLACE) {
                return Err(Wrong::Field(format!("address.{name}")));
            }
        }
        if !fits_lines(&self.comment, COMMENT) {
            return Err(Wrong::Field("address.comment".to_owned()));
        }
        let is_line = !self.line.trim().is_empty();
        let whole = [&self.city, &self.street, &self.house].map(|said| !said.trim().is_empty());
        match (is_line, whole) {
            (true, [false, false, false]) | (false, [true, true, true]) => Ok(()),
            (false, [false, ..]) => Err(Wrong::Field("address.city".to_owned())),
            (false, [_, false, _]) => Err(Wrong::Field("address.street".to_owned())),
            (false, _) => Err(Wrong::Field("address.house".to_owned())),
            (true, _) => Err(Wrong::Field("address.line".to_owned())),
        }
    }

    /// In one line, for the order's page.
    pub fn said(&self) -> String {
        let parts = [&self.line, &self.city, &self.street, &self.house, &self.flat];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

fn fits(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// The same of a text that may have lines.
fn fits_lines(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(|c| c.is_control() && c != '\n')
}
