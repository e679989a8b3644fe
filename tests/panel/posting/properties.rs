//! T34: random days: shares of equal sums, a waiter who adds and removes payments, dishes that come late, an order closed
//! meanwhile, all of it among the till's faults. Whatever happens, the promises hold.
use maitre::posting::machine::Terms;
use maitre::posting::till::Can;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use crate::posting::bill::{Act, Order};
use crate::posting::day::{Outcome, PROVEN, live, payments, told};
use crate::posting::memory::Memory;
use crate::posting::sim::{Faults, Sim};
use crate::posting::time::Time;

#[derive(Clone, Debug)]
struct Day {
    seed: u64,
    sum: i64,
    /// When, how much.
    payments: Vec<(f64, i64)>,
    waiter: Vec<(f64, Act)>,
    rate: f64,
    terms: Terms,
}

fn act() -> impl Strategy<Value = Act> {
    let sum = prop_oneof![Just(50), Just(100), Just(150)];
    prop_oneof![
        3 => (sum.clone(), any::<bool>()).prop_map(|(sum, processed)| Act::Pays { sum, processed }),
        2 => (0usize..4).prop_map(Act::Removes),
        2 => sum.prop_map(Act::Adds),
        1 => Just(Act::Closes(None)),
    ]
}

fn day() -> impl Strategy<Value = Day> {
    let sums = prop_oneof![1 => Just(50i64), 2 => Just(100), 1 => Just(150)];
    let payments = prop::collection::vec((0.0..400.0, sums), 1..5);
    let can = prop_oneof![1 => Just(Can::Whole), 4 => Just(Can::Shares)];
    let terms = (can, any::<bool>(), any::<bool>()).prop_map(|(can, proven, close)| Terms {
        can,
        proven,
        close,
        ..PROVEN
    });
    let waiter = prop::collection::vec((0.0..900.0, act()), 0..5);
    let sum = prop_oneof![Just(100i64), Just(200), Just(300)];
    (any::<u64>(), sum, payments, waiter, prop_oneof![Just(0.0), Just(0.3), Just(1.0)], terms).prop_map(
        |(seed, sum, payments, waiter, rate, terms)| Day { seed, sum, payments, waiter, rate, terms },
    )
}

fn lived(day: &Day) -> (Outcome, bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let order = Order { sum: day.sum, acts: day.waiter.clone() };
        let sim =
            Sim::new(Time::Tokio(tokio::time::Instant::now()), day.seed, Faults::times(day.rate), order);
        let memory = Memory::new();
        let ids = (1..).map(Uuid::from_u128);
        let payments: Vec<_> = day.payments.iter().zip(ids).map(|((at, _), id)| (*at, id)).collect();
        for ((_, amount), (_, id)) in day.payments.iter().zip(&payments) {
            memory.report(*id, *amount, sim.time.stamp());
        }
        live(&sim, &memory, (&day.terms, day.seed), &payments).await;
        let closed_by_us = sim.trace().iter().any(|line| line.contains("(\"close\""));
        (told(&sim, &memory.intents(), memory.trace()), closed_by_us)
    })
}

#[test]
fn the_promises_hold_on_any_day() {
    let config = Config { cases: payments() as u32 / 2, failure_persistence: None, ..Config::default() };
    let (mut days, mut done, mut people) = (0, 0, 0);
    let mut runner = TestRunner::new_with_rng(
        config.clone(),
        proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm),
    );
    let tally = std::cell::RefCell::new((&mut days, &mut done, &mut people));
    let ran = runner.run(&day(), |day| {
        let (outcome, closed_by_us) = lived(&day);
        prop_assert_eq!(outcome.doubles, 0);
        prop_assert_eq!(outcome.lost, 0);
        prop_assert_eq!(outcome.left, 0, "neither done nor a person's: {:#?}", outcome.trace);
        prop_assert!(day.terms.close || !closed_by_us);
        let mut tally = tally.borrow_mut();
        *tally.0 += 1;
        *tally.1 += outcome.waits.len();
        *tally.2 += outcome.people;
        Ok(())
    });
    if let Err(cause) = ran {
        panic!("{cause}");
    }
    println!("{days} days: {done} payments done, {people} to a person");
    assert!(done > days / 5 && people > days / 5, "the days are of both kinds");
}
