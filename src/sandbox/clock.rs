//! The stranger's own watch: iiko's clock is not ours, and the sandbox takes nothing from the house.
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// Unix milliseconds, UTC: what iiko counts revisions in.
#[allow(clippy::disallowed_methods)]
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-11-23 13:36:35.129`, iiko's way of writing an instant.
pub fn written(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

/// The same on the wall clock of a terminal's zone («Europe/Moscow»); UTC where the zone is unknown. iiko writes no zone
/// with it (pitfalls.md 73).
pub fn written_at(ms: i64, zone: &str) -> String {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let instant = DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
    instant.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

/// From one written instant to another of the same zone; none when either is written otherwise.
pub fn ms_between(from: &str, to: &str) -> Option<i64> {
    let read = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok();
    Some((read(to)? - read(from)?).num_milliseconds())
}

/// `13:36:35`, for the page's list of calls.
pub fn of_day(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().format("%H:%M:%S").to_string()
}
