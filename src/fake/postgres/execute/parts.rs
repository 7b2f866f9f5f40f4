//! Parts of values: fields of rows, elements and slices of arrays, read and replaced; domains' checks.

use std::cell::RefCell;
use std::sync::Arc;

use super::super::catalog::{Domain, in_force};
use super::super::errors::{R, fail, internal, pg};
use super::super::plan::{Part, Replace};
use super::super::types::{Array, Composite, Datum, Kind, Type};
use super::ddl_pure::Pure;
use super::eval::eval;
use super::{Cx, Frame};

/// Fails if the value, or something in it, is not what its domain demands.
pub(crate) fn constrain(value: &Datum, ty: Type) -> R<()> {
    match (ty.kind(), value) {
        (Some(Kind::Domain), _) => {
            let catalog = in_force().ok_or_else(|| internal("no catalog of types"))?;
            let def = catalog.type_def(ty).ok_or_else(|| internal("no such domain"))?;
            let Some(domain) = def.domain() else { return Err(internal("no domain")) };
            let mut chain = vec![domain];
            while let Some(inner) =
                chain.last().and_then(|over| catalog.type_def(over.base.ty)?.domain())
            {
                chain.push(inner);
            }
            let base = chain.last().map_or(ty, |domain| domain.base.ty);
            constrain(value, base)?;
            // What the innermost demands comes first, in the name of the outermost.
            chain.iter().rev().try_for_each(|domain| obeys(value, &ty.name(), domain))
        }
        (Some(Kind::Composite), Datum::Composite(row)) => row
            .values
            .iter()
            .zip(row.fields.iter())
            .try_for_each(|(value, (_, ty))| constrain(value, *ty)),
        (None, Datum::Array(array)) if ty.is_made() => {
            array.items.iter().try_for_each(|item| constrain(item, array.element))
        }
        _ => Ok(()),
    }
}

thread_local! {
    static PURE: RefCell<Option<Pure>> = const { RefCell::new(None) };
}

fn obeys(value: &Datum, name: &str, domain: &Domain) -> R<()> {
    if domain.not_null && value.is_null() {
        return fail("23502", format!("domain {name} does not allow null values"));
    }
    for check in &domain.checks {
        // A check may convert to a domain in turn: it finds no evaluator, and makes its own.
        let mut pure = PURE.with(|pure| pure.borrow_mut().take()).unwrap_or_else(Pure::new);
        let holds = pure.eval(&check.expr, std::slice::from_ref(value));
        PURE.with(|kept| *kept.borrow_mut() = Some(pure));
        if matches!(holds?, Datum::Bool(false)) {
            let message =
                format!("value for domain {name} violates check constraint \"{}\"", check.name);
            return Err(pg("23514", message).with_constraint(&check.name));
        }
    }
    Ok(())
}

/// The value with a part of it replaced.
pub(super) fn replace(replace: &Replace, frame: &Frame<'_>, cx: &mut Cx<'_>) -> R<Datum> {
    let whole = eval(&replace.whole, frame, cx)?;
    let mut int = |expr| match eval(expr, frame, cx)? {
        Datum::Int(value) => Ok(value),
        _ => fail("22004", "array subscript in assignment must not be null"),
    };
    match &replace.part {
        Part::Field { ty, fields, place } => {
            let mut values = match &whole {
                Datum::Composite(row) => row.values.clone(),
                _ => vec![],
            };
            values.resize(fields.len(), Datum::Null);
            values[*place] = eval(&replace.value, frame, cx)?;
            Ok(Datum::Composite(Arc::new(Composite { ty: *ty, fields: fields.clone(), values })))
        }
        Part::Element { element, subscripts } => {
            let subscripts = subscripts.iter().map(&mut int).collect::<R<Vec<_>>>()?;
            let value = eval(&replace.value, frame, cx)?;
            set_element(&array_of(whole, *element), &subscripts, value)
        }
        Part::Slice { element, bounds } => {
            let mut given = vec![];
            for [low, high] in bounds {
                given.push([
                    low.as_ref().map(&mut int).transpose()?,
                    high.as_ref().map(&mut int).transpose()?,
                ]);
            }
            match eval(&replace.value, frame, cx)? {
                Datum::Array(value) => set_slice(&array_of(whole, *element), &given, &value),
                // Nothing is assigned.
                _ => Ok(whole),
            }
        }
    }
}

fn array_of(value: Datum, element: Type) -> Arc<Array> {
    match value {
        Datum::Array(array) => array,
        _ => Arc::new(Array::of(element, vec![])),
    }
}

fn wrong_subscripts<T>() -> R<T> {
    fail("2202E", "wrong number of array subscripts")
}

