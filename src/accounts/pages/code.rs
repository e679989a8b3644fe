//! The second step of the sign-in: a code of the app, or a recovery code.
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::accounts::entrance::{self, Opened};
use crate::accounts::pages::door::{HOME, settings_of};
use crate::accounts::proof;
use crate::accounts::second_factor::{self, By};
use crate::accounts::session::{self, Behind};
use crate::accounts::sign_in::Attempt;
use crate::clock;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::say;
use crate::secret::Seal;
use crate::web::fields::Fields;
use crate::web::form::{Field, Problems};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::visitor::Visitor;
use crate::web::{fault, flash, way};

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage {
    shell: Shell,
    next: String,
    email: String,
    code: Field,
}

/// `?next=/v/…`: where the sign-in leads.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /login/code`.
pub async fn ask(req: HttpRequest, db: Data<Db>, visitor: Visitor, asked: Query<Asked>) -> Reply {
    match waiting(&req, &db).await? {
        Some((_, half)) => drawn(&half, &visitor, &asked.next, (StatusCode::OK, Problems::default())),
        None => Ok(reply::see("/login")),
    }
}

/// The half session of this browser, with its cookie.
async fn waiting(req: &HttpRequest, db: &Db) -> Result<Option<(String, Behind)>> {
    let Some(sid) = req.cookie(&settings_of(req)?.cookie("sid")) else { return Ok(None) };
    let half = session::half(&mut db.read().await?, sid.value(), clock::now()).await?;
    Ok(half.map(|half| (sid.value().to_owned(), half)))
}

fn drawn(half: &Behind, visitor: &Visitor, next: &str, (status, problems): (StatusCode, Problems)) -> Reply {
    let lang = half.person.lang();
    let code = Field::text("code", say!(lang, "second-code")).kind("text", "one-time-code");
    let page = CodePage {
        shell: Shell { lang, ..visitor.shell().titled(say!(lang, "code-title")) },
        next: way::local(next).unwrap_or_default().to_owned(),
        email: half.person.email.clone(),
        code: code.hint(say!(lang, "second-code-hint")).problem(&problems).focused(),
    };
    reply::page_as(status, &page)
}

/// `POST /login/code`: the half session goes, a whole one with a new token comes.
pub async fn enter(
    req: HttpRequest,
    db: Data<Db>,
    seal: Data<Seal>,
    visitor: Visitor,
    fields: Fields,
) -> Reply {
    let Some((sid, half)) = waiting(&req, &db).await? else { return Ok(reply::see("/login")) };
    let (person, next) = (&half.person, fields.text("next"));
    let typed = (Attempt::of(&visitor, &person.email, ""), fields.raw("code"));
    let by = match proof::by_code((&db, &seal), person, typed, clock::now()).await {
        Ok(Some(by)) => by,
        Ok(None) => return refused(&half, &visitor, &next, StatusCode::UNPROCESSABLE_ENTITY, None),
        Err(Error::TooMany { wait }) => {
            return refused(&half, &visitor, &next, StatusCode::TOO_MANY_REQUESTS, Some(wait));
        }
        Err(cause) => return Err(cause),
    };
    let (opened, left) = opened(&db, (&sid, &half), by, &visitor).await?;
    let to = way::local(&next).unwrap_or(HOME);
    let answer = match left {
        Some(left) => flash::see(to, Tone::Wait, &say!(person.lang(), "code-recovery-used", left = left)),
        None => reply::see(to),
    };
    opened.answer(&*settings_of(&req)?, to, answer)
}

fn refused(half: &Behind, visitor: &Visitor, next: &str, status: StatusCode, wait: Option<u64>) -> Reply {
    let lang = half.person.lang();
    let said = wait.map_or_else(|| say!(lang, "second-code-wrong"), |wait| fault::waiting(lang, wait));
    let mut problems = Problems::default();
    problems.add("code", said);
    drawn(half, visitor, next, (status, problems))
}

/// The whole session; after a recovery code also how many are left.
async fn opened(
    db: &Db,
    (sid, half): (&str, &Behind),
    by: By,
    visitor: &Visitor,
) -> Result<(Opened, Option<i64>)> {
    let (person, now) = (&half.person, clock::now());
    let mut tx = db.begin().await?;
    session::close_by_token(&mut tx, sid).await?;
    let opened = entrance::open_whole(&mut tx, person, visitor, now).await?;
    let left = match by {
        By::App => None,
        By::RecoveryCode => {
            let standing = second_factor::standing(&mut tx, person.id).await?;
            Some(standing.map_or(0, |standing| standing.codes_left))
        }
    };
    tx.commit().await?;
    Ok((opened, left))
}
