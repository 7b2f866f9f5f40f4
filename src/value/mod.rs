//! Values that travel to and from a database: [`Value`], [`Row`], `params!`.

mod convert;
mod row;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use uuid::Uuid;

pub use convert::{FromValue, Mismatch};
pub use row::{Row, RowIndex};

/// One SQL value. Cloning never copies text, bytes, JSON or arrays.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// SQL NULL, of any type.
    #[default]
    Null,
    /// `boolean`
    Bool(bool),
    /// `smallint`, `integer`, `bigint`
    Int(i64),
    /// `real`, `double precision`
    Float(f64),
    /// `numeric`: exact, of any size
    Numeric(Numeric),
    /// `text`, `varchar`, `char`, enum types
    Text(Arc<str>),
    /// `bytea`
    Bytes(Bytes),
    /// `json`, `jsonb`
    Json(Arc<serde_json::Value>),
    /// `uuid`
    Uuid(Uuid),
    /// `timestamp with time zone`
    Timestamp(Timestamp),
    /// `timestamp without time zone`
    DateTime(DateTime),
    /// `date`
    Date(Date),
    /// `time without time zone`
    Time(Time),
    /// An array of any of these.
    Array(Arc<[Value]>),
}

impl Value {
    /// The name of the SQL type family, for messages: `int`, `text`, …
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Numeric(_) => "numeric",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytea",
            Value::Json(_) => "json",
            Value::Uuid(_) => "uuid",
            Value::Timestamp(_) => "timestamptz",
            Value::DateTime(_) => "timestamp",
            Value::Date(_) => "date",
            Value::Time(_) => "time",
            Value::Array(_) => "array",
        }
    }

    /// True for SQL NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

/// An exact decimal, kept as its text. Convert it with the decimal crate that the application uses:
/// `numeric.as_str().parse::<Decimal>()`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Numeric(Arc<str>);

impl Numeric {
    /// `Some` if `text` is a decimal number (`-12.50`, no exponent), or `NaN`.
    ///
    /// ```
    /// use stuntdouble::Numeric;
    /// assert!(Numeric::new("-12.50").is_some());
    /// assert!(Numeric::new("12,50").is_none());
    /// ```
    pub fn new(text: &str) -> Option<Numeric> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (text == "NaN" || (number(whole) && number(fraction))).then(|| Numeric(text.into()))
    }

    /// The decimal as text, with as many digits after the point as its scale.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Builds the parameters of a statement: each argument is turned into a [`Value`] by `Value::from`.
///
/// ```
/// use stuntdouble::{Value, params};
///
/// let note: Option<&str> = None;
/// assert_eq!(params![7, "tea", note], [Value::Int(7), Value::Text("tea".into()), Value::Null]);
/// ```
#[macro_export]
macro_rules! params {
    () => { &[] as &[$crate::Value] };
    ($($value:expr),+ $(,)?) => { &[$($crate::Value::from($value)),+] as &[$crate::Value] };
}
