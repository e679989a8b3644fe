//! Who the venue's money goes to: contracts with legal entities, which products are whose, and the rule for any basket.
//!
//! The names and prices of products are read here by this room's own SQL: whose a product is refers to it by a foreign key
//! anyway, and siblings never import each other.
//!
//! - `contract` a contract's life: draft → signed → ended, one of the signed is primary · `requisites` ИНН, КПП, БИК and
//!   account with their check digits · `file` the scan
//! - `assignment` whose a product is · `split` a basket → lines → contracts, to the kopeck · `pages`
pub mod assignment;
pub mod contract;
pub mod file;
pub mod pages;
pub mod requisites;
pub mod split;
