//! What a venue sells: Раздел → категория → товар. Name, price and description are iiko's while iiko is on; place, order,
//! visibility and photos are ours and survive every sync.
//!
//! - `import` bulk reads and writes for a sync
//! - `options` what a product can be ordered with: sizes, modifiers
pub mod import;
pub mod options;
