//! Syncs where something is odd: stopped at a bad moment, texts no database takes, the same answer in another order.
use maitre::queue::job;
use maitre::sync::beside::Beside;
use maitre::sync::gate::Held;
use maitre::sync::run::{self, Scope};
use maitre::sync::work::{Work, digest};
use serde_json::{Value, json};

use crate::support::fed::{Fed, dish, export, folder, id};

fn menu() -> (Vec<Value>, Vec<Value>) {
    let groups = vec![folder(10, "Кухня", None), folder(11, "Супы", Some(10))];
    let dishes = (0..10).map(|n| dish(100 + n, &format!("Блюдо {n}"), Some(11), 100.0 + n as f64)).collect();
    (groups, dishes)
}

async fn first(fed: &Fed) -> (Vec<Value>, Vec<Value>) {
    let (groups, dishes) = menu();
    assert_eq!(fed.sync(&export(5, &groups, &dishes)).await.state, "applied");
    (groups, dishes)
}

#[actix_web::test]
async fn stopped_while_it_compares_it_ends_as_stopped_and_nothing_is_written() {
    let fed = Fed::open().await;
    let (groups, mut dishes) = first(&fed).await;
    let before = fed.everything().await;
    dishes[0]["name"] = json!("Другое имя");
    let mut tx = fed.db.begin().await.unwrap();
    let (id, _) = run::ask(&mut tx, fed.venue, fed.by, (Scope::All, None)).await.unwrap();
    tx.commit().await.unwrap();
    let lease = job::claim(&fed.db).await.unwrap().unwrap();
    let job = lease.id;
    let work = Work::of(&fed.db, lease).await.unwrap().unwrap();
    let mut tx = fed.db.begin().await.unwrap();
    assert_eq!(job::cancel(&mut tx, fed.venue, job).await.unwrap(), Some(false));
    tx.commit().await.unwrap();
    digest(&work, None, Some(export(6, &groups, &dishes).to_string().as_bytes()), &Beside::default())
        .await
        .unwrap();
    let run = run::get(&mut fed.db.read().await.unwrap(), fed.venue, id).await.unwrap();
    assert_eq!((run.state.as_str(), run.fault), ("cancelled", None));
    assert_eq!(fed.everything().await, before);
    assert!(job::claim(&fed.db).await.unwrap().is_none(), "the job does not come back");
}

#[actix_web::test]
async fn hostile_texts_reach_the_history_cut_and_clean() {
    let fed = Fed::open().await;
    let (groups, mut dishes) = menu();
    let nasty = format!("Наб\u{0}ор\u{202e}{}", "ы".repeat(5_000));
    dishes[0]["type"] = json!(nasty);
    (dishes[1]["name"], dishes[1]["code"]) = (json!("\u{200b} \u{0}"), json!(nasty));
    dishes[2]["sizePrices"][0]["price"]["currentPrice"] = json!(nasty);
    dishes[3]["modifiers"] = json!(nasty);
    (dishes[4]["name"], dishes[4]["measureUnit"], dishes[4]["weight"]) =
        (json!(nasty), json!(nasty), json!(nasty));
    let mut groups_too = groups.clone();
    groups_too[1]["name"] = json!(nasty);
    let run = fed.sync(&export(5, &groups_too, &dishes)).await;
    assert_eq!((run.state.as_str(), run.tally.added, run.tally.skipped), ("applied", 6, 4));
    for row in fed.changes(&run).await {
        assert!(row.note.chars().count() <= 700, "{} {}", row.rule, row.note.chars().count());
        for text in [&row.name, &row.note, &row.place] {
            assert!(!text.contains(['\u{0}', '\u{202e}', '\u{200b}']), "{text:?}");
        }
    }
}

#[actix_web::test]
async fn what_came_but_could_not_be_read_is_not_called_gone() {
    let fed = Fed::open().await;
    let (groups, mut dishes) = first(&fed).await;
    dishes[0]["modifiers"] = json!([{ "id": "не id" }]);
    let run = fed.sync(&export(6, &groups, &dishes)).await;
    assert_eq!((run.tally.skipped, run.tally.vanished), (1, 0));
    assert!(!fed.product(100).await.vanished);
    let row = fed.changes(&run).await.into_iter().find(|row| row.rule == "unreadable").unwrap();
    assert_eq!((row.name.as_str(), row.iiko_id.map(|id| id.to_string())), ("Блюдо 0", Some(id(100))));
}

