//! The job that holds bills against our books after all is done: every hour those of two days, once a day those of a
//! fortnight. What differs is read afresh before anybody is told.
use chrono::TimeDelta;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::link::Link;
use crate::integrations::trouble::code_of;
use crate::orders::status::Status;
use crate::posting::difference::{self, Apart, compare};
use crate::posting::iiko::Iiko;
use crate::posting::intent;
use crate::posting::reconciliation::{self, Copy};
use crate::posting::till::{Bill, Till};
use crate::queue::job::{self, Lease};
use crate::sync::watch;
use crate::venues::venue;

/// The job's kind.
pub const JOB: &str = "reconcile";

const EVERY: TimeDelta = TimeDelta::hours(1);
const RECENT: TimeDelta = TimeDelta::days(2);
const WHOLE: TimeDelta = TimeDelta::days(14);
/// A venue's day turns at five in the morning: then nobody dines.
const TURNS: TimeDelta = TimeDelta::hours(5);
/// Bills read afresh one by one, each for some seconds; what is beyond has its turn in an hour.
const LOOKS: usize = 50;

/// Asks for one that goes over the fortnight.
pub async fn ask(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    reconciliation::want_whole(c, venue).await?;
    job::enqueue_anew(c, venue, JOB).await
}

/// Asks wherever nobody has for an hour.
pub async fn ask_all(db: &Db) -> Result<()> {
    let venues = reconciliation::due(&mut db.read().await?, clock::now() - EVERY).await?;
    job::enqueue_all(db, venues, JOB).await
}

/// What one reconciliation came to.
#[derive(Default)]
struct Found {
    /// Of each order that was read for certain.
    orders: Vec<(Uuid, Vec<Apart>)>,
    compared: i64,
    unread: i64,
}

pub async fn perform(db: &Db, link: &Link, lease: &Lease) -> Result<()> {
    let till = match Iiko::open(db, link, lease.venue).await {
        Ok(till) => till,
        Err(Error::Conflict(why)) => return lease.end(db, job::End::Cancelled, why).await,
        Err(cause) => return Err(cause),
    };
    let mut c = db.snapshot().await?;
    let last = reconciliation::of_venue(&mut c, lease.venue).await?;
    let zone = venue::get(&mut c, lease.venue).await?.zone();
    drop(c);
    let now = clock::now();
    let day = |at: Timestamp| clock::day_at(at - TURNS, zone);
    let is_whole = last.whole_at.is_none_or(|at| day(at) != day(now));
    let since = now - if is_whole { WHOLE } else { RECENT };
    let found = over(db, link, lease.venue, (&till, since)).await?;
    let mut tx = db.begin().await?;
    lease.hold(&mut tx).await?;
    link.keep_calls(&mut tx).await?;
    let now = clock::now();
    match &found {
        Ok(found) => {
            for (order, apart) in &found.orders {
                difference::keep(&mut tx, lease.venue, *order, apart, now).await?;
            }
            let numbers = (found.compared, found.unread);
            reconciliation::done(&mut tx, lease.venue, numbers, is_whole, now).await?;
            intent::tell(&mut tx, lease.venue).await?;
        }
        Err(fault) => {
            reconciliation::failed(&mut tx, lease.venue, (&code_of(fault), &fault.said), now).await?;
        }
    }
    lease.finish(&mut tx, job::End::Done, None).await?;
    tx.commit().await
}

/// Goes over the bills opened since: all of them read two hundred at a time, those that differ once more one by one, from
/// the till itself.
async fn over(
    db: &Db,
    link: &Link,
    venue: Uuid,
    (till, since): (&Iiko<'_>, Timestamp),
) -> Result<Result<Found, Fault>> {
    let began = clock::now();
    let copies = reconciliation::copies(&mut db.read().await?, venue, since, &till.types).await?;
    let ids: Vec<Uuid> = copies.iter().map(|copy| copy.which.iiko_id).collect();
    let shown: Vec<Uuid> = copies.iter().filter_map(|copy| copy.which.pos_id).collect();
    if !shown.is_empty()
        && let Err(fault) = till.show(&shown).await
    {
        return Ok(Err(fault));
    }
    if let Err(fault) = watch::these(db, link, venue, (&ids, false)).await? {
        return Ok(Err(fault));
    }
    let mut c = db.snapshot().await?;
    let copies = reconciliation::copies(&mut c, venue, since, &till.types).await?;
    let told = difference::open_orders(&mut c, venue).await?;
    let settled = difference::settled(&mut c, venue).await?;
    let mut found = Found::default();
    let mut suspects = Vec::new();
    for copy in copies {
        // what iiko does not show any more proves nothing
        if copy.seen_at < began {
            found.unread += 1;
            continue;
        }
        found.compared += 1;
        let books = reconciliation::books(&mut c, venue, copy.id).await?;
        let apart = compare(&bill(till, &copy), &books);
        // what a person has seen and settled is not asked of the till again
        let known = |one: &Apart| settled.get(&copy.id).is_some_and(|known| known.contains(one));
        if !apart.iter().all(known) {
            suspects.push(copy);
        } else if told.contains_key(&copy.id) {
            found.orders.push((copy.id, apart));
        }
    }
    drop(c);
    // those nobody was told of first, then those not looked at for longest
    suspects.sort_by_key(|copy| (told.get(&copy.id).copied(), copy.id));
    found.unread += i64::try_from(suspects.len().saturating_sub(LOOKS)).unwrap_or(i64::MAX);
    for copy in suspects.into_iter().take(LOOKS) {
        match afresh(db, venue, till, &copy).await? {
            Some(apart) => found.orders.push((copy.id, apart)),
            None => found.unread += 1,
        }
    }
    Ok(Ok(found))
}

fn bill(till: &Iiko<'_>, copy: &Copy) -> Bill {
    let status = Status::of_word(&copy.status).unwrap_or(Status::New);
    till.bill_of((status, copy.creation == "success"), (copy.sum, copy.paid), &copy.body)
}

/// What an order differs in, read from the till now; none: it does not show it, or a payment moved meanwhile.
async fn afresh(db: &Db, venue: Uuid, till: &Iiko<'_>, copy: &Copy) -> Result<Option<Vec<Apart>>> {
    let before = reconciliation::books(&mut db.read().await?, venue, copy.id).await?;
    let Ok(bill) = till.look(&copy.which).await else { return Ok(None) };
    let after = reconciliation::books(&mut db.read().await?, venue, copy.id).await?;
    Ok((bill.present && before == after).then(|| compare(&bill, &before)))
}
