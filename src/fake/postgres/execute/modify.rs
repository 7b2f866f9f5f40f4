//! UPDATE and DELETE.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::catalog::Table;
use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{LockWait, RowLock};
use super::super::plan::Modify;
use super::super::session::Backend;
use super::super::store::{NO_TUPLE, Stamp, Tid, Tuple, Undo};
use super::super::types::Row;
use super::constraints::{
    Uniqueness, check, check_views, duplicate, generate, key_differs, uniqueness,
};
use super::eval::{eval, eval_all, holds};
use super::foreign::{delete_events, update_events};
use super::lock::{spliced, version};
use super::run::Core;
use super::scan::produce;
use super::{Frame, Rec};

pub(super) struct Task {
    delete: bool,
    found: Option<Vec<Rec>>,
    at: usize,
    /// The new row that the row at hand would get, computed before it is locked.
    draft: Option<Row>,
    /// Locked: the version, its row and the new one.
    ready: Option<(Tid, Row, Row)>,
    /// Rows that several FROM rows meet are changed once.
    done: BTreeSet<Tid>,
    rows: Vec<Row>,
    count: u64,
}

impl Task {
    pub(super) fn new(delete: bool) -> Task {
        Task {
            delete,
            found: None,
            at: 0,
            draft: None,
            ready: None,
            done: BTreeSet::new(),
            rows: vec![],
            count: 0,
        }
    }

