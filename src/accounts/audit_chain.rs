//! Every row of the audit carries SHA-256 of the row before it and of itself: who changes, takes out or swaps one breaks what
//! follows. One chain per venue and not one for all: the end of a chain is held until the transaction that writes it is over,
//! and a slow one of one venue must not keep every other waiting. What belongs to no venue has a chain of its own.
//!
//! A chain alone cannot show that its tail and its head were cut together, or that all of it was written anew: that is what
//! the heads told every hour (`worker`) and `maitre audit verify --head` are for.
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::{all, exec, one};

pub type Hash = [u8; 32];

/// Before the first row.
pub const NOTHING: Hash = [0; 32];

/// A row as it is kept.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Row {
    pub id: Uuid,
    pub at: Timestamp,
    pub venue_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub on_behalf_of: Option<Uuid>,
    pub visit_id: Option<Uuid>,
    pub ip: Option<String>,
    pub deed: String,
    pub object_id: Option<Uuid>,
    pub result: String,
    pub before: Option<Json<Value>>,
    pub after: Option<Json<Value>>,
    pub chain: Option<Uuid>,
    pub seq: Option<i64>,
    pub hash: Option<Vec<u8>>,
}

/// The chain's own venue; zeros for what belongs to none.
pub fn of(venue: Option<Uuid>) -> Uuid {
    venue.unwrap_or_default()
}

impl Row {
    /// The hash this row has after one with the hash `before`. Each field with its length, so that nothing can move from one
    /// field into the next; JSON with its keys sorted, as Postgres keeps them in an order of its own.
    pub fn sealed(&self, before: &[u8]) -> Hash {
        let mut all = Fields(Sha256::new_with_prefix(before));
        let id = |id: Option<Uuid>| id.map(Uuid::into_bytes);
        all.add(id(self.chain));
        all.add(self.seq.map(i64::to_le_bytes));
        all.add(id(Some(self.id)));
        all.add(Some(self.at.timestamp_micros().to_le_bytes()));
        for one in [self.venue_id, self.actor_id, self.on_behalf_of, self.visit_id, self.object_id] {
            all.add(id(one));
        }
        all.add(self.ip.as_ref());
        all.add(Some(&self.deed));
        all.add(Some(&self.result));
        all.add(self.before.as_ref().map(|value| plain(&value.0)));
        all.add(self.after.as_ref().map(|value| plain(&value.0)));
        all.0.finalize().into()
    }
}

struct Fields(Sha256);

impl Fields {
    fn add(&mut self, field: Option<impl AsRef<[u8]>>) {
        match field {
            None => self.0.update([0]),
            Some(bytes) => {
                let bytes = bytes.as_ref();
                self.0.update([1]);
                self.0.update((bytes.len() as u64).to_le_bytes());
                self.0.update(bytes);
            }
        }
    }
}

/// JSON written one way, whatever order its keys come in.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            let said = |(name, value): &(&String, &Value)| {
                format!("{}:{}", Value::from(name.as_str()), plain(value))
            };
            format!("{{{}}}", fields.iter().map(said).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(",")),
        simple => simple.to_string(),
    }
}

/// The next place of a chain and the hash it follows; the chain is held until the transaction ends.
pub async fn next(c: &mut Conn, chain: Uuid) -> Result<(i64, Hash)> {
    let (seq, hash) = one!(
        c,
        (i64, Option<Vec<u8>>),
        "INSERT INTO audit_heads (chain, seq, hash) VALUES ($1, 1, $2)
         ON CONFLICT (chain) DO UPDATE SET seq = audit_heads.seq + 1 RETURNING seq, hash",
        chain,
        NOTHING.as_slice()
    )?;
    match hash.and_then(|hash| Hash::try_from(hash).ok()) {
        Some(hash) => Ok((seq, hash)),
        // rows from before the chain that nobody has sealed yet
        None => Ok((seq, seal(c, chain).await?)),
    }
}

/// Rows read at a time.
pub const BATCH: i64 = 1_000;

pub async fn read(c: &mut Conn, chain: Uuid, after: i64) -> Result<Vec<Row>> {
    Ok(all!(
        c,
        Row,
        "SELECT id, at, venue_id, actor_id, on_behalf_of, visit_id, ip, deed, object_id, result, before, after, chain, seq, hash
         FROM audit WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        chain,
        after,
        BATCH
    )?)
}

/// Chains the rows written before there were chains; the hash of the last. Once: a head that has a hash is not sealed again.
async fn seal(c: &mut Conn, chain: Uuid) -> Result<Hash> {
    let (mut hash, mut last) = (NOTHING, 0);
    loop {
        let rows = read(c, chain, last).await?;
        let Some(seq) = rows.last().and_then(|row| row.seq) else { break };
        for row in rows.iter().filter(|row| row.hash.is_none()) {
            hash = row.sealed(&hash);
            exec!(c, "UPDATE audit SET hash = $2 WHERE id = $1", row.id, hash.as_slice())?;
        }
        last = seq;
    }
    Ok(hash)
}

/// What a version without chains has left: called once the tables are made, before anybody writes.
pub async fn seal_old(db: &crate::db::conn::Db) -> Result<()> {
    let open = "SELECT chain FROM audit_heads WHERE hash IS NULL ORDER BY chain";
    for (chain,) in all!(&mut db.read().await?, (Uuid,), open)? {
        let mut tx = db.begin().await?;
        // whoever else begins at this moment waits here, and then finds it done
        let held =
            exec!(&mut tx, "UPDATE audit_heads SET seq = seq WHERE chain = $1 AND hash IS NULL", chain)?;
        if held > 0 {
            let hash = seal(&mut tx, chain).await?;
            exec!(&mut tx, "UPDATE audit_heads SET hash = $2 WHERE chain = $1", chain, hash.as_slice())?;
            tx.commit().await?;
        }
    }
    Ok(())
}
