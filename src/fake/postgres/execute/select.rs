//! SELECT without row locks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::super::errors::{R, fail};
use super::super::parse::ast::SetOp;
use super::super::plan::{Access, Aggregation, Expr, Node, Rows, Select, SortKey, Source};
use super::super::types::datum::GroupKey;
use super::super::types::{Datum, Row};
use super::aggregate::{Groups, project};
use super::eval::{eval, eval_all};
use super::hashed::{self, Expected, Method};
use super::scan::{lend, produce};
use super::sort::{sort, ties};
use super::{Cx, Frame};

/// The rows of a query.
pub(crate) fn run(select: &Select, outer: Option<&Frame<'_>>, cx: &mut Cx<'_>) -> R<Vec<Row>> {
    run_limited(select, outer, cx, usize::MAX)
}

/// As [`run`], where the first `enough` rows will do.
pub(crate) fn run_limited(
    select: &Select,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    enough: usize,
) -> R<Vec<Row>> {
    if !select.again.is_empty() {
        super::recursion::run_again(&select.again, outer, cx)?;
    }
    let (offset, limit) = window(select, outer, cx)?;
    let limit = if select.with_ties { limit } else { limit.min(enough) };
    let wanted = offset.saturating_add(limit);
    let streams =
        (select.order.is_empty() || comes_in_order(select)) && select.distinct_on.is_none();
    let mut rows = source(&select.source, outer, cx, if streams { wanted } else { usize::MAX })?;
    sort(&mut rows, &select.order, |row| row);
    if let Some(keys) = &select.distinct_on {
        rows = first_of_each(rows, keys, cx)?;
    }
    if offset > 0 {
        rows.drain(..offset.min(rows.len()));
    }
    if select.with_ties {
        truncate_with_ties(&mut rows, limit, &select.order);
    } else {
        rows.truncate(limit);
    }
    Ok(rows.into_iter().map(|row| visible(row, select.width)).collect())
}

/// An index is read for the order.
fn comes_in_order(select: &Select) -> bool {
    let Source::Rows(rows) = &select.source else { return false };
    matches!(&rows.from.node, Node::Scan(scan) if matches!(scan.access, Access::Walk { .. }))
}

/// Keeps what ties with the last row that is kept.
fn truncate_with_ties(rows: &mut Vec<Row>, limit: usize, keys: &[SortKey]) {
    let Some(last) = limit.checked_sub(1).and_then(|last| rows.get(last)) else {
        return rows.truncate(limit);
    };
    let last = last.clone();
    let ties = rows[limit..].iter().take_while(|row| ties(keys, &last, row)).count();
    rows.truncate(limit + ties);
}

/// Without the hidden columns.
pub(super) fn visible(row: Row, width: usize) -> Row {
    if row.len() > width { row[..width].into() } else { row }
}

