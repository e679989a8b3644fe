//! The client: one [`Gate`] for the process, a [`Till`] per key. Reads are retried with jitter; 401 renews the token once;
//! every attempt is logged, secrets masked.
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use backon::{ExponentialBuilder, Retryable};
use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, RateLimiter};
use reqwest::Client;
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use crate::integrations::iiko_cloud::answer::{Answer, Question, ask, correlation_id_of};
use crate::integrations::iiko_cloud::budget::{Budget, Spends, quota};
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind, first_words};
use crate::integrations::iiko_cloud::login::LoginKind;
use crate::integrations::iiko_cloud::mask;
use crate::integrations::iiko_cloud::methods::EMPLOYEE_INFO;
use crate::integrations::iiko_cloud::settings::Settings;
use crate::integrations::iiko_cloud::token::{Slot, Token, usable};
use crate::integrations::iiko_cloud::webhooks::WEBHOOK_SETTINGS;

/// One attempt, for the journal.
#[derive(Clone, Debug)]
pub struct Call {
    pub at: SystemTime,
    pub path: &'static str,
    /// 1 on the first try.
    pub attempt: u8,
    pub status: Option<u16>,
    pub took: Duration,
    pub bytes: u64,
    pub correlation_id: Option<String>,
    /// Masked, at most 2 KiB.
    pub request: String,
    pub answer: String,
    pub fault: Option<FaultKind>,
}

pub type Log = Arc<dyn Fn(Call) + Send + Sync>;

/// Keys remembered with their token and budget; beyond it those that nobody is using are let go.
const MOST_KEYS: usize = 4_096;

/// Shared by the whole process: connections, and per key the token and the budget.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    client: Client,
    settings: Settings,
    keys: Mutex<HashMap<Vec<u8>, Arc<KeyState>>>,
    by_hand: DefaultKeyedRateLimiter<Uuid>,
}

struct KeyState {
    token: Slot,
    budget: Budget,
}

impl Gate {
    pub fn new(settings: Settings) -> Result<Gate, Fault> {
        // a second provider in one process is refused, which is fine: it is the same one
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(settings.limits.connect)
            .pool_max_idle_per_host(4)
            .build()
            .map_err(|cause| Fault::new(FaultKind::Unreachable, "", cause.to_string()))?;
        let by_hand = RateLimiter::keyed(quota(settings.pace.by_hand));
        Ok(Gate(Arc::new(Inner { client, settings, keys: Mutex::default(), by_hand })))
    }

    /// A till for a key; `login` is the sign-in that worked before. Without a key (it could not be unsealed) every call
    /// answers [`FaultKind::SealedKey`].
    pub fn open(&self, key: Option<&SecretString>, login: Option<LoginKind>, log: Log) -> Till {
        let digest = key.map(|key| crate::secret::digest(key.expose_secret()));
        let state = match (digest, self.0.keys.lock()) {
            (Some(digest), Ok(mut keys)) => {
                if keys.len() >= MOST_KEYS {
                    keys.retain(|_, state| Arc::strong_count(state) > 1);
                }
                keys.entry(digest).or_insert_with(|| self.new_state()).clone()
            }
            _ => self.new_state(),
        };
        Till { gate: self.clone(), key: key.cloned(), login, log, state, until: None }
    }

    /// A try that a person starts by hand, of which a venue has a few a minute; else how long to wait.
    pub fn by_hand(&self, venue: Uuid) -> Result<(), Duration> {
        let limiter = &self.0.by_hand;
        limiter.check_key(&venue).map_err(|not_yet| not_yet.wait_time_from(limiter.clock().now()))
    }

    fn new_state(&self) -> Arc<KeyState> {
        Arc::new(KeyState { token: Slot::default(), budget: Budget::new(&self.0.settings.pace) })
    }
}

