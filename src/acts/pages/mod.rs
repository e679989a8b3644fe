//! What can be done with an order, and what was asked for. A page of its own; the order's page takes it in as a part, so that
//! orders need not know of acts.
//!
//! - `show` the page and the part · `ask` a press
pub mod ask;
pub mod show;
