//! Times on screen: relative in the text, exact on hover and focus, in the venue's zone.
use askama::Template;
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::lang::Lang;
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
        When {
            machine: local.format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            exact: local.format("%d.%m.%Y, %H:%M:%S").to_string(),
            said: relative(at, now, zone, lang),
        }
    }
}

/// «только что», «12 мин назад», «сегодня в 19:28», «14.06.2025, 19:28».
fn relative(at: Timestamp, now: Timestamp, zone: Tz, lang: Lang) -> String {
    let local = at.with_timezone(&zone);
    let today = now.with_timezone(&zone).date_naive();
    let clock = local.format("%H:%M").to_string();
    let seconds = (now - at).num_seconds();
    let minutes = seconds / 60;
    match seconds {
        -60..60 => say!(lang, "when-just-now"),
        60..3600 => say!(lang, "when-minutes-ago", n = minutes),
        _ if local.date_naive() == today => say!(lang, "when-today", clock = clock),
        _ if local.date_naive().succ_opt() == Some(today) => say!(lang, "when-yesterday", clock = clock),
        _ => local.format("%d.%m.%Y, %H:%M").to_string(),
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
    use chrono::Datelike;
    let month = lang.word(&format!("month-{}", date.month()));
    format!("{} {month}", date.day())
}
