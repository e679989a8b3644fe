//! An order lived through to its end: payments come, a worker takes them as far as they go, its process dies now and then.
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use maitre::clock::Timestamp;
use maitre::posting::intent::{Intent, State};
use maitre::posting::ledger::Ledger;
use maitre::posting::machine::Terms;
use maitre::posting::perform::{Desk, Rest};
use maitre::posting::till::Can;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::posting::bill::Order;
use crate::posting::memory::Memory;
use crate::posting::sim::{Faults, Sim};
use crate::posting::time::Time;

/// G of the design: a till proven to refuse a second `change_payments`.
pub const PROVEN: Terms = Terms { can: Can::Shares, type_fits: true, proven: true, close: false };
/// H: not proven.
pub const UNPROVEN: Terms = Terms { proven: false, ..PROVEN };

/// How many payments the simulations take.
#[allow(clippy::disallowed_methods)]
pub fn payments() -> u64 {
    std::env::var("MAITRE_SIM").ok().and_then(|n| n.parse().ok()).unwrap_or(6_000)
}

/// A process that dies, by chance, wherever the work waits: at a read, a commit, a request under way.
pub async fn until_it_dies<F: Future>(work: F, dice: &mut StdRng, chance: f64) -> Option<F::Output> {
    let mut work = pin!(work);
    poll_fn(|cx| match dice.random_bool(chance) {
        true => Poll::Ready(None),
        false => work.as_mut().poll(cx).map(Some),
    })
    .await
}

/// What came of an order's payments.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    pub payments: usize,
    /// Payments that stood on the bill twice at once.
    pub doubles: usize,
    /// Called done, and not on the bill.
    pub lost: usize,
    /// A person decides, or waits for another's decision.
    pub people: usize,
    /// Why they were asked.
    pub reasons: BTreeMap<String, usize>,
    /// Neither done nor a person's after a day.
    pub left: usize,
    /// Seconds until each was called done.
    pub waits: Vec<f64>,
    pub trace: Vec<String>,
}

impl Outcome {
    fn ask(&mut self, why: &str) {
        self.people += 1;
        *self.reasons.entry(why.to_owned()).or_default() += 1;
    }
}

/// Seconds in a day.
const DAY: f64 = 86_400.0;

/// The worker: takes up what is due, until nothing moves any more.
pub async fn live<L: Ledger>(sim: &Sim, ledger: &L, (terms, seed): (&Terms, u64), payments: &[(f64, Uuid)]) {
    let mut dice = StdRng::seed_from_u64(seed ^ 0x5eed);
    let chance = sim.faults().deaths;
    let mut due: BTreeMap<Uuid, Timestamp> = BTreeMap::new();
    let begun = sim.time.stamp();
    for (at, id) in payments {
        due.insert(*id, begun + chrono::TimeDelta::microseconds((at * 1e6) as i64));
    }
    while let Some((&id, &at)) = due.iter().min_by_key(|(_, at)| **at) {
        sim.time.sleep_until(at).await;
        if sim.time.now() > DAY {
            break;
        }
        let desk = Desk { till: sim, ledger, terms, clock: || sim.time.stamp() };
        match until_it_dies(desk.perform(id), &mut dice, chance).await {
            None => {
                let away = dice.random_range(1.0..60.0);
                due.insert(id, sim.time.stamp() + chrono::TimeDelta::microseconds((away * 1e6) as i64));
            }
            Some(rest) => match rest.unwrap() {
                Rest::Until(at) => drop(due.insert(id, at)),
                Rest::Over => drop(due.remove(&id)),
            },
        }
        // what waits behind a person's payment waits for the person
        let mut moving = false;
        for id in due.keys() {
            let case = ledger.read(*id).await.unwrap();
            moving |= case.around.busy == 0 || case.intent.trouble != "behind";
        }
        if !moving && due.len() < payments.len() {
            break;
        }
    }
}

/// Counts what came of it, a week later.
pub fn told(sim: &Sim, intents: &[Intent], trace: Vec<String>) -> Outcome {
    let end = sim.order().at(7.0 * DAY);
    let mut outcome = Outcome { payments: intents.len(), ..Outcome::default() };
    outcome.doubles = end.landed.values().filter(|most| **most > 1).count();
    let mut done: BTreeMap<i64, i64> = BTreeMap::new();
    for intent in intents {
        match intent.state {
            State::Confirmed => {
                *done.entry(intent.amount.0).or_default() += 1;
                let took = intent.confirmed_at.unwrap() - intent.created_at;
                outcome.waits.push(took.as_seconds_f64());
            }
            State::Person => outcome.ask(&intent.trouble),
            _ if intent.trouble == "behind" => outcome.ask(&intent.trouble),
            _ => outcome.left += 1,
        }
    }
    for (sum, count) in done {
        let of = |id: &&Uuid| intents.iter().any(|one| one.id == **id && one.amount.0 == sum);
        let there = end.landed.keys().filter(of).count() as i64;
        outcome.lost += (count - there).max(0) as usize;
    }
    outcome.trace = sim.trace().into_iter().chain(trace).collect();
    outcome
}

/// One order of the design's model: half of them paid whole, half in two equal shares.
pub fn model_day(seed: u64, faults: Faults, terms: &Terms) -> Outcome {
    day_at(seed, faults, terms, false)
}

/// The same at a till that takes a second `change_payments`.
pub fn day_at_a_till_that_takes_two(seed: u64, faults: Faults, terms: &Terms) -> Outcome {
    day_at(seed, faults, terms, true)
}

fn day_at(seed: u64, faults: Faults, terms: &Terms, takes_two: bool) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let shares = 1 + seed % 2;
        let order = Order { sum: 100 * shares as i64, acts: Vec::new() };
        let mut sim = Sim::new(Time::Tokio(tokio::time::Instant::now()), seed, faults, order);
        sim.takes_two = takes_two;
        let memory = Memory::new();
        let payments: Vec<_> =
            (0..shares).map(|n| (3.0 * n as f64, Uuid::from_u128(1 + n as u128))).collect();
        for (_, id) in &payments {
            memory.report(*id, 100, sim.time.stamp());
        }
        live(&sim, &memory, (terms, seed), &payments).await;
        told(&sim, &memory.intents(), memory.trace())
    })
}
