//! `json` and `jsonb`: access, construction, conversion.

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::super::types::datetime;
use super::super::types::json::{Json, write_string};
use super::super::types::jsontext;
use super::super::types::made::{base_of, is_reg};
use super::super::types::text::output;
use super::super::types::{Datum, Type};
use super::{boolean, functions, int, text};

fn json(value: &Datum) -> &Json {
    static NULL: Json = Json::Null;
    if let Datum::Json(json) = value { json } else { &NULL }
}

fn jsonb(value: Json) -> Datum {
    Datum::Json(Arc::new(value))
}

fn found(value: Option<&Json>) -> R<Datum> {
    Ok(value.map_or(Datum::Null, |json| jsonb(json.clone())))
}

fn found_text(value: Option<&Json>) -> R<Datum> {
    Ok(value.and_then(Json::plain).map_or(Datum::Null, Datum::text))
}

/// The element there; a scalar counts as an array of itself.
fn element(value: &Json, place: i64) -> Option<&Json> {
    match value {
        Json::Array(_) | Json::Object(_) => value.element(place),
        scalar => matches!(place, 0 | -1).then_some(scalar),
    }
}

/// The parts of a `text[]` path; `None` if one is NULL.
fn path(value: &Datum) -> Option<Vec<&str>> {
    match value {
        Datum::Array(array) => array.items.iter().map(Datum::as_text).collect(),
        _ => None,
    }
}

/// What `to_jsonb` makes of a value.
pub(crate) fn from_datum(value: &Datum, ty: Type) -> R<Json> {
    let ty = base_of(ty);
    Ok(match value {
        Datum::Null => Json::Null,
        Datum::Bool(v) => Json::Bool(*v),
        Datum::Int(_) if ty.is_made() || is_reg(ty) || matches!(ty, Type::TID | Type::XID) => {
            Json::String(output(value, ty).into())
        }
        Datum::Int(v) => Json::Number(super::Decimal::int(*v)),
        Datum::Float(v) if v.is_finite() => match super::Decimal::parse(&output(value, ty)) {
            Some(number) => Json::Number(number),
            None => Json::String(output(value, ty).into()),
        },
        Datum::Numeric(v) if matches!(**v, super::Decimal::Finite { .. }) => {
            Json::Number((**v).clone())
        }
        Datum::Json(v) => (**v).clone(),
        Datum::Text(v) if ty == Type::JSON => Json::parse(v)?,
        Datum::Text(v) => Json::String(v.clone()),
        Datum::Timestamp(_) | Datum::Date(_) => {
            Json::String(datetime::json_text(value, ty).unwrap_or_default().into())
        }
        Datum::Array(array) => {
            let items = array.items.iter().map(|item| from_datum(item, array.element));
            nested(items.collect::<R<Vec<_>>>()?, &array.dimensions, |level| {
                Json::Array(level.to_vec())
            })
            .unwrap_or(Json::Array(vec![]))
        }
        Datum::Composite(row) => Json::object(
            row.values
                .iter()
                .zip(row.fields.iter())
                .map(|(value, (name, ty))| Ok((name.clone(), from_datum(value, *ty)?)))
                .collect::<R<_>>()?,
        ),
        other => Json::String(output(other, ty).into()),
    })
}

/// The items of an array, joined from the innermost dimension outwards.
fn nested<T: Clone>(items: Vec<T>, dimensions: &[usize], join: impl Fn(&[T]) -> T) -> Option<T> {
    let mut items = items;
    for length in dimensions.iter().rev() {
        items = items.chunks((*length).max(1)).map(&join).collect();
    }
    if dimensions.is_empty() { None } else { items.pop() }
}

/// A line for each part of the outermost level, as `row_to_json` and `array_to_json` print if asked to.
fn in_lines(value: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0, false, false);
    for c in value.chars() {
        out.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 1 => out.push_str("\n "),
            _ => {}
        }
    }
    out
}

fn lines_if(a: &[Datum]) -> R<Datum> {
    Ok(if boolean(&a[1]) { Datum::text(in_lines(text(&a[0]))) } else { a[0].clone() })
}

