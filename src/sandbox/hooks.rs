//! Webhooks: where each key wants to be told of an organization's changes, and what is on its way there. The cloud tells of
//! what it knows: a check nobody loaded makes no event (iiko-webhooks.md §2).
use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::order::News;
use super::world::World;
use super::{clock, id};

/// Deliveries remembered for the page.
const SENT_KEPT: usize = 20;

/// All addresses, what is to be sent, and what is to go wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// by the key's text and the organization
    settings: BTreeMap<(String, Uuid), Hook>,
    out: VecDeque<Parcel>,
    held: Vec<Parcel>,
    pub sent: VecDeque<Sent>,
    /// the token is sent as `Bearer <token>`; false: bare
    pub bearer: bool,
    /// so many events are still to be sent twice
    pub doubled: u32,
    /// … to be sent after the one that follows
    pub late: u32,
    /// … not to be sent
    pub dropped: u32,
}

#[derive(Clone, Debug)]
pub struct Hook {
    pub uri: String,
    pub token: Option<String>,
    /// `webHooksFilter`; what is not in it is not told
    pub filter: Value,
}

/// One event for one address.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub event: &'static str,
    pub uri: String,
    pub authorization: Option<String>,
    pub body: String,
}

/// What became of a parcel: the status, or why there is none.
#[derive(Clone, Debug)]
pub struct Sent {
    pub at_ms: i64,
    pub event: &'static str,
    pub uri: String,
    pub outcome: String,
}

impl Hooks {
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.settings.values().map(|hook| hook.uri.as_str())
    }

    /// One event to everybody who wants it.
    pub fn tell(&mut self, organization: Uuid, news: &News) {
        let wanting = self.settings.iter().filter(|((_, of), hook)| *of == organization && hook.wants(news));
        let parcels: Vec<Parcel> =
            wanting.map(|(_, hook)| hook.parcel(organization, news, self.bearer)).collect();
        parcels.into_iter().for_each(|parcel| self.put(parcel));
    }

    pub fn take(&mut self) -> Option<Parcel> {
        self.out.pop_front()
    }

    pub fn note(&mut self, sent: Sent) {
        self.sent.push_back(sent);
        if self.sent.len() > SENT_KEPT {
            self.sent.pop_front();
        }
    }

    /// Nothing goes wrong any more; what was held back goes out.
    pub fn calm(&mut self) {
        (self.doubled, self.late, self.dropped) = (0, 0, 0);
        self.out.extend(self.held.drain(..));
    }

    fn put(&mut self, parcel: Parcel) {
        if self.dropped > 0 {
            self.dropped -= 1;
        } else if self.late > 0 {
            self.late -= 1;
            self.held.push(parcel);
        } else {
            if self.doubled > 0 {
                self.doubled -= 1;
                self.out.push_back(parcel.clone());
            }
            self.out.push_back(parcel);
            self.out.extend(self.held.drain(..));
        }
    }
}

impl Hook {
    fn wants(&self, news: &News) -> bool {
        let lists = |filter: &str| {
            let statuses = self.filter[filter]["orderStatuses"].as_array();
            statuses.is_some_and(|list| list.iter().any(|status| status == news.status))
        };
        match news.event {
            "TableOrderUpdate" => lists("tableOrderFilter"),
            "DeliveryOrderUpdate" => lists("deliveryOrderFilter"),
            "StopListUpdate" => self.filter["stopListUpdateFilter"]["updates"] == true,
            _ => self.filter["deliveryOrderFilter"]["errors"] == true,
        }
    }

    fn parcel(&self, organization: Uuid, news: &News, bearer: bool) -> Parcel {
        let event = json!({"eventType": news.event, "eventTime": clock::written(clock::now_ms()),
            "organizationId": organization, "correlationId": id::fresh(), "eventInfo": news.info});
        let written = |token: &String| if bearer { format!("Bearer {token}") } else { token.clone() };
        Parcel {
            event: news.event,
            uri: self.uri.clone(),
            authorization: self.token.as_ref().map(written),
            body: json!([event]).to_string(),
        }
    }
}

/// `/api/1/webhooks/settings`: of this key and organization; the token is told in clear.
pub fn settings(world: &mut World, ask: &Ask) -> Answered {
    let organization = ask.id("organizationId")?;
    ask.sees(organization)?;
    let hook = world.hooks.settings.get(&(ask.key.text.clone(), organization));
    Ok(Answer::ok(json!({"apiLoginName": ask.key.name, "webHooksUri": hook.map(|hook| &hook.uri),
        "authToken": hook.and_then(|hook| hook.token.as_ref()), "webHooksFilter": hook.map(|hook| &hook.filter)})))
}

/// `/api/1/webhooks/update_settings`: replaces everything that was there.
pub fn update_settings(world: &mut World, ask: &Ask) -> Answered {
    let (organization, uri) = (ask.id("organizationId")?, ask.text("webHooksUri")?);
    ask.sees(organization)?;
    if !uri.starts_with("http://") && !uri.starts_with("https://") {
        return Err(Answer::error(400, "Webhook uri is not valid", None));
    }
    let token = ask.optional_text("authToken")?.filter(|token| !token.is_empty()).map(str::to_owned);
    let filter = ask.body.get("webHooksFilter").cloned().unwrap_or_default();
    world
        .hooks
        .settings
        .insert((ask.key.text.clone(), organization), Hook { uri: uri.to_owned(), token, filter });
    Ok(Answer::ok(json!({})))
}
