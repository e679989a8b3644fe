//! What a run did or would do: the rows of its plan, kept.
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::Result;
use crate::sync::change::Change;
use crate::{all, fill};

/// The rows of a plan, as the run's history.
pub async fn keep(c: &mut Conn, venue: Uuid, run: Uuid, changes: &[Change<'_>]) -> Result<()> {
    let numbered: Vec<(i64, &Change)> = (1..).zip(changes).collect();
    fill!(
        c,
        "INSERT INTO sync_changes (venue_id, run_id, seq, kind, thing, thing_id, iiko_id, name, place, field, was, became, rule, note) ",
        "",
        numbered,
        |numbered, b| {
            let (seq, change) = numbered;
            b.push_bind(venue)
                .push_bind(run)
                .push_bind(*seq)
                .push_bind(change.kind.word())
                .push_bind(change.thing)
                .push_bind(change.thing_id)
                .push_bind(change.iiko_id)
                .push_bind(change.name.as_ref())
                .push_bind(change.place.as_str())
                .push_bind(change.field)
                .push_bind(change.was.as_deref())
                .push_bind(change.became.as_deref())
                .push_bind(change.rule)
                .push_bind(change.note.as_str());
        }
    )?;
    Ok(())
}

/// A kept row.
#[derive(Clone, Debug, FromRow)]
pub struct Kept {
    pub seq: i64,
    pub kind: String,
    pub thing: String,
    pub thing_id: Option<Uuid>,
    pub iiko_id: Option<Uuid>,
    pub name: String,
    pub place: String,
    pub field: Option<String>,
    pub was: Option<String>,
    pub became: Option<String>,
    pub rule: String,
    pub note: String,
}

/// Rows of one kind after `after`, `limit` at most.
pub async fn of_kind(
    c: &mut Conn,
    (venue, run): (Uuid, Uuid),
    kind: &str,
    (after, limit): (i64, i64),
) -> Result<Vec<Kept>> {
    Ok(all!(
        c,
        Kept,
        "SELECT seq, kind, thing, thing_id, iiko_id, name, place, field, was, became, rule, note FROM sync_changes
         WHERE venue_id = $1 AND run_id = $2 AND kind = $3 AND seq > $4 ORDER BY seq LIMIT $5",
        venue,
        run,
        kind,
        after,
        limit
    )?)
}

/// How many rows of each kind a run kept.
pub async fn counts(c: &mut Conn, venue: Uuid, run: Uuid) -> Result<Vec<(String, i64)>> {
    Ok(all!(
        c,
        (String, i64),
        "SELECT kind, count(*) FROM sync_changes WHERE venue_id = $1 AND run_id = $2 GROUP BY kind",
        venue,
        run
    )?)
}
