//! Arrays.

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::super::types::text::output;
use super::super::types::{Array, Datum, Type};
use super::{functions, int};

fn array(value: &Datum) -> Option<&Array> {
    match value {
        Datum::Array(array) => Some(array),
        _ => None,
    }
}

fn items(value: &Datum) -> &[Datum] {
    array(value).map_or(&[], |array| &array.items)
}

fn made(array: Array) -> R<Datum> {
    Ok(Datum::Array(Arc::new(array)))
}

fn incompatible(detail: &str) -> crate::error::Error {
    pg("2202E", "cannot concatenate incompatible arrays").with_detail(detail)
}

/// The arrays' elements one after the other; NULL counts as no element.
fn joined(a: &Datum, b: &Datum) -> R<Datum> {
    let (x, y) = match (array(a), array(b)) {
        (Some(x), Some(y)) => (x, y),
        (Some(_), None) => return Ok(a.clone()),
        _ => return Ok(b.clone()),
    };
    if x.dimensions.is_empty() || y.dimensions.is_empty() {
        return Ok(if y.dimensions.is_empty() { a.clone() } else { b.clone() });
    }
    let (n, m) = (x.dimensions.len(), y.dimensions.len());
    let shape = if n == m {
        if x.dimensions[1..] != y.dimensions[1..] {
            return Err(incompatible(
                "Arrays with differing element dimensions are not compatible for concatenation.",
            ));
        }
        let mut dimensions = x.dimensions.clone();
        dimensions[0] += y.dimensions[0];
        (dimensions, x)
    } else if n + 1 == m || m + 1 == n {
        let (outer, inner) = if n > m { (x, y) } else { (y, x) };
        if outer.dimensions[1..] != inner.dimensions[..] {
            return Err(incompatible(
                "Arrays with differing dimensions are not compatible for concatenation.",
            ));
        }
        let mut dimensions = outer.dimensions.clone();
        dimensions[0] += 1;
        (dimensions, outer)
    } else {
        return Err(incompatible(&format!(
            "Arrays of {n} and {m} dimensions are not compatible for concatenation."
        )));
    };
    let items = x.items.iter().chain(&y.items).cloned().collect();
    let (dimensions, like) = shape;
    let lower = (0..dimensions.len()).map(|place| like.lower(place)).collect();
    made(Array { element: x.element, dimensions, items, lower: vec![] }.with_lower(lower))
}

/// An element more, before or after the others.
fn extended(list: &Datum, item: &Datum, front: bool) -> R<Datum> {
    let Some(array) = array(list) else { return Ok(Datum::Null) };
    if array.dimensions.len() > 1 {
        return fail("22000", "argument must be empty or one-dimensional array");
    }
    let mut items = array.items.clone();
    items.insert(if front { 0 } else { items.len() }, item.clone());
    made(Array::of(array.element, items).with_lower(vec![array.lower(0)]))
}

fn same(a: &Datum, b: &Datum) -> bool {
    a.order(b).is_eq()
}

fn contains(a: &[Datum], b: &[Datum]) -> bool {
    b.iter().all(|want| !want.is_null() && a.iter().any(|item| same(item, want)))
}

fn overlap(a: &[Datum], b: &[Datum]) -> bool {
    a.iter().any(|x| !x.is_null() && b.iter().any(|y| same(x, y)))
}

/// The subscripts at which an element is.
fn found<'a>(list: &'a Array, item: &'a Datum) -> R<impl Iterator<Item = i64> + 'a> {
    if list.dimensions.len() > 1 {
        return fail("0A000", "searching for elements in multidimensional arrays is not supported");
    }
    let numbered = list.items.iter().zip(list.lower(0)..);
    Ok(numbered.filter(|(known, _)| same(known, item)).map(|(_, at)| at))
}

fn position(a: &[Datum]) -> R<Datum> {
    let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
    let first = match a.get(2) {
        None => i64::MIN,
        Some(Datum::Int(first)) => *first,
        Some(_) => return fail("22004", "initial position must not be null"),
    };
    Ok(found(list, &a[1])?.find(|at| *at >= first).map_or(Datum::Null, Datum::Int))
}

fn positions(a: &[Datum]) -> R<Datum> {
    let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
    Ok(Datum::array(Type::INT4, found(list, &a[1])?.map(Datum::Int).collect()))
}

fn remove(a: &[Datum]) -> R<Datum> {
    let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
    if list.dimensions.len() > 1 {
        return fail("0A000", "removing elements from multidimensional arrays is not supported");
    }
    let kept: Vec<Datum> = list.items.iter().filter(|item| !same(item, &a[1])).cloned().collect();
    if kept.len() == list.items.len() {
        return Ok(a[0].clone());
    }
    made(Array::of(list.element, kept).with_lower(vec![list.lower(0)]))
}

