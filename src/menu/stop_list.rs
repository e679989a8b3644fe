//! The stop list: what the till cannot serve now. Told of a change nobody says of what, so it is read whole: once, when iiko
//! has been quiet for a moment; a slower, older reading never replaces a newer one.
use chrono::TimeDelta;
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, fill, one, opt};

/// Quiet this long, it is read …
const QUIET: TimeDelta = TimeDelta::seconds(2);
/// … and this long after the first word of a change at the latest.
const LATEST: TimeDelta = TimeDelta::seconds(10);
/// After a failure.
const AGAIN: TimeDelta = TimeDelta::seconds(30);

/// How the list stands.
#[derive(Clone, Debug, Default, FromRow)]
pub struct StopList {
    /// None: it was never read.
    pub read_at: Option<Timestamp>,
    /// Why the last reading failed, by its code.
    pub fault: Option<String>,
}

pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<StopList> {
    let sql = "SELECT read_at, fault FROM stop_lists WHERE venue_id = $1";
    Ok(opt!(c, StopList, sql, venue)?.unwrap_or_default())
}

/// iiko tells that it has changed.
pub async fn mark(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<()> {
    exec!(
        c,
        "INSERT INTO stop_lists (venue_id, dirty_since, dirty_at, asked, applied) VALUES ($1, $2, $2, 0, 0)
         ON CONFLICT (venue_id) DO UPDATE SET dirty_since = coalesce(stop_lists.dirty_since, excluded.dirty_since),
           dirty_at = excluded.dirty_at",
        venue,
        now
    )?;
    Ok(())
}

/// Venues whose list has changed and is to be read now.
pub async fn changed(c: &mut Conn, now: Timestamp) -> Result<Vec<Uuid>> {
    let rows = all!(
        c,
        (Uuid,),
        "SELECT venue_id FROM stop_lists WHERE dirty_since IS NOT NULL AND (dirty_at <= $1 OR dirty_since <= $2)
           AND (fault IS NULL OR asked_at <= $3)",
        now - QUIET,
        now - LATEST,
        now - AGAIN
    )?;
    Ok(rows.into_iter().map(|(venue,)| venue).collect())
}

/// What is left of one of iiko's products, thousandths; none: it is not stopped.
pub async fn left_of(c: &mut Conn, venue: Uuid, product: Uuid) -> Result<Option<i64>> {
    let sql =
        "SELECT left_over FROM stopped_products WHERE venue_id = $1 AND product_id = $2 AND NOT by_size";
    Ok(opt!(c, (i64,), sql, venue, product)?.map(|(left,)| left))
}

/// A reading begins: its number.
pub async fn begin(c: &mut Conn, venue: Uuid, now: Timestamp) -> Result<i64> {
    let (number,) = one!(
        c,
        (i64,),
        "INSERT INTO stop_lists (venue_id, asked, applied, asked_at) VALUES ($1, 1, 0, $2)
         ON CONFLICT (venue_id) DO UPDATE SET asked = stop_lists.asked + 1, asked_at = excluded.asked_at
         RETURNING asked",
        venue,
        now
    )?;
    Ok(number)
}

/// What is stopped: iiko's product, its size (nil: as a whole), thousandths left.
pub type Line = (Uuid, Uuid, i64);

/// All of it.
pub async fn lines(c: &mut Conn, venue: Uuid) -> Result<Vec<Line>> {
    let sql = "SELECT product_id, size_id, left_over FROM stopped_products WHERE venue_id = $1";
    Ok(all!(c, Line, sql, venue)?)
}

/// Replaces the list by what reading `number`, begun at `asked_at`, brought; says no when a later one stands there.
pub async fn replace(
    c: &mut Conn,
    venue: Uuid,
    (number, asked_at): (i64, Timestamp),
    lines: &[Line],
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE stop_lists SET applied = $2, read_at = $3, fault = NULL,
                 dirty_since = CASE WHEN dirty_at > $4 THEN dirty_since END
               WHERE venue_id = $1 AND applied < $2";
    if exec!(c, sql, venue, number, now, asked_at)? == 0 {
        return Ok(false);
    }
    fill!(
        c,
        "INSERT INTO stopped_products (venue_id, product_id, size_id, by_size, left_over, since) ",
        // what stays keeps the moment it was first seen
        " ON CONFLICT (venue_id, product_id, size_id) DO UPDATE SET left_over = excluded.left_over",
        lines,
        |line, b| {
            let (product, size, left) = *line;
            b.push_bind(venue)
                .push_bind(product)
                .push_bind(size)
                .push_bind(!size.is_nil())
                .push_bind(left)
                .push_bind(now);
        }
    )?;
    for (product, size, _) in self::lines(c, venue).await? {
        if !lines.iter().any(|line| (line.0, line.1) == (product, size)) {
            let sql = "DELETE FROM stopped_products WHERE venue_id = $1 AND product_id = $2 AND size_id = $3";
            exec!(c, sql, venue, product, size)?;
        }
    }
    Ok(true)
}

/// A reading failed: the list stays, and why is told.
pub async fn ill(c: &mut Conn, venue: Uuid, code: &str) -> Result<()> {
    exec!(c, "UPDATE stop_lists SET fault = $2 WHERE venue_id = $1", venue, code)?;
    Ok(())
}

/// «3», «2,5»: thousandths as a person reads them; a dot where the language has one.
pub fn said(left: i64, comma: char) -> String {
    let (whole, rest) = (left / 1_000, left % 1_000);
    match rest {
        0 => whole.to_string(),
        rest => format!("{whole}{comma}{}", format!("{rest:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_is_left_is_read_aloud() {
        assert_eq!([said(3_000, ','), said(2_500, ','), said(40, '.')], ["3", "2,5", "0.04"]);
    }
}
