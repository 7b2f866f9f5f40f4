//! FROM: produces its rows one after the other.

use std::ops::ControlFlow;

use super::super::errors::{R, fail};
use super::super::plan::{Access, Body, Comparison, Expr, Node, Recursion, Scan};
use super::super::ssi::Reader;
use super::super::store::{Bound, Heap, NO_TUPLE, Snapshot, Tid, Tree, Tuple};
use super::super::types::{Datum, Row};
use super::eval::{eval, holds, subquery_rows};
use super::{Cx, Frame, Rec, Tids, hidden, walk};

/// Receives rows; [`ControlFlow::Break`] means that it wants no more.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Rec, &mut Cx<'_>) -> R<ControlFlow<()>>;

/// Produces the rows of a FROM tree. `left`: the row that LATERAL sees; `tids`: how many relations' versions
/// to keep, 0 for none.
pub(crate) fn produce(
    node: &Node,
    outer: Option<&Frame<'_>>,
    left: &[Datum],
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    match node {
        Node::One => sink(Rec { row: Row::from([]), tids: Tids::None }, cx),
        Node::Scan(scan) => scan_table(scan, outer, cx, tids, sink),
        Node::Subplan { plan, filter } => {
            if let Body::Recursive(recursion) = &cx.plan.subplans[*plan].body
                && cx.results.get(*plan).is_none()
            {
                let recursion: &Recursion = recursion;
                return super::recursion::scan(*plan, recursion, filter, None, cx, sink);
            }
            let empty = Frame { row: &[], outer };
            let result = subquery_rows(*plan, &empty, cx, usize::MAX)?;
            filtered(result.rows.iter().cloned(), filter, outer, cx, sink)
        }
        Node::Derived { select, filter, lateral } => {
            let beside = Frame { row: left, outer };
            let around = if *lateral { Some(&beside) } else { outer };
            let rows = super::select::run(select, around, cx)?;
            filtered(rows.into_iter(), filter, outer, cx, sink)
        }
        Node::Functions { calls, ordinality, filter, .. } => {
            let frame = Frame { row: left, outer };
            let rows = super::sets::side_by_side(calls, *ordinality, &frame, cx)?;
            filtered(rows.into_iter(), filter, outer, cx, sink)
        }
        Node::Join(join) => super::join::produce(join, outer, left, cx, tids, sink),
    }
}

