//! What to do next with a payment. Pure: a case, what was just seen, the time, what the till can do. Nothing here asks or
//! writes.
//!
//! A payment on a bill cannot be recognised, only counted by its sum. So one attempt per order is open at a time; what may
//! have landed is never sent again without proof; «done» is said only of what is counted on the bill.
use std::time::Duration;

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::posting::attempt::{Attempt, Method, Phase};
use crate::posting::case::Case;
use crate::posting::closing;
use crate::posting::codes::{Verdict, judge};
use crate::posting::intent::State;
use crate::posting::reason::{Hitch, Reason};
use crate::posting::till::{Alive, Answer, Bill, Blind, Can, Command, Stage};

/// What the till was seen to be, or what it answered, just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing yet: begun, or come back.
    Nothing,
    Alive(Alive),
    Bill(Bill),
    Blind(Blind),
    Answer(Answer),
    Command(Command),
}

/// What holds for a venue's till.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub can: Can,
    /// The payment type of our code is there, live, a card, taken from outside and at our terminal.
    pub type_fits: bool,
    /// On a till proven to refuse a second `change_payments`, one that did not land is sent again without a person.
    pub proven: bool,
    /// Close the order once it is wholly paid.
    pub close: bool,
}

/// The next step. The first five ask and write nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Whether the terminal is alive.
    Feel,
    Look,
    /// Ask for the command's state.
    Poll,
    /// Nothing until then.
    Rest(Timestamp),
    /// Nothing any more, or a person's turn.
    Done,
    /// Write the attempt, then send it.
    Send(Method),
    Wait(Timestamp, Hitch),
    /// A look that does not add up: look again then.
    Puzzled(Timestamp, Reason),
    /// The till knows of a command: ask for its state then.
    Accepted(String, Timestamp),
    PollAgain(Timestamp),
    /// The command says «Success»: now the bill must.
    Prove,
    Ambiguous(String),
    /// Surely nothing happened: begin anew then.
    Refused(Timestamp, String),
    /// Surely nothing happened, and a person should mend it.
    RefusedFor(Reason, String),
    /// It has not landed, and if it does a second cannot: begin anew.
    Void,
    Confirmed,
    Person(Reason),
    /// Ask the till to close the order.
    Close,
    Closing(closing::Turn),
}

/// Refusals in a row, and attempts given up, before a person is asked.
const REFUSALS: i64 = 6;
const VOIDS: i64 = 3;
/// How long a command is asked after, and how long the bill may lag behind «Success».
const POLLING: TimeDelta = TimeDelta::seconds(120);
const PROVING: TimeDelta = TimeDelta::seconds(60);
/// Between two looks while something is being found out.
const TICK: TimeDelta = TimeDelta::seconds(10);

pub fn decide(case: &Case, seen: &Seen, now: Timestamp, terms: &Terms) -> Step {
    match case.intent.state {
        State::Confirmed => return closing::decide(case, seen, now),
        State::Person | State::ByHand => return Step::Done,
        State::Waiting | State::Posting | State::Unknown => {}
    }
    if *seen == Seen::Nothing && now < case.intent.next_at && !is_cut_short(case) {
        return Step::Rest(case.intent.next_at);
    }
    match case.open() {
        None => gate(case, seen, now, terms),
        Some(attempt) => match attempt.phase {
            Phase::Sending => answered(case, seen, now),
            Phase::Polling => polled(case, attempt, seen, now),
            Phase::Proving => proven(case, attempt, seen, now),
            _ => settled(case, attempt, seen, now, terms),
        },
    }
}

/// The process ended between the writing and the answer.
fn is_cut_short(case: &Case) -> bool {
    case.open().is_some_and(|attempt| attempt.phase == Phase::Sending)
}

