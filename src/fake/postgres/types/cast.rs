//! Casts: which exist, where they apply by themselves, and what they do (`pg_cast`).

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::datetime::{self, DAY, local_of_moment, moment_of_local};
use super::interval::Interval;
use super::json::Json;
use super::numeric::Decimal;
use super::{Category, Datum, Kind, Type, Typed, made, text};

/// Where a cast applies by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Context {
    /// Anywhere in an expression.
    Implicit,
    /// When a value is stored in a column.
    Assignment,
    /// Only where the statement asks for it.
    Explicit,
}

/// The weakest context in which `from` becomes `to`; `None` if never.
pub(crate) fn context(from: Type, to: Type) -> Option<Context> {
    use Context::{Assignment, Explicit, Implicit};
    if from == to || from == Type::UNKNOWN {
        return Some(Implicit);
    }
    if from.kind() == Some(Kind::Domain) || to.kind() == Some(Kind::Domain) {
        let (a, b) = (made::base_of(from), made::base_of(to));
        return if (a, b) == (from, to) { None } else { context(a, b) };
    }
    if from.is_row() && to.is_row() {
        return match (from, to) {
            (Type::RECORD, _) => Some(Assignment),
            (_, Type::RECORD) => Some(Implicit),
            _ => None,
        };
    }
    if let (Some(a), Some(b)) = (from.element(), to.element()) {
        return context(a, b);
    }
    let known = match (from, to) {
        (Type::INT2, Type::INT4 | Type::INT8) | (Type::INT4, Type::INT8) => Implicit,
        (Type::INT2 | Type::INT4 | Type::INT8, Type::FLOAT4 | Type::FLOAT8 | Type::NUMERIC) => {
            Implicit
        }
        (Type::INT4, Type::INT2) | (Type::INT8, Type::INT2 | Type::INT4) => Assignment,
        (
            Type::INT2 | Type::INT4 | Type::INT8,
            Type::OID | Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE,
        ) => Implicit,
        (
            Type::OID | Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE,
            Type::INT4 | Type::INT8,
        ) => Assignment,
        (Type::OID, Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE)
        | (Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE, Type::OID) => Implicit,
        (Type::CHAR, Type::TEXT) => Implicit,
        (Type::FLOAT4, Type::FLOAT8) | (Type::NUMERIC, Type::FLOAT4 | Type::FLOAT8) => Implicit,
        (Type::FLOAT8, Type::FLOAT4) | (Type::FLOAT4 | Type::FLOAT8, Type::NUMERIC) => Assignment,
        (Type::FLOAT4 | Type::FLOAT8 | Type::NUMERIC, Type::INT2 | Type::INT4 | Type::INT8) => {
            Assignment
        }
        (Type::INT4, Type::BOOL) | (Type::BOOL, Type::INT4) => Explicit,
        (
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR,
        ) => Implicit,
        (Type::TEXT | Type::VARCHAR | Type::BPCHAR, Type::NAME) => Implicit,
        (Type::TEXT | Type::VARCHAR, Type::REGCLASS) => Implicit,
        (Type::DATE, Type::TIMESTAMP | Type::TIMESTAMPTZ) => Implicit,
        (Type::TIMESTAMP, Type::TIMESTAMPTZ) => Implicit,
        (Type::TIME, Type::INTERVAL | Type::TIMETZ) => Implicit,
        (Type::TIMESTAMP | Type::TIMESTAMPTZ, Type::DATE | Type::TIME) => Assignment,
        (Type::TIMESTAMPTZ, Type::TIMESTAMP | Type::TIMETZ) => Assignment,
        (Type::INTERVAL | Type::TIMETZ, Type::TIME) => Assignment,
        (Type::JSON, Type::JSONB) | (Type::JSONB, Type::JSON) => Assignment,
        (
            Type::JSONB,
            Type::BOOL
            | Type::NUMERIC
            | Type::INT2
            | Type::INT4
            | Type::INT8
            | Type::FLOAT4
            | Type::FLOAT8,
        ) => Explicit,
        // Every type prints as text, and text reads as every type, if the statement says so.
        (from, to) if to.is_string() && from.category() != Category::Pseudo => Assignment,
        (from, to) if from.is_string() && to.category() != Category::Pseudo => Explicit,
        (from, to) if from.is_row() && to.is_string() => Assignment,
        _ => return None,
    };
    Some(known)
}

