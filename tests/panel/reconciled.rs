//! Bills held against our books after all is done: what differs is told, what agrees again goes away by itself, what a person
//! has looked into is not told twice.
use std::time::Duration;

use serde_json::json;

use crate::support::screen::Screen;
use crate::support::table::{Table, is_closed, table};

const PAGE: &str = "/outbox";
const MORE: &str = "В чеке больше оплат, чем мы проводили";
const FEWER: &str = "В чеке нет оплаты, которую мы проводили";

/// A bill that was paid through us and closed.
async fn paid() -> Table {
    let table = table().await;
    let payment = table.pays(table.sum, "bank-1").await;
    table.until(&payment, is_closed).await;
    table
}

impl Table {
    /// Presses «Сверить с чеками» and waits for what comes of it.
    async fn reconciles(&self) -> Screen {
        self.t.owner.sends("/outbox/reconciliation", []).await.answers(200);
        for _ in 0..150 {
            let page = self.t.owner.opens(PAGE).await;
            if !page.text().contains("Сверяем с чеками…") {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("the reconciliation did not end in thirty seconds");
    }

    async fn at_the_till(&self, lever: &str, more: serde_json::Value) {
        let mut fields = json!({ "check": self.check });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.t.pulls(lever, fields).await;
    }

    /// A bill of another table, paid at the till alone and seen here.
    async fn a_waiter_takes(&self, payment: &str) {
        self.t.pulls("check-open", json!({"table": "4", "section": "Основной зал"})).await;
        let other = self.t.panel.till().world().first().orders.last().unwrap().number.to_string();
        self.t.pulls("check-pay", json!({"check": other, "payment": payment})).await;
        for _ in 0..150 {
            self.t.owner.posts("/orders/look", []).await;
            let listed = self.t.owner.opens("/orders").await;
            if listed.every("tbody tr").iter().any(|row| row.starts_with(&format!("{other} "))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("the waiter's bill {other} was not seen");
    }

    /// «Разобрались», of the first difference on the page.
    async fn looked_into(&self, page: &Screen) -> Screen {
        let path = page.forms().into_iter().find(|path| path.contains("/outbox/differences/")).unwrap();
        let seen = ["on_bill", "in_books"].map(|name| (name, page.field(name).unwrap()));
        self.t.owner.sends(&path, seen.iter().map(|(name, value)| (*name, value.as_str()))).await
    }
}

#[actix_web::test]
async fn what_is_gone_from_a_closed_bill_is_told_until_somebody_looks_into_it() {
    let table = paid().await;
    let page = table.reconciles().await;
    page.says("Сверено с чеками").says("1 чек, всё сходится").does_not_say(FEWER);

    // after the guest has left somebody opens the bill again and takes the payment off
    table.at_the_till("check-reopen", json!({})).await;
    table.at_the_till("check-unpay", json!({})).await;
    let page = table.reconciles().await;
    page.says(FEWER).says("в чеке 0, у нас 1").says("Решает человек 1").says("1 расхождение ждёт решения");
    let nav = table.t.owner.opens("/menu").await.every("nav a[href$='/outbox']").join(" ");
    assert!(nav.contains('1'), "every page says that somebody is needed: {nav}");
    let part = table.t.owner.asks_part(&format!("/orders/{}/payments", table.order)).await;
    part.says(FEWER);
    let viewer = table.t.panel.viewer_of(table.t.owner.venue.unwrap()).await;
    viewer.opens(PAGE).await.says(FEWER).does_not_say("Разобрались").does_not_say("Сверить с чеками");

    let old = page;
    table.looked_into(&old).await.says("с расхождением разобрались").does_not_say(FEWER);
    table.looked_into(&old).await.says("расхождение изменилось или исчезло");
    table.reconciles().await.does_not_say(FEWER).says("всё сходится");

    // it is another difference now: a payment of the same sum comes twice
    for _ in 0..2 {
        let sum = table.sum / 100;
        table.at_the_till("check-pay", json!({ "payment": "EVVAP", "sum": sum })).await;
    }
    let page = table.reconciles().await;
    page.says(MORE).says("Решает человек");
    // and goes away by itself once bill and books agree
    table.at_the_till("check-unpay", json!({})).await;
    table.at_the_till("check-unpay", json!({})).await;
    table.at_the_till("check-pay", json!({ "payment": "EVVAP" })).await;
    table.reconciles().await.does_not_say(MORE).says("всё сходится");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn what_a_waiter_puts_on_a_bill_under_our_type_is_found_where_nobody_paid_through_us() {
    let table = paid().await;
    table.a_waiter_takes("EVVAP").await;
    let page = table.reconciles().await;
    page.says(MORE).says("в чеке 1, у нас 0").says("2 чека");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn of_another_code_what_was_posted_before_stays_ours() {
    let table = paid().await;
    let owner = &table.t.owner;
    owner.sends("/payment-methods/code", [("code", "CARD"), ("was", "EVVAP")]).await.answers(200);
    table.reconciles().await.says("всё сходится").does_not_say(FEWER);
    table.t.panel.close().await;
}

/// A code that was tried on is not ours for good: what waiters take by it is theirs.
#[actix_web::test]
async fn a_code_under_which_nothing_was_sent_is_forgotten() {
    let table = paid().await;
    let owner = &table.t.owner;
    owner.sends("/payment-methods/code", [("code", "CARD"), ("was", "EVVAP")]).await.answers(200);
    table.a_waiter_takes("CARD").await;
    table.reconciles().await.does_not_say(MORE);
    owner.sends("/payment-methods/code", [("code", "EVVAP"), ("was", "CARD")]).await.answers(200);
    table.reconciles().await.does_not_say(MORE).says("всё сходится");
    table.t.panel.close().await;
}

#[actix_web::test]
async fn while_iiko_does_not_answer_nothing_is_said_of_any_bill() {
    let table = paid().await;
    table.reconciles().await.says("всё сходится");
    table.at_the_till("check-reopen", json!({})).await;
    table.at_the_till("check-unpay", json!({})).await;
    // orders are hidden: what is not shown proves nothing
    table.t.pulls("missing", json!({"times": 0})).await;
    table.reconciles().await.does_not_say(FEWER).says("1 чек не прочитан");
    table.t.pulls("calm", json!({})).await;
    table.t.pulls("500", json!({"times": 0})).await;
    table
        .reconciles()
        .await
        .does_not_say(FEWER)
        .says("Сверить с чеками не получилось")
        .says("Сверено с чеками");
    table.t.pulls("calm", json!({})).await;
    let page = table.reconciles().await;
    page.says(FEWER).does_not_say("не получилось");
    table.t.panel.close().await;
}
