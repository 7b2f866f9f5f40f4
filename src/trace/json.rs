//! A trace as data: a versioned JSON format, `stuntdouble.trace/1`.
//!
//! The types of this module *are* the format; [`SCHEMA`] is its JSON Schema, generated from them. The
//! format's number grows when a key is renamed, removed or changes its meaning; a key that is added
//! leaves it as it is.
//!
//! Every key is always there; what is absent is `null`. Values are tagged with their type, since JSON
//! alone cannot tell bytes from a text. Pseudonyms are given in the order of first appearance in the
//! document. Secrets are masked.
//!
//! ```
//! use stuntdouble::trace::{Trace, json::Document};
//!
//! let document: Document = serde_json::from_str(&Trace::new().to_json())?;
//! assert_eq!(document.schema, "stuntdouble.trace/1");
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pseudonym::Pseudonyms;
use super::record::{CallRecord, Ended, Trace};
use super::render::Options;
use super::view::View;
use crate::error::Error;
use crate::stack;
use crate::value::Value;

/// The name and number of the format.
pub const FORMAT: &str = "stuntdouble.trace/1";

/// The JSON Schema of the format.
pub const SCHEMA: &str = include_str!("schema.json");

/// A trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The name and number of the format: `stuntdouble.trace/1`.
    pub schema: String,
    /// The calls, in the order in which they began.
    pub calls: Vec<Call>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// Its number in the run, from 0.
    pub id: u32,
    /// Its stable address: `node/service.method#nth`.
    pub name: String,
    /// The number of the call that caused it: a transaction, a span, a delivery; of a delivery, the
    /// publish.
    pub parent: Option<u32>,
    /// The node that made it.
    pub node: String,
    /// The service.
    pub service: String,
    /// The method.
    pub method: String,
    /// Which call of that method by that node it is, from 1.
    pub nth: u32,
    /// When it began, in microseconds since the start of the run.
    pub started_us: u64,
    /// When it ended, in microseconds since the start of the run; null while it is in flight.
    pub ended_us: Option<u64>,
    /// The arguments, in order.
    pub arguments: Vec<Argument>,
    /// How it ended.
    pub outcome: Outcome,
    /// What interfered with it.
    pub rule: Option<Rule>,
}

/// An argument, or a part of a record, with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Detail,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// It is still in flight.
    InFlight,
    /// It answered.
    Ok {
        /// The answer.
        value: Detail,
    },
    /// It failed.
    Error {
        /// The kind, such as `connection_lost`.
        kind: String,
        /// What it says.
        message: String,
        /// The SQLSTATE.
        sqlstate: Option<String>,
        /// The constraint that was violated.
        constraint: Option<String>,
        /// What explains the message.
        detail: Option<String>,
        /// The rule that made it up; null for an error of the service's own.
        injected_by: Option<String>,
    },
    /// The caller gave up.
    Cancelled,
    /// The implementation panicked.
    Panicked,
}

/// What interfered with a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// What happened to the call, such as `fail after outcome_unknown`.
    pub effect: String,
    /// The rule, such as `scenarios/shop/cache_down.toml:12`; null if a layer decided by itself.
    pub rule: Option<String>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Detail {
    /// Nothing, because there is nothing to say.
    Unit,
    /// An optional value that is absent, or SQL NULL.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A float that JSON has no number for: `NaN`, `inf`, `-inf`.
    NotFinite(String),
    /// An exact decimal.
    Numeric(String),
    /// A text.
    Text(String),
    /// Bytes that are UTF-8, as text.
    Utf8(String),
    /// Other bytes, in hex.
    Hex(String),
    /// A JSON value.
    Json(serde_json::Value),
    /// A span of time, in microseconds.
    DurationUs(u64),
    /// A date, a time, or both; a pseudonym where it varies.
    Time(String),
    /// A value that varies from run to run; a pseudonym such as `<event-1>`.
    Id(String),
    /// A value that was not kept.
    Masked,
    /// Several.
    List(Vec<Detail>),
    /// Several with names.
    Record(Vec<Argument>),
    /// Rows of an answer.
    Rows(Vec<Vec<Argument>>),
}

impl Trace {
    /// The trace in the format of [`json`](self), indented, with pseudonyms.
    pub fn to_json(&self) -> String {
        self.filter().to_json()
    }

    /// The trace in the format of [`json`](self), as data. Of the options, only the pseudonyms count.
    pub fn document(&self, options: &Options) -> Document {
        self.filter().document(options)
    }
}

impl View {
    /// The calls in the format of [`json`](self), indented, with pseudonyms.
    pub fn to_json(&self) -> String {
        let document = self.document(&Options::default());
        serde_json::to_string_pretty(&document).expect("texts, numbers and lists always serialize")
    }

    /// The calls in the format of [`json`](self), as data. Of the options, only the pseudonyms count.
    pub fn document(&self, options: &Options) -> Document {
        let mut builder = Builder { names: options.names(self.all()) };
        let calls = self.iter().map(|call| builder.call(call)).collect();
        Document { schema: FORMAT.to_owned(), calls }
    }
}

struct Builder {
    names: Pseudonyms,
}

fn micros(time: Duration) -> u64 {
    time.as_micros().try_into().unwrap_or(u64::MAX)
}

