//! What people do with a delivery: each act to its end on the order itself; lost answers, refusals, a till away, two presses.
use std::time::Duration;

use maitre::acts::act::{self, New, What};
use maitre::acts::moves;
use maitre::clock;
use maitre::integrations::iiko_cloud::order_error::{CODES, owner_of};
use maitre::orders::kind::Kind;
use maitre::orders::order;
use maitre::{exec, one};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::person::Person;
use crate::support::screen::Screen;
use crate::support::shared;
use crate::support::tied::Tied;

/// A venue with one delivery at the till, seen here.
struct Shift {
    t: Tied,
    order: Uuid,
    /// iiko's id.
    delivery: String,
}

async fn shift(kind: &str) -> Shift {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    {
        let mut world = t.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (30, 0);
    }
    t.pulls(
        "delivery-new",
        json!({"kind": kind, "name": "Анна", "phone": "+79161234567", "address": "Маросейка, 9"}),
    )
    .await;
    t.owner.posts("/orders/look", []).await;
    let mut order = None;
    for _ in 0..600 {
        let rows = t.owner.opens("/orders").await.attributes("tbody th a", "href");
        if let Some(href) = rows.first() {
            order = href.rsplit('/').next().unwrap().parse().ok();
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let delivery = t.panel.till().world().first().deliveries[0].id.to_string();
    Shift { t, order: order.expect("the look brought it"), delivery }
}

impl Shift {
    fn path(&self) -> String {
        format!("/orders/{}/acts", self.order)
    }

    async fn page(&self) -> Screen {
        self.t.owner.opens(&self.path()).await
    }

    async fn presses(&self, fields: &[(&str, &str)]) -> Screen {
        self.t.owner.sends(&self.path(), fields.iter().copied()).await
    }

    /// The acts once they say this.
    async fn until(&self, said: &str) -> Screen {
        for _ in 0..300 {
            let page = self.page().await;
            if page.text().contains(said) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("never «{said}»: {}", self.page().await.text());
    }

    fn at_the_till(&self) -> String {
        self.t.panel.till().world().first().delivery(&self.delivery).unwrap().status.to_owned()
    }

    /// How often a method was called at the till.
    fn calls(&self, path: &str) -> usize {
        self.t.panel.till().tape().calls().filter(|call| call.path == path).count()
    }

    async fn turns(&self, status: &str) {
        self.t.pulls("delivery-status", json!({"delivery": self.delivery, "status": status})).await;
        let venue = self.t.owner.venue.unwrap();
        self.t.owner.posts("/orders/look", []).await;
        for _ in 0..300 {
            let order =
                order::get(&mut self.t.panel.db.read().await.unwrap(), venue, self.order).await.unwrap();
            if order.iiko_status == status {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the look never brought {status}");
    }
}

#[actix_web::test]
async fn a_delivery_goes_from_new_to_closed_by_presses() {
    let s = shift("courier").await;
    let page = s.page().await;
    page.says("Подтвердить").does_not_say("Закрыть заказ").does_not_say("Отправить с курьером");
    s.presses(&[("act", "confirm")]).await.answers(200).says("Отправлено. Считаем сделанным");
    s.until("Сделано").await.says("Подтверждение").says("Марина Ковалёва");
    assert_eq!(s.at_the_till(), "WaitCooking");
    let couriers = s.page().await.attributes("select[name=courier] option", "value");
    let courier = couriers.iter().find(|id| !id.is_empty()).expect("iiko has couriers").clone();
    s.presses(&[("act", "courier"), ("courier", &courier)]).await.answers(200);
    s.until("Назначение курьера: ").await;
    s.turns("Waiting").await;
    for (act, status) in [("on_way", "OnWay"), ("delivered", "Delivered"), ("close", "Closed")] {
        for _ in 0..300 {
            if s.page().await.attributes("button[name=act]", "value").iter().any(|word| word == act) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        s.presses(&[("act", act)]).await.answers(200);
        for _ in 0..600 {
            if s.at_the_till() == status {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(s.at_the_till(), status);
    }
    s.until("Закрытие заказа").await;
    for _ in 0..300 {
        if s.page().await.text().contains("Заказ завершён") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    s.page().await.says("Заказ завершён").does_not_say("Отменить заказ");
    let order = s.t.owner.opens(&format!("/orders/{}", s.order)).await;
    order.says("Закрытие заказа").says("сделано здесь");
    let sql = "SELECT about FROM order_notices ORDER BY id";
    let told = maitre::all!(&mut s.t.panel.db.read().await.unwrap(), (String,), sql).unwrap();
    let told: Vec<&str> = told.iter().map(|(about,)| about.as_str()).collect();
    assert_eq!(told, ["new", "confirmed", "sent"], "each once, though looks came often");
    s.t.panel.close().await;
}

#[actix_web::test]
async fn a_cancellation_wants_its_cause_and_keeps_what_was_typed() {
    let s = shift("pickup").await;
    let page = s.presses(&[("act", "cancel"), ("comment", "Гость передумал")]).await;
    page.answers(422).says("Выберите причину отмены");
    assert_eq!(page.field("comment").as_deref(), Some("Гость передумал"));
    let causes = page.attributes("select[name=cause] option", "value");
    let cause = causes.iter().find(|id| !id.is_empty()).expect("iiko has causes").clone();
    s.presses(&[("act", "cancel"), ("cause", &cause), ("comment", "Гость передумал")]).await.answers(200);
    s.until("Сделано").await.says("Отмена заказа: ");
    assert_eq!(s.at_the_till(), "Cancelled");
    s.t.panel.close().await;
}

#[actix_web::test]
async fn pressed_ten_times_at_once_it_is_one_command() {
    let s = shift("courier").await;
    let path = s.path();
    let presses = (0..10).map(|_| s.t.owner.posts(&path, [("act", "confirm")]));
    let answers = futures_util::future::join_all(presses).await;
    let took = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!((took, answers.iter().filter(|answer| answer.status == 422).count()), (1, 9));
    s.until("Сделано").await;
    assert_eq!(s.calls("/api/1/deliveries/confirm"), 1);
    s.presses(&[("act", "confirm")]).await.answers(422).says("Так сделать уже нельзя");
    s.presses(&[("act", "close")]).await.answers(422);
    s.t.owner.posts(&path, [("act", "explode")]).await.answers(400);
    assert_eq!(s.calls("/api/1/deliveries/close"), 0);
    s.t.panel.close().await;
}

#[actix_web::test]
async fn a_lost_answer_is_looked_for_and_never_sent_again() {
    let s = shift("courier").await;
    s.t.pulls("lost", json!({"times": 1, "path": "/api/1/deliveries/confirm"})).await;
    s.presses(&[("act", "confirm")]).await.answers(200);
    s.until("Сделано").await;
    assert_eq!((s.calls("/api/1/deliveries/confirm"), s.at_the_till().as_str()), (1, "WaitCooking"));
    s.t.panel.close().await;
}

#[actix_web::test]
async fn a_refusal_says_why_and_who_mends_it() {
    let s = shift("courier").await;
    // at the till it went on meanwhile, unseen here
    s.t.pulls("in-use", json!({"times": 1})).await;
    s.presses(&[("act", "confirm")]).await.answers(200);
    let page = s.until("Касса отказала").await;
    page.says("Заказ сейчас открыт на кассе").says("EntityAlreadyInUse");
    s.presses(&[("act", "confirm")]).await.answers(200);
    s.until("Сделано").await;
    s.t.panel.close().await;
}

#[actix_web::test]
async fn said_to_have_failed_the_order_has_the_last_word() {
    let s = shift("courier").await;
    s.t.pulls("false-error", json!({"times": 1})).await;
    s.presses(&[("act", "confirm")]).await.answers(200);
    s.until("Сделано").await;
    assert_eq!(s.at_the_till(), "WaitCooking");
    s.t.panel.close().await;
}

#[actix_web::test]
async fn a_worker_that_died_over_it_does_not_send_again() {
    let s = shift("courier").await;
    let venue = s.t.owner.venue.unwrap();
    // another worker was killed after the command had left: the till has it, the row still says «sending»
    let mut tx = s.t.panel.db.begin().await.unwrap();
    let new = New { order: s.order, what: What::Confirm, detail: None, said: "", comment: "" };
    act::ask(&mut tx, venue, &new, (s.t.owner.id, clock::now())).await.unwrap();
    exec!(&mut tx, "UPDATE order_acts SET state = 'sending'").unwrap();
    tx.commit().await.unwrap();
    s.t.pulls("delivery-status", json!({"delivery": s.delivery, "status": "WaitCooking"})).await;
    s.until("Сделано").await;
    assert_eq!(s.calls("/api/1/deliveries/confirm"), 0);
    s.t.panel.close().await;
}

#[actix_web::test]
async fn a_venues_orders_are_its_own_and_viewers_press_nothing() {
    let s = shift("courier").await;
    let viewer = s.t.panel.viewer_of(s.t.owner.venue.unwrap()).await;
    viewer.opens(&s.path()).await.answers(200).does_not_say("Подтвердить");
    viewer.posts(&s.path(), [("act", "confirm")]).await.answers(403);
    for path in ["/orders".to_owned(), "/orders/board".to_owned(), format!("/orders/{}", s.order)] {
        s.t.owner.opens(&path).await.says("Маросейка, 9");
        viewer.opens(&path).await.answers(200).does_not_say("Маросейка");
    }
    let other = s.t.panel.venue("Вишня").await;
    let stranger: Person = s.t.panel.owner_of(other).await;
    stranger.opens(&s.path()).await.answers(404);
    stranger.posts(&s.path(), [("act", "confirm")]).await.answers(404);
    let sql = "SELECT CAST(count(*) AS BIGINT) FROM order_acts";
    assert_eq!(one!(&mut s.t.panel.db.read().await.unwrap(), (i64,), sql).unwrap().0, 0);
    s.turns("Cancelled").await;
    s.page().await.says("Заказ завершён");
    s.t.panel.close().await;
}

#[actix_web::test]
async fn what_is_allowed_is_what_a_shift_would_do() {
    let s = shift("courier").await;
    let venue = s.t.owner.venue.unwrap();
    let order = order::get(&mut s.t.panel.db.read().await.unwrap(), venue, s.order).await.unwrap();
    let of = |kind: Kind, status: &str| {
        let mut order = order.clone();
        (order.listed.kind, order.iiko_status) = (kind.word().to_owned(), status.to_owned());
        moves::allowed(&order).iter().map(|what| what.word()).collect::<Vec<_>>().join(" ")
    };
    for (status, courier, pickup) in [
        ("Unconfirmed", "confirm cancel", "confirm cancel"),
        ("WaitCooking", "courier cancel", "cancel"),
        ("CookingCompleted", "courier cancel", "close cancel"),
        ("Waiting", "courier on_way cancel", "close cancel"),
        ("OnWay", "courier delivered close cancel", "cancel"),
        ("Delivered", "close", "close"),
        ("Closed", "", ""),
        ("Cancelled", "", ""),
        ("Teleported", "", ""),
    ] {
        assert_eq!(of(Kind::Courier, status), courier, "{status}");
        assert_eq!(of(Kind::Pickup, status), pickup, "{status}");
        assert_eq!(of(Kind::Table, status), "", "a table's order is kept at the till");
    }
    s.t.panel.close().await;
}

#[test]
fn every_code_of_iikos_document_has_its_sentence_and_its_owner() {
    let Some(path) = shared::file("iiko/iikocloud.openapi.json") else { return };
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let all = document.pointer("/components/schemas/iikoTransport.PublicApi.Contracts.Errors.ErrorCode/enum");
    let theirs: Vec<&str> =
        all.unwrap().as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(CODES.map(|(code, _)| code).to_vec(), theirs);
    assert_eq!(owner_of("NeverSeen"), maitre::integrations::iiko_cloud::fault::Owner::Integrator);
}
