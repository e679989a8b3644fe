//! Where iiko sends its events, and which: iikoWeb's form «Настройка веб-хуков», as the API reads and writes it.
use std::collections::BTreeSet;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::{Till, parsed};
use crate::integrations::iiko_cloud::fault::Fault;

pub const WEBHOOK_SETTINGS: &str = "/api/1/webhooks/settings";
pub const UPDATE_WEBHOOK_SETTINGS: &str = "/api/1/webhooks/update_settings";

const DELIVERY_STATUSES: &[&str] = &[
    "Unconfirmed",
    "WaitCooking",
    "ReadyForCooking",
    "CookingStarted",
    "CookingCompleted",
    "Waiting",
    "OnWay",
    "Delivered",
    "Closed",
    "Cancelled",
];
const TABLE_STATUSES: &[&str] = &["New", "Bill", "Closed", "Deleted"];
const ITEM_STATUSES: &[&str] =
    &["Added", "PrintedNotCooking", "CookingStarted", "CookingCompleted", "Served"];

/// A group of the form: what it is called in `webHooksFilter`, and its ticks.
#[derive(Debug)]
pub struct Group {
    pub word: &'static str,
    key: &'static str,
    pub statuses: &'static [&'static str],
    pub items: &'static [&'static str],
    /// Single ticks: `updates`, `errors`.
    pub flags: &'static [&'static str],
}

pub const GROUPS: [Group; 6] = [
    Group {
        word: "delivery",
        key: "deliveryOrderFilter",
        statuses: DELIVERY_STATUSES,
        items: ITEM_STATUSES,
        flags: &["errors"],
    },
    Group {
        word: "table",
        key: "tableOrderFilter",
        statuses: TABLE_STATUSES,
        items: ITEM_STATUSES,
        flags: &["errors"],
    },
    Group { word: "reserve", key: "reserveFilter", statuses: &[], items: &[], flags: &["updates", "errors"] },
    Group { word: "stops", key: "stopListUpdateFilter", statuses: &[], items: &[], flags: &["updates"] },
    Group { word: "shift", key: "personalShiftFilter", statuses: &[], items: &[], flags: &["updates"] },
    Group { word: "menu", key: "nomenclatureUpdateFilter", statuses: &[], items: &[], flags: &["updates"] },
];

/// A tick of the form as one word: `delivery-status-OnWay`, `table-item-Added`, `reserve-flag-updates`.
pub fn tick(group: &Group, list: &str, word: &str) -> String {
    format!("{}-{list}-{word}", group.word)
}

/// Every tick there is.
pub fn ticks() -> impl Iterator<Item = String> {
    GROUPS.iter().flat_map(|group| {
        let of = |list: &'static str, words: &'static [&'static str]| {
            words.iter().map(move |word| tick(group, list, word))
        };
        of("status", group.statuses).chain(of("item", group.items)).chain(of("flag", group.flags))
    })
}

/// What is worth being told of: every status and error of orders, stop lists, the menu. Not the lines: a delivery would
/// make fifteen events instead of five.
pub fn advised() -> BTreeSet<String> {
    let wanted = |tick: &String| {
        (tick.starts_with("delivery-") || tick.starts_with("table-")) && !tick.contains("-item-")
            || tick == "stops-flag-updates"
            || tick == "menu-flag-updates"
    };
    ticks().filter(wanted).collect()
}

/// `webHooksFilter` as it came: what the form does not know in it is kept.
#[derive(Clone, Debug, Default)]
pub struct Filter(Value);

impl Filter {
    /// The ticks that are set.
    pub fn ticks(&self) -> BTreeSet<String> {
        let mut set = BTreeSet::new();
        for group in &GROUPS {
            let Some(part) = self.0.get(group.key) else { continue };
            let listed = |key: &str, word: &str| {
                let list = part.get(key).and_then(Value::as_array);
                list.is_some_and(|list| list.iter().any(|one| one == word))
            };
            let told = |list, key, words: &[&str]| {
                words
                    .iter()
                    .filter(|word| listed(key, word))
                    .map(|word| tick(group, list, word))
                    .collect::<Vec<_>>()
            };
            set.extend(told("status", "orderStatuses", group.statuses));
            set.extend(told("item", "itemStatuses", group.items));
            let on = group.flags.iter().filter(|flag| part.get(**flag).is_some_and(|on| on == true));
            set.extend(on.map(|flag| tick(group, "flag", flag)));
        }
        set
    }

