//! The sandbox till: a fake iiko Cloud, a stranger's server for tests, demo and looking at trouble. It shares no types
//! with the rest of the house: a wrong field name here cannot agree with itself there.
//!
//! - what it remembers: `world` (organizations, terminals) · `key` (logins, rights, tokens) · `menu` (nomenclature) ·
//!   `edit` (what a back office does to it) · `office` (and to halls, tables, payment types) · `stops` (the stop list) · `record` (one entry kept as it was sent) · `dish` (shape of an entry)
//! - where worlds come from: `demo` + `menu_demo` · `generated` · `World::of_nomenclature`
//! - its orders: `order` (a check, and the cloud's copy of it) · `bill` `sums` · `waiter` (what is done at the till) ·
//!   `delivery` `dispatch` (the same of deliveries) · `commands` (accepted now, done later) · `pay` (what they do to payments) · `hooks` (who is told) · `clockwork`
//!   (what happens by itself)
//! - what it answers: `cloud` (every path) · `login` `places` `nomenclature` `dictionaries` `orders_api` `deliveries_api` (by topic) · `answer`
//! - how it misbehaves: `mischief` (what is due) · `garble` (answers that are wrong) · `send` (how the wire suffers) · `levers` `check_levers` `lever_form` (pulled by HTTP)
//! - what was said: `tape` · how it is looked at: `page` `page_parts` `till_page` · how it runs: `serve` · its watch: `clock`, `id`
pub mod answer;
pub mod bill;
pub mod check_levers;
pub mod clock;
pub mod clockwork;
pub mod cloud;
pub mod commands;
pub mod deliveries_api;
pub mod delivery;
pub mod demo;
pub mod dictionaries;
pub mod dish;
pub mod dispatch;
pub mod edit;
pub mod garble;
pub mod generated;
pub mod hooks;
pub mod id;
pub mod key;
pub mod lever_form;
pub mod levers;
pub mod login;
pub mod menu;
pub mod menu_demo;
pub mod mischief;
pub mod nomenclature;
pub mod office;
pub mod order;
pub mod orders_api;
pub mod page;
pub mod page_parts;
pub mod pay;
pub mod places;
pub mod record;
pub mod send;
pub mod serve;
pub mod stops;
pub mod sums;
pub mod tape;
pub mod till_page;
pub mod waiter;
pub mod world;
