//! T3 on Postgres: every table of a venue is behind row security, its owner too, and shows a venue its own rows alone. On both
//! databases: a row of one venue cannot refer to another's.
use maitre::db::conn::Db;
use maitre::{all, exec, one};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use crate::isolation::twins::Twins;
use crate::isolation::{columns, references, tenant_tables};
use crate::support::home::Home;
use crate::support::panel::fresh_db;

/// References that do without the venue, and why.
const SINGLE: [(&str, &str, &str); 1] =
    [("sync_runs", "jobs", "a job's id is its key, the venue only says whose it is")];

fn text(sql: &str) -> SqlStr {
    AssertSqlSafe(sql).into_sql_str()
}

#[actix_web::test]
async fn a_row_of_one_venue_cannot_refer_to_anothers() {
    let db = fresh_db().await;
    let tables = tenant_tables(&db).await;
    let all = references(&db).await;
    let between: Vec<_> =
        all.iter().filter(|one| tables.contains(&one.table) && tables.contains(&one.to)).collect();
    assert!(between.len() > 20, "{between:?}");
    let open: Vec<_> = between
        .iter()
        .filter(|one| !one.columns.contains(&"venue_id".to_owned()))
        .map(|one| (one.table.as_str(), one.to.as_str()))
        .collect();
    assert_eq!(open, SINGLE.map(|(table, to, _)| (table, to)), "a reference without the venue");
}

/// Tables of a venue that Postgres does not hold apart: not forced, or with a policy that lets in what it does not show.
async fn unsecured(db: &Db) -> Vec<String> {
    let mut c = db.read().await.unwrap();
    let sql = "SELECT k.relname::text FROM pg_class k JOIN pg_namespace n ON n.oid = k.relnamespace
               WHERE n.nspname = 'public' AND k.relkind IN ('r', 'p')
                 AND (k.relname = 'venues' OR EXISTS (SELECT 1 FROM pg_attribute a
                      WHERE a.attrelid = k.oid AND a.attname = 'venue_id' AND NOT a.attisdropped))
                 AND NOT (k.relrowsecurity AND k.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p
                      WHERE p.polrelid = k.oid AND p.polcmd = '*' AND p.polqual IS NOT NULL
                        AND p.polwithcheck IS NOT NULL))
               ORDER BY 1";
    all!(&mut c, (String,), sql).unwrap().into_iter().map(|(name,)| name).collect()
}

#[actix_web::test]
async fn every_table_of_a_venue_is_behind_row_security() {
    let db = fresh_db().await;
    if !db.is_postgres() {
        return;
    }
    assert_eq!(unsecured(&db).await, Vec::<String>::new());
    // the controls: a table that a later step makes and forgets is found, and the next start secures it
    let mut tx = db.begin().await.unwrap();
    exec!(&mut tx, "CREATE TABLE later (venue_id UUID NOT NULL, name TEXT NOT NULL)").unwrap();
    exec!(&mut tx, "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY").unwrap();
    tx.commit().await.unwrap();
    assert_eq!(unsecured(&db).await, ["later", "orders"]);
    maitre::db::migrations::migrate(&db).await.unwrap();
    assert_eq!(unsecured(&db).await, Vec::<String>::new());
    // many policies of one table add up: there must be one
    let sql = "SELECT CAST(count(*) AS BIGINT), CAST(count(DISTINCT polrelid) AS BIGINT) FROM pg_policy";
    let (policies, tables) = one!(&mut db.read().await.unwrap(), (i64, i64), sql).unwrap();
    assert_eq!(policies, tables);
}

#[actix_web::test]
async fn a_venue_sees_and_writes_its_own_rows_alone() {
    let twins = Twins::open().await;
    let (db, a, b) = (&twins.panel.db, twins.a, twins.b);
    if !db.is_postgres() {
        return twins.panel.close().await;
    }
    let all = columns(db).await;
    let (mut bare, mut wrong) = (Vec::new(), Vec::new());
    for table in tenant_tables(db).await {
        let count = format!("SELECT CAST(count(*) AS BIGINT) FROM {table} WHERE venue_id = $1");
        let (there,) = one!(&mut db.read().await.unwrap(), (i64,), text(&count), b).unwrap();
        bare.extend((there == 0).then(|| table.clone()));
        for (whose, scoped) in [("the other's", db.of(a)), ("nobody's", db.nowhere())] {
            let (seen,) = one!(&mut scoped.read().await.unwrap(), (i64,), text(&count), b).unwrap();
            let changed = format!("UPDATE {table} SET venue_id = venue_id WHERE venue_id = $1");
            let touched = exec!(&mut scoped.begin().await.unwrap(), text(&changed), b).unwrap();
            let gone = format!("DELETE FROM {table} WHERE venue_id = $1");
            let deleted = exec!(&mut scoped.begin().await.unwrap(), text(&gone), b).unwrap();
            if (seen, touched, deleted) != (0, 0, 0) {
                wrong.push(format!(
                    "{table}, {whose} eyes: {seen} seen, {touched} changed, {deleted} deleted"
                ));
            }
        }
        // a row of one's own, written as the other's
        let names: Vec<String> =
            all.iter().filter(|one| one.table == table).map(|one| format!("\"{}\"", one.name)).collect();
        let values: Vec<&str> =
            names.iter().map(|name| if name == "\"venue_id\"" { "$1" } else { name.as_str() }).collect();
        let written = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE venue_id = $2 LIMIT 1",
            names.join(", "),
            values.join(", ")
        );
        let mut tx = db.of(a).begin().await.unwrap();
        let (mine,) = one!(&mut tx, (i64,), text(&count), a).unwrap();
        match exec!(&mut tx, text(&written), b, a) {
            Err(cause) if cause.to_string().contains("row-level security") => {}
            Ok(0) if mine == 0 => {}
            other => wrong.push(format!("{table}: a row for the other venue: {other:?}")),
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(bare.len() < 6, "nothing to hide in {bare:?}");
    // the control: with every venue in sight the same words find them
    let (seen,) = one!(
        &mut db.read().await.unwrap(),
        (i64,),
        "SELECT CAST(count(*) AS BIGINT) FROM orders WHERE venue_id = $1",
        b
    )
    .unwrap();
    assert!(seen > 0);
    twins.panel.close().await;
}

/// A role that row security does not hold is not taken.
#[actix_web::test]
async fn a_superuser_is_refused() {
    let (url, home) = Home::fresh().await;
    if let Home::Postgres { admin, name } = &home {
        let (server, _) = admin.rsplit_once('/').unwrap();
        let refused = Db::connect(&format!("{server}/{name}"), 1)
            .await
            .err()
            .expect("a superuser was taken")
            .to_string();
        assert!(refused.contains("row security does not hold"), "{refused}");
    }
    Db::connect(&url, 1).await.unwrap().close().await;
    home.clear().await;
}
