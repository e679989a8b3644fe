//! What a key may do: a type per right, so that a handler names the one it needs.

/// Words in the order of the page; each has its sentence.
pub const SCOPES: [&str; 3] = ["menu", "tables", "payments"];

/// A right of a key.
pub trait Scope: 'static {
    /// Stable: in the database, in answers.
    const WORD: &'static str;
}

/// Reads the menu as guests see it.
pub struct Menu;
impl Scope for Menu {
    const WORD: &'static str = "menu";
}

/// Reads the tables and what is open on them.
pub struct Tables;
impl Scope for Tables {
    const WORD: &'static str = "tables";
}

/// Reports payments that were captured, and reads how they stand.
pub struct Payments;
impl Scope for Payments {
    const WORD: &'static str = "payments";
}
