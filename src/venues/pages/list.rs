//! «Мои заведения»: the person's venues and how each one's tie to the till is.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::accounts::guard::SignedIn;
use crate::say;
use crate::venues::chip;
use crate::venues::guard::At;
use crate::venues::member::{self, Membership};
use crate::venues::permission::View;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Chip, Shell};

/// How many the page shows; nobody has more yet.
const MOST: i64 = 500;

/// `?first=1`: straight after the sign-in, when the only venue is where the person wants to be.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    first: String,
}

#[derive(Template)]
#[template(path = "venues/list.html")]
struct ListPage {
    shell: Shell,
    cards: Vec<VenueCard>,
    is_staff: bool,
}

struct VenueCard {
    name: String,
    address: String,
    href: String,
    role: String,
    chip: Chip,
}

/// `GET /venues`.
pub async fn show(at: SignedIn, asked: Query<Asked>) -> Reply {
    let found = member::of_user(&at.db, at.person.id, MOST).await?;
    // support has no venue of its own: its desk is where it begins
    if let ([], "1", Some(_)) = (found.as_slice(), asked.first.as_str(), at.person.staff.as_ref()) {
        return Ok(reply::see("/support"));
    }
    if let ([only], "1") = (found.as_slice(), asked.first.as_str()) {
        return Ok(reply::see(&only.venue.path("/menu")));
    }
    let lang = at.person.lang();
    reply::page(&ListPage {
        shell: at.shell().titled(say!(lang, "my-venues")),
        cards: found.iter().map(|one| card(&at, one)).collect(),
        is_staff: at.person.staff.is_some(),
    })
}

fn card(at: &SignedIn, one: &Membership) -> VenueCard {
    let lang = at.person.lang();
    VenueCard {
        name: one.venue.name.clone(),
        address: one.venue.address.clone(),
        href: one.venue.path("/menu"),
        role: one.role().said(lang),
        chip: chip::of(&one.venue, at.now, lang),
    }
}

/// `GET /v/{venue}`: a venue opens on its menu.
pub async fn enter(at: At<View>) -> Reply {
    Ok(reply::see(&at.venue.path("/menu")))
}
