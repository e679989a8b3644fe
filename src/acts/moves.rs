//! Which acts an order allows now, by iiko's own status: what is not allowed is not offered, and refused when it is sent all
//! the same. Cooking is told at the till alone: no method of iiko's begins or ends it. Pure.
use crate::acts::act::What;
use crate::orders::kind::Kind;
use crate::orders::order::Order;

/// In the order in which a shift does them.
pub fn allowed(order: &Order) -> Vec<What> {
    What::ALL.iter().copied().filter(|what| allows(order, *what)).collect()
}

pub fn allows(order: &Order, what: What) -> bool {
    let kind = order.kind();
    if kind == Kind::Table || order.creation != "success" {
        return false;
    }
    let status = order.iiko_status.as_str();
    let is_courier = kind == Kind::Courier;
    let in_kitchen = matches!(
        status,
        "WaitCooking" | "ReadyForCooking" | "CookingStarted" | "CookingCompleted" | "Waiting"
    );
    match what {
        What::Confirm => status == "Unconfirmed",
        What::OnWay => is_courier && status == "Waiting",
        What::Delivered => is_courier && status == "OnWay",
        // a courier's from 8.0.6 on, and only then; a pickup is closed when it is handed over
        What::Close if is_courier => matches!(status, "OnWay" | "Delivered"),
        What::Close => matches!(status, "CookingCompleted" | "Waiting" | "Delivered"),
        What::Courier => is_courier && (in_kitchen || status == "OnWay"),
        What::Cancel => in_kitchen || matches!(status, "Unconfirmed" | "OnWay"),
    }
}

/// Whether the order, as it was read, shows that the act was done.
pub fn shows(order: &Order, what: What, said: &str) -> bool {
    let status = order.iiko_status.as_str();
    match what {
        What::Confirm => !matches!(status, "Unconfirmed" | "Cancelled" | ""),
        What::OnWay => matches!(status, "OnWay" | "Delivered" | "Closed"),
        What::Delivered => matches!(status, "Delivered" | "Closed"),
        What::Close => status == "Closed",
        What::Courier => order.waiter == said,
        What::Cancel => status == "Cancelled",
    }
}

/// Why there is nothing to offer, as a word that has its sentence.
pub fn why_none(order: &Order) -> &'static str {
    match (order.kind(), order.creation.as_str()) {
        (Kind::Table, _) => "table",
        (_, "in_progress") => "making",
        _ => "over",
    }
}
