//! The only room that knows both sides. A sync is fetch → plan (pure) → apply in one transaction; the plan's rows are the
//! run's history.
//!
//! - `reading` their words → a picture · `folders` where a product belongs · `plan` the picture against ours → what to
//!   write and why (`structure` sections and categories, `differences` fields, `digest` what a person approves) ·
//!   `options` the same for modifiers, groups, sizes · `gate` when a plan is held for a person
//! - `change` a row of a plan · `history` the rows kept · `run` a sync's life · `menu` the job that performs one
//! - `pages` history, progress, what a person decides
pub mod change;
pub mod differences;
pub mod digest;
pub mod folders;
pub mod gate;
pub mod history;
pub mod menu;
pub mod options;
pub mod pages;
pub mod plan;
pub mod reading;
pub mod run;
pub mod structure;
