//! Halls with tables, staff, and the small dictionaries: kept as the till's own JSON, told per organization.
use serde_json::{Value, json};

use super::answer::{Answer, Answered, Ask};
use super::places;
use super::world::{Organization, Person, World};

/// `/api/1/reserve/available_restaurant_sections`: halls of these terminal groups; `schema` only when asked for; with
/// `revision` only what changed after it.
pub fn sections(world: &mut World, ask: &Ask) -> Answered {
    let terminals = ask.ids("terminalGroupIds")?;
    let (schema, after) = (ask.flag("returnSchema")?, ask.optional_whole("revision")?);
    let (mut list, mut revision) = (Vec::new(), 0);
    for one in world.organizations.iter().filter(|one| ask.key.sees(one.id)) {
        if !one.terminals.iter().any(|terminal| terminals.contains(&terminal.id)) {
            continue;
        }
        revision = revision.max(one.sections_revision);
        if after.is_some_and(|after| after >= one.sections_revision) {
            continue;
        }
        let near = |section: &&Value| terminals.iter().any(|id| section["terminalGroupId"] == id.to_string());
        if one.reserves_off {
            continue;
        }
        list.extend(one.sections.iter().filter(near).map(|section| plain(section, schema)));
    }
    Ok(Answer::ok(json!({"restaurantSections": list, "revision": revision})))
}

fn plain(section: &Value, schema: bool) -> Value {
    let mut section = section.clone();
    if !schema {
        section["schema"] = Value::Null;
    }
    section
}

/// `/api/1/payment_types`: flat; each tells by its terminal groups whose it is.
pub fn payment_types(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.organizations()?;
    let mut list = Vec::new();
    for one in world.organizations.iter().filter(|one| asked.contains(&one.id)) {
        let groups: Vec<Value> =
            one.terminals.iter().map(|terminal| places::group(one.id, terminal)).collect();
        for payment in &one.payment_types {
            let mut payment = payment.clone();
            if payment.get("terminalGroups").is_none() {
                payment["terminalGroups"] = groups.clone().into();
            }
            list.push(payment);
        }
    }
    Ok(Answer::ok(json!({"paymentTypes": list})))
}

/// `/api/1/employees/couriers`: those with the right to be a courier. Phones are told by `employee_info` alone.
pub fn couriers(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.organizations()?;
    let these = world.organizations.iter().filter(|one| asked.contains(&one.id));
    let rows: Vec<Value> = these
        .map(|one| {
            let may = one.staff.iter().filter(|person| person.courier && person.pin);
            let items: Vec<Value> = may.map(Person::as_courier).collect();
            json!({"organizationId": one.id, "items": items})
        })
        .collect();
    Ok(Answer::ok(json!({"employees": rows})))
}

/// `/api/1/employees/info`: anybody of the staff, whatever their rights.
pub fn employee_info(world: &mut World, ask: &Ask) -> Answered {
    let (organization, id) = (ask.id("organizationId")?, ask.id("id")?);
    ask.sees(organization)?;
    let of = world.organizations.iter().find(|one| one.id == organization);
    let person = of.and_then(|one| one.staff.iter().find(|person| person.id == id));
    match person {
        Some(person) => Ok(Answer::ok(json!({"employeeInfo": person.as_info()}))),
        None => Err(Answer::bad_body("Employee not found.")),
    }
}

pub fn order_types(world: &mut World, ask: &Ask) -> Answered {
    let rows = by_organization(world, ask, |one| &one.order_types)?;
    Ok(Answer::ok(json!({"orderTypes": rows})))
}

pub fn discounts(world: &mut World, ask: &Ask) -> Answered {
    let rows = by_organization(world, ask, |one| &one.discounts)?;
    Ok(Answer::ok(json!({"discounts": rows})))
}

/// `/api/1/cancel_causes`: flat.
pub fn cancel_causes(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.organizations()?;
    let these = world.organizations.iter().filter(|one| asked.contains(&one.id));
    let list: Vec<&Value> = these.flat_map(|one| &one.cancel_causes).collect();
    Ok(Answer::ok(json!({"cancelCauses": list})))
}

fn by_organization(
    world: &World,
    ask: &Ask,
    of: impl Fn(&Organization) -> &Vec<Value>,
) -> Result<Vec<Value>, Answer> {
    let asked = ask.organizations()?;
    let these = world.organizations.iter().filter(|one| asked.contains(&one.id));
    Ok(these.map(|one| json!({"organizationId": one.id, "items": of(one)})).collect())
}
