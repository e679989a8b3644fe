//! What is asked and what is answered, before it becomes HTTP: iiko's error envelope, and reading of a request's body with
//! the till's own complaints.
use actix_web::web::Bytes;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::id;
use super::key::Key;
use super::mischief::Fault;

/// A request whose token and right are already found good.
pub struct Ask<'a> {
    pub key: &'a Key,
    pub body: &'a Map<String, Value>,
    /// bytes of the body, for «position» in complaints
    pub length: usize,
    /// trouble this very call meets, for methods that play it themselves
    pub fault: Option<&'a Fault>,
}

/// Status, JSON, and the two headers that matter.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Bytes,
    pub content_type: &'static str,
    pub retry_after: Option<String>,
}

pub type Answered = Result<Answer, Answer>;

const JSON: &str = "application/json; charset=utf-8";

impl Answer {
    pub fn json(status: u16, body: &Value) -> Answer {
        Answer { status, body: Bytes::from(body.to_string()), content_type: JSON, retry_after: None }
    }

    /// 200 with a correlation id among `fields`.
    pub fn ok(fields: Value) -> Answer {
        let mut fields = fields;
        if let Some(fields) = fields.as_object_mut() {
            fields.insert("correlationId".into(), id::fresh().to_string().into());
        }
        Answer::json(200, &fields)
    }

    /// 200 with a correlation id put before a ready `tail` («,"groups":…}»).
    pub fn ok_before(tail: &Bytes) -> Answer {
        let head = format!("{{\"correlationId\":\"{}\"", id::fresh());
        let body = [head.as_bytes(), tail].concat();
        Answer { status: 200, body: body.into(), content_type: JSON, retry_after: None }
    }

    /// iiko's error envelope.
    pub fn error(status: u16, description: &str, code: Option<&str>) -> Answer {
        let said = json!({"correlationId": id::fresh(), "errorDescription": description, "error": code});
        Answer::json(status, &said)
    }

    pub fn bad_body(description: &str) -> Answer {
        Answer::error(400, description, Some("INVALID_BODY_JSON_FORMAT"))
    }

    /// A token that is none, unknown or too old.
    pub fn bad_token() -> Answer {
        Answer::error(401, "Token is expired or invalid.", None)
    }

    /// The key is good, the method is not among its rights.
    pub fn no_right(path: &str) -> Answer {
        let method = path.trim_start_matches('/');
        Answer::error(401, &format!("Right {method} is not allowed for this ApiLogin"), None)
    }

    /// A path or method this till does not have; iiko sends nothing with it.
    pub fn bare(status: u16) -> Answer {
        Answer { status, body: Bytes::new(), content_type: "text/plain", retry_after: None }
    }
}

impl Ask<'_> {
    pub fn required(&self, name: &str) -> Result<&Value, Answer> {
        self.body.get(name).filter(|value| !value.is_null()).ok_or_else(|| {
            let at = self.length;
            Answer::bad_body(&format!(
                "Required property '{name}' not found in JSON. Path '', line 1, position {at}."
            ))
        })
    }

    pub fn text(&self, name: &str) -> Result<&str, Answer> {
        let value = self.required(name)?;
        value.as_str().ok_or_else(|| self.wrong(name, value, "System.String"))
    }

    pub fn id(&self, name: &str) -> Result<Uuid, Answer> {
        self.one_id(name, self.required(name)?)
    }

    pub fn optional_id(&self, name: &str) -> Result<Option<Uuid>, Answer> {
        match self.body.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.id(name).map(Some),
        }
    }

    pub fn ids(&self, name: &str) -> Result<Vec<Uuid>, Answer> {
        let value = self.required(name)?;
        let list = value.as_array().ok_or_else(|| self.wrong(name, value, "System.Guid[]"))?;
        list.iter().map(|one| self.one_id(name, one)).collect()
    }

    /// Absent and null are the same: none.
    pub fn optional_ids(&self, name: &str) -> Result<Option<Vec<Uuid>>, Answer> {
        match self.body.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.ids(name).map(Some),
        }
    }

    pub fn optional_whole(&self, name: &str) -> Result<Option<i64>, Answer> {
        match self.body.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or_else(|| self.wrong(name, value, "System.Int64")),
        }
    }

    pub fn optional_text(&self, name: &str) -> Result<Option<&str>, Answer> {
        match self.body.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(name).map(Some),
        }
    }

    pub fn optional_texts(&self, name: &str) -> Result<Option<Vec<String>>, Answer> {
        let Some(value) = self.body.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
        let list = value.as_array().ok_or_else(|| self.wrong(name, value, "System.String[]"))?;
        let texts = list.iter().map(|one| one.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().map(Some).ok_or_else(|| self.wrong(name, value, "System.String[]"))
    }

    /// Absent is false.
    pub fn flag(&self, name: &str) -> Result<bool, Answer> {
        match self.body.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| self.wrong(name, value, "System.Boolean")),
        }
    }

    /// The organizations of `organizationIds`, each seen by the key.
    pub fn organizations(&self) -> Result<Vec<Uuid>, Answer> {
        let asked = self.ids("organizationIds")?;
        for organization in &asked {
            self.sees(*organization)?;
        }
        Ok(asked)
    }

    pub fn sees(&self, organization: Uuid) -> Result<(), Answer> {
        if self.key.sees(organization) {
            return Ok(());
        }
        Err(Answer::error(
            400,
            &format!("Organization {organization} is not available for this ApiLogin"),
            None,
        ))
    }

    fn one_id(&self, name: &str, value: &Value) -> Result<Uuid, Answer> {
        let read = value.as_str().and_then(|text| text.parse().ok());
        read.ok_or_else(|| self.wrong(name, value, "System.Guid"))
    }

    fn wrong(&self, name: &str, value: &Value, kind: &str) -> Answer {
        let said: String = value.to_string().chars().take(80).collect();
        let at = self.length;
        Answer::bad_body(&format!(
            "Error converting value {said} to type '{kind}'. Path '{name}', line 1, position {at}."
        ))
    }
}
