//! The whole night shift: every task, on one page.
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::accounts::{audit_verify, sign_in};
use crate::acts::work as acts;
use crate::app::Parts;
use crate::clock;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::integrations::link::Link;
use crate::placing::work as placing;
use crate::posting::reconcile;
use crate::posting::work as posting;
use crate::queue::job::{self, End, Lane, Lease};
use crate::queue::runner::{self, Turn};
use crate::sync::run;
use crate::sync::stops;
use crate::sync::watch as orders;
use crate::sync::work::{self, Work};
use crate::venues::visit;
use crate::webhooks::{apply, inbox};

/// What waits for a till, more than it works.
const LOOKS: &[&str] = &[orders::JOB, stops::JOB, reconcile::JOB];
const APART: &[&str] = &[posting::JOB, orders::JOB, stops::JOB, reconcile::JOB];

/// Which jobs of this process run at once, and how many. A till that answers nobody holds the hands of whoever waits for it:
/// so looks and payments have many of their own, and keep neither a sync, nor each other, nor another venue's guests
/// waiting. And so have what iiko tells by itself, and the orders guests are waiting for. One venue never has two syncs.
pub const LANES: &[(Lane, usize)] = &[
    (Lane::But(APART), 4),
    (Lane::Only(LOOKS), 40),
    (Lane::Only(&[posting::JOB]), 40),
    (Lane::Only(&[apply::JOB]), 1),
    (Lane::Only(&[placing::JOB]), 2),
];

/// Performs jobs of these lanes, usually [`LANES`], until told to end. Who looks for them looks in every venue; who performs
/// one sees its venue alone.
pub async fn run(parts: Parts, lanes: &'static [(Lane, usize)], told: watch::Receiver<bool>) {
    let hands = |lane: &(Lane, usize)| {
        let (db, parts) = (parts.db.system(), parts.clone());
        runner::run(db, *lane, told.clone(), move |turn| perform(parts.clone(), turn))
    };
    join_all(lanes.iter().map(hands)).await;
}

/// What happens by itself, until told to end: a look at the orders and the stop list of every venue that was not looked at
/// for a while, and its bills held against our books.
pub async fn looks(parts: Parts, told: watch::Receiver<bool>) {
    every(Duration::from_secs(30), parts.db.system(), told, |db| async move {
        visit::sweep(&db, clock::now()).await?;
        orders::ask_all(&db).await?;
        stops::ask_stale(&db).await?;
        reconcile::ask_all(&db).await
    })
    .await;
}

/// Payments, placed orders and acts on deliveries whose time has come are taken up.
pub async fn payments(parts: Parts, told: watch::Receiver<bool>) {
    every(Duration::from_secs(1), parts.db.system(), told, |db| async move {
        posting::ask_all(&db).await?;
        placing::ask_all(&db).await?;
        acts::ask_all(&db).await
    })
    .await;
}

/// What iiko told is applied; old events, finished jobs and tries to sign in are thrown away.
pub async fn events(parts: Parts, told: watch::Receiver<bool>) {
    let apply = every(Duration::from_millis(500), parts.db.system(), told.clone(), |db| async move {
        apply::ask_all(&db).await?;
        stops::ask_changed(&db).await
    });
    let sweep = every(Duration::from_secs(600), parts.db.system(), told, |db| async move {
        let mut tx = db.begin().await?;
        inbox::sweep(&mut tx, clock::now()).await?;
        job::sweep(&mut tx, run::JOB, clock::now()).await?;
        sign_in::sweep(&mut tx, clock::now()).await?;
        tx.commit().await
    });
    tokio::join!(apply, sweep);
}

/// The ends of the audit's chains go out into the log every hour, those that have moved: kept elsewhere they show what a
/// chain alone cannot, that its tail was cut together with its head.
pub async fn heads(parts: Parts, told: watch::Receiver<bool>) {
    let told_before = Arc::new(Mutex::new(HashMap::new()));
    every(Duration::from_secs(3600), parts.db, told, move |db| {
        let told_before = told_before.clone();
        async move {
            let mut told_before = told_before.lock().await;
            for head in audit_verify::heads(&mut db.read().await?).await? {
                if told_before.insert(head.chain, head.seq) != Some(head.seq) {
                    tracing::info!(%head, "the audit's chain ends here");
                }
            }
            Ok(())
        }
    })
    .await;
}

