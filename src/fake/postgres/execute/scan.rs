//! FROM: produces its rows one after the other.

use std::ops::ControlFlow;

use super::super::errors::R;
use super::super::plan::{Access, Comparison, Expr, Node, Scan};
use super::super::ssi::Reader;
use super::super::store::{Bound, Heap, Snapshot, Tid, Tree};
use super::super::types::{Datum, Row};
use super::eval::{eval, holds, subquery_rows};
use super::{Cx, Frame, Rec, Tids};

/// Receives rows; [`ControlFlow::Break`] means that it wants no more.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Rec, &mut Cx<'_>) -> R<ControlFlow<()>>;

/// Produces the rows of a FROM tree. `tids`: how many relations' versions to keep, 0 for none.
pub(crate) fn produce(
    node: &Node,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    tids: usize,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    match node {
        Node::One => sink(Rec { row: Row::from([]), tids: Tids::None }, cx),
        Node::Scan(scan) => scan_table(scan, outer, cx, tids, sink),
        Node::Subplan { plan, filter } => {
            let empty = Frame { row: &[], outer };
            let result = subquery_rows(*plan, &empty, cx, usize::MAX)?;
            filtered(result.rows.iter().cloned(), filter, outer, cx, sink)
        }
        Node::Derived { select, filter } => {
            let rows = super::select::run(select, outer, cx)?;
            filtered(rows.into_iter(), filter, outer, cx, sink)
        }
        Node::Function { function, args, ordinality, filter } => {
            let frame = Frame { row: &[], outer };
            let args = args.iter().map(|arg| eval(arg, &frame, cx)).collect::<R<Vec<_>>>()?;
            let mut rows = super::sets::set_rows(function, &args, cx)?;
            if *ordinality {
                rows.iter_mut().zip(1..).for_each(|(row, at)| row.push(Datum::Int(at)));
            }
            filtered(rows.into_iter().map(Row::from), filter, outer, cx, sink)
        }
        Node::Join(join) => super::join::produce(join, outer, cx, tids, sink),
    }
}

fn filtered(
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
    let store = cx.store;
    let heap = store.heap(scan.table.heap)?;
    let snapshot = cx.snapshot;
    let mut offer = |tid: Tid, row: &Row, cx: &mut Cx<'_>| {
        if holds(&scan.filter, &Frame { row, outer }, cx)? {
            return sink(Rec { row: row.clone(), tids: tids_of(scan, tid, tids) }, cx);
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
    let mut found = find(&scan.access, outer, cx)?;
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
fn find(access: &Access, outer: Option<&Frame<'_>>, cx: &mut Cx<'_>) -> R<Vec<Tid>> {
    let frame = Frame { row: &[], outer };
    let mut found = vec![];
    match access {
        Access::Sequential => {}
        Access::Equal { tree, keys, single } => {
            let key = if *single {
                eval(&keys[0], &frame, cx)?
            } else {
                Datum::Record(keys.iter().map(|key| eval(key, &frame, cx)).collect::<R<_>>()?)
            };
            lookup(*tree, cx.store.tree(*tree)?, key, &mut found, cx.reads.as_mut());
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
                lookup(number, tree, key, &mut found, cx.reads.as_mut());
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
                tree.visit(&low, &high, &mut |_, tid| {
                    found.push(tid);
                    true
                });
            }
        }
    }
    Ok(found)
}

/// Adds the versions with that key; NULL equals nothing.
pub(crate) fn lookup(
    number: usize,
    tree: &Tree,
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
    tree.visit(&bound, &bound, &mut |_, tid| {
        found.push(tid);
        true
    });
}
