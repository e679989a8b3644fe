//! Accepting an invitation: the person is made or proves who they are, joins, and is let in, in one transaction.
use actix_web::HttpRequest;
use actix_web::web::Data;
use serde_json::json;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::accounts::entrance;
use crate::accounts::guard::SignedIn;
use crate::accounts::pages::door::settings_of;
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::user::{self, NewUser, User};
use crate::accounts::{device, password, session};
use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::say;
use crate::venues::invitation;
use crate::venues::member;
use crate::venues::pages::invite::{Opened, Who, drawn, opened, over};
use crate::web::fields::Fields;
use crate::web::form::Problems;
use crate::web::reply::{self, Reply};
use crate::web::shell::Tone;
use crate::web::visitor::Visitor;
use crate::web::{flash, way};

/// `POST /invite/{token}`.
pub async fn accept(
    req: HttpRequest,
    signed_in: Result<SignedIn>,
    visitor: Visitor,
    fields: Fields,
) -> Reply {
    let missing = || Error::internal("an invitation without the panel's parts");
    let db = req.app_data::<Data<Db>>().cloned().ok_or_else(missing)?;
    let settings = settings_of(&req)?;
    let token = req.match_info().get("token").unwrap_or_default();
    let opened = match opened(&db, token, signed_in.ok()).await? {
        Ok(opened) => opened,
        Err(shut) => return over(&visitor, shut),
    };
    let name = fields.text("name");
    let problems = problems_of(&db, &opened, &visitor, &fields).await?;
    if !problems.is_empty() {
        return reply::again(&drawn(&opened, &visitor, token, (&name, problems)));
    }
    let hash = match opened.who {
        Who::New | Who::Forgetful(_) => password::hash(fields.raw("password").to_owned()).await?,
        Who::Known | Who::Here => String::new(),
    };
    let old = req.cookie(&settings.cookie("sid"));
    let mut tx = db.of(opened.venue.id).begin().await?;
    invitation::take(&mut tx, &opened.invitation, clock::now()).await?;
    let person = settle(&mut tx, &opened, (&name, &hash), &visitor).await?;
    let to = opened.venue.path("/menu");
    let answer = flash::see(&to, Tone::Good, &welcome(&opened, &person));
    // the very person is in already, by all they had to show
    if matches!(opened.who, Who::Here) {
        tx.commit().await?;
        return Ok(answer);
    }
    if let Some(old) = old {
        session::close_by_token(&mut tx, old.value()).await?;
    }
    let entered = entrance::open(&mut tx, &person, &visitor, clock::now()).await?;
    tx.commit().await?;
    way::speak(&settings, person.lang(), entered.answer(&settings, &to, answer)?)
}

fn welcome(opened: &Opened, person: &User) -> String {
    match opened.who {
        Who::Forgetful(_) => say!(person.lang(), "invite-renewed"),
        _ => say!(person.lang(), "invite-welcome", venue = opened.venue.name.as_str()),
    }
}

async fn problems_of(db: &Db, opened: &Opened, visitor: &Visitor, fields: &Fields) -> Result<Problems> {
    let (lang, mut problems) = (visitor.lang, Problems::default());
    let (email, password, name) =
        (opened.invitation.email.as_str(), fields.raw("password"), fields.text("name"));
    let venue = opened.venue.name.as_str();
    match &opened.who {
        Who::New => {
            problems.unless(user::looks_like_name(&name), "name", say!(lang, "profile-name-wrong"));
            if let Some(weak) = password::weakness(password, &[email, &name, venue]) {
                problems.add("password", weak.said(lang));
            }
        }
        Who::Forgetful(person) => {
            if let Some(weak) = password::weakness(password, &[email, &person.name, venue]) {
                problems.add("password", weak.said(lang));
            }
        }
        Who::Known => {
            let attempt = Attempt::of(visitor, email, password);
            let right = sign_in::check(db, attempt, clock::now()).await?.is_some();
            problems.unless(right, "password", say!(lang, "invite-password-wrong"));
        }
        Who::Here => {}
    }
    Ok(problems)
}

/// The person as they are after the press: made, joined, or with their new password.
async fn settle(
    c: &mut Conn,
    opened: &Opened,
    (name, hash): (&str, &str),
    visitor: &Visitor,
) -> Result<User> {
    let invitation = &opened.invitation;
    match &opened.who {
        Who::New => {
            if user::by_email(c, &invitation.email).await?.is_some() {
                return Err(Error::Conflict("invite-used"));
            }
            let (email, lang) = (invitation.email.as_str(), visitor.lang);
            user::create(c, &NewUser { email, name, password_hash: hash, staff: None, lang }).await?;
        }
        Who::Forgetful(person) => {
            user::set_password(c, person.id, hash).await?;
            session::close_all(c, person.id).await?;
            device::forget_all(c, person.id).await?;
        }
        Who::Known | Who::Here => {}
    }
    let (person, _) = user::by_email(c, &invitation.email).await?.ok_or(Error::NotFound("person"))?;
    if invitation.renews.is_none() {
        member::join(c, invitation.venue_id, person.id, invitation.role()).await?;
    }
    let deed = if invitation.renews.is_some() { "password.renewed" } else { "invitation.accepted" };
    let entry = Entry::of(Actor::person(person.id), invitation.venue_id, deed).ip(&visitor.ip);
    audit::note(c, entry.object(invitation.id).after(json!({ "role": invitation.role }))).await?;
    Ok(person)
}
