//! Two venues that are the same to the last row: the second is a copy of the first under ids of its own, its words marked. Every
//! id of the one has a twin, so that any address of the one can be asked for with ids of the other.
use std::collections::{BTreeMap, BTreeSet};

use maitre::api::scope::SCOPES;
use maitre::db::conn::{Conn, Db};
use maitre::menu::stop_list;
use maitre::{all, clock, exec, one, past};
use sqlx::{AssertSqlSafe, SqlSafeStr};
use uuid::Uuid;

use crate::fuzzed::{staffed, synced, told};
use crate::isolation::{Column, columns, references};
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::uploads::photo;

/// What every word of the second venue begins with; nobody else says it, and no escaping changes it.
pub const MARK: &str = "zq7b";
/// What its phones begin with, as they are kept and as they are shown.
pub const PHONES: [&str; 2] = ["+7999", "+7 999"];

/// Columns whose texts are words of the program, dates or digits: a marked one would be nothing it knows.
const WORDS: [&str; 25] = [
    "bik",
    "correlation",
    "deed",
    "digest",
    "ended_on",
    "event_type",
    "fault",
    "field",
    "iiko_status",
    "inn",
    "account",
    "kpp",
    "plan_digest",
    "approves",
    "processing",
    "rule",
    "signed_on",
    "sync_day",
    "thing",
    "time_zone",
    "topic",
    "trouble",
    "unit",
    "what",
    "result",
];

pub struct Twins {
    pub panel: Panel,
    /// Of the first venue.
    pub owner: Person,
    pub manager: Person,
    pub viewer: Person,
    pub a: Uuid,
    pub b: Uuid,
    /// Who of the second is meant by somebody of the first.
    people: BTreeMap<Uuid, Uuid>,
    /// The first venue's key of the API.
    pub key: String,
}

/// The id that stands in the second venue for one of the first.
pub fn twin(id: Uuid) -> Uuid {
    let mut bytes = id.into_bytes();
    (bytes[14], bytes[15]) = (0xbb, 0xbb);
    Uuid::from_bytes(bytes)
}

impl Twins {
    pub async fn open() -> Twins {
        let panel = Panel::open_with_till().await;
        let a = panel.venue("Рябина").await;
        let owner = panel.owner_of(a).await;
        let (manager, viewer) = (panel.manager_of(a).await, panel.viewer_of(a).await);
        let key = lived_in(&panel, &owner).await;
        // from here on nothing happens by itself
        panel.ends_its_night().await;
        loose_ends(&panel.db, a, owner.id).await;
        let b = twin(a);
        let [boss, helper] = copied(&panel, a).await;
        let people = BTreeMap::from([(owner.id, boss), (manager.id, helper), (viewer.id, helper)]);
        Twins { panel, owner, manager, viewer, a, b, people, key }
    }

    /// Ids in a path or an address, exchanged for their twins: `venue` alone, or the others.
    pub fn exchanged(&self, path: &str, venue: bool, others: bool) -> String {
        let swap = |part: &str| match part.parse::<Uuid>() {
            Ok(id) if id == self.a => if venue { self.b } else { self.a }.to_string(),
            Ok(id) if others => self.people.get(&id).copied().unwrap_or_else(|| twin(id)).to_string(),
            _ => part.to_owned(),
        };
        let mut out = String::new();
        let mut word = String::new();
        for one in path.chars().chain(['/']) {
            if one.is_ascii_alphanumeric() || one == '-' {
                word.push(one);
            } else {
                out += &swap(&word);
                word.clear();
                out.push(one);
            }
        }
        out.pop();
        out
    }
}

