//! Functions that return sets.

use std::sync::Arc;

use super::super::errors::{R, fail, internal, pg};
use super::super::functions::{jsonpath_query, matches, split_text, split_with};
use super::super::plan::{FunctionCall, SetCall, SetFunction};
use super::super::types::json::Json;
use super::super::types::jsontext::{self, Parts};
use super::super::types::numeric::Decimal;
use super::super::types::{Composite, Datum, Kind, Row, Type, Typed, cast, made, style, text};
use super::eval::eval;
use super::{Cx, Frame};

/// The rows with one column more for each set: as many as the longest one has, NULL after the end of the
/// others.
pub(super) fn expand(
    sets: &[SetCall],
    rows: Vec<Row>,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    let mut out = vec![];
    for row in rows {
        let frame = Frame { row: &row, outer };
        let mut columns: Vec<Vec<Datum>> = vec![];
        for set in sets {
            let args = set.args.iter().map(|arg| eval(arg, &frame, cx)).collect::<R<Vec<_>>>()?;
            let values = set_rows(&set.function, &args, cx)?;
            let one = |mut row: Vec<Datum>| match &set.record {
                None => row.swap_remove(0),
                Some((ty, fields)) => Datum::Composite(Arc::new(Composite {
                    ty: *ty,
                    fields: fields.clone(),
                    values: row,
                })),
            };
            columns.push(values.into_iter().map(one).collect());
        }
        for at in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            let values = columns.iter().map(|column| column.get(at).cloned().unwrap_or_default());
            out.push(row.iter().cloned().chain(values).collect());
        }
    }
    Ok(out)
}

/// The rows of functions in FROM: as many as the longest has.
pub(super) fn side_by_side(
    calls: &[FunctionCall],
    ordinality: bool,
    frame: &Frame<'_>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    let mut parts = vec![];
    for call in calls {
        let args = call.args.iter().map(|arg| eval(arg, frame, cx)).collect::<R<Vec<_>>>()?;
        parts.push(match &call.function {
            Some(function) => set_rows(function, &args, cx)?,
            None => vec![args],
        });
    }
    let count = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = vec![];
    for at in 0..count {
        let mut row = vec![];
        for (call, part) in calls.iter().zip(&mut parts) {
            match part.get_mut(at) {
                Some(own) => row.append(own),
                None => row.extend(std::iter::repeat_n(Datum::Null, call.width)),
            }
        }
        if ordinality {
            row.push(Datum::Int(at as i64 + 1));
        }
        rows.push(row.into());
    }
    Ok(rows)
}

fn single(values: impl IntoIterator<Item = Datum>) -> Vec<Vec<Datum>> {
    values.into_iter().map(|value| vec![value]).collect()
}

