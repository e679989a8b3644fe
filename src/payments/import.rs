//! Payment types as a sync reads and writes them, in bulk.
use std::borrow::Cow;

use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::payments::method::Group;
use crate::{exec, fill};

/// A payment type to insert, or to write anew.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub code: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub kind: Cow<'a, str>,
    pub processing: Cow<'a, str>,
    pub prints: bool,
    pub deleted: bool,
    pub groups: Vec<Group>,
}

/// What a sync writes.
#[derive(Clone, Debug, Default)]
pub struct Import<'a> {
    pub methods: Vec<Row<'a>>,
    pub vanished: Vec<Uuid>,
}

/// Writes it, in the caller's transaction.
pub async fn write(c: &mut Conn, venue: Uuid, import: &Import<'_>, now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO payment_methods (venue_id, id, iiko_id, code, name, kind, processing, prints, deleted, groups,
           created_at) ",
        " ON CONFLICT (venue_id, id) DO UPDATE SET code = excluded.code, name = excluded.name, kind = excluded.kind,
           processing = excluded.processing, prints = excluded.prints, deleted = excluded.deleted,
           groups = excluded.groups, vanished_at = NULL",
        import.methods,
        |row, b| {
            b.push_bind(venue)
                .push_bind(row.id)
                .push_bind(row.iiko_id)
                .push_bind(row.code.as_ref())
                .push_bind(row.name.as_ref())
                .push_bind(row.kind.as_ref())
                .push_bind(row.processing.as_ref())
                .push_bind(row.prints)
                .push_bind(row.deleted)
                .push_bind(Json(&row.groups))
                .push_bind(now);
        }
    )?;
    for id in &import.vanished {
        exec!(
            c,
            "UPDATE payment_methods SET vanished_at = $3 WHERE venue_id = $1 AND id = $2",
            venue,
            *id,
            now
        )?;
    }
    Ok(())
}
