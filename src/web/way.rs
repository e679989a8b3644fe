//! Ways in, out and back: the cookies a browser gets at sign-in and loses at sign-out, and which addresses it may be sent
//! to afterwards.
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::secret::random_token;
use crate::web::door::plain_cookie;
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::visitor::LANG_COOKIE;

/// An address of ours: printable ASCII from a single `/`. `//host`, `/\host` and what a browser strips on the way to them
/// (tabs, line ends) would lead to somebody else's site.
pub fn local(text: &str) -> Option<&str> {
    let ours = text.starts_with('/') && !text.starts_with("//") && text.len() <= 2_000;
    (ours && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')).then_some(text)
}

/// The path of a `Referer` or `HX-Current-URL`.
pub fn path_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    local(rest.get(rest.find('/')?..)?)
}

/// A link as it is sent to somebody: `https://panel.example.com/invite/…`.
pub fn link(req: &HttpRequest, settings: &Settings, path: &str) -> String {
    match &settings.origin {
        Some(origin) => format!("{}{path}", origin.trim_end_matches('/')),
        None => format!("http://{}{path}", req.connection_info().host()),
    }
}

/// The answer that lets a browser in: with a new session, and with a new seed, so that form tokens from before the sign-in are worth
/// nothing after it.
pub fn let_in(settings: &Settings, sid: String, mut answer: HttpResponse) -> Reply {
    for (name, value) in [("sid", sid), ("seed", random_token())] {
        keep(&mut answer, plain_cookie(settings.cookie(name), value, settings.secure))?;
    }
    Ok(answer)
}

/// How long a browser is known, days.
pub const KNOWN: i64 = 90;

/// Lets the browser be known the next time: it carries no right, strangers' guesses only do not make it wait.
pub fn know(settings: &Settings, token: String, mut answer: HttpResponse) -> Reply {
    let mut cookie = plain_cookie(settings.cookie("device"), token, settings.secure);
    cookie.set_max_age(time::Duration::days(KNOWN));
    keep(&mut answer, cookie)?;
    Ok(answer)
}

/// Sends a browser out; nothing of what it was shown stays in its caches.
pub fn let_out(settings: &Settings) -> HttpResponse {
    let mut gone = plain_cookie(settings.cookie("sid"), String::new(), settings.secure);
    gone.make_removal();
    forgotten(reply::to("/login").cookie(gone).finish())
}

/// The same answer; the browser forgets what it was shown.
pub fn forgotten(mut answer: HttpResponse) -> HttpResponse {
    let what = HeaderValue::from_static("\"cache\", \"storage\"");
    answer.headers_mut().insert(HeaderName::from_static("clear-site-data"), what);
    answer
}

/// Remembers the language for pages before the sign-in.
pub fn speak(settings: &Settings, lang: Lang, mut answer: HttpResponse) -> Reply {
    let cookie = Cookie::build(LANG_COOKIE, lang.code())
        .path("/")
        .http_only(true)
        .secure(settings.secure)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(365))
        .finish();
    keep(&mut answer, cookie)?;
    Ok(answer)
}

fn keep(answer: &mut HttpResponse, cookie: Cookie<'static>) -> Result<()> {
    answer.add_cookie(&cookie).map_err(|cause| Error::Internal(Box::new(cause)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_ours_are_local() {
        for ours in ["/", "/venues", "/v/7/menu?q=%D0%B1", "/login#a"] {
            assert_eq!(local(ours), Some(ours));
        }
        for theirs in [
            "",
            "venues",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example/",
            "/a b",
        ] {
            assert_eq!(local(theirs), None, "{theirs:?}");
        }
        assert_eq!(path_of("http://127.0.0.1:8080/v/7/menu?q=1"), Some("/v/7/menu?q=1"));
        assert_eq!(path_of("https://panel.example.com//evil.example"), None);
        assert_eq!(path_of("about:blank"), None);
    }
}
