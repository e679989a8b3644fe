//! A person who signs in: venue people, support, platform staff.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::Result;
use crate::lang::Lang;
use crate::{exec, opt};

#[derive(Clone, Debug, FromRow)]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    /// `support`, `platform`; none for people of venues.
    pub staff: Option<String>,
    /// `ru`, `en`.
    pub lang: String,
    /// `auto`, `light`, `dark`.
    pub theme: String,
    pub suspended_at: Option<Timestamp>,
}

/// What a new person starts with; `password_hash` is argon2id's PHC text.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub password_hash: &'a str,
    pub staff: Option<&'a str>,
    pub lang: Lang,
}

impl User {
    pub fn lang(&self) -> Lang {
        Lang::of_code(&self.lang).unwrap_or(Lang::Ru)
    }
}

/// «Anna@Example.com » and «anna@example.com» are one address.
pub fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Shape only: something, an @, a dotted something; at most 254 characters.
pub fn looks_like_email(email: &str) -> bool {
    let email = email.trim();
    email.len() <= 254
        && !email.contains(char::is_whitespace)
        && email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
        })
}

/// A name as people write one: something in it, at most 80 characters.
pub fn looks_like_name(name: &str) -> bool {
    (1..=80).contains(&name.trim().chars().count())
}

/// Makes a person; the address must be free (checked by the caller; the database refuses a twin).
pub async fn create(c: &mut Conn, new: &NewUser<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO users (id, email, email_fold, name, password_hash, staff, lang, theme, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'auto', $8)",
        id,
        new.email.trim(),
        fold(new.email),
        new.name,
        new.password_hash,
        new.staff,
        new.lang.code(),
        clock::now(),
    )?;
    Ok(id)
}

/// The person and their password's hash, by address.
pub async fn by_email(c: &mut Conn, email: &str) -> Result<Option<(User, String)>> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        user: User,
        password_hash: String,
    }
    let row = opt!(
        c,
        Row,
        "SELECT id, email, name, staff, lang, theme, suspended_at, password_hash FROM users WHERE email_fold = $1",
        fold(email)
    )?;
    Ok(row.map(|row| (row.user, row.password_hash)))
}

pub async fn set_password(c: &mut Conn, id: Uuid, hash: &str) -> Result<()> {
    exec!(c, "UPDATE users SET password_hash = $2 WHERE id = $1", id, hash)?;
    Ok(())
}

pub async fn set_name(c: &mut Conn, id: Uuid, name: &str) -> Result<()> {
    exec!(c, "UPDATE users SET name = $2 WHERE id = $1", id, name)?;
    Ok(())
}

/// Shuts a person out from a moment on, or lets them in again.
pub async fn set_suspended(c: &mut Conn, id: Uuid, at: Option<Timestamp>) -> Result<()> {
    exec!(c, "UPDATE users SET suspended_at = $2 WHERE id = $1", id, at)?;
    Ok(())
}

/// How the panel speaks and looks to this person.
pub async fn set_look(c: &mut Conn, id: Uuid, lang: Lang, theme: &str) -> Result<()> {
    exec!(c, "UPDATE users SET lang = $2, theme = $3 WHERE id = $1", id, lang.code(), theme)?;
    Ok(())
}
