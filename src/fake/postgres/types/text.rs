//! How every type reads from text and prints as text, as PostgreSQL's input and output functions do.

use std::sync::Arc;

use bytes::Bytes;

use super::super::errors::{R, fail, pg};
use super::super::functions::jsonpath_text;
use super::json::Json;
use super::numeric::Decimal;
use super::{Datum, Kind, Type, arraytext, dateinput, datetime, intervaltext, made, range};

/// Prints a value that is not NULL.
pub(crate) fn output(value: &Datum, ty: Type) -> String {
    match value {
        Datum::Int(place) if ty.is_made() => made::output_made(*place, ty),
        Datum::Int(oid) if made::is_reg(ty) => made::reg_output(*oid, ty),
        value if ty.kind() == Some(Kind::Domain) => output(value, made::base_of(ty)),
        Datum::Int(place) if ty == Type::TID => format!("({},{})", place >> 16, place & 0xffff),
        Datum::Null => String::new(),
        Datum::Bool(v) => if *v { "t" } else { "f" }.into(),
        Datum::Int(v) => v.to_string(),
        Datum::Float(v) if ty == Type::FLOAT4 => float4(*v as f32),
        Datum::Float(v) => float8(*v),
        Datum::Numeric(v) => v.to_string(),
        Datum::Text(v) => v.to_string(),
        Datum::Bytes(v) => hex(v),
        Datum::Uuid(v) => v.to_string(),
        Datum::Date(v) => datetime::date_text(*v),
        Datum::Time(v) => datetime::time_text(*v),
        Datum::Timestamp(v) => datetime::timestamp_text(*v, ty == Type::TIMESTAMPTZ),
        Datum::TimeTz(time, west) => datetime::timetz_text(*time, *west),
        Datum::Interval(v) => intervaltext::text(*v),
        Datum::Json(v) => v.to_string(),
        Datum::Array(v) if ty == Type::INT2VECTOR => {
            let items: Vec<String> = v.items.iter().map(|item| output(item, Type::INT2)).collect();
            items.join(" ")
        }
        Datum::Array(v) => arraytext::print(v),
        Datum::Record(v) => record_text(v),
        Datum::Composite(v) => made::composite_output(v),
        Datum::Range(v) => range::print(v, ty),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("\\x"), |mut out, byte| {
        out.push_str(&format!("{byte:02x}"));
        out
    })
}

fn float8(value: f64) -> String {
    shortest(value, &format!("{value:e}"), &value.to_string(), 15)
}

fn float4(value: f32) -> String {
    shortest(value.into(), &format!("{value:e}"), &value.to_string(), 6)
}

/// The shortest text that reads back as the same number; an exponent below 1e-4 and from 10^`digits`.
fn shortest(value: f64, scientific: &str, plain: &str, digits: i32) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return plain.into() };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && (exponent < -4 || exponent >= digits) {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{mantissa}e{sign}{:02}", exponent.abs())
    } else {
        plain.into()
    }
}

/// Keys of indexes are never shown with types of their own.
fn record_text(fields: &[Datum]) -> String {
    let parts: Vec<String> = fields.iter().map(|field| output(field, Type::TEXT)).collect();
    format!("({})", parts.join(","))
}

fn invalid<T>(ty: Type, text: &str) -> R<T> {
    fail("22P02", format!("invalid input syntax for type {}: \"{text}\"", ty.name()))
}

/// Reads a text as a value of that type. `now` is the transaction's start, in microseconds.
pub(crate) fn input(text: &str, ty: Type, now: i64) -> R<Datum> {
    Ok(match ty {
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::UNKNOWN => Datum::text(text),
        Type::NAME => Datum::text(name(text)),
        Type::CHAR => Datum::text(text.chars().next().map(String::from).unwrap_or_default()),
        Type::BOOL => return boolean(text),
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => Datum::Int(integer(text, ty)?),
        Type::FLOAT4 | Type::FLOAT8 => float(text, ty)?,
        Type::TID => row_place(text)?,
        Type::XID => Datum::Int(transaction_number(text)),
        Type::NUMERIC => match Decimal::read(text)? {
            Some(value) => Datum::decimal(value),
            None => return invalid(ty, text),
        },
        ty if made::is_reg(ty) => return made::reg_input(text, ty),
        Type::BYTEA => Datum::Bytes(Arc::new(bytea(text)?)),
        Type::UUID => match uuid::Uuid::try_parse(text.trim_matches(['{', '}'])) {
            Ok(uuid) => Datum::Uuid(uuid),
            Err(_) => return invalid(ty, text),
        },
        Type::DATE | Type::TIME | Type::TIMETZ | Type::TIMESTAMP | Type::TIMESTAMPTZ => {
            dateinput::parse(text, ty, now)?
        }
        Type::INTERVAL => Datum::Interval(intervaltext::parse(text, -1)?),
        Type::JSON => {
            Json::check(text)?;
            Datum::text(text)
        }
        Type::JSONPATH => Datum::text(jsonpath_text(text)?),
        Type::JSONB => Datum::Json(Arc::new(Json::parse(text)?)),
        ty if ty.subtype().is_some() => return range::read(text, ty, now),
        ty if ty.is_row() => return made::composite_input(text, ty, now),
        ty if ty.kind() == Some(Kind::Enum) => return made::enum_input(text, ty),
        ty if ty.kind() == Some(Kind::Domain) => return made::domain_input(text, ty, now),
        _ => match ty.element() {
            Some(element) => Datum::Array(Arc::new(arraytext::read(text, element, now)?)),
            None => return fail("0A000", format!("cannot accept a value of type {}", ty.name())),
        },
    })
}

