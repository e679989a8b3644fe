//! `GET /api/v1/menu`: the menu as guests see it. Prices are kopecks.
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::api::fault::{Fault, answer};
use crate::api::guard::Caller;
use crate::api::scope::Menu;
use crate::menu::stop_list;
use crate::menu::tree::{self, Item};

pub async fn show(req: HttpRequest, who: Result<Caller<Menu>, Fault>) -> HttpResponse {
    answer(&req, read(who).await)
}

async fn read(who: Result<Caller<Menu>, Fault>) -> Result<Value, Fault> {
    let who = who?;
    let mut c = who.db.snapshot().await?;
    let outline = tree::outline(&mut c, who.venue.id).await?;
    let items = tree::items(&mut c, who.venue.id, None).await?;
    drop(c);
    let shown =
        |item: &&Item| !item.vanished && item.on_sale && (item.iiko_id.is_some() || !who.venue.iiko_is_on());
    let items: Vec<&Item> = items.iter().filter(shown).collect();
    let sections = outline.sections.iter().filter(|section| section.hidden_at.is_none()).map(|section| {
        let categories = outline.categories.iter().filter(|category| category.section_id == section.id);
        let products = items.iter().filter(|item| item.section_id == section.id);
        json!({
            "id": section.id,
            "name": section.name,
            "categories": categories.map(|one| json!({ "id": one.id, "name": one.name })).collect::<Vec<_>>(),
            "products": products.map(|item| product(item)).collect::<Vec<_>>(),
        })
    });
    Ok(json!({ "generation": outline.generation, "sections": sections.collect::<Vec<_>>() }))
}

fn product(item: &Item) -> Value {
    json!({
        "id": item.id,
        "name": item.name,
        "code": item.code,
        "category": item.category_id,
        "price": item.price.0,
        "has_sizes": item.has_sizes,
        "available": item.left_over != Some(0),
        "left": item.left_over.map(|left| stop_list::said(left, '.')),
    })
}