/// True if the cast changes nothing but the type's name.
pub(crate) fn is_relabel(from: Type, to: Type) -> bool {
    from == to
        || (from.is_row() && to == Type::RECORD)
        || matches!(
            (from, to),
            (Type::INT2, Type::INT4 | Type::INT8 | Type::OID)
                | (Type::INT4, Type::INT8)
                | (
                    Type::OID | Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE,
                    Type::INT8 | Type::OID | Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE
                )
                | (Type::CHAR, Type::TEXT)
                | (
                    Type::TEXT | Type::VARCHAR | Type::NAME,
                    Type::TEXT | Type::VARCHAR | Type::BPCHAR
                )
                | (Type::FLOAT4, Type::FLOAT8)
        )
}

/// Converts a value. The planner has checked that the cast exists.
pub(crate) fn convert(value: &Datum, from: Type, to: Type, now: i64) -> R<Datum> {
    if value.is_null() || is_relabel(from, to) {
        return Ok(value.clone());
    }
    if from.kind() == Some(Kind::Domain) {
        return convert(value, made::base_of(from), to, now);
    }
    if to.kind() == Some(Kind::Domain) {
        let base = made::base_typed(Typed::plain(to));
        return fit(convert(value, from, base.ty, now)?, base, true);
    }
    if let (Datum::Array(array), Some(a), Some(b)) = (value, from.element(), to.element()) {
        let items =
            array.items.iter().map(|item| convert(item, a, b, now)).collect::<R<Vec<_>>>()?;
        return Ok(Datum::Array(Arc::new(array.shaped(b, items))));
    }
    match (value, to) {
        (Datum::Text(read), _) if from != Type::JSON && !to.is_string() => {
            let read = if from == Type::BPCHAR { read.trim_end_matches(' ') } else { read };
            text::input(read, to, now)
        }
        (Datum::Text(read), Type::TEXT | Type::VARCHAR | Type::NAME) if from == Type::BPCHAR => {
            Ok(Datum::text(read.trim_end_matches(' ')))
        }
        (Datum::Text(read), Type::NAME) => Ok(Datum::text(text::name(read))),
        (Datum::Text(_), to) if to.is_string() => Ok(value.clone()),
        (Datum::Bool(flag), Type::TEXT | Type::VARCHAR | Type::BPCHAR) => {
            Ok(Datum::text(flag.to_string()))
        }
        (value, to) if to.is_string() => Ok(Datum::text(text::output(value, from))),
        (Datum::Composite(row), to) if to.is_row() => {
            let fields = made::fields_of(to)?;
            if fields.len() != row.values.len() {
                return fail("42846", format!("cannot cast type record to {}", to.name()));
            }
            let mut values = vec![];
            for (place, field) in fields.iter().enumerate() {
                let value = convert(&row.values[place], row.fields[place].1, field.typed.ty, now)?;
                values.push(fit(value, field.typed, true)?);
            }
            Ok(made::composite(to, &fields, values))
        }
        (Datum::Int(v), Type::INT2 | Type::INT4 | Type::INT8 | Type::OID) => int_fits(*v, to),
        (Datum::Int(v), Type::NUMERIC) => Ok(Datum::decimal(Decimal::int(*v))),
        (Datum::Int(v), Type::FLOAT4) => Ok(Datum::Float(f64::from(*v as f32))),
        (Datum::Int(v), Type::FLOAT8) => Ok(Datum::Float(*v as f64)),
        (Datum::Int(v), Type::BOOL) => Ok(Datum::Bool(*v != 0)),
        (Datum::Bool(v), Type::INT4) => Ok(Datum::Int(i64::from(*v))),
        (Datum::Float(v), Type::INT2 | Type::INT4 | Type::INT8) => float_to_int(*v, to),
        (Datum::Float(v), Type::NUMERIC) if from == Type::FLOAT4 => Ok(Datum::decimal(
            Decimal::parse(&format!("{:.5e}", *v as f32))
                .map_or(Decimal::from_float(*v), Decimal::trimmed),
        )),
        (Datum::Float(v), Type::NUMERIC) => Ok(Datum::decimal(Decimal::from_float(*v))),
        (Datum::Float(v), Type::FLOAT4) => to_float4(*v),
        (Datum::Numeric(v), Type::INT2 | Type::INT4 | Type::INT8) => numeric_to_int(v, to),
        (Datum::Numeric(v), Type::FLOAT4 | Type::FLOAT8) => text::input(&v.to_string(), to, now),
        (Datum::Date(v), Type::TIMESTAMP | Type::TIMESTAMPTZ) => match *v {
            i32::MAX => Ok(Datum::Timestamp(i64::MAX)),
            i32::MIN => Ok(Datum::Timestamp(i64::MIN)),
            days => match i64::from(days).checked_mul(DAY).map(datetime::check_timestamp) {
                Some(Ok(micros)) if to == Type::TIMESTAMPTZ => moment_of_local(micros)
                    .map(Datum::Timestamp)
                    .map_err(|_| pg("22008", "date out of range for timestamp")),
                Some(Ok(micros)) => Ok(Datum::Timestamp(micros)),
                _ => fail("22008", "date out of range for timestamp"),
            },
        },
        (Datum::Timestamp(v), Type::TIMESTAMPTZ) if from == Type::TIMESTAMP => {
            moment_of_local(*v).map(Datum::Timestamp)
        }
        (Datum::Timestamp(v), _) => {
            let zoned = from == Type::TIMESTAMPTZ;
            let local = if zoned { local_of_moment(*v)? } else { *v };
            Ok(match (to, local) {
                (Type::TIMESTAMP | Type::TIMESTAMPTZ, local) => Datum::Timestamp(local),
                (Type::DATE, i64::MAX) => Datum::Date(i32::MAX),
                (Type::DATE, i64::MIN) => Datum::Date(i32::MIN),
                (Type::DATE, local) => Datum::Date(local.div_euclid(DAY) as i32),
                (_, i64::MAX | i64::MIN) => Datum::Null,
                (Type::TIMETZ, local) => {
                    let west = -super::style::zone().east_at(*v);
                    Datum::TimeTz(local.rem_euclid(DAY), west)
                }
                (_, local) => Datum::Time(local.rem_euclid(DAY)),
            })
        }
        (Datum::Time(v), Type::INTERVAL) => Ok(Datum::Interval(Interval::of_micros(*v))),
        (Datum::Time(v), Type::TIMETZ) => {
            let zone = super::style::zone();
            let today = zone.to_local(now)?.div_euclid(DAY) * DAY;
            Ok(Datum::TimeTz(*v, -zone.east_of_local(today + v)))
        }
        (Datum::TimeTz(v, _), Type::TIME) => Ok(Datum::Time(*v)),
        (Datum::Interval(v), Type::TIME) => Ok(Datum::Time(v.micros.rem_euclid(DAY))),
        (Datum::Text(read), Type::JSONB) => Ok(Datum::Json(Arc::new(Json::parse(read)?))),
        (Datum::Json(json), Type::JSON) => Ok(Datum::text(json.to_string())),
        (Datum::Json(json), _) => json_to(json, to),
        _ => fail("42846", format!("cannot cast type {} to {}", from.name(), to.name())),
    }
}

