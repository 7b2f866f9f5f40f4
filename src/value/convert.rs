//! Conversions between Rust's types and [`Value`], both ways.

use std::any::type_name;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use uuid::Uuid;

use super::{Numeric, Value};

macro_rules! into_value {
    ($($from:ty => |$v:ident| $to:expr;)*) => {
        $(impl From<$from> for Value { fn from($v: $from) -> Value { $to } })*
    };
}

into_value! {
    bool => |v| Value::Bool(v);
    i16 => |v| Value::Int(v.into());
    i32 => |v| Value::Int(v.into());
    i64 => |v| Value::Int(v);
    u8 => |v| Value::Int(v.into());
    u16 => |v| Value::Int(v.into());
    u32 => |v| Value::Int(v.into());
    f32 => |v| Value::Float(v.into());
    f64 => |v| Value::Float(v);
    Numeric => |v| Value::Numeric(v);
    &str => |v| Value::Text(v.into());
    String => |v| Value::Text(v.into());
    &String => |v| Value::Text(v.as_str().into());
    Arc<str> => |v| Value::Text(v);
    Bytes => |v| Value::Bytes(v);
    Vec<u8> => |v| Value::Bytes(v.into());
    &[u8] => |v| Value::Bytes(Bytes::copy_from_slice(v));
    serde_json::Value => |v| Value::Json(Arc::new(v));
    &serde_json::Value => |v| Value::Json(Arc::new(v.clone()));
    Uuid => |v| Value::Uuid(v);
    Timestamp => |v| Value::Timestamp(v);
    DateTime => |v| Value::DateTime(v);
    Date => |v| Value::Date(v);
    Time => |v| Value::Time(v);
    &Value => |v| v.clone();
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Value {
        Value::Array(values.into_iter().map(Into::into).collect())
    }
}

/// Why a value is not of the wanted type. [`Row::get`](super::Row::get) adds the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The Rust type that was asked for.
    pub wanted: &'static str,
    /// What the value is.
    pub found: &'static str,
    /// What can be done about it, where something can.
    pub hint: Option<&'static str>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wanted {}, found {}", self.wanted, self.found)?;
        self.hint.map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}

impl std::error::Error for Mismatch {}

/// A Rust type that can be read from a [`Value`]. No conversion loses anything: an integer that does
/// not fit, a fraction read as an integer and NULL without `Option` are errors.
pub trait FromValue: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// [`Mismatch`] if the value is of another type, out of range, or NULL.
    fn from_value(value: &Value) -> Result<Self, Mismatch>;
}

fn mismatch<T>(value: &Value) -> Mismatch {
    let hint = match value {
        Value::Null => Some("read it as Option"),
        Value::Numeric(_) => Some("read it as Numeric, or cast it in SQL, as in sum(x)::bigint"),
        Value::Int(_) if type_name::<T>().starts_with(['i', 'u']) => Some("out of range"),
        _ => None,
    };
    let wanted = type_name::<T>().rsplit("::").next().unwrap_or_default();
    Mismatch { wanted, found: value.type_name(), hint }
}

macro_rules! from_value {
    ($($to:ty: $($pattern:pat => $value:expr),+;)*) => {
        $(impl FromValue for $to {
            fn from_value(value: &Value) -> Result<Self, Mismatch> {
                match value {
                    $($pattern => $value,)+
                    _ => None,
                }
                .ok_or_else(|| mismatch::<Self>(value))
            }
        })*
    };
}

from_value! {
    bool: Value::Bool(v) => Some(*v);
    i16: Value::Int(v) => (*v).try_into().ok();
    i32: Value::Int(v) => (*v).try_into().ok();
    i64: Value::Int(v) => Some(*v);
    u16: Value::Int(v) => (*v).try_into().ok();
    u32: Value::Int(v) => (*v).try_into().ok();
    u64: Value::Int(v) => (*v).try_into().ok();
    usize: Value::Int(v) => (*v).try_into().ok();
    f64: Value::Float(v) => Some(*v);
    f32: Value::Float(v) => Some(*v as f32).filter(|narrow| f64::from(*narrow) == *v || v.is_nan());
    Numeric: Value::Numeric(v) => Some(v.clone()), Value::Int(v) => Numeric::new(&v.to_string());
    String: Value::Text(v) => Some(v.to_string());
    Arc<str>: Value::Text(v) => Some(v.clone());
    Bytes: Value::Bytes(v) => Some(v.clone());
    Vec<u8>: Value::Bytes(v) => Some(v.to_vec());
    serde_json::Value: Value::Json(v) => Some((**v).clone());
    Uuid: Value::Uuid(v) => Some(*v);
    Timestamp: Value::Timestamp(v) => Some(*v);
    DateTime: Value::DateTime(v) => Some(*v);
    Date: Value::Date(v) => Some(*v);
    Time: Value::Time(v) => Some(*v);
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        Ok(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

/// `bytea` is read as `Vec<u8>`, so arrays are read as boxed slices.
impl<T: FromValue> FromValue for Box<[T]> {
    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Array(items) => items.iter().map(T::from_value).collect(),
            other => Err(mismatch::<Self>(other)),
        }
    }
}
