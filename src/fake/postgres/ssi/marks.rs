//! SIREAD marks: left by reads, looked for by writes.

use super::super::errors::R;
use super::super::store::{Bound, Snapshot, Tid, Tree, Tuple, Xid};
use super::super::types::Datum;
use super::conflicts::failure;
use super::xact::Safety;
use super::{SerialId, Ssi};

/// Row versions that share a page of PostgreSQL's heap, where rows are of a few small columns.
const ROWS_OF_PAGE: u64 = 180;

/// With more marks on versions of a page than this, the page is marked (`max_pred_locks_per_page`).
const MARKS_OF_PAGE: usize = 2;

/// With more marks on parts of a table or index than this, all of it is marked
/// (`max_pred_locks_per_relation`).
const MARKS_OF_RELATION: usize = 31;

/// Something in a heap that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Heap(usize),
    Page(usize, u64),
    Version(usize, Tid),
}

/// Keys of an index that were read.
pub(super) struct Range {
    by: SerialId,
    low: Bound,
    high: Bound,
}

impl Range {
    fn holds(&self, key: &Datum) -> bool {
        !self.low.is_above(key) && !self.high.is_below(key)
    }

    fn covers(&self, low: &Bound, high: &Bound) -> bool {
        let lower = match (&self.low, low) {
            (Bound::Open, _) => true,
            (_, Bound::Open) => false,
            (own, Bound::Included(key) | Bound::Excluded(key)) => !own.is_above(key),
        };
        lower
            && match (&self.high, high) {
                (Bound::Open, _) => true,
                (_, Bound::Open) => false,
                (Bound::Excluded(own), Bound::Excluded(key)) => key.order(own).is_le(),
                (own, Bound::Included(key) | Bound::Excluded(key)) => !own.is_below(key),
            }
    }
}

/// A serializable transaction that reads.
pub(crate) struct Reader<'s> {
    pub(super) ssi: &'s mut Ssi,
    pub(super) id: SerialId,
}

impl Reader<'_> {
    /// It reads the whole table.
    pub(crate) fn heap(&mut self, heap: usize) {
        if self.ssi.tracks(self.id) {
            self.ssi.mark_heap(self.id, heap);
        }
    }

    /// It looks up keys of an index.
    pub(crate) fn keys(&mut self, number: usize, tree: &Tree, low: &Bound, high: &Bound) {
        if !self.ssi.tracks(self.id) {
            return;
        }
        let (low, high) = tree.pages(low, high);
        self.ssi.mark_range(self.id, number, low, high);
    }

    /// It comes upon a version, which it sees or not.
    ///
    /// # Errors
    /// 40001 if the transaction is doomed, or would be the one to complete a dangerous structure.
    pub(crate) fn tuple(&mut self, tuple: &Tuple, visible: bool, snapshot: &Snapshot) -> R<()> {
        if !self.ssi.tracks(self.id) {
            return Ok(());
        }
        self.ssi.fail_if_doomed(self.id, "conflict out checking")?;
        let stamp = if visible { tuple.died } else { tuple.born };
        let writer = match stamp.xid() {
            Some(xid) => self.ssi.by_xid.get(&xid),
            None => stamp
                .csn()
                .filter(|csn| *csn > snapshot.csn)
                .and_then(|csn| self.ssi.by_csn.get(&csn)),
        };
        match writer.copied() {
            Some(writer) if writer != self.id => self.ssi.read_of(self.id, writer),
            _ => Ok(()),
        }
    }

    /// As [`Reader::tuple`], found by an index: a version that it sees is marked.
    pub(crate) fn found(
        &mut self,
        heap: usize,
        tid: Tid,
        tuple: &Tuple,
        visible: bool,
        snapshot: &Snapshot,
    ) -> R<()> {
        self.tuple(tuple, visible, snapshot)?;
        let own: Option<Xid> = tuple.born.xid();
        if visible && own.is_none() && self.ssi.tracks(self.id) {
            self.ssi.mark_version(self.id, heap, tid);
        }
        Ok(())
    }
}

impl Ssi {
    /// False if the transaction is not tracked, or need not be any longer.
    pub(super) fn tracks(&mut self, id: SerialId) -> bool {
        match self.xacts.get(&id) {
            None => false,
            Some(xact) if xact.safety == Safety::Safe => {
                let _ = self.rollback(id);
                false
            }
            Some(_) => true,
        }
    }

    fn fail_if_doomed(&self, id: SerialId, during: &str) -> R<()> {
        if self.xacts.get(&id).is_some_and(|xact| xact.doomed) {
            let reason = format!("Canceled on identification as a pivot, during {during}.");
            return Err(failure(&reason));
        }
        Ok(())
    }

    /// A read met what a concurrent transaction has written.
    fn read_of(&mut self, reader: SerialId, writer: SerialId) -> R<()> {
        let (Some(r), Some(w)) = (self.xacts.get(&reader), self.xacts.get(&writer)) else {
            return Ok(());
        };
        if w.doomed {
            return Ok(());
        }
        // A reader that nothing precedes runs before the writer.
        let harmless = r.read_only
            && w.committed.is_some()
            && w.earliest_out.is_none_or(|first| r.last_commit_before_snapshot < first);
        if harmless { Ok(()) } else { self.conflict(reader, writer, reader) }
    }

    /// The transaction changes a version, or adds one to the heap (`None`).
    ///
    /// # Errors
    /// 40001 if the transaction is doomed, or would be the one to complete a dangerous structure.
    pub(super) fn write(&mut self, id: SerialId, heap: usize, tid: Option<Tid>) -> R<()> {
        self.begin_write(id)?;
        if let Some(tid) = tid {
            self.meet(id, Mark::Version(heap, tid))?;
            self.meet(id, Mark::Page(heap, tid / ROWS_OF_PAGE))?;
        }
        self.meet(id, Mark::Heap(heap))
    }

