//! The job that applies what came in: by version, in any order, as often as it likes to come. An event that ends an order,
//! tells of money or of a version nobody can have yet is only a reason to read the order from iiko: taken at its word, a
//! forged one would stand above iiko's own answer by its version.
use std::collections::HashMap;

use chrono::{DateTime, TimeDelta};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::integrations::connection;
use crate::integrations::iiko_cloud::orders::OrderInfo;
use crate::integrations::link::Link;
use crate::menu::stop_list;
use crate::orders::order::{self, Source, Told, Took};
use crate::queue::job::{self, Lease};
use crate::sync::orders::{Ground, told};
use crate::sync::watch;
use crate::venues::venue;
use crate::webhooks::inbox::{self, Due, State};

/// The job's kind.
pub const JOB: &str = "webhooks";

/// Letters of one transaction; each holds at most five hundred events.
const LETTERS: i64 = 20;
/// Events of one transaction.
const AT_ONCE: i64 = 200;
/// How far ahead iiko's clock may be of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(2);

/// Puts every venue with something to apply into the queue.
pub async fn ask_all(db: &Db) -> Result<()> {
    let venues = inbox::due_venues(&mut db.read().await?, clock::now()).await?;
    job::enqueue_all(db, venues, JOB).await
}

/// Applies all that waits, then reads from iiko what has to be. Without a line (the venue is untied) that waits.
pub async fn perform(db: &Db, link: Option<&Link>, lease: &Lease) -> Result<()> {
    let mut c = db.snapshot().await?;
    let venue = venue::get(&mut c, lease.venue).await?;
    let ground = Ground::of(&mut c, &venue).await?;
    drop(c);
    loop {
        let mut tx = db.begin().await?;
        lease.hold(&mut tx).await?;
        let applied = batch(&mut tx, lease.venue, &ground, clock::now()).await?;
        tx.commit().await?;
        if applied == 0 {
            break;
        }
    }
    if let Some(link) = link {
        ask(db, link, lease).await?;
    }
    let mut tx = db.begin().await?;
    lease.finish(&mut tx, job::End::Done, None).await?;
    tx.commit().await
}

/// The next letters and events of a venue, in the caller's transaction; how many there were.
pub async fn batch(c: &mut Conn, venue: Uuid, ground: &Ground, now: Timestamp) -> Result<usize> {
    let connection = connection::of_venue(c, venue).await?;
    let organization = connection.and_then(|one| one.organization_id);
    let letters = inbox::split(c, venue, LETTERS).await?;
    let waiting = inbox::due(c, venue, State::Waiting, AT_ONCE).await?;
    let mut became: HashMap<State, Vec<Uuid>> = HashMap::new();
    for event in &waiting {
        let state = if event.event_type.is_empty() {
            State::Unread
        } else if organization.is_none() || event.organization_id != organization {
            State::Foreign
        } else {
            one(c, venue, (event, ground), now).await?
        };
        became.entry(state).or_default().push(event.id);
    }
    for (state, ids) in became {
        inbox::note(c, venue, &ids, state, now).await?;
    }
    Ok(letters + waiting.len())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outside<'a> {
    #[serde(borrow, default)]
    event_info: Option<&'a RawValue>,
}

async fn one(c: &mut Conn, venue: Uuid, (event, ground): (&Due, &Ground), now: Timestamp) -> Result<State> {
    let is_delivery = match event.event_type.as_str() {
        "DeliveryOrderUpdate" | "DeliveryOrderError" => true,
        "TableOrderUpdate" | "TableOrderError" => false,
        "StopListUpdate" => {
            stop_list::mark(c, venue, now).await?;
            return Ok(State::Applied);
        }
        _ => return Ok(State::Kept),
    };
    let Ok(outside) = serde_json::from_str::<Outside<'_>>(&event.body) else { return Ok(State::Unread) };
    let Some(info) = outside.event_info.filter(|info| info.get() != "null") else { return Ok(State::Empty) };
    let Ok(info) = serde_json::from_str::<OrderInfo<'_>>(info.get()) else { return Ok(State::Unread) };
    let has_order = info.order.is_some_and(|order| order.get() != "null");
    if !has_order && info.creation_status.as_str() != "Error" {
        return Ok(State::Empty);
    }
    let Ok(told) = told(&info, ground, is_delivery) else { return Ok(State::Unread) };
    if DateTime::from_timestamp_millis(told.version).is_none_or(|at| at > now + AHEAD) {
        return Ok(State::Asking);
    }
    if told.status.is_over() || told.paid.is_some_and(|paid| paid.0 > 0) {
        return heavy(c, venue, &told).await;
    }
    Ok(match order::take(c, venue, &told, (Source::Webhook, now)).await? {
        Took::New(_) | Took::Changed(_) => State::Applied,
        Took::Same => State::Same,
        Took::Older => State::Older,
        Took::Doubtful => State::Asking,
    })
}

/// An end or a payment: known already, or to be read.
async fn heavy(c: &mut Conn, venue: Uuid, told: &Told) -> Result<State> {
    let known = order::standing(c, venue, told.iiko_id).await?;
    Ok(match known {
        Some(known) if known.version > told.version => State::Older,
        Some(known)
            if (known.version, known.status.as_str(), known.paid)
                == (told.version, told.status.word(), told.paid) =>
        {
            State::Same
        }
        _ => State::Asking,
    })
}

/// Reads from iiko what events alone are not believed about. What could not be read is asked for again later.
async fn ask(db: &Db, link: &Link, lease: &Lease) -> Result<()> {
    let asking = inbox::due(&mut db.read().await?, lease.venue, State::Asking, AT_ONCE).await?;
    let (deliveries, tables): (Vec<_>, Vec<_>) =
        asking.into_iter().partition(|event| event.event_type.starts_with("Delivery"));
    for (events, is_delivery) in [(deliveries, true), (tables, false)] {
        let mut ids: Vec<Uuid> = events.iter().filter_map(|event| event.subject).collect();
        ids.sort_unstable();
        ids.dedup();
        if events.is_empty() {
            continue;
        }
        let read = if ids.is_empty() {
            Ok(())
        } else {
            watch::these(db, link, lease.venue, (&ids, is_delivery)).await?
        };
        let state = if read.is_ok() { State::Asked } else { State::Asking };
        let events: Vec<Uuid> = events.into_iter().map(|event| event.id).collect();
        let mut tx = db.begin().await?;
        lease.hold(&mut tx).await?;
        inbox::note(&mut tx, lease.venue, &events, state, clock::now()).await?;
        tx.commit().await?;
    }
    Ok(())
}
