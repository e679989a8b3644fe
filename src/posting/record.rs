//! A step, as the rows it leaves. Pure: the whole of what is written is known before anything is.
use crate::clock::Timestamp;
use crate::posting::attempt::{Attempt, Method, Phase};
use crate::posting::case::{Case, Save};
use crate::posting::closing::Turn;
use crate::posting::event::{Note, What, first};
use crate::posting::intent::{Closing, Intent, State};
use crate::posting::machine::{Step, Terms};
use crate::posting::reason::Hitch;

/// What a step writes; none: it only asks, or rests.
pub fn record(case: &Case, step: &Step, now: Timestamp, terms: &Terms) -> Option<Save> {
    let mut save = Save { intent: case.intent.clone(), attempt: case.open().cloned(), notes: Vec::new() };
    match step {
        Step::Feel | Step::Look | Step::Poll | Step::Rest(_) | Step::Done | Step::Close => return None,
        Step::Send(method) => save.sends(case, *method, now),
        Step::Wait(until, hitch) => save.waits(*until, hitch.word(), 0),
        Step::Puzzled(until, reason) => save.waits(*until, reason.word(), 1),
        Step::PollAgain(until) => save.polls(*until),
        Step::Accepted(id, until) => save.accepted(id, *until),
        Step::Prove => save.proves(now),
        Step::Ambiguous(said) => save.unclear(said, now),
        Step::Refused(until, said) => save.refused(*until, said),
        Step::RefusedFor(reason, said) => {
            save.refused(now, said);
            save.asks(reason.word());
        }
        Step::Void => save.void(now),
        Step::Confirmed => save.confirmed(now, terms.close),
        Step::Person(reason) => save.asks(reason.word()),
        Step::Closing(turn) => save.closes(turn, now),
    }
    Some(save)
}

impl Save {
    fn note(&mut self, what: What, said: &str) {
        self.notes.push(Note::saying(what, said));
    }

    /// The state and no trouble.
    fn becomes(&mut self, state: State, next_at: Timestamp) {
        let trouble = String::new();
        self.intent = Intent { state, next_at, trouble, puzzled: 0, ..self.intent.clone() };
    }

    fn phase(&mut self, phase: Phase, said: &str) {
        if let Some(attempt) = &mut self.attempt {
            attempt.phase = phase;
            attempt.said = first(said);
        }
    }

    fn sends(&mut self, case: &Case, method: Method, now: Timestamp) {
        self.becomes(State::Posting, now);
        self.note(What::Sending, method.word());
        self.attempt = Some(Attempt {
            intent_id: case.intent.id,
            no: case.attempt.as_ref().map_or(1, |last| last.no + 1),
            order_id: case.intent.order_id,
            method,
            phase: Phase::Sending,
            baseline: case.around.known,
            sent_at: now,
            correlation_id: None,
            polls: 0,
            success_at: None,
            alive_since: None,
            alive_at: None,
            said: String::new(),
        });
    }

    fn waits(&mut self, until: Timestamp, why: &str, puzzled: i64) {
        self.intent.next_at = until;
        self.intent.puzzled += puzzled;
        if self.intent.trouble != why {
            self.intent.trouble = why.to_owned();
            self.note(What::Waits, why);
        }
    }

    fn polls(&mut self, until: Timestamp) {
        self.intent.next_at = until;
        if let Some(attempt) = &mut self.attempt {
            attempt.polls += 1;
        }
    }

    fn accepted(&mut self, id: &str, until: Timestamp) {
        self.becomes(State::Posting, until);
        self.phase(Phase::Polling, "");
        self.note(What::Accepted, id);
        if let Some(attempt) = &mut self.attempt {
            attempt.correlation_id = Some(first(id));
        }
    }

    fn proves(&mut self, now: Timestamp) {
        self.becomes(State::Posting, now);
        self.phase(Phase::Proving, "");
        self.note(What::Success, "");
        if let Some(attempt) = &mut self.attempt {
            attempt.success_at = Some(now);
        }
    }

    fn unclear(&mut self, said: &str, now: Timestamp) {
        self.becomes(State::Unknown, now);
        self.intent.trouble = Hitch::Settling.word().to_owned();
        self.phase(Phase::Ambiguous, said);
        self.note(What::Ambiguous, said);
    }

    fn refused(&mut self, until: Timestamp, said: &str) {
        self.becomes(State::Waiting, until);
        self.intent.trouble = Hitch::Refused.word().to_owned();
        self.intent.refused += 1;
        self.phase(Phase::Refused, said);
        self.note(What::Refused, said);
    }

    fn void(&mut self, now: Timestamp) {
        self.becomes(State::Waiting, now);
        self.intent.voided += 1;
        self.phase(Phase::Void, "");
        self.note(What::Void, "");
    }

    pub(super) fn confirmed(&mut self, now: Timestamp, close: bool) {
        self.becomes(State::Confirmed, now);
        self.intent.confirmed_at = Some(now);
        self.intent.closing = if close { Closing::Due } else { Closing::None };
        self.phase(Phase::Landed, "");
        self.note(What::Confirmed, "");
    }

    /// Its attempt, if one is open, stays open: until a person has decided nothing else of the order is sent.
    fn asks(&mut self, why: &str) {
        self.intent.state = State::Person;
        self.intent.trouble = why.to_owned();
        self.note(What::Person, why);
    }

    fn closes(&mut self, turn: &Turn, now: Timestamp) {
        match turn {
            Turn::Left => self.closed_as(Closing::None, What::CloseLeft, now),
            Turn::Closed => self.closed_as(Closing::Closed, What::Closed, now),
            Turn::Again(until) => {
                self.intent.next_at = *until;
                self.intent.puzzled += 1;
            }
            Turn::Asked(correlation, until) => {
                if self.intent.closing != Closing::Asked {
                    self.note(What::CloseAsked, "");
                    self.intent.puzzled = 0;
                }
                self.intent.puzzled += 1;
                (self.intent.next_at, self.intent.closing) = (*until, Closing::Asked);
                self.intent.close_correlation = correlation.as_deref().map(first);
            }
            Turn::Stuck(reason, until) => {
                self.intent.closing = Closing::Stuck;
                self.intent.puzzled += 1;
                (self.intent.next_at, self.intent.trouble) = (*until, reason.word().to_owned());
                self.intent.close_correlation = None;
                self.note(What::CloseFailed, reason.word());
            }
        }
    }

    fn closed_as(&mut self, closing: Closing, what: What, now: Timestamp) {
        self.becomes(State::Confirmed, now);
        self.intent.closing = closing;
        self.intent.close_correlation = None;
        self.note(what, "");
    }
}
