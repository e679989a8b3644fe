//! Single decisions of the machine, by what the design says of each.
use chrono::TimeDelta;
use maitre::clock::Timestamp;
use maitre::integrations::iiko_cloud::version::Version;
use maitre::money::Kopecks;
use maitre::posting::attempt::{Attempt, Method, Phase};
use maitre::posting::case::{Around, Case};
use maitre::posting::closing::Turn;
use maitre::posting::intent::{Closing, Intent, New, State};
use maitre::posting::machine::{Seen, Step, Terms, decide};
use maitre::posting::reason::{Hitch, Reason};
use maitre::posting::record::record;
use maitre::posting::till::{Alive, Answer, Bill, Blind, Can, Command, Paid, Stage, Which};
use uuid::Uuid;

use crate::posting::day::{PROVEN, UNPROVEN};

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn after(seconds: i64) -> Timestamp {
    noon() + TimeDelta::seconds(seconds)
}

/// 100 roubles to be posted at noon.
fn fresh() -> Case {
    let new = New { order: Uuid::nil(), psp_payment_id: "psp-1", amount: Kopecks(10_000) };
    let order = Which { iiko_id: Uuid::nil(), pos_id: None };
    Case { intent: Intent::new(Uuid::nil(), &new, noon()), attempt: None, order, around: Around::default() }
}

fn bill(sum: i64, payments: &[Paid]) -> Bill {
    let processed = Kopecks(payments.iter().filter(|paid| !paid.preliminary).map(|paid| paid.sum.0).sum());
    let (stage, payments) = (Stage::Open, payments.to_vec());
    Bill { present: true, made: true, stage, sum: Kopecks(sum), processed, payments }
}

fn ours() -> Paid {
    Paid { ours: true, sum: Kopecks(10_000), preliminary: false }
}

fn cash(sum: i64, preliminary: bool) -> Paid {
    Paid { ours: false, sum: Kopecks(sum), preliminary }
}

/// The case after a step was written.
fn then(case: &Case, step: &Step, now: Timestamp) -> Case {
    let save = record(case, step, now, &PROVEN).unwrap();
    Case { intent: save.intent, attempt: save.attempt.or(case.attempt.clone()), ..case.clone() }
}

/// An attempt sent at noon, in a phase.
fn tried(method: Method, phase: Phase) -> Case {
    let mut case = then(&fresh(), &Step::Send(method), noon());
    case.attempt = case.attempt.map(|attempt| Attempt { phase, success_at: Some(noon()), ..attempt });
    case
}

/// The same, with the terminal alive for so long since.
fn settled(method: Method, seconds: i64) -> Case {
    let mut case = tried(method, Phase::Ambiguous);
    for second in (0..=seconds).step_by(10) {
        case.attempt.as_mut().unwrap().felt(Alive::Yes, after(second));
    }
    case
}

fn looks(case: &Case, bill: Bill, terms: &Terms) -> Step {
    decide(case, &Seen::Bill(bill), noon(), terms)
}

#[test]
fn a_version_says_what_can_be_posted() {
    let of = |text: &str| Can::of(Version::parse(text));
    assert_eq!((of("7.7.3"), of("7.7.4"), of("8.2.5")), (Can::Nothing, Can::Whole, Can::Whole));
    assert_eq!((of("8.2.6"), of("9.4.6"), of("")), (Can::Shares, Can::Shares, Can::Unknown));
    let gate = |terms: Terms| decide(&fresh(), &Seen::Nothing, noon(), &terms);
    assert_eq!(gate(Terms { can: Can::Nothing, ..PROVEN }), Step::Person(Reason::PosTooOld));
    assert_eq!(gate(Terms { can: Can::Unknown, ..PROVEN }), Step::Person(Reason::VersionUnknown));
    assert_eq!(gate(Terms { type_fits: false, ..PROVEN }), Step::Person(Reason::TypeUnfit));
    assert_eq!(gate(PROVEN), Step::Feel);
}

