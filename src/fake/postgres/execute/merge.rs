//! MERGE: for each row of the source, the first WHEN clause that fits.

use std::ops::ControlFlow;

use super::super::engine::Engine;
use super::super::errors::{R, fail};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{LockWait, RowLock};
use super::super::plan::{Merge, MergeAction};
use super::super::session::Backend;
use super::super::store::NO_TUPLE;
use super::super::types::{Datum, Row};
use super::constraints::{check, generate};
use super::enter::{Entry, Replacement};
use super::eval::{eval, holds};
use super::foreign::{delete_events, update_events};
use super::insert::add;
use super::lock::{spliced, version};
use super::modify::{assigned, changes_key, remove, take_wanted};
use super::run::Core;
use super::scan::produce;
use super::{Frame, Rec};

#[derive(Default)]
pub(super) struct Task {
    found: Option<Vec<Rec>>,
    at: usize,
    /// What the row at hand is about to undergo, while it waits for its lock.
    chosen: Option<(usize, Option<Row>)>,
    /// The target's row is gone, or no longer the one: NOT MATCHED.
    unmatched: bool,
    change: Option<Replacement>,
    insert: Option<(Row, Option<Entry>)>,
    count: u64,
}

/// What became of the target's row.
enum Matched {
    Done,
    Wait,
    /// It is not there any more.
    Not,
}

