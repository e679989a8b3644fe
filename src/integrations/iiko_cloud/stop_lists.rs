//! What a terminal group cannot serve: `/api/1/stop_lists`.
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::{Till, parsed};
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::lenient::{MaybeId, list};
use crate::integrations::iiko_cloud::orders::decimal;

pub const STOP_LISTS: &str = "/api/1/stop_lists";

/// A product, or one of its sizes, and how much is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    pub product: Uuid,
    pub size: Option<Uuid>,
    /// Thousandths; below nothing is nothing.
    pub left: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(borrow)]
    terminal_group_stop_lists: Vec<Organization<'a>>,
}

#[derive(Deserialize)]
struct Organization<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    items: Vec<Group<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group<'a> {
    #[serde(default)]
    terminal_group_id: MaybeId,
    #[serde(borrow, default, deserialize_with = "list")]
    items: Vec<Line<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    #[serde(default)]
    product_id: MaybeId,
    #[serde(default)]
    size_id: MaybeId,
    #[serde(borrow, default)]
    balance: Option<&'a RawValue>,
}

/// The list of one terminal group; an answer without it is no answer: an empty list is told as one.
pub fn of_group(body: &[u8], group: Uuid) -> Result<Vec<Stopped>, Fault> {
    let answer: Answer<'_> = parsed(STOP_LISTS, serde_json::from_slice(body))?;
    let mut groups = answer.terminal_group_stop_lists.into_iter().flat_map(|one| one.items);
    let ours = groups.find(|one| one.terminal_group_id.0 == Some(group));
    let ours = ours.ok_or_else(|| {
        Fault::new(FaultKind::Garbage, STOP_LISTS, "an answer without the terminal group's stop list")
    })?;
    let read = |line: &Line<'_>| {
        Some(Stopped { product: line.product_id.0?, size: line.size_id.0, left: thousandths(line.balance) })
    };
    Ok(ours.items.iter().filter_map(read).collect())
}

/// What cannot be read is nothing left: to offer what there is none of is worse.
fn thousandths(balance: Option<&RawValue>) -> i64 {
    let balance = decimal(balance).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    if balance.is_finite() && balance > 0.0 { (balance.min(1e9) * 1_000.0).round() as i64 } else { 0 }
}

impl Till {
    /// `/api/1/stop_lists`: of one terminal group, sizes by themselves.
    pub async fn stop_list(&self, organization: Uuid, group: Uuid) -> Result<Vec<Stopped>, Fault> {
        let body =
            json!({ "organizationIds": [organization], "returnSize": true, "terminalGroupsIds": [group] });
        of_group(&self.call(STOP_LISTS, body).await?, group)
    }
}