/// A venue in which everything has happened; its key of the API.
async fn lived_in(panel: &Panel, anna: &Person) -> String {
    let venue = anna.venue.unwrap();
    anna.opens("/users").await.answers(200);
    let invited = [("email", "oleg@example.com"), ("role", "manager")];
    anna.sends("/users/invitations", invited).await.answers(200);
    anna.sends("/menu/sections", [("name", "Супы")]).await;
    synced(panel, anna).await;
    let product = first(&panel.db, "products", venue).await;
    let pictures = [photo(16, image::ImageFormat::Png)];
    anna.uploads(&format!("/menu/products/{product}/photos"), &pictures).await.answers(200);
    staffed(anna).await;
    told(&panel.db, anna, venue).await;
    anna.sends("/readiness", []).await;
    let (table, waiter) =
        (first(&panel.db, "tables", venue).await, first(&panel.db, "employees", venue).await);
    let waiter = waiter.to_string();
    let given = [("waiter", waiter.as_str()), ("was", "")];
    anna.sends(&format!("/seating/tables/{table}/waiter"), given).await.answers(200);
    past::orders(&panel.db, venue, 60, clock::now()).await.unwrap();
    let scopes = SCOPES.iter().map(|scope| ("scope", *scope)).chain([("name", "Приложение")]);
    let page = anna.posts("/api-keys", scopes).await;
    page.every("code#key")[0].clone()
}

async fn first(db: &Db, table: &str, venue: Uuid) -> Uuid {
    let sql = format!("SELECT id FROM {table} WHERE venue_id = $1 ORDER BY id LIMIT 1");
    one!(&mut db.read().await.unwrap(), (Uuid,), AssertSqlSafe(sql.as_str()), venue).unwrap().0
}

/// What only a till in trouble would bring: table, columns, values out of `v`enue, `n`ew id, `o`rder, `t`ime, `p`erson,
/// `c`ontract and `d`ish.
const LOOSE_ENDS: [(&str, &str, &str); 17] = [
    (
        "payment_intents",
        "venue_id, id, order_id, psp_payment_id, amount, state, next_at, trouble, puzzled, refused, voided, closing, created_at, version",
        "v, n, o, 'psp-1', 100, 'person', t, 'silent', 0, 0, 0, 'none', t, 1",
    ),
    (
        "posting_attempts",
        "venue_id, intent_id, no, order_id, method, state, baseline, sent_at, polls, said",
        "v, n, 1, o, 'add_payments', 'abandoned', 0, t, 0, 'timeout'",
    ),
    ("posting_events", "venue_id, id, intent_id, at, what, said", "v, o, n, t, 'refused', 'no'"),
    ("payment_shares", "venue_id, intent_id, position, entity, amount", "v, n, 0, 'ООО', 100"),
    (
        "bill_differences",
        "venue_id, id, order_id, amount, on_bill, in_books, found_at, seen_at",
        "v, n, o, 100, 0, 1, t, t",
    ),
    (
        "order_events",
        "venue_id, id, order_id, at, source, what, was, became",
        "v, n, o, t, 'sweep', 'status', 'new', 'done'",
    ),
    ("order_notices", "venue_id, id, order_id, about, audience, made_at", "v, n, o, 'new', 'staff', t"),
    (
        "placements",
        "venue_id, id, iiko_id, external_number, digest, body, state, sent, code, made_at, next_at",
        "v, o, n, 'app-1', 'x', '{}', 'taken', 1, '', t, t",
    ),
    ("stopped_products", "venue_id, product_id, size_id, by_size, left_over, since", "v, n, o, FALSE, 0, t"),
    (
        "order_acts",
        "venue_id, id, order_id, what, said, comment, asked_by, asked_at, state, code, message, next_at, ended_at",
        "v, n, o, 'cancel', 'Передумал', 'просил перезвонить', p, t, 'refused', 'X', 'нельзя', t, t",
    ),
    ("order_boards", "venue_id, seen_at, seen_by", "v, t, p"),
    ("contract_files", "venue_id, contract_id, kind, bytes, given_by, given_at", "v, c, 'pdf', 'x', p, t"),
    ("contract_products", "venue_id, product_id, contract_id", "v, d, c"),
    (
        "visits",
        "venue_id, id, session_id, supporter, on_behalf_of, topic, reason, started_at, seen_at, ends_at, ended_at",
        "v, n, o, p, p, 'other', 'просили посмотреть', t, t, t, t",
    ),
    ("webhook_letters", "venue_id, id, received_at, body", "v, n, t, 'x'"),
    ("posted_types", "venue_id, payment_type, since", "v, n, t"),
    ("reconciliations", "venue_id, orders, unread, fault_said", "v, 1, 0, 'said'"),
];

