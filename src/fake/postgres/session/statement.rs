//! One statement from text to answer.

use std::sync::Arc;

use super::super::Shared;
use super::super::answer::Answer;
use super::super::catalog::with_types;
use super::super::engine::Engine;
use super::super::errors::{R, fail, pg};
use super::super::execute::{self, Output, Run, Step};
use super::super::notice::Notice;
use super::super::parse;
use super::super::parse::ast::{Control, Direction, Modes, Statement};
use super::super::plan::{self, Body, Plan};
use super::super::plancache::Prepared;
use super::super::types::value::from_value;
use super::super::types::{Row, style};
use super::backend::Backend;
use super::cursor::Cursor;
use super::wait::await_turn;
use crate::error::{Error, Result};
use crate::value::Value;

/// A statement that has begun.
struct Active {
    plan: Arc<Plan>,
    phase: Phase,
    /// The answer, while deferred checks or a sleep stand before it.
    output: Option<Output>,
    purpose: Purpose,
}

/// What a plan runs for.
enum Purpose {
    Statement,
    Execute(String),
    Declare(Arc<Control>),
    Fetch {
        cursor: Box<Cursor>,
        direction: Direction,
        moves: bool,
    },
    /// It is all done but for what a commit does.
    Fetched(Box<Answer>),
}

enum Phase {
    Running(Run),
    /// Deferred checks of a commit.
    Committing(Run, Commit),
    Finishing,
}

#[derive(Clone, Copy)]
enum Commit {
    /// Of a statement without BEGIN.
    Implicit,
    Explicit {
        chain: bool,
    },
}

enum Drive {
    Answer(Answer),
    Wait,
    /// For so many microseconds.
    Sleep(i64),
}

pub(super) async fn execute(
    shared: &Arc<Shared>,
    slot: usize,
    sql: &str,
    params: &[Value],
) -> Result<Answer> {
    let begun = begin(&mut shared.lock(), slot, sql, params)?;
    match begun {
        Begun::Answer(answer) => Ok(answer),
        // In a box of its own: few statements wait, and the others stay small.
        Begun::Active(active, drive) => Box::pin(wait_out(shared, slot, active, drive)).await,
    }
}

/// Drops the session's transaction, and what the statement holds, if its future is dropped while it waits.
struct Vanish<'s> {
    shared: &'s Arc<Shared>,
    slot: usize,
    active: Box<Active>,
    armed: bool,
}

impl Drop for Vanish<'_> {
    fn drop(&mut self) {
        if self.armed {
            let mut engine = self.shared.lock();
            self.active.release(&mut engine);
            if let Ok(mut me) = engine.take(self.slot) {
                engine.lose(&mut me, self.slot);
                engine.backends[self.slot] = Some(me);
            }
        }
    }
}

async fn wait_out(
    shared: &Arc<Shared>,
    slot: usize,
    active: Box<Active>,
    mut drive: Drive,
) -> Result<Answer> {
    let start = tokio::time::Instant::now();
    let mut vanish = Vanish { shared, slot, active, armed: true };
    loop {
        let woken = match drive {
            Drive::Answer(answer) => {
                vanish.armed = false;
                return Ok(answer);
            }
            Drive::Wait => await_turn(shared, slot, start).await,
            Drive::Sleep(micros) => super::wait::sleep(shared, slot, start, micros).await,
        };
        let mut engine = shared.lock();
        let next = match woken {
            Ok(()) => {
                let active = &mut vanish.active;
                with_backend(&mut engine, slot, |engine, me| active.drive(engine, me, slot))
            }
            Err(error) => Err(error),
        };
        match next {
            Ok(Drive::Answer(answer)) => {
                let notices = engine.backend_mut(slot).map(Backend::heard).unwrap_or_default();
                drive = Drive::Answer(answer.with_notices(notices));
            }
            Ok(next) => drive = next,
            Err(error) => {
                vanish.armed = false;
                vanish.active.give_up(&mut engine, slot);
                return Err(error);
            }
        }
    }
}

fn with_backend<T>(
    engine: &mut Engine,
    slot: usize,
    body: impl FnOnce(&mut Engine, &mut Backend) -> R<T>,
) -> R<T> {
    let mut me = engine.take(slot)?;
    let _style = style::enter(&me.current().style);
    let result = if me.lost { Err(lost()) } else { body(engine, &mut me) };
    engine.backends[slot] = Some(me);
    result
}

#[cold]
pub(super) fn lost() -> Error {
    pg("57P01", "terminating connection due to administrator command")
}

enum Begun {
    Answer(Answer),
    Active(Box<Active>, Drive),
}

