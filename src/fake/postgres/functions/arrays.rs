//! Arrays.

use super::super::errors::R;
use super::super::types::{Array, Datum};
use super::{functions, int, text};

fn array(value: &Datum) -> Option<&Array> {
    match value {
        Datum::Array(array) => Some(array),
        _ => None,
    }
}

fn items(value: &Datum) -> &[Datum] {
    array(value).map_or(&[], |array| &array.items)
}

/// The arrays' elements one after the other; NULL counts as no element.
fn joined(a: &Datum, b: &Datum) -> R<Datum> {
    Ok(match (array(a), array(b)) {
        (Some(x), Some(y)) => {
            Datum::array(x.element, x.items.iter().chain(&y.items).cloned().collect())
        }
        (Some(_), None) => a.clone(),
        _ => b.clone(),
    })
}

fn contains(a: &[Datum], b: &[Datum]) -> bool {
    b.iter().all(|want| !want.is_null() && a.iter().any(|item| item.order(want).is_eq()))
}

fn position(a: &[Datum]) -> Datum {
    let found = items(&a[0]).iter().position(|item| item.order(&a[1]).is_eq());
    found.map_or(Datum::Null, |place| Datum::Int(place as i64 + 1))
}

fn with(value: &Datum, f: impl Fn(&Array) -> Vec<Datum>) -> R<Datum> {
    Ok(array(value).map_or(Datum::Null, |array| Datum::array(array.element, f(array))))
}

functions! { FUNCTIONS:
    #nullable "||"(ANYARRAY, ANYARRAY) -> ANYARRAY = |_, a| joined(&a[0], &a[1]);
    #nullable "||"(ANYARRAY, ANYELEMENT) -> ANYARRAY = |_, a| with(&a[0], |array| array.items.iter().chain([&a[1]]).cloned().collect());
    #nullable "||"(ANYELEMENT, ANYARRAY) -> ANYARRAY = |_, a| with(&a[1], |array| [&a[0]].into_iter().chain(&array.items).cloned().collect());
    #nullable "array_append"(ANYARRAY, ANYELEMENT) -> ANYARRAY = |_, a| with(&a[0], |array| array.items.iter().chain([&a[1]]).cloned().collect());
    #nullable "array_prepend"(ANYELEMENT, ANYARRAY) -> ANYARRAY = |_, a| with(&a[1], |array| [&a[0]].into_iter().chain(&array.items).cloned().collect());
    #nullable "array_cat"(ANYARRAY, ANYARRAY) -> ANYARRAY = |_, a| joined(&a[0], &a[1]);
    #nullable "array_remove"(ANYARRAY, ANYELEMENT) -> ANYARRAY = |_, a| with(&a[0], |array| array.items.iter().filter(|item| item.order(&a[1]).is_ne()).cloned().collect());
    #nullable "array_position"(ANYARRAY, ANYELEMENT) -> INT4 = |_, a| Ok(position(a));
    "array_length"(ANYARRAY, INT4) -> INT4 = |_, a| {
        let length = array(&a[0]).and_then(|array| array.dimensions.get(usize::try_from(int(&a[1]) - 1).ok()?));
        Ok(length.map_or(Datum::Null, |length| Datum::Int(*length as i64)))
    };
    "array_upper"(ANYARRAY, INT4) -> INT4 = |_, a| {
        let length = array(&a[0]).and_then(|array| array.dimensions.get(usize::try_from(int(&a[1]) - 1).ok()?));
        Ok(length.map_or(Datum::Null, |length| Datum::Int(*length as i64)))
    };
    "cardinality"(ANYARRAY) -> INT4 = |_, a| Ok(Datum::Int(items(&a[0]).len() as i64));
    "@>"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| Ok(Datum::Bool(contains(items(&a[0]), items(&a[1]))));
    "<@"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| Ok(Datum::Bool(contains(items(&a[1]), items(&a[0]))));
    "&&"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| {
        Ok(Datum::Bool(items(&a[0]).iter().any(|x| !x.is_null() && items(&a[1]).iter().any(|y| x.order(y).is_eq()))))
    };
    "array_to_string"(TEXT_ARRAY, TEXT) -> TEXT = |_, a| {
        let parts: Vec<&str> = items(&a[0]).iter().filter(|item| !item.is_null()).map(text).collect();
        Ok(Datum::text(parts.join(text(&a[1]))))
    };
}
