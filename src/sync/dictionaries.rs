//! iiko's small dictionaries: their words against what we know → what to write, and why. All of it is iiko's.
use std::borrow::Cow;
use std::collections::HashSet;

use uuid::Uuid;

use crate::integrations::dictionary::{Entry, KINDS};
use crate::integrations::iiko_cloud::client::Till;
use crate::integrations::iiko_cloud::dictionaries::Entry as Theirs;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::sync::change::{Change, Kind, made};
use crate::sync::plan::Plan;
use crate::sync::reading::clean;

/// The entries iiko tells of, and the dictionaries they are of: one that the till's version does not know is left out.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub kinds: Vec<&'static str>,
    pub entries: Vec<Theirs>,
}

/// Asks for all of them.
pub async fn fetch(till: &Till, organization: Uuid) -> Result<Told, Fault> {
    let mut told =
        Told { kinds: vec!["order_type", "discount"], entries: till.order_types(organization).await? };
    told.entries.extend(till.discounts(organization).await?);
    match till.cancel_causes(organization).await {
        Ok(causes) => {
            told.kinds.push("cancel_cause");
            told.entries.extend(causes);
        }
        // «Allowed from version 7.7.1»: an older till refuses, and that is no trouble
        Err(fault) if fault.kind == FaultKind::Refused => {}
        Err(fault) => return Err(fault),
    }
    Ok(told)
}

/// Adds to the plan what becomes of them.
pub fn add<'a>(plan: &mut Plan<'a>, ours: &'a [Entry], theirs: &'a Told) {
    let mut seen = HashSet::new();
    for one in theirs.entries.iter().filter(|one| !one.name.is_empty()) {
        if !seen.insert((one.kind, one.id)) {
            continue;
        }
        let entry = Entry {
            kind: one.kind.to_owned(),
            iiko_id: one.id,
            name: clean(&one.name, 200).into_owned(),
            note: clean(&one.note, 60).into_owned(),
            deleted: one.deleted,
            vanished: false,
        };
        let known = ours.iter().find(|known| known.kind == one.kind && known.iiko_id == one.id);
        let rows = told(one.kind, &entry, known);
        if !rows.is_empty() {
            plan.tally.dictionaries += 1;
            plan.changes.extend(rows);
            plan.dictionaries.entries.push(entry);
        }
    }
    for kind in KINDS.into_iter().filter(|kind| theirs.kinds.contains(kind)) {
        let gone =
            |entry: &&Entry| entry.kind == kind && !entry.vanished && !seen.contains(&(kind, entry.iiko_id));
        for entry in ours.iter().filter(gone) {
            let change = made(kind, Uuid::nil(), entry.name.as_str(), "not_in_dictionaries");
            let iiko_id = Some(entry.iiko_id);
            plan.changes.push(Change { kind: Kind::Vanished, iiko_id, thing_id: None, ..change });
            plan.dictionaries.vanished.push((kind, entry.iiko_id));
            plan.tally.dictionaries += 1;
        }
    }
}

/// A row for each thing that is other than before; none: nothing is.
fn told<'a>(kind: &'static str, entry: &Entry, known: Option<&'a Entry>) -> Vec<Change<'a>> {
    let change = made(kind, Uuid::nil(), entry.name.clone(), "entry_in_iiko");
    let change = Change { iiko_id: Some(entry.iiko_id), thing_id: None, ..change };
    let Some(known) = known else { return vec![change] };
    let mut rows = Vec::new();
    if known.vanished {
        rows.push(Change { kind: Kind::Returned, rule: "back_in_dictionaries", ..change.clone() });
    }
    let yes = |flag: bool| Cow::Borrowed(if flag { "yes" } else { "no" });
    let fields = [
        ("name", Cow::Borrowed(known.name.as_str()), Cow::Owned(entry.name.clone())),
        ("note", Cow::Borrowed(known.note.as_str()), Cow::Owned(entry.note.clone())),
        ("deleted", yes(known.deleted), yes(entry.deleted)),
    ];
    for (field, was, became) in fields.into_iter().filter(|(_, was, became)| was != became) {
        let changed = Change { kind: Kind::Changed, rule: "changed_in_iiko", ..change.clone() };
        rows.push(Change { field: Some(field), was: Some(was), became: Some(became), ..changed });
    }
    rows
}
