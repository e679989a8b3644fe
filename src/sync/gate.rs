//! When a plan is held for a person instead of being applied: too much would change at once to be meant.
use serde::{Deserialize, Serialize};

/// A reason to hold, with its numbers; kept on the run as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Held {
    /// A new revision without a single dish, while we have `of`.
    Empty { of: i64 },
    /// More than 30 % of our visible products would vanish.
    ManyVanished { n: i64, of: i64 },
    /// More than 50 % of the products in both would change their price.
    ManyRepriced { n: i64, of: i64 },
    /// More than 30 % of our visible tables would vanish: the right may be lost, or reserves switched off.
    TablesVanished { n: i64, of: i64 },
    /// iiko's revision went backwards: an older copy of the menu answers.
    RevisionBack { was: i64, now: i64 },
    /// A person had approved another difference: meanwhile the menu in iiko changed.
    ChangedMeanwhile,
}

impl Held {
    /// Too much would change; the others ask for a look for another reason.
    pub fn is_much(self) -> bool {
        !matches!(self, Held::RevisionBack { .. } | Held::ChangedMeanwhile)
    }
}

/// What the gate looks at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    pub dishes: i64,
    pub visible: i64,
    pub vanishing: i64,
    pub in_both: i64,
    pub repriced: i64,
    pub revision: i64,
    pub last_revision: Option<i64>,
}

/// Every reason to hold; none: apply.
pub fn reasons(f: &Facts) -> Vec<Held> {
    let mut held = Vec::new();
    if let Some(last) = f.last_revision.filter(|last| f.revision < *last) {
        held.push(Held::RevisionBack { was: last, now: f.revision });
    }
    if f.dishes == 0 && f.visible > 0 {
        held.push(Held::Empty { of: f.visible });
    } else if f.vanishing * 100 > f.visible * 30 {
        held.push(Held::ManyVanished { n: f.vanishing, of: f.visible });
    }
    if f.repriced * 100 > f.in_both * 50 {
        held.push(Held::ManyRepriced { n: f.repriced, of: f.in_both });
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_gone_half_repriced_or_nothing_at_all_is_held() {
        let usual = Facts {
            dishes: 100,
            visible: 100,
            in_both: 100,
            revision: 2,
            last_revision: Some(1),
            ..Facts::default()
        };
        assert!(
            reasons(&Facts { vanishing: 30, repriced: 50, ..usual }).is_empty(),
            "the thresholds themselves pass"
        );
        assert_eq!(reasons(&Facts { vanishing: 31, ..usual }), [Held::ManyVanished { n: 31, of: 100 }]);
        assert_eq!(reasons(&Facts { repriced: 51, ..usual }), [Held::ManyRepriced { n: 51, of: 100 }]);
        assert_eq!(
            reasons(&Facts { dishes: 0, vanishing: 100, in_both: 0, ..usual }),
            [Held::Empty { of: 100 }]
        );
        assert_eq!(reasons(&Facts { revision: 0, ..usual }), [Held::RevisionBack { was: 1, now: 0 }]);
        assert!(
            reasons(&Facts { dishes: 10, revision: 5, ..Facts::default() }).is_empty(),
            "a first sync is not held"
        );
    }
}
