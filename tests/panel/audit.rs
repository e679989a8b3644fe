//! T17: what was done stays as it was written: added to and never changed, each row holding the one before it; whoever changes
//! it all the same is found. And it does not tell what it must not.
use maitre::accounts::actor::Actor;
use maitre::accounts::audit::{self, Entry};
use maitre::accounts::audit_chain::{self, Row};
use maitre::accounts::audit_verify::{Found, Head, Noted, Wrong, check, heads, verify};
use maitre::db::conn::Db;
use maitre::db::migrations::migrate;
use maitre::secret::hex;
use maitre::{clock, exec, one};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use uuid::Uuid;

use crate::support::home::Home;
use crate::support::panel::fresh_db;

/// A journal of `n` deeds, each with something in every column.
async fn written(db: &Db, venue: Uuid, n: usize) {
    for i in 0..n {
        let mut tx = db.begin().await.unwrap();
        let actor = Actor {
            by: Uuid::now_v7(),
            on_behalf_of: Some(Uuid::now_v7()),
            visit: (i % 3 == 0).then(Uuid::now_v7),
        };
        let (was, is) = (
            json!({ "price": i, "name": "Борщ", "a": [1, { "z": null, "b": true }] }),
            json!({ "price": i + 1 }),
        );
        let deed =
            Entry::of(actor, venue, "product.changed").object(Uuid::now_v7()).change(was, is).ip("10.0.0.1");
        audit::note(&mut tx, deed).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn kept(db: &Db, venue: Uuid) -> (Vec<Row>, Head) {
    let mut c = db.read().await.unwrap();
    let rows = audit_chain::read(&mut c, venue, 0).await.unwrap();
    let head = heads(&mut c).await.unwrap().into_iter().find(|head| head.chain == venue).unwrap();
    (rows, head)
}

fn whole(found: &[Found]) -> bool {
    found.iter().all(|found| found.wrong.is_none())
}

#[actix_web::test]
async fn nobody_changes_what_was_written() {
    let db = fresh_db().await;
    let venue = Uuid::now_v7();
    written(&db, venue, 3).await;
    let attempts = [
        "UPDATE audit SET deed = 'product.removed' WHERE seq = 2",
        "UPDATE audit SET hash = NULL WHERE seq = 2",
        "UPDATE audit SET at = at WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit",
        "UPDATE audit_heads SET seq = seq - 1",
        "UPDATE audit_heads SET hash = NULL",
        "DELETE FROM audit_heads",
        "INSERT INTO audit (id, at, deed) SELECT actor_id, at, deed FROM audit WHERE seq = 1",
    ];
    let truncated = ["TRUNCATE audit", "TRUNCATE audit_heads"];
    for sql in attempts.iter().chain(truncated.iter().filter(|_| db.is_postgres())) {
        let mut tx = db.begin().await.unwrap();
        assert!(exec!(&mut tx, *sql).is_err(), "{sql}");
    }
    let found = verify(&db, &[]).await.unwrap();
    assert!(whole(&found) && found.len() == 1 && found[0].rows == 3, "{found:?}");
    db.close().await;
}

#[actix_web::test]
async fn rows_from_before_the_chain_are_sealed_once() {
    for sealed_first in [true, false] {
        let (url, home) = Home::fresh().await;
        let db = Db::connect(&url, 4).await.unwrap().system();
        crate::migrations::migrate_to(&db, 31).await;
        let venue = Uuid::now_v7();
        let mut tx = db.begin().await.unwrap();
        for n in 0..2_500 {
            let of = (n % 5 > 0).then_some(venue);
            exec!(
                &mut tx,
                "INSERT INTO audit (id, at, venue_id, deed, before) VALUES ($1, $2, $3, 'product.moved', $4)",
                Uuid::now_v7(),
                clock::now(),
                of,
                json!({ "z": 1, "a": n })
            )
            .unwrap();
        }
        tx.commit().await.unwrap();
        migrate(&db).await.unwrap();
        if sealed_first {
            audit_chain::seal_old(&db).await.unwrap();
            assert!(whole(&verify(&db, &[]).await.unwrap()));
        }
        written(&db, venue, 1).await;
        audit_chain::seal_old(&db).await.unwrap();
        let found = verify(&db, &[]).await.unwrap();
        assert!(whole(&found), "{found:?}");
        let mut rows: Vec<i64> = found.iter().map(|found| found.rows).collect();
        rows.sort();
        assert_eq!(rows, [500, 2_001], "2,000 and one more of the venue, 500 of none");
        db.close().await;
        home.clear().await;
    }
}

/// Two write at once, into one chain: the second waits for the first, and both hold.
#[actix_web::test]
async fn two_at_once_keep_one_chain() {
    let db = fresh_db().await;
    let venue = Uuid::now_v7();
    let many = (0..8).map(|_| {
        let db = db.clone();
        actix_web::rt::spawn(async move { written(&db, venue, 25).await })
    });
    for one in many.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    let found = verify(&db, &[]).await.unwrap();
    assert!(whole(&found), "{found:?}");
    assert_eq!(found[0].rows, 200);
    // what is rolled back leaves no gap
    let mut tx = db.begin().await.unwrap();
    audit::note(&mut tx, Entry::by_itself(Some(venue), "sync.applied")).await.unwrap();
    drop(tx);
    written(&db, venue, 1).await;
    let found = verify(&db, &[]).await.unwrap();
    assert!(whole(&found) && found[0].rows == 201, "{found:?}");
    db.close().await;
}

/// One more way to falsify a journal; what was done, for the message.
fn tampered(dice: &mut StdRng, rows: &mut Vec<Row>, head: &mut Head) -> String {
    let (n, at) = (rows.len(), dice.random_range(0..rows.len()));
    match dice.random_range(0..10) {
        0 => {
            rows.remove(at);
            if at == n - 1 && dice.random_bool(0.5) {
                head.seq -= 1;
            }
            format!("row {at} of {n} deleted")
        }
        1 => {
            let cut = dice.random_range(1..n.min(20));
            rows.truncate(n - cut);
            format!("{cut} cut from the tail")
        }
        2 => {
            let other = (at + dice.random_range(1..n)) % n;
            let (a, b) = (rows[at].seq, rows[other].seq);
            if dice.random_bool(0.5) {
                let (a, b) = (rows[at].hash.clone(), rows[other].hash.clone());
                (rows[at].hash, rows[other].hash) = (b, a);
            }
            (rows[at].seq, rows[other].seq) = (b, a);
            rows.sort_by_key(|row| row.seq);
            format!("rows {at} and {other} swapped")
        }
        3 => {
            let mut copy = rows[at].clone();
            copy.id = Uuid::now_v7();
            if dice.random_bool(0.5) {
                // the rest moves up to make room
                rows.iter_mut().skip(at).for_each(|row| row.seq = row.seq.map(|seq| seq + 1));
                head.seq += 1;
            } else {
                copy.seq = Some(n as i64 + 1);
            }
            rows.push(copy);
            rows.sort_by_key(|row| row.seq);
            format!("a row put in at {at}")
        }
        4 => {
            // and the row's own hash is made to fit it
            rows[at].deed = "product.removed".into();
            let before = if at == 0 { vec![0; 32] } else { rows[at - 1].hash.clone().unwrap() };
            rows[at].hash = Some(rows[at].sealed(&before).to_vec());
            format!("row {at} changed with its hash")
        }
        5 => {
            head.hash = Some(dice.random::<[u8; 32]>().to_vec());
            "the head changed".into()
        }
        _ => edited(dice, &mut rows[at], at),
    }
}

fn edited(dice: &mut StdRng, row: &mut Row, at: usize) -> String {
    let column = dice.random_range(0..13);
    match column {
        0 => row.id = Uuid::now_v7(),
        1 => row.at += chrono::TimeDelta::microseconds(1),
        2 => row.venue_id = Some(Uuid::now_v7()),
        3 => row.actor_id = None,
        4 => row.on_behalf_of = row.actor_id,
        5 => row.visit_id = Some(Uuid::now_v7()),
        6 => row.ip = Some("10.0.0.2".into()),
        7 => row.deed.push('x'),
        8 => row.object_id = None,
        9 => row.result = "refused".into(),
        10 => row.before.as_mut().unwrap().0["a"][1]["b"] = json!(false),
        11 => row.after.as_mut().unwrap().0["price"] = json!(0),
        _ => std::mem::swap(&mut row.before, &mut row.after),
    }
    format!("column {column} of row {at} changed")
}

#[actix_web::test]
async fn a_thousand_falsifications_are_found() {
    let db = fresh_db().await;
    let venue = Uuid::now_v7();
    written(&db, venue, 300).await;
    let (rows, head) = kept(&db, venue).await;
    assert_eq!(check(venue, &rows, Some(&head)), None);
    let mut dice = StdRng::seed_from_u64(17);
    let mut found = 0;
    for _ in 0..1_000 {
        let (mut rows, mut head) = (rows.clone(), head.clone());
        let done = tampered(&mut dice, &mut rows, &mut head);
        assert!(check(venue, &rows, Some(&head)).is_some(), "{done}: not found");
        found += 1;
    }
    assert_eq!(found, 1_000);
    // all of it gone with its head, or written anew, is seen by whoever noted a head
    assert_eq!(check(venue, &[], None), None);
    let noted: Noted = head.to_string().parse().unwrap();
    assert!(whole(&verify(&db, std::slice::from_ref(&noted)).await.unwrap()));
    let cut = Noted { seq: 301, ..noted.clone() };
    let other = Noted { hash: hex(&[1; 32]), ..noted.clone() };
    let elsewhere = Noted { chain: Uuid::now_v7(), ..noted };
    for noted in [cut, other, elsewhere] {
        let found = verify(&db, std::slice::from_ref(&noted)).await.unwrap();
        assert!(found.iter().any(|found| found.wrong == Some(Wrong::NotAsNoted(noted.seq))), "{found:?}");
    }
    db.close().await;
}

/// The control: a verification that does not look at one column misses what was changed in it.
#[actix_web::test]
async fn a_column_that_is_not_sealed_would_be_missed() {
    let db = fresh_db().await;
    let venue = Uuid::now_v7();
    written(&db, venue, 10).await;
    let (mut rows, head) = kept(&db, venue).await;
    rows[4].ip = Some("10.9.9.9".into());
    assert_eq!(check(venue, &rows, Some(&head)), Some(Wrong::Changed(5)));
    // blind to the address: every row's is put back before it is looked at
    rows.iter_mut().for_each(|row| row.ip = Some("10.0.0.1".into()));
    assert_eq!(check(venue, &rows, Some(&head)), None);
    db.close().await;
}

/// Straight in the tables, with the triggers gone: what the command finds.
#[actix_web::test]
async fn what_is_changed_behind_the_triggers_is_found() {
    let db = fresh_db().await;
    let (venue, other) = (Uuid::now_v7(), Uuid::now_v7());
    written(&db, venue, 5).await;
    written(&db, other, 5).await;
    let mut tx = db.begin().await.unwrap();
    let drops: &[&str] = if db.is_postgres() {
        &["DROP TRIGGER audit_stays ON audit", "DROP TRIGGER audit_heads_go_on ON audit_heads"]
    } else {
        &["DROP TRIGGER audit_stays", "DROP TRIGGER audit_is_kept", "DROP TRIGGER audit_has_its_place"]
    };
    for sql in drops {
        exec!(&mut tx, *sql).unwrap();
    }
    exec!(&mut tx, "DELETE FROM audit WHERE chain = $1 AND seq = 5", venue).unwrap();
    tx.commit().await.unwrap();
    let wrong = |found: Vec<Found>| {
        found.into_iter().filter_map(|f| f.wrong.map(|w| (f.chain, w))).collect::<Vec<_>>()
    };
    let found = wrong(verify(&db, &[]).await.unwrap());
    assert_eq!(found, [(venue, Wrong::TailCut { head: 5, last: 4 })]);
    let mut tx = db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE audit SET ip = NULL WHERE chain = $1 AND seq = 2", other).unwrap();
    exec!(&mut tx, "INSERT INTO audit (id, at, deed) VALUES ($1, $2, 'x.y')", Uuid::nil(), clock::now())
        .unwrap();
    tx.commit().await.unwrap();
    let found = wrong(verify(&db, &[]).await.unwrap());
    assert!(found.contains(&(other, Wrong::Changed(2))), "{found:?}");
    assert!(found.contains(&(Uuid::nil(), Wrong::Stray(0))), "{found:?}");
    // sealing anew does not whitewash it
    audit_chain::seal_old(&db).await.unwrap();
    assert_eq!(wrong(verify(&db, &[]).await.unwrap()), found);
    db.close().await;
}

#[actix_web::test]
async fn a_journal_does_not_tell_phones_and_secrets() {
    let db = fresh_db().await;
    let venue = Uuid::now_v7();
    let mut tx = db.begin().await.unwrap();
    let before = json!({ "phone": "+79161234567", "account": "40702810900000012345" });
    let after = json!({ "api_key": "very-secret", "guest": { "phones": ["+79167654321"] }, "name": "Ольга" });
    audit::note(&mut tx, Entry::by_itself(Some(venue), "employee.changed").change(before, after))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut c = db.read().await.unwrap();
    let sql = "SELECT CAST(before AS TEXT) || CAST(after AS TEXT) FROM audit";
    let (text,) = one!(&mut c, (String,), sql).unwrap();
    for hidden in ["916", "40702", "secret\"", "very"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    for told in ["••• 67", "••• 21", "••• 2345", "Ольга", "…"] {
        assert!(text.contains(told), "no {told} in {text}");
    }
    drop(c);
    db.close().await;
}