/// iiko as one key sees it.
pub struct Till {
    gate: Gate,
    key: Option<SecretString>,
    login: Option<LoginKind>,
    log: Log,
    state: Arc<KeyState>,
    /// When whoever asks stops waiting, over all calls and tries; none: a job, which may wait.
    until: Option<Instant>,
}

/// What a call is: iiko's method, its body, what it spends, its caps.
pub(super) struct Ask<'a> {
    pub(super) path: &'static str,
    pub(super) body: Value,
    pub(super) spends: Spends,
    /// Hears how many bytes have come.
    pub(super) seen: &'a (dyn Fn(u64) + Sync),
}

fn unheard(_: u64) {}

impl Till {
    /// For a person who waits for the page: all calls together take no longer than this, the rest answer
    /// [`FaultKind::TimedOut`].
    pub fn hurried(self, patience: Duration) -> Till {
        Till { until: Some(Instant::now() + patience), ..self }
    }

    async fn in_time<T>(
        &self,
        path: &'static str,
        work: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        let Some(until) = self.until else { return work.await };
        let late = |_| Fault::new(FaultKind::TimedOut, path, "no more time for this page");
        tokio::time::timeout_at(until, work).await.map_err(late)?
    }

    /// Signs in anew; says which of iiko's sign-ins took the key.
    pub async fn sign_in(&self) -> Result<LoginKind, Fault> {
        self.in_time(LoginKind::V1.path(), self.signed_in()).await
    }

    async fn signed_in(&self) -> Result<LoginKind, Fault> {
        let mut slot = self.state.token.0.lock().await;
        *slot = None;
        let token = self.new_token(1).await?;
        let login = token.login;
        *slot = Some(token);
        Ok(login)
    }

    pub(super) async fn call(&self, path: &'static str, body: Value) -> Result<Vec<u8>, Fault> {
        self.retried(&Ask { path, body, spends: Spends::Read, seen: &unheard }).await
    }

