//! Lists drawn a moment ago. The screens of a shift show one list and ask for it again every few seconds; it is drawn and packed
//! once. All it was drawn from lies beside it and is compared, so nothing has to tell when it is out of date.
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono_tz::Tz;
use hashlink::LruCache;
use uuid::Uuid;

use crate::lang::Lang;
use crate::web::pack::Piece;

/// Who looks, and for what: the newest list of each is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    pub venue: Uuid,
    pub lang: Lang,
    /// Whether guests are shown.
    pub guests: bool,
    /// As it stands in the address.
    pub search: String,
}

/// What else a list is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// As the database told them.
    pub orders: String,
    /// Since 1970: «12 min ago» is true for one.
    pub minute: i64,
    pub zone: Tz,
    pub iiko_is_on: bool,
}

#[derive(Debug)]
pub struct Drawn {
    pub ground: Ground,
    pub listing: Piece,
    /// What the page will say is shown, see [`super::fresh`].
    pub known: String,
}

/// Lists kept, some 40 KB each.
const MOST: usize = 128;

static KEPT: LazyLock<Mutex<LruCache<Look, Arc<Drawn>>>> = LazyLock::new(|| Mutex::new(LruCache::new(MOST)));

/// The list as it was drawn from the very same.
pub fn again(look: &Look, ground: &Ground) -> Option<Arc<Drawn>> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let drawn = kept.get(look).cloned();
    drop(kept);
    drawn.filter(|drawn| drawn.ground == *ground)
}

pub fn keep(look: Look, drawn: Drawn) -> Arc<Drawn> {
    let drawn = Arc::new(drawn);
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(look, drawn.clone());
    drawn
}
