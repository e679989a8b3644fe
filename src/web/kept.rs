//! What was typed is not lost while a person proves who they are. The refused form's body goes, sealed, into a hidden field
//! of the page that asks for the proof; after it the browser posts that field to the form's own address, and `fields` reads
//! the form out of it. A key that was typed never stands in clear in a page.
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{HttpMessage, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::clock;
use crate::error::{Error, Result};
use crate::secret::{Place, Seal, digest};
use crate::web::fields;
use crate::web::settings::Settings;
use crate::web::visitor::Visitor;

/// Where a proof is sent to: the one form that carries a kept one without being it.
pub const PROVE: &str = "/prove";

/// The hidden field.
pub const FIELD: &str = "kept";

/// Largest body with a kept form in it, bytes: a form of 64 KiB, sealed, and what comes with it.
pub const MOST: usize = 128 * 1024;

/// How long a form is kept, seconds.
const LIFE: i64 = 600;

/// A form's body as it came.
struct Body(Bytes);

/// At the door: reads a form's body and puts it back. A guard that refuses the form still has it, whoever reads first.
pub async fn hold(req: &mut ServiceRequest) -> Result<()> {
    if is_safe(req.method()) || !is_form(req) {
        return Ok(());
    }
    let body = read(req.take_payload(), MOST).await?;
    req.extensions_mut().insert(Body(body.clone()));
    let again = futures_util::stream::once(std::future::ready(Ok(body)));
    req.set_payload(Payload::Stream { payload: Box::pin(again) });
    Ok(())
}

pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

pub fn is_form(req: &impl HttpMessage) -> bool {
    req.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The whole body, if it is no larger than `most`.
pub async fn read(mut payload: Payload, most: usize) -> Result<Bytes> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::Unreadable("the body broke off"))?;
        if body.len() + chunk.len() > most {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// What a guard answers to a form that needs a proof first. Files cannot be kept: their page is shown again after it.
pub fn prove_first(req: &HttpRequest, by_code: bool) -> Error {
    let visitor = req.extensions().get::<Visitor>().cloned();
    let body = req.extensions().get::<Body>().map(|body| body.0.clone());
    let (path, back) = visitor.as_ref().map(|v| (v.path.clone(), v.back.clone())).unwrap_or_default();
    let Some(body) = body else { return Error::ProveFirst { kept: None, path: back, by_code } };
    match fields::is_ours(&visitor, &body).and_then(|()| closed(req, &body)) {
        Ok(kept) => Error::ProveFirst { kept: Some(kept), path, by_code },
        Err(cause) => cause,
    }
}

/// Bound to the address it goes to and to the session it came from.
fn place(req: &HttpRequest) -> Result<(Data<Seal>, Place)> {
    let (Some(seal), Some(settings)) =
        (req.app_data::<Data<Seal>>().cloned(), req.app_data::<Data<Settings>>())
    else {
        return Err(Error::internal("the web has no settings"));
    };
    let sid = req.cookie(&settings.cookie("sid")).ok_or(Error::SignInFirst)?;
    let path = req.uri().path_and_query().map_or("/", |path| path.as_str());
    let (venue, row) = (name_of(path), name_of(sid.value()));
    Ok((seal, Place { table: "forms", column: FIELD, venue, row }))
}

/// 128 bits of a text's digest.
fn name_of(text: &str) -> Uuid {
    digest(text).get(..16).and_then(|bytes| Uuid::from_slice(bytes).ok()).unwrap_or_default()
}

fn closed(req: &HttpRequest, body: &[u8]) -> Result<String> {
    let body = std::str::from_utf8(body).map_err(|_| Error::Unreadable("not UTF-8"))?;
    let (seal, place) = place(req)?;
    let dated = SecretString::from(format!("{}\n{body}", clock::now().timestamp()));
    Ok(URL_SAFE_NO_PAD.encode(seal.close(place, &dated)?))
}

/// The body that was kept for this address and this session, within ten minutes.
pub fn opened(req: &HttpRequest, kept: &str) -> Result<String> {
    let over = || Error::Conflict("kept-over");
    let (seal, place) = place(req)?;
    let blob = URL_SAFE_NO_PAD.decode(kept).map_err(|_| over())?;
    let dated = seal.open(place, &blob).map_err(|_| over())?;
    let (at, body) = dated.expose_secret().split_once('\n').ok_or_else(over)?;
    let age = clock::now().timestamp() - at.parse::<i64>().map_err(|_| over())?;
    if (0..=LIFE).contains(&age) { Ok(body.to_owned()) } else { Err(over()) }
}
