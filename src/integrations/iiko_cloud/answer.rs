//! One request to iiko and its answer: sent, read under caps, judged.
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::integrations::iiko_cloud::depth;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::settings::Limits;

pub const NOMENCLATURE: &str = "/api/1/nomenclature";

/// What to ask.
pub struct Question<'a> {
    pub path: &'static str,
    pub body: &'a Value,
    pub bearer: Option<&'a SecretString>,
    /// Bytes of the answer, decompressed.
    pub most: u64,
    pub total: Duration,
    /// How long iiko may wait for the till, its `Timeout` header.
    pub told: Duration,
}

/// What came back before it is judged.
pub struct Answer {
    pub status: Option<u16>,
    pub body: Vec<u8>,
    pub took: Duration,
    pub fault: Option<Fault>,
}

/// Sends and reads; `seen` hears how many bytes have come.
pub async fn ask(
    client: &Client,
    base: &str,
    limits: &Limits,
    q: &Question<'_>,
    seen: &(dyn Fn(u64) + Sync),
) -> Answer {
    let started = Instant::now();
    let mut answer = Answer { status: None, body: Vec::new(), took: Duration::ZERO, fault: None };
    let work = async {
        let mut request = client.post(format!("{base}{}", q.path)).json(q.body);
        request = request.header("Timeout", q.told.as_secs().clamp(1, 60).to_string());
        if let Some(token) = q.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {}", token.expose_secret()));
        }
        let response = request.send().await.map_err(|cause| lost(q.path, &cause))?;
        answer.status = Some(response.status().as_u16());
        read(response, limits, q, &mut answer.body, seen).await
    };
    let outcome = tokio::time::timeout(q.total, work).await;
    let fault = match outcome {
        Ok(Ok(())) => None,
        Ok(Err(fault)) => Some(fault),
        Err(_) => Some(Fault::new(
            FaultKind::TimedOut,
            q.path,
            format!("no whole answer within {} s", q.total.as_secs()),
        )),
    };
    answer.fault = fault.map(|fault| with_words(fault, answer.status, &answer.body));
    answer.took = started.elapsed();
    answer
}

/// The body under its caps, then the verdict on status, kind and shape.
async fn read(
    response: Response,
    limits: &Limits,
    q: &Question<'_>,
    body: &mut Vec<u8>,
    seen: &(dyn Fn(u64) + Sync),
) -> Result<(), Fault> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let told = response.content_length().unwrap_or(0);
    if told > q.most {
        return Err(Fault::new(FaultKind::TooBig, q.path, format!("{told} bytes")));
    }
    body.reserve_exact(usize::try_from(told).unwrap_or(0));
    let mut stream = response.bytes_stream();
    loop {
        let next = tokio::time::timeout(limits.read, stream.next()).await;
        let chunk = match next {
            Err(_) => return Err(Fault::new(FaultKind::TimedOut, q.path, "the answer stalled")),
            Ok(None) => break,
            Ok(Some(Err(cause))) => {
                return Err(Fault::new(FaultKind::Truncated, q.path, cause.without_url().to_string()));
            }
            Ok(Some(Ok(chunk))) => chunk,
        };
        if (body.len() + chunk.len()) as u64 > q.most {
            return Err(Fault::new(FaultKind::TooBig, q.path, format!("more than {} bytes", q.most)));
        }
        body.extend_from_slice(&chunk);
        seen(body.len() as u64);
    }
    judge(status, &headers, body, (q.path, limits.depth))
}

