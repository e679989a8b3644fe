//! One list of steps that make the tables; a file per dialect only where the text must differ.
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::db::conn::Db;
use crate::error::{Error, Result};

macro_rules! both {
    ($version:literal, $name:literal) => {
        ($version, $name, include_str!(concat!("../../migrations/", $name, ".sql")))
    };
}

/// version, name, text for both databases.
const STEPS: &[(i64, &str, &str)] = &[
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
    both!(34, "0034_roles"),
];

/// Brings the database to this version; several instances may start at once, one does it.
pub async fn migrate(db: &Db) -> Result<()> {
    let steps = STEPS.iter().map(|&(version, name, text)| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    let migrator = Migrator::with_migrations(steps.collect());
    let done = match db {
        Db::Sqlite { write, .. } => migrator.run(write).await,
        Db::Postgres(pool) => migrator.run(pool).await,
    };
    done.map_err(|cause| Error::Internal(Box::new(cause)))
}
