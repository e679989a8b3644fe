//! Somebody who asks the sandbox till over plain HTTP, with no word of the panel's client.
use std::time::Duration;

use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::{API_KEY, APP_ID, CLIENT_SECRET, World};
use serde_json::{Value, json};

/// A till and a token of it.
pub struct Till {
    pub sandbox: Sandbox,
    pub http: reqwest::Client,
    pub token: String,
}

/// Status, the text of the body, `Retry-After`.
pub struct Said {
    pub status: u16,
    pub text: String,
    pub retry_after: Option<String>,
}

impl Said {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|cause| panic!("{cause} in «{}»", self.text))
    }
}

impl Till {
    pub async fn open(world: World) -> Till {
        // the second test of a process finds it installed
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sandbox = Sandbox::open_with(world).await.unwrap();
        let redirect = reqwest::redirect::Policy::none();
        let http =
            reqwest::Client::builder().redirect(redirect).timeout(Duration::from_secs(20)).build().unwrap();
        let mut till = Till { sandbox, http, token: String::new() };
        till.signs_in().await;
        till
    }

    pub async fn demo() -> Till {
        Till::open(World::demo()).await
    }

    /// A new token, by the second login.
    pub async fn signs_in(&mut self) {
        let login = json!({"apiKey": API_KEY, "appId": APP_ID, "clientSecret": CLIENT_SECRET});
        let said = self.asks("/api/v2/access_token", login).await;
        self.token = said.json()["token"].as_str().unwrap().to_owned();
    }

    pub async fn asks(&self, path: &str, body: Value) -> Said {
        self.sends(path, body.to_string()).await.unwrap()
    }

    /// A body of one's own writing; the error is the wire's.
    pub async fn sends(&self, path: &str, body: String) -> reqwest::Result<Said> {
        let asked = self.http.post(format!("{}{path}", self.sandbox.url())).bearer_auth(&self.token);
        let answer = asked.header("content-type", "application/json").body(body).send().await?;
        let after = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        Ok(Said { status: answer.status().as_u16(), retry_after: after, text: answer.text().await? })
    }

    /// The whole menu of the first organization, or what differs from `revision`.
    pub async fn menu(&self, revision: Option<i64>) -> Value {
        let said = self.asks("/api/1/nomenclature", self.menu_request(revision)).await;
        assert_eq!(said.status, 200, "{}", said.text);
        said.json()
    }

    pub fn menu_request(&self, revision: Option<i64>) -> Value {
        json!({"organizationId": self.organization(), "startRevision": revision.unwrap_or(0)})
    }

    pub fn organization(&self) -> String {
        self.sandbox.world().first().id.to_string()
    }

    /// A lever by HTTP, as a program pulls it.
    pub async fn pulls(&self, lever: &str, fields: Value) -> Value {
        let said = self.asks(&format!("/levers/{lever}"), fields).await;
        assert_eq!(said.status, 200, "{lever}: {}", said.text);
        said.json()
    }
}

/// The products of an answer, by name.
pub fn named<'a>(menu: &'a Value, name: &str) -> Option<&'a Value> {
    menu["products"].as_array().unwrap().iter().find(|product| product["name"] == name)
}

pub fn count(menu: &Value, list: &str) -> usize {
    menu[list].as_array().unwrap().len()
}
