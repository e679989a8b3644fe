//! A payment the guest has made, which the till should have exactly once.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::money::Kopecks;
use crate::posting::event::{self, Note, What};
use crate::posting::reason::Reason;
use crate::venues::venue::note_payments;
use crate::word::words;
use crate::{exec, one, opt};

words! {
    pub enum State {
        /// Nothing of it is under way.
        Waiting = "waiting",
        /// An attempt is being made.
        Posting = "posting",
        /// An attempt was made; whether it landed is being found out.
        Unknown = "unknown",
        /// A person decides.
        Person = "person",
        /// Seen on the bill.
        Confirmed = "confirmed",
        /// A person has settled it outside.
        ByHand = "by_hand",
    }
}

words! {
    /// Closing the order, once it is paid.
    pub enum Closing {
        None = "none",
        Due = "due",
        Asked = "asked",
        Closed = "closed",
        /// «Paid, not closed»: a person is told, and it is tried again later; the trouble stays until it is closed.
        Stuck = "stuck",
    }
}

#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Intent {
    pub id: Uuid,
    pub order_id: Uuid,
    /// The payment provider's.
    pub psp_payment_id: String,
    pub amount: Kopecks,
    #[sqlx(try_from = "String")]
    pub state: State,
    /// Not to be touched before.
    pub next_at: Timestamp,
    /// A word of `Hitch` or `Reason`; empty: nothing.
    pub trouble: String,
    /// Looks in a row that did not add up.
    pub puzzled: i64,
    /// Attempts surely refused, and given up as not landed, since a person last decided.
    pub refused: i64,
    pub voided: i64,
    #[sqlx(try_from = "String")]
    pub closing: Closing,
    pub close_correlation: Option<String>,
    pub created_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

/// What the payment provider tells.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Ours.
    pub order: Uuid,
    pub psp_payment_id: &'a str,
    pub amount: Kopecks,
}

impl Intent {
    pub fn new(id: Uuid, new: &New<'_>, at: Timestamp) -> Intent {
        Intent {
            id,
            order_id: new.order,
            psp_payment_id: new.psp_payment_id.to_owned(),
            amount: new.amount,
            state: State::Waiting,
            next_at: at,
            trouble: String::new(),
            puzzled: 0,
            refused: 0,
            voided: 0,
            closing: Closing::None,
            close_correlation: None,
            created_at: at,
            confirmed_at: None,
            version: 1,
        }
    }

    /// Why a person should look; none while the machine goes on alone.
    pub fn reason(&self) -> Option<Reason> {
        matches!(self.state, State::Person | State::Confirmed)
            .then(|| Reason::of_word(&self.trouble))
            .flatten()
    }
}

/// Writes a payment down; told again it is the same one. A payment of the same id with another sum or order is refused.
pub async fn report(c: &mut Conn, venue: Uuid, new: &New<'_>, at: Timestamp) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let made = exec!(
        c,
        "INSERT INTO payment_intents (venue_id, id, order_id, psp_payment_id, amount, state, next_at, trouble, puzzled,
                                      refused, voided, closing, created_at, version)
         VALUES ($1, $2, $3, $4, $5, 'waiting', $6, '', 0, 0, 0, 'none', $6, 1)
         ON CONFLICT (venue_id, psp_payment_id) DO NOTHING",
        venue,
        id,
        new.order,
        new.psp_payment_id,
        new.amount,
        at
    )?;
    if made == 1 {
        event::write(c, venue, id, &[Note::of(What::Reported)], at).await?;
        tell(c, venue).await?;
        return Ok(id);
    }
    let (id, order, amount) = one!(
        c,
        (Uuid, Uuid, Kopecks),
        "SELECT id, order_id, amount FROM payment_intents WHERE venue_id = $1 AND psp_payment_id = $2",
        venue,
        new.psp_payment_id
    )?;
    if (order, amount) == (new.order, new.amount) {
        Ok(id)
    } else {
        Err(Error::Conflict("posting-told-otherwise"))
    }
}

/// What every page of the venue says of its payments: kept up with each change of one, or of what a bill differs in, in its
/// transaction.
pub(super) async fn tell(c: &mut Conn, venue: Uuid) -> Result<()> {
    let (waiting, person) = one!(
        c,
        (i64, i64),
        "SELECT (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state IN ('waiting', 'posting', 'unknown')),
                (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state = 'person')
                  + (SELECT count(*) FROM payment_intents WHERE venue_id = $1 AND state = 'confirmed' AND trouble <> '')
                  + (SELECT count(*) FROM bill_differences WHERE venue_id = $1 AND settled_at IS NULL)",
        venue
    )?;
    note_payments(c, venue, (waiting, person)).await
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Intent> {
    opt!(
        c,
        Intent,
        "SELECT id, order_id, psp_payment_id, amount, state, next_at, trouble, puzzled, refused, voided, closing,
                close_correlation, created_at, confirmed_at, version
         FROM payment_intents WHERE venue_id = $1 AND id = $2",
        venue,
        id
    )?
    .ok_or(Error::NotFound("payment"))
}

/// Writes it as it is now, if it still is what `version` was read as: says no when somebody was faster.
pub async fn change(c: &mut Conn, venue: Uuid, version: i64, intent: &Intent) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE payment_intents
         SET state = $4, next_at = $5, trouble = $6, puzzled = $7, refused = $8, voided = $9, closing = $10,
             close_correlation = $11, confirmed_at = $12, version = version + 1
         WHERE venue_id = $1 AND id = $2 AND version = $3",
        venue,
        intent.id,
        version,
        intent.state.word(),
        intent.next_at,
        intent.trouble.as_str(),
        intent.puzzled,
        intent.refused,
        intent.voided,
        intent.closing.word(),
        intent.close_correlation.as_deref(),
        intent.confirmed_at
    )?;
    if touched == 1 {
        tell(c, venue).await?;
    }
    Ok(touched == 1)
}