async fn every<F, Fut>(time: Duration, db: Db, mut told: watch::Receiver<bool>, ask: F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    loop {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            _ = told.wait_for(|end| *end) => return,
        }
        if let Err(cause) = ask(db.clone()).await {
            tracing::warn!(%cause, "the timetable could not ask");
        }
    }
}

async fn perform(parts: Parts, turn: Turn) -> Result<()> {
    let (Turn::Perform(Lease { venue, .. }, _) | Turn::GiveUp(Lease { venue, .. }, _)) = &turn;
    let parts = Parts { db: parts.db.of(*venue), ..parts };
    match turn {
        Turn::Perform(lease, stop) if lease.kind == run::JOB => {
            let Some(task) = Work::of(&parts.db, lease).await? else { return Ok(()) };
            let link = open(&parts, task.lease.venue).await?;
            work::perform(&task, &link, stop).await
        }
        Turn::GiveUp(lease, said) if lease.kind == run::JOB => work::give_up(&parts.db, lease, &said).await,
        Turn::Perform(lease, mut stop) if lease.kind == orders::JOB => {
            let link = open(&parts, lease.venue).await?;
            tokio::select! {
                done = orders::perform(&parts.db, &link, &lease) => done,
                _ = stop.asked() => Ok(()),
            }
        }
        Turn::GiveUp(lease, said) if lease.kind == orders::JOB => {
            orders::give_up(&parts.db, &lease, &said).await
        }
        Turn::GiveUp(lease, said) if lease.kind == posting::JOB => {
            posting::give_up(&parts.db, &lease, &said).await
        }
        Turn::GiveUp(lease, said)
            if [apply::JOB, acts::JOB, placing::JOB, stops::JOB, reconcile::JOB]
                .contains(&lease.kind.as_str()) =>
        {
            lease.end(&parts.db, End::Failed, &said).await
        }
        Turn::Perform(lease, mut stop) => {
            let link = tied(&parts, lease.venue).await?;
            tokio::select! {
                done = untied_or_not(&parts.db, link.as_ref(), &lease) => done,
                _ = stop.asked() => Ok(()),
            }
        }
        Turn::GiveUp(lease, _) => Err(Error::internal(format!("nobody knows how to do {}", lease.kind))),
    }
}

/// Jobs that begin anew where they were stopped. Without a line to iiko some have something to do all the same, and the
/// others end: they are asked for again when there is one.
async fn untied_or_not(db: &Db, link: Option<&Link>, lease: &Lease) -> Result<()> {
    match (lease.kind.as_str(), link) {
        (apply::JOB, link) => apply::perform(db, link, lease).await,
        (acts::JOB, link) => acts::perform(db, link, lease).await,
        (placing::JOB, link) => placing::perform(db, link, lease).await,
        (posting::JOB, Some(link)) => posting::perform(db, link, lease).await,
        (stops::JOB, Some(link)) => stops::perform(db, link, lease).await,
        (reconcile::JOB, Some(link)) => reconcile::perform(db, link, lease).await,
        (posting::JOB | stops::JOB | reconcile::JOB, None) => {
            lease.end(db, End::Cancelled, job::UNTIED).await
        }
        (kind, _) => Err(Error::internal(format!("nobody knows how to do {kind}"))),
    }
}

/// The venue's line to iiko; none: it has no key.
async fn tied(parts: &Parts, venue: Uuid) -> Result<Option<Link>> {
    match open(parts, venue).await {
        Err(Error::Conflict(_)) => Ok(None),
        link => link.map(Some),
    }
}

async fn open(parts: &Parts, venue: Uuid) -> Result<Link> {
    Link::open(&mut parts.db.read().await?, &parts.seal, &parts.gate, venue).await
}
