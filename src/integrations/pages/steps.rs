//! What each «Сохранить» of the connection does: try, answer in a sentence, keep.
use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::integrations::connection::{self, NewKey, Organization};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::link::Link;
use crate::integrations::pages::iiko::{Desk, again, again_after, name_or_id, terminals};
use crate::say;
use crate::secret::{Seal, tail};
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Keys, Manage, Right};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest key, characters: iiko's are 8 to 64.
const LONGEST_KEY: usize = 256;

fn back(at: &At<Keys>, said: &str) -> HttpResponse {
    flash::see(&at.venue.path("/settings/integrations/iiko"), Tone::Good, said)
}

/// What a running sync works with stays until it ends: its answers belong to the organization it asked.
fn refuse_while_syncing(at: &At<Keys>) -> Result<()> {
    let running = at.venue.sync_state.as_deref() == Some("running");
    if running { Err(Error::Conflict("iiko-sync-is-running")) } else { Ok(()) }
}

/// `POST …/iiko/key`: the key is tried before it is kept.
pub async fn set_key(at: At<Keys>, fields: Fields, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    refuse_while_syncing(&at)?;
    let desk = Desk { seal: &seal, gate: &gate };
    let text: String = fields.raw("api_key").chars().filter(|c| !c.is_whitespace()).collect();
    let mut problems = Problems::default();
    let lang = at.lang();
    problems.unless(!text.is_empty(), "api_key", say!(lang, "iiko-key-empty"));
    let fits =
        text.len() <= LONGEST_KEY && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"'\\".contains(&b));
    problems.unless(text.is_empty() || fits, "api_key", say!(lang, "iiko-key-not-a-key"));
    if !problems.is_empty() {
        return again(&at, &desk, "key", problems).await;
    }
    let key = SecretString::from(text);
    let link = Link::with_key(&gate, at.venue.id, &key).by_hand(&gate)?;
    match tried(&link).await {
        Ok((login, organizations)) => {
            keep_key(&at, &desk, &link, (&key, login, &organizations)).await?;
            Ok(back(&at, &say!(lang, "iiko-key-fits", n = organizations.len())))
        }
        Err(fault) => {
            // the old key, if there is one, is not to blame: only the journal keeps this
            link.keep(&at.db).await?;
            again_after(&at, &desk, "key", &fault).await
        }
    }
}

async fn tried(link: &Link) -> Result<(&'static str, Vec<Uuid>), Fault> {
    let login = link.till.sign_in().await?;
    let organizations = link.till.organizations().await?;
    Ok((login.code(), organizations.into_iter().map(|o| o.id).collect()))
}

async fn keep_key(
    at: &At<Keys>,
    desk: &Desk<'_>,
    link: &Link,
    (key, login, seen): (&SecretString, &str, &[Uuid]),
) -> Result<()> {
    let mut tx = at.db.begin().await?;
    let before = connection::of_venue(&mut tx, at.venue.id).await?;
    let still = before.as_ref().and_then(|c| c.organization_id).is_some_and(|id| seen.contains(&id));
    let new = NewKey { venue: at.venue.id, key, login, by: at.person.id, still };
    connection::set_key(&mut tx, desk.seal, &new).await?;
    link.keep_calls(&mut tx).await?;
    let old = json!({ "tail": before.map(|c| c.api_key_tail) });
    let entry = at
        .deed("connection.key_set")
        .object(at.venue.id)
        .change(old, json!({ "tail": tail(key), "login": login }));
    audit::note(&mut tx, entry).await?;
    tx.commit().await
}

/// `POST …/iiko/organization`: one of those iiko returned just now.
pub async fn set_organization(at: At<Keys>, fields: Fields, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    refuse_while_syncing(&at)?;
    let desk = Desk { seal: &seal, gate: &gate };
    let link = Link::open(&mut at.db.read().await?, &seal, &gate, at.venue.id).await?.for_page();
    let outcome = link.till.organizations().await;
    link.settle(&at.db, &outcome).await?;
    let found = match outcome {
        Ok(found) => found,
        Err(fault) => return again_after(&at, &desk, "organization", &fault).await,
    };
    let chosen = fields.read::<Uuid>("organization").and_then(|id| found.into_iter().find(|o| o.id == id));
    let Some(chosen) = chosen else {
        let mut problems = Problems::default();
        problems.add("organization", say!(at.lang(), "iiko-choose-organization-first"));
        return again(&at, &desk, "organization", problems).await;
    };
    let name = name_or_id(&chosen.name, chosen.id);
    let mut tx = at.db.begin().await?;
    let organization = Organization { id: chosen.id, name: &name, version: chosen.version.as_deref() };
    connection::choose_organization(&mut tx, at.venue.id, &organization).await?;
    let entry = at.deed("connection.organization_chosen").object(at.venue.id);
    audit::note(&mut tx, entry.after(json!({ "organization": chosen.id, "name": name }))).await?;
    tx.commit().await?;
    Ok(back(&at, &say!(at.lang(), "iiko-organization-saved", name = name)))
}

