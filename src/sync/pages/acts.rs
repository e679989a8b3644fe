//! What a person does to a sync: start it, stop it, apply what was held, leave it.
use actix_web::web::Path;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::queue::job;
use crate::say;
use crate::sync::run::{self, End, Scope};
use crate::venues::guard::At;
use crate::venues::permission::Manage;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::Tone;

/// `POST /v/{venue}/sync`: starts one or joins the one under way. `scope` is `seating` or `payments` for that part alone.
pub async fn start(at: At<Manage>, fields: Fields) -> Reply {
    if !at.venue.iiko_is_on() {
        return Err(Error::Conflict("sync-iiko-is-off"));
    }
    let scope = Scope::of_word(&fields.text("scope"));
    let mut tx = at.db.begin().await?;
    let (id, new) = run::ask(&mut tx, at.venue.id, at.person.id, (scope, None)).await?;
    if new {
        audit::note(&mut tx, at.deed("sync.asked").object(id)).await?;
    }
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(&format!("/sync/{id}"))))
}

async fn run_in_path(at: &At<Manage>, path: &Path<(Uuid, Uuid)>) -> Result<run::Run> {
    run::get(&mut at.db.read().await?, at.venue.id, path.1).await
}

/// `POST /v/{venue}/sync/{run}/cancellation`.
pub async fn cancel(at: At<Manage>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let run = run_in_path(&at, &path).await?;
    let mut tx = at.db.begin().await?;
    let stopped = job::cancel(&mut tx, at.venue.id, run.job_id).await?;
    if stopped.is_none() {
        return Err(Error::Conflict("sync-is-over"));
    }
    if stopped == Some(true) {
        run::end(&mut tx, at.venue.id, run.id, &End::in_state("cancelled")).await?;
    }
    audit::note(&mut tx, at.deed("sync.cancelled").object(run.id)).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(&format!("/sync/{}", run.id))))
}

/// `POST /v/{venue}/sync/{run}/approval`: a new run that may apply exactly this difference.
pub async fn approve(at: At<Manage>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    if !at.venue.iiko_is_on() {
        return Err(Error::Conflict("sync-iiko-is-off"));
    }
    let run = run_in_path(&at, &path).await?;
    let digest = run
        .plan_digest
        .as_deref()
        .filter(|_| run.state == "held")
        .ok_or(Error::Conflict("sync-already-decided"))?;
    let mut tx = at.db.begin().await?;
    run::decide(&mut tx, at.venue.id, run.id, "superseded").await?;
    let (id, new) = run::ask(&mut tx, at.venue.id, at.person.id, (run.scope(), Some(digest))).await?;
    if !new {
        // a sync that runs right now would not know of the approval
        return Err(Error::Conflict("sync-runs-already"));
    }
    audit::note(&mut tx, at.deed("sync.approved").object(run.id)).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path(&format!("/sync/{id}"))))
}

/// `POST /v/{venue}/sync/{run}/discard`: the menu stays as it is.
pub async fn discard(at: At<Manage>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let run = run_in_path(&at, &path).await?;
    let mut tx = at.db.begin().await?;
    run::decide(&mut tx, at.venue.id, run.id, "discarded").await?;
    audit::note(&mut tx, at.deed("sync.discarded").object(run.id)).await?;
    tx.commit().await?;
    let said = say!(at.lang(), "sync-discarded-said");
    Ok(flash::see(&at.venue.path(&format!("/sync/{}", run.id)), Tone::Good, &said))
}
