//! Running plans.
//!
//! Everything up to a lock is synchronous: `eval` computes expressions, `scan`, `join`, `aggregate` and
//! `select` produce rows. What may have to wait is a [`Run`] of tasks, each of which repeats its last step
//! when it is woken: `lock` (FOR UPDATE), `insert`, `modify` (UPDATE, DELETE), `foreign` (foreign keys).
//! `ddl` changes the catalog.

mod aggregate;
mod constraints;
mod ddl;
mod ddl_alter;
mod ddl_alter_constraints;
mod ddl_as;
mod ddl_columns;
mod ddl_constraints;
mod ddl_create;
mod ddl_depend;
mod ddl_drop;
mod ddl_index;
mod ddl_like;
mod ddl_pure;
mod ddl_schema;
mod ddl_sequence;
mod ddl_small;
mod ddl_temporary;
mod ddl_type_drop;
mod ddl_types;
mod ddl_view;
mod enter;
mod eval;
mod fold;
mod foreign;
mod hashed;
mod hidden;
mod insert;
mod join;
mod lock;
mod merge;
mod modify;
mod parts;
mod recursion;
mod run;
mod scan;
mod select;
mod sets;
mod sort;
mod statistics;
mod walk;
mod window;

use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) use ddl_temporary::on_commit;
pub(crate) use fold::constants;
pub(crate) use foreign::ConstraintEvent;
pub(crate) use run::{Output, Run, Step, Tag};

use super::engine::Engine;
use super::errors::R;
use super::functions::Env;
use super::plan::Plan;
use super::session::{Backend, Parameters};
use super::ssi::Reader;
use super::store::{NO_TUPLE, Snapshot, Store, Tid};
use super::types::datum::GroupKey;
use super::types::{Datum, Row};

/// The row at hand, and the rows around it.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'f> {
    pub(crate) row: &'f [Datum],
    pub(crate) outer: Option<&'f Frame<'f>>,
}

impl<'f> Frame<'f> {
    pub(crate) fn of(row: &'f [Datum]) -> Frame<'f> {
        Frame { row, outer: None }
    }
}

/// What expressions and scans look at.
pub(crate) struct Cx<'a> {
    pub(crate) env: Env<'a>,
    pub(crate) store: &'a Store,
    pub(crate) plan: &'a Plan,
    pub(crate) params: &'a [Datum],
    pub(crate) snapshot: Snapshot,
    pub(crate) results: &'a mut Results,
    /// Of a SERIALIZABLE transaction.
    pub(crate) reads: Option<Reader<'a>>,
}

/// Subqueries that have run, by number.
#[derive(Default)]
pub(crate) struct Results {
    list: Vec<Option<Arc<Result>>>,
    recursions: Vec<(usize, recursion::Progress)>,
}

pub(crate) struct Result {
    pub(crate) rows: Vec<Row>,
    /// The first columns, for IN.
    set: std::sync::OnceLock<(BTreeSet<GroupKey>, bool)>,
}

impl Result {
    pub(crate) fn new(rows: Vec<Row>) -> Result {
        Result { rows, set: std::sync::OnceLock::new() }
    }

    /// The distinct values, and whether NULL is among them.
    pub(crate) fn set(&self, record: bool) -> &(BTreeSet<GroupKey>, bool) {
        self.set.get_or_init(|| {
            let mut null = false;
            let mut set = BTreeSet::new();
            for row in &self.rows {
                let key = if record { row.to_vec() } else { vec![row[0].clone()] };
                if key.iter().any(Datum::is_null) {
                    null = true;
                } else {
                    set.insert(GroupKey(key));
                }
            }
            (set, null)
        })
    }
}

impl Results {
    pub(crate) fn get(&self, plan: usize) -> Option<&Arc<Result>> {
        self.list.get(plan)?.as_ref()
    }

