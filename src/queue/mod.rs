//! Work that happens by itself and survives a killed process: a row in `jobs`, a lease, a heartbeat, a fence.
//!
//! A worker claims a job with a conditional update and a lease of 30 s, renewed every 10 s. Whose lease ran out is
//! claimed anew with a larger fence; every write of the old worker names its own fence and touches nothing. Own table
//! and no crate: those kept today set SQLite's durability off, bring migrations of their own, or know no progress.
//!
//! - `job` the row: enqueue, claim, hold, finish · `runner` the loop that claims and performs
pub mod job;
pub mod runner;
