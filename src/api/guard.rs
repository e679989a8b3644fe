//! The only way to a venue from a request of the API: a key that works and holds the scope.
use std::marker::PhantomData;

use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::future::LocalBoxFuture;

use crate::api::fault::Fault;
use crate::api::scope::Scope;
use crate::api::token;
use crate::clock::{self, Timestamp};
use crate::db::conn::Db;
use crate::error::Error;
use crate::venues::venue::{self, Venue};

/// Who asks, for which venue, within a scope.
pub struct Caller<S: Scope> {
    /// As this venue sees it.
    pub db: Db,
    pub venue: Venue,
    pub now: Timestamp,
    scope: PhantomData<S>,
}

impl<S: Scope> FromRequest for Caller<S> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Caller<S>, Fault>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let db = req.app_data::<web::Data<Db>>().map(|db| db.get_ref().clone());
        let said = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = said.and_then(|said| said.strip_prefix("Bearer ")).map(|key| key.trim().to_owned());
        Box::pin(async move {
            let db = db.ok_or_else(|| Error::internal("the web has no database"))?;
            let key = key.ok_or_else(|| Fault::new("token_missing", ""))?;
            let now = clock::now();
            let holder = token::find(&db, &key).await?.ok_or_else(|| Fault::new("token_unknown", ""))?;
            if !holder.scopes.iter().any(|scope| S::WORDS.contains(&scope.as_str())) {
                return Err(Fault::new("scope_missing", S::WORDS.join(", ")));
            }
            let db = db.of(holder.venue_id);
            let venue = venue::get(&mut db.read().await?, holder.venue_id).await?;
            if holder.is_stale(now) {
                let mut tx = db.begin().await?;
                token::used(&mut tx, &holder, now).await?;
                tx.commit().await?;
            }
            Ok(Caller { db, venue, now, scope: PhantomData })
        })
    }
}