fn begin(engine: &mut Engine, slot: usize, sql: &str, params: &[Value]) -> R<Begun> {
    with_backend(engine, slot, |engine, me| {
        me.values.notices.clear();
        me.values.started = engine.clock.now().as_microsecond();
        let result = start(engine, me, slot, sql, params);
        match &result {
            Ok(Begun::Active(_, Drive::Answer(_)) | Begun::Answer(_)) => me.active = false,
            Ok(Begun::Active(..)) => me.active = true,
            Err(_) => {
                me.active = false;
                engine.abort(me);
            }
        }
        let notices = me.heard();
        Ok(match result? {
            Begun::Active(_, Drive::Answer(answer)) | Begun::Answer(answer) => {
                Begun::Answer(answer.with_notices(notices))
            }
            begun => begun,
        })
    })
}

fn start(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    sql: &str,
    params: &[Value],
) -> R<Begun> {
    let (text, prepared) = prepare(engine, me, sql, params.is_empty())?;
    me.statement = text;
    match prepared {
        Prepared::Control(control) => {
            if !params.is_empty() {
                return Err(wrong_count(params.len(), 0));
            }
            if let Control::Commit { chain } = &*control
                && let Some(txn) = &mut me.txn
                && !txn.failed
                && !txn.deferred.is_empty()
            {
                let checks = std::mem::take(&mut txn.deferred);
                let phase =
                    Phase::Committing(Run::deferred(checks), Commit::Explicit { chain: *chain });
                let plan = Arc::new(plan::empty());
                let mut active = Active::new(plan, phase, Purpose::Statement);
                let drive = active.drive(engine, me, slot)?;
                return Ok(Begun::Active(Box::new(active), drive));
            }
            match &*control {
                Control::Execute { .. } | Control::Declare(_) | Control::Fetch { .. } => {
                    start_named(engine, me, slot, &control)
                }
                _ => super::control::run(engine, me, &control).map(Begun::Answer),
            }
        }
        Prepared::Plan(plan) => {
            if me.is_failed() {
                return Err(aborted());
            }
            let values = if plan.names_types {
                with_types(me.catalog(&engine.catalog), || bind(&plan, params))?
            } else {
                bind(&plan, params)?
            };
            if me.txn.is_none() {
                engine.begin(me, true, Modes::default())?;
            }
            let version = me.catalog(&engine.catalog).version;
            let phase = Phase::Running(Run::new(plan.clone(), version, values));
            Active::new(plan, phase, Purpose::Statement).begin(engine, me, slot)
        }
    }
}

/// EXECUTE, DECLARE and FETCH, which run a plan by name.
fn start_named(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    control: &Arc<Control>,
) -> R<Begun> {
    if me.is_failed() {
        return Err(aborted());
    }
    let version = me.catalog(&engine.catalog).version;
    match &**control {
        Control::Execute { name, args } => {
            let plan = super::prepared::plan_of(engine, me, name)?;
            if me.txn.is_none() {
                engine.begin(me, true, Modes::default())?;
            }
            let values = super::prepared::arguments(engine, me, name, &plan, args)?;
            let phase = Phase::Running(Run::new(plan.clone(), version, values));
            Active::new(plan, phase, Purpose::Execute(name.clone())).begin(engine, me, slot)
        }
        Control::Declare(declare) => {
            let plan = super::cursor::plan_for(engine, me, declare)?;
            if me.txn.is_none() {
                engine.begin(me, true, Modes::default())?;
            }
            let phase = Phase::Running(Run::of_cursor(plan.clone(), version));
            Active::new(plan, phase, Purpose::Declare(control.clone())).begin(engine, me, slot)
        }
        Control::Fetch { cursor, direction, moves } => {
            let (direction, moves) = (*direction, *moves);
            let mut cursor = Box::new(super::cursor::take(me, cursor)?);
            match cursor.more(direction) {
                None => {
                    let answer = cursor.fetch(me, direction, moves);
                    me.cursors.push(*cursor);
                    answer.map(Begun::Answer)
                }
                Some(run) => {
                    let plan = cursor.plan.clone();
                    let purpose = Purpose::Fetch { cursor, direction, moves };
                    Active::new(plan, Phase::Running(run), purpose).begin(engine, me, slot)
                }
            }
        }
        _ => Err(super::super::errors::internal("a statement without a plan")),
    }
}

fn bind(plan: &Plan, params: &[Value]) -> R<Vec<super::super::types::Datum>> {
    if params.is_empty() && !plan.params.is_empty() {
        // So answers the simple protocol, which knows no parameters.
        return fail("42P02", format!("there is no parameter ${}", plan.first_param + 1));
    }
    if params.len() != plan.params.len() {
        return Err(wrong_count(params.len(), plan.params.len()));
    }
    let mut values = Vec::with_capacity(params.len());
    for (place, (value, ty)) in params.iter().zip(&plan.params).enumerate() {
        values.push(from_value(value, *ty, place)?);
    }
    Ok(values)
}

