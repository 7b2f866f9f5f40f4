//! The multi-version store.
//!
//! A table's rows are *tuples* in a [`Heap`]: an append-only sequence of row versions, in physical order.
//! An update appends the new version and marks the old one as ended, as PostgreSQL's heap does. Each
//! tuple says when it was born and when it died: a commit number, or the transaction that has yet to
//! decide. Whether a snapshot sees it is two comparisons.
//!
//! Indexes are [`Tree`]s of (key, tuple). A version that changes no key needs no entry: it is found by
//! that of the row's first version, whose place says where the row has gone when that version is removed.
//! Both heap and tree are persistent: forks share their pages, and who first writes to one lays a page of
//! its own over it or copies it, so that neither a fork nor the first write after it depends on how many
//! rows there are.

mod heap;
mod node;
mod sequence;
mod tree;
mod version;

use std::sync::Arc;

pub(crate) use heap::{Heap, NO_TUPLE, Tid};
pub(crate) use sequence::{Drawn, SequenceShape, Sequences, State as SequenceState};
pub(crate) use tree::{Bound, Tree};
pub(crate) use version::{Csn, Snapshot, Stamp, Tuple, Xid};

use super::errors::{R, internal};
use super::types::{Datum, Row};

/// Computes an index key; `None` if the row is not in the (partial) index.
pub(crate) type KeyFunction = Arc<dyn Fn(&[Datum]) -> Option<Datum> + Send + Sync>;

/// How the keys of an index follow from a row.
#[derive(Clone)]
pub(crate) enum KeyOf {
    Column(usize),
    Columns(Arc<[usize]>),
    Computed(KeyFunction),
}

impl KeyOf {
    /// The key; several columns make a record.
    pub(crate) fn key(&self, row: &[Datum]) -> Option<Datum> {
        match self {
            KeyOf::Column(column) => Some(row[*column].clone()),
            KeyOf::Columns(columns) => {
                Some(Datum::Record(columns.iter().map(|column| row[*column].clone()).collect()))
            }
            KeyOf::Computed(function) => function(row),
        }
    }

    fn differs(&self, a: &[Datum], b: &[Datum]) -> bool {
        match self {
            KeyOf::Column(column) => a[*column].order(&b[*column]).is_ne(),
            KeyOf::Columns(columns) => columns.iter().any(|c| a[*c].order(&b[*c]).is_ne()),
            KeyOf::Computed(function) => match (function(a), function(b)) {
                (Some(a), Some(b)) => a.order(&b).is_ne(),
                (None, None) => false,
                _ => true,
            },
        }
    }
}

/// An index as the store maintains it.
#[derive(Clone)]
pub(crate) struct IndexSpec {
    pub(crate) tree: usize,
    pub(crate) key: KeyOf,
}

/// Every table's heap and every index's tree, by number. A number is never used twice.
#[derive(Clone, Default)]
pub(crate) struct Store {
    heaps: Shelf<Heap>,
    trees: Shelf<Tree>,
}

type Shelf<T> = Arc<Vec<Option<Arc<T>>>>;

fn heap_in(heaps: &mut Shelf<Heap>, heap: usize) -> R<&mut Heap> {
    let heap = Arc::make_mut(heaps).get_mut(heap).and_then(Option::as_mut);
    heap.map(Arc::make_mut).ok_or_else(|| internal("no such heap"))
}

fn tree_in(trees: &mut Shelf<Tree>, tree: usize) -> R<&mut Tree> {
    let tree = Arc::make_mut(trees).get_mut(tree).and_then(Option::as_mut);
    tree.map(Arc::make_mut).ok_or_else(|| internal("no such index"))
}

/// Whether two rows differ in the key of any index.
fn keys_differ(indexes: &[IndexSpec], a: &Row, b: &Row) -> bool {
    indexes.iter().any(|index| index.key.differs(a, b))
}

/// What a new version of a row means to the indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entering {
    /// They know it by the row's first version.
    Nowhere,
    /// It has the keys of the version before it.
    Unchanged,
    Changed,
}

/// What undoes, or makes permanent, one change of a tuple.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Undo {
    /// The tuple was appended.
    Born { heap: usize, tid: Tid },
    /// The tuple was ended by an update or delete.
    Died { heap: usize, tid: Tid },
    /// The index was added to the heap.
    Indexed { heap: usize, tree: usize },
}

impl Store {
    pub(crate) fn create_heap(&mut self) -> usize {
        let heaps = Arc::make_mut(&mut self.heaps);
        heaps.push(Some(Arc::default()));
        heaps.len() - 1
    }

    pub(crate) fn create_tree(&mut self) -> usize {
        let trees = Arc::make_mut(&mut self.trees);
        trees.push(Some(Arc::default()));
        trees.len() - 1
    }

