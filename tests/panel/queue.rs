//! Jobs: at most one of a kind per venue, taken over after a silence, and no ghost writes.
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use maitre::db::conn::Db;
use maitre::error::Error;
use maitre::exec;
use maitre::queue::job::{self, End, Lane, Pulse};
use maitre::queue::runner::{self, Turn};
use maitre::venues::venue;
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::panel::fresh_db;

async fn venue_in(db: &Db) -> Uuid {
    let mut tx = db.begin().await.unwrap();
    let id = venue::create(&mut tx, "Рябина", "", "Europe/Moscow").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn ask(db: &Db, venue: Uuid) -> Uuid {
    let mut tx = db.begin().await.unwrap();
    let id = job::enqueue(&mut tx, venue, "sync.menu", json!({ "n": 1 })).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// T29: 16 workers, 200 start requests for one venue: never two at once.
#[actix_web::test]
async fn two_hundred_presses_are_never_two_syncs_at_once() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    let (now, most, runs) =
        (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)), Arc::new(AtomicUsize::new(0)));
    let (quit, ended) = watch::channel(false);
    let workers: Vec<_> = (0..16)
        .map(|_| {
            let (now, most, runs, db) = (now.clone(), most.clone(), runs.clone(), db.clone());
            let perform = {
                let db = db.clone();
                move |turn| {
                    let (now, most, runs, db) = (now.clone(), most.clone(), runs.clone(), db.clone());
                    async move {
                        let Turn::Perform(lease, _) = turn else { return Ok(()) };
                        let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(at_once, Ordering::SeqCst);
                        runs.fetch_add(1, Ordering::SeqCst);
                        tokio::time::sleep(Duration::from_millis(30)).await;
                        now.fetch_sub(1, Ordering::SeqCst);
                        let mut tx = db.begin().await?;
                        lease.finish(&mut tx, End::Done, None).await?;
                        tx.commit().await
                    }
                }
            };
            tokio::spawn(runner::run(db, (Lane::All, 2), ended.clone(), perform))
        })
        .collect();
    let presses: Vec<_> = (0..200)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { ask(&db, venue).await })
        })
        .collect();
    let mut asked = HashSet::new();
    for press in presses {
        asked.insert(press.await.unwrap());
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    quit.send(true).unwrap();
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 1, "two syncs of one venue ran at once");
    assert_eq!(runs.load(Ordering::SeqCst), asked.len(), "each job had one effect");
}

/// The control of the test above: without the index the same presses make many jobs.
#[actix_web::test]
async fn without_the_index_two_presses_are_two_jobs() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    let mut tx = db.begin().await.unwrap();
    exec!(&mut tx, "DROP INDEX jobs_one_per_venue").unwrap();
    for _ in 0..2 {
        let added = exec!(
            &mut tx,
            "INSERT INTO jobs (id, venue_id, kind, payload, state, run_after, attempt, lease_until, fence, cancel)
             VALUES ($1, $2, 'sync.menu', $3, 'queued', 0, 0, 0, 0, FALSE)",
            Uuid::now_v7(),
            venue,
            sqlx::types::Json(json!({}))
        );
        assert_eq!(added.unwrap(), 1);
    }
    tx.commit().await.unwrap();
    assert!(job::claim(&db).await.unwrap().is_some());
    assert!(job::claim(&db).await.unwrap().is_some(), "the index is what keeps the second away");
}

/// Who asks while the job runs may have seen what it read too early for: another follows, one for however many asked.
#[actix_web::test]
async fn what_is_asked_for_anew_while_it_runs_is_followed_by_another() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    let anew = async || {
        let mut tx = db.begin().await.unwrap();
        let id = job::enqueue_anew(&mut tx, venue, "orders").await.unwrap();
        tx.commit().await.unwrap();
        id
    };
    let first = anew().await;
    assert_eq!(anew().await, first, "one that waits has read nothing yet");
    let running = job::claim(&db).await.unwrap().unwrap();
    assert_eq!([anew().await, anew().await], [first, first]);
    running.end(&db, End::Done, "").await.unwrap();
    let next = job::claim(&db).await.unwrap().expect("another follows");
    assert_ne!(next.id, first);
    next.end(&db, End::Done, "").await.unwrap();
    assert!(job::claim(&db).await.unwrap().is_none(), "and only one");
}

#[actix_web::test]
async fn a_silent_worker_is_replaced_and_its_ghost_writes_nothing() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    ask(&db, venue).await;
    let ghost = job::claim(&db).await.unwrap().unwrap();
    assert!(job::claim(&db).await.unwrap().is_none(), "a held job is nobody else's");
    // 30 s without a heartbeat, in the database's own time
    let mut tx = db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE jobs SET lease_until = lease_until - 31000").unwrap();
    tx.commit().await.unwrap();
    let heir = job::claim(&db).await.unwrap().unwrap();
    assert_eq!((heir.id, heir.fence), (ghost.id, ghost.fence + 1));

    let mut tx = db.begin().await.unwrap();
    assert!(matches!(ghost.hold(&mut tx).await, Err(Error::Conflict(_))));
    assert!(matches!(ghost.finish(&mut tx, End::Done, None).await, Err(Error::Conflict(_))));
    drop(tx);
    assert_eq!(ghost.beat(&db).await.unwrap(), Pulse::Lost);
    assert_eq!(heir.beat(&db).await.unwrap(), Pulse::Held);
}

#[actix_web::test]
async fn a_cancelled_job_may_not_write() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    let waiting = ask(&db, venue).await;
    let mut tx = db.begin().await.unwrap();
    assert_eq!(job::cancel(&mut tx, venue, waiting).await.unwrap(), Some(true), "what waits stops at once");
    tx.commit().await.unwrap();
    let running = ask(&db, venue).await;
    assert_ne!(running, waiting);
    let lease = job::claim(&db).await.unwrap().unwrap();
    let mut tx = db.begin().await.unwrap();
    assert_eq!(
        job::cancel(&mut tx, Uuid::now_v7(), running).await.unwrap(),
        None,
        "another venue's job is out of reach"
    );
    assert_eq!(
        job::cancel(&mut tx, venue, running).await.unwrap(),
        Some(false),
        "what runs stops at its next step"
    );
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert!(matches!(lease.hold(&mut tx).await, Err(Error::Conflict(_))));
    drop(tx);
    assert_eq!(lease.beat(&db).await.unwrap(), Pulse::Cancelled);
}

#[actix_web::test]
async fn a_job_that_ends_its_process_each_time_is_given_up() {
    let db = fresh_db().await;
    let venue = venue_in(&db).await;
    ask(&db, venue).await;
    for _ in 0..job::TRIES {
        assert!(job::claim(&db).await.unwrap().is_some());
        // the process is gone, its lease runs out
        let mut tx = db.begin().await.unwrap();
        exec!(&mut tx, "UPDATE jobs SET lease_until = 0").unwrap();
        tx.commit().await.unwrap();
    }
    let (quit, ended) = watch::channel(false);
    let (told, mut heard) = tokio::sync::mpsc::channel(1);
    let worker = tokio::spawn(runner::run(db.clone(), (Lane::All, 1), ended, move |turn| {
        let told = told.clone();
        async move {
            let given_up = matches!(turn, Turn::GiveUp(..));
            told.send(given_up).await.map_err(|_| Error::internal("nobody listens"))
        }
    }));
    assert_eq!(heard.recv().await, Some(true), "an eleventh try would end an eleventh process");
    quit.send(true).unwrap();
    worker.await.unwrap();
}
