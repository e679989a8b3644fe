//! Deliveries: taken by phone or sent by the API, read by id, revision and date, moved on by staff and by commands.
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;
use uuid::Uuid;

use crate::support::schema::check_tape;
use crate::support::till::{Till, count};

struct Desk {
    till: Till,
    one: String,
}

async fn desk() -> Desk {
    let till = Till::demo().await;
    till.sandbox.tape().keep_whole(16 << 20);
    let one = {
        let mut world = till.sandbox.world();
        (world.commands.delay_ms, world.commands.lag_ms) = (40, 0);
        world.first().id.to_string()
    };
    Desk { till, one }
}

impl Desk {
    async fn reads(&self, delivery: &Value) -> Value {
        let body = json!({"organizationId": self.one, "orderIds": [delivery]});
        self.till.asks("/api/1/deliveries/by_id", body).await.json()["orders"][0].clone()
    }

    async fn asks(&self, method: &str, mut body: Value) -> Value {
        body["organizationIds"] = json!([self.one]);
        let said = self.till.asks(&format!("/api/1/deliveries/{method}"), body).await;
        assert_eq!(said.status, 200, "{}", said.text);
        said.json()
    }

    /// Sent, and waited for: its last state, or why not.
    async fn does(&self, method: &str, delivery: &Value, mut body: Value) -> String {
        (body["organizationId"], body["orderId"]) = (self.one.clone().into(), delivery.clone());
        let said = self.till.asks(&format!("/api/1/deliveries/{method}"), body).await;
        assert_eq!(said.status, 200, "{}", said.text);
        self.ends(&said.json()["correlationId"]).await
    }

