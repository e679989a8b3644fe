//! Where a bill and our books do not say the same: of one sum it has a payment of ours too few, or one too many. Found when
//! bills are held against the books, long after each payment was confirmed; a person looks into it.
use std::collections::BTreeMap;

use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::money::Kopecks;
use crate::posting::intent::{self, State};
use crate::posting::till::{Bill, Stage};
use crate::{all, exec, one, opt};

/// Payments of one sum, counted on the bill and in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Of one payment.
    pub amount: Kopecks,
    pub on_bill: i64,
    /// Confirmed.
    pub in_books: i64,
}

/// What does not agree. A payment still on its way may be there or not; a deleted order has nothing on it; one that the
/// till does not show proves nothing.
pub fn compare(bill: &Bill, books: &[(Kopecks, State)]) -> Vec<Apart> {
    if !bill.present {
        return Vec::new();
    }
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (amount, state) in books {
        let (confirmed, under_way) = sums.entry(amount.0).or_default();
        match state {
            State::Confirmed => *confirmed += 1,
            State::ByHand => {}
            _ => *under_way += 1,
        }
    }
    for paid in &bill.payments {
        sums.entry(paid.sum.0).or_default();
    }
    let there = |amount| if bill.stage == Stage::Deleted { 0 } else { bill.ours(amount) };
    let apart = |(amount, (confirmed, under_way))| {
        let (amount, on_bill) = (Kopecks(amount), there(Kopecks(amount)));
        let agrees = (confirmed..=confirmed + under_way).contains(&on_bill);
        (!agrees).then_some(Apart { amount, on_bill, in_books: confirmed })
    };
    sums.into_iter().filter_map(apart).collect()
}

/// A difference as a person sees it.
#[derive(Clone, Debug, FromRow)]
pub struct Difference {
    pub id: Uuid,
    pub order_id: Uuid,
    /// The order's, of the till.
    pub number: String,
    pub place: String,
    pub amount: Kopecks,
    pub on_bill: i64,
    pub in_books: i64,
    pub found_at: Timestamp,
}

macro_rules! select_open {
    ($which:literal) => {
        concat!(
            "SELECT d.id, d.order_id, o.number, o.place, d.amount, d.on_bill, d.in_books, d.found_at
             FROM bill_differences d JOIN orders o ON o.venue_id = d.venue_id AND o.id = d.order_id
             WHERE d.venue_id = $1 AND d.settled_at IS NULL ",
            $which
        )
    };
}

/// Those nobody has looked into yet, the newest first, fifty at most.
pub async fn open(c: &mut Conn, venue: Uuid) -> Result<Vec<Difference>> {
    Ok(all!(c, Difference, select_open!("ORDER BY d.id DESC LIMIT 50"), venue)?)
}

