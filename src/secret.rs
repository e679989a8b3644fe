//! Secrets at rest: sealed with XChaCha20-Poly1305, bound to where they lie, so that a blob moved elsewhere does not open.
use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where a sealed value lies: the associated data of the seal.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    pub venue: Uuid,
    pub row: Uuid,
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        format!("{}|{}|{}|{}", self.table, self.column, self.venue, self.row).into_bytes()
    }
}

/// The blob does not open here: wrong key, wrong place or changed bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct WontOpen;

impl fmt::Display for WontOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sealed value does not open here")
    }
}
impl std::error::Error for WontOpen {}

/// The master key of one installation: 32 bytes that never enter the database.
#[derive(Clone)]
pub struct Seal {
    cipher: XChaCha20Poly1305,
    id: [u8; 4],
    derived: [u8; 32],
}

const NONCE: usize = 24;
const HEAD: usize = 4 + NONCE;

impl Seal {
    pub fn new(master: &[u8; 32]) -> Seal {
        let digest = Sha256::digest([b"maitre key id".as_slice(), master].concat());
        let mut id = [0; 4];
        id.copy_from_slice(digest.get(..4).unwrap_or(&[0; 4]));
        let derived = Sha256::digest([b"maitre form tokens".as_slice(), master].concat()).into();
        Seal { cipher: XChaCha20Poly1305::new(&Key::from(*master)), id, derived }
    }

    /// key id ‖ nonce ‖ ciphertext.
    pub fn close(&self, place: Place, secret: &SecretString) -> Result<Vec<u8>, WontOpen> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &place.bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| WontOpen)?;
        Ok([self.id.as_slice(), &nonce, &sealed].concat())
    }

    pub fn open(&self, place: Place, blob: &[u8]) -> Result<SecretString, WontOpen> {
        let (head, sealed) = blob.split_at_checked(HEAD).ok_or(WontOpen)?;
        let (id, nonce) = head.split_at(4);
        if id != self.id {
            return Err(WontOpen);
        }
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| WontOpen)?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| WontOpen)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| WontOpen)
    }

    /// A token only this installation can make for `subject`; hex. Used for form tokens.
    pub fn token_for(&self, subject: &[u8]) -> String {
        hex(&Sha256::digest([self.derived.as_slice(), subject, &self.derived].concat()))
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

/// What a page may show of a secret: its last four characters.
pub fn tail(secret: &SecretString) -> String {
    let all: Vec<char> = secret.expose_secret().chars().collect();
    if all.len() < 8 { String::new() } else { all.iter().skip(all.len() - 4).collect() }
}

/// 256 random bits for a cookie or a link; only [`digest`] of it is stored.
pub fn random_token() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// SHA-256 of a token: what the database keeps.
pub fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        out
    })
}