    async fn ends(&self, correlation: &Value) -> String {
        let body = json!({"organizationId": self.one, "correlationId": correlation});
        for _ in 0..1500 {
            let status = self.till.asks("/api/1/commands/status", body.clone()).await.json();
            if status["state"] != "InProgress" {
                return status["errorReason"].as_str().or(status["state"].as_str()).unwrap().to_owned();
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("in progress for ever");
    }

    fn request(&self) -> Value {
        let product = self.till.sandbox.world().menu().id_of("Наполеон");
        json!({"organizationId": self.one, "order": {"id": Uuid::new_v4(), "externalNumber": "M-7",
            "phone": "+79161234567", "orderServiceType": "DeliveryByClient",
            "items": [{"type": "Product", "productId": product, "amount": 2}]}})
    }

    fn as_published(&self) {
        let Some(mut wrong) = check_tape(&self.till.sandbox.tape()) else { return };
        // the document at hand names the kinds of a request's item and does not hold them
        wrong.retain(|one| !one.contains("'productId' was unexpected"));
        assert_eq!(wrong, Vec::<String>::new());
    }
}

#[actix_web::test]
async fn a_delivery_goes_its_way_by_commands() {
    let a = desk().await;
    let id =
        a.till.pulls("delivery-new", json!({"kind": "courier", "name": "Ольга"})).await["delivery"].clone();
    let born = a.reads(&id).await;
    assert_eq!(
        (&born["order"]["status"], &born["order"]["customer"]["name"]),
        (&json!("Unconfirmed"), &json!("Ольга"))
    );
    let courier = a.till.sandbox.world().first().staff[0].id;
    assert_eq!(
        a.does("update_order_delivery_status", &id, json!({"deliveryStatus": "OnWay"})).await,
        "WrongDeliveryStatus"
    );
    assert_eq!(a.does("confirm", &id, json!({})).await, "Success");
    assert_eq!(a.does("confirm", &id, json!({})).await, "WrongDeliveryStatus");
    assert_eq!(
        a.does("update_order_courier", &id, json!({"employeeId": Uuid::nil()})).await,
        "CourierIdDoesNotExist"
    );
    assert_eq!(a.does("update_order_courier", &id, json!({"employeeId": courier})).await, "Success");
    // the kitchen has no method of the cloud
    a.till.pulls("delivery-status", json!({"delivery": "1", "status": "Waiting"})).await;
    assert_eq!(
        a.does("update_order_delivery_status", &id, json!({"deliveryStatus": "OnWay"})).await,
        "Success"
    );
    let told = a.reads(&id).await;
    assert_eq!(
        (&told["order"]["status"], &told["order"]["courierInfo"]["courier"]["id"]),
        (&json!("OnWay"), &json!(courier))
    );
    assert!(told["timestamp"].as_i64() > born["timestamp"].as_i64());
    a.till.pulls("shift-close", json!({})).await;
    assert_eq!(a.does("close", &id, json!({})).await, "CafeSessionNotFound");
    a.till.pulls("shift-open", json!({})).await;
    assert_eq!(a.does("close", &id, json!({})).await, "Success");
    assert_eq!(a.does("cancel", &id, json!({})).await, "WrongDeliveryStatus");

    let other = a.till.pulls("delivery-new", json!({"kind": "pickup"})).await["delivery"].clone();
    let cause = a.till.sandbox.world().first().cancel_causes[1]["id"].clone();
    assert_eq!(
        a.does("cancel", &other, json!({"cancelCauseId": cause, "cancelComment": "раздумали"})).await,
        "Success"
    );
    let told = a.reads(&other).await["order"].clone();
    assert_eq!(
        (&told["cancelInfo"]["cause"]["id"], &told["orderType"]["orderServiceType"]),
        (&cause, &json!("DeliveryByClient"))
    );
    a.as_published();
}

#[actix_web::test]
async fn deliveries_are_read_by_revision_and_by_date() {
    let a = desk().await;
    let now = born_revision(&a).await;
    let changed = async |after: i64| a.asks("by_revision", json!({"startRevision": after})).await;
    let last = changed(now - 1).await;
    let orders = |said: &Value| count(&said["ordersByOrganizations"][0], "orders");
    assert_eq!((orders(&last), orders(&changed(last["maxRevision"].as_i64().unwrap()).await)), (2, 0));
    a.till.pulls("delivery-status", json!({"delivery": "2", "status": "CookingStarted"})).await;
    sleep(Duration::from_millis(100)).await;
    assert_eq!(orders(&changed(last["maxRevision"].as_i64().unwrap()).await), 1);
    let old = json!({"organizationIds": [a.one], "startRevision": now - 3 * 3_600_000 - 10_000});
    assert_eq!(a.till.asks("/api/1/deliveries/by_revision", old).await.status, 400);

    let due = a.till.sandbox.world().first().deliveries[0].complete_before.clone();
    let of_day = |rest: Value| {
        let mut body = json!({"deliveryDateFrom": due});
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        body
    };
    let found = async |rest: Value| orders(&a.asks("by_delivery_date_and_status", of_day(rest)).await);
    assert_eq!(found(json!({})).await, 2);
    assert_eq!(found(json!({"statuses": ["CookingStarted"]})).await, 1);
    assert_eq!(found(json!({"deliveryDateTo": due, "statuses": ["Closed"]})).await, 0);
    a.as_published();
    let mut wide = of_day(json!({"deliveryDateTo": "2099-01-01 00:00:00.000"}));
    wide["organizationIds"] = json!([a.one]);
    assert_eq!(a.till.asks("/api/1/deliveries/by_delivery_date_and_status", wide).await.status, 422);
}

/// Two deliveries; the version of the first.
async fn born_revision(a: &Desk) -> i64 {
    let first = a.till.pulls("delivery-new", json!({})).await;
    a.till.pulls("delivery-new", json!({"kind": "pickup"})).await;
    a.reads(&first["delivery"]).await["timestamp"].as_i64().unwrap()
}

#[actix_web::test]
async fn an_order_sent_by_the_api_is_born_when_the_terminal_takes_it() {
    let a = desk().await;
    a.till.pulls("command-delay", json!({"ms": 300})).await;
    let request = a.request();
    let id = request["order"]["id"].clone();
    let said = a.till.asks("/api/1/deliveries/create", request.clone()).await.json();
    assert_eq!(
        (&said["orderInfo"]["creationStatus"], &said["orderInfo"]["order"]),
        (&json!("InProgress"), &Value::Null)
    );
    assert_eq!(a.ends(&said["correlationId"]).await, "Success");
    let born = a.reads(&id).await;
    assert_eq!((&born["creationStatus"], &born["externalNumber"]), (&json!("Success"), &json!("M-7")));
    assert_eq!(born["order"]["items"][0]["amount"], 2);
    let again = a.till.asks("/api/1/deliveries/create", request).await;
    assert_eq!((again.status, again.json()["error"].clone()), (400, json!("DuplicatedOrderId")));

    let mut unknown = a.request();
    unknown["order"]["items"][0]["productId"] = Uuid::nil().to_string().into();
    let said = a.till.asks("/api/1/deliveries/create", unknown.clone()).await.json();
    assert_eq!(a.ends(&said["correlationId"]).await, "ProductNotFound");
    let refused = a.reads(&unknown["order"]["id"]).await;
    assert_eq!(
        (&refused["creationStatus"], &refused["errorInfo"]["code"]),
        (&json!("Error"), &json!("ProductNotFound"))
    );

    // a terminal that is away annuls it after the time it was given
    a.till.pulls("till-away", json!({})).await;
    let mut hasty = a.request();
    hasty["createOrderSettings"] = json!({"transportToFrontTimeout": 1});
    let said = a.till.asks("/api/1/deliveries/create", hasty.clone()).await.json();
    assert_eq!(a.ends(&said["correlationId"]).await, "Common");
    assert_eq!(a.reads(&hasty["order"]["id"]).await["creationStatus"], "Error");
    a.as_published();
}
