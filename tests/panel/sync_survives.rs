//! A menu edited at random on both sides: every sync tells iiko's truth, leaves the manager's work alone, and run twice
//! changes nothing.
use std::collections::HashMap;

use maitre::{all, exec};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder, id};
use crate::support::reading::read;

/// The same throws on every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

struct Iiko {
    groups: Vec<Value>,
    dishes: Vec<Value>,
    next: u128,
}

impl Iiko {
    /// Somebody changes something in iiko.
    fn edit(&mut self, dice: &mut Dice) {
        let at = dice.throw(self.dishes.len());
        let folder = id(10 + dice.throw(9) as u128);
        match dice.throw(11) {
            0 => self.dishes[at]["name"] = json!(format!("Имя {}", dice.throw(1_000))),
            1 => {
                self.dishes[at]["sizePrices"][0]["price"]["currentPrice"] =
                    json!(dice.throw(90_000) as f64 / 100.0)
            }
            2 => self.dishes[at]["description"] = json!(format!("Описание {}", dice.throw(1_000))),
            3 => self.dishes[at]["parentGroup"] = json!(folder),
            4 => self.dishes[at]["parentGroup"] = Value::Null,
            5 => self.dishes[at]["isDeleted"] = json!(!self.dishes[at]["isDeleted"].as_bool().unwrap()),
            6 => {
                self.dishes[at]["type"] =
                    json!(["Dish", "Good", "Service", "dish", "Modifier"][dice.throw(5)])
            }
            7 => self.groups[dice.throw(7)]["parentGroup"] = json!(folder),
            8 => self.groups[dice.throw(7)]["name"] = json!(format!("Папка {}", dice.throw(100))),
            9 => self.dishes[at]["sizePrices"][0]["price"]["currentPrice"] = json!(-1.5),
            _ => {
                self.dishes.push(dish(
                    self.next,
                    &format!("Новое {}", self.next),
                    Some(10 + dice.throw(9) as u128),
                    5.5,
                ));
                self.next += 1;
            }
        }
        let other = dice.throw(self.dishes.len());
        self.dishes.swap(at, other);
    }
}

type Place = (Uuid, Option<Uuid>, Option<i64>);

async fn places(fed: &Fed) -> HashMap<Uuid, Place> {
    let rows = all!(
        &mut fed.db.read().await.unwrap(),
        (Uuid, Uuid, Option<Uuid>, Option<i64>),
        "SELECT id, section_id, category_id, position FROM products WHERE venue_id = $1",
        fed.venue
    );
    rows.unwrap()
        .into_iter()
        .map(|(id, section, category, position)| (id, (section, category, position)))
        .collect()
}

/// The manager moves a product somewhere.
async fn rearrange(fed: &Fed, dice: &mut Dice) {
    let menu = fed.menu().await;
    let product = &menu.products[dice.throw(menu.products.len())];
    let section = &menu.sections[dice.throw(menu.sections.len())];
    let mut tx = fed.db.begin().await.unwrap();
    let sql = "UPDATE products SET section_id = $2, category_id = NULL, position = $3, placed = 'manager' WHERE id = $1";
    exec!(&mut tx, sql, product.id, section.id, dice.throw(50) as i64).unwrap();
    tx.commit().await.unwrap();
}

/// A sync; what is held is approved as it was shown.
async fn synchronize(fed: &Fed, body: &Value) -> String {
    let run = fed.sync(body).await;
    match run.state.as_str() {
        "held" => fed.sync_text(body.to_string().as_bytes(), run.plan_digest.as_deref()).await.state,
        _ => run.state,
    }
}

#[actix_web::test]
async fn random_edits_on_both_sides_never_cost_the_manager_anything() {
    let fed = Fed::open().await;
    let mut dice = Dice(2026);
    let groups = (10..17).map(|n| folder(n, &format!("Папка {n}"), (n > 12).then_some(n - 3))).collect();
    let dishes = (100..160).map(|n| dish(n, &format!("Блюдо {n}"), Some(10 + n % 7), n as f64)).collect();
    let mut iiko = Iiko { groups, dishes, next: 1_000 };
    assert_eq!(synchronize(&fed, &export(1, &iiko.groups, &iiko.dishes)).await, "applied");
    for round in 2..60 {
        for _ in 0..dice.throw(6) {
            iiko.edit(&mut dice);
        }
        rearrange(&fed, &mut dice).await;
        let body = export(round, &iiko.groups, &iiko.dishes);
        let before = places(&fed).await;
        let state = synchronize(&fed, &body).await;
        assert!(["applied", "unchanged"].contains(&state.as_str()), "round {round}: {state}");
        let after = places(&fed).await;
        assert!(
            before.iter().all(|(id, place)| after[id] == *place),
            "round {round}: something moved by itself"
        );
        tells_iikos_truth(&fed, &body, round).await;
        let everything = fed.everything().await;
        assert_eq!(
            fed.sync(&export(round, &iiko.groups, &iiko.dishes)).await.state,
            "unchanged",
            "round {round}"
        );
        assert_eq!(fed.everything().await, everything, "round {round}");
    }
}

/// Every dish of the export is here as iiko has it; of the others only those with an unreadable price are shown.
async fn tells_iikos_truth(fed: &Fed, body: &Value, round: i64) {
    let reading = read(body);
    for product in fed.menu().await.products {
        match reading.dishes.get(&product.iiko_id.to_string()) {
            Some(dish) => {
                let ours =
                    (product.name.as_str(), product.price.0, product.description.as_str(), product.vanished);
                assert_eq!(
                    ours,
                    (dish.name.as_str(), dish.kopecks, dish.description.as_str(), false),
                    "round {round}"
                );
                assert_eq!(product.iiko_path, dish.path.join(" → "), "round {round}");
            }
            None => {
                let unread = reading.unread.contains(&product.iiko_id.to_string());
                assert!(product.vanished || unread, "round {round}: {} is shown", product.name)
            }
        }
    }
    let here: Vec<String> =
        fed.menu().await.products.iter().map(|product| product.iiko_id.to_string()).collect();
    assert!(reading.dishes.keys().all(|id| here.contains(id)), "round {round}: a dish of iiko's is missing");
}
