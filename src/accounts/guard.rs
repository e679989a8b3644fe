//! Request → the person behind it. The only way to a [`User`] from a request.
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use chrono::TimeDelta;
use futures_util::future::LocalBoxFuture;

use crate::accounts::actor::Actor;
use crate::accounts::audit::Entry;
use crate::accounts::session::{self, Behind, Session};
use crate::accounts::user::User;
use crate::clock::{self, Timestamp};
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::web::fault::SECOND_FACTOR;
use crate::web::kept;
use crate::web::settings::Settings;
use crate::web::shell::{PersonHead, Shell};
use crate::web::visitor::Visitor;

/// Somebody signed in; without one the answer is the way to the sign-in.
#[derive(Clone)]
pub struct SignedIn {
    pub db: Db,
    pub person: User,
    pub session: Session,
    pub has_second_factor: bool,
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

    /// Whether this session has shown within ten minutes whose it is.
    pub fn is_fresh(&self) -> bool {
        self.session.is_fresh(self.now)
    }

    /// Lets a form pass that decides much: with a fresh proof, else [`Error::ProveFirst`], which keeps what was typed.
    pub fn ask_proof(&self, req: &HttpRequest) -> Result<()> {
        if self.is_fresh() || kept::is_safe(req.method()) {
            return Ok(());
        }
        Err(kept::prove_first(req, self.has_second_factor))
    }

    /// The layout of a page outside any venue.
    pub fn shell(&self) -> Shell {
        let person = PersonHead {
            name: self.person.name.clone(),
            role: self.person.email.clone(),
            is_staff: self.person.staff.is_some(),
        };
        Shell {
            lang: self.person.lang(),
            theme: self.person.theme.clone(),
            person: Some(person),
            ..self.visitor.shell()
        }
    }
}

/// A request that says who it is from, before anybody has looked whether it is so.
pub struct Caller {
    pub db: Db,
    /// The cookie's value.
    pub token: String,
    pub now: Timestamp,
    visitor: Visitor,
    req: HttpRequest,
}

impl Caller {
    pub fn of(req: &HttpRequest) -> Result<Caller> {
        let db = req.app_data::<web::Data<Db>>();
        let (db, settings) = db
            .zip(req.app_data::<web::Data<Settings>>())
            .ok_or_else(|| Error::internal("a guard without a database"))?;
        let token = req.cookie(&settings.cookie("sid")).ok_or(Error::SignInFirst)?.value().to_owned();
        Ok(Caller {
            db: db.get_ref().clone(),
            token,
            now: clock::now(),
            visitor: Visitor::in_request(req)?,
            req: req.clone(),
        })
    }

    /// Looks who it is.
    pub async fn found(self) -> Result<SignedIn> {
        let found = session::find(&mut self.db.read().await?, &self.token, self.now).await?;
        self.is(found.ok_or(Error::SignInFirst)?).await
    }

    /// It is this one.
    pub async fn is(self, behind: Behind) -> Result<SignedIn> {
        let Caller { db, now, mut visitor, req, .. } = self;
        let Behind { session, person, has_second_factor } = behind;
        // a board on a wall is in use all day; support's screen that nobody sits at is not
        let is_left = visitor.polls && person.staff.is_some();
        if !is_left && now - session.seen_at > TimeDelta::minutes(5) {
            let mut tx = db.begin().await?;
            session::touch(&mut tx, session.id, &visitor.ip, now).await?;
            tx.commit().await?;
        }
        if person.staff.is_some() && !has_second_factor && !leads_to_it(req.path()) {
            return Err(Error::SecondFactorFirst);
        }
        visitor.lang = person.lang();
        Ok(SignedIn { db, person, session, has_second_factor, now, visitor })
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<SignedIn>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = Caller::of(req);
        Box::pin(async move { caller?.found().await })
    }
}

/// What somebody may open who has yet to set up the second factor they must have.
fn leads_to_it(path: &str) -> bool {
    path == kept::PROVE
        || path.strip_prefix(SECOND_FACTOR).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Somebody signed in whose form decides much: with a fresh proof.
pub struct Proved(pub SignedIn);

impl FromRequest for Proved {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Proved>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (signed_in, req) = (SignedIn::from_request(req, payload), req.clone());
        Box::pin(async move {
            let at = signed_in.await?;
            at.ask_proof(&req)?;
            Ok(Proved(at))
        })
    }
}