    /// The same with exactly these ticks.
    pub fn with(&self, ticks: &BTreeSet<String>) -> Filter {
        let mut all = self.0.as_object().cloned().unwrap_or_default();
        for group in &GROUPS {
            let mut part: Map<String, Value> =
                all.get(group.key).and_then(Value::as_object).cloned().unwrap_or_default();
            let set = |list: &str, words: &[&str]| {
                json!(
                    words.iter().filter(|word| ticks.contains(&tick(group, list, word))).collect::<Vec<_>>()
                )
            };
            if !group.statuses.is_empty() {
                part.insert("orderStatuses".to_owned(), set("status", group.statuses));
                part.insert("itemStatuses".to_owned(), set("item", group.items));
            }
            for flag in group.flags {
                part.insert((*flag).to_owned(), json!(ticks.contains(&tick(group, "flag", flag))));
            }
            all.insert(group.key.to_owned(), Value::Object(part));
        }
        Filter(Value::Object(all))
    }
}

/// What iiko has: one address per API key and organization.
#[derive(Debug)]
pub struct Settings {
    /// The API login's name in iikoWeb.
    pub login: String,
    /// Empty: nobody is told.
    pub uri: String,
    pub token: Option<SecretString>,
    pub filter: Filter,
}

impl Till {
    /// `/api/1/webhooks/settings`; iiko tells the token in clear, so the answer is not for the journal.
    pub async fn webhook_settings(&self, organization: Uuid) -> Result<Settings, Fault> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            #[serde(default)]
            api_login_name: Option<String>,
            #[serde(default)]
            web_hooks_uri: Option<String>,
            #[serde(default)]
            auth_token: Option<SecretString>,
            #[serde(default)]
            web_hooks_filter: Option<Value>,
        }
        let body = self.call(WEBHOOK_SETTINGS, json!({ "organizationId": organization })).await?;
        let answer: Answer = parsed(WEBHOOK_SETTINGS, serde_json::from_slice(&body))?;
        Ok(Settings {
            login: answer.api_login_name.unwrap_or_default(),
            uri: answer.web_hooks_uri.unwrap_or_default().trim().to_owned(),
            token: answer.auth_token,
            filter: Filter(answer.web_hooks_filter.unwrap_or_default()),
        })
    }

    /// `/api/1/webhooks/update_settings`: replaces everything that was there, so a repeat does no harm.
    pub async fn set_webhooks(
        &self,
        organization: Uuid,
        (uri, token): (&str, &str),
        filter: &Filter,
    ) -> Result<(), Fault> {
        let body = json!({ "organizationId": organization, "webHooksUri": uri, "authToken": token,
                           "webHooksFilter": filter.0 });
        self.call(UPDATE_WEBHOOK_SETTINGS, body).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_come_back_as_they_were_set_and_strangers_stay() {
        let there = Filter(json!({
            "deliveryOrderFilter": {"orderStatuses": ["OnWay", "Fresh"], "returnedExternalDataKeys": ["till"]},
            "businessHoursAndMappingUpdateFilter": {"updates": true},
        }));
        assert_eq!(there.ticks(), BTreeSet::from(["delivery-status-OnWay".to_owned()]));
        let wanted = advised();
        let written = there.with(&wanted);
        assert_eq!(written.ticks(), wanted);
        assert_eq!(written.0["deliveryOrderFilter"]["returnedExternalDataKeys"], json!(["till"]));
        assert_eq!(written.0["businessHoursAndMappingUpdateFilter"]["updates"], true);
        assert_eq!(written.0["deliveryOrderFilter"]["itemStatuses"], json!([]));
        assert!(written.with(&BTreeSet::new()).ticks().is_empty());
        assert_eq!(ticks().count(), 10 + 5 + 1 + 4 + 5 + 1 + 2 + 1 + 1 + 1);
    }
}