#[cold]
fn wrong_count(given: usize, wanted: usize) -> Error {
    let message = format!(
        "bind message supplies {given} parameters, but prepared statement \"\" requires {wanted}"
    );
    pg("08P01", message)
}

#[cold]
fn aborted() -> Error {
    pg("25P02", "current transaction is aborted, commands ignored until end of transaction block")
}

/// What the text means, from the cache or made now.
fn prepare(
    engine: &mut Engine,
    me: &mut Backend,
    sql: &str,
    bare: bool,
) -> R<(Arc<str>, Prepared)> {
    me.look(&engine.catalog, &engine.plans.shared);
    let version = me.catalog(&engine.catalog).version;
    // Literals are read when the statement is planned, in the style of the session.
    let style = me.current().style.clone();
    let styled = style.as_ref().map(|style| format!("{sql}\0{}", style.key()));
    let text: Arc<str> = match (engine.plans.get(styled.as_deref().unwrap_or(sql), version), &style)
    {
        (Some(known), None) => return Ok(known),
        (Some((_, prepared)), Some(_)) => return Ok((sql.into(), prepared)),
        (None, _) => sql.into(),
    };
    let cut = parse::cut_names(sql);
    for (name, short) in &cut {
        let message = format!("identifier \"{name}\" will be truncated to \"{short}\"");
        me.notify(Notice::note("42622", message));
    }
    let prepared = match parse::parse(sql)? {
        None => Prepared::Plan(Arc::new(plan::empty())),
        Some(Statement::Control(control)) => Prepared::Control(Arc::new(control)),
        Some(_) if me.is_failed() => return Err(aborted()),
        Some(statement) => {
            let catalog = me.catalog(&engine.catalog);
            let made = with_types(catalog, || {
                let made = match plan::plan(catalog, statement) {
                    Err(_) if bare => plan::plan_bare(catalog, sql)?,
                    made => made?,
                };
                // Where parameters are missing, that is said first.
                if !bare || made.params.is_empty() {
                    execute::constants(&made)?;
                }
                Ok(made)
            });
            Prepared::Plan(Arc::new(made?))
        }
    };
    // A text that is told something each time is read each time.
    if cut.is_empty() {
        let key = styled.map_or_else(|| text.clone(), Arc::from);
        engine.plans.put(key, version, prepared.clone());
    }
    Ok((text, prepared))
}

impl Active {
    fn new(plan: Arc<Plan>, phase: Phase, purpose: Purpose) -> Active {
        Active { plan, phase, output: None, purpose }
    }

