//! SQLite's connections for single reads. sqlx's pool asks a connection whether it lives before each use and after it, and
//! each question is a trip to SQLite's own thread and back: more than a small query costs. What reads alone, in no
//! transaction, leaves nothing behind in a connection; so these are asked once in a while.
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::error::Result;

/// How long a connection is believed to live.
const TRUSTED: Duration = Duration::from_secs(1);

/// How long somebody waits for a connection before they are told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub struct Lender {
    options: Arc<SqliteConnectOptions>,
    /// As many as slots; closed when no more are lent.
    places: Arc<Semaphore>,
    /// The first free one is lent: what it has read of the file is still warm.
    slots: Arc<[Arc<Slot>]>,
}

/// Empty until it is needed.
type Slot = Mutex<Option<Known>>;

struct Known {
    conn: SqliteConnection,
    /// When it last said so.
    alive: Instant,
}

/// Goes back when dropped: first the connection, then the place.
pub struct Lent {
    conn: OwnedMappedMutexGuard<Option<Known>, SqliteConnection>,
    _place: OwnedSemaphorePermit,
}

impl Deref for Lent {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.conn
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.conn
    }
}

impl Lender {
    pub fn new(options: SqliteConnectOptions, most: u32) -> Lender {
        Lender {
            options: Arc::new(options),
            places: Arc::new(Semaphore::new(most as usize)),
            slots: (0..most).map(|_| Arc::default()).collect(),
        }
    }

    pub async fn lend(&self) -> Result<Lent> {
        let place = self.place().await?;
        let mut slot = self.free().await;
        if let Some(known) = slot.as_mut().filter(|known| known.alive.elapsed() > TRUSTED) {
            match known.conn.ping().await {
                Ok(()) => known.alive = Instant::now(),
                Err(_) => *slot = None,
            }
        }
        if slot.is_none() {
            *slot = Some(Known { conn: self.options.connect().await?, alive: Instant::now() });
        }
        let conn = OwnedMutexGuard::try_map(slot, |slot| slot.as_mut().map(|known| &mut known.conn));
        // it was filled just now
        Ok(Lent { conn: conn.map_err(|_| sqlx::Error::WorkerCrashed)?, _place: place })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, sqlx::Error> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Ok(place);
        }
        let place = timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        place.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)
    }

    /// Who has a place finds a free slot; looked for anew where one was freed behind the look and another taken before it.
    async fn free(&self) -> OwnedMutexGuard<Option<Known>> {
        loop {
            if let Some(slot) = self.slots.iter().find_map(|slot| slot.clone().try_lock_owned().ok()) {
                return slot;
            }
            yield_now().await;
        }
    }

    /// Waits for what is lent, and closes.
    pub async fn close(&self) {
        self.places.close();
        for slot in self.slots.iter() {
            if let Some(known) = slot.lock().await.take() {
                let _ = known.conn.close().await;
            }
        }
    }
}
