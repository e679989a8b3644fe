//! What a decision is made from: a payment, its last attempt, and what else is known of its order.
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::money::Kopecks;
use crate::posting::attempt::{self, Attempt};
use crate::posting::event::Note;
use crate::posting::intent::{self, Intent};
use crate::posting::till::Which;
use crate::{one, opt};

#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub intent: Intent,
    /// The last.
    pub attempt: Option<Attempt>,
    pub order: Which,
    pub around: Around,
}

/// The other payments of the order, and the earlier attempts of this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Around {
    /// Confirmed payments of this sum.
    pub known: i64,
    /// Open attempts of other payments.
    pub busy: i64,
    /// Other payments of this sum, not confirmed, with an attempt that may still land.
    pub rivals: i64,
    /// Attempts of this payment that are over and may still land.
    pub loose: i64,
}

/// What is to be written at once, or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    pub intent: Intent,
    /// A new one, or the last one changed.
    pub attempt: Option<Attempt>,
    pub notes: Vec<Note>,
}

impl Case {
    /// The attempt the order waits for, if it is this payment's.
    pub fn open(&self) -> Option<&Attempt> {
        self.attempt.as_ref().filter(|attempt| attempt.phase.is_open())
    }

    /// How many payments of this sum on the bill are not this one.
    pub fn known(&self) -> i64 {
        self.open().map_or(self.around.known, |attempt| attempt.baseline.max(self.around.known))
    }

    /// One payment too many on the bill can only be this one: an earlier attempt of it landed late.
    pub fn is_sole_claimant(&self) -> bool {
        self.around.loose > 0 && self.around.rivals == 0
    }
}

pub async fn read(c: &mut Conn, venue: Uuid, intent: Uuid) -> Result<Case> {
    let intent = intent::get(c, venue, intent).await?;
    let attempt = attempt::latest(c, venue, intent.id).await?;
    let order = opt!(
        c,
        Which,
        "SELECT iiko_id, pos_id FROM orders WHERE venue_id = $1 AND id = $2",
        venue,
        intent.order_id
    )?;
    let around = around(c, venue, (intent.order_id, intent.id), intent.amount).await?;
    Ok(Case { intent, attempt, order: order.ok_or(Error::NotFound("order"))?, around })
}

pub(super) async fn around(
    c: &mut Conn,
    venue: Uuid,
    (order, id): (Uuid, Uuid),
    amount: Kopecks,
) -> Result<Around> {
    Ok(one!(
        c,
        Around,
        "SELECT (SELECT count(*) FROM payment_intents
                 WHERE venue_id = $1 AND order_id = $2 AND amount = $4 AND state = 'confirmed') AS known,
                (SELECT count(*) FROM posting_attempts
                 WHERE venue_id = $1 AND order_id = $2 AND intent_id <> $3
                   AND state IN ('sending', 'polling', 'proving', 'ambiguous')) AS busy,
                (SELECT count(DISTINCT a.intent_id) FROM posting_attempts a
                 JOIN payment_intents i ON i.venue_id = a.venue_id AND i.id = a.intent_id
                 WHERE a.venue_id = $1 AND a.order_id = $2 AND a.intent_id <> $3 AND i.amount = $4
                   AND i.state <> 'confirmed' AND a.state NOT IN ('landed', 'refused')) AS rivals,
                (SELECT count(*) FROM posting_attempts
                 WHERE venue_id = $1 AND intent_id = $3 AND state IN ('void', 'abandoned')) AS loose",
        venue,
        order,
        id,
        amount
    )?)
}
