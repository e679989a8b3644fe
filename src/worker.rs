//! The whole night shift: every task, on one page.
use tokio::sync::watch;

use crate::app::Parts;
use crate::error::{Error, Result};
use crate::queue::runner::{self, Turn};

/// How many jobs of this process run at once; one venue never has two syncs.
const HANDS: usize = 2;

/// Performs jobs until told to end.
pub async fn run(parts: Parts, told: watch::Receiver<bool>) {
    let db = parts.db.clone();
    runner::run(db, HANDS, told, move |turn| perform(parts.clone(), turn)).await;
}

async fn perform(_parts: Parts, turn: Turn) -> Result<()> {
    let (Turn::Perform(lease, _) | Turn::GiveUp(lease, _)) = &turn;
    match lease.kind.as_str() {
        kind => Err(Error::internal(format!("nobody knows how to do {kind}"))),
    }
}
