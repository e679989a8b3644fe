//! The answer of `/api/1/nomenclature`, borrowed from its bytes. Source: iiko's document and captured answers; fields are
//! theirs, those we do not use are skipped.
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::integrations::iiko_cloud::answer::NOMENCLATURE;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind};
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, Whole, id, list};

#[derive(Debug, Default)]
pub struct Nomenclature<'a> {
    pub groups: Vec<Group<'a>>,
    pub products: Vec<Product<'a>>,
    pub sizes: Vec<Size<'a>>,
    /// Unix milliseconds, grows with every change of the export.
    pub revision: i64,
    /// Elements that could not be read: what list, which one, why. The rest of the menu is not lost because of them.
    pub unreadable: Vec<Unreadable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub list: &'static str,
    pub index: usize,
    pub why: String,
    /// As far as they could be made out.
    pub id: Option<Uuid>,
    pub name: String,
}

/// What is looked for in an element that is not of its shape.
#[derive(Default, Deserialize)]
struct Named<'a> {
    #[serde(default)]
    id: MaybeId,
    #[serde(borrow, default)]
    name: Text<'a>,
}

/// A folder of the menu, or a group of modifiers (`isGroupModifier`).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group<'a> {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(default)]
    pub parent_group: MaybeId,
    #[serde(default)]
    pub order: Whole,
    #[serde(default)]
    pub is_included_in_menu: Flag,
    #[serde(default)]
    pub is_group_modifier: Flag,
    #[serde(default)]
    pub is_deleted: Flag,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product<'a> {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub code: Text<'a>,
    /// `Dish`, `Good`, `Modifier`, `Service`; any case, may grow.
    #[serde(borrow, default, rename = "type")]
    pub kind: Text<'a>,
    /// The menu's folder; of a modifier, its group.
    #[serde(default)]
    pub parent_group: MaybeId,
    #[serde(default)]
    pub order: Whole,
    #[serde(borrow, default, deserialize_with = "list")]
    pub size_prices: Vec<SizePrice<'a>>,
    #[serde(default, deserialize_with = "list")]
    pub modifiers: Vec<Modifier>,
    #[serde(default, deserialize_with = "list")]
    pub group_modifiers: Vec<GroupModifier>,
    /// Kilograms in one venue, grams in another: as text, not to be counted with.
    #[serde(borrow, default)]
    pub weight: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub measure_unit: Text<'a>,
    #[serde(borrow, default)]
    pub description: Text<'a>,
    /// «Описание для клиентов».
    #[serde(borrow, default)]
    pub seo_description: Text<'a>,
    #[serde(default)]
    pub is_deleted: Flag,
    /// The price is typed in at the till.
    #[serde(default)]
    pub can_set_open_price: Flag,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SizePrice<'a> {
    #[serde(default)]
    pub size_id: MaybeId,
    #[serde(borrow, default)]
    pub price: Price<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Price<'a> {
    /// The number as iiko wrote it: read as a decimal, never through binary float.
    #[serde(borrow, default)]
    pub current_price: Option<&'a RawValue>,
    #[serde(default)]
    pub is_included_in_menu: Flag,
}

impl Price<'_> {
    /// The decimal text, without quotes where iiko sent a string; none when iiko sent none.
    pub fn text(&self) -> Option<&str> {
        self.current_price.map(|raw| raw.get().trim_matches('"'))
    }
}

/// A single modifier of a product; `id` is a product of type Modifier. Amounts are portions.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Modifier {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(default)]
    pub default_amount: Whole,
    #[serde(default)]
    pub min_amount: Whole,
    #[serde(default)]
    pub max_amount: Whole,
    #[serde(default)]
    pub required: Flag,
    #[serde(default)]
    pub free_of_charge_amount: Whole,
}

/// A group of modifiers of a product; `id` is a group with `isGroupModifier`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupModifier {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(default)]
    pub min_amount: Whole,
    #[serde(default)]
    pub max_amount: Whole,
    #[serde(default)]
    pub required: Flag,
    #[serde(default)]
    pub free_of_charge_amount: Whole,
    /// When false, min and max of the children mean nothing.
    #[serde(default)]
    pub child_modifiers_have_min_max_restrictions: Flag,
    #[serde(default, deserialize_with = "list")]
    pub child_modifiers: Vec<Modifier>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Size<'a> {
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(default)]
    pub priority: Whole,
    #[serde(default)]
    pub is_default: Flag,
}