/// The rows of the set.
pub(super) fn set_rows(
    function: &SetFunction,
    args: &[Datum],
    cx: &mut Cx<'_>,
) -> R<Vec<Vec<Datum>>> {
    if let SetFunction::Unnest = function {
        return Ok(unnest(args));
    }
    if let (SetFunction::StringToTable, [Datum::Text(value), delimiter, rest @ ..]) =
        (function, args)
    {
        return Ok(single(split_text(value, delimiter.as_text(), rest.first())));
    }
    if let (SetFunction::Populate { fields, many, json, .. }, [base, value]) = (function, args) {
        return populated(fields, (*many, *json), base, value, cx.env.now);
    }
    if args.iter().any(Datum::is_null) {
        return Ok(vec![]);
    }
    match (function, args) {
        (SetFunction::GenerateSeries(ty), [first, last, rest @ ..]) => {
            series(*ty, first, last, rest.first()).map(single)
        }
        (SetFunction::GenerateSubscripts, [Datum::Array(array), Datum::Int(dimension)]) => {
            let place = usize::try_from(*dimension - 1).ok();
            let length = place.and_then(|d| array.dimensions.get(d)).copied().unwrap_or(0);
            let first = array.lower(place.unwrap_or(0));
            Ok(single((0..length).map(|at| Datum::Int(first + at as i64))))
        }
        (SetFunction::ArrayElements { text, .. }, [value]) => elements(value, *text).map(single),
        (SetFunction::Each { text, .. }, [value]) => Ok(fields(value, *text, "deconstruct")?
            .into_iter()
            .map(|(key, value)| vec![Datum::text(key), value])
            .collect()),
        (SetFunction::ObjectKeys { json }, [value]) => {
            let name = if *json { "json_object_keys" } else { "jsonb_object_keys" };
            Ok(single(fields(value, true, name)?.into_iter().map(|(key, _)| Datum::text(key))))
        }
        (SetFunction::Record { columns, many, .. }, [value]) => {
            let values = if *many { elements(value, false)? } else { vec![value.clone()] };
            let mut rows = vec![];
            for value in values {
                let pairs = match fields(&value, false, "populate_record") {
                    Ok(pairs) => pairs,
                    Err(_) if *many => {
                        return fail(
                            "22023",
                            "argument of jsonb_to_recordset must be an array of objects",
                        );
                    }
                    Err(error) => return Err(error),
                };
                let row = columns.iter().map(|(name, typed)| {
                    match pairs.iter().rev().find(|(key, _)| **key == **name) {
                        None => Ok(Datum::Null),
                        Some((_, value)) => populate(value, *typed, cx.env.now, name),
                    }
                });
                rows.push(row.collect::<R<Vec<_>>>()?);
            }
            Ok(rows)
        }
        (SetFunction::PathQuery, args) => {
            Ok(single(jsonpath_query(args)?.into_iter().map(|json| Datum::Json(json.into()))))
        }
        (SetFunction::RegexpMatches, [Datum::Text(value), Datum::Text(pattern), rest @ ..]) => {
            let flags = rest.first().and_then(Datum::as_text).unwrap_or_default();
            let found = matches(value, pattern, flags)?;
            Ok(single(found.into_iter().map(|parts| Datum::array(Type::TEXT, parts))))
        }
        (SetFunction::RegexpSplit, [Datum::Text(value), Datum::Text(pattern), rest @ ..]) => {
            let flags = rest.first().and_then(Datum::as_text).unwrap_or_default();
            Ok(single(split_with(value, pattern, flags)?.into_iter().map(Datum::text)))
        }
        _ => Err(internal("arguments of a set-returning function")),
    }
}

fn unnest(args: &[Datum]) -> Vec<Vec<Datum>> {
    let lists: Vec<&[Datum]> = args
        .iter()
        .map(|arg| match arg {
            Datum::Array(array) => &array.items[..],
            _ => &[],
        })
        .collect();
    let length = lists.iter().map(|list| list.len()).max().unwrap_or(0);
    (0..length)
        .map(|at| lists.iter().map(|list| list.get(at).cloned().unwrap_or_default()).collect())
        .collect()
}

/// A part of a `json` or `jsonb`, as text or as it is.
fn part_of_json(value: &Json, as_text: bool) -> Datum {
    if as_text {
        value.plain().map_or(Datum::Null, Datum::text)
    } else {
        Datum::Json(value.clone().into())
    }
}

fn part_of_text(value: &str, as_text: bool) -> Datum {
    if as_text {
        jsontext::plain(value).map_or(Datum::Null, Datum::text)
    } else {
        Datum::text(value)
    }
}

fn elements(value: &Datum, as_text: bool) -> R<Vec<Datum>> {
    let scalar = || fail("22023", "cannot extract elements from a scalar");
    let object = || fail("22023", "cannot extract elements from an object");
    match value {
        Datum::Json(json) => match &**json {
            Json::Array(items) => {
                Ok(items.iter().map(|item| part_of_json(item, as_text)).collect())
            }
            Json::Object(_) => object(),
            _ => scalar(),
        },
        Datum::Text(text) => match jsontext::parts(text)? {
            Parts::Array(items) => {
                Ok(items.into_iter().map(|item| part_of_text(item, as_text)).collect())
            }
            Parts::Object(_) => fail("22023", "cannot call json_array_elements on a non-array"),
            Parts::Scalar => fail("22023", "cannot call json_array_elements on a scalar"),
        },
        _ => Err(internal("the argument of an element function")),
    }
}

