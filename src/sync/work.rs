//! The job that performs a sync: fetch → plan → apply in one transaction. A killed process leaves everything as it was; the
//! job is taken over and the run starts again.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::clock;
use crate::db::conn::{Conn, Db, Tx};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::nomenclature::Nomenclature;
use crate::integrations::link::{Link, note_fault};
use crate::integrations::trouble::code_of;
use crate::menu::import;
use crate::payments;
use crate::queue::job::{self, Lease, Pulse};
use crate::queue::runner::Stop;
use crate::seating;
use crate::staff;
use crate::sync::beside::{self, Beside, Read};
use crate::sync::change::Kind;
use crate::sync::gate::Held;
use crate::sync::history;
use crate::sync::plan::{Plan, Terms, plan};
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
                lease.finish(&mut tx, job::End::Cancelled, Some("iiko is not connected")).await?;
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
        run::progress(&mut tx, self.lease.venue, self.run.id, (phase, done, total)).await?;
        tx.commit().await
    }

    /// Ends run and job together, in the caller's transaction.
    async fn finish(&self, c: &mut Conn, end: &End<'_>, job: job::End) -> Result<()> {
        run::end(c, self.lease.venue, self.run.id, end).await?;
        self.lease.finish(c, job, end.fault.map(|fault| fault.code)).await
    }
}