#[derive(Deserialize)]
struct Typed<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    groups: Vec<Group<'a>>,
    #[serde(borrow, deserialize_with = "list")]
    products: Vec<Product<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    sizes: Vec<Size<'a>>,
    revision: Whole,
}

#[derive(Deserialize)]
struct Loose<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    groups: Vec<&'a RawValue>,
    #[serde(borrow, deserialize_with = "list")]
    products: Vec<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "list")]
    sizes: Vec<&'a RawValue>,
    revision: Whole,
}

impl<'a> Nomenclature<'a> {
    /// Reads a body: all at once, or, when some element is not of its shape, one by one.
    pub fn read(body: &'a [u8]) -> Result<Nomenclature<'a>, Fault> {
        match serde_json::from_slice::<Typed<'a>>(body) {
            Ok(Typed { groups, products, sizes, revision }) => {
                Ok(Nomenclature { groups, products, sizes, revision: revision.0, unreadable: Vec::new() })
            }
            Err(cause) if cause.is_eof() => {
                Err(Fault::new(FaultKind::Truncated, NOMENCLATURE, cause.to_string()))
            }
            Err(_) => one_by_one(body),
        }
    }
}

fn one_by_one(body: &[u8]) -> Result<Nomenclature<'_>, Fault> {
    let loose: Loose = serde_json::from_slice(body)
        .map_err(|cause| Fault::new(FaultKind::Garbage, NOMENCLATURE, cause.to_string()))?;
    let mut unreadable = Vec::new();
    let groups = each("groups", &loose.groups, &mut unreadable);
    let products = each("products", &loose.products, &mut unreadable);
    let sizes = each("sizes", &loose.sizes, &mut unreadable);
    Ok(Nomenclature { groups, products, sizes, revision: loose.revision.0, unreadable })
}

fn each<'a, T: Deserialize<'a>>(
    list: &'static str,
    raw: &[&'a RawValue],
    bad: &mut Vec<Unreadable>,
) -> Vec<T> {
    let mut read = Vec::with_capacity(raw.len());
    for (index, one) in raw.iter().enumerate() {
        match serde_json::from_str(one.get()) {
            Ok(element) => read.push(element),
            Err(cause) => {
                let Named { id, name } = serde_json::from_str(one.get()).unwrap_or_default();
                let (id, name) = (id.0, name.as_str().to_owned());
                bad.push(Unreadable { list, index, why: cause.to_string(), id, name });
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unreadable_product_does_not_lose_the_menu() {
        let body = r#"{"products":[{"id":"00000000-0000-4000-8000-000000000001","name":"Борщ"},{"id":"?"},7],"revision":5}"#;
        let read = Nomenclature::read(body.as_bytes()).unwrap();
        assert_eq!(read.products.len(), 1);
        assert_eq!(read.unreadable.iter().map(|u| u.index).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn an_unreadable_product_is_still_known_by_its_id() {
        let body = r#"{"products":[{"id":"00000000-0000-4000-8000-000000000001","name":"Борщ","modifiers":5}],"revision":5}"#;
        let read = Nomenclature::read(body.as_bytes()).unwrap();
        let one = &read.unreadable[0];
        assert_eq!((one.id.map(|id| id.as_u128() & 0xff), one.name.as_str()), (Some(1), "Борщ"));
    }

    #[test]
    fn nulls_and_numbers_as_text_are_read() {
        let body = r#"{"groups":null,"sizes":null,"revision":"7","products":[{"id":"ABCDEF00-0000-4000-8000-000000000001",
            "name":null,"order":"3","sizePrices":[{"sizeId":null,"price":{"currentPrice":"560.50","isIncludedInMenu":1}}],
            "modifiers":null,"groupModifiers":null,"weight":0.30}]}"#;
        let read = Nomenclature::read(body.as_bytes()).unwrap();
        let product = &read.products[0];
        assert!(read.unreadable.is_empty());
        assert_eq!((read.revision, product.order.0, product.name.as_str()), (7, 3, ""));
        assert_eq!(product.size_prices[0].price.text(), Some("560.50"));
        assert!(product.size_prices[0].price.is_included_in_menu.0);
    }
}
