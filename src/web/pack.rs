//! Answers leave packed (gzip). Done here and not by actix: that hands each page to another thread, makes a compressor of its own
//! for it, and sends it in pieces; here a thread keeps its compressor and the page goes out whole. A [`Piece`] that many pages
//! have as it is was packed once.
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use crate::part;
use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Below this the head of a gzip file eats what is won.
const LEAST: usize = 512;

/// A level less is a fifth larger, for a twentieth of a millisecond: a phone waits longer for the bytes than for us.
const LEVEL: u32 = 2;

/// How a gzip file begins: deflate, no name, no time, system unknown (RFC 1952).
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// What stands around a piece: packed each time, so quickly. A piece is packed once, so well.
const AROUND: u32 = 1;
const ONCE: u32 = 9;

thread_local! {
    static WHOLE: RefCell<Compress> = RefCell::new(raw(LEVEL));
    static QUICK: RefCell<Compress> = RefCell::new(raw(AROUND));
}

/// Deflate without a head of its own.
fn raw(level: u32) -> Compress {
    Compress::new(Compression::new(level), false)
}

/// Text that pages of many have as it is, packed once; whoever draws a page with it puts it into the answer's extensions.
#[derive(Clone, Debug)]
pub struct Piece(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    plain: String,
    /// Whole bytes of deflate that look at nothing before them; none: it could not be packed by itself.
    packed: Option<Vec<u8>>,
    sum: Crc,
}

impl Piece {
    pub fn of(plain: String) -> Piece {
        let mut packed = Vec::with_capacity(plain.len() / 3 + 256);
        let done = deflated(&mut raw(ONCE), plain.as_bytes(), FlushCompress::Sync, &mut packed);
        let sum = sum_of(plain.as_bytes());
        Piece(Arc::new(Inner { packed: done.map(|()| packed), plain, sum }))
    }

    /// What of a page stands before it and after it.
    fn around<'a>(&self, page: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        let plain = self.0.plain.as_bytes();
        let at = memchr::memmem::find(page, plain.get(..plain.len().min(64))?)?;
        let (before, rest) = page.split_at_checked(at)?;
        Some((before, rest.strip_prefix(plain)?))
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.plain)
    }
}
part!(Piece);

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
    let piece = res.response().extensions().get::<Piece>().cloned();
    Ok(res.map_body(|head, body| {
        head.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        let plain = match body.try_into_bytes() {
            Ok(plain) => plain,
            Err(stream) => return stream.boxed(),
        };
        match Some(&plain)
            .filter(|plain| takes && plain.len() >= LEAST)
            .and_then(|plain| packed(plain, piece.as_ref()))
        {
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
fn packed(plain: &[u8], piece: Option<&Piece>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(plain.len() / 2 + 256);
    out.extend_from_slice(&HEAD);
    let known = piece.and_then(|piece| Some((piece, piece.0.packed.as_ref()?, piece.around(plain)?)));
    let sum = match known {
        Some((piece, packed, (before, after))) => {
            QUICK.with_borrow_mut(|deflate| {
                deflated(deflate, before, FlushCompress::Sync, &mut out)?;
                out.extend_from_slice(packed);
                deflated(deflate, after, FlushCompress::Finish, &mut out)
            })?;
            let mut sum = sum_of(before);
            sum.combine(&piece.0.sum);
            sum.combine(&sum_of(after));
            sum
        }
        None => {
            WHOLE.with_borrow_mut(|deflate| deflated(deflate, plain, FlushCompress::Finish, &mut out))?;
            sum_of(plain)
        }
    };
    out.extend_from_slice(&sum.sum().to_le_bytes());
    out.extend_from_slice(&sum.amount().to_le_bytes());
    Some(out)
}

fn sum_of(plain: &[u8]) -> Crc {
    let mut sum = Crc::new();
    sum.update(plain);
    sum
}

/// Deflate of this alone, as whole bytes: the last of a file (`Finish`), or with more to come (`Sync`).
fn deflated(deflate: &mut Compress, plain: &[u8], flush: FlushCompress, out: &mut Vec<u8>) -> Option<()> {
    deflate.reset();
    loop {
        out.reserve(plain.len() / 3 + 256);
        let from = plain.get(usize::try_from(deflate.total_in()).ok()?..)?;
        let status = deflate.compress_vec(from, out, flush).ok()?;
        let taken = deflate.total_in() == plain.len() as u64;
        // all of it is out where room was left
        if status == Status::StreamEnd || flush == FlushCompress::Sync && taken && out.len() < out.capacity()
        {
            return Some(());
        }
    }
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
            assert_eq!(unpacked(&packed(plain, None).unwrap()), plain);
        }
        assert!(packed(page.as_bytes(), None).unwrap().len() < page.len() / 20);
    }

    #[test]
    fn a_piece_packed_before_comes_out_where_it_stood() {
        let noise: String = (0..120_000).map(|_| char::from(rand::random_range(b' '..b'~'))).collect();
        for text in ["<tr><td>Стол 5</td></tr>".repeat(900), noise, "!".repeat(70), "!".to_owned()] {
            let piece = Piece::of(text.clone());
            for (before, after) in
                [("<table>".repeat(90), "</table>".repeat(9)), (String::new(), String::new())]
            {
                let page = format!("{before}{piece}{after}");
                assert_eq!(unpacked(&packed(page.as_bytes(), Some(&piece)).unwrap()), page.as_bytes());
                let other = page.replace('!', "?").replace("Стол", "Бар");
                assert_eq!(unpacked(&packed(other.as_bytes(), Some(&piece)).unwrap()), other.as_bytes());
            }
        }
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
