//! Limits on guessing that cannot be used to lock somebody out: by address of origin and by account, counted in the
//! database over all instances.
use chrono::TimeDelta;
use sqlx::FromRow;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{all, exec};

/// Failures an origin may make in a quarter of an hour, and an account in an hour.
const PER_IP: i64 = 20;
const PER_ACCOUNT: i64 = 100;

#[derive(FromRow)]
struct Guard {
    subject: String,
    failures: i64,
    since: Timestamp,
}

fn window(subject: &str) -> (i64, TimeDelta) {
    if subject.starts_with("ip ") {
        (PER_IP, TimeDelta::minutes(15))
    } else {
        (PER_ACCOUNT, TimeDelta::hours(1))
    }
}

fn subjects(ip: &str, email: &str) -> (String, String) {
    (format!("ip {ip}"), format!("email {}", crate::accounts::user::fold(email)))
}

/// Refuses while one of the two is over its limit: [`Error::TooMany`] with the seconds to wait.
pub async fn allow(c: &mut Conn, ip: &str, email: &str, now: Timestamp) -> Result<()> {
    let (by_ip, by_email) = subjects(ip, email);
    let guards = all!(
        c,
        Guard,
        "SELECT subject, failures, since FROM sign_in_guards WHERE subject IN ($1, $2)",
        by_ip,
        by_email
    )?;
    for guard in guards {
        let (most, span) = window(&guard.subject);
        let opens = guard.since + span;
        if guard.failures >= most && now < opens {
            return Err(Error::TooMany { wait: (opens - now).num_seconds().max(1).unsigned_abs() });
        }
    }
    Ok(())
}

/// Counts a failure for both; a window that passed starts anew.
pub async fn failed(c: &mut Conn, ip: &str, email: &str, now: Timestamp) -> Result<()> {
    let (by_ip, by_email) = subjects(ip, email);
    for subject in [by_ip, by_email] {
        let (_, span) = window(&subject);
        exec!(
            c,
            "INSERT INTO sign_in_guards (subject, failures, since) VALUES ($1, 1, $2)
             ON CONFLICT (subject) DO UPDATE SET
               failures = CASE WHEN sign_in_guards.since < $3 THEN 1 ELSE sign_in_guards.failures + 1 END,
               since = CASE WHEN sign_in_guards.since < $3 THEN $2 ELSE sign_in_guards.since END",
            subject.as_str(),
            now,
            now - span,
        )?;
    }
    Ok(())
}

/// The right password clears the account's count; the origin's stays, or one account would wash the others' guesses.
pub async fn succeeded(c: &mut Conn, email: &str) -> Result<()> {
    let (_, by_email) = subjects("", email);
    exec!(c, "DELETE FROM sign_in_guards WHERE subject = $1", by_email)?;
    Ok(())
}
