//! Begin, commit, rollback and savepoints.

use std::sync::Arc;

use super::super::engine::Engine;
use super::super::errors::{R, fail};
use super::super::locks::{RowKey, Target};
use super::super::parse::ast::Modes;
use super::super::store::{Undo, Xid};
use super::backend::{Backend, Savepoint, Txn};
use super::constraints::ConstraintModes;

impl Engine {
    pub(crate) fn begin(&mut self, me: &mut Backend, implicit: bool, modes: Modes) -> R<()> {
        let settings = &me.settings;
        let isolation = modes.isolation.unwrap_or(settings.isolation);
        let read_only = modes.read_only.unwrap_or(settings.read_only);
        let deferrable = modes.deferrable.unwrap_or(settings.deferrable);
        me.txn = Some(Txn {
            xid: None,
            isolation,
            read_only,
            deferrable,
            snapshot: None,
            serial: None,
            deferring: false,
            cid: 0,
            undo: vec![],
            row_locks: vec![],
            table_locks: vec![],
            savepoints: vec![],
            failed: false,
            inherited: Modes::default(),
            implicit,
            begun: false,
            now: me.values.started,
            since: self.clock.elapsed(),
            draft: None,
            settings: settings.clone(),
            before: settings.clone(),
            constraints: ConstraintModes::default(),
            deferred: vec![],
            made_heaps: vec![],
            dropped_heaps: vec![],
            saved_sequences: vec![],
        });
        Ok(())
    }

    /// Makes the transaction permanent. Deferred checks have passed.
    pub(crate) fn commit(&mut self, me: &mut Backend) {
        let Some(txn) = me.txn.take() else { return };
        self.commit_changes(&txn.undo);
        if let Some(id) = txn.serial {
            let csn = (!txn.undo.is_empty()).then(|| self.csn());
            self.ssi_end(id, Some(csn));
        }
        if let Some(draft) = &txn.draft {
            let version = self.plans.shared.next_version();
            self.catalog = Arc::new(draft.committed(&self.catalog, version));
        }
        for heap in &txn.dropped_heaps {
            self.store.drop_heap(*heap);
        }
        self.end(me, txn);
    }

    /// Takes everything back and lets go of the locks.
    pub(crate) fn rollback(&mut self, me: &mut Backend) {
        let Some(mut txn) = me.txn.take() else { return };
        if let Some(id) = txn.serial {
            self.ssi_end(id, None);
        }
        let undone = self.take_back(&mut txn, 0);
        self.restore_sequences(&mut txn, 0);
        me.settings = txn.before.clone();
        for heap in &txn.made_heaps {
            self.store.drop_heap(*heap);
        }
        txn.undo = undone;
        self.end(me, txn);
    }

    /// The transaction failed outside of any savepoint: it lets go of everything, and waits for ROLLBACK.
    pub(crate) fn abort(&mut self, me: &mut Backend) {
        let Some(txn) = &me.txn else { return };
        let implicit = txn.implicit;
        let modes = Modes {
            isolation: Some(txn.isolation),
            read_only: Some(txn.read_only),
            deferrable: Some(txn.deferrable),
        };
        let (now, since, before) = (txn.now, txn.since, txn.before.clone());
        let inherited = txn.inherited;
        if !txn.savepoints.is_empty() {
            return self.abort_to_savepoint(me);
        }
        self.rollback(me);
        if !implicit
            && self.begin(me, false, modes).is_ok()
            && let Some(txn) = &mut me.txn
        {
            (txn.failed, txn.begun, txn.inherited) = (true, true, inherited);
            (txn.now, txn.since, txn.before) = (now, since, before);
        }
    }

    fn abort_to_savepoint(&mut self, me: &mut Backend) {
        if let Some(last) = me.txn.as_ref().map(|txn| txn.savepoints.len() - 1) {
            self.back_to(me, last);
        }
        if let Some(txn) = &mut me.txn {
            txn.failed = true;
        }
    }

    /// Undoes everything since the savepoint and lets go of the locks that were taken since.
    fn back_to(&mut self, me: &mut Backend, place: usize) {
        let Some(mut txn) = me.txn.take() else { return };
        if !me.cursors.is_empty() {
            super::cursor::close_if(self, me, |cursor| !cursor.is_held() && cursor.depth > place);
        }
        let xid = txn.xid.unwrap_or(0);
        let mark = &txn.savepoints[place];
        let (undo, row_locks, deferred, dropped) =
            (mark.undo, mark.row_locks, mark.deferred, mark.dropped_heaps);
        let (advisory, sequences) = (mark.advisory, mark.saved_sequences);
        txn.constraints = mark.constraints.clone();
        if let Some(checked) = &mark.checked {
            txn.deferred = checked.clone();
        }
        txn.draft = mark.draft.clone();
        txn.settings = mark.settings.clone();
        txn.read_only = mark.read_only;
        me.settings = mark.session_settings.clone();
        let keep = mark.table_locks.clone();
        let held = std::mem::replace(&mut txn.table_locks, keep.clone());
        let undone = self.take_back(&mut txn, undo);
        self.restore_sequences(&mut txn, sequences);
        let locks = txn.row_locks.split_off(row_locks);
        txn.deferred.truncate(deferred);
        txn.dropped_heaps.truncate(dropped);
        me.txn = Some(txn);
        for (key, mode) in locks {
            self.unlock_row(key, xid, Some(mode));
        }
        self.grant_undone(&undone);
        self.unlock_tables(me, &held, &keep);
        self.unlock_transaction_advisory(me, advisory);
        self.wake_transaction(xid);
    }

