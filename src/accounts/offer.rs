//! A secret offered for a second factor: it waits, sealed, in the page that shows it until a code proves that the app has
//! it. Nothing is kept of an offer nobody takes.
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::accounts::second_factor;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::secret::{Place, Seal};

/// How long an offer waits, seconds.
const LIFE: i64 = 3_600;

pub struct Offer {
    pub secret: SecretString,
    /// For the form's hidden field.
    pub sealed: String,
}

/// Opens in one person's one session.
fn place(user: Uuid, session: Uuid) -> Place {
    Place { table: "second_factors", column: "offer", venue: session, row: user }
}

impl Offer {
    pub fn new(seal: &Seal, (user, session): (Uuid, Uuid), now: Timestamp) -> Result<Offer> {
        let secret = second_factor::new_secret();
        let dated = SecretString::from(format!("{} {}", now.timestamp(), secret.expose_secret()));
        let sealed = URL_SAFE_NO_PAD.encode(seal.close(place(user, session), &dated)?);
        Ok(Offer { secret, sealed })
    }

    pub fn open(seal: &Seal, (user, session): (Uuid, Uuid), sealed: &str, now: Timestamp) -> Result<Offer> {
        let over = || Error::Conflict("second-offer-over");
        let blob = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| over())?;
        let dated = seal.open(place(user, session), &blob).map_err(|_| over())?;
        let (at, secret) = dated.expose_secret().split_once(' ').ok_or_else(over)?;
        let age = now.timestamp() - at.parse::<i64>().map_err(|_| over())?;
        if !(0..=LIFE).contains(&age) {
            return Err(over());
        }
        Ok(Offer { secret: SecretString::from(secret.to_owned()), sealed: sealed.to_owned() })
    }
}
