//! GROUP BY: after it, only group keys and aggregates can be seen.

use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, GroupItem};
use super::super::types::Datum;
use super::binder::{Binder, Scope};
use super::expr::{Expr, Output};
use super::outer::visit_subqueries;
use super::tree::{Aggregate, AggregateCall, Subplan};
use crate::error::Error;

/// More grouping sets than this are refused, as PostgreSQL refuses them.
const MOST_SETS: usize = 4096;

/// GROUP BY: its keys, and which of them each grouping set has.
#[derive(Default)]
pub(super) struct Grouped {
    pub(super) groups: Vec<Expr>,
    /// `None`: all of them, once.
    pub(super) sets: Option<Vec<Vec<usize>>>,
}

impl Binder<'_> {
    pub(super) fn group_by(
        &mut self,
        items: Vec<GroupItem>,
        distinct: bool,
        project: &[Expr],
        outputs: &[Output],
    ) -> R<Grouped> {
        let mut grouped = Grouped::default();
        let plain = items.iter().all(|item| matches!(item, GroupItem::Expr(_)));
        let mut sets: Vec<Vec<usize>> = vec![vec![]];
        for item in items {
            let choices = self.grouping_sets(item, &mut grouped.groups, project, outputs)?;
            if sets.len() * choices.len() > MOST_SETS {
                return fail(
                    "54011",
                    format!("too many grouping sets present (maximum {MOST_SETS})"),
                );
            }
            sets = sets
                .iter()
                .flat_map(|set| {
                    choices.iter().map(|choice| {
                        let mut both = set.clone();
                        both.extend(choice.iter().filter(|key| !set.contains(key)));
                        both
                    })
                })
                .collect();
        }
        if !plain {
            for set in &mut sets {
                set.sort_unstable();
            }
            if distinct {
                let mut known: Vec<Vec<usize>> = vec![];
                sets.retain(|set| {
                    let new = !known.contains(set);
                    known.push(set.clone());
                    new
                });
            }
            // The largest sets come first, as PostgreSQL computes them.
            sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
            grouped.sets = Some(sets);
        }
        Ok(grouped)
    }

    /// The sets that an item stands for.
    fn grouping_sets(
        &mut self,
        item: GroupItem,
        groups: &mut Vec<Expr>,
        project: &[Expr],
        outputs: &[Output],
    ) -> R<Vec<Vec<usize>>> {
        let mut keys = |b: &mut Self, list: Vec<ast::Expr>| -> R<Vec<usize>> {
            let mut set = vec![];
            for expr in list {
                let group = b.group_key(expr, project, outputs)?;
                let place = groups.iter().position(|known| *known == group).unwrap_or_else(|| {
                    groups.push(group);
                    groups.len() - 1
                });
                if !set.contains(&place) {
                    set.push(place);
                }
            }
            Ok(set)
        };
        Ok(match item {
            GroupItem::Expr(expr) => vec![keys(self, vec![expr])?],
            GroupItem::Several(list) => vec![keys(self, list)?],
            GroupItem::Rollup(lists) => {
                let mut sets = vec![vec![]];
                for list in lists {
                    let mut longer = sets[0].clone();
                    longer.extend(keys(self, list)?);
                    sets.insert(0, longer);
                }
                sets
            }
            GroupItem::Cube(lists) => {
                if lists.len() > 12 {
                    return fail("54011", "CUBE is limited to 12 elements");
                }
                let mut sets: Vec<Vec<usize>> = vec![vec![]];
                let lists =
                    lists.into_iter().map(|list| keys(self, list)).collect::<R<Vec<_>>>()?;
                for own in lists.into_iter().rev() {
                    let with = sets.iter().map(|set| own.iter().chain(set).copied().collect());
                    sets = with.chain(sets.clone()).collect();
                }
                sets
            }
            GroupItem::Sets(items) => {
                let mut sets = vec![];
                for item in items {
                    sets.extend(self.grouping_sets(item, groups, project, outputs)?);
                }
                sets
            }
        })
    }
}

/// Rewrites expressions over the input row into ones over (group keys, aggregates).
pub(super) struct Grouping<'s> {
    pub(super) groups: Vec<Expr>,
    pub(super) scope: &'s Scope,
    pub(super) subplans: &'s mut Vec<Subplan>,
    /// Places of the columns that the grouped primary keys determine.
    determined: Vec<usize>,
}

