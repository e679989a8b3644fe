//! What a probe said, as it is kept and shown.
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::trouble::code_of;
use crate::{exec, opt};

/// Every probe, in the order of the page; the words are the keys of their texts.
pub const PROBES: [&str; 12] = [
    "key",
    "organization",
    "terminal",
    "version",
    "menu_right",
    "seating_right",
    "payments_right",
    "staff_right",
    "payment_type",
    "tables",
    "staff",
    "contract",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    Bad,
    /// It works, but not all of it.
    Partly,
    /// It could not be asked.
    Unknown,
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Good => "good",
            Verdict::Bad => "bad",
            Verdict::Partly => "partly",
            Verdict::Unknown => "unknown",
        }
    }
}

/// A failure of iiko as a finding keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub code: String,
    pub said: String,
    pub correlation_id: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// One of [`PROBES`].
    pub probe: String,
    pub verdict: Verdict,
    /// What the sentence names: a version, a name, a number.
    pub note: String,
    /// Of the payment type alone: what is wrong with it, [`crate::payments::verdict::Flaw::word`].
    #[serde(default)]
    pub flaws: Vec<String>,
    pub fault: Option<Told>,
}

impl Finding {
    pub fn of(probe: &str, verdict: Verdict, note: impl Into<String>) -> Finding {
        Finding { probe: probe.to_owned(), verdict, note: note.into(), flaws: Vec::new(), fault: None }
    }

    /// A right that is missing is bad news; any other failure leaves the probe unanswered.
    pub fn failed(probe: &str, verdict: Verdict, fault: &Fault) -> Finding {
        let (code, said) = (code_of(fault), fault.said.clone());
        let told = Told { code, said, correlation_id: fault.correlation_id.as_deref().map(str::to_owned) };
        Finding { fault: Some(told), ..Finding::of(probe, verdict, "") }
    }
}

/// The last look.
#[derive(Clone, Debug, FromRow)]
pub struct Look {
    pub checked_at: Timestamp,
    pub checked_by_name: String,
    pub findings: Json<Vec<Finding>>,
}

pub async fn last(c: &mut Conn, venue: Uuid) -> Result<Option<Look>> {
    Ok(opt!(
        c,
        Look,
        "SELECT r.checked_at, u.name AS checked_by_name, r.findings FROM readiness_checks r
         JOIN users u ON u.id = r.checked_by WHERE r.venue_id = $1",
        venue
    )?)
}

pub async fn keep(
    c: &mut Conn,
    venue: Uuid,
    (by, at): (Uuid, Timestamp),
    findings: &[Finding],
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO readiness_checks (venue_id, checked_at, checked_by, findings) VALUES ($1, $2, $3, $4)
         ON CONFLICT (venue_id) DO UPDATE SET checked_at = excluded.checked_at, checked_by = excluded.checked_by,
           findings = excluded.findings",
        venue,
        at,
        by,
        Json(findings)
    )?;
    Ok(())
}