/// Written as the rooms write it.
async fn loose_ends(db: &Db, venue: Uuid, by: Uuid) {
    let [order, contract, dish] = [
        first(db, "orders", venue).await,
        first(db, "contracts", venue).await,
        first(db, "products", venue).await,
    ];
    let (id, now, mut tx) = (Uuid::now_v7(), clock::now(), db.begin().await.unwrap());
    for (table, columns, values) in LOOSE_ENDS {
        let sql = format!(
            "INSERT INTO {table} ({columns}) SELECT {values}
             FROM (SELECT $1 AS v, $2 AS n, $3 AS o, $4 AS t, $5 AS p, $6 AS c, $7 AS d) x WHERE TRUE
             ON CONFLICT DO NOTHING"
        );
        let text = AssertSqlSafe(sql.as_str()).into_sql_str();
        exec!(&mut tx, text.clone(), venue, id, order, now, by, contract, dish)
            .unwrap_or_else(|cause| panic!("{cause}: {sql}"));
    }
    stop_list::mark(&mut tx, venue, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Copies the first venue, table by table; one whose rows another's refer to comes before it. Its owner and its manager.
async fn copied(panel: &Panel, a: Uuid) -> [Uuid; 2] {
    let (db, b) = (&panel.db, twin(a));
    let mut tx = db.begin().await.unwrap();
    exec!(
        &mut tx,
        "INSERT INTO venues (id, name, address, time_zone, pos_link, menu_generation, created_at)
         VALUES ($1, 'zq7b-venues-name', 'zq7b-venues-address', 'Europe/Moscow', 'none', 0, $2)",
        b,
        clock::now()
    )
    .unwrap();
    tx.commit().await.unwrap();
    let people = [panel.owner_of(b).await, panel.manager_of(b).await];
    let mut tx = db.begin().await.unwrap();
    for (nth, one) in people.iter().enumerate() {
        let sql = "UPDATE users SET name = 'zq7b-users-name', email = $2 WHERE id = $1";
        exec!(&mut tx, sql, one.id, format!("zq7b-users-email-{nth}@example.com")).unwrap();
    }
    exec!(
        &mut tx,
        "UPDATE venues SET pos_link = f.pos_link, menu_synced_at = f.menu_synced_at,
           menu_generation = f.menu_generation
         FROM (SELECT pos_link, menu_synced_at, menu_generation FROM venues WHERE id = $2) f WHERE id = $1",
        b,
        a
    )
    .unwrap();
    tx.commit().await.unwrap();
    let is_sqlite = !db.is_postgres();
    let to_people = people_columns(db).await;
    let columns = columns(db).await;
    let mut open: Vec<&str> = Vec::new();
    for column in columns.iter().filter(|one| one.name == "venue_id" && one.table != "members") {
        open.push(&column.table);
    }
    for _ in 0..10 {
        let mut waits = Vec::new();
        for table in open {
            let of = columns.iter().filter(|one| one.table == table).collect::<Vec<_>>();
            let sql = copy(&of, &to_people, (a, people[0].id), is_sqlite);
            let mut tx = db.begin().await.unwrap();
            match exec!(&mut tx, AssertSqlSafe(sql.as_str()).into_sql_str()) {
                Ok(_) => tx.commit().await.unwrap(),
                Err(cause) if cause.to_string().to_lowercase().contains("foreign key") => waits.push(table),
                Err(cause) => panic!("{cause}: {sql}"),
            }
        }
        open = waits;
    }
    assert_eq!(open, Vec::<&str>::new(), "every table is copied");
    // the head of the twin's chain, which no column ties to a venue
    let mut tx = db.begin().await.unwrap();
    let sql =
        "INSERT INTO audit_heads (chain, seq, hash) SELECT $2, seq, hash FROM audit_heads WHERE chain = $1";
    exec!(&mut tx, sql, a, twin(a)).unwrap();
    tx.commit().await.unwrap();
    people.map(|one| one.id)
}

/// `table.column` of what names a person.
async fn people_columns(db: &Db) -> BTreeSet<String> {
    let all = references(db).await.into_iter().filter(|one| one.to == "users");
    all.map(|one| format!("{}.{}", one.table, one.columns[0])).chain(["audit.actor_id".to_owned()]).collect()
}

fn copy(columns: &[&Column], people: &BTreeSet<String>, (a, owner): (Uuid, Uuid), is_sqlite: bool) -> String {
    let id = |id: Uuid| match is_sqlite {
        true => format!("x'{}'", id.simple()),
        false => format!("'{id}'::uuid"),
    };
    let value = |column: &&Column| {
        let name = format!("\"{}\"", column.name);
        let full = format!("{}.{}", column.table, column.name);
        match column.kind.as_str() {
            _ if column.name == "venue_id" => id(twin(a)),
            "UUID" if people.contains(&full) => {
                format!("CASE WHEN {name} IS NULL THEN NULL ELSE {} END", id(owner))
            }
            // hex of nothing is an empty text
            "UUID" if is_sqlite => {
                format!("CASE WHEN {name} IS NOT NULL THEN unhex(substr(hex({name}), 1, 28) || 'BBBB') END")
            }
            "UUID" => format!("overlay({name}::text placing 'bbbb' from 33)::uuid"),
            "BYTEA" if column.name == "token_hash" && is_sqlite => "randomblob(32)".to_owned(),
            "BYTEA" if column.name == "token_hash" => "decode(md5(random()::text), 'hex')".to_owned(),
            "TEXT" if column.name == "phone" => {
                format!("CASE WHEN {name} = '' THEN '' ELSE '+7999' || substr({name}, 6) END")
            }
            "TEXT" if column.name == "guest_url" => "'https://zq7b-guest-url.example.com'".to_owned(),
            "TEXT" if is_free(column) => format!("'{MARK}-{}-{} ' || {name}", column.table, column.name),
            "JSONB" if is_sqlite => format!("replace({name}, '\"name\":\"', '\"name\":\"{MARK}-{full} ')"),
            "JSONB" => {
                format!("replace({name}::text, '\"name\": \"', '\"name\": \"{MARK}-{full} ')::jsonb")
            }
            _ => name,
        }
    };
    let table = &columns[0].table;
    let names: Vec<String> = columns.iter().map(|one| format!("\"{}\"", one.name)).collect();
    let values: Vec<String> = columns.iter().map(value).collect();
    let (names, values) = (names.join(", "), values.join(", "));
    format!("INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE venue_id = {}", id(a))
}

/// Whether people or iiko write what they like there.
fn is_free(column: &Column) -> bool {
    !WORDS.contains(&column.name.as_str()) && !checked().contains(&column.name)
}

/// Columns that the migrations allow a few words.
fn checked() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in std::fs::read_dir("migrations").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for (at, _) in text.match_indices("CHECK (") {
            let rest = text[at + 7..].split(" IN").next().unwrap();
            if rest.chars().all(|one| one.is_ascii_alphanumeric() || one == '_') {
                all.insert(rest.trim_start_matches("wide_").to_owned());
            }
        }
    }
    all
}

