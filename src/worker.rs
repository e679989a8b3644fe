//! The whole night shift: every task, on one page.
use tokio::sync::watch;

use crate::app::Parts;
use crate::error::{Error, Result};
use crate::integrations::link::Link;
use crate::queue::runner::{self, Turn};
use crate::sync::run;
use crate::sync::work::{self, Work};

/// How many jobs of this process run at once; one venue never has two syncs.
const HANDS: usize = 4;

/// Performs jobs until told to end.
pub async fn run(parts: Parts, told: watch::Receiver<bool>) {
    let db = parts.db.clone();
    runner::run(db, HANDS, told, move |turn| perform(parts.clone(), turn)).await;
}

async fn perform(parts: Parts, turn: Turn) -> Result<()> {
    match turn {
        Turn::Perform(lease, stop) if lease.kind == run::JOB => {
            let Some(task) = Work::of(&parts.db, lease).await? else { return Ok(()) };
            let link =
                Link::open(&mut parts.db.read().await?, &parts.seal, &parts.gate, task.lease.venue).await?;
            work::perform(&task, &link, stop).await
        }
        Turn::GiveUp(lease, said) if lease.kind == run::JOB => work::give_up(&parts.db, lease, &said).await,
        Turn::Perform(lease, _) | Turn::GiveUp(lease, _) => {
            Err(Error::internal(format!("nobody knows how to do {}", lease.kind)))
        }
    }
}
