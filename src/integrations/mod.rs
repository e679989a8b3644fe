//! A venue's ties to the outside: iiko Cloud today.
//!
//! - `connection` the tie: sealed key, organization, terminal group, how the last call went
//! - `exchange` «Журнал обмена» · `link` an open line that keeps its calls · `trouble` a failure in a person's words
//! - `dictionary` order types, discounts, causes of a cancellation, as iiko has them
//! - `iiko_cloud` iiko's protocol, knowing nothing of ours · `pages` the set-up
pub mod connection;
pub mod dictionary;
pub mod exchange;
pub mod iiko_cloud;
pub mod link;
pub mod pages;
pub mod trouble;
