//! What stands in the address of the list: everything a shift narrows by, so that a page can be kept and sent.
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::contact::Phone;
use crate::money::Kopecks;
use crate::orders::kind::Kind;
use crate::orders::list::{After, Filter, Payment};
use crate::orders::order::Listed;
use crate::orders::status::Status;

/// `?tab=table&q=4182&status=new&payment=unpaid&from=2026-11-23&to=…&table=…&waiter=…&least=100&most=…&after=…`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tab: String,
    /// The till's number, or a phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub payment: String,
    /// A day of the venue, `2026-11-23`, the first and the last.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub waiter: String,
    /// Roubles, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub least: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub most: String,
    /// Where the page before ended: microseconds and an id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// What is shown already: a mark per row. Only in what the page itself asks for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub known: String,
}

impl Asked {
    /// What is meant; what cannot be read narrows nothing and is named, by its field.
    pub fn understood(&self, zone: Tz, by_phone: bool) -> (Filter, Vec<&'static str>) {
        let mut wrong = Vec::new();
        let mut day = |text: &str, name: &'static str, after: bool| match text.trim() {
            "" => None,
            text => text
                .parse::<NaiveDate>()
                .ok()
                .and_then(|day| if after { day.succ_opt() } else { Some(day) })
                .and_then(|day| clock::midnight(day, zone))
                .or_else(|| {
                    wrong.push(name);
                    None
                }),
        };
        let (from, to) = (day(&self.from, "from", false), day(&self.to, "to", true));
        let mut sum = |text: &str, name: &'static str| match text.trim() {
            "" => None,
            text => Kopecks::typed(text).ok().or_else(|| {
                wrong.push(name);
                None
            }),
        };
        let (least, most) = (sum(&self.least, "least"), sum(&self.most, "most"));
        let phone = Phone::typed(&self.q).filter(|_| by_phone).map(|phone| phone.as_str().to_owned());
        let filter = Filter {
            kind: Kind::of_word(&self.tab),
            trouble: self.tab == "trouble",
            status: Status::of_word(&self.status),
            payment: Payment::of_word(&self.payment),
            from,
            to,
            table: self.table.parse::<Uuid>().ok(),
            waiter: self.waiter.trim().to_lowercase(),
            least,
            most,
            number: if phone.is_some() { String::new() } else { self.q.trim().chars().take(40).collect() },
            phone: phone.unwrap_or_default(),
        };
        (filter, wrong)
    }

    pub fn after(&self) -> Option<After> {
        let (at, id) = self.after.split_once('_')?;
        Some(After { opened_at: Timestamp::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
    }

    /// The address of another page of the same search.
    pub fn href(&self, base: &str) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{base}?{query}"),
            _ => base.to_owned(),
        }
    }

    pub fn after_order(&self, last: &Listed) -> Asked {
        let after = format!("{}_{}", last.opened_at.timestamp_micros(), last.id);
        Asked { after, ..self.clone() }
    }

    /// Whether anything but the tab narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let bare = Asked { tab: self.tab.clone(), after: self.after.clone(), ..Asked::default() };
        self.href("") != bare.href("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(q: &str) -> Asked {
        Asked { q: q.to_owned(), ..Asked::default() }
    }

    #[test]
    fn a_number_a_phone_a_day_and_sums_are_understood() {
        let zone = Tz::Europe__Moscow;
        assert_eq!(asked(" 4182 ").understood(zone, true).0.number, "4182");
        assert_eq!(asked("8 916 123-45-67").understood(zone, true).0.phone, "+79161234567");
        assert_eq!(
            asked("8 916 123-45-67").understood(zone, false).0.phone,
            "",
            "not by who may not see phones"
        );
        let day = Asked { from: "2026-11-23".into(), to: "2026-11-23".into(), ..Asked::default() };
        let (filter, wrong) = day.understood(zone, true);
        assert_eq!(filter.from.unwrap().to_rfc3339(), "2026-11-22T21:00:00+00:00");
        assert_eq!(filter.to.unwrap().to_rfc3339(), "2026-11-23T21:00:00+00:00");
        assert!(wrong.is_empty());
        let odd =
            Asked {
                from: "вчера".into(), least: "сто".into(), most: "1 000,50".into(), ..Asked::default()
            };
        let (filter, wrong) = odd.understood(zone, true);
        assert_eq!((wrong, filter.from, filter.most), (vec!["from", "least"], None, Some(Kopecks(100_050))));
    }

    #[test]
    fn an_address_says_only_what_narrows() {
        assert_eq!(Asked::default().href("/orders"), "/orders");
        let narrowed = Asked { tab: "table".into(), status: "new".into(), ..Asked::default() };
        assert_eq!(narrowed.href("/orders"), "/orders?tab=table&status=new");
        assert!(narrowed.is_narrowed());
        assert!(!Asked { tab: "table".into(), ..Asked::default() }.is_narrowed());
    }
}
