//! The door every request comes in by and every answer leaves by. In: is the form ours (CSRF), who asks. Out: headers on
//! all answers, also errors and static files; timing.
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};

use crate::db::tally;
use crate::error::Error;
use crate::secret::{Seal, random_token};
use crate::web::settings::Settings;
use crate::web::visitor::Visitor;
use crate::web::{fault, flash, kept, reply};

/// Scripts and styles only from our own files; nobody may frame us.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-frame-options", "DENY"),
];

pub async fn pass(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (Some(settings), Some(seal)) =
        (req.app_data::<web::Data<Settings>>().cloned(), req.app_data::<web::Data<Seal>>().cloned())
    else {
        return Err(Error::internal("the web has no settings").into());
    };
    let seed_cookie = settings.cookie("seed");
    let seed = req.cookie(&seed_cookie).map(|c| c.value().to_owned()).filter(|v| v.len() == 64);
    let fresh = seed.is_none();
    let seed = seed.unwrap_or_else(random_token);
    let mut visitor = Visitor::of(&req, seal.token_for(seed.as_bytes()), client_ip(&req, &settings));
    visitor.known_by = req.cookie(&settings.cookie("device")).map(|c| c.value().to_owned());
    req.extensions_mut().insert(visitor.clone());
    let said = req.cookie(flash::COOKIE).is_some();
    // asked by programs: no cookies, no forms of ours
    let is_api = req.path().starts_with("/api/") || req.path().starts_with("/webhooks/");
    let is_file = req.path().starts_with("/static/");

    let mut res = match let_in(&mut req, &settings).await {
        Ok(()) => answered(req, next, &settings).await?,
        Err(cause) => req.error_response(cause),
    };
    res = fault::as_page(res, &visitor);
    dress(res.headers_mut(), is_file);
    if fresh && !is_file && !is_api {
        let cookie = plain_cookie(seed_cookie, seed, settings.secure);
        let _ = res.response_mut().add_cookie(&cookie);
    }
    if said && res.status().is_success() && !visitor.wants_part && !is_file {
        let mut gone = Cookie::build(flash::COOKIE, "").path("/").finish();
        gone.make_removal();
        let _ = res.response_mut().add_cookie(&gone);
    }
    if settings.secure {
        only_over_tls(res.headers_mut());
    }
    Ok(res)
}

async fn let_in(req: &mut ServiceRequest, settings: &Settings) -> Result<(), Error> {
    if !comes_from_us(req, settings) {
        return Err(Error::NotOurForm);
    }
    kept::hold(req).await
}

/// Runs the handler; in demo and debug builds says how many queries and how long the rendering took.
async fn answered(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    settings: &Settings,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = std::time::Instant::now();
    let _ = reply::take_render_time();
    let (res, queries) = tally::counted(async { (next.call(req).await, tally::queries()) }).await;
    let mut res = res?.map_into_boxed_body();
    if settings.timing {
        let text = format!(
            "db;desc=\"{queries} queries\", render;dur={:.2}, total;dur={:.2}",
            reply::take_render_time().as_secs_f64() * 1000.0,
            started.elapsed().as_secs_f64() * 1000.0
        );
        if let Ok(value) = HeaderValue::from_str(&text) {
            res.headers_mut().insert(HeaderName::from_static("server-timing"), value);
        }
    }
    Ok(res)
}

/// An unsafe method must come from a page of ours: the browser says so by `Sec-Fetch-Site`, else by `Origin`. Where a
/// client sends neither, the form's own token decides (every form carries one: `web::fields`).
fn comes_from_us(req: &ServiceRequest, settings: &Settings) -> bool {
    if kept::is_safe(req.method()) {
        return true;
    }
    let text = |name| req.headers().get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    match &settings.origin {
        Some(ours) => origin == ours,
        None => text(header::HOST).is_some_and(|host| origin.strip_prefix("http://") == Some(host)),
    }
}

fn dress(headers: &mut HeaderMap, is_file: bool) {
    for (name, value) in HEADERS {
        // a photo's own, stricter policy stays
        if !headers.contains_key(*name) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    // a file that is there says itself how long it may be kept
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !is_file {
        headers.append(header::VARY, HeaderValue::from_static("HX-Request"));
    }
}

/// Where people reach us over TLS no cookie travels without, not even one that carries no right.
fn only_over_tls(headers: &mut HeaderMap) {
    let all: Vec<HeaderValue> = headers.remove(header::SET_COOKIE).collect();
    for cookie in all {
        let told = cookie.to_str().ok().filter(|text| !text.contains("; Secure"));
        let over_tls = told.and_then(|text| HeaderValue::from_str(&format!("{text}; Secure")).ok());
        headers.append(header::SET_COOKIE, over_tls.unwrap_or(cookie));
    }
}

/// The client's address: the proxy's header only where the deployment named one, else the connection's.
fn client_ip(req: &ServiceRequest, settings: &Settings) -> String {
    let told = settings
        .client_ip_header
        .as_deref()
        .and_then(|name| req.headers().get_all(name).last()?.to_str().ok());
    // the last line and its rightmost entry are what our own proxy wrote
    let told = told.and_then(|list| list.rsplit(',').next()).map(|ip| ip.trim().to_owned());
    told.or_else(|| req.peer_addr().map(|peer| peer.ip().to_string())).unwrap_or_default()
}

/// A cookie for this browser's session, readable by us alone.
pub fn plain_cookie(name: String, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).finish()
}
