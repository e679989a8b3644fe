//! What is known of a request before anyone signs in: language, form token, the word to say, the address it came from.
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use std::future::{Ready, ready};

use crate::error::Error;
use crate::lang::Lang;
use crate::web::flash::{self, Flash};
use crate::web::shell::Shell;
use crate::web::way;

/// Put into the request by the door.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub lang: Lang,
    /// What the hidden field of every form must carry.
    pub token: String,
    pub flash: Option<Flash>,
    pub ip: String,
    pub device: String,
    /// The cookie by which a browser is known to somebody who has signed in with it before; the door reads it.
    pub known_by: Option<String>,
    pub path: String,
    /// The page this person looks at: the one asked for, or the one a form or a part was sent from.
    pub back: String,
    /// htmx asks for a part; a history restore wants the whole page.
    pub wants_part: bool,
    /// A page asked by itself, as it does every few seconds: nobody may be there.
    pub polls: bool,
}

/// The language a person chose before signing in.
pub const LANG_COOKIE: &str = "maitre-lang";

impl Visitor {
    pub fn of(req: &ServiceRequest, token: String, ip: String) -> Visitor {
        let header = |name: &str| req.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        let chosen = req.cookie(LANG_COOKIE).and_then(|c| Lang::of_code(c.value()));
        let wants_part = header("hx-request") == "true" && header("hx-history-restore-request") != "true";
        let path = req.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let from = if wants_part { header("hx-current-url") } else { header("referer") };
        let whole = *req.method() == Method::GET && !wants_part;
        let back = if whole { way::local(&path) } else { way::path_of(from) }.unwrap_or("/").to_owned();
        Visitor {
            lang: chosen.unwrap_or_else(|| Lang::accepted(header("accept-language"))),
            token,
            flash: req.cookie(flash::COOKIE).and_then(|c| flash::read(c.value())),
            ip,
            device: device(header("user-agent")),
            known_by: None,
            path,
            back,
            wants_part,
            polls: wants_part && !header("x-polls").is_empty(),
        }
    }

    /// The layout of a page nobody needs to sign in for.
    pub fn shell(&self) -> Shell {
        Shell {
            lang: self.lang,
            theme: "auto".to_owned(),
            token: self.token.clone(),
            title: String::new(),
            crumbs: Vec::new(),
            venue: None,
            person: None,
            flash: self.flash.clone(),
            visit: None,
            told: None,
        }
    }
}

impl Visitor {
    /// As the door put them there.
    pub fn in_request(req: &HttpRequest) -> Result<Visitor, Error> {
        let visitor = req.extensions().get::<Visitor>().cloned();
        visitor.ok_or_else(|| Error::internal("a request that came past the door"))
    }
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Ready<Result<Visitor, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visitor::in_request(req))
    }
}

/// «Chrome, Windows»: enough for a person to know their own device by.
fn device(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("YaBrowser", "Яндекс Браузер"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
