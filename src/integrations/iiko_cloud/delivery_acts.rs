//! What can be done with a delivery: each a command, sent once. What comes back is a command's correlation id, no more.
use serde_json::{Value, json};
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::Till;
use crate::integrations::iiko_cloud::commands;
use crate::integrations::iiko_cloud::fault::Fault;

#[derive(Clone, Copy, Debug)]
pub enum Deed<'a> {
    Confirm,
    /// `Waiting`, `OnWay`, `Delivered`: iiko takes no others.
    Status(&'a str),
    Close,
    /// An employee with the right to be a courier.
    Courier(Uuid),
    Cancel {
        /// Of `/api/1/cancel_causes`.
        cause: Option<Uuid>,
        comment: &'a str,
    },
}

impl Deed<'_> {
    pub fn path(self) -> &'static str {
        match self {
            Deed::Confirm => "/api/1/deliveries/confirm",
            Deed::Status(_) => "/api/1/deliveries/update_order_delivery_status",
            Deed::Close => "/api/1/deliveries/close",
            Deed::Courier(_) => "/api/1/deliveries/update_order_courier",
            Deed::Cancel { .. } => "/api/1/deliveries/cancel",
        }
    }
}

impl Till {
    pub async fn act(&self, organization: Uuid, order: Uuid, deed: &Deed<'_>) -> Result<String, Fault> {
        let mut body = json!({ "organizationId": organization, "orderId": order });
        let mut put = |key: &str, value: Value| {
            if let Some(body) = body.as_object_mut() {
                body.insert(key.to_owned(), value);
            }
        };
        match deed {
            Deed::Confirm | Deed::Close => {}
            Deed::Status(status) => put("deliveryStatus", json!(status)),
            Deed::Courier(employee) => put("employeeId", json!(employee)),
            Deed::Cancel { cause, comment } => {
                if let Some(cause) = cause {
                    put("cancelCauseId", json!(cause));
                }
                if !comment.is_empty() {
                    put("cancelComment", json!(comment));
                }
            }
        }
        commands::accepted(deed.path(), &self.command(deed.path(), body).await?)
    }
}
