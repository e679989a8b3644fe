//! `GET /api/v1/menu`: the menu as guests see it, with all that has to be chosen to order from it. Prices are kopecks.
use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::scope::Menu;
use crate::menu::options::{Modifier, ModifierGroup, Options};
use crate::menu::product;
use crate::menu::stop_list;
use crate::menu::tree::{self, Item};
use crate::money::Kopecks;

pub async fn show(who: Result<Caller<Menu>, Fault>, req: HttpRequest) -> HttpResponse {
    answer(&req, read(who).await)
}

async fn read(who: Result<Caller<Menu>, Fault>) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.snapshot().await?;
    let outline = tree::outline(&mut c, who.venue.id).await?;
    let items = tree::items(&mut c, who.venue.id, None).await?;
    let options = product::options(&mut c, who.venue.id).await?;
    let names = product::option_names(&mut c, who.venue.id).await?;
    let stopped = stop_list::lines(&mut c, who.venue.id).await?;
    drop(c);
    let words = Words {
        names: names.into_iter().map(|one| ((one.kind, one.iiko_id), (one.name, one.price))).collect(),
        stopped: stopped.into_iter().map(|(product, size, left)| ((product, size), left)).collect(),
    };
    let shown =
        |item: &&Item| !item.vanished && item.on_sale && (item.iiko_id.is_some() || !who.venue.iiko_is_on());
    let items: Vec<&Item> = items.iter().filter(shown).collect();
    let none = Options::default();
    let sections = outline.sections.iter().filter(|section| section.hidden_at.is_none()).map(|section| {
        let categories = outline.categories.iter().filter(|category| category.section_id == section.id);
        let products = items.iter().filter(|item| item.section_id == section.id);
        let product = |item: &&Item| words.product(item, options.get(&item.id).unwrap_or(&none));
        json!({
            "id": section.id,
            "name": section.name,
            "categories": categories.map(|one| json!({ "id": one.id, "name": one.name })).collect::<Vec<_>>(),
            "products": products.map(product).collect::<Vec<_>>(),
        })
    });
    Ok(json!({ "generation": outline.generation, "sections": sections.collect::<Vec<_>>() }))
}

/// What options are called and cost, and what is stopped.
struct Words {
    names: HashMap<(String, Uuid), (String, Kopecks)>,
    /// iiko's product, its size (nil: as a whole) → thousandths left.
    stopped: HashMap<(Uuid, Uuid), i64>,
}

impl Words {
    fn product(&self, item: &Item, options: &Options) -> Value {
        let sizes = options.sizes.iter().filter(|size| size.on_sale).map(|size| {
            let left = item.iiko_id.and_then(|id| self.stopped.get(&(id, size.size)));
            let (name, _) = self.name("size", size.size);
            json!({ "id": size.size, "name": name, "price": size.price.0, "available": left != Some(&0) })
        });
        json!({
            "id": item.id,
            "name": item.name,
            "code": item.code,
            "category": item.category_id,
            "price": item.price.0,
            "has_sizes": item.has_sizes,
            "available": item.left_over != Some(0),
            "left": item.left_over.map(|left| stop_list::said(left, '.')),
            "sizes": sizes.collect::<Vec<_>>(),
            "modifiers": options.modifiers.iter().map(|one| self.modifier(one, true)).collect::<Vec<_>>(),
            "groups": options.groups.iter().map(|group| self.group(group)).collect::<Vec<_>>(),
        })
    }

    fn group(&self, group: &ModifierGroup) -> Value {
        let modifiers = group.modifiers.iter().map(|one| self.modifier(one, group.own_limits));
        json!({
            "id": group.id,
            "name": self.name("modifier_group", group.id).0,
            "min": group.least(),
            "max": group.most(),
            "free": group.free,
            "modifiers": modifiers.collect::<Vec<_>>(),
        })
    }

    fn modifier(&self, one: &Modifier, limited: bool) -> Value {
        let (name, price) = self.name("modifier", one.id);
        json!({
            "id": one.id,
            "name": name,
            "price": price,
            "min": if limited { one.least() } else { 0 },
            "max": if limited { one.most() } else { None },
            "default": one.default,
            "free": one.free,
            "available": self.stopped.get(&(one.id, Uuid::nil())) != Some(&0),
        })
    }

    fn name(&self, kind: &str, id: Uuid) -> (&str, i64) {
        self.names.get(&(kind.to_owned(), id)).map_or(("", 0), |(name, price)| (name, price.0))
    }
}
