//! Where the engine tells of snapshots, reads, writes and ends.

use super::super::catalog::Table;
use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::locks::{Target, Waiting};
use super::super::session::Backend;
use super::super::store::{Csn, Snapshot, Tid};
use super::super::types::Row;
use super::xact::Safety;
use super::{Reader, Ssi};

impl Backend {
    fn serial(&self) -> Option<super::SerialId> {
        self.txn.as_ref()?.serial
    }
}

impl Ssi {
    /// The session's transaction as a reader, if it is tracked.
    pub(crate) fn reader(&mut self, me: &Backend) -> Option<Reader<'_>> {
        let id = me.serial()?;
        Some(Reader { ssi: self, id })
    }
}

impl Engine {
    /// The transaction's snapshot, taken at its first statement; `None` if it has to wait for a safe one.
    pub(crate) fn serializable_snapshot(
        &mut self,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<Csn>> {
        let (latest, xmin, now) = (self.csn(), self.oldest_xid(), self.clock.elapsed());
        let txn = me.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
        loop {
            let csn = match txn.snapshot {
                Some(csn) if !txn.deferring => return Ok(Some(csn)),
                Some(csn) => csn,
                None => {
                    txn.snapshot = Some(latest);
                    txn.serial = self.ssi.begin(slot, xmin, txn.read_only);
                    txn.deferring = txn.serial.is_some() && txn.read_only && txn.deferrable;
                    self.hold_snapshot(latest);
                    if let (Some(id), Some(xid)) = (txn.serial, txn.xid) {
                        self.ssi.name(id, xid);
                    }
                    continue;
                }
            };
            let Some(id) = txn.serial else { return Err(internal("a safe snapshot of nobody")) };
            match self.ssi.await_safety(id) {
                Safety::Unknown => {
                    me.waiting = Some(Waiting { target: Target::SafeSnapshot, since: now });
                    return Ok(None);
                }
                Safety::Safe => {
                    let _ = self.ssi.rollback(id);
                    (txn.serial, txn.deferring) = (None, false);
                }
                Safety::Unsafe => {
                    let _ = self.ssi.rollback(id);
                    (txn.serial, txn.snapshot) = (None, None);
                    self.release_snapshot(csn);
                }
            }
        }
    }

    /// ON CONFLICT has met a row: it has read it, whatever becomes of it.
    pub(crate) fn ssi_found(
        &mut self,
        me: &Backend,
        heap: usize,
        tid: Tid,
        mut snapshot: Snapshot,
    ) -> R<()> {
        snapshot.xid = me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
        snapshot.cid = u32::MAX;
        match (self.ssi.reader(me), self.store.tuple(heap, tid)) {
            (Some(mut reads), Some(tuple)) => {
                let visible = snapshot.sees(tuple);
                reads.found(heap, tid, tuple, visible, &snapshot)
            }
            _ => Ok(()),
        }
    }

    /// Before a version is ended.
    pub(crate) fn ssi_change(&mut self, me: &Backend, heap: usize, tid: Tid) -> R<()> {
        me.serial().map_or(Ok(()), |id| self.ssi.write(id, heap, Some(tid)))
    }

    /// Before a row is added.
    pub(crate) fn ssi_insert(&mut self, me: &Backend, heap: usize) -> R<()> {
        me.serial().map_or(Ok(()), |id| self.ssi.write(id, heap, None))
    }

    /// Before a row's key is entered into an index, or found to be taken.
    pub(crate) fn ssi_key(&mut self, me: &Backend, table: &Table, tree: usize, row: &Row) -> R<()> {
        let Some(id) = me.serial() else { return Ok(()) };
        let spec = self.store.heap(table.heap)?.indexes().iter().find(|spec| spec.tree == tree);
        match spec.and_then(|spec| spec.key.key(row)) {
            Some(key) => self.ssi.write_key(id, tree, &key),
            None => Ok(()),
        }
    }

    /// Before a commit.
    ///
    /// # Errors
    /// 40001: the transaction has to be rolled back instead.
    pub(crate) fn ssi_prepare(&mut self, me: &Backend) -> R<()> {
        me.serial().map_or(Ok(()), |id| self.ssi.prepare(id))
    }

    /// After a commit, as which number if it has changed anything; or after a rollback (`None`).
    pub(crate) fn ssi_end(&mut self, id: super::SerialId, committed: Option<Option<Csn>>) {
        let next = self.next_xid();
        let woken = match committed {
            Some(csn) => self.ssi.commit(id, csn, next),
            None => self.ssi.rollback(id),
        };
        for slot in woken {
            if let Some(backend) = self.backend_mut(slot) {
                backend.wake();
            }
        }
    }
}