pub(super) fn filtered(
    rows: impl Iterator<Item = Row>,
    filter: &Option<Expr>,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    for row in rows {
        if holds(filter, &Frame { row: &row, outer }, cx)?
            && sink(Rec { row, tids: Tids::None }, cx)?.is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The versions of a scan's row, in the form that the statement wants.
pub(super) fn tids_of(scan: &Scan, tid: Tid, tids: usize) -> Tids {
    match tids {
        0 => Tids::None,
        1 => Tids::One(tid),
        count => {
            let mut list = vec![super::super::store::NO_TUPLE; count];
            if let Some(place) = list.get_mut(scan.relation) {
                *place = tid;
            }
            Tids::Many(list.into())
        }
    }
}

fn scan_table(
    scan: &Scan,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    visit(scan, outer, cx, &mut |tid, row, cx| {
        sink(Rec { row: row.clone(), tids: tids_of(scan, tid, tids) }, cx)
    })
}

/// Lends the rows of a FROM tree to who keeps none of them.
pub(super) fn lend(
    node: &Node,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    take: &mut impl FnMut(&[Datum], &mut Cx<'_>) -> R<ControlFlow<()>>,
) -> R<ControlFlow<()>> {
    match node {
        Node::Scan(scan) => visit(scan, outer, cx, &mut |_, row, cx| take(row, cx)),
        node => produce(node, outer, &[], cx, 0, &mut |rec, cx| take(&rec.row, cx)),
    }
}

fn visit(
    scan: &Scan,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    take: &mut impl FnMut(Tid, &Row, &mut Cx<'_>) -> R<ControlFlow<()>>,
) -> R<ControlFlow<()>> {
    let store = cx.store;
    let heap = store.heap(scan.table.heap)?;
    let snapshot = cx.snapshot;
    let widen = |tid: Tid| match heap.get(tid) {
        Some(tuple) if scan.hidden => Some(hidden::widened(&scan.table, tid, tuple)),
        _ => None,
    };
    let mut offer = |tid: Tid, row: &Row, cx: &mut Cx<'_>| {
        let wide = if scan.hidden { widen(tid) } else { None };
        let row = wide.as_ref().unwrap_or(row);
        if holds(&scan.filter, &Frame { row, outer }, cx)? {
            return take(tid, row, cx);
        }
        Ok(ControlFlow::Continue(()))
    };
    if let Access::Sequential = scan.access {
        if let Some(reads) = &mut cx.reads {
            reads.heap(scan.table.heap);
            // PostgreSQL looks at a whole page before it gives its first row.
            for (_, tuple) in heap.iter() {
                reads.tuple(tuple, snapshot.sees(tuple), &snapshot)?;
            }
        }
        for (tid, tuple) in heap.iter() {
            if snapshot.sees(tuple) && offer(tid, &tuple.row, cx)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        return Ok(ControlFlow::Continue(()));
    }
    match &scan.access {
        Access::Walk { tree, backward } => {
            return walk::along(scan, (*tree, *backward), cx, &mut offer);
        }
        Access::Ends(ends) => {
            return walk::ends(scan, ends, cx, &mut |tid, row, cx| {
                let wide = widen(tid);
                let seen = wide.as_ref().unwrap_or(row);
                if !holds(&scan.filter, &Frame { row: seen, outer }, cx)? {
                    return Ok(None);
                }
                offer(tid, row, cx).map(Some)
            });
        }
        _ => {}
    }
    if let (Access::Equal { tree, keys, single: true }, None) = (&scan.access, &cx.reads) {
        let key = eval(&keys[0], &Frame { row: &[], outer }, cx)?;
        for (tid, tuple) in seen_at(store.tree(*tree)?, heap, key, &snapshot) {
            if offer(tid, &tuple.row, cx)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        return Ok(ControlFlow::Continue(()));
    }
    let mut found = find(scan, heap, outer, cx)?;
    // In physical order, as a bitmap scan gives them.
    if found.len() > 1 {
        found.sort_unstable();
        found.dedup();
    }
    if let Some(reads) = &mut cx.reads {
        note_found(reads, scan.table.heap, heap, &found, &snapshot)?;
    }
    for tid in found {
        if let Some(tuple) = heap.get(tid)
            && snapshot.sees(tuple)
            && offer(tid, &tuple.row, cx)?.is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What the snapshot sees of a key, in physical order: mostly one version, or none.
fn seen_at<'h>(
    tree: &Tree,
    heap: &'h Heap,
    key: Datum,
    snapshot: &Snapshot,
) -> impl Iterator<Item = (Tid, &'h Tuple)> {
    let (mut first, mut more) = (None, vec![]);
    if !key.is_null() {
        let bound = Bound::Included(key);
        tree.visit(&bound, &bound, &mut |_, entry| {
            for found in heap.chain(entry).filter(|(_, tuple)| snapshot.sees(tuple)) {
                match first {
                    None => first = Some(found),
                    Some(_) => more.push(found),
                }
            }
            true
        });
    }
    if !more.is_empty() {
        more.extend(first.take());
        more.sort_unstable_by_key(|(tid, _)| *tid);
    }
    first.into_iter().chain(more)
}

/// Tells of the versions that an index has found. Of a row that is seen, no later version is looked at.
pub(super) fn note_found(
    reads: &mut Reader<'_>,
    number: usize,
    heap: &Heap,
    found: &[Tid],
    snapshot: &Snapshot,
) -> R<()> {
    let mut seen: Vec<Tid> = vec![];
    for tid in found {
        let Some(tuple) = heap.get(*tid) else { continue };
        let visible = snapshot.sees(tuple);
        if visible {
            seen.push(tuple.root);
        } else if seen.contains(&tuple.root) {
            continue;
        }
        reads.found(number, *tid, tuple, visible, snapshot)?;
    }
    Ok(())
}

/// The versions that an index finds.
fn find(scan: &Scan, heap: &Heap, outer: Option<&Frame<'_>>, cx: &mut Cx<'_>) -> R<Vec<Tid>> {
    let frame = Frame { row: &[], outer };
    let mut found = vec![];
    match &scan.access {
        Access::Sequential | Access::Walk { .. } | Access::Ends(_) => {}
        Access::Cursor(name) => found.extend(current_of(name, scan, cx)?),
        Access::Equal { tree, keys, single } => {
            let key = if *single {
                eval(&keys[0], &frame, cx)?
            } else {
                Datum::Record(keys.iter().map(|key| eval(key, &frame, cx)).collect::<R<_>>()?)
            };
            lookup(*tree, (cx.store.tree(*tree)?, heap), key, &mut found, cx.reads.as_mut());
        }
        Access::Any { tree, list, array, single } => {
            let mut values = vec![];
            for item in list {
                match eval(item, &frame, cx)? {
                    Datum::Array(items) if *array => values.extend(items.items.iter().cloned()),
                    value if !*array => values.push(value),
                    _ => {}
                }
            }
            let (number, tree) = (*tree, cx.store.tree(*tree)?);
            for value in values {
                let key = if *single { value } else { Datum::Record([value].into()) };
                lookup(number, (tree, heap), key, &mut found, cx.reads.as_mut());
            }
        }
        Access::Range { tree, low, high, single } => {
            let mut bound = |side: &Option<(Comparison, Expr)>| -> R<Option<Bound>> {
                let Some((op, expr)) = side else { return Ok(Some(Bound::Open)) };
                let value = eval(expr, &frame, cx)?;
                if value.is_null() {
                    return Ok(None);
                }
                let key = if *single { value } else { Datum::Record([value].into()) };
                Ok(Some(match op {
                    Comparison::Greater | Comparison::Less => Bound::Excluded(key),
                    _ => Bound::Included(key),
                }))
            };
            if let (Some(low), Some(high)) = (bound(low)?, bound(high)?) {
                let (number, tree) = (*tree, cx.store.tree(*tree)?);
                if let Some(reads) = &mut cx.reads {
                    reads.keys(number, tree, &low, &high);
                }
                tree.visit(&low, &high, &mut |_, entry| {
                    found.extend(heap.chain(entry).map(|(tid, _)| tid));
                    true
                });
            }
        }
    }
    Ok(found)
}

/// The newest version of the row that a cursor is on.
fn current_of(name: &str, scan: &Scan, cx: &mut Cx<'_>) -> R<Option<Tid>> {
    let Some(place) = cx.env.session.positions.get(name) else {
        return fail("34000", format!("cursor \"{name}\" does not exist"));
    };
    if place.held {
        return fail("24000", format!("cursor \"{name}\" is held from a previous transaction"));
    }
    let heap = scan.table.heap;
    if place.tables.iter().filter(|known| **known == heap).count() != 1 {
        return fail(
            "24000",
            format!(
                "cursor \"{name}\" is not a simply updatable scan of table \"{}\"",
                scan.table.name
            ),
        );
    }
    let Some(current) = &place.current else {
        return fail("24000", format!("cursor \"{name}\" is not positioned on a row"));
    };
    let Some((_, mut tid)) = current.iter().find(|(known, _)| *known == heap).copied() else {
        return Ok(None);
    };
    while let Some(tuple) = cx.store.heap(heap)?.get(tid)
        && tuple.next != NO_TUPLE
    {
        tid = tuple.next;
    }
    Ok(Some(tid))
}

/// Adds the versions with that key; NULL equals nothing.
pub(crate) fn lookup(
    number: usize,
    (tree, heap): (&Tree, &Heap),
    key: Datum,
    found: &mut Vec<Tid>,
    reads: Option<&mut Reader<'_>>,
) {
    let null = match &key {
        Datum::Record(fields) => fields.iter().any(Datum::is_null),
        key => key.is_null(),
    };
    if null {
        return;
    }
    let bound = Bound::Included(key);
    if let Some(reads) = reads {
        reads.keys(number, tree, &bound, &bound);
    }
    tree.visit(&bound, &bound, &mut |_, entry| {
        found.extend(heap.chain(entry).map(|(tid, _)| tid));
        true
    });
}
