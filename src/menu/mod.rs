//! What a venue sells: Раздел → категория → товар. Name, price and description are iiko's while iiko is on; place, order,
//! visibility and photos are ours and survive every sync.
//!
//! Photos lie in the database beside their rows: one transaction, one backup, any number of machines; re-encoded they are
//! small, and no file can be left without its row.
//!
//! - `section` `category` the two upper levels · `product` a product's place and the venue's own products · `tree` the
//!   menu as it is read · `photo` pictures · `options` what a product can be ordered with
//! - `import` bulk reads and writes for a sync · `pages` the menu, a product, photos
pub mod category;
pub mod import;
pub mod options;
pub mod pages;
pub mod photo;
pub mod product;
pub mod section;
pub mod stop_list;
pub mod tree;
