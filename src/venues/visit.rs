//! A support visit: somebody of support in a venue's panel, under their own name, for a reason, for an hour at most. They look;
//! to change anything they say once more why. The venue's owner is told and can end it.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::{self, Entry};
use crate::clock::Timestamp;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::venues::support_access;
use crate::word::words;
use crate::{all, exec, opt};

/// Minutes a visit lasts at most, and those without a page after which it is over.
pub const MOST: i64 = 60;
const IDLE: i64 = 15;

/// Shortest reason, characters: «разобраться» is one, «.» is not.
pub const REASON: std::ops::RangeInclusive<usize> = 10..=500;

words! {
    /// What a visit is about, from the list.
    pub enum Topic {
        Sync = "sync",
        Orders = "orders",
        Payments = "payments",
        Menu = "menu",
        Staff = "staff",
        SetUp = "set_up",
        Other = "other",
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Visit {
    pub venue_id: Uuid,
    pub id: Uuid,
    pub supporter: Uuid,
    /// The venue's first owner.
    pub on_behalf_of: Uuid,
    pub topic: String,
    pub reason: String,
    pub started_at: Timestamp,
    pub seen_at: Timestamp,
    pub ends_at: Timestamp,
    /// None: they may only look.
    pub change_reason: Option<String>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Uuid>,
}

impl Visit {
    /// When it was over; none: it is under way.
    pub fn over_at(&self, now: Timestamp) -> Option<Timestamp> {
        let by_itself = self.ends_at.min(self.seen_at + TimeDelta::minutes(IDLE));
        self.ended_at.or_else(|| (now >= by_itself).then_some(by_itself))
    }

    /// Minutes until the hour is over, rounded up.
    pub fn minutes_left(&self, now: Timestamp) -> i64 {
        ((self.ends_at - now).num_seconds().max(0) + 59) / 60
    }

    /// Two identities always: support's, and whose panel it is.
    pub fn actor(&self) -> Actor {
        Actor { by: self.supporter, on_behalf_of: Some(self.on_behalf_of), visit: Some(self.id) }
    }

    pub fn may_change(&self) -> bool {
        self.change_reason.is_some()
    }
}

/// Who comes, by which session, and why.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    pub venue: Uuid,
    pub session: Uuid,
    pub supporter: Uuid,
    pub topic: Topic,
    pub reason: &'a str,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT venue_id, id, supporter, on_behalf_of, topic, reason, started_at, seen_at, ends_at, change_reason,
                    ended_at, ended_by FROM visits ",
            $rest
        )
    };
}

/// Begins one; the same session's earlier one here ends. [`Error::Conflict`] where the venue does not let support in, or
/// nobody owns it.
pub async fn begin(c: &mut Conn, new: &New<'_>, now: Timestamp) -> Result<Visit> {
    // decided and held by one statement: an owner who forbids it in this moment comes before, or finds the visit to end
    let until = support_access::enter(c, new.venue, now).await?;
    let owner = owner(c, new.venue).await?;
    if let Some(earlier) = of_session(c, new.venue, new.session).await?
        && end(c, &earlier, Some(new.supporter), now).await?
    {
        let entry = Entry::of(earlier.actor(), new.venue, "visit.ended").object(earlier.id);
        audit::note(c, entry).await?;
    }
    let (id, most) = (Uuid::now_v7(), now + TimeDelta::minutes(MOST));
    exec!(
        c,
        "INSERT INTO visits (venue_id, id, session_id, supporter, on_behalf_of, topic, reason, started_at, seen_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
        new.venue,
        id,
        new.session,
        new.supporter,
        owner,
        new.topic.word(),
        new.reason,
        now,
        until.map_or(most, |until| until.min(most))
    )?;
    tell(c, new.venue, now).await?;
    get(c, new.venue, id).await
}

/// Whose panel it is: the owner of longest standing.
pub async fn owner(c: &mut Conn, venue: Uuid) -> Result<Uuid> {
    let sql = "SELECT user_id FROM members WHERE venue_id = $1 AND role = 'owner' ORDER BY created_at, user_id LIMIT 1";
    Ok(opt!(c, (Uuid,), sql, venue)?.ok_or(Error::Conflict("visit-no-owner"))?.0)
}

/// What every page of the venue tells its owner of visits under way.
async fn tell(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<()> {
    exec!(
        c,
        "UPDATE venues SET visit_until =
           (SELECT max(ends_at) FROM visits WHERE venue_id = $1 AND ended_at IS NULL AND ends_at > $2) WHERE id = $1",
        venue,
        now
    )?;
    Ok(())
}

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Visit> {
    let found = opt!(c, Visit, select!("WHERE venue_id = $1 AND id = $2"), venue, id)?;
    found.ok_or(Error::NotFound("visit"))
}

/// The session's visit here that nobody has ended; its time may have run out.
pub async fn of_session(c: &mut Conn, venue: Uuid, session: Uuid) -> Result<Option<Visit>> {
    let sql = select!(
        "WHERE session_id = $2 AND venue_id = $1 AND ended_at IS NULL
           AND EXISTS (SELECT 1 FROM venues v WHERE v.id = venue_id AND v.closed_at IS NULL) ORDER BY id DESC LIMIT 1"
    );
    Ok(opt!(c, Visit, sql, venue, session)?)
}

/// Whether the session was here within the last day: who is put out is told so, a stranger is told nothing.
pub async fn was_here(c: &mut Conn, venue: Uuid, session: Uuid, now: Timestamp) -> Result<bool> {
    let sql = "SELECT id FROM visits WHERE venue_id = $1 AND session_id = $2 AND started_at > $3 LIMIT 1";
    Ok(opt!(c, (Uuid,), sql, venue, session, now - TimeDelta::days(1))?.is_some())
}

/// They have looked at a page; none: a page has asked by itself, which keeps nobody awake. Says no when it was ended meanwhile.
pub async fn touch(c: &mut Conn, visit: &Visit, at: Option<Timestamp>) -> Result<bool> {
    let sql = "UPDATE visits SET seen_at = coalesce($3, seen_at) WHERE venue_id = $1 AND id = $2 AND ended_at IS NULL";
    Ok(exec!(c, sql, visit.venue_id, visit.id, at)? > 0)
}

/// From now on they may change what is not closed to every visit.
pub async fn allow_changes(c: &mut Conn, visit: &Visit, reason: &str, now: Timestamp) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE visits SET change_reason = $3, changes_since = $4
         WHERE venue_id = $1 AND id = $2 AND ended_at IS NULL AND change_reason IS NULL",
        visit.venue_id,
        visit.id,
        reason,
        now
    )?;
    if touched == 0 { Err(Error::Conflict("visit-ended")) } else { Ok(()) }
}

