//! A hall drawn as SVG: tables with their chairs where iiko has them. Drawn on the server; every table is a link.
use askama::Template;
use uuid::Uuid;

use crate::lang::Lang;
use crate::part;
use crate::say;
use crate::seating::floor::{Mark, Spot};
use crate::seating::hall::Hall;
use crate::seating::table::Table;

/// A chair, and how many of them a side has at most.
const CHAIR: (i64, i64) = (18, 10);
const MOST_AT_SIDE: i64 = 6;

#[derive(Template)]
#[template(path = "seating/_plan.html")]
pub struct Plan {
    lang: Lang,
    label: String,
    is_grid: bool,
    width: i64,
    height: i64,
    marks: Vec<Mark>,
    seats: Vec<Seat>,
}
part!(Plan);

/// A table as drawn.
struct Seat {
    href: String,
    /// For who does not see the picture: «Стол 5, 4 места».
    said: String,
    number: i64,
    name: String,
    spot: Spot,
    middle: (i64, i64),
    chairs: Vec<(i64, i64)>,
    is_hidden: bool,
}

impl Plan {
    /// The hall with those of its tables that are in iiko; `base` is the address of seating.
    pub fn of(hall: &Hall, tables: &[&Table], base: &str, lang: Lang) -> Plan {
        let ids: Vec<Uuid> = tables.iter().map(|table| table.iiko_id).collect();
        let drawn = hall.floor.drawn(&ids);
        let seats = tables.iter().zip(drawn.spots).map(|(table, spot)| Seat {
            href: format!("{base}/tables/{}", table.id),
            said: said(table, lang),
            number: table.number,
            name: short(table.named().unwrap_or_default()),
            spot,
            middle: spot.middle(),
            chairs: chairs(&spot, table.seats),
            is_hidden: table.hidden_at.is_some(),
        });
        Plan {
            lang,
            label: hall.label().to_owned(),
            is_grid: drawn.is_grid,
            width: drawn.width,
            height: drawn.height,
            marks: drawn.marks,
            seats: seats.collect(),
        }
    }
}

/// «Стол 5 · Окно, 4 места».
pub fn said(table: &Table, lang: Lang) -> String {
    let label = label(table, lang);
    if table.seats > 0 { format!("{label}, {}", say!(lang, "seating-seats", n = table.seats)) } else { label }
}

/// «Стол 5», «Стол 5 · Окно».
pub fn label(table: &Table, lang: Lang) -> String {
    let number = say!(lang, "seating-table-n", n = table.number.to_string());
    table.named().map(|name| format!("{number} · {name}")).unwrap_or(number)
}

/// What fits under a number.
fn short(name: &str) -> String {
    if name.chars().count() <= 11 { name.to_owned() } else { name.chars().take(10).chain(['…']).collect() }
}

/// Upper left corners of the chairs: half of them above the table, half below.
fn chairs(spot: &Spot, seats: i64) -> Vec<(i64, i64)> {
    let above = ((seats + 1) / 2).min(MOST_AT_SIDE);
    let below = (seats / 2).min(MOST_AT_SIDE);
    let row = |n: i64, y: i64| {
        (1..=n).map(move |i| (spot.x + spot.width * i / (n + 1) - CHAIR.0 / 2, y)).collect::<Vec<_>>()
    };
    let mut all = row(above, spot.y - CHAIR.1 + 3);
    all.extend(row(below, spot.y + spot.height - 3));
    all
}