    /// Frees the pages of a heap and its trees that no transaction can reach any more.
    pub(crate) fn drop_heap(&mut self, heap: usize) {
        let trees: Vec<usize> = self
            .heap(heap)
            .map(|h| h.indexes().iter().map(|i| i.tree).collect())
            .unwrap_or_default();
        if let Some(slot) = Arc::make_mut(&mut self.heaps).get_mut(heap) {
            *slot = None;
        }
        for tree in trees {
            if let Some(slot) = Arc::make_mut(&mut self.trees).get_mut(tree) {
                *slot = None;
            }
        }
    }

    pub(crate) fn heap(&self, heap: usize) -> R<&Heap> {
        self.heaps.get(heap).and_then(Option::as_deref).ok_or_else(|| internal("no such heap"))
    }

    pub(crate) fn tree(&self, tree: usize) -> R<&Tree> {
        self.trees.get(tree).and_then(Option::as_deref).ok_or_else(|| internal("no such index"))
    }

    pub(crate) fn heap_mut(&mut self, heap: usize) -> R<&mut Heap> {
        heap_in(&mut self.heaps, heap)
    }

    fn tree_mut(&mut self, tree: usize) -> R<&mut Tree> {
        tree_in(&mut self.trees, tree)
    }

    pub(crate) fn tuple(&self, heap: usize, tid: Tid) -> Option<&Tuple> {
        self.heap(heap).ok()?.get(tid)
    }

    /// Appends a row version, which is in no index yet.
    pub(crate) fn place(&mut self, heap: usize, tuple: Tuple) -> R<Tid> {
        Ok(self.heap_mut(heap)?.push(tuple))
    }

    /// Appends a row version and enters it into the table's indexes.
    pub(crate) fn append(&mut self, heap: usize, tuple: Tuple) -> R<Tid> {
        let row = tuple.row.clone();
        let tid = self.place(heap, tuple)?;
        let indexes = self.heap(heap)?.indexes().clone();
        for index in indexes.iter() {
            if let Some(key) = index.key.key(&row) {
                self.enter(index.tree, key, tid)?;
            }
        }
        Ok(tid)
    }

    /// Appends the version that replaces another, and ends that one. It is in no index yet; if it changes no
    /// key, and the indexes know the row by its first version, it stays so: returns whether it needs to be
    /// entered. `locked`: the transaction had locked the row before, which the new version tells, too.
    pub(crate) fn replace(
        &mut self,
        heap: usize,
        (old, old_row): (Tid, &Row),
        row: Row,
        (xid, cid): (Xid, u32),
        (keyed, locked): (bool, bool),
    ) -> R<(Tid, Entering)> {
        let target = self.heap_mut(heap)?;
        let unchanged = !keys_differ(target.indexes(), old_row, &row);
        let next = target.end();
        let before = target.get_mut(old).ok_or_else(|| internal("the row version is gone"))?;
        before.died = Stamp::pending(xid);
        before.ended_by = xid as u32;
        before.cmax = cid;
        before.died_keyed = keyed;
        before.next = next;
        let same_keys = unchanged && (before.same_keys || before.root == old);
        let tuple = Tuple {
            row,
            born: Stamp::pending(xid),
            died: Stamp::NONE,
            cmin: cid,
            cmax: 0,
            made_by: xid as u32,
            ended_by: if locked { xid as u32 } else { 0 },
            next: NO_TUPLE,
            root: before.root,
            died_keyed: false,
            same_keys,
        };
        target.push(tuple);
        let entering = match (same_keys, unchanged) {
            (true, _) => Entering::Nowhere,
            (false, true) => Entering::Unchanged,
            (false, false) => Entering::Changed,
        };
        Ok((next, entering))
    }

    /// Enters a version into an index.
    pub(crate) fn enter(&mut self, tree: usize, key: Datum, tid: Tid) -> R<()> {
        self.tree_mut(tree)?.insert(key, tid);
        Ok(())
    }

    /// Notes in a version that the transaction has locked its row.
    pub(crate) fn note_lock(&mut self, heap: usize, tid: Tid, xid: Xid) -> R<()> {
        if let Some(tuple) = self.heap_mut(heap)?.get_mut(tid) {
            tuple.ended_by = xid as u32;
        }
        Ok(())
    }

    /// Marks a version as ended by a delete.
    pub(crate) fn end(&mut self, heap: usize, tid: Tid, xid: Xid, cid: u32) -> R<()> {
        let tuple =
            self.heap_mut(heap)?.get_mut(tid).ok_or_else(|| internal("the row version is gone"))?;
        tuple.died = Stamp::pending(xid);
        tuple.ended_by = xid as u32;
        tuple.cmax = cid;
        tuple.died_keyed = true;
        tuple.next = NO_TUPLE;
        Ok(())
    }

