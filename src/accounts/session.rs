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
    /// When it last showed, by a password or a code, whose it is.
    pub proved_at: Option<Timestamp>,
}

impl Session {
    /// Whether the last proof is recent enough for what decides much.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.proved_at.is_some_and(|at| now - at < TimeDelta::minutes(FRESH))
    }
}

/// Minutes a proof is fresh, and a session waits for the second factor's code.
const FRESH: i64 = 10;

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
    let (_, most) = life(user.staff.is_some());
    insert(c, user, (device, ip), (now, now + most), false).await
}

/// Opens half a session: the password was right, the second factor's code has ten minutes to come. [`find`] does not
/// see it.
pub async fn open_half(c: &mut Conn, user: &User, device: &str, ip: &str, now: Timestamp) -> Result<String> {
    insert(c, user, (device, ip), (now, now + TimeDelta::minutes(FRESH)), true).await
}

async fn insert(
    c: &mut Conn,
    user: &User,
    (device, ip): (&str, &str),
    (now, until): (Timestamp, Timestamp),
    half: bool,
) -> Result<String> {
    let token = random_token();
    exec!(
        c,
        "INSERT INTO sessions (id, token_hash, user_id, device, ip, created_at, seen_at, ends_at, proved_at, waits_for_code)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
        Uuid::now_v7(),
        digest(&token),
        user.id,
        device,
        ip,
        now,
        until,
        (!half).then_some(now),
        half,
    )?;
    Ok(token)
}

/// What is behind a cookie.
#[derive(Clone, Debug)]
pub struct Behind {
    pub session: Session,
    pub person: User,
    pub has_second_factor: bool,
}

/// The session behind a cookie and its person, unless it ended, waits for a code or the person is suspended.
pub async fn find(c: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Behind>> {
    behind(c, token, false, now).await
}

/// Half a session: one that waits for its person's code.
pub async fn half(c: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Behind>> {
    behind(c, token, true, now).await
}

/// A session with its person and whether they have a second factor, as [`session_columns`] and [`session_from`] read them.
#[derive(FromRow)]
pub struct Row {
    session_id: Uuid,
    device: String,
    ip: String,
    opened_at: Timestamp,
    seen_at: Timestamp,
    ends_at: Timestamp,
    proved_at: Option<Timestamp>,
    second_factor_at: Option<Timestamp>,
    user_id: Uuid,
    email: String,
    user_name: String,
    staff: Option<String>,
    lang: String,
    theme: String,
    suspended_at: Option<Timestamp>,
}

macro_rules! session_columns {
    () => {
        "s.id AS session_id, s.device, s.ip, s.created_at AS opened_at, s.seen_at, s.ends_at, s.proved_at,
         f.created_at AS second_factor_at, u.id AS user_id, u.email, u.name AS user_name, u.staff, u.lang, u.theme, u.suspended_at"
    };
}

/// `$1` is the SHA-256 of the cookie, `$2` whether it waits for a code.
macro_rules! session_from {
    ($more:literal) => {
        concat!(
            "FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN second_factors f ON f.user_id = u.id ",
            $more,
            " WHERE s.token_hash = $1 AND s.waits_for_code = $2"
        )
    };
}

pub(crate) use {session_columns, session_from};

impl Row {
    /// None: it ended, or the person is suspended.
    pub fn alive(self, now: Timestamp) -> Option<Behind> {
        let (idle, _) = life(self.staff.is_some());
        let alive = now < self.ends_at && now < self.seen_at + idle && self.suspended_at.is_none();
        let session = Session {
            id: self.session_id,
            device: self.device,
            ip: self.ip,
            created_at: self.opened_at,
            seen_at: self.seen_at,
            ends_at: self.ends_at,
            proved_at: self.proved_at,
        };
        let person = User {
            id: self.user_id,
            email: self.email,
            name: self.user_name,
            staff: self.staff,
            lang: self.lang,
            theme: self.theme,
            suspended_at: self.suspended_at,
        };
        alive.then_some(Behind { session, person, has_second_factor: self.second_factor_at.is_some() })
    }
}

async fn behind(c: &mut Conn, token: &str, half: bool, now: Timestamp) -> Result<Option<Behind>> {
    let sql = concat!("SELECT ", session_columns!(), " ", session_from!(""));
    Ok(opt!(c, Row, sql, digest(token), half)?.and_then(|row| row.alive(now)))
}

/// The same session under a new token; answers the cookie's value. What somebody has seen of the old one is worth nothing.
pub async fn renew(c: &mut Conn, id: Uuid) -> Result<String> {
    let token = random_token();
    exec!(c, "UPDATE sessions SET token_hash = $2 WHERE id = $1", id, digest(&token))?;
    Ok(token)
}

/// Remembers that it was used, and from where.
pub async fn touch(c: &mut Conn, id: Uuid, ip: &str, now: Timestamp) -> Result<()> {
    exec!(c, "UPDATE sessions SET seen_at = $2, ip = $3 WHERE id = $1", id, now, ip)?;
    Ok(())
}

/// Remembers that it has just shown whose it is.
pub async fn prove(c: &mut Conn, id: Uuid, now: Timestamp) -> Result<()> {
    exec!(c, "UPDATE sessions SET proved_at = $2 WHERE id = $1", id, now)?;
    Ok(())
}

/// A person's open sessions, the last used first.
pub async fn of_user(c: &mut Conn, user: &User, now: Timestamp) -> Result<Vec<Session>> {
    let (idle, _) = life(user.staff.is_some());
    Ok(all!(
        c,
        Session,
        "SELECT id, device, ip, created_at, seen_at, ends_at, proved_at FROM sessions
         WHERE user_id = $1 AND ends_at > $2 AND seen_at > $3 AND waits_for_code = FALSE ORDER BY seen_at DESC",
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

/// Ends every session of a person but one; says how many.
pub async fn close_others(c: &mut Conn, user: Uuid, kept: Uuid) -> Result<u64> {
    Ok(exec!(c, "DELETE FROM sessions WHERE user_id = $1 AND id <> $2", user, kept)?)
}

/// Throws away what ended long ago; called when a new one is opened.
pub async fn sweep(c: &mut Conn, now: Timestamp) -> Result<()> {
    exec!(c, "DELETE FROM sessions WHERE ends_at < $1", now)?;
    Ok(())
}
