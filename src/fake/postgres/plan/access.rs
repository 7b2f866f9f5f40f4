//! Access paths: which index finds the rows, if any.

use super::super::catalog::{Index, IndexKey, Table};
use super::expr::{Comparison, Expr, Operator};
use super::tree::{Access, Join, JoinIndex, Node, Scan};

/// Chooses for every table of the tree.
pub(super) fn choose(node: &mut Node) {
    match node {
        Node::Scan(scan) => choose_scan(scan),
        Node::Join(join) => {
            choose(&mut join.left);
            choose(&mut join.right);
            choose_join(join);
        }
        Node::One | Node::Subplan { .. } | Node::Derived { .. } | Node::Functions { .. } => {}
    }
}

fn plain_columns(index: &Index) -> Option<Vec<usize>> {
    index
        .keys
        .iter()
        .map(|key| match key {
            IndexKey::Column(column) => Some(*column),
            IndexKey::Expr(_) => None,
        })
        .collect()
}

/// Indexes that hold every row that the conditions can accept; unique ones first.
fn usable<'t>(table: &'t Table, conditions: &[Expr]) -> Vec<(&'t Index, Vec<usize>)> {
    let mut list: Vec<(&Index, Vec<usize>)> = table
        .indexes
        .iter()
        .filter(|index| match &index.predicate {
            None => true,
            Some(predicate) => {
                (**predicate).clone().conjuncts().iter().all(|part| conditions.contains(part))
            }
        })
        .filter_map(|index| Some((index, plain_columns(index)?)))
        .collect();
    list.sort_by_key(|(index, _)| !index.unique);
    list
}

/// `column = value`, the value being the same for all rows.
fn equality(condition: &Expr, column: usize) -> Option<&Expr> {
    let Expr::Compare { op: Comparison::Equal, args } = condition else { return None };
    match &**args {
        (Expr::Column(c), value) if *c == column && value.is_stable() => Some(value),
        (value, Expr::Column(c)) if *c == column && value.is_stable() => Some(value),
        _ => None,
    }
}

fn choose_scan(scan: &mut Scan) {
    let Some(filter) = scan.filter.take() else { return };
    let mut conditions = filter.conjuncts();
    if let Some((access, covered)) = find(&scan.table, &conditions) {
        scan.access = access;
        // What the index decides needs no second look.
        let mut place = 0;
        conditions.retain(|_| {
            place += 1;
            !covered.contains(&(place - 1))
        });
    }
    scan.filter = Expr::and(conditions);
}

/// The access path, and the conditions that it decides.
fn find(table: &Table, conditions: &[Expr]) -> Option<(Access, Vec<usize>)> {
    let indexes = usable(table, conditions);
    let mut best: Option<(usize, Access, Vec<usize>)> = None;
    for (index, columns) in &indexes {
        let mut keys = vec![];
        let mut covered = vec![];
        for column in columns {
            let found =
                conditions.iter().enumerate().find_map(|(at, c)| Some((at, equality(c, *column)?)));
            let Some((at, value)) = found else { break };
            keys.push(value.clone());
            covered.push(at);
        }
        let complete = keys.len() == columns.len();
        if keys.is_empty() || best.as_ref().is_some_and(|(count, ..)| *count >= keys.len()) {
            continue;
        }
        let count = if complete && index.unique { usize::MAX } else { keys.len() };
        let access = Access::Equal { tree: index.tree, keys, single: columns.len() == 1 };
        best = Some((count, access, covered));
    }
    if let Some((_, access, covered)) = best {
        return Some((access, covered));
    }
    indexes.iter().find_map(|(index, columns)| {
        let first = *columns.first()?;
        let single = columns.len() == 1;
        any_of(conditions, first, index.tree, single)
            .or_else(|| range(conditions, first, index.tree, single))
    })
}

fn any_of(
    conditions: &[Expr],
    column: usize,
    tree: usize,
    single: bool,
) -> Option<(Access, Vec<usize>)> {
    conditions.iter().enumerate().find_map(|(at, condition)| match condition {
        Expr::InList { expr, list, negated: false }
            if **expr == Expr::Column(column) && list.iter().all(Expr::is_stable) =>
        {
            Some((Access::Any { tree, list: list.to_vec(), array: false, single }, vec![at]))
        }
        Expr::Quantified { args, op: Operator::Compare(Comparison::Equal), all: false } => {
            match &**args {
                (Expr::Column(c), array) if *c == column && array.is_stable() => Some((
                    Access::Any { tree, list: vec![array.clone()], array: true, single },
                    vec![at],
                )),
                _ => None,
            }
        }
        _ => None,
    })
}

fn range(
    conditions: &[Expr],
    column: usize,
    tree: usize,
    single: bool,
) -> Option<(Access, Vec<usize>)> {
    let (mut low, mut high) = (None, None);
    for condition in conditions {
        let Expr::Compare { op, args } = condition else { continue };
        let (op, value) = match &**args {
            (Expr::Column(c), value) if *c == column && value.is_stable() => (*op, value),
            (value, Expr::Column(c)) if *c == column && value.is_stable() => (op.flipped(), value),
            _ => continue,
        };
        match op {
            Comparison::Greater | Comparison::GreaterEqual if low.is_none() => {
                low = Some((op, value.clone()))
            }
            Comparison::Less | Comparison::LessEqual if high.is_none() => {
                high = Some((op, value.clone()))
            }
            _ => {}
        }
    }
    // The conditions stay: they also turn away NULL, which an index has at its end.
    (low.is_some() || high.is_some()).then_some((Access::Range { tree, low, high, single }, vec![]))
}

/// An index of the right table that finds the partners of a left row.
fn choose_join(join: &mut Join) {
    use super::super::parse::ast::JoinKind;
    if join.keys.is_empty() || !matches!(join.kind, JoinKind::Inner | JoinKind::Left) {
        return;
    }
    let Node::Scan(scan) = &join.right else { return };
    if !matches!(scan.access, Access::Sequential) {
        return;
    }
    for (index, columns) in usable(&scan.table, &[]) {
        let mut keys = vec![];
        for column in &columns {
            let found = join.keys.iter().find(|(_, right)| *right == Expr::Column(*column));
            let Some((left, _)) = found else { break };
            keys.push(left.clone());
        }
        if !keys.is_empty() && (keys.len() == columns.len() || !index.unique) {
            join.index = Some(JoinIndex { tree: index.tree, single: columns.len() == 1, keys });
            return;
        }
    }
}