    /// Undoes the changes after a mark; returns them.
    fn take_back(&mut self, txn: &mut Txn, mark: usize) -> Vec<Undo> {
        let undone = txn.undo.split_off(mark);
        for undo in undone.iter().rev() {
            self.store.rollback(*undo);
        }
        undone
    }

    /// ALTER SEQUENCE and RESTART are undone, other than `nextval`.
    fn restore_sequences(&mut self, txn: &mut Txn, mark: usize) {
        for (oid, state) in txn.saved_sequences.split_off(mark).into_iter().rev() {
            self.sequences.restore(oid, state);
        }
    }

    fn grant_undone(&mut self, undone: &[Undo]) {
        for key in ended_rows(self, undone) {
            self.grant_row(key);
        }
    }

    fn end(&mut self, me: &mut Backend, txn: Txn) {
        if !me.cursors.is_empty() {
            super::cursor::close_if(self, me, |cursor| !cursor.is_held());
        }
        if let Some(csn) = txn.snapshot {
            self.release_snapshot(csn);
        }
        if let Some(xid) = txn.xid {
            self.owners.remove(xid);
            self.unlock_rows(&txn, xid);
            self.wake_transaction(xid);
        }
        if !txn.table_locks.is_empty() {
            self.unlock_tables(me, &txn.table_locks, &[]);
        }
        self.unlock_transaction_advisory(me, 0);
        me.values.xid = None;
    }

    /// Rows are let go in the order in which they were taken.
    fn unlock_rows(&mut self, txn: &Txn, xid: Xid) {
        if !self.locks.has_rows() {
            return;
        }
        for (key, _) in &txn.row_locks {
            self.unlock_row(*key, xid, None);
        }
        self.grant_undone(&txn.undo);
    }

    pub(crate) fn savepoint(&mut self, me: &mut Backend, name: String) {
        let session_settings = me.settings.clone();
        let advisory = self.locks.heavy.transaction_mark(me.values.slot);
        if let Some(txn) = &mut me.txn {
            txn.savepoints.push(Savepoint {
                name,
                undo: txn.undo.len(),
                row_locks: txn.row_locks.len(),
                table_locks: txn.table_locks.clone(),
                draft: txn.draft.clone(),
                settings: txn.settings.clone(),
                session_settings,
                constraints: txn.constraints.clone(),
                deferred: txn.deferred.len(),
                checked: None,
                advisory,
                dropped_heaps: txn.dropped_heaps.len(),
                read_only: txn.read_only,
                saved_sequences: txn.saved_sequences.len(),
            });
        }
    }

    fn savepoint_named(me: &Backend, name: &str) -> R<usize> {
        let found = me
            .txn
            .as_ref()
            .and_then(|txn| txn.savepoints.iter().rposition(|mark| mark.name == name));
        found.map_or_else(|| fail("3B001", format!("savepoint \"{name}\" does not exist")), Ok)
    }

    /// ROLLBACK TO: the savepoint stays.
    pub(crate) fn rollback_to(&mut self, me: &mut Backend, name: &str) -> R<()> {
        let place = Self::savepoint_named(me, name)?;
        self.back_to(me, place);
        if let Some(txn) = &mut me.txn {
            txn.savepoints.truncate(place + 1);
            txn.failed = false;
        }
        Ok(())
    }

    /// RELEASE: the savepoint and those after it are gone, their changes stay.
    pub(crate) fn release(&mut self, me: &mut Backend, name: &str) -> R<()> {
        let place = Self::savepoint_named(me, name)?;
        if let Some(txn) = &mut me.txn {
            txn.read_only = txn.savepoints[place].read_only;
            txn.savepoints.truncate(place);
        }
        for cursor in &mut me.cursors {
            cursor.depth = cursor.depth.min(place);
        }
        Ok(())
    }

    /// Takes the session out of whatever queue it waits in.
    pub(crate) fn stop_waiting(&mut self, me: &mut Backend, slot: usize) {
        me.awaited_name = None;
        let Some(waiting) = me.waiting.take() else { return };
        match waiting.target {
            Target::Row { key, .. } => self.leave_row_queue(key, slot),
            Target::Transaction(xid) => self.leave_transaction_queue(xid, slot),
            Target::Heavy { .. } => self.leave_heavy_queue(me),
            Target::SafeSnapshot => {}
        }
    }

    /// The client is gone: everything open is rolled back, the session accepts nothing more.
    pub(crate) fn lose(&mut self, me: &mut Backend, slot: usize) {
        self.stop_waiting(me, slot);
        self.rollback(me);
        self.drop_temporary(me);
        self.unlock_session_advisory(me);
        me.lost = true;
        me.active = false;
        me.wake();
    }
}

/// Identities of the rows whose versions were ended.
fn ended_rows(engine: &Engine, undone: &[Undo]) -> Vec<RowKey> {
    undone
        .iter()
        .filter_map(|undo| match undo {
            Undo::Died { heap, tid } => Some((*heap, engine.store.tuple(*heap, *tid)?.root)),
            Undo::Born { .. } | Undo::Indexed { .. } => None,
        })
        .collect()
}
