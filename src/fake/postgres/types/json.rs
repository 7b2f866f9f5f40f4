//! `json` and `jsonb`: reading, the normal form of `jsonb`, its order, and access by key and place.

use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::super::errors::R;
use super::jsonread::Reader;
use super::numeric::Decimal;

/// A `jsonb` value: keys sorted by length, then bytes; of equal keys the last; numbers exact.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Decimal),
    String(Arc<str>),
    Array(Vec<Json>),
    Object(Vec<(Arc<str>, Json)>),
}

impl Json {
    /// Reads a text, or 22P02.
    pub(crate) fn parse(text: &str) -> R<Json> {
        Reader::new(text, true, true).document()
    }

    /// Checks a text as the type `json` does, which leaves escapes and the size of numbers alone.
    pub(crate) fn check(text: &str) -> R<()> {
        Reader::new(text, false, false).document().map(|_| ())
    }

    /// Checks a text as functions of `json` do, which decode what they look at.
    pub(crate) fn check_escapes(text: &str) -> R<()> {
        Reader::new(text, true, false).document().map(|_| ())
    }

    /// An object in normal form.
    pub(crate) fn object(mut pairs: Vec<(Arc<str>, Json)>) -> Json {
        // A stable sort keeps equal keys in order of input, so that the last of them wins.
        pairs.sort_by(|(a, _), (b, _)| key_order(a, b));
        let mut unique: Vec<(Arc<str>, Json)> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            match unique.last_mut() {
                Some(last) if last.0 == pair.0 => *last = pair,
                _ => unique.push(pair),
            }
        }
        Json::Object(unique)
    }

    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::Array(_) => "array",
            Json::Object(_) => "object",
        }
    }

    /// The field of that name, if this is an object that has it.
    pub(crate) fn field(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(pairs) => {
                pairs.binary_search_by(|(k, _)| key_order(k, key)).ok().map(|at| &pairs[at].1)
            }
            _ => None,
        }
    }

    /// The element there, counted from the end if negative.
    pub(crate) fn element(&self, place: i64) -> Option<&Json> {
        match self {
            Json::Array(items) => {
                let place = if place < 0 { place + items.len() as i64 } else { place };
                items.get(usize::try_from(place).ok()?)
            }
            _ => None,
        }
    }

    /// What `#>` finds.
    pub(crate) fn path<'j>(&'j self, path: impl Iterator<Item = &'j str>) -> Option<&'j Json> {
        let mut at = self;
        for step in path {
            at = match at {
                Json::Object(_) => at.field(step)?,
                Json::Array(_) => at.element(step.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// As `->>` gives it: strings without quotes; `None` for null.
    pub(crate) fn plain(&self) -> Option<String> {
        match self {
            Json::Null => None,
            Json::String(text) => Some(text.to_string()),
            other => Some(other.to_string()),
        }
    }

    /// `@>`
    pub(crate) fn contains(&self, other: &Json) -> bool {
        match (self, other) {
            (Json::Object(_), Json::Object(_)) | (Json::Array(_), Json::Array(_)) => {
                self.holds(other)
            }
            // PostgreSQL's exception: an array contains a primitive value.
            (Json::Array(items), primitive) if !matches!(primitive, Json::Object(_)) => {
                items.iter().any(|item| item.order(primitive).is_eq())
            }
            _ => self.order(other).is_eq(),
        }
    }

    /// The same below the outermost level, without exceptions.
    fn holds(&self, other: &Json) -> bool {
        match (self, other) {
            (Json::Object(_), Json::Object(pairs)) => {
                pairs.iter().all(|(key, value)| self.field(key).is_some_and(|own| own.holds(value)))
            }
            (Json::Array(items), Json::Array(wanted)) => {
                wanted.iter().all(|want| items.iter().any(|item| item.holds(want)))
            }
            _ => self.order(other).is_eq(),
        }
    }

    /// The order of whole values: an empty array comes first of all.
    pub(crate) fn order_whole(&self, other: &Json) -> Ordering {
        let empty = |json: &Json| matches!(json, Json::Array(items) if items.is_empty());
        empty(other).cmp(&empty(self)).then_with(|| self.order(other))
    }

    /// PostgreSQL's B-tree order of `jsonb`.
    pub(crate) fn order(&self, other: &Json) -> Ordering {
        let rank = |json: &Json| match json {
            Json::Null => 0,
            Json::String(_) => 1,
            Json::Number(_) => 2,
            Json::Bool(_) => 3,
            Json::Array(_) => 4,
            Json::Object(_) => 5,
        };
        match (self, other) {
            (Json::String(a), Json::String(b)) => a.cmp(b),
            (Json::Number(a), Json::Number(b)) => a.cmp(b),
            (Json::Bool(a), Json::Bool(b)) => a.cmp(b),
            (Json::Array(a), Json::Array(b)) => a.len().cmp(&b.len()).then_with(|| {
                a.iter()
                    .zip(b)
                    .map(|(x, y)| x.order(y))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }),
            (Json::Object(a), Json::Object(b)) => a.len().cmp(&b.len()).then_with(|| {
                a.iter()
                    .zip(b)
                    .map(|(x, y)| key_order(&x.0, &y.0).then_with(|| x.1.order(&y.1)))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }),
            _ => rank(self).cmp(&rank(other)),
        }
    }

    pub(crate) fn from_serde(value: &serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(b) => Json::Bool(*b),
            serde_json::Value::Number(n) => {
                Json::Number(Decimal::parse(&n.to_string()).unwrap_or(Decimal::NaN))
            }
            serde_json::Value::String(s) => Json::String(s.as_str().into()),
            serde_json::Value::Array(items) => {
                Json::Array(items.iter().map(Json::from_serde).collect())
            }
            serde_json::Value::Object(map) => Json::object(
                map.iter().map(|(k, v)| (k.as_str().into(), Json::from_serde(v))).collect(),
            ),
        }
    }
}

fn key_order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(b) => write!(f, "{b}"),
            Json::Number(n) => write!(f, "{n}"),
            Json::String(s) => write_string(f, s),
            Json::Array(items) => {
                f.write_char('[')?;
                for (place, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if place > 0 { ", " } else { "" })?;
                }
                f.write_char(']')
            }
            Json::Object(pairs) => {
                f.write_char('{')?;
                for (place, (key, value)) in pairs.iter().enumerate() {
                    f.write_str(if place > 0 { ", " } else { "" })?;
                    write_string(f, key)?;
                    write!(f, ": {value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// The text with quotes and escapes, as both `json` and `jsonb` print it.
pub(crate) fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            '\u{8}' => out.write_str("\\b")?,
            '\u{c}' => out.write_str("\\f")?,
            c if (c as u32) < 0x20 => write!(out, "\\u{:04x}", c as u32)?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}
