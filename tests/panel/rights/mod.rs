//! Who may do what: everybody tries everything.
mod forged;
mod looks;
mod matrix;
mod mid_session;
mod page;
pub mod stage;
