//! The menu and what of it is stopped.
use serde_json::{Value, json};

use super::answer::{Answer, Answered, Ask};
use super::clock;
use super::world::{Organization, Stop, World};

/// `/api/1/nomenclature`: one organization; empty lists when the asker's `startRevision` is the present one.
pub fn nomenclature(world: &mut World, ask: &Ask) -> Answered {
    let id = ask.id("organizationId")?;
    let start_revision = ask.optional_whole("startRevision")?;
    ask.sees(id)?;
    let organization =
        world.organization(id).ok_or_else(|| Answer::error(400, "Organization is not found", None))?;
    Ok(Answer::ok_before(&organization.menu.tail(start_revision)))
}

/// `/api/1/stop_lists`: per terminal group; a size is named only when asked for, and this till stops none by size.
pub fn stop_lists(world: &mut World, ask: &Ask) -> Answered {
    let asked = ask.organizations()?;
    let only = ask.optional_ids("terminalGroupsIds")?;
    ask.flag("returnSize")?;
    let mut lists = Vec::new();
    for one in world.organizations.iter().filter(|one| asked.contains(&one.id)) {
        let terminals = one.terminals.iter().filter(|t| only.as_ref().is_none_or(|ids| ids.contains(&t.id)));
        let items: Vec<Value> = terminals
            .map(|terminal| {
                let lines = one.stops.iter().filter(|stop| stop.terminal == terminal.id);
                json!({"terminalGroupId": terminal.id, "items": lines.map(|stop| line(one, stop)).collect::<Vec<_>>()})
            })
            .collect();
        lists.push(json!({"organizationId": one.id, "items": items}));
    }
    Ok(Answer::ok(json!({"terminalGroupStopLists": lists})))
}

fn line(one: &Organization, stop: &Stop) -> Value {
    let code = one.menu.product(&stop.product).and_then(|product| product.head.code.clone());
    json!({"balance": stop.balance, "productId": stop.product, "sizeId": null, "sku": code,
        "dateAdd": clock::written(stop.since_ms)})
}
