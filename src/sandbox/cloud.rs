//! iiko Cloud's methods: which path is answered by what, after token and right were looked at.
use serde_json::{Map, Value};

use super::answer::{Answer, Answered, Ask};
use super::key::Key;
use super::world::World;
use super::{dictionaries, login, nomenclature, places};

type Method = fn(&mut World, &Ask) -> Answered;

/// Every path of the till that takes a token.
fn method(path: &str) -> Option<Method> {
    Some(match path {
        "/api/1/organizations" => places::organizations,
        "/api/1/terminal_groups" => places::terminal_groups,
        "/api/1/terminal_groups/is_alive" => places::is_alive,
        "/api/1/terminal_groups/awake" => places::awake,
        "/api/1/nomenclature" => nomenclature::nomenclature,
        "/api/1/stop_lists" => nomenclature::stop_lists,
        "/api/1/reserve/available_restaurant_sections" => dictionaries::sections,
        "/api/1/payment_types" => dictionaries::payment_types,
        "/api/1/employees/couriers" => dictionaries::couriers,
        "/api/1/employees/info" => dictionaries::employee_info,
        "/api/1/deliveries/order_types" => dictionaries::order_types,
        "/api/1/discounts" => dictionaries::discounts,
        "/api/1/cancel_causes" => dictionaries::cancel_causes,
        _ => return None,
    })
}

/// The paths, for the page and for levers that ask «on which path».
pub const PATHS: [&str; 15] = [
    "/api/1/access_token",
    "/api/v2/access_token",
    "/api/1/organizations",
    "/api/1/terminal_groups",
    "/api/1/terminal_groups/is_alive",
    "/api/1/terminal_groups/awake",
    "/api/1/nomenclature",
    "/api/1/stop_lists",
    "/api/1/reserve/available_restaurant_sections",
    "/api/1/payment_types",
    "/api/1/employees/couriers",
    "/api/1/employees/info",
    "/api/1/deliveries/order_types",
    "/api/1/discounts",
    "/api/1/cancel_causes",
];

/// One call: `token` is what stood after `Bearer`.
pub fn answer(world: &mut World, path: &str, token: Option<&str>, body: &[u8]) -> Answer {
    answered(world, path, token, body).unwrap_or_else(|refused| refused)
}

fn answered(world: &mut World, path: &str, token: Option<&str>, body: &[u8]) -> Answered {
    if path == "/api/1/access_token" || path == "/api/v2/access_token" {
        let nobody = Key::new("", "", Vec::new());
        let fields = read(body)?;
        let ask = Ask { key: &nobody, body: &fields, length: body.len() };
        return if path.contains("v2") { login::second(world, &ask) } else { login::first(world, &ask) };
    }
    let method = method(path).ok_or_else(|| Answer::bare(404))?;
    let key = token.and_then(|token| world.keys.holder(token)).ok_or_else(Answer::bad_token)?.clone();
    if !key.may(path) {
        return Err(Answer::no_right(path));
    }
    let fields = read(body)?;
    method(world, &Ask { key: &key, body: &fields, length: body.len() })
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
