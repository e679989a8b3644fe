//! T7: to look changes nothing. Every table is the same after all pages were opened.
use std::collections::BTreeMap;

use maitre::db::conn::{Conn, Db};
use maitre::{all, exec};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use crate::rights::stage::{Stage, everybody};
use crate::support::map::routes;

/// Written while looking, and meant to be: what was asked of iiko stands in the journal of the exchange; when a key was
/// used last stands beside it; who reads the journal of deeds stands in it.
const MEANT: [&str; 4] = ["exchanges", "api_tokens", "audit", "audit_heads"];

async fn tables(db: &Db) -> Vec<String> {
    let mut c = db.read().await.unwrap();
    let sql = match &c {
        Conn::Sqlite(_) => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx%'"
        }
        Conn::Postgres(_) => {
            "SELECT table_name::text FROM information_schema.tables
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    all!(&mut c, (String,), sql).unwrap().into_iter().map(|(name,)| name).collect()
}

/// Table → the digest of all its rows.
async fn digests(db: &Db) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let names = tables(db).await;
    let mut c = db.system().read().await.unwrap();
    for table in names {
        let sql = match db.is_postgres() {
            true => format!("SELECT t::text FROM {table} t ORDER BY 1"),
            false => {
                let sql = format!("SELECT name FROM pragma_table_info('{table}')");
                let columns = all!(&mut c, (String,), AssertSqlSafe(sql)).unwrap();
                let quoted: Vec<String> =
                    columns.into_iter().map(|(name,)| format!("quote(\"{name}\")")).collect();
                format!("SELECT {} AS line FROM {table} ORDER BY 1", quoted.join(" || '|' || "))
            }
        };
        let rows = all!(&mut c, (String,), AssertSqlSafe(sql)).unwrap();
        let mut digest = Sha256::new();
        rows.iter().for_each(|(row,)| digest.update(row.as_bytes()));
        all.insert(table, format!("{} rows, {:x?}", rows.len(), digest.finalize()));
    }
    all
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let differ = |name: &&String| before.get(*name) != after.get(*name) && !MEANT.contains(&name.as_str());
    after.keys().filter(differ).cloned().collect()
}

#[actix_web::test]
async fn to_look_changes_nothing() {
    let stage = Stage::open().await;
    let people = everybody(&stage).await;
    let looks: Vec<_> = routes().into_iter().filter(|route| route.method == "GET").collect();
    let before = digests(&stage.panel.db).await;
    let mut opened = 0;
    for who in
        people.iter().filter(|who| ["anonymous", "owner", "viewer", "a key of the API"].contains(&who.name))
    {
        for route in &looks {
            let path = route.filled(|name| stage.ours.ids.get(name).cloned().unwrap_or("0".repeat(64)));
            let answer = who.asks("GET", &path).await;
            assert!(answer.status < 500, "{path}: {}", answer.status);
            opened += usize::from(answer.status == 200);
        }
    }
    let after = digests(&stage.panel.db).await;
    println!("T7: {} pages, {opened} answers of 200, {} tables", looks.len(), after.len());
    assert_eq!(changed(&before, &after), Vec::<String>::new());
    assert!(opened > 90, "{opened}");
    // the control: one letter in one table is seen
    let mut tx = stage.panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE halls SET name = name || '.'").unwrap();
    tx.commit().await.unwrap();
    assert_eq!(changed(&after, &digests(&stage.panel.db).await), ["halls"]);
    stage.panel.close().await;
}
