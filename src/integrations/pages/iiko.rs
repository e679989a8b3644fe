//! The page of the connection: API-ключ → Заведение → Терминал → Синхронизировать, each step its own save.
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::Result;
use crate::integrations::connection::{self, Connection};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::wire::TerminalGroup;
use crate::integrations::link::Link;
use crate::integrations::trouble::Trouble;
use crate::say;
use crate::secret::Seal;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, View};
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// What the page is opened to change: `?change=key`, `organization`, `terminal`.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    change: String,
}

#[derive(Template)]
#[template(path = "integrations/iiko.html")]
struct IikoPage {
    shell: Shell,
    base: String,
    may_manage: bool,
    /// The key, the organization, the terminal, the events.
    may_tie: bool,
    summary: Option<Summary>,
    trouble: Option<Trouble>,
    connection: Option<Connection>,
    checked: Option<When>,
    key_set: Option<When>,
    key: Option<Field>,
    organization: Option<Choice>,
    organizations: usize,
    terminal: Option<Choice>,
    terminals: Vec<TerminalRow>,
    ready: bool,
    sync_state: Option<String>,
}

impl IikoPage {
    fn organization_name(&self) -> Option<&str> {
        self.connection.as_ref()?.organization_name.as_deref()
    }

    fn organization_version(&self) -> Option<&str> {
        self.connection.as_ref()?.organization_version.as_deref()
    }

    fn terminal_name(&self) -> Option<&str> {
        self.connection.as_ref()?.terminal_group_name.as_deref()
    }

    fn pos_version(&self) -> Option<&str> {
        self.connection.as_ref()?.pos_version.as_deref()
    }
}

/// A terminal group as the list under the select shows it.
struct TerminalRow {
    id: Uuid,
    name: String,
    version: String,
    state: &'static str,
}

/// `GET /v/{venue}/settings/integrations/iiko`.
pub async fn show(at: At<View>, asked: Query<Asked>, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    let asked = asked.into_inner();
    let page = drawn(&at, &Desk { seal: &seal, gate: &gate }, &asked.change, Problems::default()).await?;
    reply::page(&page)
}

/// What the page needs to talk to iiko.
pub struct Desk<'a> {
    pub seal: &'a Seal,
    pub gate: &'a Gate,
}

/// The page again with what is wrong, 422.
pub async fn again<R: Right>(at: &At<R>, desk: &Desk<'_>, change: &str, problems: Problems) -> Reply {
    reply::again(&drawn(at, desk, change, problems).await?)
}

/// The page again with a failure of iiko on top, 422: the key field keeps nothing.
pub async fn again_after<R: Right>(at: &At<R>, desk: &Desk<'_>, change: &str, fault: &Fault) -> Reply {
    let mut problems = Problems::default();
    let trouble = Trouble::of_fault(at.lang(), fault);
    if change == "key" {
        problems.add("api_key", trouble.what.clone());
    }
    let mut page = drawn(at, desk, change, problems).await?;
    page.summary = None;
    page.trouble = Some(trouble);
    reply::again(&page)
}

async fn drawn<R: Right>(at: &At<R>, desk: &Desk<'_>, change: &str, problems: Problems) -> Result<IikoPage> {
    let connection = connection::of_venue(&mut at.db.read().await?, at.venue.id).await?;
    let lang = at.lang();
    let mut page = IikoPage {
        shell: shell(at),
        base: at.venue.path("/settings/integrations/iiko"),
        may_manage: at.may(Permission::Manage),
        may_tie: at.may(Permission::Keys),
        summary: problems.summary(lang),
        trouble: connection.as_ref().and_then(|c| kept_trouble(lang, c)),
        checked: connection.as_ref().map(|c| at.when(c.checked_at)),
        key_set: connection.as_ref().map(|c| at.when(c.api_key_set_at)),
        key: None,
        organization: None,
        organizations: 0,
        terminal: None,
        terminals: Vec::new(),
        ready: connection.as_ref().is_some_and(|c| c.terminal_group_id.is_some()),
        sync_state: at.venue.sync_state.clone(),
        connection,
    };
    if !page.may_tie {
        return Ok(page);
    }
    if page.connection.is_none() || change == "key" {
        page.key = Some(key_field(at, page.connection.is_some(), &problems));
    } else if let Some(fault) = choices(&mut page, at, desk, change, &problems).await? {
        page.trouble = Some(Trouble::of_fault(lang, &fault));
    }
    Ok(page)
}

fn shell<R: Right>(at: &At<R>) -> Shell {
    let lang = at.lang();
    at.shell(Room::Settings)
        .under(say!(lang, "nav-settings"), at.venue.path("/settings"))
        .under(say!(lang, "iiko-integrations"), at.venue.path("/settings/integrations"))
        .titled("iiko & iiko Cloud")
}

fn kept_trouble(lang: crate::lang::Lang, c: &Connection) -> Option<Trouble> {
    let code = c.trouble.as_deref()?;
    Some(Trouble::of(lang, code, c.trouble_said.as_deref().unwrap_or(""), c.trouble_correlation.as_deref()))
}

