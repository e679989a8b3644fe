//! «Персонал».
//!
//! - `list` who works here · `form` one employee, new and known · `take` people from iiko, ticked, with phones ·
//!   `suspension` off work and back
pub mod form;
pub mod list;
pub mod suspension;
pub mod take;
