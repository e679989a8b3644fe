//! Past orders for the demo and the benchmark: as many as asked, the same every time.
use chrono::{TimeDelta, Timelike};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Db;
use crate::error::Result;
use crate::money::Kopecks;
use crate::orders::bill::{Bill, Line, Paid};
use crate::orders::kind::Kind;
use crate::orders::list::{self, Filter};
use crate::orders::order::{self, Told};
use crate::orders::status::Status;

const DISHES: [(&str, i64); 10] = [
    ("Борщ с говядиной", 44_000),
    ("Щучьи котлеты с пюре", 58_000),
    ("Утиная грудка с ревенем", 98_000),
    ("Сырники с вишней", 39_000),
    ("Пельмени с олениной", 62_000),
    ("Салат с печёной тыквой", 47_000),
    ("Медовик", 36_000),
    ("Капучино", 28_000),
    ("Лимонад тархун", 29_000),
    ("Морс из клюквы", 22_000),
];
const WAITERS: [&str; 4] = ["Алина Рожкова", "Даша Климова", "Олег Синицын", "Тимур Ахметов"];
const GUESTS: [&str; 5] = ["Илья", "Светлана", "Мария Петрова", "Георгий", "Нина"];
const STREETS: [&str; 4] =
    ["Маросейка, 9, кв. 41", "Покровка, 22", "Чистопрудный бульвар, 12", "Хохловский переулок, 3"];

/// Rows written at once.
const CHUNK: usize = 2_000;

/// Fills a venue that has no orders with `n` of the days before `until`, the newest last. Says how many were written.
pub async fn orders(db: &Db, venue: Uuid, n: usize, until: Timestamp) -> Result<usize> {
    let known = list::page(&mut db.read().await?, venue, &Filter::default(), (None, 1)).await?;
    if !known.is_empty() {
        return Ok(0);
    }
    let mut dice = StdRng::seed_from_u64(0x6d61_6974_7265);
    let until = until.with_nanosecond(0).unwrap_or(until);
    for begin in (0..n).step_by(CHUNK) {
        let rows: Vec<(Uuid, Told)> = (begin..n.min(begin + CHUNK))
            .map(|nth| {
                // about ninety a day
                let at = until - TimeDelta::seconds((n - nth) as i64 * 960);
                (id(&mut dice, at), one(&mut dice, nth, at))
            })
            .collect();
        let mut tx = db.begin().await?;
        order::fill(&mut tx, venue, &rows, until).await?;
        tx.commit().await?;
    }
    Ok(n)
}

/// A UUIDv7 of its moment, out of the dice: the same every time.
fn id(dice: &mut StdRng, at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &dice.random()).into_uuid()
}

fn one(dice: &mut StdRng, nth: usize, at: Timestamp) -> Told {
    let kind = match dice.random_range(0..10) {
        0 => Kind::Pickup,
        1 | 2 => Kind::Courier,
        _ => Kind::Table,
    };
    let iiko_status = match kind {
        Kind::Table if dice.random_ratio(1, 50) => "Deleted",
        Kind::Courier | Kind::Pickup if dice.random_ratio(1, 25) => "Cancelled",
        _ => "Closed",
    };
    let status = Status::of_iiko(kind, iiko_status);
    let lines: Vec<Line> = (0..dice.random_range(1..6)).map(|_| line(dice)).collect();
    let sum = Kopecks(lines.iter().map(|line| line.sum.0).sum());
    let paid = if status == Status::Done { sum } else { Kopecks(0) };
    let is_table = kind == Kind::Table;
    let iiko_id = Uuid::from_u128(dice.random());
    let phone = format!("+7916{:07}", dice.random_range(0..10_000_000));
    Told {
        iiko_id,
        pos_id: None,
        kind,
        status,
        iiko_status: iiko_status.to_owned(),
        creation: "success",
        number: (nth + 1).to_string(),
        version: at.timestamp_millis(),
        table_id: None,
        place: match kind {
            Kind::Table => format!("Стол {}", dice.random_range(1..25)),
            Kind::Courier => STREETS[dice.random_range(0..STREETS.len())].to_owned(),
            Kind::Pickup => String::new(),
        },
        waiter: if is_table {
            WAITERS[dice.random_range(0..WAITERS.len())].to_owned()
        } else {
            String::new()
        },
        guest: if is_table { String::new() } else { GUESTS[dice.random_range(0..GUESTS.len())].to_owned() },
        phone: if is_table { String::new() } else { phone },
        sum,
        paid: Some(paid),
        opened_at: Some(at),
        closed_at: Some(at + TimeDelta::minutes(dice.random_range(20..110))),
        due_at: (!is_table).then(|| at + TimeDelta::minutes(60)),
        trouble: "",
        bill: Bill {
            payments: if paid.0 > 0 { vec![payment(dice, sum)] } else { Vec::new() },
            lines,
            ..Bill::default()
        },
        raw: String::new(),
    }
}

fn line(dice: &mut StdRng) -> Line {
    let (name, price) = DISHES[dice.random_range(0..DISHES.len())];
    let amount = dice.random_range(1..3);
    Line {
        name: name.to_owned(),
        amount: amount.to_string(),
        sum: Kopecks(price * amount),
        status: "Served".to_owned(),
        ..Line::default()
    }
}

fn payment(dice: &mut StdRng, sum: Kopecks) -> Paid {
    let name = ["Банковская карта", "Наличные", "Оплата по QR-коду"][dice.random_range(0..3)];
    Paid { name: name.to_owned(), sum, ..Paid::default() }
}
