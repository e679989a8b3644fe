//! Whose a product is. A product belongs to one contract at most; without one it is the primary contract's.
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::money::Kopecks;
use crate::{all, exec, one, opt};

/// A product as this room needs it.
#[derive(Clone, Debug, FromRow)]
pub struct Product {
    pub id: Uuid,
    pub name: String,
    pub price: Kopecks,
    pub section: String,
    /// Its own contract, whatever its state.
    pub contract_id: Option<Uuid>,
}

/// A section with how many products it holds.
#[derive(Clone, Debug, FromRow)]
pub struct Section {
    pub id: Uuid,
    pub name: String,
    pub products: i64,
}

/// Products on the menu whose name holds these words, `most` of them, by name.
pub async fn found(c: &mut Conn, venue: Uuid, words: &str, most: i64) -> Result<Vec<Product>> {
    let like = format!("%{}%", words.to_lowercase().replace(['%', '_', '\\'], ""));
    Ok(all!(
        c,
        Product,
        "SELECT p.id, p.name, p.price, s.name AS section, a.contract_id FROM products p
         JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id
         LEFT JOIN contract_products a ON a.venue_id = p.venue_id AND a.product_id = p.id
         WHERE p.venue_id = $1 AND p.vanished_at IS NULL AND p.name_fold LIKE $2 ORDER BY p.name_fold, p.id LIMIT $3",
        venue,
        like,
        most
    )?)
}

/// A contract's own products, `most` of them, by name; vanished ones too: they may come back.
pub async fn of_contract(c: &mut Conn, venue: Uuid, contract: Uuid, most: i64) -> Result<Vec<Product>> {
    Ok(all!(
        c,
        Product,
        "SELECT p.id, p.name, p.price, s.name AS section, a.contract_id FROM contract_products a
         JOIN products p ON p.venue_id = a.venue_id AND p.id = a.product_id
         JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id
         WHERE a.venue_id = $1 AND a.contract_id = $2 ORDER BY p.name_fold, p.id LIMIT $3",
        venue,
        contract,
        most
    )?)
}

/// These products, in no order; ids of nobody are left out.
pub async fn by_ids(c: &mut Conn, venue: Uuid, ids: &[Uuid]) -> Result<Vec<Product>> {
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(all!(
            c,
            Product,
            "SELECT p.id, p.name, p.price, s.name AS section, a.contract_id FROM products p
             JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id
             LEFT JOIN contract_products a ON a.venue_id = p.venue_id AND a.product_id = p.id
             WHERE p.venue_id = $1 AND p.id = $2",
            venue,
            *id
        )?);
    }
    Ok(rows)
}

/// The contract of one of iiko's products, and whether it is signed; none: it has none of its own.
pub async fn of_iiko_product(c: &mut Conn, venue: Uuid, product: Uuid) -> Result<Option<(Uuid, bool)>> {
    let sql = "SELECT a.contract_id, c.state = 'signed' FROM products p
               JOIN contract_products a ON a.venue_id = p.venue_id AND a.product_id = p.id
               JOIN contracts c ON c.venue_id = a.venue_id AND c.id = a.contract_id
               WHERE p.venue_id = $1 AND p.iiko_id = $2";
    Ok(opt!(c, (Uuid, bool), sql, venue, product)?)
}

/// The venue's sections that hold products, in their order.
pub async fn sections(c: &mut Conn, venue: Uuid) -> Result<Vec<Section>> {
    Ok(all!(
        c,
        Section,
        "SELECT s.id, s.name, count(p.id) AS products FROM sections s
         JOIN products p ON p.venue_id = s.venue_id AND p.section_id = s.id AND p.vanished_at IS NULL
         WHERE s.venue_id = $1 GROUP BY s.id, s.name, s.position ORDER BY s.position, s.id",
        venue
    )?)
}

/// How many products on the menu have this contract as their own.
pub async fn count(c: &mut Conn, venue: Uuid, contract: Uuid) -> Result<i64> {
    let (n,) = one!(
        c,
        (i64,),
        "SELECT count(*) FROM contract_products a
         JOIN products p ON p.venue_id = a.venue_id AND p.id = a.product_id AND p.vanished_at IS NULL
         WHERE a.venue_id = $1 AND a.contract_id = $2",
        venue,
        contract
    )?;
    Ok(n)
}

/// How many products on the menu follow the primary contract: their own is none, or not signed.
pub async fn following_primary(c: &mut Conn, venue: Uuid) -> Result<i64> {
    let (n,) = one!(
        c,
        (i64,),
        "SELECT count(*) FROM products p
         LEFT JOIN contract_products a ON a.venue_id = p.venue_id AND a.product_id = p.id
         LEFT JOIN contracts k ON k.venue_id = a.venue_id AND k.id = a.contract_id AND k.state = 'signed'
         WHERE p.venue_id = $1 AND p.vanished_at IS NULL AND k.id IS NULL",
        venue
    )?;
    Ok(n)
}

/// Gives products to a contract, taking them from another; how many are its own now that were not.
pub async fn assign(c: &mut Conn, venue: Uuid, contract: Uuid, products: &[Uuid]) -> Result<u64> {
    let mut touched = 0;
    for product in products {
        let known = one!(
            c,
            (bool,),
            "SELECT EXISTS (SELECT 1 FROM products WHERE venue_id = $1 AND id = $2)",
            venue,
            *product
        )?;
        if !known.0 {
            return Err(Error::NotFound("product"));
        }
        touched += exec!(
            c,
            "INSERT INTO contract_products (venue_id, product_id, contract_id) VALUES ($1, $2, $3)
             ON CONFLICT (venue_id, product_id) DO UPDATE SET contract_id = excluded.contract_id
             WHERE contract_products.contract_id <> excluded.contract_id",
            venue,
            *product,
            contract
        )?;
    }
    Ok(touched)
}

/// Gives every product of a section to a contract.
pub async fn assign_section(c: &mut Conn, venue: Uuid, contract: Uuid, section: Uuid) -> Result<u64> {
    Ok(exec!(
        c,
        "INSERT INTO contract_products (venue_id, product_id, contract_id)
         SELECT venue_id, id, $2 FROM products WHERE venue_id = $1 AND section_id = $3 AND vanished_at IS NULL
         ON CONFLICT (venue_id, product_id) DO UPDATE SET contract_id = excluded.contract_id
         WHERE contract_products.contract_id <> excluded.contract_id",
        venue,
        contract,
        section
    )?)
}

/// Takes products back from a contract: they follow the primary one again.
pub async fn release(c: &mut Conn, venue: Uuid, contract: Uuid, products: &[Uuid]) -> Result<u64> {
    let mut touched = 0;
    for product in products {
        let sql =
            "DELETE FROM contract_products WHERE venue_id = $1 AND product_id = $2 AND contract_id = $3";
        touched += exec!(c, sql, venue, *product, contract)?;
    }
    Ok(touched)
}
