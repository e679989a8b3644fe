//! Checks at tables: what the till holds, what the cloud tells of it and when, what becomes of commands.
use maitre::sandbox::world::World;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

use crate::support::schema::check_tape;
use crate::support::till::{Said, Till, count};

/// A till with quick ways to the terminal and somebody who asks of one check.
struct Hall {
    till: Till,
    one: String,
    terminal: String,
}

async fn hall() -> Hall {
    let till = Till::open(World::demo()).await;
    till.sandbox.tape().keep_whole(32 << 20);
    let (one, terminal) = {
        let mut world = till.sandbox.world();
        (world.commands.delay_ms, world.commands.lag_ms) = (40, 0);
        let first = world.first();
        (first.id.to_string(), first.terminals[0].id.to_string())
    };
    Hall { till, one, terminal }
}

impl Hall {
    async fn opens(&self, table: u32) -> Value {
        self.till.pulls("check-open", json!({"table": table.to_string(), "section": "Основной зал"})).await
    }

    /// Opened, and loaded into the cloud.
    async fn opens_known(&self, table: u32) -> Value {
        let check = self.opens(table).await;
        self.loads(&check).await;
        self.waits(async || count(&self.reads(&check).await, "orders") == 1).await;
        check
    }

    async fn loads(&self, check: &Value) {
        let body = json!({"organizationId": self.one, "terminalGroupId": self.terminal, "tableIds": [check["table"]]});
        assert_eq!(self.till.asks("/api/1/order/init_by_table", body).await.status, 200);
    }

    async fn reads(&self, check: &Value) -> Value {
        let body = json!({"organizationIds": [self.one], "orderIds": [check["check"]]});
        self.till.asks("/api/1/order/by_id", body).await.json()
    }

    async fn order(&self, check: &Value) -> Value {
        self.reads(check).await["orders"][0]["order"].clone()
    }

    async fn by_table(&self, check: &Value, statuses: &[&str]) -> Value {
        let body = json!({"organizationIds": [self.one], "tableIds": [check["table"]], "statuses": statuses});
        self.till.asks("/api/1/order/by_table", body).await.json()
    }

    /// A payment of so many roubles, taken outside.
    fn payment(&self, code: &str, sum: &Value) -> Value {
        let mut world = self.till.sandbox.world();
        let types = &world.first().payment_types;
        let id = types.iter().find(|kind| kind["code"] == code).map(|kind| kind["id"].clone());
        json!({"paymentTypeKind": "Card", "paymentTypeId": id, "sum": sum, "isProcessedExternally": true})
    }

    async fn sends(&self, method: &str, check: &Value, payments: Option<Value>) -> Said {
        let mut body = json!({"organizationId": self.one, "orderId": check["check"]});
        if let Some(payments) = payments {
            body["payments"] = json!([payments]);
        }
        self.till.asks(&format!("/api/1/order/{method}"), body).await
    }

    /// Sent, and waited for: what became of it.
    async fn does(&self, method: &str, check: &Value, payments: Option<Value>) -> Value {
        let said = self.sends(method, check, payments).await;
        assert_eq!(said.status, 200, "{}", said.text);
        self.waits(async || self.status(&said).await.json()["state"] != "InProgress").await;
        self.status(&said).await.json()
    }

    async fn status(&self, said: &Said) -> Said {
        let body = json!({"organizationId": self.one, "correlationId": said.json()["correlationId"]});
        self.till.asks("/api/1/commands/status", body).await
    }

