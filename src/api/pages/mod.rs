//! Keys of the API.
//!
//! - `tokens` the list, a new one, the end of one
pub mod tokens;
