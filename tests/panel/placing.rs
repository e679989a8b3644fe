//! Orders of the guest's app: checked against the menu, at the till once whatever happens on the way, and told to the shift.
use std::time::Duration;

use maitre::placing::placement;
use maitre::{clock, exec};
use serde_json::{Value, json};

use crate::support::caller::{Caller, fits};
use crate::support::tied::Tied;

struct App {
    t: Tied,
    caller: Caller,
    menu: Value,
}

async fn app() -> App {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    {
        let mut world = t.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (30, 0);
    }
    let caller = Caller::of(&t, &["menu", "orders"]).await;
    let (_, menu) = caller.asks("menu", None).await;
    fits("Menu", &menu);
    App { t, caller, menu }
}

impl App {
    fn product(&self, name: &str) -> Value {
        let sections = self.menu["sections"].as_array().unwrap();
        let mut products = sections.iter().flat_map(|one| one["products"].as_array().unwrap());
        products.find(|one| one["name"] == name).unwrap_or_else(|| panic!("no «{name}»")).clone()
    }

    fn pickup(&self, number: &str) -> Value {
        let soup = self.product("Уха из трёх рыб");
        json!({
            "external_number": number, "kind": "pickup", "name": "Анна", "phone": "8 916 123-45-67",
            "items": [{ "product": soup["id"], "amount": 2, "comment": "погорячее" }],
            "sum": soup["price"].as_i64().unwrap() * 2,
        })
    }

    async fn places(&self, order: &Value) -> Value {
        let (status, placed) = self.caller.asks("orders", Some(order)).await;
        assert_eq!(status, 200, "{placed}");
        placed
    }

