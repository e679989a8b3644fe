//! One list of steps that make the tables; a file per dialect only where the text must differ.
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection, Executor, PgConnection, SqlSafeStr};

use crate::db::conn::{Db, Pools};
use crate::db::scope::SECURED;
use crate::error::{Error, Result};

macro_rules! both {
    ($version:literal, $name:literal) => {
        ($version, $name, [include_str!(concat!("../../migrations/", $name, ".sql")); 2])
    };
}

macro_rules! each {
    ($version:literal, $name:literal) => {
        (
            $version,
            $name,
            [
                include_str!(concat!("../../migrations/", $name, ".sqlite.sql")),
                include_str!(concat!("../../migrations/", $name, ".postgres.sql")),
            ],
        )
    };
}

/// version, name, text for SQLite and for Postgres.
const STEPS: &[(i64, &str, [&str; 2])] = &[
    both!(1, "0001_accounts"),
    both!(2, "0002_venues"),
    both!(3, "0003_jobs"),
    both!(4, "0004_integrations"),
    both!(5, "0005_menu"),
    both!(6, "0006_sync"),
    both!(7, "0007_parts"),
    both!(8, "0008_seating"),
    both!(9, "0009_payments"),
    both!(10, "0010_sync_scope"),
    both!(11, "0011_contracts"),
    both!(12, "0012_staff"),
    both!(13, "0013_readiness"),
    both!(14, "0014_table_waiters"),
    both!(15, "0015_table_codes"),
    both!(16, "0016_dictionaries"),
    both!(17, "0017_printed_url"),
    both!(18, "0018_orders"),
    both!(19, "0019_posting"),
    both!(21, "0021_api_tokens"),
    both!(22, "0022_webhooks"),
    both!(23, "0023_order_acts"),
    both!(24, "0024_order_boards"),
    both!(25, "0025_stop_list"),
    both!(27, "0027_payment_shares"),
    both!(28, "0028_order_notices"),
    both!(29, "0029_placements"),
    both!(30, "0030_till_and_queue_in_head"),
    both!(31, "0031_reconciliation"),
    both!(32, "0032_signing_in"),
    each!(33, "0033_audit"),
    both!(34, "0034_roles"),
    both!(36, "0036_visits"),
    both!(37, "0037_venue_fold"),
];

/// Brings the database to this version; several instances may start at once, one does it.
pub async fn migrate(db: &Db) -> Result<()> {
    let steps = STEPS.iter().map(|&(version, name, [sqlite, postgres])| {
        let text = if db.is_postgres() { postgres } else { sqlite };
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    run(db, &Migrator::with_migrations(steps.collect())).await
}

/// Takes these steps, and on Postgres puts what they made behind row security. They run on a connection of their own, which
/// sees every venue: a step that moves rows would else find none.
pub async fn run(db: &Db, migrator: &Migrator) -> Result<()> {
    let done = match db.pools() {
        Pools::Sqlite { write, .. } => migrator.run(write).await,
        Pools::Postgres(pool) => {
            let options = pool.connect_options().as_ref().clone().options([("app.venue", "*")]);
            let mut own = PgConnection::connect_with(&options).await?;
            let done = migrator.run(&mut own).await;
            if done.is_ok() {
                own.execute(SECURED).await?;
            }
            own.close().await?;
            done
        }
    };
    done.map_err(|cause| Error::Internal(Box::new(cause)))
}
