//! Passwords: argon2id, off the request threads, two at a time, so that a flood of sign-ins does not slow pages.
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;

/// Shortest and longest password, characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

static HASHING: Semaphore = Semaphore::const_new(2);

/// Who waits for a turn or has one; beyond it the panel is busy.
static WAITING: Semaphore = Semaphore::const_new(256);

/// What an unknown address is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now(&crate::secret::random_token()).unwrap_or_default());

fn argon2id() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> Result<String> {
    let hash = argon2id().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|cause| Error::internal(format!("argon2: {cause}")))
}

/// In its turn. Who has hung up meanwhile leaves work that goes on: so the turn goes with the work.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let place = WAITING.try_acquire().map_err(|_| Error::Busy("too many passwords at once".into()))?;
    let turn = HASHING.acquire().await.map_err(|_| Error::internal("hashing is closed"))?;
    let work = move || {
        let done = work();
        drop((place, turn));
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Internal(Box::new(cause)))
}

/// argon2id, m = 19 MiB, t = 2, p = 1; PHC text.
pub async fn hash(password: String) -> Result<String> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the one behind `hash`; without a hash the same work is done and the answer is no.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    let known = hash.is_some();
    let work = move || {
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        PasswordHash::new(&hash)
            .is_ok_and(|parsed| argon2id().verify_password(password.as_bytes(), &parsed).is_ok())
    };
    Ok(in_turn(work).await? && known)
}

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    /// The address, the name, the product, a run of one character or of the keyboard, a telephone, dates, a list of common
    /// passwords.
    Guessable,
}

impl Weak {
    pub fn said(self, lang: Lang) -> String {
        match self {
            Weak::TooShort => say!(lang, "password-too-short", n = LENGTH.start().to_owned()),
            Weak::TooLong => say!(lang, "password-too-long", n = LENGTH.end().to_owned()),
            Weak::Guessable => say!(lang, "password-guessable"),
        }
    }
}

/// No composition rules: length, and nothing an attacker tries first.
pub fn weakness(password: &str, about: &[&str]) -> Option<Weak> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Some(Weak::TooShort);
    }
    if length > *LENGTH.end() {
        return Some(Weak::TooLong);
    }
    let folded = password.to_lowercase();
    let mut distinct: Vec<char> = folded.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let rest = known(about).fold(folded, |rest, word| rest.replace(&stem(&word.to_lowercase()), ""));
    // digits alone are a telephone or dates one after another, whatever their length says
    let numbers = password.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric());
    (numbers
        || distinct.len() < 5
        || rest.chars().filter(|c| c.is_alphanumeric()).count() < 6
        || is_common(password, about))
    .then_some(Weak::Guessable)
}

/// What everybody's guesses begin with.
const KNOWN: [&str; 10] =
    ["password", "qwerty", "йцукен", "пароль", "123456", "maitre", "iiko", "evva", "restaurant", "ресторан"];

/// What the guesses about this person begin with: each of the texts, and each word of theirs.
fn known<'a>(about: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let parts = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    KNOWN.into_iter().chain(about.iter().copied()).chain(parts).filter(|word| word.chars().count() > 2)
}

/// A longer word without its last letter: «Покровке» is in «покровка» too.
fn stem(word: &str) -> String {
    let letters = word.chars().count();
    word.chars().take(if letters > 4 { letters - 1 } else { letters }).collect()
}

/// By lists of common passwords and words, keyboard walks, dates and what is known of the person: fewer than 10⁸ guesses.
/// Of a long text the first 72 characters are looked at: what is strong so far stays so, and it takes no time to speak of.
fn is_common(password: &str, about: &[&str]) -> bool {
    let head: String = password.chars().take(72).collect();
    let words: Vec<&str> = known(about).collect();
    zxcvbn(&head, &words).score() < Score::Three
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_attacker_tries_first_is_weak() {
        assert_eq!(weakness("short", &[]), Some(Weak::TooShort));
        assert_eq!(weakness("aaaaaaaaaaaaaaa", &[]), Some(Weak::Guessable));
        assert_eq!(weakness("password12345", &[]), Some(Weak::Guessable));
        assert_eq!(weakness("anna@example.com1", &["anna@example.com"]), Some(Weak::Guessable));
        for common in [
            "trustno1trustno1",
            "1qaz2wsx3edc4rfv",
            "19031987190319",
            "+7 916 482-35-07",
            "iloveyouiloveyou",
            "football12345",
        ] {
            assert_eq!(weakness(common, &[]), Some(Weak::Guessable), "{common}");
        }
        let about = ["anna.smirnova@example.com", "Анна Смирнова", "Рябина на Покровке"];
        for known in ["annasmirnova2026", "рябинапокровка1", "evvamaitre2026!"] {
            assert_eq!(weakness(known, &about), Some(Weak::Guessable), "{known}");
        }
        for fine in ["борщ с пампушками", "correct horse battery staple", "верная-лошадь-7"]
        {
            assert_eq!(weakness(fine, &about), None, "{fine}");
        }
    }

    #[test]
    fn the_longest_password_is_looked_at_at_once() {
        let started = std::time::Instant::now();
        for long in ["a1".repeat(64), "я".repeat(128), "passwordqwerty12".repeat(8), "😀é".repeat(64)] {
            weakness(&long, &["anna@example.com", "Анна Петрова"]);
        }
        assert!(started.elapsed().as_secs() < 4, "{:?}", started.elapsed());
    }

    #[tokio::test]
    async fn a_hash_matches_its_own_password_only() {
        let made = hash("борщ с пампушками".to_owned()).await.unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("борщ с пампушками".to_owned(), Some(made.clone())).await.unwrap());
        assert!(!matches("борщ без пампушек".to_owned(), Some(made)).await.unwrap());
        assert!(!matches("борщ с пампушками".to_owned(), None).await.unwrap());
    }
}
