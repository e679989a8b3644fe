//! The seven words of a shift, from iiko's ten of a delivery and four of a table order.
use crate::orders::kind::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    New,
    Confirmed,
    Cooking,
    /// Of a pickup: the guest may collect it. Of a table: the bill is on it.
    Cooked,
    Sent,
    Done,
    Cancelled,
}

impl Status {
    pub const ALL: [Status; 7] = [
        Status::New,
        Status::Confirmed,
        Status::Cooking,
        Status::Cooked,
        Status::Sent,
        Status::Done,
        Status::Cancelled,
    ];

    /// Stable: in the database, in addresses, in the keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Confirmed => "confirmed",
            Status::Cooking => "cooking",
            Status::Cooked => "cooked",
            Status::Sent => "sent",
            Status::Done => "done",
            Status::Cancelled => "cancelled",
        }
    }

    pub fn of_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// From iiko's word; a word nobody knows yet counts as new, so that a person looks. «Приготовлен» is a pickup's alone:
    /// a courier's order that is cooked waits for its courier and is still in the kitchen's hands for the guest.
    pub fn of_iiko(kind: Kind, word: &str) -> Status {
        match (kind, word) {
            (_, "Closed" | "Delivered") => Status::Done,
            (_, "Deleted" | "Cancelled") => Status::Cancelled,
            (Kind::Table, "Bill") => Status::Cooked,
            (Kind::Table, _) => Status::New,
            (_, "WaitCooking" | "ReadyForCooking") => Status::Confirmed,
            (_, "CookingStarted") => Status::Cooking,
            (Kind::Pickup, "CookingCompleted" | "Waiting") => Status::Cooked,
            (Kind::Courier, "CookingCompleted" | "Waiting") => Status::Cooking,
            (_, "OnWay") => Status::Sent,
            _ => Status::New,
        }
    }

    /// Nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(self, Status::Done | Status::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_iiko_has_its_place() {
        let of = |kind, words: &[&str]| -> Vec<&str> {
            words.iter().map(|word| Status::of_iiko(kind, word).word()).collect()
        };
        let delivery = [
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
        let pickup = of(Kind::Pickup, &delivery);
        assert_eq!(
            pickup,
            [
                "new",
                "confirmed",
                "confirmed",
                "cooking",
                "cooked",
                "cooked",
                "sent",
                "done",
                "done",
                "cancelled"
            ]
        );
        let courier = of(Kind::Courier, &delivery);
        assert!(!courier.contains(&"cooked"), "a courier's order is never «Приготовлен»: {courier:?}");
        let table = of(Kind::Table, &["New", "Bill", "Closed", "Deleted"]);
        assert_eq!(table, ["new", "cooked", "done", "cancelled"]);
        assert_eq!(Status::of_iiko(Kind::Courier, "Teleported"), Status::New);
    }
}
