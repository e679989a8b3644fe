//! «Профиль»: name, language and look; the password; where this person is signed in.
use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::accounts::guard::SignedIn;
use crate::accounts::password;
use crate::accounts::proof;
use crate::accounts::session::{self, Session};
use crate::accounts::user;
use crate::clock;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::web::fields::Fields;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;
use crate::web::{flash, way};

#[derive(Template)]
#[template(path = "accounts/profile.html")]
struct ProfilePage {
    shell: Shell,
    email: String,
    summary: Option<Summary>,
    name: Field,
    lang: Choice,
    theme: Choice,
    current: Field,
    new: Field,
    has_second_factor: bool,
    sessions: Vec<SessionRow>,
}

/// A browser this person is signed in with.
struct SessionRow {
    id: Uuid,
    device: String,
    ip: String,
    seen: When,
    opened: When,
    is_this: bool,
}

/// What was typed about oneself.
struct About {
    name: String,
    lang: String,
    theme: String,
}

/// `GET /profile`.
pub async fn show(at: SignedIn) -> Reply {
    let about =
        About { name: at.person.name.clone(), lang: at.person.lang.clone(), theme: at.person.theme.clone() };
    reply::page(&drawn(&at, about, Problems::default()).await?)
}

async fn drawn(at: &SignedIn, about: About, problems: Problems) -> Result<ProfilePage> {
    let lang = at.person.lang();
    let sessions = session::of_user(&mut at.db.read().await?, &at.person, at.now).await?;
    Ok(ProfilePage {
        shell: at.shell().titled(say!(lang, "profile-title")),
        email: at.person.email.clone(),
        summary: problems.summary(lang),
        name: Field::text("name", say!(lang, "profile-name"))
            .kind("text", "name")
            .value(about.name)
            .problem(&problems),
        lang: languages(lang, about.lang),
        theme: themes(lang, about.theme),
        current: Field::text("current", say!(lang, "profile-current-password"))
            .kind("password", "current-password")
            .problem(&problems),
        new: Field::text("new", say!(lang, "profile-new-password"))
            .kind("password", "new-password")
            .hint(say!(lang, "password-hint"))
            .problem(&problems),
        has_second_factor: at.has_second_factor,
        sessions: sessions.into_iter().map(|one| row(at, one)).collect(),
    })
}

fn row(at: &SignedIn, one: Session) -> SessionRow {
    let lang = at.person.lang();
    // a person has no zone of their own: Moscow's, and the page says so
    let when = |moment| When::of(moment, at.now, chrono_tz::Europe::Moscow, lang);
    let device = if one.device.is_empty() { say!(lang, "profile-unknown-device") } else { one.device };
    let is_this = one.id == at.session.id;
    SessionRow {
        id: one.id,
        device,
        ip: one.ip,
        seen: when(one.seen_at),
        opened: when(one.created_at),
        is_this,
    }
}

fn languages(lang: Lang, chosen: String) -> Choice {
    let options = vec![("ru".to_owned(), "Русский".to_owned()), ("en".to_owned(), "English".to_owned())];
    Choice { name: "lang", label: say!(lang, "profile-language"), options, chosen, ..Choice::default() }
}

fn themes(lang: Lang, chosen: String) -> Choice {
    let options = vec![
        ("auto".to_owned(), say!(lang, "profile-theme-auto")),
        ("light".to_owned(), say!(lang, "profile-theme-light")),
        ("dark".to_owned(), say!(lang, "profile-theme-dark")),
    ];
    Choice { name: "theme", label: say!(lang, "profile-theme"), options, chosen, ..Choice::default() }
}

/// `POST /profile`.
pub async fn change(at: SignedIn, settings: Data<Settings>, fields: Fields) -> Reply {
    let about = About { name: fields.text("name"), lang: fields.text("lang"), theme: fields.text("theme") };
    let mut problems = Problems::default();
    problems.unless(user::looks_like_name(&about.name), "name", say!(at.person.lang(), "profile-name-wrong"));
    if !problems.is_empty() {
        return reply::again(&drawn(&at, about, problems).await?);
    }
    let lang = Lang::of_code(&about.lang).ok_or(Error::Unreadable("no such language"))?;
    if !matches!(about.theme.as_str(), "auto" | "light" | "dark") {
        return Err(Error::Unreadable("no such theme"));
    }
    let before = json!({ "name": at.person.name, "lang": at.person.lang, "theme": at.person.theme });
    let after = json!({ "name": about.name, "lang": about.lang, "theme": about.theme });
    let mut tx = at.db.begin().await?;
    user::set_name(&mut tx, at.person.id, &about.name).await?;
    user::set_look(&mut tx, at.person.id, lang, &about.theme).await?;
    audit::note(&mut tx, at.deed("profile.changed").change(before, after)).await?;
    tx.commit().await?;
    way::speak(&settings, lang, flash::see("/profile", Tone::Good, &say!(lang, "profile-saved")))
}

/// `POST /profile/password`: every device signs in anew, this one is let in at once. Who has a second factor shows it, too.
pub async fn change_password(
    at: SignedIn,
    settings: Data<Settings>,
    req: HttpRequest,
    fields: Fields,
) -> Reply {
    if at.has_second_factor {
        at.ask_proof(&req)?;
    }
    let lang = at.person.lang();
    let mut problems = Problems::default();
    let (email, name) = (at.person.email.as_str(), at.person.name.as_str());
    if let Some(weak) = password::weakness(fields.raw("new"), &[email, name]) {
        problems.add("new", weak.said(lang));
    } else {
        let right = proof::by_password(&at, fields.raw("current")).await?;
        problems.unless(right, "current", say!(lang, "profile-password-wrong"));
    }
    if !problems.is_empty() {
        let about = About {
            name: at.person.name.clone(),
            lang: at.person.lang.clone(),
            theme: at.person.theme.clone(),
        };
        return reply::again(&drawn(&at, about, problems).await?);
    }
    let hash = password::hash(fields.raw("new").to_owned()).await?;
    let mut tx = at.db.begin().await?;
    user::set_password(&mut tx, at.person.id, &hash).await?;
    session::close_all(&mut tx, at.person.id).await?;
    let sid = session::open(&mut tx, &at.person, &at.visitor.device, &at.visitor.ip, clock::now()).await?;
    audit::note(&mut tx, at.deed("password.changed")).await?;
    tx.commit().await?;
    way::let_in(&settings, sid, flash::see("/profile", Tone::Good, &say!(lang, "profile-password-changed")))
}

/// `POST /profile/sessions/{id}/end`.
pub async fn end_session(at: SignedIn, id: Path<Uuid>, _: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    if !session::close(&mut tx, at.person.id, *id).await? {
        return Err(Error::NotFound("session"));
    }
    audit::note(&mut tx, at.deed("session.revoked").object(*id)).await?;
    tx.commit().await?;
    Ok(flash::see("/profile", Tone::Good, &say!(at.person.lang(), "profile-session-ended")))
}

/// `POST /profile/sessions/end-others`.
pub async fn end_others(at: SignedIn, _: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let ended = session::close_others(&mut tx, at.person.id, at.session.id).await?;
    audit::note(&mut tx, at.deed("sessions.ended").after(json!({ "ended": ended }))).await?;
    tx.commit().await?;
    Ok(flash::see("/profile", Tone::Good, &say!(at.person.lang(), "profile-others-ended", n = ended)))
}
