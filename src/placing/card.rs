//! The part of the menu that a draft names: products, the words and prices of what they can be ordered with, what is
//! stopped.
use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::menu::product::{self, Product};
use crate::menu::{section, stop_list};
use crate::money::Kopecks;
use crate::placing::draft::Draft;

#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Only those a guest is shown.
    pub products: HashMap<Uuid, Product>,
    /// Kind (`modifier`, `modifier_group`, `size`) and iiko's id → name, price.
    pub options: HashMap<(String, Uuid), (String, Kopecks)>,
    /// iiko's product, its size (nil: as a whole) → thousandths left.
    pub stopped: HashMap<(Uuid, Uuid), i64>,
}

impl Card {
    pub async fn of(c: &mut Conn, venue: Uuid, draft: &Draft) -> Result<Card> {
        let sections = section::of_venue(c, venue).await?;
        let shown: HashSet<Uuid> =
            sections.iter().filter(|one| one.hidden_at.is_none()).map(|one| one.id).collect();
        let mut card = Card::default();
        for item in &draft.items {
            match product::get(c, venue, item.product).await {
                Ok(product) if shown.contains(&product.section_id) => {
                    card.products.insert(product.id, product);
                }
                Ok(_) | Err(Error::NotFound(_)) => {}
                Err(cause) => return Err(cause),
            }
        }
        let options = product::option_names(c, venue).await?;
        card.options =
            options.into_iter().map(|one| ((one.kind, one.iiko_id), (one.name, one.price))).collect();
        let stopped = stop_list::lines(c, venue).await?;
        card.stopped = stopped.into_iter().map(|(product, size, left)| ((product, size), left)).collect();
        Ok(card)
    }

    pub fn option(&self, kind: &str, id: Uuid) -> Option<&(String, Kopecks)> {
        self.options.get(&(kind.to_owned(), id))
    }
}
