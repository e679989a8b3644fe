//! A key: 256 random bits that are shown once; only their digest is kept.
use chrono::TimeDelta;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::secret::{digest, random_token};
use crate::{all, exec, opt};

/// Keys a venue may have at once.
pub const MOST: usize = 20;
/// What every key begins with, so that a leaked one is recognised.
const PREFIX: &str = "maitre_";

/// A key as its page shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Token {
    pub id: Uuid,
    pub name: String,
    /// Its last four characters.
    pub tail: String,
    pub scopes: Json<Vec<String>>,
    pub made_by_name: String,
    pub made_at: Timestamp,
    /// To the minute; none: never.
    pub used_at: Option<Timestamp>,
}

/// Those that work, the newest first.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Token>> {
    Ok(all!(
        c,
        Token,
        "SELECT t.id, t.name, t.tail, t.scopes, u.name AS made_by_name, t.made_at, t.used_at
         FROM api_tokens t JOIN users u ON u.id = t.made_by WHERE t.venue_id = $1 AND t.revoked_at IS NULL
         ORDER BY t.id DESC",
        venue
    )?)
}

/// Makes a key; what comes back is shown once and nowhere kept.
pub async fn issue(
    c: &mut Conn,
    venue: Uuid,
    (name, scopes): (&str, &[String]),
    (by, now): (Uuid, Timestamp),
) -> Result<(Uuid, String)> {
    let (id, token) = (Uuid::now_v7(), format!("{PREFIX}{}", random_token()));
    exec!(
        c,
        "INSERT INTO api_tokens (venue_id, id, name, tail, token_hash, scopes, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        venue,
        id,
        name,
        token.get(token.len() - 4..).unwrap_or_default(),
        digest(&token),
        Json(scopes),
        by,
        now
    )?;
    Ok((id, token))
}

/// Makes a key worthless; says whether it worked until now.
pub async fn revoke(c: &mut Conn, venue: Uuid, id: Uuid, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE api_tokens SET revoked_at = $3 WHERE venue_id = $1 AND id = $2 AND revoked_at IS NULL";
    Ok(exec!(c, sql, venue, id, now)? == 1)
}

/// Whose a key is.
#[derive(Clone, Debug, FromRow)]
pub struct Holder {
    pub venue_id: Uuid,
    pub id: Uuid,
    pub scopes: Json<Vec<String>>,
    pub used_at: Option<Timestamp>,
}

impl Holder {
    /// Whether its use is worth a write: once a minute.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.used_at.is_none_or(|used| now - used > TimeDelta::minutes(1))
    }
}

/// The holder of a key that works, of whatever venue; of a closed one none does.
pub async fn find(db: &Db, token: &str) -> Result<Option<Holder>> {
    let sql =
        "SELECT t.venue_id, t.id, t.scopes, t.used_at FROM api_tokens t JOIN venues v ON v.id = t.venue_id
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND v.closed_at IS NULL";
    Ok(opt!(&mut db.system().read().await?, Holder, sql, digest(token))?)
}

pub async fn used(c: &mut Conn, holder: &Holder, now: Timestamp) -> Result<()> {
    let sql = "UPDATE api_tokens SET used_at = $3 WHERE venue_id = $1 AND id = $2";
    exec!(c, sql, holder.venue_id, holder.id, now)?;
    Ok(())
}
