//! The demo's people: one of each role, so that «Доступы» shows the table of them alive.
use std::path::Path;

use maitre::db::conn::Db;
use maitre::secret::Seal;
use maitre::seed::{self, Demo};
use maitre::venues::member::Role;
use maitre::{all, exec};

use crate::support::panel::fresh_db;

/// Who was not there from the beginning.
const JOINED: [&str; 3] = ["lead", "accountant", "content"];

async fn members(db: &Db) -> Vec<(String, String)> {
    let venue = seed::venue(db).await.unwrap();
    let sql = "SELECT m.role, u.name FROM members m JOIN users u ON u.id = m.user_id WHERE m.venue_id = $1";
    all!(&mut db.read().await.unwrap(), (String, String), sql, venue).unwrap()
}

fn told(demo: &Demo) -> serde_json::Value {
    serde_json::to_value(demo).unwrap()
}

#[actix_web::test]
async fn the_demo_has_one_of_each_role_also_where_it_was_made_before_they_joined() {
    let (db, seal) = (fresh_db().await, Seal::new(&[7; 32]));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(uuid::Uuid::now_v7().simple().to_string());
    std::fs::create_dir_all(&folder).unwrap();
    let made = seed::demo(&db, &seal, &folder).await.unwrap();
    assert_eq!(made.people[0].role, "owner", "the first signs in");
    let is_whole = |members: Vec<(String, String)>| {
        let of = |role: &Role| members.iter().filter(|(word, _)| word == role.word()).count();
        members.len() == Role::ALL.len() && Role::ALL.iter().all(|role| of(role) == 1)
    };
    assert!(is_whole(members(&db).await), "{:?}", members(&db).await);
    assert_eq!(told(&seed::demo(&db, &seal, &folder).await.unwrap()), told(&made), "and stays as it is");

    // a folder of before: the words of those who were there stay theirs
    let mut tx = db.begin().await.unwrap();
    for role in JOINED {
        let email = format!("{role}@demo.maitre.example");
        exec!(&mut tx, "DELETE FROM members WHERE role = $1", role).unwrap();
        exec!(&mut tx, "DELETE FROM users WHERE email = $1", email).unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(members(&db).await.len(), 3);
    let mut old = made.clone();
    old.people.retain(|person| !JOINED.contains(&person.role.as_str()));
    std::fs::write(folder.join("demo.json"), told(&old).to_string()).unwrap();
    let now = seed::demo(&db, &seal, &folder).await.unwrap();
    assert!(is_whole(members(&db).await), "{:?}", members(&db).await);
    assert_eq!(told(&now)["people"][1], told(&made)["people"][1]);
    assert_eq!(told(&seed::demo(&db, &seal, &folder).await.unwrap()), told(&now));
    db.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
