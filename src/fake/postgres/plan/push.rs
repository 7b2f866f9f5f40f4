//! Conditions go down to where they are decided first.

use super::super::parse::ast::JoinKind;
use super::expr::{Comparison, Expr, SubqueryKind};
use super::tree::{Join, Node, Subplan};

/// True if the condition reads the row at hand from within a subquery, whose columns cannot be renumbered.
fn is_anchored(condition: &Expr, subplans: &[Subplan]) -> bool {
    condition.any(&|expr| match expr {
        Expr::Subquery { plan, kind } => {
            let _: &SubqueryKind = kind;
            subplans.get(*plan).is_none_or(|subplan| subplan.correlated)
        }
        _ => false,
    })
}

fn within(condition: &Expr, from: usize, width: usize) -> bool {
    let mut columns = vec![];
    condition.columns(&mut columns);
    columns.iter().all(|column| (from..from + width).contains(column))
}

fn shifted(mut condition: Expr, offset: usize) -> Expr {
    if offset > 0 {
        condition.map_columns(&|column| column - offset);
    }
    condition
}

fn add(filter: &mut Option<Expr>, condition: Expr) {
    *filter = match filter.take() {
        None => Some(condition),
        Some(Expr::And(list)) => {
            Some(Expr::And(list.into_vec().into_iter().chain([condition]).collect()))
        }
        Some(other) => Some(Expr::And(Box::new([other, condition]))),
    };
}

/// Attaches a condition of WHERE, whose columns are those of the whole row, to the node that begins at
/// `offset`. `whole`: the node's row is the whole row.
pub(super) fn condition(
    node: &mut Node,
    offset: usize,
    width: usize,
    whole: bool,
    condition: Expr,
    subplans: &[Subplan],
) {
    let anchored = is_anchored(&condition, subplans);
    match node {
        // Without FROM, WHERE decides about the only row.
        Node::One => {
            let one = std::mem::replace(node, Node::One);
            *node = Node::Join(Box::new(Join {
                kind: JoinKind::Inner,
                left: one,
                right: Node::One,
                left_width: 0,
                right_width: 0,
                keys: vec![],
                index: None,
                on: None,
                filter: Some(condition),
                lateral: false,
            }));
        }
        Node::Scan(scan) => add(&mut scan.filter, shifted(condition, offset)),
        Node::Subplan { filter, .. }
        | Node::Derived { filter, .. }
        | Node::Functions { filter, .. } => {
            add(filter, shifted(condition, offset));
        }
        Node::Join(join) => {
            let right_offset = offset + join.left_width;
            let down_left = matches!(join.kind, JoinKind::Inner | JoinKind::Left);
            let down_right = matches!(join.kind, JoinKind::Inner | JoinKind::Right);
            if !anchored && down_left && within(&condition, offset, join.left_width) {
                let width = join.left_width;
                self::condition(&mut join.left, offset, width, false, condition, subplans);
            } else if !anchored && down_right && within(&condition, right_offset, join.right_width)
            {
                let width = join.right_width;
                self::condition(&mut join.right, right_offset, width, false, condition, subplans);
            } else if join.kind == JoinKind::Inner && !anchored {
                join_condition(join, offset, condition, subplans);
            } else {
                debug_assert!(whole || !anchored, "an anchored condition stays at the top");
                let _ = width;
                add(&mut join.filter, shifted(condition, offset));
            }
        }
    }
}

/// Attaches a condition of ON.
pub(super) fn join_condition(join: &mut Join, offset: usize, on: Expr, subplans: &[Subplan]) {
    let right_offset = offset + join.left_width;
    let anchored = is_anchored(&on, subplans);
    if anchored {
        // Columns within the subquery count from the whole row, which an inner join at offset 0 has.
        add(&mut join.on, shifted(on, offset));
        return;
    }
    let down_left = matches!(join.kind, JoinKind::Inner | JoinKind::Right);
    let down_right = matches!(join.kind, JoinKind::Inner | JoinKind::Left);
    let stable = on.any(&|expr| matches!(expr, Expr::Column(_)));
    if stable && down_left && within(&on, offset, join.left_width) {
        let width = join.left_width;
        return condition(&mut join.left, offset, width, false, on, subplans);
    }
    if stable && down_right && within(&on, right_offset, join.right_width) {
        let width = join.right_width;
        return condition(&mut join.right, right_offset, width, false, on, subplans);
    }
    if let Expr::Compare { op: Comparison::Equal, args } = &on {
        let (a, b) = &**args;
        let left = |e: &Expr| within(e, offset, join.left_width) && !within(e, right_offset, 0);
        let right = |e: &Expr| within(e, right_offset, join.right_width) && !within(e, offset, 0);
        let pair = if left(a) && right(b) {
            Some((a.clone(), b.clone()))
        } else if left(b) && right(a) {
            Some((b.clone(), a.clone()))
        } else {
            None
        };
        if let Some((a, b)) = pair {
            join.keys.push((shifted(a, offset), shifted(b, right_offset)));
            return;
        }
    }
    add(&mut join.on, shifted(on, offset));
}
