//! One call over HTTP: what is due, the answer, what the wire does to it, and a line on the tape.
use std::convert::Infallible;
use std::io;
use std::time::{Duration, Instant};

use actix_web::body::{BodyStream, SizedStream};
use actix_web::http::{StatusCode, header};
use actix_web::rt::time::sleep;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::answer::Answer;
use super::key::Key;
use super::mischief::{Fault, Trouble};
use super::serve::Sandbox;
use super::tape::Call;
use super::{clock, cloud, id};

/// Every `/api/…` path.
pub async fn call(sandbox: Data<Sandbox>, asked: HttpRequest, body: Bytes) -> HttpResponse {
    let (at_ms, started) = (clock::now_ms(), Instant::now());
    let path = asked.path().to_owned();
    let key = whose(&sandbox, &asked, &body);
    let (wait, fault) = sandbox.mischief().due(&path, key.as_ref().map(|key| key.text.as_str()));
    if let Some(wait) = wait {
        sleep(wait).await;
    }
    let answer = spoiled(fault.as_ref(), || truth(&sandbox, &asked, &body, fault.as_ref()));
    sandbox.tape().record(Call {
        at_ms,
        took_ms: started.elapsed().as_millis(),
        method: asked.method().to_string(),
        path,
        headers: said_headers(&asked),
        request: body,
        request_length: 0,
        status: if hangs_up(fault.as_ref()) { 0 } else { answer.status },
        answer: answer.body.clone(),
        answer_length: 0,
        fault: fault.as_ref().map(Fault::name).or(wait.map(|_| "slow")),
        key: key.map(|key| key.name).unwrap_or_default(),
    });
    if fault == Some(Fault::Silent) {
        // whoever asks has hung up long before
        sleep(Duration::from_secs(600)).await;
    }
    sent(answer, fault)
}

fn truth(sandbox: &Sandbox, asked: &HttpRequest, body: &[u8], fault: Option<&Fault>) -> Answer {
    if asked.method() != actix_web::http::Method::POST {
        return Answer::bare(405);
    }
    cloud::answer(&mut sandbox.world(), asked.path(), token_of(asked), body, fault)
}

fn token_of(asked: &HttpRequest) -> Option<&str> {
    let said = asked.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    said.and_then(|said| said.strip_prefix("Bearer ")).map(str::trim)
}

/// The key that asks: its token's, or the one it signs in with.
fn whose(sandbox: &Sandbox, asked: &HttpRequest, body: &[u8]) -> Option<Key> {
    if let Some(token) = token_of(asked) {
        return sandbox.world().keys.holder(token).cloned();
    }
    let said: Value = serde_json::from_slice(body).ok()?;
    let text = said.get("apiLogin").or(said.get("apiKey"))?.as_str()?;
    sandbox.world().keys.find(text).cloned()
}

