//! Money into the till exactly once: the real driver and machine against a till that lies, loses, delays, and a process
//! that dies between any two steps.
//!
//! - `sim` a till with iiko's contract and its faults · `bill` what it remembers · `time` the simulation's · `memory` a ledger without a database ·
//!   `day` an order lived through · `naive` algorithms as they are found in the wild
//! - `exactly_once` T32 · `machine` single decisions · `properties` T34 · `rows` the database
mod bill;
mod day;
mod exactly_once;
mod machine;

mod memory;
mod naive;
mod properties;
mod rows;

mod sim;
mod time;
