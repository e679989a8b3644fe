//! Both databases get the same tables from one text.
use maitre::db::conn::{Conn, Db};
use maitre::db::migrations::{self, migrate};
use maitre::{all, clock, exec, one};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::support::home::Home;
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

/// A text that is in the folder and not in the list would be forgotten by every installation.
#[actix_web::test]
async fn every_text_in_the_folder_is_a_step() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut there: Vec<i64> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap()[..4].parse().unwrap())
        .collect();
    there.sort_unstable();
    there.dedup();
    let db = fresh_db().await;
    let mut c = db.read().await.unwrap();
    let taken = all!(&mut c, (i64,), "SELECT version FROM _sqlx_migrations ORDER BY version").unwrap();
    assert_eq!(there, taken.into_iter().map(|(version,)| version).collect::<Vec<_>>());
    drop(c);
    db.close().await;
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

/// The steps as an earlier version of Maitre had them: up to and with `last`.
pub async fn migrate_to(db: &Db, last: i64) {
    let mut files: Vec<_> = std::fs::read_dir("migrations").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let steps = files.into_iter().filter_map(|file| {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let version: i64 = name[..4].parse().unwrap();
        let other = if db.is_postgres() { ".sqlite" } else { ".postgres" };
        if name.ends_with(other) {
            return None;
        }
        let name = name.trim_end_matches(".sqlite").trim_end_matches(".postgres").to_owned();
        let text = sqlx::AssertSqlSafe(std::fs::read_to_string(&file).unwrap());
        (version <= last)
            .then(|| Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false))
    });
    let migrator = Migrator::with_migrations(steps.collect());
    migrations::run(db, &migrator).await.unwrap();
}

#[actix_web::test]
async fn a_database_of_an_earlier_version_keeps_what_it_holds() {
    let (url, home) = Home::fresh().await;
    let db = Db::connect(&url, 4).await.unwrap().system();
    migrate_to(&db, 15).await;
    let [venue, run, job, person] = [(); 4].map(|()| uuid::Uuid::now_v7());
    let (now, none) = (clock::now(), serde_json::json!({}));
    let mut tx = db.begin().await.unwrap();
    exec!(
        &mut tx,
        "INSERT INTO users (id, email, email_fold, name, password_hash, lang, theme, created_at)
         VALUES ($1, 'a@b.example', 'a@b.example', 'Анна', '-', 'ru', 'auto', $2)",
        person,
        now
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO venues (id, name, address, time_zone, pos_link, menu_generation, created_at)
         VALUES ($1, 'Ёлки на ЩЁКИНОЙ', 'Улица Cafe', 'Europe/Moscow', 'none', 0, $2)",
        venue,
        now
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO jobs (id, venue_id, kind, payload, state, run_after, attempt, lease_until, fence, cancel)
         VALUES ($1, $2, 'sync', $3, 'done', 0, 0, 0, 0, FALSE)",
        job,
        venue,
        &none
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO sync_runs (venue_id, id, number, job_id, state, phase, done, total, asked_by, asked_at, is_first,
                                tally, held, scope)
         VALUES ($1, $2, 1, $3, 'applied', 'end', 0, 0, $4, $5, FALSE, $6, $6, 'payments')",
        venue,
        run,
        job,
        person,
        now,
        &none
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO part_syncs (venue_id, part, synced_at, missed_run) VALUES ($1, 'staff', $2, $3)",
        venue,
        now,
        run
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO members (venue_id, user_id, role, created_at) VALUES ($1, $2, 'manager', $3)",
        venue,
        person,
        now
    )
    .unwrap();
    exec!(
        &mut tx,
        "INSERT INTO invitations (venue_id, id, email, email_fold, role, token_hash, created_at, ends_at)
         VALUES ($1, $2, 'c@d.example', 'c@d.example', 'owner', $3, $4, $4)",
        venue,
        run,
        vec![1u8],
        now
    )
    .unwrap();
    tx.commit().await.unwrap();

    migrate(&db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let kept: (String, Option<uuid::Uuid>) = one!(
        &mut tx,
        (String, Option<uuid::Uuid>),
        "SELECT r.scope, p.missed_run FROM sync_runs r JOIN part_syncs p ON p.venue_id = r.venue_id WHERE p.part = 'staff'"
    )
    .unwrap();
    assert_eq!(kept, ("payments".to_owned(), Some(run)));
    // support finds it by letters of any case
    let sql = "SELECT name_fold, address_fold FROM venues WHERE id = $1";
    let folded = one!(&mut tx, (String, String), sql, venue).unwrap();
    assert_eq!(folded, ("ёлки на щёкиной".to_owned(), "улица cafe".to_owned()));
    // and what came later fits
    exec!(&mut tx, "UPDATE sync_runs SET scope = 'dictionaries'").unwrap();
    exec!(&mut tx, "UPDATE part_syncs SET part = 'dictionaries'").unwrap();
    let roles: (String, String) = one!(
        &mut tx,
        (String, String),
        "SELECT m.role, i.role FROM members m JOIN invitations i ON i.venue_id = m.venue_id"
    )
    .unwrap();
    assert_eq!(roles, ("manager".to_owned(), "owner".to_owned()));
    exec!(&mut tx, "UPDATE members SET role = 'accountant'").unwrap();
    exec!(&mut tx, "UPDATE invitations SET role = 'lead'").unwrap();
    assert!(exec!(&mut tx, "UPDATE part_syncs SET part = 'weather'").is_err());
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    assert!(exec!(&mut tx, "UPDATE members SET role = 'cook'").is_err());
    drop(tx);
    db.close().await;
    home.clear().await;
}
