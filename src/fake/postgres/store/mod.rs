//! The multi-version store.
//!
//! A table's rows are *tuples* in a [`Heap`]: an append-only sequence of row versions, in physical order.
//! An update appends the new version and marks the old one as ended, as PostgreSQL's heap does. Each
//! tuple says when it was born and when it died: a commit number, or the transaction that has yet to
//! decide. Whether a snapshot sees it is two comparisons.
//!
//! Indexes are [`Tree`]s of (key, tuple), one entry for each version. Both heap and tree are persistent:
//! pages are shared between forks and copied when first written, so that neither a fork nor the first
//! write after it depends on how many rows there are.

mod heap;
mod sequence;
mod tree;
mod version;

use std::sync::Arc;

pub(crate) use heap::{Heap, NO_TUPLE, Tid};
pub(crate) use sequence::{SequenceShape, Sequences, State as SequenceState};
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
    heaps: Arc<Vec<Option<Arc<Heap>>>>,
    trees: Arc<Vec<Option<Arc<Tree>>>>,
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
        Arc::make_mut(&mut self.heaps)
            .get_mut(heap)
            .and_then(Option::as_mut)
            .map(Arc::make_mut)
            .ok_or_else(|| internal("no such heap"))
    }

    fn tree_mut(&mut self, tree: usize) -> R<&mut Tree> {
        Arc::make_mut(&mut self.trees)
            .get_mut(tree)
            .and_then(Option::as_mut)
            .map(Arc::make_mut)
            .ok_or_else(|| internal("no such index"))
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

    /// Enters a version into an index.
    pub(crate) fn enter(&mut self, tree: usize, key: Datum, tid: Tid) -> R<()> {
        self.tree_mut(tree)?.insert(key, tid);
        Ok(())
    }

    /// Whether two rows differ in the key of any index.
    pub(crate) fn keys_differ(&self, heap: usize, a: &Row, b: &Row) -> R<bool> {
        Ok(self.heap(heap)?.indexes().iter().any(|index| {
            match (index.key.key(a), index.key.key(b)) {
                (Some(a), Some(b)) => a.order(&b).is_ne(),
                (None, None) => false,
                _ => true,
            }
        }))
    }

    /// Marks a version as ended by the transaction, with its successor.
    pub(crate) fn end(
        &mut self,
        heap: usize,
        tid: Tid,
        xid: Xid,
        cid: u32,
        keyed: bool,
        next: Tid,
    ) -> R<()> {
        let tuple =
            self.heap_mut(heap)?.get_mut(tid).ok_or_else(|| internal("the row version is gone"))?;
        tuple.died = Stamp::pending(xid);
        tuple.cmax = cid;
        tuple.died_keyed = keyed;
        tuple.next = next;
        Ok(())
    }

    /// Removes a version and its index entries.
    pub(crate) fn remove(&mut self, heap: usize, tid: Tid) -> R<()> {
        let target = self.heap_mut(heap)?;
        let Some(tuple) = target.remove(tid) else { return Ok(()) };
        let indexes = target.indexes().clone();
        for index in indexes.iter() {
            if let Some(key) = index.key.key(&tuple.row) {
                self.tree_mut(index.tree)?.remove(&key, tid);
            }
        }
        Ok(())
    }

    /// Adds an index and enters every version, dead ones too: an older snapshot may look for them.
    pub(crate) fn add_index(&mut self, heap: usize, spec: IndexSpec) -> R<()> {
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

    /// Copies every version of a heap with its rows changed, into a new heap without indexes.
    pub(crate) fn rewrite(
        &mut self,
        heap: usize,
        mut change: impl FnMut(&Row) -> R<Row>,
    ) -> R<usize> {
        let mut copy = Heap::default();
        let source = self.heap(heap)?;
        for (tid, tuple) in source.iter() {
            copy.place(tid, Tuple { row: change(&tuple.row)?, ..tuple.clone() });
        }
        copy.reserve(source.end());
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
