//! The job that performs a sync of the menu: fetch → plan → apply in one transaction. A killed process leaves the old menu;
//! the job is taken over and the run starts again.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::nomenclature::Nomenclature;
use crate::integrations::link::{Link, note_fault};
use crate::integrations::trouble::code_of;
use crate::menu::import::{self, Ours};
use crate::queue::job::{self, Lease, Pulse};
use crate::queue::runner::Stop;
use crate::sync::change::Kind;
use crate::sync::gate::Held;
use crate::sync::history;
use crate::sync::plan::{Plan, Terms, plan};
use crate::sync::reading::{Picture, picture};
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
    let organization =
        work.connection.organization_id.ok_or_else(|| Error::internal("a sync without an organization"))?;
    // an approval is for a plan: it needs the whole picture even when the revision did not move on
    let since = if work.run.approves.is_some() { 0 } else { work.connection.menu_revision.unwrap_or(0) };
    let bytes = AtomicU64::new(0);
    let seen = |n| bytes.store(n, Ordering::Relaxed);
    let fetched = tokio::select! {
        fetched = link.till.nomenclature(organization, since, &seen) => fetched,
        never = tell(work, &bytes) => return never,
        pulse = stop.asked() => return stopped(work, Some(link), pulse).await,
    };
    match fetched {
        Ok(body) => digest(work, Some(link), &body).await,
        Err(fault) => {
            let told = failed(work, Some(link), &fault).await;
            unless_stopped(work, Some(link), told).await
        }
    }
}

/// Tells twice a second how many bytes have come, until dropped.
async fn tell(work: &Work, bytes: &AtomicU64) -> Result<()> {
    loop {
        let n = i64::try_from(bytes.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        work.progress("fetch", n, 0).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// From a fetched body to the end of the run. Without a line (tests, benchmark) there are no calls to keep.
pub async fn digest(work: &Work, link: Option<&Link>, body: &[u8]) -> Result<()> {
    let told = compare(work, link, body).await;
    unless_stopped(work, link, told).await
}

/// A write refused by the fence is no failure when a person stopped the run, or when another worker has it now: trying
/// again would only be refused again.
async fn unless_stopped(work: &Work, link: Option<&Link>, told: Result<()>) -> Result<()> {
    let Err(Error::Conflict("job-lost")) = told else { return told };
    let pulse = work.lease.pulse(&mut work.db.read().await?).await?;
    if pulse == Pulse::Held { told } else { stopped(work, link, pulse).await }
}

async fn compare(work: &Work, link: Option<&Link>, body: &[u8]) -> Result<()> {
    let theirs = match Nomenclature::read(body) {
        Ok(theirs) => theirs,
        Err(fault) => return failed(work, link, &fault).await,
    };
    let last = work.connection.menu_revision;
    work.progress("plan", 0, theirs.products.len() as i64).await?;
    let mut snapshot = work.db.snapshot().await?;
    let ours = import::load(&mut snapshot, work.lease.venue).await?;
    drop(snapshot);
    let is_first = ours.products.is_empty();
    let nothing = theirs.products.is_empty() && theirs.groups.is_empty();
    if nothing && last == Some(theirs.revision) {
        return unchanged(work, link, theirs.revision).await;
    }
    let picture = picture(&theirs);
    if is_first && picture.dishes.is_empty() {
        return nothing_exported(work, link, (&picture, &ours)).await;
    }
    let day = clock::day_at(clock::now(), work.venue.zone());
    let mut plan = plan(&ours, &picture, &Terms { is_first, day, last_revision: last });
    let digest = plan.digest();
    if work.run.approves.as_deref() == Some(&digest) {
        plan.held.clear();
    } else if work.run.approves.is_some() && !plan.held.is_empty() {
        plan.held.push(Held::ChangedMeanwhile);
    }
    if !plan.held.is_empty() {
        return held(work, link, &plan, (&digest, picture.revision, is_first)).await;
    }
    work.progress("apply", 0, plan.changes.len() as i64).await?;
    applied(work, link, &plan, (&digest, &picture, &ours)).await
}

/// The whole of it in one transaction: menu, history, revision, header, audit, job.
async fn applied(
    work: &Work,
    link: Option<&Link>,
    plan: &Plan<'_>,
    (digest, picture, ours): (&str, &Picture<'_>, &Ours),
) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    let now = clock::now();
    let quiet = plan.is_quiet();
    import::write(&mut tx, venue, &plan.import, now).await?;
    history::keep(&mut tx, venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: Some(picture.revision),
        is_first: ours.products.is_empty(),
        digest: Some(digest),
        tally: plan.tally,
        ..End::in_state(if quiet { "unchanged" } else { "applied" })
    };
    settle(work, link, &mut tx, picture.revision).await?;
    venue::note_synced(&mut tx, venue, now, !quiet).await?;
    let actor = Actor::person(work.run.asked_by);
    let tally = serde_json::to_value(plan.tally).unwrap_or_default();
    let deed = Entry::of(actor, venue, "sync.applied").object(work.run.id);
    audit::note(&mut tx, deed.after(json!({ "number": work.run.number, "tally": tally }))).await?;
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// What a good answer leaves behind whatever the plan was: calls kept, trouble cleared, revision remembered, older held
/// runs overtaken.
async fn settle(work: &Work, link: Option<&Link>, c: &mut Conn, revision: i64) -> Result<()> {
    if let Some(link) = link {
        link.keep_calls(c).await?;
    }
    connection::note(c, work.lease.venue, None).await?;
    connection::set_menu_revision(c, work.lease.venue, revision).await?;
    run::supersede_held(c, work.lease.venue, work.run.id).await
}

async fn unchanged(work: &Work, link: Option<&Link>, revision: i64) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    settle(work, link, &mut tx, revision).await?;
    venue::note_synced(&mut tx, work.lease.venue, clock::now(), false).await?;
    let end = End { revision: Some(revision), ..End::in_state("unchanged") };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// Nothing is touched; the difference is kept to be looked at.
async fn held(
    work: &Work,
    link: Option<&Link>,
    plan: &Plan<'_>,
    (digest, revision, is_first): (&str, i64, bool),
) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    connection::note(&mut tx, venue, None).await?;
    run::supersede_held(&mut tx, venue, work.run.id).await?;
    history::keep(&mut tx, venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: Some(revision),
        is_first,
        digest: Some(digest),
        tally: plan.tally,
        held: &plan.held,
        ..End::in_state("held")
    };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// The export holds no dish and never did: not iiko's failure, but nothing to show either, save what was skipped and why.
async fn nothing_exported(
    work: &Work,
    link: Option<&Link>,
    (picture, ours): (&Picture<'_>, &Ours),
) -> Result<()> {
    let day = clock::day_at(clock::now(), work.venue.zone());
    let mut skipped = plan(ours, picture, &Terms { is_first: true, day, last_revision: None });
    skipped.changes.retain(|change| change.kind == Kind::Skipped);
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    connection::note(&mut tx, work.lease.venue, None).await?;
    history::keep(&mut tx, work.lease.venue, work.run.id, &skipped.changes).await?;
    let fault = Some(Told { code: "nothing_exported", said: "", correlation_id: None });
    let end = End { revision: Some(picture.revision), is_first: true, fault, ..End::in_state("failed") };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

async fn failed(work: &Work, link: Option<&Link>, fault: &Fault) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    note_fault(&mut tx, work.lease.venue, fault).await?;
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
