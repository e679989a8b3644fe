//! Errors become pages in one place: what happened, what to do, the way on. htmx gets a notice.
use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpMessage, HttpResponse, ResponseError};
use askama::Template;

use crate::error::Error;
use crate::lang::Lang;
use crate::say;
use crate::web::form::Problems;
use crate::web::kept;
use crate::web::proof::Asked;
use crate::web::reply;
use crate::web::shell::{Shell, VisitBand};
use crate::web::visitor::Visitor;

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound(_) => StatusCode::NOT_FOUND,
            Error::Forbidden | Error::NotInVisit(_) | Error::NotOurForm | Error::SecondFactorFirst => {
                StatusCode::FORBIDDEN
            }
            Error::SignInFirst | Error::ProveFirst { .. } => StatusCode::UNAUTHORIZED,
            Error::Unreadable(_) => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[derive(Template)]
#[template(path = "error/page.html")]
struct FaultPage {
    shell: Shell,
    said: String,
    advice: String,
    way: String,
    way_said: String,
    code: u16,
}

#[derive(Template)]
#[template(path = "error/_notice.html")]
struct FaultNotice {
    said: String,
    advice: String,
}

/// Where a second factor is set up.
pub const SECOND_FACTOR: &str = "/profile/second-factor";

/// Turns an error answer into a page, a notice or the way to another page; other answers pass as they are.
pub fn as_page(res: ServiceResponse<BoxBody>, visitor: &Visitor) -> ServiceResponse<BoxBody> {
    let status = res.status();
    let Some(cause) = res.response().error() else { return res };
    let ours = cause.as_error::<Error>();
    if status.is_server_error() {
        // the route, not the path: an invitation's path is a secret
        let route = res.request().match_pattern().unwrap_or_default();
        tracing::error!(route, %cause, "a request failed");
    }
    let wait = match ours {
        Some(Error::TooMany { wait }) => Some(*wait),
        Some(Error::Busy(_)) => Some(5),
        _ => None,
    };
    let own = match ours {
        Some(Error::Conflict(key)) => Some((*key, "fault-conflict-advice".to_owned())),
        Some(Error::NotInVisit(key)) => Some((*key, format!("{key}-advice"))),
        _ => None,
    };
    let mut answer = match ours {
        Some(Error::SignInFirst) => sent_to(visitor, "/login"),
        Some(Error::SecondFactorFirst) => sent_to(visitor, SECOND_FACTOR),
        Some(Error::ProveFirst { .. }) if visitor.wants_part => sent_to(visitor, kept::PROVE),
        Some(Error::ProveFirst { kept, path, by_code }) => {
            let asked =
                Asked { to: path.clone(), kept: kept.clone(), by_code: *by_code, lost: kept.is_none() };
            let page = asked.drawn(visitor.shell(), &visitor.back, status, Problems::default());
            page.unwrap_or_else(|_| HttpResponse::new(status))
        }
        _ => {
            let (said, advice) = words(status, own, wait, visitor.lang);
            drawn(&res, visitor, said, advice)
        }
    };
    if let Some(wait) = wait {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    res.into_response(answer)
}

/// To another page first, from there back to this one.
fn sent_to(visitor: &Visitor, path: &str) -> HttpResponse {
    let next: String = serde_urlencoded::to_string([("next", &visitor.back)]).unwrap_or_default();
    let href = format!("{path}?{next}");
    let mut answer =
        HttpResponse::new(if visitor.wants_part { StatusCode::UNAUTHORIZED } else { StatusCode::SEE_OTHER });
    if let Ok(value) = HeaderValue::from_str(&href) {
        let name = if visitor.wants_part { HeaderName::from_static("hx-redirect") } else { LOCATION };
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn drawn(res: &ServiceResponse<BoxBody>, visitor: &Visitor, said: String, advice: String) -> HttpResponse {
    let status = res.status();
    let page = if visitor.wants_part {
        reply::page_as(status, &FaultNotice { said, advice })
    } else {
        let (way, way_said) = way_on(visitor);
        let visit = res.request().extensions().get::<VisitBand>().cloned();
        let shell = Shell { visit, ..visitor.shell() }.titled(said.clone());
        reply::page_as(status, &FaultPage { shell, said, advice, way, way_said, code: status.as_u16() })
    };
    page.unwrap_or_else(|_| HttpResponse::new(status))
}

/// What happened and what to press, by status; some bring keys of their own.
fn words(status: StatusCode, own: Option<(&str, String)>, wait: Option<u64>, lang: Lang) -> (String, String) {
    if let Some((said, advice)) = own {
        return (lang.word(said), lang.word(&advice));
    }
    match status.as_u16() {
        404 | 405 => (say!(lang, "fault-not-found"), say!(lang, "fault-not-found-advice")),
        403 => (say!(lang, "fault-forbidden"), say!(lang, "fault-forbidden-advice")),
        413 => (say!(lang, "fault-too-large"), say!(lang, "fault-too-large-advice")),
        429 => (say!(lang, "fault-too-many"), waiting(lang, wait.unwrap_or(60))),
        503 => (say!(lang, "fault-busy"), say!(lang, "fault-busy-advice")),
        500..=599 => (say!(lang, "fault-internal"), say!(lang, "fault-internal-advice")),
        _ => (say!(lang, "fault-unreadable"), say!(lang, "fault-unreadable-advice")),
    }
}

/// «Подождите 15 минут»: nobody counts to 873 seconds.
pub fn waiting(lang: Lang, seconds: u64) -> String {
    match seconds {
        0..=90 => say!(lang, "fault-too-many-advice", wait = seconds),
        _ => say!(lang, "fault-too-many-minutes", wait = seconds.div_ceil(60)),
    }
}

/// The nearest page above the one that is not there: «Меню этого заведения».
fn way_on(visitor: &Visitor) -> (String, String) {
    let mut steps = visitor.path.split(['/', '?']).filter(|step| !step.is_empty());
    let (first, venue, room) = (steps.next(), steps.next(), steps.next());
    let here = visitor.path.split('?').next().unwrap_or_default();
    let (way, said) = match (first, venue, room) {
        (Some("v"), Some(venue), Some("menu")) => {
            (format!("/v/{venue}/menu"), say!(visitor.lang, "way-menu"))
        }
        (Some("v"), Some(venue), Some("sync")) => {
            (format!("/v/{venue}/sync"), say!(visitor.lang, "way-sync"))
        }
        (Some("v"), Some(venue), Some("settings")) => {
            (format!("/v/{venue}/settings"), say!(visitor.lang, "way-settings"))
        }
        _ => ("/".to_owned(), say!(visitor.lang, "way-home")),
    };
    // a button that leads to this very page is no way on
    if way == here { ("/".to_owned(), say!(visitor.lang, "way-home")) } else { (way, said) }
}
