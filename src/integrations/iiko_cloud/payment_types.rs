//! Payment types, in iiko's words. Deleted ones are in the answer; codes are the restaurant's own and may repeat.
use serde::Deserialize;
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, list};
use crate::integrations::iiko_cloud::methods::PAYMENT_TYPES;

/// An answer of `/api/1/payment_types`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer<'a> {
    #[serde(borrow, deserialize_with = "list")]
    pub payment_types: Vec<PaymentType<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentType<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(borrow, default)]
    pub code: Text<'a>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    /// `Unknown`, `Cash`, `Card`, `Credit`, `Writeoff`, `Voucher`, `External`, `IikoCard`.
    #[serde(borrow, default)]
    pub payment_type_kind: Text<'a>,
    /// `External`, `Internal`, `Both`; may be absent.
    #[serde(borrow, default)]
    pub payment_processing_type: Text<'a>,
    /// Prints a fiscal receipt.
    #[serde(default)]
    pub print_cheque: Flag,
    #[serde(default)]
    pub is_deleted: Flag,
    /// Where it may be used.
    #[serde(borrow, default, deserialize_with = "list")]
    pub terminal_groups: Vec<AtGroup<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AtGroup<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(default)]
    pub organization_id: MaybeId,
    #[serde(borrow, default)]
    pub name: Text<'a>,
}

impl PaymentType<'_> {
    /// The answer is one flat list: a type is an organization's when one of its terminal groups is. One
    /// that no group takes is shown as everybody's: better named than lost.
    pub fn is_of(&self, organization: Uuid) -> bool {
        self.terminal_groups.is_empty() || self.groups_of(organization).next().is_some()
    }

    /// The organization's terminal groups among those that take it.
    pub fn groups_of(&self, organization: Uuid) -> impl Iterator<Item = &AtGroup<'_>> {
        let ours = move |group: &&AtGroup<'_>| group.organization_id.0.is_none_or(|id| id == organization);
        self.terminal_groups.iter().filter(ours)
    }
}

/// Reads an answer.
pub fn read(body: &[u8]) -> Result<Answer<'_>, Fault> {
    parsed(PAYMENT_TYPES, serde_json::from_slice(body))
}
