//! «Второй фактор»: setting it up with an app, the recovery codes, taking it away.
use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::accounts::audit;
use crate::accounts::guard::{Proved, SignedIn};
use crate::accounts::offer::Offer;
use crate::accounts::pages::door::settings_of;
use crate::accounts::{second_factor, session};
use crate::error::Error;
use crate::say;
use crate::secret::Seal;
use crate::web::fields::Fields;
use crate::web::form::{Field, Problems, Summary};
use crate::web::qr::{self, Drawn};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;
use crate::web::{flash, way};

/// Nothing is set up yet, or it is set up anew on another telephone.
#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct OfferPage {
    shell: Shell,
    summary: Option<Summary>,
    /// Staff may do nothing before it.
    must: bool,
    /// The page of a venue that lets in nobody without one; it opens afterwards. Empty: nobody asked for it.
    next: String,
    anew: bool,
    drawn: Option<Drawn>,
    secret: String,
    sealed: String,
    code: Field,
}

#[derive(Template)]
#[template(path = "accounts/second_factor_on.html")]
struct OnPage {
    shell: Shell,
    must: bool,
    since: When,
    left: i64,
}

/// Shown once, on the page that made them.
#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct CodesPage {
    shell: Shell,
    codes: Vec<String>,
    all: String,
    /// Where a person goes on.
    next: String,
}

/// `?anew=1`: onto another telephone. `?next=/v/…`: the page that asked for a second factor first.
#[derive(Deserialize)]
pub struct Asked {
    anew: Option<String>,
    #[serde(default)]
    next: String,
}

fn shell(at: &SignedIn) -> Shell {
    let lang = at.person.lang();
    at.shell().under(say!(lang, "profile-title"), "/profile").titled(say!(lang, "second-title"))
}

/// `GET /profile/second-factor`.
pub async fn show(at: SignedIn, seal: Data<Seal>, asked: Query<Asked>) -> Reply {
    let standing = second_factor::standing(&mut at.db.read().await?, at.person.id).await?;
    let Some(standing) = standing.filter(|_| asked.anew.is_none()) else {
        let offer = Offer::new(&seal, (at.person.id, at.session.id), at.now)?;
        return reply::page(&offered(&at, &offer, &asked.next, Problems::default()));
    };
    let since = When::of(standing.created_at, at.now, chrono_tz::Europe::Moscow, at.person.lang());
    let (must, left) = (at.person.staff.is_some(), standing.codes_left);
    reply::page(&OnPage { shell: shell(&at), must, since, left })
}

fn offered(at: &SignedIn, offer: &Offer, next: &str, problems: Problems) -> OfferPage {
    let lang = at.person.lang();
    OfferPage {
        shell: shell(at),
        summary: problems.summary(lang),
        must: at.person.staff.is_some() && !at.has_second_factor,
        next: way::local(next).unwrap_or_default().to_owned(),
        anew: at.has_second_factor,
        drawn: qr::drawn(&second_factor::address(&offer.secret, &at.person.email)),
        secret: second_factor::grouped(offer.secret.expose_secret()).replace('-', " "),
        sealed: offer.sealed.clone(),
        code: Field::text("code", say!(lang, "second-code"))
            .kind("text", "one-time-code")
            .hint(say!(lang, "second-first-code-hint"))
            .problem(&problems),
    }
}

/// `POST /profile/second-factor`: the code shows that the app has the secret. Every other session ends, this one is new.
pub async fn set(at: Proved, req: HttpRequest, seal: Data<Seal>, fields: Fields) -> Reply {
    let Proved(at) = at;
    let offer = Offer::open(&seal, (at.person.id, at.session.id), fields.raw("offer"), at.now)?;
    let next = fields.text("next");
    let Some(step) = second_factor::step_of(&offer.secret, fields.raw("code"), at.now) else {
        let mut problems = Problems::default();
        problems.add("code", say!(at.person.lang(), "second-first-code-wrong"));
        return reply::again(&offered(&at, &offer, &next, problems));
    };
    let mut tx = at.db.begin().await?;
    let codes = second_factor::set(&mut tx, &seal, at.person.id, (&offer.secret, step), at.now).await?;
    session::close_all(&mut tx, at.person.id).await?;
    let sid = session::open(&mut tx, &at.person, &at.visitor.device, &at.visitor.ip, at.now).await?;
    audit::note(&mut tx, at.deed("second_factor.set")).await?;
    tx.commit().await?;
    way::let_in(&*settings_of(&req)?, sid, codes_page(&at, codes, way::local(&next))?)
}

fn codes_page(at: &SignedIn, codes: Vec<String>, next: Option<&str>) -> Reply {
    let title = say!(at.person.lang(), "recovery-title");
    let all = codes.join("\n");
    let next = next.unwrap_or(if at.person.staff.is_some() { "/" } else { "/profile" });
    reply::page(&CodesPage { shell: shell(at).titled(title), codes, all, next: next.to_owned() })
}

/// `POST /profile/second-factor/codes`: ten new ones, the old stop working.
pub async fn renew(at: Proved, _: Fields) -> Reply {
    let Proved(at) = at;
    let mut tx = at.db.begin().await?;
    if !second_factor::has(&mut tx, at.person.id).await? {
        return Err(Error::Conflict("second-is-off"));
    }
    let codes = second_factor::renew_codes(&mut tx, at.person.id).await?;
    audit::note(&mut tx, at.deed("recovery_codes.renewed")).await?;
    tx.commit().await?;
    codes_page(&at, codes, None)
}

/// `POST /profile/second-factor/removal`: not for staff, who must have one.
pub async fn remove(at: Proved, _: Fields) -> Reply {
    let Proved(at) = at;
    if at.person.staff.is_some() {
        return Err(Error::Forbidden);
    }
    let mut tx = at.db.begin().await?;
    if !second_factor::remove(&mut tx, at.person.id).await? {
        return Err(Error::Conflict("second-is-off"));
    }
    audit::note(&mut tx, at.deed("second_factor.removed")).await?;
    tx.commit().await?;
    Ok(flash::see("/profile", Tone::Good, &say!(at.person.lang(), "second-removed")))
}
