//! A draft against the menu: what goes to the till, how it reads, what it costs. Pure. iiko reckons for itself and has the
//! last word; this keeps a guest from paying for what cannot be cooked.
use std::collections::HashMap;

use uuid::Uuid;

use crate::integrations::iiko_cloud::new_delivery;
use crate::menu::options::{Modifier, ModifierGroup, Options};
use crate::menu::product::Product;
use crate::money::Kopecks;
use crate::orders::bill::Line;
use crate::placing::card::Card;
use crate::placing::draft::{Draft, Extra, Item, Wrong};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoned {
    pub items: Vec<new_delivery::Item>,
    pub lines: Vec<Line>,
    pub sum: Kopecks,
}

/// [`Wrong`] at the first place that does not fit the menu of now.
pub fn reckon(draft: &Draft, card: &Card) -> Result<Reckoned, Wrong> {
    let mut reckoned = Reckoned { items: Vec::new(), lines: Vec::new(), sum: Kopecks(0) };
    let mut wanted = Wanted { card, pieces: HashMap::new() };
    for (at, item) in draft.items.iter().enumerate() {
        let at = format!("items[{at}]");
        let product = card.products.get(&item.product).filter(|product| is_orderable(product));
        let product = product.ok_or_else(|| Wrong::Field(format!("{at}.product")))?;
        let iiko_id = product.iiko_id.unwrap_or_default();
        let price = price_of(product, item.size).ok_or_else(|| Wrong::Field(format!("{at}.size")))?;
        wanted.takes((iiko_id, item.size), item.amount, || format!("{at}.product"))?;
        let extras = extras(&product.options, item, card, &at)?;
        for (no, extra) in item.modifiers.iter().enumerate() {
            let where_to = || format!("{at}.modifiers[{no}].modifier");
            wanted.takes((extra.modifier, None), extra.amount.saturating_mul(item.amount), where_to)?;
        }
        let piece = price.0.saturating_add(extras.iter().map(|one| one.cost).sum());
        let sum = Kopecks(piece.saturating_mul(item.amount));
        reckoned.sum = Kopecks(reckoned.sum.0.saturating_add(sum.0));
        reckoned.lines.push(line(product, (item, sum), &extras, card));
        reckoned.items.push(new_delivery::Item {
            product: iiko_id,
            size: item.size,
            amount: item.amount,
            price,
            modifiers: extras.into_iter().map(|one| one.told).collect(),
            comment: item.comment.clone(),
        });
    }
    if reckoned.sum.0 == draft.sum { Ok(reckoned) } else { Err(Wrong::Sum(reckoned.sum.0)) }
}

/// The venue's own products are not the till's, and a price that is typed in at the till is nobody's here.
fn is_orderable(product: &Product) -> bool {
    product.iiko_id.is_some() && product.vanished_at.is_none() && product.on_sale && !product.open_price
}

/// None: the size does not fit, or one has to be chosen.
fn price_of(product: &Product, size: Option<Uuid>) -> Option<Kopecks> {
    match (product.options.sizes.as_slice(), size) {
        ([], None) => Some(product.price),
        (sizes, Some(size)) => sizes.iter().find(|one| one.size == size && one.on_sale).map(|one| one.price),
        _ => None,
    }
}

/// What the lines before have asked for already.
struct Wanted<'a> {
    card: &'a Card,
    pieces: HashMap<(Uuid, Uuid), i64>,
}

impl Wanted<'_> {
    fn takes(
        &mut self,
        (product, size): (Uuid, Option<Uuid>),
        amount: i64,
        at: impl Fn() -> String,
    ) -> Result<(), Wrong> {
        let whole = (product, Uuid::nil());
        for what in std::iter::once(whole).chain(size.map(|size| (product, size))) {
            let pieces = self.pieces.entry(what).or_default();
            *pieces = pieces.saturating_add(amount);
            let left = self.card.stopped.get(&what);
            if left.is_some_and(|left| *left < pieces.saturating_mul(1_000)) {
                return Err(Wrong::Stopped(at()));
            }
        }
        Ok(())
    }
}

