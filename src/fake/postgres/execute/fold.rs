//! What PostgreSQL computes of a statement before it runs: what is constant, and fails, fails then, however
//! few rows there are.

use super::super::errors::R;
use super::super::functions::is_immutable;
use super::super::plan::{
    Aggregation, Body, Expr, InsertSource, Node, Plan, Rows, Select, Source, SubqueryKind,
};
use super::super::types::{Datum, Type, cast};
use super::ddl_pure::Pure;

/// Fails as the statement's constant parts do.
pub(crate) fn constants(plan: &Plan) -> R<()> {
    let mut fold = Fold { plan, pure: None, seen: vec![] };
    match &plan.body {
        Body::Select(select) => fold.select(select, false),
        Body::Insert(insert) => match &insert.source {
            InsertSource::Query(select, exprs) => {
                fold.select(select, false)?;
                fold.all(exprs)
            }
            InsertSource::Values(_) => Ok(()),
        },
        Body::Update(modify) | Body::Delete(modify) => {
            fold.all(modify.assignments.iter().map(|(_, expr)| expr))?;
            fold.all(modify.returning.iter().flatten())?;
            fold.node(&modify.from.node)
        }
        _ => Ok(()),
    }
}

struct Fold<'p> {
    plan: &'p Plan,
    pure: Option<Pure>,
    /// Subplans that have been looked at.
    seen: Vec<usize>,
}

