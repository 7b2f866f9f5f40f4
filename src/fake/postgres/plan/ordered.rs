//! Indexes that are read for their order: for ORDER BY … LIMIT, and for `min` and `max`.

use super::super::catalog::{IndexKey, Table};
use super::expr::Expr;
use super::tree::{Access, Aggregate, Aggregation, End, Node, Scan, Select, Source};

/// The index of all rows that begins with the column, in ascending order.
fn index_on(table: &Table, column: usize) -> Option<usize> {
    let index = table.indexes.iter().find(|index| {
        index.predicate.is_none()
            && &*index.method == "btree"
            && matches!(index.keys.first(), Some(IndexKey::Column(first)) if *first == column)
            && index.keys.iter().all(|key| matches!(key, IndexKey::Column(_)))
            && index.order.iter().all(|order| *order == (false, false))
    });
    index.map(|index| index.tree)
}

fn whole_table(node: &mut Node) -> Option<&mut Scan> {
    match node {
        Node::Scan(scan) if matches!(scan.access, Access::Sequential) => Some(scan),
        _ => None,
    }
}

/// ORDER BY one column LIMIT n.
pub(super) fn for_limit(select: &mut Select) {
    let [key] = &*select.order else { return };
    if select.limit.is_none()
        || select.with_ties
        || select.distinct_on.is_some()
        || !select.locks.is_empty()
    {
        return;
    }
    let Source::Rows(rows) = &mut select.source else { return };
    if rows.aggregate.is_some() || rows.distinct || rows.extras.width() > 0 {
        return;
    }
    let column = match &rows.project {
        None => key.column,
        Some(list) => match list.get(key.column) {
            Some(Expr::Column(column)) => *column,
            _ => return,
        },
    };
    let Some(scan) = whole_table(&mut rows.from.node) else { return };
    let nulls_as_kept = key.nulls_first == key.descending
        || scan.table.columns.get(column).is_some_and(|column| column.not_null);
    if let (true, Some(tree)) = (nulls_as_kept, index_on(&scan.table, column)) {
        scan.access = Access::Walk { tree, backward: key.descending };
    }
}

/// `min` and `max` of columns, and nothing else.
pub(super) fn for_extremes(node: &mut Node, aggregation: &Aggregation) {
    if !aggregation.groups.is_empty() || aggregation.sets.is_some() {
        return;
    }
    let Some(scan) = whole_table(node) else { return };
    let end = |call: &super::tree::AggregateCall| {
        let backward = match call.kind {
            Aggregate::Minimum => false,
            Aggregate::Maximum => true,
            _ => return None,
        };
        match &*call.args {
            [Expr::Column(column)] if call.filter.is_none() && call.order.is_empty() => {
                let tree = index_on(&scan.table, *column)?;
                Some(End { tree, column: *column, backward })
            }
            _ => None,
        }
    };
    let ends: Option<Vec<End>> = aggregation.calls.iter().map(end).collect();
    if let Some(ends) = ends.filter(|ends| !ends.is_empty()) {
        scan.access = Access::Ends(ends);
    }
}
