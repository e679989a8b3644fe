//! The only file that knows two drivers. [`Db`] owns the pools; nouns take `&mut Conn`, which may be a pooled
//! connection or, by deref, a [`Tx`]: every function works alone and inside a transaction.
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use uuid::Uuid;

use crate::db::lent::{Lender, Lent};
use crate::db::scope::Scope;
use crate::error::{Error, Result};

/// The pools, and whose rows they show: [`Db::of`] a venue, or [`Db::system`].
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    scope: Scope,
}

#[derive(Clone)]
pub enum Pools {
    /// SQLite has one writer: writes queue on a pool of one connection; reads have read-only connections of their own, so a
    /// long import never starves a page, and a write on a read path is refused. A single read borrows its connection, a
    /// snapshot takes one from the pool.
    Sqlite {
        lender: Lender,
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

pub enum Held {
    Lent(Lent),
    Tx(Transaction<'static, Sqlite>),
}

pub enum Conn {
    Sqlite(Held),
    /// Always in a transaction: its scope ends with it.
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction; rolled back on drop unless [`Tx::commit`] is called.
pub struct Tx(Conn);

impl Deref for Held {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Held::Lent(conn) => conn,
            Held::Tx(tx) => tx,
        }
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Held::Lent(conn) => conn,
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
    /// `sqlite:///path/to/file.db` or `postgres://…`; at most `max` connections. A missing SQLite file is made. What comes
    /// back sees no venue's rows yet.
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
            .statement_cache_capacity(256)
            // a page's rows fit: SQLite's thread does not stop in the middle and wait to be emptied
            .row_buffer_size(256);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let options = options.read_only(true);
        let lender = Lender::new(options.clone(), max);
        let read = SqlitePoolOptions::new().max_connections(max).connect_with(options).await?;
        Ok(Db { pools: Pools::Sqlite { lender, read, write }, scope: Scope::Nowhere })
    }

    /// The same database, as this venue sees it.
    pub fn of(&self, venue: Uuid) -> Db {
        Db { scope: Scope::Venue(venue), ..self.clone() }
    }

    /// The same database, with no venue in it: accounts and sessions alone.
    pub fn nowhere(&self) -> Db {
        Db { scope: Scope::Nowhere, ..self.clone() }
    }

    /// The same database, with every venue in it: for what must look across them.
    pub fn system(&self) -> Db {
        Db { scope: Scope::System, ..self.clone() }
    }

    pub async fn read(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite { lender, .. } => Conn::Sqlite(Held::Lent(lender.lend().await?)),
            Pools::Postgres(pool) => self.opened(pool, "BEGIN READ ONLY").await?,
        })
    }

    /// A read in one snapshot: what a page shows is one moment of the data, never a mix of two.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(Tx(match &self.pools {
            Pools::Sqlite { read, .. } => Conn::Sqlite(Held::Tx(read.begin().await?)),
            Pools::Postgres(pool) => {
                self.opened(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?
            }
        }))
    }

    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(match &self.pools {
            // IMMEDIATE takes the write lock now: no SQLITE_BUSY from a later upgrade
            Pools::Sqlite { write, .. } => Conn::Sqlite(Held::Tx(write.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Postgres(pool) => self.opened(pool, "BEGIN").await?,
        }))
    }

    /// In its own task: a `begin` cancelled half-way (the client hung up) would put a connection with an open transaction
    /// back into the pool (sqlx 0.9.0, transact-rs/sqlx#4385).
    async fn opened(&self, pool: &PgPool, begin: &'static str) -> Result<Conn> {
        // an id and our own words, nothing from outside
        let (pool, words) = (pool.clone(), AssertSqlSafe(self.scope.begins(begin)));
        let begun = tokio::spawn(async move { pool.begin_with(words).await });
        Ok(Conn::Postgres(begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??))
    }

    /// Waits for running statements and closes; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { lender, read, write } => {
                lender.close().await;
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.pools, Pools::Postgres(_))
    }

    /// For what needs a connection of its own kind: migrations.
    pub fn pools(&self) -> &Pools {
        &self.pools
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
    let (role, passes): (String, bool) = sqlx::query_as(
        "SELECT rolname::text, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user",
    )
    .fetch_one(&pool)
    .await?;
    if passes {
        return Err(Error::internal(format!(
            "row security does not hold the Postgres role {role}: it is a superuser or has BYPASSRLS. Make an ordinary \
             role that owns the database"
        )));
    }
    for setting in ["fsync", "synchronous_commit"] {
        let (value,): (String,) =
            sqlx::query_as("SELECT current_setting($1)").bind(setting).fetch_one(&pool).await?;
        if value == "off" {
            return Err(Error::internal(format!(
                "Postgres runs with {setting} = off: an acknowledged write could be lost"
            )));
        }
    }
    Ok(Db { pools: Pools::Postgres(pool), scope: Scope::Nowhere })
}

impl Tx {
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Conn::Sqlite(Held::Tx(tx)) => Ok(tx.commit().await?),
            Conn::Postgres(tx) => Ok(tx.commit().await?),
            // a Tx is only built by `begin` and `snapshot`
            Conn::Sqlite(Held::Lent(_)) => Err(Error::internal("a Tx without a transaction")),
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
