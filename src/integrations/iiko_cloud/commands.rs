//! Commands: an answer says that one exists, its status what the till says of it. Neither proves that anything was done.
use serde::Deserialize;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::{Fault, FaultKind, first_words};
use crate::integrations::iiko_cloud::lenient::Text;

/// What iiko says of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    InProgress,
    Success,
    /// `errorReason`, where iiko names one (one of its 78 codes), and the till's own words.
    Error {
        code: String,
        said: String,
    },
    /// 410: iiko does not tell of it any more.
    Gone,
}

/// The correlation id of a command that was taken.
pub fn accepted(path: &'static str, body: &[u8]) -> Result<String, Fault> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Accepted<'a> {
        #[serde(borrow, default)]
        correlation_id: Text<'a>,
    }
    let answer: Accepted<'_> = parsed(path, serde_json::from_slice(body))?;
    match answer.correlation_id.as_str() {
        "" => Err(Fault::new(FaultKind::Garbage, path, "a command without a correlation id")),
        id => Ok(id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect()),
    }
}

/// An answer of `/api/1/commands/status`.
pub fn status(path: &'static str, body: &[u8]) -> Result<State, Fault> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Status<'a> {
        #[serde(borrow, default)]
        state: Text<'a>,
        #[serde(borrow, default)]
        error_reason: Text<'a>,
        #[serde(borrow, default)]
        exception: Option<Exception<'a>>,
    }
    #[derive(Deserialize)]
    struct Exception<'a> {
        #[serde(borrow, default)]
        message: Text<'a>,
        #[serde(borrow, default)]
        description: Text<'a>,
    }
    let answer: Status<'_> = parsed(path, serde_json::from_slice(body))?;
    match answer.state.as_str() {
        "InProgress" => Ok(State::InProgress),
        "Success" => Ok(State::Success),
        "Error" => {
            let said = answer.exception.map(|exception| {
                let said = [exception.description, exception.message];
                said.iter().map(Text::as_str).find(|said| !said.is_empty()).map(first_words)
            });
            let code = answer.error_reason.as_str().chars().take(100).collect();
            Ok(State::Error { code, said: said.flatten().unwrap_or_default() })
        }
        _ => Err(Fault::new(FaultKind::Garbage, path, "a command in a state nobody knows")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_in_each_of_its_shapes() {
        let of = |text: &str| status("/", text.as_bytes());
        assert_eq!(of(r#"{"state":"InProgress"}"#).unwrap(), State::InProgress);
        assert_eq!(of(r#"{"state":"Success"}"#).unwrap(), State::Success);
        let short = of(
            r#"{"state":"Error","exception":{"message":"at Resto.Front\n at x","description":"Payment sum is not enough"},"errorReason":"PaymentSumNotEnough"}"#,
        );
        let said = "Payment sum is not enough".to_owned();
        assert_eq!(short.unwrap(), State::Error { code: "PaymentSumNotEnough".into(), said });
        let bare = of(r#"{"state":"Error","exception":null,"errorReason":null}"#);
        assert_eq!(bare.unwrap(), State::Error { code: String::new(), said: String::new() });
        assert!(of(r#"{"state":"Dreaming"}"#).is_err());
        assert_eq!(accepted("/", br#"{"correlationId":"ab-1"}"#).unwrap(), "ab-1");
        assert!(accepted("/", b"{}").is_err(), "a command nobody can ask about");
    }
}
