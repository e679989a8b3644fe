//! One token per key, shared by all who use it; only one of them asks for a new one at a time.
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::integrations::iiko_cloud::login::LoginKind;

/// iiko's tokens live an hour; ours are renewed a little before.
const LIFE: Duration = Duration::from_secs(50 * 60);

#[derive(Clone)]
pub struct Token {
    pub value: SecretString,
    pub login: LoginKind,
    got: Instant,
    /// Counts renewals: «is the one that was refused still the current one?»
    pub number: u64,
}

impl Token {
    pub fn new(value: String, login: LoginKind, number: u64) -> Token {
        Token { value: SecretString::from(value), login, got: Instant::now(), number }
    }

    fn is_fresh(&self) -> bool {
        self.got.elapsed() < LIFE
    }
}

/// The slot of a key. Its lock is held while a token is asked for: the others wait for that one.
#[derive(Default)]
pub struct Slot(pub Mutex<Option<Token>>);

/// The current token, unless it is old or the very one that was refused.
pub fn usable(current: &Option<Token>, refused: Option<u64>) -> Option<Token> {
    current.clone().filter(|token| token.is_fresh() && refused != Some(token.number))
}