fn json_to(json: &Json, to: Type) -> R<Datum> {
    match (json, to) {
        (Json::Bool(v), Type::BOOL) => Ok(Datum::Bool(*v)),
        (Json::Number(v), Type::NUMERIC) => Ok(Datum::decimal(v.clone())),
        (Json::Number(v), Type::INT2 | Type::INT4 | Type::INT8) => numeric_to_int(v, to),
        (Json::Number(v), Type::FLOAT4) => to_float4(v.to_float()),
        (Json::Number(v), Type::FLOAT8) => Ok(Datum::Float(v.to_float())),
        _ => fail("22023", format!("cannot cast jsonb {} to type {}", json.type_name(), to.name())),
    }
}

/// 22003, as arithmetic and casts to an integer type report it.
#[cold]
pub(crate) fn int_out_of_range(ty: Type) -> crate::error::Error {
    pg("22003", format!("{} out of range", ty.name()))
}

pub(crate) fn int_fits(value: i64, ty: Type) -> R<Datum> {
    if text::int_range(ty).contains(&value) {
        Ok(Datum::Int(value))
    } else {
        Err(int_out_of_range(ty))
    }
}

fn float_to_int(value: f64, ty: Type) -> R<Datum> {
    let rounded = value.round_ties_even();
    if rounded.is_nan()
        || !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&rounded)
    {
        return Err(int_out_of_range(ty));
    }
    int_fits(rounded as i64, ty)
}