    /// Passing faults are tried again, full jitter; a Retry-After is obeyed as long as our patience lasts.
    pub(super) async fn retried(&self, ask: &Ask<'_>) -> Result<Vec<u8>, Fault> {
        let settings = &self.gate.0.settings;
        let pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(200))
            .with_max_delay(Duration::from_secs(5))
            .with_max_times(settings.limits.tries.saturating_sub(1))
            .with_jitter();
        let tries = std::sync::atomic::AtomicU8::new(0);
        let once = || async {
            let attempt = tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            self.authorized(ask, attempt).await
        };
        let tried = once
            .retry(pauses)
            .sleep(tokio::time::sleep)
            .when(|fault: &Fault| {
                fault.kind.is_passing() && fault.after.is_none_or(|after| after <= settings.pace.patience)
            })
            .adjust(|fault: &Fault, pause: Option<Duration>| {
                pause.map(|pause| fault.after.map_or(pause, |after| after.max(pause)))
            });
        self.in_time(ask.path, tried).await
    }

    /// Sends once and never repeats by itself, but for a refused token: then nothing was done. The till is given 15 s by
    /// the request's header, we wait 20 s.
    pub(super) async fn command(&self, path: &'static str, body: Value) -> Result<Vec<u8>, Fault> {
        self.authorized(&Ask { path, body, spends: Spends::Command, seen: &unheard }, 1).await
    }

    /// One try; a refused token is renewed once. Refused twice in a row: the key is dead.
    async fn authorized(&self, ask: &Ask<'_>, attempt: u8) -> Result<Vec<u8>, Fault> {
        let token = self.token(None, attempt).await?;
        match self.once(ask, &token, attempt).await {
            Err(fault) if fault.kind == FaultKind::BadKey => {
                let renewed = self.token(Some(token.number), attempt).await?;
                self.once(ask, &renewed, attempt).await
            }
            outcome => outcome,
        }
    }

    async fn once(&self, ask_for: &Ask<'_>, token: &Token, attempt: u8) -> Result<Vec<u8>, Fault> {
        self.state.budget.turn(ask_for.spends, ask_for.path).await?;
        let limits = &self.gate.0.settings.limits;
        let (most, total) = match ask_for.spends {
            Spends::Menu => (limits.menu_body, limits.menu_total),
            Spends::Command => (limits.body, limits.command_total),
            _ => (limits.body, limits.total),
        };
        let told = if matches!(ask_for.spends, Spends::Command) { total - total / 4 } else { total };
        let question = Question {
            path: ask_for.path,
            body: &ask_for.body,
            bearer: Some(&token.value),
            most,
            total,
            told,
        };
        self.exchanged(&question, attempt, ask_for.seen).await
    }

    /// Sends, logs, answers the body or the fault, both masked.
    async fn exchanged(
        &self,
        q: &Question<'_>,
        attempt: u8,
        seen: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<u8>, Fault> {
        let at = SystemTime::from(crate::clock::now());
        let inner = &self.gate.0;
        let answer = ask(&inner.client, &inner.settings.base, &inner.settings.limits, q, seen).await;
        let mut secrets: Vec<&SecretString> = self.key.iter().collect();
        secrets.extend(inner.settings.app.as_ref().map(|app| &app.secret));
        secrets.extend(q.bearer);
        // the secret of webhooks travels in a request's body
        let carried = q.body.get("authToken").and_then(Value::as_str);
        let carried = carried.map(|token| SecretString::from(token.to_owned()));
        secrets.extend(carried.as_ref());
        (self.log)(logged(q, &answer, (at, attempt), &secrets));
        match answer.fault {
            None => Ok(answer.body),
            Some(mut fault) => {
                // a secret may straddle the cut: mask first
                fault.said = first_words(&mask::all(&fault.said, &secrets));
                Err(fault)
            }
        }
    }

    /// The key's token; `refused` names one that iiko did not take.
    async fn token(&self, refused: Option<u64>, attempt: u8) -> Result<Token, Fault> {
        let mut slot = self.state.token.0.lock().await;
        if let Some(token) = usable(&slot, refused) {
            return Ok(token);
        }
        let number = slot.as_ref().map_or(0, |token| token.number) + 1;
        let mut token = self.new_token(attempt).await?;
        token.number = number;
        *slot = Some(token.clone());
        Ok(token)
    }

    /// Tries iiko's sign-ins in turn; the last refusal is the answer.
    async fn new_token(&self, attempt: u8) -> Result<Token, Fault> {
        let mut refused = Fault::new(FaultKind::BadKey, LoginKind::V1.path(), "no sign-in was tried");
        for login in LoginKind::order(self.login, self.gate.0.settings.app.is_some()) {
            match self.sign_in_by(login, attempt).await {
                Err(fault) if matches!(fault.kind, FaultKind::BadKey | FaultKind::Refused) => {
                    refused = Fault { kind: FaultKind::BadKey, ..fault };
                }
                outcome => return outcome,
            }
        }
        Err(refused)
    }

    async fn sign_in_by(&self, login: LoginKind, attempt: u8) -> Result<Token, Fault> {
        let settings = &self.gate.0.settings;
        let Some(key) = self.key.as_ref().map(SecretString::expose_secret) else {
            return Err(Fault::new(FaultKind::SealedKey, login.path(), "the stored key does not open"));
        };
        self.state.budget.turn(Spends::Token, login.path()).await?;
        let body = match (login, &settings.app) {
            (LoginKind::V2, Some(app)) => {
                json!({ "appId": app.id, "clientSecret": app.secret.expose_secret(), "apiKey": key })
            }
            _ => json!({ "apiLogin": key }),
        };
        let limits = &settings.limits;
        let q = Question {
            path: login.path(),
            body: &body,
            bearer: None,
            most: limits.body,
            total: limits.total,
            told: limits.total,
        };
        let answer = self.exchanged(&q, attempt, &unheard).await?;
        let value: Value = parsed(login.path(), serde_json::from_slice(&answer))?;
        match value.get("token").and_then(Value::as_str).filter(|token| !token.is_empty()) {
            Some(token) => Ok(Token::new(token.to_owned(), login, 1)),
            None => Err(Fault::new(FaultKind::Garbage, login.path(), "an answer without a token")),
        }
    }
}

