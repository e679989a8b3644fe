//! A till with iiko's contract: commands are carried out later or never, answers get lost, «Error» may have been done,
//! reads may be old, the terminal goes away.
use std::sync::Mutex;
use std::time::Duration;

use maitre::posting::attempt::Method;
use maitre::posting::till::{Alive, Answer, Bill, Blind, Charge, Command, Till, Which};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::posting::bill::{Act, Order};
use crate::posting::time::Time;

/// How ill the till behaves.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// 1: about a fifth of the calls go wrong.
    pub rate: f64,
    /// Of all commands: carried out 200 to 1,800 s late.
    pub late: f64,
    /// Of all looks: up to 400 s old.
    pub stale: f64,
    /// Of all requests: taken and never answered.
    pub hangs: f64,
    /// That the process ends, wherever the work waits.
    pub deaths: f64,
}

impl Faults {
    pub fn full() -> Faults {
        Faults { rate: 1.0, late: 0.005, stale: 0.02, hangs: 0.005, deaths: 0.02 }
    }

    pub fn times(rate: f64) -> Faults {
        let Faults { late, stale, hangs, deaths, .. } = Faults::full();
        Faults { rate, late: late * rate, stale: stale * rate, hangs: hangs * rate, deaths: deaths * rate }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Done,
    Busy,
    /// «Success», and nothing was done.
    Phantom,
    /// It waited for the terminal until it was too old.
    Expired,
}

struct Given {
    at: f64,
    done_at: f64,
    fate: Fate,
    /// Says «Error» whatever happened.
    lies: bool,
    closes: bool,
}

struct World {
    dice: StdRng,
    faults: Faults,
    away: Vec<(f64, f64)>,
    order: Order,
    commands: Vec<Given>,
    seen: Option<Bill>,
    trace: Vec<String>,
}

pub struct Sim {
    pub time: Time,
    /// Holds the driver to what it may never do.
    pub strict: bool,
    /// It takes a second `change_payments`, against its document.
    pub takes_two: bool,
    world: Mutex<World>,
}

impl Sim {
    pub fn new(time: Time, seed: u64, faults: Faults, order: Order) -> Sim {
        let mut dice = StdRng::seed_from_u64(seed);
        let mut away = Vec::new();
        if dice.random_bool((0.15 * faults.rate).min(1.0)) {
            let from = dice.random_range(0.0..120.0);
            away.push((from, from - 600.0 * (1.0 - dice.random::<f64>()).ln()));
        }
        let (commands, seen, trace) = (Vec::new(), None, Vec::new());
        Sim {
            time,
            strict: true,
            takes_two: false,
            world: Mutex::new(World { dice, faults, away, order, commands, seen, trace }),
        }
    }

    pub fn faults(&self) -> Faults {
        self.world.lock().unwrap().faults
    }

    pub fn order(&self) -> Order {
        self.world.lock().unwrap().order.clone()
    }

    pub fn trace(&self) -> Vec<String> {
        self.world.lock().unwrap().trace.clone()
    }

    pub fn tell(&self, what: impl std::fmt::Debug) {
        self.world.lock().unwrap().trace.push(format!("{:.6} {what:?}", self.time.now()));
    }

    /// What a request comes to: how long it takes, and its answer.
    fn sent(&self, act: impl FnOnce(usize) -> Act, closes: bool) -> (f64, Answer) {
        let (mut world, now) = (self.world.lock().unwrap(), self.time.now());
        let luck = world.dice.random::<f64>() / world.faults.rate.max(1e-9);
        let said = |said: &str| said.to_owned();
        match luck {
            luck if luck < 0.03 => return (0.2, Answer::NotSent),
            luck if luck < 0.05 => return (0.2, Answer::RateLimited(Some(Duration::from_secs(7)))),
            // on its way there it was lost
            luck if luck < 0.08 => return (15.0, Answer::Unclear { correlation: None, said: said("reset") }),
            _ => {}
        }
        let id = world.commands.len();
        let given = world.given(now, closes);
        if given.fate == Fate::Done {
            let act = act(id);
            world.order.acts.push((given.done_at, act));
        }
        world.commands.push(given);
        let correlation = id.to_string();
        let hangs = world.faults.hangs;
        if world.dice.random_bool(hangs) {
            return (3_600.0, Answer::Accepted { correlation });
        }
        match luck {
            luck if luck < 0.14 => (15.0, Answer::Unclear { correlation: None, said: said("timed out") }),
            luck if luck < 0.17 => {
                (1.0, Answer::Unclear { correlation: Some(correlation), said: said("500") })
            }
            luck if luck < 0.20 => {
                (15.0, Answer::Unclear { correlation: Some(correlation), said: said("408") })
            }
            _ => (0.3, Answer::Accepted { correlation }),
        }
    }

