//! The links an owner sends: an invitation, a new password for a member. Each is shown once, on the page that made it.
use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use serde_json::json;
use uuid::Uuid;

use crate::accounts::pages::door::settings_of;
use crate::accounts::{audit, user};
use crate::error::{Error, Result};
use crate::say;
use crate::venues::guard::At;
use crate::venues::invitation::{self, New};
use crate::venues::member::{self, Role};
use crate::venues::pages::users::{self, MadeLink, Typed};
use crate::venues::permission::Access;
use crate::web::fields::Fields;
use crate::web::form::Problems;
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::shell::Tone;
use crate::web::{flash, way};

/// `POST /v/{venue}/users/invitations`.
pub async fn invite(at: At<Access>, req: HttpRequest, settings: Data<Settings>, fields: Fields) -> Reply {
    let typed = Typed { email: fields.text("email"), role: fields.text("role") };
    let problems = problems_of(&at, &typed).await?;
    let (true, Some(role)) = (problems.is_empty(), Role::of_word(&typed.role)) else {
        return reply::again(&users::drawn(&at, typed, problems).await?);
    };
    let new = New { venue: at.venue.id, email: &typed.email, role, renews: None, by: Some(at.person.id) };
    let token = issue(&at, &new).await?;
    let url = way::link(&req, &settings, &format!("/invite/{token}"));
    shown(&at, MadeLink { email: typed.email, url, renews: false }).await
}

async fn problems_of(at: &At<Access>, typed: &Typed) -> Result<Problems> {
    let (lang, mut problems) = (at.lang(), Problems::default());
    let mut seen = at.db.snapshot().await?;
    let members = member::of_venue(&mut seen, at.venue.id).await?;
    let open = invitation::open(&mut seen, at.venue.id).await?;
    let open = open.iter().filter(|one| one.ends_at > at.now).count();
    let fold = user::fold(&typed.email);
    if !user::looks_like_email(&typed.email) {
        problems.add("email", say!(lang, "access-email-wrong"));
    } else if members.iter().any(|member| user::fold(&member.email) == fold) {
        problems.add("email", say!(lang, "access-already-in"));
    } else if user::by_email(&mut seen, &typed.email).await?.is_some_and(|(known, _)| known.staff.is_some()) {
        problems.add("email", say!(lang, "access-of-staff"));
    } else if open >= invitation::MOST {
        problems.add("email", say!(lang, "access-too-many"));
    }
    problems.unless(Role::of_word(&typed.role).is_some(), "role", say!(lang, "access-role-wrong"));
    Ok(problems)
}

/// Makes the link; the audit knows to whom, never the link.
async fn issue(at: &At<Access>, new: &New<'_>) -> Result<String> {
    let mut tx = at.db.begin().await?;
    let (id, token) = invitation::issue(&mut tx, new, at.now).await?;
    let deed = if new.renews.is_some() { "password.link_made" } else { "invitation.made" };
    let after = json!({ "email": new.email, "role": new.role.word() });
    audit::note(&mut tx, at.deed(deed).object(new.renews.unwrap_or(id)).after(after)).await?;
    tx.commit().await?;
    Ok(token)
}

async fn shown(at: &At<Access>, made: MadeLink) -> Reply {
    let typed = Typed { role: Role::Manager.word().to_owned(), ..Typed::default() };
    let mut page = users::drawn(at, typed, Problems::default()).await?;
    page.made = Some(made);
    reply::page(&page)
}

/// `POST /v/{venue}/users/{user}/password-link`.
pub async fn renew(at: At<Access>, req: HttpRequest, path: Path<(Uuid, Uuid)>, _: Fields) -> Reply {
    let (_, user) = path.into_inner();
    let mut seen = at.db.snapshot().await?;
    let members = member::of_venue(&mut seen, at.venue.id).await?;
    let member =
        members.into_iter().find(|member| member.user_id == user).ok_or(Error::NotFound("member"))?;
    if !invitation::renewable(&at.db, at.venue.id, at.person.id).await?.contains(&user) {
        return Err(Error::Conflict("access-not-renewable"));
    }
    drop(seen);
    let (role, by) = (member.role(), Some(at.person.id));
    let token =
        issue(&at, &New { venue: at.venue.id, email: &member.email, role, renews: Some(user), by }).await?;
    let url = way::link(&req, &*settings_of(&req)?, &format!("/invite/{token}"));
    shown(&at, MadeLink { email: member.email, url, renews: true }).await
}

/// `POST /v/{venue}/users/invitations/{id}/withdrawal`.
pub async fn withdraw(at: At<Access>, path: Path<(Uuid, Uuid)>, _: Fields) -> Reply {
    let (_, id) = path.into_inner();
    let mut tx = at.db.begin().await?;
    if !invitation::withdraw(&mut tx, at.venue.id, id, at.now).await? {
        return Err(Error::NotFound("invitation"));
    }
    audit::note(&mut tx, at.deed("invitation.withdrawn").object(id)).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/users"), Tone::Good, &say!(at.lang(), "access-withdrawn")))
}
