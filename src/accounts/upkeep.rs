//! What whoever runs the panel does with a person by its command line: shut them out, let them in again, take away a second
//! factor that is lost.
use serde_json::json;

use crate::accounts::audit::{self, Entry};
use crate::accounts::user::{self, User};
use crate::accounts::{device, second_factor, session};
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// All sessions end, none begins.
    Suspend,
    Restore,
    /// For who has lost both the app and the recovery codes; all sessions end.
    ResetSecondFactor,
    EndSessions,
}

/// Says how many sessions ended.
pub async fn perform(db: &Db, email: &str, deed: Deed, now: Timestamp) -> Result<u64> {
    let mut tx = db.begin().await?;
    let found = user::by_email(&mut tx, email).await?;
    let (person, _) = found.ok_or_else(|| Error::internal("nobody has that address"))?;
    let name = done(&mut tx, &person, deed, now).await?;
    let ended = if deed == Deed::Restore { 0 } else { session::close_all(&mut tx, person.id).await? };
    let entry = Entry {
        venue: None,
        actor: None,
        deed: name,
        object: Some(person.id),
        before: None,
        after: Some(json!({ "email": person.email, "sessions_ended": ended })),
    };
    audit::note(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(ended)
}

async fn done(c: &mut Conn, person: &User, deed: Deed, now: Timestamp) -> Result<&'static str> {
    match deed {
        Deed::Suspend => {
            user::set_suspended(c, person.id, Some(now)).await?;
            device::forget_all(c, person.id).await?;
            Ok("person.suspended")
        }
        Deed::Restore => {
            user::set_suspended(c, person.id, None).await?;
            Ok("person.restored")
        }
        Deed::ResetSecondFactor => {
            if !second_factor::remove(c, person.id).await? {
                return Err(Error::internal("this person has no second factor"));
            }
            Ok("second_factor.reset")
        }
        Deed::EndSessions => Ok("sessions.ended"),
    }
}
