//! A product's line: photo, name, leader, price, what is to be known of it.
use askama::Template;

use crate::lang::Lang;
use crate::menu::stop_list;
use crate::menu::tree::{Item, Outline};
use crate::money::Kopecks;
use crate::part;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::{Permission, Right};
use crate::web::shell::Tone;

#[derive(Template)]
#[template(path = "menu/_dish.html")]
pub struct Dish {
    lang: Lang,
    id: String,
    name: String,
    href: String,
    photo: Option<String>,
    price: Price,
    from_iiko: bool,
    badge: Option<(Tone, &'static str, String)>,
    meta: Vec<String>,
    off: bool,
    may_pick: bool,
}

/// «от 450,00 ₽»: the kopecks stay, quieter.
#[derive(Template, Clone)]
#[template(path = "menu/_price.html")]
pub struct Price {
    lang: Lang,
    kopecks: i64,
    roubles: String,
    cents: String,
    is_from: bool,
}
part!(Dish, Price);

impl Price {
    pub fn of(price: Kopecks, is_from: bool, lang: Lang) -> Price {
        Price { lang, kopecks: price.0, roubles: price.roubles(), cents: price.cents(), is_from }
    }
}

impl Dish {
    /// A line in the tree.
    pub fn of<R: Right>(item: Item, at: &At<R>) -> Dish {
        let lang = at.lang();
        let badge = badge(&item, at.venue.iiko_is_on(), lang);
        let mut meta = Vec::new();
        if !matches!(item.placed.as_str(), "copied" | "manager" | "own" | "top_group") {
            meta.push(lang.word(&format!("placed-{}", item.placed)));
        }
        if item.placed == "new_after_first" && !item.iiko_path.is_empty() {
            meta.push(say!(lang, "menu-in-iiko", path = item.iiko_path.as_str()));
        }
        Dish {
            lang,
            id: item.id.to_string(),
            href: at.venue.path(&format!("/menu/products/{}", item.id)),
            photo: item.photo_id.map(|photo| at.venue.path(&format!("/photos/{photo}/small"))),
            price: Price::of(item.price, item.has_sizes, lang),
            from_iiko: item.iiko_id.is_some(),
            off: item.vanished,
            name: item.name,
            badge,
            meta,
            may_pick: at.may(Permission::Content),
        }
    }

    /// A line among those found: it says where it stands.
    pub fn found<R: Right>(item: Item, at: &At<R>, outline: &Outline) -> Dish {
        let place = outline.place(item.section_id, item.category_id);
        let mut dish = Dish::of(item, at);
        dish.meta.insert(0, place);
        dish
    }
}

fn badge(item: &Item, iiko_is_on: bool, lang: Lang) -> Option<(Tone, &'static str, String)> {
    if item.vanished {
        Some((Tone::Neutral, "hidden", say!(lang, "menu-badge-vanished")))
    } else if item.iiko_id.is_none() && iiko_is_on {
        Some((Tone::Neutral, "hidden", say!(lang, "menu-badge-own-hidden")))
    } else if !item.on_sale {
        Some((Tone::Wait, "stop", say!(lang, "menu-badge-not-on-sale")))
    } else {
        item.left_over.map(|left| stopped(left, lang))
    }
}

/// «В стопе», «Осталось 3».
pub fn stopped(left: i64, lang: Lang) -> (Tone, &'static str, String) {
    if left == 0 {
        return (Tone::Trouble, "stop", say!(lang, "menu-badge-stopped"));
    }
    let comma = if lang == Lang::Ru { ',' } else { '.' };
    (Tone::Wait, "clock", say!(lang, "menu-badge-left", n = stop_list::said(left, comma)))
}
