//! The drawn hall: where each table stands, in the picture's own units (iiko's pixels). Where nobody has drawn one, a grid.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sides beyond this are a mistake of the drawing, not a hall.
const WIDEST: i64 = 20_000;
/// How wide a drawing is on a page, at most.
pub const VIEW: i64 = 760;
/// A table of a grid, its gap, and how many stand in a row.
const SIDE: i64 = 84;
const GAP: i64 = 36;
const IN_ROW: i64 = 6;

/// A layout as kept; no spots: nobody has drawn one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Floor {
    pub width: i64,
    pub height: i64,
    pub spots: Vec<Spot>,
    pub marks: Vec<Mark>,
}

/// Where a table stands: the upper left corner before it is turned by `angle` degrees about its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// iiko's id of the table.
    pub table: Uuid,
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    pub angle: i64,
}

/// What stands in the hall beside tables: a wall, a bar, a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub text: String,
    pub round: bool,
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    pub angle: i64,
}

/// Whether a box of a drawing can be shown at all.
pub fn is_sane(x: i64, y: i64, width: i64, height: i64) -> bool {
    let near = |at: i64| (-WIDEST..=WIDEST).contains(&at);
    near(x) && near(y) && (1..=WIDEST).contains(&width) && (1..=WIDEST).contains(&height)
}

impl Spot {
    pub fn middle(&self) -> (i64, i64) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }
}

/// What is drawn, in units of which a page has room for about [`VIEW`]: a spot for each table asked for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub width: i64,
    pub height: i64,
    pub spots: Vec<Spot>,
    pub marks: Vec<Mark>,
    /// Nobody has drawn this hall: tables stand in a grid by their numbers.
    pub is_grid: bool,
}

impl Floor {
    /// Places `tables` (iiko's ids): as drawn; those the drawing forgot stand in rows under it.
    pub fn drawn(&self, tables: &[Uuid]) -> Drawn {
        let spot_of = |id: &Uuid| self.spots.iter().find(|spot| spot.table == *id).copied();
        let placed: Vec<Spot> = tables.iter().filter_map(spot_of).collect();
        let is_grid = placed.is_empty();
        let marks = if is_grid { Vec::new() } else { self.marks.clone() };
        let under = if is_grid { 0 } else { bottom(&placed, &marks) };
        let forgotten = tables.iter().filter(|id| spot_of(id).is_none());
        let grid: Vec<Spot> = (0..).zip(forgotten).map(|(n, id)| in_grid(*id, n, under)).collect();
        let find = |id: &Uuid| spot_of(id).or_else(|| grid.iter().find(|spot| spot.table == *id).copied());
        Drawn::fit(tables.iter().filter_map(find).collect(), marks, is_grid)
    }
}

impl Drawn {
    /// Moves everything to the upper left corner, and makes a wide drawing as small as the page.
    fn fit(mut spots: Vec<Spot>, mut marks: Vec<Mark>, is_grid: bool) -> Drawn {
        let (left, top, right, bottom) = edges(&spots, &marks);
        let wide = (right - left).max(1);
        let scaled = |length: i64| if wide > VIEW { length * VIEW / wide } else { length };
        for spot in &mut spots {
            (spot.x, spot.y) = (scaled(spot.x - left), scaled(spot.y - top));
            (spot.width, spot.height) = (scaled(spot.width).max(1), scaled(spot.height).max(1));
        }
        for mark in &mut marks {
            (mark.x, mark.y) = (scaled(mark.x - left), scaled(mark.y - top));
            (mark.width, mark.height) = (scaled(mark.width).max(1), scaled(mark.height).max(1));
        }
        let (width, height) = (scaled(wide), scaled(bottom - top).max(1));
        Drawn { width, height, spots, marks, is_grid }
    }
}

fn bottom(placed: &[Spot], marks: &[Mark]) -> i64 {
    let marks = marks.iter().map(|mark| mark.y + mark.height);
    placed.iter().map(|spot| spot.y + spot.height).chain(marks).max().unwrap_or(0) + GAP
}

fn in_grid(table: Uuid, n: i64, under: i64) -> Spot {
    let (column, row) = (n % IN_ROW, n / IN_ROW);
    let x = GAP + column * (SIDE + GAP);
    Spot { table, x, y: under + GAP + row * (SIDE + GAP), width: SIDE, height: SIDE, angle: 0 }
}

/// Left, top, right, bottom of all there is, with room around; a turned table is taken by its longer side.
fn edges(spots: &[Spot], marks: &[Mark]) -> (i64, i64, i64, i64) {
    let around = spots.iter().map(|spot| {
        let ((x, y), half) = (spot.middle(), spot.width.max(spot.height) / 2 + 12);
        (x - half, y - half, x + half, y + half)
    });
    let marks = marks.iter().map(|mark| (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height));
    let all = around.chain(marks).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)));
    let (left, top, right, bottom) = all.unwrap_or((0, 0, SIDE, SIDE));
    (left - GAP / 2, top - GAP / 2, right + GAP / 2, bottom + GAP / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(n: u128, x: i64, y: i64) -> Spot {
        Spot { table: Uuid::from_u128(n), x, y, width: 80, height: 80, angle: 0 }
    }

    #[test]
    fn tables_the_drawing_forgot_stand_under_it_and_none_stands_outside() {
        for far in [200, 5_000] {
            let floor = Floor { spots: vec![spot(1, -20, 20), spot(2, far, 20)], ..Floor::default() };
            let ids: Vec<Uuid> = (1..=4).map(Uuid::from_u128).collect();
            let drawn = floor.drawn(&ids);
            assert!(!drawn.is_grid && drawn.spots.len() == 4);
            assert!(drawn.spots[2].y >= drawn.spots[0].y + drawn.spots[0].height);
            assert!(drawn.spots[3].x > drawn.spots[2].x);
            for spot in &drawn.spots {
                assert!(spot.x >= 0 && spot.x + spot.width <= drawn.width, "{spot:?}");
                assert!(spot.y >= 0 && spot.y + spot.height <= drawn.height, "{spot:?}");
            }
        }
    }

    #[test]
    fn an_undrawn_hall_is_a_grid() {
        let ids: Vec<Uuid> = (1..=8).map(Uuid::from_u128).collect();
        let drawn = Floor::default().drawn(&ids);
        assert!(drawn.is_grid);
        assert_eq!(drawn.spots[6].x, drawn.spots[0].x, "the seventh begins a new row");
        assert!(drawn.spots[6].y > drawn.spots[0].y);
        assert_eq!(Floor::default().drawn(&[]).spots, []);
        assert!(!is_sane(0, 0, 0, 10) && !is_sane(0, 0, 10, 1 << 40) && is_sane(-5, 0, 10, 10));
    }
}
