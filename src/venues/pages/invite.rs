//! The page behind a link: a new person names themselves, a known one shows they are it, a member who forgot their
//! password makes a new one. Then they are in the venue.
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::accounts::guard::SignedIn;
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::user::{self, NewUser, User};
use crate::accounts::{password, session};
use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::say;
use crate::venues::invitation::{self, Invitation};
use crate::venues::member;
use crate::venues::venue::{self, Venue};
use crate::web::fields::Fields;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::shell::{Shell, Tone};
use crate::web::visitor::Visitor;
use crate::web::{flash, way};

#[derive(Template)]
#[template(path = "venues/invite.html")]
struct InvitePage {
    shell: Shell,
    lead: String,
    button: String,
    summary: Option<Summary>,
    action: String,
    email: String,
    /// Somebody else is signed in here.
    other: Option<String>,
    name: Option<Field>,
    password: Option<Field>,
}

#[derive(Template)]
#[template(path = "venues/invite_over.html")]
struct OverPage {
    shell: Shell,
    said: String,
}

/// A link that still opens, and what the person behind it has to show.
struct Opened {
    invitation: Invitation,
    venue: Venue,
    who: Who,
    signed_in: Option<SignedIn>,
}

/// Who comes with the link.
enum Who {
    /// Nobody of that address yet: name and password.
    New,
    /// An account of that address: its password.
    Known,
    /// The very person, signed in: one press.
    Here,
    /// A member whose password is forgotten: a new one.
    Forgetful(Box<User>),
}

/// Why a link does not open.
enum Shut {
    Unknown,
    Used,
    Over,
}

/// `GET /invite/{token}`.
pub async fn ask(path: Path<String>, signed_in: Result<SignedIn>, visitor: Visitor, db: Data<Db>) -> Reply {
    match opened(&db, &path, signed_in.ok()).await? {
        Ok(opened) => reply::page(&drawn(&opened, &visitor, &path, ("", Problems::default()))),
        Err(shut) => over(&visitor, shut),
    }
}

async fn opened(db: &Db, token: &str, signed_in: Option<SignedIn>) -> Result<Result<Opened, Shut>> {
    let now = clock::now();
    let mut seen = db.snapshot().await?;
    let Some(invitation) = invitation::by_token(&mut seen, token).await? else {
        return Ok(Err(Shut::Unknown));
    };
    if invitation.used_at.is_some() {
        return Ok(Err(Shut::Used));
    }
    if invitation.is_over(now) {
        return Ok(Err(Shut::Over));
    }
    let known = user::by_email(&mut seen, &invitation.email).await?.map(|(person, _)| Box::new(person));
    let who = match (known, invitation.renews) {
        (Some(person), Some(id)) if person.id == id && may_renew(&mut seen, &invitation, id).await? => {
            Who::Forgetful(person)
        }
        (_, Some(_)) => return Ok(Err(Shut::Used)),
        (Some(person), None) if signed_in.as_ref().is_some_and(|at| at.person.id == person.id) => Who::Here,
        (Some(_), None) => Who::Known,
        (None, None) => Who::New,
    };
    let venue = venue::get(&mut seen, invitation.venue_id).await?;
    Ok(Ok(Opened { invitation, venue, who, signed_in }))
}

/// Asked again when the link is used: the member may have joined somebody else's venue since.
async fn may_renew(c: &mut Conn, invitation: &Invitation, member: Uuid) -> Result<bool> {
    let Some(owner) = invitation.invited_by else { return Ok(false) };
    Ok(invitation::renewable(c, invitation.venue_id, owner).await?.contains(&member))
}

fn over(visitor: &Visitor, shut: Shut) -> Reply {
    let lang = visitor.lang;
    let (status, title, said) = match shut {
        Shut::Unknown => {
            (StatusCode::NOT_FOUND, say!(lang, "invite-unknown"), say!(lang, "invite-unknown-sub"))
        }
        Shut::Used => (StatusCode::GONE, say!(lang, "invite-used"), say!(lang, "invite-used-sub")),
        Shut::Over => (StatusCode::GONE, say!(lang, "invite-over"), say!(lang, "invite-over-sub")),
    };
    reply::page_as(status, &OverPage { shell: visitor.shell().titled(title), said })
}