    /// Returns what RETURNING gives and the number of rows, or `None` if the session must wait.
    pub(super) fn step(
        &mut self,
        modify: &Modify,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<(Vec<Row>, u64)>> {
        let mut found = match self.found.take() {
            Some(found) => found,
            None => {
                let mut found = vec![];
                let count = modify.from.relations.len();
                let _ = core.with(engine, me, |cx| {
                    produce(&modify.from.node, None, cx, count, &mut |rec, _| {
                        found.push(rec);
                        Ok(ControlFlow::Continue(()))
                    })
                })?;
                found
            }
        };
        while self.at < found.len() {
            if !self.row(modify, &mut found[self.at], core, engine, me, slot)? {
                self.found = Some(found);
                return Ok(None);
            }
            self.at += 1;
            self.draft = None;
        }
        self.found = Some(found);
        Ok(Some((std::mem::take(&mut self.rows), self.count)))
    }

    /// Changes one row; false if the session must wait.
    fn row(
        &mut self,
        modify: &Modify,
        rec: &mut Rec,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        if self.ready.is_none() && !self.prepare(modify, rec, core, engine, me, slot)? {
            return Ok(false);
        }
        let Some((tid, old, new)) = self.ready.clone() else { return Ok(true) };
        let table = &modify.table;
        if self.delete {
            remove(engine, me, slot, core, table, tid)?;
            delete_events(engine, me, core, table, &old)?;
        } else {
            if !replace(engine, me, slot, core, table, tid, &old, &new)? {
                return Ok(false);
            }
            update_events(engine, me, core, table, &old, &new, slot)?;
        }
        self.ready = None;
        self.count += 1;
        if !modify.view_checks.is_empty() {
            core.with(engine, me, |cx| check_views(&modify.view_checks, table, &new, cx))?;
        }
        if let Some(returning) = &modify.returning {
            let row = spliced(&modify.from, 0, &rec.row, &new);
            self.rows.push(core.with(engine, me, |cx| eval_all(returning, &Frame::of(&row), cx))?);
        }
        Ok(true)
    }

    /// Locks the row and computes the new one into `ready`, which stays empty if the row is not to be
    /// changed after all. False if the session must wait.
    fn prepare(
        &mut self,
        modify: &Modify,
        rec: &mut Rec,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        let table = &modify.table;
        let tid = rec.tids.get(0);
        if tid == NO_TUPLE || self.done.contains(&tid) {
            return Ok(true);
        }
        loop {
            let old = target_row(modify, rec);
            // The strength of the lock depends on whether a key really changes.
            if self.draft.is_none() && !self.delete && modify.keyed {
                self.draft = Some(new_row(modify, &rec.row, &old, core, engine, me)?);
            }
            let key_changes = match &self.draft {
                Some(new) => changes_key(table, &old, new),
                None => self.delete,
            };
            let tid = rec.tids.get(0);
            let request = RowRequest {
                heap: table.heap,
                tid,
                mode: if key_changes { RowLock::Update } else { RowLock::NoKeyUpdate },
                wait: LockWait::Wait,
                // Checks of uniqueness may have to wait before the row is replaced.
                keep: key_changes && !self.delete,
                table: &table.name,
                selects: false,
            };
            match engine.lock_row(me, slot, request)? {
                RowOutcome::Wait => return Ok(false),
                RowOutcome::Gone | RowOutcome::OwnChange | RowOutcome::Busy => return Ok(true),
                RowOutcome::Locked { changed: false, tid } => {
                    let new = match self.draft.take() {
                        Some(new) => new,
                        None if self.delete => old.clone(),
                        None => new_row(modify, &rec.row, &old, core, engine, me)?,
                    };
                    self.done_if_joined(modify, tid);
                    self.ready = Some((tid, old, new));
                    return Ok(true);
                }
                RowOutcome::Locked { changed: true, tid } => {
                    // Somebody else changed it: go on from the newest version, if it still qualifies.
                    let part = version(engine, table.heap, tid)?;
                    rec.row = spliced(&modify.from, 0, &rec.row, &part);
                    rec.tids.set(0, tid);
                    self.draft = None;
                    let row = rec.row.clone();
                    let qualifies = core
                        .with(engine, me, |cx| holds(&modify.from.recheck, &Frame::of(&row), cx))?;
                    if !qualifies {
                        return Ok(true);
                    }
                }
            }
        }
    }

    fn done_if_joined(&mut self, modify: &Modify, tid: Tid) {
        if modify.from.relations.len() > 1 {
            self.done.insert(tid);
        }
    }
}

/// The target's part of the row.
fn target_row(modify: &Modify, rec: &Rec) -> Row {
    let width = modify.from.relations[0].width;
    if rec.row.len() == width { rec.row.clone() } else { rec.row[..width].into() }
}

fn new_row(
    modify: &Modify,
    row: &Row,
    old: &Row,
    core: &mut Core,
    engine: &mut Engine,
    me: &mut Backend,
) -> R<Row> {
    core.with(engine, me, |cx| {
        let mut new = old.to_vec();
        let frame = Frame::of(row);
        for (column, expr) in &modify.assignments {
            new[*column] = eval(expr, &frame, cx)?;
        }
        generate(&modify.table, &mut new, cx)?;
        check(&modify.table, &new, cx)?;
        Ok(new.into())
    })
}

fn changes_key(table: &Table, old: &Row, new: &Row) -> bool {
    (0..table.columns.len())
        .any(|column| table.is_key(column) && old[column].order(&new[column]).is_ne())
}

/// Ends a version by a delete.
pub(super) fn remove(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &Core,
    table: &Arc<Table>,
    tid: Tid,
) -> R<()> {
    let xid = engine.assign_xid(me, slot)?;
    engine.ssi_change(me, table.heap, tid)?;
    engine.store.end(table.heap, tid, xid, core.snapshot.cid, true, NO_TUPLE)?;
    if let Some(txn) = &mut me.txn {
        txn.undo.push(Undo::Died { heap: table.heap, tid });
    }
    Ok(())
}

/// PostgreSQL enters the new version into the indexes if it changes any of their keys.
fn enter_keys(engine: &mut Engine, me: &Backend, table: &Table, old: &Row, new: &Row) -> R<()> {
    if me.txn.as_ref().is_none_or(|txn| txn.serial.is_none()) {
        return Ok(());
    }
    let mut differs = false;
    for index in &table.indexes {
        differs |= key_differs(engine, table, index, old, new)?;
    }
    if differs {
        for index in &table.indexes {
            engine.ssi_key(me, table, index.tree, new)?;
        }
    }
    Ok(())
}

/// Replaces a locked version; false if the session must wait for a key.
#[allow(clippy::too_many_arguments, reason = "the parts of one change")]
pub(super) fn replace(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &Core,
    table: &Arc<Table>,
    tid: Tid,
    old: &Row,
    new: &Row,
) -> R<bool> {
    let xid = engine.assign_xid(me, slot)?;
    engine.ssi_change(me, table.heap, tid)?;
    for index in table.indexes.iter().filter(|index| index.unique) {
        if !key_differs(engine, table, index, old, new)? {
            continue;
        }
        match uniqueness(engine, table, index, new, xid, Some(tid))? {
            Uniqueness::Free => {}
            Uniqueness::Pending(other) => {
                engine.await_transaction(me, slot, other);
                return Ok(false);
            }
            Uniqueness::Taken(_) => {
                engine.ssi_key(me, table, index.tree, new)?;
                return Err(duplicate(table, index, new));
            }
        }
    }
    enter_keys(engine, me, table, old, new)?;
    let root = engine.store.tuple(table.heap, tid).ok_or_else(|| internal("the row is gone"))?.root;
    let cid = core.snapshot.cid;
    let tuple = Tuple {
        row: new.clone(),
        born: Stamp::pending(xid),
        died: Stamp::NONE,
        cmin: cid,
        cmax: 0,
        next: NO_TUPLE,
        root,
        died_keyed: false,
    };
    let next = engine.store.append(table.heap, tuple)?;
    engine.store.end(table.heap, tid, xid, cid, changes_key(table, old, new), next)?;
    if let Some(txn) = &mut me.txn {
        txn.undo.push(Undo::Born { heap: table.heap, tid: next });
        txn.undo.push(Undo::Died { heap: table.heap, tid });
    }
    Ok(true)
}