impl<'p> Fold<'p> {
    fn all<'e>(&mut self, list: impl IntoIterator<Item = &'e Expr>) -> R<()> {
        list.into_iter().try_for_each(|expr| self.expr(expr).map(drop))
    }

    fn subplan(&mut self, plan: usize, only_rows: bool) -> R<()> {
        if self.seen.contains(&plan) {
            return Ok(());
        }
        self.seen.push(plan);
        match self.plan.subplans.get(plan).map(|subplan| &subplan.body) {
            Some(Body::Select(select)) => self.select(select, only_rows),
            _ => Ok(()),
        }
    }

    /// `only_rows`: what the rows hold is not asked for.
    fn select(&mut self, select: &Select, only_rows: bool) -> R<()> {
        match &select.source {
            Source::Values(rows) if !only_rows => self.all(rows.iter().flatten())?,
            Source::Values(_) => {}
            Source::Operation { left, right, .. } => {
                self.select(left, false)?;
                self.select(right, false)?;
            }
            Source::Rows(rows) => self.rows(rows, only_rows)?,
        }
        self.all(select.offset.iter().chain(&select.limit))
    }

    fn rows(&mut self, rows: &Rows, only_rows: bool) -> R<()> {
        if let Some(Aggregation { groups, calls, having, .. }) = &rows.aggregate {
            self.all(groups.iter().chain(having))?;
            for call in calls {
                self.all(call.args.iter().chain(&call.filter))?;
            }
        }
        if !only_rows {
            self.all(rows.project.iter().flatten())?;
        }
        self.node(&rows.from.node)
    }

    fn node(&mut self, node: &Node) -> R<()> {
        match node {
            Node::One => Ok(()),
            Node::Scan(scan) => self.all(&scan.filter),
            Node::Subplan { plan, filter } => {
                self.subplan(*plan, false)?;
                self.all(filter)
            }
            Node::Derived { select, filter, .. } => {
                self.select(select, false)?;
                self.all(filter)
            }
            Node::Functions { calls, filter, .. } => {
                self.all(calls.iter().flat_map(|call| &call.args).chain(filter))
            }
            Node::Join(join) => {
                self.node(&join.left)?;
                self.node(&join.right)?;
                self.all(join.on.iter().chain(&join.filter))
            }
        }
    }

    /// The value, if it is constant.
    fn expr(&mut self, expr: &Expr) -> R<Option<Datum>> {
        Ok(match expr {
            Expr::Const(value) => Some(value.clone()),
            Expr::Case { branches, otherwise } => {
                let mut decided = true;
                for (condition, result) in branches.iter() {
                    match self.expr(condition)? {
                        Some(value) if value.is_true() => {
                            let result = self.expr(result)?;
                            return Ok(result.filter(|_| decided));
                        }
                        Some(_) => {}
                        None => {
                            decided = false;
                            self.expr(result)?;
                        }
                    }
                }
                self.expr(otherwise)?.filter(|_| decided)
            }
            Expr::Coalesce(list) => {
                let mut decided = true;
                for part in list.iter() {
                    match self.expr(part)? {
                        Some(value) if value.is_null() => {}
                        Some(value) => return Ok(Some(value).filter(|_| decided)),
                        None => decided = false,
                    }
                }
                Some(Datum::Null).filter(|_| decided)
            }
            Expr::And(list) => self.junction(list, false)?,
            Expr::Or(list) => self.junction(list, true)?,
            Expr::Call { function, args } => {
                let mut values = Vec::with_capacity(args.len());
                let mut null = false;
                for arg in args.iter() {
                    let value = self.expr(arg)?;
                    null |= value.as_ref().is_some_and(Datum::is_null);
                    values.extend(value);
                }
                if null && function.strict {
                    return Ok(Some(Datum::Null));
                }
                if values.len() < args.len() || !is_immutable(function) {
                    return Ok(None);
                }
                let args = values.into_iter().map(Expr::Const).collect();
                Some(self.pure().eval(&Expr::Call { function, args }, &[])?)
            }
            Expr::Compare { op, args } => match (self.expr(&args.0)?, self.expr(&args.1)?) {
                (Some(a), Some(b)) => {
                    let args = Box::new((Expr::Const(a), Expr::Const(b)));
                    Some(self.pure().eval(&Expr::Compare { op: *op, args }, &[])?)
                }
                _ => None,
            },
            Expr::Not(operand) => self.expr(operand)?.map(|value| match value {
                Datum::Bool(value) => Datum::Bool(!value),
                _ => Datum::Null,
            }),
            Expr::IsNull { expr, negated } => match self.expr(expr)? {
                Some(Datum::Record(_) | Datum::Composite(_)) | None => None,
                Some(value) => Some(Datum::Bool(value.is_null() != *negated)),
            },
            Expr::Cast { expr, from, to } => match self.expr(expr)? {
                Some(value) if is_fixed(*from) && is_fixed(*to) => {
                    Some(cast::convert(&value, *from, *to, 0)?)
                }
                _ => None,
            },
            Expr::Fit { expr, typed, explicit } => match self.expr(expr)? {
                Some(value) => Some(cast::fit(value, *typed, *explicit)?),
                None => None,
            },
            Expr::Subquery { plan, kind } => {
                match kind {
                    SubqueryKind::Any { left, .. } | SubqueryKind::All { left, .. } => {
                        self.expr(left)?;
                    }
                    _ => {}
                }
                self.subplan(*plan, matches!(kind, SubqueryKind::Exists))?;
                None
            }
            other => {
                let mut operands = vec![];
                other.operands(&mut |operand| operands.push(operand));
                self.all(operands)?;
                None
            }
        })
    }

    /// AND, which false decides, or OR, which true does.
    fn junction(&mut self, list: &[Expr], decisive: bool) -> R<Option<Datum>> {
        let (mut decided, mut null) = (true, false);
        for part in list {
            match self.expr(part)? {
                Some(Datum::Bool(value)) if value == decisive => {
                    return Ok(Some(Datum::Bool(decisive)));
                }
                Some(value) => null |= value.is_null(),
                None => decided = false,
            }
        }
        let value = if null { Datum::Null } else { Datum::Bool(!decisive) };
        Ok(Some(value).filter(|_| decided))
    }

    fn pure(&mut self) -> &mut Pure {
        self.pure.get_or_insert_with(Pure::new)
    }
}

/// Types whose casts to each other depend on nothing but the value.
fn is_fixed(ty: Type) -> bool {
    ty.is_integer()
        || matches!(
            ty,
            Type::BOOL
                | Type::FLOAT4
                | Type::FLOAT8
                | Type::NUMERIC
                | Type::TEXT
                | Type::VARCHAR
                | Type::BPCHAR
                | Type::UUID
                | Type::JSONB
        )
}
