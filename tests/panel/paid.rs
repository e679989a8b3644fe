//! A guest's payment from the API's call to the closed bill on the till, with the till away, lying, or silent in between.
use maitre::orders::order;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::table::{is_closed, table};
use crate::support::tied::requisites;

#[actix_web::test]
async fn from_the_guests_payment_to_the_closed_bill() {
    let table = table().await;
    let payment = table.pays(table.sum, "bank-1").await;
    table.until(&payment, is_closed).await;
    assert_eq!(table.on_the_till(), [table.sum]);
    let page = table.page(&payment).await;
    page.says("в кассе, чек закрыт")
        .says("Оплата в чеке")
        .says("Отправили в кассу")
        .says("весь чек")
        .says("bank-1");
    table.t.owner.opens("/outbox").await.says("Готово 1").says("в кассе, чек закрыт");
    let order = table.t.owner.opens(&format!("/orders/{}", table.order)).await;
    order.says("Завершён").says("Оплата по QR-коду");
    let part = table.t.owner.asks_part(&format!("/orders/{}/payments", table.order)).await;
    part.says("Оплаты гостя");
    // the acquirer tells it again, a hundred times: it is one payment
    for _ in 0..5 {
        assert_eq!(table.pays(table.sum, "bank-1").await["id"], payment["id"]);
    }
    let (status, body) = table
        .asks("payments", Some(json!({ "order": table.order, "amount": 1, "payment_id": "bank-1" })))
        .await;
    assert_eq!((status, body["error"]["code"].as_str()), (409, Some("conflict")));
    assert_eq!(table.on_the_till(), [table.sum]);
    table.t.panel.close().await;
}

#[actix_web::test]
async fn two_equal_shares_are_two_payments() {
    let table = table().await;
    let half = table.sum / 2;
    let first = table.pays(half, "bank-1").await;
    let second = table.pays(table.sum - half, "bank-2").await;
    table.until(&first, |one| one["state"] == "confirmed").await;
    table.until(&second, |one| one["state"] == "confirmed").await;
    table.until(&second, is_closed).await;
    let mut there = table.on_the_till();
    there.sort();
    let mut paid = vec![half, table.sum - half];
    paid.sort();
    assert_eq!(there, paid);
    table.t.panel.close().await;
}

