//! The only room that knows both sides. A sync is fetch → plan (pure) → apply in one transaction; the plan's rows are the
//! run's history.
//!
//! - `reading` their words → a picture · `folders` where a product belongs · `plan` the picture against ours → what to
//!   write and why (`structure` sections and categories, `differences` fields, `digest` what a person approves) ·
//!   `options` the same for modifiers, groups, sizes · `gate` when a plan is held for a person
//! - `seating` `payments` the same for halls with tables and for payment types, which follow iiko in everything · `staff`
//!   for the people it tells of · `dictionaries` for its small dictionaries
//! - `change` a row of a plan · `history` the rows kept · `run` a sync's life · `beside` what is fetched with the menu ·
//!   `work` the job that performs one · `outcome` how it ends, each way in one transaction
//! - `orders` iiko's orders into ours · `watch` the job that looks after them
//! - `pages` history, progress, what a person decides
pub mod beside;
pub mod change;
pub mod dictionaries;
pub mod differences;
pub mod digest;
pub mod folders;
pub mod gate;
pub mod history;
pub mod options;
pub mod orders;
pub mod outcome;
pub mod pages;
pub mod payments;
pub mod plan;
pub mod reading;
pub mod run;
pub mod seating;
pub mod staff;
pub mod stops;
pub mod structure;
pub mod watch;
pub mod work;
