//! iiko's small dictionaries, as they are there. Nothing of them is ours: orders will name them.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::lang::Lang;
use crate::{all, exec, fill};

/// Kinds in the order of the page; each has its words.
pub const KINDS: [&str; 3] = ["order_type", "discount", "cancel_cause"];

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Entry {
    /// One of [`KINDS`].
    pub kind: String,
    pub iiko_id: Uuid,
    pub name: String,
    pub note: String,
    /// Deleted in iiko, which goes on telling of it.
    pub deleted: bool,
    /// iiko does not tell of it any more.
    pub vanished: bool,
}

/// An entry's note in words: an order type's service, a discount's percent.
pub fn noted(kind: &str, note: &str, lang: Lang) -> String {
    let service = format!("service-{note}");
    match kind {
        "order_type" if lang.has(&service) => lang.word(&service),
        "discount" if !note.is_empty() => format!("{note} %"),
        _ => note.to_owned(),
    }
}

/// All of a venue's, those in use first, by name.
pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Entry>> {
    Ok(all!(
        c,
        Entry,
        "SELECT kind, iiko_id, name, note, deleted, vanished_at IS NOT NULL AS vanished FROM dictionary_entries
         WHERE venue_id = $1
         ORDER BY CASE WHEN deleted OR vanished_at IS NOT NULL THEN 1 ELSE 0 END, name, iiko_id",
        venue
    )?)
}

/// Those of a kind that iiko still has, by name.
pub async fn in_use(c: &mut Conn, venue: Uuid, kind: &str) -> Result<Vec<Entry>> {
    let all = of_venue(c, venue).await?.into_iter();
    Ok(all.filter(|one| one.kind == kind && !one.deleted && !one.vanished).collect())
}

/// What a sync writes.
#[derive(Clone, Debug, Default)]
pub struct Import {
    pub entries: Vec<Entry>,
    pub vanished: Vec<(&'static str, Uuid)>,
}

/// Writes it, in the caller's transaction.
pub async fn write(c: &mut Conn, venue: Uuid, import: &Import, now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO dictionary_entries (venue_id, kind, iiko_id, name, note, deleted) ",
        " ON CONFLICT (venue_id, kind, iiko_id) DO UPDATE SET name = excluded.name, note = excluded.note,
           deleted = excluded.deleted, vanished_at = NULL",
        import.entries,
        |entry, b| {
            b.push_bind(venue)
                .push_bind(&entry.kind)
                .push_bind(entry.iiko_id)
                .push_bind(&entry.name)
                .push_bind(&entry.note)
                .push_bind(entry.deleted);
        }
    )?;
    for (kind, id) in &import.vanished {
        let sql = "UPDATE dictionary_entries SET vanished_at = $4 WHERE venue_id = $1 AND kind = $2 AND iiko_id = $3";
        exec!(c, sql, venue, *kind, *id, now)?;
    }
    Ok(())
}
