//! What was done: one row per change, written in the change's own transaction. No row, no change.
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit_chain::{self, Row};
use crate::accounts::audit_mask::masked;
use crate::clock;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, one};

/// One deed. `deed` is «noun.verb», e.g. `product.moved`; what must not be read in a journal is masked as it is written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub venue: Option<Uuid>,
    /// None: it happened by itself (a job).
    pub actor: Option<Actor>,
    pub deed: &'static str,
    pub object: Option<Uuid>,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// Where the request came from; none: no request was behind it.
    pub ip: Option<String>,
    /// How it went: [`DONE`] or [`REFUSED`].
    pub result: &'static str,
}

/// A request of a support visit, whatever it asked for.
pub const VISIT_REQUEST: &str = "visit.request";

pub const DONE: &str = "done";
pub const REFUSED: &str = "refused";

impl Entry {
    /// A deed of a person in a venue.
    pub fn of(actor: Actor, venue: Uuid, deed: &'static str) -> Entry {
        Entry { actor: Some(actor), ..Entry::by_itself(Some(venue), deed) }
    }

    /// What a person does to their own account.
    pub fn own(actor: Actor, deed: &'static str) -> Entry {
        Entry { actor: Some(actor), ..Entry::by_itself(None, deed) }
    }

    /// What nobody did: a job, a command of whoever runs the panel.
    pub fn by_itself(venue: Option<Uuid>, deed: &'static str) -> Entry {
        Entry { venue, actor: None, deed, object: None, before: None, after: None, ip: None, result: DONE }
    }

    pub fn object(mut self, id: Uuid) -> Entry {
        self.object = Some(id);
        self
    }

    /// What it was and what it became; JSON objects.
    pub fn change(mut self, before: Value, after: Value) -> Entry {
        (self.before, self.after) = (Some(before), Some(after));
        self
    }

    pub fn after(mut self, after: Value) -> Entry {
        self.after = Some(after);
        self
    }

    pub fn ip(mut self, ip: &str) -> Entry {
        self.ip = (!ip.is_empty()).then(|| ip.to_owned());
        self
    }

    /// It was asked for and not done.
    pub fn refused(mut self) -> Entry {
        self.result = REFUSED;
        self
    }
}

/// Writes the deed at the end of its venue's chain. On Postgres the chain is held from here to the end of the transaction:
/// note last, after everything that waits for somebody else's row.
pub async fn note(c: &mut Conn, entry: Entry) -> Result<()> {
    let chain = audit_chain::of(entry.venue);
    let (seq, before) = audit_chain::next(c, chain).await?;
    let actor = entry.actor;
    let mut row = Row {
        id: Uuid::now_v7(),
        at: clock::now(),
        venue_id: entry.venue,
        actor_id: actor.map(|actor| actor.by),
        on_behalf_of: actor.and_then(|actor| actor.on_behalf_of),
        visit_id: actor.and_then(|actor| actor.visit),
        ip: entry.ip,
        deed: entry.deed.to_owned(),
        object_id: entry.object,
        result: entry.result.to_owned(),
        before: entry.before.map(masked).map(Json),
        after: entry.after.map(masked).map(Json),
        chain: Some(chain),
        seq: Some(seq),
        hash: None,
    };
    row.hash = Some(row.sealed(&before).to_vec());
    write(c, &row).await?;
    exec!(c, "UPDATE audit_heads SET hash = $2 WHERE chain = $1", chain, &row.hash)?;
    Ok(())
}

async fn write(c: &mut Conn, row: &Row) -> Result<()> {
    exec!(
        c,
        "INSERT INTO audit (id, at, venue_id, actor_id, deed, object_id, before, after, on_behalf_of, visit_id, ip, result,
                            chain, seq, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        row.id,
        row.at,
        row.venue_id,
        row.actor_id,
        &row.deed,
        row.object_id,
        &row.before,
        &row.after,
        row.on_behalf_of,
        row.visit_id,
        &row.ip,
        &row.result,
        row.chain,
        row.seq,
        &row.hash
    )?;
    Ok(())
}

/// A deed as a history shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Done {
    pub at: clock::Timestamp,
    pub deed: String,
    /// The person's name; none for what happened by itself.
    pub by: Option<String>,
}

/// What a support visit asked for or changed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Seen {
    pub seq: i64,
    pub at: clock::Timestamp,
    pub deed: String,
    pub result: String,
    pub after: Option<Json<Value>>,
}

/// A support visit: its first requests and its first deeds in the order they came in, and how many there are of both.
#[derive(Clone, Debug)]
pub struct Visited {
    pub seen: Vec<Seen>,
    pub requests: i64,
    /// What was done besides coming in, getting the right to change, leaving.
    pub changes: i64,
}

/// Deeds of a visit's own, at most: it begins, may change, ends.
const OWN: i64 = 3;

/// A page that refreshes itself asks every second: apart from the deeds, its requests crowd none of them out. `most` of each.
pub async fn of_visit(c: &mut Conn, venue: Uuid, visit: Uuid, most: i64) -> Result<Visited> {
    let chain = audit_chain::of(Some(venue));
    let (requests, changes) = one!(
        c,
        (i64, i64),
        "SELECT count(CASE WHEN deed = $3 THEN 1 END), count(CASE WHEN substr(deed, 1, 6) <> 'visit.' THEN 1 END)
         FROM audit WHERE chain = $1 AND visit_id = $2",
        chain,
        visit,
        VISIT_REQUEST
    )?;
    let mut seen = all!(
        c,
        Seen,
        "SELECT seq, at, deed, result, after FROM audit WHERE chain = $1 AND visit_id = $2 AND deed = $3 ORDER BY seq LIMIT $4",
        chain,
        visit,
        VISIT_REQUEST,
        most
    )?;
    seen.extend(all!(
        c,
        Seen,
        "SELECT seq, at, deed, result, after FROM audit WHERE chain = $1 AND visit_id = $2 AND deed <> $3 ORDER BY seq LIMIT $4",
        chain,
        visit,
        VISIT_REQUEST,
        most + OWN
    )?);
    seen.sort_unstable_by_key(|one| one.seq);
    Ok(Visited { seen, requests, changes })
}

/// What was done to one thing of a venue, the newest first, 50 at most.
pub async fn of_object(c: &mut Conn, venue: Uuid, object: Uuid) -> Result<Vec<Done>> {
    Ok(all!(
        c,
        Done,
        "SELECT a.at, a.deed, u.name AS by FROM audit a LEFT JOIN users u ON u.id = a.actor_id
         WHERE a.venue_id = $1 AND a.object_id = $2 ORDER BY a.at DESC, a.id DESC LIMIT 50",
        venue,
        object
    )?)
}
