//! Where you may be: venues, who belongs to them, who is invited.
//!
//! - `venue` a restaurant · `member` a person's role in it · `permission` what each role may, as one table · `invitation` a way in
//! - `enrolment` people made by the command line · `chip` how the tie to the till is · `part` how seating and payment
//!   methods agree with it, `standing` the same for a page · `zone` the time zones to choose from
//! - `names` what the venue's things are called, for the journal · `tick` a tick of iiko's form of events in words
//! - `visit` support in a venue's panel · `visit_log` each request of it, written down · `support_access` whether it may come ·
//!   `desk` all venues as support finds them
//! - `guard` request → `At<Right>`: the only way to a venue, `here` as a member or on a visit · `pages` the list of venues, settings, access
pub mod chip;
pub mod desk;
pub mod enrolment;
pub mod guard;
pub mod here;
pub mod invitation;
pub mod member;
pub mod names;
pub mod pages;
pub mod part;
pub mod permission;
pub mod standing;
pub mod support_access;
pub mod tick;
pub mod venue;
pub mod visit;
pub mod visit_log;
pub mod zone;
