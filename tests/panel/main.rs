//! The panel as its people meet it: one binary, on SQLite or, with `MAITRE_TEST_PG`, on Postgres.
mod accounts;
mod contract;
mod iiko_setup;
mod menu_pages;
mod menu_rules;
mod migrations;
mod queue;
mod sandbox;
mod support;
mod sync_edges;
mod sync_pages;
mod sync_samples;
mod sync_survives;
mod vendor;
mod venues;
mod words;