/// As `json` (not `jsonb`) prints it: no blanks of its own within a value.
fn compact(value: &Json, out: &mut String) {
    match value {
        Json::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                compact(item, out);
            }
            out.push(']');
        }
        Json::Object(pairs) => {
            out.push('{');
            for (place, (key, item)) in pairs.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                let _ = write_string(out, key);
                out.push(':');
                compact(item, out);
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// What `to_json` makes of a value: rows and arrays without blanks, a `json` or `jsonb` as it is.
pub(crate) fn json_text(value: &Datum, ty: Type) -> R<String> {
    Ok(match value {
        Datum::Json(json) => json.to_string(),
        Datum::Text(text) if ty == Type::JSON => text.to_string(),
        Datum::Array(array) => {
            let items = array.items.iter().map(|item| json_text(item, array.element));
            nested(items.collect::<R<Vec<_>>>()?, &array.dimensions, |level| {
                format!("[{}]", level.join(","))
            })
            .unwrap_or_else(|| "[]".into())
        }
        Datum::Composite(row) => {
            let mut parts = vec![];
            for (value, (name, ty)) in row.values.iter().zip(row.fields.iter()) {
                let mut part = String::new();
                let _ = write_string(&mut part, name);
                parts.push(format!("{part}:{}", json_text(value, *ty)?));
            }
            format!("{{{}}}", parts.join(","))
        }
        other => {
            let mut out = String::new();
            compact(&from_datum(other, ty)?, &mut out);
            out
        }
    })
}

/// An argument of a `json` function, printed.
fn printed(value: &Datum) -> &str {
    value.as_text().unwrap_or("null")
}

/// What `json_object_agg` and `json_build_object` print.
pub(crate) fn json_object_text<'j>(pairs: impl Iterator<Item = (&'j str, &'j str)>) -> String {
    let parts: Vec<String> = pairs
        .map(|(key, value)| {
            let mut part = String::new();
            let _ = write_string(&mut part, key);
            format!("{part} : {value}")
        })
        .collect();
    format!("{{{}}}", parts.join(", "))
}

/// Pairs of the arguments of `*_build_object`, which come as jsonb.
fn pairs(a: &[Datum]) -> R<Vec<(Arc<str>, Json)>> {
    if !a.len().is_multiple_of(2) {
        return Err(pg("22023", "argument list must have even number of elements").with_hint(
            "The arguments of jsonb_build_object() must consist of alternating keys and values.",
        ));
    }
    a.chunks(2)
        .enumerate()
        .map(|(place, pair)| {
            let key: Arc<str> = match &pair[0] {
                Datum::Null => {
                    return fail(
                        "22023",
                        format!("argument {}: key must not be null", place * 2 + 1),
                    );
                }
                key => match json(key) {
                    Json::Null => {
                        return fail(
                            "22023",
                            format!("argument {}: key must not be null", place * 2 + 1),
                        );
                    }
                    Json::String(key) => key.clone(),
                    other => other.to_string().into(),
                },
            };
            Ok((key, json(&pair[1]).clone()))
        })
        .collect()
}

fn build_text(a: &[Datum]) -> R<Datum> {
    if !a.len().is_multiple_of(2) {
        return Err(pg("22023", "argument list must have even number of elements").with_hint(
            "The arguments of json_build_object() must consist of alternating keys and values.",
        ));
    }
    let mut parts = vec![];
    for (place, pair) in a.chunks(2).enumerate() {
        let Some(key) = pair[0].as_text().and_then(jsontext::plain) else {
            return Err(pg("22023", format!("argument {} cannot be null", place * 2 + 1))
                .with_hint("Object keys should be text."));
        };
        let mut part = String::new();
        let _ = write_string(&mut part, &key);
        parts.push(format!("{part} : {}", printed(&pair[1])));
    }
    Ok(Datum::text(format!("{{{}}}", parts.join(", "))))
}

fn concat(a: &Json, b: &Json) -> Json {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => Json::object(x.iter().chain(y).cloned().collect()),
        (Json::Array(x), Json::Array(y)) => Json::Array(x.iter().chain(y).cloned().collect()),
        (Json::Array(x), other) => Json::Array(x.iter().chain([other]).cloned().collect()),
        (other, Json::Array(y)) => Json::Array([other].into_iter().chain(y).cloned().collect()),
        (x, y) => Json::Array(vec![x.clone(), y.clone()]),
    }
}

