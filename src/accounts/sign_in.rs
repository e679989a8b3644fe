//! An address and a password become a person, with limits on guessing, counted in the database over all instances. What
//! was typed is counted by its digest: it is anybody's text, of any length.
//!
//! No limit is a weapon: strangers together have ten tries in a row and then wait, and a browser the person has signed in
//! with before has tries of its own, whatever strangers do.
use std::net::IpAddr;

use chrono::TimeDelta;

use crate::accounts::user::{self, User};
use crate::accounts::{device, password};
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::secret::{digest, hex};
use crate::web::visitor::Visitor;
use crate::{exec, one};

/// What somebody typed, and from where; `known_by` is the cookie of a browser that signed in before.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub password: &'a str,
    pub ip: &'a str,
    pub known_by: Option<&'a str>,
}

impl<'a> Attempt<'a> {
    pub fn of(visitor: &'a Visitor, email: &'a str, password: &'a str) -> Attempt<'a> {
        Attempt { email, password, ip: &visitor.ip, known_by: visitor.known_by.as_deref() }
    }
}

/// So many failures in so long.
struct Limit {
    subject: String,
    most: i64,
    span: TimeDelta,
    /// The time runs from the last failure, not from the first.
    in_a_row: bool,
}

/// Failures in an hour on one account, whoever makes them.
const PER_ACCOUNT: i64 = 100;

fn limits(attempt: &Attempt<'_>, is_known: bool) -> Vec<Limit> {
    let account = hex(&digest(&user::fold(attempt.email)));
    let limit = |subject: String, most, minutes, in_a_row| Limit {
        subject,
        most,
        span: TimeDelta::minutes(minutes),
        in_a_row,
    };
    let mut all = match attempt.known_by {
        // 20 of its own: not those of the network it is in, which may be the guests' too
        Some(token) if is_known => {
            vec![limit(format!("device {} {account}", hex(&digest(token))), 20, 60, false)]
        }
        _ => vec![
            limit(format!("ip {}", network(attempt.ip)), 20, 15, false),
            limit(format!("strangers {account}"), 10, 30, true),
        ],
    };
    all.push(limit(format!("email {account}"), PER_ACCOUNT, 60, false));
    all
}

/// One line of a provider: an IPv4 address, or the /64 that a household has of IPv6.
fn network(ip: &str) -> String {
    match ip.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(v4) => v4.to_string(),
        Err(_) => ip.to_owned(),
    }
}

/// Forgets tries older than every span: anybody may type any address.
pub async fn sweep(c: &mut Conn, now: Timestamp) -> Result<()> {
    exec!(c, "DELETE FROM sign_in_guards WHERE since < $1", now - TimeDelta::hours(1))?;
    Ok(())
}

/// A try that is counted; [`Counted::was_right`] gives it back.
pub struct Counted(Vec<Limit>);

/// Counts a try before anything is looked at: a hundred tries sent at once cannot all pass the limit while none has failed
/// yet. Over a limit: [`Error::TooMany`] with the seconds to wait, and nothing is counted.
pub async fn count(db: &Db, attempt: &Attempt<'_>, now: Timestamp) -> Result<Counted> {
    let is_known = match attempt.known_by {
        Some(token) => device::is_known(&mut db.read().await?, token, attempt.email, now).await?,
        None => false,
    };
    let all = limits(attempt, is_known);
    let mut tx = db.begin().await?;
    for limit in &all {
        add(&mut tx, limit, now).await?;
    }
    tx.commit().await?;
    Ok(Counted(all))
}

impl Counted {
    /// Gives back this one try; earlier failures stay, or one account would wash others' guesses.
    pub async fn was_right(&self, c: &mut Conn) -> Result<()> {
        for limit in &self.0 {
            exec!(
                c,
                "UPDATE sign_in_guards SET failures = failures - 1 WHERE subject = $1 AND failures > 0",
                limit.subject.as_str()
            )?;
        }
        Ok(())
    }
}

/// The person is in: their failures in a row are over. Not before the second factor, or who has the password alone would
/// guess at codes for ever.
pub async fn is_in(c: &mut Conn, attempt: &Attempt<'_>) -> Result<()> {
    for limit in limits(attempt, false).iter().filter(|limit| limit.in_a_row) {
        exec!(c, "DELETE FROM sign_in_guards WHERE subject = $1", limit.subject.as_str())?;
    }
    Ok(())
}

/// The person, or none: an unknown address, a wrong password and a suspended person are one answer and take one time.
pub async fn check(db: &Db, attempt: Attempt<'_>, now: Timestamp) -> Result<Option<User>> {
    let counted = count(db, &attempt, now).await?;
    let found = user::by_email(&mut db.read().await?, attempt.email).await?;
    let (person, hash) = found.map_or((None, None), |(person, hash)| (Some(person), Some(hash)));
    if !password::matches(attempt.password.to_owned(), hash).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    counted.was_right(&mut tx).await?;
    tx.commit().await?;
    Ok(person.filter(|person| person.suspended_at.is_none()))
}

/// Counts a failure to be; a span that passed starts anew.
async fn add(c: &mut Conn, limit: &Limit, now: Timestamp) -> Result<()> {
    let (tries, since) = one!(
        c,
        (i64, Timestamp),
        "INSERT INTO sign_in_guards (subject, failures, since) VALUES ($1, 1, $2)
         ON CONFLICT (subject) DO UPDATE SET
           failures = CASE WHEN sign_in_guards.since < $3 THEN 1 ELSE sign_in_guards.failures + 1 END,
           since = CASE WHEN sign_in_guards.since < $3 OR ($4 AND sign_in_guards.failures < $5) THEN $2
                        ELSE sign_in_guards.since END
         RETURNING failures, since",
        limit.subject.as_str(),
        now,
        now - limit.span,
        limit.in_a_row,
        limit.most,
    )?;
    if tries <= limit.most {
        return Ok(());
    }
    Err(Error::TooMany { wait: (since + limit.span - now).num_seconds().max(1).unsigned_abs() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_counts_as_one() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }
}
