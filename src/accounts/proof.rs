//! Whether what was typed shows whose session it is: the password, or a code where there is a second factor. Counted by the
//! limits of the sign-in.
use serde_json::json;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::accounts::guard::SignedIn;
use crate::accounts::second_factor::{self, By};
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::user::User;
use crate::clock::Timestamp;
use crate::db::conn::Db;
use crate::error::Result;
use crate::secret::Seal;

/// The password of whoever is signed in.
pub async fn by_password(at: &SignedIn, password: &str) -> Result<bool> {
    let attempt = Attempt::of(&at.visitor, &at.person.email, password);
    Ok(sign_in::check(&at.db, attempt, at.now).await?.is_some())
}

/// A code of a person's app, or a recovery code, whose use is noted; `attempt` says from where.
pub async fn by_code(
    (db, seal): (&Db, &Seal),
    person: &User,
    (attempt, code): (Attempt<'_>, &str),
    now: Timestamp,
) -> Result<Option<By>> {
    let counted = sign_in::count(db, &attempt, now).await?;
    let mut tx = db.begin().await?;
    let by = second_factor::take(&mut tx, seal, person.id, code, now).await?;
    if by.is_some() {
        counted.was_right(&mut tx).await?;
    }
    if by == Some(By::RecoveryCode) {
        let left =
            second_factor::standing(&mut tx, person.id).await?.map_or(0, |standing| standing.codes_left);
        let used = Entry::own(Actor::person(person.id), "recovery_code.used").ip(attempt.ip);
        audit::note(&mut tx, used.after(json!({ "left": left }))).await?;
    }
    tx.commit().await?;
    Ok(by)
}
