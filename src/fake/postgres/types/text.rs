//! How every type reads from text and prints as text, as PostgreSQL's input and output functions do.

use std::sync::Arc;

use bytes::Bytes;

use super::super::errors::{R, fail, pg};
use super::super::functions::jsonpath_text;
use super::json::Json;
use super::numeric::Decimal;
use super::{Array, Datum, Type, dateinput, datetime, intervaltext};

/// Prints a value that is not NULL.
pub(crate) fn output(value: &Datum, ty: Type) -> String {
    match value {
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
        Datum::Array(v) => array_text(v),
        Datum::Record(v) => record_text(v),
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

fn array_text(array: &Array) -> String {
    fn level(
        array: &Array,
        depth: usize,
        items: &mut std::slice::Iter<'_, Datum>,
        out: &mut String,
    ) {
        out.push('{');
        for place in 0..array.dimensions[depth] {
            if place > 0 {
                out.push(',');
            }
            if depth + 1 < array.dimensions.len() {
                level(array, depth + 1, items, out);
            } else if let Some(item) = items.next() {
                match item {
                    Datum::Null => out.push_str("NULL"),
                    item => quote_element(&output(item, array.element), out),
                }
            }
        }
        out.push('}');
    }
    if array.items.is_empty() {
        return "{}".into();
    }
    let mut out = String::new();
    level(array, 0, &mut array.items.iter(), &mut out);
    out
}

fn quote_element(text: &str, out: &mut String) {
    let special = |c: char| matches!(c, '{' | '}' | ',' | '"' | '\\') || c.is_ascii_whitespace();
    if text.is_empty() || text.eq_ignore_ascii_case("null") || text.contains(special) {
        out.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// Best effort without the fields' types: integers, text and the like print the same in every type.
fn record_text(fields: &[Datum]) -> String {
    let mut out = String::from("(");
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if field.is_null() {
            continue;
        }
        let text = output(field, Type::TEXT);
        let special =
            |c: char| matches!(c, '(' | ')' | ',' | '"' | '\\') || c.is_ascii_whitespace();
        if text.is_empty() || text.contains(special) {
            out.push('"');
            out.push_str(&text.replace('\\', "\\\\").replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push(')');
    out
}

fn invalid<T>(ty: Type, text: &str) -> R<T> {
    fail("22P02", format!("invalid input syntax for type {}: \"{text}\"", ty.name()))
}

/// Reads a text as a value of that type. `now` is the transaction's start, in microseconds.
pub(crate) fn input(text: &str, ty: Type, now: i64) -> R<Datum> {
    Ok(match ty {
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::UNKNOWN | Type::NAME => Datum::text(text),
        Type::BOOL => return boolean(text),
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => Datum::Int(integer(text, ty)?),
        Type::FLOAT4 | Type::FLOAT8 => float(text, ty)?,
        Type::NUMERIC => match Decimal::read(text)? {
            Some(value) => Datum::decimal(value),
            None => return invalid(ty, text),
        },
        Type::BYTEA => Datum::Bytes(bytea(text)?),
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
        _ => match ty.element() {
            Some(element) => Datum::Array(Arc::new(array(text, element, now)?)),
            None => return fail("0A000", format!("cannot accept a value of type {}", ty.name())),
        },
    })
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
        Type::OID | Type::REGCLASS => 0..=u32::MAX.into(),
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

/// Reads `{1,2,{…}}`.
fn array(text: &str, element: Type, now: i64) -> R<Array> {
    let malformed = |detail: &str| {
        pg("22P02", format!("malformed array literal: \"{text}\"")).with_detail(detail)
    };
    let trimmed = text.trim();
    if !trimmed.starts_with('{') {
        return Err(malformed("Array value must start with \"{\" or dimension information."));
    }
    let mut reader =
        ArrayReader { text: trimmed, at: 0, element, now, items: vec![], dimensions: vec![] };
    if reader.level(0)?.is_none() {
        return Err(malformed("Unexpected array element."));
    }
    if reader.at != trimmed.len() {
        return Err(malformed("Junk after closing right brace."));
    }
    if reader.items.is_empty() {
        reader.dimensions.clear();
    }
    Ok(Array { element, dimensions: reader.dimensions, items: reader.items })
}

struct ArrayReader<'t> {
    text: &'t str,
    at: usize,
    element: Type,
    now: i64,
    items: Vec<Datum>,
    dimensions: Vec<usize>,
}

impl ArrayReader<'_> {
    fn peek(&mut self) -> Option<u8> {
        while self.text.as_bytes().get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads one pair of braces; `None` if the text is malformed.
    fn level(&mut self, depth: usize) -> R<Option<usize>> {
        if depth >= 6 {
            return fail("54000", "number of array dimensions exceeds the maximum allowed (6)");
        }
        self.at += 1;
        let mut count = 0;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Some(0));
        }
        loop {
            match self.peek() {
                Some(b'{') => {
                    let Some(length) = self.level(depth + 1)? else { return Ok(None) };
                    if count > 0 && self.dimensions.get(depth + 1).is_some_and(|d| *d != length) {
                        return Ok(None);
                    }
                }
                Some(b'"') => {
                    let Some(text) = self.quoted() else { return Ok(None) };
                    self.items.push(input(&text, self.element, self.now)?);
                }
                Some(_) => {
                    let rest = &self.text[self.at..];
                    let end = rest.find([',', '}']).unwrap_or(rest.len());
                    let word = rest[..end].trim();
                    if word.is_empty() {
                        return Ok(None);
                    }
                    self.at += end;
                    let null = word.eq_ignore_ascii_case("null");
                    let item =
                        if null { Datum::Null } else { input(word, self.element, self.now)? };
                    self.items.push(item);
                }
                None => return Ok(None),
            }
            count += 1;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                _ => return Ok(None),
            }
        }
        while self.dimensions.len() <= depth {
            self.dimensions.push(0);
        }
        self.dimensions[depth] = count;
        Ok(Some(count))
    }

    fn quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        let mut chars = self.text[self.at + 1..].char_indices();
        while let Some((place, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += place + 2;
                    return Some(out);
                }
                '\\' => out.push(chars.next()?.1),
                c => out.push(c),
            }
        }
        None
    }
}
