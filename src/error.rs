//! The one error of the house. It knows nobody above it and says what to do next.
use std::fmt;

/// What can go wrong between a request and its answer.
#[derive(Debug)]
pub enum Error {
    /// No such thing, or not yours: the answer is the same. Names the noun, e.g. `"product"`.
    NotFound(&'static str),
    /// Yours to see, not yours to do.
    Forbidden,
    /// Closed to support's visit, or to one that may only look; a key of the locale says which.
    NotInVisit(&'static str),
    /// Nobody is signed in.
    SignInFirst,
    /// A session that has to show once more whose it is, by a password or (`by_code`) by the second factor, and then goes on
    /// to `path`. `kept` is the refused form, sealed; none: it cannot be kept (files), and `path` is its page.
    ProveFirst {
        kept: Option<String>,
        path: String,
        by_code: bool,
    },
    /// A person who has to have a second factor and has none sets it up first.
    SecondFactorFirst,
    /// The form does not come from our own page (CSRF).
    NotOurForm,
    /// The body cannot be read as the form it should be; the reason is for the log.
    Unreadable(&'static str),
    /// The body is larger than this page takes.
    TooLarge,
    /// Someone was faster, or the thing is in another state by now; a key of the locale says what.
    Conflict(&'static str),
    /// Too many tries; seconds until the next one.
    TooMany {
        wait: u64,
    },
    /// The database cannot write now (disk full, connection lost): try again soon.
    Busy(Box<dyn std::error::Error + Send + Sync>),
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An internal fault told in words; they reach the log, never the page.
    pub fn internal(said: impl Into<String>) -> Error {
        Error::Internal(said.into().into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound(noun) => write!(f, "no such {noun}"),
            Error::Forbidden => f.write_str("not allowed"),
            Error::NotInVisit(key) => write!(f, "not in a visit: {key}"),
            Error::SignInFirst => f.write_str("nobody is signed in"),
            Error::ProveFirst { .. } => f.write_str("a fresh proof is needed"),
            Error::SecondFactorFirst => f.write_str("a second factor is needed"),
            Error::NotOurForm => f.write_str("the form is not ours"),
            Error::Unreadable(why) => write!(f, "the body cannot be read: {why}"),
            Error::TooLarge => f.write_str("the body is too large"),
            Error::Conflict(key) => write!(f, "conflict: {key}"),
            Error::TooMany { wait } => write!(f, "too many tries, wait {wait} s"),
            Error::Busy(cause) => write!(f, "busy: {cause}"),
            Error::Internal(cause) => write!(f, "internal: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Error {
        match &cause {
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed => {
                Error::Busy(Box::new(cause))
            }
            sqlx::Error::Database(said) if is_passing(said.code().as_deref()) => Error::Busy(Box::new(cause)),
            _ => Error::Internal(Box::new(cause)),
        }
    }
}

impl From<crate::secret::WontOpen> for Error {
    fn from(cause: crate::secret::WontOpen) -> Error {
        Error::Internal(Box::new(cause))
    }
}

/// SQLite: busy (5), locked (6), I/O (10), full (13). Postgres: out of disk, memory or connections, shutting down,
/// lock or statement timeout, serialisation and deadlock.
fn is_passing(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    match code.parse::<i64>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13),
        _ => {
            code.starts_with("53")
                || matches!(code, "57P01" | "57P02" | "57P03" | "57014" | "55P03" | "40001" | "40P01")
        }
    }
}
