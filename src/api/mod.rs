//! The JSON API for the guest's app and the acquirer: what is on the menu and on the tables, what a table owes, that a
//! guest has paid. A key per venue, scopes per key; every error is a code and a sentence.
//!
//! - `scope` what a key may do · `token` a key · `guard` a request → whose it is · `fault` errors as JSON
//! - `menu` `tables` `orders` `payments` the answers · `spec` the document that describes them
//! - `pages` the keys of a venue
pub mod fault;
pub mod guard;
pub mod menu;
pub mod orders;
pub mod pages;
pub mod payments;
pub mod scope;
pub mod spec;
pub mod tables;
pub mod token;
