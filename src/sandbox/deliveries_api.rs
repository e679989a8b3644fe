//! Deliveries over the API: told by id, revision and date, taken in, and moved on by commands.
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::commands::Deed;
use super::delivery::{self, Birth, Delivery};
use super::dispatch::{Errand, Item, address};
use super::orders_api::{Sought, seen};
use super::pay::Wanted;
use super::world::{Organization, World};
use super::{clock, id, sums};

/// `by_revision` looks no further back.
const OFFSET_MS: i64 = 3 * 3_600_000;
/// Seconds a terminal has for taking an order when the request does not say.
const TAKING_S: i64 = 8;

/// `/api/1/deliveries/by_id`.
pub fn by_id(world: &mut World, ask: &Ask) -> Answered {
    let one = restaurant(world, ask)?;
    let wanted = Sought::of(ask)?;
    let these = one.deliveries.iter().filter(|delivery| wanted.is(delivery.id, delivery.pos_id));
    let orders: Vec<&Value> = these.filter_map(|delivery| seen(&delivery.copy, ask.fault)).collect();
    Ok(Answer::ok(json!({"orders": orders})))
}

/// `/api/1/deliveries/by_revision`: changed after `startRevision`, at most three hours back.
pub fn by_revision(world: &mut World, ask: &Ask) -> Answered {
    let after = ask.required("startRevision")?.as_i64();
    let after = after.ok_or_else(|| Answer::bad_body("Error converting value to type 'System.Int64'."))?;
    if after < clock::now_ms() - OFFSET_MS {
        return Err(Answer::error(400, "Revision is too old: maximum offset is 3 hours", None));
    }
    grouped(world, ask, after, |_, told| told["timestamp"].as_i64() > Some(after))
}

/// `/api/1/deliveries/by_delivery_date_and_status`: terminal's time; a window over a day is refused (pitfalls.md 64).
pub fn by_date(world: &mut World, ask: &Ask) -> Answered {
    let (from, to) = (ask.text("deliveryDateFrom")?, ask.optional_text("deliveryDateTo")?);
    let (statuses, couriers) = (ask.optional_texts("statuses")?, ask.optional_ids("courierIds")?);
    if to.is_some_and(|to| clock::ms_between(from, to).is_none_or(|ms| ms > 86_400_000)) {
        return Err(Answer::error(422, "Too many data requested", Some("TOO_MANY_DATA_REQUESTED")));
    }
    grouped(world, ask, 0, |delivery, told| {
        let due = told["order"]["completeBefore"].as_str().unwrap_or_default();
        let status = told["order"]["status"].as_str().unwrap_or_default();
        let courier = delivery.courier.as_ref().map(|(id, _)| *id);
        due >= from
            && to.is_none_or(|to| due <= to)
            && statuses.as_ref().is_none_or(|list| list.iter().any(|one| one == status))
            && couriers.as_ref().is_none_or(|list| courier.is_some_and(|id| list.contains(&id)))
    })
}

/// Copies that are wanted, per organization, with the highest version among all of them.
fn grouped(world: &World, ask: &Ask, least: i64, wanted: impl Fn(&Delivery, &Value) -> bool) -> Answered {
    let asked = ask.organizations()?;
    let mut revision = least;
    let mut rows = Vec::new();
    for one in world.organizations.iter().filter(|one| asked.contains(&one.id)) {
        let told =
            one.deliveries.iter().filter_map(|delivery| Some((delivery, seen(&delivery.copy, ask.fault)?)));
        let orders: Vec<&Value> =
            told.filter(|(delivery, told)| wanted(delivery, told)).map(|(_, told)| told).collect();
        let latest = orders.iter().filter_map(|told| told["timestamp"].as_i64()).max();
        revision = revision.max(latest.unwrap_or(least));
        rows.push(json!({"organizationId": one.id, "orders": orders}));
    }
    Ok(Answer::ok(json!({"maxRevision": revision, "ordersByOrganizations": rows})))
}

