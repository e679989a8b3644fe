//! Static files, embedded; their address carries a hash of all of them, so a browser keeps them for ever.
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::secret::hex;
use crate::web::reply::Reply;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// htmx as npm gave it to the build; empty where the build found no npm.
const SCRIPTS: &[(&str, &[u8])] = &[("htmx.js", include_bytes!(concat!(env!("OUT_DIR"), "/htmx.js")))];

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut sum = Sha256::new();
    for name in Static::iter() {
        if let Some(file) = Static::get(&name) {
            sum.update(&file.data);
        }
    }
    for (_, bytes) in SCRIPTS {
        sum.update(bytes);
    }
    hex(sum.finalize().get(..8).unwrap_or_default())
});

/// Where each file is asked for; a page names them often.
static URLS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let names = Static::iter().chain(SCRIPTS.iter().map(|(name, _)| (*name).into()));
    names.map(|name| (name.to_string(), format!("/static/{}/{name}", *FINGERPRINT))).collect()
});

/// Where a static file is asked for: `/static/1f…/panel.css`. Empty: there is no such file.
pub fn url(name: &str) -> &'static str {
    URLS.get(name).map(String::as_str).unwrap_or_default()
}

const STYLE: &str = "panel.css";

/// The style, and each icon's shape under a class of its own (`.i-check`): a list says a short class a hundred times, not an svg.
static STYLES: LazyLock<String> = LazyLock::new(|| {
    let text = |name| Static::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let (style, icons) = (text(STYLE).unwrap_or_default(), text("icons.svg").unwrap_or_default());
    let shapes: String = icons.split("<symbol id=\"").skip(1).filter_map(shape).collect();
    format!("{style}\n{shapes}")
});

/// `check" viewBox="…">…</symbol>` as a rule; a style takes an svg as text, without the signs that end it.
fn shape(symbol: &str) -> Option<String> {
    let (name, rest) = symbol.split_once('"')?;
    let (svg, _) = rest.split_once("</symbol>")?;
    let svg = svg.replace('"', "'").replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
    let head = "%3Csvg xmlns='http://www.w3.org/2000/svg'";
    Some(format!(".i-{name}{{--i:url(\"data:image/svg+xml,{head}{svg}%3C/svg%3E\")}}\n"))
}

/// Whether the build embedded htmx; without it the panel works by plain forms and links.
pub fn has_htmx() -> bool {
    SCRIPTS.iter().all(|(_, bytes)| !bytes.is_empty())
}

/// `GET /static/{fingerprint}/{name}`.
pub async fn serve(path: web::Path<(String, String)>) -> Reply {
    let (fingerprint, name) = path.into_inner();
    let body = match SCRIPTS.iter().find(|(script, bytes)| *script == name && !bytes.is_empty()) {
        Some((_, bytes)) => web::Bytes::from_static(bytes),
        None if name == STYLE => web::Bytes::from_static(STYLES.as_bytes()),
        None => web::Bytes::from(Static::get(&name).ok_or(Error::NotFound("file"))?.data.into_owned()),
    };
    let keep = if fingerprint == *FINGERPRINT { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(HttpResponse::Ok()
        .content_type(kind_of(&name))
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((ETAG, format!("\"{}\"", *FINGERPRINT)))
        .body(body))
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_a_class() {
        let icons = Static::get("icons.svg").unwrap();
        let icons = String::from_utf8(icons.data.into_owned()).unwrap();
        assert_eq!(STYLES.matches("{--i:url(").count(), icons.matches("<symbol ").count());
        let check = STYLES.lines().find(|line| line.starts_with(".i-check{")).unwrap();
        assert!(check.contains("viewBox='0 0 20 20'") && check.contains("%3Cpath d='"), "{check}");
        assert!(!check.contains(['<', '>', '#']), "{check}");
    }
}
