//! Answers leave packed (gzip). Done here and not by actix: that hands each page to another thread, makes a compressor of its own
//! for it, and sends it in pieces; here a thread keeps its compressor and the page goes out whole.
use std::cell::RefCell;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Below this the head of a gzip file eats what is won.
const LEAST: usize = 512;

/// A level less is a fifth larger, for a twentieth of a millisecond: a phone waits longer for the bytes than for us.
const LEVEL: u32 = 2;

/// gzip's own: 32 KB of what went before are looked at.
const WINDOW_BITS: u8 = 15;

thread_local! {
    static GZIP: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::new(LEVEL), WINDOW_BITS));
}

pub async fn pass(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let takes = takes_gzip(req.headers());
    let res = next.call(req).await?;
    let packs = is_text(res.headers()) && !res.headers().contains_key(header::CONTENT_ENCODING);
    if !packs || matches!(res.status(), StatusCode::NO_CONTENT | StatusCode::PARTIAL_CONTENT) {
        return Ok(res.map_into_boxed_body());
    }
    Ok(res.map_body(|head, body| {
        head.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        let plain = match body.try_into_bytes() {
            Ok(plain) => plain,
            Err(stream) => return stream.boxed(),
        };
        match packed(&plain).filter(|_| takes && plain.len() >= LEAST) {
            Some(packed) => {
                head.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                BoxBody::new(Bytes::from(packed))
            }
            None => BoxBody::new(plain),
        }
    }))
}

/// Photos are packed already.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || ["json", "javascript", "svg"].iter().any(|text| kind.contains(text))
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        matches!(name.trim(), "gzip" | "x-gzip" | "*") && !refused
    })
}

/// The whole gzip file; none: it could not be made, and the text goes as it is.
fn packed(plain: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(plain.len() / 2 + 256);
    GZIP.with_borrow_mut(|gzip| {
        gzip.reset();
        loop {
            let from = plain.get(usize::try_from(gzip.total_in()).ok()?..)?;
            match gzip.compress_vec(from, &mut out, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(()),
                Status::Ok | Status::BufError => out.reserve(plain.len() / 2 + 256),
            }
        }
    })?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
        plain
    }

    #[test]
    fn what_is_packed_is_what_was() {
        let page = "<tr><td>Стол 5</td></tr>".repeat(3_000);
        let noise: Vec<u8> = (0..200_000).map(|_| rand::random::<u8>()).collect();
        for plain in [page.as_bytes(), noise.as_slice(), page.get(..600).unwrap().as_bytes(), b""] {
            assert_eq!(unpacked(&packed(plain).unwrap()), plain);
        }
        assert!(packed(page.as_bytes()).unwrap().len() < page.len() / 20);
    }

    #[test]
    fn only_who_takes_it_gets_it() {
        let takes = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            takes_gzip(&headers)
        };
        for value in ["gzip", "gzip, deflate, br, zstd", "br;q=1, gzip;q=0.5", "*"] {
            assert!(takes(value), "{value}");
        }
        for value in ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br"] {
            assert!(!takes(value), "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
