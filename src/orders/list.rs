//! What a shift looks for, the newest first, a page at a time by keyset: nothing is counted, each lead has its index.
use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use crate::all;
use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::money::Kopecks;
use crate::orders::kind::Kind;
use crate::orders::order::{Listed, Order, select_orders};
use crate::orders::status::Status;

/// What is looked for; everything left empty is every order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<Kind>,
    /// Only those a person should look at.
    pub trouble: bool,
    pub status: Option<Status>,
    pub payment: Option<Payment>,
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    pub table: Option<Uuid>,
    /// Folded to lower case; a part of the name.
    pub waiter: String,
    pub least: Option<Kopecks>,
    pub most: Option<Kopecks>,
    /// The till's number, whole.
    pub number: String,
    /// +7…, whole.
    pub phone: String,
}

/// How a bill stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    Paid,
    Part,
    Unpaid,
}

impl Payment {
    pub const ALL: [Payment; 3] = [Payment::Unpaid, Payment::Part, Payment::Paid];

    pub fn word(self) -> &'static str {
        match self {
            Payment::Paid => "paid",
            Payment::Part => "part",
            Payment::Unpaid => "unpaid",
        }
    }

    pub fn of_word(word: &str) -> Option<Payment> {
        Payment::ALL.into_iter().find(|payment| payment.word() == word)
    }

    /// How an order's bill stands; what iiko does not say counts as not paid.
    pub fn of(order: &Listed) -> Payment {
        match order.paid.unwrap_or_default() {
            _ if order.is_paid() => Payment::Paid,
            paid if paid.0 > 0 => Payment::Part,
            _ => Payment::Unpaid,
        }
    }
}

/// Where the page before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    pub opened_at: Timestamp,
    pub id: Uuid,
}

impl After {
    /// Before the first page: later than any order.
    pub(in crate::orders) fn nothing() -> After {
        After { opened_at: latest(), id: Uuid::max() }
    }
}

pub(in crate::orders) fn latest() -> Timestamp {
    DateTime::UNIX_EPOCH + TimeDelta::days(365 * 8_000)
}

/// The conditions every lead shares; `$1` is the venue, `$2` to `$12` these, `$13` and `$14` the keyset, `$15` the limit.
/// The days are looked up by `$opened`: where something else leads they are no reason to take the index of the newest.
macro_rules! narrowed {
    ($lead:literal) => {
        narrowed!($lead, "coalesce(opened_at, opened_at)")
    };
    ($lead:literal, $opened:literal) => {
        concat!(
            "WHERE venue_id = $1 AND ",
            $lead,
            " AND ($2 = '' OR kind = $2) AND ($3 = '' OR status = $3)
               AND ($4 = '' OR CASE WHEN sum > 0 AND coalesce(paid, 0) >= sum THEN 'paid' WHEN coalesce(paid, 0) > 0 THEN 'part' ELSE 'unpaid' END = $4)
               AND ",
            $opened,
            " >= $5 AND ",
            $opened,
            " < $6 AND ($7 IS NULL OR table_id = $7)
               AND ($8 = '' OR waiter_fold LIKE $8) AND sum >= $9 AND sum <= $10
               AND ($11 = '' OR number = $11) AND ($12 = '' OR phone = $12)
               AND (opened_at, id) < ($13, $14)
             ORDER BY opened_at DESC, id DESC LIMIT $15 + 0"
        )
    };
}

/// The text `$of` makes of what is looked for; what narrows most leads, so that its index serves.
macro_rules! led {
    ($filter:expr, $of:ident) => {{
        #[allow(unused_imports)] // at home it is in reach by itself
        use $crate::orders::list::narrowed;
        match $filter {
            Filter { number, .. } if !number.is_empty() => $of!(narrowed!("number = $11")),
            Filter { phone, .. } if !phone.is_empty() => $of!(narrowed!("phone = $12 AND phone <> ''")),
            Filter { trouble: true, .. } => $of!(narrowed!("trouble <> ''")),
            Filter { status: Some(_), .. } => $of!(narrowed!("status = $3")),
            Filter { kind: Some(_), .. } => $of!(narrowed!("kind = $2")),
            _ => $of!(narrowed!("venue_id = $1", "opened_at")),
        }
    }};
}

/// `$how` (`all!`, `one!`) with everything that `narrowed!` asks for.
macro_rules! looked {
    ($how:ident, $c:expr, $row:ty, $sql:expr, $venue:expr, $filter:expr, ($after:expr, $limit:expr)) => {{
        let (filter, after): (&Filter, After) = ($filter, $after.unwrap_or_else(After::nothing));
        let waiter = match filter.waiter.replace(['%', '_', '\\'], "") {
            name if name.is_empty() => name,
            name => format!("%{name}%"),
        };
        $how!(
            $c,
            $row,
            $sql,
            $venue,
            filter.kind.map(Kind::word).unwrap_or_default(),
            filter.status.map(Status::word).unwrap_or_default(),
            filter.payment.map(Payment::word).unwrap_or_default(),
            filter.from.unwrap_or(DateTime::UNIX_EPOCH),
            filter.to.unwrap_or_else(latest),
            filter.table,
            waiter,
            filter.least.map_or(i64::MIN, |sum| sum.0),
            filter.most.map_or(i64::MAX, |sum| sum.0),
            filter.number.as_str(),
            filter.phone.as_str(),
            after.opened_at,
            after.id,
            $limit
        )
    }};
}
pub(in crate::orders) use {led, looked, narrowed};

/// A page of orders after another.
pub async fn page(
    c: &mut Conn,
    venue: Uuid,
    filter: &Filter,
    (after, limit): (Option<After>, i64),
) -> Result<Vec<Order>> {
    Ok(looked!(all, c, Order, statement(filter), venue, filter, (after, limit))?)
}

/// The text that looks for this.
pub fn statement(filter: &Filter) -> &'static str {
    led!(filter, select_orders)
}

/// What is open on a table, the oldest first.
pub async fn open_at(c: &mut Conn, venue: Uuid, table: Uuid) -> Result<Vec<Order>> {
    Ok(all!(
        c,
        Order,
        select_orders!(
            "WHERE venue_id = $1 AND table_id = $2 AND status NOT IN ('done', 'cancelled') ORDER BY opened_at, id"
        ),
        venue,
        table
    )?)
}
