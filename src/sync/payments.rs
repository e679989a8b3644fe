//! Payment types: their words against ours → what to write, and why. All of it is iiko's.
use std::borrow::Cow;
use std::collections::HashSet;

use sqlx::types::Json;
use uuid::Uuid;

use crate::integrations::iiko_cloud::payment_types::{Answer, PaymentType};
use crate::payments::import::Row;
use crate::payments::method::{Group, Method};
use crate::sync::change::{Change, Kind, made};
use crate::sync::plan::Plan;
use crate::sync::reading::clean;

/// Adds to the plan what becomes of the payment methods of this organization.
pub fn add<'a>(plan: &mut Plan<'a>, ours: &'a [Method], theirs: &'a Answer<'a>, organization: Uuid) {
    let mut seen = HashSet::new();
    for one in theirs.payment_types.iter().filter(|one| one.is_of(organization)) {
        let Some(iiko_id) = one.id.0.filter(|id| seen.insert(*id)) else { continue };
        let known = ours.iter().find(|method| method.iiko_id == iiko_id);
        let row = row(known.map_or_else(Uuid::now_v7, |method| method.id), iiko_id, one, organization);
        let told = told(&row, known);
        if !told.is_empty() {
            plan.tally.payments += 1;
            plan.changes.extend(told);
            plan.payments.methods.push(row);
        }
    }
    for gone in ours.iter().filter(|method| method.vanished_at.is_none() && !seen.contains(&method.iiko_id)) {
        let change = made("payment_method", gone.id, gone.name.as_str(), "not_in_payment_types");
        let (kind, iiko_id, place) = (Kind::Vanished, Some(gone.iiko_id), gone.code.clone());
        plan.changes.push(Change { kind, iiko_id, place, ..change });
        plan.payments.vanished.push(gone.id);
        plan.tally.payments += 1;
    }
}

/// iiko's payment types of the organization as ours would be made of them now, for who asks without keeping.
pub fn methods(theirs: &Answer<'_>, organization: Uuid) -> Vec<Method> {
    let ours = theirs.payment_types.iter().filter(|one| one.is_of(organization));
    let method = |one: &PaymentType<'_>| {
        let row = row(Uuid::now_v7(), one.id.0?, one, organization);
        Some(Method {
            id: row.id,
            iiko_id: row.iiko_id,
            code: row.code.into_owned(),
            name: row.name.into_owned(),
            kind: row.kind.into_owned(),
            processing: row.processing.into_owned(),
            prints: row.prints,
            deleted: row.deleted,
            groups: Json(row.groups),
            vanished_at: None,
        })
    };
    ours.filter_map(method).collect()
}

fn row<'a>(id: Uuid, iiko_id: Uuid, one: &'a PaymentType<'a>, organization: Uuid) -> Row<'a> {
    let groups = one.groups_of(organization).filter_map(|group| {
        Some(Group { id: group.id.0?, name: clean(group.name.as_str(), 120).into_owned() })
    });
    let mut groups: Vec<Group> = groups.collect();
    // iiko keeps no order among them: ours makes two answers comparable
    groups.sort_by_key(|group| group.id);
    Row {
        id,
        iiko_id,
        code: code(one.code.0.as_ref()),
        name: clean(one.name.as_str(), 120),
        kind: clean(one.payment_type_kind.as_str(), 40),
        processing: clean(one.payment_processing_type.as_str(), 40),
        prints: one.print_cheque.0,
        deleted: one.is_deleted.0,
        groups,
    }
}

/// A code is kept with its spaces and invisible marks: they are what makes it another one.
fn code(theirs: &str) -> Cow<'_, str> {
    if theirs.len() <= 100 && !theirs.contains(char::is_control) {
        return Cow::Borrowed(theirs);
    }
    Cow::Owned(theirs.chars().filter(|c| !c.is_control()).take(100).collect())
}

/// A row for each thing that is other than before; none: nothing is.
fn told<'a>(row: &Row<'a>, known: Option<&'a Method>) -> Vec<Change<'a>> {
    let change = made("payment_method", row.id, row.name.clone(), "payment_in_iiko");
    let change = Change { iiko_id: Some(row.iiko_id), place: row.code.to_string(), ..change };
    let Some(known) = known else { return vec![change] };
    let mut rows = Vec::new();
    if known.vanished_at.is_some() {
        rows.push(Change { kind: Kind::Returned, rule: "back_in_payment_types", ..change.clone() });
    }
    let yes = |flag: bool| Cow::Borrowed(if flag { "yes" } else { "no" });
    let at = |groups: &[Group]| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        Cow::Owned(names.join(", "))
    };
    let fields = [
        ("name", Cow::Borrowed(known.name.as_str()), row.name.clone()),
        ("payment_code", Cow::Borrowed(known.code.as_str()), row.code.clone()),
        ("payment_kind", Cow::Borrowed(known.kind.as_str()), row.kind.clone()),
        ("processing", Cow::Borrowed(known.processing.as_str()), row.processing.clone()),
        ("prints", yes(known.prints), yes(row.prints)),
        ("deleted", yes(known.deleted), yes(row.deleted)),
        ("terminal_groups", at(&known.groups), at(&row.groups)),
    ];
    let is_moved = known.groups.0 != row.groups;
    for (field, was, became) in fields {
        if was != became || (field == "terminal_groups" && is_moved) {
            let changed = Change { kind: Kind::Changed, rule: "changed_in_iiko", ..change.clone() };
            rows.push(Change { field: Some(field), was: Some(was), became: Some(became), ..changed });
        }
    }
    rows
}
