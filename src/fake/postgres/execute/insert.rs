//! INSERT, with ON CONFLICT.

use std::sync::Arc;

use super::super::catalog::{Index, Table};
use super::super::engine::Engine;
use super::super::errors::{R, fail, internal};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{Isolation, LockWait, RowLock};
use super::super::plan::{Conflict, Insert, InsertSource};
use super::super::session::Backend;
use super::super::store::{NO_TUPLE, Stamp, Tid, Tuple, Undo};
use super::super::types::{Datum, Row};
use super::constraints::{Uniqueness, check, check_views, duplicate, generate, uniqueness};
use super::eval::{eval, eval_all, holds};
use super::foreign::{child_events, update_events};
use super::modify::replace;
use super::run::Core;
use super::{Frame, select};

#[derive(Default)]
pub(super) struct Task {
    /// The source's rows, if it is a query.
    source: Option<Vec<Row>>,
    at: usize,
    /// The row at hand, complete and checked.
    row: Option<Row>,
    /// The row that DO UPDATE has locked, and what becomes of it.
    update: Option<(Tid, Row, Row)>,
    rows: Vec<Row>,
    count: u64,
}

impl Task {
    /// Returns what RETURNING gives and the number of rows, or `None` if the session must wait.
    pub(super) fn step(
        &mut self,
        insert: &Insert,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<(Vec<Row>, u64)>> {
        if let (InsertSource::Query(query, exprs), None) = (&insert.source, &self.source) {
            let rows = core.with(engine, me, |cx| {
                let rows = select::run(query, None, cx)?;
                rows.iter().map(|row| eval_all(exprs, &Frame::of(row), cx)).collect::<R<Vec<_>>>()
            })?;
            self.source = Some(rows);
        }
        let count = match (&insert.source, &self.source) {
            (InsertSource::Values(rows), _) => rows.len(),
            (_, Some(rows)) => rows.len(),
            (_, None) => 0,
        };
        while self.at < count {
            if self.row.is_none() {
                self.row = Some(self.build(insert, core, engine, me)?);
            }
            let Some(row) = self.row.clone() else { return Err(internal("no row")) };
            let done = match &insert.on_conflict {
                None => self.plain(insert, row, core, engine, me, slot)?,
                Some(conflict) => self.arbitrate(insert, conflict, row, core, engine, me, slot)?,
            };
            if !done {
                return Ok(None);
            }
            self.row = None;
            self.at += 1;
        }
        Ok(Some((std::mem::take(&mut self.rows), self.count)))
    }

    /// The next row, with defaults, generated values and checks.
    fn build(
        &self,
        insert: &Insert,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
    ) -> R<Row> {
        let table = &insert.table;
        core.with(engine, me, |cx| {
            let mut row = vec![Datum::Null; table.columns.len()];
            let frame = Frame::of(&[]);
            match (&insert.source, &self.source) {
                (InsertSource::Values(rows), _) => {
                    for (column, expr) in insert.columns.iter().zip(&rows[self.at]) {
                        row[*column] = eval(expr, &frame, cx)?;
                    }
                }
                (_, Some(rows)) => {
                    for (column, value) in insert.columns.iter().zip(rows[self.at].iter()) {
                        row[*column] = value.clone();
                    }
                }
                (_, None) => {}
            }
            for (column, expr) in &insert.defaults {
                row[*column] = eval(expr, &frame, cx)?;
            }
            generate(table, &mut row, cx)?;
            check(table, &row, cx)?;
            Ok(row.into())
        })
    }

    fn plain(
        &mut self,
        insert: &Insert,
        row: Row,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        let own = engine.assign_xid(me, slot)?;
        engine.ssi_insert(me, insert.table.heap)?;
        for index in insert.table.indexes.iter().filter(|index| index.unique) {
            match uniqueness(engine, &insert.table, index, &row, own, None)? {
                Uniqueness::Free => {}
                Uniqueness::Pending(xid) => {
                    engine.await_transaction(me, slot, xid);
                    return Ok(false);
                }
                Uniqueness::Taken(_) => {
                    engine.ssi_key(me, &insert.table, index.tree, &row)?;
                    return Err(duplicate(&insert.table, index, &row));
                }
            }
        }
        append(engine, me, slot, core, &insert.table, row.clone())?;
        self.accept(insert, &row, core, engine, me)?;
        Ok(true)
    }

    fn accept(
        &mut self,
        insert: &Insert,
        row: &Row,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
    ) -> R<()> {
        self.count += 1;
        if !insert.view_checks.is_empty() {
            core.with(engine, me, |cx| check_views(&insert.view_checks, &insert.table, row, cx))?;
        }
        if let Some(returning) = &insert.returning {
            self.rows.push(core.with(engine, me, |cx| eval_all(returning, &Frame::of(row), cx))?);
        }
        Ok(())
    }

    /// ON CONFLICT; false if the session must wait.
    #[allow(clippy::too_many_arguments, reason = "the state of one statement")]
    fn arbitrate(
        &mut self,
        insert: &Insert,
        conflict: &Conflict,
        row: Row,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        let table = &insert.table;
        let own = engine.assign_xid(me, slot)?;
        if self.update.is_some() {
            return self.apply_update(insert, core, engine, me, slot);
        }
        loop {
            // The arbiters decide first; the others object only to what is then inserted.
            let is_arbiter = |index: &&Index| {
                conflict.arbiters.is_empty() || conflict.arbiters.contains(&index.oid)
            };
            let unique = || table.indexes.iter().filter(|index| index.unique);
            let (arbiters, others) =
                (unique().filter(is_arbiter), unique().filter(|i| !is_arbiter(i)));
            let mut taken = None;
            for index in arbiters {
                match uniqueness(engine, table, index, &row, own, None)? {
                    Uniqueness::Free => {}
                    Uniqueness::Pending(xid) => {
                        engine.await_transaction(me, slot, xid);
                        return Ok(false);
                    }
                    Uniqueness::Taken(tid) => {
                        taken = Some(tid);
                        break;
                    }
                }
            }
            for index in others.filter(|_| taken.is_none()) {
                match uniqueness(engine, table, index, &row, own, None)? {
                    Uniqueness::Free => {}
                    Uniqueness::Pending(xid) => {
                        engine.await_transaction(me, slot, xid);
                        return Ok(false);
                    }
                    Uniqueness::Taken(_) => {
                        engine.ssi_key(me, table, index.tree, &row)?;
                        return Err(duplicate(table, index, &row));
                    }
                }
            }
            let Some(tid) = taken else {
                append(engine, me, slot, core, table, row.clone())?;
                self.accept(insert, &row, core, engine, me)?;
                return Ok(true);
            };
            engine.ssi_found(me, table.heap, tid, core.snapshot)?;
            check_visible(engine, me, table, tid, core)?;
            let Some((sets, filter)) = &conflict.update else { return Ok(true) };
            if engine
                .store
                .tuple(table.heap, tid)
                .is_some_and(|t| t.born == Stamp::pending(own) && t.cmin >= core.snapshot.cid)
            {
                return twice();
            }
            let keyed = sets.iter().any(|(column, _)| table.is_key(*column));
            let request = RowRequest {
                heap: table.heap,
                tid,
                mode: if keyed { RowLock::Update } else { RowLock::NoKeyUpdate },
                wait: LockWait::Wait,
                keep: true,
                table: &table.name,
                selects: false,
            };
            match engine.lock_row(me, slot, request)? {
                RowOutcome::Wait => return Ok(false),
                RowOutcome::OwnChange => return twice(),
                // The row went, or changed: look again for what conflicts.
                RowOutcome::Gone | RowOutcome::Busy | RowOutcome::Locked { changed: true, .. } => {
                    continue;
                }
                RowOutcome::Locked { tid, changed: false } => {
                    let old = super::lock::version(engine, table.heap, tid)?;
                    let both: Row = old.iter().chain(row.iter()).cloned().collect();
                    let new = core.with(engine, me, |cx| {
                        let frame = Frame::of(&both);
                        if !holds(filter, &frame, cx)? {
                            return Ok(None);
                        }
                        let mut new = old.to_vec();
                        for (column, expr) in sets {
                            new[*column] = eval(expr, &frame, cx)?;
                        }
                        generate(table, &mut new, cx)?;
                        check(table, &new, cx)?;
                        Ok(Some(Row::from(new)))
                    })?;
                    let Some(new) = new else { return Ok(true) };
                    self.update = Some((tid, old, new));
                    return self.apply_update(insert, core, engine, me, slot);
                }
            }
        }
    }

    fn apply_update(
        &mut self,
        insert: &Insert,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        let Some((tid, old, new)) = self.update.clone() else { return Err(internal("no update")) };
        if !replace(engine, me, slot, core, &insert.table, tid, &old, &new)? {
            return Ok(false);
        }
        self.update = None;
        update_events(engine, me, core, &insert.table, &old, &new, slot)?;
        self.accept(insert, &new, core, engine, me)?;
        Ok(true)
    }
}

fn twice<T>() -> R<T> {
    fail("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time")
}

/// REPEATABLE READ: a conflict with a row that the snapshot does not see is a serialization failure.
fn check_visible(engine: &Engine, me: &Backend, table: &Table, tid: Tid, core: &Core) -> R<()> {
    if me.isolation() < Isolation::RepeatableRead {
        return Ok(());
    }
    let mut snapshot = core.snapshot;
    snapshot.cid = u32::MAX;
    snapshot.xid = me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
    match engine.store.tuple(table.heap, tid) {
        Some(tuple) if snapshot.sees(tuple) => Ok(()),
        _ => fail("40001", "could not serialize access due to concurrent update"),
    }
}

/// Appends a row whose keys are free.
pub(super) fn append(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &mut Core,
    table: &Arc<Table>,
    row: Row,
) -> R<Tid> {
    let xid = engine.assign_xid(me, slot)?;
    engine.ssi_insert(me, table.heap)?;
    for index in &table.indexes {
        engine.ssi_key(me, table, index.tree, &row)?;
    }
    let tuple = Tuple {
        row: row.clone(),
        born: Stamp::pending(xid),
        died: Stamp::NONE,
        cmin: core.snapshot.cid,
        cmax: 0,
        next: NO_TUPLE,
        root: NO_TUPLE,
        died_keyed: false,
    };
    let tid = engine.store.append(table.heap, tuple)?;
    if let Some(txn) = &mut me.txn {
        txn.undo.push(Undo::Born { heap: table.heap, tid });
    }
    child_events(me, core, table, &row, None)?;
    Ok(tid)
}
