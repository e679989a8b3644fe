//! Request → the person behind it. The only way to a [`User`] from a request.
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use chrono::TimeDelta;
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::Entry;
use crate::accounts::session;
use crate::accounts::user::User;
use crate::clock::{self, Timestamp};
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::web::settings::Settings;
use crate::web::shell::{PersonHead, Shell};
use crate::web::visitor::Visitor;

/// Somebody signed in; without one the answer is the way to the sign-in.
#[derive(Clone)]
pub struct SignedIn {
    pub db: Db,
    pub person: User,
    pub session: Uuid,
    pub now: Timestamp,
    pub visitor: Visitor,
}

impl SignedIn {
    pub fn actor(&self) -> Actor {
        Actor::person(self.person.id)
    }

    /// What this person does to their own account, for the audit.
    pub fn deed(&self, deed: &'static str) -> Entry {
        Entry::own(self.actor(), deed).ip(&self.visitor.ip)
    }

    /// The layout of a page outside any venue.
    pub fn shell(&self) -> Shell {
        let person = PersonHead { name: self.person.name.clone(), role: self.person.email.clone() };
        Shell {
            lang: self.person.lang(),
            theme: self.person.theme.clone(),
            person: Some(person),
            ..self.visitor.shell()
        }
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<SignedIn>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::from_request(req, payload);
        let parts =
            req.app_data::<web::Data<Db>>().cloned().zip(req.app_data::<web::Data<Settings>>().cloned());
        let req = req.clone();
        Box::pin(async move {
            let (db, settings) = parts.ok_or_else(|| Error::internal("a guard without a database"))?;
            let token = req.cookie(&settings.cookie("sid")).ok_or(Error::SignInFirst)?;
            let now = clock::now();
            let found = session::find(&mut db.read().await?, token.value(), now).await?;
            let (session, person) = found.ok_or(Error::SignInFirst)?;
            if now - session.seen_at > TimeDelta::minutes(5) {
                let mut tx = db.begin().await?;
                session::touch(&mut tx, session.id, now).await?;
                tx.commit().await?;
            }
            let db = db.get_ref().clone();
            let mut visitor = visitor.await?;
            visitor.lang = person.lang();
            Ok(SignedIn { db, person, session: session.id, now, visitor })
        })
    }
}
