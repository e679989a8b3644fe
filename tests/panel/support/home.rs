//! Where a test's database lies, thrown away at the end.
use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A SQLite file, or a database of the Postgres that `MAITRE_TEST_PG` names (`postgres://…/postgres`).
pub enum Home {
    File(PathBuf),
    Postgres { admin: String, name: String },
}

impl Home {
    /// An empty database and its address.
    #[allow(clippy::disallowed_methods)]
    pub async fn fresh() -> (String, Home) {
        let name = format!("maitre_{}", Uuid::now_v7().simple());
        match std::env::var("MAITRE_TEST_PG") {
            Ok(admin) => {
                let pool = sqlx::PgPool::connect(&admin).await.unwrap();
                let made = sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await;
                made.unwrap();
                pool.close().await;
                // the last part of the address is the database's name; the user may be called the same
                let (server, _) = admin.rsplit_once('/').unwrap();
                (format!("{server}/{name}"), Home::Postgres { admin, name })
            }
            Err(_) => {
                let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.db"));
                (format!("sqlite://{}", file.display()), Home::File(file))
            }
        }
    }

    pub async fn clear(self) {
        match self {
            Home::File(file) => {
                for suffix in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
                }
            }
            Home::Postgres { admin, name } => {
                let pool = sqlx::PgPool::connect(&admin).await.unwrap();
                let drop = AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                let _ = sqlx::query(drop).execute(&pool).await;
            }
        }
    }
}
