//! INSERT, with ON CONFLICT.

use std::sync::Arc;

use super::super::catalog::Table;
use super::super::engine::Engine;
use super::super::errors::{R, fail, internal, pg};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{Isolation, LockWait, RowLock};
use super::super::plan::{Conflict, Insert, InsertSource};
use super::super::session::Backend;
use super::super::store::{Stamp, Tid};
use super::super::types::{Datum, Row};
use super::constraints::{Uniqueness, check, check_views, generate, uniqueness};
use super::enter::{Entered, Entry, Replacement, enter, is_arbiter, place, withdraw};
use super::eval::{eval, eval_all, holds};
use super::foreign::{child_events, update_events};
use super::hidden::part;
use super::run::Core;
use super::{Frame, select};
use crate::error::Error;

#[derive(Default)]
pub(super) struct Task {
    /// The source's rows, if it is a query.
    source: Option<Vec<Row>>,
    at: usize,
    /// The row at hand, complete and checked.
    row: Option<Row>,
    /// How far the row at hand is entered.
    entry: Option<Entry>,
    /// The row that DO UPDATE has locked, and what becomes of it.
    update: Option<Replacement>,
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
        let added = add(&mut self.entry, engine, me, slot, core, &insert.table, &row)?;
        let Some(tid) = added else { return Ok(false) };
        self.accept(insert, (tid, &row), core, engine, me)?;
        Ok(true)
    }

    fn accept(
        &mut self,
        insert: &Insert,
        (tid, row): (Tid, &Row),
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
    ) -> R<()> {
        self.count += 1;
        if !insert.view_checks.is_empty() {
            core.with(engine, me, |cx| check_views(&insert.view_checks, &insert.table, row, cx))?;
        }
        if let Some(returning) = &insert.returning {
            let wide = match insert.width == row.len() {
                true => None,
                false => Some(part(engine, &insert.table, tid, insert.width)?),
            };
            let frame = Frame::of(wide.as_ref().unwrap_or(row));
            self.rows.push(core.with(engine, me, |cx| eval_all(returning, &frame, cx))?);
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
            let taken = match self.entry {
                Some(_) => None,
                None => {
                    let mut taken = None;
                    let unique = table.indexes.iter().filter(|index| index.unique);
                    for index in unique.filter(|index| is_arbiter(&conflict.arbiters, index)) {
                        if index.deferral.is_deferrable() {
                            return Err(deferrable_arbiter(&index.name));
                        }
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
                    taken
                }
            };
            let Some(tid) = taken else {
                // No arbiter objects: the row goes in, unless one does meanwhile.
                let mut entry = match self.entry {
                    Some(entry) => entry,
                    None => place(engine, me, slot, core, table, &row)?,
                };
                let arbiters = Some(&*conflict.arbiters);
                match enter(engine, me, slot, core, table, &mut entry, &row, None, arbiters)? {
                    Entered::Done => {
                        self.entry = None;
                        child_events(me, core, table, entry.tid, &row, None)?;
                        self.accept(insert, (entry.tid, &row), core, engine, me)?;
                        return Ok(true);
                    }
                    Entered::Wait => {
                        self.entry = Some(entry);
                        return Ok(false);
                    }
                    Entered::Conflict => {
                        self.entry = None;
                        withdraw(engine, me, table, entry)?;
                        continue;
                    }
                }
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
                    // The row is looked at after it is locked.
                    if filter.is_some() || insert.width != old.len() {
                        engine.store.note_lock(table.heap, tid, own)?;
                    }
                    let seen = part(engine, table, tid, insert.width)?;
                    let both: Row = seen.iter().chain(row.iter()).cloned().collect();
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
                    self.update = Some(Replacement::of_locked(tid, old, new));
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
        let Some(mut change) = self.update.take() else { return Err(internal("no update")) };
        if !change.apply(engine, me, slot, core, &insert.table)? {
            self.update = Some(change);
            return Ok(false);
        }
        update_events(engine, me, core, &insert.table, &change)?;
        self.accept(insert, (change.placed(), &change.new), core, engine, me)?;
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

/// Adds a row and says where; `None` if the session must wait for one of its keys.
pub(super) fn add(
    state: &mut Option<Entry>,
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    core: &mut Core,
    table: &Arc<Table>,
    row: &Row,
) -> R<Option<Tid>> {
    let mut entry = match state.take() {
        Some(entry) => entry,
        None => place(engine, me, slot, core, table, row)?,
    };
    match enter(engine, me, slot, core, table, &mut entry, row, None, None)? {
        Entered::Done => {
            child_events(me, core, table, entry.tid, row, None)?;
            Ok(Some(entry.tid))
        }
        Entered::Wait | Entered::Conflict => {
            *state = Some(entry);
            Ok(None)
        }
    }
}

fn deferrable_arbiter(name: &str) -> Error {
    pg(
        "55000",
        "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters",
    )
    .with_constraint(name)
}
