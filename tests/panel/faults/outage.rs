//! Everything at once while the line or the answers are wrong: a sync, a look at the orders, the stop list, the key, a payment.
use futures_util::future::join_all;
use maitre::sandbox::garble::Garble;
use maitre::sandbox::mischief::Fault;

use crate::faults::house::{House, hasty};
use crate::faults::report::Report;
use crate::support::tied::Tied;
use crate::support::wire::Line;

/// How a fault is made.
#[derive(Clone, Debug)]
enum By {
    Lever(Fault),
    Wire(Line),
    /// All rights are taken from the key.
    Rights,
    /// Its tokens run out at once.
    Tokens,
}

/// The fault, how it is made, what is expected of sync · look · stop list · key, and of the payment meanwhile.
type Row = (&'static str, By, [&'static str; 4], &'static str);

/// All four end with this fault; the payment waits.
fn all(name: &'static str, by: By, fault: &'static str) -> Row {
    (name, by, [fault; 4], "till_silent")
}

fn lever(name: &'static str, fault: Fault, told: &'static str) -> Row {
    all(name, By::Lever(fault), told)
}

fn rows() -> Vec<Row> {
    let after = |text: &str| Fault::TooManyRequests(Some(text.to_owned()));
    let garbled = |name, garble, cells, payment| (name, By::Lever(Fault::Garbled(garble)), cells, payment);
    let no_right = |name, by, fault| (name, by, [fault; 4], "no_right");
    vec![
        all("F01 refused", By::Wire(Line::Refused), "unreachable"),
        all("F03 blackhole", By::Wire(Line::Blackhole), "timed_out"),
        lever("F04 takes the call, never answers", Fault::Silent, "timed_out"),
        lever("F05 head, then a stall", Fault::Stalled, "timed_out"),
        lever("F06 a byte a second", Fault::Drip, "timed_out"),
        lever("F07 reset in the body", Fault::CutOff, "truncated"),
        lever("F08 truncated JSON", Fault::Truncated, "truncated"),
        lever("F09 HTML with 200", Fault::Html, "not_json"),
        lever("F10 nothing with 200", Fault::Empty, "not_json"),
        garbled(
            "F11 JSON called text",
            Garble::Kind,
            ["not_json", "not_json", "not_json", "not_json"],
            "till_silent",
        ),
        garbled("F11 bad UTF-8", Garble::Utf8, ["garbage", "garbage", "garbage", "garbage"], "till_silent"),
        garbled("F11 NUL", Garble::Nul, ["applied|unchanged", "goes", "goes", "goes"], "goes"),
        garbled(
            "F11 names twice",
            Garble::Twice,
            ["held+garbage", "unread", "goes", "garbage"],
            "till_silent",
        ),
        (
            "F12 ten times the size",
            By::Lever(Fault::TenFold),
            ["applied|unchanged", "goes", "goes", "goes"],
            "goes",
        ),
        lever("F12 endless", Fault::Endless, "too_big"),
        lever("F12 packed bomb", Fault::Bomb, "too_big"),
        lever("F13 depth 10,000", Fault::Deep, "too_deep"),
        garbled("F14 fields missing", Garble::Missing, ["held", "goes", "goes", "goes"], "terminal_away"),
        garbled("F14 null", Garble::Null, ["held", "goes", "goes", "goes"], "terminal_away"),
        garbled("F14 unknown words", Garble::Words, ["held", "goes", "goes", "goes"], "order_not_made"),
        garbled("F14 numbers as texts", Garble::Texts, ["applied|unchanged", "goes", "goes", "goes"], "goes"),
        garbled("F14 1e400", Garble::Huge, ["garbage", "garbage|unread", "goes", "goes"], "till_silent"),
        lever("F15 429, seconds", after("2"), "rate_limited"),
        lever("F15 429, a date", after("Sat, 01 Jan 2050 00:00:00 GMT"), "rate_limited"),
        lever("F15 429, bare", Fault::TooManyRequests(None), "rate_limited"),
        lever("F15 429, absurd", after("soon, perhaps"), "rate_limited"),
        ("F16 401 once", By::Tokens, ["applied|unchanged", "goes", "goes", "goes"], "goes"),
        no_right("F16 401 for ever", By::Lever(Fault::Unauthorized), "bad_key"),
        no_right("F17 no right", By::Rights, "missing_right"),
        no_right("F17 403", By::Lever(Fault::Forbidden), "bad_key"),
        // of a sign-in it means that the key is no key
        (
            "F17 400",
            By::Lever(Fault::Refused("INVALID_BODY_JSON_FORMAT")),
            ["refused|bad_key"; 4],
            "no_right|till_silent",
        ),
        lever("F18 500 with JSON", Fault::ServerError, "down"),
        lever("F18 502 with HTML", Fault::BadGateway, "down"),
        lever("F18 503 with nothing", Fault::Unavailable, "down"),
    ]
}

