//! What a person sees of their account.
//!
//! - `door` sign-in, sign-out, language, the way from `/` · `prove` the proof before what decides much · `profile` name, look, password, open sessions
pub mod door;
pub mod profile;
pub mod prove;
