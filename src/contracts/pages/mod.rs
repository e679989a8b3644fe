//! «Договоры».
//!
//! - `list` all of them, «Основной?» · `form` a contract's facts, new and changed · `show` one: requisites, state, scan, its
//!   products · `states` sign, end, remove · `primacy` what switching the primary one changes, and the switch
//! - `products` whose a product is · `scan` the file · `payee` «Кому поступят деньги»
pub mod form;
pub mod list;
pub mod payee;
pub mod primacy;
pub mod products;
pub mod scan;
pub mod show;
pub mod states;