impl Builder {
    fn call(&mut self, call: &CallRecord) -> Call {
        let arguments = call.args().map(|(name, detail)| self.argument(name, detail)).collect();
        Call {
            id: call.id().0,
            name: call.name().to_string(),
            parent: call.parent().map(|parent| parent.0),
            node: call.node().to_owned(),
            service: call.method().service.to_owned(),
            method: call.method().name.to_owned(),
            nth: call.nth(),
            started_us: micros(call.started()),
            ended_us: call.ended().map(micros),
            arguments,
            outcome: self.outcome(call.outcome()),
            rule: call.ruling().map(|ruling| Rule {
                effect: ruling.verdict.to_string(),
                rule: ruling.rule.as_deref().map(str::to_owned),
            }),
        }
    }

    fn argument(&mut self, name: &str, detail: &stack::Detail) -> Argument {
        Argument { name: name.to_owned(), value: self.detail(detail) }
    }

    fn outcome(&mut self, outcome: Option<&Ended>) -> Outcome {
        match outcome {
            None => Outcome::InFlight,
            Some(Ended::Ok(answer)) => Outcome::Ok { value: self.detail(answer) },
            Some(Ended::Err(error)) => self.error(error),
            Some(Ended::Cancelled) => Outcome::Cancelled,
            Some(Ended::Panicked) => Outcome::Panicked,
        }
    }

    fn error(&mut self, error: &Error) -> Outcome {
        Outcome::Error {
            kind: error.kind().name().to_owned(),
            message: self.text(error.message()),
            sqlstate: error.code().map(|state| state.to_string()),
            constraint: error.constraint().map(str::to_owned),
            detail: error.detail().map(|detail| self.text(detail)),
            injected_by: error.injected_by().map(str::to_owned),
        }
    }

    fn text(&mut self, text: &str) -> String {
        self.names.text(text).into_owned()
    }

    fn detail(&mut self, detail: &stack::Detail) -> Detail {
        match detail {
            stack::Detail::Unit => Detail::Unit,
            stack::Detail::Absent => Detail::Absent,
            stack::Detail::Bool(value) => Detail::Bool(*value),
            stack::Detail::Int(value) => Detail::Int(*value),
            stack::Detail::Float(value) => float(*value),
            stack::Detail::Text(text) => Detail::Text(self.text(text)),
            stack::Detail::Bytes(bytes) => self.bytes(bytes),
            stack::Detail::Json(value) => Detail::Json(self.json(value)),
            stack::Detail::Values(values) => {
                Detail::List(values.iter().map(|value| self.value(value)).collect())
            }
            stack::Detail::Rows(rows) => Detail::Rows(
                rows.iter()
                    .map(|row| {
                        let cells = row.columns().zip(row.values());
                        let cell = |(name, value): (&str, &Value)| Argument {
                            name: name.to_owned(),
                            value: self.value(value),
                        };
                        cells.map(cell).collect()
                    })
                    .collect(),
            ),
            stack::Detail::Duration(value) => Detail::DurationUs(micros(*value)),
            stack::Detail::Time(time) => Detail::Time(self.names.time(*time)),
            stack::Detail::Id(kind, value) => Detail::Id(self.names.id(kind, value)),
            stack::Detail::Masked => Detail::Masked,
            stack::Detail::List(items) => {
                Detail::List(items.iter().map(|item| self.detail(item)).collect())
            }
            stack::Detail::Record(parts) => {
                Detail::Record(parts.iter().map(|(name, part)| self.argument(name, part)).collect())
            }
        }
    }

    fn value(&mut self, value: &Value) -> Detail {
        match value {
            Value::Null => Detail::Absent,
            Value::Bool(value) => Detail::Bool(*value),
            Value::Int(value) => Detail::Int(*value),
            Value::Float(value) => float(*value),
            Value::Numeric(value) => Detail::Numeric(value.to_string()),
            Value::Text(text) => Detail::Text(self.text(text)),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::Json(value) => Detail::Json(self.json(value)),
            Value::Uuid(uuid) => Detail::Id(self.names.id("uuid", &uuid.to_string())),
            Value::Timestamp(time) => Detail::Time(self.names.time(*time)),
            Value::DateTime(time) => Detail::Time(self.names.civil(*time)),
            Value::Date(date) => Detail::Time(date.to_string()),
            Value::Time(time) => Detail::Time(time.to_string()),
            Value::Array(items) => {
                Detail::List(items.iter().map(|item| self.value(item)).collect())
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) -> Detail {
        match std::str::from_utf8(bytes) {
            Ok(text) => Detail::Utf8(self.text(text)),
            Err(_) => Detail::Hex(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }

    fn json(&mut self, value: &serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::String(text) => self.text(text).into(),
            serde_json::Value::Array(items) => items.iter().map(|item| self.json(item)).collect(),
            serde_json::Value::Object(members) => {
                let members =
                    members.iter().map(|(name, member)| (self.text(name), self.json(member)));
                serde_json::Value::Object(members.collect())
            }
            other => other.clone(),
        }
    }
}

fn float(value: f64) -> Detail {
    if value.is_finite() { Detail::Float(value) } else { Detail::NotFinite(value.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_SCHEMA=1 cargo test` writes the file.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let schema = schemars::schema_for!(Document);
        let mut schema = serde_json::to_string_pretty(&schema).unwrap();
        schema.push('\n');
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/trace/schema.json");
            std::fs::write(path, &schema).unwrap();
        } else {
            assert!(
                SCHEMA == schema,
                "src/trace/schema.json is not that of the types: UPDATE_SCHEMA=1 cargo test writes it"
            );
        }
    }
}
