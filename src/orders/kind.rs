//! Where an order is eaten.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Table,
    Courier,
    Pickup,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Table, Kind::Courier, Kind::Pickup];

    /// Stable: in the database, in addresses, in the keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Table => "table",
            Kind::Courier => "courier",
            Kind::Pickup => "pickup",
        }
    }

    pub fn of_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
