//! [`Xact`]: what is known of a serializable transaction; its beginning and its end.

use std::collections::BTreeSet;

use super::super::store::{Csn, Xid};
use super::Ssi;
use super::marks::Mark;

/// The number of a serializable transaction.
pub(crate) type SerialId = u64;

/// Orders preparations and commits.
pub(super) type Seq = u64;

#[derive(Default)]
pub(super) struct Xact {
    /// Of its session.
    slot: usize,
    /// The oldest transaction that was open when the snapshot was taken.
    pub(super) xmin: Xid,
    /// Every transaction from this number on began after the commit.
    pub(super) finished_before: Xid,
    pub(super) last_commit_before_snapshot: Seq,
    pub(super) prepared: Option<Seq>,
    pub(super) committed: Option<Seq>,
    /// Of the transactions that it has conflicts out to and that committed before it, the first.
    pub(super) earliest_out: Option<Seq>,
    /// Declared to be, or turned out to be at its commit.
    pub(super) read_only: bool,
    declared_read_only: bool,
    pub(super) wrote: bool,
    /// Must fail at its next step.
    pub(super) doomed: bool,
    /// Of a READ ONLY one: whether the snapshot is known to be safe.
    pub(super) safety: Safety,
    /// Waits for its safety to be known.
    waiting: bool,
    /// Who has replaced what it read.
    pub(super) outs: BTreeSet<SerialId>,
    /// Who has read what it replaced.
    pub(super) ins: BTreeSet<SerialId>,
    /// Of a READ ONLY one: the writers that may make its snapshot unsafe. Of a writer: the reverse.
    possibly_unsafe: BTreeSet<SerialId>,
    pub(super) marks: BTreeSet<Mark>,
    /// Indexes of which it has read ranges.
    pub(super) trees: BTreeSet<usize>,
    pub(super) xid: Option<Xid>,
    csn: Option<Csn>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Safety {
    #[default]
    Unknown,
    Safe,
    Unsafe,
}

impl Ssi {
    /// A transaction takes its snapshot. `None` if it need not be tracked: it only reads, and nobody who
    /// could write is open.
    pub(super) fn begin(&mut self, slot: usize, xmin: Xid, read_only: bool) -> Option<SerialId> {
        let id = self.next + 1;
        let mut xact = Xact {
            slot,
            xmin,
            last_commit_before_snapshot: self.seq,
            read_only,
            declared_read_only: read_only,
            ..Xact::default()
        };
        if read_only {
            let writers = self.xacts.iter_mut().filter(|(_, other)| {
                other.committed.is_none() && !other.doomed && !other.read_only
            });
            for (writer, other) in writers {
                other.possibly_unsafe.insert(id);
                xact.possibly_unsafe.insert(*writer);
            }
            if xact.possibly_unsafe.is_empty() {
                return None;
            }
        } else {
            self.writable += 1;
        }
        self.next = id;
        self.xacts.insert(id, xact);
        Some(id)
    }

    /// The transaction has got its number.
    pub(crate) fn name(&mut self, id: SerialId, xid: Xid) {
        if let Some(xact) = self.xacts.get_mut(&id) {
            xact.xid = Some(xid);
            self.by_xid.insert(xid, id);
        }
    }

    /// Whether the snapshot of a READ ONLY transaction is safe; while that is not known, it waits.
    pub(super) fn await_safety(&mut self, id: SerialId) -> Safety {
        let Some(xact) = self.xacts.get_mut(&id) else { return Safety::Safe };
        xact.waiting = xact.safety == Safety::Unknown;
        xact.safety
    }

    /// The transaction has committed. Returns the sessions that wait for a safe snapshot and can go on.
    pub(super) fn commit(&mut self, id: SerialId, csn: Option<Csn>, next_xid: Xid) -> Vec<usize> {
        self.seq += 1;
        let seq = self.seq;
        let Some(xact) = self.xacts.get_mut(&id) else { return vec![] };
        xact.committed = Some(seq);
        xact.prepared.get_or_insert(seq);
        xact.finished_before = next_xid;
        xact.csn = csn;
        xact.read_only |= !xact.wrote;
        if let Some(csn) = csn {
            self.by_csn.insert(csn, id);
        }
        self.settle_conflicts(id);
        let woken = self.leave(id);
        self.forget_old(id);
        woken
    }

    /// The transaction has rolled back, or need not be tracked any longer.
    pub(super) fn rollback(&mut self, id: SerialId) -> Vec<usize> {
        let Some(xact) = self.xacts.get_mut(&id) else { return vec![] };
        xact.doomed = true;
        let woken = self.leave(id);
        self.forget_old(id);
        self.remove(id);
        woken
    }

