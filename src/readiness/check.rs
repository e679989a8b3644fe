//! Asks every probe: iiko first, over the venue's own line, then ourselves. A probe that cannot be asked says so instead of
//! keeping its old word.
use uuid::Uuid;

use crate::contracts::{assignment, contract};
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::client::{Gate, Till};
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::version::{SEES_ORDERS, TAKES_PAYMENTS, Version};
use crate::integrations::iiko_cloud::{payment_types, restaurant_sections};
use crate::integrations::link::Link;
use crate::payments::method;
use crate::payments::verdict::judge;
use crate::readiness::finding::{Finding, Verdict};
use crate::seating::{hall, table};
use crate::secret::Seal;
use crate::staff::employee;
use crate::sync::payments::methods;
use crate::venues::venue::Venue;

/// What the probes are asked with.
pub struct Desk<'a> {
    pub db: &'a Db,
    pub seal: &'a Seal,
    pub gate: &'a Gate,
}

/// Every finding, in the order of the page.
pub async fn check(desk: &Desk<'_>, venue: &Venue) -> Result<Vec<Finding>> {
    let known = connection::of_venue(&mut desk.db.read().await?, venue.id).await?;
    let code = method::code(&mut desk.db.read().await?, venue.id).await?;
    let mut findings = match known {
        None => without_key(),
        Some(connection) => {
            let link = Link::open(&mut desk.db.read().await?, desk.seal, desk.gate, venue.id).await?;
            let link = link.by_hand(desk.gate)?;
            let findings = of_iiko(&link.till, &connection, &code).await;
            link.keep(desk.db).await?;
            findings
        }
    };
    findings.extend(ourselves(&mut desk.db.read().await?, venue.id).await?);
    Ok(findings)
}

/// The probes that iiko answers, but for the key.
const ASKED: [&str; 8] = [
    "organization",
    "terminal",
    "version",
    "menu_right",
    "seating_right",
    "payments_right",
    "staff_right",
    "payment_type",
];

fn without_key() -> Vec<Finding> {
    let unknown = ASKED.iter().map(|probe| Finding::of(probe, Verdict::Unknown, ""));
    [Finding::of("key", Verdict::Bad, "")].into_iter().chain(unknown).collect()
}

async fn of_iiko(till: &Till, connection: &Connection, code: &str) -> Vec<Finding> {
    if let Err(fault) = till.sign_in().await {
        let mut findings = without_key();
        if let Some(key) = findings.first_mut() {
            let verdict = if fault.kind == FaultKind::BadKey { Verdict::Bad } else { Verdict::Unknown };
            *key = Finding::failed("key", verdict, &fault);
        }
        return findings;
    }
    let mut findings = vec![Finding::of("key", Verdict::Good, connection.api_key_tail.as_str())];
    let Some(organization) = connection.organization_id else {
        findings.push(Finding::of("organization", Verdict::Bad, ""));
        findings.extend(ASKED.iter().skip(1).map(|probe| Finding::of(probe, Verdict::Unknown, "")));
        return findings;
    };
    findings.push(organization_seen(till, organization).await);
    findings.extend(terminal_seen(till, organization, connection.terminal_group_id).await);
    let since = connection.menu_revision.unwrap_or(0);
    let menu = till.nomenclature(organization, since, &|_| ()).await;
    findings.push(right("menu_right", &menu));
    findings.push(match connection.terminal_group_id {
        Some(group) => halls_seen(&till.restaurant_sections(group).await),
        None => Finding::of("seating_right", Verdict::Unknown, ""),
    });
    let types = till.payment_types(organization).await;
    findings.push(right("payments_right", &types));
    findings.push(right("staff_right", &till.couriers(organization).await));
    findings.push(payment_type_seen(&types, (organization, connection.terminal_group_id), code));
    findings
}

fn verdict_of(fault: &Fault) -> Verdict {
    let missing = matches!(fault.kind, FaultKind::MissingRight { .. });
    if missing { Verdict::Bad } else { Verdict::Unknown }
}

fn right<T>(probe: &str, outcome: &Result<T, Fault>) -> Finding {
    match outcome {
        Ok(_) => Finding::of(probe, Verdict::Good, ""),
        Err(fault) => Finding::failed(probe, verdict_of(fault), fault),
    }
}

async fn organization_seen(till: &Till, id: Uuid) -> Finding {
    match till.organizations().await {
        Err(fault) => Finding::failed("organization", verdict_of(&fault), &fault),
        Ok(all) => match all.into_iter().find(|one| one.id == id) {
            None => Finding::of("organization", Verdict::Bad, ""),
            Some(one) => {
                let named = [one.name, one.version].into_iter().flatten().collect::<Vec<_>>();
                Finding::of("organization", Verdict::Good, named.join(" · "))
            }
        },
    }
}

