//! A word said on the page after a redirect: «Сохранено».
use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite, time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::web::reply;
use crate::web::shell::Tone;

/// What happened and how it went.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub said: String,
}

/// One name in both modes: it carries no right, only a sentence for the person it was said to.
pub const COOKIE: &str = "maitre-said";

/// Redirects and says how it went.
pub fn see(path: &str, tone: Tone, said: &str) -> HttpResponse {
    let value = URL_SAFE_NO_PAD.encode(format!("{}|{said}", tone.word()));
    let cookie = Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::minutes(1))
        .finish();
    reply::to(path).cookie(cookie).finish()
}

/// Reads the cookie's value; what is not ours says nothing.
pub fn read(value: &str) -> Option<Flash> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    let (tone, said) = text.split_once('|')?;
    Some(Flash { tone: Tone::of_word(tone)?, said: said.chars().take(400).collect() })
}
