//! One venue's data never meets another's. Six layers hold it apart, each has a test here and a control that fails:
//!
//! - `statements` every SQL text names its venue, and who looks across venues is listed (T3)
//! - `rows` Postgres shows a venue its own rows alone; a reference to another's cannot be stored (T3)
//! - `canaries` pages, exports, the API, redirects and errors hold no word of another venue, and no form reaches it (T2)
//! - `traffic` two venues at once on one pool (T4)
//! - `twins` the two venues: the same to the last row, but for ids and words
//!
//! The types (`At`, `Caller`) are the first layer; that foreign is as unknown is told in `venues` and in the matrix of rights.
mod canaries;
mod rows;
mod statements;
mod traffic;
mod twins;

use maitre::all;
use maitre::db::conn::{Conn, Db};

/// A table's column.
pub struct Column {
    pub table: String,
    pub name: String,
    /// `UUID`, `TEXT`, `JSONB` …, as the migrations call it.
    pub kind: String,
}

/// Every column of ours, in the tables' own order.
pub async fn columns(db: &Db) -> Vec<Column> {
    let mut c = db.read().await.unwrap();
    let sql = match &c {
        Conn::Sqlite(_) => {
            "SELECT m.name, p.name, upper(p.type) FROM sqlite_master m JOIN pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%' ORDER BY m.name, p.cid"
        }
        Conn::Postgres(_) => {
            "SELECT table_name::text, column_name::text, upper(data_type)::text FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%' ORDER BY table_name, ordinal_position"
        }
    };
    let rows = all!(&mut c, (String, String, String), sql).unwrap();
    rows.into_iter().map(|(table, name, kind)| Column { table, name, kind }).collect()
}

/// The tables whose rows belong to a venue.
pub async fn tenant_tables(db: &Db) -> Vec<String> {
    let all = columns(db).await.into_iter();
    all.filter(|column| column.name == "venue_id").map(|column| column.table).collect()
}

/// A foreign key: these columns of a table refer to that one.
#[derive(Debug)]
pub struct Reference {
    pub table: String,
    pub columns: Vec<String>,
    pub to: String,
}

pub async fn references(db: &Db) -> Vec<Reference> {
    let mut c = db.read().await.unwrap();
    let sql = match &c {
        Conn::Sqlite(_) => {
            "SELECT m.name, f.\"table\", group_concat(f.\"from\", ',') FROM sqlite_master m
             JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id, f.\"table\""
        }
        Conn::Postgres(_) => {
            "SELECT k.conrelid::regclass::text, k.confrelid::regclass::text, string_agg(a.attname, ',')
             FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
             WHERE k.contype = 'f' GROUP BY k.oid, k.conrelid, k.confrelid"
        }
    };
    let rows = all!(&mut c, (String, String, String), sql).unwrap();
    let columns = |text: String| text.split(',').map(str::to_owned).collect();
    rows.into_iter().map(|(table, to, from)| Reference { table, to, columns: columns(from) }).collect()
}