pub async fn of_order(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Vec<Difference>> {
    Ok(all!(c, Difference, select_open!("AND d.order_id = $2 ORDER BY d.id DESC"), venue, order)?)
}

/// Orders with an open one, and when it was seen last.
pub(super) async fn open_orders(c: &mut Conn, venue: Uuid) -> Result<BTreeMap<Uuid, Timestamp>> {
    let sql = "SELECT order_id, seen_at FROM bill_differences WHERE venue_id = $1 AND settled_at IS NULL";
    Ok(all!(c, (Uuid, Timestamp), sql, venue)?.into_iter().collect())
}

/// What a person has settled of each order, as they saw it.
pub(super) async fn settled(c: &mut Conn, venue: Uuid) -> Result<BTreeMap<Uuid, Vec<Apart>>> {
    let sql = "SELECT order_id, amount, on_bill, in_books FROM bill_differences
               WHERE venue_id = $1 AND settled_by IS NOT NULL";
    let mut settled: BTreeMap<Uuid, Vec<Apart>> = BTreeMap::new();
    for (order, amount, on_bill, in_books) in all!(c, (Uuid, Kopecks, i64, i64), sql, venue)? {
        settled.entry(order).or_default().push(Apart { amount, on_bill, in_books });
    }
    Ok(settled)
}

/// Writes what an order's bill was just seen to differ in. What agrees again is settled by itself; what a person has
/// settled stays so while it is what they have seen.
pub async fn keep(c: &mut Conn, venue: Uuid, order: Uuid, apart: &[Apart], now: Timestamp) -> Result<()> {
    let known = all!(
        c,
        (Uuid, Kopecks, Option<Timestamp>),
        "SELECT id, amount, settled_at FROM bill_differences WHERE venue_id = $1 AND order_id = $2",
        venue,
        order
    )?;
    for (id, amount, settled) in known {
        if settled.is_none() && apart.iter().all(|one| one.amount != amount) {
            let sql = "UPDATE bill_differences SET settled_at = $3 WHERE venue_id = $1 AND id = $2";
            exec!(c, sql, venue, id, now)?;
        }
    }
    for one in apart {
        exec!(
            c,
            "INSERT INTO bill_differences (venue_id, id, order_id, amount, on_bill, in_books, found_at, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
             ON CONFLICT (venue_id, order_id, amount) DO UPDATE SET
               seen_at = excluded.seen_at,
               found_at = CASE WHEN bill_differences.settled_at IS NULL THEN bill_differences.found_at ELSE excluded.found_at END,
               settled_at = NULL, settled_by = NULL,
               on_bill = excluded.on_bill, in_books = excluded.in_books
             WHERE bill_differences.settled_by IS NULL
                OR (bill_differences.on_bill, bill_differences.in_books) <> (excluded.on_bill, excluded.in_books)",
            venue,
            Uuid::now_v7(),
            order,
            one.amount,
            one.on_bill,
            one.in_books,
            now
        )?;
    }
    Ok(())
}

/// «Looked into»: by whom, and as they saw it. [`Error::Conflict`] when it is not any more what they saw.
pub async fn settle(
    c: &mut Conn,
    (venue, id): (Uuid, Uuid),
    (on_bill, in_books): (i64, i64),
    (person, now): (Uuid, Timestamp),
) -> Result<Difference> {
    let found = opt!(c, Difference, select_open!("AND d.id = $2"), venue, id)?;
    let Some(difference) = found else {
        let known = "SELECT EXISTS (SELECT 1 FROM bill_differences WHERE venue_id = $1 AND id = $2)";
        let (known,) = one!(c, (bool,), known, venue, id)?;
        return Err(if known { Error::Conflict("difference-moved") } else { Error::NotFound("difference") });
    };
    let touched = exec!(
        c,
        "UPDATE bill_differences SET settled_at = $5, settled_by = $6
         WHERE venue_id = $1 AND id = $2 AND on_bill = $3 AND in_books = $4 AND settled_at IS NULL",
        venue,
        id,
        on_bill,
        in_books,
        now,
        person
    )?;
    if touched != 1 {
        return Err(Error::Conflict("difference-moved"));
    }
    intent::tell(c, venue).await?;
    Ok(difference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::till::Paid;

    fn bill(sums: &[i64]) -> Bill {
        let payments = sums.iter().map(|sum| Paid { ours: true, sum: Kopecks(*sum), preliminary: false });
        Bill {
            present: true,
            made: true,
            stage: Stage::Closed,
            sum: Kopecks(500),
            processed: Kopecks(0),
            payments: payments.collect(),
        }
    }

    fn found(bill: &Bill, books: &[(i64, State)]) -> Vec<(i64, i64, i64)> {
        let books: Vec<_> = books.iter().map(|(sum, state)| (Kopecks(*sum), *state)).collect();
        compare(bill, &books).iter().map(|one| (one.amount.0, one.on_bill, one.in_books)).collect()
    }

    #[test]
    fn a_payment_too_few_or_too_many_is_told_and_one_on_its_way_may_be_there_or_not() {
        use State::{ByHand, Confirmed, Person, Posting, Unknown};
        assert_eq!(found(&bill(&[100, 100, 7]), &[(100, Confirmed), (100, Confirmed), (7, Confirmed)]), []);
        assert_eq!(found(&bill(&[100]), &[(100, Confirmed), (100, Confirmed)]), [(100, 1, 2)]);
        assert_eq!(found(&bill(&[100, 100]), &[(100, Confirmed)]), [(100, 2, 1)]);
        assert_eq!(found(&bill(&[99]), &[(100, Confirmed)]), [(99, 1, 0), (100, 0, 1)]);
        for state in [Posting, Unknown, Person] {
            assert_eq!(found(&bill(&[100]), &[(100, state)]), []);
            assert_eq!(found(&bill(&[]), &[(100, state)]), []);
            assert_eq!(found(&bill(&[100, 100]), &[(100, state)]), [(100, 2, 0)]);
        }
        // settled by hand, and the till has it after all: the guest may have paid and been paid back
        assert_eq!(found(&bill(&[100]), &[(100, ByHand)]), [(100, 1, 0)]);
        assert_eq!(found(&bill(&[100]), &[]), [(100, 1, 0)], "a waiter has put it there under our type");
    }

    #[test]
    fn a_deleted_order_has_nothing_on_it_and_a_hidden_one_proves_nothing() {
        let deleted = Bill { stage: Stage::Deleted, ..bill(&[100]) };
        assert_eq!(found(&deleted, &[(100, State::Confirmed)]), [(100, 0, 1)]);
        let hidden = Bill { present: false, ..bill(&[]) };
        assert_eq!(found(&hidden, &[(100, State::Confirmed)]), []);
        let mut others = bill(&[100, 100]);
        others.payments[0].ours = false;
        others.payments[1].preliminary = true;
        assert_eq!(found(&others, &[]), [], "what is not ours or does not count yet is nobody's business");
    }
}
