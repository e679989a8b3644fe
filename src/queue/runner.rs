//! The loop that claims jobs and performs them: heartbeat beside the work, backoff after a failure, an orderly end.
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::queue::job::{self, Lane, Lease, Pulse, TRIES};

/// What a worker is asked to do with a claimed job.
pub enum Turn {
    /// Do it, and end the job in the transaction of the last write.
    Perform(Lease, Stop),
    /// It failed, or its process died, [`TRIES`] times: write down that it is given up. Holds the last failure's words.
    GiveUp(Lease, String),
}

/// Tells the work that it should stop.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<Pulse>);

impl Stop {
    /// A stop that never comes: for work outside a runner.
    pub fn never() -> Stop {
        Stop(watch::channel(Pulse::Held).1)
    }

    pub fn pulse(&self) -> Pulse {
        *self.0.borrow()
    }

    /// Resolves when a person cancelled the job or another worker took it.
    pub async fn asked(&mut self) -> Pulse {
        let asked = self.0.wait_for(|pulse| *pulse != Pulse::Held).await.map(|pulse| *pulse);
        match asked {
            Ok(pulse) => pulse,
            // the heartbeat is gone with its runner: nobody will ask any more
            Err(_) => std::future::pending().await,
        }
    }
}

/// How quickly a runner looks for work and feels its pulse.
const IDLE: Duration = Duration::from_millis(300);
const FEEL: Duration = Duration::from_secs(1);
const BEAT: u32 = 10;

/// Performs jobs of a lane, `hands` at a time, until `quit` says true; then finishes what runs, at most 10 s, and puts the rest back.
pub async fn run<F, Fut>(db: Db, (lane, hands): (Lane, usize), mut quit: watch::Receiver<bool>, perform: F)
where
    F: Fn(Turn) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    let perform = Arc::new(perform);
    let mut at_work: JoinSet<()> = JoinSet::new();
    while !*quit.borrow() {
        while at_work.try_join_next().is_some() {}
        let claimed = if at_work.len() < hands { job::claim_in(&db, lane).await } else { Ok(None) };
        match claimed {
            Ok(Some(lease)) => {
                at_work.spawn(one(db.clone(), lease, perform.clone(), quit.clone()));
            }
            Ok(None) => rest(&mut quit, IDLE).await,
            Err(cause) => {
                tracing::warn!(%cause, "looking for jobs failed");
                rest(&mut quit, Duration::from_secs(2)).await;
            }
        }
    }
    while at_work.join_next().await.is_some() {}
}

async fn rest(quit: &mut watch::Receiver<bool>, time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        _ = quit.changed() => {}
    }
}

/// One job, with its heartbeat; a panic is a failure like any other.
async fn one<F, Fut>(db: Db, lease: Lease, perform: Arc<F>, mut quit: watch::Receiver<bool>)
where
    F: Fn(Turn) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    if lease.attempt > TRIES {
        return give_up(&*perform, lease, "its process ended each time".to_owned()).await;
    }
    let (pulse, stop) = watch::channel(Pulse::Held);
    let heart = tokio::spawn(heartbeat(db.clone(), lease.clone(), pulse));
    let mut work = tokio::spawn(perform(Turn::Perform(lease.clone(), Stop(stop))));
    let ended = tokio::select! {
        ended = &mut work => Some(ended),
        () = grace(&mut quit) => None,
    };
    heart.abort();
    let outcome = match ended {
        Some(Ok(outcome)) => outcome,
        Some(Err(cause)) => Err(Error::Internal(Box::new(cause))),
        None => {
            work.abort();
            let _ = work.await;
            put_back(&db, &lease, 0, "the server was stopped").await;
            return;
        }
    };
    let Err(cause) = outcome else { return };
    tracing::warn!(%cause, job = %lease.id, kind = lease.kind, attempt = lease.attempt, "a job failed");
    if lease.attempt < TRIES {
        put_back(&db, &lease, backoff(lease.attempt), &cause.to_string()).await;
    } else {
        give_up(&*perform, lease, cause.to_string()).await;
    }
}

async fn give_up<F, Fut>(perform: &F, lease: Lease, said: String)
where
    F: Fn(Turn) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    if let Err(cause) = perform(Turn::GiveUp(lease, said)).await {
        tracing::error!(%cause, "a job could not even be given up");
    }
}

/// Ten seconds after the end was announced.
async fn grace(quit: &mut watch::Receiver<bool>) {
    let gone = quit.wait_for(|end| *end).await.is_err();
    if gone {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
}

async fn heartbeat(db: Db, lease: Lease, pulse: watch::Sender<Pulse>) {
    for tick in 1u32.. {
        tokio::time::sleep(FEEL).await;
        let felt = if tick.is_multiple_of(BEAT) {
            lease.beat(&db).await
        } else {
            async { lease.pulse(&mut db.read().await?).await }.await
        };
        // a heartbeat that fails is not a lost lease yet: the lease outlives three of them
        let Ok(felt) = felt else { continue };
        if felt != Pulse::Held {
            let _ = pulse.send(felt);
            return;
        }
    }
}

async fn put_back(db: &Db, lease: &Lease, wait: i64, said: &str) {
    let done = async {
        let mut tx = db.begin().await?;
        lease.release(&mut tx, wait, Some(said)).await?;
        tx.commit().await
    };
    if let Err(cause) = done.await {
        tracing::warn!(%cause, job = %lease.id, "a job was not put back; its lease will run out");
    }
}

/// 1, 2, 4 … 64 s, with up to as much again by chance, so that failures do not come in step.
fn backoff(attempt: i64) -> i64 {
    let base = 1_000_i64 << attempt.clamp(1, 7).saturating_sub(1);
    base + rand::random_range(0..base)
}