    /// Removes a version, and what the indexes have of it alone.
    pub(crate) fn remove(&mut self, heap: usize, tid: Tid) -> R<()> {
        let target = heap_in(&mut self.heaps, heap)?;
        let Some(tuple) = target.get(tid) else { return Ok(()) };
        let (known_at, same_keys) =
            (if tuple.same_keys { tuple.root } else { tid }, tuple.same_keys);
        let next = tuple.next;
        if next != NO_TUPLE && target.get(next).is_some_and(|tuple| tuple.same_keys) {
            if same_keys {
                target.clear(tid);
            }
            target.forward(known_at, next);
            return Ok(());
        }
        // The last one of those that the indexes have one entry for, or one that is taken back.
        let is_last = !same_keys || target.moved(known_at) == Some(tid);
        let row = tuple.row.clone();
        target.clear(tid);
        if !is_last {
            return Ok(());
        }
        if same_keys {
            target.clear(known_at);
        }
        for index in target.indexes().iter() {
            if let Some(key) = index.key.key(&row) {
                tree_in(&mut self.trees, index.tree)?.remove(&key, known_at);
            }
        }
        Ok(())
    }

    /// Adds an index and enters every version, dead ones too: an older snapshot may look for them.
    pub(crate) fn add_index(&mut self, heap: usize, spec: IndexSpec) -> R<()> {
        self.part_versions(heap)?;
        let entries: Vec<(Datum, Tid)> = self
            .heap(heap)?
            .iter()
            .filter_map(|(tid, tuple)| Some((spec.key.key(&tuple.row)?, tid)))
            .collect();
        let tree = self.tree_mut(spec.tree)?;
        for (key, tid) in entries {
            tree.insert(key, tid);
        }
        self.heap_mut(heap)?.add_index(spec);
        Ok(())
    }

    /// Gives every version index entries of its own: they may differ in the keys of the index to come.
    fn part_versions(&mut self, heap: usize) -> R<()> {
        let target = heap_in(&mut self.heaps, heap)?;
        let shared = target.iter().filter(|(_, tuple)| tuple.same_keys);
        let shared: Vec<(Tid, Tid, Row)> =
            shared.map(|(tid, tuple)| (tid, tuple.root, tuple.row.clone())).collect();
        for (tid, root, row) in shared {
            let moved = target.moved(root) == Some(tid);
            if moved {
                target.clear(root);
            }
            if let Some(tuple) = target.get_mut(tid) {
                tuple.same_keys = false;
            }
            for index in target.indexes().iter() {
                let Some(key) = index.key.key(&row) else { continue };
                let tree = tree_in(&mut self.trees, index.tree)?;
                if moved {
                    tree.remove(&key, root);
                }
                tree.insert(key, tid);
            }
        }
        Ok(())
    }

    /// Copies every version of a heap with its rows changed, into a new heap without indexes.
    pub(crate) fn rewrite(
        &mut self,
        heap: usize,
        mut change: impl FnMut(&Row) -> R<Row>,
    ) -> R<usize> {
        let mut copy = Heap::default();
        let source = self.heap(heap)?;
        for (tid, tuple) in source.iter() {
            copy.skip_to(tid);
            copy.push(Tuple { row: change(&tuple.row)?, same_keys: false, ..tuple.clone() });
        }
        copy.skip_to(source.end());
        let heaps = Arc::make_mut(&mut self.heaps);
        heaps.push(Some(Arc::new(copy)));
        Ok(heaps.len() - 1)
    }

    /// Makes a change permanent; says which version is dead from now on.
    pub(crate) fn commit(&mut self, undo: Undo, csn: Csn) -> Option<(usize, Tid)> {
        match undo {
            Undo::Born { heap, tid } => {
                if let Some(tuple) = self.heap_mut(heap).ok()?.get_mut(tid) {
                    tuple.born = Stamp::committed(csn);
                }
                None
            }
            Undo::Died { heap, tid } => {
                self.heap_mut(heap).ok()?.get_mut(tid)?.died = Stamp::committed(csn);
                Some((heap, tid))
            }
            Undo::Indexed { .. } => None,
        }
    }

    /// Takes a change back.
    pub(crate) fn rollback(&mut self, undo: Undo) {
        match undo {
            Undo::Born { heap, tid } => {
                // The heap itself may be gone with the table that the transaction had created.
                let _ = self.remove(heap, tid);
            }
            Undo::Died { heap, tid } => {
                if let Ok(heap) = self.heap_mut(heap)
                    && let Some(tuple) = heap.get_mut(tid)
                {
                    tuple.died = Stamp::NONE;
                    tuple.next = NO_TUPLE;
                    tuple.died_keyed = false;
                }
            }
            Undo::Indexed { heap, tree } => {
                if let Ok(heap) = self.heap_mut(heap) {
                    heap.drop_index(tree);
                }
            }
        }
    }
}
