//! The driver: asks the till, lets the machine decide, writes before it acts, until there is something to wait for.
use std::future::Future;
use std::time::Duration;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::posting::attempt::{Method, Phase};
use crate::posting::case::{Case, Save};
use crate::posting::ledger::{Ledger, MOVED};
use crate::posting::machine::{Seen, Step, Terms, decide};
use crate::posting::record::record;
use crate::posting::till::{Alive, Answer, Blind, Charge, Command, Till};

/// Our own patience with one request; the till is asked to give up before.
const DEADLINE: Duration = Duration::from_secs(20);

/// How long after it was written down an attempt may still leave: well within the lease.
const AT_ONCE: TimeDelta = TimeDelta::seconds(5);

/// When to come back to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    Until(Timestamp),
    /// It is done, or a person's turn.
    Over,
}

/// One till, the ledger, and the time.
pub struct Desk<'a, T, L, C> {
    pub till: &'a T,
    pub ledger: &'a L,
    pub terms: &'a Terms,
    pub clock: C,
}

impl<T: Till, L: Ledger, C: Fn() -> Timestamp> Desk<'_, T, L, C> {
    /// Takes a payment as far as it goes now. May be dropped at any `await` and begun anew: nothing is sent twice by it.
    pub async fn perform(&self, intent: Uuid) -> Result<Rest> {
        let mut case = self.ledger.read(intent).await?;
        let mut seen = Seen::Nothing;
        loop {
            let now = (self.clock)();
            let step = decide(&case, &seen, now, self.terms);
            seen = match &step {
                Step::Rest(until) => return Ok(Rest::Until(*until)),
                Step::Done => return Ok(Rest::Over),
                Step::Feel | Step::Look | Step::Poll | Step::Close => self.ask(&mut case, &step).await,
                _ => {
                    let written = |save: &Save| save.attempt.as_ref().map(|attempt| attempt.no);
                    let Some(save) = record(&case, &step, now, self.terms) else { return Ok(Rest::Over) };
                    let no = written(&save);
                    match self.ledger.save(&case, save, now).await {
                        Err(Error::Conflict(MOVED)) => return Ok(Rest::Until(now + TimeDelta::seconds(1))),
                        saved => saved?,
                    }
                    case = self.ledger.read(intent).await?;
                    match step {
                        // whoever slept between writing and sending may find that others have gone on meanwhile
                        Step::Send(_) if !self.may_send(&case, no) => {
                            return Ok(Rest::Until(now + TimeDelta::seconds(1)));
                        }
                        Step::Send(method) => Seen::Answer(self.send(&case, method).await),
                        _ => Seen::Nothing,
                    }
                }
            }
        }
    }

    async fn ask(&self, case: &mut Case, step: &Step) -> Seen {
        match step {
            Step::Feel => {
                let alive = within(self.till.alive(), Alive::Unknown).await;
                if let Some(attempt) = case.attempt.as_mut().filter(|attempt| attempt.phase.is_open()) {
                    attempt.felt(alive, (self.clock)());
                }
                Seen::Alive(alive)
            }
            Step::Poll => {
                let closing = case.intent.close_correlation.as_deref();
                let sent = case.open().and_then(|attempt| attempt.correlation_id.as_deref());
                match sent.or(closing) {
                    Some(id) => Seen::Command(within(self.till.command(id), Command::Silent).await),
                    None => Seen::Command(Command::Gone),
                }
            }
            Step::Close => {
                let unclear = Answer::Unclear { correlation: None, said: "no answer in time".to_owned() };
                Seen::Answer(within(self.till.close(&case.order), unclear).await)
            }
            _ => match within(self.till.look(&case.order), Err(Blind::Passing(None))).await {
                Ok(bill) => Seen::Bill(bill),
                Err(blind) => Seen::Blind(blind),
            },
        }
    }

    /// Whether the attempt just written is still the open one, and was written just now.
    fn may_send(&self, case: &Case, no: Option<i64>) -> bool {
        let fresh = |sent_at: Timestamp| (self.clock)() - sent_at <= AT_ONCE;
        case.open()
            .is_some_and(|open| open.phase == Phase::Sending && Some(open.no) == no && fresh(open.sent_at))
    }

    /// The attempt stands in the ledger; now it may leave.
    async fn send(&self, case: &Case, method: Method) -> Answer {
        let unclear = Answer::Unclear { correlation: None, said: "no answer in time".to_owned() };
        let intent = &case.intent;
        let charge = Charge { order: case.order, method, sum: intent.amount, intent: intent.id };
        within(self.till.post(&charge), unclear).await
    }
}

async fn within<F: Future>(asked: F, late: F::Output) -> F::Output {
    tokio::time::timeout(DEADLINE, asked).await.unwrap_or(late)
}