    /// A look as it comes out: how long it takes, and what it shows.
    fn looked(&self) -> (f64, Result<Bill, Blind>) {
        let (mut world, now) = (self.world.lock().unwrap(), self.time.now());
        let Faults { rate, stale, .. } = world.faults;
        if !world.is_alive(now) || world.dice.random_bool(0.05 * rate) {
            return (3.0, Err(Blind::Passing(None)));
        }
        let old = if world.dice.random_bool(stale) { world.dice.random_range(0.0..400.0) } else { 0.0 };
        let mut bill = world.order.at(now - old).bill();
        // a till that is hidden from us, or has forgotten for a moment
        if world.dice.random_bool(0.003 * rate) {
            bill = Bill { present: false, payments: Vec::new(), ..bill };
        }
        world.seen = Some(bill.clone());
        (0.3, Ok(bill))
    }

    fn state(&self, id: usize) -> Command {
        let (mut world, now) = (self.world.lock().unwrap(), self.time.now());
        let rate = world.faults.rate;
        if world.dice.random_bool(0.05 * rate) {
            return Command::Silent;
        }
        let refused = world.order.at(now).refused.contains(&id);
        let given = &world.commands[id];
        let error = |code: &str| Command::Error { code: code.to_owned(), said: String::new() };
        match given.fate {
            _ if now - given.at > 3_600.0 => Command::Gone,
            _ if given.lies && now > given.at + 30.0 => error("Common"),
            _ if given.lies || now < given.done_at => Command::InProgress,
            Fate::Busy => error("EntityAlreadyInUse"),
            Fate::Expired => error("InternalServerError"),
            Fate::Done if refused => error(if given.closes { "PaymentSumNotEnough" } else { "Common" }),
            Fate::Done | Fate::Phantom => Command::Success,
        }
    }
}

impl World {
    fn is_alive(&self, at: f64) -> bool {
        !self.away.iter().any(|(from, to)| (*from..*to).contains(&at))
    }

    /// When a command is carried out, if it is.
    fn given(&mut self, at: f64, closes: bool) -> Given {
        let Faults { rate, late, .. } = self.faults;
        let (a, b) = (1.0 - self.dice.random::<f64>(), self.dice.random::<f64>());
        let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
        let mut done_at = at + (0.4 + 1.1 * normal).exp().min(90.0);
        if self.dice.random_bool(late) {
            done_at = at + self.dice.random_range(200.0..1_800.0);
        }
        let mut fate = Fate::Done;
        if !self.is_alive(done_at) {
            let back = self.away.iter().map(|(_, to)| *to).fold(done_at, f64::max);
            (fate, done_at) = match self.dice.random_bool(0.5) {
                true => (Fate::Done, back + self.dice.random_range(0.0..20.0)),
                false => (Fate::Expired, at + 30.0),
            };
        } else if self.dice.random_bool(0.04 * rate) {
            fate = Fate::Busy;
        } else if self.dice.random_bool(0.002 * rate) {
            fate = Fate::Phantom;
        }
        let lies = fate == Fate::Done && self.dice.random_bool(0.03 * rate);
        Given { at, done_at, fate, lies, closes }
    }

    /// What the driver may never do, whatever the till's faults: it must have seen a bill that takes this payment.
    fn may_take(&self, charge: &Charge) {
        let seen = self.seen.as_ref().expect("sent without a look");
        assert!(seen.present && seen.made, "sent to an order that was not read");
        if charge.method == Method::Change {
            assert!(seen.payments.is_empty(), "change_payments would wipe {:?}", seen.payments);
            assert_eq!(seen.sum, charge.sum, "not the whole bill");
        }
        assert!(charge.sum <= seen.rest(), "more than is left to pay");
    }
}

impl Till for Sim {
    async fn look(&self, _: &Which) -> Result<Bill, Blind> {
        let (takes, seen) = self.looked();
        self.time.sleep(takes).await;
        self.tell(&seen);
        seen
    }

    async fn alive(&self) -> Alive {
        self.time.sleep(0.2).await;
        let (mut world, now) = (self.world.lock().unwrap(), self.time.now());
        let rate = world.faults.rate;
        match world.is_alive(now) {
            _ if world.dice.random_bool(0.05 * rate) => Alive::Unknown,
            true => Alive::Yes,
            false => Alive::No,
        }
    }

    async fn post(&self, charge: &Charge) -> Answer {
        if self.strict {
            self.world.lock().unwrap().may_take(charge);
        }
        let (intent, sum, bars) =
            (charge.intent, charge.sum.0, charge.method == Method::Change && !self.takes_two);
        let (takes, answer) = self.sent(|command| Act::Lands { command, intent, sum, bars }, false);
        self.time.sleep(takes).await;
        self.tell((charge.method, &answer));
        answer
    }

    async fn command(&self, correlation: &str) -> Command {
        self.time.sleep(0.2).await;
        let state = self.state(correlation.parse().unwrap());
        self.tell(&state);
        state
    }

    async fn close(&self, _: &Which) -> Answer {
        let (takes, answer) = self.sent(|command| Act::Closes(Some(command)), true);
        self.time.sleep(takes).await;
        self.tell(("close", &answer));
        answer
    }
}
