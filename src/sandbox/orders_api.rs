//! Table orders as the cloud tells them: only those it was made to load, as they were when it last looked.
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::commands::{Deed, Outcome};
use super::mischief::Fault;
use super::order::{Check, Copied};
use super::world::{Organization, World};

/// `/api/1/order/init_by_table`: the cloud is to load the orders of these tables, in its own time.
pub fn init_by_table(world: &mut World, ask: &Ask) -> Answered {
    let deed = Deed::LoadTables(ask.ids("tableIds")?);
    load(world, ask, deed)
}

/// `/api/1/order/init_by_posOrder`: the same by the till's own ids.
pub fn init_by_pos_order(world: &mut World, ask: &Ask) -> Answered {
    let deed = Deed::LoadOrders(ask.ids("posOrderIds")?);
    load(world, ask, deed)
}

fn load(world: &mut World, ask: &Ask, deed: Deed) -> Answered {
    let (organization, terminal) = (ask.id("organizationId")?, ask.id("terminalGroupId")?);
    ask.sees(organization)?;
    let here =
        world.organization(organization).is_some_and(|one| one.terminals.iter().any(|t| t.id == terminal));
    if !here {
        return Err(Answer::error(400, "Terminal group is not found", None));
    }
    world.accept(ask, Uuid::nil(), terminal, deed)
}

impl Organization {
    /// The cloud looks at these checks of a terminal group, from iikoFront 7.7.1 on.
    pub fn load(&mut self, terminal: Uuid, wanted: impl Fn(&Check) -> bool) -> Outcome {
        let able = self.terminals.iter().any(|one| one.id == terminal && one.is_at_least(&[7, 7, 1]));
        for at in 0..self.orders.len() {
            let check = &self.orders[at];
            if able && check.terminal == terminal && wanted(check) {
                self.copy_check(at);
            }
        }
        Ok(())
    }
}

/// `/api/1/order/by_table`.
pub fn by_table(world: &mut World, ask: &Ask) -> Answered {
    let (organizations, tables) = (ask.organizations()?, ask.ids("tableIds")?);
    let statuses = ask.optional_texts("statuses")?;
    let (from, to) = (ask.optional_text("dateFrom")?, ask.optional_text("dateTo")?);
    // dates of one form and one zone stand in the order of their letters
    let within = |told: &Value| {
        let created = told["order"]["whenCreated"].as_str().unwrap_or_default();
        from.is_none_or(|from| created >= from) && to.is_none_or(|to| created <= to)
    };
    let asked = |told: &Value| {
        let status = told["order"]["status"].as_str().unwrap_or_default();
        statuses.as_ref().is_none_or(|list| list.iter().any(|one| one == status))
    };
    let these = world.organizations.iter().filter(|one| organizations.contains(&one.id));
    let checks = these.flat_map(|one| &one.orders).filter(|check| tables.contains(&check.table));
    let told = checks.filter_map(|check| seen(&check.copy, ask.fault));
    let orders: Vec<&Value> = told.filter(|told| within(told) && asked(told)).collect();
    Ok(Answer::ok(json!({"orders": orders})))
}

/// `/api/1/order/by_id`: by the cloud's ids or the till's, not both.
pub fn by_id(world: &mut World, ask: &Ask) -> Answered {
    let organizations = ask.organizations()?;
    let wanted = Sought::of(ask)?;
    let these = world.organizations.iter().filter(|one| organizations.contains(&one.id));
    let checks = these.flat_map(|one| &one.orders).filter(|check| wanted.is(check.id, check.pos_id));
    let orders: Vec<&Value> = checks.filter_map(|check| seen(&check.copy, ask.fault)).collect();
    Ok(Answer::ok(json!({"orders": orders})))
}

/// The copy a reader is shown: the true one, the one before it, or none, as ordered.
pub fn seen<'a>(copy: &'a Copied, fault: Option<&Fault>) -> Option<&'a Value> {
    match fault {
        Some(Fault::Missing) => None,
        Some(Fault::Stale) => copy.before.as_ref(),
        _ => copy.now.as_ref(),
    }
}

/// `orderIds` or `posOrderIds`.
pub struct Sought {
    cloud: Option<Vec<Uuid>>,
    till: Option<Vec<Uuid>>,
}

impl Sought {
    pub fn of(ask: &Ask) -> Result<Sought, Answer> {
        let (cloud, till) = (ask.optional_ids("orderIds")?, ask.optional_ids("posOrderIds")?);
        if cloud.is_some() == till.is_some() {
            return Err(Answer::error(400, "Either orderIds or posOrderIds must be specified", None));
        }
        Ok(Sought { cloud, till })
    }

    pub fn is(&self, id: Uuid, pos_id: Uuid) -> bool {
        let has = |list: &Option<Vec<Uuid>>, id| list.as_ref().is_some_and(|ids| ids.contains(&id));
        has(&self.cloud, id) || has(&self.till, pos_id)
    }
}