fn judge(
    status: u16,
    headers: &HeaderMap,
    body: &[u8],
    (path, depth): (&'static str, usize),
) -> Result<(), Fault> {
    let kind = match status {
        200..=299 => {
            let json =
                headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("json"));
            if !json || !body.trim_ascii_start().starts_with(b"{") {
                return Err(Fault::new(FaultKind::NotJson, path, "the answer is not JSON"));
            }
            if depth::exceeds(body, depth) {
                return Err(Fault::new(FaultKind::TooDeep, path, format!("more than {depth} levels")));
            }
            return Ok(());
        }
        401 | 403 => match missing_right(body) {
            Some(method) => FaultKind::MissingRight { method },
            None => FaultKind::BadKey,
        },
        408 => FaultKind::TimedOut,
        429 => FaultKind::RateLimited,
        500.. => FaultKind::Down,
        _ => FaultKind::Refused,
    };
    let after = retry_after(headers);
    Err(Fault { after, ..Fault::new(kind, path, format!("HTTP {status}")) })
}

/// iiko's own words and correlation id into the fault.
fn with_words(mut fault: Fault, status: Option<u16>, body: &[u8]) -> Fault {
    fault.status = status;
    if let Ok(value) = serde_json::from_slice::<Value>(body.get(..body.len().min(65_536)).unwrap_or_default())
    {
        fault.correlation_id = correlation_id(&value).map(String::into_boxed_str);
        let code = value.get("error").and_then(Value::as_str).filter(|code| code.len() <= 100);
        fault.code = code.map(Box::from);
        let said = ["errorDescription", "message", "error"].iter().find_map(|name| value.get(name)?.as_str());
        if let Some(said) = said {
            // whole: whoever masks it cuts it
            fault.said = said.to_owned();
        }
    }
    fault
}

/// `correlationId` of any answer.
pub fn correlation_id(value: &Value) -> Option<String> {
    let id = value.get("correlationId")?.as_str()?;
    Some(id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect())
}

/// `correlationId` of a large answer without parsing all of it: iiko writes it first.
pub fn correlation_id_of(body: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(body.get(..body.len().min(512)).unwrap_or_default());
    let rest = head.split_once("\"correlationId\"")?.1.split_once('"')?.1;
    let id = rest.split_once('"')?.0;
    Some(id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect())
}

/// «Right api/1/nomenclature is not allowed for this ApiLogin»: a permission, not a dead token.
fn missing_right(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body.get(..body.len().min(4_096)).unwrap_or_default());
    let (_, rest) = text.split_once("Right ")?;
    let (method, _) = rest.split_once(" is not allowed")?;
    Some(method.trim_matches(['\'', '"', '/', ' ']).chars().filter(|c| !c.is_control()).take(100).collect())
}

/// Seconds or an HTTP date; 1 s to 15 min; nonsense says nothing.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            (chrono::DateTime::parse_from_rfc2822(text).ok()?.to_utc() - crate::clock::now()).num_seconds()
        }
    };
    (seconds >= 0).then(|| Duration::from_secs(seconds.clamp(1, 900).unsigned_abs()))
}

/// No answer at all.
fn lost(path: &'static str, cause: &reqwest::Error) -> Fault {
    let kind = if cause.is_timeout() { FaultKind::TimedOut } else { FaultKind::Unreachable };
    let mut said = String::from("no connection");
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(cause);
    while let Some(cause) = source {
        said = cause.to_string();
        source = cause.source();
    }
    Fault { unsent: cause.is_connect(), ..Fault::new(kind, path, said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_answer_names_its_method() {
        let body = br#"{"correlationId":"x","errorDescription":"Right api/1/nomenclature is not allowed for this ApiLogin"}"#;
        assert_eq!(missing_right(body).as_deref(), Some("api/1/nomenclature"));
        assert_eq!(missing_right(b"Token has expired"), None);
    }

    #[test]
    fn retry_after_is_clamped_and_nonsense_ignored() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers).map(|d| d.as_secs())
        };
        assert_eq!((of("0"), of("7"), of("99999")), (Some(1), Some(7), Some(900)));
        assert_eq!((of("-5"), of("soon")), (None, None));
        let date = (crate::clock::now() + chrono::TimeDelta::seconds(40)).to_rfc2822();
        assert!((35..=40).contains(&of(&date).unwrap()));
    }
}
