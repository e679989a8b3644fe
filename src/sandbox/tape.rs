//! What was asked and answered, as a tape that runs over its own beginning. Secrets are worded «***last four».
use std::collections::VecDeque;

use actix_web::web::Bytes;
use serde_json::Value;

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    pub at_ms: i64,
    pub took_ms: u128,
    pub method: String,
    pub path: String,
    /// without `Authorization`
    pub headers: Vec<(String, String)>,
    pub request: Bytes,
    /// bytes as they came; `request` may keep less
    pub request_length: usize,
    pub status: u16,
    pub answer: Bytes,
    pub answer_length: usize,
    /// the fault the call met, in the levers' words
    pub fault: Option<&'static str>,
    /// the name of the key that asked; empty: none that is known
    pub key: String,
}

/// The last calls, newest last.
#[derive(Debug)]
pub struct Tape {
    calls: VecDeque<Call>,
    /// at most so many calls
    pub calls_kept: usize,
    /// at most so much of a body
    pub body_kept: usize,
    /// at most so many bytes of bodies in all
    pub bytes_kept: usize,
    /// calls ever made
    pub heard: u64,
}

impl Default for Tape {
    fn default() -> Tape {
        Tape { calls: VecDeque::new(), calls_kept: 200, body_kept: 64 << 10, bytes_kept: 16 << 20, heard: 0 }
    }
}

impl Call {
    /// Neither body was shortened: the call can be held against a schema.
    pub fn is_whole(&self) -> bool {
        self.request.len() == self.request_length && self.answer.len() == self.answer_length
    }

    /// Kilobytes, rounded up.
    pub fn answer_kb(&self) -> usize {
        self.answer_length.div_ceil(1024)
    }
}

impl Tape {
    /// From now on bodies are kept whole, up to `bytes` in all.
    pub fn keep_whole(&mut self, bytes: usize) {
        (self.body_kept, self.bytes_kept) = (usize::MAX, bytes);
    }

    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.iter()
    }

    /// Calls of one path.
    pub fn of(&self, path: &str) -> Vec<&Call> {
        self.calls.iter().filter(|call| call.path == path).collect()
    }

    pub fn clear(&mut self) {
        self.calls.clear();
    }

    pub fn record(&mut self, mut call: Call) {
        self.heard += 1;
        if call.path.ends_with("/access_token") || call.path.contains("/webhooks/") {
            mask(&mut call);
        }
        (call.request_length, call.answer_length) = (call.request.len(), call.answer.len());
        call.request = shortened(call.request, self.body_kept);
        call.answer = shortened(call.answer, self.body_kept);
        self.calls.push_back(call);
        let mut bytes: usize = self.calls.iter().map(|call| call.request.len() + call.answer.len()).sum();
        while self.calls.len() > self.calls_kept || bytes > self.bytes_kept {
            let Some(oldest) = self.calls.pop_front() else { break };
            bytes -= oldest.request.len() + oldest.answer.len();
        }
    }
}

/// The beginning of a body, let go of the rest.
fn shortened(body: Bytes, to: usize) -> Bytes {
    body.get(..to).map_or_else(|| body.clone(), Bytes::copy_from_slice)
}

/// Logins, secrets and tokens are worded by their end, in both bodies (a refusal repeats the login).
fn mask(call: &mut Call) {
    let secrets = [secrets(&call.request), secrets(&call.answer)].concat();
    for body in [&mut call.request, &mut call.answer] {
        let mut text = String::from_utf8_lossy(body).into_owned();
        for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
            let end: Vec<char> = secret.chars().rev().take(4).collect();
            text =
                text.replace(secret.as_str(), &format!("***{}", end.into_iter().rev().collect::<String>()));
        }
        *body = Bytes::from(text);
    }
}

fn secrets(body: &Bytes) -> Vec<String> {
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let named = ["apiLogin", "apiKey", "clientSecret", "token", "authToken"].into_iter();
    named.filter_map(|name| value.get(name)?.as_str().map(str::to_owned)).collect()
}
