//! «Очередь в кассу».
//!
//! - `badge` how a payment stands · `list` the queue, shelf by shelf · `show` one payment with its timeline · `decide` what
//!   a person decides · `beside` an order's payments, for its page
//! - `reconciliation` when bills were last held against our books · `differences` what they differ in
pub mod badge;
pub mod beside;
pub mod decide;
pub mod differences;
pub mod list;
pub mod reconciliation;
pub mod show;
