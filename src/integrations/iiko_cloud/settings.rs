//! How the client behaves: where iiko is, who we are to it, caps and deadlines, how often it may be asked.
use std::time::Duration;

use secrecy::SecretString;

#[derive(Clone)]
pub struct Settings {
    /// `https://api-ru.iiko.services`, no slash at the end.
    pub base: String,
    /// Our application, for the v2 sign-in.
    pub app: Option<App>,
    pub pace: Pace,
    pub limits: Limits,
}

#[derive(Clone)]
pub struct App {
    pub id: String,
    pub secret: SecretString,
}

/// How often one key may ask: a burst, then one per period.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub burst: u32,
    pub period: Duration,
}

/// iiko publishes no table of limits; these keep under what integrators report, with bursts so that a person clicking
/// through the set-up does not wait.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub token: Rate,
    pub reads: Rate,
    pub menu: Rate,
    /// Payments and what is done with deliveries: iiko counts them apart from reads, and no guest's look at a bill may keep a
    /// payment waiting.
    pub commands: Rate,
    /// What a venue's people start by hand: tries of a key, looks at readiness.
    pub by_hand: Rate,
    /// Longest wait for a turn or for a Retry-After, in place.
    pub patience: Duration,
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connect: Duration,
    /// Longest silence inside an answer.
    pub read: Duration,
    pub total: Duration,
    pub menu_total: Duration,
    /// Of a request that asks the till to do something.
    pub command_total: Duration,
    /// Bytes of an answer, decompressed.
    pub body: u64,
    pub menu_body: u64,
    pub depth: usize,
    /// Tries of a read in all.
    pub tries: usize,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            token: Rate { burst: 4, period: Duration::from_secs(5) },
            reads: Rate { burst: 20, period: Duration::from_secs(3) },
            menu: Rate { burst: 4, period: Duration::from_secs(12) },
            commands: Rate { burst: 10, period: Duration::from_secs(2) },
            by_hand: Rate { burst: 5, period: Duration::from_secs(12) },
            patience: Duration::from_secs(20),
        }
    }
}

impl Pace {
    /// No waiting: for tests and the sandbox till.
    pub fn free() -> Pace {
        let free = Rate { burst: 100_000, period: Duration::from_micros(10) };
        Pace {
            token: free,
            reads: free,
            menu: free,
            commands: free,
            by_hand: free,
            patience: Duration::from_secs(20),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(3),
            read: Duration::from_secs(10),
            total: Duration::from_secs(30),
            menu_total: Duration::from_secs(120),
            command_total: Duration::from_secs(20),
            body: 4 << 20,
            menu_body: 32 << 20,
            depth: 64,
            tries: 3,
        }
    }
}

impl Settings {
    pub fn at(base: impl Into<String>) -> Settings {
        Settings { base: base.into(), app: None, pace: Pace::default(), limits: Limits::default() }
    }
}