fn fields(value: &Datum, as_text: bool, what: &str) -> R<Vec<(String, Datum)>> {
    let refuse = |kind: &str| match what {
        "jsonb_object_keys" | "json_object_keys" => {
            fail("22023", format!("cannot call {what} on {kind}"))
        }
        "populate_record" => fail("22023", format!("cannot call populate_composite on {kind}")),
        _ => fail("22023", "cannot call jsonb_each on a non-object"),
    };
    match value {
        Datum::Json(json) => match &**json {
            Json::Object(pairs) => Ok(pairs
                .iter()
                .map(|(key, value)| (key.to_string(), part_of_json(value, as_text)))
                .collect()),
            Json::Array(_) => refuse("an array"),
            _ => refuse("a scalar"),
        },
        Datum::Text(text) => match jsontext::parts(text)? {
            Parts::Object(pairs) => Ok(pairs
                .into_iter()
                .map(|(key, value)| (key, part_of_text(value, as_text)))
                .collect()),
            Parts::Array(_) if what == "deconstruct" => {
                fail("22023", "cannot deconstruct an array as an object")
            }
            Parts::Scalar if what == "deconstruct" => fail("22023", "cannot deconstruct a scalar"),
            Parts::Array(_) => refuse("an array"),
            Parts::Scalar => refuse("a scalar"),
        },
        _ => Err(internal("the argument of a field function")),
    }
}

/// Rows of a composite type from a document, or from a list of them.
fn populated(
    columns: &[(Arc<str>, Typed)],
    (many, json): (bool, bool),
    base: &Datum,
    value: &Datum,
    now: i64,
) -> R<Vec<Vec<Datum>>> {
    let known = match base {
        Datum::Composite(row) => row.values.clone(),
        _ => vec![Datum::Null; columns.len()],
    };
    if value.is_null() {
        return Ok(if many { vec![] } else { vec![known] });
    }
    let prefix = if json { "json" } else { "jsonb" };
    let values = match many {
        false => vec![value.clone()],
        true => match elements(value, false) {
            Ok(values) => values,
            Err(_) => {
                let object = fields(value, true, "populate_record").is_ok();
                let kind = if object { "an object" } else { "a scalar" };
                return fail("22023", format!("cannot call {prefix}_populate_recordset on {kind}"));
            }
        },
    };
    let mut rows = vec![];
    for value in values {
        let pairs = match fields(&value, false, "populate_record") {
            Err(_) if many => {
                return fail(
                    "22023",
                    format!("argument of {prefix}_populate_recordset must be an array of objects"),
                );
            }
            pairs => pairs?,
        };
        let mut row = vec![];
        for ((name, typed), old) in columns.iter().zip(&known) {
            row.push(match pairs.iter().rev().find(|(key, _)| **key == **name) {
                None => old.clone(),
                Some((_, value)) => populate(value, *typed, now, name)?,
            });
        }
        rows.push(row);
    }
    Ok(rows)
}

