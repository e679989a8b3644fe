//! The panel as its people meet it: one binary, on SQLite or, with `MAITRE_TEST_PG`, on Postgres.
mod accounts;
mod menu_rules;
mod queue;
mod sandbox;
mod support;
mod vendor;
mod venues;