    /// Up to five seconds.
    async fn waits(&self, done: impl AsyncFn() -> bool) {
        for _ in 0..1500 {
            if done().await {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("waited in vain");
    }

    fn as_published(&self) {
        let Some(wrong) = check_tape(&self.till.sandbox.tape()) else { return };
        assert_eq!(wrong, Vec::<String>::new());
    }
}

fn refused(status: &Value) -> &str {
    assert_eq!(status["state"], "Error", "{status}");
    assert!(status["exception"]["description"].is_string());
    status["errorReason"].as_str().unwrap()
}

#[actix_web::test]
async fn a_check_is_unseen_until_its_table_is_loaded() {
    let a = hall().await;
    let check = a.opens(4).await;
    assert_eq!(check["number"], 1);
    assert_eq!(count(&a.by_table(&check, &["New"]).await, "orders"), 0);
    assert_eq!(count(&a.reads(&check).await, "orders"), 0);
    a.loads(&check).await;
    a.waits(async || count(&a.by_table(&check, &["New", "Bill"]).await, "orders") == 1).await;
    assert_eq!(count(&a.by_table(&check, &["Closed"]).await, "orders"), 0);
    let told = a.order(&check).await;
    assert_eq!((&told["sum"], count(&told, "items")), (&check["sum"], 2));
    assert!(told["whenCreated"].as_str().unwrap().len() == "2026-11-23 13:36:35.129".len());

    let other = a.opens(4).await;
    let body = json!({"organizationId": a.one, "terminalGroupId": a.terminal, "posOrderIds": [other["pos"]]});
    assert_eq!(a.till.asks("/api/1/order/init_by_posOrder", body).await.status, 200);
    a.waits(async || count(&a.by_table(&check, &["New"]).await, "orders") == 2).await;
    let body = json!({"organizationIds": [a.one], "posOrderIds": [other["pos"]]});
    assert_eq!(count(&a.till.asks("/api/1/order/by_id", body).await.json(), "orders"), 1);
    let neither = a.till.asks("/api/1/order/by_id", json!({"organizationIds": [a.one]})).await;
    assert_eq!(neither.status, 400);
    a.as_published();
}

#[actix_web::test]
async fn what_a_waiter_does_is_seen_with_a_later_version() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    let mut version = a.reads(&check).await["orders"][0]["timestamp"].as_i64().unwrap();
    for (lever, fields, seen) in [
        ("check-add", json!({"item": "Наполеон", "amount": "1.5"}), "/items/2/amount"),
        ("check-remove", json!({"item": "Наполеон"}), "/items/2/deleted/deletionMethod/id"),
        ("check-discount", json!({"percent": 10}), "/discounts/0/sum"),
        ("check-bill", json!({}), "/whenBillPrinted"),
        ("check-pay", json!({"payment": "CASH", "sum": "100"}), "/payments/0/sum"),
    ] {
        let mut fields = fields;
        fields["check"] = check["number"].clone();
        a.till.pulls(lever, fields).await;
        let later = async || a.reads(&check).await["orders"][0]["timestamp"].as_i64().unwrap() > version;
        a.waits(later).await;
        version = a.reads(&check).await["orders"][0]["timestamp"].as_i64().unwrap();
        let told = a.order(&check).await;
        assert!(told.pointer(seen).is_some_and(|found| !found.is_null()), "{lever}: {told}");
    }
    let told = a.order(&check).await;
    assert_eq!((&told["status"], &told["processedPaymentsSum"]), (&json!("Bill"), &json!(100)));
    let unpaid = a.till.asks("/levers/check-close", json!({"check": check["check"]})).await;
    assert_eq!(unpaid.status, 400, "not paid yet");
    a.till.pulls("check-pay", json!({"check": "1"})).await;
    a.till.pulls("check-close", json!({"check": "1"})).await;
    a.waits(async || a.order(&check).await["status"] == "Closed").await;
    let second = a.opens_known(5).await;
    a.till.pulls("check-delete", json!({"check": second["check"]})).await;
    a.waits(async || a.order(&second).await["status"] == "Deleted").await;
    a.as_published();
}

#[actix_web::test]
async fn a_bill_is_paid_and_closed_by_commands_that_take_their_time() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    a.till.pulls("command-delay", json!({"ms": 400})).await;
    let paid = a.sends("change_payments", &check, Some(a.payment("EVVAP", &check["sum"]))).await;
    assert_eq!(a.status(&paid).await.json(), json!({"state": "InProgress"}));
    assert_eq!(count(&a.order(&check).await, "payments"), 0, "200 is not yet done");
    a.waits(async || a.status(&paid).await.json()["state"] == "Success").await;
    let told = a.order(&check).await;
    assert_eq!(
        told["payments"],
        json!([{"paymentType": {"id": a.payment("EVVAP", &json!(1))["paymentTypeId"], "name": "Оплата по QR-коду",
            "kind": "Card"}, "sum": check["sum"], "isPreliminary": false, "isExternal": true,
            "isProcessedExternally": true, "isFiscalizedExternally": false, "isPrepay": false}])
    );
    a.till.pulls("command-delay", json!({"ms": 20})).await;
    // a second one cannot land: compare-and-set
    let again = a.does("change_payments", &check, Some(a.payment("EVVAP", &check["sum"]))).await;
    assert_eq!(refused(&again), "Common");
    assert_eq!(count(&a.order(&check).await, "payments"), 1);
    assert_eq!(a.does("close", &check, None).await["state"], "Success");
    let told = a.order(&check).await;
    assert_eq!((&told["status"], told["whenClosed"].is_string()), (&json!("Closed"), true));
    let late = a.does("add_payments", &check, Some(a.payment("EVVAP", &json!(1)))).await;
    assert_eq!(refused(&late), "OrderStatusChangedInIikoFront");
    a.till.pulls("forget-commands", json!({})).await;
    assert_eq!(a.status(&paid).await.status, 410);
    a.as_published();
}