fn without_key(value: &Json, key: &str) -> R<Json> {
    match value {
        Json::Object(pairs) => {
            Ok(Json::Object(pairs.iter().filter(|(k, _)| **k != *key).cloned().collect()))
        }
        Json::Array(items) => Ok(Json::Array(
            items
                .iter()
                .filter(|item| !matches!(item, Json::String(s) if **s == *key))
                .cloned()
                .collect(),
        )),
        _ => fail("22023", "cannot delete from scalar"),
    }
}

fn without_element(value: &Json, place: i64) -> R<Json> {
    match value {
        Json::Array(items) => {
            let at = if place < 0 { place + items.len() as i64 } else { place };
            Ok(Json::Array(
                items
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i as i64 != at)
                    .map(|(_, item)| item.clone())
                    .collect(),
            ))
        }
        Json::Object(_) => fail("22023", "cannot delete from object using integer index"),
        _ => fail("22023", "cannot delete from scalar"),
    }
}

fn has_key(value: &Json, key: &str) -> bool {
    match value {
        Json::Object(_) => value.field(key).is_some(),
        Json::Array(items) => {
            items.iter().any(|item| matches!(item, Json::String(s) if **s == *key))
        }
        Json::String(s) => **s == *key,
        _ => false,
    }
}

fn length(value: &Json) -> R<Datum> {
    match value {
        Json::Array(items) => Ok(Datum::Int(items.len() as i64)),
        Json::Object(_) => fail("22023", "cannot get array length of a non-array"),
        _ => fail("22023", "cannot get array length of a scalar"),
    }
}

fn strip_nulls(value: &Json) -> Json {
    match value {
        Json::Object(pairs) => Json::Object(
            pairs
                .iter()
                .filter(|(_, v)| !matches!(v, Json::Null))
                .map(|(k, v)| (k.clone(), strip_nulls(v)))
                .collect(),
        ),
        Json::Array(items) => Json::Array(items.iter().map(strip_nulls).collect()),
        other => other.clone(),
    }
}

/// A part of a `json`, as it was written.
fn as_written(part: Option<&str>) -> R<Datum> {
    Ok(part.map_or(Datum::Null, Datum::text))
}

fn unquoted(part: Option<&str>) -> R<Datum> {
    Ok(part.and_then(jsontext::plain).map_or(Datum::Null, Datum::text))
}

/// `json_object`: pairs as they come, with their duplicates.
fn object_text(a: &[Datum]) -> R<Datum> {
    let mut parts = vec![];
    for (key, value) in super::documents::text_pairs(a)? {
        let mut part = String::new();
        let _ = write_string(&mut part, key);
        part.push_str(" : ");
        match value {
            Some(value) => {
                let _ = write_string(&mut part, value);
            }
            None => part.push_str("null"),
        }
        parts.push(part);
    }
    Ok(Datum::text(format!("{{{}}}", parts.join(", "))))
}

