//! Seating as a sync reads and writes it, in bulk. A known hall or table gets iiko's columns alone.
use std::borrow::Cow;

use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::seating::floor::Floor;
use crate::{all, exec, fill};

#[derive(Clone, Debug, FromRow)]
pub struct OurHall {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub name: String,
    pub position: i64,
    pub floor: Json<Floor>,
    pub vanished: bool,
}

#[derive(Clone, Debug, FromRow)]
pub struct OurTable {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub pos_id: Option<Uuid>,
    pub hall_id: Uuid,
    pub number: i64,
    pub name: String,
    pub seats: i64,
    pub vanished: bool,
}

/// All a plan compares with.
#[derive(Clone, Debug, Default)]
pub struct Ours {
    pub halls: Vec<OurHall>,
    pub tables: Vec<OurTable>,
}

pub async fn load(c: &mut Conn, venue: Uuid) -> Result<Ours> {
    Ok(Ours {
        halls: all!(
            c,
            OurHall,
            "SELECT id, iiko_id, name, position, floor, vanished_at IS NOT NULL AS vanished
             FROM halls WHERE venue_id = $1 ORDER BY position, id",
            venue
        )?,
        tables: all!(
            c,
            OurTable,
            "SELECT id, iiko_id, pos_id, hall_id, number, name, seats, vanished_at IS NOT NULL AS vanished
             FROM tables WHERE venue_id = $1 ORDER BY number, id",
            venue
        )?,
    })
}

/// A hall to insert, or whose iiko columns to write.
#[derive(Clone, Debug)]
pub struct HallRow<'a> {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub name: Cow<'a, str>,
    pub position: i64,
    pub floor: Floor,
}

#[derive(Clone, Debug)]
pub struct TableRow<'a> {
    pub id: Uuid,
    pub iiko_id: Uuid,
    pub pos_id: Option<Uuid>,
    pub hall_id: Uuid,
    pub number: i64,
    pub name: Cow<'a, str>,
    pub seats: i64,
}

/// What a sync writes.
#[derive(Clone, Debug, Default)]
pub struct Import<'a> {
    pub halls: Vec<HallRow<'a>>,
    pub tables: Vec<TableRow<'a>>,
    pub vanished_halls: Vec<Uuid>,
    pub vanished_tables: Vec<Uuid>,
}

/// Writes it, in the caller's transaction.
pub async fn write(c: &mut Conn, venue: Uuid, import: &Import<'_>, now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO halls (venue_id, id, iiko_id, name, position, floor, own_name, created_at) ",
        " ON CONFLICT (venue_id, id) DO UPDATE SET name = excluded.name, position = excluded.position,
           floor = excluded.floor, vanished_at = NULL",
        import.halls,
        |hall, b| {
            b.push_bind(venue)
                .push_bind(hall.id)
                .push_bind(hall.iiko_id)
                .push_bind(hall.name.as_ref())
                .push_bind(hall.position)
                .push_bind(Json(&hall.floor))
                .push_bind("")
                .push_bind(now);
        }
    )?;
    fill!(
        c,
        "INSERT INTO tables (venue_id, id, iiko_id, pos_id, hall_id, number, name, seats, own_name, created_at) ",
        " ON CONFLICT (venue_id, id) DO UPDATE SET pos_id = excluded.pos_id, hall_id = excluded.hall_id,
           number = excluded.number, name = excluded.name, seats = excluded.seats, vanished_at = NULL",
        import.tables,
        |table, b| {
            b.push_bind(venue)
                .push_bind(table.id)
                .push_bind(table.iiko_id)
                .push_bind(table.pos_id)
                .push_bind(table.hall_id)
                .push_bind(table.number)
                .push_bind(table.name.as_ref())
                .push_bind(table.seats)
                .push_bind("")
                .push_bind(now);
        }
    )?;
    for id in &import.vanished_halls {
        exec!(c, "UPDATE halls SET vanished_at = $3 WHERE venue_id = $1 AND id = $2", venue, *id, now)?;
    }
    for id in &import.vanished_tables {
        exec!(c, "UPDATE tables SET vanished_at = $3 WHERE venue_id = $1 AND id = $2", venue, *id, now)?;
    }
    Ok(())
}