/// `POST …/iiko/terminal`: one of the chosen organization's terminal groups.
pub async fn set_terminal(at: At<Keys>, fields: Fields, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    refuse_while_syncing(&at)?;
    let desk = Desk { seal: &seal, gate: &gate };
    let (link, organization) = line(&at, &desk).await?;
    let outcome = terminals(&link, organization).await;
    link.settle(&at.db, &outcome).await?;
    let found = match outcome {
        Ok(found) => found,
        Err(fault) => return again_after(&at, &desk, "terminal", &fault).await,
    };
    let chosen =
        fields.read::<Uuid>("terminal").and_then(|id| found.into_iter().find(|(group, _)| group.id == id));
    let Some((chosen, _)) = chosen else {
        let mut problems = Problems::default();
        problems.add("terminal", say!(at.lang(), "iiko-choose-terminal-first"));
        return again(&at, &desk, "terminal", problems).await;
    };
    let name = name_or_id(&Some(chosen.name), chosen.id);
    let mut tx = at.db.begin().await?;
    connection::choose_terminal(&mut tx, at.venue.id, chosen.id, &name, chosen.pos_version.as_deref())
        .await?;
    let entry = at.deed("connection.terminal_chosen").object(at.venue.id);
    audit::note(&mut tx, entry.after(json!({ "terminal_group": chosen.id, "name": name }))).await?;
    tx.commit().await?;
    Ok(back(&at, &say!(at.lang(), "iiko-terminal-saved", name = name)))
}

/// `POST …/iiko/awakening`: wakes a sleeping terminal group; it stays to be chosen.
pub async fn awaken(at: At<Manage>, fields: Fields, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    let desk = Desk { seal: &seal, gate: &gate };
    let (link, organization) = line(&at, &desk).await?;
    let group: Uuid = fields.read("terminal").ok_or(Error::NotFound("terminal group"))?;
    let outcome = link.till.awaken(organization, group).await;
    link.settle(&at.db, &outcome).await?;
    let (tone, said) = match outcome {
        Ok(true) => (Tone::Good, say!(at.lang(), "terminal-awakened")),
        Ok(false) => (Tone::Trouble, say!(at.lang(), "terminal-not-awakened")),
        Err(fault) => return again_after(&at, &desk, "terminal", &fault).await,
    };
    let mut tx = at.db.begin().await?;
    audit::note(&mut tx, at.deed("connection.terminal_awakened").object(group)).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/settings/integrations/iiko?change=terminal"), tone, &said))
}

async fn line<R: Right>(at: &At<R>, desk: &Desk<'_>) -> Result<(Link, Uuid)> {
    let mut c = at.db.read().await?;
    let connection =
        connection::of_venue(&mut c, at.venue.id).await?.ok_or(Error::Conflict("iiko-no-key"))?;
    let organization = connection.organization_id.ok_or(Error::Conflict("iiko-no-organization"))?;
    Ok((Link::open(&mut c, desk.seal, desk.gate, at.venue.id).await?.for_page(), organization))
}

#[derive(Template)]
#[template(path = "integrations/disconnection.html")]
struct DisconnectionPage {
    shell: Shell,
    base: String,
}

/// `GET …/iiko/disconnection`: what will happen, before it does.
pub async fn ask_disconnection(at: At<Keys>) -> Reply {
    let lang = at.lang();
    let base = at.venue.path("/settings/integrations/iiko");
    let shell = at.shell(Room::Settings).under("iiko & iiko Cloud", base.clone());
    reply::page(&DisconnectionPage { shell: shell.titled(say!(lang, "iiko-disconnect-title")), base })
}

/// `POST …/iiko/disconnection`: the key is forgotten, the menu stays.
pub async fn disconnect(at: At<Keys>, _fields: Fields) -> Reply {
    refuse_while_syncing(&at)?;
    let mut tx = at.db.begin().await?;
    connection::remove(&mut tx, at.venue.id).await?;
    audit::note(&mut tx, at.deed("connection.removed").object(at.venue.id)).await?;
    tx.commit().await?;
    Ok(back(&at, &say!(at.lang(), "iiko-disconnected")))
}
