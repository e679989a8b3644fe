//! The rooms of the house, in floor order: every `use` goes down this list.
#![forbid(unsafe_code)]

// GROUND: knows nothing of restaurants
pub mod clock;
pub mod db;
pub mod error;
pub mod lang;
pub mod money;
pub mod secret;
pub mod web;
