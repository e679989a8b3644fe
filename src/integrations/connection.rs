//! A venue's tie to iiko: the sealed key, the organization and the terminal group, how the last call went.
use secrecy::SecretString;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::secret::{self, Place, Seal, WontOpen};
use crate::venues::venue;
use crate::{exec, opt};

/// What the pages may know of a connection: everything but the key.
#[derive(Clone, Debug, FromRow)]
pub struct Connection {
    pub venue_id: Uuid,
    /// The key's last four characters.
    pub api_key_tail: String,
    pub api_key_set_at: Timestamp,
    pub set_by_name: String,
    /// Which of iiko's sign-ins took the key: `v1` (apiLogin), `v2` (application and key).
    pub login: String,
    pub checked_at: Timestamp,
    pub organization_id: Option<Uuid>,
    pub organization_name: Option<String>,
    pub organization_version: Option<String>,
    pub terminal_group_id: Option<Uuid>,
    pub terminal_group_name: Option<String>,
    /// iikoFront's version on that terminal group.
    pub pos_version: Option<String>,
    /// Code of the last fault; none when the last call went well.
    pub trouble: Option<String>,
    pub trouble_said: Option<String>,
    pub trouble_correlation: Option<String>,
    pub trouble_at: Option<Timestamp>,
    /// iiko's `revision` of the menu applied last, Unix milliseconds.
    pub menu_revision: Option<i64>,
}

/// What went wrong with iiko, as the connection keeps it.
#[derive(Clone, Debug)]
pub struct Trouble<'a> {
    pub code: &'a str,
    pub said: &'a str,
    pub correlation_id: Option<&'a str>,
}

/// A chosen organization: id, name, version of iikoOffice's server.
#[derive(Clone, Debug)]
pub struct Organization<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub version: Option<&'a str>,
}

fn place(venue: Uuid) -> Place {
    Place { table: "connections", column: "api_key", venue, row: venue }
}

pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Option<Connection>> {
    Ok(opt!(
        c,
        Connection,
        "SELECT c.venue_id, c.api_key_tail, c.api_key_set_at, u.name AS set_by_name, c.login, c.checked_at,
                c.organization_id, c.organization_name, c.organization_version, c.terminal_group_id,
                c.terminal_group_name, c.pos_version, c.trouble, c.trouble_said, c.trouble_correlation, c.trouble_at,
                c.menu_revision
         FROM connections c JOIN users u ON u.id = c.api_key_set_by WHERE c.venue_id = $1",
        venue
    )?)
}

/// The key as it lies in the database, with the login that took it.
pub async fn sealed_key(c: &mut Conn, venue: Uuid) -> Result<Option<(Vec<u8>, String)>> {
    Ok(opt!(c, (Vec<u8>, String), "SELECT api_key, login FROM connections WHERE venue_id = $1", venue)?)
}

/// The key itself, for the client alone.
pub fn open_key(seal: &Seal, venue: Uuid, sealed: &[u8]) -> Result<SecretString, WontOpen> {
    seal.open(place(venue), sealed)
}

/// Keeps a key that iiko took just now. A new key may open other organizations, so one already chosen is kept only when
/// `still` says the new key sees it.
pub async fn set_key(c: &mut Conn, seal: &Seal, key: &NewKey<'_>) -> Result<()> {
    let blob = seal.close(place(key.venue), key.key)?;
    let now = clock::now();
    exec!(
        c,
        "INSERT INTO connections (venue_id, api_key, api_key_tail, api_key_set_at, api_key_set_by, login, checked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $4)
         ON CONFLICT (venue_id) DO UPDATE SET api_key = excluded.api_key, api_key_tail = excluded.api_key_tail,
           api_key_set_at = excluded.api_key_set_at, api_key_set_by = excluded.api_key_set_by, login = excluded.login,
           checked_at = excluded.checked_at, trouble = NULL, trouble_said = NULL, trouble_correlation = NULL,
           trouble_at = NULL",
        key.venue,
        blob,
        secret::tail(key.key),
        now,
        key.by,
        key.login,
    )?;
    if !key.still {
        forget_organization(c, key.venue).await?;
    }
    note_link(c, key.venue).await
}

