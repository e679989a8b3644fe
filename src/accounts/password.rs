//! Passwords: argon2id, off the request threads, two at a time, so that a flood of sign-ins does not slow pages.
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;

/// Shortest and longest password, characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

static HASHING: Semaphore = Semaphore::const_new(2);

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

/// argon2id, m = 19 MiB, t = 2, p = 1; PHC text.
pub async fn hash(password: String) -> Result<String> {
    let _turn = HASHING.acquire().await.map_err(|_| Error::internal("hashing is closed"))?;
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .map_err(|cause| Error::Internal(Box::new(cause)))?
}

/// Whether the password is the one behind `hash`; without a hash the same work is done and the answer is no.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    let _turn = HASHING.acquire().await.map_err(|_| Error::internal("hashing is closed"))?;
    let known = hash.is_some();
    let work = move || {
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        PasswordHash::new(&hash)
            .is_ok_and(|parsed| argon2id().verify_password(password.as_bytes(), &parsed).is_ok())
    };
    let same = tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Internal(Box::new(cause)))?;
    Ok(same && known)
}

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    /// The address, the name, the product, a run of one character or of the keyboard.
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
    let known =
        ["password", "qwerty", "йцукен", "пароль", "123456", "maitre", "iiko", "restaurant", "ресторан"];
    let rest = known
        .iter()
        .chain(about)
        .filter(|word| word.chars().count() > 2)
        .fold(folded, |rest, word| rest.replace(&word.to_lowercase(), ""));
    (distinct.len() < 5 || rest.chars().filter(|c| c.is_alphanumeric()).count() < 6)
        .then_some(Weak::Guessable)
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
        assert_eq!(weakness("борщ с пампушками", &[]), None);
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
