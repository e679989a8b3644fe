//! The test app gives people, not plumbing.
//!
//! - `fed` a venue whose iiko answers are handed in as texts
//! - `reading` an export read a second way, to hold the panel's menu against
//! - `table` a table with an open check and its guests
//! - `panel` a running panel on a database of its own · `annex` the same with rooms of a test behind its door · `person` somebody signed in · `screen` what they read
//! - `home` where a database lies · `map` every route of the panel · `serving` the binary as a process
//! - `shared` the samples and the vendor's schema, when they are there · `schema` calls held against it · `till` somebody who asks the sandbox · `wire` the line to it
pub mod annex;
pub mod caller;
pub mod fed;
pub mod home;
pub mod map;
pub mod panel;
pub mod person;
pub mod reading;
pub mod schema;
pub mod screen;
pub mod serving;
pub mod shared;
pub mod table;
pub mod tied;
pub mod till;
pub mod wire;
