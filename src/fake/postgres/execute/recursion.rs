//! WITH RECURSIVE: rounds of the step, as many as whoever reads the rows wants.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::super::errors::{R, fail};
use super::super::plan::{Body, Expr, Recursion};
use super::super::types::Row;
use super::super::types::datum::GroupKey;
use super::scan::{Sink, filtered};
use super::{Cx, Frame};

/// More rounds, or rows, than this are refused: PostgreSQL would go on until something stops it.
const ROUNDS: usize = 1_000_000;
const ROWS: usize = 20_000_000;

/// How far a recursion has come.
#[derive(Default)]
pub(super) struct Progress {
    /// Every row so far.
    rows: Vec<Row>,
    /// Where the rows of the last round begin.
    last: usize,
    seen: BTreeSet<GroupKey>,
    rounds: usize,
    done: bool,
}

impl Progress {
    fn accept(&mut self, all: bool, rows: Vec<Row>) {
        self.last = self.rows.len();
        for row in rows {
            if all || self.seen.insert(GroupKey(row.to_vec())) {
                self.rows.push(row);
            }
        }
        self.done = self.rows.len() == self.last;
        self.rounds += 1;
    }
}

/// Offers the rows, and computes more of them while they are wanted.
pub(super) fn scan(
    plan: usize,
    recursion: &Recursion,
    filter: &Option<Expr>,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
    sink: Sink<'_>,
) -> R<ControlFlow<()>> {
    let mut at = 0;
    loop {
        let rows = match cx.results.recursion(plan) {
            Some(progress) => progress.rows[at..].to_vec(),
            None => vec![],
        };
        at += rows.len();
        if filtered(rows.into_iter(), filter, outer, cx, sink)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        if !advance(plan, recursion, outer, cx)? {
            return Ok(ControlFlow::Continue(()));
        }
    }
}

/// The rows of a recursion that must be computed anew for the row around it.
pub(super) fn all(
    plan: usize,
    recursion: &Recursion,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    cx.results.take_recursion(plan);
    while advance(plan, recursion, outer, cx)? {}
    Ok(cx.results.take_recursion(plan).map(|progress| progress.rows).unwrap_or_default())
}

/// One more round; false if there is nothing more.
fn advance(
    plan: usize,
    recursion: &Recursion,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<bool> {
    let mut progress = match cx.results.take_recursion(plan) {
        Some(progress) => progress,
        None => {
            let mut progress = Progress::default();
            progress.accept(recursion.all, super::select::run(&recursion.base, outer, cx)?);
            let more = !progress.done;
            cx.results.put_recursion(plan, progress);
            return Ok(more);
        }
    };
    if !progress.done {
        if progress.rounds > ROUNDS || progress.rows.len() > ROWS {
            return fail("54000", "a recursive query does not end");
        }
        let working = progress.rows[progress.last..].to_vec();
        cx.results.put(recursion.working, working);
        let rows = super::select::run(&recursion.step, outer, cx)?;
        progress.accept(recursion.all, rows);
    }
    let more = !progress.done;
    cx.results.put_recursion(plan, progress);
    Ok(more)
}

/// Runs the WITH queries that depend on the rows around the query that has them.
pub(super) fn run_again(plans: &[usize], outer: Option<&Frame<'_>>, cx: &mut Cx<'_>) -> R<()> {
    let plan = cx.plan;
    for number in plans {
        let rows = match &plan.subplans[*number].body {
            Body::Select(select) => super::select::run(select, outer, cx)?,
            Body::Recursive(recursion) => all(*number, recursion, outer, cx)?,
            _ => return Err(super::super::errors::internal("a change within a subquery")),
        };
        cx.results.put(*number, rows);
    }
    Ok(())
}