pub(super) fn parsed<T>(path: &'static str, read: serde_json::Result<T>) -> Result<T, Fault> {
    read.map_err(|cause| {
        let kind = if cause.is_eof() { FaultKind::Truncated } else { FaultKind::Garbage };
        Fault::new(kind, path, cause.to_string())
    })
}

fn logged(
    q: &Question<'_>,
    answer: &Answer,
    (at, attempt): (SystemTime, u8),
    secrets: &[&SecretString],
) -> Call {
    // an answer that was not a refusal holds what it was asked for, even when it is broken off or not called JSON
    let given = answer.status.is_some_and(|status| (200..300).contains(&status));
    let said = match q.bearer {
        // the answer of a sign-in is a secret as a whole
        None if given => "{\"token\":\"•••\"}".to_owned(),
        // a person's phone and address are nobody's reading here
        _ if q.path == EMPLOYEE_INFO && given => "{\"employeeInfo\":\"•••\"}".to_owned(),
        // iiko tells the secret of webhooks in clear
        _ if q.path == WEBHOOK_SETTINGS && given => "{\"authToken\":\"•••\"}".to_owned(),
        _ => mask::head(&answer.body, secrets),
    };
    Call {
        at,
        path: q.path,
        attempt,
        status: answer.status,
        took: answer.took,
        bytes: answer.body.len() as u64,
        correlation_id: correlation_id_of(&answer.body),
        request: mask::head(q.body.to_string().as_bytes(), secrets),
        answer: said,
        fault: answer.fault.as_ref().map(|fault| fault.kind.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(path: &'static str, bearer: Option<&SecretString>, status: u16, body: &str) -> String {
        let q =
            Question { path, body: &json!({}), bearer, most: 0, total: Duration::ZERO, told: Duration::ZERO };
        let fault = Some(Fault::new(FaultKind::NotJson, path, "the answer is not JSON"));
        let answer =
            Answer { status: Some(status), body: body.as_bytes().to_vec(), took: Duration::ZERO, fault };
        logged(&q, &answer, (SystemTime::UNIX_EPOCH, 1), &[]).answer
    }

    #[test]
    fn what_was_given_is_not_kept_even_when_it_is_judged_faulty() {
        let token = SecretString::from("0123456789".to_owned());
        assert!(!kept(LoginKind::V1.path(), None, 200, "{\"token\":\"live-token\"}").contains("live-token"));
        assert!(!kept(EMPLOYEE_INFO, Some(&token), 200, "{\"phone\":\"+79161234567\"").contains("7916"));
        let hooks = kept(WEBHOOK_SETTINGS, Some(&token), 200, "{\"authToken\":\"live-secret\"}");
        assert!(!hooks.contains("live-secret"));
        let refusal = kept(LoginKind::V1.path(), None, 401, "{\"errorDescription\":\"Login is inactive\"}");
        assert!(refusal.contains("Login is inactive"), "a refusal is what the journal is for");
    }

    /// A till that takes the connection and never answers.
    #[tokio::test]
    async fn a_person_who_waits_is_answered_in_time() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", silent.local_addr().unwrap());
        let gate = Gate::new(Settings::at(base)).unwrap();
        let till = gate.open(Some(&"key-0123456789".to_owned().into()), None, Arc::new(|_| ()));
        let till = till.hurried(Duration::from_millis(300));
        let begun = Instant::now();
        for _ in 0..3 {
            assert_eq!(till.organizations().await.unwrap_err().kind, FaultKind::TimedOut);
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }
}
