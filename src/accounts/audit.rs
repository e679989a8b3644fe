//! What was done: one row per change, written in the change's own transaction. No row, no change.
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::clock;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::exec;

/// One deed. `deed` is «noun.verb», e.g. `product.moved`; values never hold a secret.
#[derive(Clone, Debug)]
pub struct Entry {
    pub venue: Option<Uuid>,
    /// None: it happened by itself (a job).
    pub actor: Option<Actor>,
    pub deed: &'static str,
    pub object: Option<Uuid>,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl Entry {
    /// A deed of a person in a venue.
    pub fn of(actor: Actor, venue: Uuid, deed: &'static str) -> Entry {
        Entry { venue: Some(venue), actor: Some(actor), deed, object: None, before: None, after: None }
    }

    /// What a person does to their own account.
    pub fn own(actor: Actor, deed: &'static str) -> Entry {
        Entry { venue: None, actor: Some(actor), deed, object: None, before: None, after: None }
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
}

pub async fn note(c: &mut Conn, entry: Entry) -> Result<()> {
    let (by, on_behalf) = entry.actor.map_or((None, None), |a| (Some(a.by), a.on_behalf_of));
    let after = match on_behalf {
        Some(subject) => Some(serde_json::json!({ "on_behalf_of": subject, "value": entry.after })),
        None => entry.after,
    };
    exec!(
        c,
        "INSERT INTO audit (id, at, venue_id, actor_id, deed, object_id, before, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        clock::now(),
        entry.venue,
        by,
        entry.deed,
        entry.object,
        entry.before.clone().map(Json),
        after.clone().map(Json),
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

/// What was done to one thing of a venue, the newest first, 50 at most.
pub async fn of_object(c: &mut Conn, venue: Uuid, object: Uuid) -> Result<Vec<Done>> {
    Ok(crate::all!(
        c,
        Done,
        "SELECT a.at, a.deed, u.name AS by FROM audit a LEFT JOIN users u ON u.id = a.actor_id
         WHERE a.venue_id = $1 AND a.object_id = $2 ORDER BY a.at DESC, a.id DESC LIMIT 50",
        venue,
        object
    )?)
}
