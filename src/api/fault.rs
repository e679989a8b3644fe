//! Errors of the API: a code for the program, a sentence for the person who reads its log, in the language it asks for.
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Value, json};

use crate::error::Error;
use crate::integrations::iiko_cloud::fault as till;
use crate::lang::Lang;
use crate::placing::draft::Wrong;

/// Every code, for the document and the tests; each has its sentence `api-{code}`.
pub const CODES: [&str; 13] = [
    "token_missing",
    "token_unknown",
    "scope_missing",
    "not_found",
    "wrong_field",
    "unreadable",
    "conflict",
    "sum_changed",
    "stopped",
    "till_off",
    "till_silent",
    "busy",
    "internal",
];

#[derive(Clone, Debug)]
pub struct Fault {
    pub code: &'static str,
    /// What the code is about: a field, a scope, a reason.
    pub about: String,
    lang: Lang,
}

impl Fault {
    pub fn new(code: &'static str, about: impl Into<String>) -> Fault {
        Fault { code, about: about.into(), lang: Lang::En }
    }

    /// The same in the language the caller asks for.
    pub fn told(self, req: &HttpRequest) -> Fault {
        let asked = req.headers().get(ACCEPT_LANGUAGE).and_then(|v: &HeaderValue| v.to_str().ok());
        Fault { lang: asked.map_or(Lang::En, Lang::accepted), ..self }
    }

    fn status(&self) -> StatusCode {
        match self.code {
            "token_missing" | "token_unknown" => StatusCode::UNAUTHORIZED,
            "scope_missing" => StatusCode::FORBIDDEN,
            "not_found" => StatusCode::NOT_FOUND,
            "wrong_field" => StatusCode::UNPROCESSABLE_ENTITY,
            "unreadable" => StatusCode::BAD_REQUEST,
            "conflict" | "sum_changed" | "stopped" | "till_off" => StatusCode::CONFLICT,
            "till_silent" | "busy" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn as_json(&self) -> Value {
        let message = self.lang.word_about(&format!("api-{}", self.code), &self.about);
        json!({ "error": { "code": self.code, "about": self.about, "message": message } })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.about)
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status());
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            answer.insert_header((RETRY_AFTER, "5"));
        }
        answer.json(self.as_json())
    }
}

impl From<Error> for Fault {
    fn from(cause: Error) -> Fault {
        match cause {
            Error::NotFound(noun) => Fault::new("not_found", noun),
            Error::Conflict("iiko-no-key") => Fault::new("till_off", ""),
            Error::Conflict(key) => Fault::new("conflict", key),
            Error::Busy(_) => Fault::new("busy", ""),
            cause => {
                tracing::error!(%cause, "an API request failed");
                Fault::new("internal", "")
            }
        }
    }
}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Fault {
        match wrong {
            Wrong::Field(at) => Fault::new("wrong_field", at),
            Wrong::Stopped(at) => Fault::new("stopped", at),
            Wrong::Number => Fault::new("conflict", "external_number"),
            Wrong::Sum(now) => Fault::new("sum_changed", now.to_string()),
        }
    }
}

/// The till did not answer, or not as it should: the caller may ask again.
impl From<till::Fault> for Fault {
    fn from(fault: till::Fault) -> Fault {
        Fault::new("till_silent", fault.kind.code())
    }
}

/// What a handler made of it: JSON either way. An error is an answer like any other here; the panel's door would draw a
/// page of it.
pub fn answer(req: &HttpRequest, outcome: Result<Value, Fault>) -> HttpResponse {
    match outcome {
        Ok(body) => HttpResponse::Ok().json(body),
        Err(fault) => fault.told(req).error_response(),
    }
}
