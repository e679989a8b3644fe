//! Times on screen: relative in the text, exact on hover and focus, in the venue's zone.
use askama::Template;
use chrono::{DateTime, Datelike, Offset, Timelike};
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::lang::{Lang, Said};
use crate::part;
use crate::say;

/// `<time>`: «12 мин назад», exact moment in `title`.
#[derive(Template, Clone, Debug)]
#[template(source = r#"<time datetime="{{ machine }}" title="{{ exact }}">{{ said }}</time>"#, ext = "html")]
pub struct When {
    machine: String,
    pub exact: String,
    pub said: String,
}
part!(When);

impl When {
    pub fn of(at: Timestamp, now: Timestamp, zone: Tz, lang: Lang) -> When {
        let local = at.with_timezone(&zone);
        let offset = local.offset().fix().local_minus_utc() / 60;
        let (sign, hours, minutes) =
            (if offset < 0 { '-' } else { '+' }, offset.abs() / 60, offset.abs() % 60);
        // by hand: a list has fifty of them, and a format that is read anew each time takes longer than its row
        let (y, mo, d) = (local.year(), local.month(), local.day());
        let (h, m, s) = (local.hour(), local.minute(), local.second());
        When {
            machine: format!("{y:04}-{mo:02}-{d:02}T{h:02}:{m:02}{sign}{hours:02}:{minutes:02}"),
            exact: format!("{d:02}.{mo:02}.{y:04}, {h:02}:{m:02}:{s:02}"),
            said: relative(&local, now, lang),
        }
    }
}

/// Where the clock goes in a sentence that is taken together once.
const HERE: &str = "\u{1}";
static TODAY: Said = Said::new();
static YESTERDAY: Said = Said::new();

/// «только что», «12 мин назад», «сегодня в 19:28», «14.06.2025, 19:28».
fn relative(local: &DateTime<Tz>, now: Timestamp, lang: Lang) -> String {
    let day = local.date_naive();
    let today = now.with_timezone(&local.timezone()).date_naive();
    let clock = || format!("{:02}:{:02}", local.hour(), local.minute());
    let seconds = (now - local.to_utc()).num_seconds();
    match seconds {
        -60..60 => say!(lang, "when-just-now"),
        60..3600 => say!(lang, "when-minutes-ago", n = (seconds / 60)),
        _ if day == today => {
            TODAY.or(lang, || say!(lang, "when-today", clock = HERE)).replace(HERE, &clock())
        }
        _ if day.succ_opt() == Some(today) => {
            YESTERDAY.or(lang, || say!(lang, "when-yesterday", clock = HERE)).replace(HERE, &clock())
        }
        _ => format!("{:02}.{:02}.{:04}, {}", day.day(), day.month(), day.year(), clock()),
    }
}

/// «1 мин 48 с», «4 с».
pub fn lasted(from: Timestamp, to: Timestamp, lang: Lang) -> String {
    let seconds = (to - from).num_seconds().max(0);
    let (minutes, rest) = (seconds / 60, seconds % 60);
    if seconds == 0 {
        say!(lang, "lasted-moment")
    } else if seconds < 60 {
        say!(lang, "lasted-seconds", s = seconds)
    } else {
        say!(lang, "lasted-minutes", m = minutes, s = rest)
    }
}

/// «14 июня» / «14 June», with the year when it is not this one.
pub fn day(date: chrono::NaiveDate, lang: Lang) -> String {
    let month = lang.word(&format!("month-{}", date.month()));
    format!("{} {month}", date.day())
}