impl House {
    async fn makes(&self, by: &By) {
        match by {
            By::Wire(line) => self.wire.turns(*line).await,
            By::Lever(fault) => self.t.panel.till().mischief().always(fault.clone()),
            By::Rights => {
                let mut world = self.t.panel.till().world();
                let rights =
                    maitre::sandbox::cloud::paths().into_iter().map(|path| path.trim_matches('/').to_owned());
                world.keys.keys[0].lost.extend(rights);
            }
            By::Tokens => drop(self.t.panel.till().world().keys.expire_tokens()),
        }
    }

    async fn calms(&self) {
        self.wire.turns(Line::Fine).await;
        self.t.panel.till().mischief().calm();
        self.t.panel.till().world().keys.keys[0].lost.clear();
    }

    /// The five under a fault, then well again.
    async fn meets(&self, report: &mut Report, (name, by, cells, paying): &Row, check: usize) {
        let before = self.known().await;
        self.t.panel.till().world().menu().bump();
        self.makes(by).await;
        let payment = self.pays(check).await;
        let ((synced, key), looked, stops, paid) = tokio::join!(
            async { (self.syncs().await, self.tries_the_key().await) },
            self.looks(),
            self.stops(),
            self.first_word(&payment)
        );
        let seen = [("sync", synced), ("orders", looked), ("stop list", stops), ("test connection", key)];
        for ((deed, (word, took)), expected) in seen.into_iter().zip(cells) {
            report.cell(&format!("{name} × {deed}"), (&word, expected), took);
        }
        report.cell(&format!("{name} × payment"), (&paid.0, paying), paid.1);
        let after = self.known().await;
        let lost: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
        // an unknown status is shown as a new order's, beside iiko's own word
        let may = paid.0 == "goes" || name.contains("unknown words");
        report.must(name, may || lost.is_empty(), || format!("changed by a fault: {lost:?}"));
        let there = self.on_the_till(check);
        report.must(name, paid.0 == "goes" || there.is_empty(), || format!("on the till: {there:?}"));
        self.calms().await;
        self.recovers(report, name, (&payment, check)).await;
    }

    async fn recovers(&self, report: &mut Report, name: &str, (payment, check): (&serde_json::Value, usize)) {
        let (synced, looked, stops, paid) = tokio::join!(
            async { self.well(House::syncs).await && self.well(House::tries_the_key).await },
            self.well(House::looks),
            self.well(House::stops),
            self.arrives(payment, false)
        );
        report.must(name, synced && looked && stops, || format!("not well again: {synced} {looked} {stops}"));
        report.must(name, ["itself", "no_right"].contains(&paid.0.as_str()), || {
            format!("the payment: {}", paid.0)
        });
        let there = self.on_the_till(check);
        report.must(name, there == [self.checks[check].2], || format!("on the till: {there:?}"));
    }
}

#[actix_web::test]
async fn whatever_is_wrong_with_the_line_is_told_and_nothing_is_lost() {
    let rows = rows();
    let lanes: Vec<Vec<Row>> =
        (0..8).map(|lane| rows.iter().skip(lane).step_by(8).cloned().collect()).collect();
    let lanes = lanes.into_iter().map(async |rows| {
        let house = House::open(rows.len()).await;
        let mut report = Report::default();
        for (check, row) in rows.iter().enumerate() {
            house.meets(&mut report, row, check).await;
        }
        house.t.panel.close().await;
        report
    });
    let mut report = Report::default();
    join_all(lanes).await.into_iter().for_each(|lane| report.joins(lane));
    report.ends("the line and the answers");
}

#[actix_web::test]
async fn a_name_that_does_not_resolve_and_a_server_without_tls_are_told_alike() {
    let mut house = House::open(2).await;
    let plain = house.t.panel.till().url().replace("http://", "https://");
    let mut report = Report::default();
    for (check, (name, base)) in
        [("F02 no such name", "https://iiko.invalid".to_owned()), ("F02 no TLS", plain)]
            .into_iter()
            .enumerate()
    {
        house = elsewhere(house, &base).await;
        let row = (name, By::Wire(Line::Fine), ["unreachable|timed_out"; 4], "till_silent");
        let payment = house.pays(check).await;
        let before = house.known().await;
        let ((synced, key), looked, stops, paid) = tokio::join!(
            async { (house.syncs().await, house.tries_the_key().await) },
            house.looks(),
            house.stops(),
            house.first_word(&payment)
        );
        for ((deed, (word, took)), expected) in
            [("sync", synced), ("orders", looked), ("stop list", stops), ("test connection", key)]
                .into_iter()
                .zip(row.2)
        {
            report.cell(&format!("{name} × {deed}"), (&word, expected), took);
        }
        report.cell(&format!("{name} × payment"), (&paid.0, row.3), paid.1);
        report.must(name, before == house.known().await, || "changed by a fault".to_owned());
        let home = house.wire.url();
        house = elsewhere(house, &home).await;
        house.recovers(&mut report, name, (&payment, check)).await;
    }
    house.t.panel.close().await;
    report.ends("a wrong address");
}

async fn elsewhere(house: House, base: &str) -> House {
    let House { t: Tied { panel, owner }, wire, caller, checks } = house;
    let panel = panel
        .restarted(|iiko| {
            hasty(iiko);
            iiko.base = base.to_owned();
        })
        .await;
    House { t: Tied { panel, owner }, wire, caller, checks }
}
