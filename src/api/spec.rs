//! `GET /api/v1/openapi.json`: the document of the API, made from what the code knows.
use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::api::fault::CODES;
use crate::api::scope::{Menu, Orders, Payments, Placing, Scope, Tables};
use crate::placing::draft::PIECES;

/// Open to anybody: it holds no secret.
pub async fn show() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

pub fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Maitre",
            "version": "1",
            "description": "For the guest's app and the acquirer. Sums are kopecks, times RFC 3339 UTC, ids UUID. \
                            Errors: {\"error\": {code, about, message}}; the message is in the language of Accept-Language.",
        },
        "paths": {
            "/api/v1/menu": { "get": read::<Menu>("The menu as guests see it", "Menu", &[]) },
            "/api/v1/tables": { "get": read::<Tables>("Halls' tables with the marks of their printed codes", "Tables", &[]) },
            "/api/v1/tables/{table}/bill": {
                "get": read::<Tables>("What is open on a table, asked of the till now: two seconds or so", "Bill", &["table"]),
            },
            "/api/v1/orders": { "post": place() },
            "/api/v1/payments": { "post": report() },
            "/api/v1/payments/{payment}": {
                "get": read::<Payments>("How a payment stands", "Payment", &["payment"]),
            },
            "/api/v1/orders/{order}": { "get": read::<Orders>("One order as it was read last", "Order", &["order"]) },
        },
        "components": { "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } }, "schemas": schemas() },
        "security": [{ "key": [] }],
    })
}

fn read<S: Scope>(said: &str, schema: &str, names: &[&str]) -> Value {
    let parameters = names
        .iter()
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    json!({
        "summary": said,
        "description": scope::<S>(),
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": { "200": answer(schema), "default": answer("Error") },
    })
}

/// `Scope «orders».`
fn scope<S: Scope>() -> String {
    format!("Scope `{}`.", S::WORDS.join("` or `"))
}

fn report() -> Value {
    let said = "A guest has paid: the till is to have it, exactly once. Told again with the same payment_id it is the same \
                payment";
    post::<Payments>(said, "Report", "Payment")
}

fn place() -> Value {
    let said = "An order for delivery or pickup. Told again with the same external_number it is the same order; `creation` \
                says whether the till has taken it: ask for the order until it is not `in_progress`. A new due_at, another \
                dish or another sum under the same number is a conflict";
    post::<Placing>(said, "NewOrder", "Order")
}

fn post<S: Scope>(said: &str, asked: &str, given: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{asked}") });
    json!({
        "summary": said,
        "description": scope::<S>(),
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
        "responses": { "200": answer(given), "default": answer("Error") },
    })
}

fn answer(schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": "", "content": { "application/json": { "schema": schema } } })
}

fn object(fields: &[(&str, Value)]) -> Value {
    loose(fields, &[])
}

/// `may` may be left out; unknown fields are refused.
fn loose(must: &[(&str, Value)], may: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = must.iter().map(|(name, _)| *name).collect();
    let fields: serde_json::Map<String, Value> =
        must.iter().chain(may).map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({ "type": "object", "required": names, "properties": fields, "additionalProperties": false })
}

fn list(item: Value) -> Value {
    json!({ "type": "array", "items": item })
}

fn sum_of() -> Value {
    json!({ "type": "integer", "description": "kopecks" })
}

