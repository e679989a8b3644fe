//! The shape of a product and of a folder as iiko sends them, for everything the sandbox invents itself.
use serde::Serialize;
use serde_json::Number;
use uuid::Uuid;

/// A product with every field the vendor's document has, in the order of real answers.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub fat_amount: f64,
    pub proteins_amount: f64,
    pub carbohydrates_amount: f64,
    pub energy_amount: f64,
    pub fat_full_amount: f64,
    pub proteins_full_amount: f64,
    pub carbohydrates_full_amount: f64,
    pub energy_full_amount: f64,
    pub weight: f64,
    pub group_id: Option<Uuid>,
    pub product_category_id: Option<Uuid>,
    pub r#type: &'static str,
    pub order_item_type: &'static str,
    pub modifier_schema_id: Option<Uuid>,
    pub modifier_schema_name: Option<String>,
    pub splittable: bool,
    pub measure_unit: String,
    pub size_prices: Vec<SizePrice>,
    pub modifiers: Vec<Modifier>,
    pub group_modifiers: Vec<GroupModifier>,
    pub image_links: Vec<String>,
    pub do_not_print_in_cheque: bool,
    pub parent_group: Option<Uuid>,
    pub order: i32,
    pub full_name_english: String,
    pub use_balance_for_sell: bool,
    pub can_set_open_price: bool,
    pub payment_subject: &'static str,
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub description: Option<String>,
    pub additional_info: Option<String>,
    pub tags: Vec<String>,
    pub is_deleted: bool,
    pub seo_description: Option<String>,
    pub seo_text: Option<String>,
    pub seo_keywords: Option<String>,
    pub seo_title: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SizePrice {
    pub size_id: Option<Uuid>,
    pub price: Price,
}

/// Roubles as the till writes them: `420` or `420.5`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    pub current_price: Number,
    pub is_included_in_menu: bool,
    pub next_price: Option<Number>,
    pub next_included_in_menu: bool,
    pub next_date_price: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Modifier {
    pub id: Uuid,
    pub default_amount: i32,
    pub min_amount: i32,
    pub max_amount: i32,
    pub required: bool,
    pub hide_if_default_amount: bool,
    pub splittable: bool,
    pub free_of_charge_amount: i32,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupModifier {
    pub id: Uuid,
    pub min_amount: i32,
    pub max_amount: i32,
    pub required: bool,
    pub child_modifiers_have_min_max_restrictions: bool,
    pub child_modifiers: Vec<Modifier>,
    pub hide_if_default_amount: bool,
    pub default_amount: i32,
    pub splittable: bool,
    pub free_of_charge_amount: i32,
}

/// A folder of the menu, or a group of modifiers.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub image_links: Vec<String>,
    pub parent_group: Option<Uuid>,
    pub order: i32,
    pub is_included_in_menu: bool,
    pub is_group_modifier: bool,
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub description: Option<String>,
    pub additional_info: Option<String>,
    pub tags: Vec<String>,
    pub is_deleted: bool,
    pub seo_description: Option<String>,
    pub seo_text: Option<String>,
    pub seo_keywords: Option<String>,
    pub seo_title: Option<String>,
}

impl Product {
    /// A plain dish: one price, no sizes, no modifiers. Food values follow from the id, so they look weighed.
    pub fn dish(id: Uuid, name: &str, price: Number) -> Product {
        let mut dish = Product {
            id,
            name: name.to_owned(),
            r#type: "Dish",
            order_item_type: "Product",
            measure_unit: "порц".into(),
            payment_subject: "ТОВАР",
            size_prices: vec![SizePrice::plain(price, true)],
            description: Some(String::new()),
            ..Product::default()
        };
        dish.weigh(0.25);
        dish
    }

    /// A modifier: as in every real answer, none is «included in menu».
    pub fn modifier(id: Uuid, name: &str, price: Number) -> Product {
        let mut modifier = Product::dish(id, name, price.clone());
        modifier.r#type = "Modifier";
        modifier.size_prices = vec![SizePrice::plain(price, false)];
        modifier.weigh(0.03);
        modifier
    }

    /// Weight in kilograms, and what is in it.
    pub fn weigh(&mut self, kilograms: f64) {
        let grain = (self.id.as_u128() % 97) as f64;
        let per_item = |per_100: f64| (per_100 * kilograms * 10_000.0).round() / 1000.0;
        self.weight = kilograms;
        self.fat_amount = 4.0 + grain / 8.0;
        self.proteins_amount = 3.0 + grain / 10.0;
        self.carbohydrates_amount = 6.0 + grain / 5.0;
        self.energy_amount =
            (9.0 * self.fat_amount + 4.0 * (self.proteins_amount + self.carbohydrates_amount)).round();
        self.fat_full_amount = per_item(self.fat_amount);
        self.proteins_full_amount = per_item(self.proteins_amount);
        self.carbohydrates_full_amount = per_item(self.carbohydrates_amount);
        self.energy_full_amount = per_item(self.energy_amount);
    }
}

impl SizePrice {
    pub fn plain(price: Number, included: bool) -> SizePrice {
        SizePrice::of_size(None, price, included)
    }

    pub fn of_size(size_id: Option<Uuid>, price: Number, included: bool) -> SizePrice {
        let price = Price {
            current_price: price,
            is_included_in_menu: included,
            next_price: None,
            next_included_in_menu: false,
            next_date_price: None,
        };
        SizePrice { size_id, price }
    }
}

impl Modifier {
    /// How many of it may be taken, and how many are there from the start.
    pub fn of(id: Uuid, min: i32, max: i32, default: i32) -> Modifier {
        Modifier {
            id,
            default_amount: default,
            min_amount: min,
            max_amount: max,
            required: min > 0,
            hide_if_default_amount: false,
            splittable: false,
            free_of_charge_amount: 0,
        }
    }
}

impl GroupModifier {
    /// A choice out of `children`, from `min` to `max` of them.
    pub fn of(id: Uuid, min: i32, max: i32, children: Vec<Modifier>) -> GroupModifier {
        GroupModifier {
            id,
            min_amount: min,
            max_amount: max,
            required: min > 0,
            child_modifiers_have_min_max_restrictions: children.iter().any(|child| child.max_amount > 0),
            child_modifiers: children,
            hide_if_default_amount: false,
            default_amount: 0,
            splittable: false,
            free_of_charge_amount: 0,
        }
    }
}

impl Group {
    pub fn folder(id: Uuid, name: &str, parent: Option<Uuid>, order: i32) -> Group {
        let name = name.to_owned();
        Group { id, name, parent_group: parent, order, is_included_in_menu: true, ..Group::default() }
    }

    pub fn of_modifiers(id: Uuid, name: &str) -> Group {
        Group { is_group_modifier: true, ..Group::folder(id, name, None, 0) }
    }
}

/// Roubles as typed («420», «420,50») into the number the till sends; none when it is no amount.
pub fn roubles(text: &str) -> Option<Number> {
    let plain = text.trim().replace(['\u{a0}', ' '], "").replace(',', ".");
    let number: Number = plain.parse().ok()?;
    number.as_f64().filter(|amount| *amount >= 0.0).map(|_| number)
}
