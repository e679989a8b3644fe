//! Calls held against the vendor's published document: a request may hold only the fields the document knows, an answer
//! must hold the promised ones in the promised shape.
//!
//! Tolerated, because real answers do so (iiko/pitfalls.md 25, 26, 75): more fields in answers than the document has, null
//! where it forgets to allow it, words outside its lists.
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use jsonschema::Validator;
use maitre::sandbox::tape::{Call, Tape};
use serde_json::{Map, Value, json};

use super::shared;

/// The vendor's document; none where the shared folder is not here (which is said).
static DOCUMENT: LazyLock<Option<Document>> = LazyLock::new(|| {
    let text = fs::read_to_string(shared::file("iiko/iikocloud.openapi.json")?).unwrap();
    Some(Document::of(serde_json::from_str(&text).unwrap()))
});

/// The document made into JSON Schema, once strict (requests), once tolerant (answers).
pub struct Document {
    paths: Value,
    /// the vendor's names are no URI fragments: each schema gets a number
    numbers: BTreeMap<String, usize>,
    strict: Value,
    tolerant: Value,
}

pub fn document() -> Option<&'static Document> {
    DOCUMENT.as_ref()
}

/// Every whole call of the tape against the document. Answers what is wrong, one sentence each; none: nothing to compare
/// with is here.
pub fn check_tape(tape: &Tape) -> Option<Vec<String>> {
    let document = document()?;
    Some(tape.calls().filter(|call| call.is_whole()).flat_map(|call| document.check(call)).collect())
}

impl Document {
    fn of(mut document: Value) -> Document {
        let schemas = document["components"]["schemas"].take();
        let schemas = schemas.as_object().unwrap();
        let numbers: BTreeMap<String, usize> = schemas.keys().cloned().zip(0..).collect();
        let made = |strict: bool| {
            let all = schemas
                .iter()
                .map(|(name, schema)| (format!("s{}", numbers[name]), converted(schema, &numbers, strict)));
            Value::Object(all.collect())
        };
        Document { paths: document["paths"].take(), strict: made(true), tolerant: made(false), numbers }
    }

    /// What is wrong with a call. One that met a fault answers what it was told to: only its request is read.
    pub fn check(&self, call: &Call) -> Vec<String> {
        let operation = &self.paths[call.path.as_str()]["post"];
        if operation.is_null() {
            return vec![format!("{} {} is not in the vendor's document", call.method, call.path)];
        }
        let mut wrong = Vec::new();
        // a request refused as malformed is meant to be wrong
        if call.status != 400 {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            wrong.extend(self.compare(
                &self.strict,
                schema,
                &call.request,
                &format!("request of {}", call.path),
            ));
        }
        if call.fault.is_none() {
            let status = call.status.to_string();
            let declared = &operation["responses"][status.as_str()];
            if declared.is_null() {
                wrong.push(format!("{} answered {status}, which the document does not know", call.path));
            }
            let schema = &declared["content"]["application/json"]["schema"];
            wrong.extend(self.compare(
                &self.tolerant,
                schema,
                &call.answer,
                &format!("{status} of {}", call.path),
            ));
        }
        wrong
    }

    fn compare(&self, schemas: &Value, schema: &Value, body: &[u8], what: &str) -> Vec<String> {
        let Some(name) = schema["$ref"].as_str() else { return Vec::new() };
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return vec![format!("{what} is no JSON")];
        };
        let validator = self.validator(schemas, name);
        validator
            .iter_errors(&body)
            .map(|error| format!("{what}, at «{}»: {error}", error.instance_path()))
            .collect()
    }

    /// One schema with what it points to: the whole document would be compiled for each call otherwise.
    fn validator(&self, schemas: &Value, reference: &str) -> Validator {
        let first = format!("s{}", self.numbers[last(reference)]);
        let (mut needed, mut next) = (Map::new(), vec![first.clone()]);
        while let Some(name) = next.pop() {
            if !needed.contains_key(&name) {
                pointed_to(&schemas[&name], &mut next);
                needed.insert(name.clone(), schemas[&name].clone());
            }
        }
        let root = json!({"$ref": format!("#/$defs/{first}"), "$defs": needed});
        jsonschema::draft202012::options().should_validate_formats(true).build(&root).unwrap()
    }
}

fn pointed_to(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Array(list) => list.iter().for_each(|one| pointed_to(one, found)),
        Value::Object(fields) => {
            let reference = fields.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(|path| path.strip_prefix("#/$defs/")).map(str::to_owned));
            fields.values().for_each(|one| pointed_to(one, found));
        }
        _ => (),
    }
}

fn last(reference: &str) -> &str {
    reference.trim_start_matches("#/components/schemas/")
}

/// OpenAPI 3.0 into JSON Schema 2020-12.
fn converted(schema: &Value, numbers: &BTreeMap<String, usize>, strict: bool) -> Value {
    match schema {
        Value::Array(list) => list.iter().map(|one| converted(one, numbers, strict)).collect(),
        Value::Object(fields) => object(fields, numbers, strict),
        other => other.clone(),
    }
}

fn object(fields: &Map<String, Value>, numbers: &BTreeMap<String, usize>, strict: bool) -> Value {
    let mut made = Map::new();
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("$ref", Value::String(reference)) => {
                // a name the published document points to and does not hold allows anything
                let Some(number) = numbers.get(last(reference)) else { return json!(true) };
                made.insert("$ref".into(), format!("#/$defs/s{number}").into());
            }
            // «discriminator» only helps generators; examples are prose
            (
                "discriminator" | "nullable" | "example" | "deprecated" | "xml",
                Value::Object(_) | Value::Bool(_),
            )
            | ("example" | "description", Value::String(_)) => (),
            // kinds the vendor made up
            ("type", Value::String(kind)) => drop(made.insert("type".into(), real_kind(kind).into())),
            // the vendor's own formats («date-span») say nothing to a validator
            ("format", Value::String(format)) if format != "uuid" => (),
            ("enum", _) if !strict => (),
            // answers hold more than is published; a sum of parts (`allOf`) knows only its own fields
            ("additionalProperties", Value::Bool(false)) if !strict || fields.contains_key("allOf") => (),
            ("properties", Value::Object(properties)) => {
                let each =
                    properties.iter().map(|(name, one)| (name.clone(), converted(one, numbers, strict)));
                made.insert("properties".into(), Value::Object(each.collect()));
            }
            _ => drop(made.insert(name.clone(), converted(value, numbers, strict))),
        }
    }
    let nullable = fields.get("nullable") == Some(&Value::Bool(true));
    // null for a promised object or list is no answer; for a number, a word or a flag it is met
    let plain = !matches!(made.get("type").and_then(Value::as_str), None | Some("object" | "array"));
    if nullable || (!strict && plain) {
        return json!({"anyOf": [Value::Object(made), {"type": "null"}]});
    }
    Value::Object(made)
}

fn real_kind(kind: &str) -> &str {
    match kind {
        "bool" => "boolean",
        "float" => "number",
        "uuid" | "enum" => "string",
        other => other,
    }
}
