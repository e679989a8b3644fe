//! The panel in a real Chromium, by labels and visible words. Runs where `MAITRE_BROWSER=1` says there is one.
mod desk;
mod hostile;
mod looks;
mod paid;
mod setup;
mod shift;
mod steps;
mod visits;
