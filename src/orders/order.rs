//! One order, and how a later look at it replaces an earlier one: by iiko's version, whatever order the looks come in.
use std::ops::Deref;

use serde::Deserialize;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::money::Kopecks;
use crate::orders::bill::Bill;
use crate::orders::kind::Kind;
use crate::orders::notice;
use crate::orders::status::Status;
use crate::{all, exec, fill, opt};

/// An order as a list shows it.
#[derive(Clone, Debug, FromRow, Deserialize)]
pub struct Listed {
    pub id: Uuid,
    pub kind: String,
    pub status: String,
    /// `in_progress`, `success`, `error`: whether the till took it.
    pub creation: String,
    pub number: String,
    pub place: String,
    pub waiter: String,
    pub guest: String,
    pub phone: String,
    pub sum: Kopecks,
    /// None: iiko does not say.
    pub paid: Option<Kopecks>,
    pub opened_at: Timestamp,
    pub trouble: String,
}

/// An order, without its inside.
#[derive(Clone, Debug, FromRow)]
pub struct Order {
    #[sqlx(flatten)]
    pub listed: Listed,
    pub iiko_id: Uuid,
    /// iiko's own word; empty while it is being made.
    pub iiko_status: String,
    /// iiko `timestamp`, Unix ms.
    pub version: i64,
    pub table_id: Option<Uuid>,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub seen_at: Timestamp,
}

impl Deref for Order {
    type Target = Listed;
    fn deref(&self) -> &Listed {
        &self.listed
    }
}

impl Listed {
    pub fn kind(&self) -> Kind {
        Kind::of_word(&self.kind).unwrap_or(Kind::Table)
    }

    pub fn status(&self) -> Status {
        Status::of_word(&self.status).unwrap_or(Status::New)
    }

    pub fn is_paid(&self) -> bool {
        self.paid.is_some_and(|paid| paid >= self.sum && self.sum.0 > 0)
    }
}

/// What a look at iiko told of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub iiko_id: Uuid,
    pub pos_id: Option<Uuid>,
    pub kind: Kind,
    pub status: Status,
    pub iiko_status: String,
    pub creation: &'static str,
    pub number: String,
    pub version: i64,
    pub table_id: Option<Uuid>,
    pub place: String,
    pub waiter: String,
    pub guest: String,
    pub phone: String,
    pub sum: Kopecks,
    pub paid: Option<Kopecks>,
    /// None: iiko did not say, so the moment it was first seen stands.
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub trouble: &'static str,
    pub bill: Bill,
    pub raw: String,
}

/// Where a look came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// It was sent to us: of the same version with other contents it is only a reason to ask.
    Webhook,
    /// We asked.
    Sweep,
    /// Somebody did it from here.
    Person,
    /// It was placed through our API.
    Us,
}

impl Source {
    fn word(self) -> &'static str {
        match self {
            Source::Webhook => "webhook",
            Source::Sweep => "sweep",
            Source::Person => "person",
            Source::Us => "us",
        }
    }
}

/// What became of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    New(Uuid),
    Changed(Uuid),
    /// Nothing in it is new.
    Same,
    /// We know a later version.
    Older,
    /// The same version with other contents: whoever was told should ask.
    Doubtful,
}

#[derive(FromRow)]
struct Known {
    id: Uuid,
    version: i64,
    status: String,
    sum: Kopecks,
    paid: Option<Kopecks>,
    trouble: String,
    raw: String,
}

/// Takes a look, in the caller's transaction. The version decides in the statement itself: of two looks at once the later
/// stays.
pub async fn take(
    c: &mut Conn,
    venue: Uuid,
    told: &Told,
    (source, now): (Source, Timestamp),
) -> Result<Took> {
    let sql = "SELECT id, version, status, sum, paid, trouble, raw FROM orders WHERE venue_id = $1 AND iiko_id = $2";
    let Some(known) = opt!(c, Known, sql, venue, told.iiko_id)? else {
        let id = Uuid::now_v7();
        fill(c, venue, &[(id, told.clone())], now).await?;
        if opt!(c, Known, sql, venue, told.iiko_id)?.is_none_or(|made| made.id != id) {
            // somebody else's look made it between our two statements
            return Ok(Took::Doubtful);
        }
        note(c, (venue, id), (source, now), ("status", "", told.status.word())).await?;
        if let Some(about) = notice::of_status(told.kind, told.status, true) {
            notice::write(c, (venue, id), about, now).await?;
        }
        return Ok(Took::New(id));
    };
    match told.version.cmp(&known.version) {
        std::cmp::Ordering::Less => return Ok(Took::Older),
        std::cmp::Ordering::Equal if told.raw == known.raw && told.trouble == known.trouble => {
            return Ok(Took::Same);
        }
        // the order is the same, the menu it is read against is another: what was missing is exported now
        std::cmp::Ordering::Equal if told.raw == known.raw => {}
        std::cmp::Ordering::Equal if source == Source::Webhook => return Ok(Took::Doubtful),
        _ => {}
    }
    let took = if told.raw.is_empty() {
        update_bare(c, (venue, known.id), told, now).await?
    } else {
        update(c, (venue, known.id), told, now).await?
    };
    if !took {
        return Ok(Took::Older);
    }
    if told.raw.is_empty() {
        note_status(c, (venue, &known), told, (source, now)).await?;
    } else {
        note_changes(c, (venue, &known), told, (source, now)).await?;
    }
    Ok(Took::Changed(known.id))
}

