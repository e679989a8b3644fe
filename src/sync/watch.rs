//! The job that looks after a venue's orders: what is open on its tables, what became of those we know to be open, which
//! deliveries changed. Nothing comes by itself for certain: a table order opened at the till is seen only when asked for.
use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::methods::{BY_DATE, BY_ID, BY_REVISION, BY_TABLE, DELIVERIES_BY_ID};
use crate::integrations::iiko_cloud::orders::{self as wire, Orders};
use crate::integrations::link::Link;
use crate::integrations::trouble::code_of;
use crate::orders::order::{self, Source, Took};
use crate::orders::watch::{self, Watch};
use crate::queue::job::{self, Lease};
use crate::seating::table;
use crate::sync::orders::{Ground, told};
use crate::venues::venue;

/// The job's kind.
pub const JOB: &str = "orders";

/// Between asking the till to show its tables and reading them: it takes one to two seconds.
const SETTLES: Duration = Duration::from_millis(1_500);
/// How old a look may grow before the next is asked for by itself.
const EVERY: TimeDelta = TimeDelta::seconds(90);
/// iiko's own limit of «by revision».
const REVISION_LASTS: TimeDelta = TimeDelta::hours(3);
/// Orders asked for by their ids at once: iiko's limit.
const AT_ONCE: usize = 200;
/// Open orders followed: beyond it something is wrong with the venue, not with us.
const FOLLOWED: i64 = 1_000;

/// Asks for a look; one that waits is joined, one that runs is followed by another.
pub async fn ask(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    job::enqueue_anew(c, venue, JOB).await
}

/// Looks once.
pub async fn perform(db: &Db, link: &Link, lease: &Lease) -> Result<()> {
    let connection = connection::of_venue(&mut db.read().await?, lease.venue).await?;
    let ready = connection.filter(|one| one.organization_id.is_some() && one.terminal_group_id.is_some());
    let Some(connection) = ready else {
        return lease.end(db, job::End::Cancelled, job::UNTIED).await;
    };
    let outcome = look(db, link, lease, &connection).await?;
    // whoever does not answer is asked nothing more
    let answers = match &outcome {
        Err(fault) if fault.is_silence() => None,
        _ => answers(link, &connection).await,
    };
    let mut tx = db.begin().await?;
    lease.hold(&mut tx).await?;
    link.keep_calls(&mut tx).await?;
    let now = clock::now();
    match &outcome {
        Ok(seen) => watch::well(&mut tx, lease.venue, (seen.revision, seen.unread), now).await?,
        Err(fault) => {
            let told = (code_of(fault), fault.said.as_str(), fault.correlation_id.as_deref());
            watch::ill(&mut tx, lease.venue, (&told.0, told.1, told.2), now).await?;
        }
    }
    if let Some(answers) = answers {
        venue::note_till(&mut tx, lease.venue, answers, now).await?;
    }
    lease.finish(&mut tx, job::End::Done, None).await?;
    tx.commit().await
}

/// Whether the till itself is on the line; none: iiko does not say.
async fn answers(link: &Link, connection: &Connection) -> Option<bool> {
    let (organization, group) = connection.organization_id.zip(connection.terminal_group_id)?;
    let alive = link.till.are_alive(organization, &[group]).await.ok()?;
    alive.into_iter().find(|(id, _)| *id == group).map(|(_, alive)| alive)
}

/// What is open on one table, asked of the till now; also what we knew to be open there. [`Error::Conflict`] without a tie.
pub async fn table(db: &Db, link: &Link, venue: Uuid, table: Uuid) -> Result<Result<(), Fault>> {
    let (ground, connection) = ground(db, venue).await?;
    let desk = Desk { db, link, venue, lease: None, ground: &ground, connection: &connection };
    let mut seen = Seen::default();
    let told = desk.tables(&[table], &mut seen).await?;
    let told = match told {
        Ok(()) => desk.known_at(table, &mut seen).await?,
        fault => fault,
    };
    link.keep(db).await?;
    Ok(told)
}

/// These orders, read from iiko now. [`Error::Conflict`] without a tie.
pub async fn these(
    db: &Db,
    link: &Link,
    venue: Uuid,
    (orders, is_delivery): (&[Uuid], bool),
) -> Result<Result<(), Fault>> {
    let (ground, connection) = ground(db, venue).await?;
    let desk = Desk { db, link, venue, lease: None, ground: &ground, connection: &connection };
    let mut told = Ok(());
    for orders in orders.chunks(AT_ONCE) {
        told = desk.asked_for(orders, is_delivery, &mut Seen::default()).await?;
        if told.is_err() {
            break;
        }
    }
    link.keep(db).await?;
    Ok(told)
}

