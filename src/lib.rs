//! The rooms of the house, in floor order: every `use` goes down this list.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

// GROUND: knows nothing of restaurants
pub mod clock;
pub mod config;
pub mod contact;
pub mod db;
pub mod error;
pub mod lang;
pub mod money;
pub mod queue;
pub mod secret;
pub mod web;
mod word;

// WHO & WHERE: who you are, where you may be
pub mod accounts;
pub mod venues;

// WHAT A VENUE HAS: siblings, they never import each other
pub mod contracts;
pub mod integrations;
pub mod menu;
pub mod payments;
pub mod seating;
pub mod staff;

// WHAT HAPPENS: the venue's life in time
pub mod orders;
pub mod sync;
// what people do with a delivery
pub mod acts;
// orders of the guest's app, over what sync reads of them
pub mod placing;
// what iiko tells by itself, over what sync reads of it
pub mod webhooks;
// money into the till, over what sync reads of it
pub mod posting;
// asks iiko and every room above what stands in the way of paying at the table
pub mod readiness;

// the guest's app and the acquirer ask by JSON what the rooms above know
pub mod api;

// ROOF: ties everything; nobody imports it
pub mod app;
pub mod bench;
pub mod map;
// its lists are never empty, and indexed by their own lengths
#[allow(clippy::indexing_slicing)]
pub mod past;
pub mod routes;
pub mod seed;
pub mod worker;

// BESIDE: another company's server, for tests and demo; takes nothing from the house
// (it indexes JSON it has made itself)
#[allow(clippy::indexing_slicing)]
pub mod sandbox;
