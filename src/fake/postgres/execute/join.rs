//! Joins: by an index of the right table, by a table of keys, or by trying every pair.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::errors::R;
use super::super::parse::ast::JoinKind;
use super::super::plan::{Expr, Join, JoinIndex, Node, Scan};
use super::super::store::NO_TUPLE;
use super::super::types::datum::GroupKey;
use super::super::types::{Datum, Row};
use super::eval::{eval, holds};
use super::scan::{Sink, lookup, note_found, produce as produce_node, tids_of};
use super::{Cx, Frame, Rec, Tids, hidden};

fn concat(left: &Row, right: &Row) -> Row {
    left.iter().chain(right.iter()).cloned().collect()
}

/// Each relation's version is known to one side only.
fn merge(left: &Tids, right: &Tids) -> Tids {
    match (left, right) {
        (Tids::None, other) | (other, Tids::None) => other.clone(),
        (left, right) => Tids::Many(
            left.iter().zip(right.iter()).map(|(a, b)| if a == NO_TUPLE { b } else { a }).collect(),
        ),
    }
}

fn keys(
    exprs: &mut dyn Iterator<Item = &Expr>,
    frame: &Frame<'_>,
    cx: &mut Cx<'_>,
) -> R<Option<GroupKey>> {
    let mut key = vec![];
    for expr in exprs {
        let value = eval(expr, frame, cx)?;
        if value.is_null() {
            return Ok(None);
        }
        key.push(value);
    }
    Ok(Some(GroupKey(key)))
}

