//! Arguments and answers: borrowed while a call goes on, owned once they are kept.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use smol_str::SmolStr;

use crate::value::{Row, Value};

/// An argument or an answer, by reference. Taking it costs nothing; [`Arg::detail`] keeps it.
#[derive(Clone, Copy)]
pub enum Arg<'a> {
    /// Nothing, because there is nothing to say.
    Unit,
    /// An optional value that is absent.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a Bytes),
    /// A JSON value.
    Json(&'a serde_json::Value),
    /// The parameters of a statement.
    Values(&'a [Value]),
    /// The rows of an answer.
    Rows(&'a [Row]),
    /// A span of time.
    Duration(Duration),
    /// A date and time.
    Time(Timestamp),
    /// A value that varies from run to run: its kind (`event`, `trace`) and itself.
    Id(&'static str, &'a str),
    /// A value that must not be kept.
    Masked,
    /// Anything else.
    Other(&'a dyn Describe),
}

/// Says what is to be kept of a value that is no simple one.
pub trait Describe: Sync {
    /// What is kept.
    fn describe(&self) -> Detail;
}

impl<'a> Arg<'a> {
    /// The text, if it is one.
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            Arg::Text(text) | Arg::Id(_, text) => Some(text),
            _ => None,
        }
    }

    /// An optional argument.
    pub fn optional<T>(value: Option<T>, some: impl FnOnce(T) -> Arg<'a>) -> Arg<'a> {
        value.map_or(Arg::Absent, some)
    }

    /// Keeps it.
    pub fn detail(self) -> Detail {
        match self {
            Arg::Unit => Detail::Unit,
            Arg::Absent => Detail::Absent,
            Arg::Bool(value) => Detail::Bool(value),
            Arg::Int(value) => Detail::Int(value),
            Arg::Float(value) => Detail::Float(value),
            Arg::Text(value) => Detail::Text(value.into()),
            Arg::Bytes(value) => Detail::Bytes(value.clone()),
            Arg::Json(value) => Detail::Json(Arc::new(value.clone())),
            Arg::Values(values) => Detail::Values(values.into()),
            Arg::Rows(rows) => Detail::Rows(rows.into()),
            Arg::Duration(value) => Detail::Duration(value),
            Arg::Time(value) => Detail::Time(value),
            Arg::Id(kind, value) => Detail::Id(kind, value.into()),
            Arg::Masked => Detail::Masked,
            Arg::Other(value) => value.describe(),
        }
    }
}

impl fmt::Debug for Arg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.detail().fmt(f)
    }
}

/// An argument or an answer that is kept. Rendering is left for later.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// Nothing, because there is nothing to say.
    Unit,
    /// An optional value that is absent.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text; a short one needs no allocation.
    Text(SmolStr),
    /// Bytes.
    Bytes(Bytes),
    /// A JSON value.
    Json(Arc<serde_json::Value>),
    /// The parameters of a statement.
    Values(Box<[Value]>),
    /// The rows of an answer.
    Rows(Box<[Row]>),
    /// A span of time.
    Duration(Duration),
    /// A date and time.
    Time(Timestamp),
    /// A value that varies from run to run: its kind (`event`, `trace`) and itself.
    Id(&'static str, SmolStr),
    /// A value that must not be kept.
    Masked,
    /// Several.
    List(Box<[Detail]>),
    /// Several with names.
    Record(Box<[(Cow<'static, str>, Detail)]>),
}

/// What a trace keeps of an answer.
pub trait Reveal {
    /// The answer, by reference.
    fn reveal(&self) -> Arg<'_>;
}

impl Reveal for () {
    fn reveal(&self) -> Arg<'_> {
        Arg::Unit
    }
}

impl Reveal for bool {
    fn reveal(&self) -> Arg<'_> {
        Arg::Bool(*self)
    }
}

impl Reveal for i64 {
    fn reveal(&self) -> Arg<'_> {
        Arg::Int(*self)
    }
}

impl Reveal for u64 {
    fn reveal(&self) -> Arg<'_> {
        // A count above i64::MAX cannot be reached by counting.
        Arg::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl Reveal for String {
    fn reveal(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl Reveal for Bytes {
    fn reveal(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl Reveal for Vec<Row> {
    fn reveal(&self) -> Arg<'_> {
        Arg::Rows(self)
    }
}

impl Reveal for serde_json::Value {
    fn reveal(&self) -> Arg<'_> {
        Arg::Json(self)
    }
}

impl<T: Reveal> Reveal for Option<T> {
    fn reveal(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Absent, Reveal::reveal)
    }
}
