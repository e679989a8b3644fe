//! The demo's world: a restaurant with two tills, its sister across town, three kinds of keys.
use serde_json::{Value, json};
use uuid::Uuid;

use super::dish::{Group, Product};
use super::id;
use super::key::Key;
use super::menu::Menu;
use super::menu_demo;
use super::world::{API_KEY, Organization, Person, Stop, Terminal, World};

/// A key as iikoWeb makes them lately: only the second login takes it.
pub const NEW_KEY: &str = "sandbox-new-key-b81d40e6";
/// A key that was switched off.
pub const OFF_KEY: &str = "sandbox-off-key-c95a2f17";

impl World {
    /// «Рябина на Покровке» with everything a panel may ask about, and a second restaurant the same key sees.
    pub fn demo() -> World {
        let mut world = World::empty();
        let (first, second) = (pokrovka(), taganka());
        let both = vec![first.id, second.id];
        let off = Key { active: false, ..Key::new(OFF_KEY, "Старый сайт", both.clone()) };
        let new =
            Key { v1: false, ..Key::new(NEW_KEY, "Новый ключ, только v2", both.clone()) };
        world.keys.keys = vec![Key::new(API_KEY, "Maitre", both), new, off];
        world.organizations = vec![first, second];
        world
    }
}

fn pokrovka() -> Organization {
    let hall = Terminal::awake("Зал", "8.6.2");
    let bar = Terminal::asleep("Бар", "8.6.2");
    let (hall_id, bar_id) = (hall.id, bar.id);
    let mut one =
        Organization::new("Рябина Покровка (ООО «Рябина Групп»)", menu_demo::menu()).with(hall).with(bar);
    one.code = "1".into();
    one.address = "Москва, ул. Покровка, 27".into();
    one.sections = vec![
        with_bar(section("Основной зал", hall_id, &[(1, 4), (2, 4), (3, 2), (4, 6), (5, 2), (6, 8), (7, 4)])),
        section("Веранда", hall_id, &[(1, 4), (2, 4), (3, 4)]),
        section("Барная стойка", bar_id, &[(101, 1), (102, 1), (103, 1), (104, 1)]),
        section("Доставка", hall_id, &[(900, 0)]),
    ];
    one.payment_types.extend([
        payment("CARD", "Банковская карта", ("Card", "Internal")),
        payment("EVVAP", "Оплата по QR-коду", ("Card", "Both")),
        payment("SITE", "Картой на сайте", ("Card", "External")),
        payment("BONUS", "Бонусы", ("IikoCard", "Internal")),
    ]);
    one.staff = vec![
        person("001", "Анна Белова", "8 (916) 204-11-32"),
        person("002", "Тимур Ахметов", "+7 903 771 45 08"),
        person("004", "Даша Климова", ""),
        Person { deleted: true, ..person("003", "Пётр Синицын", "+7 926 118 90 21") },
        Person { courier: false, ..person("005", "Марина Котова", "+7 915 330 64 17") },
        Person { pin: false, ..person("006", "Илья Орлов", "") },
    ];
    one.order_types = vec![
        order_type("Доставка курьером", "DeliveryByCourier"),
        order_type("Доставка самовывоз", "DeliveryPickUp"),
        order_type("Обычный заказ", "Common"),
    ];
    one.discounts = vec![discount("Скидка друзьям дома", 10.0)];
    one.cancel_causes =
        vec![cause("Гость передумал"), cause("Не дозвонились"), cause("Закончились продукты")];
    let product = |code: &str| one.menu.id_of(code).unwrap_or_default();
    let stop = |code: &str, balance| Stop {
        terminal: hall_id,
        product: product(code),
        balance,
        since_ms: one.menu.revision,
    };
    one.stops = vec![stop("00243", 0.0), stop("00263", 3.0)];
    one
}

