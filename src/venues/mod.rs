//! Where you may be: venues, who belongs to them, who is invited.
//!
//! - `venue` a restaurant · `member` a person's role in it · `permission` what each role may, as one table · `invitation` a way in
//! - `enrolment` people made by the command line · `chip` how the tie to the till is · `part` how seating and payment
//!   methods agree with it, `standing` the same for a page · `zone` the time zones to choose from
//! - `guard` request → `At<Right>`: the only way to a venue · `pages` the list of venues, settings, access
pub mod chip;
pub mod enrolment;
pub mod guard;
pub mod invitation;
pub mod member;
pub mod pages;
pub mod part;
pub mod permission;
pub mod standing;
pub mod venue;
pub mod zone;
