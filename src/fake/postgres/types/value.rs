//! Between the engine's [`Datum`] and the service's [`Value`].

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};

use super::super::errors::{R, fail, pg};
use super::json::Json;
use super::numeric::Decimal;
use super::text::{input, int_range, output};
use super::{Array, Datum, Type, datetime};
use crate::value::{Numeric, Value};

/// The value as the service gives it. Types that it has no form for come as their text.
pub(crate) fn to_value(datum: &Datum, ty: Type) -> Value {
    match datum {
        Datum::Null => Value::Null,
        Datum::Bool(v) => Value::Bool(*v),
        Datum::Int(v) if ty != Type::TID => Value::Int(*v),
        Datum::Float(v) => Value::Float(*v),
        Datum::Numeric(v) => match Numeric::new(&v.to_string()) {
            Some(numeric) => Value::Numeric(numeric),
            None => Value::Text(v.to_string().into()),
        },
        Datum::Text(v) if ty == Type::JSON => json_value(v),
        Datum::Text(v) => Value::Text(v.clone()),
        Datum::Bytes(v) => Value::Bytes((**v).clone()),
        Datum::Uuid(v) => Value::Uuid(*v),
        Datum::Json(v) => json_value(&v.to_string()),
        Datum::Timestamp(v) => {
            timestamp(*v, ty).unwrap_or_else(|| Value::Text(output(datum, ty).into()))
        }
        Datum::Date(v) => datetime_of(i64::from(*v).saturating_mul(datetime::DAY)).map_or_else(
            || Value::Text(output(datum, ty).into()),
            |moment| Value::Date(moment.date()),
        ),
        Datum::Time(v) => datetime_of(*v).filter(|_| *v < datetime::DAY).map_or_else(
            || Value::Text(output(datum, ty).into()),
            |moment| Value::Time(moment.time()),
        ),
        Datum::Array(array) if array.dimensions.len() <= 1 => {
            Value::Array(array.items.iter().map(|item| to_value(item, array.element)).collect())
        }
        other => Value::Text(output(other, ty).into()),
    }
}

fn json_value(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(json) => Value::Json(Arc::new(json)),
        Err(_) => Value::Text(text.into()),
    }
}

fn timestamp(micros: i64, ty: Type) -> Option<Value> {
    if ty == Type::TIMESTAMPTZ {
        Timestamp::from_microsecond(micros).ok().map(Value::Timestamp)
    } else {
        datetime_of(micros).map(Value::DateTime)
    }
}

fn datetime_of(micros: i64) -> Option<DateTime> {
    let (year, month, day) = datetime::civil_of(micros.div_euclid(datetime::DAY));
    let date = jiff::civil::Date::new(year.try_into().ok()?, month as i8, day as i8).ok()?;
    let rest = micros.rem_euclid(datetime::DAY);
    let second = rest / datetime::SECOND;
    let time = Time::new(
        (second / 3600) as i8,
        (second / 60 % 60) as i8,
        (second % 60) as i8,
        (rest % datetime::SECOND * 1000) as i32,
    );
    Some(date.to_datetime(time.ok()?))
}

fn civil_micros(moment: DateTime) -> i64 {
    let days = datetime::days_of(moment.year().into(), moment.month().into(), moment.day().into());
    days * datetime::DAY + time_micros(moment.time())
}

fn time_micros(time: Time) -> i64 {
    let seconds =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    seconds * datetime::SECOND + i64::from(time.subsec_nanosecond()) / 1000
}

/// Types as which the text of a number or a truth value may be read.
fn is_readable(ty: Type) -> bool {
    ty.is_integer()
        || matches!(
            ty,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NUMERIC | Type::BOOL | Type::FLOAT8
        )
}

/// The parameter `$place` as a value of the type that the planner gave it. Text is read by the type's
/// input function, as PostgreSQL reads parameters in text format.
pub(crate) fn from_value(value: &Value, ty: Type, place: usize) -> R<Datum> {
    let number = |v: f64| if ty == Type::FLOAT4 { f64::from(v as f32) } else { v };
    Ok(match (value, ty) {
        (Value::Null, _) => Datum::Null,
        (Value::Bool(v), Type::BOOL) => Datum::Bool(*v),
        (Value::Int(v), Type::INT2 | Type::INT4 | Type::INT8 | Type::OID | Type::XID) => {
            if !int_range(ty).contains(v) {
                return fail(
                    "22003",
                    format!("value \"{v}\" is out of range for type {}", ty.name()),
                );
            }
            Datum::Int(*v)
        }
        (Value::Int(v), Type::FLOAT4 | Type::FLOAT8) => Datum::Float(number(*v as f64)),
        (Value::Int(v), Type::NUMERIC) => Datum::decimal(Decimal::int(*v)),
        (Value::Float(v), Type::FLOAT4 | Type::FLOAT8) => Datum::Float(number(*v)),
        (Value::Float(v), Type::NUMERIC) => {
            Datum::decimal(Decimal::parse(&v.to_string()).unwrap_or(Decimal::NaN))
        }
        (Value::Numeric(v), Type::NUMERIC) => input(v.as_str(), ty, 0)?,
        (Value::Numeric(v), Type::FLOAT4 | Type::FLOAT8) => input(v.as_str(), ty, 0)?,
        (Value::Text(v), Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME) => {
            if v.contains('\0') {
                return fail("22021", "invalid byte sequence for encoding \"UTF8\": 0x00");
            }
            Datum::Text(v.clone())
        }
        (Value::Text(v), _) => input(v, ty, 0)?,
        (Value::Bytes(v), Type::BYTEA) => Datum::Bytes(Arc::new(v.clone())),
        (Value::Json(v), Type::JSONB) => Datum::Json(Arc::new(Json::from_serde(v))),
        (Value::Json(v), Type::JSON) => Datum::text(v.to_string()),
        (Value::Uuid(v), Type::UUID) => Datum::Uuid(*v),
        (Value::Timestamp(v), Type::TIMESTAMPTZ) => Datum::Timestamp(v.as_microsecond()),
        (Value::DateTime(v), Type::TIMESTAMP) => Datum::Timestamp(civil_micros(*v)),
        (Value::Date(v), Type::DATE) => {
            Datum::Date(datetime::days_of(v.year().into(), v.month().into(), v.day().into()) as i32)
        }
        (Value::Time(v), Type::TIME) => Datum::Time(time_micros(*v)),
        (Value::Array(items), ty) if ty.element().is_some() => {
            let element = ty.element().unwrap_or(Type::TEXT);
            let items =
                items.iter().map(|item| from_value(item, element, place)).collect::<R<Vec<_>>>()?;
            Datum::Array(Arc::new(Array::of(element, items)))
        }
        // As a driver that sends text has it.
        (Value::Int(v), ty) if is_readable(ty) => input(&v.to_string(), ty, 0)?,
        (Value::Numeric(v), ty) if is_readable(ty) => input(v.as_str(), ty, 0)?,
        (Value::Bool(v), ty) if is_readable(ty) => input(&v.to_string(), ty, 0)?,
        _ => {
            let message = format!(
                "parameter ${} is of type {}, but its value is of type {}",
                place + 1,
                ty.name(),
                value.type_name()
            );
            return Err(pg("42804", message));
        }
    })
}
