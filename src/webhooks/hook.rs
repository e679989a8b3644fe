//! A venue's address for events and the secret iiko brings with them. Of the secret only the digest is kept: iiko has it,
//! and tells it to whoever holds the API key.
use std::collections::BTreeSet;

use chrono::TimeDelta;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::secret::digest;
use crate::{exec, opt};

/// How long the secret before is still taken: events that were on their way.
const OLD_LASTS: TimeDelta = TimeDelta::hours(1);

/// What the pages may know.
#[derive(Clone, Debug, FromRow)]
pub struct Hook {
    pub public_id: Uuid,
    pub token_digest: Vec<u8>,
    /// The ticks as we wrote them last.
    pub boxes: Json<BTreeSet<String>>,
    pub set_by_name: String,
    pub set_at: Timestamp,
}

impl Hook {
    /// Whether this is the secret.
    pub fn is_token(&self, token: &str) -> bool {
        digest(token) == self.token_digest
    }
}

/// The path iiko is told to send to.
pub fn path(public_id: Uuid) -> String {
    format!("/webhooks/iiko/{public_id}")
}

pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Option<Hook>> {
    Ok(opt!(
        c,
        Hook,
        "SELECT w.public_id, w.token_digest, w.boxes, u.name AS set_by_name, w.set_at
         FROM webhooks w JOIN users u ON u.id = w.set_by WHERE w.venue_id = $1",
        venue
    )?)
}

/// Where a venue is to be told, with a secret that is not valid yet; [`keep`] makes it so once iiko has taken it.
#[derive(Debug)]
pub struct Offer {
    pub public_id: Uuid,
    pub token: String,
    pub boxes: BTreeSet<String>,
}

/// Keeps what iiko took; another secret than before leaves the old one valid for an hour.
pub async fn keep(c: &mut Conn, venue: Uuid, offer: &Offer, (by, now): (Uuid, Timestamp)) -> Result<()> {
    exec!(
        c,
        "INSERT INTO webhooks (venue_id, public_id, token_digest, boxes, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (venue_id) DO UPDATE SET
           old_token_digest = CASE WHEN webhooks.token_digest <> excluded.token_digest THEN webhooks.token_digest
                                   ELSE webhooks.old_token_digest END,
           old_until = CASE WHEN webhooks.token_digest <> excluded.token_digest THEN $7 ELSE webhooks.old_until END,
           public_id = excluded.public_id, token_digest = excluded.token_digest, boxes = excluded.boxes,
           set_by = excluded.set_by, set_at = excluded.set_at",
        venue,
        offer.public_id,
        digest(&offer.token),
        Json(&offer.boxes),
        by,
        now,
        now + OLD_LASTS
    )?;
    Ok(())
}

/// Makes the secret before the valid one again; the one that was offered stays for an hour, in case iiko took it.
pub async fn restore(c: &mut Conn, venue: Uuid, before: &Hook, now: Timestamp) -> Result<()> {
    exec!(
        c,
        "UPDATE webhooks SET old_token_digest = token_digest, old_until = $4, token_digest = $2, boxes = $3
         WHERE venue_id = $1",
        venue,
        before.token_digest.as_slice(),
        Json(&before.boxes.0),
        now + OLD_LASTS
    )?;
    Ok(())
}

/// What the door checks with.
#[derive(Clone, Debug, FromRow)]
pub struct Lock {
    pub venue_id: Uuid,
    pub token_digest: Vec<u8>,
    pub old_token_digest: Option<Vec<u8>>,
    pub old_until: Option<Timestamp>,
}

/// Of whatever venue's address.
pub async fn lock(db: &Db, public_id: Uuid) -> Result<Option<Lock>> {
    let sql = "SELECT h.venue_id, h.token_digest, h.old_token_digest, h.old_until
               FROM webhooks h JOIN venues v ON v.id = h.venue_id WHERE h.public_id = $1 AND v.closed_at IS NULL";
    Ok(opt!(&mut db.system().read().await?, Lock, sql, public_id)?)
}