/// Every row of a venue, as one number: whoever changes one changes it.
pub async fn digest(db: &Db, venue: Uuid) -> Vec<(String, i64, String)> {
    let mut all = Vec::new();
    for table in crate::isolation::tenant_tables(db).await {
        let mut c = db.read().await.unwrap();
        let columns: Vec<String> = columns_of(&mut c, &table).await;
        let text: Vec<String> = match c {
            Conn::Sqlite(_) => columns.iter().map(|one| format!("quote(\"{one}\")")).collect(),
            Conn::Postgres(_) => {
                columns.iter().map(|one| format!("quote_nullable(\"{one}\"::text)")).collect()
            }
        };
        let row = text.join(" || '|' || ");
        let sum = match c {
            Conn::Sqlite(_) => "coalesce(group_concat(r, char(10)), '')".to_owned(),
            Conn::Postgres(_) => "coalesce(string_agg(r, chr(10)), '')".to_owned(),
        };
        let sql = format!(
            "SELECT CAST(count(*) AS BIGINT), {sum} FROM (SELECT {row} AS r FROM {table} WHERE venue_id = $1 ORDER BY 1) x"
        );
        let (rows, text) =
            one!(&mut c, (i64, String), AssertSqlSafe(sql.as_str()).into_sql_str(), venue).unwrap();
        all.push((table, rows, text));
    }
    all
}

async fn columns_of(c: &mut Conn, table: &str) -> Vec<String> {
    let sql = c.sql(
        "SELECT name FROM pragma_table_info($1) ORDER BY cid",
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public'
         ORDER BY ordinal_position",
    );
    all!(c, (String,), sql, table).unwrap().into_iter().map(|(name,)| name).collect()
}
