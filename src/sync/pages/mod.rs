//! «Синхронизации»: the history, one run with its progress, difference and reasons, and what a person may do about it.
//!
//! - `list` the history · `show` one run · `rows` its rows in words · `acts` start, stop, apply, leave
pub mod acts;
pub mod list;
pub mod looks;
pub mod rows;
pub mod show;
