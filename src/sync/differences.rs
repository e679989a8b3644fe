//! Which of iiko's fields of a product differ from ours.
use std::borrow::Cow;

use serde::Serialize;

use crate::menu::import::OurProduct;
use crate::sync::reading::Dish;

/// field, was, became
pub type Difference<'a> = (&'static str, Cow<'a, str>, Cow<'a, str>);

/// Which of iiko's fields differ, as texts.
pub fn differences<'a>(p: &'a OurProduct, d: &Dish<'a>) -> Vec<Difference<'a>> {
    let mut found: Vec<Difference<'a>> = Vec::new();
    let texts = [
        ("name", &p.name, &d.name),
        ("description", &p.description, &d.description),
        ("code", &p.code, &d.code),
        ("weight", &p.weight, &d.weight),
        ("unit", &p.unit, &d.unit),
    ];
    for (field, was, became) in texts {
        if was != became {
            found.push((field, Cow::Borrowed(was.as_str()), became.clone()));
        }
    }
    if p.kind != d.kind {
        found.push(("kind", Cow::Borrowed(p.kind.as_str()), Cow::Borrowed(d.kind)));
    }
    let numbers = [("price", p.price.0, d.price.0), ("sort_order", p.sort_order, d.sort_order)];
    for (field, was, became) in numbers {
        if was != became {
            found.push((field, Cow::Owned(was.to_string()), Cow::Owned(became.to_string())));
        }
    }
    let word = |yes: bool| Cow::Borrowed(if yes { "yes" } else { "no" });
    for (field, was, became) in
        [("open_price", p.open_price, d.open_price), ("on_sale", p.on_sale, d.on_sale)]
    {
        if was != became {
            found.push((field, word(was), word(became)));
        }
    }
    if p.options.0 != d.options {
        found.push(("options", json(&p.options.0), json(&d.options)));
    }
    found
}

fn json<'a>(value: &impl Serialize) -> Cow<'a, str> {
    Cow::Owned(serde_json::to_string(value).unwrap_or_default())
}
