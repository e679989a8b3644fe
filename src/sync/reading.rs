//! Their words → a picture we can compare with: dishes with cleaned texts and exact prices, modifiers, sizes, and what was
//! skipped, each with its rule.
use std::borrow::Cow;
use std::collections::HashSet;

use uuid::Uuid;

use crate::integrations::iiko_cloud::nomenclature::{
    GroupModifier, Modifier as TheirModifier, Nomenclature, Product,
};
use crate::menu::options::{Modifier, ModifierGroup, Options, SizePrice};
use crate::money::Kopecks;
use crate::sync::folders::Folders;

/// Longest texts we keep, characters.
const NAME: usize = 300;
const DESCRIPTION: usize = 10_000;
const NOTE: usize = 200;

/// A dish or a good of the export.
#[derive(Clone, Debug)]
pub struct Dish<'a> {
    pub iiko_id: Uuid,
    /// `dish` or `good`.
    pub kind: &'static str,
    pub code: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub description: Cow<'a, str>,
    pub price: Kopecks,
    pub sort_order: i64,
    pub weight: Cow<'a, str>,
    pub unit: Cow<'a, str>,
    pub open_price: bool,
    pub on_sale: bool,
    /// iiko `parentGroup`.
    pub folder: Option<Uuid>,
    pub options: Options,
}

/// A modifier, a modifier group or a size.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// `modifier`, `modifier_group`, `size`.
    pub kind: &'static str,
    pub iiko_id: Uuid,
    pub name: Cow<'a, str>,
    pub price: Kopecks,
    pub sort_order: i64,
}

/// What is not taken, and by which rule.
#[derive(Clone, Debug)]
pub struct Skipped<'a> {
    /// None where not even the id could be read.
    pub iiko_id: Option<Uuid>,
    pub name: Cow<'a, str>,
    pub rule: &'static str,
    /// What the sentence names: the broken price, the unknown type.
    pub note: String,
}

/// The whole export, read.
#[derive(Debug, Default)]
pub struct Picture<'a> {
    pub folders: Folders<'a>,
    pub dishes: Vec<Dish<'a>>,
    pub choices: Vec<Choice<'a>>,
    pub skipped: Vec<Skipped<'a>>,
    /// Known to iiko but deleted there.
    pub deleted: HashSet<Uuid>,
    pub revision: i64,
}

/// Reads an export.
pub fn picture<'a>(theirs: &'a Nomenclature<'a>) -> Picture<'a> {
    let mut picture =
        Picture { folders: Folders::of(&theirs.groups), revision: theirs.revision, ..Picture::default() };
    for one in &theirs.unreadable {
        let mut name = clean(&one.name, NAME);
        if name.is_empty() {
            name = Cow::Owned(format!("{}[{}]", one.list, one.index));
        }
        let (iiko_id, note) = (one.id, clean(&one.why, NOTE).into_owned());
        picture.skipped.push(Skipped { iiko_id, name, rule: "unreadable", note });
    }
    for group in theirs.groups.iter().filter(|g| g.is_group_modifier.0 && !g.is_deleted.0) {
        let (name, order) = (clean(group.name.as_str(), NAME), group.order.0);
        let choice =
            Choice { kind: "modifier_group", iiko_id: group.id, name, price: Kopecks(0), sort_order: order };
        picture.choices.push(choice);
    }
    for size in &theirs.sizes {
        let (name, order) = (clean(size.name.as_str(), NAME), size.priority.0);
        picture.choices.push(Choice {
            kind: "size",
            iiko_id: size.id,
            name,
            price: Kopecks(0),
            sort_order: order,
        });
    }
    let mut seen = HashSet::with_capacity(theirs.products.len());
    for product in &theirs.products {
        read_product(product, &mut seen, &mut picture);
    }
    one_of_each(&mut picture.choices);
    picture
}

/// The same modifier may come twice: the first wins.
fn one_of_each(choices: &mut Vec<Choice<'_>>) {
    let mut seen = HashSet::with_capacity(choices.len());
    choices.retain(|choice| seen.insert((choice.kind, choice.iiko_id)));
}

fn read_product<'a>(product: &'a Product<'a>, seen: &mut HashSet<Uuid>, picture: &mut Picture<'a>) {
    let name = clean(product.name.as_str(), NAME);
    let kind = product.kind.as_str();
    let skip = |rule, note: &str, name| Skipped {
        iiko_id: Some(product.id),
        name,
        rule,
        note: clean(note, NOTE).into_owned(),
    };
    if kind.eq_ignore_ascii_case("modifier") {
        if !product.is_deleted.0 {
            picture.choices.push(modifier(product, name));
        }
        return;
    }
    if !seen.insert(product.id) {
        picture.skipped.push(skip("duplicate", "", name));
        return;
    }
    if product.is_deleted.0 {
        picture.deleted.insert(product.id);
        picture.skipped.push(skip("deleted", "", name));
        return;
    }
    let kind = match kind.to_ascii_lowercase().as_str() {
        "dish" => "dish",
        "good" => "good",
        "service" => return picture.skipped.push(skip("service", "", name)),
        _ => return picture.skipped.push(skip("unknown_type", kind, name)),
    };
    if name.is_empty() {
        return picture.skipped.push(skip("no_name", product.code.as_str(), Cow::Borrowed("—")));
    }
    match priced(product) {
        Ok((price, on_sale, sizes)) => {
            picture.dishes.push(dish(product, (kind, name), (price, on_sale, sizes)))
        }
        Err(text) => picture.skipped.push(skip("bad_price", &text, name)),
    }
}

