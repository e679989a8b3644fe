//! Orders in iiko's words: table orders and deliveries have one outer shape; an answer, a webhook and a command's refusal
//! bring the same. Times are terminal-local without a zone, `yyyy-MM-dd HH:mm:ss.fff`.
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, Whole, id, list};

/// The outer shape: who, which version, whether the till took it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderInfo<'a> {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(default)]
    pub pos_id: MaybeId,
    #[serde(default)]
    pub organization_id: MaybeId,
    /// Unix milliseconds of the last change on iikoTransport: the order's version.
    #[serde(default)]
    pub timestamp: Whole,
    /// `Success`, `InProgress`, `Error`.
    #[serde(borrow, default)]
    pub creation_status: Text<'a>,
    #[serde(borrow, default)]
    pub error_info: Option<ErrorInfo<'a>>,
    /// None while it is being made, or could not be.
    #[serde(borrow, default)]
    pub order: Option<&'a RawValue>,
}

impl<'a> OrderInfo<'a> {
    /// The order inside, where there is one.
    pub fn order(&self) -> serde_json::Result<Option<Order<'a>>> {
        self.order.map(|raw| serde_json::from_str(raw.get())).transpose()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorInfo<'a> {
    /// One of iiko's 78 codes.
    #[serde(borrow, default)]
    pub code: Text<'a>,
    #[serde(borrow, default)]
    pub message: Text<'a>,
    #[serde(borrow, default)]
    pub description: Text<'a>,
}

/// A table order or a delivery: what one of them lacks is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order<'a> {
    /// Of a table order; several where tables are joined.
    #[serde(default, deserialize_with = "list")]
    pub table_ids: Vec<MaybeId>,
    /// `New`, `Bill`, `Closed`, `Deleted`; of a delivery `Unconfirmed` … `Cancelled`.
    #[serde(borrow, default)]
    pub status: Text<'a>,
    #[serde(default, deserialize_with = "number")]
    pub number: String,
    #[serde(borrow, default)]
    pub when_created: Text<'a>,
    #[serde(borrow, default)]
    pub when_closed: Text<'a>,
    #[serde(borrow, default)]
    pub complete_before: Text<'a>,
    #[serde(borrow, default)]
    pub waiter: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub courier_info: Option<CourierInfo<'a>>,
    #[serde(borrow, default)]
    pub customer: Option<Customer<'a>>,
    #[serde(borrow, default)]
    pub phone: Text<'a>,
    #[serde(borrow, default)]
    pub delivery_point: Option<DeliveryPoint<'a>>,
    #[serde(borrow, default)]
    pub comment: Text<'a>,
    #[serde(borrow, default)]
    pub order_type: Option<OrderType<'a>>,
    #[serde(borrow, default)]
    pub cancel_info: Option<CancelInfo<'a>>,
    /// A decimal: what is to be paid, discounts and charges in it.
    #[serde(borrow, default)]
    pub sum: Option<&'a RawValue>,
    /// None below iiko 7.6.0: not known, which is not zero.
    #[serde(borrow, default)]
    pub processed_payments_sum: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub items: Vec<Item<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub payments: Vec<Payment<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub discounts: Vec<Discount<'a>>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Named<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(borrow, default)]
    pub name: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
pub struct CourierInfo<'a> {
    #[serde(borrow, default)]
    pub courier: Option<Named<'a>>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Customer<'a> {
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub surname: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
pub struct DeliveryPoint<'a> {
    #[serde(borrow, default)]
    pub address: Option<Address<'a>>,
    #[serde(borrow, default)]
    pub comment: Text<'a>,
}

/// The street's parts, or one line.
#[derive(Debug, Default, Deserialize)]
pub struct Address<'a> {
    #[serde(borrow, default)]
    pub street: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub house: Text<'a>,
    #[serde(borrow, default)]
    pub flat: Text<'a>,
    #[serde(borrow, default)]
    pub line1: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderType<'a> {
    #[serde(borrow, default)]
    pub name: Text<'a>,
    /// `Common`, `DeliveryByCourier`, `DeliveryByClient`.
    #[serde(borrow, default)]
    pub order_service_type: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
pub struct CancelInfo<'a> {
    #[serde(borrow, default)]
    pub cause: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub comment: Text<'a>,
}