#[actix_web::test]
async fn while_the_till_is_away_a_payment_waits_and_then_goes_by_itself() {
    let table = table().await;
    table.t.pulls("till-away", json!({"terminal": "Зал"})).await;
    let payment = table.pays(table.sum, "bank-1").await;
    table.until(&payment, |one| one["trouble"] == "terminal_away").await;
    table.page(&payment).await.says("Касса не на связи: проведём, когда вернётся");
    let head = table.t.owner.opens("/menu").await.every(".chip").join(" ");
    assert!(head.contains("Касса не на связи") && head.contains("ждёт 1 оплата"), "{head}");
    assert!(table.on_the_till().is_empty());
    table.t.pulls("till-back", json!({"terminal": "Зал"})).await;
    table.until(&payment, is_closed).await;
    assert_eq!(table.on_the_till(), [table.sum]);
    let head = table.t.owner.opens("/menu").await.every(".chip").join(" ");
    assert!(head.contains("iiko на связи"), "{head}");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn bad_reports_are_told_by_their_field() {
    let table = table().await;
    let report =
        |order: &str, amount: Value, id: &str| json!({ "order": order, "amount": amount, "payment_id": id });
    let cases = [
        (report(&table.order, json!(0), "a"), 422, "wrong_field"),
        (report(&table.order, json!(-5), "a"), 422, "wrong_field"),
        (report(&table.order, json!(100), " "), 422, "wrong_field"),
        (report(&table.order, json!("100"), "a"), 400, "unreadable"),
        (report(&table.order, json!(10.5), "a"), 400, "unreadable"),
        (json!({ "order": table.order, "amount": 5, "payment_id": "a", "tip": 3 }), 400, "unreadable"),
        (report("019e0000-0000-7000-8000-000000000000", json!(100), "a"), 404, "not_found"),
    ];
    for (body, status, code) in cases {
        let (answered, said) = table.asks("payments", Some(body.clone())).await;
        assert_eq!((answered, said["error"]["code"].as_str()), (status, Some(code)), "{body} → {said}");
    }
    table.t.owner.opens("/outbox").await.says("Оплат ещё не было");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn a_payment_is_its_venues_alone_and_a_viewer_decides_nothing() {
    let table = table().await;
    let payment = table.pays(table.sum, "bank-1").await;
    table.until(&payment, is_closed).await;
    let path = format!("/payments/{}", payment["id"].as_str().unwrap());
    let decision = [("decision", "by_hand"), ("sure", "yes"), ("version", "1")];
    let viewer = table.t.panel.viewer_of(table.t.owner.venue.unwrap()).await;
    viewer.opens(&path).await.answers(200).does_not_say("Уладили вручную");
    viewer.opens("/outbox").await.answers(200);
    viewer.posts(&format!("{path}/decision"), decision).await.answers(403);
    let stranger = table.t.panel.owner_of(table.t.panel.venue("Чужая").await).await;
    stranger.opens(&path).await.answers(404);
    stranger.opens(&format!("/orders/{}/payments", table.order)).await.answers(404);
    stranger.posts(&format!("{path}/decision"), decision).await.answers(404);
    stranger.opens("/outbox").await.says("Оплат ещё не было");
    // what is done is nobody's to decide any more
    let late = table.t.owner.posts(&format!("{path}/decision"), decision).await;
    late.answers(422).says("Решать больше нечего");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn who_the_money_goes_to_is_kept_as_it_was() {
    let table = table().await;
    let owner = &table.t.owner;
    // two legal entities: the first signed is primary, the second has one of the dishes on the bill
    let mut paths = Vec::new();
    for number in ["1", "2"] {
        let fields = requisites(number);
        let entity = format!("ООО «Рябина {number}»");
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, if *name == "entity" { entity.as_str() } else { value.as_str() }))
            .collect();
        let path = owner.posts("/contracts", fields).await.goes_to().unwrap();
        owner.sends(&format!("{path}/signing"), [("signed_on", "2026-01-15")]).await.answers(200);
        paths.push(path);
    }
    let product = {
        let mut c = table.t.panel.db.read().await.unwrap();
        let bill = order::bill(&mut c, owner.venue.unwrap(), table.order.parse().unwrap()).await.unwrap().0;
        let first = bill.lines[0].product.unwrap();
        assert!(
            bill.lines.iter().any(|line| line.product != Some(first)),
            "something else is on the bill too"
        );
        let sql = "SELECT id FROM products WHERE iiko_id = $1";
        maitre::one!(&mut c, (Uuid,), sql, first).unwrap().0
    };
    let product = product.to_string();
    let added = [("product", product.as_str()), ("act", "assign")];
    owner.sends(&format!("{}/products", paths[1]), added).await.answers(200);
    let page = owner.opens(&format!("/orders/{}", table.order)).await;
    page.says("Кому поступят деньги").says("ООО «Рябина 1»").says("ООО «Рябина 2»");
    let half = table.sum / 2;
    let payment = table.pays(half, "psp-shared").await;
    let sql = "SELECT s.entity, s.amount FROM payment_shares s ORDER BY s.position";
    let shares =
        || async { maitre::all!(&mut table.t.panel.db.read().await.unwrap(), (String, i64), sql).unwrap() };
    let kept = shares().await;
    assert_eq!(kept.iter().map(|(_, amount)| amount).sum::<i64>(), half, "to the kopeck: {kept:?}");
    assert_eq!(kept.len(), 2);
    // the contract changes; told again, the payment's shares stay
    owner.sends(&format!("{}/ending", paths[1]), [("ended_on", "2026-02-01")]).await.answers(200);
    assert_eq!(table.pays(half, "psp-shared").await["id"], payment["id"]);
    assert_eq!(shares().await, kept);
    table.page(&payment).await.says("Кому поступят деньги").says("ООО «Рябина 2»");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn a_guest_is_not_asked_for_what_others_have_paid_nor_for_what_is_not_there() {
    let table = table().await;
    table.t.pulls("till-away", json!({})).await;
    let half = table.sum / 2;
    table.pays(half, "psp-first").await;
    let order = table.asks(&format!("orders/{}", table.order), None).await.1;
    assert_eq!((order["pending"].as_i64(), order["rest"].as_i64()), (Some(half), Some(table.sum - half)));
    assert_eq!(order["payable"], true);
    table.t.pulls("till-back", json!({})).await;
    // iiko answers, and does not tell of the order any more
    table.t.pulls("missing", json!({"times": 0})).await;
    let mut seen = Value::Null;
    for _ in 0..150 {
        table.t.owner.posts("/orders/look", []).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        seen = table.asks(&format!("orders/{}", table.order), None).await.1;
        if seen["payable"] == false {
            break;
        }
    }
    assert_eq!(seen["payable"], false, "{seen}");
    table
        .t
        .owner
        .opens(&format!("/orders/{}", table.order))
        .await
        .says("iiko больше не показывает этот заказ");
    table.t.pulls("calm", json!({})).await;
    for _ in 0..150 {
        table.t.owner.posts("/orders/look", []).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        seen = table.asks(&format!("orders/{}", table.order), None).await.1;
        if seen["payable"] == true {
            break;
        }
    }
    assert_eq!(seen["payable"], true, "it is told of again: {seen}");
    table.t.panel.close().await;
}
