//! What may be wrong with a menu that came whole; and a till that is away for hours.
use serde_json::json;

use crate::faults::house::House;
use crate::faults::report::Report;
use crate::support::fed::{Fed, dish, export, folder};

#[actix_web::test]
async fn a_menu_that_looks_like_a_mistake_changes_nothing_until_somebody_says_so() {
    let house = House::open(1).await;
    let mut report = Report::default();
    let known = house.known().await;
    let (word, took) = house.syncs().await;
    report.cell("F31 empty arrays, same revision × sync", (&word, "unchanged"), took);
    report.must("F31", house.known().await == known, || "the menu changed".to_owned());
    let cases = [
        ("F32 empty, new revision", "empty", json!({}), "full", json!({})),
        ("F34 90 % vanish", "drop", json!({"percent": 90}), "bring-all-back", json!({})),
        ("F35 the revision goes back", "turn-back", json!({}), "touch", json!({})),
    ];
    for (name, lever, fields, back, fields_back) in cases {
        house.t.pulls(lever, fields).await;
        let (word, took) = house.syncs().await;
        report.cell(&format!("{name} × sync"), (&word, "held"), took);
        report.must(name, house.known().await == known, || "the menu changed".to_owned());
        house.t.owner.opens("/overview").await.answers(200).says("ждёт");
        house.t.pulls(back, fields_back).await;
        report.must(name, house.well(House::syncs).await, || "not well again".to_owned());
        report.must(name, house.known().await == known, || "the menu is another".to_owned());
    }
    away(&house, &mut report).await;
    house.t.panel.close().await;
    odd(&mut report).await;
    for fault in ["F31", "F32", "F33", "F34", "F35"] {
        for deed in ["payment", "orders", "stop list", "test connection"] {
            report.none(&format!("{fault} × {deed}"), "only a sync reads the menu");
        }
    }
    report.ends("the catalogue");
}

/// F36: iiko answers for a till that does not.
async fn away(house: &House, report: &mut Report) {
    house.t.pulls("till-away", json!({})).await;
    let payment = house.pays(0).await;
    let ((synced, key), looked, stops, paid) = tokio::join!(
        async { (house.syncs().await, house.tries_the_key().await) },
        house.looks(),
        house.stops(),
        house.first_word(&payment)
    );
    let name = "F36 the terminal is away";
    report.cell(&format!("{name} × sync"), (&synced.0, "unchanged|applied"), synced.1);
    report.cell(&format!("{name} × orders"), (&looked.0, "goes"), looked.1);
    report.cell(&format!("{name} × stop list"), (&stops.0, "goes"), stops.1);
    report.cell(&format!("{name} × test connection"), (&key.0, "goes"), key.1);
    report.cell(&format!("{name} × payment"), (&paid.0, "terminal_away"), paid.1);
    report.must(name, house.on_the_till(0).is_empty(), || "it was sent".to_owned());
    house.t.pulls("till-back", json!({})).await;
    let (word, took) = house.arrives(&payment, false).await;
    report.cell(&format!("{name}, and is back × payment"), (&word, "itself"), took);
    report.must(name, house.on_the_till(0) == [house.checks[0].2], || "not once".to_owned());
}

/// F33: ids that come twice, folders that hold each other, seven levels.
async fn odd(report: &mut Report) {
    let fed = Fed::open().await;
    let mut groups = vec![folder(10, "Курица", Some(11)), folder(11, "Яйцо", Some(10))];
    groups.extend((20..27).map(|n| folder(n, &format!("Уровень {n}"), (n > 20).then_some(n - 1))));
    let dishes =
        [dish(1, "Борщ", Some(26), 420.0), dish(1, "Борщ", Some(26), 420.0), dish(2, "Уха", Some(10), 390.0)];
    let began = std::time::Instant::now();
    let run = fed.sync(&export(5, &groups, &dishes)).await;
    report.cell("F33 twice, in a ring, seven levels × sync", (&run.state, "applied"), began.elapsed());
    let menu = fed.menu().await;
    report.must("F33", menu.products.len() == 2, || format!("{} dishes", menu.products.len()));
    let again = fed.sync(&export(6, &groups, &dishes)).await;
    report.must("F33", again.tally.added == 0, || format!("{:?}", again.tally));
}
