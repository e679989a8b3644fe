//! Both databases get the same tables from one text.
use maitre::all;
use maitre::db::conn::{Conn, Db};
use maitre::db::migrations::migrate;

use crate::support::panel::fresh_db;

/// `table.column` of everything we made, sorted.
async fn columns(db: &Db) -> Vec<String> {
    let mut c = db.read().await.unwrap();
    let sql = match &c {
        Conn::Sqlite(_) => {
            "SELECT m.name || '.' || p.name || CASE WHEN p.\"notnull\" = 1 THEN '!' ELSE '' END
             FROM sqlite_master m JOIN pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%'"
        }
        Conn::Postgres(_) => {
            "SELECT (table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN '!' ELSE '' END)::text
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    let mut rows: Vec<String> =
        all!(&mut c, (String,), sql).unwrap().into_iter().map(|(name,)| name).collect();
    rows.sort();
    rows
}

#[actix_web::test]
async fn both_databases_get_the_same_tables() {
    let ours = fresh_db().await;
    let there = columns(&ours).await;
    // the other side is always SQLite: run with Postgres, this compares the two
    let file = std::env::temp_dir().join(format!("maitre_{}.db", uuid::Uuid::now_v7().simple()));
    let sqlite = Db::connect(&format!("sqlite://{}", file.display()), 2).await.unwrap();
    migrate(&sqlite).await.unwrap();
    assert_eq!(there, columns(&sqlite).await);
    assert!(there.len() > 100 && there.contains(&"products.price!".to_owned()), "{} columns", there.len());
    sqlite.close().await;
    let _ = std::fs::remove_file(file);
}

#[actix_web::test]
async fn migrating_again_changes_nothing() {
    let db = fresh_db().await;
    let before = columns(&db).await;
    migrate(&db).await.unwrap();
    assert_eq!(columns(&db).await, before);
}
