//! Whether the audit is what was written: every chain walked from its first row to its head; the first thing wrong is told.
use std::fmt;
use std::str::FromStr;

use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::audit_chain::{self, Hash, NOTHING, Row};
use crate::db::conn::{Conn, Db};
use crate::error::Result;
use crate::secret::hex;
use crate::{all, opt};

/// The end of a chain as it is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Head {
    pub chain: Uuid,
    pub seq: i64,
    pub hash: Option<Vec<u8>>,
}

impl fmt::Display for Head {
    /// What is told every hour, and what [`Noted`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.chain, self.seq, hex(self.hash.as_deref().unwrap_or_default()))
    }
}

/// A head that was noted earlier, somewhere else: «chain:seq:hash».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub chain: Uuid,
    pub seq: i64,
    pub hash: String,
}

impl FromStr for Noted {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Noted, &'static str> {
        let mut parts = text.trim().split(':');
        let mut part = || parts.next().ok_or("a head is CHAIN:SEQ:HASH");
        let (chain, seq, hash) = (part()?, part()?, part()?);
        Ok(Noted {
            chain: chain.parse().map_err(|_| "CHAIN is the venue's id")?,
            seq: seq.parse().map_err(|_| "SEQ is a number")?,
            hash: hash.to_lowercase(),
        })
    }
}

/// The first thing wrong with a chain; each with the place where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The row is not what was written there: changed, swapped, put in, or what stood before it was.
    Changed(i64),
    /// No row has this place.
    Missing(i64),
    /// A row of another venue's, or without a place or a hash.
    Stray(i64),
    /// The head says more rows were written than there are.
    TailCut { head: i64, last: i64 },
    /// More rows than the head knows.
    PastTheHead { head: i64, last: i64 },
    /// Rows, but no head.
    NoHead,
    /// The last row has another hash than the head.
    HeadChanged(i64),
    /// A head noted earlier is not this chain's.
    NotAsNoted(i64),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Changed(seq) => write!(f, "row {seq} is not what was written"),
            Wrong::Missing(seq) => write!(f, "row {seq} is missing"),
            Wrong::Stray(seq) => write!(f, "a row that is not of this chain stands after row {seq}"),
            Wrong::TailCut { head, last } => write!(f, "{head} rows were written, the last is {last}"),
            Wrong::PastTheHead { head, last } => write!(f, "{head} rows were written, there are {last}"),
            Wrong::NoHead => write!(f, "it has no head"),
            Wrong::HeadChanged(seq) => write!(f, "its head is not that of row {seq}"),
            Wrong::NotAsNoted(seq) => write!(f, "row {seq} is not the head that was noted"),
        }
    }
}

/// A walk along one chain, row by row.
struct Walk {
    chain: Uuid,
    last: i64,
    hash: Hash,
}

impl Walk {
    fn of(chain: Uuid) -> Walk {
        Walk { chain, last: 0, hash: NOTHING }
    }

    fn step(&mut self, row: &Row) -> Result<(), Wrong> {
        let (Some(seq), Some(hash)) = (row.seq, &row.hash) else { return Err(Wrong::Stray(self.last)) };
        if row.chain != Some(self.chain) || audit_chain::of(row.venue_id) != self.chain || seq <= self.last {
            return Err(Wrong::Stray(self.last));
        }
        if seq != self.last + 1 {
            return Err(Wrong::Missing(self.last + 1));
        }
        let due = row.sealed(&self.hash);
        if hash.as_slice() != due.as_slice() {
            return Err(Wrong::Changed(seq));
        }
        (self.last, self.hash) = (seq, due);
        Ok(())
    }

