//! Who the money of a bill goes to: each line by its product's contract, to the kopeck.
use std::collections::HashMap;

use sqlx::FromRow;
use uuid::Uuid;

use crate::contracts::split::{divided, route};
use crate::contracts::{assignment, contract};
use crate::db::conn::Conn;
use crate::error::Result;
use crate::money::Kopecks;
use crate::orders::bill::Bill;

/// A share of a sum.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Payee {
    /// None: no contract is signed.
    pub contract_id: Option<Uuid>,
    /// The legal entity; empty: nobody.
    pub entity: String,
    pub amount: Kopecks,
}

/// Divides a sum (the bill's, or a guest's part of it) in proportion to what is on the bill for each. A venue without any
/// contract has nothing to say.
pub async fn of(c: &mut Conn, venue: Uuid, bill: &Bill, sum: Kopecks) -> Result<Vec<Payee>> {
    let contracts = contract::of_venue(c, venue).await?;
    if contracts.is_empty() {
        return Ok(Vec::new());
    }
    let primary = contracts.iter().find(|one| one.is_primary).map(|one| one.id);
    let mut own = HashMap::new();
    let mut weights: Vec<(Option<Uuid>, i64)> = Vec::new();
    for line in bill.lines.iter().filter(|line| !line.removed) {
        let contract = match line.product {
            Some(product) => match own.get(&product) {
                Some(known) => *known,
                None => {
                    let found = assignment::of_iiko_product(c, venue, product).await?;
                    *own.entry(product).or_insert(found)
                }
            },
            None => None,
        };
        let (contract, _) = route(contract, primary);
        match weights.iter_mut().find(|(one, _)| *one == contract) {
            Some((_, weight)) => *weight += line.sum.0.max(0),
            None => weights.push((contract, line.sum.0.max(0))),
        }
    }
    if weights.is_empty() {
        weights.push((primary, 1));
    }
    let named = |id: Option<Uuid>| contracts.iter().find(|one| Some(one.id) == id);
    let sums = divided(sum, &weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>());
    let payees = weights.into_iter().zip(sums).map(|((contract_id, _), amount)| Payee {
        contract_id,
        entity: named(contract_id).map(|one| one.entity.clone()).unwrap_or_default(),
        amount,
    });
    Ok(payees.filter(|payee| payee.amount.0 > 0).collect())
}