fn replace(a: &[Datum]) -> R<Datum> {
    let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
    let change = |item: &Datum| if same(item, &a[1]) { a[2].clone() } else { item.clone() };
    made(list.shaped(list.element, list.items.iter().map(change).collect()))
}

/// Length and first subscript of a dimension, counted from 1.
fn dimension(list: &Datum, number: &Datum) -> Option<(i64, i64)> {
    let (list, place) = (array(list)?, usize::try_from(int(number) - 1).ok()?);
    Some((*list.dimensions.get(place)? as i64, list.lower(place)))
}

fn number(value: Option<i64>) -> R<Datum> {
    Ok(value.map_or(Datum::Null, Datum::Int))
}

fn dimensions(value: &Datum) -> R<Datum> {
    let Some(list) = array(value).filter(|list| !list.dimensions.is_empty()) else {
        return Ok(Datum::Null);
    };
    let ranges = list.dimensions.iter().enumerate().map(|(place, length)| {
        format!("[{}:{}]", list.lower(place), list.lower(place) + *length as i64 - 1)
    });
    Ok(Datum::text(ranges.collect::<String>()))
}

fn trimmed(a: &[Datum]) -> R<Datum> {
    let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
    let length = list.dimensions.first().copied().unwrap_or(0);
    let count = usize::try_from(int(&a[1])).ok().filter(|count| *count <= length);
    let Some(count) = count else {
        return fail("2202E", format!("number of elements to trim must be between 0 and {length}"));
    };
    let kept = length - count;
    if kept == 0 {
        return Ok(Datum::array(list.element, vec![]));
    }
    let each = list.items.len() / length;
    let mut dimensions = list.dimensions.clone();
    dimensions[0] = kept;
    let items = list.items[..kept * each].to_vec();
    made(Array { element: list.element, dimensions, items, lower: vec![] })
}

/// `array_fill(value, lengths, lower bounds)`; an empty array of the right type comes last.
fn filled(a: &[Datum]) -> R<Datum> {
    let [value, lengths, rest @ .., like] = a else { return Ok(Datum::Null) };
    let element = array(like).map_or(Type::TEXT, |array| array.element);
    let whole = |list: &Datum, what: &str| -> R<Vec<i64>> {
        let Some(list) = array(list) else {
            return fail("22004", "dimension array or low bound array cannot be null");
        };
        if list.dimensions.len() > 1 {
            return Err(pg("2202E", "wrong number of array subscripts")
                .with_detail(format!("{what} array must be one dimensional.")));
        }
        let number = |item: &Datum| match item {
            Datum::Int(number) => Ok(*number),
            _ => fail("22004", "dimension values cannot be null"),
        };
        list.items.iter().map(number).collect()
    };
    let lengths = whole(lengths, "Dimension")?;
    if lengths.len() > 6 {
        return fail(
            "54000",
            format!(
                "number of array dimensions ({}) exceeds the maximum allowed (6)",
                lengths.len()
            ),
        );
    }
    let lower = match rest.first() {
        Some(lower) => whole(lower, "Low bound")?,
        None => vec![1; lengths.len()],
    };
    if lower.len() != lengths.len() {
        return Err(pg("2202E", "wrong number of array subscripts")
            .with_detail("Low bound array has different size than dimensions array."));
    }
    let limit = 134_217_727_i64;
    let count = lengths.iter().try_fold(1_i64, |count, length| {
        count.checked_mul(*length).filter(|count| *length >= 0 && *count <= limit)
    });
    let Some(count) = count else {
        return fail("54000", format!("array size exceeds the maximum allowed ({limit})"));
    };
    if count == 0 || lengths.is_empty() {
        return Ok(Datum::array(element, vec![]));
    }
    if count > 10_000_000 {
        return Err(super::super::errors::unsupported("so large an array"));
    }
    let dimensions = lengths.iter().map(|length| *length as usize).collect();
    let items = vec![value.clone(); count as usize];
    made(Array { element, dimensions, items, lower: vec![] }.with_lower(lower))
}

fn to_string(a: &[Datum]) -> R<Datum> {
    let (Some(list), Datum::Text(between)) = (array(&a[0]), &a[1]) else {
        return Ok(Datum::Null);
    };
    let null = a.get(2).and_then(Datum::as_text);
    let parts: Vec<String> = list
        .items
        .iter()
        .filter_map(|item| match item {
            Datum::Null => null.map(str::to_owned),
            Datum::Text(item) => Some(item.to_string()),
            item => Some(output(item, list.element)),
        })
        .collect();
    Ok(Datum::text(parts.join(between)))
}

