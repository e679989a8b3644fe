//! All venues as support finds them: by name, address or an owner's mail, with how each one is; those in trouble first.
use sqlx::FromRow;

use crate::all;
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::venues::venue::Venue;

/// Venues a page shows.
pub const MOST: i64 = 50;

#[derive(Clone, Debug, FromRow)]
pub struct Found {
    #[sqlx(flatten)]
    pub venue: Venue,
    /// `open`, `until`, `forbidden`.
    pub support_access: String,
    pub support_until: Option<Timestamp>,
    /// The first owner's name; none: nobody owns it.
    pub owner: Option<String>,
}

impl Found {
    pub fn lets_support_in(&self, now: Timestamp) -> bool {
        match self.support_access.as_str() {
            "open" => true,
            "until" => self.support_until.is_some_and(|until| now < until),
            _ => false,
        }
    }
}

/// Those whose name, address or an owner's mail contain `text`, letters of any case; all when it is empty. Trouble first, then
/// by name.
pub async fn search(c: &mut Conn, text: &str) -> Result<Vec<Found>> {
    let folded = text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Ok(all!(
        c,
        Found,
        "SELECT v.id, v.name, v.address, v.time_zone, v.pos_link, v.sync_state, v.menu_synced_at, v.terminal_group_id,
                v.till_away_since, v.payments_waiting, v.payments_person, v.visited_at, v.visit_until,
                v.support_access, v.support_until,
                (SELECT u.name FROM members m JOIN users u ON u.id = m.user_id
                 WHERE m.venue_id = v.id AND m.role = 'owner' ORDER BY m.created_at, m.user_id LIMIT 1) AS owner
         FROM venues v
         WHERE v.closed_at IS NULL AND (v.name_fold LIKE $1 ESCAPE '\\' OR v.address_fold LIKE $1 ESCAPE '\\'
            OR EXISTS (SELECT 1 FROM members m JOIN users u ON u.id = m.user_id
                       WHERE m.venue_id = v.id AND m.role = 'owner' AND u.email_fold LIKE $1 ESCAPE '\\'))
         ORDER BY CASE WHEN v.payments_person > 0 THEN 0 WHEN v.pos_link = 'attention' THEN 1
                       WHEN v.till_away_since IS NOT NULL THEN 2 WHEN v.sync_state = 'held' THEN 3 ELSE 4 END, v.name, v.id
         LIMIT $2",
        format!("%{folded}%"),
        MOST + 1
    )?)
}