    /// The transaction enters a key into an index, or would have.
    ///
    /// # Errors
    /// As [`Ssi::write`].
    pub(super) fn write_key(&mut self, id: SerialId, tree: usize, key: &Datum) -> R<()> {
        self.begin_write(id)?;
        let Some(ranges) = self.ranges.get(&tree) else { return Ok(()) };
        let readers: Vec<SerialId> =
            ranges.iter().filter(|range| range.holds(key)).map(|range| range.by).collect();
        self.meet_all(id, readers)
    }

    fn begin_write(&mut self, id: SerialId) -> R<()> {
        self.fail_if_doomed(id, "conflict in checking")?;
        if let Some(xact) = self.xacts.get_mut(&id) {
            xact.wrote = true;
        }
        Ok(())
    }

    fn meet(&mut self, id: SerialId, mark: Mark) -> R<()> {
        match self.marks.get(&mark) {
            None => Ok(()),
            Some(readers) => {
                let readers = readers.clone();
                self.meet_all(id, readers)
            }
        }
    }

    fn meet_all(&mut self, id: SerialId, readers: Vec<SerialId>) -> R<()> {
        let Some(xmin) = self.xacts.get(&id).map(|xact| xact.xmin) else { return Ok(()) };
        for reader in readers {
            let concurrent = self.xacts.get(&reader).is_some_and(|xact| {
                !xact.doomed && (xact.committed.is_none() || xmin < xact.finished_before)
            });
            if reader != id && concurrent {
                self.conflict(reader, id, id)?;
            }
        }
        Ok(())
    }

    fn mark(&mut self, id: SerialId, mark: Mark) {
        if let Some(xact) = self.xacts.get_mut(&id)
            && xact.marks.insert(mark)
        {
            self.marks.entry(mark).or_default().push(id);
        }
    }

    fn unmark(&mut self, id: SerialId, mark: Mark) {
        if let Some(readers) = self.marks.get_mut(&mark) {
            readers.retain(|reader| *reader != id);
            if readers.is_empty() {
                self.marks.remove(&mark);
            }
        }
    }

    fn has_mark(&self, id: SerialId, mark: Mark) -> bool {
        self.xacts.get(&id).is_some_and(|xact| xact.marks.contains(&mark))
    }

    /// Takes off the marks between two, both included.
    fn unmark_between(&mut self, id: SerialId, first: Mark, last: Mark) {
        let Some(xact) = self.xacts.get_mut(&id) else { return };
        let gone: Vec<Mark> = xact.marks.range(first..=last).copied().collect();
        for mark in &gone {
            xact.marks.remove(mark);
        }
        for mark in gone {
            self.unmark(id, mark);
        }
    }

    fn mark_heap(&mut self, id: SerialId, heap: usize) {
        if self.has_mark(id, Mark::Heap(heap)) {
            return;
        }
        self.unmark_between(id, Mark::Page(heap, 0), Mark::Page(heap, u64::MAX));
        self.unmark_between(id, Mark::Version(heap, 0), Mark::Version(heap, Tid::MAX));
        self.mark(id, Mark::Heap(heap));
    }

    fn mark_version(&mut self, id: SerialId, heap: usize, tid: Tid) {
        let page = tid / ROWS_OF_PAGE;
        if self.has_mark(id, Mark::Heap(heap)) || self.has_mark(id, Mark::Page(heap, page)) {
            return;
        }
        self.mark(id, Mark::Version(heap, tid));
        let Some(xact) = self.xacts.get(&id) else { return };
        let count = |first: Mark, last: Mark| xact.marks.range(first..=last).count();
        let first = Mark::Version(heap, page * ROWS_OF_PAGE);
        let last = Mark::Version(heap, page * ROWS_OF_PAGE + (ROWS_OF_PAGE - 1));
        if count(first, last) > MARKS_OF_PAGE {
            self.unmark_between(id, first, last);
            self.mark(id, Mark::Page(heap, page));
        }
        let Some(xact) = self.xacts.get(&id) else { return };
        let count = |first: Mark, last: Mark| xact.marks.range(first..=last).count();
        let parts = count(Mark::Page(heap, 0), Mark::Page(heap, u64::MAX))
            + count(Mark::Version(heap, 0), Mark::Version(heap, Tid::MAX));
        if parts > MARKS_OF_RELATION {
            self.mark_heap(id, heap);
        }
    }

    fn mark_range(&mut self, id: SerialId, tree: usize, low: Bound, high: Bound) {
        let ranges = self.ranges.entry(tree).or_default();
        let mut own = ranges.iter().filter(|range| range.by == id);
        if own.any(|range| range.covers(&low, &high)) {
            return;
        }
        let count = ranges.iter().filter(|range| range.by == id).count();
        if count >= MARKS_OF_RELATION {
            ranges.retain(|range| range.by != id);
            ranges.push(Range { by: id, low: Bound::Open, high: Bound::Open });
        } else {
            ranges.push(Range { by: id, low, high });
        }
        if let Some(xact) = self.xacts.get_mut(&id) {
            xact.trees.insert(tree);
        }
    }

    /// Takes off all marks of a transaction.
    pub(super) fn unmark_all(&mut self, id: SerialId) {
        let Some(xact) = self.xacts.get_mut(&id) else { return };
        let (marks, trees) = (std::mem::take(&mut xact.marks), std::mem::take(&mut xact.trees));
        for mark in marks {
            self.unmark(id, mark);
        }
        for tree in trees {
            if let Some(ranges) = self.ranges.get_mut(&tree) {
                ranges.retain(|range| range.by != id);
                if ranges.is_empty() {
                    self.ranges.remove(&tree);
                }
            }
        }
    }
}
