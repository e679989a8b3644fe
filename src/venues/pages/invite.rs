//! The page behind a link: a new person names themselves, a known one shows they are it, a member who forgot their
//! password makes a new one. What follows the press is in `acceptance`.
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use uuid::Uuid;

use crate::accounts::guard::SignedIn;
use crate::accounts::user::{self, User};
use crate::clock;
use crate::db::conn::Db;
use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::venues::invitation::{self, Invitation};
use crate::venues::venue::{self, Venue};
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "venues/invite.html")]
pub struct InvitePage {
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
pub struct Opened {
    pub invitation: Invitation,
    pub venue: Venue,
    pub who: Who,
    signed_in: Option<SignedIn>,
}

/// Who comes with the link.
pub enum Who {
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
pub enum Shut {
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

/// Whether the link opens, and to whom.
pub async fn opened(db: &Db, token: &str, signed_in: Option<SignedIn>) -> Result<Result<Opened, Shut>> {
    let now = clock::now();
    // whose link it is, is what we are about to learn
    let mut seen = db.system().snapshot().await?;
    let Some(invitation) = invitation::by_token(&mut seen, token).await? else {
        return Ok(Err(Shut::Unknown));
    };
    if invitation.used_at.is_some() {
        return Ok(Err(Shut::Used));
    }
    if invitation.is_over(now) {
        return Ok(Err(Shut::Over));
    }
    // who was put out, or is no owner any more, lets nobody in by a link of before
    if let Some(by) = invitation.invited_by
        && !invitation::may_invite(&mut seen, invitation.venue_id, by).await?
    {
        return Ok(Err(Shut::Used));
    }
    let known = user::by_email(&mut seen, &invitation.email).await?.map(|(person, _)| Box::new(person));
    let who = match (known, invitation.renews) {
        (Some(person), Some(id)) if person.id == id && may_renew(db, &invitation, id).await? => {
            Who::Forgetful(person)
        }
        (_, Some(_)) => return Ok(Err(Shut::Used)),
        // support comes in by a visit, which is seen; as a member it would not be
        (Some(person), None) if person.staff.is_some() => return Ok(Err(Shut::Used)),
        (Some(person), None) if signed_in.as_ref().is_some_and(|at| at.person.id == person.id) => Who::Here,
        (Some(_), None) => Who::Known,
        (None, None) => Who::New,
    };
    let venue = venue::get(&mut seen, invitation.venue_id).await?;
    Ok(Ok(Opened { invitation, venue, who, signed_in }))
}

/// Asked again when the link is used: the member may have joined somebody else's venue since.
async fn may_renew(db: &Db, invitation: &Invitation, member: Uuid) -> Result<bool> {
    let Some(owner) = invitation.invited_by else { return Ok(false) };
    Ok(invitation::renewable(db, invitation.venue_id, owner).await?.contains(&member))
}

/// Why not, as a page.
pub fn over(visitor: &Visitor, shut: Shut) -> Reply {
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

/// The page, with the name as typed and what is wrong.
pub fn drawn(
    opened: &Opened,
    visitor: &Visitor,
    token: &str,
    (typed, problems): (&str, Problems),
) -> InvitePage {
    let lang = visitor.lang;
    let (title, lead, button) = words(opened, lang);
    let name =
        Field::text("name", say!(lang, "invite-name")).kind("text", "name").value(typed).problem(&problems);
    let stranger = opened.signed_in.as_ref().filter(|_| !matches!(opened.who, Who::Here));
    InvitePage {
        shell: visitor.shell().titled(title),
        lead,
        button,
        summary: problems.summary(lang),
        action: format!("/invite/{token}"),
        email: opened.invitation.email.clone(),
        other: stranger.map(|at| at.person.email.clone()).filter(|email| *email != opened.invitation.email),
        name: matches!(opened.who, Who::New).then(|| name.focused()),
        password: password(&opened.who, lang, &problems),
    }
}

/// Title, what to do, the word on the button.
fn words(opened: &Opened, lang: Lang) -> (String, String, String) {
    let role = opened.invitation.role().said(lang);
    let lead = match opened.who {
        Who::New => say!(lang, "invite-lead-new", role = role),
        Who::Known => say!(lang, "invite-lead-known", role = role),
        Who::Here => say!(lang, "invite-lead-here", role = role),
        Who::Forgetful(_) => {
            let (title, button) = (say!(lang, "invite-renew-title"), say!(lang, "invite-renew"));
            return (title, say!(lang, "invite-lead-renew"), button);
        }
    };
    (say!(lang, "invite-title", venue = opened.venue.name.as_str()), lead, say!(lang, "invite-join"))
}

fn password(who: &Who, lang: Lang, problems: &Problems) -> Option<Field> {
    let (label, purpose) = match who {
        Who::Here => return None,
        Who::Known => (say!(lang, "sign-in-password"), "current-password"),
        Who::New | Who::Forgetful(_) => (say!(lang, "invite-new-password"), "new-password"),
    };
    let mut field = Field::text("password", label).kind("password", purpose).problem(problems);
    field.autofocus = !matches!(who, Who::New);
    Some(if purpose == "new-password" { field.hint(say!(lang, "password-hint")) } else { field })
}
