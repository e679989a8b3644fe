//! Posting as it is found in the wild, in the same world: what the real one must be better than.
use std::collections::BTreeSet;

use maitre::money::Kopecks;
use maitre::posting::attempt::Method;
use maitre::posting::till::{Answer, Charge, Command, Till, Which};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::posting::bill::Order;
use crate::posting::day::{Outcome, until_it_dies};
use crate::posting::sim::{Faults, Sim};
use crate::posting::time::Time;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Naive {
    /// Posts, and again unless it is told 200.
    A,
    /// Asks for the command's state, posts again after an «Error» or no answer, and looks before whether such a sum is there.
    C,
}

const TRIES: u32 = 6;

impl Naive {
    /// Says whether it calls the payment done. `tried` outlives the process.
    async fn pay(self, sim: &Sim, intent: Uuid, tried: &mut u32) -> bool {
        while *tried <= TRIES {
            if self == Naive::C && *tried > 0 {
                let order = Which { iiko_id: Uuid::nil(), pos_id: None };
                if sim.look(&order).await.is_ok_and(|bill| bill.ours(Kopecks(100)) > 0) {
                    return true;
                }
            }
            *tried += 1;
            let order = Which { iiko_id: Uuid::nil(), pos_id: None };
            let charge = Charge { order, method: Method::Add, sum: Kopecks(100), intent };
            let posted = tokio::time::timeout(std::time::Duration::from_secs(20), sim.post(&charge)).await;
            match (self, posted) {
                (Naive::A, Ok(Answer::Accepted { .. })) => return true,
                (Naive::C, Ok(Answer::Accepted { correlation })) if succeeds(sim, &correlation).await => {
                    return true;
                }
                _ => sim.time.sleep(f64::from(1 << *tried)).await,
            }
        }
        false
    }
}

async fn succeeds(sim: &Sim, correlation: &str) -> bool {
    for _ in 0..30 {
        match sim.command(correlation).await {
            Command::Success => return true,
            Command::Error { .. } => return false,
            _ => sim.time.sleep(1.0).await,
        }
    }
    false
}

/// The order of [`crate::posting::day::model_day`], paid so.
pub fn naive_day(seed: u64, faults: Faults, naive: Naive) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let shares = 1 + seed % 2;
        let order = Order { sum: 100 * shares as i64, acts: Vec::new() };
        let mut sim = Sim::new(Time::Tokio(tokio::time::Instant::now()), seed, faults, order);
        sim.strict = false;
        let mut dice = StdRng::seed_from_u64(seed ^ 0x5eed);
        let mut outcome = Outcome { payments: shares as usize, ..Outcome::default() };
        let mut done = BTreeSet::new();
        for n in 0..shares {
            let (id, mut tried) = (Uuid::from_u128(1 + n as u128), 0);
            let ended = loop {
                match until_it_dies(naive.pay(&sim, id, &mut tried), &mut dice, faults.deaths).await {
                    Some(ended) => break ended,
                    None => sim.time.sleep(dice.random_range(1.0..60.0)).await,
                }
            };
            match ended {
                true => drop(done.insert(id)),
                false => outcome.people += 1,
            }
        }
        let landed = sim.order().at(7.0 * 86_400.0).landed;
        outcome.doubles = landed.values().filter(|most| **most > 1).count();
        outcome.lost = done.len().saturating_sub(landed.len());
        outcome
    })
}
