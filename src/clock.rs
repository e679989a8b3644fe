//! Time comes in by this door: the only file that asks the machine what time it is.
use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use uuid::{Builder, Uuid};

/// An instant, UTC, whole microseconds: what both databases keep without loss.
pub type Timestamp = DateTime<Utc>;

/// Now, UTC, truncated to microseconds.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
    Utc::now().trunc_subsecs(6)
}

/// The smallest id made at this moment or later: our ids carry their time.
pub fn first_id(at: Timestamp) -> Uuid {
    let ms = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(ms, &[0; 10]).into_uuid()
}

/// The calendar day of `at` where the venue stands.
pub fn day_at(at: Timestamp, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// When a day begins at the venue; where the clocks jump over midnight, when they land.
pub fn midnight(day: NaiveDate, zone: Tz) -> Option<Timestamp> {
    let local = day.and_time(NaiveTime::MIN);
    let at = match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
        LocalResult::None => zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest()?,
    };
    Some(at.with_timezone(&Utc))
}

/// An IANA name («Europe/Moscow») read into a zone; an unknown name is Moscow's, the product's home.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::Europe__Moscow)
}