impl<'s> Grouping<'s> {
    pub(super) fn new(
        grouped: &mut Grouped,
        scope: &'s Scope,
        subplans: &'s mut Vec<Subplan>,
    ) -> Grouping<'s> {
        let groups = std::mem::take(&mut grouped.groups);
        // What every set has.
        let common: Vec<&Expr> = groups
            .iter()
            .enumerate()
            .filter(|(place, _)| {
                grouped.sets.as_ref().is_none_or(|sets| sets.iter().all(|set| set.contains(place)))
            })
            .map(|(_, group)| group)
            .collect();
        let mut determined = vec![];
        for relation in &scope.relations {
            let Some(key) =
                relation.table.as_ref().and_then(|table| table.primary_key()?.columns())
            else {
                continue;
            };
            let grouped = |column: &usize| {
                relation
                    .columns
                    .get(*column)
                    .is_some_and(|column| common.contains(&&Expr::Column(column.place)))
            };
            if key.iter().all(grouped) {
                determined.extend(relation.columns.iter().map(|column| column.place));
                determined.extend(relation.system_places());
            }
        }
        Grouping { groups, scope, subplans, determined }
    }

    /// Where the column is among the keys.
    fn key(&mut self, place: usize) -> Option<usize> {
        let column = Expr::Column(place);
        let known = self.groups.iter().position(|group| *group == column);
        if known.is_none() && self.determined.contains(&place) {
            self.groups.push(column);
            return Some(self.groups.len() - 1);
        }
        known
    }

    /// Aggregates are numbered only when all groups are known: they keep their placeholder here.
    pub(super) fn rewrite(&mut self, expr: &mut Expr) -> R<()> {
        if let Some(place) = self.groups.iter().position(|group| group == expr) {
            *expr = Expr::Column(place);
            return Ok(());
        }
        match expr {
            Expr::Aggregate(_) | Expr::Window(_) | Expr::Set(_) => return Ok(()),
            Expr::Column(place) => {
                let place = *place;
                return match self.key(place) {
                    Some(key) => {
                        *expr = Expr::Column(key);
                        Ok(())
                    }
                    None => Err(self.ungrouped(place, false)),
                };
            }
            Expr::Subquery { plan, .. } if self.subplans[*plan].correlated => {
                self.rewrite_subquery(expr)?;
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

    /// What a subquery reads of the row around it. Its operands are not part of that.
    fn rewrite_subquery(&mut self, expr: &mut Expr) -> R<()> {
        let Expr::Subquery { plan, .. } = expr else { return Ok(()) };
        let mut alone = Expr::Subquery { plan: *plan, kind: super::expr::SubqueryKind::Exists };
        let mut subplans = std::mem::take(self.subplans);
        let mut result = Ok(());
        visit_subqueries(&mut alone, &mut subplans, &mut |outer| {
            let Expr::Outer { column, .. } = outer else { return };
            match self.key(*column) {
                Some(key) => *column = key,
                None if result.is_ok() => result = Err(self.ungrouped(*column, true)),
                None => {}
            }
        });
        *self.subplans = subplans;
        result
    }

    fn ungrouped(&self, place: usize, within: bool) -> Error {
        let name = self.scope.describe(place);
        pg(
            "42803",
            if within {
                format!("subquery uses ungrouped column \"{name}\" from outer query")
            } else {
                format!(
                    "column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
                )
            },
        )
    }

    /// GROUPING (…) names its keys by place.
    pub(super) fn number(&self, calls: &mut [AggregateCall]) -> R<()> {
        for call in calls.iter_mut().filter(|call| call.kind == Aggregate::Grouping) {
            for arg in &mut call.args {
                match self.groups.iter().position(|group| group == arg) {
                    Some(place) => *arg = Expr::Const(Datum::Int(place as i64)),
                    None => {
                        return fail(
                            "42803",
                            "arguments to GROUPING must be grouping expressions of the associated query level",
                        );
                    }
                }
            }
        }
        Ok(())
    }
}

/// Aggregates follow the group keys in the row.
pub(super) fn place_aggregates(expr: &mut Expr, groups: usize, subplans: &mut Vec<Subplan>) {
    fn place(expr: &mut Expr, groups: usize) {
        if let Expr::Aggregate(place) = expr {
            *expr = Expr::Column(groups + *place);
            return;
        }
        expr.operands_mut(&mut |operand| place(operand, groups));
    }
    place(expr, groups);
    if expr.has_subquery() {
        visit_subqueries(expr, subplans, &mut |outer| {
            if let Expr::OuterAggregate { depth, place } = outer {
                *outer = Expr::Outer { depth: *depth, column: groups + *place };
            }
        });
    }
}
