//! In and out: the sign-in, the sign-out, the language of the pages before it.
use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::accounts::entrance::{self, Opened};
use crate::accounts::guard::SignedIn;
use crate::accounts::session;
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::user::{self, User};
use crate::clock;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::web::fields::Fields;
use crate::web::form::Field;
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;
use crate::web::way;

/// Where a person without a page in mind goes first. It knows what venues there are; this room does not.
pub const HOME: &str = "/venues?first=1";

/// `?next=/v/…`: the page that asked to sign in first.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    shell: Shell,
    refused: bool,
    next: String,
    email: Field,
    password: Field,
}

impl SignInPage {
    fn of(visitor: &Visitor, email: &str, next: &str, refused: bool) -> SignInPage {
        let lang = visitor.lang;
        let mut address =
            Field::text("email", say!(lang, "sign-in-email")).kind("email", "username").value(email);
        let mut password =
            Field::text("password", say!(lang, "sign-in-password")).kind("password", "current-password");
        password = password.hint(say!(lang, "sign-in-forgotten"));
        (address.autofocus, password.autofocus) = (!refused, refused);
        SignInPage {
            shell: visitor.shell().titled(say!(lang, "sign-in-title")),
            refused,
            next: way::local(next).unwrap_or_default().to_owned(),
            email: address,
            password,
        }
    }
}

/// `GET /`.
pub async fn home(who: Result<SignedIn>) -> Reply {
    match who {
        Ok(_) => Ok(reply::see("/venues")),
        Err(Error::SignInFirst) => Ok(reply::see("/login")),
        Err(cause) => Err(cause),
    }
}

/// `GET /login`.
pub async fn ask(who: Result<SignedIn>, visitor: Visitor, asked: Query<Asked>) -> Reply {
    match who {
        Ok(_) => Ok(reply::see("/venues")),
        Err(Error::SignInFirst) => reply::page(&SignInPage::of(&visitor, "", &asked.next, false)),
        Err(cause) => Err(cause),
    }
}

/// `POST /login`.
pub async fn sign_in(req: HttpRequest, visitor: Visitor, db: Data<Db>, fields: Fields) -> Reply {
    let email = fields.text("email");
    let attempt = Attempt::of(&visitor, &email, fields.raw("password"));
    let Some(person) = sign_in::check(&db, attempt, clock::now()).await? else {
        return reply::again(&SignInPage::of(&visitor, &email, &fields.text("next"), true));
    };
    let settings = settings_of(&req)?;
    let opened = open(&req, &db, &person, &visitor).await?;
    let next = fields.text("next");
    let to = way::local(&next).unwrap_or(HOME);
    way::speak(&settings, person.lang(), opened.answer(&settings, to, reply::see(to))?)
}

pub fn settings_of(req: &HttpRequest) -> Result<Data<Settings>> {
    req.app_data::<Data<Settings>>().cloned().ok_or_else(|| Error::internal("the web has no settings"))
}

/// A new session, or half of one, instead of the one this browser had.
async fn open(req: &HttpRequest, db: &Db, person: &User, visitor: &Visitor) -> Result<Opened> {
    let mut tx = db.begin().await?;
    if let Some(old) = req.cookie(&settings_of(req)?.cookie("sid")) {
        session::close_by_token(&mut tx, old.value()).await?;
    }
    let opened = entrance::open(&mut tx, person, visitor, clock::now()).await?;
    tx.commit().await?;
    Ok(opened)
}

/// `POST /logout`: also for a session that has ended by itself.
pub async fn sign_out(req: HttpRequest, db: Data<Db>, _: Fields) -> Reply {
    let settings = settings_of(&req)?;
    if let Some(sid) = req.cookie(&settings.cookie("sid")) {
        let mut tx = db.begin().await?;
        if let Some(behind) = session::find(&mut tx, sid.value(), clock::now()).await? {
            let actor = Actor::person(behind.person.id);
            audit::note(&mut tx, Entry::own(actor, "session.closed")).await?;
        }
        session::close_by_token(&mut tx, sid.value()).await?;
        tx.commit().await?;
    }
    Ok(way::let_out(&settings))
}

/// `POST /language`: the person's own, or this browser's.
pub async fn speak(
    who: Result<SignedIn>,
    visitor: Visitor,
    settings: Data<Settings>,
    fields: Fields,
) -> Reply {
    let lang = Lang::of_code(&fields.text("lang")).ok_or(Error::Unreadable("no such language"))?;
    if let Ok(at) = who {
        let mut tx = at.db.begin().await?;
        user::set_look(&mut tx, at.person.id, lang, &at.person.theme).await?;
        let (before, after) =
            (serde_json::json!({ "lang": at.person.lang }), serde_json::json!({ "lang": lang.code() }));
        audit::note(&mut tx, Entry::own(at.actor(), "profile.changed").change(before, after)).await?;
        tx.commit().await?;
    }
    way::speak(&settings, lang, reply::see(&visitor.back))
}
