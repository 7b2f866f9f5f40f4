//! References from within subqueries to the rows around them.

use super::expr::Expr;
use super::tree::{Access, Body, Node, Select, Source, Subplan};
use super::window::WindowFunction;

/// Visits what subqueries within an expression read of the row that the expression is computed over:
/// [`Expr::Outer`] and [`Expr::OuterAggregate`].
pub(super) fn visit_subqueries(
    expr: &mut Expr,
    subplans: &mut Vec<Subplan>,
    visit: &mut dyn FnMut(&mut Expr),
) {
    Walk { subplans, seen: vec![], visit }.subqueries(expr, 0);
}

struct Walk<'w> {
    subplans: &'w mut Vec<Subplan>,
    /// Conditions may be kept twice, and share their subqueries.
    seen: Vec<usize>,
    visit: &'w mut dyn FnMut(&mut Expr),
}

impl Walk<'_> {
    /// `level`: how many rows lie between the expression and the row in question.
    fn expr(&mut self, expr: &mut Expr, level: usize) {
        match expr {
            Expr::Outer { depth, .. } | Expr::OuterAggregate { depth, .. } if *depth == level => {
                (self.visit)(expr);
            }
            _ => self.subqueries(expr, level),
        }
    }

    fn subqueries(&mut self, expr: &mut Expr, level: usize) {
        if let Expr::Subquery { plan, .. } = expr {
            self.subplan(*plan, level + 1);
        }
        expr.operands_mut(&mut |operand| {
            if level == 0 { self.subqueries(operand, 0) } else { self.expr(operand, level) }
        });
    }

    fn subplan(&mut self, plan: usize, level: usize) {
        if self.seen.contains(&plan) {
            return;
        }
        self.seen.push(plan);
        let mut body = std::mem::replace(&mut self.subplans[plan].body, Body::Empty);
        match &mut body {
            Body::Select(select) => self.select(select, level),
            Body::Recursive(recursion) => {
                self.select(&mut recursion.base, level);
                self.select(&mut recursion.step, level);
            }
            _ => {}
        }
        self.subplans[plan].body = body;
    }

    fn all<'e>(&mut self, list: impl IntoIterator<Item = &'e mut Expr>, level: usize) {
        list.into_iter().for_each(|expr| self.expr(expr, level));
    }

    fn select(&mut self, select: &mut Select, level: usize) {
        for plan in select.again.clone() {
            self.subplan(plan, level);
        }
        self.all(select.limit.iter_mut().chain(&mut select.offset), level);
        match &mut select.source {
            Source::Values(rows) => self.all(rows.iter_mut().flatten(), level),
            Source::Operation { left, right, .. } => {
                self.select(left, level);
                self.select(right, level);
            }
            Source::Rows(rows) => {
                self.node(&mut rows.from.node, level);
                self.all(&mut rows.from.recheck, level);
                if let Some(aggregate) = &mut rows.aggregate {
                    let before = aggregate.before.iter_mut().flat_map(|set| &mut set.args);
                    self.all(before, level);
                    self.all(aggregate.groups.iter_mut().chain(&mut aggregate.having), level);
                    for call in &mut aggregate.calls {
                        self.all(call.args.iter_mut().chain(&mut call.filter), level);
                        self.all(call.order.iter_mut().map(|(expr, ..)| expr), level);
                    }
                }
                self.all(rows.extras.exprs_mut(), level);
                for call in &mut rows.extras.calls {
                    self.all(call.frame.start.offset_mut(), level);
                    self.all(call.frame.end.offset_mut(), level);
                    if let WindowFunction::Aggregate(aggregate) = &mut call.function {
                        self.all(aggregate.order.iter_mut().map(|(expr, ..)| expr), level);
                    }
                }
                self.all(rows.project.iter_mut().flatten(), level);
            }
        }
    }

    fn node(&mut self, node: &mut Node, level: usize) {
        match node {
            Node::One => {}
            Node::Scan(scan) => {
                self.all(&mut scan.filter, level);
                match &mut scan.access {
                    Access::Sequential
                    | Access::Cursor(_)
                    | Access::Walk { .. }
                    | Access::Ends(_) => {}
                    Access::Equal { keys, .. } => self.all(keys, level),
                    Access::Any { list, .. } => self.all(list, level),
                    Access::Range { low, high, .. } => {
                        let bounds = low.iter_mut().chain(high);
                        self.all(bounds.map(|(_, expr)| expr), level);
                    }
                }
            }
            Node::Subplan { filter, .. } => self.all(filter, level),
            Node::Derived { select, filter, lateral } => {
                self.all(filter, level);
                self.select(select, level + usize::from(*lateral));
            }
            Node::Functions { calls, filter, .. } => {
                self.all(filter, level);
                self.all(calls.iter_mut().flat_map(|call| &mut call.args), level);
            }
            Node::Join(join) => {
                self.node(&mut join.left, level);
                self.node(&mut join.right, level);
                self.all(join.on.iter_mut().chain(&mut join.filter), level);
                for (a, b) in &mut join.keys {
                    self.all([a, b], level);
                }
                if let Some(index) = &mut join.index {
                    self.all(&mut index.keys, level);
                }
            }
        }
    }
}