#[test]
fn the_terminal_answers_before_the_bill_is_read() {
    let felt = |alive| decide(&fresh(), &Seen::Alive(alive), noon(), &PROVEN);
    assert_eq!(felt(Alive::Yes), Step::Look);
    assert_eq!(felt(Alive::No), Step::Wait(after(15), Hitch::TerminalAway));
    assert_eq!(felt(Alive::Unknown), Step::Wait(after(15), Hitch::TillSilent));
    assert_eq!(felt(Alive::Denied), Step::Person(Reason::NoRight));
    let blind = |blind| decide(&fresh(), &Seen::Blind(blind), noon(), &PROVEN);
    assert_eq!(blind(Blind::Passing(None)), Step::Wait(after(10), Hitch::TillSilent));
    let asked = Some(std::time::Duration::from_secs(99_999));
    assert_eq!(blind(Blind::Passing(asked)), Step::Wait(after(900), Hitch::TillSilent));
    assert_eq!(blind(Blind::Denied("Right … is not allowed".into())), Step::Person(Reason::NoRight));
}

#[test]
fn the_method_follows_the_bill_and_the_version() {
    let old = Terms { can: Can::Whole, ..PROVEN };
    let case = fresh();
    for terms in [PROVEN, old] {
        assert_eq!(looks(&case, bill(10_000, &[]), &terms), Step::Send(Method::Change), "whole and empty");
    }
    for paid in [vec![], vec![cash(1_000, true)], vec![cash(1_000, false)]] {
        assert_eq!(looks(&case, bill(30_000, &paid), &PROVEN), Step::Send(Method::Add), "{paid:?}");
        assert_eq!(
            looks(&case, bill(30_000, &paid), &old),
            Step::Person(Reason::NeedsAddPayments),
            "{paid:?}"
        );
    }
    let typed = [cash(10_000, true)];
    assert_eq!(
        looks(&case, bill(10_000, &typed), &PROVEN),
        Step::Send(Method::Add),
        "a waiter's entry is not wiped"
    );
}

#[test]
fn a_bill_that_does_not_take_it_is_looked_at_again_and_then_a_persons() {
    let bills = [
        (Bill { present: false, ..bill(10_000, &[]) }, Reason::OrderMissing),
        (Bill { made: false, ..bill(10_000, &[]) }, Reason::OrderNotMade),
        (Bill { stage: Stage::Closed, ..bill(10_000, &[]) }, Reason::OrderClosed),
        (Bill { stage: Stage::Deleted, ..bill(10_000, &[]) }, Reason::OrderDeleted),
        (bill(10_000, &[cash(1, false)]), Reason::NotEnoughLeft),
        (bill(20_000, &[ours()]), Reason::UnknownPayment),
    ];
    for (bill, reason) in bills {
        let mut case = fresh();
        for _ in 1..reason.patience() {
            let step = looks(&case, bill.clone(), &PROVEN);
            assert!(matches!(step, Step::Puzzled(_, why) if why == reason), "{reason:?} {step:?}");
            case = then(&case, &step, noon());
        }
        assert_eq!(looks(&case, bill.clone(), &PROVEN), Step::Person(reason));
    }
    let mut known = fresh();
    known.around.known = 1;
    assert!(matches!(looks(&known, bill(20_000, &[]), &PROVEN), Step::Puzzled(_, Reason::PaymentVanished)));
}

#[test]
fn equal_shares_are_counted() {
    let mut second = fresh();
    second.around.known = 1;
    assert_eq!(looks(&second, bill(20_000, &[ours()]), &PROVEN), Step::Send(Method::Add));
    second.around.busy = 1;
    let behind = decide(&second, &Seen::Nothing, noon(), &PROVEN);
    assert_eq!(behind, Step::Wait(after(10), Hitch::Behind));
}

#[test]
fn what_landed_late_is_known_again_only_when_nobody_else_can_claim_it() {
    let mut case = fresh();
    (case.around.loose, case.intent.voided) = (1, 1);
    assert_eq!(looks(&case, bill(10_000, &[ours()]), &PROVEN), Step::Confirmed);
    case.around.rivals = 1;
    assert!(matches!(
        looks(&case, bill(10_000, &[ours()]), &PROVEN),
        Step::Puzzled(_, Reason::UnknownPayment)
    ));
}

