//! «Подтвердите, что это вы»: asked before what decides much, when the last proof is older than ten minutes.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::lang::Lang;
use crate::say;
use crate::web::form::{Field, Problems};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::way;

/// What is asked, and what comes after it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The address that goes on after the proof.
    pub to: String,
    /// The form it gets, sealed.
    pub kept: Option<String>,
    /// A code of the second factor; else the password.
    pub by_code: bool,
    /// A form was refused that cannot be kept.
    pub lost: bool,
}

#[derive(Template)]
#[template(path = "error/prove.html")]
struct ProvePage {
    shell: Shell,
    to: String,
    kept: String,
    lost: bool,
    back: String,
    lead: String,
    field: Field,
}

impl Asked {
    /// The page; `back` is where a person goes who does not want to.
    pub fn drawn(self, shell: Shell, back: &str, status: StatusCode, problems: Problems) -> Reply {
        let lang = shell.lang;
        let lead =
            if self.by_code { say!(lang, "prove-lead-code") } else { say!(lang, "prove-lead-password") };
        let page = ProvePage {
            shell: shell.titled(say!(lang, "prove-title")),
            to: way::local(&self.to).unwrap_or("/").to_owned(),
            kept: self.kept.unwrap_or_default(),
            lost: self.lost,
            back: way::local(back).unwrap_or("/").to_owned(),
            lead,
            field: field(self.by_code, lang).problem(&problems),
        };
        reply::page_as(status, &page)
    }
}

fn field(by_code: bool, lang: Lang) -> Field {
    let field = if by_code {
        Field::text("code", say!(lang, "second-code"))
            .kind("text", "one-time-code")
            .hint(say!(lang, "second-code-hint"))
    } else {
        Field::text("password", say!(lang, "sign-in-password")).kind("password", "current-password")
    };
    field.focused()
}

/// On to what was asked for: the form again with what was typed, or the page.
pub fn on(to: &str, has_form: bool) -> HttpResponse {
    let to = way::local(to).unwrap_or("/");
    if !has_form {
        return reply::see(to);
    }
    HttpResponse::TemporaryRedirect().insert_header(("location", to)).finish()
}
