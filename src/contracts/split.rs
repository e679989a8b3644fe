//! «Кому поступят деньги»: a basket → lines → contracts, and the rule that chose each. Sums agree to the kopeck, always:
//! what is divided (a discount, a charge) is divided by largest remainder. Pure.
use uuid::Uuid;

use crate::money::Kopecks;

/// Why a line's money goes where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The product's own signed contract.
    Own,
    /// The product has none: the primary contract.
    Primary,
    /// The product's contract is not signed or has ended: the primary contract.
    OwnNotSigned,
    /// No contract is signed: the money cannot go anywhere.
    Nowhere,
}

/// Where a product's money goes. `own`: the product's contract and whether it is signed.
pub fn route(own: Option<(Uuid, bool)>, primary: Option<Uuid>) -> (Option<Uuid>, Rule) {
    match (own, primary) {
        (Some((contract, true)), _) => (Some(contract), Rule::Own),
        (Some(_), Some(primary)) => (Some(primary), Rule::OwnNotSigned),
        (None, Some(primary)) => (Some(primary), Rule::Primary),
        (_, None) => (None, Rule::Nowhere),
    }
}

/// A line of a basket, routed: its sum before discount and charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub sum: Kopecks,
    pub contract: Option<Uuid>,
}

/// What a basket comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Of each line, in their order: what is paid for it after its share of discount and charge.
    pub lines: Vec<Kopecks>,
    /// Of each contract, in the order of the lines; none: nowhere.
    pub totals: Vec<(Option<Uuid>, Kopecks)>,
    pub total: Kopecks,
}

/// Divides a basket. A discount above the sum is the sum.
pub fn split(lines: &[Line], discount: Kopecks, charge: Kopecks) -> Split {
    let sums: Vec<i64> = lines.iter().map(|line| line.sum.0.max(0)).collect();
    let sum: i64 = sums.iter().sum();
    let less = shares(discount.0.clamp(0, sum), &sums);
    let more = shares(charge.0.max(0), &sums);
    let mut split = Split::default();
    for (at, line) in lines.iter().enumerate() {
        let of = |list: &[i64]| list.get(at).copied().unwrap_or_default();
        let paid = of(&sums) - of(&less) + of(&more);
        split.lines.push(Kopecks(paid));
        split.total.0 += paid;
        match split.totals.iter_mut().find(|(contract, _)| *contract == line.contract) {
            Some((_, total)) => total.0 += paid,
            None => split.totals.push((line.contract, Kopecks(paid))),
        }
    }
    split
}

/// A sum divided in proportion to weights, to the kopeck.
pub fn divided(sum: Kopecks, weights: &[i64]) -> Vec<Kopecks> {
    shares(sum.0, weights).into_iter().map(Kopecks).collect()
}

/// `total` divided in proportion to `weights` by largest remainder; equal remainders: the earlier line. Weights of zero
/// alone share alike.
fn shares(total: i64, weights: &[i64]) -> Vec<i64> {
    let alike = vec![1; weights.len()];
    let weights = if weights.iter().all(|weight| *weight == 0) { &alike } else { weights };
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if all == 0 {
        return Vec::new();
    }
    let exact = |weight: &i64| i128::from(total) * i128::from(*weight);
    let mut shares: Vec<i64> =
        weights.iter().map(|weight| i64::try_from(exact(weight) / all).unwrap_or_default()).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let remainder = |at: &usize| weights.get(*at).map_or(0, |weight| exact(weight) % all);
    order.sort_by_key(|at| std::cmp::Reverse(remainder(at)));
    let left = usize::try_from(total - shares.iter().sum::<i64>()).unwrap_or_default();
    for at in order.into_iter().take(left) {
        if let Some(share) = shares.get_mut(at) {
            *share += 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rule_is_the_products_own_contract_then_the_primary_one() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(route(Some((a, true)), Some(b)), (Some(a), Rule::Own));
        assert_eq!(route(None, Some(b)), (Some(b), Rule::Primary));
        assert_eq!(route(Some((a, false)), Some(b)), (Some(b), Rule::OwnNotSigned));
        assert_eq!(route(Some((a, false)), None), (None, Rule::Nowhere));
        assert_eq!(route(None, None), (None, Rule::Nowhere));
    }

    #[test]
    fn ten_kopecks_off_three_equal_lines() {
        let line = Line { sum: Kopecks(100), contract: None };
        let split = split(&[line; 3], Kopecks(10), Kopecks(0));
        assert_eq!(split.lines, [Kopecks(96), Kopecks(97), Kopecks(97)]);
        assert_eq!(split.totals, [(None, Kopecks(290))]);
    }

    proptest! {
        #[test]
        fn sums_agree_to_the_kopeck(
            lines in prop::collection::vec((0_i64..=10_000_000, 0_u128..4), 0..40),
            discount in 0_i64..=50_000_000,
            charge in 0_i64..=50_000_000,
        ) {
            let lines: Vec<Line> = lines
                .into_iter()
                .map(|(sum, n)| Line { sum: Kopecks(sum), contract: (n > 0).then(|| Uuid::from_u128(n)) })
                .collect();
            let sum: i64 = lines.iter().map(|line| line.sum.0).sum();
            let split = split(&lines, Kopecks(discount), Kopecks(charge));
            let expected = if lines.is_empty() { 0 } else { sum - discount.min(sum) + charge };
            prop_assert_eq!(split.total.0, expected);
            prop_assert_eq!(split.lines.iter().map(|paid| paid.0).sum::<i64>(), expected);
            prop_assert_eq!(split.totals.iter().map(|(_, paid)| paid.0).sum::<i64>(), expected);
            for (contract, total) in &split.totals {
                let its = lines.iter().zip(&split.lines).filter(|(line, _)| line.contract == *contract);
                prop_assert_eq!(its.map(|(_, paid)| paid.0).sum::<i64>(), total.0);
            }
            // nobody is charged below nothing, and a share is never a kopeck and more away from the exact one
            prop_assert!(split.lines.iter().all(|paid| paid.0 >= 0));
            let sums: Vec<i64> = lines.iter().map(|line| line.sum.0).collect();
            if sum > 0 {
                for (share, weight) in shares(charge, &sums).iter().zip(&sums) {
                    let exact = i128::from(charge) * i128::from(*weight);
                    prop_assert!((i128::from(*share) * i128::from(sum) - exact).abs() < i128::from(sum));
                }
            }
        }
    }
}