#[test]
fn only_what_surely_did_not_happen_is_sent_again() {
    let case = tried(Method::Add, Phase::Sending);
    let answers = |answer| decide(&case, &Seen::Answer(answer), noon(), &PROVEN);
    let refused = |code: &str| Answer::Refused { code: code.into(), said: String::new() };
    let unclear =
        |id: Option<&str>| Answer::Unclear { correlation: id.map(str::to_owned), said: "500".into() };
    assert!(matches!(answers(Answer::NotSent), Step::Refused(..)));
    let rest = Some(std::time::Duration::from_secs(70));
    assert_eq!(answers(Answer::RateLimited(rest)), Step::Refused(after(70), "429".into()));
    assert!(matches!(answers(refused("EntityAlreadyInUse")), Step::Refused(..)));
    assert!(matches!(answers(refused("PaymentTypeNotFound")), Step::RefusedFor(Reason::TypeUnfit, _)));
    assert!(matches!(answers(Answer::Denied("x".into())), Step::RefusedFor(Reason::NoRight, _)));
    for code in ["Common", "InternalServerError", "UnknownError", "MayBeInconsistentUpdates", "NewCode", ""] {
        assert!(matches!(answers(refused(code)), Step::Ambiguous(_)), "{code}");
    }
    assert_eq!(answers(Answer::Accepted { correlation: "c".into() }), Step::Accepted("c".into(), after(1)));
    assert_eq!(answers(unclear(Some("c"))), Step::Accepted("c".into(), after(1)), "it can be asked after");
    assert_eq!(answers(unclear(None)), Step::Ambiguous("500".into()));
    assert_eq!(decide(&case, &Seen::Nothing, noon(), &PROVEN), Step::Ambiguous("cut short".into()));
}

#[test]
fn a_command_is_asked_after_for_two_minutes() {
    let case = tried(Method::Add, Phase::Polling);
    let says = |command, now| decide(&case, &Seen::Command(command), now, &PROVEN);
    assert_eq!(decide(&case, &Seen::Nothing, noon(), &PROVEN), Step::Poll);
    assert_eq!(says(Command::InProgress, after(5)), Step::PollAgain(after(6)));
    assert_eq!(says(Command::Silent, after(5)), Step::PollAgain(after(6)));
    assert!(matches!(says(Command::InProgress, after(120)), Step::Ambiguous(_)));
    assert_eq!(says(Command::Success, after(5)), Step::Prove, "a hint, not a proof");
    assert_eq!(says(Command::Gone, after(5)), Step::Ambiguous("410".into()));
    let error = |code: &str| Command::Error { code: code.into(), said: String::new() };
    assert!(matches!(says(error("OrderNotFound"), after(5)), Step::Refused(..)));
    assert!(matches!(says(error("Common"), after(5)), Step::Ambiguous(_)));
    let mut waits = case.clone();
    let pauses: Vec<i64> = (0..9)
        .map(|_| {
            let step = decide(&waits, &Seen::Command(Command::InProgress), noon(), &PROVEN);
            waits = then(&waits, &step, noon());
            (waits.intent.next_at - noon()).num_seconds()
        })
        .collect();
    assert_eq!(pauses, [1, 1, 2, 3, 5, 8, 13, 21, 21]);
}

#[test]
fn done_is_said_only_of_what_is_on_the_bill() {
    let mut case = tried(Method::Add, Phase::Proving);
    let sees =
        |case: &Case, now, payments: &[Paid]| decide(case, &Seen::Bill(bill(20_000, payments)), now, &PROVEN);
    assert_eq!(sees(&case, after(1), &[ours()]), Step::Confirmed);
    assert_eq!(sees(&case, after(59), &[]), Step::Wait(after(64), Hitch::Settling));
    let typed = Paid { preliminary: true, ..ours() };
    assert!(matches!(sees(&case, after(1), &[typed, cash(10_000, false)]), Step::Wait(..)));
    for _ in 0..2 {
        let step = sees(&case, after(60), &[]);
        assert!(matches!(step, Step::Puzzled(..)));
        case = then(&case, &step, after(60));
    }
    assert_eq!(
        sees(&case, after(70), &[]),
        Step::Person(Reason::SuccessButAbsent),
        "never sent again on that"
    );
}

