//! A ledger without a database, with the database's promises: all or nothing, one open attempt an order, nobody overtaken.
use std::collections::BTreeMap;
use std::sync::Mutex;

use maitre::clock::Timestamp;
use maitre::error::{Error, Result};
use maitre::money::Kopecks;
use maitre::posting::attempt::{Attempt, Phase};
use maitre::posting::case::{Around, Case, Save};
use maitre::posting::intent::{Intent, New, State};
use maitre::posting::ledger::{Ledger, MOVED};
use maitre::posting::till::Which;
use uuid::Uuid;

/// One order's payments.
pub struct Memory {
    rows: Mutex<Rows>,
}

#[derive(Default)]
struct Rows {
    intents: BTreeMap<Uuid, Intent>,
    attempts: Vec<Attempt>,
    trace: Vec<String>,
}

impl Memory {
    pub fn new() -> Memory {
        Memory { rows: Mutex::default() }
    }

    pub fn report(&self, id: Uuid, amount: i64, at: Timestamp) {
        let new = New { order: Uuid::nil(), psp_payment_id: &id.to_string(), amount: Kopecks(amount) };
        self.rows.lock().unwrap().intents.insert(id, Intent::new(id, &new, at));
    }

    pub fn intents(&self) -> Vec<Intent> {
        self.rows.lock().unwrap().intents.values().cloned().collect()
    }

    pub fn trace(&self) -> Vec<String> {
        self.rows.lock().unwrap().trace.clone()
    }
}

impl Rows {
    fn around(&self, intent: &Intent) -> Around {
        let others = || self.intents.values().filter(|other| other.id != intent.id);
        let of = |id: Uuid| self.attempts.iter().filter(move |attempt| attempt.intent_id == id);
        let same = |other: &&Intent| other.amount == intent.amount && other.state != State::Confirmed;
        let may_land = |other: &&Intent| of(other.id).any(|one| one.phase.is_open() || one.phase.is_loose());
        let confirmed = |other: &&Intent| other.state == State::Confirmed && other.amount == intent.amount;
        Around {
            known: self.intents.values().filter(confirmed).count() as i64,
            busy: others().flat_map(|other| of(other.id)).filter(|one| one.phase.is_open()).count() as i64,
            rivals: others().filter(same).filter(may_land).count() as i64,
            loose: of(intent.id).filter(|one| one.phase.is_loose()).count() as i64,
        }
    }

    fn save(&mut self, case: &Case, save: Save) -> Result<()> {
        let held = &self.intents[&case.intent.id];
        if held.version != case.intent.version || self.around(&case.intent) != case.around {
            return Err(Error::Conflict(MOVED));
        }
        if let Some(attempt) = save.attempt {
            let held = self
                .attempts
                .iter_mut()
                .find(|one| one.intent_id == attempt.intent_id && one.no == attempt.no);
            match held {
                Some(held) if held.phase.is_open() => *held = attempt,
                Some(_) => return Err(Error::Conflict(MOVED)),
                None => {
                    assert_eq!(attempt.phase, Phase::Sending);
                    self.attempts.push(attempt);
                }
            }
        }
        let open = self.attempts.iter().filter(|attempt| attempt.phase.is_open()).count();
        assert!(open <= 1, "two open attempts of an order");
        let intent = Intent { version: case.intent.version + 1, ..save.intent };
        self.trace.extend(save.notes.iter().map(|note| format!("{:?} {}", note.what, note.said)));
        self.intents.insert(intent.id, intent);
        Ok(())
    }
}

impl Ledger for Memory {
    async fn read(&self, intent: Uuid) -> Result<Case> {
        tokio::task::yield_now().await;
        let rows = self.rows.lock().unwrap();
        let intent = rows.intents[&intent].clone();
        let attempt = rows.attempts.iter().rfind(|attempt| attempt.intent_id == intent.id).cloned();
        let around = rows.around(&intent);
        Ok(Case { intent, attempt, order: Which { iiko_id: Uuid::nil(), pos_id: None }, around })
    }

    async fn save(&self, case: &Case, save: Save, _: Timestamp) -> Result<()> {
        // a process may end before it is written, and after
        tokio::task::yield_now().await;
        self.rows.lock().unwrap().save(case, save)?;
        tokio::task::yield_now().await;
        Ok(())
    }
}