/// What the orders of a tied venue are read against.
async fn ground(db: &Db, venue: Uuid) -> Result<(Ground, Connection)> {
    let mut c = db.snapshot().await?;
    let connection = connection::of_venue(&mut c, venue).await?;
    let ready = connection.filter(|one| one.organization_id.is_some() && one.terminal_group_id.is_some());
    let connection = ready.ok_or(Error::Conflict("iiko-no-key"))?;
    let whose = venue::get(&mut c, venue).await?;
    Ok((Ground::of(&mut c, &whose).await?, connection))
}

/// What a look brought.
#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<Uuid>,
    unread: i64,
    revision: Option<i64>,
}

async fn look(db: &Db, link: &Link, lease: &Lease, connection: &Connection) -> Result<Result<Seen, Fault>> {
    let mut c = db.snapshot().await?;
    let venue = venue::get(&mut c, lease.venue).await?;
    let ground = Ground::of(&mut c, &venue).await?;
    let tables = table::of_venue(&mut c, venue.id).await?;
    let known = watch::of_venue(&mut c, venue.id).await?;
    drop(c);
    let tables: Vec<Uuid> =
        tables.iter().filter(|table| table.vanished_at.is_none()).map(|table| table.iiko_id).collect();
    let mut seen = Seen::default();
    let desk = Desk { db, link, venue: venue.id, lease: Some(lease), ground: &ground, connection };
    // one that iiko refuses (a right is missing) does not hide the others; who does not answer at all is asked once
    let mut refused = None;
    for step in [Step::Tables(&tables), Step::Known, Step::Deliveries(&known)] {
        match desk.take(step, &mut seen).await? {
            Err(fault) if fault.kind.is_passing() || fault.kind == FaultKind::BadKey => {
                return Ok(Err(fault));
            }
            Err(fault) => drop(refused.get_or_insert(fault)),
            Ok(()) => {}
        }
    }
    Ok(refused.map_or(Ok(seen), Err))
}

enum Step<'a> {
    Tables(&'a [Uuid]),
    Deliveries(&'a Watch),
    /// What was open and was not among the others: closed meanwhile, or gone.
    Known,
}

struct Desk<'a> {
    db: &'a Db,
    link: &'a Link,
    venue: Uuid,
    /// None: a person or a guest asks, outside the job.
    lease: Option<&'a Lease>,
    ground: &'a Ground,
    connection: &'a Connection,
}

