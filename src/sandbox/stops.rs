//! The stop list by lever: a dish is stopped, with so many left, and taken off again; whoever listens is told that it changed.
use serde_json::{Value, json};

use super::clock;
use super::lever_form::{Fields, Refused};
use super::order::News;
use super::world::{Organization, Stop};

/// None: no lever of that name here. `product`: id or code; `balance`: 0 when absent.
pub fn pull(one: &mut Organization, name: &str, fields: &Fields) -> Result<Option<Value>, Refused> {
    if !matches!(name, "stop" | "unstop") {
        return Ok(None);
    }
    let wanted = fields.must("product")?;
    let product = one.menu.id_of(wanted).unwrap_or_else(|| wanted.to_owned());
    one.menu.product(&product).ok_or_else(|| Refused(format!("no product «{wanted}»")))?;
    let balance = fields.text("balance").unwrap_or("0").replace(',', ".").parse::<f64>();
    let balance = balance.map_err(|_| Refused("balance is a number".to_owned()))?;
    let terminals: Vec<_> = one.terminals.iter().map(|terminal| terminal.id).collect();
    one.stops.retain(|stop| stop.product != product);
    if name == "stop" {
        let since_ms = clock::now_ms();
        let stop = |terminal: &_| Stop { terminal: *terminal, product: product.clone(), balance, since_ms };
        one.stops.extend(terminals.iter().map(stop));
    }
    let groups: Vec<Value> = terminals.iter().map(|id| json!({"id": id, "isFull": false})).collect();
    let info = json!({ "terminalGroupsStopListsUpdates": groups });
    one.news.push(News { event: "StopListUpdate", status: "", info });
    Ok(Some(json!({"product": product, "stopped": one.stops.len()})))
}