struct Chosen {
    told: new_delivery::Extra,
    said: String,
    /// Of one piece, without the portions that are free.
    cost: i64,
}

fn extras(options: &Options, item: &Item, card: &Card, at: &str) -> Result<Vec<Chosen>, Wrong> {
    let missing = || Wrong::Field(format!("{at}.modifiers"));
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut free_left: HashMap<Uuid, i64> =
        options.groups.iter().map(|group| (group.id, group.free)).collect();
    for (no, extra) in item.modifiers.iter().enumerate() {
        let wrong = |field: &str| Wrong::Field(format!("{at}.modifiers[{no}].{field}"));
        let twice = |one: &Chosen| (one.told.modifier, one.told.group) == (extra.modifier, extra.group);
        let (name, price) = card.option("modifier", extra.modifier).ok_or_else(|| wrong("modifier"))?;
        let (known, limited) = known(options, extra).ok_or_else(|| wrong("modifier"))?;
        if chosen.iter().any(twice) {
            return Err(wrong("modifier"));
        }
        if limited && !known.allows(extra.amount) {
            return Err(wrong("amount"));
        }
        let in_group = extra.group.and_then(|group| free_left.get_mut(&group));
        // iiko does not say which portions of a group are the free ones: here the first that are told
        let free = match in_group {
            Some(left) if *left > 0 => {
                let free = extra.amount.min(*left);
                *left -= free;
                free
            }
            _ => extra.amount.min(known.free),
        };
        chosen.push(Chosen {
            told: new_delivery::Extra {
                modifier: extra.modifier,
                group: extra.group,
                amount: extra.amount,
                price: *price,
            },
            said: if extra.amount == 1 { name.clone() } else { format!("{name} × {}", extra.amount) },
            cost: price.0.saturating_mul(extra.amount - free),
        });
    }
    let given = |id: Uuid, group: Option<Uuid>| {
        let these = item.modifiers.iter().filter(move |one| one.modifier == id && one.group == group);
        these.map(|one| one.amount).sum::<i64>()
    };
    let alone = options.modifiers.iter().all(|one| given(one.id, None) >= one.least());
    let grouped = options.groups.iter().all(|group| {
        let of = |one: &&Extra| one.group == Some(group.id);
        let total: i64 = item.modifiers.iter().filter(of).map(|one| one.amount).sum();
        let each =
            |one: &Modifier| !group.own_limits || total == 0 || given(one.id, Some(group.id)) >= one.least();
        group.allows(total) && group.modifiers.iter().all(each)
    });
    if alone && grouped { Ok(chosen) } else { Err(missing()) }
}

/// The modifier as the product has it, and whether its own limits mean anything.
fn known<'a>(options: &'a Options, extra: &Extra) -> Option<(&'a Modifier, bool)> {
    let of = |list: &'a [Modifier]| list.iter().find(|one| one.id == extra.modifier);
    match extra.group {
        None => of(&options.modifiers).map(|one| (one, true)),
        Some(id) => {
            let group: &ModifierGroup = options.groups.iter().find(|group| group.id == id)?;
            of(&group.modifiers).map(|one| (one, group.own_limits))
        }
    }
}

