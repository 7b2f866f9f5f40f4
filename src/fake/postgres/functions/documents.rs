//! More of `json` and `jsonb`: rows, paths, insertion, printing.

use std::sync::Arc;

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::super::types::json::{Json, write_string};
use super::super::types::jsontext;
use super::{functions, text};

fn json(value: &Datum) -> &Json {
    static NULL: Json = Json::Null;
    if let Datum::Json(json) = value { json } else { &NULL }
}

fn jsonb(value: Json) -> Datum {
    Datum::Json(Arc::new(value))
}

fn texts(value: &Datum) -> Option<Vec<&str>> {
    match value {
        Datum::Array(array) => array.items.iter().map(Datum::as_text).collect(),
        _ => None,
    }
}

/// With indentation, as `jsonb_pretty` prints it.
fn pretty(value: &Json, depth: usize, out: &mut String) {
    let indent = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"    ".repeat(depth));
    };
    match value {
        Json::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                indent(out, depth + 1);
                pretty(item, depth + 1, out);
            }
            indent(out, depth);
            out.push(']');
        }
        Json::Object(pairs) => {
            out.push('{');
            for (place, (key, item)) in pairs.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                indent(out, depth + 1);
                let _ = write_string(out, key);
                out.push_str(": ");
                pretty(item, depth + 1, out);
            }
            indent(out, depth);
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// Keys and values of `json_object` and `jsonb_object`: from one list of both, or from two lists.
pub(super) fn text_pairs(a: &[Datum]) -> R<Vec<(&str, Option<&str>)>> {
    let list = |value: &Datum| match value {
        Datum::Array(array) => array.dimensions.clone(),
        _ => vec![],
    };
    let keys = items(&a[0]);
    let pairs: Vec<(&Datum, &Datum)> = match a.get(1) {
        Some(values) => {
            if list(&a[0]).len() > 1 || list(values).len() > 1 {
                return fail("2202E", "wrong number of array subscripts");
            }
            if items(values).len() != keys.len() {
                return fail("2202E", "mismatched array dimensions");
            }
            keys.iter().zip(items(values)).collect()
        }
        None => {
            match &list(&a[0])[..] {
                [] => {}
                [length] if length % 2 == 1 => {
                    return fail("2202E", "array must have even number of elements");
                }
                [_] | [_, 2] => {}
                [_, _] => return fail("2202E", "array must have two columns"),
                _ => return fail("2202E", "wrong number of array subscripts"),
            }
            keys.chunks(2).map(|pair| (&pair[0], &pair[1])).collect()
        }
    };
    pairs
        .into_iter()
        .map(|(key, value)| match key.as_text() {
            Some(key) => Ok((key, value.as_text())),
            None => fail("22004", "null value not allowed for object key"),
        })
        .collect()
}

fn object(a: &[Datum]) -> R<Datum> {
    let pairs = text_pairs(a)?.into_iter().map(|(key, value)| {
        (key.into(), value.map_or(Json::Null, |value| Json::String(value.into())))
    });
    Ok(jsonb(Json::object(pairs.collect())))
}

fn items(value: &Datum) -> &[Datum] {
    match value {
        Datum::Array(array) => &array.items,
        _ => &[],
    }
}

/// The path in the arguments that follow the first.
fn steps(a: &[Datum]) -> Vec<&str> {
    a[1..].iter().map(text).collect()
}

fn strip_text(value: &str) -> R<String> {
    Ok(match jsontext::parts(value)? {
        jsontext::Parts::Scalar => value.trim().to_owned(),
        jsontext::Parts::Array(items) => {
            let items = items.into_iter().map(strip_text).collect::<R<Vec<_>>>()?;
            format!("[{}]", items.join(","))
        }
        jsontext::Parts::Object(pairs) => {
            let mut list = vec![];
            for (key, item) in pairs.iter().filter(|(_, item)| *item != "null") {
                let mut part = String::new();
                let _ = write_string(&mut part, key);
                list.push(format!("{part}:{}", strip_text(item)?));
            }
            format!("{{{}}}", list.join(","))
        }
    })
}

functions! { FUNCTIONS:
    "jsonb_pretty"(JSONB) -> TEXT = |_, a| {
        let mut out = String::new();
        pretty(json(&a[0]), 0, &mut out);
        Ok(Datum::text(out))
    };
    "-"(JSONB, TEXT_ARRAY) -> JSONB = |_, a| {
        let keys = texts(&a[1]).unwrap_or_default();
        match json(&a[0]) {
            Json::Object(pairs) => Ok(jsonb(Json::Object(
                pairs.iter().filter(|(key, _)| !keys.contains(&&**key)).cloned().collect(),
            ))),
            Json::Array(list) => Ok(jsonb(Json::Array(
                list.iter()
                    .filter(|item| !matches!(item, Json::String(s) if keys.contains(&&**s)))
                    .cloned()
                    .collect(),
            ))),
            _ => fail("22023", "cannot delete from scalar"),
        }
    };
    #variadic "jsonb_extract_path"(JSONB, TEXT) -> JSONB = |_, a| {
        Ok(json(&a[0]).path(steps(a).into_iter()).map_or(Datum::Null, |found| jsonb(found.clone())))
    };
    #variadic "jsonb_extract_path_text"(JSONB, TEXT) -> TEXT = |_, a| {
        let found = json(&a[0]).path(steps(a).into_iter()).and_then(Json::plain);
        Ok(found.map_or(Datum::Null, Datum::text))
    };
    #variadic "json_extract_path"(JSON, TEXT) -> JSON = |_, a| {
        Ok(jsontext::path(text(&a[0]), &steps(a))?.map_or(Datum::Null, Datum::text))
    };
    #variadic "json_extract_path_text"(JSON, TEXT) -> TEXT = |_, a| {
        let found = jsontext::path(text(&a[0]), &steps(a))?.and_then(jsontext::plain);
        Ok(found.map_or(Datum::Null, Datum::text))
    };
    "jsonb_object"(TEXT_ARRAY) -> JSONB = |_, a| object(a);
    "jsonb_object"(TEXT_ARRAY, TEXT_ARRAY) -> JSONB = |_, a| object(a);
    "json_strip_nulls"(JSON) -> JSON = |_, a| strip_text(text(&a[0])).map(Datum::text);
    "row_to_json"(ANY) -> JSON = |_, a| Ok(a[0].clone());
    "array_to_json"(ANY) -> JSON = |_, a| Ok(a[0].clone());
}
