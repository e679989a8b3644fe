//! What a person may decide of a payment that the machine has left to them. Whoever decides, and by what right, is the
//! caller's to check and to note in the audit.
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::posting::attempt::Phase;
use crate::posting::case::{self, Case, Save};
use crate::posting::event::{Note, What};
use crate::posting::intent::{Intent, State};
use crate::posting::ledger::{MOVED, keep};
use crate::posting::till::Bill;
use crate::word::words;

words! {
    pub enum Decision {
        OnTheBill = "on_the_bill",
        PostAgain = "post_again",
        ByHand = "by_hand",
    }
}

/// Which payment, and the version of it that the person has seen.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub venue: Uuid,
    pub intent: Uuid,
    pub version: i64,
    pub at: Timestamp,
}

/// «It is on the bill»: done, if a bill read just now agrees. Then the order may be closed.
pub async fn on_the_bill(c: &mut Conn, asked: &Asked, bill: &Bill, close: bool) -> Result<()> {
    let (case, mut save) = decided(c, asked, Decision::OnTheBill).await?;
    if case.around.busy > 0 {
        // the one on the bill may be the other's
        return Err(Error::Conflict("posting-other-under-way"));
    }
    if bill.ours(case.intent.amount) <= case.known() {
        return Err(Error::Conflict("posting-not-on-the-bill"));
    }
    save.confirmed(asked.at, close);
    keep(c, asked.venue, (&case, &save), asked.at).await
}

/// «Post again»: begins anew with a look. What was sent before may still land: the person knows that it has not.
pub async fn post_again(c: &mut Conn, asked: &Asked) -> Result<()> {
    let (case, mut save) = decided(c, asked, Decision::PostAgain).await?;
    save.given_up(State::Waiting, asked.at);
    keep(c, asked.venue, (&case, &save), asked.at).await
}

/// «Settled by hand»: the guest has their money back, or the waiter has put it on the bill otherwise.
pub async fn by_hand(c: &mut Conn, asked: &Asked) -> Result<()> {
    let (case, mut save) = decided(c, asked, Decision::ByHand).await?;
    save.given_up(State::ByHand, asked.at);
    keep(c, asked.venue, (&case, &save), asked.at).await
}

/// The case, if it is a person's and still what they have seen.
async fn decided(c: &mut Conn, asked: &Asked, decision: Decision) -> Result<(Case, Save)> {
    let case = case::read(c, asked.venue, asked.intent).await?;
    if case.intent.state != State::Person {
        return Err(Error::Conflict("posting-not-a-persons"));
    }
    if case.intent.version != asked.version {
        return Err(Error::Conflict(MOVED));
    }
    let notes = vec![Note::saying(What::Decided, decision.word())];
    let save = Save { intent: case.intent.clone(), attempt: case.open().cloned(), notes };
    Ok((case, save))
}

impl Save {
    fn given_up(&mut self, state: State, at: Timestamp) {
        let trouble = String::new();
        let from = self.intent.clone();
        self.intent = Intent { state, next_at: at, trouble, puzzled: 0, refused: 0, voided: 0, ..from };
        if let Some(attempt) = &mut self.attempt {
            attempt.phase = Phase::Abandoned;
        }
    }
}