functions! { FUNCTIONS:
    "->"(JSONB, TEXT) -> JSONB = |_, a| found(json(&a[0]).field(text(&a[1])));
    "->"(JSONB, INT4) -> JSONB = |_, a| found(element(json(&a[0]), int(&a[1])));
    "->>"(JSONB, TEXT) -> TEXT = |_, a| found_text(json(&a[0]).field(text(&a[1])));
    "->>"(JSONB, INT4) -> TEXT = |_, a| found_text(element(json(&a[0]), int(&a[1])));
    "#>"(JSONB, TEXT_ARRAY) -> JSONB = |_, a| found(path(&a[1]).and_then(|p| json(&a[0]).path(p.into_iter())));
    "#>>"(JSONB, TEXT_ARRAY) -> TEXT = |_, a| found_text(path(&a[1]).and_then(|p| json(&a[0]).path(p.into_iter())));
    "->"(JSON, TEXT) -> JSON = |_, a| as_written(jsontext::field(text(&a[0]), text(&a[1]))?);
    "->"(JSON, INT4) -> JSON = |_, a| as_written(jsontext::element(text(&a[0]), int(&a[1]))?);
    "->>"(JSON, TEXT) -> TEXT = |_, a| unquoted(jsontext::field(text(&a[0]), text(&a[1]))?);
    "->>"(JSON, INT4) -> TEXT = |_, a| unquoted(jsontext::element(text(&a[0]), int(&a[1]))?);
    "#>"(JSON, TEXT_ARRAY) -> JSON = |_, a| match path(&a[1]) {
        Some(steps) => as_written(jsontext::path(text(&a[0]), &steps)?),
        None => Ok(Datum::Null),
    };
    "#>>"(JSON, TEXT_ARRAY) -> TEXT = |_, a| match path(&a[1]) {
        Some(steps) => unquoted(jsontext::path(text(&a[0]), &steps)?),
        None => Ok(Datum::Null),
    };
    "@>"(JSONB, JSONB) -> BOOL = |_, a| Ok(Datum::Bool(json(&a[0]).contains(json(&a[1]))));
    "<@"(JSONB, JSONB) -> BOOL = |_, a| Ok(Datum::Bool(json(&a[1]).contains(json(&a[0]))));
    "?"(JSONB, TEXT) -> BOOL = |_, a| Ok(Datum::Bool(has_key(json(&a[0]), text(&a[1]))));
    "?|"(JSONB, TEXT_ARRAY) -> BOOL = |_, a| {
        Ok(Datum::Bool(path(&a[1]).unwrap_or_default().iter().any(|key| has_key(json(&a[0]), key))))
    };
    "?&"(JSONB, TEXT_ARRAY) -> BOOL = |_, a| {
        Ok(Datum::Bool(path(&a[1]).unwrap_or_default().iter().all(|key| has_key(json(&a[0]), key))))
    };
    "||"(JSONB, JSONB) -> JSONB = |_, a| Ok(jsonb(concat(json(&a[0]), json(&a[1]))));
    "-"(JSONB, TEXT) -> JSONB = |_, a| without_key(json(&a[0]), text(&a[1])).map(jsonb);
    "-"(JSONB, INT4) -> JSONB = |_, a| without_element(json(&a[0]), int(&a[1])).map(jsonb);
    "jsonb_array_length"(JSONB) -> INT4 = |_, a| length(json(&a[0]));
    "json_array_length"(JSON) -> INT4 = |_, a| length(&Json::parse(text(&a[0]))?);
    "jsonb_typeof"(JSONB) -> TEXT = |_, a| Ok(Datum::text(json(&a[0]).type_name()));
    "json_typeof"(JSON) -> TEXT = |_, a| Ok(Datum::text(Json::parse(text(&a[0]))?.type_name()));
    "jsonb_strip_nulls"(JSONB) -> JSONB = |_, a| Ok(jsonb(strip_nulls(json(&a[0]))));
    #nullable #variadic "jsonb_build_object"(ANY) -> JSONB = |_, a| Ok(jsonb(Json::object(pairs(a)?)));
    #nullable #variadic "jsonb_build_array"(ANY) -> JSONB = |_, a| Ok(jsonb(Json::Array(a.iter().map(|v| json(v).clone()).collect())));
    #nullable #variadic "json_build_object"(ANY) -> JSON = |_, a| build_text(a);
    #nullable #variadic "json_build_array"(ANY) -> JSON = |_, a| {
        Ok(Datum::text(format!("[{}]", a.iter().map(printed).collect::<Vec<_>>().join(", "))))
    };
    "json_build_object"() -> JSON = |_, _| Ok(Datum::text("{}"));
    "json_build_array"() -> JSON = |_, _| Ok(Datum::text("[]"));
    "jsonb_build_object"() -> JSONB = |_, _| Ok(jsonb(Json::Object(vec![])));
    "jsonb_build_array"() -> JSONB = |_, _| Ok(jsonb(Json::Array(vec![])));
    "row_to_json"(ANY, BOOL) -> JSON = |_, a| lines_if(a);
    "array_to_json"(ANY, BOOL) -> JSON = |_, a| lines_if(a);
    "json_object"(TEXT_ARRAY) -> JSON = |_, a| object_text(a);
    "json_object"(TEXT_ARRAY, TEXT_ARRAY) -> JSON = |_, a| object_text(a);
    "to_jsonb"(ANY) -> JSONB = |_, a| Ok(a[0].clone());
    "to_json"(ANY) -> JSON = |_, a| Ok(a[0].clone());
}
