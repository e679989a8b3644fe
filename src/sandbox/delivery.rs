//! A delivery as the till holds it. The cloud knows every one from birth; its copy follows as a check's does.
use serde_json::{Value, json};
use uuid::Uuid;

use super::bill::Bill;
use super::clock;
use super::commands::Refusal;
use super::order::{Copied, News, order_type};
use super::sums;
use super::world::Organization;

/// In their usual order (`Deliveries.Common.DeliveryStatus`).
pub const STATUSES: [&str; 10] = [
    "Unconfirmed",
    "WaitCooking",
    "ReadyForCooking",
    "CookingStarted",
    "CookingCompleted",
    "Waiting",
    "OnWay",
    "Delivered",
    "Closed",
    "Cancelled",
];

/// The word as a constant; none: no status.
pub fn status(word: &str) -> Option<&'static str> {
    STATUSES.into_iter().find(|known| *known == word)
}

#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// the cloud's id
    pub id: Uuid,
    pub pos_id: Uuid,
    pub external_number: Option<String>,
    pub number: i64,
    pub terminal: Uuid,
    /// by courier; false: the guest comes for it
    pub by_courier: bool,
    /// one of `STATUSES`
    pub status: &'static str,
    pub birth: Birth,
    pub name: String,
    pub phone: String,
    /// `Deliveries.Response.Order.Address`
    pub address: Option<Value>,
    pub comment: Option<String>,
    pub source_key: Option<String>,
    pub bill: Bill,
    /// id and name
    pub courier: Option<(Uuid, String)>,
    pub cancelled: Option<Cancelled>,
    /// terminal's time, `yyyy-MM-dd HH:mm:ss.fff`
    pub complete_before: String,
    pub created_ms: i64,
    /// the API's request, if that is where it came from
    pub received_ms: Option<i64>,
    pub times: Times,
    pub copy: Copied,
}

/// `creationStatus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Birth {
    #[default]
    Done,
    /// sent to the terminal, not taken yet
    Waits,
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Cancelled {
    pub cause: Value,
    pub comment: Option<String>,
    pub at_ms: i64,
}

/// Unix ms of the stations a delivery has passed.
#[derive(Clone, Debug, Default)]
pub struct Times {
    pub confirmed: Option<i64>,
    pub cooked: Option<i64>,
    pub sent: Option<i64>,
    pub delivered: Option<i64>,
    pub closed: Option<i64>,
}

impl Delivery {
    pub fn is(&self, wanted: &str) -> bool {
        let (wanted, number) = (wanted.trim(), self.number.to_string());
        let id: Option<Uuid> = wanted.parse().ok();
        wanted == number || id.is_some_and(|id| self.id == id || self.pos_id == id)
    }

    pub fn is_open(&self) -> bool {
        !matches!(self.status, "Closed" | "Cancelled")
    }

    /// Another status, from any to any as staff may do, with the time of it.
    pub fn turn(&mut self, status: &'static str) {
        let now = Some(clock::now_ms());
        match status {
            "WaitCooking" => self.times.confirmed = now,
            "CookingCompleted" => self.times.cooked = now,
            "OnWay" => self.times.sent = now,
            "Delivered" => self.times.delivered = now,
            "Closed" => {
                self.times.closed = now;
                self.bill.payments.iter_mut().for_each(|payment| payment.processed = true);
            }
            _ => (),
        }
        self.status = status;
        self.copy.touch();
    }

    /// `Deliveries.Response.Order.OrderInfo`.
    fn told(&self, one: &Organization, stamp: i64) -> Value {
        let (creation, error) = match &self.birth {
            Birth::Done => ("Success", None),
            Birth::Waits => ("InProgress", None),
            Birth::Refused(refusal) => ("Error", Some(refusal)),
        };
        let error = error.map(|refusal| {
            json!({"code": refusal.reason, "message": refusal.said, "description": refusal.said,
                "additionalData": null, "errorReason": null})
        });
        let born = creation == "Success";
        json!({"id": self.id, "posId": born.then_some(self.pos_id), "externalNumber": self.external_number,
            "organizationId": one.id, "timestamp": stamp, "creationStatus": creation, "errorInfo": error,
            "order": born.then(|| self.order(one))})
    }