fn drawn(opened: &Opened, visitor: &Visitor, token: &str, (typed, problems): (&str, Problems)) -> InvitePage {
    let lang = visitor.lang;
    let (venue, role) = (opened.venue.name.as_str(), opened.invitation.role().said(lang));
    let new_password = || {
        let field =
            Field::text("password", say!(lang, "invite-new-password")).kind("password", "new-password");
        field.hint(say!(lang, "password-hint")).problem(&problems)
    };
    let name = || {
        Field::text("name", say!(lang, "invite-name")).kind("text", "name").value(typed).problem(&problems)
    };
    let (name, password, lead, button) = match &opened.who {
        Who::New => (
            Some(name().focused()),
            Some(new_password()),
            say!(lang, "invite-lead-new"),
            say!(lang, "invite-join"),
        ),
        Who::Known => {
            let field =
                Field::text("password", say!(lang, "sign-in-password")).kind("password", "current-password");
            let field = field.focused().problem(&problems);
            (None, Some(field), say!(lang, "invite-lead-known"), say!(lang, "invite-join"))
        }
        Who::Here => (None, None, say!(lang, "invite-lead-here"), say!(lang, "invite-join")),
        Who::Forgetful(_) => (
            None,
            Some(new_password().focused()),
            say!(lang, "invite-lead-renew"),
            say!(lang, "invite-renew"),
        ),
    };
    let title = match opened.who {
        Who::Forgetful(_) => say!(lang, "invite-renew-title"),
        _ => say!(lang, "invite-title", venue = venue, role = role),
    };
    let stranger = opened.signed_in.as_ref().filter(|_| !matches!(opened.who, Who::Here));
    InvitePage {
        shell: visitor.shell().titled(title),
        lead,
        button,
        summary: problems.summary(lang),
        action: format!("/invite/{token}"),
        email: opened.invitation.email.clone(),
        other: stranger.map(|at| at.person.email.clone()).filter(|email| *email != opened.invitation.email),
        name,
        password,
    }
}

/// `POST /invite/{token}`.
pub async fn accept(
    req: HttpRequest,
    signed_in: Result<SignedIn>,
    visitor: Visitor,
    fields: Fields,
) -> Reply {
    let part = |what| Error::internal(format!("an invitation without {what}"));
    let db = req.app_data::<Data<Db>>().cloned().ok_or_else(|| part("a database"))?;
    let settings = req.app_data::<Data<Settings>>().cloned().ok_or_else(|| part("settings"))?;
    let token = req.match_info().get("token").unwrap_or_default();
    let opened = match opened(&db, token, signed_in.ok()).await? {
        Ok(opened) => opened,
        Err(shut) => return over(&visitor, shut),
    };
    let problems = problems_of(&db, &opened, &visitor, &fields).await?;
    if !problems.is_empty() {
        return reply::again(&drawn(&opened, &visitor, token, (&fields.text("name"), problems)));
    }
    let hash = match opened.who {
        Who::New | Who::Forgetful(_) => password::hash(fields.raw("password").to_owned()).await?,
        Who::Known | Who::Here => String::new(),
    };
    let now = clock::now();
    let mut tx = db.begin().await?;
    invitation::take(&mut tx, &opened.invitation, now).await?;
    let person = settle(&mut tx, &opened, (&fields.text("name"), &hash), &visitor).await?;
    if let Some(old) = req.cookie(&settings.cookie("sid")) {
        session::close_by_token(&mut tx, old.value()).await?;
    }
    let sid = session::open(&mut tx, &person, &visitor.device, &visitor.ip, now).await?;
    note(&mut tx, &opened, person.id, now).await?;
    tx.commit().await?;
    let said = match opened.who {
        Who::Forgetful(_) => say!(person.lang(), "invite-renewed"),
        _ => say!(person.lang(), "invite-welcome", venue = opened.venue.name.as_str()),
    };
    let answer = flash::see(&opened.venue.path("/menu"), Tone::Good, &said);
    way::let_in(&settings, sid, way::speak(&settings, person.lang(), answer)?)
}

async fn problems_of(db: &Db, opened: &Opened, visitor: &Visitor, fields: &Fields) -> Result<Problems> {
    let (lang, mut problems) = (visitor.lang, Problems::default());
    let (email, password, name) =
        (opened.invitation.email.as_str(), fields.raw("password"), fields.text("name"));
    match &opened.who {
        Who::New => {
            problems.unless(user::looks_like_name(&name), "name", say!(lang, "profile-name-wrong"));
            if let Some(weak) = password::weakness(password, &[email, &name]) {
                problems.add("password", weak.said(lang));
            }
        }
        Who::Forgetful(person) => {
            if let Some(weak) = password::weakness(password, &[email, &person.name]) {
                problems.add("password", weak.said(lang));
            }
        }
        Who::Known => {
            let attempt = Attempt { email, password, ip: &visitor.ip };
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
        }
        Who::Known | Who::Here => {}
    }
    let (person, _) = user::by_email(c, &invitation.email).await?.ok_or(Error::NotFound("person"))?;
    if invitation.renews.is_none() {
        member::join(c, invitation.venue_id, person.id, invitation.role()).await?;
    }
    Ok(person)
}

async fn note(c: &mut Conn, opened: &Opened, person: Uuid, now: Timestamp) -> Result<()> {
    let deed = if opened.invitation.renews.is_some() { "password.renewed" } else { "invitation.accepted" };
    let after = serde_json::json!({ "role": opened.invitation.role, "at": now });
    let entry = Entry::of(Actor::person(person), opened.invitation.venue_id, deed);
    audit::note(c, entry.object(opened.invitation.id).after(after)).await
}
