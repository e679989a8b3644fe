//! «Заказы»: what the till has on its tables and on its way, as it was read last. Nothing is decided here for the till: an
//! order is iiko's, the panel shows it and says when it changed.
//!
//! - `status` the seven words of a shift, from iiko's fourteen · `kind` at the table, by courier, pickup
//! - `order` one order and how a later look replaces an earlier one · `bill` its lines, payments, discounts
//! - `board` what is in hand now
//! - `notice` who is to be told of what happened · `payees` who its money goes to
//! - `list` what a shift looks for · `shown` a page of it in one answer · `watch` how they are looked after
//! - `pages` the list, the order
pub mod bill;
pub mod board;
pub mod kind;
pub mod list;
pub mod notice;
pub mod order;
pub mod pages;
pub mod payees;
pub mod shown;
pub mod status;
pub mod watch;
