//! What opens after a right password: the panel, or, where there is a second factor, the page that asks for its code. One
//! place for the sign-in and for links, so that no way in goes past the second factor.
use actix_web::HttpResponse;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::user::User;
use crate::accounts::{device, second_factor, session};
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::visitor::Visitor;
use crate::web::way;

/// Where a code is asked for.
pub const CODE: &str = "/login/code";

/// The cookies a browser gets.
pub struct Opened {
    sid: String,
    /// By which it is known the next time; none: half a session, the code is missing.
    known_by: Option<String>,
}

/// A new session for who has shown their password, or half of one.
pub async fn open(c: &mut Conn, person: &User, visitor: &Visitor, now: Timestamp) -> Result<Opened> {
    session::sweep(c, now).await?;
    if second_factor::has(c, person.id).await? {
        let sid = session::open_half(c, person, &visitor.device, &visitor.ip, now).await?;
        return Ok(Opened { sid, known_by: None });
    }
    open_whole(c, person, visitor, now).await
}

/// A new session for who has shown all there is to show.
pub async fn open_whole(c: &mut Conn, person: &User, visitor: &Visitor, now: Timestamp) -> Result<Opened> {
    sign_in::is_in(c, &Attempt::of(visitor, &person.email, "")).await?;
    let known_by = device::remember(c, person.id, visitor.known_by.as_deref(), now).await?;
    let sid = session::open(c, person, &visitor.device, &visitor.ip, now).await?;
    let seen = serde_json::json!({ "device": visitor.device, "ip": visitor.ip });
    audit::note(c, Entry::own(Actor::person(person.id), "session.opened").after(seen)).await?;
    Ok(Opened { sid, known_by: Some(known_by) })
}

impl Opened {
    /// On to `answer`, or to the page that asks for the code and then to `next`.
    pub fn answer(self, settings: &Settings, next: &str, answer: HttpResponse) -> Reply {
        let Some(known_by) = self.known_by else {
            let next = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
            return way::let_in(settings, self.sid, reply::see(&format!("{CODE}?{next}")));
        };
        way::know(settings, known_by, way::let_in(settings, self.sid, answer)?)
    }
}