/// OFFSET and LIMIT.
pub(super) fn window(
    select: &Select,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<(usize, usize)> {
    let mut count = |expr: &Option<Expr>, clause: &str, code, default: usize| -> R<usize> {
        let Some(expr) = expr else { return Ok(default) };
        match eval(expr, &Frame { row: &[], outer }, cx)? {
            Datum::Int(n) if n < 0 => fail(code, format!("{clause} must not be negative")),
            Datum::Int(n) => Ok(n as usize),
            _ => Ok(default),
        }
    };
    let offset = count(&select.offset, "OFFSET", "2201X", 0)?;
    Ok((offset, count(&select.limit, "LIMIT", "2201W", usize::MAX)?))
}

fn first_of_each(rows: Vec<Row>, keys: &[Expr], cx: &mut Cx<'_>) -> R<Vec<Row>> {
    let mut seen = BTreeSet::new();
    let mut kept = vec![];
    for row in rows {
        let key = eval_all(keys, &Frame::of(&row), cx)?;
        if seen.insert(GroupKey(key.to_vec())) {
            kept.push(row);
        }
    }
    Ok(kept)
}

fn source(
    source: &Source,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    wanted: usize,
) -> R<Vec<Row>> {
    match source {
        Source::Rows(rows) => plain_rows(rows, outer, cx, wanted),
        Source::Values(list) => {
            let frame = Frame { row: &[], outer };
            list.iter().map(|row| eval_all(row, &frame, cx)).collect()
        }
        Source::Operation { op, all, left, right } => {
            let found = operand(*op, *all, left, outer, cx)?;
            let others = operand(*op, *all, right, outer, cx)?;
            let expected = expected_of(*op, (left, &found), (right, &others), cx);
            Ok(combine(*op, *all, found, others, expected))
        }
    }
}

fn plain_rows(
    rows: &Rows,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    wanted: usize,
) -> R<Vec<Row>> {
    if wanted == 0 {
        return Ok(vec![]);
    }
    let mut out = vec![];
    let mut seen = BTreeSet::new();
    if let Some(plan) = &rows.aggregate {
        let made = match &plan.sets {
            None => {
                let mut groups = Groups::new(plan);
                let mut count = 0;
                let _ = lend(&rows.from.node, outer, cx, &mut |row, cx| {
                    count += 1;
                    if plan.before.is_empty() {
                        groups.add(row, outer, cx)?;
                        return Ok(ControlFlow::Continue(()));
                    }
                    for row in inputs(plan, row, outer, cx)? {
                        groups.add(&row, outer, cx)?;
                    }
                    Ok(ControlFlow::Continue(()))
                })?;
                groups.arrange(&rows.from, count, cx);
                groups.finish(outer, cx)?
            }
            Some(sets) => {
                let mut all: Vec<Groups> =
                    sets.iter().map(|set| Groups::of_set(plan, set)).collect();
                // As PostgreSQL does that collects what it can in hash tables: the whole first.
                if !plan.sorts() {
                    all.sort_by_key(Groups::rank);
                }
                let mut count = 0;
                let _ = lend(&rows.from.node, outer, cx, &mut |row, cx| {
                    count += 1;
                    for row in inputs(plan, row, outer, cx)? {
                        for groups in &mut all {
                            groups.add(&row, outer, cx)?;
                        }
                    }
                    Ok(ControlFlow::Continue(()))
                })?;
                let mut made = vec![];
                for mut groups in all {
                    groups.arrange(&rows.from, count, cx);
                    made.extend(groups.finish(outer, cx)?);
                }
                made
            }
        };
        let made = extended(rows, made, outer, cx)?;
        out = project(made, &rows.project, outer, cx)?;
        if rows.distinct {
            out.retain(|row| seen.insert(GroupKey(row.to_vec())));
            let expected = expected_distinct(rows, out.len(), cx);
            out = arranged(out, expected.distinct(), expected.groups, false);
        }
        return Ok(out);
    }
    if rows.extras.width() > 0 {
        let mut found = vec![];
        let _ = produce(&rows.from.node, outer, &[], cx, 0, &mut |rec, _| {
            found.push(rec.row);
            Ok(ControlFlow::Continue(()))
        })?;
        let found = extended(rows, found, outer, cx)?;
        out = project(found, &rows.project, outer, cx)?;
        if rows.distinct {
            out.retain(|row| seen.insert(GroupKey(row.to_vec())));
        }
        return Ok(out);
    }
    let mut count = 0;
    let mut last_is_new = false;
    let mut accept = |row: Row| {
        count += 1;
        last_is_new = !rows.distinct || seen.insert(GroupKey(row.to_vec()));
        if last_is_new {
            out.push(row);
        }
        Ok(if out.len() >= wanted && !rows.distinct {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    };
    let _ = match &rows.project {
        None => produce(&rows.from.node, outer, &[], cx, 0, &mut |rec, _| accept(rec.row))?,
        Some(list) => lend(&rows.from.node, outer, cx, &mut |row, cx| {
            accept(eval_all(list, &Frame { row, outer }, cx)?)
        })?,
    };
    if rows.distinct {
        let expected = expected_distinct(rows, count, cx);
        out = arranged(out, expected.distinct(), expected.groups, !last_is_new);
    }
    Ok(out)
}

/// What is expected of DISTINCT over so many rows.
fn expected_distinct(rows: &Rows, seen: usize, cx: &Cx<'_>) -> Expected {
    let keys: Vec<&Expr> = rows.project.iter().flatten().collect();
    let found = hashed::expected(&rows.from, &keys, seen, cx);
    match rows.project {
        Some(_) => found,
        None => Expected { groups: found.rows.min(200.0), ..found },
    }
}

/// The rows that are grouped: more than one where a set is grouped by.
fn inputs(
    plan: &Aggregation,
    row: &[Datum],
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    if plan.before.is_empty() {
        return Ok(vec![row.into()]);
    }
    super::sets::expand(&plan.before, vec![row.into()], outer, cx)
}

/// With the columns of window functions and sets.
fn extended(
    rows: &Rows,
    mut found: Vec<Row>,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    if !rows.extras.calls.is_empty() {
        found = super::window::compute(&rows.extras, found, outer, cx)?;
    }
    if !rows.extras.sets.is_empty() {
        found = super::sets::expand(&rows.extras.sets, found, outer, cx)?;
    }
    Ok(found)
}

/// The rows of one side. A UNION within a UNION is one with it.
fn operand(
    op: SetOp,
    all: bool,
    select: &Select,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    let plain = select.order.is_empty()
        && select.limit.is_none()
        && select.offset.is_none()
        && select.again.is_empty();
    match &select.source {
        Source::Operation { op: SetOp::Union, left, right, .. }
            if op == SetOp::Union && !all && plain =>
        {
            let mut rows = operand(op, all, left, outer, cx)?;
            rows.extend(operand(op, all, right, outer, cx)?);
            Ok(rows)
        }
        _ => run(select, outer, cx),
    }
}

fn expected_of(
    op: SetOp,
    (left, found): (&Select, &[Row]),
    (right, others): (&Select, &[Row]),
    cx: &Cx<'_>,
) -> Expected {
    let (left, right) =
        (hashed::of_select(left, found.len(), cx), hashed::of_select(right, others.len(), cx));
    let rows = left.rows + right.rows;
    let groups = match op {
        SetOp::Union => rows,
        SetOp::Except => left.groups,
        SetOp::Intersect => left.groups.min(right.groups),
    };
    Expected { rows, groups, cost: left.cost + right.cost }
}

/// The different rows in the order in which PostgreSQL finds them.
fn arranged(rows: Vec<Row>, method: Method, groups: f64, known_last: bool) -> Vec<Row> {
    if rows.len() < 2 {
        return rows;
    }
    let order = match method {
        Method::Sort => Some(hashed::sorted_order(rows.iter().map(|row| &row[..]))),
        Method::Hash => hashed::order(rows.iter().map(|row| row.iter()), groups, known_last),
    };
    match order {
        Some(order) => hashed::arrange(rows, &order),
        None => rows,
    }
}

fn combine(op: SetOp, all: bool, left: Vec<Row>, right: Vec<Row>, expected: Expected) -> Vec<Row> {
    let key = |row: &Row| GroupKey(row.to_vec());
    let mut counts: BTreeMap<GroupKey, usize> = BTreeMap::new();
    match op {
        SetOp::Union if all => left.into_iter().chain(right).collect(),
        SetOp::Union => {
            let mut seen = BTreeSet::new();
            let mut last_is_new = false;
            let is_new = |row: &Row| {
                last_is_new = seen.insert(key(row));
                last_is_new
            };
            let both: Vec<Row> = left.into_iter().chain(right).filter(is_new).collect();
            arranged(both, expected.set_operation(), expected.groups, !last_is_new)
        }
        SetOp::Intersect | SetOp::Except => {
            for row in &right {
                *counts.entry(key(row)).or_default() += 1;
            }
            let mut seen = BTreeSet::new();
            let mut first_seen = BTreeSet::new();
            let different = left.iter().filter(|row| first_seen.insert(key(row))).cloned();
            let ranks: BTreeMap<GroupKey, usize> =
                arranged(different.collect(), expected.set_operation(), expected.groups, false)
                    .iter()
                    .enumerate()
                    .map(|(rank, row)| (key(row), rank))
                    .collect();
            let mut kept: Vec<Row> = left
                .into_iter()
                .filter(|row| {
                    let key = key(row);
                    if !all {
                        let inside = counts.contains_key(&key);
                        return (inside == (op == SetOp::Intersect)) && seen.insert(key);
                    }
                    let taken = match counts.get_mut(&key) {
                        Some(count) if *count > 0 => {
                            *count -= 1;
                            true
                        }
                        _ => false,
                    };
                    taken == (op == SetOp::Intersect)
                })
                .collect();
            kept.sort_by_cached_key(|row| ranks.get(&key(row)).copied());
            kept
        }
    }
}