    fn begin(mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<Begun> {
        match self.drive(engine, me, slot) {
            Ok(Drive::Answer(answer)) => Ok(Begun::Answer(answer)),
            Ok(drive) => Ok(Begun::Active(Box::new(self), drive)),
            Err(error) => {
                self.release(engine);
                Err(error)
            }
        }
    }

    /// The plan has run: what DECLARE and FETCH make of it.
    fn conclude(&mut self, engine: &mut Engine, me: &mut Backend, rows: Vec<Row>) -> R<()> {
        let Phase::Running(run) = std::mem::replace(&mut self.phase, Phase::Finishing) else {
            return Ok(());
        };
        let answer = match std::mem::replace(&mut self.purpose, Purpose::Statement) {
            Purpose::Declare(control) => {
                if let Control::Declare(declare) = &*control {
                    super::cursor::declared(me, declare, self.plan.clone(), run);
                }
                Answer::of_tag("DECLARE CURSOR")
            }
            Purpose::Fetch { mut cursor, direction, moves } => {
                cursor.accept(engine, run, rows);
                let answer = cursor.fetch(me, direction, moves);
                me.cursors.push(*cursor);
                answer?
            }
            other => {
                self.purpose = other;
                return Ok(());
            }
        };
        self.purpose = Purpose::Fetched(Box::new(answer));
        Ok(())
    }

    /// Runs on until there is an answer, or something to wait for.
    fn drive(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<Drive> {
        let looks_up = self.plan.names_types || matches!(self.plan.body, Body::Utility(_));
        let result = if looks_up {
            let catalog = me.catalog(&engine.catalog).clone();
            with_types(&catalog, || self.advance(engine, me, slot))
        } else {
            self.advance(engine, me, slot)
        };
        match &result {
            Ok(Drive::Answer(_)) | Err(_) => me.active = false,
            Ok(_) => me.active = true,
        }
        result
    }

    fn advance(&mut self, engine: &mut Engine, me: &mut Backend, slot: usize) -> R<Drive> {
        loop {
            match &mut self.phase {
                Phase::Running(run) => match run.step(engine, me, slot)? {
                    Step::Wait => return Ok(Drive::Wait),
                    Step::Replan => self.replan(engine, me)?,
                    Step::Done(output) => {
                        let sleep = output.sleep;
                        if let Purpose::Declare(_) | Purpose::Fetch { .. } = self.purpose {
                            self.conclude(engine, me, output.rows)?;
                            continue;
                        }
                        self.output = Some(output);
                        let txn = me.txn.as_mut().filter(|txn| txn.implicit);
                        let checks =
                            txn.map(|txn| std::mem::take(&mut txn.deferred)).unwrap_or_default();
                        self.phase = if checks.is_empty() {
                            Phase::Finishing
                        } else {
                            Phase::Committing(Run::deferred(checks), Commit::Implicit)
                        };
                        if sleep > 0 {
                            return Ok(Drive::Sleep(sleep));
                        }
                    }
                },
                Phase::Committing(run, commit) => match checked(run, *commit, engine, me, slot)? {
                    Step::Done(_) => match *commit {
                        Commit::Implicit => self.phase = Phase::Finishing,
                        Commit::Explicit { chain } => {
                            return super::control::run(engine, me, &Control::Commit { chain })
                                .map(Drive::Answer);
                        }
                    },
                    Step::Wait | Step::Replan => return Ok(Drive::Wait),
                },
                Phase::Finishing => {
                    let style = me.current().style.clone();
                    if me.txn.as_ref().is_some_and(|txn| txn.implicit) {
                        super::control::commit(engine, me)?;
                    }
                    if let Purpose::Fetched(answer) = &self.purpose {
                        return Ok(Drive::Answer((**answer).clone()));
                    }
                    let Some(output) = self.output.take() else { return Err(lost()) };
                    let (columns, names) = (self.plan.columns.clone(), self.plan.names.clone());
                    let answer = Answer::new(columns, names, output.rows, output.tag);
                    let looks_up = self.plan.names_types;
                    let catalog = looks_up.then(|| me.catalog(&engine.catalog).clone());
                    return Ok(Drive::Answer(answer.styled(style).with_types_of(catalog)));
                }
            }
        }
    }

    /// A table has changed while the statement waited for its lock.
    fn replan(&mut self, engine: &mut Engine, me: &mut Backend) -> R<()> {
        let plan = match &self.purpose {
            Purpose::Execute(name) => super::prepared::plan_of(engine, me, name)?,
            Purpose::Declare(control) => match &**control {
                Control::Declare(declare) => super::cursor::plan_for(engine, me, declare)?,
                _ => return fail("XX000", "a statement changed its kind"),
            },
            _ => {
                let text = me.statement.clone();
                let (_, prepared) = prepare(engine, me, &text, false)?;
                let Prepared::Plan(plan) = prepared else {
                    return fail("XX000", "a statement changed its kind");
                };
                plan
            }
        };
        let Phase::Running(run) = &mut self.phase else {
            return fail("XX000", "a statement changed its kind");
        };
        if plan.params != self.plan.params {
            return fail("0A000", "cached plan must not change result type");
        }
        let values = run.take_params();
        let version = me.catalog(&engine.catalog).version;
        self.phase = Phase::Running(match &self.purpose {
            Purpose::Declare(_) => Run::of_cursor(plan.clone(), version),
            _ => Run::new(plan.clone(), version, values),
        });
        self.plan = plan;
        Ok(())
    }

    fn release(&mut self, engine: &mut Engine) {
        match &mut self.phase {
            Phase::Running(run) | Phase::Committing(run, _) => run.finish(engine),
            Phase::Finishing => {}
        }
        if let Purpose::Fetch { cursor, .. } = &mut self.purpose {
            cursor.end(engine);
        }
    }

    /// The statement has failed, in the middle of a wait or after it.
    fn give_up(&mut self, engine: &mut Engine, slot: usize) {
        self.release(engine);
        if let Ok(mut me) = engine.take(slot) {
            engine.stop_waiting(&mut me, slot);
            let _ = me.heard();
            if !me.lost {
                engine.abort(&mut me);
            }
            me.active = false;
            engine.backends[slot] = Some(me);
        }
    }
}

/// Runs deferred checks. A COMMIT that fails ends its transaction all the same.
fn checked(
    run: &mut Run,
    commit: Commit,
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
) -> R<Step> {
    let step = run.step(engine, me, slot);
    if step.is_err() && matches!(commit, Commit::Explicit { .. }) {
        engine.rollback(me);
    }
    step
}
