//! `json` and `jsonb`: access, construction, conversion.

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::super::types::datetime;
use super::super::types::json::{Json, write_string};
use super::super::types::jsontext;
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

/// The parts of a `text[]` path; `None` if one is NULL.
fn path(value: &Datum) -> Option<Vec<&str>> {
    match value {
        Datum::Array(array) => array.items.iter().map(Datum::as_text).collect(),
        _ => None,
    }
}

/// What `to_jsonb` makes of a value.
pub(crate) fn from_datum(value: &Datum, ty: Type) -> R<Json> {
    Ok(match value {
        Datum::Null => Json::Null,
        Datum::Bool(v) => Json::Bool(*v),
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
        Datum::Array(array) => Json::Array(
            array.items.iter().map(|item| from_datum(item, array.element)).collect::<R<_>>()?,
        ),
        Datum::Record(fields) => Json::object(
            fields
                .iter()
                .enumerate()
                .map(|(place, field)| {
                    Ok((format!("f{}", place + 1).into(), from_datum(field, Type::TEXT)?))
                })
                .collect::<R<_>>()?,
        ),
        other => Json::String(output(other, ty).into()),
    })
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
pub(crate) fn json_text(value: &Datum, ty: Type, names: Option<&[(Arc<str>, Type)]>) -> R<String> {
    Ok(match value {
        Datum::Json(json) => json.to_string(),
        Datum::Text(text) if ty == Type::JSON => text.to_string(),
        Datum::Array(array) => {
            if array.dimensions.len() > 1 {
                return Err(super::super::errors::unsupported("an array of arrays as JSON"));
            }
            let items = array.items.iter().map(|item| json_text(item, array.element, None));
            format!("[{}]", items.collect::<R<Vec<_>>>()?.join(","))
        }
        Datum::Record(fields) => {
            let mut parts = vec![];
            for (place, field) in fields.iter().enumerate() {
                let mut part = String::new();
                let (name, ty) = match names.and_then(|names| names.get(place)) {
                    Some((name, ty)) => (name.to_string(), *ty),
                    None => (format!("f{}", place + 1), Type::TEXT),
                };
                let _ = write_string(&mut part, &name);
                parts.push(format!("{part}:{}", json_text(field, ty, None)?));
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
pub(crate) fn json_object_text<'j>(pairs: impl Iterator<Item = (&'j str, &'j Json)>) -> String {
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
            return fail("22023", format!("argument {} cannot be null", place * 2 + 1));
        };
        let mut part = String::new();
        let _ = write_string(&mut part, &key);
        parts.push(format!("{part} : {}", printed(&pair[1])));
    }
    Ok(Datum::text(format!("{{{}}}", parts.join(", "))))
}

/// `jsonb_set`: replaces what is at the path, or adds it if `create`.
pub(super) fn set(target: &Json, path: &[&str], value: &Json, create: bool) -> R<Json> {
    let Some((step, rest)) = path.split_first() else { return Ok(target.clone()) };
    match target {
        Json::Object(pairs) => {
            let mut pairs = pairs.clone();
            match pairs.iter_mut().find(|(key, _)| **key == **step) {
                Some((_, old)) if rest.is_empty() => *old = value.clone(),
                Some((_, old)) => *old = set(old, rest, value, create)?,
                None if rest.is_empty() && create => pairs.push(((*step).into(), value.clone())),
                None => {}
            }
            Ok(Json::object(pairs))
        }
        Json::Array(items) => {
            let Ok(place) = step.parse::<i64>() else {
                return fail(
                    "22P02",
                    format!("path element at position 1 is not an integer: \"{step}\""),
                );
            };
            let mut items = items.clone();
            let at = if place < 0 { place + items.len() as i64 } else { place };
            match usize::try_from(at).ok().and_then(|at| items.get_mut(at)) {
                Some(old) if rest.is_empty() => *old = value.clone(),
                Some(old) => *old = set(old, rest, value, create)?,
                None if rest.is_empty() && create && at < 0 => items.insert(0, value.clone()),
                None if rest.is_empty() && create => items.push(value.clone()),
                None => {}
            }
            Ok(Json::Array(items))
        }
        _ => fail("22023", "cannot set path in scalar"),
    }
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

functions! { FUNCTIONS:
    "->"(JSONB, TEXT) -> JSONB = |_, a| found(json(&a[0]).field(text(&a[1])));
    "->"(JSONB, INT4) -> JSONB = |_, a| found(json(&a[0]).element(int(&a[1])));
    "->>"(JSONB, TEXT) -> TEXT = |_, a| found_text(json(&a[0]).field(text(&a[1])));
    "->>"(JSONB, INT4) -> TEXT = |_, a| found_text(json(&a[0]).element(int(&a[1])));
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
    "jsonb_set"(JSONB, TEXT_ARRAY, JSONB) -> JSONB = |_, a| {
        set(json(&a[0]), &path(&a[1]).unwrap_or_default(), json(&a[2]), true).map(jsonb)
    };
    "jsonb_set"(JSONB, TEXT_ARRAY, JSONB, BOOL) -> JSONB = |_, a| {
        set(json(&a[0]), &path(&a[1]).unwrap_or_default(), json(&a[2]), boolean(&a[3])).map(jsonb)
    };
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
    "to_jsonb"(ANY) -> JSONB = |_, a| Ok(a[0].clone());
    "to_json"(ANY) -> JSON = |_, a| Ok(a[0].clone());
}
