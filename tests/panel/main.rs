//! The panel as its people meet it: one binary, on SQLite or, with `MAITRE_TEST_PG`, on Postgres.
mod menu_rules;
mod queue;
mod sandbox;
mod support;
mod sync_edges;
mod vendor;