fn key_field<R: Right>(at: &At<R>, replaces: bool, problems: &Problems) -> Field {
    let lang = at.lang();
    let hint = if replaces { say!(lang, "iiko-key-replace-hint") } else { say!(lang, "iiko-key-hint") };
    let field = Field::text("api_key", say!(lang, "iiko-key")).kind("password", "off").hint(hint);
    field.focused().problem(problems)
}

/// Asks iiko for what the open step chooses from; a fault is shown on the page, not instead of it.
async fn choices<R: Right>(
    page: &mut IikoPage,
    at: &At<R>,
    desk: &Desk<'_>,
    change: &str,
    problems: &Problems,
) -> Result<Option<Fault>> {
    let Some(c) = page.connection.clone() else { return Ok(None) };
    let wants_organization = c.organization_id.is_none() || change == "organization";
    let wants_terminal = !wants_organization && (c.terminal_group_id.is_none() || change == "terminal");
    if !wants_organization && !wants_terminal {
        return Ok(None);
    }
    let link = Link::open(&mut at.db.read().await?, desk.seal, desk.gate, at.venue.id).await?;
    let link = link.for_page();
    let lang = at.lang();
    if wants_organization {
        let outcome = link.till.organizations().await;
        link.settle(&at.db, &outcome).await?;
        let found = match outcome {
            Ok(found) => found,
            Err(fault) => return Ok(Some(fault)),
        };
        page.organizations = found.len();
        let options = found.iter().map(|o| (o.id.to_string(), name_or_id(&o.name, o.id))).collect();
        let only = if found.len() == 1 { found.first().map(|o| o.id) } else { None };
        page.organization = Some(Choice {
            name: "organization",
            label: say!(lang, "iiko-organization"),
            options,
            chosen: c.organization_id.or(only).map(|id| id.to_string()).unwrap_or_default(),
            hint: say!(lang, "iiko-organizations-seen", n = found.len()),
            problem: problems.at("organization"),
            placeholder: say!(lang, "iiko-choose-organization"),
            hide_label: true,
        });
        return Ok(None);
    }
    let outcome = terminals(&link, c.organization_id.unwrap_or_default()).await;
    link.settle(&at.db, &outcome).await?;
    match outcome {
        Ok(groups) => {
            show_terminals(page, at, &groups, problems);
            Ok(None)
        }
        Err(fault) => Ok(Some(fault)),
    }
}

/// The terminal groups of an organization, and which of them answer.
pub async fn terminals(link: &Link, organization: Uuid) -> Result<Vec<(TerminalGroup, bool)>, Fault> {
    let groups = link.till.terminal_groups(organization).await?;
    let ids: Vec<Uuid> = groups.iter().map(|group| group.id).collect();
    // a key may lack the right to ask who is alive: the list is still of use
    let alive = if ids.is_empty() {
        Vec::new()
    } else {
        link.till.are_alive(organization, &ids).await.unwrap_or_default()
    };
    let answers = |id| alive.iter().any(|(one, alive)| *one == id && *alive);
    Ok(groups.into_iter().map(|group| (group.clone(), answers(group.id))).collect())
}

fn show_terminals<R: Right>(
    page: &mut IikoPage,
    at: &At<R>,
    groups: &[(TerminalGroup, bool)],
    problems: &Problems,
) {
    let lang = at.lang();
    page.terminals = groups
        .iter()
        .map(|(group, alive)| TerminalRow {
            id: group.id,
            name: name_or_id(&Some(group.name.clone()), group.id),
            version: group.pos_version.clone().unwrap_or_default(),
            state: if group.asleep {
                "asleep"
            } else if *alive {
                "alive"
            } else {
                "silent"
            },
        })
        .collect();
    let options = page.terminals.iter().map(|row| (row.id.to_string(), said_terminal(row, lang))).collect();
    let chosen = page.connection.as_ref().and_then(|c| c.terminal_group_id);
    let only = if page.terminals.len() == 1 { page.terminals.first().map(|row| row.id) } else { None };
    page.terminal = Some(Choice {
        name: "terminal",
        label: say!(lang, "iiko-terminal"),
        options,
        chosen: chosen.or(only).map(|id| id.to_string()).unwrap_or_default(),
        hint: say!(lang, "iiko-terminal-hint"),
        problem: problems.at("terminal"),
        placeholder: say!(lang, "iiko-choose-terminal"),
        hide_label: true,
    });
}

/// «Зал · на связи · iikoFront 8.6.2».
fn said_terminal(row: &TerminalRow, lang: crate::lang::Lang) -> String {
    let state = match row.state {
        "asleep" => say!(lang, "terminal-asleep"),
        "alive" => say!(lang, "terminal-alive"),
        _ => say!(lang, "terminal-silent"),
    };
    let version =
        if row.version.is_empty() { String::new() } else { format!(" · iikoFront {}", row.version) };
    format!("{} · {state}{version}", row.name)
}

/// iiko's names may be missing: then the id is better than nothing.
pub fn name_or_id(name: &Option<String>, id: Uuid) -> String {
    name.as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map_or_else(|| id.to_string(), str::to_owned)
}
