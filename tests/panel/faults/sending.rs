//! The sending of a payment alone meets a fault. Whether it landed or not, it ends on the bill once: by itself where that can be
//! known, by a person's press where it cannot.
use std::time::Duration;

use futures_util::future::join_all;
use maitre::sandbox::garble::Garble;
use maitre::sandbox::mischief::{Fault, Trouble};

use crate::faults::house::House;
use crate::faults::report::Report;

const SENDING: &str = "/api/1/order/change_payments";
const READING: &str = "/api/1/order/by_id";

/// The fault, on which path, how often, and how the payment arrives: «itself», or why a person was asked.
type Row = (&'static str, &'static str, u32, Fault, &'static str);

fn once(name: &'static str, fault: Fault, ends: &'static str) -> Row {
    (name, SENDING, 1, fault, ends)
}

fn rows() -> Vec<Row> {
    let told = |trouble| Fault::Command(trouble, Duration::ZERO);
    vec![
        once("F04 never answered", Fault::Silent, "unproven"),
        once("F05 stalled", Fault::Stalled, "itself"),
        once("F06 a byte a second", Fault::Drip, "itself"),
        once("F07 reset in the body", Fault::CutOff, "itself"),
        once("F08 truncated", Fault::Truncated, "itself"),
        once("F09 HTML", Fault::Html, "unproven"),
        once("F10 nothing", Fault::Empty, "itself"),
        once("F11 called text", Fault::Garbled(Garble::Kind), "itself"),
        once("F12 endless", Fault::Endless, "itself"),
        once("F13 deep", Fault::Deep, "unproven"),
        once("F14 1e400", Fault::Garbled(Garble::Huge), "itself"),
        once("F15 429", Fault::TooManyRequests(Some("1".into())), "itself"),
        once("F16 401 once", Fault::Unauthorized, "itself"),
        (("F16 401 twice"), SENDING, 2, Fault::Unauthorized, "no_right"),
        ("F17 403", SENDING, 2, Fault::Forbidden, "no_right"),
        once("F17 400 EntityAlreadyInUse", Fault::Refused("EntityAlreadyInUse"), "itself"),
        once("F17 400 OrderNotFound", Fault::Refused("OrderNotFound"), "itself"),
        once("F17 400 PaymentTypeNotFound", Fault::Refused("PaymentTypeNotFound"), "payment_type"),
        once("F17 400 IikoFrontTooOldVersion", Fault::Refused("IikoFrontTooOldVersion"), "pos_too_old"),
        once("F17 400 any other", Fault::Refused("OperationNotAllowed"), "unproven"),
        once("F18 500", Fault::ServerError, "unproven"),
        once("F18 502", Fault::BadGateway, "unproven"),
        once("F18 503", Fault::Unavailable, "unproven"),
        once("F19 408, accepted", told(Trouble::TimedOut), "itself"),
        once("F20 accepted, answer lost", told(Trouble::Lost), "itself"),
        once("F21 InProgress for ever, done", told(Trouble::Hangs), "itself"),
        once("F21 InProgress for ever, not done", told(Trouble::HangsIdle), "unproven"),
        once("F21 410, done", told(Trouble::Gone), "itself"),
        once("F21 410, not done", told(Trouble::GoneIdle), "unproven"),
        once("F22 Error though done", told(Trouble::FalseError), "itself"),
        once("F22 Success though not", told(Trouble::FalseSuccess), "success_but_absent"),
        once("F23 late", Fault::Command(Trouble::Late, Duration::from_secs(4)), "itself"),
        once("F23 EntityAlreadyInUse", told(Trouble::InUse), "itself"),
        ("F24 stale read", READING, 3, Fault::Stale, "itself"),
        ("F24 order missing", READING, 3, Fault::Missing, "itself"),
        ("F24 hidden terminal", READING, 40, Fault::Missing, "order_missing"),
    ]
}

#[actix_web::test]
async fn whatever_happens_to_the_sending_a_payment_is_on_the_bill_once() {
    let rows = rows();
    let lanes: Vec<Vec<Row>> =
        (0..9).map(|lane| rows.iter().skip(lane).step_by(9).cloned().collect()).collect();
    let lanes = lanes.into_iter().map(async |rows| {
        let house = House::open(rows.len()).await;
        let mut report = Report::default();
        for (check, (name, path, times, fault, ends)) in rows.into_iter().enumerate() {
            house.t.panel.till().mischief().on(path, Some(times), fault);
            let payment = house.pays(check).await;
            let (word, took) = house.arrives(&payment, true).await;
            report.cell(&format!("{name} × payment"), (&word, ends), took);
            let there = house.on_the_till(check);
            report.must(name, there == [house.checks[check].2], || format!("on the till: {there:?}"));
            house.t.panel.till().mischief().calm();
        }
        house.t.panel.close().await;
        report
    });
    let mut report = Report::default();
    join_all(lanes).await.into_iter().for_each(|lane| report.joins(lane));
    for row in ["sync", "orders", "stop list", "test connection"] {
        for fault in ["F19", "F20", "F21", "F22", "F23"] {
            report.none(&format!("{fault} × {row}"), "it sends no command");
        }
    }
    for row in ["sync", "stop list", "test connection"] {
        report.none(&format!("F24 × {row}"), "it reads no order");
    }
    report.ends("the sending of a payment");
}
