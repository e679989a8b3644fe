//! Who works in the venue: taken from iiko or the venue's own. A name, a phone, a role here are ours; that somebody was
//! dismissed in iiko is told, and they are suspended only by a person's yes.
//!
//! One person works in several venues as one phone: rows meet by it, and only in venues the reader belongs to.
//!
//! - `employee` the noun · `notice` what they may be told of · `candidate` people iiko tells of who are not taken yet
//! - `import` bulk reads and writes for a sync · `pages`
pub mod candidate;
pub mod courier;
pub mod employee;
pub mod import;
pub mod notice;
pub mod pages;
