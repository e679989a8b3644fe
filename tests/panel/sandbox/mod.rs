//! The sandbox till: its logins, its memory, and that each lever does what it says, all by plain HTTP.
mod answers;
mod by_hand;
mod deliveries;
mod hooks;
mod menu;
mod orders;
mod trouble;
