//! The time zones a venue chooses from: Russia's, its neighbours', a few further away.
use chrono::{Offset, TimeZone};
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::lang::Lang;

/// One city per rule of time; each has a word `zone-…` in both languages.
const OFFERED: &[Tz] = &[
    Tz::Europe__Kaliningrad,
    Tz::Europe__Moscow,
    Tz::Europe__Samara,
    Tz::Europe__Saratov,
    Tz::Europe__Volgograd,
    Tz::Europe__Astrakhan,
    Tz::Europe__Ulyanovsk,
    Tz::Asia__Yekaterinburg,
    Tz::Asia__Omsk,
    Tz::Asia__Novosibirsk,
    Tz::Asia__Barnaul,
    Tz::Asia__Tomsk,
    Tz::Asia__Novokuznetsk,
    Tz::Asia__Krasnoyarsk,
    Tz::Asia__Irkutsk,
    Tz::Asia__Chita,
    Tz::Asia__Yakutsk,
    Tz::Asia__Vladivostok,
    Tz::Asia__Sakhalin,
    Tz::Asia__Magadan,
    Tz::Asia__Kamchatka,
    Tz::Asia__Anadyr,
    Tz::Europe__Minsk,
    Tz::Europe__Chisinau,
    Tz::Asia__Tbilisi,
    Tz::Asia__Yerevan,
    Tz::Asia__Baku,
    Tz::Asia__Almaty,
    Tz::Asia__Tashkent,
    Tz::Asia__Bishkek,
    Tz::Asia__Dushanbe,
    Tz::Asia__Ashgabat,
    Tz::Asia__Ulaanbaatar,
    Tz::Europe__Istanbul,
    Tz::Asia__Dubai,
    Tz::Asia__Jerusalem,
    Tz::Asia__Nicosia,
    Tz::Europe__Belgrade,
    Tz::Europe__Berlin,
    Tz::Europe__London,
];

/// IANA name and «Москва (UTC+3)», from west to east; the venue's own one too, if it is none of ours.
pub fn options(current: &str, now: Timestamp, lang: Lang) -> Vec<(String, String)> {
    let mut zones: Vec<Tz> = OFFERED.to_vec();
    if let Ok(own) = current.parse::<Tz>()
        && !zones.contains(&own)
    {
        zones.push(own);
    }
    let mut options: Vec<(i32, String, Tz)> =
        zones.into_iter().map(|zone| (offset(zone, now), said(zone, lang), zone)).collect();
    options.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    options
        .into_iter()
        .map(|(east, city, zone)| (zone.name().to_owned(), format!("{city} ({})", utc(east))))
        .collect()
}

/// «Москва (UTC+3)».
pub fn label(name: &str, now: Timestamp, lang: Lang) -> String {
    match name.parse::<Tz>() {
        Ok(zone) => format!("{} ({})", said(zone, lang), utc(offset(zone, now))),
        Err(_) => name.to_owned(),
    }
}

fn said(zone: Tz, lang: Lang) -> String {
    let key = format!("zone-{}", zone.name().rsplit('/').next().unwrap_or_default().to_lowercase());
    if OFFERED.contains(&zone) { lang.word(&key) } else { zone.name().replace('_', " ") }
}

/// Seconds east of Greenwich at that moment.
fn offset(zone: Tz, now: Timestamp) -> i32 {
    zone.offset_from_utc_datetime(&now.naive_utc()).fix().local_minus_utc()
}

/// «UTC+3», «UTC+5:30», «UTC−3».
fn utc(east: i32) -> String {
    let (sign, away) = (if east < 0 { '−' } else { '+' }, east.abs() / 60);
    match (away / 60, away % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_its_city_in_both_languages() {
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        for lang in [Lang::Ru, Lang::En] {
            for (name, said) in options("America/Argentina/Buenos_Aires", now, lang) {
                assert!(!said.contains("zone-"), "{name} has no word in {}", lang.code());
            }
        }
        let options = options("Asia/Kolkata", now, Lang::Ru);
        let find = |name: &str| options.iter().find(|(zone, _)| zone == name).map(|(_, said)| said.as_str());
        assert_eq!(find("Europe/Moscow"), Some("Москва (UTC+3)"));
        assert_eq!(find("Asia/Kolkata"), Some("Asia/Kolkata (UTC+5:30)"));
        assert_eq!(utc(-10_800), "UTC−3");
    }
}
