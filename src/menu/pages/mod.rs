//! The menu's pages.
//!
//! - `dish` a product's line in a list · `tree` the menu · `sections` what is done to sections and categories
//! - `product` one product and its place · `own` the venue's own products · `photos` pictures
pub mod dish;
pub mod own;
pub mod photos;
pub mod product;
pub mod sections;
pub mod tree;