fn schemas() -> Value {
    let (text, id) = (json!({ "type": "string" }), json!({ "type": "string", "format": "uuid" }));
    let maybe = |kind: &str| json!({ "type": kind, "nullable": true });
    let (sum, flag) = (sum_of(), json!({ "type": "boolean" }));
    let payable = json!({ "type": "boolean", "description": "false: do not ask a guest for this bill" });
    let time = json!({ "type": "string", "format": "date-time" });
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let named = object(&[("id", id.clone()), ("name", text.clone())]);
    let product = object(&[
        ("id", id.clone()),
        ("name", text.clone()),
        ("code", text.clone()),
        ("category", maybe("string")),
        ("price", sum.clone()),
        ("has_sizes", flag.clone()),
        ("available", flag.clone()),
        ("left", maybe("string")),
        ("sizes", list(to("Size"))),
        ("modifiers", list(to("Modifier"))),
        ("groups", list(to("ModifierGroup"))),
    ]);
    let most =
        |kind: &str| json!({ "type": kind, "nullable": true, "description": "null: as many as one likes" });
    let whole = json!({ "type": "integer" });
    let size = object(&[
        ("id", id.clone()),
        ("name", text.clone()),
        ("price", sum.clone()),
        ("available", flag.clone()),
    ]);
    let modifier = object(&[
        ("id", id.clone()),
        ("name", text.clone()),
        ("price", sum.clone()),
        ("min", whole.clone()),
        ("max", most("integer")),
        ("default", whole.clone()),
        ("free", whole.clone()),
        ("available", flag.clone()),
    ]);
    let group = object(&[
        ("id", id.clone()),
        ("name", text.clone()),
        ("min", whole.clone()),
        ("max", most("integer")),
        ("free", whole),
        ("modifiers", list(to("Modifier"))),
    ]);
    let section = object(&[
        ("id", id.clone()),
        ("name", text.clone()),
        ("categories", list(named)),
        ("products", list(product)),
    ]);
    let table = object(&[
        ("id", id.clone()),
        ("hall", text.clone()),
        ("number", json!({ "type": "integer" })),
        ("name", maybe("string")),
        ("code", maybe("string")),
    ]);
    let line = object(&[
        ("name", text.clone()),
        ("amount", text.clone()),
        ("sum", sum.clone()),
        ("modifiers", list(text.clone())),
    ]);
    let order = object(&[
        ("id", id.clone()),
        ("number", text.clone()),
        ("kind", text.clone()),
        ("status", text.clone()),
        ("creation", json!({ "type": "string", "enum": ["in_progress", "success", "error"] })),
        (
            "cause",
            json!({ "type": "string", "description": "of a refusal or a cancellation, in iiko's words" }),
        ),
        ("sum", sum.clone()),
        ("paid", maybe("integer")),
        ("pending", sum.clone()),
        ("rest", maybe("integer")),
        ("payable", payable),
        ("opened_at", time.clone()),
        ("due_at", json!({ "type": "string", "format": "date-time", "nullable": true })),
        ("version", json!({ "type": "integer" })),
        ("lines", list(line)),
        ("discounts", list(object(&[("name", text.clone()), ("sum", sum)]))),
    ]);
    let report = [("order", id.clone()), ("amount", sum_of()), ("payment_id", text.clone())];
    let states = ["waiting", "posting", "unknown", "person", "confirmed", "by_hand"];
    let closings = ["none", "due", "asked", "closed", "stuck"];
    let words = |words: &[&str]| json!({ "type": "string", "enum": words });
    let payment = object(&[
        ("id", id.clone()),
        ("order", id.clone()),
        ("payment_id", text.clone()),
        ("amount", sum_of()),
        ("state", words(&states)),
        ("closing", words(&closings)),
        ("trouble", text.clone()),
        ("confirmed_at", json!({ "type": "string", "format": "date-time", "nullable": true })),
    ]);
    let error = object(&[
        ("code", json!({ "type": "string", "enum": CODES })),
        ("about", text.clone()),
        ("message", text),
    ]);
    json!({
        "Menu": object(&[("generation", json!({ "type": "integer" })), ("sections", list(section))]),
        "Tables": object(&[("tables", list(table))]),
        "Order": order,
        "Bill": object(&[("table", id), ("orders", list(to("Order"))), ("at", time)]),
        "Report": object(&report),
        "Size": size,
        "Modifier": modifier,
        "ModifierGroup": group,
        "NewOrder": new_order(),
        "Payment": payment,
        "Error": object(&[("error", error)]),
    })
}

fn new_order() -> Value {
    let up_to = |most: usize| json!({ "type": "string", "maxLength": most });
    let (id, text) = (json!({ "type": "string", "format": "uuid" }), up_to(255));
    let maybe_id = json!({ "type": "string", "format": "uuid", "nullable": true });
    let amount = json!({ "type": "integer", "minimum": 1, "maximum": PIECES, "default": 1 });
    let extra =
        loose(&[("modifier", id.clone())], &[("group", maybe_id.clone()), ("amount", amount.clone())]);
    let item = loose(
        &[("product", id)],
        &[
            ("size", maybe_id),
            ("amount", amount.clone()),
            ("modifiers", list(extra)),
            ("comment", text.clone()),
        ],
    );
    let names = ["line", "city", "street", "house", "flat", "entrance", "floor", "doorphone"];
    let mut parts: Vec<(&str, Value)> = names.into_iter().map(|name| (name, text.clone())).collect();
    parts.push(("comment", up_to(500)));
    let address = json!({
        "allOf": [loose(&[], &parts)],
        "description": "of a courier's order: city, street and house, or one line where the venue's iiko keeps addresses so",
    });
    let due = json!({ "type": "string", "format": "date-time", "nullable": true, "description": "null: as soon as possible" });
    let kind = json!({ "type": "string", "enum": ["courier", "pickup"] });
    let sum = json!({ "type": "integer", "description": "kopecks: what the guest was shown" });
    loose(
        &[
            ("external_number", up_to(50)),
            ("kind", kind),
            ("name", up_to(60)),
            ("phone", text),
            ("items", list(item)),
            ("sum", sum),
        ],
        &[("address", address), ("due_at", due), ("guests", amount), ("comment", up_to(500))],
    )
}
