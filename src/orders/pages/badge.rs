//! A status and a payment in a word and a tone.
use askama::Template;

use crate::lang::Lang;
use crate::orders::kind::Kind;
use crate::orders::list::Payment;
use crate::orders::order::Listed;
use crate::orders::status::Status;
use crate::part;
use crate::say;
use crate::web::shell::Tone;

#[derive(Template, Clone, Debug)]
#[template(path = "orders/_badge.html")]
pub struct Badge {
    tone: Tone,
    icon: &'static str,
    pub said: String,
}
part!(Badge);

impl Badge {
    /// Its status; of one that the till has not taken yet, that.
    pub fn of_order(order: &Listed, lang: Lang) -> Badge {
        let (kind, status) = (order.kind(), order.status());
        if order.creation == "in_progress" && !status.is_over() {
            return Badge { tone: Tone::Wait, icon: "clock", said: say!(lang, "order-making") };
        }
        let (tone, icon) = match status {
            Status::New => (Tone::Wait, "bell"),
            Status::Confirmed => (Tone::Neutral, "tick"),
            Status::Cooking => (Tone::Neutral, "flame"),
            Status::Cooked if kind == Kind::Table => (Tone::Neutral, "receipt"),
            Status::Cooked => (Tone::Good, "bag"),
            Status::Sent => (Tone::Neutral, "scooter"),
            Status::Done => (Tone::Good, "check"),
            Status::Cancelled => (Tone::Neutral, "stop"),
        };
        Badge { tone, icon, said: said_status(kind, status, lang) }
    }

    pub fn of_payment(order: &Listed, lang: Lang) -> Badge {
        let payment = Payment::of(order);
        let (tone, icon) = match payment {
            Payment::Paid => (Tone::Good, "check"),
            Payment::Part => (Tone::Wait, "clock"),
            Payment::Unpaid => (Tone::Neutral, "circle"),
        };
        Badge { tone, icon, said: lang.word(&format!("order-payment-{}", payment.word())) }
    }
}

/// «Приготовлен» is a pickup's; of a table the same step is the bill on it.
pub fn said_status(kind: Kind, status: Status, lang: Lang) -> String {
    match (kind, status) {
        (Kind::Table, Status::Cooked) => lang.word("order-status-bill"),
        _ => lang.word(&format!("order-status-{}", status.word())),
    }
}

pub fn icon_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Table => "table",
        Kind::Courier => "scooter",
        Kind::Pickup => "bag",
    }
}
