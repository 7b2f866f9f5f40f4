//! Expressions.

use std::sync::Arc;

use super::super::errors::{R, fail, internal};
use super::super::functions::{json_from_datum, json_text};
use super::super::plan::{Body, Comparison, Expr, Operator, SubqueryKind};
use super::super::types::datum::{GroupKey, rows_order};
use super::super::types::{Array, Composite, Datum, Row, cast};
use super::{Cx, Frame, Result, parts};

/// The value, without a copy where there is one already.
fn peek<'v>(expr: &'v Expr, frame: &Frame<'v>, cx: &Cx<'v>) -> Option<&'v Datum> {
    match expr {
        Expr::Const(value) => Some(value),
        Expr::Column(column) => frame.row.get(*column),
        Expr::Param(place) => cx.params.get(*place),
        _ => None,
    }
}

/// Evaluates an expression.
pub(crate) fn eval(expr: &Expr, frame: &Frame<'_>, cx: &mut Cx<'_>) -> R<Datum> {
    match expr {
        Expr::Const(value) => Ok(value.clone()),
        Expr::Param(place) => match cx.params.get(*place) {
            Some(value) => Ok(value.clone()),
            None => Err(internal("a missing parameter")),
        },
        Expr::Column(column) => match frame.row.get(*column) {
            Some(value) => Ok(value.clone()),
            None => Err(internal("a column out of place")),
        },
        Expr::Outer { depth, column } => outer(frame, *depth, *column),
        Expr::Compare { op, args } => {
            if let (Some(a), Some(b)) = (peek(&args.0, frame, cx), peek(&args.1, frame, cx)) {
                return Ok(compare(*op, a, b));
            }
            let a = eval(&args.0, frame, cx)?;
            let b = eval(&args.1, frame, cx)?;
            Ok(compare(*op, &a, &b))
        }
        Expr::Call { function, args } => {
            // Most have one or two arguments, which need no list on the heap.
            match &**args {
                [] => (function.body)(&mut cx.env, &[]),
                [a] => {
                    let args = [eval(a, frame, cx)?];
                    call(function, &args, cx)
                }
                [a, b] => {
                    let args = [eval(a, frame, cx)?, eval(b, frame, cx)?];
                    call(function, &args, cx)
                }
                list => {
                    let args =
                        list.iter().map(|arg| eval(arg, frame, cx)).collect::<R<Vec<_>>>()?;
                    call(function, &args, cx)
                }
            }
        }
        Expr::And(list) => {
            let mut result = Datum::Bool(true);
            for part in list.iter() {
                match eval(part, frame, cx)? {
                    Datum::Bool(true) => {}
                    Datum::Bool(false) => return Ok(Datum::Bool(false)),
                    _ => result = Datum::Null,
                }
            }
            Ok(result)
        }
        Expr::Or(list) => {
            let mut result = Datum::Bool(false);
            for part in list.iter() {
                match eval(part, frame, cx)? {
                    Datum::Bool(true) => return Ok(Datum::Bool(true)),
                    Datum::Bool(false) => {}
                    _ => result = Datum::Null,
                }
            }
            Ok(result)
        }
        Expr::Not(expr) => Ok(match eval(expr, frame, cx)? {
            Datum::Bool(value) => Datum::Bool(!value),
            _ => Datum::Null,
        }),
        Expr::IsNull { expr, negated } => {
            let value = eval(expr, frame, cx)?;
            let null = match &value {
                // A row is null if all of it is, and not null if nothing of it is.
                Datum::Record(fields) if *negated => {
                    return Ok(Datum::Bool(fields.iter().all(|f| !f.is_null())));
                }
                Datum::Composite(row) if *negated => {
                    return Ok(Datum::Bool(row.values.iter().all(|f| !f.is_null())));
                }
                Datum::Record(fields) => fields.iter().all(Datum::is_null),
                Datum::Composite(row) => row.values.iter().all(Datum::is_null),
                value => value.is_null(),
            };
            Ok(Datum::Bool(null != *negated))
        }
        Expr::IsBool { expr, value, negated } => {
            let found = match eval(expr, frame, cx)? {
                Datum::Bool(found) => Some(found),
                _ => None,
            };
            Ok(Datum::Bool((found == *value) != *negated))
        }
        Expr::IsDistinct { args, negated } => {
            let same = eval(&args.0, frame, cx)?.order(&eval(&args.1, frame, cx)?).is_eq();
            Ok(Datum::Bool(same == *negated))
        }
        Expr::InList { expr, list, negated } => in_list(expr, list, *negated, frame, cx),
        Expr::Quantified { args, op, all } => {
            let left = eval(&args.0, frame, cx)?;
            match eval(&args.1, frame, cx)? {
                Datum::Array(array) => quantified(&left, array.items.iter(), *op, *all, cx),
                _ => Ok(Datum::Null),
            }
        }
        Expr::Case { branches, otherwise } => {
            for (condition, result) in branches.iter() {
                if eval(condition, frame, cx)?.is_true() {
                    return eval(result, frame, cx);
                }
            }
            eval(otherwise, frame, cx)
        }
        Expr::Coalesce(list) => {
            for part in list.iter() {
                let value = eval(part, frame, cx)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            Ok(Datum::Null)
        }
        Expr::Extreme { args, greatest } => {
            let mut best = Datum::Null;
            for arg in args.iter() {
                let value = eval(arg, frame, cx)?;
                let better = !value.is_null()
                    && (best.is_null()
                        || if *greatest {
                            value.order(&best).is_gt()
                        } else {
                            value.order(&best).is_lt()
                        });
                if better {
                    best = value;
                }
            }
            Ok(best)
        }
        Expr::Cast { expr, from, to } => {
            let value = eval(expr, frame, cx)?;
            cast::convert(&value, *from, *to, cx.env.now)
        }
        Expr::Fit { expr, typed, explicit } => cast::fit(eval(expr, frame, cx)?, *typed, *explicit),
        Expr::ToJson { expr, from, text } => match eval(expr, frame, cx)? {
            Datum::Null => Ok(Datum::Null),
            value if *text => Ok(Datum::text(json_text(&value, *from)?)),
            value => Ok(Datum::Json(Arc::new(json_from_datum(&value, *from)?))),
        },
        Expr::Row(list) => {
            Ok(Datum::Record(list.iter().map(|part| eval(part, frame, cx)).collect::<R<_>>()?))
        }
        Expr::Array { element, items } => {
            let items = items.iter().map(|item| eval(item, frame, cx)).collect::<R<Vec<_>>>()?;
            stacked(*element, items)
        }
        Expr::Subscript(args) => {
            let (array, index) = (eval(&args.0, frame, cx)?, eval(&args.1, frame, cx)?);
            match (array, index) {
                (Datum::Array(array), Datum::Int(index)) => {
                    let place = array.place(&[index]);
                    Ok(place.and_then(|place| array.items.get(place)).cloned().unwrap_or_default())
                }
                _ => Ok(Datum::Null),
            }
        }
        Expr::Subquery { plan, kind } => subquery(*plan, kind, frame, cx),
        Expr::Slice { array, bounds } => {
            let array = eval(array, frame, cx)?;
            let mut given = vec![];
            for pair in bounds {
                let mut found = [None, None];
                for (bound, found) in pair.iter().zip(&mut found) {
                    match bound.as_ref().map(|bound| eval(bound, frame, cx)).transpose()? {
                        None => {}
                        Some(Datum::Int(bound)) => *found = Some(bound),
                        Some(_) => return Ok(Datum::Null),
                    }
                }
                given.push(found);
            }
            Ok(match array {
                Datum::Array(array) => parts::slice(&array, &given),
                _ => Datum::Null,
            })
        }
        Expr::Composite { ty, fields, items, whole } => {
            let values = items.iter().map(|item| eval(item, frame, cx)).collect::<R<Vec<_>>>()?;
            if *whole && values.iter().all(Datum::is_null) {
                return Ok(Datum::Null);
            }
            Ok(Datum::Composite(Arc::new(Composite { ty: *ty, fields: fields.clone(), values })))
        }
        Expr::Field(row, place) => Ok(match eval(row, frame, cx)? {
            Datum::Composite(row) => row.values.get(*place).cloned().unwrap_or_default(),
            _ => Datum::Null,
        }),
        Expr::Constrain { expr, ty } => {
            let value = eval(expr, frame, cx)?;
            parts::constrain(&value, *ty)?;
            Ok(value)
        }
        Expr::Replace(change) => parts::replace(change, frame, cx),
        Expr::Aggregate(_) | Expr::OuterAggregate { .. } | Expr::Window(_) | Expr::Set(_) => {
            Err(internal("a placeholder out of place"))
        }
    }
}

/// An array of values; of arrays, with one dimension more.
pub(super) fn stacked(element: super::super::types::Type, items: Vec<Datum>) -> R<Datum> {
    let Some(Datum::Array(first)) = items.iter().find(|item| matches!(item, Datum::Array(_)))
    else {
        return Ok(Datum::array(element, items));
    };
    let mut dimensions = vec![items.len()];
    dimensions.extend(&first.dimensions);
    let mut lower = vec![1];
    lower.extend((0..first.dimensions.len()).map(|place| first.lower(place)));
    let mut all = vec![];
    for item in &items {
        match item {
            Datum::Array(inner) if inner.dimensions == dimensions[1..] => {
                all.extend(inner.items.iter().cloned());
            }
            _ => {
                return fail(
                    "2202E",
                    "multidimensional arrays must have array expressions with matching dimensions",
                );
            }
        }
    }
    if all.is_empty() {
        dimensions.clear();
    }
    let made = Array { element, dimensions, items: all, lower: vec![] };
    Ok(Datum::Array(Arc::new(made.with_lower(lower))))
}

/// True if the condition holds; NULL does not.
pub(crate) fn holds(condition: &Option<Expr>, frame: &Frame<'_>, cx: &mut Cx<'_>) -> R<bool> {
    match condition {
        None => Ok(true),
        Some(condition) => Ok(eval(condition, frame, cx)?.is_true()),
    }
}

/// Evaluates a list.
pub(crate) fn eval_all(list: &[Expr], frame: &Frame<'_>, cx: &mut Cx<'_>) -> R<Row> {
    let mut row = Vec::with_capacity(list.len());
    for expr in list {
        row.push(eval(expr, frame, cx)?);
    }
    Ok(row.into())
}

fn call(
    function: &'static super::super::functions::Function,
    args: &[Datum],
    cx: &mut Cx<'_>,
) -> R<Datum> {
    if function.strict && args.iter().any(Datum::is_null) {
        return Ok(Datum::Null);
    }
    (function.body)(&mut cx.env, args)
}

fn compare(op: Comparison, a: &Datum, b: &Datum) -> Datum {
    if a.is_null() || b.is_null() {
        return Datum::Null;
    }
    Datum::Bool(op.holds(a.order(b)))
}

fn outer(frame: &Frame<'_>, depth: usize, column: usize) -> R<Datum> {
    let mut frame = frame;
    for _ in 0..depth {
        frame = frame.outer.ok_or_else(|| internal("a row around the subquery is missing"))?;
    }
    frame.row.get(column).cloned().ok_or_else(|| internal("an outer column out of place"))
}

fn in_list(
    expr: &Expr,
    list: &[Expr],
    negated: bool,
    frame: &Frame<'_>,
    cx: &mut Cx<'_>,
) -> R<Datum> {
    let value = eval(expr, frame, cx)?;
    if value.is_null() {
        return Ok(Datum::Null);
    }
    let mut null = false;
    for item in list {
        let item = eval(item, frame, cx)?;
        if item.is_null() {
            null = true;
        } else if item.order(&value).is_eq() {
            return Ok(Datum::Bool(!negated));
        }
    }
    Ok(if null { Datum::Null } else { Datum::Bool(negated) })
}

fn apply(op: Operator, a: &Datum, b: &Datum, cx: &mut Cx<'_>) -> R<Datum> {
    match op {
        Operator::Compare(op) => Ok(compare(op, a, b)),
        Operator::Call(function) => call(function, &[a.clone(), b.clone()], cx),
    }
}

fn quantified<'d>(
    left: &Datum,
    items: impl Iterator<Item = &'d Datum>,
    op: Operator,
    all: bool,
    cx: &mut Cx<'_>,
) -> R<Datum> {
    let mut null = false;
    for item in items {
        match apply(op, left, item, cx)? {
            Datum::Bool(result) if result != all => return Ok(Datum::Bool(result)),
            Datum::Bool(_) => {}
            _ => null = true,
        }
    }
    Ok(if null { Datum::Null } else { Datum::Bool(all) })
}

