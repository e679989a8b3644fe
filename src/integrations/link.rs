//! A venue's open line to iiko: the client with the venue's key, every call kept in the journal, and how it went kept on
//! the connection.
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Trouble};
use crate::integrations::exchange::{self, Exchange};
use crate::integrations::iiko_cloud::client::{Call, Gate, Log, Till};
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::login::LoginKind;
use crate::integrations::trouble::code_of;
use crate::secret::Seal;

/// The line; calls pile up until [`Link::settle`] keeps them.
pub struct Link {
    pub till: Till,
    venue: Uuid,
    calls: Arc<Mutex<Vec<Call>>>,
}

/// How long a person waits for a page that asks iiko.
const PATIENCE: Duration = Duration::from_secs(20);

impl Link {
    /// The line for a page: a person waits for it.
    pub fn for_page(self) -> Link {
        Link { till: self.till.hurried(PATIENCE), ..self }
    }

    /// The line for a try that a person starts by hand; [`Error::TooMany`] when it is too often, or a panel would do to
    /// guess iiko's keys with.
    pub fn by_hand(self, gate: &Gate) -> Result<Link> {
        gate.by_hand(self.venue).map_err(|wait| Error::TooMany { wait: wait.as_secs() + 1 })?;
        Ok(self.for_page())
    }

    /// Opens the line with the venue's stored key; [`Error::Conflict`] without one. A key that does not open is a fault of
    /// every call, so that pages and syncs tell it as they tell any other.
    pub async fn open(c: &mut Conn, seal: &Seal, gate: &Gate, venue: Uuid) -> Result<Link> {
        let (sealed, login) =
            connection::sealed_key(c, venue).await?.ok_or(Error::Conflict("iiko-no-key"))?;
        let key = connection::open_key(seal, venue, &sealed);
        if key.is_err() {
            tracing::error!(%venue, "the stored iiko key does not open");
        }
        Ok(Link::over(gate, venue, key.ok().as_ref(), LoginKind::of_code(&login)))
    }

    /// Opens the line with a key that is not stored yet: to try it.
    pub fn with_key(gate: &Gate, venue: Uuid, key: &SecretString) -> Link {
        Link::over(gate, venue, Some(key), None)
    }

    fn over(gate: &Gate, venue: Uuid, key: Option<&SecretString>, login: Option<LoginKind>) -> Link {
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let pile = calls.clone();
        let log: Log = Arc::new(move |call| {
            if let Ok(mut pile) = pile.lock() {
                pile.push(call);
            }
        });
        Link { till: gate.open(key, login, log), venue, calls }
    }

    /// Keeps the calls made so far, in the caller's transaction.
    pub async fn keep_calls(&self, c: &mut Conn) -> Result<()> {
        let calls = self.calls.lock().map(|mut pile| std::mem::take(&mut *pile)).unwrap_or_default();
        let rows: Vec<Exchange> = calls.into_iter().map(row).collect();
        if rows.is_empty() { Ok(()) } else { exchange::keep(c, self.venue, &rows).await }
    }

    /// The same in a transaction of its own.
    pub async fn keep(&self, db: &Db) -> Result<()> {
        let mut tx = db.begin().await?;
        self.keep_calls(&mut tx).await?;
        tx.commit().await
    }

    /// Keeps the calls and how it went: the connection's trouble is set or cleared.
    pub async fn settle<T>(&self, db: &Db, outcome: &Result<T, Fault>) -> Result<()> {
        let mut tx = db.begin().await?;
        self.keep_calls(&mut tx).await?;
        match outcome {
            Ok(_) => connection::note(&mut tx, self.venue, None).await?,
            Err(fault) => note_fault(&mut tx, self.venue, fault).await?,
        }
        tx.commit().await
    }
}

/// The connection remembers the fault until a call goes well.
pub async fn note_fault(c: &mut Conn, venue: Uuid, fault: &Fault) -> Result<()> {
    let code = code_of(fault);
    let trouble = Trouble { code: &code, said: &fault.said, correlation_id: fault.correlation_id.as_deref() };
    connection::note(c, venue, Some(&trouble)).await
}

fn row(call: Call) -> Exchange {
    Exchange {
        id: Uuid::now_v7(),
        at: Timestamp::from(call.at),
        path: call.path.to_owned(),
        attempt: i64::from(call.attempt),
        status: call.status.map(i64::from),
        took_ms: i64::try_from(call.took.as_millis()).unwrap_or(i64::MAX),
        bytes: i64::try_from(call.bytes).unwrap_or(i64::MAX),
        correlation_id: call.correlation_id,
        request: call.request,
        answer: call.answer,
        fault: call.fault.map(|kind| kind.code().to_owned()),
    }
}
