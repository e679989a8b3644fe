//! How tolerant we are of iiko's JSON: null is empty, a number may come as text, ids in any case. A generated client does
//! not survive real answers.
use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use uuid::Uuid;

/// A text, borrowed from the answer unless it holds escapes; null and missing are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An optional id; null, empty and what is no id are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MaybeId(pub Option<Uuid>);

/// A whole number; null and what is no number are 0, fractions are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole(pub i64);

/// Yes or no; null is no, `1` and `"true"` are yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(pub bool);

/// A list; null is empty.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(d)?.unwrap_or_default())
}

/// An id that must be one.
pub fn id<'de, D: Deserializer<'de>>(d: D) -> Result<Uuid, D::Error> {
    MaybeId::deserialize(d)?.0.ok_or_else(|| D::Error::custom("no id"))
}

struct Scalar;

/// Any JSON value, as far as these types look at it.
enum Seen<'a> {
    Nothing,
    Bool(bool),
    Int(i64),
    Float(f64),
    Borrowed(&'a str),
    Owned(String),
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Seen<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<Seen<'de>, E> {
        Ok(Seen::Nothing)
    }
    fn visit_bool<E>(self, v: bool) -> Result<Seen<'de>, E> {
        Ok(Seen::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Seen<'de>, E> {
        Ok(Seen::Int(v))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Seen<'de>, E> {
        Ok(Seen::Int(i64::try_from(v).unwrap_or(i64::MAX)))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Seen<'de>, E> {
        Ok(Seen::Float(v))
    }
    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Seen<'de>, E> {
        Ok(Seen::Borrowed(v))
    }
    fn visit_str<E>(self, v: &str) -> Result<Seen<'de>, E> {
        Ok(Seen::Owned(v.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Seen<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Seen::Nothing)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Seen::Nothing)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Text<'a>, D::Error> {
        Ok(Text(match d.deserialize_any(Scalar)? {
            Seen::Nothing => Cow::Borrowed(""),
            Seen::Borrowed(text) => Cow::Borrowed(text),
            Seen::Owned(text) => Cow::Owned(text),
            Seen::Bool(v) => Cow::Owned(v.to_string()),
            Seen::Int(v) => Cow::Owned(v.to_string()),
            Seen::Float(v) => Cow::Owned(v.to_string()),
        }))
    }
}

impl<'de> Deserialize<'de> for MaybeId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<MaybeId, D::Error> {
        Ok(MaybeId(match d.deserialize_any(Scalar)? {
            Seen::Borrowed(text) => Uuid::try_parse(text.trim()).ok(),
            Seen::Owned(text) => Uuid::try_parse(text.trim()).ok(),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Whole, D::Error> {
        let text = |text: &str| text.trim().parse::<f64>().map_or(0, |v| v as i64);
        Ok(Whole(match d.deserialize_any(Scalar)? {
            Seen::Int(v) => v,
            Seen::Float(v) => v as i64,
            Seen::Borrowed(v) => text(v),
            Seen::Owned(v) => text(&v),
            Seen::Bool(v) => i64::from(v),
            Seen::Nothing => 0,
        }))
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Flag, D::Error> {
        Ok(Flag(match d.deserialize_any(Scalar)? {
            Seen::Bool(v) => v,
            Seen::Int(v) => v != 0,
            Seen::Float(v) => v != 0.0,
            Seen::Borrowed(v) => v.eq_ignore_ascii_case("true"),
            Seen::Owned(v) => v.eq_ignore_ascii_case("true"),
            Seen::Nothing => false,
        }))
    }
}
