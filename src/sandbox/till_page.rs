//! The till by hand on the page: open checks with their payments, deliveries, the shift, what was told by webhooks.
use super::bill::{Bill, Line, Payment};
use super::delivery::{Birth, Delivery, STATUSES};
use super::order::{Check, Status};
use super::page_parts::{Tongue, shown};
use super::world::{Organization, World};
use super::{clock, sums};

/// Closed checks and deliveries shown at once.
const SHOWN: usize = 12;

/// Everything of the first organization's orders.
pub struct TillPart {
    pub checks: Vec<CheckRow>,
    pub deliveries: Vec<DeliveryRow>,
    /// id, name with the hall
    pub tables: Vec<(String, String)>,
    pub dishes: Vec<String>,
    pub people: Vec<String>,
    pub statuses: [&'static str; 10],
    pub shift_closed: bool,
    pub away: bool,
    pub delay_ms: i64,
    pub lag_ms: i64,
    pub addresses: Vec<String>,
    /// time, event, what was answered
    pub sent: Vec<(String, &'static str, String)>,
}

pub struct CheckRow {
    pub id: String,
    pub number: i64,
    pub table: String,
    pub waiter: String,
    pub status: &'static str,
    pub open: bool,
    pub closed: bool,
    /// the cloud has a copy of it
    pub known: bool,
    pub sum: String,
    pub rest: String,
    pub lines: Vec<LineRow>,
    pub payments: Vec<PaymentRow>,
}

pub struct LineRow {
    pub position: String,
    pub name: String,
    pub amount: String,
    pub cost: String,
    pub deleted: bool,
}

pub struct PaymentRow {
    pub name: String,
    pub sum: String,
    pub processed: bool,
    pub external: bool,
}

pub struct DeliveryRow {
    pub id: String,
    pub number: i64,
    pub who: String,
    pub by_courier: bool,
    pub status: &'static str,
    pub refused: bool,
    pub open: bool,
    pub sum: String,
}

impl TillPart {
    pub fn of(world: &mut World, t: Tongue) -> TillPart {
        let (delay_ms, lag_ms) = (world.commands.delay_ms, world.commands.lag_ms);
        let addresses = world.hooks.addresses().map(str::to_owned).collect();
        let sent = world.hooks.sent.iter().rev().take(5);
        let sent = sent.map(|one| (clock::of_day(one.at_ms), one.event, one.outcome.clone())).collect();
        let one = world.first();
        let closed = one.orders.iter().rev().filter(|check| !check.is_open()).take(SHOWN);
        let checks = one.orders.iter().rev().filter(|check| check.is_open()).chain(closed);
        let dishes = one.menu.products.iter().filter(|product| !product.is_modifier()).take(300);
        TillPart {
            checks: checks.map(|check| CheckRow::of(check, t)).collect(),
            deliveries: one.deliveries.iter().rev().take(SHOWN).map(DeliveryRow::of).collect(),
            tables: tables(one),
            dishes: dishes.map(|dish| dish.name().to_owned()).collect(),
            people: one.staff.iter().filter(|one| !one.deleted).map(|one| one.name.clone()).collect(),
            statuses: STATUSES,
            shift_closed: one.shift_closed,
            away: one.terminals.first().is_some_and(|terminal| !terminal.answers()),
            delay_ms,
            lag_ms,
            addresses,
            sent,
        }
    }
}

fn tables(one: &Organization) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for section in &one.sections {
        let hall = section["name"].as_str().unwrap_or_default();
        let tables = section["tables"].as_array().into_iter().flatten();
        for table in tables.filter(|table| table["isDeleted"] != true) {
            let id = table["id"].as_str().unwrap_or_default();
            list.push((id.to_owned(), format!("{hall}, № {}", table["number"])));
        }
    }
    list
}

/// Kopecks as a person writes them.
fn money(kopecks: i64) -> String {
    shown(&sums::roubles(kopecks).to_string())
}

impl CheckRow {
    fn of(check: &Check, t: Tongue) -> CheckRow {
        let Bill { lines, payments, .. } = &check.bill;
        let status = match check.status {
            Status::New => t.say("открыт", "open"),
            Status::Bill => t.say("счёт напечатан", "bill printed"),
            Status::Closed => t.say("закрыт", "closed"),
            Status::Deleted => t.say("удалён", "deleted"),
        };
        CheckRow {
            id: check.id.to_string(),
            number: check.number,
            table: check.table_number.clone(),
            waiter: check.waiter.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            status,
            open: check.is_open(),
            closed: check.status == Status::Closed,
            known: check.copy.now.is_some(),
            sum: money(check.bill.sum()),
            rest: money(check.bill.rest()),
            lines: lines.iter().map(LineRow::of).collect(),
            payments: payments.iter().map(PaymentRow::of).collect(),
        }
    }
}

impl LineRow {
    fn of(line: &Line) -> LineRow {
        LineRow {
            position: line.position.to_string(),
            name: line.name.clone(),
            amount: sums::pieces(line.amount).to_string(),
            cost: money(line.cost()),
            deleted: line.deleted,
        }
    }
}

impl PaymentRow {
    fn of(payment: &Payment) -> PaymentRow {
        PaymentRow {
            name: payment.name.clone(),
            sum: money(payment.sum),
            processed: payment.processed,
            external: payment.external,
        }
    }
}

impl DeliveryRow {
    fn of(delivery: &Delivery) -> DeliveryRow {
        DeliveryRow {
            id: delivery.id.to_string(),
            number: delivery.number,
            who: format!("{} {}", delivery.name, delivery.phone),
            by_courier: delivery.by_courier,
            status: delivery.status,
            refused: matches!(delivery.birth, Birth::Refused(_)),
            open: delivery.is_open(),
            sum: money(delivery.bill.sum()),
        }
    }
}

/// What a lever of orders has done, as a sentence; none: it is no such lever.
pub fn done(lever: &str) -> Option<(&'static str, &'static str)> {
    Some(match lever {
        "408" => ("408, но команда принята", "408, yet the command is accepted"),
        "lost" => ("Команда принята, ответ потерян", "The command is accepted, its answer lost"),
        "hangs" => ("Команда исполнена, статус вечно InProgress", "Done, and InProgress for ever"),
        "hangs-idle" => {
            ("Команда не исполнена, статус вечно InProgress", "Not done, and InProgress for ever")
        }
        "410" => ("Команда исполнена, статус 410", "Done, and its status is 410"),
        "410-idle" => ("Команда не исполнена, статус 410", "Not done, and its status is 410"),
        "false-error" => ("Error, хотя исполнено", "Error though done"),
        "false-success" => ("Success, хотя не исполнено", "Success though not done"),
        "late" => ("Команда исполнится поздно", "The command lands late"),
        "in-use" => ("Error: EntityAlreadyInUse", "Error: EntityAlreadyInUse"),
        "stale" => ("Чтение заказа отстаёт", "Orders are read from an earlier copy"),
        "missing" => ("Заказа нет в ответе", "The order is missing from the answer"),
        "check-open" => ("Счёт открыт.", "The check is opened."),
        "check-close" => ("Счёт закрыт.", "The check is closed."),
        "check-reopen" => ("Счёт снова открыт.", "The check is open again."),
        "check-pay" => ("Оплата принята.", "The payment is taken."),
        "shift-close" => ("Кассовая смена закрыта.", "The cash shift is closed."),
        "shift-open" => ("Кассовая смена открыта.", "The cash shift is open."),
        "till-away" => ("Касса не на связи: команды ждут.", "The till is away: commands wait."),
        "till-back" => ("Касса снова на связи.", "The till is back."),
        "delivery-new" => ("Доставка принята.", "The delivery is taken."),
        "delivery-status" => ("Статус доставки изменён.", "The delivery has another status."),
        "command-delay" | "cloud-lag" => ("Скорость изменена.", "The pace is changed."),
        other if other.starts_with("check-") => ("Счёт изменён.", "The check is changed."),
        other if other.starts_with("hook-") => ("Вебхуки настроены.", "Webhooks are set."),
        _ => return None,
    })
}
