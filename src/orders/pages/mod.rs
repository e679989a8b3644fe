//! «Заказы».
//!
//! - `badge` a status and a payment in a word and a tone · `search` what stands in the address · `list` the table of them ·
//!   `show` one order
pub mod badge;
pub mod list;
pub mod search;
pub mod show;
