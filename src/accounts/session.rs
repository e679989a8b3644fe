//! A signed-in browser. The cookie holds 256 random bits, the database only their SHA-256; the row is read on every
//! request, so a right taken away bites at once.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::user::User;
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::secret::{digest, random_token};
use crate::{all, exec, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Session {
    pub id: Uuid,
    pub device: String,
    pub ip: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub ends_at: Timestamp,
}

/// How long a session lives without use, and at most.
fn life(staff: bool) -> (TimeDelta, TimeDelta) {
    if staff {
        (TimeDelta::minutes(30), TimeDelta::hours(12))
    } else {
        (TimeDelta::hours(8), TimeDelta::days(7))
    }
}

/// Opens a session; answers the cookie's value, which is kept nowhere else.
pub async fn open(c: &mut Conn, user: &User, device: &str, ip: &str, now: Timestamp) -> Result<String> {
    let token = random_token();
    let (_, most) = life(user.staff.is_some());
    exec!(
        c,
        "INSERT INTO sessions (id, token_hash, user_id, device, ip, created_at, seen_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        Uuid::now_v7(),
        digest(&token),
        user.id,
        device,
        ip,
        now,
        now + most,
    )?;
    Ok(token)
}

/// The session behind a cookie and its person, unless it ended or the person is suspended.
pub async fn find(c: &mut Conn, token: &str, now: Timestamp) -> Result<Option<(Session, User)>> {
    #[derive(FromRow)]
    struct Row {
        session_id: Uuid,
        device: String,
        ip: String,
        opened_at: Timestamp,
        seen_at: Timestamp,
        ends_at: Timestamp,
        #[sqlx(flatten)]
        user: User,
    }
    let row = opt!(
        c,
        Row,
        "SELECT s.id AS session_id, s.device, s.ip, s.created_at AS opened_at, s.seen_at, s.ends_at,
                u.id, u.email, u.name, u.staff, u.lang, u.theme, u.suspended_at
         FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1",
        digest(token)
    )?;
    Ok(row.and_then(|row| {
        let (idle, _) = life(row.user.staff.is_some());
        let alive = now < row.ends_at && now < row.seen_at + idle && row.user.suspended_at.is_none();
        let (id, device, ip) = (row.session_id, row.device, row.ip);
        let session =
            Session { id, device, ip, created_at: row.opened_at, seen_at: row.seen_at, ends_at: row.ends_at };
        alive.then_some((session, row.user))
    }))
}

/// Remembers that it was used.
pub async fn touch(c: &mut Conn, id: Uuid, now: Timestamp) -> Result<()> {
    exec!(c, "UPDATE sessions SET seen_at = $2 WHERE id = $1", id, now)?;
    Ok(())
}

/// A person's open sessions, the last used first.
pub async fn of_user(c: &mut Conn, user: &User, now: Timestamp) -> Result<Vec<Session>> {
    let (idle, _) = life(user.staff.is_some());
    Ok(all!(
        c,
        Session,
        "SELECT id, device, ip, created_at, seen_at, ends_at FROM sessions
         WHERE user_id = $1 AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC",
        user.id,
        now,
        now - idle
    )?)
}

/// Ends one of a person's own sessions; says whether there was one.
pub async fn close(c: &mut Conn, user: Uuid, id: Uuid) -> Result<bool> {
    Ok(exec!(c, "DELETE FROM sessions WHERE user_id = $1 AND id = $2", user, id)? > 0)
}

/// Ends the session behind a cookie, whatever state it is in.
pub async fn close_by_token(c: &mut Conn, token: &str) -> Result<()> {
    exec!(c, "DELETE FROM sessions WHERE token_hash = $1", digest(token))?;
    Ok(())
}

/// Ends every session of a person: all devices sign in anew.
pub async fn close_all(c: &mut Conn, user: Uuid) -> Result<u64> {
    Ok(exec!(c, "DELETE FROM sessions WHERE user_id = $1", user)?)
}

/// Throws away what ended long ago; called when a new one is opened.
pub async fn sweep(c: &mut Conn, now: Timestamp) -> Result<()> {
    exec!(c, "DELETE FROM sessions WHERE ends_at < $1", now)?;
    Ok(())
}
