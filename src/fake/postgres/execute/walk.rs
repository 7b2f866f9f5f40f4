//! Reads along an index, no further than is wanted.

use std::ops::ControlFlow;

use super::super::errors::R;
use super::super::plan::{End, Scan};
use super::super::store::{Bound, Heap, Snapshot, Tid};
use super::super::types::{Datum, Row};
use super::Cx;

/// `None`: the row does not count.
type Judge<'o> = &'o mut dyn FnMut(Tid, &Row, &mut Cx<'_>) -> R<Option<ControlFlow<()>>>;
type Offer<'o> = &'o mut dyn FnMut(Tid, &Row, &mut Cx<'_>) -> R<ControlFlow<()>>;

/// The rows in the order of the index.
pub(super) fn along(
    scan: &Scan,
    (number, backward): (usize, bool),
    cx: &mut Cx<'_>,
    offer: Offer<'_>,
) -> R<ControlFlow<()>> {
    let store = cx.store;
    let (tree, heap, snapshot) = (store.tree(number)?, store.heap(scan.table.heap)?, cx.snapshot);
    let mut flow = Ok(ControlFlow::Continue(()));
    let mut last: Option<Datum> = None;
    let mut visit = |key: &Datum, entry: Tid| {
        if last.as_ref().is_none_or(|last| last.order(key).is_ne()) {
            last = Some(key.clone());
        }
        flow = first_visible(scan, heap, entry, &snapshot, cx, offer);
        matches!(flow, Ok(ControlFlow::Continue(())))
    };
    match backward {
        true => tree.visit_back(&mut visit),
        false => tree.visit(&Bound::Open, &Bound::Open, &mut visit),
    }
    let flow = flow?;
    if let Some(reads) = &mut cx.reads {
        let end = last.filter(|_| flow.is_break()).map_or(Bound::Open, Bound::Included);
        let (low, high) = if backward { (end, Bound::Open) } else { (Bound::Open, end) };
        reads.keys(number, tree, &low, &high);
    }
    Ok(flow)
}

/// Offers the version that is seen, of those that an entry stands for.
fn first_visible(
    scan: &Scan,
    heap: &Heap,
    entry: Tid,
    snapshot: &Snapshot,
    cx: &mut Cx<'_>,
    offer: Offer<'_>,
) -> R<ControlFlow<()>> {
    for (tid, tuple) in heap.chain(entry) {
        let visible = snapshot.sees(tuple);
        if let Some(reads) = &mut cx.reads {
            reads.found(scan.table.heap, tid, tuple, visible, snapshot)?;
        }
        if visible {
            return offer(tid, &tuple.row, cx);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The rows at the ends of indexes.
pub(super) fn ends(
    scan: &Scan,
    ends: &[End],
    cx: &mut Cx<'_>,
    offer: Judge<'_>,
) -> R<ControlFlow<()>> {
    for end in ends {
        let mut wants_more = true;
        let _ = along(scan, (end.tree, end.backward), cx, &mut |tid, row, cx| {
            if row[end.column].is_null() {
                return Ok(ControlFlow::Continue(()));
            }
            Ok(match offer(tid, row, cx)? {
                None => ControlFlow::Continue(()),
                Some(flow) => {
                    wants_more = flow.is_continue();
                    ControlFlow::Break(())
                }
            })
        })?;
        if !wants_more {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