impl Desk<'_> {
    fn organization(&self) -> Uuid {
        self.connection.organization_id.unwrap_or_default()
    }

    async fn take(&self, step: Step<'_>, seen: &mut Seen) -> Result<Result<(), Fault>> {
        match step {
            Step::Tables(tables) => self.tables(tables, seen).await,
            Step::Deliveries(known) => self.deliveries(known, seen).await,
            Step::Known => self.known(seen).await,
        }
    }

    async fn tables(&self, tables: &[Uuid], seen: &mut Seen) -> Result<Result<(), Fault>> {
        if tables.is_empty() {
            return Ok(Ok(()));
        }
        let till = &self.link.till;
        let group = self.connection.terminal_group_id.unwrap_or_default();
        // a till that cannot show its tables just now may still have shown them before
        if let Err(fault) = till.init_by_table(self.organization(), group, tables).await
            && (fault.is_silence()
                || matches!(
                    fault.kind,
                    FaultKind::MissingRight { .. } | FaultKind::BadKey | FaultKind::SealedKey
                ))
        {
            return Ok(Err(fault));
        }
        tokio::time::sleep(SETTLES).await;
        match till.orders_by_table(self.organization(), tables).await {
            Ok(body) => self.kept(wire::table_orders(BY_TABLE, &body), false, seen).await,
            Err(fault) => Ok(Err(fault)),
        }
    }

    /// By revision while it is fresh, else by date: yesterday, today and tomorrow of the venue.
    async fn deliveries(&self, known: &Watch, seen: &mut Seen) -> Result<Result<(), Fault>> {
        let till = &self.link.till;
        let now = clock::now();
        let fresh = known.revision.zip(known.revision_at).filter(|(_, at)| now - *at < REVISION_LASTS);
        if let Some((revision, _)) = fresh {
            return match till.deliveries_since(self.organization(), revision).await {
                Ok(body) => self.kept(wire::deliveries(BY_REVISION, &body), true, seen).await,
                Err(fault) => Ok(Err(fault)),
            };
        }
        let today = clock::day_at(now, self.ground.zone());
        for day in [today.pred_opt(), Some(today), today.succ_opt()].into_iter().flatten() {
            let (from, to) = (day.and_time(chrono::NaiveTime::MIN), day.and_hms_milli_opt(23, 59, 59, 999));
            let asked = till.deliveries_between(self.organization(), from, to.unwrap_or(from)).await;
            let told = match asked {
                Ok(body) => self.kept(wire::deliveries(BY_DATE, &body), true, seen).await?,
                Err(fault) => Err(fault),
            };
            if told.is_err() {
                return Ok(told);
            }
        }
        Ok(Ok(()))
    }

    async fn known(&self, seen: &mut Seen) -> Result<Result<(), Fault>> {
        let open = order::open_ids(&mut self.db.read().await?, self.venue, FOLLOWED).await?;
        let (tables, deliveries): (Vec<_>, Vec<_>) =
            open.into_iter().filter(|(id, _)| !seen.ids.contains(id)).partition(|(_, kind)| kind == "table");
        for (orders, is_delivery) in [(tables, false), (deliveries, true)] {
            let ids: Vec<Uuid> = orders.into_iter().map(|(id, _)| id).collect();
            for ids in ids.chunks(AT_ONCE) {
                let told = self.asked_for(ids, is_delivery, seen).await?;
                if told.is_err() {
                    return Ok(told);
                }
            }
        }
        Ok(Ok(()))
    }

    /// What we knew to be open on a table and was not told of: closed meanwhile, or gone.
    async fn known_at(&self, table: Uuid, seen: &mut Seen) -> Result<Result<(), Fault>> {
        let open = order::open_at_table(&mut self.db.read().await?, self.venue, table).await?;
        let ids: Vec<Uuid> = open.into_iter().filter(|id| !seen.ids.contains(id)).take(AT_ONCE).collect();
        if ids.is_empty() { Ok(Ok(())) } else { self.asked_for(&ids, false, seen).await }
    }

    async fn asked_for(&self, ids: &[Uuid], is_delivery: bool, seen: &mut Seen) -> Result<Result<(), Fault>> {
        let (till, unread) = (&self.link.till, seen.unread);
        let (path, body) = if is_delivery {
            (DELIVERIES_BY_ID, till.deliveries_by_id(self.organization(), ids).await)
        } else {
            (BY_ID, till.orders_by_id(self.organization(), ids).await)
        };
        let told = match body {
            Ok(body) => self.kept(wire::table_orders(path, &body), is_delivery, seen).await?,
            Err(fault) => Err(fault),
        };
        // one that could not be read is there all the same, and nobody knows which it is
        if told.is_ok() && seen.unread == unread {
            let missing: Vec<Uuid> = ids.iter().copied().filter(|id| !seen.ids.contains(id)).collect();
            let mut tx = self.db.begin().await?;
            if let Some(lease) = self.lease {
                lease.hold(&mut tx).await?;
            }
            order::missed(&mut tx, self.venue, &missing).await?;
            tx.commit().await?;
        }
        Ok(told)
    }

    /// One answer, one transaction.
    async fn kept(
        &self,
        orders: Result<Orders<'_>, Fault>,
        is_delivery: bool,
        seen: &mut Seen,
    ) -> Result<Result<(), Fault>> {
        let orders = match orders {
            Ok(orders) => orders,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut tx = self.db.begin().await?;
        if let Some(lease) = self.lease {
            lease.hold(&mut tx).await?;
        }
        let now = clock::now();
        seen.unread += i64::try_from(orders.unread).unwrap_or(i64::MAX);
        seen.revision = orders.max_revision.max(seen.revision);
        let ours = |id: Option<Uuid>| id.is_none_or(|id| id == self.organization());
        for info in orders.read.iter().filter(|info| ours(info.organization_id.0)) {
            let Ok(told) = told(info, self.ground, is_delivery) else {
                seen.unread += 1;
                continue;
            };
            seen.ids.insert(told.iiko_id);
            if took(&mut tx, self.venue, &told, now).await? == Took::Same {
                order::seen(&mut tx, self.venue, told.iiko_id, now).await?;
            }
        }
        tx.commit().await?;
        Ok(Ok(()))
    }
}

async fn took(c: &mut Conn, venue: Uuid, told: &order::Told, now: Timestamp) -> Result<Took> {
    order::take(c, venue, told, (Source::Sweep, now)).await
}

/// The job could not be done in all its tries: what was seen before stays.
pub async fn give_up(db: &Db, lease: &Lease, said: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    watch::ill(&mut tx, lease.venue, ("ours", "", None), clock::now()).await?;
    lease.finish(&mut tx, job::End::Failed, Some(said)).await?;
    tx.commit().await
}

/// Asks for a look at every venue at which nobody has looked for a while.
pub async fn ask_all(db: &Db) -> Result<()> {
    let before = clock::now() - EVERY;
    let venues = watch::due(&mut db.read().await?, before).await?;
    job::enqueue_all(db, venues, JOB).await
}
