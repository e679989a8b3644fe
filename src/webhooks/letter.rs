//! A body into events: iiko documents an array, and sends a single one too. Each event by itself, so that one that cannot
//! be read does not hide the others.
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::integrations::iiko_cloud::lenient::{MaybeId, Text, Whole};

/// Events of one body; more than this iiko does not send.
pub const MOST: usize = 500;
/// Bytes kept of what cannot be read.
const KEPT: usize = 2_048;

/// An event as the inbox keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// SHA-256 of the event's text. A repeat with other blanks in it is another event, and harmless: the version decides.
    pub digest: Vec<u8>,
    /// iiko's `eventType`; empty: it could not be read.
    pub event_type: String,
    pub organization_id: Option<Uuid>,
    /// `eventInfo.id`.
    pub subject: Option<Uuid>,
    /// `eventInfo.timestamp`, Unix ms; 0: it has none.
    pub version: i64,
    pub body: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outside<'a> {
    #[serde(borrow, default)]
    event_type: Text<'a>,
    #[serde(default)]
    organization_id: MaybeId,
    #[serde(borrow, default)]
    event_info: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Subject {
    #[serde(default)]
    id: MaybeId,
    #[serde(default)]
    timestamp: Whole,
}

/// The events of a body; what is no JSON or too many is one event that cannot be read.
pub fn opened(body: &[u8]) -> Vec<Event> {
    let Ok(text) = std::str::from_utf8(body) else { return vec![unread(body)] };
    if let Ok(events) = serde_json::from_str::<Vec<&RawValue>>(text) {
        if events.len() > MOST {
            return vec![unread(body)];
        }
        return events.into_iter().map(event).collect();
    }
    match serde_json::from_str::<&RawValue>(text) {
        Ok(one) if one.get().starts_with('{') => vec![event(one)],
        _ => vec![unread(body)],
    }
}

fn event(raw: &RawValue) -> Event {
    let text = raw.get();
    let Ok(outside) = serde_json::from_str::<Outside<'_>>(text) else { return unread(text.as_bytes()) };
    let subject: Subject =
        outside.event_info.and_then(|info| serde_json::from_str(info.get()).ok()).unwrap_or_default();
    Event {
        digest: Sha256::digest(text).to_vec(),
        event_type: outside.event_type.as_str().chars().filter(|c| !c.is_control()).take(60).collect(),
        organization_id: outside.organization_id.0,
        subject: subject.id.0,
        version: subject.timestamp.0,
        body: text.to_owned(),
    }
}

fn unread(body: &[u8]) -> Event {
    let head = body.get(..body.len().min(KEPT)).unwrap_or_default();
    Event {
        digest: Sha256::digest(body).to_vec(),
        event_type: String::new(),
        organization_id: None,
        subject: None,
        version: 0,
        body: String::from_utf8_lossy(head).replace('\0', "\u{fffd}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_is_kept() {
        let one = r#"{"eventType":"TableOrderUpdate","organizationId":"00000000-0000-0000-0000-000000000007",
                      "eventInfo":{"id":"00000000-0000-0000-0000-000000000051","timestamp":"1731836407121"}}"#;
        let told = |body: &str| {
            opened(body.as_bytes()).into_iter().map(|one| (one.event_type, one.version)).collect::<Vec<_>>()
        };
        let table = ("TableOrderUpdate".to_owned(), 1_731_836_407_121);
        assert_eq!(told(one), vec![table.clone()]);
        assert_eq!(told(&format!("[{one},7,{{}}]")), [table, (String::new(), 0), (String::new(), 0)]);
        assert_eq!(told("[]"), []);
        for broken in ["", "{", "null", "\"x\"", "[{\"eventInfo\":"] {
            assert_eq!(told(broken), [(String::new(), 0)], "{broken}");
        }
        let deep =
            format!("[{{\"eventType\":\"A\",\"eventInfo\":{}{}}}]", "[".repeat(9_000), "]".repeat(9_000));
        assert_eq!(told(&deep), [("A".to_owned(), 0)]);
        let many = format!("[{}1]", "1,".repeat(MOST));
        assert_eq!(opened(many.as_bytes()).len(), 1);
        assert_eq!(opened(&[0xff, 0x00, 0x41])[0].body, "\u{fffd}\u{fffd}A");
    }
}
