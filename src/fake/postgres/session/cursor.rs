//! Cursors: DECLARE, FETCH, MOVE and CLOSE.

use std::sync::Arc;

use super::super::answer::Answer;
use super::super::engine::Engine;
use super::super::errors::{R, fail, internal, pg};
use super::super::execute::{Run, Step, Tag};
use super::super::functions::CursorPlace;
use super::super::parse::ast::{Declare, Direction, RowLock, Statement};
use super::super::plan::{self, Body, Plan, Select};
use super::super::store::Tid;
use super::super::types::Row;
use super::backend::Backend;

/// What a row comes from: the heap of a table, and the version in it.
pub(crate) type Position = (usize, Tid);

/// A query whose rows are fetched one after the other.
pub(crate) struct Cursor {
    pub(super) name: String,
    pub(super) plan: Arc<Plan>,
    /// What computes further rows; `None` when there are no more.
    pub(super) run: Option<Run>,
    rows: Vec<(Row, Vec<Position>)>,
    /// 0: before the first row; one more than there are rows: after the last.
    at: usize,
    backward: bool,
    hold: bool,
    /// It has outlived its transaction.
    held: bool,
    /// How many savepoints there were when it was declared.
    pub(super) depth: usize,
}

fn unknown<T>(name: &str) -> R<T> {
    fail("34000", format!("cursor \"{name}\" does not exist"))
}

/// The plan of a cursor's query.
pub(super) fn plan_for(engine: &Engine, me: &Backend, declare: &Declare) -> R<Arc<Plan>> {
    if !declare.hold && me.txn.as_ref().is_none_or(|txn| txn.implicit) {
        return fail("25P01", "DECLARE CURSOR can only be used in transaction blocks");
    }
    let query = Statement::Query(Box::new(declare.query.clone()));
    let plan = plan::plan(me.catalog(&engine.catalog), query)?;
    if plan.changes_rows() {
        return fail("0A000", "DECLARE CURSOR must not contain data-modifying statements in WITH");
    }
    if let Body::Select(Select { locks, .. }) = &plan.body
        && let Some(lock) = locks.first()
    {
        let strength = match lock.strength {
            RowLock::KeyShare => "FOR KEY SHARE",
            RowLock::Share => "FOR SHARE",
            RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
            RowLock::Update => "FOR UPDATE",
        };
        let refuse = |code, what: &str, detail: &str| {
            Err(pg(
                code,
                format!(
                    "DECLARE {what} ... {strength} is not {}",
                    if code == "0A000" { "supported" } else { "valid" }
                ),
            )
            .with_detail(format!("{detail} cursors must be READ ONLY.")))
        };
        if declare.hold {
            return refuse("0A000", "CURSOR WITH HOLD", "Holdable");
        }
        if declare.scroll == Some(true) {
            return refuse("0A000", "SCROLL CURSOR", "Scrollable");
        }
        if declare.insensitive {
            return refuse("42P11", "INSENSITIVE CURSOR", "Insensitive");
        }
    }
    if me.cursors.iter().any(|cursor| cursor.name == declare.name) {
        return fail("42P03", format!("cursor \"{}\" already exists", declare.name));
    }
    Ok(Arc::new(plan))
}

/// The cursor that a DECLARE has made, whose run has its snapshot.
pub(super) fn declared(me: &mut Backend, declare: &Declare, plan: Arc<Plan>, run: Run) {
    let backward = declare.scroll.unwrap_or_else(|| match &plan.body {
        Body::Select(select) => select.goes_backward(),
        _ => false,
    });
    let depth = me.txn.as_ref().map_or(0, |txn| txn.savepoints.len());
    let place = CursorPlace { tables: plan.scanned(), ..CursorPlace::default() };
    me.values.positions.insert(declare.name.clone(), place);
    me.cursors.push(Cursor {
        name: declare.name.clone(),
        plan,
        run: Some(run),
        rows: vec![],
        at: 0,
        backward,
        hold: declare.hold,
        held: false,
        depth,
    });
}

/// Takes the cursor out of the session while it is at work.
pub(super) fn take(me: &mut Backend, name: &str) -> R<Cursor> {
    match me.cursors.iter().position(|cursor| cursor.name == name) {
        Some(place) => Ok(me.cursors.remove(place)),
        None => unknown(name),
    }
}

pub(super) fn close(engine: &mut Engine, me: &mut Backend, name: Option<&str>) -> R<Answer> {
    let Some(name) = name else {
        close_if(engine, me, |_| true);
        return Ok(Answer::of_tag("CLOSE CURSOR ALL"));
    };
    let mut cursor = take(me, name)?;
    cursor.end(engine);
    me.values.positions.remove(name);
    Ok(Answer::of_tag("CLOSE CURSOR"))
}

/// Closes the cursors of that kind.
pub(super) fn close_if(engine: &mut Engine, me: &mut Backend, test: impl Fn(&Cursor) -> bool) {
    let mut kept = vec![];
    for mut cursor in std::mem::take(&mut me.cursors) {
        if test(&cursor) {
            cursor.end(engine);
            me.values.positions.remove(&cursor.name);
        } else {
            kept.push(cursor);
        }
    }
    me.cursors = kept;
}

/// Before a commit: what is declared WITH HOLD gets all of its rows.
pub(super) fn hold(engine: &mut Engine, me: &mut Backend) -> R<()> {
    let slot = me.values.slot;
    let mut cursors = std::mem::take(&mut me.cursors);
    let mut result = Ok(());
    for cursor in cursors.iter_mut().filter(|cursor| cursor.hold && !cursor.held) {
        result = cursor.complete(engine, me, slot);
        if result.is_err() {
            break;
        }
        cursor.held = true;
        if let Some(place) = me.values.positions.get_mut(&cursor.name) {
            place.held = true;
        }
        for (_, positions) in &mut cursor.rows {
            positions.clear();
        }
    }
    me.cursors = cursors;
    result
}

