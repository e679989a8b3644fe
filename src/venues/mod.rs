//! Where you may be: venues, who belongs to them, who is invited.
//!
//! - `venue` a restaurant · `member` a person's role in it and what a role may · `invitation` a way in
//! - `guard` request → `At<Right>`: the only way to a venue · `pages` the list of venues, settings, access
pub mod guard;
pub mod member;
pub mod venue;
