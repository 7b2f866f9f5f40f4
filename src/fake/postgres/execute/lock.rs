//! SELECT … FOR UPDATE and its kin.

use std::ops::ControlFlow;

use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::plan::{From, Rows, Select, Source};
use super::super::session::Backend;
use super::super::store::{NO_TUPLE, Tid};
use super::super::types::Row;
use super::eval::{eval_all, holds};
use super::hidden::part;
use super::modify::take_wanted;
use super::run::Core;
use super::scan::produce;
use super::select::{visible, window};
use super::sort::{sort, ties};
use super::{Frame, Rec};

/// Locks the rows of the answer, in its order, as many as LIMIT wants.
#[derive(Default)]
pub(super) struct Task {
    found: Option<Vec<(Rec, Row)>>,
    offset: usize,
    limit: usize,
    at: usize,
    /// Relations of the row at hand that are locked.
    locked: usize,
    changed: bool,
    /// How many rows LIMIT has let through.
    counted: usize,
    done: bool,
    /// The last row that LIMIT counts.
    last: Option<usize>,
    rows: Vec<Row>,
}

/// The row with one relation's part replaced.
pub(super) fn spliced(from: &From, relation: usize, row: &Row, part: &Row) -> Row {
    let place = &from.relations[relation];
    if place.width == row.len() {
        return part.clone();
    }
    let (before, after) = (&row[..place.offset], &row[place.offset + place.width..]);
    before.iter().chain(part.iter()).chain(after).cloned().collect()
}

/// The newest version of a row that was locked.
pub(super) fn version(engine: &Engine, heap: usize, tid: Tid) -> R<Row> {
    Ok(engine
        .store
        .tuple(heap, tid)
        .ok_or_else(|| internal("the locked version is gone"))?
        .row
        .clone())
}

impl Task {
    /// Returns the rows, or `None` if the session must wait.
    pub(super) fn step(
        &mut self,
        select: &Select,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<Vec<Row>>> {
        let Source::Rows(source) = &select.source else {
            return Err(internal("row locks without rows"));
        };
        if self.found.is_none() {
            self.search(select, source, core, engine, me)?;
        }
        if !take_wanted(engine, me, slot)? {
            return Ok(None);
        }
        let Some(mut found) = self.found.take() else { return Err(internal("no rows")) };
        let done = self.lock_all(&mut found, select, source, core, engine, me, slot);
        self.done = self.at >= found.len() || !self.wants(&found, select);
        self.found = Some(found);
        Ok(done?.then(|| std::mem::take(&mut self.rows)))
    }

    /// There are no more rows.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    fn search(
        &mut self,
        select: &Select,
        source: &Rows,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
    ) -> R<()> {
        let mut found = vec![];
        let count = source.from.relations.len();
        (self.offset, self.limit) = core.with(engine, me, |cx| {
            let _ = produce(&source.from.node, None, &[], cx, count, &mut |rec, cx| {
                let row = match &source.project {
                    None => rec.row.clone(),
                    Some(list) => eval_all(list, &Frame::of(&rec.row), cx)?,
                };
                found.push((rec, row));
                Ok(ControlFlow::Continue(()))
            })?;
            window(select, None, cx)
        })?;
        sort(&mut found, &select.order, |(_, row)| row);
        self.found = Some(found);
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "the state of one statement")]
    fn lock_all(
        &mut self,
        found: &mut [(Rec, Row)],
        select: &Select,
        source: &Rows,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        while self.at < found.len() && self.wants(found, select) {
            if core.cursor.as_ref().is_some_and(|cursor| self.rows.len() >= cursor.rows) {
                return Ok(true);
            }
            let (rec, row) = &mut found[self.at];
            match self.lock_one(rec, select, source, engine, me, slot)? {
                None => return Ok(false),
                Some(false) => {}
                Some(true) => {
                    if self.changed {
                        let frame_row = rec.row.clone();
                        let fresh = core.with(engine, me, |cx| {
                            let frame = Frame::of(&frame_row);
                            if !holds(&source.from.recheck, &frame, cx)? {
                                return Ok(None);
                            }
                            match &source.project {
                                None => Ok(Some(frame_row.clone())),
                                Some(list) => eval_all(list, &frame, cx).map(Some),
                            }
                        })?;
                        if let Some(fresh) = fresh {
                            *row = fresh;
                            self.accept(rec, row.clone(), select, core);
                        }
                    } else {
                        self.accept(rec, row.clone(), select, core);
                    }
                }
            }
            self.at += 1;
            self.locked = 0;
            self.changed = false;
        }
        Ok(true)
    }

    /// Whether LIMIT lets the row at hand be locked.
    fn wants(&self, found: &[(Rec, Row)], select: &Select) -> bool {
        let ties = || {
            let (Some(last), true) = (self.last, select.with_ties && self.limit > 0) else {
                return false;
            };
            ties(&select.order, &found[last].1, &found[self.at].1)
        };
        self.counted < self.limit || ties()
    }

    fn accept(&mut self, rec: &Rec, row: Row, select: &Select, core: &mut Core) {
        if self.offset > 0 {
            self.offset -= 1;
        } else {
            self.rows.push(visible(row, select.width));
            self.counted += 1;
            if let Some(cursor) = &mut core.cursor {
                let scans = select.scans().into_iter();
                let places = scans.map(|(relation, table)| (table.heap, rec.tids.get(relation)));
                cursor.positions.push(places.filter(|(_, tid)| *tid != NO_TUPLE).collect());
            }
            if self.counted <= self.limit {
                self.last = Some(self.at);
            }
        }
    }

    /// Locks the row's relations: done, not to be had, or (`None`) to be waited for.
    fn lock_one(
        &mut self,
        rec: &mut Rec,
        select: &Select,
        source: &Rows,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<bool>> {
        while let Some(target) = select.locks.get(self.locked) {
            let tid = rec.tids.get(target.relation);
            if tid != NO_TUPLE {
                let request = RowRequest {
                    heap: target.table.heap,
                    tid,
                    mode: target.strength,
                    wait: target.wait,
                    keep: true,
                    table: &target.table.name,
                    selects: true,
                };
                match engine.lock_row(me, slot, request)? {
                    RowOutcome::Wait => return Ok(None),
                    RowOutcome::Busy | RowOutcome::Gone | RowOutcome::OwnChange => {
                        return Ok(Some(false));
                    }
                    RowOutcome::Locked { changed: false, .. } => {}
                    RowOutcome::Locked { tid, changed: true } => {
                        let width = source.from.relations[target.relation].width;
                        let part = part(engine, &target.table, tid, width)?;
                        rec.row = spliced(&source.from, target.relation, &rec.row, &part);
                        rec.tids.set(target.relation, tid);
                        self.changed = true;
                    }
                }
            }
            self.locked += 1;
        }
        Ok(Some(true))
    }
}
