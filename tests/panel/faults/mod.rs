//! T41, T42: whatever the till does to us, the panel ends in time, keeps what it knew, says why and who mends it, doubles no
//! payment, and is well again when the till is.
//!
//! - `house` a venue and what is done in it: sync, payment, look at the orders, stop list, the key
//! - `outage` every fault of the line and of the answers, all five at once · `sending` the same, of a payment's sending alone
//! - `catalogue` what may be wrong with a menu · `hooks` with what iiko tells by itself
//! - `neighbours` tills that are dead, beside those that are not
mod catalogue;
mod hooks;
mod house;
mod neighbours;
mod outage;
mod report;
mod sending;