/// Steps 0 and 1: may it be sent at all, and how.
fn gate(case: &Case, seen: &Seen, now: Timestamp, terms: &Terms) -> Step {
    match seen {
        Seen::Nothing => match forbidden(case, terms) {
            _ if case.around.busy > 0 => Step::Wait(now + TICK, Hitch::Behind),
            Some(reason) => Step::Person(reason),
            None => Step::Feel,
        },
        Seen::Alive(Alive::Yes) => Step::Look,
        Seen::Alive(Alive::No) => Step::Wait(now + TimeDelta::seconds(15), Hitch::TerminalAway),
        Seen::Alive(Alive::Unknown) => Step::Wait(now + TimeDelta::seconds(15), Hitch::TillSilent),
        // it would be waited for in vain
        Seen::Alive(Alive::Denied) => Step::Person(Reason::NoRight),
        Seen::Blind(blind) => blinded(blind, now),
        Seen::Bill(bill) => opened(case, bill, now, terms),
        Seen::Answer(_) | Seen::Command(_) => Step::Look,
    }
}

fn forbidden(case: &Case, terms: &Terms) -> Option<Reason> {
    match terms.can {
        Can::Unknown => Some(Reason::VersionUnknown),
        Can::Nothing => Some(Reason::PosTooOld),
        _ if !terms.type_fits => Some(Reason::TypeUnfit),
        _ if case.intent.refused >= REFUSALS => Some(Reason::RefusedTooOften),
        _ => None,
    }
}

fn opened(case: &Case, bill: &Bill, now: Timestamp, terms: &Terms) -> Step {
    let (there, known) = (bill.ours(case.intent.amount), case.known());
    if there == known + 1 && case.is_sole_claimant() {
        return Step::Confirmed;
    }
    match unfit(case, bill, there, known) {
        Some(reason) => puzzled(case, reason, now),
        None => match method(case, bill, terms) {
            Ok(method) => Step::Send(method),
            Err(reason) => puzzled(case, reason, now),
        },
    }
}

fn unfit(case: &Case, bill: &Bill, there: i64, known: i64) -> Option<Reason> {
    match bill.stage {
        _ if !bill.present => Some(Reason::OrderMissing),
        _ if !bill.made => Some(Reason::OrderNotMade),
        _ if there < known => Some(Reason::PaymentVanished),
        _ if there > known => Some(Reason::UnknownPayment),
        Stage::Closed => Some(Reason::OrderClosed),
        Stage::Deleted => Some(Reason::OrderDeleted),
        Stage::Open if case.intent.amount > bill.rest() => Some(Reason::NotEnoughLeft),
        Stage::Open => None,
    }
}

/// A whole bill with nothing on it: `change_payments`, of which the till takes one. It would wipe what a waiter has typed,
/// so anything else is added.
fn method(case: &Case, bill: &Bill, terms: &Terms) -> Result<Method, Reason> {
    let whole = bill.payments.is_empty() && bill.paid().0 == 0 && case.intent.amount == bill.sum;
    match (whole, terms.can) {
        (true, _) => Ok(Method::Change),
        // what was given up as not landed is barred only by another `change_payments`
        (false, _) if case.intent.voided > 0 => Err(Reason::BillChanged),
        (false, Can::Shares) => Ok(Method::Add),
        (false, _) => Err(Reason::NeedsAddPayments),
    }
}

/// Step 4: what the till said to the request.
fn answered(case: &Case, seen: &Seen, now: Timestamp) -> Step {
    let later = now + backoff(case.intent.refused);
    let Seen::Answer(answer) = seen else { return Step::Ambiguous("cut short".to_owned()) };
    match answer {
        Answer::NotSent => Step::Refused(later, "no connection".to_owned()),
        Answer::RateLimited(after) => Step::Refused(later.max(now + asked(*after)), "429".to_owned()),
        Answer::Denied(said) => Step::RefusedFor(Reason::NoRight, said.clone()),
        Answer::Refused { code, said } => judged(code, said, later),
        Answer::Accepted { correlation } => Step::Accepted(correlation.clone(), now + TimeDelta::seconds(1)),
        Answer::Unclear { correlation: Some(id), .. } => {
            Step::Accepted(id.clone(), now + TimeDelta::seconds(1))
        }
        Answer::Unclear { correlation: None, said } => Step::Ambiguous(said.clone()),
    }
}

fn judged(code: &str, said: &str, later: Timestamp) -> Step {
    let said = format!("{code} {said}");
    match judge(code) {
        Verdict::Again => Step::Refused(later, said),
        Verdict::Person(reason) => Step::RefusedFor(reason, said),
        Verdict::Ambiguous => Step::Ambiguous(said),
    }
}