    fn order(&self, one: &Organization) -> Value {
        let zone = one.zone(self.terminal);
        let at = |ms: i64| clock::written_at(ms, zone);
        let when = |ms: Option<i64>| ms.map(at);
        let service = if self.by_courier { "DeliveryByCourier" } else { "DeliveryByClient" };
        let mut order = json!({"parentDeliveryId": null, "customer": {"type": "one-time", "name": self.name},
            "phone": self.phone, "phoneExtension": null, "deliveryPoint": self.point(), "status": self.status,
            "cancelInfo": self.cancel_info(zone), "courierInfo": self.courier_info(),
            "completeBefore": self.complete_before, "whenCreated": at(self.created_ms),
            "whenConfirmed": when(self.times.confirmed), "whenPrinted": when(self.times.confirmed),
            "whenCookingCompleted": when(self.times.cooked), "whenSended": when(self.times.sent),
            "whenDelivered": when(self.times.delivered), "whenClosed": when(self.times.closed),
            "whenBillPrinted": null, "comment": self.comment, "problem": null, "operator": null,
            "cookingStartTime": at(self.created_ms), "isDeleted": false,
            "whenReceivedByApi": self.received_ms.map(clock::written), "isAsap": true, "sourceKey": self.source_key,
            "sum": sums::roubles(self.bill.sum()), "number": self.number, "conception": null,
            "guestsInfo": {"count": 1, "splitBetweenPersons": false}, "items": self.bill.lines_told()});
        order["whenReceivedFromFront"] = clock::written(self.created_ms).into();
        order["payments"] = self.bill.payments_told().into();
        order["discounts"] = self.bill.discounts_told().into();
        order["orderType"] = order_type(one, service).into();
        order["terminalGroupId"] = self.terminal.to_string().into();
        order["processedPaymentsSum"] = sums::roubles(self.bill.processed()).into();
        for empty in ["combos", "tips"] {
            order[empty] = json!([]);
        }
        order
    }

    fn point(&self) -> Option<Value> {
        let address = self.address.as_ref()?;
        Some(json!({"coordinates": null, "address": address, "externalCartographyId": null, "comment": null}))
    }

    fn cancel_info(&self, zone: &str) -> Option<Value> {
        let one = self.cancelled.as_ref()?;
        let cause = json!({"id": one.cause["id"], "name": one.cause["name"]});
        Some(
            json!({"whenCancelled": clock::written_at(one.at_ms, zone), "cause": cause, "comment": one.comment}),
        )
    }

    fn courier_info(&self) -> Option<Value> {
        let (id, name) = self.courier.as_ref()?;
        let courier = json!({"id": id, "name": name, "phone": null});
        Some(json!({"courier": courier, "isCourierSelectedManually": true}))
    }
}

impl Organization {
    pub fn delivery(&self, wanted: &str) -> Option<&Delivery> {
        self.deliveries.iter().find(|delivery| delivery.is(wanted))
    }

    /// The cloud looks at one delivery now, if there is anything new.
    pub fn copy_delivery(&mut self, at: usize) {
        let stamp = self.next_stamp();
        let delivery = &self.deliveries[at];
        if delivery.copy.now.is_some() && delivery.copy.changed_ms.is_none() {
            return;
        }
        let info = delivery.told(self, stamp);
        let event = match delivery.birth {
            Birth::Done => Some("DeliveryOrderUpdate"),
            Birth::Refused(_) => Some("DeliveryOrderError"),
            Birth::Waits => None,
        };
        let status = delivery.status;
        self.news.extend(event.map(|event| News { event, status, info: info.clone() }));
        self.deliveries[at].copy.keep(info);
    }
}
