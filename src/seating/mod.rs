//! Where guests sit: halls and tables. Numbers, names and seats come from iiko and are read-only here; a name of the
//! venue's own and what guests do not see are ours and survive every sync.
//!
//! - `hall` `table` the two nouns · `waiter` who answers for a table, and who did · `code` its QR code ·
//!   `floor` the drawn layout, or a grid where nobody has drawn one
//! - `import` bulk reads and writes for a sync · `pages` the halls with their plan, one table, one hall
pub mod code;
pub mod floor;
pub mod hall;
pub mod import;
pub mod pages;
pub mod table;
pub mod waiter;