#[actix_web::test]
async fn what_a_waiter_typed_in_is_replaced_and_what_he_took_is_not() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    a.till.pulls("check-pay", json!({"check": "1", "sum": "10", "preliminary": "yes"})).await;
    assert_eq!(
        a.does("change_payments", &check, Some(a.payment("EVVAP", &json!(50)))).await["state"],
        "Success"
    );
    let told = a.order(&check).await;
    assert_eq!((count(&told, "payments"), &told["processedPaymentsSum"]), (1, &json!(50)));
    // shares are added beside
    assert_eq!(
        a.does("add_payments", &check, Some(a.payment("EVVAP", &json!(50)))).await["state"],
        "Success"
    );
    assert_eq!(a.order(&check).await["processedPaymentsSum"], 100);
    assert_eq!(refused(&a.does("close", &check, None).await), "PaymentSumNotEnough");
    let too_much = a.does("add_payments", &check, Some(a.payment("EVVAP", &check["sum"]))).await;
    assert_eq!(refused(&too_much), "Common");
    let second = a.opens_known(5).await;
    a.till.pulls("check-pay", json!({"check": second["check"], "sum": 10})).await;
    let paid = a.does("change_payments", &second, Some(a.payment("EVVAP", &json!(50)))).await;
    assert_eq!(refused(&paid), "Common");
    a.till.pulls("check-unpay", json!({"check": second["check"]})).await;
    let paid = a.does("change_payments", &second, Some(a.payment("EVVAP", &json!(50)))).await;
    assert_eq!(paid["state"], "Success");
    a.as_published();
}

#[actix_web::test]
async fn refusals_name_their_reason() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    let pays = async |payment| a.does("change_payments", &check, Some(payment)).await;
    assert_eq!(refused(&pays(a.payment("CARD", &json!(10))).await), "PaymentTypeCanNotBeUsedAsExternal");
    let mut unknown = a.payment("EVVAP", &json!(10));
    unknown["paymentTypeId"] = uuid::Uuid::nil().to_string().into();
    assert_eq!(refused(&pays(unknown).await), "PaymentTypeNotFound");
    a.till.pulls("payment-edit", json!({"payment": "EVVAP", "deleted": "yes"})).await;
    assert_eq!(refused(&pays(a.payment("EVVAP", &json!(10))).await), "PaymentTypeNotFound");
    a.till.pulls("payment-edit", json!({"payment": "EVVAP", "deleted": "no"})).await;
    assert_eq!(refused(&pays(a.payment("EVVAP", &json!(0))).await), "PaymentSumShouldBePositive");
    let stranger = json!({"check": uuid::Uuid::nil()});
    assert_eq!(refused(&a.does("close", &stranger, None).await), "OrderNotFound");
    for (version, change, add) in [("7.7.3", false, false), ("7.7.4", true, false), ("8.2.6", true, true)] {
        a.till.pulls("version", json!({"terminal": "Зал", "version": version})).await;
        let fresh = a.opens_known(5).await;
        for (method, able) in [("change_payments", change), ("add_payments", add)] {
            let done = a.does(method, &fresh, Some(a.payment("EVVAP", &json!(10)))).await;
            assert_eq!(done["state"] == "Success", able, "{version} {method}: {done}");
            assert!(able || refused(&done) == "IikoFrontTooOldVersion");
        }
    }
    a.till.pulls("check-pay", json!({"check": "1"})).await;
    a.till.pulls("shift-close", json!({})).await;
    assert_eq!(refused(&a.does("close", &check, None).await), "CafeSessionNotFound");
    a.till.pulls("shift-open", json!({})).await;
    assert_eq!(a.does("close", &check, None).await["state"], "Success");
    a.till.pulls("right-away", json!({"right": "Order payments: changing"})).await;
    assert_eq!(a.sends("add_payments", &check, Some(a.payment("EVVAP", &json!(1)))).await.status, 401);
    a.as_published();
}

