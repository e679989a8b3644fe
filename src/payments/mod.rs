//! How an order is paid in iiko: its payment types as they are there, and whether the one that payments at the table are
//! posted under is set up right.
//!
//! - `method` a payment type, and the venue's code · `verdict` what is wrong with ours, and what only looks like it
//! - `import` bulk reads and writes for a sync · `pages` the list with the verdict on top
pub mod import;
pub mod method;
pub mod pages;
pub mod verdict;