/// `/api/1/deliveries/create`: taken in at once, born when the terminal takes it.
pub fn create(world: &mut World, ask: &Ask) -> Answered {
    let order = ask.required("order")?;
    let terminal = ask.optional_id("terminalGroupId")?;
    let items = items(order)?;
    let payments =
        order["payments"].as_array().into_iter().flatten().map(Wanted::of).collect::<Result<_, _>>()?;
    let one = restaurant(world, ask)?;
    let terminal = terminal.or_else(|| one.terminals.first().map(|one| one.id)).unwrap_or_default();
    let order_id = order["id"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(id::fresh);
    if one.deliveries.iter().any(|known| known.id == order_id) {
        return Err(Answer::error(400, "Order with this id already exists", Some("DuplicatedOrderId")));
    }
    let delivery = asked_for(one, order_id, terminal, order)?;
    one.put_delivery(delivery);
    let told = one.delivery(&order_id.to_string()).and_then(|born| born.copy.now.clone());
    let command =
        world.take_in(ask, order_id, terminal, Deed::Delivery(Errand::Create { items, payments }))?;
    let told_s = ask.body.get("createOrderSettings").and_then(|one| one["transportToFrontTimeout"].as_i64());
    command.limit_ms = Some(told_s.unwrap_or(TAKING_S).saturating_mul(1000));
    Ok(Answer::json(200, &json!({"correlationId": command.id, "orderInfo": told})))
}

fn asked_for(one: &Organization, id: Uuid, terminal: Uuid, order: &Value) -> Result<Delivery, Answer> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let phone = text(&order["phone"]).filter(|phone| phone.starts_with('+') && phone.len() >= 9);
    let phone =
        phone.ok_or_else(|| Answer::error(400, "Phone must begin with symbol '+'", Some("InvalidPhone")))?;
    let mut delivery = one.blank_delivery(id, terminal);
    let service = match (order["orderTypeId"].as_str(), order["orderServiceType"].as_str()) {
        (Some(kind), None) => {
            one.order_types.iter().find(|one| one["id"] == kind).map(|one| &one["orderServiceType"])
        }
        (None, Some(_)) => Some(&order["orderServiceType"]),
        _ => {
            return Err(Answer::error(
                400,
                "Only one of orderTypeId and orderServiceType must be specified",
                None,
            ));
        }
    };
    let service = service.and_then(Value::as_str);
    delivery.by_courier = service == Some("DeliveryByCourier");
    let by_client = matches!(service, Some("DeliveryByClient" | "DeliveryPickUp"));
    if !delivery.by_courier && !by_client {
        return Err(Answer::error(400, "Order type is not found", Some("OrderTypeNotFound")));
    }
    delivery.birth = Birth::Waits;
    delivery.phone = phone;
    delivery.name = text(&order["customer"]["name"]).unwrap_or_default();
    delivery.address = order["deliveryPoint"].get("address").map(address);
    delivery.comment = text(&order["comment"]);
    delivery.external_number = text(&order["externalNumber"]);
    delivery.source_key = text(&order["sourceKey"]);
    delivery.complete_before = text(&order["completeBefore"]).unwrap_or(delivery.complete_before);
    delivery.received_ms = Some(delivery.created_ms);
    Ok(delivery)
}

fn items(order: &Value) -> Result<Vec<Item>, Answer> {
    let list = order["items"].as_array().filter(|list| !list.is_empty());
    let list =
        list.ok_or_else(|| Answer::bad_body("Required property 'items' not found in JSON. Path 'order'."))?;
    let item = |value: &Value| {
        let product = value["productId"].as_str()?.parse().ok()?;
        let amount = sums::thousandths(&value["amount"].to_string())?;
        let extras = value["modifiers"].as_array().into_iter().flatten().map(|extra| {
            let product = extra["productId"].as_str()?.parse().ok()?;
            Some((product, extra["amount"].as_i64()?, sums::kopecks_of(&extra["price"])))
        });
        let size = value["productSizeId"].as_str().and_then(|size| size.parse().ok());
        let price = sums::kopecks_of(&value["price"]);
        Some(Item { product, amount, price, size, extras: extras.collect::<Option<_>>()? })
    };
    let read: Option<Vec<Item>> = list.iter().map(item).collect();
    read.ok_or_else(|| Answer::bad_body("Error converting value. Path 'order.items'."))
}

/// `/api/1/deliveries/confirm`.
pub fn confirm(world: &mut World, ask: &Ask) -> Answered {
    errand(world, ask, Errand::Confirm)
}

/// `/api/1/deliveries/cancel`.
pub fn cancel(world: &mut World, ask: &Ask) -> Answered {
    let cause = ask.optional_id("cancelCauseId")?;
    let comment = ask.optional_text("cancelComment")?.map(str::to_owned);
    errand(world, ask, Errand::Cancel { cause, comment })
}

/// `/api/1/deliveries/close`.
pub fn close(world: &mut World, ask: &Ask) -> Answered {
    errand(world, ask, Errand::Close)
}

/// `/api/1/deliveries/update_order_delivery_status`: Waiting, OnWay and Delivered only.
pub fn update_status(world: &mut World, ask: &Ask) -> Answered {
    let wanted = delivery::status(ask.text("deliveryStatus")?);
    let wanted = wanted.filter(|word| matches!(*word, "Waiting" | "OnWay" | "Delivered"));
    let wanted = wanted.ok_or_else(|| Answer::bad_body("Error converting value. Path 'deliveryStatus'."))?;
    errand(world, ask, Errand::Status(wanted))
}

/// `/api/1/deliveries/update_order_courier`.
pub fn update_courier(world: &mut World, ask: &Ask) -> Answered {
    let person = ask.id("employeeId")?;
    errand(world, ask, Errand::Courier(person))
}

fn errand(world: &mut World, ask: &Ask, errand: Errand) -> Answered {
    let order = ask.id("orderId")?;
    let one = restaurant(world, ask)?;
    let known = one.deliveries.iter().find(|delivery| delivery.id == order).map(|delivery| delivery.terminal);
    let terminal = known.or_else(|| one.terminals.first().map(|one| one.id)).unwrap_or_default();
    world.accept(ask, order, terminal, Deed::Delivery(errand))
}

fn restaurant<'a>(world: &'a mut World, ask: &Ask) -> Result<&'a mut Organization, Answer> {
    let id = ask.id("organizationId")?;
    ask.sees(id)?;
    world.organization(id).ok_or_else(|| Answer::error(400, "Organization is not found", None))
}
