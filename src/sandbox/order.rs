//! A check at a table as the till holds it, and the copy of it the cloud tells of.
use serde_json::{Value, json};
use uuid::Uuid;

use super::bill::Bill;
use super::world::{Organization, Terminal};
use super::{clock, sums};

/// A check. `number` runs 1, 2, 3… through the restaurant.
#[derive(Clone, Debug)]
pub struct Check {
    /// the cloud's id
    pub id: Uuid,
    /// the till's own id
    pub pos_id: Uuid,
    pub number: i64,
    pub table: Uuid,
    /// as a person calls the table: its number
    pub table_number: String,
    pub terminal: Uuid,
    /// id and name
    pub waiter: Option<(Uuid, String)>,
    pub status: Status,
    pub bill: Bill,
    /// Unix ms, as the two below
    pub created_ms: i64,
    pub billed_ms: Option<i64>,
    pub closed_ms: Option<i64>,
    pub copy: Copied,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    New,
    Bill,
    Closed,
    Deleted,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::New => "New",
            Status::Bill => "Bill",
            Status::Closed => "Closed",
            Status::Deleted => "Deleted",
        }
    }
}

/// What the cloud knows of an order: nothing until it was loaded, and then what it was when last looked at.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    pub now: Option<Value>,
    /// the copy before that, for a read that is behind
    pub before: Option<Value>,
    /// Unix ms of the oldest change the copy has not got; none: it is true
    pub changed_ms: Option<i64>,
}

/// A fresh copy, for whoever is to be told of it by a webhook.
#[derive(Clone, Debug)]
pub struct News {
    pub event: &'static str,
    pub status: &'static str,
    pub info: Value,
}

impl Copied {
    /// The order was changed at the till.
    pub fn touch(&mut self) {
        self.changed_ms.get_or_insert_with(clock::now_ms);
    }

    pub fn keep(&mut self, told: Value) {
        self.before = self.now.replace(told);
        self.changed_ms = None;
    }

    /// The cloud knows the order, and its copy is behind by at least `lag_ms`.
    pub fn is_due(&self, now_ms: i64, lag_ms: i64) -> bool {
        self.now.is_some() && self.changed_ms.is_some_and(|changed| changed.saturating_add(lag_ms) <= now_ms)
    }
}

impl Check {
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::New | Status::Bill)
    }

    /// By the cloud's id, the till's id, or the number.
    pub fn is(&self, wanted: &str) -> bool {
        let (wanted, number) = (wanted.trim(), self.number.to_string());
        let id: Option<Uuid> = wanted.parse().ok();
        wanted == number || id.is_some_and(|id| self.id == id || self.pos_id == id)
    }

    /// `TableOrderInfo` of the vendor's document; dates are the terminal's own time.
    fn told(&self, one: &Organization, stamp: i64) -> Value {
        json!({"id": self.id, "posId": self.pos_id, "externalNumber": null, "organizationId": one.id,
            "timestamp": stamp, "creationStatus": "Success", "errorInfo": null, "order": self.order(one)})
    }

    fn order(&self, one: &Organization) -> Value {
        let terminal = one.terminals.iter().find(|terminal| terminal.id == self.terminal);
        let at = |ms: i64| clock::written_at(ms, one.zone(self.terminal));
        let waiter = self.waiter.as_ref().map(|(id, name)| json!({"id": id, "name": name, "phone": null}));
        let processed = terminal
            .is_some_and(|terminal| terminal.is_at_least(&[7, 6, 0]))
            .then(|| sums::roubles(self.bill.processed()));
        json!({"tableIds": [self.table], "customer": null, "phone": null, "status": self.status.word(),
            "whenCreated": at(self.created_ms), "waiter": waiter, "tabName": null,
            "splitOrderBetweenCashRegisters": if self.is_open() { json!("Disabled") } else { Value::Null },
            "menuId": null, "priceCategory": null, "sum": sums::roubles(self.bill.sum()), "number": self.number,
            "sourceKey": null, "whenBillPrinted": self.billed_ms.map(at), "whenClosed": self.closed_ms.map(at),
            "conception": null, "guestsInfo": {"count": 1, "splitBetweenPersons": false},
            "items": self.bill.lines_told(), "combos": [], "payments": self.bill.payments_told(), "tips": [],
            "discounts": self.bill.discounts_told(), "orderType": order_type(one, "Common"),
            "terminalGroupId": self.terminal, "processedPaymentsSum": processed,
            "loyaltyInfo": {"coupon": null, "appliedManualConditions": null}, "externalData": null})
    }
}

/// The first order type of a service, as orders repeat it. The dictionary says «DeliveryPickUp», orders «DeliveryByClient».
pub fn order_type(one: &Organization, service: &str) -> Option<Value> {
    let known = if service == "DeliveryByClient" { "DeliveryPickUp" } else { service };
    let found = one.order_types.iter().find(|kind| kind["orderServiceType"] == known)?;
    Some(json!({"id": found["id"], "name": found["name"], "orderServiceType": service}))
}

impl Organization {
    pub fn check(&self, wanted: &str) -> Option<&Check> {
        self.orders.iter().find(|check| check.is(wanted))
    }

    pub fn check_mut(&mut self, wanted: &str) -> Option<&mut Check> {
        self.orders.iter_mut().find(|check| check.is(wanted))
    }

    /// The order's place when the cloud has a copy of it.
    pub fn known_check(&self, id: Uuid) -> Option<usize> {
        self.orders.iter().position(|check| check.id == id && check.copy.now.is_some())
    }

    /// The cloud looks at one order now: a later `timestamp` when there is anything new.
    pub fn copy_check(&mut self, at: usize) {
        let stamp = self.next_stamp();
        let check = &self.orders[at];
        if check.copy.now.is_some() && check.copy.changed_ms.is_none() {
            return;
        }
        let info = check.told(self, stamp);
        let status = check.status.word();
        self.news.push(News { event: "TableOrderUpdate", status, info: info.clone() });
        self.orders[at].copy.keep(info);
    }

    /// Every known order whose copy is behind by `lag_ms` is looked at.
    pub fn copy_due(&mut self, now_ms: i64, lag_ms: i64) {
        for at in 0..self.deliveries.len() {
            if self.deliveries[at].copy.is_due(now_ms, lag_ms) {
                self.copy_delivery(at);
            }
        }
        for at in 0..self.orders.len() {
            if self.orders[at].copy.is_due(now_ms, lag_ms) {
                self.copy_check(at);
            }
        }
    }

    /// The time zone a terminal writes its dates in.
    pub fn zone(&self, terminal: Uuid) -> &str {
        self.terminals.iter().find(|one| one.id == terminal).map_or("", |one| &one.time_zone)
    }

    /// Unix ms, later than any given before: the version of an order on the cloud.
    pub fn next_stamp(&mut self) -> i64 {
        self.last_stamp = clock::now_ms().max(self.last_stamp + 1);
        self.last_stamp
    }
}

impl Terminal {
    /// iikoFront on, with internet, not asleep.
    pub fn answers(&self) -> bool {
        self.alive && !self.asleep
    }

    /// Whether iikoFront's version is `wanted` or later; one never seen is not.
    pub fn is_at_least(&self, wanted: &[u32]) -> bool {
        let Some(version) = &self.pos_version else { return false };
        let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap_or(0)).collect();
        parts.as_slice() >= wanted
    }
}
