//! GROUP BY: after it, only group keys and aggregates can be seen.

use super::super::errors::{R, fail, unsupported};
use super::binder::Scope;
use super::expr::Expr;
use super::tree::Subplan;

/// Rewrites expressions over the input row into ones over (group keys, aggregates).
pub(super) struct Grouping<'s> {
    pub(super) groups: Vec<Expr>,
    pub(super) scope: &'s Scope,
    pub(super) subplans: &'s [Subplan],
    /// Places of the columns that the grouped primary keys determine.
    determined: Vec<usize>,
}

impl<'s> Grouping<'s> {
    pub(super) fn new(
        groups: Vec<Expr>,
        scope: &'s Scope,
        subplans: &'s [Subplan],
    ) -> Grouping<'s> {
        let mut determined = vec![];
        for relation in &scope.relations {
            let Some(key) =
                relation.table.as_ref().and_then(|table| table.primary_key()?.columns())
            else {
                continue;
            };
            let grouped =
                |column: &usize| groups.contains(&Expr::Column(relation.columns[*column].place));
            if key.iter().all(grouped) {
                determined.extend(relation.columns.iter().map(|column| column.place));
            }
        }
        Grouping { groups, scope, subplans, determined }
    }

    /// Aggregates are numbered only when all groups are known: they keep their placeholder here.
    pub(super) fn rewrite(&mut self, expr: &mut Expr) -> R<()> {
        if let Some(place) = self.groups.iter().position(|group| group == expr) {
            *expr = Expr::Column(place);
            return Ok(());
        }
        match expr {
            Expr::Aggregate(_) | Expr::Window(_) | Expr::Set(_) => return Ok(()),
            Expr::Column(place) if self.determined.contains(place) => {
                self.groups.push(expr.clone());
                *expr = Expr::Column(self.groups.len() - 1);
                return Ok(());
            }
            Expr::Column(place) => {
                let name = self.scope.describe(*place);
                return fail(
                    "42803",
                    format!(
                        "column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
                    ),
                );
            }
            Expr::Subquery { plan, .. } if self.subplans[*plan].correlated => {
                return Err(unsupported("a correlated subquery beside aggregates"));
            }
            _ => {}
        }
        let mut result = Ok(());
        expr.operands_mut(&mut |operand| {
            if result.is_ok() {
                result = self.rewrite(operand);
            }
        });
        result
    }
}

/// Aggregates follow the group keys in the row.
pub(super) fn place_aggregates(expr: &mut Expr, groups: usize) {
    if let Expr::Aggregate(place) = expr {
        *expr = Expr::Column(groups + *place);
        return;
    }
    expr.operands_mut(&mut |operand| place_aggregates(operand, groups));
}