fn set_element(array: &Array, subscripts: &[i64], value: Datum) -> R<Datum> {
    if array.dimensions.is_empty() {
        let made = Array {
            element: array.element,
            dimensions: vec![1; subscripts.len()],
            items: vec![value],
            lower: vec![],
        };
        return Ok(Datum::Array(Arc::new(made.with_lower(subscripts.to_vec()))));
    }
    if array.dimensions.len() != subscripts.len() {
        return wrong_subscripts();
    }
    if let [subscript] = *subscripts {
        let grown = grow(array, subscript, subscript)?;
        let place = (subscript - grown.lower(0)) as usize;
        let mut items = grown.items.clone();
        items[place] = value;
        return Ok(Datum::Array(Arc::new(grown.shaped(grown.element, items))));
    }
    let Some(place) = array.place(subscripts) else {
        return fail("2202E", "array subscript out of range");
    };
    let mut items = array.items.clone();
    items[place] = value;
    Ok(Datum::Array(Arc::new(array.shaped(array.element, items))))
}

/// The array of one dimension, reaching from `low` to `high` at least; what is new is NULL.
fn grow(array: &Array, low: i64, high: i64) -> R<Array> {
    let first = array.lower(0);
    let last = first + array.items.len() as i64 - 1;
    let (from, to) = (first.min(low), last.max(high));
    if to - from >= 134_217_727 {
        return fail("54000", "array size exceeds the maximum allowed (134217727)");
    }
    let mut items = vec![Datum::Null; (first - from) as usize];
    items.extend(array.items.iter().cloned());
    items.resize((to - from + 1) as usize, Datum::Null);
    Ok(Array::of(array.element, items).with_lower(vec![from]))
}

fn set_slice(array: &Array, given: &[[Option<i64>; 2]], value: &Array) -> R<Datum> {
    if array.dimensions.is_empty() {
        let mut bounds = vec![];
        for [low, high] in given {
            let (Some(low), Some(high)) = (low, high) else {
                return Err(pg(
                    "2202E",
                    "array slice subscript must provide both boundaries",
                )
                .with_detail(
                    "When assigning to a slice of an empty array value, slice boundaries must be fully specified.",
                ));
            };
            if low > high {
                return fail("2202E", "upper bound cannot be less than lower bound");
            }
            bounds.push((*low, (high - low + 1) as usize));
        }
        let count: usize = bounds.iter().map(|(_, length)| length).product();
        if value.items.len() < count {
            return fail("2202E", "source array too small");
        }
        let made = Array {
            element: array.element,
            dimensions: bounds.iter().map(|(_, length)| *length).collect(),
            items: value.items[..count].to_vec(),
            lower: vec![],
        };
        let lower = bounds.iter().map(|(low, _)| *low).collect();
        return Ok(Datum::Array(Arc::new(made.with_lower(lower))));
    }
    if given.len() > array.dimensions.len() {
        return wrong_subscripts();
    }
    if let ([[low, high]], [length]) = (given, &array.dimensions[..]) {
        let low = low.unwrap_or(array.lower(0));
        let high = high.unwrap_or(array.lower(0) + *length as i64 - 1);
        if low > high {
            return fail("2202E", "upper bound cannot be less than lower bound");
        }
        let count = (high - low + 1) as usize;
        if value.items.len() < count {
            return fail("2202E", "source array too small");
        }
        let grown = grow(array, low, high)?;
        let start = (low - grown.lower(0)) as usize;
        let mut items = grown.items.clone();
        items[start..start + count].clone_from_slice(&value.items[..count]);
        return Ok(Datum::Array(Arc::new(grown.shaped(grown.element, items))));
    }
    let mut ranges = vec![];
    for (place, length) in array.dimensions.iter().enumerate() {
        let (first, last) = (array.lower(place), array.lower(place) + *length as i64 - 1);
        let [low, high] = given.get(place).copied().unwrap_or([None, None]);
        let (low, high) = (low.unwrap_or(first), high.unwrap_or(last));
        if low > high {
            return fail("2202E", "upper bound cannot be less than lower bound");
        }
        if low < first || high > last {
            return fail("2202E", "array subscript out of range");
        }
        ranges.push((low, high));
    }
    let places = array.places(&ranges);
    if value.items.len() < places.len() {
        return fail("2202E", "source array too small");
    }
    let mut items = array.items.clone();
    for (place, item) in places.into_iter().zip(&value.items) {
        items[place] = item.clone();
    }
    Ok(Datum::Array(Arc::new(array.shaped(array.element, items))))
}

/// `array[low:high][…]`. Dimensions without bounds are taken whole.
pub(super) fn slice(array: &Array, given: &[[Option<i64>; 2]]) -> Datum {
    let empty = || Datum::array(array.element, vec![]);
    if given.len() > array.dimensions.len() {
        return empty();
    }
    let mut ranges = vec![];
    for (place, length) in array.dimensions.iter().enumerate() {
        let (first, last) = (array.lower(place), array.lower(place) + *length as i64 - 1);
        let [low, high] = given.get(place).copied().unwrap_or([None, None]);
        let (low, high) = (low.unwrap_or(first).max(first), high.unwrap_or(last).min(last));
        if low > high {
            return empty();
        }
        ranges.push((low, high));
    }
    let items = array.places(&ranges).into_iter().map(|place| array.items[place].clone()).collect();
    Datum::Array(Arc::new(Array {
        element: array.element,
        dimensions: ranges.iter().map(|(low, high)| (high - low + 1) as usize).collect(),
        items,
        lower: vec![],
    }))
}