    /// The order once the till has said yes or no, at most thirty seconds.
    async fn settled(&self, placed: &Value) -> Value {
        let path = format!("orders/{}", placed["id"].as_str().unwrap());
        let mut last = Value::Null;
        for _ in 0..300 {
            last = self.caller.asks(&path, None).await.1;
            if last["creation"] != "in_progress" {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the order stays {last}");
    }

    fn at_the_till(&self) -> usize {
        self.t.panel.till().world().first().deliveries.len()
    }

    fn calls(&self) -> usize {
        self.t.panel.till().tape().calls().filter(|call| call.path == "/api/1/deliveries/create").count()
    }
}

#[actix_web::test]
async fn an_order_with_sizes_and_modifiers_gets_to_the_till_as_it_was_placed() {
    let app = app().await;
    let sized = |one: &&Value| !one["sizes"].as_array().unwrap().is_empty();
    let sections = app.menu["sections"].as_array().unwrap();
    let all = || sections.iter().flat_map(|one| one["products"].as_array().unwrap());
    let pizza = all().find(sized).expect("a pizza of two sizes").clone();
    let large = pizza["sizes"].as_array().unwrap().last().unwrap().clone();
    let asks = |one: &&Value| one["groups"].as_array().unwrap().iter().any(|group| group["min"] == 1);
    let meat = all().find(asks).expect("a dish one has to say more about").clone();
    let chosen: Vec<Value> = meat["groups"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|group| group["min"].as_i64().unwrap() > 0)
        .map(|group| json!({ "modifier": group["modifiers"][0]["id"], "group": group["id"] }))
        .collect();
    let topping = &pizza["groups"][0]["modifiers"][0];
    let mut wanted = vec![json!({ "modifier": topping["id"], "group": pizza["groups"][0]["id"] })];
    for group in pizza["groups"].as_array().unwrap().iter().skip(1).filter(|group| group["min"] != 0) {
        wanted.push(json!({ "modifier": group["modifiers"][0]["id"], "group": group["id"] }));
    }
    let order = json!({
        "external_number": "А-1", "kind": "courier", "name": "Анна", "phone": "+79161234567", "guests": 3,
        "address": { "city": "Москва", "street": "Маросейка", "house": "9", "flat": "4", "entrance": "2" },
        "due_at": clock::now() + chrono::TimeDelta::hours(2),
        "items": [
            { "product": pizza["id"], "size": large["id"], "amount": 2, "modifiers": wanted },
            { "product": meat["id"], "modifiers": chosen },
        ],
        "sum": 1,
    });
    let (status, fault) = app.caller.asks("orders", Some(&order)).await;
    assert_eq!((status, fault["error"]["code"].as_str()), (409, Some("sum_changed")), "{fault}");
    let mut order = order;
    order["sum"] = fault["error"]["about"].as_str().unwrap().parse::<i64>().unwrap().into();
    let two = 2 * (large["price"].as_i64().unwrap() + topping["price"].as_i64().unwrap());
    assert!(order["sum"].as_i64().unwrap() > two, "two pizzas with their toppings, and the meat");
    let placed = app.places(&order).await;
    assert_eq!(
        (placed["creation"].as_str(), placed["sum"].as_i64()),
        (Some("in_progress"), order["sum"].as_i64())
    );
    assert_eq!(placed["payable"], false, "nobody pays for what the till has not taken");
    let order_page = format!("/orders/{}", placed["id"].as_str().unwrap());
    let settled = app.settled(&placed).await;
    assert_eq!(settled["creation"], "success", "{settled}");
    assert_eq!(settled["sum"], order["sum"], "the till reckons the same");
    assert_eq!((app.at_the_till(), app.calls()), (1, 1));
    let delivery = app.t.panel.till().world().first().deliveries[0].clone();
    assert_eq!((delivery.name.as_str(), delivery.phone.as_str()), ("Анна", "+79161234567"));
    assert_eq!(delivery.external_number.as_deref(), Some("А-1"));
    assert_eq!(delivery.bill.lines[0].size.as_ref().unwrap().1, large["name"].as_str().unwrap());
    assert_eq!(delivery.bill.lines[0].extras[0].amount, 1);
    let page = app.t.owner.opens(&order_page).await;
    page.says("пришло из приложения гостя").says("Маросейка, 9, 4").says("Анна").says("Новый");
    let viewer = app.t.panel.viewer_of(app.t.owner.venue.unwrap()).await;
    viewer.opens(&order_page).await.does_not_say("Маросейка");
    app.t.panel.close().await;
}

#[actix_web::test]
async fn told_twice_or_at_once_it_is_one_order() {
    let app = app().await;
    let order = app.pickup("А-1");
    let calls = (0..6).map(|_| app.caller.asks("orders", Some(&order)));
    let answers = futures_util::future::join_all(calls).await;
    let mut ids: Vec<String> = answers
        .iter()
        .filter(|(status, body)| {
            assert!(matches!(status, 200 | 503), "{body}");
            *status == 200
        })
        .map(|(_, body)| body["id"].as_str().unwrap().to_owned())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "one id: {answers:?}");
    let placed = app.places(&order).await;
    assert_eq!(placed["id"].as_str().unwrap(), ids[0]);
    assert_eq!(app.settled(&placed).await["creation"], "success");
    assert_eq!(app.at_the_till(), 1);
    // the same number with other words is another order, and it is not taken
    let mut other = order.clone();
    other["name"] = "Пётр".into();
    let (status, fault) = app.caller.asks("orders", Some(&other)).await;
    assert_eq!((status, fault["error"]["about"].as_str()), (409, Some("external_number")));
    let page = app.t.owner.opens("/orders").await;
    assert_eq!(page.every("tbody tr").len(), 1);
    app.t.panel.close().await;
}

#[actix_web::test]
async fn a_lost_answer_is_asked_about_and_makes_no_second_order() {
    let app = app().await;
    app.t.pulls("lost", json!({"times": 1, "path": "/api/1/deliveries/create"})).await;
    let placed = app.places(&app.pickup("А-1")).await;
    assert_eq!(app.settled(&placed).await["creation"], "success");
    assert_eq!(app.at_the_till(), 1);
    // and a worker that died over one leaves it to the next, who may send it again
    let placed = app.places(&app.pickup("А-2")).await;
    app.settled(&placed).await;
    let sql = "UPDATE placements SET state = $1, next_at = $2 WHERE external_number = 'А-2'";
    for state in ["sending", "asked"] {
        let mut tx = app.t.panel.db.begin().await.unwrap();
        exec!(&mut tx, sql, state, clock::now()).unwrap();
        tx.commit().await.unwrap();
        let mut now = String::new();
        for _ in 0..300 {
            let mut c = app.t.panel.db.read().await.unwrap();
            let venue = app.t.owner.venue.unwrap();
            let placement = placement::by_number(&mut c, venue, "А-2").await.unwrap().unwrap();
            now = placement.state.word().to_owned();
            if now == "taken" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!((now.as_str(), app.at_the_till()), ("taken", 2), "after {state}");
    }
    assert_eq!(app.calls(), 3, "sent again under its own id, and refused as a double");
    app.t.panel.close().await;
}

#[actix_web::test]
async fn while_iiko_is_away_an_order_waits_and_then_goes_by_itself() {
    let app = app().await;
    app.t.pulls("500", json!({"path": "/api/v2/access_token"})).await;
    app.t.pulls("expire-tokens", json!({})).await;
    let placed = app.places(&app.pickup("А-1")).await;
    let page = app.t.owner.opens(&format!("/orders/{}", placed["id"].as_str().unwrap())).await;
    page.says("Передаём в кассу").says("погорячее");
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(app.at_the_till(), 0);
    app.t.pulls("calm", json!({})).await;
    assert_eq!(app.settled(&placed).await["creation"], "success");
    assert_eq!(app.at_the_till(), 1);
    app.t.panel.close().await;
}

#[actix_web::test]
async fn what_the_till_refuses_is_told_to_the_app_and_to_the_shift() {
    let app = app().await;
    // gone at the till since the last sync
    app.t.pulls("remove", json!({"product": "00243"})).await;
    let placed = app.places(&app.pickup("А-1")).await;
    let settled = app.settled(&placed).await;
    assert_eq!(
        (settled["creation"].as_str(), settled["status"].as_str()),
        (Some("error"), Some("cancelled"))
    );
    assert!(settled["cause"].as_str().unwrap().contains("is not found"), "{settled}");
    let page = app.t.owner.opens(&format!("/orders/{}", placed["id"].as_str().unwrap())).await;
    page.says("Касса не приняла заказ").says("ProductNotFound").says("Уха из трёх рыб");
    app.t.owner.opens("/orders?tab=trouble").await.says("Касса не приняла заказ");
    // a right is missing: refused at once, in our words
    app.t.pulls("bring-all-back", json!({})).await;
    app.t.pulls("right-away", json!({"right": "api/1/deliveries/create"})).await;
    let placed = app.places(&app.pickup("А-2")).await;
    assert_eq!(app.settled(&placed).await["creation"], "error");
    let page = app.t.owner.opens(&format!("/orders/{}", placed["id"].as_str().unwrap())).await;
    page.says("Касса не приняла заказ").says("missing_right");
    app.t.panel.close().await;
}

#[actix_web::test]
async fn a_wrong_order_is_told_by_its_field_and_leaves_nothing() {
    let app = app().await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut order = app.pickup("А-1");
        change(&mut order);
        order
    };
    let far = clock::now() + chrono::TimeDelta::days(61);
    let cases = [
        (with(&|one| one["external_number"] = " ".into()), 422, "external_number"),
        (with(&|one| one["external_number"] = "1".repeat(51).into()), 422, "external_number"),
        (with(&|one| one["name"] = "".into()), 422, "name"),
        (with(&|one| one["phone"] = "12".into()), 422, "phone"),
        (with(&|one| one["guests"] = 0.into()), 422, "guests"),
        (with(&|one| one["items"] = json!([])), 422, "items"),
        (with(&|one| one["items"][0]["amount"] = 0.into()), 422, "items[0].amount"),
        (with(&|one| one["items"][0]["comment"] = "я".repeat(256).into()), 422, "items[0].comment"),
        (with(&|one| one["items"][0]["product"] = json!(uuid::Uuid::nil())), 422, "items[0].product"),
        (with(&|one| one["items"][0]["size"] = json!(uuid::Uuid::nil())), 422, "items[0].size"),
        (with(&|one| one["address"] = json!({"line": "Маросейка, 9"})), 422, "address"),
        (with(&|one| one["kind"] = "courier".into()), 422, "address"),
        (
            with(&|one| {
                one["kind"] = "courier".into();
                one["address"] = json!({"city": "Москва", "street": "Маросейка"});
            }),
            422,
            "address.house",
        ),
        (with(&|one| one["due_at"] = json!(far)), 422, "due_at"),
        (with(&|one| one["due_at"] = json!("2020-01-01T00:00:00Z")), 422, "due_at"),
        (with(&|one| one["sum"] = json!("100")), 400, ""),
        (with(&|one| one["kind"] = "table".into()), 400, ""),
        (with(&|one| one["tip"] = 5.into()), 400, ""),
        (with(&|one| one["items"][0]["modifier"] = json!([])), 400, ""),
    ];
    for (order, status, about) in cases {
        let (answered, fault) = app.caller.asks("orders", Some(&order)).await;
        assert_eq!(answered, status, "{order} → {fault}");
        if status == 422 {
            assert_eq!(fault["error"]["about"], about, "{order} → {fault}");
        }
    }
    // stopped at the till a moment ago
    let soup = app.product("Уха из трёх рыб");
    let iiko = maitre::one!(
        &mut app.t.panel.db.read().await.unwrap(),
        (uuid::Uuid,),
        "SELECT iiko_id FROM products WHERE id = $1",
        soup["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap()
    );
    let mut tx = app.t.panel.db.begin().await.unwrap();
    exec!(
        &mut tx,
        "INSERT INTO stopped_products (venue_id, product_id, size_id, by_size, left_over, since)
         VALUES ($1, $2, $3, FALSE, 1000, $4)",
        app.t.owner.venue.unwrap(),
        iiko.unwrap().0,
        uuid::Uuid::nil(),
        clock::now()
    )
    .unwrap();
    tx.commit().await.unwrap();
    let (status, fault) = app.caller.asks("orders", Some(&app.pickup("А-1"))).await;
    assert_eq!(
        (status, fault["error"]["code"].as_str()),
        (409, Some("stopped")),
        "one is left, two are wanted"
    );
    app.t.owner.opens("/orders").await.says("Заказов пока нет");
    assert_eq!(app.calls(), 0);

    // a key of another right, another venue's product, a venue without a till
    let guest = Caller::of(&app.t, &["tables"]).await;
    let (status, fault) = guest.asks("orders", Some(&app.pickup("А-1"))).await;
    assert_eq!((status, fault["error"]["code"].as_str()), (403, Some("scope_missing")));
    let other = app.t.panel.venue("Чужая").await;
    let theirs = Tied { owner: app.t.panel.owner_of(other).await, panel: app.t.panel };
    let stranger = Caller::of(&theirs, &["orders"]).await;
    let (status, fault) = stranger
        .asks(
            "orders",
            Some(&json!({
                "external_number": "1", "kind": "pickup", "name": "А", "phone": "+79161234567", "sum": 1,
                "items": [{ "product": soup["id"] }],
            })),
        )
        .await;
    assert_eq!((status, fault["error"]["code"].as_str()), (409, Some("till_off")));
    theirs.panel.close().await;
}
