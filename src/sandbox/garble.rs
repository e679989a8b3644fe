//! Answers that came whole and are wrong all the same: another kind, other bytes, other shapes and numbers than agreed on.
use actix_web::web::Bytes;
use serde_json::{Map, Value};

use super::answer::Answer;

/// What is wrong with an answer. Sign-ins are spared: without a token nothing else would be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Garble {
    /// good JSON that calls itself plain text
    Kind,
    /// bytes that are no UTF-8, in every text
    Utf8,
    /// a NUL at the head of every name
    Nul,
    /// every name stands there twice
    Twice,
    /// fields that should be there are not
    Missing,
    /// … are null
    Null,
    /// words nobody has agreed on, where there is a known set of them
    Words,
    /// numbers as texts
    Texts,
    /// numbers no machine can hold
    Huge,
}

/// Fields that come and go with versions.
const LOOSE: [&str; 10] =
    ["name", "sum", "number", "status", "state", "order", "isAlive", "sizePrices", "balance", "isDeleted"];
/// Fields whose words are a set.
const WORDS: [&str; 7] =
    ["status", "state", "type", "creationStatus", "paymentTypeKind", "paymentProcessingType", "responseType"];
/// Stands for a number until all is written.
const MARK: &str = "\u{1}huge";

impl Garble {
    pub const ALL: [Garble; 9] = [
        Garble::Kind,
        Garble::Utf8,
        Garble::Nul,
        Garble::Twice,
        Garble::Missing,
        Garble::Null,
        Garble::Words,
        Garble::Texts,
        Garble::Huge,
    ];

    /// The lever's name.
    pub fn name(self) -> &'static str {
        match self {
            Garble::Kind => "text-plain",
            Garble::Utf8 => "bad-utf8",
            Garble::Nul => "nul",
            Garble::Twice => "twice",
            Garble::Missing => "drift-missing",
            Garble::Null => "drift-null",
            Garble::Words => "drift-words",
            Garble::Texts => "drift-texts",
            Garble::Huge => "drift-huge",
        }
    }

    /// What it does, in Russian and English.
    pub fn said(self) -> (&'static str, &'static str) {
        match self {
            Garble::Kind => ("JSON назван простым текстом", "JSON that calls itself plain text"),
            Garble::Utf8 => ("Байты, которые не UTF-8", "Bytes that are no UTF-8"),
            Garble::Nul => ("NUL в начале каждого имени", "A NUL at the head of every name"),
            Garble::Twice => ("Каждое имя дважды", "Every name twice"),
            Garble::Missing => ("Нужных полей нет", "Fields that are needed are missing"),
            Garble::Null => ("Нужные поля — null", "Fields that are needed are null"),
            Garble::Words => ("Незнакомые слова вместо известных", "Unknown words for known ones"),
            Garble::Texts => ("Числа текстом", "Numbers as texts"),
            Garble::Huge => ("Числа 1e400", "Numbers of 1e400"),
        }
    }

    /// The answer, garbled. A refusal stays as it is.
    pub fn of(self, answer: Answer) -> Answer {
        if answer.status != 200 {
            return answer;
        }
        match self {
            Garble::Kind => Answer { content_type: "text/plain; charset=utf-8", ..answer },
            Garble::Utf8 => replaced(answer, b":\"", b":\"\xff"),
            Garble::Nul => replaced(answer, b"\"name\":\"", b"\"name\":\"\\u0000"),
            Garble::Twice => replaced(answer, b"\"name\":", "\"name\":\"Двойник\",\"name\":".as_bytes()),
            _ => {
                let Ok(mut value) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
                self.walk(&mut value);
                let text = value.to_string().replace("\"\\u0001huge\"", "1e400");
                Answer { body: Bytes::from(text), ..answer }
            }
        }
    }

    fn walk(self, value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(|one| self.walk(one)),
            Value::Object(fields) => self.fields(fields),
            Value::Number(number) if self == Garble::Texts => *value = number.to_string().into(),
            Value::Number(_) if self == Garble::Huge => *value = MARK.into(),
            _ => (),
        }
    }

    fn fields(self, fields: &mut Map<String, Value>) {
        match self {
            Garble::Missing => fields.retain(|name, _| !LOOSE.contains(&name.as_str())),
            Garble::Null => named(fields, &LOOSE, &Value::Null),
            Garble::Words => named(fields, &WORDS, &"Небывалое".into()),
            _ => (),
        }
        fields.values_mut().for_each(|one| self.walk(one));
    }
}

fn named(fields: &mut Map<String, Value>, names: &[&str], to: &Value) {
    for (_, value) in fields.iter_mut().filter(|(name, _)| names.contains(&name.as_str())) {
        *value = to.clone();
    }
}

fn replaced(answer: Answer, what: &[u8], with: &[u8]) -> Answer {
    let mut body = Vec::with_capacity(answer.body.len() * 2);
    let mut rest: &[u8] = &answer.body;
    while let Some(at) = rest.windows(what.len()).position(|window| window == what) {
        body.extend_from_slice(&rest[..at]);
        body.extend_from_slice(with);
        rest = &rest[at + what.len()..];
    }
    body.extend_from_slice(rest);
    Answer { body: body.into(), ..answer }
}