#[actix_web::test]
async fn a_dish_that_became_a_service_or_a_modifier_is_hidden_and_may_come_back() {
    let fed = Fed::open().await;
    let (groups, mut dishes) = first(&fed).await;
    (dishes[0]["type"], dishes[1]["type"]) = (json!("Service"), json!("Modifier"));
    let run = fed.sync(&export(6, &groups, &dishes)).await;
    assert_eq!(run.tally.vanished, 2);
    assert!(fed.product(100).await.vanished && fed.product(101).await.vanished);
    let gone: Vec<_> = fed.changes(&run).await.into_iter().filter(|row| row.kind == "vanished").collect();
    assert!(gone.iter().all(|row| row.rule == "no_dish_anymore"), "{gone:?}");
    (dishes[0]["type"], dishes[1]["type"]) = (json!("Dish"), json!("Dish"));
    assert_eq!(fed.sync(&export(7, &groups, &dishes)).await.tally.returned, 2);
}

#[actix_web::test]
async fn an_approval_holds_when_iiko_sends_the_same_in_another_order() {
    let fed = Fed::open().await;
    let (groups, dishes) = first(&fed).await;
    let mut kept: Vec<Value> = dishes[..6].to_vec();
    for n in [301, 302] {
        let mut service = dish(n, "Доставка", None, 1.0);
        service["type"] = json!("Service");
        kept.push(service);
        let mut sauce = dish(n + 10, &format!("Соус {n}"), None, 1.0);
        sauce["type"] = json!("Modifier");
        kept.push(sauce);
    }
    let held = fed.sync(&export(6, &groups, &kept)).await;
    assert_eq!(held.held.0, [Held::ManyVanished { n: 4, of: 10 }]);
    kept.reverse();
    let body = export(6, &groups, &kept).to_string();
    let run = fed.sync_text(body.as_bytes(), held.plan_digest.as_deref()).await;
    assert_eq!((run.state.as_str(), run.tally.vanished), ("applied", 4));
}

#[actix_web::test]
async fn a_first_menu_of_services_alone_says_why_nothing_came() {
    let fed = Fed::open().await;
    let mut service = dish(301, "Доставка", None, 1.0);
    service["type"] = json!("Service");
    let run = fed.sync(&export(5, &[], &[service])).await;
    assert_eq!((run.state.as_str(), run.fault.as_deref()), ("failed", Some("nothing_exported")));
    let rows = fed.changes(&run).await;
    assert_eq!((rows.len(), rows[0].rule.as_str(), rows[0].name.as_str()), (1, "service", "Доставка"));
}

#[actix_web::test]
async fn many_options_vanish_and_come_back() {
    let fed = Fed::open().await;
    let (groups, dishes) = menu();
    let sauces: Vec<Value> = (0..1_200)
        .map(|n| {
            let mut sauce = dish(5_000 + n, &format!("Соус {n}"), None, 10.0);
            sauce["type"] = json!("Modifier");
            sauce
        })
        .collect();
    let all: Vec<Value> = dishes.iter().chain(&sauces).cloned().collect();
    assert_eq!(fed.sync(&export(5, &groups, &all)).await.tally.options, 1_200);
    assert_eq!(fed.sync(&export(6, &groups, &dishes)).await.tally.options, 1_200);
    assert!(fed.menu().await.options.iter().all(|option| option.vanished));
    assert_eq!(fed.sync(&export(7, &groups, &all)).await.tally.options, 1_200);
    assert!(fed.menu().await.options.iter().all(|option| !option.vanished));
    assert_eq!(fed.sync(&export(8, &groups, &all)).await.state, "unchanged");
}

#[actix_web::test]
async fn a_dish_on_sale_without_a_price_is_refused_and_not_given_away() {
    let fed = Fed::open().await;
    let groups = [folder(10, "Кухня", None)];
    let borscht = dish(1, "Борщ", Some(10), 420.0);
    let mut gift = dish(2, "Уха", Some(10), 390.0);
    fed.sync(&export(5, &groups, &[borscht.clone(), gift.clone()])).await;
    gift["sizePrices"][0]["price"]["currentPrice"] = serde_json::Value::Null;
    let run = fed.sync(&export(6, &groups, &[borscht, gift])).await;
    assert_eq!(run.tally.skipped, 1);
    assert!(fed.changes(&run).await.iter().any(|row| row.rule == "bad_price"));
    assert_eq!(fed.product(2).await.price.0, 39_000, "the price it had stays");
}
