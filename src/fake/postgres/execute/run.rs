//! [`Run`]: one execution of a statement, which can be interrupted by waits.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::engine::Engine;
use super::super::errors::{R, fail, internal};
use super::super::parse::ast::{Isolation, Statement};
use super::super::plan::{Body, Plan};
use super::super::session::{Backend, Position, set_constraints};
use super::super::store::{Csn, Snapshot};
use super::super::types::{Datum, Row};
use super::foreign::{ConstraintEvent, Work};
use super::{Cx, Results, insert, lock, merge, modify, select, with_cx};

/// What a step came to.
pub(crate) enum Step {
    Done(Output),
    /// The session waits; run on when it is woken.
    Wait,
    /// A table has changed while the statement waited for it: plan again.
    Replan,
}

/// What a statement answers.
pub(crate) struct Output {
    pub(crate) rows: Vec<Row>,
    pub(crate) tag: Tag,
    /// What `pg_sleep` asked for, in microseconds.
    pub(crate) sleep: i64,
}

/// The command tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Select(u64),
    Insert(u64),
    Update(u64),
    Delete(u64),
    Merge(u64),
    Fetch(u64),
    Move(u64),
    Utility(&'static str),
}

/// What every task of a run shares.
pub(super) struct Core {
    pub(super) plan: Arc<Plan>,
    pub(super) params: Vec<Datum>,
    pub(super) results: Results,
    pub(super) snapshot: Snapshot,
    pub(super) checks: VecDeque<ConstraintEvent>,
    pub(super) sleep: i64,
    /// Of a cursor: how many rows are wanted now, and what they come from.
    pub(super) cursor: Option<Wanted>,
}

/// What a cursor asks of its query.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) rows: usize,
    pub(super) positions: Vec<Vec<Position>>,
    exhausted: bool,
}

impl Core {
    /// Runs `body` with a context for expressions.
    pub(super) fn with<T>(
        &mut self,
        engine: &mut Engine,
        me: &mut Backend,
        body: impl FnOnce(&mut Cx<'_>) -> R<T>,
    ) -> R<T> {
        let (plan, results) = (&self.plan, &mut self.results);
        let (value, sleep) = with_cx(engine, me, plan, &self.params, self.snapshot, results, body)?;
        self.sleep += sleep;
        Ok(value)
    }
}

/// The part of a statement that can wait.
enum Task {
    Lock(lock::Task),
    Insert(insert::Task),
    Modify(modify::Task),
    Merge(merge::Task),
}

pub(crate) struct Run {
    core: Core,
    version: u64,
    /// How many table locks are taken.
    locked: usize,
    waited: bool,
    started: bool,
    /// Subplans that run first, the statement itself, and those that run after it: how many, and which is next.
    units: usize,
    unit: usize,
    task: Option<Task>,
    output: Option<(Vec<Row>, Tag)>,
    work: Option<Work>,
    held: Option<Csn>,
}

impl Run {
    pub(crate) fn new(plan: Arc<Plan>, version: u64, params: Vec<Datum>) -> Run {
        let units = plan.before.len() + 1 + plan.after.len();
        Run::with_units(plan, version, params, units)
    }

    /// What runs next: a subplan, or the statement itself (`None`).
    fn next_unit(&self, plan: &Plan) -> Option<Option<usize>> {
        if self.unit >= self.units {
            return None;
        }
        match self.unit.checked_sub(plan.before.len()) {
            None => plan.before.get(self.unit).copied().map(Some),
            Some(0) => Some(None),
            Some(place) => plan.after.get(place - 1).copied().map(Some),
        }
    }

    /// Of a cursor: it takes its locks and snapshot first, and then gives as many rows as are wanted.
    pub(crate) fn of_cursor(plan: Arc<Plan>, version: u64) -> Run {
        let mut run = Run::new(plan, version, vec![]);
        run.core.cursor = Some(Wanted::default());
        run
    }

    pub(crate) fn want(&mut self, rows: usize) {
        if let Some(cursor) = &mut self.core.cursor {
            cursor.rows = rows;
        }
    }

    /// What the rows that a cursor was given come from.
    pub(crate) fn take_positions(&mut self) -> Vec<Vec<Position>> {
        self.core.cursor.as_mut().map(|c| std::mem::take(&mut c.positions)).unwrap_or_default()
    }

    pub(crate) fn is_exhausted(&self) -> bool {
        self.core.cursor.as_ref().is_none_or(|cursor| cursor.exhausted)
    }

    /// Only checks: those that were deferred to the commit.
    pub(crate) fn deferred(checks: Vec<ConstraintEvent>) -> Run {
        let mut run = Run::with_units(Arc::new(super::super::plan::empty()), 0, vec![], 0);
        run.core.checks = checks.into();
        run.output = Some((vec![], Tag::Utility("COMMIT")));
        run
    }

    fn with_units(plan: Arc<Plan>, version: u64, params: Vec<Datum>, units: usize) -> Run {
        let snapshot = Snapshot { csn: 0, xid: 0, cid: 0 };
        let (results, checks) = (Results::default(), VecDeque::new());
        Run {
            core: Core { plan, params, results, snapshot, checks, sleep: 0, cursor: None },
            version,
            locked: 0,
            waited: false,
            started: false,
            units,
            unit: 0,
            task: None,
            output: None,
            work: None,
            held: None,
        }
    }