fn taganka() -> Organization {
    let mut menu = Menu::new();
    let folder = Group::folder(id::named("taganka folder"), "Завтраки", None, 0);
    let dishes = [("Сырники", 370), ("Каша рисовая", 250), ("Блины со сметаной", 290)];
    for (name, price) in dishes {
        let mut dish = Product::dish(id::named(&format!("taganka {name}")), name, price.into());
        dish.parent_group = Some(folder.id);
        menu.add(&dish);
    }
    menu.add_folder(&folder);
    let mut one = Organization::new("Рябина Таганка (ООО «Рябина Групп»)", menu);
    one.code = "2".into();
    one.address = "Москва, Таганская ул., 4".into();
    let mut till = Terminal::awake("Касса", "8.4.5");
    till.id = id::named("terminal taganka");
    one.with(till)
}

fn section(name: &str, terminal: Uuid, tables: &[(i32, i32)]) -> Value {
    let of = |kind: &str, number: i32| id::named(&format!("{kind} {name} {number}"));
    let rows: Vec<Value> = tables
        .iter()
        .map(|(number, seats)| {
            json!({"id": of("table", *number), "number": number, "name": "", "seatingCapacity": seats,
                "revision": 1_778_000_000_000_i64, "isDeleted": false, "posId": of("pos table", *number)})
        })
        .collect();
    let placed: Vec<Value> = (0..)
        .zip(tables)
        .map(|(at, (number, _))| {
            json!({"tableId": of("table", *number), "x": 60 + 160 * (at % 4), "y": 60 + 160 * (at / 4), "z": 1,
                "angle": 0.0, "width": 90, "height": 90})
        })
        .collect();
    let schema = json!({"width": 760, "height": 420, "markElements": [], "tableElements": placed,
        "rectangleElements": [], "ellipseElements": [], "revision": 1_778_000_000_000_i64, "isDeleted": false});
    json!({"id": id::named(&format!("section {name}")), "terminalGroupId": terminal, "name": name, "tables": rows,
        "schema": schema})
}

/// A bar along the wall and a pillar, as a back office draws them.
fn with_bar(mut section: Value) -> Value {
    let grey = json!({"a": 255, "r": 200, "g": 200, "b": 200});
    let font = json!({"fontFamily": "Arial", "size": 12.0, "fontStyle": "Regular"});
    section["schema"]["rectangleElements"] =
        json!([{"color": grey, "x": 60, "y": 350, "z": 0, "angle": 0.0, "width": 440, "height": 40}]);
    section["schema"]["ellipseElements"] =
        json!([{"color": grey, "x": 560, "y": 230, "z": 0, "angle": 0.0, "width": 60, "height": 60}]);
    section["schema"]["markElements"] = json!([{"text": "Барная стойка", "font": font, "color": grey, "x": 200,
        "y": 355, "z": 1, "angle": 0.0, "width": 160, "height": 30}]);
    section
}

fn payment(code: &str, name: &str, (kind, processing): (&str, &str)) -> Value {
    json!({"id": id::named(&format!("payment {code}")), "code": code, "name": name, "comment": "", "combinable": true,
        "externalRevision": 1, "applicableMarketingCampaigns": [], "isDeleted": false, "printCheque": true,
        "paymentProcessingType": processing, "paymentTypeKind": kind})
}

/// A waiter with the right D_DC0 and a PIN.
fn person(code: &str, name: &str, phone: &str) -> Person {
    let id = id::named(&format!("courier {code}"));
    let (code, name, phone) = (code.into(), name.into(), phone.into());
    Person { id, code, name, phone, courier: true, pin: true, deleted: false }
}

fn order_type(name: &str, service: &str) -> Value {
    json!({"id": id::named(&format!("order type {name}")), "name": name, "orderServiceType": service,
        "isDeleted": false, "externalRevision": 1, "isDefault": true})
}

fn discount(name: &str, percent: f64) -> Value {
    json!({"id": id::named(&format!("discount {name}")), "name": name, "percent": percent, "mode": "Percent",
        "sum": 0.0, "isCategorisedDiscount": false, "productCategoryDiscounts": [], "comment": "",
        "canBeAppliedSelectively": false, "minOrderSum": null, "canApplyByCardNumber": false, "isManual": true,
        "isCard": false, "isAutomatic": false, "isDeleted": false})
}

fn cause(name: &str) -> Value {
    json!({"id": id::named(&format!("cause {name}")), "name": name, "isDeleted": false})
}
