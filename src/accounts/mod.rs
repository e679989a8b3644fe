//! Who you are: people, how they sign in, what they did.
//!
//! - `user` a person · `password` argon2id · `session` a signed-in browser · `sign_in` the limits on guessing
//! - `second_factor` codes of an app and recovery codes · `device` browsers a person is known by · `proof` once more, who it is
//! - `offer` a secret on its way into an app · `entrance` what opens after a right password · `upkeep` the command line's deeds
//! - `actor` who acts, for whom · `audit` what was done, in the deed's own transaction · `audit_mask` what it does not tell ·
//!   `audit_log` reading it · `audit_chain` how its rows hold each other · `audit_verify` whether they still do
//! - `guard` request → `SignedIn`, `Proved`, `supporter` → somebody of support · `pages` the door, the profile
//!
//! No passkeys: `webauthn-rs` stands on OpenSSL, which this house does without.
pub mod actor;
pub mod audit;
pub mod audit_chain;
pub mod audit_log;
pub mod audit_mask;
pub mod audit_verify;
pub mod device;
pub mod entrance;
pub mod guard;
pub mod offer;
pub mod pages;
pub mod password;
pub mod proof;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod supporter;
pub mod upkeep;
pub mod user;