/// Writes orders that are not known yet, with the ids given; those that somebody wrote meanwhile stay theirs.
pub async fn fill(c: &mut Conn, venue: Uuid, orders: &[(Uuid, Told)], now: Timestamp) -> Result<()> {
    fill!(
        c,
        "INSERT INTO orders (venue_id, id, iiko_id, pos_id, kind, status, iiko_status, creation, number, version, table_id,
                             place, waiter, waiter_fold, guest, phone, sum, paid, opened_at, closed_at, due_at, trouble,
                             body, raw, seen_at) ",
        " ON CONFLICT (venue_id, iiko_id) DO NOTHING",
        orders,
        |row, b| {
            let (id, told) = row;
            b.push_bind(venue)
                .push_bind(id)
                .push_bind(told.iiko_id)
                .push_bind(told.pos_id)
                .push_bind(told.kind.word())
                .push_bind(told.status.word())
                .push_bind(&told.iiko_status)
                .push_bind(told.creation)
                .push_bind(&told.number)
                .push_bind(told.version)
                .push_bind(told.table_id)
                .push_bind(&told.place)
                .push_bind(&told.waiter)
                .push_bind(told.waiter.to_lowercase())
                .push_bind(&told.guest)
                .push_bind(&told.phone)
                .push_bind(told.sum)
                .push_bind(told.paid)
                .push_bind(told.opened_at.unwrap_or(now))
                .push_bind(told.closed_at)
                .push_bind(told.due_at)
                .push_bind(told.trouble)
                .push_bind(Json(&told.bill))
                .push_bind(&told.raw)
                .push_bind(now);
        }
    )?;
    Ok(())
}

async fn update(c: &mut Conn, (venue, id): (Uuid, Uuid), told: &Told, now: Timestamp) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE orders SET pos_id = $3, kind = $4, status = $5, iiko_status = $6, creation = $7, number = $8, version = $9,
           table_id = $10, place = $11, waiter = $12, waiter_fold = $13, guest = $14, phone = $15, sum = $16,
           paid = $17, opened_at = coalesce($18, opened_at), closed_at = $19, due_at = $20, trouble = $21, body = $22,
           raw = $23, seen_at = $24
         WHERE venue_id = $1 AND id = $2 AND version <= $9",
        venue,
        id,
        told.pos_id,
        told.kind.word(),
        told.status.word(),
        told.iiko_status.as_str(),
        told.creation,
        told.number.as_str(),
        told.version,
        told.table_id,
        told.place.as_str(),
        told.waiter.as_str(),
        told.waiter.to_lowercase(),
        told.guest.as_str(),
        told.phone.as_str(),
        told.sum,
        told.paid,
        told.opened_at,
        told.closed_at,
        told.due_at,
        told.trouble,
        Json(&told.bill),
        told.raw.as_str(),
        now
    )?;
    Ok(touched == 1)
}

/// A look without the order's inside (it is being made, or could not be): what was known of it stays.
async fn update_bare(c: &mut Conn, (venue, id): (Uuid, Uuid), told: &Told, now: Timestamp) -> Result<bool> {
    let touched = exec!(
        c,
        "UPDATE orders SET pos_id = coalesce($3, pos_id), creation = $4, version = $5, seen_at = $6,
           status = CASE WHEN $4 = 'error' THEN 'cancelled' ELSE status END, trouble = $7
         WHERE venue_id = $1 AND id = $2 AND version <= $5",
        venue,
        id,
        told.pos_id,
        told.creation,
        told.version,
        now,
        told.trouble
    )?;
    if touched == 1 && told.creation == "error" {
        blame(c, (venue, id), (&told.bill.code, &told.bill.cause)).await?;
    }
    Ok(touched == 1)
}

