//! How a part of the venue stands beside the till, for the head of its page: when it agreed last, the sync that could not
//! bring it, the button that brings it alone. A part that several rooms show, hence here and not among the pages.
use askama::Template;

use crate::error::Result;
use crate::lang::Lang;
use crate::part;
use crate::say;
use crate::venues::guard::At;
use crate::venues::part::{self, Part};
use crate::venues::permission::{Permission, Right};
use crate::web::when::When;

#[derive(Template)]
#[template(path = "venues/_standing.html")]
pub struct Standing {
    lang: Lang,
    /// The sync that could not bring it.
    missed: Option<String>,
}
part!(Standing, Bring);

/// The button «Синхронизировать» of one part.
#[derive(Template)]
#[template(path = "venues/_bring.html")]
pub struct Bring {
    lang: Lang,
    token: String,
    path: String,
    scope: &'static str,
}

/// What a page's head shows of its part.
pub struct Head {
    pub standing: Standing,
    /// None while iiko is off, and for who may only look.
    pub bring: Option<Bring>,
    /// None: it never came.
    pub synced: Option<When>,
    /// Where iiko is connected.
    pub settings: String,
    pub iiko_is_on: bool,
}

pub async fn head<R: Right>(at: &At<R>, which: Part) -> Result<Head> {
    let standing = part::standing(&mut at.db.read().await?, at.venue.id, which).await?;
    let lang = at.lang();
    let iiko_is_on = at.venue.iiko_is_on();
    let bring =
        Bring { lang, token: at.visitor.token.clone(), path: at.venue.path("/sync"), scope: which.word() };
    Ok(Head {
        standing: Standing {
            lang,
            missed: standing.missed_run.map(|run| at.venue.path(&format!("/sync/{run}"))),
        },
        bring: (iiko_is_on && at.may(Permission::Manage)).then_some(bring),
        synced: standing.synced_at.map(|when| at.when(when)),
        settings: at.venue.path("/settings/integrations/iiko"),
        iiko_is_on,
    })
}
