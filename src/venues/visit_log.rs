//! What a support visit asks for, written down: every request of it, with how it was answered, before the answer leaves. An
//! answer that cannot be written down is not given.
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpResponse, web};
use askama::Template;
use serde_json::json;

use crate::accounts::audit::{self, Entry};
use crate::accounts::guard::SignedIn;
use crate::clock;
use crate::error::{Error, Result};
use crate::venues::guard::At;
use crate::venues::here::Seen;
use crate::venues::permission::View;
use crate::venues::visit;
use crate::web::shell::VisitBand;

pub async fn write(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let res = next.call(req).await?.map_into_boxed_body();
    let Some(seen) = seen(&res).await else { return Ok(res) };
    match noted(&seen, &res).await {
        Ok(()) => Ok(banded(res, seen.band).await),
        Err(cause) => Ok(res.error_response(cause)),
    }
}

/// The visit this was asked in. A body that cannot be read is refused before the guard is done: then it is asked now, of
/// support only.
async fn seen(res: &ServiceResponse<BoxBody>) -> Option<Seen> {
    let req = res.request();
    let put = || req.extensions().get::<Seen>().cloned();
    let unasked = put().is_none() && res.status().is_client_error() && req.path().starts_with("/v/");
    if unasked && SignedIn::extract(req).await.is_ok_and(|by| by.person.staff.is_some()) {
        let _ = At::<View>::extract(req).await;
    }
    put()
}

/// The visit is kept awake, and the row says what it saw; one that was ended meanwhile sees nothing more.
async fn noted(seen: &Seen, res: &ServiceResponse<BoxBody>) -> Result<()> {
    let (req, status) = (res.request(), res.status());
    let route = req.match_pattern().unwrap_or_default();
    let after = json!({ "method": req.method().as_str(), "path": req.path(), "route": route, "status": status.as_u16() });
    let visit = &seen.visit;
    let refused = status.is_client_error() || status.is_server_error();
    let entry = Entry::of(visit.actor(), visit.venue_id, "visit.request").object(visit.id).after(after);
    let entry = if refused { entry.ip(&seen.ip).refused() } else { entry.ip(&seen.ip) };
    let mut tx = seen.db.begin().await?;
    let goes_on = visit::touch(&mut tx, visit, (!seen.polls).then(clock::now)).await?;
    audit::note(&mut tx, entry).await?;
    tx.commit().await?;
    if goes_on || !req.method().is_safe() {
        // a change is done by now and its answer is given
        return Ok(());
    }
    // a page that was being drawn is not shown any more, and what is shown instead is of no visit
    req.extensions_mut().remove::<VisitBand>();
    Err(Error::Conflict("visit-ended"))
}

/// A part brings the band along, out of its place: the page around it may be older than the visit's last step.
async fn banded(res: ServiceResponse<BoxBody>, band: Option<VisitBand>) -> ServiceResponse<BoxBody> {
    let Some(band) = band.filter(|_| res.status() != StatusCode::NO_CONTENT && is_html(&res)) else {
        return res;
    };
    let (req, answer) = res.into_parts();
    let (head, body) = answer.into_parts();
    let Ok(body) = to_bytes(body).await else {
        return ServiceResponse::new(req, HttpResponse::InternalServerError().finish());
    };
    let html = [body.as_ref(), band.render().unwrap_or_default().as_bytes()].concat();
    ServiceResponse::new(req, head.set_body(BoxBody::new(web::Bytes::from(html))))
}

fn is_html(res: &ServiceResponse<BoxBody>) -> bool {
    let kind = res.headers().get(actix_web::http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}