#[actix_web::test]
async fn commands_wait_for_a_terminal_that_is_away_until_they_expire() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    a.till.pulls("till-away", json!({})).await;
    let sent = a.sends("change_payments", &check, Some(a.payment("EVVAP", &json!(10)))).await;
    sleep(Duration::from_millis(150)).await;
    assert_eq!(a.status(&sent).await.json()["state"], "InProgress");
    a.till.pulls("till-back", json!({})).await;
    a.waits(async || a.status(&sent).await.json()["state"] == "Success").await;
    assert_eq!(count(&a.order(&check).await, "payments"), 1);
    a.till.pulls("till-away", json!({})).await;
    a.till.pulls("command-expiry", json!({"ms": 100})).await;
    assert_eq!(
        refused(&a.does("add_payments", &check, Some(a.payment("EVVAP", &json!(10)))).await),
        "Common"
    );
    a.till.pulls("till-back", json!({})).await;
    sleep(Duration::from_millis(100)).await;
    assert_eq!(count(&a.order(&check).await, "payments"), 1, "annulled for good");
    a.as_published();
}

#[actix_web::test]
async fn commands_go_wrong_as_ordered() {
    let a = hall().await;
    for (lever, state, lands) in [
        ("408", "Success", true),
        ("hangs", "InProgress", true),
        ("hangs-idle", "InProgress", false),
        ("410", "410", true),
        ("410-idle", "410", false),
        ("false-error", "Error", true),
        ("false-success", "Success", false),
        ("in-use", "Error", false),
    ] {
        let check = a.opens_known(4).await;
        a.till.pulls(lever, json!({"times": 1})).await;
        let sent = a.sends("add_payments", &check, Some(a.payment("EVVAP", &json!(10)))).await;
        assert_eq!(sent.status, if lever == "408" { 408 } else { 200 }, "{lever}");
        sleep(Duration::from_millis(150)).await;
        let status = a.status(&sent).await;
        let seen = if status.status == 410 { json!("410") } else { status.json()["state"].clone() };
        assert_eq!((lever, seen.as_str().unwrap()), (lever, state));
        assert_eq!((lever, count(&a.order(&check).await, "payments")), (lever, usize::from(lands)));
        assert!(a.till.sandbox.mischief().pranks.is_empty(), "{lever} met one command and no read");
    }
    a.as_published();
}

#[actix_web::test]
async fn a_lost_answer_and_a_late_landing() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    a.till.pulls("lost", json!({"times": 1})).await;
    let body = json!({"organizationId": a.one, "orderId": check["check"], "payments": [a.payment("EVVAP", &json!(10))]});
    assert!(a.till.sends("/api/1/order/add_payments", body.to_string()).await.is_err());
    a.waits(async || count(&a.order(&check).await, "payments") == 1).await;

    a.till.pulls("late", json!({"times": 1, "ms": 400})).await;
    let sent = a.sends("add_payments", &check, Some(a.payment("EVVAP", &json!(10)))).await;
    sleep(Duration::from_millis(200)).await;
    assert_eq!(a.status(&sent).await.json()["state"], "InProgress");
    assert_eq!(count(&a.order(&check).await, "payments"), 1);
    a.waits(async || count(&a.order(&check).await, "payments") == 2).await;
    a.as_published();
}

#[actix_web::test]
async fn reads_are_behind_or_lack_the_order() {
    let a = hall().await;
    let check = a.opens_known(4).await;
    assert_eq!(
        a.does("add_payments", &check, Some(a.payment("EVVAP", &json!(10)))).await["state"],
        "Success"
    );
    a.till.pulls("stale", json!({"times": 2})).await;
    assert_eq!(count(&a.order(&check).await, "payments"), 0);
    assert_eq!(count(&a.order(&check).await, "payments"), 0);
    assert_eq!(count(&a.order(&check).await, "payments"), 1);
    a.till.pulls("missing", json!({"times": 1})).await;
    assert_eq!(count(&a.reads(&check).await, "orders"), 0);
    assert_eq!(count(&a.reads(&check).await, "orders"), 1);
}
