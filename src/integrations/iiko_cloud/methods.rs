//! iiko's methods, one each: what is asked and what comes back.
use chrono::NaiveDateTime;
use serde_json::json;
use uuid::Uuid;

use crate::integrations::iiko_cloud::answer::NOMENCLATURE;
use crate::integrations::iiko_cloud::budget::Spends;
use crate::integrations::iiko_cloud::client::{Ask, Till, parsed};
use crate::integrations::iiko_cloud::commands::{self, State};
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
pub const INIT_BY_TABLE: &str = "/api/1/order/init_by_table";
pub const BY_TABLE: &str = "/api/1/order/by_table";
pub const BY_ID: &str = "/api/1/order/by_id";
pub const DELIVERIES_BY_ID: &str = "/api/1/deliveries/by_id";
pub const BY_REVISION: &str = "/api/1/deliveries/by_revision";
pub const BY_DATE: &str = "/api/1/deliveries/by_delivery_date_and_status";
pub const INIT_BY_POS_ORDER: &str = "/api/1/order/init_by_posOrder";
pub const ADD_PAYMENTS: &str = "/api/1/order/add_payments";
pub const CHANGE_PAYMENTS: &str = "/api/1/order/change_payments";
pub const CLOSE: &str = "/api/1/order/close";
pub const CREATE_DELIVERY: &str = "/api/1/deliveries/create";
pub const COMMAND_STATUS: &str = "/api/1/commands/status";
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

    /// `/api/1/order/init_by_table`: asks the till to show the cloud what is open on these tables. It says only that the
    /// asking was taken; what it brings is read a moment later.
    pub async fn init_by_table(&self, organization: Uuid, group: Uuid, tables: &[Uuid]) -> Result<(), Fault> {
        let body = json!({ "organizationId": organization, "terminalGroupId": group, "tableIds": tables });
        self.call(INIT_BY_TABLE, body).await.map(|_| ())
    }

    /// `/api/1/order/by_table`, those not closed: the body as it came, for [`crate::integrations::iiko_cloud::orders`].
    pub async fn orders_by_table(&self, organization: Uuid, tables: &[Uuid]) -> Result<Vec<u8>, Fault> {
        let body =
            json!({ "organizationIds": [organization], "tableIds": tables, "statuses": ["New", "Bill"] });
        self.call(BY_TABLE, body).await
    }

    /// `/api/1/order/by_id`, closed ones too.
    pub async fn orders_by_id(&self, organization: Uuid, orders: &[Uuid]) -> Result<Vec<u8>, Fault> {
        self.call(BY_ID, json!({ "organizationIds": [organization], "orderIds": orders })).await
    }

    /// `/api/1/deliveries/by_id`.
    pub async fn deliveries_by_id(&self, organization: Uuid, orders: &[Uuid]) -> Result<Vec<u8>, Fault> {
        self.call(DELIVERIES_BY_ID, json!({ "organizationId": organization, "orderIds": orders })).await
    }

    /// `/api/1/deliveries/by_revision`: what changed since, at most three hours back.
    pub async fn deliveries_since(&self, organization: Uuid, revision: i64) -> Result<Vec<u8>, Fault> {
        self.call(BY_REVISION, json!({ "organizationIds": [organization], "startRevision": revision })).await
    }

    /// `/api/1/deliveries/by_delivery_date_and_status`, terminal-local times without a zone, at most a day apart.
    pub async fn deliveries_between(
        &self,
        organization: Uuid,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> Result<Vec<u8>, Fault> {
        let said = |at: NaiveDateTime| at.format("%Y-%m-%d %H:%M:%S%.3f").to_string();
        let body = json!({ "organizationIds": [organization], "deliveryDateFrom": said(from),
                           "deliveryDateTo": said(to) });
        self.call(BY_DATE, body).await
    }

    /// `/api/1/order/init_by_posOrder`: asks the till to show the cloud this order as it is now.
    pub async fn init_by_pos_order(
        &self,
        organization: Uuid,
        group: Uuid,
        orders: &[Uuid],
    ) -> Result<(), Fault> {
        let body = json!({ "organizationId": organization, "terminalGroupId": group, "posOrderIds": orders });
        self.call(INIT_BY_POS_ORDER, body).await.map(|_| ())
    }

    /// `/api/1/order/add_payments` (from 8.2.6) or `/api/1/order/change_payments` (from 7.7.4), sent once. What comes back
    /// is a command's correlation id, no more.
    pub async fn post_payment(&self, path: &'static str, payment: &Payment) -> Result<String, Fault> {
        let one = json!({
            "paymentTypeKind": "Card",
            "paymentTypeId": payment.method,
            "sum": payment.roubles,
            "isProcessedExternally": true,
        });
        let body =
            json!({ "organizationId": payment.organization, "orderId": payment.order, "payments": [one] });
        commands::accepted(path, &self.command(path, body).await?)
    }

    /// `/api/1/order/close`, sent once: a command's correlation id.
    pub async fn close_order(&self, organization: Uuid, order: Uuid) -> Result<String, Fault> {
        let body = json!({ "organizationId": organization, "orderId": order });
        commands::accepted(CLOSE, &self.command(CLOSE, body).await?)
    }

    /// `/api/1/commands/status`.
    pub async fn command_status(&self, organization: Uuid, correlation: &str) -> Result<State, Fault> {
        let body = json!({ "organizationId": organization, "correlationId": correlation });
        match self.call(COMMAND_STATUS, body).await {
            Ok(body) => commands::status(COMMAND_STATUS, &body),
            Err(fault) if fault.status == Some(410) => Ok(State::Gone),
            Err(fault) => Err(fault),
        }
    }
}

/// A payment for a bill; taken elsewhere, so the till only writes it down.
#[derive(Clone, Debug)]
pub struct Payment {
    pub organization: Uuid,
    pub order: Uuid,
    /// iiko's payment type.
    pub method: Uuid,
    /// A JSON number of roubles, exact.
    pub roubles: serde_json::Number,
}