    fn end(&self, head: Option<&Head>) -> Result<(), Wrong> {
        let last = self.last;
        match head {
            None if last == 0 => Ok(()),
            None => Err(Wrong::NoHead),
            Some(head) if head.seq > last => Err(Wrong::TailCut { head: head.seq, last }),
            Some(head) if head.seq < last => Err(Wrong::PastTheHead { head: head.seq, last }),
            Some(head) if head.hash.as_deref() != Some(&self.hash) => Err(Wrong::HeadChanged(last)),
            Some(_) => Ok(()),
        }
    }
}

/// What is wrong with these rows, in the order of their places, under this head; none: they are what was written.
pub fn check(chain: Uuid, rows: &[Row], head: Option<&Head>) -> Option<Wrong> {
    let mut walk = Walk::of(chain);
    rows.iter().try_for_each(|row| walk.step(row)).and_then(|()| walk.end(head)).err()
}

/// How one chain was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub chain: Uuid,
    /// Rows that are what was written.
    pub rows: i64,
    pub head: Option<Head>,
    pub wrong: Option<Wrong>,
}

/// Heads of all chains, for those who keep them elsewhere.
pub async fn heads(c: &mut Conn) -> Result<Vec<Head>> {
    Ok(all!(c, Head, "SELECT chain, seq, hash FROM audit_heads ORDER BY chain")?)
}

/// Every chain that has a row or a head or was noted.
pub async fn verify(db: &Db, noted: &[Noted]) -> Result<Vec<Found>> {
    let sql = "SELECT chain FROM audit_heads UNION SELECT DISTINCT chain FROM audit WHERE chain IS NOT NULL";
    let mut chains: Vec<Uuid> =
        all!(&mut db.read().await?, (Uuid,), sql)?.into_iter().map(|(chain,)| chain).collect();
    chains.extend(noted.iter().map(|noted| noted.chain));
    chains.sort();
    chains.dedup();
    let mut found = Vec::with_capacity(chains.len());
    for chain in chains {
        let noted: Vec<&Noted> = noted.iter().filter(|noted| noted.chain == chain).collect();
        found.push(one_chain(db, chain, &noted).await?);
    }
    found.extend(strays(&mut db.read().await?).await?);
    Ok(found)
}

/// In one snapshot: the head and the rows are of one moment, whoever writes meanwhile.
async fn one_chain(db: &Db, chain: Uuid, noted: &[&Noted]) -> Result<Found> {
    let mut c = db.snapshot().await?;
    let sql = "SELECT chain, seq, hash FROM audit_heads WHERE chain = $1";
    let head = opt!(&mut c, Head, sql, chain)?;
    let mut walk = Walk::of(chain);
    let wrong = walked(&mut c, &mut walk, noted).await?.and_then(|()| walk.end(head.as_ref())).err();
    Ok(Found { chain, rows: walk.last, head, wrong })
}

async fn walked(c: &mut Conn, walk: &mut Walk, noted: &[&Noted]) -> Result<Result<(), Wrong>> {
    loop {
        let rows = audit_chain::read(c, walk.chain, walk.last).await?;
        for row in &rows {
            if let Err(wrong) = walk.step(row) {
                return Ok(Err(wrong));
            }
            let kept = hex(&walk.hash);
            if let Some(noted) = noted.iter().find(|noted| noted.seq == walk.last && noted.hash != kept) {
                return Ok(Err(Wrong::NotAsNoted(noted.seq)));
            }
        }
        if rows.is_empty() {
            let beyond = noted.iter().find(|noted| noted.seq > walk.last || noted.seq < 1);
            return Ok(beyond.map_or(Ok(()), |noted| Err(Wrong::NotAsNoted(noted.seq))));
        }
    }
}

/// Rows that stand in no chain at all.
async fn strays(c: &mut Conn) -> Result<Option<Found>> {
    let sql = "SELECT id FROM audit WHERE chain IS NULL OR seq IS NULL OR seq < 1 LIMIT 1";
    let stray = opt!(c, (Uuid,), sql)?;
    Ok(stray.map(|(id,)| Found { chain: id, rows: 0, head: None, wrong: Some(Wrong::Stray(0)) }))
}
