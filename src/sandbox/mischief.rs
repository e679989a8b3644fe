//! Trouble to order: what goes wrong with the next calls, how often, and on which path.
use std::time::Duration;

use super::cloud;
use super::garble::Garble;

/// What happens to a call instead of, or besides, a good answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// the answer waits; everything else may happen to it too
    Slow(Duration),
    /// 401 as for a token that ran out, however fresh it is
    Unauthorized,
    /// 429; `Retry-After` as given: seconds, a date, nonsense, or none
    TooManyRequests(Option<String>),
    /// 500 with iiko's envelope
    ServerError,
    /// 502 with a proxy's page instead of JSON
    BadGateway,
    /// 503 with nothing in it
    Unavailable,
    /// 403 with iiko's envelope
    Forbidden,
    /// 400 with iiko's envelope and this code
    Refused(&'static str),
    /// 200, JSON cut in the middle, `Content-Length` agreeing with what is left
    Truncated,
    /// the connection breaks in the middle of the body
    CutOff,
    /// 200 with a page of HTML
    Html,
    /// 200 with nothing in it
    Empty,
    /// the true answer and nine times as much of a field nobody knows: valid JSON
    TenFold,
    /// a body that never ends
    Endless,
    /// valid JSON, ten thousand lists deep
    Deep,
    /// as much as no reader takes, and packed to next to nothing
    Bomb,
    /// the connection closes without an answer
    Offline,
    /// the call is taken, and no byte of an answer comes
    Silent,
    /// the head and the first half come, and then nothing
    Stalled,
    /// one byte a second
    Drip,
    /// whole, and wrong
    Garbled(Garble),
    /// a command is accepted and something is wrong with it; it lands by so much later than usual
    Command(Trouble, Duration),
    /// orders are read as they were one copy ago
    Stale,
    /// orders that are there are not among those read
    Missing,
}

/// What may be wrong with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 408 with the correlation id of a command that is accepted
    TimedOut,
    /// accepted; the connection closes without an answer
    Lost,
    /// done, and «InProgress» for ever
    Hangs,
    /// not done, and «InProgress» for ever
    HangsIdle,
    /// done, and 410 when asked for
    Gone,
    /// not done, and 410 when asked for
    GoneIdle,
    /// done, and «Error»
    FalseError,
    /// not done, and «Success»
    FalseSuccess,
    /// done, only late
    Late,
    /// «EntityAlreadyInUse», truly not done
    InUse,
}

impl Trouble {
    const ALL: [Trouble; 10] = [
        Trouble::TimedOut,
        Trouble::Lost,
        Trouble::Hangs,
        Trouble::HangsIdle,
        Trouble::Gone,
        Trouble::GoneIdle,
        Trouble::FalseError,
        Trouble::FalseSuccess,
        Trouble::Late,
        Trouble::InUse,
    ];

    /// The lever's name.
    pub fn name(self) -> &'static str {
        match self {
            Trouble::TimedOut => "408",
            Trouble::Lost => "lost",
            Trouble::Hangs => "hangs",
            Trouble::HangsIdle => "hangs-idle",
            Trouble::Gone => "410",
            Trouble::GoneIdle => "410-idle",
            Trouble::FalseError => "false-error",
            Trouble::FalseSuccess => "false-success",
            Trouble::Late => "late",
            Trouble::InUse => "in-use",
        }
    }
}

/// A fault that is ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct Prank {
    pub fault: Fault,
    /// calls still to be spoiled; none: until taken back
    pub left: Option<u32>,
    /// only calls of this path; none: any
    pub path: Option<String>,
    /// only calls of this key; none: anybody's
    pub key: Option<String>,
}

/// All that is ordered, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Mischief {
    pub pranks: Vec<Prank>,
}

impl Mischief {
    /// The next call.
    pub fn next(&mut self, fault: Fault) {
        self.next_times(1, fault);
    }

    pub fn next_times(&mut self, times: u32, fault: Fault) {
        self.order(Prank { fault, left: Some(times), path: None, key: None });
    }

    /// Every call until `calm`.
    pub fn always(&mut self, fault: Fault) {
        self.order(Prank { fault, left: None, path: None, key: None });
    }

    /// The next `times` calls of one path; none: all of them until `calm`.
    pub fn on(&mut self, path: &str, times: Option<u32>, fault: Fault) {
        self.order(Prank { fault, left: times, path: Some(path.to_owned()), key: None });
    }

