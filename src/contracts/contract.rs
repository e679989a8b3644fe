//! A contract with a legal entity. Draft → signed → ended. Of the signed ones exactly one is primary: the first signed is,
//! and the primary one can be ended only as the last.
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{all, exec, one, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Contract {
    pub id: Uuid,
    /// «ООО «Рябина Групп»».
    pub entity: String,
    pub inn: String,
    /// Empty for a sole proprietor.
    pub kpp: String,
    pub account: String,
    pub bik: String,
    pub number: String,
    /// `draft`, `signed`, `ended`.
    pub state: String,
    /// yyyy-mm-dd.
    pub signed_on: Option<String>,
    pub ended_on: Option<String>,
    pub is_primary: bool,
    /// Grows with every change.
    pub version: i64,
}

/// What a person writes of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub entity: String,
    pub inn: String,
    pub kpp: String,
    pub account: String,
    pub bik: String,
    pub number: String,
}

impl Contract {
    pub fn is_signed(&self) -> bool {
        self.state == "signed"
    }

    pub fn facts(&self) -> Facts {
        Facts {
            entity: self.entity.clone(),
            inn: self.inn.clone(),
            kpp: self.kpp.clone(),
            account: self.account.clone(),
            bik: self.bik.clone(),
            number: self.number.clone(),
        }
    }

    pub fn signed_day(&self) -> Option<NaiveDate> {
        self.signed_on.as_deref()?.parse().ok()
    }

    /// For those who may not see where the money goes: «••• 0042».
    pub fn account_masked(&self) -> String {
        format!("••• {}", self.account.get(self.account.len().saturating_sub(4)..).unwrap_or_default())
    }

    pub fn ended_day(&self) -> Option<NaiveDate> {
        self.ended_on.as_deref()?.parse().ok()
    }
}

/// All of a venue's: the primary first, then signed, drafts, ended.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Contract>> {
    Ok(all!(
        c,
        Contract,
        "SELECT id, entity, inn, kpp, account, bik, number, state, signed_on, ended_on, is_primary, version
         FROM contracts WHERE venue_id = $1
         ORDER BY CASE WHEN is_primary THEN 0 WHEN state = 'signed' THEN 1 WHEN state = 'draft' THEN 2 ELSE 3 END, id",
        venue
    )?)
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Contract> {
    opt!(
        c,
        Contract,
        "SELECT id, entity, inn, kpp, account, bik, number, state, signed_on, ended_on, is_primary, version
         FROM contracts WHERE venue_id = $1 AND id = $2",
        venue,
        id
    )?
    .ok_or(Error::NotFound("contract"))
}

/// The primary contract; none: nothing is signed.
pub async fn primary(c: &mut Conn, venue: Uuid) -> Result<Option<Uuid>> {
    let row = opt!(c, (Uuid,), "SELECT id FROM contracts WHERE venue_id = $1 AND is_primary", venue)?;
    Ok(row.map(|(id,)| id))
}

/// A draft.
pub async fn create(c: &mut Conn, venue: Uuid, facts: &Facts) -> Result<Uuid> {
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO contracts (venue_id, id, entity, inn, kpp, account, bik, number, state, is_primary, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', FALSE, 1, $9)",
        venue,
        id,
        facts.entity.as_str(),
        facts.inn.as_str(),
        facts.kpp.as_str(),
        facts.account.as_str(),
        facts.bik.as_str(),
        facts.number.as_str(),
        clock::now(),
    )?;
    Ok(id)
}

/// Writes the facts if nobody has changed the contract since `version`; what is signed is no longer ours to rewrite: says no.
pub async fn change(c: &mut Conn, venue: Uuid, (id, version): (Uuid, i64), facts: &Facts) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE contracts SET entity = $4, inn = $5, kpp = $6, account = $7, bik = $8, number = $9, version = version + 1
         WHERE venue_id = $1 AND id = $2 AND version = $3 AND state = 'draft'",
        venue,
        id,
        version,
        facts.entity.as_str(),
        facts.inn.as_str(),
        facts.kpp.as_str(),
        facts.account.as_str(),
        facts.bik.as_str(),
        facts.number.as_str(),
    )?;
    Ok(touched > 0)
}

/// One at a time in a venue: two who sign, end or switch at once would each decide by what the other is changing.
async fn alone(c: &mut Conn, venue: Uuid) -> Result<()> {
    exec!(c, "UPDATE venues SET name = name WHERE id = $1", venue)?;
    Ok(())
}

/// Signs a draft as of a day. The first signed contract is the primary one.
pub async fn sign(c: &mut Conn, venue: Uuid, id: Uuid, day: NaiveDate) -> Result<()> {
    alone(c, venue).await?;
    let first = primary(c, venue).await?.is_none();
    let touched = exec!(
        c,
        "UPDATE contracts SET state = 'signed', signed_on = $3, is_primary = $4, version = version + 1
         WHERE venue_id = $1 AND id = $2 AND state = 'draft'",
        venue,
        id,
        day.to_string(),
        first
    )?;
    if touched == 0 { Err(Error::Conflict("contract-not-a-draft")) } else { Ok(()) }
}

/// Ends a signed contract as of a day. The primary one ends last: while others are signed, another must be made primary
/// first.
pub async fn end(c: &mut Conn, venue: Uuid, id: Uuid, day: NaiveDate) -> Result<()> {
    alone(c, venue).await?;
    let contract = get(c, venue, id).await?;
    if !contract.is_signed() {
        return Err(Error::Conflict("contract-not-signed"));
    }
    if contract.is_primary && signed(c, venue).await? > 1 {
        return Err(Error::Conflict("contract-primary-ends-last"));
    }
    exec!(
        c,
        "UPDATE contracts SET state = 'ended', ended_on = $3, is_primary = FALSE, version = version + 1
         WHERE venue_id = $1 AND id = $2",
        venue,
        id,
        day.to_string()
    )?;
    Ok(())
}

async fn signed(c: &mut Conn, venue: Uuid) -> Result<i64> {
    let sql = "SELECT count(*) FROM contracts WHERE venue_id = $1 AND state = 'signed'";
    Ok(one!(c, (i64,), sql, venue)?.0)
}

/// Makes a signed contract the primary one instead of `was`; says no when somebody has switched meanwhile.
pub async fn make_primary(c: &mut Conn, venue: Uuid, id: Uuid, was: Option<Uuid>) -> Result<bool> {
    alone(c, venue).await?;
    if primary(c, venue).await? != was {
        return Ok(false);
    }
    if !get(c, venue, id).await?.is_signed() {
        return Err(Error::Conflict("contract-not-signed"));
    }
    exec!(
        c,
        "UPDATE contracts SET is_primary = FALSE, version = version + 1 WHERE venue_id = $1 AND is_primary",
        venue
    )?;
    let sql = "UPDATE contracts SET is_primary = TRUE, version = version + 1 WHERE venue_id = $1 AND id = $2";
    exec!(c, sql, venue, id)?;
    Ok(true)
}

/// Removes a draft with its file and assignments.
pub async fn remove(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    alone(c, venue).await?;
    if get(c, venue, id).await?.state != "draft" {
        return Err(Error::Conflict("contract-not-a-draft"));
    }
    exec!(c, "DELETE FROM contract_files WHERE venue_id = $1 AND contract_id = $2", venue, id)?;
    exec!(c, "DELETE FROM contract_products WHERE venue_id = $1 AND contract_id = $2", venue, id)?;
    exec!(c, "DELETE FROM contracts WHERE venue_id = $1 AND id = $2", venue, id)?;
    Ok(())
}
