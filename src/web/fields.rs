//! A form's body, read once: bounded, UTF-8, with our token. Every POST handler takes one, so none is without the check.
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};
use crate::web::kept;
use crate::web::visitor::Visitor;

/// Largest form body, bytes. Photos come by `upload`, which has its own cap.
const MOST: usize = 64 * 1024;

/// The name of the hidden field with the form's token.
pub const TOKEN: &str = "token";

/// Names and values as sent; a NUL is dropped (Postgres refuses it, SQLite would keep it), line ends are `\n`.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value under `name`, trimmed; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// Untrimmed: for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Every value under `name`, in the order sent.
    pub fn every<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The one value under `name` read as something else; none where it is missing or unreadable.
    pub fn read<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Fields>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        let (req, form) = (req.clone(), kept::is_form(req));
        let visitor = req.extensions().get::<Visitor>().cloned();
        let header = req.headers().get("x-token").and_then(|v| v.to_str().ok()).map(str::to_owned);
        Box::pin(async move {
            let body = kept::read(payload, kept::MOST).await?;
            if !form && !body.is_empty() {
                return Err(Error::Unreadable("not a form"));
            }
            let fields = decode(&body)?;
            if body.len() > MOST && !fields.has(kept::FIELD) {
                return Err(Error::TooLarge);
            }
            let token = header.as_deref().unwrap_or_else(|| fields.raw(TOKEN));
            check(&visitor, token)?;
            match fields.raw(kept::FIELD) {
                "" => Ok(fields),
                _ if req.path() == kept::PROVE => Ok(fields),
                // the form as it was typed before its person was asked for a proof
                sealed => decode(kept::opened(&req, sealed)?.as_bytes()),
            }
        })
    }
}

/// The token is the one this browser was given.
pub fn check(visitor: &Option<Visitor>, token: &str) -> Result<()> {
    let expected = visitor.as_ref().map(|v| v.token.as_str()).unwrap_or_default();
    let same: bool = expected.as_bytes().ct_eq(token.as_bytes()).into();
    if same && !expected.is_empty() { Ok(()) } else { Err(Error::NotOurForm) }
}

/// The same of a body that nobody has read yet.
pub fn is_ours(visitor: &Option<Visitor>, body: &[u8]) -> Result<()> {
    check(visitor, decode(body)?.raw(TOKEN))
}

fn decode(body: &[u8]) -> Result<Fields> {
    let body = std::str::from_utf8(body).map_err(|_| Error::Unreadable("not UTF-8"))?;
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(body).map_err(|_| Error::Unreadable("not a form's encoding"))?;
    if pairs.len() > 2_000 {
        return Err(Error::TooLarge);
    }
    Ok(Fields(pairs.into_iter().map(|(key, value)| (key, clean(&value))).collect()))
}

/// Drops what no field may hold: NUL and the other control characters but tab and line ends.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
