//! What a person sees of their venues.
//!
//! - `list` «Мои заведения» · `settings` «Настройка» · `users` «Доступы»: who belongs here · `links` the ways in they send ·
//!   `roles` what each role may · `second_factor` its switch
//! - `audit` «Журнал действий» · `audit_line` one deed of it in words · `audit_diff` what it changed · `audit_export` as a file
//! - `desk` support's own page · `visit` its way in and out · `support_access` what the owner sees of it
//! - `invite` the page behind such a link · `acceptance` what follows its button
pub mod acceptance;
pub mod audit;
pub mod audit_diff;
pub mod audit_export;
pub mod audit_line;
pub mod desk;
pub mod invite;
pub mod links;
pub mod list;
pub mod roles;
pub mod second_factor;
pub mod settings;
pub mod support_access;
pub mod users;
pub mod visit;
