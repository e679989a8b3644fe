//! Halls and tables: their words against ours → what to write, and why. Unlike the menu, seating follows iiko: a table
//! moved to another hall there moves here, for its number and place are the till's. Own names and hiding stay.
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::integrations::iiko_cloud::restaurant_sections::{Answer, Element, Schema, Section, Table};
use crate::seating::floor::{Floor, Mark, Spot, is_sane};
use crate::seating::import::{HallRow, OurHall, OurTable, Ours, TableRow};
use crate::sync::change::{Change, Kind, made};
use crate::sync::gate::Held;
use crate::sync::plan::Plan;
use crate::sync::reading::clean;

const NAME: usize = 120;
/// Shapes of one drawing beyond this are not shown.
const MOST_SHAPES: usize = 500;

struct Draft<'a, 'p> {
    plan: &'p mut Plan<'a>,
    ours: &'a Ours,
    /// Seen in the answer, by iiko's id.
    halls: HashSet<Uuid>,
    tables: HashSet<Uuid>,
}

/// Adds to the plan what becomes of the seating.
pub fn add<'a>(plan: &mut Plan<'a>, ours: &'a Ours, theirs: &'a Answer<'a>) {
    let mut draft = Draft { plan, ours, halls: HashSet::new(), tables: HashSet::new() };
    for (position, section) in (1..).zip(&theirs.restaurant_sections) {
        draft.hall(section, position);
    }
    draft.gone(theirs);
}

impl<'a> Draft<'a, '_> {
    fn told(&mut self, change: Change<'a>) {
        self.plan.tally.seating += i64::from(change.kind != Kind::Skipped);
        self.plan.changes.push(change);
    }

    fn hall(&mut self, section: &'a Section<'a>, position: i64) {
        let name = clean(section.name.as_str(), NAME);
        let Some(iiko_id) = section.id.0 else { return self.unreadable(name) };
        if !self.halls.insert(iiko_id) {
            return;
        }
        let floor =
            section.schema.as_ref().filter(|schema| !schema.is_deleted.0).map(floor).unwrap_or_default();
        let known = self.ours.halls.iter().find(|hall| hall.iiko_id == iiko_id);
        let id = known.map_or_else(Uuid::now_v7, |hall| hall.id);
        let row = HallRow { id, iiko_id, name: name.clone(), position, floor };
        let change = Change { iiko_id: Some(iiko_id), ..made("hall", id, name.clone(), "hall_in_iiko") };
        let before = self.plan.changes.len();
        match known {
            None => self.told(change),
            Some(hall) => self.known_hall(hall, &row, change),
        }
        // a hall that only stands elsewhere in iiko's list is written without a word: nobody asks about that
        if self.plan.changes.len() > before || known.is_some_and(|hall| hall.position != position) {
            self.plan.seating.halls.push(row);
        }
        for table in &section.tables {
            self.table(table, id, &name);
        }
    }

    fn known_hall(&mut self, hall: &'a OurHall, row: &HallRow<'a>, told: Change<'a>) {
        if hall.vanished {
            self.told(Change { kind: Kind::Returned, rule: "back_in_sections", ..told.clone() });
        }
        let changed = Change { kind: Kind::Changed, rule: "changed_in_iiko", ..told };
        if hall.name != row.name {
            let (was, became) = (Some(Cow::Borrowed(hall.name.as_str())), Some(row.name.clone()));
            self.told(Change { field: Some("name"), was, became, ..changed.clone() });
        }
        if hall.floor.0 != row.floor {
            let count = |floor: &Floor| Some(Cow::Owned(floor.spots.len().to_string()));
            let (was, became) = (count(&hall.floor.0), count(&row.floor));
            self.told(Change { field: Some("floor"), was, became, ..changed });
        }
    }

    fn table(&mut self, table: &'a Table<'a>, hall_id: Uuid, hall: &str) {
        let name = clean(table.name.as_str(), NAME);
        let Some(iiko_id) = table.id.0 else { return self.unreadable(name) };
        if table.is_deleted.0 || !self.tables.insert(iiko_id) {
            return;
        }
        let known = self.ours.tables.iter().find(|table| table.iiko_id == iiko_id);
        let id = known.map_or_else(Uuid::now_v7, |table| table.id);
        let seats = table.seating_capacity.0.clamp(0, 10_000);
        let (number, pos_id) = (table.number.0, table.pos_id.0);
        let row = TableRow { id, iiko_id, pos_id, hall_id, number, name, seats };
        let change = made("table", id, label(number, &row.name), "table_in_iiko");
        let change = Change { iiko_id: Some(iiko_id), place: hall.to_string(), ..change };
        match known {
            None => self.told(change),
            Some(known) if is_same(known, &row) => return,
            Some(known) => self.known_table(known, &row, change),
        }
        self.plan.seating.tables.push(row);
    }

    fn known_table(&mut self, table: &'a OurTable, row: &TableRow<'a>, told: Change<'a>) {
        if table.vanished {
            self.told(Change { kind: Kind::Returned, rule: "back_in_sections", ..told.clone() });
        }
        if table.hall_id != row.hall_id {
            let was = self.ours.halls.iter().find(|hall| hall.id == table.hall_id);
            let was = was.map(|hall| Cow::Borrowed(hall.name.as_str()));
            let became = Some(Cow::Owned(told.place.clone()));
            let moved = Change { kind: Kind::Moved, rule: "table_moved_in_iiko", ..told.clone() };
            self.told(Change { field: Some("hall"), was, became, ..moved });
        }
        let whole = |n: i64| Cow::Owned(n.to_string());
        let fields = [
            ("number", whole(table.number), whole(row.number)),
            ("name", Cow::Borrowed(table.name.as_str()), row.name.clone()),
            ("seats", whole(table.seats), whole(row.seats)),
        ];
        for (field, was, became) in fields.into_iter().filter(|(_, was, became)| was != became) {
            let changed = Change { kind: Kind::Changed, rule: "changed_in_iiko", ..told.clone() };
            self.told(Change { field: Some(field), was: Some(was), became: Some(became), ..changed });
        }
    }

    fn unreadable(&mut self, name: Cow<'a, str>) {
        let skipped = Change {
            kind: Kind::Skipped,
            thing_id: None,
            ..made("table", Uuid::nil(), name, "table_unreadable")
        };
        self.told(skipped);
    }

    /// What iiko does not tell of any more is hidden and kept; much of it at once is a question.
    fn gone(&mut self, theirs: &'a Answer<'a>) {
        let deleted: HashSet<Uuid> = theirs
            .restaurant_sections
            .iter()
            .flat_map(|section| &section.tables)
            .filter(|table| table.is_deleted.0)
            .filter_map(|table| table.id.0)
            .collect();
        let names: HashMap<Uuid, &'a str> =
            self.ours.halls.iter().map(|hall| (hall.id, hall.name.as_str())).collect();
        let visible = self.ours.tables.iter().filter(|table| !table.vanished).count() as i64;
        let mut gone = 0;
        for table in self.ours.tables.iter().filter(|t| !t.vanished && !self.tables.contains(&t.iiko_id)) {
            let rule =
                if deleted.contains(&table.iiko_id) { "table_deleted_in_iiko" } else { "not_in_sections" };
            let place = names.get(&table.hall_id).copied().unwrap_or_default().to_owned();
            let change = made("table", table.id, label(table.number, &table.name), rule);
            let (kind, iiko_id) = (Kind::Vanished, Some(table.iiko_id));
            self.plan.changes.push(Change { kind, iiko_id, place, ..change });
            self.plan.seating.vanished_tables.push(table.id);
            gone += 1;
        }
        self.plan.tally.seating += gone;
        for hall in self.ours.halls.iter().filter(|h| !h.vanished && !self.halls.contains(&h.iiko_id)) {
            let change = made("hall", hall.id, hall.name.as_str(), "not_in_sections");
            let (kind, iiko_id) = (Kind::Vanished, Some(hall.iiko_id));
            self.plan.changes.push(Change { kind, iiko_id, ..change });
            self.plan.seating.vanished_halls.push(hall.id);
            self.plan.tally.seating += 1;
        }
        if gone * 100 > visible * 30 {
            self.plan.held.push(Held::TablesVanished { n: gone, of: visible });
        }
    }
}

