//! What was ordered and what is paid: the same for a check at a table and for a delivery. Sums are kopecks, amounts
//! thousandths of a piece.
use serde_json::{Value, json};
use uuid::Uuid;

use super::{id, sums};

#[derive(Clone, Debug, Default)]
pub struct Bill {
    pub lines: Vec<Line>,
    pub payments: Vec<Payment>,
    pub discount: Option<Discount>,
}

/// A dish on the bill. A removed one stays, marked.
#[derive(Clone, Debug)]
pub struct Line {
    pub position: Uuid,
    pub product: Uuid,
    pub name: String,
    /// kopecks a piece
    pub price: i64,
    /// thousandths
    pub amount: i64,
    /// id and name
    pub size: Option<(Uuid, String)>,
    pub extras: Vec<Extra>,
    pub deleted: bool,
    /// `yyyy-MM-dd HH:mm:ss.fff`, the terminal's time
    pub printed: String,
}

/// A modifier of a dish.
#[derive(Clone, Debug)]
pub struct Extra {
    pub product: Uuid,
    pub name: String,
    /// kopecks each
    pub price: i64,
    /// of one dish
    pub amount: i64,
}

#[derive(Clone, Debug)]
pub struct Payment {
    pub type_id: Uuid,
    pub name: String,
    pub kind: String,
    /// kopecks
    pub sum: i64,
    /// the money is taken for good; false: only typed in, «preliminary»
    pub processed: bool,
    /// came by the API
    pub external: bool,
    /// `isProcessedExternally`
    pub taken_outside: bool,
    pub fiscalized_outside: bool,
    pub prepay: bool,
}

/// A discount on the whole bill.
#[derive(Clone, Debug)]
pub struct Discount {
    pub type_id: Uuid,
    pub name: String,
    pub percent: i64,
}

impl Bill {
    /// Kopecks after the discount: iiko's `order.sum`, what must be paid.
    pub fn sum(&self) -> i64 {
        self.full() - self.off()
    }

    /// Kopecks taken for good: `processedPaymentsSum`.
    pub fn processed(&self) -> i64 {
        self.payments.iter().filter(|payment| payment.processed).map(|payment| payment.sum).sum()
    }

    /// Kopecks of all payments, also of those only typed in.
    pub fn paid(&self) -> i64 {
        self.payments.iter().map(|payment| payment.sum).sum()
    }

    /// Kopecks not covered by any payment.
    pub fn rest(&self) -> i64 {
        self.sum() - self.paid()
    }

    pub fn lines_told(&self) -> Vec<Value> {
        self.lines.iter().map(Line::told).collect()
    }

    pub fn payments_told(&self) -> Vec<Value> {
        self.payments.iter().map(Payment::told).collect()
    }

    pub fn discounts_told(&self) -> Vec<Value> {
        let told = |one: &Discount| {
            json!({"discountType": {"id": one.type_id, "name": one.name}, "sum": sums::roubles(self.off()),
                "selectivePositions": null, "selectivePositionsWithSum": null})
        };
        self.discount.iter().map(told).collect()
    }

    fn full(&self) -> i64 {
        self.lines.iter().filter(|line| !line.deleted).map(Line::cost).sum()
    }

    fn off(&self) -> i64 {
        self.discount.as_ref().map_or(0, |one| self.full() * one.percent / 100)
    }
}

impl Line {
    /// Kopecks, with what was chosen to it.
    pub fn cost(&self) -> i64 {
        let extras: i64 = self.extras.iter().map(|extra| extra.price.saturating_mul(extra.amount)).sum();
        sums::cost(self.price.saturating_add(extras), self.amount)
    }

    /// `ProductOrderItem` of the vendor's document.
    fn told(&self) -> Value {
        let deleted = self.deleted.then(|| {
            let removal = json!({"id": id::named("removal"), "name": "Без списания"});
            let way = json!({"id": id::named("deletion"), "comment": null, "removalType": removal});
            json!({"deletionMethod": way})
        });
        let cost = sums::roubles(sums::cost(self.price, self.amount));
        let extras: Vec<Value> = self.extras.iter().map(Extra::told).collect();
        let size = self.size.as_ref().map(|(id, name)| json!({"id": id, "name": name}));
        json!({"type": "Product", "product": {"id": self.product, "name": self.name}, "modifiers": extras,
            "price": sums::roubles(self.price), "cost": cost, "pricePredefined": false,
            "positionId": self.position, "taxPercent": null, "resultSum": sums::roubles(self.cost()),
            "status": "CookingStarted", "deleted": deleted, "amount": sums::pieces(self.amount), "comment": null,
            "whenPrinted": self.printed, "size": size, "comboInformation": null})
    }
}

impl Extra {
    fn told(&self) -> Value {
        let sum = sums::roubles(self.price.saturating_mul(self.amount));
        json!({"product": {"id": self.product, "name": self.name}, "amount": self.amount,
            "amountIndependentOfParentAmount": false, "productGroup": null, "price": sums::roubles(self.price),
            "pricePredefined": false, "resultSum": sum, "deleted": null, "positionId": id::fresh(),
            "defaultAmount": 0, "hideIfDefaultAmount": false, "taxPercent": null, "freeOfChargeAmount": 0})
    }
}

impl Payment {
    /// `PaymentItem` of the vendor's document: it has neither an id nor what was sent with it.
    fn told(&self) -> Value {
        json!({"paymentType": {"id": self.type_id, "name": self.name, "kind": self.kind},
            "sum": sums::roubles(self.sum), "isPreliminary": !self.processed, "isExternal": self.external,
            "isProcessedExternally": self.taken_outside, "isFiscalizedExternally": self.fiscalized_outside,
            "isPrepay": self.prepay})
    }
}