/// As much of a text as a `name` keeps: 63 bytes.
pub(crate) fn name(text: &str) -> &str {
    let end = (0..=text.len().min(63)).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// `(page,item)`
fn row_place(text: &str) -> R<Datum> {
    let parts = text.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let numbers = parts.and_then(|(inside, _)| {
        let (page, item) = inside.split_once(',')?;
        Some((page.trim_start().parse::<u32>().ok()?, item.trim_start().parse::<u16>().ok()?))
    });
    match numbers {
        Some((page, item)) => Ok(Datum::Int((i64::from(page) << 16) | i64::from(item))),
        None => invalid(Type::TID, text),
    }
}

/// As many digits as there are; nothing else is looked at.
fn transaction_number(text: &str) -> i64 {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse::<u32>().unwrap_or_default().into()
}

fn boolean(text: &str) -> R<Datum> {
    let word = text.trim().to_ascii_lowercase();
    let is = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    if is("true", 1) || is("yes", 1) || is("on", 2) || word == "1" {
        return Ok(Datum::Bool(true));
    }
    if is("false", 1) || is("no", 1) || is("off", 2) || word == "0" {
        return Ok(Datum::Bool(false));
    }
    invalid(Type::BOOL, text)
}

fn integer(text: &str, ty: Type) -> R<i64> {
    let digits = text.trim();
    let shaped = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    if shaped.is_empty() || !shaped.bytes().all(|b| b.is_ascii_digit()) {
        return invalid(ty, text);
    }
    let value = digits.parse::<i64>().ok().filter(|value| int_range(ty).contains(value));
    value.map_or_else(
        || fail("22003", format!("value \"{text}\" is out of range for type {}", ty.name())),
        Ok,
    )
}

/// What an integer type can hold.
pub(crate) fn int_range(ty: Type) -> std::ops::RangeInclusive<i64> {
    match ty {
        Type::INT2 => i16::MIN.into()..=i16::MAX.into(),
        Type::INT4 => i32::MIN.into()..=i32::MAX.into(),
        Type::OID | Type::XID | Type::REGCLASS => 0..=u32::MAX.into(),
        _ => i64::MIN..=i64::MAX,
    }
}

fn float(text: &str, ty: Type) -> R<Datum> {
    let word = text.trim();
    let special = matches!(
        word.to_ascii_lowercase().trim_start_matches(['+', '-']),
        "nan" | "infinity" | "inf"
    );
    let shaped =
        special || word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let Some(value) = word.parse::<f64>().ok().filter(|_| shaped) else { return invalid(ty, text) };
    let rounded = if ty == Type::FLOAT4 { f64::from(value as f32) } else { value };
    let nonzero =
        word.bytes().take_while(|b| !matches!(b, b'e' | b'E')).any(|b| (b'1'..=b'9').contains(&b));
    if !special && (rounded.is_infinite() || (rounded == 0.0 && nonzero)) {
        return fail("22003", format!("\"{text}\" is out of range for type {}", ty.name()));
    }
    Ok(Datum::Float(rounded))
}

fn bytea(text: &str) -> R<Bytes> {
    if let Some(digits) = text.strip_prefix("\\x") {
        let digits: Vec<u8> = digits.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        if digits.len() % 2 == 1 {
            return fail("22023", "invalid hexadecimal data: odd number of digits");
        }
        let digit = |byte: u8| {
            (byte as char).to_digit(16).ok_or_else(|| {
                pg("22023", format!("invalid hexadecimal digit: \"{}\"", byte as char))
            })
        };
        return digits
            .chunks(2)
            .map(|pair| Ok((digit(pair[0])? * 16 + digit(pair[1])?) as u8))
            .collect::<R<Vec<u8>>>()
            .map(Bytes::from);
    }
    let bytes = text.as_bytes();
    let mut out = vec![];
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'\\') {
            out.push(b'\\');
            at += 2;
        } else {
            let octal =
                text.get(at + 1..at + 4).and_then(|digits| u8::from_str_radix(digits, 8).ok());
            let Some(byte) = octal else {
                return fail("22P02", "invalid input syntax for type bytea");
            };
            out.push(byte);
            at += 4;
        }
    }
    Ok(out.into())
}