    /// Runs until the statement is done or must wait.
    pub(crate) fn step(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<Step> {
        let result = self.advance(engine, me, slot);
        match &result {
            Ok(step) if matches!(step, Step::Wait) || self.core.cursor.is_some() => {
                self.waited |= matches!(step, Step::Wait);
                // What the statement still has to see must not be removed meanwhile.
                if self.started && self.held.is_none() {
                    engine.hold_snapshot(self.core.snapshot.csn);
                    self.held = Some(self.core.snapshot.csn);
                }
            }
            _ => self.finish(engine),
        }
        result
    }

    /// The parameters, for another run.
    pub(crate) fn take_params(&mut self) -> Vec<Datum> {
        std::mem::take(&mut self.core.params)
    }

    /// The statement is over, or given up.
    pub(crate) fn finish(&mut self, engine: &mut Engine) {
        if let Some(csn) = self.held.take() {
            engine.release_snapshot(csn);
        }
    }

    fn advance(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<Step> {
        let plan = self.core.plan.clone();
        // A snapshot that is kept is taken before the tables are waited for.
        if !self.started
            && me.isolation() >= Isolation::RepeatableRead
            && needs_snapshot(&plan.body)
            && take_snapshot(engine, me, slot)?.is_none()
        {
            return Ok(Step::Wait);
        }
        while let Some((oid, mode)) = plan.locks.get(self.locked) {
            if !engine.lock_table(me, slot, *oid, *mode, false, "")? {
                return Ok(Step::Wait);
            }
            self.locked += 1;
        }
        if !self.started {
            if self.waited && me.catalog(&engine.catalog).version != self.version {
                return Ok(Step::Replan);
            }
            if let Body::Utility(statement) = &plan.body
                && let Statement::SetConstraints { names, deferred } = &**statement
            {
                let catalog = me.catalog(&engine.catalog).clone();
                let due = set_constraints(me, &catalog, names.as_deref(), *deferred)?;
                if !due.is_empty()
                    && let Some(snapshot) = take_snapshot(engine, me, slot)?
                {
                    self.core.snapshot = snapshot;
                }
                self.core.checks.extend(due);
                self.units = 0;
                self.output = Some((vec![], Tag::Utility("SET CONSTRAINTS")));
                self.started = true;
            } else if let Body::Utility(statement) = &plan.body {
                return Ok(match super::ddl::run(engine, me, slot, statement)? {
                    Some(tag) => Step::Done(Output { rows: vec![], tag, sleep: 0 }),
                    None => Step::Wait,
                });
            }
        }
        if !self.started {
            let Some(snapshot) = take_snapshot(engine, me, slot)? else { return Ok(Step::Wait) };
            self.core.snapshot = snapshot;
            check_writable(me, &plan)?;
            me.values.wanted.clear();
            self.started = true;
        }
        if self.core.cursor.as_ref().is_some_and(|cursor| cursor.rows == 0) {
            return Ok(Step::Done(Output { rows: vec![], tag: Tag::Select(0), sleep: 0 }));
        }
        while let Some(unit) = self.next_unit(&plan) {
            let body = match unit {
                Some(place) => &plan.subplans[place].body,
                None => &plan.body,
            };
            let Some((rows, tag)) = self.run_body(body, engine, me, slot)? else {
                return Ok(Step::Wait);
            };
            if unit.is_none() && self.pauses() {
                self.output = Some((rows, tag));
                break;
            }
            self.task = None;
            match unit {
                Some(place) => {
                    self.core.results.put(place, rows);
                }
                None => self.output = Some((rows, tag)),
            }
            self.unit += 1;
        }
        if !modify::take_wanted(engine, me, slot)? {
            return Ok(Step::Wait);
        }
        if !self.run_checks(engine, me, slot)? {
            return Ok(Step::Wait);
        }
        if let Some(txn) = &mut me.txn {
            txn.cid += 1;
        }
        let (rows, tag) =
            self.output.take().ok_or_else(|| internal("a statement without an answer"))?;
        Ok(Step::Done(Output { rows, tag, sleep: self.core.sleep }))
    }

    /// Whether the cursor's query has more rows than it was asked for.
    fn pauses(&mut self) -> bool {
        let Some(cursor) = &mut self.core.cursor else { return false };
        cursor.exhausted = match &self.task {
            Some(Task::Lock(task)) => task.is_done(),
            _ => true,
        };
        !cursor.exhausted
    }

    /// Runs one body; `None` if it must wait.
    fn run_body(
        &mut self,
        body: &Body,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<Option<(Vec<Row>, Tag)>> {
        let core = &mut self.core;
        match body {
            Body::Empty => Ok(Some((vec![], Tag::Utility("")))),
            Body::Utility(_) | Body::Recursive(_) => {
                Err(internal("a utility statement within a statement"))
            }
            Body::Select(query)
                if !query.locks.is_empty() || (core.cursor.is_some() && query.is_simple()) =>
            {
                let task = self.task.get_or_insert_with(|| Task::Lock(lock::Task::default()));
                let Task::Lock(task) = task else { return Err(internal("the task")) };
                let rows = task.step(query, core, engine, me, slot)?;
                Ok(rows.map(|rows| (rows, Tag::Select(0))).map(counted))
            }
            Body::Select(query) => {
                let rows = core.with(engine, me, |cx| select::run(query, None, cx))?;
                Ok(Some(counted((rows, Tag::Select(0)))))
            }
            Body::Insert(insert) => {
                let task = self.task.get_or_insert_with(|| Task::Insert(insert::Task::default()));
                let Task::Insert(task) = task else { return Err(internal("the task")) };
                let done = task.step(insert, core, engine, me, slot)?;
                Ok(done.map(|(rows, count)| (rows, Tag::Insert(count))))
            }
            Body::Merge(merge) => {
                let task = self.task.get_or_insert_with(|| Task::Merge(merge::Task::default()));
                let Task::Merge(task) = task else { return Err(internal("the task")) };
                let done = task.step(merge, core, engine, me, slot)?;
                Ok(done.map(|count| (vec![], Tag::Merge(count))))
            }
            Body::Update(modify) | Body::Delete(modify) => {
                let delete = matches!(body, Body::Delete(_));
                let task = self.task.get_or_insert_with(|| Task::Modify(modify::Task::new(delete)));
                let Task::Modify(task) = task else { return Err(internal("the task")) };
                let done = task.step(modify, core, engine, me, slot)?;
                let tag = if delete { Tag::Delete } else { Tag::Update };
                Ok(done.map(|(rows, count)| (rows, tag(count))))
            }
        }
    }

    /// Checks foreign keys, one event after the other; false if one must wait.
    fn run_checks(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<bool> {
        loop {
            if self.work.is_none() {
                let Some(event) = self.core.checks.pop_front() else { return Ok(true) };
                self.work = Some(Work::new(event));
            }
            let Some(work) = &mut self.work else { return Ok(true) };
            if !work.step(&mut self.core, engine, me, slot)? {
                return Ok(false);
            }
            self.work = None;
        }
    }
}

fn counted((rows, _): (Vec<Row>, Tag)) -> (Vec<Row>, Tag) {
    let count = rows.len() as u64;
    (rows, Tag::Select(count))
}

fn needs_snapshot(body: &Body) -> bool {
    match body {
        Body::Utility(statement) => {
            !matches!(**statement, Statement::LockTable { .. } | Statement::SetConstraints { .. })
        }
        _ => true,
    }
}

/// READ COMMITTED: what is committed now. REPEATABLE READ: what was when the first statement ran.
/// `None` if the session must wait for a safe snapshot.
pub(super) fn take_snapshot(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
) -> R<Option<Snapshot>> {
    let latest = engine.csn();
    let txn = me.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
    txn.begun = true;
    let csn = if txn.isolation == Isolation::Serializable {
        match engine.serializable_snapshot(me, slot)? {
            Some(csn) => csn,
            None => return Ok(None),
        }
    } else if txn.isolation >= Isolation::RepeatableRead {
        match txn.snapshot {
            Some(csn) => csn,
            None => {
                engine.hold_snapshot(latest);
                txn.snapshot = Some(latest);
                latest
            }
        }
    } else {
        latest
    };
    let txn = me.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
    Ok(Some(Snapshot { csn, xid: txn.xid.unwrap_or(0), cid: txn.cid }))
}

fn check_writable(me: &Backend, plan: &Plan) -> R<()> {
    if !me.txn.as_ref().is_some_and(|txn| txn.read_only) {
        return Ok(());
    }
    // What WITH does is done by the statement as a whole; rows can be locked further in as well.
    let subplans = plan.subplans.iter().map(|subplan| &subplan.body);
    let bodies = [&plan.body].into_iter().chain(subplans);
    for body in bodies {
        let command = match (body, &plan.body) {
            (Body::Insert(_), Body::Insert(_)) => "INSERT",
            (Body::Update(_), Body::Update(_)) => "UPDATE",
            (Body::Delete(_), Body::Delete(_)) => "DELETE",
            (Body::Merge(_), _) => "MERGE",
            (Body::Insert(_) | Body::Update(_) | Body::Delete(_), _) => "SELECT",
            (Body::Select(select), _) => match select.locks.first() {
                None => continue,
                Some(lock) => match lock.strength {
                    super::super::parse::ast::RowLock::Update => "SELECT FOR UPDATE",
                    super::super::parse::ast::RowLock::NoKeyUpdate => "SELECT FOR NO KEY UPDATE",
                    super::super::parse::ast::RowLock::Share => "SELECT FOR SHARE",
                    super::super::parse::ast::RowLock::KeyShare => "SELECT FOR KEY SHARE",
                },
            },
            (Body::Utility(_) | Body::Recursive(_) | Body::Empty, _) => continue,
        };
        return fail("25006", format!("cannot execute {command} in a read-only transaction"));
    }
    Ok(())
}