/// A line. Removed ones stay, with `deleted`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item<'a> {
    #[serde(borrow, default)]
    pub product: Option<Named<'a>>,
    /// Of a line of type `Service`.
    #[serde(borrow, default)]
    pub service: Option<Named<'a>>,
    /// Of a line of type `Compound`: halves of a pizza.
    #[serde(borrow, default)]
    pub primary_component: Option<Component<'a>>,
    #[serde(borrow, default)]
    pub secondary_component: Option<Component<'a>>,
    #[serde(borrow, default)]
    pub size: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub amount: Option<&'a RawValue>,
    /// With discounts; a service has `cost` alone.
    #[serde(borrow, default)]
    pub result_sum: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub cost: Option<&'a RawValue>,
    /// `Added`, `PrintedNotCooking`, `CookingStarted`, `CookingCompleted`, `Served`.
    #[serde(borrow, default)]
    pub status: Text<'a>,
    #[serde(borrow, default)]
    pub comment: Text<'a>,
    #[serde(borrow, default)]
    pub deleted: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "list")]
    pub modifiers: Vec<Modifier<'a>>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Component<'a> {
    #[serde(borrow, default)]
    pub product: Option<Named<'a>>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Modifier<'a> {
    #[serde(borrow, default)]
    pub product: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub deleted: Option<&'a RawValue>,
}

/// A payment on the bill: no id, no data of ours comes back; it can only be counted.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment<'a> {
    #[serde(borrow, default)]
    pub payment_type: Option<PaymentKind<'a>>,
    #[serde(borrow, default)]
    pub sum: Option<&'a RawValue>,
    #[serde(default)]
    pub is_preliminary: Flag,
    #[serde(default)]
    pub is_external: Flag,
    #[serde(default)]
    pub is_processed_externally: Flag,
}

#[derive(Debug, Default, Deserialize)]
pub struct PaymentKind<'a> {
    #[serde(default)]
    pub id: MaybeId,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub kind: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Discount<'a> {
    #[serde(borrow, default)]
    pub discount_type: Option<Named<'a>>,
    #[serde(borrow, default)]
    pub sum: Option<&'a RawValue>,
}

/// A number of the till: iiko writes it as a number, older tills as a text.
fn number<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    Ok(Text::deserialize(d)?.as_str().trim().to_owned())
}

/// The decimal text of a number, without quotes where iiko sent a text.
pub fn decimal(raw: Option<&RawValue>) -> Option<&str> {
    raw.map(|raw| raw.get().trim_matches('"').trim())
}

/// What an answer holds: each order by itself, so that one that cannot be read does not hide the others.
#[derive(Debug, Default)]
pub struct Orders<'a> {
    pub read: Vec<OrderInfo<'a>>,
    /// How many could not be read at all.
    pub unread: usize,
    /// Of deliveries: where the next look by revision begins.
    pub max_revision: Option<i64>,
}

impl<'a> Orders<'a> {
    fn of(raw: Vec<&'a RawValue>) -> Orders<'a> {
        let all = raw.len();
        let read: Vec<OrderInfo<'a>> =
            raw.into_iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
        Orders { unread: all - read.len(), read, max_revision: None }
    }
}

/// An answer of `/order/by_table`, `/order/by_id`.
pub fn table_orders<'a>(path: &'static str, body: &'a [u8]) -> Result<Orders<'a>, Fault> {
    #[derive(Deserialize)]
    struct Answer<'a> {
        #[serde(borrow, default, deserialize_with = "list")]
        orders: Vec<&'a RawValue>,
    }
    let answer: Answer<'a> = parsed(path, serde_json::from_slice(body))?;
    Ok(Orders::of(answer.orders))
}

/// An answer of `/deliveries/by_revision`, `/deliveries/by_delivery_date_and_status`.
pub fn deliveries<'a>(path: &'static str, body: &'a [u8]) -> Result<Orders<'a>, Fault> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer<'a> {
        #[serde(default)]
        max_revision: Whole,
        #[serde(borrow, default, deserialize_with = "list")]
        orders_by_organizations: Vec<Of<'a>>,
    }
    #[derive(Deserialize)]
    struct Of<'a> {
        #[serde(borrow, default, deserialize_with = "list")]
        orders: Vec<&'a RawValue>,
    }
    let answer: Answer<'a> = parsed(path, serde_json::from_slice(body))?;
    let raw = answer.orders_by_organizations.into_iter().flat_map(|of| of.orders).collect();
    Ok(Orders { max_revision: Some(answer.max_revision.0).filter(|n| *n > 0), ..Orders::of(raw) })
}