impl Cursor {
    pub(super) fn is_held(&self) -> bool {
        self.held
    }

    pub(super) fn end(&mut self, engine: &mut Engine) {
        if let Some(mut run) = self.run.take() {
            run.finish(engine);
        }
    }

    fn complete(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<()> {
        while let Some(mut run) = self.run.take() {
            run.want(usize::MAX);
            match run.step(engine, me, slot)? {
                Step::Done(output) => self.accept(engine, run, output.rows),
                Step::Wait | Step::Replan => return Err(internal("a held cursor that waits")),
            }
        }
        Ok(())
    }

    /// How many rows must be known for that.
    fn needs(&self, direction: Direction) -> usize {
        let ahead = |rows: i64| self.at.saturating_add(usize::try_from(rows).unwrap_or(0));
        match direction {
            Direction::Forward(i64::MAX) => usize::MAX,
            Direction::Forward(rows) | Direction::Relative(rows) => ahead(rows),
            Direction::Backward(i64::MAX) => 0,
            Direction::Backward(rows) => ahead(rows.saturating_neg()),
            Direction::Absolute(rows) if rows < 0 => usize::MAX,
            Direction::Absolute(rows) => usize::try_from(rows).unwrap_or(0),
        }
    }

    /// What must run before the rows can be had.
    pub(super) fn more(&mut self, direction: Direction) -> Option<Run> {
        let needed = self.needs(direction);
        if needed <= self.rows.len() {
            return None;
        }
        let mut run = self.run.take()?;
        run.want(needed - self.rows.len());
        Some(run)
    }

    /// Takes the rows that a run has given.
    pub(super) fn accept(&mut self, engine: &mut Engine, mut run: Run, rows: Vec<Row>) {
        let mut positions = run.take_positions().into_iter();
        for row in rows {
            self.rows.push((row, positions.next().unwrap_or_default()));
        }
        if run.is_exhausted() {
            run.finish(engine);
        } else {
            self.run = Some(run);
        }
    }

    /// Goes there; the rows are known.
    pub(super) fn fetch(
        &mut self,
        me: &mut Backend,
        direction: Direction,
        moves: bool,
    ) -> R<Answer> {
        let places = self.go(direction, moves)?;
        let current = self.at.checked_sub(1).and_then(|at| self.rows.get(at));
        let place = CursorPlace {
            tables: self.plan.scanned(),
            current: current.map(|(_, positions)| positions.clone()),
            held: self.held,
        };
        me.values.positions.insert(self.name.clone(), place);
        let count = places.len() as u64;
        if moves {
            return Ok(Answer::new(Arc::new([]), Arc::new([]), vec![], Tag::Move(count)));
        }
        let rows =
            places.into_iter().filter_map(|at| self.rows.get(at)).map(|(row, _)| row.clone());
        let (columns, names) = (self.plan.columns.clone(), self.plan.names.clone());
        let answer = Answer::new(columns, names, rows.collect(), Tag::Fetch(count));
        Ok(answer.styled(me.current().style.clone()))
    }

    /// Moves, and tells which rows are met.
    fn go(&mut self, direction: Direction, moves: bool) -> R<Vec<usize>> {
        let count = self.rows.len();
        let end = count + 1;
        let single = |at: usize| if (1..end).contains(&at) { vec![at - 1] } else { vec![] };
        Ok(match direction {
            Direction::Forward(rows) if rows < 0 => {
                return self.go(Direction::Backward(rows.saturating_neg()), moves);
            }
            Direction::Backward(rows) if rows < 0 => {
                return self.go(Direction::Forward(rows.saturating_neg()), moves);
            }
            Direction::Forward(0) | Direction::Backward(0) | Direction::Relative(0) => {
                let found = single(self.at);
                if !found.is_empty() && !moves {
                    self.backward()?;
                }
                found
            }
            Direction::Forward(rows) => {
                let from = self.at;
                let to = from.saturating_add(usize::try_from(rows).unwrap_or(usize::MAX)).min(end);
                self.at = to;
                (from..to.min(count)).collect()
            }
            Direction::Backward(rows) => {
                if self.at > 0 {
                    self.backward()?;
                }
                let from = self.at;
                let to = from.saturating_sub(usize::try_from(rows).unwrap_or(usize::MAX));
                self.at = to;
                (to.max(1)..from).rev().map(|at| at - 1).collect()
            }
            Direction::Absolute(rows) => {
                let to = if rows < 0 {
                    end.saturating_sub(usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX))
                } else {
                    usize::try_from(rows).unwrap_or(usize::MAX).min(end)
                };
                if to <= self.at && self.at > 0 || rows < 0 {
                    self.backward()?;
                }
                self.at = to;
                single(to)
            }
            Direction::Relative(rows) => {
                if rows < 0 {
                    self.backward()?;
                }
                let step = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
                self.at = if rows < 0 {
                    self.at.saturating_sub(step)
                } else {
                    self.at.saturating_add(step).min(end)
                };
                single(self.at)
            }
        })
    }

    fn backward(&self) -> R<()> {
        if self.backward {
            return Ok(());
        }
        Err(pg("55000", "cursor can only scan forward")
            .with_hint("Declare it with SCROLL option to enable backward scan."))
    }
}
