//! What the simulated till remembers of an order: everything that reached it, replayed to any moment.
use std::collections::{BTreeMap, BTreeSet};

use maitre::money::Kopecks;
use maitre::posting::till::{Bill, Paid, Stage};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// A command of ours is carried out: whose payment, its sum, whether a processed payment bars it.
    Lands {
        command: usize,
        intent: Uuid,
        sum: i64,
        bars: bool,
    },
    /// A waiter takes money otherwise; what is not processed yet is only typed.
    Pays {
        sum: i64,
        processed: bool,
    },
    /// A waiter takes a payment off the bill.
    Removes(usize),
    Adds(i64),
    /// By a command of ours, which needs the bill to be paid, or by a waiter.
    Closes(Option<usize>),
}

#[derive(Clone, Copy, Debug)]
struct Line {
    intent: Option<Uuid>,
    sum: i64,
    processed: bool,
}

/// An order's acts and the moments they happen, in seconds.
#[derive(Clone, Debug)]
pub struct Order {
    pub sum: i64,
    pub acts: Vec<(f64, Act)>,
}

/// An order at a moment.
#[derive(Clone, Debug)]
pub struct Moment {
    lines: Vec<Line>,
    sum: i64,
    closed: bool,
    pub refused: BTreeSet<usize>,
    /// Whose payments have ever been on the bill, and the most at once.
    pub landed: BTreeMap<Uuid, usize>,
}

impl Order {
    pub fn at(&self, when: f64) -> Moment {
        let mut acts: Vec<_> = self.acts.iter().filter(|(at, _)| *at <= when).collect();
        acts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut now = Moment {
            lines: Vec::new(),
            sum: self.sum,
            closed: false,
            refused: BTreeSet::new(),
            landed: BTreeMap::new(),
        };
        for (_, act) in acts {
            now.take(act);
        }
        now
    }
}

impl Moment {
    fn take(&mut self, act: &Act) {
        match *act {
            Act::Lands { command, intent, sum, bars } => {
                if self.closed || (bars && self.lines.iter().any(|line| line.processed)) {
                    self.refused.insert(command);
                    return;
                }
                if bars {
                    self.lines.clear();
                }
                self.lines.push(Line { intent: Some(intent), sum, processed: true });
                let at_once = self.lines.iter().filter(|line| line.intent == Some(intent)).count();
                let most = self.landed.entry(intent).or_default();
                *most = at_once.max(*most);
            }
            Act::Pays { sum, processed } if !self.closed => {
                self.lines.push(Line { intent: None, sum, processed });
            }
            Act::Removes(which) if !self.closed && !self.lines.is_empty() => {
                self.lines.remove(which % self.lines.len());
            }
            Act::Adds(sum) if !self.closed => self.sum += sum,
            Act::Closes(Some(command)) if self.closed || !self.is_paid() => {
                self.refused.insert(command);
            }
            Act::Closes(_) => self.closed = true,
            _ => {}
        }
    }

    fn is_paid(&self) -> bool {
        self.lines.iter().filter(|line| line.processed).map(|line| line.sum).sum::<i64>() >= self.sum
    }

    pub fn bill(&self) -> Bill {
        let processed = self.lines.iter().filter(|line| line.processed).map(|line| line.sum).sum();
        let paid = |line: &Line| Paid {
            ours: line.intent.is_some(),
            sum: Kopecks(line.sum),
            preliminary: !line.processed,
        };
        Bill {
            present: true,
            made: true,
            stage: if self.closed { Stage::Closed } else { Stage::Open },
            sum: Kopecks(self.sum),
            processed: Kopecks(processed),
            payments: self.lines.iter().map(paid).collect(),
        }
    }
}
