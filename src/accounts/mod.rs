//! Who you are: people, how they sign in, what they did.
//!
//! - `user` a person · `password` argon2id · `session` a signed-in browser · `sign_in` the limits on guessing
//! - `actor` who acts, for whom · `audit` what was done, in the deed's own transaction · `audit_mask` what it does not tell · `audit_log` reading it ·
//!   `audit_chain` how its rows hold each other · `audit_verify` whether they still do
//! - `guard` request → `SignedIn` · `pages` the door, the profile
pub mod actor;
pub mod audit;
pub mod audit_chain;
pub mod audit_log;
pub mod audit_mask;
pub mod audit_verify;
pub mod guard;
pub mod pages;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod user;
