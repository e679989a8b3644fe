//! iiko Cloud's methods: which path is answered by what, after token and right were looked at.
use serde_json::{Map, Value};

use super::answer::{Answer, Answered, Ask};
use super::key::Key;
use super::mischief::Fault;
use super::world::World;
use super::{commands, deliveries_api, dictionaries, hooks, login, nomenclature, orders_api, pay, places};

type Method = fn(&mut World, &Ask) -> Answered;

/// Every path of the till that takes a token.
const METHODS: [(&str, Method); 32] = [
    ("/api/1/organizations", places::organizations),
    ("/api/1/terminal_groups", places::terminal_groups),
    ("/api/1/terminal_groups/is_alive", places::is_alive),
    ("/api/1/terminal_groups/awake", places::awake),
    ("/api/1/nomenclature", nomenclature::nomenclature),
    ("/api/1/stop_lists", nomenclature::stop_lists),
    ("/api/1/reserve/available_restaurant_sections", dictionaries::sections),
    ("/api/1/payment_types", dictionaries::payment_types),
    ("/api/1/employees/couriers", dictionaries::couriers),
    ("/api/1/employees/info", dictionaries::employee_info),
    ("/api/1/deliveries/order_types", dictionaries::order_types),
    ("/api/1/discounts", dictionaries::discounts),
    ("/api/1/cancel_causes", dictionaries::cancel_causes),
    ("/api/1/order/init_by_table", orders_api::init_by_table),
    ("/api/1/order/init_by_posOrder", orders_api::init_by_pos_order),
    ("/api/1/order/by_table", orders_api::by_table),
    ("/api/1/order/by_id", orders_api::by_id),
    ("/api/1/order/change_payments", pay::change_payments),
    ("/api/1/order/add_payments", pay::add_payments),
    ("/api/1/order/close", pay::close_order),
    ("/api/1/commands/status", commands::status),
    ("/api/1/deliveries/by_id", deliveries_api::by_id),
    ("/api/1/deliveries/by_revision", deliveries_api::by_revision),
    ("/api/1/deliveries/by_delivery_date_and_status", deliveries_api::by_date),
    ("/api/1/deliveries/create", deliveries_api::create),
    ("/api/1/deliveries/confirm", deliveries_api::confirm),
    ("/api/1/deliveries/cancel", deliveries_api::cancel),
    ("/api/1/deliveries/close", deliveries_api::close),
    ("/api/1/deliveries/update_order_delivery_status", deliveries_api::update_status),
    ("/api/1/deliveries/update_order_courier", deliveries_api::update_courier),
    ("/api/1/webhooks/settings", hooks::settings),
    ("/api/1/webhooks/update_settings", hooks::update_settings),
];

fn method(path: &str) -> Option<Method> {
    METHODS.iter().find(|(known, _)| *known == path).map(|(_, method)| *method)
}

/// The paths, for the page and for levers that ask «on which path».
pub fn paths() -> Vec<&'static str> {
    let signing_in = ["/api/1/access_token", "/api/v2/access_token"].into_iter();
    signing_in.chain(METHODS.iter().map(|(path, _)| *path)).collect()
}

/// Only accepted now, done later.
pub fn is_command(path: &str) -> bool {
    matches!(
        path,
        "/api/1/order/change_payments"
            | "/api/1/order/add_payments"
            | "/api/1/order/close"
            | "/api/1/deliveries/create"
            | "/api/1/deliveries/confirm"
            | "/api/1/deliveries/cancel"
            | "/api/1/deliveries/close"
            | "/api/1/deliveries/update_order_delivery_status"
            | "/api/1/deliveries/update_order_courier"
    )
}

/// Tells orders out of the cloud's copies.
pub fn reads_orders(path: &str) -> bool {
    matches!(
        path,
        "/api/1/order/by_id"
            | "/api/1/order/by_table"
            | "/api/1/deliveries/by_id"
            | "/api/1/deliveries/by_revision"
            | "/api/1/deliveries/by_delivery_date_and_status"
    )
}

/// One call: `token` is what stood after `Bearer`, `fault` the trouble it meets.
pub fn answer(
    world: &mut World,
    path: &str,
    token: Option<&str>,
    body: &[u8],
    fault: Option<&Fault>,
) -> Answer {
    world.settle();
    answered(world, path, token, body, fault).unwrap_or_else(|refused| refused)
}

fn answered(
    world: &mut World,
    path: &str,
    token: Option<&str>,
    body: &[u8],
    fault: Option<&Fault>,
) -> Answered {
    if path == "/api/1/access_token" || path == "/api/v2/access_token" {
        let nobody = Key::new("", "", Vec::new());
        let fields = read(body)?;
        let ask = Ask { key: &nobody, body: &fields, length: body.len(), fault };
        return if path.contains("v2") { login::second(world, &ask) } else { login::first(world, &ask) };
    }
    let method = method(path).ok_or_else(|| Answer::bare(404))?;
    let key = token.and_then(|token| world.keys.holder(token)).ok_or_else(Answer::bad_token)?.clone();
    if !key.may(path) {
        return Err(Answer::no_right(path));
    }
    let fields = read(body)?;
    method(world, &Ask { key: &key, body: &fields, length: body.len(), fault })
}

fn read(body: &[u8]) -> Result<Map<String, Value>, Answer> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Answer::bad_body("Error converting value to an object. Path '', line 1, position 1.")),
        Err(cause) => {
            let (line, at) = (cause.line(), cause.column());
            Err(Answer::bad_body(&format!(
                "Unexpected character encountered while parsing value. Path '', line {line}, position {at}."
            )))
        }
    }
}
