//! Closing an order that is wholly paid. Closing twice does no harm, so nothing is written before the request; closed is
//! said only of what is read so. Money is never given back by itself: «paid, not closed» goes to a person and is tried again.
use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::posting::case::Case;
use crate::posting::codes::of_close;
use crate::posting::intent::Closing;
use crate::posting::machine::{Seen, Step};
use crate::posting::reason::Reason;
use crate::posting::till::{Answer, Bill, Command, Stage};

/// What is written of the closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Not wholly paid: it stays as it is.
    Left,
    Closed,
    /// Look again then.
    Again(Timestamp),
    /// The till has been asked; the command's id, if it gave one.
    Asked(Option<String>, Timestamp),
    /// Tried again then.
    Stuck(Reason, Timestamp),
}

/// Looks in vain after a request that went well.
const LOOKS: i64 = 12;

pub fn decide(case: &Case, seen: &Seen, now: Timestamp) -> Step {
    let intent = &case.intent;
    match intent.closing {
        Closing::None | Closing::Closed => return Step::Done,
        Closing::Due | Closing::Asked | Closing::Stuck => {}
    }
    match seen {
        Seen::Nothing if now < intent.next_at => Step::Rest(intent.next_at),
        Seen::Nothing if intent.close_correlation.is_some() => Step::Poll,
        Seen::Bill(bill) => looked(case, bill, now),
        Seen::Answer(answer) => answered(case, answer, now),
        Seen::Command(command) => polled(case, command, now),
        Seen::Blind(_) => Step::Closing(Turn::Again(now + TimeDelta::seconds(15))),
        Seen::Nothing | Seen::Alive(_) => Step::Look,
    }
}

fn looked(case: &Case, bill: &Bill, now: Timestamp) -> Step {
    let waits = case.intent.closing == Closing::Asked && case.intent.puzzled < LOOKS;
    match bill.stage {
        _ if !bill.present => Step::Closing(Turn::Again(now + TimeDelta::seconds(15))),
        Stage::Closed => Step::Closing(Turn::Closed),
        Stage::Deleted => Step::Closing(Turn::Left),
        // a read of before our own payment cannot say that it is not paid
        Stage::Open if bill.ours(case.intent.amount) < case.known() => {
            Step::Closing(Turn::Again(now + TimeDelta::seconds(15)))
        }
        Stage::Open if bill.rest().0 > 0 => Step::Closing(Turn::Left),
        Stage::Open if waits => Step::Closing(Turn::Again(now + TimeDelta::seconds(5))),
        Stage::Open if case.intent.closing == Closing::Asked => stuck(case, Reason::CloseRefused, now),
        Stage::Open => Step::Close,
    }
}

fn answered(case: &Case, answer: &Answer, now: Timestamp) -> Step {
    let soon = now + TimeDelta::seconds(2);
    match answer {
        Answer::Accepted { correlation } => Step::Closing(Turn::Asked(Some(correlation.clone()), soon)),
        Answer::Unclear { correlation, .. } => Step::Closing(Turn::Asked(correlation.clone(), soon)),
        Answer::Refused { code, .. } => stuck(case, of_close(code), now),
        Answer::Denied(_) => stuck(case, Reason::NoRight, now),
        Answer::NotSent | Answer::RateLimited(_) => Step::Closing(Turn::Again(now + TimeDelta::seconds(30))),
    }
}

fn polled(case: &Case, command: &Command, now: Timestamp) -> Step {
    let soon = now + TimeDelta::seconds(3);
    let correlation = case.intent.close_correlation.clone();
    match command {
        Command::Error { code, .. } => stuck(case, of_close(code), now),
        // what became of it, the bill tells
        Command::Success | Command::Gone => Step::Closing(Turn::Asked(None, now)),
        _ if case.intent.puzzled >= LOOKS => Step::Closing(Turn::Asked(None, now)),
        Command::InProgress | Command::Silent => Step::Closing(Turn::Asked(correlation, soon)),
    }
}

/// Tried again in five minutes, after an hour of that hourly: a person is told as long as it lasts.
fn stuck(case: &Case, reason: Reason, now: Timestamp) -> Step {
    let long = case.intent.confirmed_at.is_none_or(|at| now >= at + TimeDelta::hours(1));
    let pause = if long { TimeDelta::hours(1) } else { TimeDelta::minutes(5) };
    Step::Closing(Turn::Stuck(reason, now + pause))
}
