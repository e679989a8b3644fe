//! `maitre bench`: what it costs, said in numbers. Each measurement runs in a process of its own, so that its memory and its
//! processor time are its own.
//!
//! - `menu` syncs and the menu page against a floor · `orders` the list of a venue with many orders · `webhooks` how many
//!   events are kept a second
//! - `child` a process of its own · `place` a venue to measure on · `load` sixteen connections that never rest
mod child;
mod load;
mod menu;
mod orders;
mod place;
mod webhooks;

use std::path::PathBuf;

use crate::error::Result;

pub use child::Part;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    Menu,
    Orders,
    Webhooks,
}

/// Measures what is asked for, each size in child processes, and prints tables.
pub async fn all(what: &[What], products: &[usize], orders: &[usize]) -> Result<()> {
    let wanted = |one| what.is_empty() || what.contains(&one);
    if wanted(What::Menu) {
        menu::all(products).await?;
    }
    if wanted(What::Orders) {
        orders::all(orders).await?;
    }
    if wanted(What::Webhooks) {
        webhooks::all().await?;
    }
    Ok(())
}

/// One part, in this process; prints `key=value` lines.
pub async fn one(part: Part, folder: PathBuf) -> Result<()> {
    match part {
        Part::Floor => menu::floor(&folder).await,
        Part::Sync => menu::ours(&folder).await,
        Part::Panel => place::serve(&folder).await,
    }
}
