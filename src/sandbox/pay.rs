//! What commands do to a check's payments, with iiko's conditions (iiko-cloud.md §10, pitfalls.md 44–50).
use serde_json::Value;
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::bill::{Bill, Payment};
use super::commands::{Deed, Outcome, Refusal};
use super::order::Check;
use super::sums;
use super::world::{Organization, Terminal, World};

/// A payment as a request words it.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub type_id: Uuid,
    /// kopecks
    pub sum: i64,
    pub taken_outside: bool,
    pub fiscalized_outside: bool,
    pub prepay: bool,
}

/// `/api/1/order/change_payments`, from 7.7.4.
pub fn change_payments(world: &mut World, ask: &Ask) -> Answered {
    let wanted = Wanted::all(ask)?;
    order_command(world, ask, Deed::ChangePayments(wanted))
}

/// `/api/1/order/add_payments`, from 8.2.6.
pub fn add_payments(world: &mut World, ask: &Ask) -> Answered {
    let wanted = Wanted::all(ask)?;
    order_command(world, ask, Deed::AddPayments(wanted))
}

/// `/api/1/order/close`.
pub fn close_order(world: &mut World, ask: &Ask) -> Answered {
    order_command(world, ask, Deed::Close)
}

/// The terminal is the order's own; for an order nobody knows, the first one will say so.
fn order_command(world: &mut World, ask: &Ask, deed: Deed) -> Answered {
    let (organization, order) = (ask.id("organizationId")?, ask.id("orderId")?);
    ask.sees(organization)?;
    let one = world.organization(organization);
    let one = one.ok_or_else(|| Answer::error(400, "Organization is not found", None))?;
    let terminal = one.known_check(order).map(|at| one.orders[at].terminal);
    let terminal = terminal.or_else(|| one.terminals.first().map(|terminal| terminal.id)).unwrap_or_default();
    world.accept(ask, order, terminal, deed)
}

/// Only for an order without a processed payment: what is typed in goes, the new ones come.
pub fn change(one: &mut Organization, order: Uuid, wanted: &[Wanted], processed: bool) -> Outcome {
    let check = open(one, order, &[7, 7, 4])?;
    if check.bill.payments.iter().any(|payment| payment.processed) {
        return Err(Refusal::of(
            "Common",
            "Payments can not be changed: there are processed payments in the order.",
        ));
    }
    let payments = made(one, check.terminal, wanted, processed)?;
    let bill = Bill { payments, ..check.bill.clone() };
    put(one, order, bill)
}

pub fn add(one: &mut Organization, order: Uuid, wanted: &[Wanted], processed: bool) -> Outcome {
    let check = open(one, order, &[8, 2, 6])?;
    let mut bill = check.bill.clone();
    bill.payments.extend(made(one, check.terminal, wanted, processed)?);
    put(one, order, bill)
}

/// Needs the whole sum and an open cash shift.
pub fn close(one: &mut Organization, order: Uuid) -> Outcome {
    let rest = open(one, order, &[7, 4, 6])?.bill.rest();
    if one.shift_closed {
        return Err(Refusal::of("CafeSessionNotFound", "Cafe session is not opened."));
    }
    if rest > 0 {
        return Err(Refusal::of("PaymentSumNotEnough", "Payment sum is not enough"));
    }
    if let Some(at) = one.known_check(order) {
        one.orders[at].close();
    }
    Ok(())
}

fn put(one: &mut Organization, order: Uuid, bill: Bill) -> Outcome {
    if bill.paid() > bill.sum() {
        return Err(Refusal::of("Common", "Payments sum is greater than the order sum."));
    }
    if let Some(at) = one.known_check(order) {
        let check = &mut one.orders[at];
        check.bill = bill;
        check.copy.touch();
    }
    Ok(())
}

