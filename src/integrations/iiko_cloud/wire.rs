//! Organizations and terminal groups in iiko's words.
use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, id, list};

/// One restaurant. `version` is the RMS server's, with `returnAdditionalInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: Uuid,
    pub name: Option<String>,
    pub version: Option<String>,
}

/// One or more tills that share menu and orders. `pos_version` is iikoFront's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalGroup {
    pub id: Uuid,
    pub name: String,
    pub pos_version: Option<String>,
    /// Not used for long: to be woken before it works.
    pub asleep: bool,
}

#[derive(Deserialize)]
struct RawOrganization<'a> {
    #[serde(deserialize_with = "id")]
    id: Uuid,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    version: Text<'a>,
}

#[derive(Deserialize)]
struct Organizations<'a> {
    #[serde(borrow, deserialize_with = "list")]
    organizations: Vec<RawOrganization<'a>>,
}

/// Reads an answer of `/api/1/organizations`.
pub fn organizations(body: &[u8]) -> serde_json::Result<Vec<Organization>> {
    let read: Organizations = serde_json::from_slice(body)?;
    let all = read.organizations.into_iter();
    Ok(all.map(|o| Organization { id: o.id, name: said(&o.name), version: said(&o.version) }).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawGroup<'a> {
    #[serde(deserialize_with = "id")]
    id: Uuid,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    pos_version: Text<'a>,
}

#[derive(Deserialize)]
struct OfOrganization<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    items: Vec<RawGroup<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Groups<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    terminal_groups: Vec<OfOrganization<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    terminal_groups_in_sleep: Vec<OfOrganization<'a>>,
}

/// Reads an answer of `/api/1/terminal_groups`: both lists, merged by id; one that stands in both is awake.
pub fn terminal_groups(body: &[u8]) -> serde_json::Result<Vec<TerminalGroup>> {
    let read: Groups = serde_json::from_slice(body)?;
    let mut merged: BTreeMap<Uuid, TerminalGroup> = BTreeMap::new();
    for (lists, asleep) in [(&read.terminal_groups_in_sleep, true), (&read.terminal_groups, false)] {
        for group in lists.iter().flat_map(|list| &list.items) {
            let (name, pos_version) = (said(&group.name).unwrap_or_default(), said(&group.pos_version));
            merged.insert(group.id, TerminalGroup { id: group.id, name, pos_version, asleep });
        }
    }
    let mut all: Vec<TerminalGroup> = merged.into_values().collect();
    all.sort_by(|a, b| (a.asleep, &a.name, a.id).cmp(&(b.asleep, &b.name, b.id)));
    Ok(all)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawAlive {
    #[serde(default)]
    is_alive: Flag,
    #[serde(default)]
    terminal_group_id: MaybeId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Alive {
    #[serde(default, deserialize_with = "list")]
    is_alive_status: Vec<RawAlive>,
}

/// Reads an answer of `/api/1/terminal_groups/is_alive`.
pub fn are_alive(body: &[u8]) -> serde_json::Result<Vec<(Uuid, bool)>> {
    let read: Alive = serde_json::from_slice(body)?;
    Ok(read
        .is_alive_status
        .iter()
        .filter_map(|one| Some((one.terminal_group_id.0?, one.is_alive.0)))
        .collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Awakened {
    #[serde(default, deserialize_with = "list")]
    successfully_processed: Vec<MaybeId>,
}

/// Reads an answer of `/api/1/terminal_groups/awake`: those that woke.
pub fn awakened(body: &[u8]) -> serde_json::Result<Vec<Uuid>> {
    let read: Awakened = serde_json::from_slice(body)?;
    Ok(read.successfully_processed.into_iter().filter_map(|id| id.0).collect())
}

/// A text that says something.
fn said(text: &Text<'_>) -> Option<String> {
    let text: String = text.as_str().trim().chars().filter(|c| !c.is_control()).take(300).collect();
    (!text.is_empty()).then_some(text)
}
