//! «Подтвердите, что это вы»: the proof that a form was waiting for, and on with it.
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use serde::Deserialize;

use crate::accounts::audit;
use crate::accounts::guard::SignedIn;
use crate::accounts::proof;
use crate::accounts::session;
use crate::accounts::sign_in::Attempt;
use crate::error::{Error, Result};
use crate::say;
use crate::secret::Seal;
use crate::web::fault;
use crate::web::fields::Fields;
use crate::web::form::Problems;
use crate::web::kept;
use crate::web::proof::{Asked, on};
use crate::web::reply::Reply;

/// `?next=/v/…`: the page a part was asked from.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /prove`.
pub async fn ask(at: SignedIn, next: Query<Next>) -> Reply {
    let asked = Asked { to: next.next.clone(), kept: None, by_code: at.has_second_factor, lost: false };
    asked.drawn(at.visitor.shell(), &next.next, StatusCode::OK, Problems::default())
}

/// `POST /prove`: right, and the browser sends the kept form to where it was going.
pub async fn prove(at: SignedIn, seal: Data<Seal>, fields: Fields) -> Reply {
    let kept = Some(fields.raw(kept::FIELD).to_owned()).filter(|kept| !kept.is_empty());
    let asked =
        Asked { to: fields.text("to"), kept, by_code: at.has_second_factor, lost: fields.has("lost") };
    let (status, said) = match proves(&at, &seal, &fields).await {
        Ok(true) => return go_on(&at, &asked).await,
        Ok(false) if asked.by_code => {
            (StatusCode::UNPROCESSABLE_ENTITY, say!(at.person.lang(), "second-code-wrong"))
        }
        Ok(false) => (StatusCode::UNPROCESSABLE_ENTITY, say!(at.person.lang(), "prove-wrong")),
        // the page stays: what was typed waits in it
        Err(Error::TooMany { wait }) => {
            (StatusCode::TOO_MANY_REQUESTS, fault::waiting(at.person.lang(), wait))
        }
        Err(cause) => return Err(cause),
    };
    let mut problems = Problems::default();
    problems.add(if asked.by_code { "code" } else { "password" }, said);
    asked.drawn(at.visitor.shell(), &fields.text("back"), status, problems)
}

async fn proves(at: &SignedIn, seal: &Seal, fields: &Fields) -> Result<bool> {
    if !at.has_second_factor {
        return proof::by_password(at, fields.raw("password")).await;
    }
    let attempt = Attempt::of(&at.visitor, &at.person.email, "");
    let by = proof::by_code((&at.db, seal), &at.person, (attempt, fields.raw("code")), at.now).await?;
    Ok(by.is_some())
}

async fn go_on(at: &SignedIn, asked: &Asked) -> Reply {
    let mut tx = at.db.begin().await?;
    session::prove(&mut tx, at.session.id, at.now).await?;
    audit::note(&mut tx, at.deed("session.proved").object(at.session.id)).await?;
    tx.commit().await?;
    Ok(on(&asked.to, asked.kept.is_some()))
}
