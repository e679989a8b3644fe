//! What a person sees of their account.
//!
//! - `door` sign-in, sign-out, language, the way from `/` · `code` its second step · `prove` the proof before what
//!   decides much · `second_factor` setting it up · `profile` name, look, password, open sessions
pub mod code;
pub mod door;
pub mod profile;
pub mod prove;
pub mod second_factor;
