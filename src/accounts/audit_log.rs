//! Reading the journal: a page of a venue's deeds by keyset, narrowed; and that reading it is itself a deed.
use chrono::TimeDelta;
use serde_json::Value;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::accounts::audit::{self, Entry, VISIT_REQUEST};
use crate::accounts::audit_chain;
use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::{all, on, one};

/// Things deeds are done to, as a person looks for them: a word, and the nouns of deeds it stands for.
pub const KINDS: [(&str, &[&str]); 11] = [
    ("menu", &["product", "section", "category"]),
    ("orders", &["order"]),
    ("money", &["payment", "payment_code", "difference", "reconciliation"]),
    ("contracts", &["contract"]),
    ("seating", &["hall", "table", "table_codes", "guest_url"]),
    ("staff", &["employee"]),
    ("sync", &["sync", "readiness"]),
    ("ties", &["connection", "webhooks", "api_key"]),
    (
        "access",
        &[
            "member",
            "invitation",
            "person",
            "password",
            "session",
            "sessions",
            "profile",
            "second_factor",
            "recovery_code",
            "recovery_codes",
            "support_access",
            "visit",
        ],
    ),
    ("venue", &["venue"]),
    ("audit", &["audit"]),
];

/// Reading the journal; not shown unless asked for.
pub const READ: &str = "audit.read";
pub const EXPORTED: &str = "audit.exported";

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Person(Uuid),
    /// Nobody: it happened by itself.
    Itself,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub who: Option<Who>,
    /// One of [`KINDS`]; none: all but the reading of the journal and, unless `support`, the pages a visit asked for.
    pub kind: Option<&'static str>,
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    /// Only what support did.
    pub support: bool,
}

/// A deed as the journal shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    pub seq: i64,
    pub at: Timestamp,
    pub deed: String,
    pub object_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    /// The names of who did it and for whom.
    pub by: Option<String>,
    pub for_whom: Option<String>,
    pub visit_id: Option<Uuid>,
    pub ip: Option<String>,
    pub result: String,
    pub before: Option<Json<Value>>,
    pub after: Option<Json<Value>>,
}

/// A venue's deeds, the newest first, those before the place `before`.
pub async fn page(
    c: &mut Conn,
    venue: Uuid,
    filter: &Filter,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<Line>> {
    let nouns =
        filter.kind.and_then(|kind| KINDS.iter().find(|(word, _)| *word == kind)).map(|(_, nouns)| *nouns);
    Ok(on!(c, c => {
        let mut q = sqlx::QueryBuilder::new(
            "SELECT a.seq, a.at, a.deed, a.object_id, a.actor_id, u.name AS by, f.name AS for_whom, a.visit_id, a.ip, a.result,
                    a.before, a.after
             FROM audit a LEFT JOIN users u ON u.id = a.actor_id LEFT JOIN users f ON f.id = a.on_behalf_of
             WHERE a.chain = ",
        );
        q.push_bind(audit_chain::of(Some(venue)));
        q.push(" AND a.seq < ").push_bind(before.unwrap_or(i64::MAX));
        match filter.who {
            Some(Who::Person(id)) => { q.push(" AND a.actor_id = ").push_bind(id); }
            Some(Who::Itself) => { q.push(" AND a.actor_id IS NULL"); }
            None => {}
        }
        if let Some(from) = filter.from { q.push(" AND a.at >= ").push_bind(from); }
        if let Some(to) = filter.to { q.push(" AND a.at < ").push_bind(to); }
        if filter.support { q.push(" AND a.visit_id IS NOT NULL"); }
        match nouns {
            Some(nouns) => {
                q.push(" AND (1 = 0");
                for noun in nouns {
                    let start = format!("{noun}.");
                    let long = i32::try_from(start.len()).unwrap_or_default();
                    q.push(" OR substr(a.deed, 1, ").push_bind(long).push(") = ").push_bind(start);
                }
                q.push(")");
            }
            None => {
                q.push(" AND a.deed NOT IN (").push_bind(READ).push(", ").push_bind(EXPORTED).push(")");
                if !filter.support { q.push(" AND a.deed <> ").push_bind(VISIT_REQUEST); }
            }
        }
        q.push(" ORDER BY a.seq DESC LIMIT ").push_bind(limit);
        q.build_query_as::<Line>().fetch_all(c).await
    })?)
}

/// Who has ever done something here, by name. Steps from person to person through the index instead of reading every row.
pub async fn people(c: &mut Conn, venue: Uuid) -> Result<Vec<(Uuid, String)>> {
    Ok(all!(
        c,
        (Uuid, String),
        "WITH RECURSIVE who (id) AS (
           SELECT * FROM (SELECT actor_id FROM audit WHERE chain = $1 AND actor_id IS NOT NULL ORDER BY actor_id LIMIT 1) first
           UNION ALL
           SELECT (SELECT a.actor_id FROM audit a WHERE a.chain = $1 AND a.actor_id > who.id ORDER BY a.actor_id LIMIT 1)
           FROM who WHERE who.id IS NOT NULL)
         SELECT u.id, u.name FROM who JOIN users u ON u.id = who.id ORDER BY u.name, u.id",
        venue
    )?)
}

/// Notes that somebody looks, once an hour, so that turning pages does not drown the rest.
pub async fn note_read(db: &Db, entry: Entry) -> Result<()> {
    let (Some(venue), Some(actor)) = (entry.venue, entry.actor) else { return Ok(()) };
    let (lately,) = one!(
        &mut db.read().await?,
        (i64,),
        "SELECT count(*) FROM (SELECT deed, at, visit_id FROM audit WHERE chain = $1 AND actor_id = $2 ORDER BY seq DESC LIMIT 200) a
         WHERE deed = $3 AND at > $4 AND (visit_id = $5 OR (visit_id IS NULL AND $5 IS NULL))",
        venue,
        actor.by,
        entry.deed,
        clock::now() - TimeDelta::hours(1),
        actor.visit
    )?;
    if lately > 0 {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    audit::note(&mut tx, entry).await?;
    tx.commit().await
}