functions! { FUNCTIONS:
    #nullable "||"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLEARRAY) -> ANYCOMPATIBLEARRAY = |_, a| joined(&a[0], &a[1]);
    #nullable "||"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE) -> ANYCOMPATIBLEARRAY = |_, a| extended(&a[0], &a[1], false);
    #nullable "||"(ANYCOMPATIBLE, ANYCOMPATIBLEARRAY) -> ANYCOMPATIBLEARRAY = |_, a| extended(&a[1], &a[0], true);
    #nullable "array_append"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE) -> ANYCOMPATIBLEARRAY = |_, a| extended(&a[0], &a[1], false);
    #nullable "array_prepend"(ANYCOMPATIBLE, ANYCOMPATIBLEARRAY) -> ANYCOMPATIBLEARRAY = |_, a| extended(&a[1], &a[0], true);
    #nullable "array_cat"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLEARRAY) -> ANYCOMPATIBLEARRAY = |_, a| joined(&a[0], &a[1]);
    #nullable "array_remove"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE) -> ANYCOMPATIBLEARRAY = |_, a| remove(a);
    #nullable "array_replace"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE, ANYCOMPATIBLE) -> ANYCOMPATIBLEARRAY = |_, a| replace(a);
    #nullable "array_position"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE) -> INT4 = |_, a| position(a);
    #nullable "array_position"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE, INT4) -> INT4 = |_, a| position(a);
    #nullable "array_positions"(ANYCOMPATIBLEARRAY, ANYCOMPATIBLE) -> INT4_ARRAY = |_, a| positions(a);
    "array_length"(ANYARRAY, INT4) -> INT4 = |_, a| number(dimension(&a[0], &a[1]).map(|(length, _)| length));
    "array_lower"(ANYARRAY, INT4) -> INT4 = |_, a| number(dimension(&a[0], &a[1]).map(|(_, lower)| lower));
    "array_upper"(ANYARRAY, INT4) -> INT4 = |_, a| number(dimension(&a[0], &a[1]).map(|(length, lower)| lower + length - 1));
    "array_ndims"(ANYARRAY) -> INT4 = |_, a| {
        number(array(&a[0]).map(|list| list.dimensions.len() as i64).filter(|count| *count > 0))
    };
    "array_dims"(ANYARRAY) -> TEXT = |_, a| dimensions(&a[0]);
    "cardinality"(ANYARRAY) -> INT4 = |_, a| Ok(Datum::Int(items(&a[0]).len() as i64));
    "trim_array"(ANYARRAY, INT4) -> ANYARRAY = |_, a| trimmed(a);
    #nullable "array_fill"(ANYELEMENT, INT4_ARRAY) -> ANYARRAY = |_, a| filled(a);
    #nullable "array_fill"(ANYELEMENT, INT4_ARRAY, INT4_ARRAY) -> ANYARRAY = |_, a| filled(a);
    "@>"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| Ok(Datum::Bool(contains(items(&a[0]), items(&a[1]))));
    "<@"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| Ok(Datum::Bool(contains(items(&a[1]), items(&a[0]))));
    "&&"(ANYARRAY, ANYARRAY) -> BOOL = |_, a| Ok(Datum::Bool(overlap(items(&a[0]), items(&a[1]))));
    #nullable "array_to_string"(ANYARRAY, TEXT) -> TEXT = |_, a| to_string(a);
    #nullable "array_to_string"(ANYARRAY, TEXT, TEXT) -> TEXT = |_, a| to_string(a);
    #nullable "enum between"(ANYARRAY, ANYELEMENT, ANYELEMENT) -> ANYARRAY = |_, a| {
        let Some(all) = array(&a[0]) else { return Ok(Datum::Null) };
        let within = |item: &&Datum| {
            (a[1].is_null() || item.order(&a[1]).is_ge()) && (a[2].is_null() || item.order(&a[2]).is_le())
        };
        made(Array::of(all.element, all.items.iter().filter(within).cloned().collect()))
    };
    #variadic "array element"(ANYARRAY, INT4) -> ANYELEMENT = |_, a| {
        let Some(list) = array(&a[0]) else { return Ok(Datum::Null) };
        let place = list.place(&a[1..].iter().map(int).collect::<Vec<_>>());
        Ok(place.and_then(|place| list.items.get(place)).cloned().unwrap_or_default())
    };
}