pub(super) fn produce(
    join: &Join,
    outer: Option<&Frame<'_>>,
    beside: &[Datum],
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    // Versions of several relations are kept by place.
    let tids = if tids == 1 { 2 } else { tids };
    if let (Some(index), Node::Scan(scan)) = (&join.index, &join.right) {
        return by_index(join, index, scan, outer, beside, cx, tids, sink);
    }
    if join.lateral {
        return lateral(join, outer, beside, cx, tids, sink);
    }
    let mut right: Vec<Rec> = vec![];
    let _ = produce_node(&join.right, outer, beside, cx, tids, &mut |rec, _| {
        right.push(rec);
        Ok(ControlFlow::Continue(()))
    })?;
    let table = if join.keys.is_empty() { None } else { Some(key_table(join, &right, outer, cx)?) };
    let everything: Vec<usize> = (0..right.len()).collect();
    let mut matched = vec![false; right.len()];
    let keep_left = matches!(join.kind, JoinKind::Left | JoinKind::Full);
    let flow = produce_node(&join.left, outer, beside, cx, tids, &mut |left, cx| {
        let frame = Frame { row: &left.row, outer };
        let candidates: &[usize] = match &table {
            None => &everything,
            Some(table) => match keys(&mut join.keys.iter().map(|(key, _)| key), &frame, cx)? {
                Some(key) => table.get(&key).map_or(&[], Vec::as_slice),
                None => &[],
            },
        };
        let mut any = false;
        for place in candidates {
            let rec = &right[*place];
            let row = concat(&left.row, &rec.row);
            if !holds(&join.on, &Frame { row: &row, outer }, cx)? {
                continue;
            }
            any = true;
            matched[*place] = true;
            if emit(join, row, merge(&left.tids, &rec.tids), outer, cx, sink)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if !any && keep_left {
            return emit(join, with_nulls(&left.row, join.right_width), left.tids, outer, cx, sink);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if flow.is_break() || !matches!(join.kind, JoinKind::Right | JoinKind::Full) {
        return Ok(flow);
    }
    for (rec, matched) in right.iter().zip(matched) {
        if !matched {
            let nulls = std::iter::repeat_n(Datum::Null, join.left_width);
            let row: Row = nulls.chain(rec.row.iter().cloned()).collect();
            if emit(join, row, rec.tids.clone(), outer, cx, sink)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The right side anew for each row of the left one.
fn lateral(
    join: &Join,
    outer: Option<&Frame<'_>>,
    beside: &[Datum],
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    produce_node(&join.left, outer, beside, cx, tids, &mut |left, cx| {
        let both: Row = beside.iter().chain(left.row.iter()).cloned().collect();
        let left_frame = Frame { row: &left.row, outer };
        let key = keys(&mut join.keys.iter().map(|(key, _)| key), &left_frame, cx)?;
        let mut any = false;
        let flow = produce_node(&join.right, outer, &both, cx, tids, &mut |right, cx| {
            let frame = Frame { row: &right.row, outer };
            let own = keys(&mut join.keys.iter().map(|(_, key)| key), &frame, cx)?;
            let row = concat(&left.row, &right.row);
            if key.is_none() || own != key || !holds(&join.on, &Frame { row: &row, outer }, cx)? {
                return Ok(ControlFlow::Continue(()));
            }
            any = true;
            emit(join, row, merge(&left.tids, &right.tids), outer, cx, sink)
        })?;
        if flow.is_continue() && !any && join.kind == JoinKind::Left {
            return emit(join, with_nulls(&left.row, join.right_width), left.tids, outer, cx, sink);
        }
        Ok(flow)
    })
}

fn with_nulls(left: &Row, width: usize) -> Row {
    left.iter().cloned().chain(std::iter::repeat_n(Datum::Null, width)).collect()
}

/// What WHERE lets through.
fn emit(
    join: &Join,
    row: Row,
    tids: Tids,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    if holds(&join.filter, &Frame { row: &row, outer }, cx)? {
        return sink(Rec { row, tids }, cx);
    }
    Ok(ControlFlow::Continue(()))
}

fn key_table(
    join: &Join,
    right: &[Rec],
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<BTreeMap<GroupKey, Vec<usize>>> {
    let mut table: BTreeMap<GroupKey, Vec<usize>> = BTreeMap::new();
    for (place, rec) in right.iter().enumerate() {
        let frame = Frame { row: &rec.row, outer };
        if let Some(key) = keys(&mut join.keys.iter().map(|(_, key)| key), &frame, cx)? {
            table.entry(key).or_default().push(place);
        }
    }
    Ok(table)
}

#[allow(clippy::too_many_arguments, reason = "what a join goes by")]
fn by_index(
    join: &Join,
    index: &JoinIndex,
    scan: &Scan,
    outer: Option<&Frame<'_>>,
    beside: &[Datum],
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    let mut found = vec![];
    produce_node(&join.left, outer, beside, cx, tids, &mut |left, cx| {
        let frame = Frame { row: &left.row, outer };
        let heap = cx.store.heap(scan.table.heap)?;
        found.clear();
        let key = match (&*index.keys, index.single) {
            ([key], true) => Some(eval(key, &frame, cx)?),
            (list, _) => keys(&mut list.iter(), &frame, cx)?.map(|key| Datum::Record(key.0.into())),
        };
        if let Some(key) = key {
            let tree = cx.store.tree(index.tree)?;
            lookup(index.tree, (tree, heap), key, &mut found, cx.reads.as_mut());
            found.sort_unstable();
        }
        if let Some(reads) = &mut cx.reads {
            note_found(reads, scan.table.heap, heap, &found, &cx.snapshot)?;
        }
        let mut any = false;
        for tid in found.iter().copied() {
            let Some(tuple) = heap.get(tid).filter(|tuple| cx.snapshot.sees(tuple)) else {
                continue;
            };
            let wide = scan.hidden.then(|| hidden::widened(&scan.table, tid, tuple));
            let right = wide.as_ref().unwrap_or(&tuple.row);
            if !holds(&scan.filter, &Frame { row: right, outer }, cx)? {
                continue;
            }
            let row = concat(&left.row, right);
            let all = Frame { row: &row, outer };
            // The index may know fewer keys than the join has.
            if !keys_agree(join, &left.row, right, outer, cx)? || !holds(&join.on, &all, cx)? {
                continue;
            }
            any = true;
            let both = merge(&left.tids, &tids_of(scan, tid, tids));
            if emit(join, row, both, outer, cx, sink)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if !any && join.kind == JoinKind::Left {
            return emit(join, with_nulls(&left.row, join.right_width), left.tids, outer, cx, sink);
        }
        Ok(ControlFlow::Continue(()))
    })
}

fn keys_agree(
    join: &Join,
    left: &Row,
    right: &Row,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<bool> {
    if join.index.as_ref().is_some_and(|index| index.keys.len() == join.keys.len()) {
        return Ok(true);
    }
    let left = keys(&mut join.keys.iter().map(|(key, _)| key), &Frame { row: left, outer }, cx)?;
    let right = keys(&mut join.keys.iter().map(|(_, key)| key), &Frame { row: right, outer }, cx)?;
    Ok(left.is_some() && left == right)
}
