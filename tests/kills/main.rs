//! Processes of the panel killed at random moments: menus stay whole, payments stay one.
mod house;
mod menu;
mod payments;

#[path = "../panel/support/home.rs"]
mod home;
