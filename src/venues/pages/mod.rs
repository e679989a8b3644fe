//! What a person sees of their venues.
//!
//! - `list` «Мои заведения» · `settings` «Настройка» · `users` «Доступы»: who belongs here · `links` the ways in they send
//! - `audit` «Журнал действий» · `audit_line` one deed of it in words · `audit_diff` what it changed · `audit_export` as a file
//! - `invite` the page behind such a link · `acceptance` what follows its button
pub mod acceptance;
pub mod audit;
pub mod audit_diff;
pub mod audit_export;
pub mod audit_line;
pub mod invite;
pub mod links;
pub mod list;
pub mod settings;
pub mod users;