fn said_headers(asked: &HttpRequest) -> Vec<(String, String)> {
    let shown = asked.headers().iter().filter(|(name, _)| *name != header::AUTHORIZATION);
    shown
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

/// No byte of an answer leaves.
fn hangs_up(fault: Option<&Fault>) -> bool {
    matches!(fault, Some(Fault::Offline | Fault::Silent | Fault::Command(Trouble::Lost, _)))
}

/// The answer the fault makes of the true one. A call that is refused never reaches the world.
fn spoiled(fault: Option<&Fault>, truth: impl FnOnce() -> Answer) -> Answer {
    match fault {
        Some(Fault::Unauthorized) => Answer::bad_token(),
        Some(Fault::TooManyRequests(after)) => {
            let answer = Answer::error(429, "Too many requests", Some("TOO_MANY_REQUESTS"));
            Answer { retry_after: after.clone(), ..answer }
        }
        Some(Fault::ServerError) => Answer::error(500, "Internal server error", None),
        Some(Fault::BadGateway) => page(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        Some(Fault::Unavailable) => Answer::bare(503),
        Some(Fault::Forbidden) => Answer::error(403, "Access is denied: the license has expired", None),
        Some(Fault::Refused(code)) => Answer::error(400, "The request was not taken", Some(code)),
        Some(Fault::Html) => {
            page(200, "<!doctype html><html><body>Проводятся технические работы</body></html>")
        }
        Some(Fault::Offline | Fault::Silent) => Answer::bare(200),
        Some(Fault::Garbled(garble)) => garble.of(truth()),
        Some(Fault::Empty) => Answer { body: Bytes::new(), ..truth() },
        Some(Fault::Truncated) => halved(truth()),
        Some(Fault::TenFold) => ten_fold(truth()),
        Some(Fault::Deep) => deep(),
        Some(Fault::Command(Trouble::TimedOut, _)) => timed_out(truth()),
        Some(
            Fault::Endless
            | Fault::Bomb
            | Fault::Stalled
            | Fault::Drip
            | Fault::CutOff
            | Fault::Slow(_)
            | Fault::Command(..)
            | Fault::Stale
            | Fault::Missing,
        )
        | None => truth(),
    }
}

fn page(status: u16, html: &'static str) -> Answer {
    Answer { status, body: Bytes::from(html), content_type: "text/html; charset=utf-8", retry_after: None }
}

/// 408 for a command that is accepted all the same: its correlation id is told.
fn timed_out(answer: Answer) -> Answer {
    let Ok(Value::Object(mut said)) = serde_json::from_slice(&answer.body) else { return answer };
    if answer.status != 200 {
        return answer;
    }
    said.insert("errorDescription".into(), "Request timeout".into());
    said.insert("error".into(), Value::Null);
    Answer::json(408, &Value::Object(said))
}

fn halved(mut answer: Answer) -> Answer {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

/// Nine times the body is added inside a field of no known name.
fn ten_fold(answer: Answer) -> Answer {
    let Some(open) = answer.body.strip_suffix(b"}") else { return answer };
    let weight = vec![b'x'; answer.body.len() * 9];
    let body = [open, b",\"sandboxWeight\":\"", &weight, b"\"}"].concat();
    Answer { body: body.into(), ..answer }
}

fn deep() -> Answer {
    const DEPTH: usize = 10_000;
    let (open, close) = ("[".repeat(DEPTH), "]".repeat(DEPTH));
    let text = format!("{{\"correlationId\":\"{}\",\"groups\":{open}{close}}}", id::fresh());
    Answer { body: text.into(), ..Answer::ok(serde_json::json!({})) }
}

fn sent(answer: Answer, fault: Option<Fault>) -> HttpResponse {
    let mut response =
        HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    response.insert_header((header::CONTENT_TYPE, answer.content_type));
    response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if let Some(after) = answer.retry_after {
        response.insert_header((header::RETRY_AFTER, after));
    }
    if hangs_up(fault.as_ref()) {
        return response.body(BodyStream::new(stream::once(async { broken() })));
    }
    match fault {
        Some(Fault::CutOff) => cut_off(response, answer.body),
        Some(Fault::Stalled) => stalled(response, answer.body),
        Some(Fault::Drip) => response.body(BodyStream::new(drip(answer.body))),
        Some(Fault::Bomb) => response.body(BodyStream::new(endless().take(BOMB).boxed_local())),
        Some(Fault::Endless) => response.body(BodyStream::new(endless())),
        _ => response.body(answer.body),
    }
}

/// A body's error makes the server drop the connection.
fn broken() -> io::Result<Bytes> {
    Err(io::Error::new(io::ErrorKind::ConnectionReset, "the sandbox hangs up"))
}

fn cut_off(mut response: actix_web::HttpResponseBuilder, body: Bytes) -> HttpResponse {
    let whole = body.len() as u64;
    let half = body.slice(..body.len() / 2);
    let parts = stream::once(async { Ok(half) }).chain(stream::once(async {
        // long enough for the first half to leave
        sleep(Duration::from_millis(50)).await;
        broken()
    }));
    response.body(SizedStream::new(whole, Box::pin(parts)))
}

/// The first half, and then the line is open and silent.
fn stalled(mut response: actix_web::HttpResponseBuilder, body: Bytes) -> HttpResponse {
    let whole = body.len() as u64;
    let half = body.slice(..body.len() / 2);
    let first = stream::once(async { Ok::<_, io::Error>(half) });
    response.body(SizedStream::new(whole, Box::pin(first.chain(stream::pending()))))
}

fn drip(body: Bytes) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + 'static {
    let bytes: Vec<Bytes> = (0..body.len()).map(|at| body.slice(at..=at)).collect();
    let slowly = stream::iter(bytes).then(|byte| async {
        sleep(Duration::from_secs(1)).await;
        Ok(byte)
    });
    slowly.boxed_local()
}

/// Pieces of a bomb: some 100 MB, packed to half a megabyte.
const BOMB: usize = 1_500;

fn endless() -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + 'static {
    let head = format!("{{\"correlationId\":\"{}\",\"groups\":[{{}}", id::fresh());
    let entry = Bytes::from(",{\"name\":\"и так без конца\"}".repeat(1500));
    stream::once(async { Ok(Bytes::from(head)) }).chain(stream::repeat(entry).map(Ok)).boxed_local()
}