/// «№ 5 · Окно»: the number is what people call a table by.
fn label(number: i64, name: &str) -> String {
    if name.is_empty() { format!("№ {number}") } else { format!("№ {number} · {name}") }
}

fn is_same(table: &OurTable, row: &TableRow<'_>) -> bool {
    !table.vanished
        && (table.hall_id, table.number, table.seats, table.pos_id)
            == (row.hall_id, row.number, row.seats, row.pos_id)
        && table.name == row.name
}

fn floor(schema: &Schema<'_>) -> Floor {
    let spots = schema.table_elements.iter().filter(|one| is_drawable(one));
    let spots = spots.filter_map(|one| {
        let (x, y, width, height) = (one.x.0, one.y.0, one.width.0, one.height.0);
        Some(Spot { table: one.table_id.0?, x, y, width, height, angle: one.angle.0 % 360 })
    });
    let shapes = schema.rectangle_elements.iter().map(|one| (one, false));
    let shapes = shapes.chain(schema.ellipse_elements.iter().map(|one| (one, true)));
    let shapes = shapes.chain(schema.mark_elements.iter().map(|one| (one, false)));
    let marks = shapes.filter(|(one, _)| is_drawable(one)).map(|(one, round)| Mark {
        text: clean(one.text.as_str(), 40).into_owned(),
        round,
        x: one.x.0,
        y: one.y.0,
        width: one.width.0,
        height: one.height.0,
        angle: one.angle.0 % 360,
    });
    Floor {
        width: schema.width.0,
        height: schema.height.0,
        spots: spots.take(MOST_SHAPES).collect(),
        marks: marks.take(MOST_SHAPES).collect(),
    }
}

fn is_drawable(one: &Element<'_>) -> bool {
    is_sane(one.x.0, one.y.0, one.width.0, one.height.0)
}