/// A field of a document as a value of the column's type.
fn populate(value: &Datum, typed: Typed, now: i64, key: &str) -> R<Datum> {
    let json = match value {
        Datum::Text(text) => Json::parse(text)?,
        Datum::Json(json) => (**json).clone(),
        _ => Json::Null,
    };
    let base = made::base_typed(typed);
    let made = match (base.ty, &json) {
        (Type::JSONB, _) => Datum::Json(json.into()),
        (Type::JSON, _) => match value {
            Datum::Text(_) => value.clone(),
            _ => Datum::text(json.to_string()),
        },
        (_, Json::Null) => Datum::Null,
        (ty, Json::Array(items)) if ty.element().is_some() => {
            let element = Typed { ty: ty.element().unwrap_or(Type::TEXT), modifier: base.modifier };
            let nested = items.iter().all(|item| matches!(item, Json::Array(_)));
            let inner = if nested && !items.is_empty() { base } else { element };
            let items = items
                .iter()
                .map(|item| populate(&Datum::Json(item.clone().into()), inner, now, key))
                .collect::<R<Vec<_>>>()?;
            super::eval::stacked(element.ty, items)?
        }
        (ty, Json::Object(_) | Json::Number(_) | Json::Bool(_)) if ty.element().is_some() => {
            return Err(pg("22P02", "expected JSON array")
                .with_hint(format!("See the value of key \"{key}\".")));
        }
        (ty, Json::Array(_) | Json::Object(_) | Json::Number(_) | Json::Bool(_))
            if ty.kind() == Some(Kind::Composite) =>
        {
            let columns: Vec<(Arc<str>, Typed)> =
                made::fields_of(ty)?.into_iter().map(|field| (field.name, field.typed)).collect();
            let document = Datum::Json(json.clone().into());
            let rows = populated(&columns, (false, false), &Datum::Null, &document, now)?;
            let values = rows.into_iter().next().unwrap_or_default();
            made::composite(ty, &made::fields_of(ty)?, values)
        }
        (ty, json) => text::input(&json.plain().unwrap_or_default(), ty, now)?,
    };
    let made = cast::fit(made, base, false)?;
    super::parts::constrain(&made, typed.ty)?;
    Ok(made)
}

/// More rows than this from one call are refused rather than exhaust the memory.
const SERIES_LIMIT: usize = 20_000_000;

fn series(ty: Type, first: &Datum, last: &Datum, step: Option<&Datum>) -> R<Vec<Datum>> {
    let zero = || fail("22023", "step size cannot equal zero");
    let mut rows = vec![];
    let full = |rows: &Vec<Datum>| {
        if rows.len() > SERIES_LIMIT {
            fail("54000", "generate_series() gives too many rows")
        } else {
            Ok(())
        }
    };
    match (ty, first, last) {
        (_, Datum::Int(first), Datum::Int(last)) => {
            let step = step.and_then(Datum::as_int).unwrap_or(1);
            if step == 0 {
                return zero();
            }
            let mut at = *first;
            while if step > 0 { at <= *last } else { at >= *last } {
                rows.push(Datum::Int(at));
                full(&rows)?;
                match at.checked_add(step) {
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
        (_, Datum::Numeric(first), Datum::Numeric(last)) => {
            for (value, name) in [(first, "start"), (last, "stop")] {
                if !matches!(**value, Decimal::Finite { .. }) {
                    let kind = if value.is_nan() { "NaN" } else { "infinity" };
                    return fail("22023", format!("{name} value cannot be {kind}"));
                }
            }
            let step = match step {
                Some(Datum::Numeric(step)) => (**step).clone(),
                _ => Decimal::int(1),
            };
            if step.is_zero() {
                return zero();
            }
            let mut at = (**first).clone();
            while if step.sign() > 0 { at <= **last } else { at >= **last } {
                rows.push(Datum::decimal(at.clone()));
                full(&rows)?;
                at = at.add(&step);
            }
        }
        (_, Datum::Timestamp(first), Datum::Timestamp(last)) => {
            let Some(Datum::Interval(step)) = step else {
                return fail(
                    "42883",
                    "function generate_series(timestamp, timestamp) does not exist",
                );
            };
            let sign = step.span().signum();
            if sign == 0 {
                return zero();
            }
            let zone = (ty == Type::TIMESTAMPTZ).then(style::zone);
            let mut at = *first;
            while if sign > 0 { at <= *last } else { at >= *last } {
                rows.push(Datum::Timestamp(at));
                full(&rows)?;
                at = step.after(at, zone.as_deref())?;
            }
        }
        _ => return Err(internal("arguments of generate_series")),
    }
    Ok(rows)
}