/// Why it could not be made: iiko's code and words.
async fn blame(c: &mut Conn, (venue, id): (Uuid, Uuid), (code, said): (&str, &str)) -> Result<()> {
    let (bill, _) = bill(c, venue, id).await?;
    let bill = Bill { code: code.to_owned(), cause: said.to_owned(), ..bill };
    exec!(c, "UPDATE orders SET body = $3 WHERE venue_id = $1 AND id = $2", venue, id, Json(&bill))?;
    Ok(())
}

/// An order of ours surely did not get to the till: a code of iiko's or of a fault, and its words.
pub async fn refused(
    c: &mut Conn,
    (venue, id): (Uuid, Uuid),
    (code, said): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    let touched = exec!(
        c,
        "UPDATE orders SET status = 'cancelled', creation = 'error', trouble = 'creation_error'
         WHERE venue_id = $1 AND id = $2 AND creation = 'in_progress'",
        venue,
        id
    )?;
    if touched == 1 {
        blame(c, (venue, id), (code, said)).await?;
        note(c, (venue, id), (Source::Us, now), ("status", "new", "cancelled")).await?;
    }
    Ok(())
}

/// Nobody knows whether an order of ours got to the till: a person has to look there.
pub async fn doubted(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<()> {
    let sql =
        "UPDATE orders SET trouble = 'doubted' WHERE venue_id = $1 AND id = $2 AND creation = 'in_progress'";
    exec!(c, sql, venue, id)?;
    Ok(())
}

async fn note_status(
    c: &mut Conn,
    (venue, known): (Uuid, &Known),
    told: &Told,
    seen: (Source, Timestamp),
) -> Result<()> {
    let at = (venue, known.id);
    if known.status != told.status.word() {
        note(c, at, seen, ("status", &known.status, told.status.word())).await?;
        if let Some(about) = notice::of_status(told.kind, told.status, false) {
            notice::write(c, at, about, seen.1).await?;
        }
    }
    Ok(())
}

/// The changes a person would ask about, each a row of the order's history.
async fn note_changes(
    c: &mut Conn,
    (venue, known): (Uuid, &Known),
    told: &Told,
    seen: (Source, Timestamp),
) -> Result<()> {
    let at = (venue, known.id);
    note_status(c, (venue, known), told, seen).await?;
    if known.sum != told.sum {
        note(c, at, seen, ("sum", &known.sum.0.to_string(), &told.sum.0.to_string())).await?;
    }
    let said = |paid: Option<Kopecks>| paid.map(|paid| paid.0.to_string()).unwrap_or_default();
    if known.paid != told.paid {
        note(c, at, seen, ("paid", &said(known.paid), &said(told.paid))).await?;
        if told.sum.0 > 0 && told.paid.is_some_and(|paid| paid >= told.sum) {
            notice::write(c, at, ("paid", "staff"), seen.1).await?;
        }
    }
    Ok(())
}

async fn note(
    c: &mut Conn,
    (venue, order): (Uuid, Uuid),
    (source, now): (Source, Timestamp),
    (what, was, became): (&str, &str, &str),
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO order_events (venue_id, id, order_id, at, source, what, was, became)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        venue,
        Uuid::now_v7(),
        order,
        now,
        source.word(),
        what,
        was,
        became
    )?;
    Ok(())
}

/// Something a person did from here, once the order shows it: the act's word and the person's name.
pub async fn acted(c: &mut Conn, at: (Uuid, Uuid), (act, name): (&str, &str), now: Timestamp) -> Result<()> {
    note(c, at, (Source::Person, now), ("act", act, name)).await
}

macro_rules! select_orders {
    ($($rest:tt)*) => {
        concat!(
            "SELECT id, iiko_id, kind, status, iiko_status, creation, number, version, table_id, place, waiter, guest, ",
            "phone, sum, paid, opened_at, closed_at, due_at, trouble, seen_at FROM orders ",
            $($rest)*
        )
    };
}
pub(in crate::orders) use select_orders;

