//! Who you are: people, how they sign in, what they did.
//!
//! - `user` a person · `password` argon2id · `session` a signed-in browser · `sign_in` the limits on guessing
//! - `second_factor` codes of an app and recovery codes · `device` browsers a person is known by · `proof` once more, who it is
//! - `offer` a secret on its way into an app · `entrance` what opens after a right password · `upkeep` the command line's deeds
//! - `actor` who acts, for whom · `audit` what was done, in the deed's own transaction
//! - `guard` request → `SignedIn`, `Proved` · `pages` the door, the profile
//!
//! No passkeys: `webauthn-rs` stands on OpenSSL, which this house does without.
pub mod actor;
pub mod audit;
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
pub mod upkeep;
pub mod user;
