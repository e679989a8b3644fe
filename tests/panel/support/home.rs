//! Where a test's database lies, thrown away at the end.
use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Row security does not hold a superuser, so the panel refuses one: databases of the tests belong to a role like that of a
/// real server. Tests that come at once may both make it.
const ORDINARY: &str = "
DO $$ BEGIN
    CREATE ROLE maitre_test LOGIN PASSWORD 'maitre_test';
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$";

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
                for words in [ORDINARY.to_owned(), format!("CREATE DATABASE {name} OWNER maitre_test")] {
                    sqlx::query(AssertSqlSafe(words)).execute(&pool).await.unwrap();
                }
                pool.close().await;
                // the last part of the address is the database's name; the user may be called the same
                let (server, _) = admin.rsplit_once('/').unwrap();
                let host = server.rsplit_once('@').map_or(&server["postgres://".len()..], |(_, host)| host);
                (format!("postgres://maitre_test:maitre_test@{host}/{name}"), Home::Postgres { admin, name })
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
