//! «Посадочные места»: the halls with their plan and tables, one hall, one table.
//!
//! - `floor_plan` the page with plans and the list · `plan` a drawn hall · `hall` `table` one of each: its name here,
//!   whether guests see it · `codes` QR codes: which are stale, the sheet to print
pub mod codes;
pub mod floor_plan;
pub mod hall;
pub mod plan;
pub mod table;
