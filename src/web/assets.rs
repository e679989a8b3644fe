//! Static files, embedded; their address carries a hash of all of them, so a browser keeps them for ever.
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

/// Where a static file is asked for: `/static/1f…/panel.css`.
pub fn url(name: &str) -> String {
    format!("/static/{}/{name}", *FINGERPRINT)
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
