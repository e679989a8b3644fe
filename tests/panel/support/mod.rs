//! The test app gives people, not plumbing.
//!
//! - `panel` a running panel on a database of its own · `person` somebody signed in · `screen` what they read
//! - `shared` the samples and the vendor's schema, when they are there
pub mod panel;
pub mod person;
pub mod screen;
pub mod shared;
