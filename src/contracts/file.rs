//! The scan of a contract: what it is is told by its own first bytes, never by its name. It is sent back as a download.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{exec, opt};

/// Largest scan, bytes.
pub const MOST: usize = 5 << 20;

/// What is known of a scan without its bytes.
#[derive(Clone, Debug, FromRow)]
pub struct Scan {
    /// `pdf`, `jpeg`, `png`.
    pub kind: String,
    pub given_by_name: String,
    pub given_at: Timestamp,
}

/// `pdf`, `jpeg` or `png` by the first bytes; none: nothing we keep.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"%PDF-") {
        Some("pdf")
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("jpeg")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else {
        None
    }
}

pub async fn of_contract(c: &mut Conn, venue: Uuid, contract: Uuid) -> Result<Option<Scan>> {
    Ok(opt!(
        c,
        Scan,
        "SELECT f.kind, u.name AS given_by_name, f.given_at FROM contract_files f JOIN users u ON u.id = f.given_by
         WHERE f.venue_id = $1 AND f.contract_id = $2",
        venue,
        contract
    )?)
}

/// Kind and bytes.
pub async fn bytes(c: &mut Conn, venue: Uuid, contract: Uuid) -> Result<(String, Vec<u8>)> {
    let sql = "SELECT kind, bytes FROM contract_files WHERE venue_id = $1 AND contract_id = $2";
    opt!(c, (String, Vec<u8>), sql, venue, contract)?.ok_or(Error::NotFound("file"))
}

/// Keeps a scan in place of the one before.
pub async fn keep(
    c: &mut Conn,
    (venue, contract): (Uuid, Uuid),
    by: Uuid,
    (kind, bytes): (&str, &[u8]),
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO contract_files (venue_id, contract_id, kind, bytes, given_by, given_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (venue_id, contract_id) DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes,
           given_by = excluded.given_by, given_at = excluded.given_at",
        venue,
        contract,
        kind,
        bytes,
        by,
        clock::now()
    )?;
    Ok(())
}
