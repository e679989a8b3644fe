//! Browsers a person has signed in with before. A known one carries no right: it only goes on having its own tries when
//! strangers have used up theirs, so that nobody can shut an owner out by guessing. 256 random bits, kept as SHA-256.
use chrono::TimeDelta;
use uuid::Uuid;

use crate::accounts::user;
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::secret::{digest, random_token};
use crate::web::way::KNOWN;
use crate::{exec, opt};

/// Whether whoever has this address has signed in with this browser.
pub async fn is_known(c: &mut Conn, token: &str, email: &str, now: Timestamp) -> Result<bool> {
    let row = opt!(
        c,
        (Uuid,),
        "SELECT d.user_id FROM known_devices d JOIN users u ON u.id = d.user_id
         WHERE d.token_hash = $1 AND u.email_fold = $2 AND d.ends_at > $3",
        digest(token),
        user::fold(email),
        now
    )?;
    Ok(row.is_some())
}

/// Knows this browser from now on; answers its cookie's value. A browser of several people has one.
pub async fn remember(c: &mut Conn, user: Uuid, told: Option<&str>, now: Timestamp) -> Result<String> {
    exec!(c, "DELETE FROM known_devices WHERE ends_at <= $1", now)?;
    let token = match told {
        Some(told) if is_somebodys(c, told).await? => told.to_owned(),
        _ => random_token(),
    };
    exec!(
        c,
        "INSERT INTO known_devices (token_hash, user_id, seen_at, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (token_hash, user_id) DO UPDATE SET seen_at = excluded.seen_at, ends_at = excluded.ends_at",
        digest(&token),
        user,
        now,
        now + TimeDelta::days(KNOWN)
    )?;
    Ok(token)
}

/// A value we have made ourselves: what a browser is told by others is not believed.
async fn is_somebodys(c: &mut Conn, token: &str) -> Result<bool> {
    let sql = "SELECT user_id FROM known_devices WHERE token_hash = $1 LIMIT 1";
    Ok(opt!(c, (Uuid,), sql, digest(token))?.is_some())
}

/// Knows none of a person's browsers any more.
pub async fn forget_all(c: &mut Conn, user: Uuid) -> Result<()> {
    exec!(c, "DELETE FROM known_devices WHERE user_id = $1", user)?;
    Ok(())
}
