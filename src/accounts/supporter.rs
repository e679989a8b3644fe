//! Request → somebody of support or of the platform. For everybody else their pages are not there.
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

use crate::accounts::guard::SignedIn;
use crate::error::{Error, Result};

pub struct Supporter(pub SignedIn);

impl Supporter {
    /// Whoever runs the panel: ends anybody's visit.
    pub fn is_platform(&self) -> bool {
        self.0.person.staff.as_deref() == Some("platform")
    }
}

impl FromRequest for Supporter {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Supporter>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(req, payload);
        Box::pin(async move {
            let signed_in = signed_in.await?;
            match signed_in.person.staff {
                Some(_) => Ok(Supporter(signed_in)),
                None => Err(Error::NotFound("page")),
            }
        })
    }
}
