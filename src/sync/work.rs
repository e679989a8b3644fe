//! The job that performs a sync: fetch → plan → apply in one transaction. A killed process leaves everything as it was; the
//! job is taken over and the run starts again.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use uuid::Uuid;

use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::nomenclature::Nomenclature;
use crate::integrations::link::Link;
use crate::menu::import::{self, Ours};
use crate::queue::job::{self, Lease, Pulse};
use crate::queue::runner::Stop;
use crate::staff;
use crate::sync::beside::{self, Beside};
use crate::sync::change::{Kind, Tally};
use crate::sync::gate::Held;
use crate::sync::outcome::{
    Answers, applied, failed, failed_part, held, nothing_exported, stopped, unchanged,
};
use crate::sync::plan::{Terms, plan};
use crate::sync::reading::picture;
use crate::sync::run::{self, End, Run, Told};
use crate::venues::venue::{self, Venue};

/// What the job works with.
pub struct Work {
    pub db: Db,
    pub lease: Lease,
    pub run: Run,
    pub venue: Venue,
    pub connection: Connection,
}

impl Work {
    /// Reads what the lease's run is about; none when there is nothing left to do for it.
    pub async fn of(db: &Db, lease: Lease) -> Result<Option<Work>> {
        let id = lease.payload.get("run").and_then(|v| v.as_str()).and_then(|v| v.parse::<Uuid>().ok());
        let id = id.ok_or_else(|| Error::internal("a sync job without a run"))?;
        let mut c = db.read().await?;
        let run = run::get(&mut c, lease.venue, id).await?;
        let venue = venue::get(&mut c, lease.venue).await?;
        let connection = connection::of_venue(&mut c, lease.venue).await?;
        drop(c);
        match connection {
            Some(connection) if run.is_live() => {
                Ok(Some(Work { db: db.clone(), lease, run, venue, connection }))
            }
            _ => {
                let mut tx = db.begin().await?;
                if run.is_live() {
                    run::end(&mut tx, lease.venue, id, &End::in_state("cancelled")).await?;
                }
                lease.finish(&mut tx, job::End::Cancelled, Some(job::UNTIED)).await?;
                tx.commit().await?;
                Ok(None)
            }
        }
    }

    fn organization(&self) -> Result<Uuid> {
        self.connection.organization_id.ok_or_else(|| Error::internal("a sync without an organization"))
    }

    async fn progress(&self, phase: &str, done: i64, total: i64) -> Result<()> {
        let mut tx = self.db.begin().await?;
        self.lease.hold(&mut tx).await?;
        run::progress(&mut tx, self.lease.venue, self.run.id, (phase, done, total)).await?;
        tx.commit().await
    }

    /// Ends run and job together, in the caller's transaction.
    pub(in crate::sync) async fn finish(&self, c: &mut Conn, end: &End<'_>, job: job::End) -> Result<()> {
        run::end(c, self.lease.venue, self.run.id, end).await?;
        self.lease.finish(c, job, end.fault.map(|fault| fault.code)).await
    }
}

/// Performs a run over the open line.
pub async fn perform(work: &Work, link: &Link, mut stop: Stop) -> Result<()> {
    let bytes = AtomicU64::new(0);
    let fetched = tokio::select! {
        fetched = fetch(work, link, &bytes) => fetched?,
        lost = tell(work, &bytes) => return unless_stopped(work, Some(link), lost).await,
        pulse = stop.asked() => return stopped(work, Some(link), pulse).await,
    };
    match fetched {
        Ok((menu, beside)) => digest(work, Some(link), menu.as_deref(), &beside).await,
        Err(fault) => {
            let told = failed(work, Some(link), &fault).await;
            unless_stopped(work, Some(link), told).await
        }
    }
}

/// iiko's answers: the menu's, where the run is to bring it, and those beside it.
async fn fetch(
    work: &Work,
    link: &Link,
    bytes: &AtomicU64,
) -> Result<Result<(Option<Vec<u8>>, Beside), Fault>> {
    let (organization, group) = (work.organization()?, work.connection.terminal_group_id);
    let mut menu = None;
    if work.run.scope().has_menu() {
        // an approval is for a plan: it needs the whole picture even when the revision did not move on
        let since = if work.run.approves.is_some() { 0 } else { work.connection.menu_revision.unwrap_or(0) };
        let seen = |n| bytes.store(n, Ordering::Relaxed);
        match link.till.nomenclature(organization, since, &seen).await {
            Ok(body) => menu = Some(body),
            Err(fault) => return Ok(Err(fault)),
        }
    }
    let people = staff::import::load(&mut work.db.read().await?, work.lease.venue).await?;
    Ok(Ok((menu, beside::fetch(&link.till, work.run.scope(), (organization, group), &people).await)))
}

