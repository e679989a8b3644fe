//! Who may come in: the secret's digest in constant time, from memory, so that a flood of strangers costs the database
//! nothing it writes and little it reads.
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use subtle::{Choice, ConstantTimeEq};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Db;
use crate::error::Result;
use crate::secret::digest;
use crate::webhooks::hook::{self, Lock};

/// How long a lock is believed: a revoked secret works no longer than this on the other instances.
const BELIEVED: Duration = Duration::from_secs(1);
/// Addresses remembered, strangers' among them.
const MOST: usize = 10_000;

#[derive(Default)]
pub struct Door(Mutex<HashMap<Uuid, (Instant, Option<Lock>)>>);

impl Door {
    /// The venue whose address and secret these are. An unknown address and a wrong secret take the same way.
    pub async fn opens(&self, db: &Db, public_id: Uuid, said: &str, now: Timestamp) -> Result<Option<Uuid>> {
        let lock = self.lock(db, public_id).await?;
        let said = digest(said.strip_prefix("Bearer ").unwrap_or(said).trim());
        let nothing = vec![0; said.len()];
        let (new, old) = match &lock {
            Some(lock) => (&lock.token_digest, lock.old_token_digest.as_ref()),
            None => (&nothing, None),
        };
        let old_lives = lock.as_ref().and_then(|lock| lock.old_until).is_some_and(|until| now < until);
        let is_old = old.unwrap_or(&nothing).ct_eq(&said) & Choice::from(u8::from(old_lives));
        let fits = bool::from(new.ct_eq(&said) | is_old);
        Ok(lock.filter(|_| fits).map(|lock| lock.venue_id))
    }

    /// A venue's address or secret changed here.
    pub fn forget(&self, public_id: Uuid) {
        if let Ok(mut known) = self.0.lock() {
            known.remove(&public_id);
        }
    }

    async fn lock(&self, db: &Db, public_id: Uuid) -> Result<Option<Lock>> {
        let known = self.0.lock().ok().and_then(|known| known.get(&public_id).cloned());
        if let Some((at, lock)) = known
            && at.elapsed() < BELIEVED
        {
            return Ok(lock);
        }
        let lock = hook::lock(db, public_id).await?;
        if let Ok(mut known) = self.0.lock() {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(public_id, (Instant::now(), lock.clone()));
        }
        Ok(lock)
    }
}