impl Task {
    /// Returns the number of rows, or `None` if the session must wait.
    pub(super) fn step(
        &mut self,
        merge: &Merge,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<u64>> {
        let mut found = match self.found.take() {
            Some(found) => found,
            None => {
                let mut found = vec![];
                let count = merge.from.relations.len();
                let _ = core.with(engine, me, |cx| {
                    produce(&merge.from.node, None, &[], cx, count, &mut |rec, _| {
                        found.push(rec);
                        Ok(ControlFlow::Continue(()))
                    })
                })?;
                found
            }
        };
        let done = self.run(&mut found, merge, core, engine, me, slot);
        self.found = Some(found);
        Ok(done?.then_some(self.count))
    }

    fn run(
        &mut self,
        found: &mut [Rec],
        merge: &Merge,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        if !take_wanted(engine, me, slot)? {
            return Ok(false);
        }
        while let Some(rec) = found.get_mut(self.at) {
            if rec.tids.get(merge.target) != NO_TUPLE && !self.unmatched {
                match self.matched(rec, merge, core, engine, me, slot)? {
                    Matched::Wait => return Ok(false),
                    Matched::Done => {}
                    Matched::Not => self.unmatched = true,
                }
            } else {
                self.unmatched = true;
            }
            if self.unmatched && !self.not_matched(rec, merge, core, engine, me, slot)? {
                return Ok(false);
            }
            self.unmatched = false;
            self.at += 1;
        }
        Ok(true)
    }

    fn matched(
        &mut self,
        rec: &mut Rec,
        merge: &Merge,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Matched> {
        if self.change.is_some() {
            return self.apply(merge, core, engine, me, slot);
        }
        loop {
            let table = &merge.table;
            let place = &merge.from.relations[merge.target];
            let old: Row = rec.row[place.offset..place.offset + place.width].into();
            if self.chosen.is_none() {
                self.chosen = choose(merge, true, rec, core, engine, me)?;
            }
            let Some((when, new)) = &self.chosen else { return Ok(Matched::Done) };
            let (mode, new) = match (&merge.whens[*when].action, new) {
                (MergeAction::Update { keyed, .. }, Some(new)) if *keyed => {
                    let mode = match changes_key(table, &old, new) {
                        true => RowLock::Update,
                        false => RowLock::NoKeyUpdate,
                    };
                    (mode, Some(new.clone()))
                }
                (MergeAction::Update { .. }, Some(new)) => {
                    (RowLock::NoKeyUpdate, Some(new.clone()))
                }
                (MergeAction::Delete, _) => (RowLock::Update, None),
                _ => {
                    self.chosen = None;
                    return Ok(Matched::Done);
                }
            };
            let request = RowRequest {
                heap: table.heap,
                tid: rec.tids.get(merge.target),
                mode,
                wait: LockWait::Wait,
                keep: false,
                table: &table.name,
                selects: false,
            };
            let outcome = engine.lock_row(me, slot, request)?;
            if outcome != RowOutcome::Wait {
                self.chosen = None;
            }
            match outcome {
                RowOutcome::Wait => return Ok(Matched::Wait),
                RowOutcome::OwnChange => {
                    return fail("21000", "MERGE command cannot affect row a second time");
                }
                RowOutcome::Gone | RowOutcome::Busy => return Ok(Matched::Not),
                RowOutcome::Locked { changed: false, tid } => {
                    let Some(new) = new else {
                        remove(engine, me, slot, core, table, tid)?;
                        delete_events(engine, me, core, table, &old)?;
                        self.count += 1;
                        return Ok(Matched::Done);
                    };
                    self.change = Some(Replacement::new(tid, old, new));
                    return self.apply(merge, core, engine, me, slot);
                }
                RowOutcome::Locked { changed: true, tid } => {
                    let part = version(engine, table.heap, tid)?;
                    rec.row = spliced(&merge.from, merge.target, &rec.row, &part);
                    rec.tids.set(merge.target, tid);
                    let row = rec.row.clone();
                    let joins =
                        core.with(engine, me, |cx| holds_on(&merge.on, &Frame::of(&row), cx))?;
                    if !joins {
                        return Ok(Matched::Not);
                    }
                }
            }
        }
    }

    fn apply(
        &mut self,
        merge: &Merge,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Matched> {
        let Some(mut change) = self.change.take() else { return Ok(Matched::Done) };
        if !change.apply(engine, me, slot, core, &merge.table)? {
            self.change = Some(change);
            return Ok(Matched::Wait);
        }
        update_events(engine, me, core, &merge.table, &change)?;
        self.count += 1;
        Ok(Matched::Done)
    }

    /// Inserts, if a clause says so; false if the session must wait.
    fn not_matched(
        &mut self,
        rec: &Rec,
        merge: &Merge,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        if self.insert.is_none() {
            let Some((_, Some(row))) = choose(merge, false, rec, core, engine, me)? else {
                return Ok(true);
            };
            self.insert = Some((row, None));
        }
        let Some((row, mut entry)) = self.insert.take() else { return Ok(true) };
        if add(&mut entry, engine, me, slot, core, &merge.table, &row)?.is_none() {
            self.insert = Some((row, entry));
            return Ok(false);
        }
        self.count += 1;
        Ok(true)
    }
}

/// The first clause that fits, and the row that it makes.
fn choose(
    merge: &Merge,
    matched: bool,
    rec: &Rec,
    core: &mut Core,
    engine: &mut Engine,
    me: &mut Backend,
) -> R<Option<(usize, Option<Row>)>> {
    let (row, table) = (rec.row.clone(), &merge.table);
    core.with(engine, me, |cx| {
        let frame = Frame::of(&row);
        for (place, when) in merge.whens.iter().enumerate() {
            if when.matched != matched || !holds(&when.condition, &frame, cx)? {
                continue;
            }
            let made = match &when.action {
                MergeAction::Nothing | MergeAction::Delete => None,
                MergeAction::Update { assignments, .. } => {
                    let part = &merge.from.relations[merge.target];
                    let old: Row = row[part.offset..part.offset + part.width].into();
                    Some(assigned(table, assignments, &old, &row, cx)?)
                }
                MergeAction::Insert(values) => {
                    let mut new = vec![Datum::Null; table.columns.len()];
                    for (column, expr) in values {
                        new[*column] = eval(expr, &frame, cx)?;
                    }
                    generate(table, &mut new, cx)?;
                    check(table, &new, cx)?;
                    Some(new.into())
                }
            };
            return Ok(Some((place, made)));
        }
        Ok(None)
    })
}

fn holds_on(on: &super::super::plan::Expr, frame: &Frame<'_>, cx: &mut super::Cx<'_>) -> R<bool> {
    Ok(matches!(eval(on, frame, cx)?, Datum::Bool(true)))
}
