//! The only file that knows two drivers. [`Db`] owns the pools; nouns take `&mut Conn`, which may be a pooled
//! connection or, by deref, a [`Tx`]: every function works alone and inside a transaction.
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Database, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::error::{Error, Result};

#[derive(Clone)]
pub enum Db {
    /// SQLite has one writer: writes queue on a pool of one connection; reads have a read-only pool of their own, so a
    /// long import never starves a page, and a write on a read path is refused.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

pub enum Held<DB: Database> {
    Pool(PoolConnection<DB>),
    Tx(Transaction<'static, DB>),
}

pub enum Conn {
    Sqlite(Held<Sqlite>),
    Postgres(Held<Postgres>),
}

/// A transaction; rolled back on drop unless [`Tx::commit`] is called.
pub struct Tx(Conn);

impl<DB: Database> Deref for Held<DB> {
    type Target = DB::Connection;
    fn deref(&self) -> &Self::Target {
        match self {
            Held::Pool(conn) => conn,
            Held::Tx(tx) => tx,
        }
    }
}

impl<DB: Database> DerefMut for Held<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Held::Pool(conn) => conn,
            Held::Tx(tx) => tx,
        }
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Db {
    /// `sqlite:///path/to/file.db` or `postgres://…`; at most `max` connections. A missing SQLite file is made.
    pub async fn connect(url: &str, max: u32) -> Result<Db> {
        if url.starts_with("postgres") {
            return postgres(url, max).await;
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: an acknowledged write survives a power cut
            .synchronous(SqliteSynchronous::Full)
            .statement_cache_capacity(256);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read =
            SqlitePoolOptions::new().max_connections(max).connect_with(options.read_only(true)).await?;
        Ok(Db::Sqlite { read, write })
    }

    pub async fn read(&self) -> Result<Conn> {
        Ok(match self {
            Db::Sqlite { read, .. } => Conn::Sqlite(Held::Pool(read.acquire().await?)),
            Db::Postgres(pool) => Conn::Postgres(Held::Pool(pool.acquire().await?)),
        })
    }

    /// A read in one snapshot: what a page shows is one moment of the data, never a mix of two.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(Tx(match self {
            Db::Sqlite { read, .. } => Conn::Sqlite(Held::Tx(read.begin().await?)),
            Db::Postgres(pool) => {
                let pool = pool.clone();
                let begun = tokio::spawn(async move {
                    pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
                });
                Conn::Postgres(Held::Tx(begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??))
            }
        }))
    }

    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(match self {
            // IMMEDIATE takes the write lock now: no SQLITE_BUSY from a later upgrade
            Db::Sqlite { write, .. } => Conn::Sqlite(Held::Tx(write.begin_with("BEGIN IMMEDIATE").await?)),
            // In its own task: a `begin` cancelled half-way (the client hung up) would put a connection with an open
            // transaction back into the pool (sqlx 0.9.0, transact-rs/sqlx#4385).
            Db::Postgres(pool) => {
                let pool = pool.clone();
                let begun = tokio::spawn(async move { pool.begin().await });
                Conn::Postgres(Held::Tx(begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??))
            }
        }))
    }

    /// Waits for running statements and closes; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Db::Postgres(_))
    }
}

async fn postgres(url: &str, max: u32) -> Result<Db> {
    let options = PgConnectOptions::from_str(url)?.options([
        ("statement_timeout", "60s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "60s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(Duration::from_secs(5))
        .connect_with(options)
        .await?;
    for setting in ["fsync", "synchronous_commit"] {
        let (value,): (String,) =
            sqlx::query_as("SELECT current_setting($1)").bind(setting).fetch_one(&pool).await?;
        if value == "off" {
            return Err(Error::internal(format!(
                "Postgres runs with {setting} = off: an acknowledged write could be lost"
            )));
        }
    }
    Ok(Db::Postgres(pool))
}

impl Tx {
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Conn::Sqlite(Held::Tx(tx)) => Ok(tx.commit().await?),
            Conn::Postgres(Held::Tx(tx)) => Ok(tx.commit().await?),
            // a Tx is only built by `begin` and `snapshot`
            Conn::Sqlite(Held::Pool(_)) | Conn::Postgres(Held::Pool(_)) => {
                Err(Error::internal("a Tx without a transaction"))
            }
        }
    }
}

impl Conn {
    /// Picks the text where the dialects differ; most statements need only one.
    pub fn sql(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Conn::Sqlite(_) => sqlite,
            Conn::Postgres(_) => postgres,
        }
    }
}
