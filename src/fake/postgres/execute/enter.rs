//! New row versions: put into the heap first, and then entered into one index after the other, as
//! PostgreSQL does. So others run into a row that itself still waits for a key.

use std::sync::Arc;

use super::super::catalog::{Index, Oid, Table};
use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::session::Backend;
use super::super::store::{Entering, NO_TUPLE, Stamp, Tid, Tuple, Undo};
use super::super::types::Row;
use super::constraints::{Uniqueness, conflict, duplicate};
use super::foreign::recheck_unique;
use super::modify::changes_key;
use super::run::Core;

/// A version that is being entered.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) tid: Tid,
    /// How many of the table's indexes have it.
    at: usize,
    entering: Entering,
}

/// How far an entry has come.
pub(super) enum Entered {
    Done,
    /// The session waits for another transaction.
    Wait,
    /// An arbiter of ON CONFLICT has the key already.
    Conflict,
}

/// Puts a new row into the heap.
pub(super) fn place(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &Core,
    table: &Table,
    row: &Row,
) -> R<Entry> {
    let xid = engine.assign_xid(me, slot)?;
    engine.ssi_insert(me, table.heap)?;
    let tuple = Tuple {
        row: row.clone(),
        born: Stamp::pending(xid),
        died: Stamp::NONE,
        cmin: core.snapshot.cid,
        made_by: xid as u32,
        ended_by: 0,
        cmax: 0,
        next: NO_TUPLE,
        root: NO_TUPLE,
        died_keyed: false,
        same_keys: false,
    };
    let tid = engine.store.place(table.heap, tuple)?;
    if let Some(txn) = &mut me.txn {
        txn.undo.push(Undo::Born { heap: table.heap, tid });
    }
    Ok(Entry { tid, at: 0, entering: Entering::Changed })
}

/// Takes back a row that turned out to conflict. Nothing else has happened since [`place`].
pub(super) fn withdraw(
    engine: &mut Engine,
    me: &mut Backend,
    table: &Table,
    entry: Entry,
) -> R<()> {
    let Some(txn) = &mut me.txn else { return Err(internal("no transaction")) };
    txn.undo.pop();
    let xid = txn.xid;
    engine.store.remove(table.heap, entry.tid)?;
    if let Some(xid) = xid {
        engine.wake_transaction(xid);
    }
    Ok(())
}

/// The change of one row, from its lock to its last index.
#[derive(Clone)]
pub(super) struct Replacement {
    pub(super) tid: Tid,
    pub(super) old: Row,
    pub(super) new: Row,
    /// The row was locked by a step of its own.
    locked: bool,
    entry: Option<Entry>,
}

impl Replacement {
    pub(super) fn new(tid: Tid, old: Row, new: Row) -> Replacement {
        Replacement { tid, old, new, locked: false, entry: None }
    }

    pub(super) fn of_locked(tid: Tid, old: Row, new: Row) -> Replacement {
        Replacement { locked: true, ..Replacement::new(tid, old, new) }
    }

    /// The new version, once it stands in the heap.
    pub(super) fn placed(&self) -> Tid {
        self.entry.map_or(NO_TUPLE, |entry| entry.tid)
    }

    /// Replaces the locked version; false if the session must wait for a key.
    pub(super) fn apply(
        &mut self,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
        core: &mut Core,
        table: &Arc<Table>,
    ) -> R<bool> {
        let mut entry = match self.entry {
            Some(entry) => entry,
            None => self.supersede(engine, me, slot, core, table)?,
        };
        let entered =
            enter(engine, me, slot, core, table, &mut entry, &self.new, Some(&self.old), None);
        self.entry = Some(entry);
        match entered? {
            Entered::Done => Ok(true),
            Entered::Wait => Ok(false),
            Entered::Conflict => Err(internal("an update with arbiters")),
        }
    }

    /// Puts the new version into the heap and ends the one before it.
    fn supersede(
        &self,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
        core: &Core,
        table: &Table,
    ) -> R<Entry> {
        let (heap, cid) = (table.heap, core.snapshot.cid);
        let xid = engine.assign_xid(me, slot)?;
        engine.ssi_change(me, heap, self.tid)?;
        let keyed = changes_key(table, &self.old, &self.new);
        let (next, entering) = engine.store.replace(
            heap,
            (self.tid, &self.old),
            self.new.clone(),
            (xid, cid),
            (keyed, self.locked),
        )?;
        if let Some(txn) = &mut me.txn {
            txn.undo.push(Undo::Born { heap, tid: next });
            txn.undo.push(Undo::Died { heap, tid: self.tid });
        }
        Ok(Entry { tid: next, at: 0, entering })
    }
}

/// Enters the version into the indexes that do not have it yet. Another transaction's undecided key is
/// waited for and a taken one is an error, except in the `arbiters`, which say that there is a conflict.
#[allow(clippy::too_many_arguments, reason = "the state of one statement")]
pub(super) fn enter(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &mut Core,
    table: &Arc<Table>,
    entry: &mut Entry,
    row: &Row,
    old: Option<&Row>,
    arbiters: Option<&[Oid]>,
) -> R<Entered> {
    // PostgreSQL enters a new version into all indexes if it changes any of their keys.
    let changed = match entry.entering {
        Entering::Nowhere => return Ok(Entered::Done),
        Entering::Unchanged => false,
        Entering::Changed => true,
    };
    let specs = engine.store.heap(table.heap)?.indexes().clone();
    let own = me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
    while let Some(index) = table.indexes.get(entry.at) {
        let spec = specs.iter().find(|spec| spec.tree == index.tree);
        let spec = spec.ok_or_else(|| internal("an index without a tree"))?;
        let Some(key) = spec.key.key(row) else {
            entry.at += 1;
            continue;
        };
        let same = || {
            old.and_then(|old| spec.key.key(old)).is_some_and(|before| before.order(&key).is_eq())
        };
        if index.unique && changed && !same() {
            let met = conflict(engine, table, index, &key, own, Some(entry.tid))?;
            let is_arbiter = arbiters.is_some_and(|list| is_arbiter(list, index));
            match met {
                Uniqueness::Free => {}
                Uniqueness::Pending(_) | Uniqueness::Taken(_) if is_arbiter => {
                    return Ok(Entered::Conflict);
                }
                Uniqueness::Pending(_) | Uniqueness::Taken(_) if index.deferral.is_deferrable() => {
                    recheck_unique(me, core, table, index, entry.tid);
                }
                Uniqueness::Pending(other) => {
                    engine.await_transaction(me, slot, other);
                    return Ok(Entered::Wait);
                }
                Uniqueness::Taken(_) => {
                    engine.ssi_key(me, table, index.tree, row)?;
                    return Err(duplicate(table, index, row));
                }
            }
        }
        if changed {
            engine.ssi_key(me, table, index.tree, row)?;
        }
        engine.store.enter(index.tree, key, entry.tid)?;
        entry.at += 1;
    }
    if specs.len() > table.indexes.len() {
        // Those that the transaction has dropped: a rollback brings them back.
        for spec in specs.iter().filter(|s| table.indexes.iter().all(|i| i.tree != s.tree)) {
            if let Some(key) = spec.key.key(row) {
                engine.store.enter(spec.tree, key, entry.tid)?;
            }
        }
    }
    Ok(Entered::Done)
}

/// Whether a unique index arbitrates; no list means that all do.
pub(super) fn is_arbiter(arbiters: &[Oid], index: &Index) -> bool {
    arbiters.is_empty() || arbiters.contains(&index.oid)
}
