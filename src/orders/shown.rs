//! A page of the list with how the venue is looked after, in one answer of one row. sqlx hands each value over by itself, from
//! SQLite's thread to ours: fifty orders of thirteen values took longer than to find them. As one JSON text they are handed
//! over once.
use chrono::DateTime;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::one;
use crate::orders::kind::Kind;
use crate::orders::list::{After, Filter, Payment, latest, led, looked};
use crate::orders::order::Listed;
use crate::orders::status::Status;
use crate::orders::watch::Watch;

/// What the list shows.
#[derive(FromRow)]
pub struct Shown {
    /// The orders as they came, see [`read`]: the same text is the same list.
    #[sqlx(rename = "orders")]
    pub text: String,
    #[sqlx(flatten)]
    pub watch: Watch,
}

/// The orders of a [`Shown`], the newest first.
pub fn read(text: &str) -> Result<Vec<Listed>> {
    let unreadable = |cause| Error::Internal(Box::new(cause));
    let mut orders: Vec<Listed> = serde_json::from_str(text).map_err(unreadable)?;
    // an aggregate promises no order
    orders.sort_by_key(|order| std::cmp::Reverse((order.opened_at, order.id)));
    Ok(orders)
}

/// The orders that `$narrowed` finds, as an array of arrays in the order of [`Listed`]. `$array` makes one, `$id` is the id as
/// a text.
macro_rules! shown {
    ($array:literal, $id:literal, $narrowed:expr) => {
        concat!(
            "SELECT w.looked_at, w.revision, w.revision_at, w.fault, w.fault_said, w.fault_correlation,
                    coalesce(w.unread, 0) AS unread,
                    (SELECT '[' || coalesce(string_agg(CAST(one AS TEXT), ','), '') || ']' FROM (SELECT ",
            $array,
            "(",
            $id,
            ", kind, status, creation, number, place, waiter, guest, phone, sum, paid, opened_at, trouble) AS one
                     FROM orders ",
            $narrowed,
            ") AS found) AS orders
             FROM (SELECT 1) AS here LEFT JOIN order_watches w ON w.venue_id = $1"
        )
    };
}

macro_rules! sqlite {
    ($narrowed:expr) => {
        shown!("json_array", "hex(id)", $narrowed)
    };
}

macro_rules! postgres {
    ($narrowed:expr) => {
        shown!("json_build_array", "id", $narrowed)
    };
}

/// What is narrowed by one thing at most, the venue's newest and the tabs: nothing is asked of a row that does not narrow.
/// `$1` is the venue, `$2` and `$3` the keyset, `$4` the limit, `$5` the word of a kind or a status. SQLite looks into a bare
/// limit when it plans, and then plans anew at each run; into a sum it does not.
macro_rules! bare {
    ($filter:expr, $of:ident) => {
        match $filter {
            Filter { trouble: true, .. } => $of!(bare!("trouble <> '' AND $5 = ''")),
            Filter { status: Some(_), .. } => $of!(bare!("status = $5")),
            Filter { kind: Some(_), .. } => $of!(bare!("kind = $5")),
            _ => $of!(bare!("$5 = ''")),
        }
    };
    ($lead:literal) => {
        concat!(
            "WHERE venue_id = $1 AND ",
            $lead,
            " AND (opened_at, id) < ($2, $3) ORDER BY opened_at DESC, id DESC LIMIT $4 + 0"
        )
    };
}

/// The word of what alone narrows; none: more than one thing does.
fn alone(filter: &Filter) -> Option<&'static str> {
    let rest = Filter { kind: None, status: None, trouble: false, ..filter.clone() };
    match (filter.kind, filter.status, filter.trouble) {
        _ if rest != Filter::default() => None,
        (None, None, _) => Some(""),
        (Some(kind), None, false) => Some(kind.word()),
        (None, Some(status), false) => Some(status.word()),
        _ => None,
    }
}

/// A page after another, the newest first.
pub async fn page(
    c: &mut Conn,
    venue: Uuid,
    filter: &Filter,
    (after, limit): (Option<After>, i64),
) -> Result<Shown> {
    let sql = statement(filter, matches!(c, Conn::Postgres(_)));
    Ok(match alone(filter) {
        Some(word) => {
            let after = after.unwrap_or_else(After::nothing);
            one!(c, Shown, sql, venue, after.opened_at, after.id, limit, word)?
        }
        None => looked!(one, c, Shown, sql, venue, filter, (after, limit))?,
    })
}

/// The text that looks for this.
pub fn statement(filter: &Filter, is_postgres: bool) -> &'static str {
    match (alone(filter).is_some(), is_postgres) {
        (true, false) => bare!(filter, sqlite),
        (true, true) => bare!(filter, postgres),
        (false, false) => led!(filter, sqlite),
        (false, true) => led!(filter, postgres),
    }
}
