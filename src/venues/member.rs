//! A person's role in a venue.
use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::session::{self, Behind, session_columns, session_from};
use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::secret::digest;
use crate::venues::venue::Venue;
use crate::word::words;
use crate::{all, exec, one, opt};

words! {
    /// Who somebody is in a venue; what each may is in `permission.rs`.
    pub enum Role {
        Owner = "owner",
        Manager = "manager",
        /// «Старший смены»: orders, the queue into the till.
        Lead = "lead",
        /// «Бухгалтер»: money, nothing of guests.
        Accountant = "accountant",
        /// «Контент-редактор»: the menu.
        Content = "content",
        Viewer = "viewer",
    }
}

impl Role {
    /// «владелец».
    pub fn said(self, lang: Lang) -> String {
        lang.word(&format!("role-{}", self.word()))
    }

    /// What the role is for, in one sentence.
    pub fn about(self, lang: Lang) -> String {
        lang.word(&format!("role-{}-about", self.word()))
    }
}

/// A member as the page «Доступы» lists them.
#[derive(Clone, Debug, FromRow)]
pub struct Member {
    pub user_id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
    pub created_at: Timestamp,
}

pub async fn add(c: &mut Conn, venue: Uuid, user: Uuid, role: Role) -> Result<()> {
    exec!(
        c,
        "INSERT INTO members (venue_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (venue_id, user_id) DO UPDATE SET role = excluded.role",
        venue,
        user,
        role.word(),
        clock::now(),
    )?;
    Ok(())
}

/// Takes a person in; one who is in already keeps their role.
pub async fn join(c: &mut Conn, venue: Uuid, user: Uuid, role: Role) -> Result<()> {
    exec!(
        c,
        "INSERT INTO members (venue_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (venue_id, user_id) DO NOTHING",
        venue,
        user,
        role.word(),
        clock::now(),
    )?;
    Ok(())
}

pub async fn role_of(c: &mut Conn, venue: Uuid, user: Uuid) -> Result<Option<Role>> {
    let row =
        opt!(c, (String,), "SELECT role FROM members WHERE venue_id = $1 AND user_id = $2", venue, user)?;
    Ok(row.and_then(|(word,)| Role::of_word(&word)))
}

/// The venue's people, owners first.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Member>> {
    Ok(all!(
        c,
        Member,
        "SELECT m.user_id, u.name, u.email, m.role, m.created_at FROM members m JOIN users u ON u.id = m.user_id
         WHERE m.venue_id = $1
         ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 WHEN 'viewer' THEN 3 ELSE 2 END, u.name, u.id",
        venue
    )?)
}

/// Changes a role, or takes the person out (`None`). The last owner stays: [`Error::Conflict`].
pub async fn set_role(c: &mut Conn, venue: Uuid, user: Uuid, role: Option<Role>) -> Result<()> {
    // one at a time: two owners who demote each other at once would each still see the other as an owner
    exec!(c, "UPDATE venues SET name = name WHERE id = $1", venue)?;
    let touched = match role {
        Some(role) => exec!(
            c,
            "UPDATE members SET role = $3 WHERE venue_id = $1 AND user_id = $2",
            venue,
            user,
            role.word()
        )?,
        None => exec!(c, "DELETE FROM members WHERE venue_id = $1 AND user_id = $2", venue, user)?,
    };
    if touched == 0 {
        return Err(Error::NotFound("member"));
    }
    let (owners,) =
        one!(c, (i64,), "SELECT count(*) FROM members WHERE venue_id = $1 AND role = 'owner'", venue)?;
    if owners == 0 { Err(Error::Conflict("access-last-owner")) } else { Ok(()) }
}

/// A venue and the person's role in it.
#[derive(Clone, Debug, FromRow)]
pub struct Membership {
    #[sqlx(flatten)]
    pub venue: Venue,
    pub role: String,
    /// An owner has seen what was told of support's visits until then.
    pub visits_seen_at: Option<Timestamp>,
    /// The venue lets in nobody without a second factor.
    pub second_factor_required: bool,
}

impl Member {
    pub fn role(&self) -> Role {
        Role::of_word(&self.role).unwrap_or(Role::Viewer)
    }
}

impl Membership {
    pub fn role(&self) -> Role {
        Role::of_word(&self.role).unwrap_or(Role::Viewer)
    }
}

/// The columns of a [`Membership`].
macro_rules! membership {
    () => {
        "v.id, v.name, v.address, v.time_zone, v.pos_link, v.sync_state, v.menu_synced_at,
         v.terminal_group_id, v.till_away_since, v.payments_waiting, v.payments_person,
         v.visited_at, v.visit_until, v.second_factor_required, m.role, m.visits_seen_at"
    };
}

/// The person's open venues by name; `most` of them. It looks across all venues.
pub async fn of_user(db: &Db, user: Uuid, most: i64) -> Result<Vec<Membership>> {
    let sql = concat!(
        "SELECT ",
        membership!(),
        " FROM members m JOIN venues v ON v.id = m.venue_id WHERE m.user_id = $1 AND v.closed_at IS NULL
         ORDER BY v.name, v.id LIMIT $2"
    );
    Ok(all!(&mut db.system().read().await?, Membership, sql, user, most)?)
}

/// Who is behind a cookie and their open venues, `first` (the one asked for) on top, then by name; `most` of them. None: nobody,
/// or somebody of no venue. [`session::find`] and [`of_user`] in one: it runs before every page, and a trip to the database
/// costs more than what is read there. `+ 0`: SQLite looks into a bare limit when it plans, and then plans anew at each run.
pub async fn of_session(
    db: &Db,
    token: &str,
    (first, most): (Uuid, i64),
    now: Timestamp,
) -> Result<Option<(Behind, Vec<Membership>)>> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        session: session::Row,
        #[sqlx(flatten)]
        membership: Membership,
    }
    let sql = concat!(
        "SELECT ",
        session_columns!(),
        ", ",
        membership!(),
        " ",
        session_from!("JOIN members m ON m.user_id = u.id JOIN venues v ON v.id = m.venue_id"),
        " AND v.closed_at IS NULL ORDER BY CASE WHEN v.id = $3 THEN 0 ELSE 1 END, v.name, v.id LIMIT $4 + 0"
    );
    let rows = all!(&mut db.system().read().await?, Row, sql, digest(token), false, first, most)?;
    let (sessions, memberships): (Vec<_>, Vec<_>) =
        rows.into_iter().map(|row| (row.session, row.membership)).unzip();
    let behind = sessions.into_iter().next().and_then(|row| row.alive(now));
    Ok(behind.map(|behind| (behind, memberships)))
}