/// Over at once, also for a page that is being asked for. Ended twice, it stays as it ended first.
pub async fn end(c: &mut Conn, visit: &Visit, by: Option<Uuid>, now: Timestamp) -> Result<bool> {
    let at = visit.over_at(now).unwrap_or(now);
    let sql =
        "UPDATE visits SET ended_at = $3, ended_by = $4 WHERE venue_id = $1 AND id = $2 AND ended_at IS NULL";
    let by = by.filter(|_| at == now);
    // the venue's row first, as where a visit begins: two that come from opposite ends would wait for each other
    exec!(c, "UPDATE venues SET name = name WHERE id = $1", visit.venue_id)?;
    let ended = exec!(c, sql, visit.venue_id, visit.id, at, by)? > 0;
    tell(c, visit.venue_id, now).await?;
    Ok(ended)
}

/// Ends what nobody ended, whose time has run out or whose person has signed out, so that no page goes on telling of it.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    let sql = select!(
        "WHERE ended_at IS NULL AND (ends_at <= $1 OR seen_at <= $2
           OR NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.id = visits.session_id)) ORDER BY id LIMIT 100"
    );
    let over = all!(&mut db.read().await?, Visit, sql, now, now - TimeDelta::minutes(IDLE))?;
    for visit in over {
        let mut tx = db.of(visit.venue_id).begin().await?;
        // before its time it is the supporter who ended it, by signing out
        if end(&mut tx, &visit, Some(visit.supporter), now).await? {
            audit::note(&mut tx, Entry::by_itself(Some(visit.venue_id), "visit.ended").object(visit.id))
                .await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// All visits of the venue that nobody has ended yet.
pub async fn under_way(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<Vec<Visit>> {
    let sql = select!("WHERE venue_id = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY id");
    let open = all!(c, Visit, sql, venue, now)?;
    Ok(open.into_iter().filter(|visit| visit.over_at(now).is_none()).collect())
}

/// A visit as a list shows it.
#[derive(Clone, Debug, FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub visit: Visit,
    pub supporter_name: String,
    pub venue_name: String,
    /// Who ended it; none: its time ran out, or it is under way.
    pub ended_by_name: Option<String>,
}

macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT s.venue_id, s.id, s.supporter, s.on_behalf_of, s.topic, s.reason, s.started_at, s.seen_at, s.ends_at,
                    s.change_reason, s.ended_at, s.ended_by, u.name AS supporter_name, v.name AS venue_name,
                    e.name AS ended_by_name
             FROM visits s JOIN users u ON u.id = s.supporter JOIN venues v ON v.id = s.venue_id
               LEFT JOIN users e ON e.id = s.ended_by ",
            $rest
        )
    };
}

/// The venue's visits, the newest first, fifty at most; before `before` where it is given.
pub async fn of_venue(c: &mut Conn, venue: Uuid, before: Option<Uuid>) -> Result<Vec<Listed>> {
    let sql = listed!("WHERE s.venue_id = $1 AND ($2 IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT 50");
    Ok(all!(c, Listed, sql, venue, before)?)
}

pub async fn listed(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Listed> {
    let found = opt!(c, Listed, listed!("WHERE s.venue_id = $1 AND s.id = $2"), venue, id)?;
    found.ok_or(Error::NotFound("visit"))
}

/// Visits under way over all venues, for support's own page; a hundred at most.
pub async fn everywhere(c: &mut Conn, now: Timestamp) -> Result<Vec<Listed>> {
    let sql = listed!("WHERE s.ended_at IS NULL AND s.ends_at > $1 ORDER BY s.id DESC LIMIT 100");
    let open = all!(c, Listed, sql, now)?;
    Ok(open.into_iter().filter(|one| one.visit.over_at(now).is_none()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_is_over_after_its_hour_or_a_quarter_of_an_hour_without_a_page() {
        let start = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let at = |minutes: i64| start + TimeDelta::minutes(minutes);
        let mut visit = Visit {
            venue_id: Uuid::nil(),
            id: Uuid::nil(),
            supporter: Uuid::nil(),
            on_behalf_of: Uuid::nil(),
            topic: "other".to_owned(),
            reason: String::new(),
            started_at: start,
            seen_at: at(40),
            ends_at: at(60),
            change_reason: None,
            ended_at: None,
            ended_by: None,
        };
        assert_eq!(visit.over_at(at(54)), None);
        assert_eq!(visit.over_at(at(55)), Some(at(55)));
        visit.seen_at = at(59);
        assert_eq!(visit.over_at(at(59)), None);
        assert_eq!(visit.minutes_left(at(59)), 1);
        assert_eq!(visit.over_at(at(61)), Some(at(60)));
        visit.ended_at = Some(at(10));
        assert_eq!(visit.over_at(at(11)), Some(at(10)));
    }
}