/// Whether the till is awake and answers, and what its version can do.
async fn terminal_seen(till: &Till, organization: Uuid, group: Option<Uuid>) -> [Finding; 2] {
    let unknown = |probe| Finding::of(probe, Verdict::Unknown, "");
    let Some(id) = group else { return [Finding::of("terminal", Verdict::Bad, ""), unknown("version")] };
    let groups = match till.terminal_groups(organization).await {
        Ok(groups) => groups,
        Err(fault) => return [Finding::failed("terminal", verdict_of(&fault), &fault), unknown("version")],
    };
    let Some(group) = groups.into_iter().find(|group| group.id == id) else {
        return [Finding::of("terminal", Verdict::Bad, ""), unknown("version")];
    };
    let terminal = if group.asleep {
        Finding::of("terminal", Verdict::Bad, group.name.as_str())
    } else {
        match till.are_alive(organization, &[id]).await {
            Err(fault) => Finding::failed("terminal", verdict_of(&fault), &fault),
            Ok(alive) if alive.contains(&(id, true)) => {
                Finding::of("terminal", Verdict::Good, group.name.as_str())
            }
            Ok(_) => Finding::of("terminal", Verdict::Bad, group.name.as_str()),
        }
    };
    let version = group.pos_version.as_deref().and_then(Version::parse);
    [terminal, version.map_or_else(|| unknown("version"), version_seen)]
}

fn version_seen(version: Version) -> Finding {
    let verdict = match version {
        version if version >= TAKES_PAYMENTS => Verdict::Good,
        version if version >= SEES_ORDERS => Verdict::Partly,
        _ => Verdict::Bad,
    };
    Finding::of("version", verdict, version.to_string())
}

fn halls_seen(outcome: &Result<Vec<u8>, Fault>) -> Finding {
    let read = outcome.as_deref().map_err(Clone::clone).and_then(restaurant_sections::read);
    match read {
        Err(fault) => Finding::failed("seating_right", verdict_of(&fault), &fault),
        Ok(answer) => {
            let tables = answer.restaurant_sections.iter().flat_map(|section| &section.tables);
            let n = tables.filter(|table| !table.is_deleted.0).count();
            let verdict = if n > 0 { Verdict::Good } else { Verdict::Bad };
            Finding::of("seating_right", verdict, n.to_string())
        }
    }
}

/// The verdict on the payment type as iiko has it now, not as it was at the last sync.
fn payment_type_seen(
    outcome: &Result<Vec<u8>, Fault>,
    (organization, group): (Uuid, Option<Uuid>),
    code: &str,
) -> Finding {
    let read = outcome.as_deref().map_err(Clone::clone).and_then(payment_types::read);
    match read {
        Err(fault) => Finding::failed("payment_type", Verdict::Unknown, &fault),
        Ok(answer) => {
            let judged = judge(&methods(&answer, organization), code, group);
            let verdict = if judged.is_good() { Verdict::Good } else { Verdict::Bad };
            let flaws = judged.flaws.iter().map(|flaw| flaw.word().to_owned()).collect();
            Finding { flaws, ..Finding::of("payment_type", verdict, code) }
        }
    }
}

/// What we know ourselves: tables that guests see, people with phones, whose money it is.
async fn ourselves(c: &mut Conn, venue: Uuid) -> Result<[Finding; 3]> {
    let judged =
        |probe, fine, n: String| Finding::of(probe, if fine { Verdict::Good } else { Verdict::Bad }, n);
    let halls = hall::of_venue(c, venue).await?;
    let shown = |id| halls.iter().any(|hall| hall.id == id && hall.is_shown());
    let tables = table::of_venue(c, venue).await?;
    let tables = tables.iter().filter(|table| table.is_shown() && shown(table.hall_id)).count();
    let staff = employee::of_venue(c, venue).await?;
    let at_work = staff.iter().filter(|one| one.is_active()).count();
    let dismissed = staff.iter().filter(|one| one.is_active() && one.dismissed).count();
    let people = if dismissed > 0 && at_work > dismissed {
        Finding::of("staff", Verdict::Partly, dismissed.to_string())
    } else {
        judged("staff", at_work > dismissed, (at_work - dismissed).to_string())
    };
    let primary = contract::primary(c, venue).await?;
    let unpaid = assignment::following_primary(c, venue).await?;
    let payable = primary.is_some() || (unpaid == 0 && !contract::of_venue(c, venue).await?.is_empty());
    Ok([
        judged("tables", tables > 0, tables.to_string()),
        people,
        judged("contract", payable, unpaid.to_string()),
    ])
}
