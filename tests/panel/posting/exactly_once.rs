//! T32: thousands of payments through the real driver and machine, in a world where about a fifth of the calls go wrong and
//! the process dies between any two steps. `MAITRE_SIM` says how many payments; 6,000 if it does not.
use crate::posting::day::{Outcome, PROVEN, UNPROVEN, day_at_a_till_that_takes_two, model_day, payments};
use crate::posting::naive::{Naive, naive_day};
use crate::posting::sim::Faults;

/// Of so many orders, half of them in two shares: one and a half payments an order.
fn lived(payments: u64, day: impl Fn(u64) -> Outcome) -> Outcome {
    let mut all = Outcome::default();
    for seed in 0..payments * 2 / 3 {
        let one = day(seed);
        all.payments += one.payments;
        all.doubles += one.doubles;
        all.lost += one.lost;
        all.people += one.people;
        for (why, count) in one.reasons {
            *all.reasons.entry(why).or_default() += count;
        }
        all.left += one.left;
        all.waits.extend(one.waits);
    }
    all.waits.sort_by(f64::total_cmp);
    all
}

fn print(name: &str, all: &Outcome) {
    let at =
        |share: f64| all.waits.get((all.waits.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!(
        "{name}: {} payments, {} doubles, {} silently lost, {} to a person ({:.2} %), {} left; done after {:.1} s, p99 {:.0} s; {:?}",
        all.payments,
        all.doubles,
        all.lost,
        all.people,
        100.0 * all.people as f64 / all.payments as f64,
        all.left,
        at(0.5),
        at(0.99),
        all.reasons,
    );
}

fn is_exact(name: &str, all: &Outcome) {
    print(name, all);
    assert_eq!((all.doubles, all.lost, all.left), (0, 0, 0), "{name}");
}

#[test]
fn no_payment_is_posted_twice_or_lost() {
    let all = lived(payments(), |seed| model_day(seed, Faults::full(), &PROVEN));
    is_exact("G", &all);
    assert!(all.people * 10 < all.payments, "a person is the exception");
}

#[test]
fn a_till_that_is_not_proven_costs_people_not_money() {
    let all = lived(payments() / 3, |seed| model_day(seed, Faults::full(), &UNPROVEN));
    is_exact("H", &all);
}

/// Why a till has to be proven first: what is true of iiko's document need not be true of a till.
#[test]
fn a_till_that_takes_two_is_found_out() {
    let late = Faults { late: 0.05, ..Faults::full() };
    let trusting = lived(payments() / 2, |seed| day_at_a_till_that_takes_two(seed, late, &PROVEN));
    print("G, the till takes two", &trusting);
    assert!(trusting.doubles > 0, "the days would show a double of ours");
    let all = lived(payments() / 2, |seed| day_at_a_till_that_takes_two(seed, late, &UNPROVEN));
    is_exact("H, the till takes two", &all);
}

#[test]
fn fewer_faults_need_fewer_people() {
    for (name, rate) in [("G, a tenth of the faults", 0.1), ("G, a fiftieth", 0.02)] {
        let all = lived(payments() / 3, |seed| model_day(seed, Faults::times(rate), &PROVEN));
        is_exact(name, &all);
        assert!(all.people * 25 < all.payments, "less than one in 25");
    }
}

/// The control: the world is as bad as it is said to be.
#[test]
fn what_is_found_in_the_wild_doubles_and_loses() {
    let a = lived(payments() / 3, |seed| naive_day(seed, Faults::full(), Naive::A));
    print("A", &a);
    let c = lived(payments() / 3, |seed| naive_day(seed, Faults::full(), Naive::C));
    print("C", &c);
    assert!(a.doubles > 0 && a.lost > 0, "{} {}", a.doubles, a.lost);
    assert!(c.doubles > 0 && c.lost > 0, "{} {}", c.doubles, c.lost);
}

#[test]
fn the_same_seed_is_the_same_day() {
    let mut different = 0;
    for seed in 0..200 {
        let (one, other) =
            (model_day(seed, Faults::full(), &PROVEN), model_day(seed, Faults::full(), &PROVEN));
        assert_eq!(one, other, "seed {seed}");
        assert!(!one.trace.is_empty());
        different += usize::from(one.trace != model_day(seed + 1_000, Faults::full(), &PROVEN).trace);
    }
    assert!(different > 150, "another seed is another day, but for the quiet ones");
}
