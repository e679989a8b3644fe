//! Organizations and their terminal groups.
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::world::{Organization, Terminal, World};

/// `/api/1/organizations`: those the key sees; `Extended` when asked for.
pub fn organizations(world: &mut World, ask: &Ask) -> Answered {
    let only = ask.optional_ids("organizationIds")?.filter(|ids| !ids.is_empty());
    let extended = ask.flag("returnAdditionalInfo")?;
    let seen = world.organizations.iter().filter(|one| ask.key.sees(one.id));
    let shown = seen.filter(|one| only.as_ref().is_none_or(|ids| ids.contains(&one.id)));
    let list: Vec<Value> = shown.map(|one| if extended { long(one) } else { short(one) }).collect();
    Ok(Answer::ok(json!({"organizations": list})))
}

fn short(one: &Organization) -> Value {
    json!({"responseType": "Simple", "id": one.id, "name": one.name, "code": one.code, "externalData": []})
}

fn long(one: &Organization) -> Value {
    json!({
        "responseType": "Extended", "id": one.id, "name": one.name, "code": one.code, "externalData": [],
        "country": "Россия", "restaurantAddress": one.address, "latitude": 55.7592, "longitude": 37.6453,
        "useUaeAddressingSystem": false, "version": one.version, "currencyIsoName": "RUB",
        "currencyMinimumDenomination": 0.01, "countryPhoneCode": "7", "marketingSourceRequiredInDelivery": false,
        "defaultDeliveryCityId": null, "deliveryCityIds": null, "deliveryServiceType": "CourierAndSelfService",
        "deliveryOrderPaymentSettings": "CourierPaymentAndOnline", "defaultCallCenterPaymentTypeId": null,
        "orderItemCommentEnabled": true, "inn": null, "addressFormatType": "Legacy", "isConfirmationEnabled": false,
        "confirmAllowedIntervalInMinutes": null, "isCloud": false, "isAnonymousGuestsAllowed": true,
        "addressLookup": [],
    })
}

/// `/api/1/terminal_groups`: a group stands in one of the two lists.
pub fn terminal_groups(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.organizations()?;
    let listed = |asleep: bool| -> Vec<Value> {
        let these = world.organizations.iter().filter(|one| asked.contains(&one.id));
        let rows = these.map(|one| (one.id, groups(one, asleep)));
        rows.filter(|(_, items)| !items.is_empty())
            .map(|(id, items)| json!({"organizationId": id, "items": items}))
            .collect()
    };
    Ok(Answer::ok(json!({"terminalGroups": listed(false), "terminalGroupsInSleep": listed(true)})))
}

fn groups(one: &Organization, asleep: bool) -> Vec<Value> {
    one.terminals
        .iter()
        .filter(|terminal| terminal.asleep == asleep)
        .map(|terminal| group(one.id, terminal))
        .collect()
}

/// A terminal group as every dictionary repeats it.
pub fn group(organization: Uuid, terminal: &Terminal) -> Value {
    json!({
        "id": terminal.id, "organizationId": organization, "name": terminal.name, "address": "",
        "timeZone": terminal.time_zone, "externalData": [], "posVersion": terminal.pos_version,
    })
}

/// `/api/1/terminal_groups/is_alive`: whether iikoFront is on and has internet. A sleeping group is not.
pub fn is_alive(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.ids("terminalGroupIds")?;
    let organizations = match ask.optional_ids("organizationIds")? {
        Some(ids) => ids,
        None => vec![ask.id("organizationId")?],
    };
    for organization in &organizations {
        ask.sees(*organization)?;
    }
    let mut list = Vec::new();
    for one in world.organizations.iter().filter(|one| organizations.contains(&one.id)) {
        for terminal in one.terminals.iter().filter(|terminal| asked.contains(&terminal.id)) {
            let alive = terminal.alive && !terminal.asleep;
            list.push(json!({"isAlive": alive, "terminalGroupId": terminal.id, "organizationId": one.id}));
        }
    }
    Ok(Answer::ok(json!({"isAliveStatus": list})))
}

/// `/api/1/terminal_groups/awake`: takes groups out of sleep. This method alone sends no correlation id.
pub fn awake(world: &mut World, ask: &Ask) -> Answered {
    let organizations = ask.organizations()?;
    let asked = ask.ids("terminalGroupIds")?;
    let (mut woken, mut failed) = (Vec::new(), Vec::new());
    for id in asked {
        let mut ours = world.organizations.iter_mut().filter(|one| organizations.contains(&one.id));
        match ours.find_map(|one| one.terminals.iter_mut().find(|terminal| terminal.id == id)) {
            Some(terminal) => {
                (terminal.asleep, terminal.alive) = (false, true);
                woken.push(id);
            }
            None => failed.push(id),
        }
    }
    Ok(Answer::json(200, &json!({"successfullyProcessed": woken, "failedProcessed": failed})))
}
