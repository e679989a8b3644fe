//! Money into the till exactly once: the real driver and machine against a till that lies, loses, delays, and a process
//! that dies between any two steps.
//!
//! - `sim` a till with iiko's contract and its faults · `bill` what it remembers · `time` the simulation's · `memory` a
//!   ledger without a database · `day` an order lived through · `naive` algorithms as they are found in the wild
//! - `scene` an order in the database, and a till that does as it is told
//! - `exactly_once` T32 · `machine` single decisions · `properties` T34 · `rows` T35 and the database's own promises ·
//!   `deaths` of the process · `people` what they decide
mod bill;
mod day;
mod deaths;
mod exactly_once;
mod machine;
mod memory;
mod naive;
mod people;
mod properties;
mod rows;
pub mod scene;
mod sim;
mod time;