/// Performs a run over the open line.
pub async fn perform(work: &Work, link: &Link, mut stop: Stop) -> Result<()> {
    let bytes = AtomicU64::new(0);
    let fetched = tokio::select! {
        fetched = fetch(work, link, &bytes) => fetched?,
        never = tell(work, &bytes) => return never,
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
    Ok(Ok((menu, beside::fetch(&link.till, work.run.scope(), organization, group).await)))
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

/// What iiko answered, read, with the menu's revision.
struct Answers<'a> {
    menu: Option<Nomenclature<'a>>,
    beside: Read<'a>,
}

impl Answers<'_> {
    fn revision(&self) -> Option<i64> {
        self.menu.as_ref().map(|menu| menu.revision)
    }

    /// iiko's way of saying that no product changed since `last`.
    fn menu_is_silent(&self, last: Option<i64>) -> bool {
        let empty = |menu: &Nomenclature| menu.products.is_empty() && menu.groups.is_empty();
        self.menu.as_ref().is_none_or(|menu| empty(menu) && last == Some(menu.revision))
    }
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
    let ours = import::load(&mut snapshot, work.lease.venue).await?;
    let ours_beside = theirs.beside.ours(&mut snapshot, work.lease.venue).await?;
    drop(snapshot);
    let is_first = ours.products.is_empty() && theirs.menu.is_some();
    let last = work.connection.menu_revision;
    let silent = theirs.menu_is_silent(last);
    let picture = theirs.menu.as_ref().filter(|_| !silent).map(picture);
    let terms = Terms { is_first, day: clock::day_at(clock::now(), work.venue.zone()), last_revision: last };
    let mut plan = picture.as_ref().map(|picture| plan(&ours, picture, &terms)).unwrap_or_default();
    if is_first && picture.as_ref().is_some_and(|picture| picture.dishes.is_empty()) {
        return nothing_exported(work, link, (plan, &theirs)).await;
    }
    theirs.beside.plan(&mut plan, &ours_beside, work.organization()?);
    if silent && plan.changes.is_empty() {
        return unchanged(work, link, &theirs).await;
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

/// The whole of it in one transaction: menu, seating, payment methods, staff, history, revision, header, audit, job.
async fn applied(
    work: &Work,
    link: Option<&Link>,
    plan: &Plan<'_>,
    (digest, theirs, is_first): (&str, &Answers<'_>, bool),
) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    let now = clock::now();
    let quiet = plan.is_quiet();
    import::write(&mut tx, venue, &plan.import, now).await?;
    seating::import::write(&mut tx, venue, &plan.seating, now).await?;
    payments::import::write(&mut tx, venue, &plan.payments, now).await?;
    staff::import::write(&mut tx, venue, &plan.staff, now).await?;
    history::keep(&mut tx, venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: theirs.revision(),
        is_first,
        digest: Some(digest),
        tally: plan.tally,
        missed: &theirs.beside.missed,
        ..End::in_state(if quiet { "unchanged" } else { "applied" })
    };
    settle(work, link, &mut tx, theirs).await?;
    if theirs.menu.is_some() {
        venue::note_synced(&mut tx, venue, now, !plan.tally.menu_is_quiet()).await?;
    }
    let actor = Actor::person(work.run.asked_by);
    let tally = serde_json::to_value(plan.tally).unwrap_or_default();
    let deed = Entry::of(actor, venue, "sync.applied").object(work.run.id);
    audit::note(&mut tx, deed.after(json!({ "number": work.run.number, "tally": tally }))).await?;
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// What good answers leave behind whatever the plan was: calls kept, trouble cleared, revision remembered, older held
/// runs overtaken.
async fn settle(work: &Work, link: Option<&Link>, c: &mut Conn, theirs: &Answers<'_>) -> Result<()> {
    let venue = work.lease.venue;
    if let Some(link) = link {
        link.keep_calls(c).await?;
    }
    connection::note(c, venue, None).await?;
    if let Some(revision) = theirs.revision() {
        connection::set_menu_revision(c, venue, revision).await?;
    }
    theirs.beside.note(c, (venue, work.run.id), clock::now()).await?;
    run::supersede_held(c, venue, &work.run).await
}

async fn unchanged(work: &Work, link: Option<&Link>, theirs: &Answers<'_>) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    settle(work, link, &mut tx, theirs).await?;
    if theirs.menu.is_some() {
        venue::note_synced(&mut tx, work.lease.venue, clock::now(), false).await?;
    }
    let (revision, missed) = (theirs.revision(), theirs.beside.missed.as_slice());
    let end = End { revision, missed, ..End::in_state("unchanged") };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// Nothing is touched; the difference is kept to be looked at.
async fn held(
    work: &Work,
    link: Option<&Link>,
    plan: &Plan<'_>,
    (digest, theirs, is_first): (&str, &Answers<'_>, bool),
) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    connection::note(&mut tx, venue, None).await?;
    run::supersede_held(&mut tx, venue, &work.run).await?;
    history::keep(&mut tx, venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: theirs.revision(),
        is_first,
        digest: Some(digest),
        tally: plan.tally,
        held: &plan.held,
        missed: &theirs.beside.missed,
        ..End::in_state("held")
    };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// The export holds no dish and never did: not iiko's failure, but nothing to show either, save what was skipped and why.
async fn nothing_exported(
    work: &Work,
    link: Option<&Link>,
    (mut plan, theirs): (Plan<'_>, &Answers<'_>),
) -> Result<()> {
    plan.changes.retain(|change| change.kind == Kind::Skipped);
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    connection::note(&mut tx, work.lease.venue, None).await?;
    history::keep(&mut tx, work.lease.venue, work.run.id, &plan.changes).await?;
    let fault = Some(Told { code: "nothing_exported", said: "", correlation_id: None });
    let end = End { revision: theirs.revision(), is_first: true, fault, ..End::in_state("failed") };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// A part asked for alone did not come: the run failed, and the part's page says since when. A right that the key lacks
/// for it is no trouble of the whole tie.
async fn failed_part(work: &Work, link: Option<&Link>, (read, fault): (&Read<'_>, &Fault)) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    read.note(&mut tx, (venue, work.run.id), clock::now()).await?;
    match fault.kind {
        FaultKind::MissingRight { .. } => connection::note(&mut tx, venue, None).await?,
        _ => note_fault(&mut tx, venue, fault).await?,
    }
    end_failed(work, link, tx, fault).await
}

async fn failed(work: &Work, link: Option<&Link>, fault: &Fault) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    note_fault(&mut tx, work.lease.venue, fault).await?;
    end_failed(work, link, tx, fault).await
}

async fn end_failed(work: &Work, link: Option<&Link>, mut tx: Tx, fault: &Fault) -> Result<()> {
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    let code = code_of(fault);
    let told = Told { code: &code, said: &fault.said, correlation_id: fault.correlation_id.as_deref() };
    work.finish(&mut tx, &End { fault: Some(told), ..End::in_state("failed") }, job::End::Failed).await?;
    tx.commit().await
}

/// A person stopped it, or another worker holds it now: then there is nothing of ours to write.
async fn stopped(work: &Work, link: Option<&Link>, pulse: Pulse) -> Result<()> {
    if pulse == Pulse::Lost {
        return Ok(());
    }
    let mut tx = work.db.begin().await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    work.finish(&mut tx, &End::in_state("cancelled"), job::End::Cancelled).await?;
    tx.commit().await
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