fn numeric_to_int(value: &Decimal, ty: Type) -> R<Datum> {
    match value {
        Decimal::NaN => fail("0A000", format!("cannot convert NaN to {}", ty.name())),
        Decimal::Infinity | Decimal::NegativeInfinity => {
            fail("0A000", format!("cannot convert infinity to {}", ty.name()))
        }
        Decimal::Finite { .. } => int_fits(value.to_i64().ok_or_else(|| int_out_of_range(ty))?, ty),
    }
}

fn to_float4(value: f64) -> R<Datum> {
    let narrow = value as f32;
    if narrow.is_infinite() && value.is_finite() {
        return fail("22003", "value out of range: overflow");
    }
    if narrow == 0.0 && value != 0.0 {
        return fail("22003", "value out of range: underflow");
    }
    Ok(Datum::Float(narrow.into()))
}

/// Applies `(n)`: cuts, pads, rounds, or fails. An explicit cast cuts strings silently.
pub(crate) fn fit(value: Datum, typed: Typed, explicit: bool) -> R<Datum> {
    if typed.modifier < 0 {
        return Ok(value);
    }
    match (&value, typed.ty) {
        (Datum::Text(read), Type::VARCHAR | Type::BPCHAR) => {
            let limit = typed.modifier as usize;
            // Bytes are never fewer than characters: most texts need no count.
            if read.len() > limit && read.chars().count() > limit {
                let cut = read.char_indices().nth(limit).map_or(read.len(), |(at, _)| at);
                if !explicit && !read[cut..].bytes().all(|b| b == b' ') {
                    return fail("22001", format!("value too long for type {}", typed.describe()));
                }
                return Ok(Datum::text(&read[..cut]));
            }
            if typed.ty == Type::BPCHAR {
                let missing = limit - read.chars().count();
                if missing > 0 {
                    return Ok(Datum::text(format!("{read}{}", " ".repeat(missing))));
                }
            }
            Ok(value)
        }
        (Datum::Numeric(decimal), Type::NUMERIC) => Ok(Datum::decimal(decimal.fit(typed)?)),
        (Datum::Timestamp(micros), _) => {
            Ok(Datum::Timestamp(datetime::round_to(*micros, typed.modifier)))
        }
        (Datum::Time(micros), _) => Ok(Datum::Time(datetime::round_time(*micros, typed.modifier))),
        (Datum::TimeTz(micros, west), _) => {
            Ok(Datum::TimeTz(datetime::round_time(*micros, typed.modifier), *west))
        }
        (Datum::Interval(interval), _) => Ok(Datum::Interval(interval.fit(typed.modifier))),
        (Datum::Array(array), ty) if ty.element().is_some() => {
            let element = Typed { ty: array.element, modifier: typed.modifier };
            let items = array
                .items
                .iter()
                .map(|item| fit(item.clone(), element, explicit))
                .collect::<R<Vec<_>>>()?;
            Ok(Datum::Array(Arc::new(array.shaped(array.element, items))))
        }
        _ => Ok(value),
    }
}
