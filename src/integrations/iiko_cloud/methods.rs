//! iiko's methods, one each: what is asked and what comes back.
use serde_json::json;
use uuid::Uuid;

use crate::integrations::iiko_cloud::answer::NOMENCLATURE;
use crate::integrations::iiko_cloud::budget::Spends;
use crate::integrations::iiko_cloud::client::{Ask, Till, parsed};
use crate::integrations::iiko_cloud::dictionaries::{self, Entry};
use crate::integrations::iiko_cloud::employees::{self, Employee};
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::wire::{self, Organization, TerminalGroup};

pub const SECTIONS: &str = "/api/1/reserve/available_restaurant_sections";
pub const PAYMENT_TYPES: &str = "/api/1/payment_types";
pub const COURIERS: &str = "/api/1/employees/couriers";
pub const ORDER_TYPES: &str = "/api/1/deliveries/order_types";
pub const DISCOUNTS: &str = "/api/1/discounts";
pub const CANCEL_CAUSES: &str = "/api/1/cancel_causes";
pub const EMPLOYEE_INFO: &str = "/api/1/employees/info";

impl Till {
    /// `/api/1/organizations`.
    pub async fn organizations(&self) -> Result<Vec<Organization>, Fault> {
        let path = "/api/1/organizations";
        let body = self.call(path, json!({ "returnAdditionalInfo": true, "includeDisabled": false })).await?;
        parsed(path, wire::organizations(&body))
    }

    /// `/api/1/terminal_groups`: awake and asleep ones.
    pub async fn terminal_groups(&self, organization: Uuid) -> Result<Vec<TerminalGroup>, Fault> {
        let path = "/api/1/terminal_groups";
        let body =
            self.call(path, json!({ "organizationIds": [organization], "includeDisabled": false })).await?;
        parsed(path, wire::terminal_groups(&body))
    }

    /// `/api/1/terminal_groups/is_alive`.
    pub async fn are_alive(&self, organization: Uuid, groups: &[Uuid]) -> Result<Vec<(Uuid, bool)>, Fault> {
        let path = "/api/1/terminal_groups/is_alive";
        let body =
            self.call(path, json!({ "organizationIds": [organization], "terminalGroupIds": groups })).await?;
        parsed(path, wire::are_alive(&body))
    }

    /// `/api/1/terminal_groups/awake`: whether the group woke.
    pub async fn awaken(&self, organization: Uuid, group: Uuid) -> Result<bool, Fault> {
        let path = "/api/1/terminal_groups/awake";
        let body = self
            .call(path, json!({ "organizationIds": [organization], "terminalGroupIds": [group] }))
            .await?;
        Ok(parsed(path, wire::awakened(&body))?.contains(&group))
    }

    /// `/api/1/nomenclature`: the body as it came, for [`crate::integrations::iiko_cloud::nomenclature`]. `seen` hears how
    /// many bytes have come.
    pub async fn nomenclature(
        &self,
        organization: Uuid,
        start_revision: i64,
        seen: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<u8>, Fault> {
        let body = json!({ "organizationId": organization, "startRevision": start_revision });
        self.retried(&Ask { path: NOMENCLATURE, body, spends: Spends::Menu, seen }).await
    }

    /// `/api/1/reserve/available_restaurant_sections` with drawn layouts: the body as it came, for
    /// [`crate::integrations::iiko_cloud::restaurant_sections`].
    pub async fn restaurant_sections(&self, group: Uuid) -> Result<Vec<u8>, Fault> {
        self.call(SECTIONS, json!({ "terminalGroupIds": [group], "returnSchema": true })).await
    }

    /// `/api/1/payment_types`: the body as it came, for [`crate::integrations::iiko_cloud::payment_types`].
    pub async fn payment_types(&self, organization: Uuid) -> Result<Vec<u8>, Fault> {
        self.call(PAYMENT_TYPES, json!({ "organizationIds": [organization] })).await
    }

    /// `/api/1/employees/couriers`: who has the right D_DC0 and a PIN, dismissed ones too.
    pub async fn couriers(&self, organization: Uuid) -> Result<Vec<Employee>, Fault> {
        let body = self.call(COURIERS, json!({ "organizationIds": [organization] })).await?;
        employees::couriers(&body, organization)
    }

    /// `/api/1/employees/info`: the phone as somebody typed it into iiko; none where there is none.
    pub async fn employee_phone(&self, organization: Uuid, employee: Uuid) -> Result<Option<String>, Fault> {
        let body =
            self.call(EMPLOYEE_INFO, json!({ "organizationId": organization, "id": employee })).await?;
        employees::phone(&body)
    }

    /// `/api/1/deliveries/order_types`.
    pub async fn order_types(&self, organization: Uuid) -> Result<Vec<Entry>, Fault> {
        let body = self.call(ORDER_TYPES, json!({ "organizationIds": [organization] })).await?;
        dictionaries::order_types(&body, organization)
    }

    /// `/api/1/discounts`: surcharges too.
    pub async fn discounts(&self, organization: Uuid) -> Result<Vec<Entry>, Fault> {
        let body = self.call(DISCOUNTS, json!({ "organizationIds": [organization] })).await?;
        dictionaries::discounts(&body, organization)
    }

    /// `/api/1/cancel_causes`: from iiko 7.7.1 on.
    pub async fn cancel_causes(&self, organization: Uuid) -> Result<Vec<Entry>, Fault> {
        let body = self.call(CANCEL_CAUSES, json!({ "organizationIds": [organization] })).await?;
        dictionaries::cancel_causes(&body)
    }
}
