//! «Готовность к оплате у стола»: not a list to tick off but probes, each asked of iiko or of ourselves just now. It knows
//! both sides, like `sync`; unlike it, it writes nothing but what it found.
//!
//! - `finding` a probe and what it said, kept · `check` asks every probe ·
//!   `pages` the list with what to do, where, and a text to send to the integrator; the venue's overview, which needs every
//!   room too
pub mod check;
pub mod finding;
pub mod pages;
