//! What a venue's things are called today, for a journal that knows them by their ids. Many kinds in one place, so that it
//! knows nothing of the rooms above; what is gone has no name here.
use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::accounts::audit_log;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::on;

/// A thing as a field or a deed tells it: its noun and its id.
pub type Thing = (&'static str, Uuid);

/// Of every noun: where its names lie, and by which id.
const NAMED: [(&str, &str, &str); 11] = [
    ("section", "SELECT id, name FROM sections WHERE venue_id = ", "id"),
    ("category", "SELECT id, name FROM categories WHERE venue_id = ", "id"),
    ("product", "SELECT id, name FROM products WHERE venue_id = ", "id"),
    (
        "hall",
        "SELECT id, CASE WHEN own_name = '' THEN name ELSE own_name END FROM halls WHERE venue_id = ",
        "id",
    ),
    (
        "table",
        "SELECT id, CASE WHEN own_name <> '' THEN own_name WHEN name <> '' THEN name ELSE CAST(number AS TEXT) END
         FROM tables WHERE venue_id = ",
        "id",
    ),
    ("employee", "SELECT id, name FROM employees WHERE venue_id = ", "id"),
    ("contract", "SELECT id, entity FROM contracts WHERE venue_id = ", "id"),
    ("order", "SELECT id, number FROM orders WHERE venue_id = ", "id"),
    ("courier", "SELECT iiko_id, name FROM iiko_people WHERE venue_id = ", "iiko_id"),
    (
        "cancel_cause",
        "SELECT iiko_id, name FROM dictionary_entries WHERE kind = 'cancel_cause' AND venue_id = ",
        "iiko_id",
    ),
    (PERSON, "SELECT u.id, u.name FROM users u JOIN members m ON m.user_id = u.id WHERE m.venue_id = ", "u.id"),
];
const PERSON: &str = "person";

/// Ids a statement asks for.
const MANY: usize = 500;

#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<Thing, String>);

impl Names {
    /// Of these things of the venue, those that are there.
    pub async fn of(c: &mut Conn, venue: Uuid, things: &BTreeSet<Thing>) -> Result<Names> {
        let mut names = Names::default();
        for (noun, sql, key) in NAMED {
            for ids in ids(things, noun).chunks(MANY) {
                let rows = on!(c, c => {
                    let mut q = sqlx::QueryBuilder::new(sql);
                    q.push_bind(venue).push(" AND ").push(key).push(" IN (");
                    let mut all = q.separated(", ");
                    ids.iter().for_each(|id| { all.push_bind(*id); });
                    q.push(")");
                    q.build_query_as::<(Uuid, String)>().fetch_all(c).await
                })?;
                names.take(noun, rows);
            }
        }
        // who is no member any more has done something here; of anybody else there is no name to tell
        if ids(things, PERSON).iter().any(|id| names.get((PERSON, *id)).is_none()) {
            names.take(PERSON, audit_log::people(c, venue).await?);
        }
        Ok(names)
    }

    fn take(&mut self, noun: &'static str, rows: Vec<(Uuid, String)>) {
        let named = rows.into_iter().filter(|(_, name)| !name.is_empty());
        self.0.extend(named.map(|(id, name)| ((noun, id), name)));
    }

    pub fn get(&self, thing: Thing) -> Option<&str> {
        self.0.get(&thing).map(String::as_str)
    }
}

fn ids(things: &BTreeSet<Thing>, noun: &str) -> Vec<Uuid> {
    things.iter().filter(|(of, _)| *of == noun).map(|(_, id)| *id).collect()
}
