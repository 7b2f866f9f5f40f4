//! Table locks, and waits for the end of a transaction.

use super::super::catalog::Oid;
use super::super::engine::Engine;
use super::super::errors::R;
use super::super::parse::ast::TableLock;
use super::super::session::{Backend, Txn};
use super::super::store::Xid;
use super::{HeavyKey, Target, Waiting};

const MODES: [TableLock; 8] = [
    TableLock::AccessShare,
    TableLock::RowShare,
    TableLock::RowExclusive,
    TableLock::ShareUpdateExclusive,
    TableLock::Share,
    TableLock::ShareRowExclusive,
    TableLock::Exclusive,
    TableLock::AccessExclusive,
];

/// The modes that conflict, as bits; PostgreSQL's table.
pub(crate) const fn conflicting(mode: TableLock) -> u8 {
    match mode {
        TableLock::AccessShare => 0b1000_0000,
        TableLock::RowShare => 0b1100_0000,
        TableLock::RowExclusive => 0b1111_0000,
        TableLock::ShareUpdateExclusive => 0b1111_1000,
        TableLock::Share => 0b1110_1100,
        TableLock::ShareRowExclusive => 0b1111_1100,
        TableLock::Exclusive => 0b1111_1110,
        TableLock::AccessExclusive => 0b1111_1111,
    }
}

pub(super) const fn bit(mode: TableLock) -> u8 {
    1 << (mode as u8)
}

/// Modes that conflict with what statements take by themselves.
fn is_strong(mode: TableLock) -> bool {
    mode > TableLock::RowExclusive
}

fn strong_modes(held: u8) -> usize {
    MODES.iter().filter(|mode| is_strong(**mode) && held & bit(**mode) != 0).count()
}

impl Txn {
    /// The transaction has the lock, which nobody stands in the way of.
    pub(crate) fn hold(&mut self, oid: Oid, mode: TableLock) {
        match self.table_locks.iter_mut().find(|(table, _)| *table == oid) {
            Some((_, held)) => *held |= bit(mode),
            None => self.table_locks.push((oid, bit(mode))),
        }
    }
}

impl Engine {
    /// Locks a table; false if the session must wait.
    pub(crate) fn lock_table(
        &mut self,
        me: &mut Backend,
        slot: usize,
        oid: Oid,
        mode: TableLock,
        nowait: bool,
        name: &str,
    ) -> R<bool> {
        let Some(txn) = me.txn.as_mut() else { return Ok(true) };
        let own = txn.table_locks.iter().find(|(table, _)| *table == oid);
        if own.is_some_and(|(_, held)| held & bit(mode) != 0) {
            return Ok(true);
        }
        let unchallenged =
            self.locks.strong == 0 && self.locks.heavy.queue.is_empty() && !is_strong(mode);
        let key = HeavyKey::Table(oid);
        if !unchallenged && self.heavy_blocked(slot, key, mode) {
            if nowait {
                return Engine::relation_busy(name);
            }
            if !self.join_heavy_queue(me, slot, (key, mode, true))? {
                return Ok(false);
            }
        }
        self.note_table(me, oid, mode);
        Ok(true)
    }

    pub(super) fn note_table(&mut self, me: &mut Backend, oid: Oid, mode: TableLock) {
        let Some(txn) = me.txn.as_mut() else { return };
        if is_strong(mode) {
            self.locks.strong += 1;
        }
        txn.hold(oid, mode);
    }

    /// The sessions whose locks on the table conflict.
    pub(super) fn table_holders(
        &self,
        slot: usize,
        oid: Oid,
        mode: TableLock,
    ) -> impl Iterator<Item = usize> {
        self.backends.iter().enumerate().filter_map(move |(holder, backend)| {
            let txn = backend.as_ref()?.txn.as_ref()?;
            let held = txn.table_locks.iter().find(|(table, _)| *table == oid)?.1;
            (holder != slot && held & conflicting(mode) != 0).then_some(holder)
        })
    }

    /// Lets go of table locks: all, or those that were taken since.
    pub(crate) fn unlock_tables(&mut self, me: &Backend, held: &[(Oid, u8)], keep: &[(Oid, u8)]) {
        for (oid, modes) in held {
            let kept = keep.iter().find(|(table, _)| table == oid).map_or(0, |(_, modes)| *modes);
            self.locks.strong -= strong_modes(modes & !kept).min(self.locks.strong);
        }
        if !self.locks.heavy.queue.is_empty() {
            self.grant_heavy(Some(me));
        }
    }

    /// Puts the session into the queue for the end of a transaction.
    pub(crate) fn await_transaction(&mut self, me: &mut Backend, slot: usize, xid: Xid) {
        self.locks.transactions.entry(xid).or_default().push(slot);
        me.waiting =
            Some(Waiting { target: Target::Transaction(xid), since: self.clock.elapsed() });
    }

    pub(crate) fn leave_transaction_queue(&mut self, xid: Xid, slot: usize) {
        if let Some(waiters) = self.locks.transactions.get_mut(&xid) {
            waiters.retain(|waiter| *waiter != slot);
            if waiters.is_empty() {
                self.locks.transactions.remove(&xid);
            }
        }
    }

    /// Wakes who waits for the transaction: it has ended, or taken something back.
    pub(crate) fn wake_transaction(&mut self, xid: Xid) {
        for slot in self.locks.transactions.remove(&xid).unwrap_or_default() {
            if let Some(backend) = self.backend_mut(slot) {
                backend.wake();
            }
        }
    }
}
