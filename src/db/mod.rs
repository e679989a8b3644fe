//! One body of SQL for two databases: SQLite on one machine, Postgres when one is not enough.
//!
//! - `conn` knows the two drivers: pools, transactions, `on!` · `lent` SQLite's connections for single reads
//! - `query` is what nouns call: `all! opt! one! exec!`, bulk inserts
//! - `migrations` lists the steps that make the tables · `scope` whose rows are seen
pub mod conn;
mod lent;
pub mod migrations;
pub mod query;
pub mod scope;
pub mod tally;
