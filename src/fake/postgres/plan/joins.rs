//! JOIN: what ON sees, what USING and NATURAL merge, and what an alias of the whole hides.

use std::sync::Arc;

use super::super::errors::{R, fail};
use super::super::parse::ast::{JoinKind, JoinOn};
use super::super::types::cast::Context;
use super::binder::{Binder, Merged, Relation, ScopeColumn};
use super::expr::{Bound, Comparison, Expr};
use super::from::{Layout, Tree, rename, twice};
use super::outer::visit_subqueries;
use super::tree::{Join, Node};

type Star = Vec<(Arc<str>, Bound)>;

impl Binder<'_> {
    /// `first`, `merged`: how many relations and merged columns stood before the join.
    pub(super) fn join(
        &mut self,
        kind: JoinKind,
        on: JoinOn,
        (left, right): (Tree, Tree),
        (first, merged): (usize, usize),
        offset: usize,
        layout: &mut Layout,
    ) -> R<Tree> {
        let (left_width, right_width) = (left.width, right.width);
        let (mut star_left, mut star_right) = (left.star, right.star);
        let mut conditions = vec![];
        let mut star = vec![];
        let (names, using_alias) = match on {
            JoinOn::None => (vec![], None),
            JoinOn::On(expr) => {
                conditions = self.on(expr, first)?.conjuncts();
                (vec![], None)
            }
            JoinOn::Using(names, alias) => (names, alias),
            JoinOn::Natural => {
                let common = star_left
                    .iter()
                    .filter(|(name, _)| star_right.iter().any(|(other, _)| other == name))
                    .map(|(name, _)| name.to_string());
                (common.collect(), None)
            }
        };
        let mut done: Vec<&String> = vec![];
        for name in &names {
            if done.contains(&name) {
                return fail(
                    "42701",
                    format!("column name \"{name}\" appears more than once in USING clause"),
                );
            }
            done.push(name);
            let (a, b) =
                (take(&mut star_left, name, "left")?, take(&mut star_right, name, "right")?);
            let level = self.scopes.len().saturating_sub(1);
            self.note_uses(level, &a.expr);
            self.note_uses(level, &b.expr);
            let mut hides = vec![];
            a.expr.columns(&mut hides);
            b.expr.columns(&mut hides);
            self.common_type(&[a.ty(), b.ty()], "JOIN/USING")?;
            conditions.push(self.compare(Comparison::Equal, "=", a.clone(), b.clone())?.expr);
            let bound = self.merged(kind, a, b)?;
            let name: Arc<str> = name.as_str().into();
            star.push((name.clone(), bound.clone()));
            let scope = self.scope()?;
            // Of an inner join, what it merged before is merged further.
            let mut at = scope.merged.len();
            while at > merged {
                at -= 1;
                if scope.merged[at].name == name {
                    hides.extend(scope.merged.remove(at).hides);
                }
            }
            scope.merged.push(Merged { name, bound, hides });
        }
        if let Some(alias) = using_alias {
            let columns = star.iter().map(|(name, bound)| aliased(name, bound)).collect();
            let scope = self.scope()?;
            if scope.relations.iter().any(|known| known.alias == alias) {
                return twice(&alias);
            }
            let relation = Relation::new(alias, columns, None);
            scope.relations.push(Relation { qualified_only: true, ..relation });
        }
        if kind == JoinKind::Inner {
            // Of a row that has changed. A subquery is bound to the place of its join.
            let plain = conditions.iter().filter(|on| offset == 0 || !on.has_subquery());
            layout.conditions.extend(plain.cloned());
        }
        let mut join = Join {
            kind,
            lateral: right.node.is_lateral(),
            left: left.node,
            right: right.node,
            left_width,
            right_width,
            keys: vec![],
            index: None,
            on: None,
            filter: None,
        };
        for condition in conditions {
            let mut condition = condition;
            if offset > 0 {
                self.shift_subqueries(&mut condition, offset);
            }
            super::push::join_condition(&mut join, offset, condition, &self.subplans);
        }
        let open = |on: &Expr| on.any(&|expr| matches!(expr, Expr::Column(_)));
        if kind == JoinKind::Full && join.keys.is_empty() && join.on.as_ref().is_some_and(open) {
            return fail(
                "0A000",
                "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions",
            );
        }
        for relation in &mut self.scope()?.relations[first..] {
            relation.joined = true;
        }
        star.extend(star_left);
        star.extend(star_right);
        Ok(Tree { node: Node::Join(Box::new(join)), width: left_width + right_width, star })
    }

    /// What subqueries of ON read is counted from where the join's row begins.
    fn shift_subqueries(&mut self, on: &mut Expr, offset: usize) {
        visit_subqueries(on, &mut self.subplans, &mut |outer| {
            if let Expr::Outer { column, .. } = outer {
                *column = column.saturating_sub(offset);
            }
        });
    }

    /// ON sees the two sides only.
    fn on(&mut self, expr: super::super::parse::ast::Expr, first: usize) -> R<Expr> {
        let scope = self.scope()?;
        let place = std::mem::replace(&mut scope.place, "JOIN conditions");
        let before: Vec<Relation> = scope.relations.drain(..first).collect();
        let mark = self.hide(&before);
        let bound = self.bind_condition(expr, "JOIN/ON");
        self.seen_again(mark);
        let scope = self.scope()?;
        scope.relations.splice(0..0, before);
        scope.place = place;
        bound
    }

    /// The column that stands for both, of the type that both become.
    fn merged(&mut self, kind: JoinKind, a: Bound, b: Bound) -> R<Bound> {
        let ty = self.common_type(&[a.ty(), b.ty()], "JOIN/USING")?;
        let same = a.typed == b.typed;
        let mut cast = |bound: Bound| -> R<(Bound, bool)> {
            let plain = bound.ty() == ty;
            Ok((self.coerce(bound, ty, Context::Implicit)?, plain))
        };
        let ((a, plain_a), (b, plain_b)) = (cast(a)?, cast(b)?);
        Ok(match kind {
            JoinKind::Inner if !plain_a && plain_b => b,
            JoinKind::Inner | JoinKind::Left => a,
            JoinKind::Right => b,
            JoinKind::Full => {
                let typed = if same { a.typed } else { super::super::types::Typed::plain(ty) };
                Bound { expr: Expr::Coalesce([a.expr, b.expr].into()), typed }
            }
        })
    }

    /// `(a JOIN b …) AS alias`: only the whole has a name.
    pub(super) fn join_alias(
        &mut self,
        tree: Tree,
        alias: String,
        names: Vec<String>,
        (first, merged): (usize, usize),
    ) -> R<Tree> {
        let mut columns: Vec<ScopeColumn> =
            tree.star.iter().map(|(name, bound)| aliased(name, bound)).collect();
        rename(&mut columns, names, &alias)?;
        let star = columns.iter().map(|column| (column.name.clone(), column.bound())).collect();
        let scope = self.scope()?;
        scope.merged.truncate(merged);
        // The relations keep their places, under names that nothing means.
        for relation in &mut scope.relations[first..] {
            relation.alias = String::new();
            relation.origin = None;
            relation.columns.clear();
        }
        if scope.relations.iter().any(|known| known.alias == alias) {
            return twice(&alias);
        }
        scope.relations.push(Relation::new(alias, columns, None));
        Ok(Tree { star, ..tree })
    }
}

fn aliased(name: &Arc<str>, bound: &Bound) -> ScopeColumn {
    let (place, own) = match &bound.expr {
        Expr::Column(place) => (*place, None),
        expr => (usize::MAX, Some(expr.clone())),
    };
    ScopeColumn { name: name.clone(), typed: bound.typed, place, source: (0, 0), expr: own }
}

fn take(star: &mut Star, name: &str, side: &str) -> R<Bound> {
    let mut places = star.iter().enumerate().filter(|(_, (known, _))| **known == *name);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(star.remove(place).1),
        (Some(_), Some(_)) => fail(
            "42702",
            format!("common column name \"{name}\" appears more than once in {side} table"),
        ),
        (None, _) => fail(
            "42703",
            format!("column \"{name}\" specified in USING clause does not exist in {side} table"),
        ),
    }
}