/// Step 5: what became of the command.
fn polled(case: &Case, attempt: &Attempt, seen: &Seen, now: Timestamp) -> Step {
    match seen {
        Seen::Command(Command::Success) => Step::Prove,
        Seen::Command(Command::Error { code, said }) => {
            judged(code, said, now + backoff(case.intent.refused))
        }
        Seen::Command(Command::Gone) => Step::Ambiguous("410".to_owned()),
        Seen::Command(Command::InProgress | Command::Silent) if now >= attempt.sent_at + POLLING => {
            Step::Ambiguous("still in progress".to_owned())
        }
        Seen::Command(_) => Step::PollAgain(now + fibonacci(attempt.polls)),
        _ => Step::Poll,
    }
}

/// Step 6: the bill must say what the command said.
fn proven(case: &Case, attempt: &Attempt, seen: &Seen, now: Timestamp) -> Step {
    let again = now + TimeDelta::seconds(5);
    match seen {
        Seen::Bill(bill) if bill.ours(case.intent.amount) > case.known() => Step::Confirmed,
        Seen::Bill(_) if attempt.success_at.is_some_and(|at| now < at + PROVING) => {
            Step::Wait(again, Hitch::Settling)
        }
        Seen::Bill(_) => puzzled(case, Reason::SuccessButAbsent, now),
        Seen::Blind(blind) => Step::Wait(again.max(now + pause(blind)), Hitch::TillSilent),
        _ => Step::Look,
    }
}

/// Step 7: it may have landed, may still land, or not. Seen on the bill it is done; «not there» means something only after
/// the terminal has been alive for long, and lets only a `change_payments` be sent again.
fn settled(case: &Case, attempt: &Attempt, seen: &Seen, now: Timestamp, terms: &Terms) -> Step {
    let bill = match seen {
        Seen::Bill(bill) => bill,
        Seen::Blind(blind) => return Step::Wait(now + TICK.max(pause(blind)), Hitch::Settling),
        Seen::Alive(_) => return Step::Look,
        _ => return Step::Feel,
    };
    let tick = if now < attempt.sent_at + POLLING * 4 { TICK } else { TICK * 3 };
    let new = bill.ours(case.intent.amount) - case.known();
    let again = attempt.method == Method::Change && terms.proven && case.intent.voided + 1 < VOIDS;
    match new {
        1 => Step::Confirmed,
        2.. => puzzled(case, Reason::UnknownPayment, now),
        _ if !bill.present => puzzled(case, Reason::OrderMissing, now),
        _ if new < 0 => puzzled(case, Reason::PaymentVanished, now),
        _ if !attempt.is_settled(now) => Step::Wait(now + tick, Hitch::Settling),
        _ if again => Step::Void,
        _ => Step::Person(Reason::Unproven),
    }
}

fn puzzled(case: &Case, reason: Reason, now: Timestamp) -> Step {
    if case.intent.puzzled + 1 >= reason.patience() {
        return Step::Person(reason);
    }
    Step::Puzzled(now + TimeDelta::seconds(5 * (case.intent.puzzled + 1)), reason)
}

fn blinded(blind: &Blind, now: Timestamp) -> Step {
    match blind {
        Blind::Passing(_) => Step::Wait(now + TICK.max(pause(blind)), Hitch::TillSilent),
        Blind::Denied(_) => Step::Person(Reason::NoRight),
    }
}

/// How long the till asks to be left alone.
fn pause(blind: &Blind) -> TimeDelta {
    match blind {
        Blind::Passing(after) => asked(*after),
        Blind::Denied(_) => TimeDelta::seconds(60),
    }
}

/// A pause of at most 15 minutes.
fn asked(after: Option<Duration>) -> TimeDelta {
    TimeDelta::seconds(after.map_or(0, |after| after.as_secs().min(900)).cast_signed())
}

/// 2, 4, 8 … 64 s.
fn backoff(refused: i64) -> TimeDelta {
    TimeDelta::seconds(2 << refused.clamp(0, 5))
}

/// 1, 2, 3, 5, 8 … s after as many polls, at most 21.
fn fibonacci(polls: i64) -> TimeDelta {
    let seconds = [1, 1, 2, 3, 5, 8, 13, 21];
    TimeDelta::seconds(seconds.get(polls.unsigned_abs() as usize).copied().unwrap_or(21))
}