#[test]
fn what_is_unclear_settles_before_not_there_means_anything() {
    let sees = |case: &Case, now, payments: &[Paid], terms: &Terms| {
        decide(case, &Seen::Bill(bill(10_000, payments)), after(now), terms)
    };
    for method in [Method::Change, Method::Add] {
        let case = settled(method, 170);
        assert!(matches!(sees(&case, 175, &[], &PROVEN), Step::Wait(_, Hitch::Settling)), "too early");
        assert_eq!(sees(&case, 175, &[ours()], &PROVEN), Step::Confirmed);
        let two = [ours(), ours()];
        assert!(matches!(sees(&case, 175, &two, &PROVEN), Step::Puzzled(_, Reason::UnknownPayment)));
    }
    assert_eq!(sees(&settled(Method::Change, 180), 180, &[], &PROVEN), Step::Void);
    assert_eq!(sees(&settled(Method::Change, 180), 180, &[], &UNPROVEN), Step::Person(Reason::Unproven));
    assert_eq!(sees(&settled(Method::Add, 180), 180, &[], &PROVEN), Step::Person(Reason::Unproven));
    let mut third = settled(Method::Change, 180);
    third.intent.voided = 2;
    assert_eq!(sees(&third, 180, &[], &PROVEN), Step::Person(Reason::Unproven), "three times, then a person");
    let hidden = Bill { present: false, ..bill(10_000, &[ours()]) };
    let step = decide(&settled(Method::Change, 180), &Seen::Bill(hidden), after(180), &PROVEN);
    assert!(matches!(step, Step::Puzzled(_, Reason::OrderMissing)), "a hidden order proves nothing");
    assert!(
        then(&third, &Step::Person(Reason::Unproven), after(180)).open().is_some(),
        "the order waits for the person"
    );
}

#[test]
fn a_terminal_that_was_away_begins_anew() {
    let mut attempt = settled(Method::Change, 170).attempt.unwrap();
    attempt.felt(Alive::Unknown, after(175));
    attempt.felt(Alive::Yes, after(180));
    assert!(attempt.is_settled(after(180)), "not knowing once is no break");
    attempt.felt(Alive::No, after(190));
    attempt.felt(Alive::Yes, after(200));
    assert!(!attempt.is_settled(after(370)));
    attempt.felt(Alive::Yes, after(380));
    assert!(!attempt.is_settled(after(380)), "nobody looked for three minutes");
}

#[test]
fn after_a_void_attempt_only_change_payments_follows() {
    let mut case = fresh();
    (case.around.loose, case.intent.voided) = (1, 1);
    assert_eq!(looks(&case, bill(10_000, &[]), &PROVEN), Step::Send(Method::Change));
    let grown = looks(&case, bill(12_000, &[]), &PROVEN);
    assert!(matches!(grown, Step::Puzzled(_, Reason::BillChanged)), "{grown:?}");
}

#[test]
fn six_refusals_are_a_persons() {
    let mut case = fresh();
    case.intent.refused = 6;
    assert_eq!(decide(&case, &Seen::Nothing, noon(), &PROVEN), Step::Person(Reason::RefusedTooOften));
}

#[test]
fn an_order_is_closed_when_it_is_paid_and_closed_when_it_is_read_so() {
    let mut case = then(&tried(Method::Change, Phase::Proving), &Step::Confirmed, noon());
    assert_eq!((case.intent.state, case.intent.closing), (State::Confirmed, Closing::None));
    assert_eq!(decide(&case, &Seen::Nothing, noon(), &PROVEN), Step::Done);
    (case.intent.closing, case.around.known) = (Closing::Due, 1);
    assert_eq!(decide(&case, &Seen::Nothing, noon(), &PROVEN), Step::Look);
    assert_eq!(looks(&case, bill(10_000, &[ours()]), &PROVEN), Step::Close);
    assert_eq!(looks(&case, bill(20_000, &[ours()]), &PROVEN), Step::Closing(Turn::Left));
    let stale = looks(&case, bill(10_000, &[]), &PROVEN);
    assert!(matches!(stale, Step::Closing(Turn::Again(_))), "{stale:?}");
    let closed = Bill { stage: Stage::Closed, ..bill(10_000, &[ours()]) };
    assert_eq!(looks(&case, closed, &PROVEN), Step::Closing(Turn::Closed));
    let error = |code: &str| Command::Error { code: code.into(), said: String::new() };
    for (code, reason) in [
        ("PaymentSumNotEnough", Reason::CloseSum),
        ("CafeSessionNotFound", Reason::CloseSession),
        ("Common", Reason::CloseRefused),
    ] {
        let step = decide(&case, &Seen::Command(error(code)), noon(), &PROVEN);
        assert_eq!(step, Step::Closing(Turn::Stuck(reason, after(300))));
        let told = then(&case, &step, noon());
        assert_eq!((told.intent.state, told.intent.reason()), (State::Confirmed, Some(reason)));
    }
}