/// A key and who brought it.
pub struct NewKey<'a> {
    pub venue: Uuid,
    pub key: &'a SecretString,
    pub login: &'a str,
    pub by: Uuid,
    /// The organization chosen before is among those the new key sees.
    pub still: bool,
}

async fn forget_organization(c: &mut Conn, venue: Uuid) -> Result<()> {
    exec!(
        c,
        "UPDATE connections SET organization_id = NULL, organization_name = NULL, organization_version = NULL,
           terminal_group_id = NULL, terminal_group_name = NULL, pos_version = NULL, menu_revision = NULL
         WHERE venue_id = $1",
        venue
    )?;
    Ok(())
}

/// Chooses the organization; another one than before takes the terminal group and the menu's revision with it.
pub async fn choose_organization(c: &mut Conn, venue: Uuid, chosen: &Organization<'_>) -> Result<()> {
    let before = of_venue(c, venue).await?.ok_or(Error::Conflict("iiko-no-key"))?;
    if before.organization_id != Some(chosen.id) {
        forget_organization(c, venue).await?;
    }
    exec!(
        c,
        "UPDATE connections SET organization_id = $2, organization_name = $3, organization_version = $4 WHERE venue_id = $1",
        venue,
        chosen.id,
        chosen.name,
        chosen.version,
    )?;
    note_link(c, venue).await
}

/// Chooses the terminal group: id, name, iikoFront's version. With it iiko is on.
pub async fn choose_terminal(
    c: &mut Conn,
    venue: Uuid,
    id: Uuid,
    name: &str,
    version: Option<&str>,
) -> Result<()> {
    exec!(
        c,
        "UPDATE connections SET terminal_group_id = $2, terminal_group_name = $3, pos_version = $4 WHERE venue_id = $1",
        venue,
        id,
        name,
        version,
    )?;
    note_link(c, venue).await
}

/// The menu applied last, by iiko's `revision`.
pub async fn set_menu_revision(c: &mut Conn, venue: Uuid, revision: i64) -> Result<()> {
    exec!(c, "UPDATE connections SET menu_revision = $2 WHERE venue_id = $1", venue, revision)?;
    Ok(())
}

/// How the last call went: `None` clears the trouble.
pub async fn note(c: &mut Conn, venue: Uuid, trouble: Option<&Trouble<'_>>) -> Result<()> {
    let now = clock::now();
    exec!(
        c,
        "UPDATE connections SET trouble = $2, trouble_said = $3, trouble_correlation = $4, trouble_at = $5,
           checked_at = CASE WHEN $2 IS NULL THEN $6 ELSE checked_at END
         WHERE venue_id = $1",
        venue,
        trouble.map(|t| t.code),
        trouble.map(|t| t.said),
        trouble.and_then(|t| t.correlation_id),
        trouble.map(|_| now),
        now,
    )?;
    note_link(c, venue).await
}

/// Unties the venue from iiko. The menu stays, and becomes the venue's own to add to.
pub async fn remove(c: &mut Conn, venue: Uuid) -> Result<()> {
    exec!(c, "DELETE FROM connections WHERE venue_id = $1", venue)?;
    venue::note_link(c, venue, "none", None).await
}

/// What the header says, from what is chosen and how the last call went.
async fn note_link(c: &mut Conn, venue: Uuid) -> Result<()> {
    let row = opt!(
        c,
        (Option<Uuid>, bool),
        "SELECT terminal_group_id, trouble IS NOT NULL FROM connections WHERE venue_id = $1",
        venue
    )?;
    let link = match row {
        None => "none",
        Some((None, _)) => "setting_up",
        Some((Some(_), true)) => "attention",
        Some((Some(_), false)) => "live",
    };
    venue::note_link(c, venue, link, row.and_then(|(group, _)| group)).await
}
