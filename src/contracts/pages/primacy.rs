//! «Основной?»: what would go elsewhere, then the switch.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::contracts::assignment;
use crate::contracts::contract::{self, Contract};
use crate::error::{Error, Result};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Contracts;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

#[derive(Template)]
#[template(path = "contracts/primacy.html")]
struct PrimacyPage {
    shell: Shell,
    action: String,
    back: String,
    from: Option<Contract>,
    to: Contract,
    /// Products whose money would go to `to` instead of `from`.
    following: i64,
    /// Somebody switched while this page was open.
    meanwhile: bool,
}

async fn page(at: &At<Contracts>, id: Uuid, meanwhile: bool) -> Result<PrimacyPage> {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let to = contract::get(&mut c, at.venue.id, id).await?;
    let all = contract::of_venue(&mut c, at.venue.id).await?;
    let following = assignment::following_primary(&mut c, at.venue.id).await?;
    drop(c);
    if !to.is_signed() {
        return Err(Error::Conflict("contract-not-signed"));
    }
    let back = at.venue.path("/contracts");
    Ok(PrimacyPage {
        shell: at
            .shell(Room::Contracts)
            .under(say!(lang, "nav-contracts"), back.clone())
            .titled(say!(lang, "contract-make-primary")),
        action: format!("{back}/{id}/primacy"),
        back,
        from: all.into_iter().find(|contract| contract.is_primary),
        to,
        following,
        meanwhile,
    })
}

/// `GET …/contracts/{contract}/primacy`.
pub async fn ask(at: At<Contracts>, path: Path<(Uuid, Uuid)>) -> Reply {
    reply::page(&page(&at, path.1, false).await?)
}

/// `POST …/contracts/{contract}/primacy`. `was` is the primary contract the page was drawn with.
pub async fn switch(at: At<Contracts>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let id = path.1;
    let was: Option<Uuid> = fields.read("was");
    let mut tx = at.db.begin().await?;
    contract::get(&mut tx, at.venue.id, id).await?;
    if !contract::make_primary(&mut tx, at.venue.id, id, was).await? {
        drop(tx);
        return reply::again(&page(&at, id, true).await?);
    }
    let deed = at.deed("contract.made_primary").object(id);
    audit::note(&mut tx, deed.change(json!({ "primary": was }), json!({ "primary": id }))).await?;
    tx.commit().await?;
    let said = say!(at.lang(), "contract-primary-said");
    Ok(flash::see(&at.venue.path("/contracts"), Tone::Good, &said))
}
