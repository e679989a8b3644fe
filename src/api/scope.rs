//! What a key may do: a type per right, so that a handler names the one it needs.

/// Words in the order of the page; each has its sentence.
pub const SCOPES: [&str; 4] = ["menu", "tables", "orders", "payments"];

/// A right of a key, or one of several.
pub trait Scope: 'static {
    /// Any of these will do. Stable: in the database, in answers.
    const WORDS: &'static [&'static str];
}

/// Reads the menu as guests see it.
pub struct Menu;
impl Scope for Menu {
    const WORDS: &'static [&'static str] = &["menu"];
}

/// Reads the tables and what is open on them.
pub struct Tables;
impl Scope for Tables {
    const WORDS: &'static [&'static str] = &["tables"];
}

/// Places orders for delivery and pickup.
pub struct Placing;
impl Scope for Placing {
    const WORDS: &'static [&'static str] = &["orders"];
}

/// Reads an order by its id: who pays at the table does, and who has placed one.
pub struct Orders;
impl Scope for Orders {
    const WORDS: &'static [&'static str] = &["tables", "orders"];
}

/// Reports payments that were captured, and reads how they stand.
pub struct Payments;
impl Scope for Payments {
    const WORDS: &'static [&'static str] = &["payments"];
}
