//! How a run ends: applied, unchanged, held, failed, stopped. Each is one transaction with the end of its job, so that a
//! killed process has either done all of it or nothing.
use serde_json::json;

use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::clock;
use crate::db::conn::{Conn, Tx};
use crate::error::Result;
use crate::integrations::connection;
use crate::integrations::dictionary;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::nomenclature::Nomenclature;
use crate::integrations::link::{Link, note_fault};
use crate::integrations::trouble::code_of;
use crate::menu::import;
use crate::payments;
use crate::queue::job;
use crate::queue::job::Pulse;
use crate::seating;
use crate::staff;
use crate::sync::beside::Read;
use crate::sync::history;
use crate::sync::plan::Plan;
use crate::sync::run::{self, End, Missed, Told};
use crate::sync::work::Work;
use crate::venues::venue;

/// What iiko answered, read, with the menu's revision.
pub(in crate::sync) struct Answers<'a> {
    pub(in crate::sync) menu: Option<Nomenclature<'a>>,
    pub(in crate::sync) beside: Read<'a>,
}

impl Answers<'_> {
    fn revision(&self) -> Option<i64> {
        self.menu.as_ref().map(|menu| menu.revision)
    }

    /// The parts that did not come, and one that is left for a look of its own.
    fn missed(&self, left: Option<&Missed>) -> Vec<Missed> {
        self.beside.missed.iter().chain(left).cloned().collect()
    }

    /// iiko's way of saying that no product changed since `last`.
    pub(in crate::sync) fn menu_is_silent(&self, last: Option<i64>) -> bool {
        let empty = |menu: &Nomenclature| menu.products.is_empty() && menu.groups.is_empty();
        self.menu.as_ref().is_none_or(|menu| empty(menu) && last == Some(menu.revision))
    }
}

/// The whole of it in one transaction: menu, seating, payment methods, staff, history, revision, header, audit, job.
pub(in crate::sync) async fn applied(
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
    write_beside(&mut tx, venue, plan).await?;
    history::keep(&mut tx, venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: theirs.revision(),
        is_first,
        digest: Some(digest),
        tally: plan.tally,
        missed: &theirs.missed(plan.left.as_ref()),
        ..End::in_state(if quiet { "unchanged" } else { "applied" })
    };
    settle(work, link, &mut tx, (theirs, plan.left.as_ref())).await?;
    if theirs.menu.is_some() {
        venue::note_synced(&mut tx, venue, now, !plan.tally.menu_is_quiet()).await?;
    }
    let actor = Actor::person(work.run.asked_by);
    let tally = serde_json::to_value(plan.tally).unwrap_or_default();
    let deed = Entry::of(actor, venue, "sync.applied").object(work.run.id);
    work.finish(&mut tx, &end, job::End::Done).await?;
    audit::note(&mut tx, deed.after(json!({ "number": work.run.number, "tally": tally }))).await?;
    tx.commit().await
}

async fn write_beside(c: &mut Conn, venue: Uuid, plan: &Plan<'_>) -> Result<()> {
    let now = clock::now();
    seating::import::write(c, venue, &plan.seating, now).await?;
    payments::import::write(c, venue, &plan.payments, now).await?;
    staff::import::write(c, venue, &plan.staff, now).await?;
    dictionary::write(c, venue, &plan.dictionaries, now).await
}

/// What good answers leave behind whatever the plan was: calls kept, trouble cleared, revision remembered, older held
/// runs overtaken.
async fn settle(
    work: &Work,
    link: Option<&Link>,
    c: &mut Conn,
    (theirs, left): (&Answers<'_>, Option<&Missed>),
) -> Result<()> {
    let venue = work.lease.venue;
    if let Some(link) = link {
        link.keep_calls(c).await?;
    }
    connection::note(c, venue, None).await?;
    if let Some(revision) = theirs.revision() {
        connection::set_menu_revision(c, venue, revision).await?;
    }
    theirs.beside.note(c, (venue, work.run.id), (clock::now(), left)).await?;
    run::supersede_held(c, venue, &work.run).await
}

pub(in crate::sync) async fn unchanged(
    work: &Work,
    link: Option<&Link>,
    (theirs, left): (&Answers<'_>, Option<Missed>),
) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    settle(work, link, &mut tx, (theirs, left.as_ref())).await?;
    if theirs.menu.is_some() {
        venue::note_synced(&mut tx, work.lease.venue, clock::now(), false).await?;
    }
    let (revision, missed) = (theirs.revision(), theirs.missed(left.as_ref()));
    let end = End { revision, missed: &missed, ..End::in_state("unchanged") };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// Nothing is touched; the difference is kept to be looked at.
pub(in crate::sync) async fn held(
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
        missed: &theirs.missed(plan.left.as_ref()),
        ..End::in_state("held")
    };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// The export holds no dish and never did: not iiko's failure, but no menu to show either, save what was skipped and why.
/// What came beside it is taken.
pub(in crate::sync) async fn nothing_exported(
    work: &Work,
    link: Option<&Link>,
    (plan, theirs): (&Plan<'_>, &Answers<'_>),
) -> Result<()> {
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    if let Some(link) = link {
        link.keep_calls(&mut tx).await?;
    }
    connection::note(&mut tx, work.lease.venue, None).await?;
    write_beside(&mut tx, work.lease.venue, plan).await?;
    theirs.beside.note(&mut tx, (work.lease.venue, work.run.id), (clock::now(), plan.left.as_ref())).await?;
    history::keep(&mut tx, work.lease.venue, work.run.id, &plan.changes).await?;
    let end = End {
        revision: theirs.revision(),
        is_first: true,
        fault: Some(Told { code: "nothing_exported", said: "", correlation_id: None }),
        tally: plan.tally,
        missed: &theirs.missed(plan.left.as_ref()),
        ..End::in_state("failed")
    };
    work.finish(&mut tx, &end, job::End::Done).await?;
    tx.commit().await
}

/// A part asked for alone did not come: the run failed, and the part's page says since when. A right that the key lacks
/// for it is no trouble of the whole tie.
pub(in crate::sync) async fn failed_part(
    work: &Work,
    link: Option<&Link>,
    (read, fault): (&Read<'_>, &Fault),
) -> Result<()> {
    let venue = work.lease.venue;
    let mut tx = work.db.begin().await?;
    work.lease.hold(&mut tx).await?;
    read.note(&mut tx, (venue, work.run.id), (clock::now(), None)).await?;
    match fault.kind {
        FaultKind::MissingRight { .. } => connection::note(&mut tx, venue, None).await?,
        _ => note_fault(&mut tx, venue, fault).await?,
    }
    end_failed(work, link, tx, fault).await
}

pub(in crate::sync) async fn failed(work: &Work, link: Option<&Link>, fault: &Fault) -> Result<()> {
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
pub(in crate::sync) async fn stopped(work: &Work, link: Option<&Link>, pulse: Pulse) -> Result<()> {
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
