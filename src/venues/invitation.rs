//! A link that lets one person in: 72 hours, once, for one address. Only its SHA-256 is kept. With `renews` it gives a
//! member who forgot their password a new one, and lives 30 minutes.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::user;
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::secret::{digest, random_token};
use crate::venues::member::Role;
use crate::venues::permission::Permission;
use crate::{all, exec, opt};

/// How long a link lives: whoever has one for a password is as good as the person.
fn life(renews: bool) -> TimeDelta {
    if renews { TimeDelta::minutes(30) } else { TimeDelta::hours(72) }
}

/// Open invitations a venue may have at once.
pub const MOST: usize = 50;

#[derive(Clone, Debug, FromRow)]
pub struct Invitation {
    pub venue_id: Uuid,
    pub id: Uuid,
    pub email: String,
    pub role: String,
    /// The member whose password it replaces.
    pub renews: Option<Uuid>,
    /// None: made by whoever runs the panel.
    pub invited_by: Option<Uuid>,
    pub ends_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

impl Invitation {
    pub fn role(&self) -> Role {
        Role::of_word(&self.role).unwrap_or(Role::Viewer)
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends_at
    }
}

/// Whom to let in.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    pub venue: Uuid,
    pub email: &'a str,
    pub role: Role,
    pub renews: Option<Uuid>,
    pub by: Option<Uuid>,
}

/// Makes a link; answers its id and its token, which is kept nowhere else. An earlier open one to this address stops
/// working.
pub async fn issue(c: &mut Conn, new: &New<'_>, now: Timestamp) -> Result<(Uuid, String)> {
    let (id, token) = (Uuid::now_v7(), random_token());
    let fold = user::fold(new.email);
    exec!(
        c,
        "UPDATE invitations SET used_at = $3 WHERE venue_id = $1 AND email_fold = $2 AND used_at IS NULL",
        new.venue,
        fold.as_str(),
        now
    )?;
    exec!(
        c,
        "INSERT INTO invitations (venue_id, id, email, email_fold, role, renews, token_hash, invited_by, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.venue,
        id,
        new.email.trim(),
        fold.as_str(),
        new.role.word(),
        new.renews,
        digest(&token),
        new.by,
        now,
        now + life(new.renews.is_some()),
    )?;
    Ok((id, token))
}

/// The venue's links nobody has used, newest first; those whose time is over too, so that an owner sees why nobody came.
pub async fn open(c: &mut Conn, venue: Uuid) -> Result<Vec<Invitation>> {
    Ok(all!(
        c,
        Invitation,
        "SELECT venue_id, id, email, role, renews, invited_by, ends_at, used_at FROM invitations
         WHERE venue_id = $1 AND used_at IS NULL ORDER BY id DESC LIMIT 100",
        venue
    )?)
}

/// Makes a link worthless; says whether there was one.
pub async fn withdraw(c: &mut Conn, venue: Uuid, id: Uuid, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE invitations SET used_at = $3 WHERE venue_id = $1 AND id = $2 AND used_at IS NULL";
    Ok(exec!(c, sql, venue, id, now)? > 0)
}

/// Makes every open link worthless that a person has made in the venue: they no longer decide who comes in.
pub async fn withdraw_all_by(c: &mut Conn, venue: Uuid, by: Uuid, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE invitations SET used_at = $3 WHERE venue_id = $1 AND invited_by = $2 AND used_at IS NULL";
    exec!(c, sql, venue, by, now)?;
    Ok(())
}

/// Makes a link for this address worthless: a member who is taken out does not come back by it.
pub async fn withdraw_all_to(c: &mut Conn, venue: Uuid, email: &str, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE invitations SET used_at = $3 WHERE venue_id = $1 AND email_fold = $2 AND used_at IS NULL";
    exec!(c, sql, venue, user::fold(email), now)?;
    Ok(())
}

/// The invitation behind a link, in whatever state.
pub async fn by_token(c: &mut Conn, token: &str) -> Result<Option<Invitation>> {
    Ok(opt!(
        c,
        Invitation,
        "SELECT venue_id, id, email, role, renews, invited_by, ends_at, used_at FROM invitations WHERE token_hash = $1",
        digest(token)
    )?)
}

/// Uses the link up; a second one who comes with it gets [`Error::Conflict`].
pub async fn take(c: &mut Conn, invitation: &Invitation, now: Timestamp) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE invitations SET used_at = $3 WHERE venue_id = $1 AND id = $2 AND used_at IS NULL AND ends_at > $3",
        invitation.venue_id,
        invitation.id,
        now
    )?;
    if touched == 0 { Err(Error::Conflict("invite-used")) } else { Ok(()) }
}

/// Whether this member may still let somebody in.
pub async fn may_invite(c: &mut Conn, venue: Uuid, member: Uuid) -> Result<bool> {
    let sql = "SELECT m.role FROM members m JOIN users u ON u.id = m.user_id
               WHERE m.venue_id = $1 AND m.user_id = $2 AND u.suspended_at IS NULL";
    let role = opt!(c, (String,), sql, venue, member)?.and_then(|(word,)| Role::of_word(&word));
    Ok(role.is_some_and(|role| Permission::Access.is_of(role)))
}

/// The venue's members to whom `owner` may give a new password: those who belong to no venue that `owner` does not own,
/// own none themselves and are no staff. Else one venue's owner would hold the key to another's. It looks across all venues.
pub async fn renewable(db: &Db, venue: Uuid, owner: Uuid) -> Result<Vec<Uuid>> {
    let rows = all!(
        &mut db.system().read().await?,
        (Uuid,),
        "SELECT m.user_id FROM members m JOIN users u ON u.id = m.user_id
         WHERE m.venue_id = $1 AND m.user_id <> $2 AND u.staff IS NULL AND NOT EXISTS
           (SELECT 1 FROM members any_of WHERE any_of.user_id = m.user_id AND (any_of.role = 'owner' OR NOT EXISTS
             (SELECT 1 FROM members mine
              WHERE mine.venue_id = any_of.venue_id AND mine.user_id = $2 AND mine.role = 'owner')))",
        venue,
        owner
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
