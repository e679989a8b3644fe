//! Answers: a page, a part, a redirect after a deed.
use std::cell::Cell;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

use crate::error::{Error, Result};

pub type Reply = Result<HttpResponse>;

thread_local! {
    static RENDERED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// How long the last page took to render on this thread; asking takes it away.
pub fn take_render_time() -> Duration {
    RENDERED.with(|cell| cell.replace(Duration::ZERO))
}

/// A page or a part, 200.
pub fn page(template: &impl Template) -> Reply {
    page_as(StatusCode::OK, template)
}

/// The form again with what is wrong with it, 422.
pub fn again(template: &impl Template) -> Reply {
    page_as(StatusCode::UNPROCESSABLE_ENTITY, template)
}

pub fn page_as(status: StatusCode, template: &impl Template) -> Reply {
    let started = Instant::now();
    let html = template.render().map_err(|cause| Error::Internal(Box::new(cause)))?;
    RENDERED.with(|cell| cell.set(cell.get() + started.elapsed()));
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}

/// 303: the browser asks for the next page with GET, so that reloading it repeats nothing.
pub fn see(path: &str) -> HttpResponse {
    to(path).finish()
}

pub fn to(path: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(StatusCode::SEE_OTHER);
    answer.insert_header((LOCATION, path));
    answer
}