/// The rows of a subquery: kept, unless it depends on the row at hand.
pub(crate) fn subquery_rows(
    plan: usize,
    frame: &Frame<'_>,
    cx: &mut Cx<'_>,
    enough: usize,
) -> R<Arc<Result>> {
    if let Some(result) = cx.results.get(plan) {
        return Ok(result.clone());
    }
    let subplan = &cx.plan.subplans[plan];
    let select = match &subplan.body {
        Body::Select(select) => select,
        Body::Recursive(recursion) => {
            let rows = super::recursion::all(plan, recursion, None, cx)?;
            return Ok(cx.results.put(plan, rows));
        }
        _ => return Err(internal("a statement within WITH has not run")),
    };
    if subplan.correlated {
        let rows = super::select::run_limited(select, Some(frame), cx, enough)?;
        return Ok(Arc::new(Result::new(rows)));
    }
    let rows = super::select::run(select, None, cx)?;
    Ok(cx.results.put(plan, rows))
}

fn subquery(plan: usize, kind: &SubqueryKind, frame: &Frame<'_>, cx: &mut Cx<'_>) -> R<Datum> {
    match kind {
        SubqueryKind::Exists => {
            Ok(Datum::Bool(!subquery_rows(plan, frame, cx, 1)?.rows.is_empty()))
        }
        SubqueryKind::Scalar(column) => match subquery_rows(plan, frame, cx, 2)?.rows.as_slice() {
            [] => Ok(Datum::Null),
            [row] => Ok(row[*column].clone()),
            _ => fail("21000", "more than one row returned by a subquery used as an expression"),
        },
        SubqueryKind::Array(element) => {
            let result = subquery_rows(plan, frame, cx, usize::MAX)?;
            let items: Vec<Datum> = result.rows.iter().map(|row| row[0].clone()).collect();
            match element.element() {
                Some(inner) if items.is_empty() => Ok(Datum::array(inner, items)),
                Some(_) => super::aggregate::accumulated(items),
                None => Ok(Datum::array(*element, items)),
            }
        }
        SubqueryKind::Any { left, op } => {
            let left = eval(left, frame, cx)?;
            let result = subquery_rows(plan, frame, cx, usize::MAX)?;
            if let Datum::Record(fields) = &left {
                return Ok(row_in(fields, &result));
            }
            if let Operator::Compare(Comparison::Equal) = op {
                if result.rows.is_empty() {
                    return Ok(Datum::Bool(false));
                }
                let (set, null) = result.set(false);
                return Ok(match left {
                    Datum::Null => Datum::Null,
                    left if set.contains(&GroupKey(vec![left.clone()])) => Datum::Bool(true),
                    _ if *null => Datum::Null,
                    _ => Datum::Bool(false),
                });
            }
            quantified(&left, result.rows.iter().map(|row| &row[0]), *op, false, cx)
        }
        SubqueryKind::All { left, op } => {
            let left = eval(left, frame, cx)?;
            let result = subquery_rows(plan, frame, cx, usize::MAX)?;
            quantified(&left, result.rows.iter().map(|row| &row[0]), *op, true, cx)
        }
    }
}

/// `(a, b) IN (SELECT …)`
fn row_in(fields: &[Datum], result: &Result) -> Datum {
    let mut unknown = false;
    for row in &result.rows {
        if fields.iter().chain(row.iter()).any(Datum::is_null) {
            let differs = fields
                .iter()
                .zip(row.iter())
                .any(|(a, b)| !a.is_null() && !b.is_null() && a.order(b).is_ne());
            unknown |= !differs;
        } else if rows_order(fields, row).is_eq() {
            return Datum::Bool(true);
        }
    }
    if unknown { Datum::Null } else { Datum::Bool(false) }
}
