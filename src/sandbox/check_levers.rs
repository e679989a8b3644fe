//! Levers of checks, deliveries, the shift, the way to the terminal and of webhooks. A check is named by id or number.
use serde_json::{Value, json};

use super::delivery::{self, Delivery};
use super::dispatch::Call;
use super::lever_form::{Fields, Refused};
use super::order::Check;
use super::sums;
use super::waiter::Opening;
use super::world::{Organization, World};

/// None: no lever of that name here.
pub fn pull(world: &mut World, name: &str, fields: &Fields) -> Result<Option<Value>, Refused> {
    match name {
        "shift-close" => world.first().shift_closed = true,
        "shift-open" => world.first().shift_closed = false,
        "command-delay" => world.commands.delay_ms = ms(fields)?,
        "command-expiry" => world.commands.expiry_ms = ms(fields)?,
        "cloud-lag" => world.commands.lag_ms = ms(fields)?,
        "forget-commands" => world.commands.list.retain(|command| command.outcome.is_none()),
        "hook-bearer" => world.hooks.bearer = fields.must("on")? == "yes",
        "hook-duplicate" => world.hooks.doubled = times(fields)?,
        "hook-reorder" => world.hooks.late = times(fields)?,
        "hook-drop" => world.hooks.dropped = times(fields)?,
        "delivery-new" => return take(world.first(), fields).map(Some),
        "delivery-status" => return turn(world.first(), fields).map(Some),
        "check-open" => return open(world.first(), fields).map(Some),
        other if other.starts_with("check-") => return change(world.first(), other, fields),
        _ => return Ok(None),
    }
    Ok(Some(json!({})))
}

fn times(fields: &Fields) -> Result<u32, Refused> {
    Ok(u32::try_from(fields.whole("times", 1)?).unwrap_or(u32::MAX))
}

fn ms(fields: &Fields) -> Result<i64, Refused> {
    fields.must("ms")?;
    Ok(i64::try_from(fields.whole("ms", 0)?).unwrap_or(i64::MAX))
}

/// `table`: number or id; `section`, `items`, `waiter` may be absent.
fn open(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let items = fields.list("items");
    let id = one.open_check(&Opening {
        table: fields.must("table")?,
        section: fields.text("section"),
        items: items.iter().map(String::as_str).collect(),
        waiter: fields.text("waiter"),
    })?;
    Ok(one.check(&id.to_string()).map(facts).unwrap_or_default())
}

fn change(one: &mut Organization, name: &str, fields: &Fields) -> Result<Option<Value>, Refused> {
    let check = fields.must("check")?;
    match name {
        "check-add" => one.add_item(check, fields.must("item")?, amount(fields)?)?,
        "check-remove" => one.remove_item(check, fields.must("item")?)?,
        "check-bill" => one.print_bill(check)?,
        "check-discount" => {
            one.discount(check, i64::try_from(fields.whole("percent", 10)?).unwrap_or(100))?;
        }
        "check-pay" => {
            let sum = fields.roubles("sum")?.and_then(|sum| sums::kopecks(&sum.to_string()));
            let processed = fields.text("preliminary") != Some("yes");
            one.pay_check(check, fields.text("payment").unwrap_or("CASH"), sum, processed)?;
        }
        "check-unpay" => one.unpay_check(check)?,
        "check-close" => one.close_check(check)?,
        "check-reopen" => one.reopen_check(check)?,
        "check-delete" => one.delete_check(check)?,
        _ => return Ok(None),
    }
    Ok(one.check(check).map(facts))
}

fn amount(fields: &Fields) -> Result<i64, Refused> {
    let Some(text) = fields.text("amount") else { return Ok(sums::ONE) };
    sums::thousandths(text).ok_or_else(|| Refused("«amount» is a number".into()))
}

/// `kind`: courier or pickup; `items`, `name`, `phone`, `address` may be absent.
fn take(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let items = fields.list("items");
    let id = one.take_delivery(&Call {
        by_courier: fields.text("kind") != Some("pickup"),
        items: items.iter().map(String::as_str).collect(),
        name: fields.text("name"),
        phone: fields.text("phone"),
        address: fields.text("address"),
    })?;
    Ok(one.delivery(&id.to_string()).map(delivery_facts).unwrap_or_default())
}

/// `delivery`: id or number; `status`: iiko's word.
fn turn(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let (wanted, word) = (fields.must("delivery")?, fields.must("status")?);
    let status = delivery::status(word).ok_or_else(|| Refused(format!("no status «{word}»")))?;
    one.turn_delivery(wanted, status)?;
    Ok(one.delivery(wanted).map(delivery_facts).unwrap_or_default())
}

fn delivery_facts(delivery: &Delivery) -> Value {
    json!({"delivery": delivery.id, "pos": delivery.pos_id, "number": delivery.number,
        "terminal": delivery.terminal, "status": delivery.status, "sum": sums::roubles(delivery.bill.sum())})
}

/// A check in short, for whoever pulled the lever.
fn facts(check: &Check) -> Value {
    json!({"check": check.id, "pos": check.pos_id, "number": check.number, "table": check.table,
        "terminal": check.terminal, "status": check.status.word(), "sum": sums::roubles(check.bill.sum()),
        "rest": sums::roubles(check.bill.rest())})
}
