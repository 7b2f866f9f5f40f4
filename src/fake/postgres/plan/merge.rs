//! MERGE: the source joined to the target, and what the WHEN clauses do.

use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, JoinKind, JoinOn};
use super::binder::{Binder, Scope};
use super::dml::{Planned, check_width, default_of, whole};
use super::expr::Expr;
use super::from::{Layout, finish_from};
use super::tree::{Body, Merge, MergeAction, MergeWhen};
use super::views::{Goal, Named};

impl Binder<'_> {
    pub(super) fn merge(&mut self, merge: ast::Merge) -> R<Planned> {
        let visible = self.ctes.len();
        self.with(merge.with)?;
        check_reachable(&merge.whens)?;
        if let Named::View(view) = self.named(&merge.table)?.0 {
            return Err(pg("0A000", format!("cannot execute MERGE on relation \"{}\"", view.name))
                .with_detail("This operation is not supported for views."));
        }
        let scope = Scope { place: "MERGE", ..Scope::default() };
        let mut alone = Layout::default();
        let (goal, _) =
            self.within(scope, |b| b.goal(&merge.table, merge.alias, "merge into", &mut alone))?;
        let (table, alias) = (goal.table.clone(), goal.alias.clone());
        let inserts =
            merge.whens.iter().any(|when| matches!(when.action, ast::MergeAction::Insert { .. }));
        let kind = if inserts { JoinKind::Left } else { JoinKind::Inner };
        let scope = Scope { place: "MERGE", ..Scope::default() };
        let body = self.within(scope, |b| {
            let mut layout = Layout::default();
            let source = b.table_ref(merge.source, 0, false, &mut layout)?;
            let target = layout.places.len();
            if b.scope()?.relations.iter().any(|relation| relation.alias == alias) {
                return Err(pg("42712", format!("name \"{alias}\" specified more than once"))
                    .with_detail("The name is used both as MERGE target table and data source."));
            }
            let offset = source.width;
            let joined = b.base_table(
                table.clone(),
                None,
                Some(alias.clone()),
                vec![],
                offset,
                inserts,
                &mut layout,
            )?;
            b.scope()?.place = "JOIN conditions";
            let on = b.bind_condition(merge.on.clone(), "JOIN/ON")?;
            let tree =
                b.join(kind, JoinOn::On(merge.on), (source, joined), (0, 0), 0, &mut layout)?;
            let mut whens = vec![];
            for when in merge.whens {
                whens.push(b.merge_when(when, &goal)?);
            }
            let from = finish_from(tree.node, tree.width, layout, None, &b.subplans);
            Ok(Body::Merge(Box::new(Merge { table: table.clone(), from, target, on, whens })))
        });
        self.ctes.truncate(visible);
        Ok((body?, vec![]))
    }

    fn merge_when(&mut self, when: ast::MergeWhen, goal: &Goal) -> R<MergeWhen> {
        // A row that matched nothing has no part of the target.
        let hidden = if when.matched { None } else { self.scope()?.relations.pop() };
        let mark = self.hide(hidden.as_slice());
        let bound = self.merge_action(when, goal);
        self.seen_again(mark);
        self.scope()?.relations.extend(hidden);
        bound
    }

    fn merge_action(&mut self, when: ast::MergeWhen, goal: &Goal) -> R<MergeWhen> {
        let table = &goal.table;
        self.scope()?.place = "MERGE WHEN conditions";
        let condition = when.condition.map(|expr| self.bind_condition(expr, "WHEN")).transpose()?;
        let action = match when.action {
            ast::MergeAction::Nothing => MergeAction::Nothing,
            ast::MergeAction::Delete => MergeAction::Delete,
            ast::MergeAction::Update(list) => {
                self.scope()?.place = "UPDATE";
                let assignments = self.assignments(list, goal, "update")?;
                let keyed = assignments.iter().any(|(column, _)| table.is_key(*column));
                MergeAction::Update { assignments, keyed }
            }
            ast::MergeAction::Insert { columns, overriding_system, values } => {
                self.scope()?.place = "VALUES";
                let values = self.merge_values(goal, columns, overriding_system, values)?;
                MergeAction::Insert(values)
            }
        };
        Ok(MergeWhen { matched: when.matched, condition, action })
    }

    /// A value for every column of the new row but the generated ones.
    fn merge_values(
        &mut self,
        goal: &Goal,
        targets: Vec<ast::Target>,
        overriding_system: Option<bool>,
        values: Option<Vec<ast::Expr>>,
    ) -> R<Vec<(usize, Expr)>> {
        let table = &goal.table;
        let listed = !targets.is_empty();
        let mut columns = vec![];
        for target in &targets {
            let name = whole(target)?;
            let column = table.require_column(name)?;
            if columns.contains(&column) {
                return fail("42701", format!("column \"{name}\" specified more than once"));
            }
            columns.push(column);
        }
        let mut made = vec![];
        if let Some(values) = values {
            if !listed {
                columns = (0..table.columns.len().min(values.len())).collect();
            }
            check_width(values.len(), columns.len(), listed)?;
            let rows =
                self.insert_rows(vec![values], goal, &columns, &[], listed, overriding_system)?;
            made = columns.iter().copied().zip(rows.into_iter().flatten()).collect();
        }
        for column in 0..table.columns.len() {
            if made.iter().all(|(known, _)| *known != column) {
                made.push((column, default_of(table, column)));
            }
        }
        Ok(made)
    }
}

/// No clause may follow an unconditional one of its kind.
fn check_reachable(whens: &[ast::MergeWhen]) -> R<()> {
    for (place, when) in whens.iter().enumerate() {
        if whens[..place].iter().any(|w| w.matched == when.matched && w.condition.is_none()) {
            return fail(
                "42601",
                "unreachable WHEN clause specified after unconditional WHEN clause",
            );
        }
    }
    Ok(())
}