    /// Every call of one key until `calm`.
    pub fn of_key(&mut self, key: &str, fault: Fault) {
        self.order(Prank { fault, left: None, path: None, key: Some(key.to_owned()) });
    }

    pub fn order(&mut self, prank: Prank) {
        if prank.left != Some(0) {
            self.pranks.push(prank);
        }
    }

    /// Everything is taken back.
    pub fn calm(&mut self) {
        self.pranks.clear();
    }

    /// What is due for a call of `path` by `key`; counts it. A wait comes together with the first other fault.
    pub fn due(&mut self, path: &str, key: Option<&str>) -> (Option<Duration>, Option<Fault>) {
        let (mut wait, mut fault) = (None, None);
        for prank in &mut self.pranks {
            if prank.path.as_deref().is_some_and(|only| only.trim_matches('/') != path.trim_matches('/')) {
                continue;
            }
            if prank.key.is_some() && prank.key.as_deref() != key {
                continue;
            }
            if !prank.fault.fits(path) {
                continue;
            }
            match &prank.fault {
                Fault::Slow(time) if wait.is_none() => wait = Some(*time),
                Fault::Slow(_) => continue,
                other if fault.is_none() => fault = Some(other.clone()),
                _ => continue,
            }
            prank.left = prank.left.map(|left| left.saturating_sub(1));
        }
        self.pranks.retain(|prank| prank.left != Some(0));
        (wait, fault)
    }
}

impl Fault {
    /// The lever's name.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::Slow(_) => "slow",
            Fault::Unauthorized => "401",
            Fault::TooManyRequests(_) => "429",
            Fault::ServerError => "500",
            Fault::BadGateway => "502",
            Fault::Unavailable => "503",
            Fault::Forbidden => "403",
            Fault::Refused(_) => "400",
            Fault::Truncated => "truncated",
            Fault::CutOff => "cut-off",
            Fault::Html => "html",
            Fault::Empty => "empty-body",
            Fault::TenFold => "ten-fold",
            Fault::Endless => "endless",
            Fault::Deep => "deep",
            Fault::Bomb => "bomb",
            Fault::Offline => "offline",
            Fault::Silent => "silent",
            Fault::Stalled => "stalled",
            Fault::Drip => "drip",
            Fault::Garbled(garble) => garble.name(),
            Fault::Command(trouble, _) => trouble.name(),
            Fault::Stale => "stale",
            Fault::Missing => "missing",
        }
    }

    /// Trouble of commands meets commands only, that of reads reads of orders.
    fn fits(&self, path: &str) -> bool {
        match self {
            Fault::Command(..) => cloud::is_command(path),
            Fault::Stale | Fault::Missing => cloud::reads_orders(path),
            Fault::Garbled(_) => !path.ends_with("/access_token"),
            _ => true,
        }
    }

    /// The fault of a lever. `ms` counts for «slow» and for trouble of commands, `after` for «429».
    pub fn named(name: &str, ms: u64, after: Option<String>) -> Option<Fault> {
        Some(match name {
            "slow" => Fault::Slow(Duration::from_millis(ms)),
            "401" => Fault::Unauthorized,
            "429" => Fault::TooManyRequests(after),
            "500" => Fault::ServerError,
            "502" => Fault::BadGateway,
            "503" => Fault::Unavailable,
            "403" => Fault::Forbidden,
            "400" => Fault::Refused("INVALID_BODY_JSON_FORMAT"),
            "truncated" => Fault::Truncated,
            "cut-off" => Fault::CutOff,
            "html" => Fault::Html,
            "empty-body" => Fault::Empty,
            "ten-fold" => Fault::TenFold,
            "endless" => Fault::Endless,
            "deep" => Fault::Deep,
            "bomb" => Fault::Bomb,
            "offline" => Fault::Offline,
            "silent" => Fault::Silent,
            "stalled" => Fault::Stalled,
            "drip" => Fault::Drip,
            "stale" => Fault::Stale,
            "missing" => Fault::Missing,
            other => match Garble::ALL.into_iter().find(|garble| garble.name() == other) {
                Some(garble) => Fault::Garbled(garble),
                None => {
                    let trouble = Trouble::ALL.into_iter().find(|trouble| trouble.name() == other)?;
                    Fault::Command(trouble, Duration::from_millis(ms))
                }
            },
        })
    }
}
