//! What an employee may be told of, by their words. The choices are kept here; telling comes with orders.

/// The eleven notices of the staff app, by the words of their texts and of what is kept.
pub const NOTICES: [&str; 11] = [
    "receipt",
    "refund",
    "new_delivery",
    "new_table_order",
    "paid",
    "table_taken",
    "added_to_venue",
    "registered",
    "called",
    "review",
    "tips",
];
