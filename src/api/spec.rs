//! `GET /api/v1/openapi.json`: the document of the API, made from what the code knows.
use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::api::fault::CODES;
use crate::api::scope::{Menu, Payments, Scope, Tables};

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
            "/api/v1/payments": { "post": report() },
            "/api/v1/payments/{payment}": {
                "get": read::<Payments>("How a payment stands", "Payment", &["payment"]),
            },
            "/api/v1/orders/{order}": { "get": read::<Tables>("One order as it was read last", "Order", &["order"]) },
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
        "description": format!("Scope `{}`.", S::WORD),
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": { "200": answer(schema), "default": answer("Error") },
    })
}

fn report() -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Report" });
    json!({
        "summary": "A guest has paid: the till is to have it, exactly once. Told again with the same payment_id it is the \
                    same payment",
        "description": format!("Scope `{}`.", Payments::WORD),
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
        "responses": { "200": answer("Payment"), "default": answer("Error") },
    })
}

fn answer(schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": "", "content": { "application/json": { "schema": schema } } })
}

fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let fields: serde_json::Map<String, Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
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
        ("available", flag),
        ("left", maybe("string")),
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
        ("sum", sum.clone()),
        ("paid", maybe("integer")),
        ("pending", sum.clone()),
        ("rest", maybe("integer")),
        ("payable", payable),
        ("opened_at", time.clone()),
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
        "Payment": payment,
        "Error": object(&[("error", error)]),
    })
}
