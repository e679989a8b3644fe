//! iiko's small dictionaries, in its words: order types, discounts and surcharges, causes of a cancellation.
use serde::Deserialize;
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, list};
use crate::integrations::iiko_cloud::methods::{CANCEL_CAUSES, DISCOUNTS, ORDER_TYPES};

/// An entry of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `order_type`, `discount`, `cancel_cause`.
    pub kind: &'static str,
    pub id: Uuid,
    pub name: String,
    /// Of an order type `orderServiceType`, of a discount its percent; empty: nothing.
    pub note: String,
    pub deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw<'a> {
    #[serde(default)]
    id: MaybeId,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    order_service_type: Text<'a>,
    #[serde(borrow, default)]
    percent: Text<'a>,
    #[serde(default)]
    is_deleted: Flag,
}

impl Raw<'_> {
    fn entry(&self, kind: &'static str) -> Option<Entry> {
        let note = match kind {
            "order_type" => self.order_service_type.as_str().trim().to_owned(),
            "discount" => self.percent.as_str().trim().to_owned(),
            _ => String::new(),
        };
        let name = self.name.as_str().trim().to_owned();
        Some(Entry { kind, id: self.id.0?, name, note, deleted: self.is_deleted.0 })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfOrganization<'a> {
    #[serde(default)]
    organization_id: MaybeId,
    #[serde(borrow, default, deserialize_with = "list")]
    items: Vec<Raw<'a>>,
}

fn of(lists: &[OfOrganization<'_>], organization: Uuid, kind: &'static str) -> Vec<Entry> {
    let ours = lists.iter().filter(|of| of.organization_id.0.is_none_or(|id| id == organization));
    ours.flat_map(|of| &of.items).filter_map(|raw| raw.entry(kind)).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderTypes<'a> {
    #[serde(borrow, deserialize_with = "list")]
    order_types: Vec<OfOrganization<'a>>,
}

/// Reads an answer of `/api/1/deliveries/order_types`.
pub fn order_types(body: &[u8], organization: Uuid) -> Result<Vec<Entry>, Fault> {
    let answer: OrderTypes = parsed(ORDER_TYPES, serde_json::from_slice(body))?;
    Ok(of(&answer.order_types, organization, "order_type"))
}

#[derive(Deserialize)]
struct Discounts<'a> {
    #[serde(borrow, deserialize_with = "list")]
    discounts: Vec<OfOrganization<'a>>,
}

/// Reads an answer of `/api/1/discounts`.
pub fn discounts(body: &[u8], organization: Uuid) -> Result<Vec<Entry>, Fault> {
    let answer: Discounts = parsed(DISCOUNTS, serde_json::from_slice(body))?;
    Ok(of(&answer.discounts, organization, "discount"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CancelCauses<'a> {
    #[serde(borrow, deserialize_with = "list")]
    cancel_causes: Vec<Raw<'a>>,
}

/// Reads an answer of `/api/1/cancel_causes`, which is flat.
pub fn cancel_causes(body: &[u8]) -> Result<Vec<Entry>, Fault> {
    let answer: CancelCauses = parsed(CANCEL_CAUSES, serde_json::from_slice(body))?;
    Ok(answer.cancel_causes.iter().filter_map(|raw| raw.entry("cancel_cause")).collect())
}
