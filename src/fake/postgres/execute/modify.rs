//! UPDATE and DELETE.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::catalog::Table;
use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{LockWait, RowLock};
use super::super::plan::{Expr, Modify};
use super::super::session::Backend;
use super::super::store::{NO_TUPLE, Tid, Undo};
use super::super::types::Row;
use super::constraints::{check, check_views, generate};
use super::enter::Replacement;
use super::eval::{eval, eval_all, holds};
use super::foreign::{delete_events, update_events};
use super::hidden::part;
use super::lock::spliced;
use super::run::Core;
use super::scan::produce;
use super::{Cx, Frame, Rec};

pub(super) struct Task {
    delete: bool,
    found: Option<Vec<Rec>>,
    at: usize,
    /// The new row that the row at hand would get, computed before it is locked.
    draft: Option<Row>,
    /// Locked, and being changed.
    ready: Option<Replacement>,
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
                    produce(&modify.from.node, None, &[], cx, count, &mut |rec, _| {
                        found.push(rec);
                        Ok(ControlFlow::Continue(()))
                    })
                })?;
                found
            }
        };
        if !take_wanted(engine, me, slot)? {
            self.found = Some(found);
            return Ok(None);
        }
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
        let Some(mut change) = self.ready.take() else { return Ok(true) };
        let table = &modify.table;
        if self.delete {
            remove(engine, me, slot, core, table, change.tid)?;
            delete_events(engine, me, core, table, &change.old)?;
        } else {
            if !change.apply(engine, me, slot, core, table)? {
                self.ready = Some(change);
                return Ok(false);
            }
            update_events(engine, me, core, table, &change)?;
        }
        self.count += 1;
        if !modify.view_checks.is_empty() {
            core.with(engine, me, |cx| check_views(&modify.view_checks, table, &change.new, cx))?;
        }
        if let Some(returning) = &modify.returning {
            let tid = if self.delete { change.tid } else { change.placed() };
            let width = modify.from.relations[0].width;
            let part = match width == change.new.len() {
                true => change.new.clone(),
                false => part(engine, table, tid, width)?,
            };
            let row = spliced(&modify.from, 0, &rec.row, &part);
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
            // What fails does so before the row is waited for.
            if self.draft.is_none() && !self.delete {
                self.draft = Some(new_row(modify, &rec.row, &old, core, engine, me)?);
            }
            // The strength of the lock depends on whether a key really changes.
            let key_changes = match &self.draft {
                Some(new) => modify.keyed && changes_key(table, &old, new),
                None => self.delete,
            };
            let tid = rec.tids.get(0);
            let request = RowRequest {
                heap: table.heap,
                tid,
                mode: if key_changes { RowLock::Update } else { RowLock::NoKeyUpdate },
                wait: LockWait::Wait,
                keep: false,
                table: &table.name,
                selects: false,
            };
            match engine.lock_row(me, slot, request)? {
                RowOutcome::Wait => return Ok(false),
                RowOutcome::Gone | RowOutcome::OwnChange | RowOutcome::Busy => return Ok(true),
                RowOutcome::Locked { changed: false, tid } => {
                    let new = self.draft.take().unwrap_or_else(|| old.clone());
                    self.done_if_joined(modify, tid);
                    self.ready = Some(Replacement::new(tid, old, new));
                    return Ok(true);
                }
                RowOutcome::Locked { changed: true, tid } => {
                    // Somebody else changed it: go on from the newest version, if it still qualifies.
                    let part = part(engine, table, tid, modify.from.relations[0].width)?;
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
    let width = modify.table.columns.len();
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
    core.with(engine, me, |cx| assigned(&modify.table, &modify.assignments, old, row, cx))
}

/// The row with its assignments, which read the FROM row.
pub(super) fn assigned(
    table: &Table,
    assignments: &[(usize, Expr)],
    old: &Row,
    row: &Row,
    cx: &mut Cx<'_>,
) -> R<Row> {
    let mut new: Row = old.iter().cloned().collect();
    let values = Arc::get_mut(&mut new).ok_or_else(|| internal("a new row is shared"))?;
    let frame = Frame::of(row);
    for (column, expr) in assignments {
        values[*column] = eval(expr, &frame, cx)?;
    }
    generate(table, values, cx)?;
    check(table, values, cx)?;
    Ok(new)
}

/// Waits for the advisory locks that functions asked for while rows were found, before those are locked.
pub(super) fn take_wanted(engine: &mut Engine, me: &mut Backend, slot: usize) -> R<bool> {
    while let Some(request) = me.values.wanted.pop_front() {
        // Whoever waits has the lock when it is woken.
        if !engine.lock_advisory(me, slot, request)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn changes_key(table: &Table, old: &Row, new: &Row) -> bool {
    (0..table.columns.len())
        .any(|column| old[column].order(&new[column]).is_ne() && table.is_key(column))
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
    engine.store.end(table.heap, tid, xid, core.snapshot.cid)?;
    if let Some(txn) = &mut me.txn {
        txn.undo.push(Undo::Died { heap: table.heap, tid });
    }
    Ok(())
}