    fn recursion(&self, plan: usize) -> Option<&recursion::Progress> {
        self.recursions.iter().find(|(known, _)| *known == plan).map(|(_, progress)| progress)
    }

    fn take_recursion(&mut self, plan: usize) -> Option<recursion::Progress> {
        let place = self.recursions.iter().position(|(known, _)| *known == plan)?;
        Some(self.recursions.swap_remove(place).1)
    }

    fn put_recursion(&mut self, plan: usize, progress: recursion::Progress) {
        self.recursions.push((plan, progress));
    }

    pub(crate) fn put(&mut self, plan: usize, rows: Vec<Row>) -> Arc<Result> {
        if self.list.len() <= plan {
            self.list.resize_with(plan + 1, || None);
        }
        let result = Arc::new(Result::new(rows));
        self.list[plan] = Some(result.clone());
        result
    }
}

/// A row of FROM, with the versions that its relations' parts come from, if anybody wants to know.
#[derive(Clone)]
pub(crate) struct Rec {
    pub(crate) row: Row,
    pub(crate) tids: Tids,
}

#[derive(Clone)]
pub(crate) enum Tids {
    None,
    One(Tid),
    Many(Box<[Tid]>),
}

impl Tids {
    pub(crate) fn get(&self, relation: usize) -> Tid {
        match self {
            Tids::None => NO_TUPLE,
            Tids::One(tid) => *tid,
            Tids::Many(list) => list.get(relation).copied().unwrap_or(NO_TUPLE),
        }
    }

    pub(crate) fn set(&mut self, relation: usize, tid: Tid) {
        match self {
            Tids::None => {}
            Tids::One(own) => *own = tid,
            Tids::Many(list) => {
                if let Some(place) = list.get_mut(relation) {
                    *place = tid;
                }
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = Tid> {
        let (one, many) = match self {
            Tids::None => (None, &[][..]),
            Tids::One(tid) => (Some(*tid), &[][..]),
            Tids::Many(list) => (None, &list[..]),
        };
        one.into_iter().chain(many.iter().copied())
    }
}

/// The only row of a query that reads no table.
pub(crate) fn evaluate(engine: &mut Engine, me: &mut Backend, plan: Plan) -> R<Vec<Datum>> {
    let super::plan::Body::Select(select) = &plan.body else { return Ok(vec![]) };
    let snapshot = Snapshot { csn: engine.csn(), xid: 0, cid: 0 };
    let mut results = Results::default();
    let (rows, _) = with_cx(engine, me, &plan, &[], snapshot, &mut results, |cx| {
        select::run(select, None, cx)
    })?;
    Ok(rows.into_iter().next().map(|row| row.to_vec()).unwrap_or_default())
}

/// Runs `body` with a context for expressions.
pub(crate) fn with_cx<T>(
    engine: &mut Engine,
    me: &mut Backend,
    plan: &Plan,
    params: &[Datum],
    snapshot: Snapshot,
    results: &mut Results,
    body: impl FnOnce(&mut Cx<'_>) -> R<T>,
) -> R<(T, i64)> {
    let now = me.txn.as_ref().map_or(0, |txn| txn.now);
    let reads = engine.ssi.reader(me);
    let mut cx = Cx {
        env: Env {
            now,
            statement: me.values.started.max(now),
            clock: &engine.clock,
            random: &mut engine.random,
            uuids: &mut engine.uuids,
            sequences: &mut engine.sequences,
            session: &mut me.values,
            heavy: &mut engine.locks.heavy,
            parameters: Some(Parameters {
                session: &mut me.settings,
                txn: me.txn.as_mut(),
                named: &mut me.named,
            }),
            sleep: 0,
        },
        store: &engine.store,
        plan,
        params,
        snapshot,
        results,
        reads,
    };
    let result = body(&mut cx);
    let sleep = cx.env.sleep;
    if std::mem::take(&mut me.values.released) {
        engine.grant_heavy(Some(me));
    }
    Ok((result?, sleep))
}