pub async fn get(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<Order> {
    opt!(c, Order, select_orders!("WHERE venue_id = $1 AND id = $2"), venue, id)?
        .ok_or(Error::NotFound("order"))
}

/// How an order stands, by iiko's id.
#[derive(Clone, Debug, FromRow)]
pub struct Standing {
    pub version: i64,
    pub status: String,
    pub creation: String,
    pub paid: Option<Kopecks>,
}

pub async fn standing(c: &mut Conn, venue: Uuid, iiko_id: Uuid) -> Result<Option<Standing>> {
    let sql = "SELECT version, status, creation, paid FROM orders WHERE venue_id = $1 AND iiko_id = $2";
    Ok(opt!(c, Standing, sql, venue, iiko_id)?)
}

#[derive(FromRow)]
struct Unseen {
    #[sqlx(flatten)]
    order: Order,
    body: Json<Bill>,
}

/// Open checks with products outside the export, and what is on them; the newest first.
pub async fn unseen(c: &mut Conn, venue: Uuid, most: i64) -> Result<Vec<(Order, Bill)>> {
    let rows = all!(
        c,
        Unseen,
        "SELECT id, iiko_id, kind, status, iiko_status, creation, number, version, table_id, place, waiter, guest, phone, sum,
                paid, opened_at, closed_at, due_at, trouble, seen_at, body FROM orders
         WHERE venue_id = $1 AND trouble = 'unexported' AND trouble <> '' AND status NOT IN ('done', 'cancelled')
         ORDER BY opened_at DESC, id DESC LIMIT $2",
        venue,
        most
    )?;
    Ok(rows.into_iter().map(|row| (row.order, row.body.0)).collect())
}

/// What is on it, and iiko's own JSON.
pub async fn bill(c: &mut Conn, venue: Uuid, id: Uuid) -> Result<(Bill, String)> {
    let sql = "SELECT body, raw FROM orders WHERE venue_id = $1 AND id = $2";
    let row = opt!(c, (Json<Bill>, String), sql, venue, id)?.ok_or(Error::NotFound("order"))?;
    Ok((row.0.0, row.1))
}

/// Those that are not over, as iiko knows them, the longest unseen first; without those of ours that iiko has told nothing
/// of yet.
pub async fn open_ids(c: &mut Conn, venue: Uuid, most: i64) -> Result<Vec<(Uuid, String)>> {
    Ok(all!(
        c,
        (Uuid, String),
        "SELECT iiko_id, kind FROM orders WHERE venue_id = $1 AND status NOT IN ('done', 'cancelled')
           AND NOT (version = 0 AND creation = 'in_progress')
         ORDER BY CASE WHEN trouble = 'missed' THEN 1 ELSE 0 END, seen_at LIMIT $2",
        venue,
        most
    )?)
}

/// Those open on one of iiko's tables, as iiko knows them.
pub async fn open_at_table(c: &mut Conn, venue: Uuid, table: Uuid) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT o.iiko_id FROM orders o JOIN tables t ON t.venue_id = o.venue_id AND t.id = o.table_id
         WHERE o.venue_id = $1 AND t.iiko_id = $2 AND o.status NOT IN ('done', 'cancelled')",
        venue,
        table
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Asked for and not told of, or told of and not readable: what we show of it may be over. A look that tells of it again
/// takes the word back.
pub async fn missed(c: &mut Conn, venue: Uuid, iiko_ids: &[Uuid]) -> Result<()> {
    for id in iiko_ids {
        let sql = "UPDATE orders SET trouble = 'missed' WHERE venue_id = $1 AND iiko_id = $2
                   AND status NOT IN ('done', 'cancelled') AND NOT (version = 0 AND creation = 'in_progress')";
        exec!(c, sql, venue, *id)?;
    }
    Ok(())
}

/// A look that told nothing new: it was there, and unchanged.
pub async fn seen(c: &mut Conn, venue: Uuid, iiko_id: Uuid, now: Timestamp) -> Result<()> {
    exec!(c, "UPDATE orders SET seen_at = $3 WHERE venue_id = $1 AND iiko_id = $2", venue, iiko_id, now)?;
    Ok(())
}

/// A row of an order's history.
#[derive(Clone, Debug, FromRow)]
pub struct Happened {
    pub at: Timestamp,
    pub source: String,
    pub what: String,
    pub was: String,
    pub became: String,
}

/// The newest first.
pub async fn history(c: &mut Conn, venue: Uuid, order: Uuid) -> Result<Vec<Happened>> {
    Ok(all!(
        c,
        Happened,
        "SELECT at, source, what, was, became FROM order_events WHERE venue_id = $1 AND order_id = $2
         ORDER BY id DESC LIMIT 200",
        venue,
        order
    )?)
}