fn line(product: &Product, (item, sum): (&Item, Kopecks), extras: &[Chosen], card: &Card) -> Line {
    let size = item.size.and_then(|size| card.option("size", size)).map(|(name, _)| name.as_str());
    Line {
        name: size.map_or_else(|| product.name.clone(), |size| format!("{}, {size}", product.name)),
        product: product.iiko_id,
        amount: item.amount.to_string(),
        sum,
        modifiers: extras.iter().map(|one| one.said.clone()).collect(),
        comment: item.comment.clone(),
        ..Line::default()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use sqlx::types::Json;

    use super::*;
    use crate::menu::options::SizePrice;
    use crate::placing::draft::Service;

    const SOUP: Uuid = Uuid::from_u128(1);
    const PIZZA: Uuid = Uuid::from_u128(2);
    const LARGE: Uuid = Uuid::from_u128(3);
    const SAUCES: Uuid = Uuid::from_u128(4);
    const CREAM: Uuid = Uuid::from_u128(5);
    const CHILI: Uuid = Uuid::from_u128(6);
    const BREAD: Uuid = Uuid::from_u128(7);

    fn product(id: Uuid, price: i64, options: Options) -> Product {
        Product {
            id,
            // iiko's id is another one
            iiko_id: Some(Uuid::from_u128(id.as_u128() + 100)),
            kind: "dish".into(),
            code: String::new(),
            name: "Суп".into(),
            description: String::new(),
            price: Kopecks(price),
            weight: String::new(),
            unit: String::new(),
            open_price: false,
            on_sale: true,
            has_sizes: !options.sizes.is_empty(),
            iiko_path: String::new(),
            options: Json(options),
            section_id: id,
            category_id: None,
            placed: String::new(),
            vanished_at: None,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn modifier(id: Uuid, (min, max): (i64, i64), free: i64) -> Modifier {
        Modifier { id, min, max, default: 0, free, required: false }
    }

    fn card() -> Card {
        let group = ModifierGroup {
            id: SAUCES,
            min: 1,
            max: 3,
            free: 1,
            required: true,
            own_limits: false,
            modifiers: vec![modifier(CREAM, (0, 0), 0), modifier(CHILI, (0, 0), 0)],
        };
        let soup = Options {
            modifiers: vec![modifier(BREAD, (0, 2), 1)],
            groups: vec![group],
            ..Options::default()
        };
        let size = SizePrice { size: LARGE, price: Kopecks(90_000), on_sale: true };
        let pizza = Options { sizes: vec![size], ..Options::default() };
        let option =
            |kind: &str, id, name: &str, price| ((kind.to_owned(), id), (name.to_owned(), Kopecks(price)));
        Card {
            products: [(SOUP, product(SOUP, 30_000, soup)), (PIZZA, product(PIZZA, 50_000, pizza))].into(),
            options: [
                option("modifier", CREAM, "Сметана", 5_000),
                option("modifier", CHILI, "Чили", 7_000),
                option("modifier", BREAD, "Хлеб", 2_000),
                option("size", LARGE, "33 см", 0),
            ]
            .into(),
            stopped: HashMap::new(),
        }
    }

    fn extra(modifier: Uuid, group: Option<Uuid>, amount: i64) -> Extra {
        Extra { modifier, group, amount }
    }

    fn soup(amount: i64, modifiers: Vec<Extra>) -> Item {
        Item { product: SOUP, size: None, amount, modifiers, comment: String::new() }
    }

    fn pizza(size: Option<Uuid>) -> Item {
        Item { product: PIZZA, size, amount: 1, modifiers: Vec::new(), comment: String::new() }
    }

    fn draft(items: Vec<Item>, sum: i64) -> Draft {
        Draft {
            external_number: "1".into(),
            kind: Service::Pickup,
            name: "Анна".into(),
            phone: "+79161234567".into(),
            address: None,
            due_at: None,
            guests: 1,
            comment: String::new(),
            items,
            sum,
        }
    }

    fn wrong(item: Item) -> Wrong {
        reckon(&draft(vec![item], 0), &card()).unwrap_err()
    }

    #[test]
    fn an_order_costs_what_its_sizes_and_modifiers_cost() {
        // of three sauces one is free, of two pieces of bread one
        let sauces =
            vec![extra(CREAM, Some(SAUCES), 1), extra(CHILI, Some(SAUCES), 2), extra(BREAD, None, 2)];
        let items = vec![soup(2, sauces), pizza(Some(LARGE))];
        let each = 30_000 + 2 * 7_000 + 2_000;
        let sum = 2 * each + 90_000;
        let told = reckon(&draft(items.clone(), sum), &card()).unwrap();
        assert_eq!(told.sum, Kopecks(sum));
        assert_eq!(told.lines[0].modifiers, ["Сметана", "Чили × 2", "Хлеб × 2"]);
        assert_eq!((told.lines[0].amount.as_str(), told.lines[0].sum), ("2", Kopecks(2 * each)));
        assert_eq!(told.lines[1].name, "Суп, 33 см");
        assert_eq!(told.items[0].product, Uuid::from_u128(101), "the till knows its own id");
        assert_eq!(told.items[1].price, Kopecks(90_000));
        // the guest was shown another price
        assert_eq!(reckon(&draft(items, sum - 1), &card()), Err(Wrong::Sum(sum)));
    }

    #[test]
    fn what_the_menu_does_not_allow_is_told_at_its_place() {
        let field = |at: &str| Wrong::Field(at.to_owned());
        assert_eq!(wrong(pizza(None)), field("items[0].size"), "a size has to be chosen");
        assert_eq!(wrong(pizza(Some(SOUP))), field("items[0].size"));
        assert_eq!(wrong(Item { size: Some(LARGE), ..soup(1, vec![]) }), field("items[0].size"));
        assert_eq!(wrong(Item { product: LARGE, ..soup(1, vec![]) }), field("items[0].product"));
        assert_eq!(wrong(soup(1, vec![])), field("items[0].modifiers"), "one sauce is a must");
        let four = vec![extra(CREAM, Some(SAUCES), 4)];
        assert_eq!(wrong(soup(1, four)), field("items[0].modifiers"), "three at most");
        let alone = vec![extra(CREAM, None, 1)];
        assert_eq!(wrong(soup(1, alone)), field("items[0].modifiers[0].modifier"), "it is of a group");
        let twice = vec![extra(CREAM, Some(SAUCES), 1), extra(CREAM, Some(SAUCES), 1)];
        assert_eq!(wrong(soup(1, twice)), field("items[0].modifiers[1].modifier"));
        let bread = vec![extra(CREAM, Some(SAUCES), 1), extra(BREAD, None, 3)];
        assert_eq!(wrong(soup(1, bread)), field("items[0].modifiers[1].amount"));
        for spoil in [
            (|product: &mut Product| product.on_sale = false) as fn(&mut Product),
            |product| product.open_price = true,
            |product| product.iiko_id = None,
            |product| product.vanished_at = Some(DateTime::UNIX_EPOCH),
        ] {
            let mut card = card();
            card.products.get_mut(&SOUP).map(spoil).unwrap();
            let told = reckon(&draft(vec![soup(1, vec![extra(CREAM, Some(SAUCES), 1)])], 0), &card);
            assert_eq!(told, Err(field("items[0].product")));
        }
    }

    #[test]
    fn what_is_stopped_is_not_sold_nor_more_than_is_left() {
        let mut card = card();
        let of = |card: &Card, items| reckon(&draft(items, 30_000 + 30_000), card);
        let one = || soup(1, vec![extra(CREAM, Some(SAUCES), 1)]);
        card.stopped.insert((Uuid::from_u128(101), Uuid::nil()), 2_000);
        assert!(of(&card, vec![one(), one()]).is_ok(), "two are left");
        let third = of(&card, vec![one(), one(), one()]);
        assert_eq!(third, Err(Wrong::Stopped("items[2].product".into())));
        card.stopped.insert((CREAM, Uuid::nil()), 0);
        let told = of(&card, vec![one()]);
        assert_eq!(told, Err(Wrong::Stopped("items[0].modifiers[0].modifier".into())));
        card.stopped.insert((Uuid::from_u128(102), LARGE), 0);
        let large = of(&card, vec![pizza(Some(LARGE))]);
        assert_eq!(large, Err(Wrong::Stopped("items[0].product".into())));
    }
}
