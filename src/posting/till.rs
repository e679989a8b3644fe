//! What the queue needs of a till. The till owns its protocol: tokens, the wire's words, the payment type of our code.
use std::future::Future;
use std::time::Duration;

use sqlx::FromRow;
use uuid::Uuid;

use crate::integrations::iiko_cloud::version::{SHARES_PAYMENTS, TAKES_PAYMENTS, Version};
use crate::money::Kopecks;
use crate::posting::attempt::Method;

/// An order as the till knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Which {
    /// In iiko's cloud.
    pub iiko_id: Uuid,
    /// iikoFront's own, by which the cloud's copy is refreshed.
    pub pos_id: Option<Uuid>,
}

/// A bill, read afresh: the cloud's copy was refreshed before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The order is among what we may read; a hidden one proves nothing.
    pub present: bool,
    /// `creationStatus` is `Success`.
    pub made: bool,
    pub stage: Stage,
    /// To be paid, with discounts and charges.
    pub sum: Kopecks,
    /// `processedPaymentsSum`.
    pub processed: Kopecks,
    pub payments: Vec<Paid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// New or Bill.
    Open,
    Closed,
    Deleted,
}

/// One payment of a bill. It has neither an id nor anything of ours: it can only be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Of the payment type that is ours alone.
    pub ours: bool,
    pub sum: Kopecks,
    pub preliminary: bool,
}

impl Bill {
    /// Payments of our type and this sum that count.
    pub fn ours(&self, sum: Kopecks) -> i64 {
        let counts = |paid: &&Paid| self.present && paid.ours && !paid.preliminary && paid.sum == sum;
        self.payments.iter().filter(counts).count() as i64
    }

    /// What is paid: iiko's own word, or the payments themselves where it is behind them.
    pub fn paid(&self) -> Kopecks {
        let listed = self.payments.iter().filter(|paid| !paid.preliminary).map(|paid| paid.sum.0).sum();
        self.processed.max(Kopecks(listed))
    }

    pub fn rest(&self) -> Kopecks {
        Kopecks(self.sum.0 - self.paid().0)
    }
}

/// A read that gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blind {
    /// It passes; how long the till asks to wait.
    Passing(Option<Duration>),
    /// The key is not taken, or lacks the right; the till's words.
    Denied(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alive {
    Yes,
    No,
    /// Nobody could say.
    Unknown,
    /// The key is not taken, or may not ask.
    Denied,
}

/// What became of a request that asks the till to do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No connection was ever made.
    NotSent,
    RateLimited(Option<Duration>),
    /// The key is not taken (a fresh token neither), or lacks the right.
    Denied(String),
    /// 400 with iiko's code and words; the code says what it proves.
    Refused {
        code: String,
        said: String,
    },
    /// 200: a command exists, nothing more.
    Accepted {
        correlation: String,
    },
    /// 408, 5xx, reset, timeout, an unreadable body; a correlation id if there was one.
    Unclear {
        correlation: Option<String>,
        said: String,
    },
}

/// `commands/status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    InProgress,
    Success,
    Error {
        code: String,
        said: String,
    },
    /// 410: the till does not tell of it any more.
    Gone,
    /// The question itself got no answer.
    Silent,
}

/// A payment to be put on a bill.
#[derive(Clone, Copy, Debug)]
pub struct Charge {
    pub order: Which,
    pub method: Method,
    pub sum: Kopecks,
    /// Ours; goes into `customData` where the till takes it, and never comes out again.
    pub intent: Uuid,
}

pub trait Till {
    /// Refreshes the cloud's copy of the order, then reads it.
    fn look(&self, order: &Which) -> impl Future<Output = Result<Bill, Blind>> + Send;
    /// Whether the terminal answers now.
    fn alive(&self) -> impl Future<Output = Alive> + Send;
    /// Sends once; never repeats by itself.
    fn post(&self, charge: &Charge) -> impl Future<Output = Answer> + Send;
    fn command(&self, correlation: &str) -> impl Future<Output = Command> + Send;
    /// Closes a paid order, once.
    fn close(&self, order: &Which) -> impl Future<Output = Answer> + Send;
}

/// What a till's version lets us post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Can {
    /// iiko does not say which version it is.
    Unknown,
    Nothing,
    /// 7.7.4 to 8.2.5: a whole bill.
    Whole,
    /// From 8.2.6: shares too.
    Shares,
}

impl Can {
    pub fn of(version: Option<Version>) -> Can {
        match version {
            None => Can::Unknown,
            Some(version) if version < TAKES_PAYMENTS => Can::Nothing,
            Some(version) if version < SHARES_PAYMENTS => Can::Whole,
            Some(_) => Can::Shares,
        }
    }
}
