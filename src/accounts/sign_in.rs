//! An address and a password become a person, with limits on guessing: by address of origin and by account, counted in the
//! database over all instances. What was typed is counted by its digest: it is anybody's text, of any length.
use chrono::TimeDelta;

use crate::accounts::password;
use crate::accounts::user::{self, User};
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::secret::{digest, hex};
use crate::{exec, one};

/// Failures an origin may make in a quarter of an hour, and an account in an hour.
const PER_IP: i64 = 20;
const PER_ACCOUNT: i64 = 100;

/// What somebody typed, and from where.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub password: &'a str,
    pub ip: &'a str,
}

/// The person, or none: an unknown address, a wrong password and a suspended person are one answer and take one time.
/// Over the limit: [`Error::TooMany`] with the seconds to wait.
///
/// A try is counted before the password is looked at, and given back when it was right: a hundred tries sent at once
/// cannot all pass the limit while none has failed yet.
pub async fn check(db: &Db, attempt: Attempt<'_>, now: Timestamp) -> Result<Option<User>> {
    let (by_ip, by_email) =
        (format!("ip {}", attempt.ip), format!("email {}", hex(&digest(&user::fold(attempt.email)))));
    let mut tx = db.begin().await?;
    count(&mut tx, &by_ip, (PER_IP, TimeDelta::minutes(15)), now).await?;
    count(&mut tx, &by_email, (PER_ACCOUNT, TimeDelta::hours(1)), now).await?;
    tx.commit().await?;

    let found = user::by_email(&mut db.read().await?, attempt.email).await?;
    let (person, hash) = found.map_or((None, None), |(person, hash)| (Some(person), Some(hash)));
    if !password::matches(attempt.password.to_owned(), hash).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    // the account's count is cleared; the origin gets back this one try only, or one account would wash others' guesses
    exec!(
        &mut tx,
        "UPDATE sign_in_guards SET failures = failures - 1 WHERE subject = $1 AND failures > 0",
        by_ip
    )?;
    exec!(&mut tx, "DELETE FROM sign_in_guards WHERE subject = $1", by_email)?;
    tx.commit().await?;
    Ok(person.filter(|person| person.suspended_at.is_none()))
}

/// Counts a try; a window that passed starts anew. Over the limit nothing is written.
async fn count(c: &mut Conn, subject: &str, (most, span): (i64, TimeDelta), now: Timestamp) -> Result<()> {
    let (tries, since) = one!(
        c,
        (i64, Timestamp),
        "INSERT INTO sign_in_guards (subject, failures, since) VALUES ($1, 1, $2)
         ON CONFLICT (subject) DO UPDATE SET
           failures = CASE WHEN sign_in_guards.since < $3 THEN 1 ELSE sign_in_guards.failures + 1 END,
           since = CASE WHEN sign_in_guards.since < $3 THEN $2 ELSE sign_in_guards.since END
         RETURNING failures, since",
        subject,
        now,
        now - span,
    )?;
    if tries <= most {
        return Ok(());
    }
    Err(Error::TooMany { wait: (since + span - now).num_seconds().max(1).unsigned_abs() })
}
