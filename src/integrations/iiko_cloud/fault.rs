//! What can go wrong with iiko, typed by what to do about it.
use std::fmt;
use std::time::Duration;

/// A failed call. Holds no secret: `said` is masked before it gets here.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: FaultKind,
    /// iiko's method.
    pub path: &'static str,
    pub status: Option<u16>,
    /// iiko's `correlationId`: its support asks for it.
    pub correlation_id: Option<Box<str>>,
    /// iiko's own words or the network's, at most 300 characters.
    pub said: String,
    /// How long iiko asks to wait.
    pub after: Option<Duration>,
    /// iiko's `error`, where it names one: one of its 78 codes, or a word of its own.
    pub code: Option<Box<str>>,
    /// No connection was ever made: nothing of the request has left.
    pub unsent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// No connection: name, network, refused, broken off before an answer.
    Unreachable,
    TimedOut,
    /// The sign-in was refused, or a fresh token was.
    BadKey,
    /// The key we keep does not open: the installation's master key is another one, or the row was changed.
    SealedKey,
    /// The key works but lacks the right to this method.
    MissingRight {
        method: String,
    },
    RateLimited,
    /// 400, 404, 422 …: iiko understood and said no.
    Refused,
    /// 5xx.
    Down,
    /// HTML or anything that is not JSON.
    NotJson,
    Truncated,
    TooBig,
    TooDeep,
    /// JSON, but not of the shape it should be.
    Garbage,
}

/// Who mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    You,
    Integrator,
    Support,
    /// It passes: wait and ask again.
    Time,
}

impl FaultKind {
    /// One of each; `MissingRight` with no method.
    pub fn every() -> Vec<FaultKind> {
        use FaultKind::*;
        let right = MissingRight { method: String::new() };
        vec![
            Unreachable,
            TimedOut,
            BadKey,
            SealedKey,
            right,
            RateLimited,
            Refused,
            Down,
            NotJson,
            Truncated,
            TooBig,
            TooDeep,
            Garbage,
        ]
    }

    /// Stable: kept in the database and in the locale's keys.
    pub fn code(&self) -> &'static str {
        match self {
            FaultKind::Unreachable => "unreachable",
            FaultKind::TimedOut => "timed_out",
            FaultKind::BadKey => "bad_key",
            FaultKind::SealedKey => "sealed_key",
            FaultKind::MissingRight { .. } => "missing_right",
            FaultKind::RateLimited => "rate_limited",
            FaultKind::Refused => "refused",
            FaultKind::Down => "down",
            FaultKind::NotJson => "not_json",
            FaultKind::Truncated => "truncated",
            FaultKind::TooBig => "too_big",
            FaultKind::TooDeep => "too_deep",
            FaultKind::Garbage => "garbage",
        }
    }

    /// Reads a kept code; `missing_right:api/1/nomenclature` brings its method.
    pub fn of_code(code: &str) -> Option<FaultKind> {
        let (code, method) = code.split_once(':').unwrap_or((code, ""));
        let kind = FaultKind::every().into_iter().find(|kind| kind.code() == code)?;
        Some(match kind {
            FaultKind::MissingRight { .. } => FaultKind::MissingRight { method: method.to_owned() },
            kind => kind,
        })
    }

    pub fn owner(&self) -> Owner {
        match self {
            FaultKind::BadKey | FaultKind::SealedKey => Owner::You,
            FaultKind::MissingRight { .. } => Owner::Integrator,
            FaultKind::Unreachable | FaultKind::TimedOut | FaultKind::RateLimited | FaultKind::Down => {
                Owner::Time
            }
            _ => Owner::Support,
        }
    }

    /// Worth asking again by ourselves: reads only, a few times.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            FaultKind::Unreachable
                | FaultKind::TimedOut
                | FaultKind::RateLimited
                | FaultKind::Down
                | FaultKind::NotJson
                | FaultKind::Truncated
        )
    }
}

impl Fault {
    /// A command to `path` surely had no effect and may be sent again: nothing of it has left, or iiko had no time for it.
    pub fn never_left(&self, path: &str) -> bool {
        // the sign-in before it failed
        self.unsent || self.path != path || self.kind == FaultKind::RateLimited
    }

    /// Nobody has answered at all: whoever asks for something else would wait as long.
    pub fn is_silence(&self) -> bool {
        self.status.is_none() && matches!(self.kind, FaultKind::Unreachable | FaultKind::TimedOut)
    }

    /// iiko has surely said no, and would again.
    pub fn is_no(&self) -> bool {
        use FaultKind::{BadKey, MissingRight, Refused, SealedKey};
        matches!(self.kind, Refused | BadKey | SealedKey | MissingRight { .. })
    }

    pub fn new(kind: FaultKind, path: &'static str, said: impl Into<String>) -> Fault {
        let said: String = said.into();
        Fault {
            kind,
            path,
            status: None,
            correlation_id: None,
            said: first_words(&said),
            after: None,
            code: None,
            unsent: false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.kind.code(), self.path, self.said)
    }
}

impl std::error::Error for Fault {}

/// One readable line, at most 300 characters: iiko's messages may hold stack traces of several KB.
pub(super) fn first_words(said: &str) -> String {
    let line = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}