    /// What it needs to remember of its conflicts once it has committed.
    fn settle_conflicts(&mut self, id: SerialId) {
        let Some(xact) = self.xacts.get(&id) else { return };
        let (writes, outs, ins) = (!xact.read_only, xact.outs.clone(), xact.ins.clone());
        let mut earliest = xact.earliest_out;
        for out in outs {
            let Some(other) = self.xacts.get(&out) else { continue };
            if other.committed.is_some() {
                if writes && let Some(prepared) = other.prepared {
                    earliest = Some(earliest.map_or(prepared, |first| first.min(prepared)));
                }
                self.drop_conflict(id, out);
            } else if other.last_commit_before_snapshot >= self.seq {
                self.drop_conflict(id, out);
            }
        }
        for reader in ins {
            if self.xacts.get(&reader).is_none_or(|r| r.committed.is_some() || r.read_only) {
                self.drop_conflict(reader, id);
            }
        }
        if let Some(xact) = self.xacts.get_mut(&id) {
            xact.earliest_out = earliest;
        }
    }

    fn drop_conflict(&mut self, reader: SerialId, writer: SerialId) {
        if let Some(reader) = self.xacts.get_mut(&reader) {
            reader.outs.remove(&writer);
        }
        if let Some(writer) = self.xacts.get_mut(&writer) {
            writer.ins.remove(&reader);
        }
    }

    /// It is no longer open: READ ONLY transactions may learn whether their snapshots are safe.
    fn leave(&mut self, id: SerialId) -> Vec<usize> {
        let Some(xact) = self.xacts.get_mut(&id) else { return vec![] };
        let others = std::mem::take(&mut xact.possibly_unsafe);
        let declared = xact.declared_read_only;
        let out = xact.earliest_out.filter(|_| xact.committed.is_some() && xact.wrote);
        if !declared {
            self.writable = self.writable.saturating_sub(1);
            if self.writable == 0 {
                self.only_readers_since = self.seq;
            }
        }
        let mut woken = vec![];
        for other in others {
            let Some(reader) = self.xacts.get_mut(&other) else { continue };
            reader.possibly_unsafe.remove(&id);
            if declared {
                continue;
            }
            if out.is_some_and(|out| out <= reader.last_commit_before_snapshot) {
                reader.safety = Safety::Unsafe;
                for writer in std::mem::take(&mut reader.possibly_unsafe) {
                    if let Some(writer) = self.xacts.get_mut(&writer) {
                        writer.possibly_unsafe.remove(&other);
                    }
                }
            } else if reader.possibly_unsafe.is_empty() {
                reader.safety = Safety::Safe;
            }
            if let Some(reader) = self.xacts.get_mut(&other)
                && reader.waiting
                && reader.safety != Safety::Unknown
            {
                reader.waiting = false;
                woken.push(reader.slot);
            }
        }
        woken
    }

    /// Removes committed transactions that no open one overlaps any more.
    fn forget_old(&mut self, ended: SerialId) {
        let open = || {
            self.xacts
                .iter()
                .filter(|(id, xact)| **id != ended && xact.committed.is_none())
                .map(|(_, xact)| xact.xmin)
        };
        let oldest = open().min();
        let ended_xmin = self.xacts.get(&ended).map_or(0, |xact| xact.xmin);
        if oldest.is_some_and(|oldest| oldest <= ended_xmin) {
            return;
        }
        let old: Vec<SerialId> = self
            .xacts
            .iter()
            .filter(|(_, xact)| {
                xact.committed.is_some()
                    && oldest.is_none_or(|oldest| xact.finished_before <= oldest)
            })
            .map(|(id, _)| *id)
            .collect();
        for id in old {
            self.remove(id);
        }
        // Whoever is open and overlaps these only reads: nobody will look for their marks.
        let read: Vec<SerialId> = self
            .xacts
            .iter()
            .filter(|(_, xact)| xact.committed.is_some_and(|seq| seq <= self.only_readers_since))
            .map(|(id, _)| *id)
            .collect();
        for id in read {
            if self.xacts.get(&id).is_some_and(|xact| xact.read_only) {
                self.remove(id);
            } else {
                self.unmark_all(id);
                let readers = self.xacts.get(&id).map(|xact| xact.ins.clone()).unwrap_or_default();
                for reader in readers {
                    self.drop_conflict(reader, id);
                }
            }
        }
    }

    fn remove(&mut self, id: SerialId) {
        self.unmark_all(id);
        let Some(xact) = self.xacts.remove(&id) else { return };
        for out in &xact.outs {
            if let Some(writer) = self.xacts.get_mut(out) {
                writer.ins.remove(&id);
            }
        }
        for reader in &xact.ins {
            if let Some(reader) = self.xacts.get_mut(reader) {
                reader.outs.remove(&id);
            }
        }
        if let Some(xid) = xact.xid {
            self.by_xid.remove(&xid);
        }
        if let Some(csn) = xact.csn {
            self.by_csn.remove(&csn);
        }
    }
}
