//! The switch «Требовать от всех» of «Доступы».
use serde_json::json;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::Access;
use crate::venues::venue;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// `POST /v/{venue}/users/second-factor`: `required=yes|no`. Who asks it of everyone has one: else they would be the first
/// to stand before the door.
pub async fn set(at: At<Access>, fields: Fields) -> Reply {
    let required = fields.text("required") == "yes";
    may(&at, required)?;
    let mut tx = at.db.begin().await?;
    venue::require_second_factor(&mut tx, at.venue.id, required).await?;
    let (before, after) = (json!({ "required": !required }), json!({ "required": required }));
    audit::note(&mut tx, at.deed("venue.second_factor").object(at.venue.id).change(before, after)).await?;
    tx.commit().await?;
    let lang = at.lang();
    let said = if required { say!(lang, "access-second-on") } else { say!(lang, "access-second-off") };
    Ok(flash::see(&at.venue.path("/users"), Tone::Good, &said))
}

fn may(at: &At<Access>, required: bool) -> Result<()> {
    if required && !at.has_second_factor { Err(Error::Conflict("access-second-yours")) } else { Ok(()) }
}
