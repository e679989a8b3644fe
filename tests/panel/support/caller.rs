//! A program that asks the JSON API with a key.
use maitre::api::spec;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use serde_json::{Value, json};

use crate::support::person::Person;
use crate::support::tied::Tied;

pub struct Caller {
    url: String,
    key: String,
}

impl Caller {
    /// With a key the owner makes for it.
    pub async fn of(t: &Tied, scopes: &[&str]) -> Caller {
        Caller::made_by(&t.owner, scopes).await
    }

    /// With a key that this owner makes for it.
    pub async fn made_by(owner: &Person, scopes: &[&str]) -> Caller {
        let fields = scopes.iter().map(|scope| ("scope", *scope)).chain([("name", "Приложение")]);
        let page = owner.posts("/api-keys", fields).await;
        Caller { url: owner.url.clone(), key: page.every("code#key")[0].clone() }
    }

    /// Posts a body, or reads where there is none.
    pub async fn asks(&self, path: &str, body: Option<&Value>) -> (u16, Value) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/api/v1/{path}", self.url);
        let request = body.map_or_else(|| client.get(&url), |body| client.post(&url).json(body));
        let request =
            request.header(AUTHORIZATION, format!("Bearer {}", self.key)).header(ACCEPT_LANGUAGE, "ru");
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

/// Whether a body is what the API's document says of it.
pub fn fits(schema: &str, body: &Value) {
    let mut root = spec::document()["components"].clone();
    // OpenAPI 3.0's `nullable` is JSON Schema's second type
    nullable(&mut root);
    let root = json!({ "components": root, "$ref": format!("#/components/schemas/{schema}") });
    let validator = jsonschema::validator_for(&root).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(body).map(|one| format!("{one} at {}", one.instance_path())).collect();
    assert!(errors.is_empty(), "{schema}: {errors:?}\n{body}");
}

fn nullable(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.remove("nullable").is_some() {
                let kind = map["type"].clone();
                map.insert("type".into(), json!([kind, "null"]));
            }
            map.values_mut().for_each(nullable);
        }
        Value::Array(all) => all.iter_mut().for_each(nullable),
        _ => {}
    }
}
