//! What people do with a delivery from here: confirm, send, close, cancel … Each is a command to the till, sent once, and done
//! only when the order itself says so: iiko's «accepted» and even its «Success» are hints.
//!
//! - `act` an act and its rows · `moves` which are allowed now · `work` the job · `pages` the acts of an order
pub mod act;
pub mod moves;
pub mod pages;
pub mod work;
