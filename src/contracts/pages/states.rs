//! A contract's life: signed, ended, or a draft thrown away.
use actix_web::web::Path;
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::clock;
use crate::contracts::contract;
use crate::contracts::pages::show::again;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::Contracts;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// A day that is one and is not in the future, or the problem at its field.
fn day(at: &At<Contracts>, fields: &Fields, name: &'static str) -> Result<NaiveDate, Problems> {
    let mut problems = Problems::default();
    let lang = at.lang();
    let Some(day) = fields.read::<NaiveDate>(name) else {
        problems.add(name, say!(lang, "contract-day-unreadable"));
        return Err(problems);
    };
    let today = clock::day_at(at.now, at.venue.zone());
    let long_ago = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    problems.unless(day <= today, name, say!(lang, "contract-day-future"));
    problems.unless(day >= long_ago, name, say!(lang, "contract-day-unreadable"));
    if problems.is_empty() { Ok(day) } else { Err(problems) }
}

/// `POST …/contracts/{contract}/signing`.
pub async fn sign(at: At<Contracts>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let day = match day(&at, &fields, "signed_on") {
        Ok(day) => day,
        Err(problems) => return again(&at, id, &problems).await,
    };
    let mut tx = at.db.begin().await?;
    contract::get(&mut tx, at.venue.id, id).await?;
    contract::sign(&mut tx, at.venue.id, id, day).await?;
    let deed = at.deed("contract.signed").object(id);
    audit::note(&mut tx, deed.after(json!({ "signed_on": day.to_string() }))).await?;
    tx.commit().await?;
    let said = say!(at.lang(), "contract-signed-said");
    Ok(flash::see(&at.venue.path(&format!("/contracts/{id}")), Tone::Good, &said))
}

/// `POST …/contracts/{contract}/ending`.
pub async fn end(at: At<Contracts>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let lang = at.lang();
    let contract = contract::get(&mut at.db.read().await?, at.venue.id, id).await?;
    let mut day = day(&at, &fields, "ended_on");
    if let (Ok(ended), Some(signed)) = (&day, contract.signed_day())
        && *ended < signed
    {
        let mut problems = Problems::default();
        problems.add("ended_on", say!(lang, "contract-ends-before-signed"));
        day = Err(problems);
    }
    let day = match day {
        Ok(day) => day,
        Err(problems) => return again(&at, id, &problems).await,
    };
    let mut tx = at.db.begin().await?;
    contract::end(&mut tx, at.venue.id, id, day).await?;
    let deed = at.deed("contract.ended").object(id);
    audit::note(&mut tx, deed.after(json!({ "ended_on": day.to_string() }))).await?;
    tx.commit().await?;
    Ok(flash::see(
        &at.venue.path(&format!("/contracts/{id}")),
        Tone::Good,
        &say!(lang, "contract-ended-said"),
    ))
}

/// `POST …/contracts/{contract}/removal`: of a draft alone.
pub async fn remove(at: At<Contracts>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    let contract = contract::get(&mut tx, at.venue.id, path.1).await?;
    contract::remove(&mut tx, at.venue.id, contract.id).await?;
    let deed = at.deed("contract.removed").object(contract.id);
    audit::note(&mut tx, deed.after(json!({ "entity": contract.entity }))).await?;
    tx.commit().await?;
    let said = say!(at.lang(), "contract-removed-said");
    Ok(flash::see(&at.venue.path("/contracts"), Tone::Good, &said))
}
