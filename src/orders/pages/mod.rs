//! «Заказы».
//!
//! - `badge` a status and a payment in a word and a tone · `search` what stands in the address · `list` the table of them ·
//!   `drawn` one that is drawn already · `fresh` what of it changed · `show` one order · `export` a search as a file
pub mod badge;
pub mod board;
pub mod drawn;
pub mod export;
pub mod fresh;
pub mod list;
pub mod search;
pub mod show;
pub mod unseen;
