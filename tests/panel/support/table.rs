//! A table with an open check, its guests' app, and the till beside it.
use serde_json::{Value, json};

use crate::support::caller::Caller;
use crate::support::screen::Screen;
use crate::support::tied::Tied;

/// A venue ready to be paid at, with one open check at table 3.
pub struct Table {
    pub t: Tied,
    caller: Caller,
    /// Ours, as the API names it.
    pub order: String,
    pub sum: i64,
    /// The till's number.
    pub check: String,
}

pub async fn table() -> Table {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    let caller = Caller::of(&t, &["tables", "payments"]).await;
    {
        let mut world = t.panel.till().world();
        (world.commands.delay_ms, world.commands.lag_ms) = (40, 0);
    }
    t.pulls("check-open", json!({"table": "3", "section": "Основной зал"})).await;
    let mut table = Table { t, caller, order: String::new(), sum: 0, check: String::new() };
    let tables = table.asks("tables", None).await.1;
    let third = |one: &&Value| one["number"] == 3 && one["hall"] == "Основной зал";
    let id =
        tables["tables"].as_array().unwrap().iter().find(third).unwrap()["id"].as_str().unwrap().to_owned();
    let bill = table.asks(&format!("tables/{id}/bill"), None).await.1;
    let order = &bill["orders"][0];
    table.order = order["id"].as_str().unwrap().to_owned();
    table.check = order["number"].as_str().unwrap().to_owned();
    table.sum = order["rest"].as_i64().unwrap();
    table
}

impl Table {
    pub async fn asks(&self, path: &str, body: Option<Value>) -> (u16, Value) {
        self.caller.asks(path, body.as_ref()).await
    }

    pub async fn pays(&self, amount: i64, payment_id: &str) -> Value {
        let body = json!({ "order": self.order, "amount": amount, "payment_id": payment_id });
        let (status, payment) = self.asks("payments", Some(body)).await;
        assert_eq!(status, 200, "{payment}");
        payment
    }

    /// The payment once it is as it should be, at most thirty seconds.
    pub async fn until(&self, payment: &Value, meets: impl Fn(&Value) -> bool) -> Value {
        let path = format!("payments/{}", payment["id"].as_str().unwrap());
        let mut last = Value::Null;
        for _ in 0..150 {
            last = self.asks(&path, None).await.1;
            if meets(&last) {
                return last;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        panic!("the payment stays {last}: {}", self.page(payment).await.text());
    }

    pub async fn page(&self, payment: &Value) -> Screen {
        self.t.owner.opens(&format!("/payments/{}", payment["id"].as_str().unwrap())).await
    }

    /// Payments of our type on the till's own check, in kopecks.
    pub fn on_the_till(&self) -> Vec<i64> {
        let mut world = self.t.panel.till().world();
        let check =
            world.first().orders.iter().find(|one| one.number.to_string() == self.check).unwrap().clone();
        check.bill.payments.iter().map(|paid| paid.sum).collect()
    }
}

pub fn is_closed(payment: &Value) -> bool {
    payment["state"] == "confirmed" && payment["closing"] == "closed"
}