fn dish<'a>(
    product: &'a Product<'a>,
    (kind, name): (&'static str, Cow<'a, str>),
    (price, on_sale, sizes): (Kopecks, bool, Vec<SizePrice>),
) -> Dish<'a> {
    let seo = clean(product.seo_description.as_str(), DESCRIPTION);
    Dish {
        iiko_id: product.id,
        kind,
        code: clean(product.code.as_str(), NAME),
        name,
        description: if seo.is_empty() { clean(product.description.as_str(), DESCRIPTION) } else { seo },
        price,
        sort_order: product.order.0,
        weight: clean(product.weight.map_or("", |raw| raw.get().trim_matches('"')), 40),
        unit: clean(product.measure_unit.as_str(), 40),
        open_price: product.can_set_open_price.0,
        on_sale,
        folder: product.parent_group.0,
        options: Options {
            sizes,
            modifiers: product.modifiers.iter().map(one_modifier).collect(),
            groups: product.group_modifiers.iter().map(one_group).collect(),
        },
    }
}

/// The price a guest sees first: the lowest among the sizes iiko has in its menu, else the lowest of all. An unreadable
/// price refuses the product: its text comes back.
fn priced(product: &Product<'_>) -> Result<(Kopecks, bool, Vec<SizePrice>), String> {
    let (mut on_menu, mut any): (Option<Kopecks>, Option<Kopecks>) = (None, None);
    let mut sizes = Vec::new();
    for row in &product.size_prices {
        let on_sale = row.price.is_included_in_menu.0;
        let text = match row.price.text() {
            Some(text) => text,
            // a size that is not sold may have no price; one that is sold without a price is not a gift
            None if !on_sale => continue,
            None => "",
        };
        let price = Kopecks::parse(text).map_err(|_| text.chars().take(40).collect::<String>())?;
        let lower = |than: Option<Kopecks>| Some(than.map_or(price, |than| than.min(price)));
        any = lower(any);
        if on_sale {
            on_menu = lower(on_menu);
        }
        if let Some(size) = row.size_id.0 {
            sizes.push(SizePrice { size, price, on_sale });
        }
    }
    Ok((on_menu.or(any).unwrap_or_default(), on_menu.is_some(), sizes))
}

fn modifier<'a>(product: &Product<'a>, name: Cow<'a, str>) -> Choice<'a> {
    // modifiers are never «in the menu»; a price that cannot be read is shown as none rather than losing the modifier
    let price = product
        .size_prices
        .first()
        .and_then(|row| Kopecks::parse(row.price.text()?).ok())
        .unwrap_or_default();
    Choice { kind: "modifier", iiko_id: product.id, name, price, sort_order: product.order.0 }
}

fn one_modifier(m: &TheirModifier) -> Modifier {
    Modifier {
        id: m.id,
        min: m.min_amount.0,
        max: m.max_amount.0,
        default: m.default_amount.0,
        free: m.free_of_charge_amount.0,
        required: m.required.0,
    }
}

fn one_group(g: &GroupModifier) -> ModifierGroup {
    ModifierGroup {
        id: g.id,
        min: g.min_amount.0,
        max: g.max_amount.0,
        free: g.free_of_charge_amount.0,
        required: g.required.0,
        own_limits: g.child_modifiers_have_min_max_restrictions.0,
        modifiers: g.child_modifiers.iter().map(one_modifier).collect(),
    }
}

/// A text of the till is a stranger's: no control characters (Postgres refuses NUL), no marks that reorder or hide what
/// is read, trimmed, at most `most` characters. Borrowed where nothing is to be done.
pub fn clean(text: &str, most: usize) -> Cow<'_, str> {
    let text = text.trim();
    if text.len() <= most && !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let cleaned: String = text.replace("\r\n", "\n").chars().filter(|c| !is_hostile(*c)).take(most).collect();
    Cow::Owned(cleaned.trim().to_owned())
}

fn is_hostile(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_marks_leave_and_plain_text_is_borrowed() {
        assert!(matches!(clean(" Борщ ", 300), Cow::Borrowed("Борщ")));
        assert_eq!(clean("Бо\u{202e}рщ\u{0}\r\nс\u{200b}", 300), "Борщ\nс");
        assert_eq!(clean("абвгд", 3).chars().count(), 3);
    }
}
