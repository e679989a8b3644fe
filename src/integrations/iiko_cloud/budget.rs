//! How often one key asks: a limiter per kind of call; waiting for a turn is bounded.
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::settings::{Pace, Rate};

/// Longest wait of a command for its turn: well within the patience of whoever sends it.
const COMMANDS_WAIT: Duration = Duration::from_secs(4);

pub struct Budget {
    token: DefaultDirectRateLimiter,
    reads: DefaultDirectRateLimiter,
    menu: DefaultDirectRateLimiter,
    commands: DefaultDirectRateLimiter,
    patience: Duration,
}

/// What a call counts as.
#[derive(Clone, Copy, Debug)]
pub enum Spends {
    Token,
    Read,
    Menu,
    /// Asks the till to do something.
    Command,
}

impl Budget {
    pub fn new(pace: &Pace) -> Budget {
        Budget {
            token: limiter(pace.token),
            reads: limiter(pace.reads),
            menu: limiter(pace.menu),
            commands: limiter(pace.commands),
            patience: pace.patience,
        }
    }

    /// Waits for a turn, at most as long as the patience lasts.
    pub async fn turn(&self, spends: Spends, path: &'static str) -> Result<(), Fault> {
        let limiter = match spends {
            Spends::Token => &self.token,
            Spends::Read => &self.reads,
            Spends::Menu => &self.menu,
            Spends::Command => &self.commands,
        };
        // a command that has not left soon must not be taken for one that was lost on its way
        let patience = match spends {
            Spends::Command => self.patience.min(COMMANDS_WAIT),
            _ => self.patience,
        };
        let turn = tokio::time::timeout(patience, limiter.until_ready()).await;
        turn.map_err(|_| Fault {
            after: Some(patience),
            unsent: true,
            ..Fault::new(FaultKind::RateLimited, path, "our own budget for this key is spent")
        })
    }
}

fn limiter(rate: Rate) -> DefaultDirectRateLimiter {
    RateLimiter::direct(quota(rate))
}

pub(super) fn quota(rate: Rate) -> Quota {
    let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(rate.period).unwrap_or(Quota::per_second(NonZeroU32::MIN));
    quota.allow_burst(burst)
}