/// The order when it may be changed by a command that exists from `version` on.
fn open<'a>(one: &'a Organization, order: Uuid, version: &[u32]) -> Result<&'a Check, Refusal> {
    let found = one.known_check(order).map(|at| &one.orders[at]);
    let check = found.ok_or_else(|| Refusal::of("OrderNotFound", &format!("Order {order} is not found.")))?;
    let terminal = one.terminals.iter().find(|terminal| terminal.id == check.terminal);
    if !terminal.is_some_and(|terminal| Terminal::is_at_least(terminal, version)) {
        return Err(Refusal::of(
            "IikoFrontTooOldVersion",
            "Method is not supported by this version of iikoFront.",
        ));
    }
    if !check.is_open() {
        let said = format!("Order {order} is in status {}.", check.status.word());
        return Err(Refusal::of("OrderStatusChangedInIikoFront", &said));
    }
    Ok(check)
}

/// Payments as a terminal takes them. `processed`: those taken outside count at once.
pub fn made(
    one: &Organization,
    terminal: Uuid,
    wanted: &[Wanted],
    processed: bool,
) -> Result<Vec<Payment>, Refusal> {
    wanted.iter().map(|wanted| payment(one, terminal, wanted, processed)).collect()
}

fn payment(one: &Organization, terminal: Uuid, wanted: &Wanted, processed: bool) -> Result<Payment, Refusal> {
    let known = one.payment_types.iter().find(|kind| kind["id"] == wanted.type_id.to_string());
    let here = |kind: &&Value| kind["isDeleted"] != true && serves(kind, terminal);
    let kind = known.filter(here).ok_or_else(|| {
        Refusal::of("PaymentTypeNotFound", &format!("Payment type {} is not found.", wanted.type_id))
    })?;
    let name = kind["name"].as_str().unwrap_or_default().to_owned();
    if wanted.taken_outside && kind["paymentProcessingType"] == "Internal" {
        let said = format!(
            "Payment item of type {name} cannot be added as external processed. PaymentType should be \
             CanBeExternalProcessed."
        );
        return Err(Refusal { reason: "PaymentTypeCanNotBeUsedAsExternal", said });
    }
    if wanted.sum <= 0 {
        return Err(Refusal::of("PaymentSumShouldBePositive", "Payment sum should be positive."));
    }
    Ok(Payment {
        type_id: wanted.type_id,
        name,
        kind: kind["paymentTypeKind"].as_str().unwrap_or_default().to_owned(),
        sum: wanted.sum,
        processed: processed && wanted.taken_outside,
        external: true,
        taken_outside: wanted.taken_outside,
        fiscalized_outside: wanted.fiscalized_outside,
        prepay: wanted.prepay,
    })
}

/// A type without a list of terminal groups is everywhere.
fn serves(kind: &Value, terminal: Uuid) -> bool {
    let groups = kind.get("terminalGroups").and_then(Value::as_array);
    groups.is_none_or(|groups| groups.iter().any(|group| group["id"] == terminal.to_string()))
}

impl Wanted {
    fn all(ask: &Ask) -> Result<Vec<Wanted>, Answer> {
        ask.id("orderId")?;
        let list = ask.required("payments")?.as_array().cloned();
        let list = list.ok_or_else(|| Answer::bad_body("Error converting value. Path 'payments'."))?;
        list.iter().map(Wanted::of).collect()
    }

    pub fn of(value: &Value) -> Result<Wanted, Answer> {
        let flag = |key: &str| value[key] == true;
        let missing = |key: &str| {
            Answer::bad_body(&format!(
                "Required property '{key}' not found in JSON. Path 'payments[0]', line 1."
            ))
        };
        value["paymentTypeKind"].as_str().ok_or_else(|| missing("paymentTypeKind"))?;
        let type_id = value["paymentTypeId"].as_str().and_then(|text| text.parse().ok());
        Ok(Wanted {
            type_id: type_id.ok_or_else(|| missing("paymentTypeId"))?,
            sum: sums::kopecks_of(&value["sum"]).ok_or_else(|| missing("sum"))?,
            taken_outside: flag("isProcessedExternally"),
            fiscalized_outside: flag("isFiscalizedExternally"),
            prepay: flag("isPrepay"),
        })
    }
}