/// Tells twice a second how many bytes have come, until dropped.
async fn tell(work: &Work, bytes: &AtomicU64) -> Result<()> {
    loop {
        let n = i64::try_from(bytes.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        work.progress("fetch", n, 0).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// From fetched answers to the end of the run. Without a line (tests, benchmark) there are no calls to keep.
pub async fn digest(work: &Work, link: Option<&Link>, menu: Option<&[u8]>, beside: &Beside) -> Result<()> {
    let told = compare(work, link, menu, beside).await;
    unless_stopped(work, link, told).await
}

/// A write refused by the fence is no failure when a person stopped the run, or when another worker has it now: trying
/// again would only be refused again.
async fn unless_stopped(work: &Work, link: Option<&Link>, told: Result<()>) -> Result<()> {
    let Err(Error::Conflict("job-lost")) = told else { return told };
    let pulse = work.lease.pulse(&mut work.db.read().await?).await?;
    if pulse == Pulse::Held { told } else { stopped(work, link, pulse).await }
}

async fn compare(work: &Work, link: Option<&Link>, menu: Option<&[u8]>, beside: &Beside) -> Result<()> {
    let theirs = match menu.map(Nomenclature::read).transpose() {
        Ok(menu) => Answers { menu, beside: beside.read() },
        Err(fault) => return failed(work, link, &fault).await,
    };
    if let Some(fault) = theirs.beside.fault.as_ref().filter(|_| !work.run.scope().has_menu()) {
        // it was asked for alone: there is nothing else to bring
        return failed_part(work, link, (&theirs.beside, fault)).await;
    }
    let products = theirs.menu.as_ref().map_or(0, |menu| menu.products.len());
    work.progress("plan", 0, products as i64).await?;
    let mut snapshot = work.db.snapshot().await?;
    let ours = match theirs.menu {
        Some(_) => import::load(&mut snapshot, work.lease.venue).await?,
        None => Ours::default(),
    };
    let ours_beside = theirs.beside.ours(&mut snapshot, work.lease.venue).await?;
    drop(snapshot);
    let is_first = ours.products.is_empty() && theirs.menu.is_some();
    let last = work.connection.menu_revision;
    let silent = theirs.menu_is_silent(last);
    let picture = theirs.menu.as_ref().filter(|_| !silent).map(picture);
    let terms = Terms { is_first, day: clock::day_at(clock::now(), work.venue.zone()), last_revision: last };
    let mut plan = picture.as_ref().map(|picture| plan(&ours, picture, &terms)).unwrap_or_default();
    let nothing = is_first && picture.as_ref().is_some_and(|picture| picture.dishes.is_empty());
    if nothing {
        plan.changes.retain(|change| change.kind == Kind::Skipped);
        plan.tally = Tally { skipped: plan.tally.skipped, ..Tally::default() };
    }
    theirs.beside.plan(&mut plan, &ours_beside, work.organization()?);
    if work.run.scope().has_menu() {
        plan.leave_seating_in_question();
    }
    if nothing {
        return nothing_exported(work, link, (&plan, &theirs)).await;
    }
    if silent && plan.changes.is_empty() && !plan.writes_beside() {
        return unchanged(work, link, (&theirs, plan.left)).await;
    }
    let digest = plan.digest();
    if work.run.approves.as_deref() == Some(&digest) {
        plan.held.clear();
    } else if work.run.approves.is_some() && !plan.held.is_empty() {
        plan.held.push(Held::ChangedMeanwhile);
    }
    if !plan.held.is_empty() {
        return held(work, link, &plan, (&digest, &theirs, is_first)).await;
    }
    work.progress("apply", 0, plan.changes.len() as i64).await?;
    applied(work, link, &plan, (&digest, &theirs, is_first)).await
}

/// After the last try: the run says that it failed, and the job is over.
pub async fn give_up(db: &Db, lease: Lease, said: &str) -> Result<()> {
    let Some(work) = Work::of(db, lease).await? else { return Ok(()) };
    let mut tx = db.begin().await?;
    let fault = Some(Told { code: "ours", said: "", correlation_id: None });
    work.finish(&mut tx, &End { fault, ..End::in_state("failed") }, job::End::Failed).await?;
    tracing::error!(run = %work.run.id, said, "a sync was given up");
    tx.commit().await
}
