//! Modifiers, modifier groups and sizes of the export against ours.
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::menu::import::{OptionRow, OurOption};
use crate::sync::change::{Change, Kind, made};
use crate::sync::plan::Plan;
use crate::sync::reading::Choice;

/// Adds what is to be written. A first sync counts them and keeps no row each: a pizzeria has more modifiers than dishes,
/// and «700 модификаторов добавлены» tells a person more than 700 rows.
pub fn plan<'a>(plan: &mut Plan<'a>, ours: &'a [OurOption], theirs: &[Choice<'a>], is_first: bool) {
    let known: HashMap<(&str, Uuid), &'a OurOption> =
        ours.iter().map(|o| ((o.kind.as_str(), o.iiko_id), o)).collect();
    let mut here = HashSet::with_capacity(theirs.len());
    for choice in theirs {
        here.insert((choice.kind, choice.iiko_id));
        let before = known.get(&(choice.kind, choice.iiko_id)).copied();
        let rows = rows_of(before, choice);
        if rows.is_empty() && before.is_some_and(|o| o.sort_order == choice.sort_order) {
            continue;
        }
        plan.import.options.push(OptionRow {
            kind: choice.kind,
            iiko_id: choice.iiko_id,
            name: choice.name.clone(),
            price: choice.price,
            sort_order: choice.sort_order,
        });
        plan.tally.options += 1;
        if !is_first {
            plan.changes.extend(rows);
        }
    }
    for option in ours.iter().filter(|o| !o.vanished) {
        let Some(kind) = ["modifier", "modifier_group", "size"].into_iter().find(|kind| *kind == option.kind)
        else {
            continue;
        };
        if here.contains(&(kind, option.iiko_id)) {
            continue;
        }
        let change = made(kind, option.iiko_id, Cow::Borrowed(option.name.as_str()), "not_in_export");
        let (thing_id, iiko_id) = (None, Some(option.iiko_id));
        plan.changes.push(Change { kind: Kind::Vanished, thing_id, iiko_id, ..change });
        plan.import.vanished_options.push((kind, option.iiko_id));
        plan.tally.options += 1;
    }
}

fn rows_of<'a>(before: Option<&'a OurOption>, choice: &Choice<'a>) -> Vec<Change<'a>> {
    let change = |kind, field, was, became| Change {
        kind,
        thing_id: None,
        iiko_id: Some(choice.iiko_id),
        field,
        was,
        became,
        ..made(choice.kind, choice.iiko_id, choice.name.clone(), "option_in_iiko")
    };
    let Some(before) = before else {
        let price = Some(Cow::Owned(choice.price.0.to_string()));
        return vec![change(Kind::Added, None, None, price)];
    };
    let mut rows = Vec::new();
    if before.vanished {
        rows.push(change(Kind::Returned, None, None, None));
    }
    if before.name != choice.name {
        let was = Cow::Borrowed(before.name.as_str());
        rows.push(change(Kind::Changed, Some("name"), Some(was), Some(choice.name.clone())));
    }
    if before.price != choice.price {
        let (was, became) = (before.price.0.to_string(), choice.price.0.to_string());
        rows.push(change(Kind::Changed, Some("price"), Some(Cow::Owned(was)), Some(Cow::Owned(became))));
    }
    rows
}
