//! The second factor: codes of an app (TOTP: SHA-1, 6 digits, 30 s, one step either way), each good once; ten recovery codes
//! for who has lost the app. The secret is sealed at rest, of recovery codes only the SHA-256 is kept.
use secrecy::{ExposeSecret, SecretString};
use sqlx::FromRow;
use totp_rs::{Algorithm, Builder, Secret};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::secret::{Place, Seal, digest};
use crate::{exec, fill, opt};

/// Recovery codes a person is given at once.
pub const CODES: usize = 10;

/// What of it a page may show.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Standing {
    pub created_at: Timestamp,
    /// Recovery codes that still work.
    pub codes_left: i64,
}

/// By what a person has shown that it is them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    App,
    RecoveryCode,
}

pub async fn has(c: &mut Conn, user: Uuid) -> Result<bool> {
    Ok(opt!(c, (Uuid,), "SELECT user_id FROM second_factors WHERE user_id = $1", user)?.is_some())
}

pub async fn standing(c: &mut Conn, user: Uuid) -> Result<Option<Standing>> {
    Ok(opt!(
        c,
        Standing,
        "SELECT f.created_at, (SELECT count(*) FROM recovery_codes r WHERE r.user_id = f.user_id AND r.used_at IS NULL)
                AS codes_left
         FROM second_factors f WHERE f.user_id = $1",
        user
    )?)
}

/// A new secret: 160 random bits in base32, as apps take it.
pub fn new_secret() -> SecretString {
    Secret::new_stack(rand::random()).to_base32().into()
}

/// What the app's camera reads.
pub fn address(secret: &SecretString, email: &str) -> String {
    let label: String = email.bytes().map(escaped).collect();
    format!("otpauth://totp/Maitre:{label}?secret={}&issuer=Maitre", secret.expose_secret())
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// The 30 s whose code this is: now, or one step either way.
pub fn step_of(secret: &SecretString, code: &str, now: Timestamp) -> Option<i64> {
    let secret = Secret::try_from_base32(secret.expose_secret()).ok()?;
    let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1);
    let app = app.with_step_duration(30).with_secret(secret).build().ok()?;
    let step = app.check(&tidied(code), u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

/// Without the spaces and dashes people type.
fn tidied(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).take(64).collect()
}

fn place(user: Uuid) -> Place {
    Place { table: "second_factors", column: "secret", venue: Uuid::nil(), row: user }
}

/// Sets it up, or anew; `step` is that of the code which showed that the app has the secret. Answers the recovery codes,
/// which are kept nowhere else.
pub async fn set(
    c: &mut Conn,
    seal: &Seal,
    user: Uuid,
    (secret, step): (&SecretString, i64),
    now: Timestamp,
) -> Result<Vec<String>> {
    exec!(
        c,
        "INSERT INTO second_factors (user_id, secret, last_step, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id) DO UPDATE SET
           secret = excluded.secret, last_step = excluded.last_step, created_at = excluded.created_at",
        user,
        seal.close(place(user), secret)?,
        step,
        now
    )?;
    renew_codes(c, user).await
}

/// Ten new recovery codes, 80 random bits each; the old ones stop working.
pub async fn renew_codes(c: &mut Conn, user: Uuid) -> Result<Vec<String>> {
    exec!(c, "DELETE FROM recovery_codes WHERE user_id = $1", user)?;
    let codes: Vec<String> =
        (0..CODES).map(|_| Secret::new(Box::new(rand::random::<[u8; 10]>())).to_base32()).collect();
    fill!(c, "INSERT INTO recovery_codes (user_id, code_hash) ", "", codes, |code, b| {
        b.push_bind(user).push_bind(digest(code));
    })?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// «ABCD-EFGH-JKLM-NPQR»: to be copied by hand.
pub fn grouped(code: &str) -> String {
    let all: Vec<char> = code.chars().collect();
    all.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Takes a code of the app or a recovery code; each is taken once, also when it comes twice at the same moment.
pub async fn take(c: &mut Conn, seal: &Seal, user: Uuid, code: &str, now: Timestamp) -> Result<Option<By>> {
    let code = tidied(code);
    if looks_like_code(&code) {
        return Ok(take_of_app(c, seal, user, &code, now).await?.then_some(By::App));
    }
    let sql =
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";
    Ok((exec!(c, sql, user, digest(&code), now)? == 1).then_some(By::RecoveryCode))
}

/// Six digits, as an app shows them; anything else may be a recovery code.
pub fn looks_like_code(typed: &str) -> bool {
    let code = tidied(typed);
    code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())
}

async fn take_of_app(c: &mut Conn, seal: &Seal, user: Uuid, code: &str, now: Timestamp) -> Result<bool> {
    let (sealed,) = opt!(c, (Vec<u8>,), "SELECT secret FROM second_factors WHERE user_id = $1", user)?
        .ok_or(Error::NotFound("second factor"))?;
    let Some(step) = step_of(&seal.open(place(user), &sealed)?, code, now) else { return Ok(false) };
    let sql = "UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2";
    Ok(exec!(c, sql, user, step)? == 1)
}

/// Takes it away with its recovery codes; says whether there was one.
pub async fn remove(c: &mut Conn, user: Uuid) -> Result<bool> {
    exec!(c, "DELETE FROM recovery_codes WHERE user_id = $1", user)?;
    Ok(exec!(c, "DELETE FROM second_factors WHERE user_id = $1", user)? == 1)
}
