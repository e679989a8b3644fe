//! A venue whose iiko answers are handed in as texts: syncs without HTTP.
use maitre::clock;
use maitre::db::conn::Db;
use maitre::integrations::connection::{self, NewKey, Organization};
use maitre::menu::import::{self, OurProduct, Ours};
use maitre::queue::job;
use maitre::secret::Seal;
use maitre::sync::beside::Beside;
use maitre::sync::history::{self, Kept};
use maitre::sync::run::{self, Run, Scope};
use maitre::sync::work::{Work, digest};
use maitre::venues::venue;
use maitre::{all, exec};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::panel::fresh_db;

pub struct Fed {
    pub db: Db,
    pub venue: Uuid,
    pub by: Uuid,
}

/// Ties a venue to iiko as the set-up would.
pub async fn tie(db: &Db, seal: &Seal, venue: Uuid, by: Uuid) {
    let mut tx = db.begin().await.unwrap();
    let key = SecretString::from("demo-key-0123456789");
    let new = NewKey { venue, key: &key, login: "v1", by, still: false };
    connection::set_key(&mut tx, seal, &new).await.unwrap();
    let organization = Organization { id: Uuid::from_u128(7), name: "Рябина", version: None };
    connection::choose_organization(&mut tx, venue, &organization).await.unwrap();
    connection::choose_terminal(&mut tx, venue, Uuid::from_u128(8), "Зал", None).await.unwrap();
    tx.commit().await.unwrap();
}

impl Fed {
    pub async fn open() -> Fed {
        let db = fresh_db().await;
        let by = Uuid::now_v7();
        let mut tx = db.begin().await.unwrap();
        exec!(
            &mut tx,
            "INSERT INTO users (id, email, email_fold, name, password_hash, lang, theme, created_at)
             VALUES ($1, 'a@example.com', 'a@example.com', 'Анна', 'none', 'ru', 'auto', $2)",
            by,
            clock::now()
        )
        .unwrap();
        let venue = venue::create(&mut tx, "Рябина", "", "Europe/Moscow").await.unwrap();
        tx.commit().await.unwrap();
        tie(&db, &Seal::new(&[7; 32]), venue, by).await;
        Fed { db, venue, by }
    }

    /// A sync whose answer is this body; the run as it ended.
    pub async fn sync(&self, body: &Value) -> Run {
        self.sync_text(body.to_string().as_bytes(), None).await
    }

    pub async fn sync_text(&self, body: &[u8], approves: Option<&str>) -> Run {
        let mut tx = self.db.begin().await.unwrap();
        let (id, new) = run::ask(&mut tx, self.venue, self.by, (Scope::All, approves)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(new);
        let lease = job::claim(&self.db).await.unwrap().unwrap();
        let work = Work::of(&self.db, lease).await.unwrap().unwrap();
        digest(&work, None, Some(body), &Beside::default()).await.unwrap();
        run::get(&mut self.db.read().await.unwrap(), self.venue, id).await.unwrap()
    }

    pub async fn menu(&self) -> Ours {
        import::load(&mut self.db.read().await.unwrap(), self.venue).await.unwrap()
    }

    pub async fn product(&self, iiko_id: u128) -> OurProduct {
        let menu = self.menu().await;
        menu.products.into_iter().find(|p| p.iiko_id == Uuid::from_u128(iiko_id)).expect("a product")
    }

    pub async fn changes(&self, run: &Run) -> Vec<Kept> {
        let mut c = self.db.read().await.unwrap();
        let mut rows = Vec::new();
        for kind in maitre::sync::change::Kind::ALL {
            rows.extend(
                history::of_kind(&mut c, (self.venue, run.id), kind.word(), (0, 100_000)).await.unwrap(),
            );
        }
        rows
    }

    /// Everything the menu's tables hold, as comparable text.
    pub async fn everything(&self) -> Vec<String> {
        let mut c = self.db.read().await.unwrap();
        let mut rows: Vec<String> = Vec::new();
        let products = all!(
            &mut c,
            (Uuid, Option<Uuid>, String, i64, Uuid, Option<Uuid>, Option<i64>, String, bool, clock::Timestamp),
            "SELECT id, iiko_id, name, price, section_id, category_id, position, placed, vanished_at IS NULL, updated_at
             FROM products WHERE venue_id = $1 ORDER BY id",
            self.venue
        );
        rows.extend(products.unwrap().iter().map(|row| format!("{row:?}")));
        let sections = all!(
            &mut c,
            (Uuid, String, String, i64, bool),
            "SELECT id, name, origin, position, hidden_at IS NULL FROM sections WHERE venue_id = $1 ORDER BY id",
            self.venue
        );
        rows.extend(sections.unwrap().iter().map(|row| format!("{row:?}")));
        let categories = all!(
            &mut c,
            (Uuid, Uuid, String, i64),
            "SELECT id, section_id, name, position FROM categories WHERE venue_id = $1 ORDER BY id",
            self.venue
        );
        rows.extend(categories.unwrap().iter().map(|row| format!("{row:?}")));
        rows
    }
}

pub fn id(n: u128) -> String {
    Uuid::from_u128(n).to_string()
}

/// A folder of iiko's.
pub fn folder(n: u128, name: &str, parent: Option<u128>) -> Value {
    json!({ "id": id(n), "name": name, "parentGroup": parent.map(id), "order": n as i64, "isIncludedInMenu": true,
            "isGroupModifier": false, "isDeleted": false })
}

/// A dish of iiko's: price in roubles.
pub fn dish(n: u128, name: &str, folder: Option<u128>, price: f64) -> Value {
    json!({ "id": id(n), "name": name, "type": "Dish", "parentGroup": folder.map(id), "order": n as i64,
            "code": format!("{n:05}"), "description": "", "seoDescription": null, "isDeleted": false, "modifiers": [],
            "groupModifiers": [], "sizePrices": [{ "sizeId": null, "price": { "currentPrice": price, "isIncludedInMenu": true } }] })
}

pub fn export(revision: i64, groups: &[Value], products: &[Value]) -> Value {
    json!({ "correlationId": id(1), "groups": groups, "products": products, "sizes": [], "productCategories": [], "revision": revision })
}
