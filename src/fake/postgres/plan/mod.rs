//! Syntax tree to plan: names, types, functions and access paths are decided here, once per text.
//!
//! - `binder` keeps what is visible: relations, WITH queries, parameters and their inferred types.
//! - `bind`, `operators`, `calls`, `coerce` turn expressions into typed [`Expr`]s.
//! - `from`, `push` and `access` plan FROM and WHERE: conditions go down to the tables they speak of, and
//!   indexes are chosen by rule (there are no statistics).
//! - `select`, `dml` plan statements.

mod access;
mod aggregates;
mod arbiters;
mod bind;
mod binder;
mod calls;
mod catalogs;
mod coerce;
mod composite;
mod dml;
mod enums;
mod expr;
mod from;
mod grouping;
mod hidden;
mod hints;
mod immutable;
mod invoke;
mod joins;
mod locking;
mod merge;
mod operators;
mod ordered;
mod outer;
mod outputs;
mod parts;
mod push;
mod references;
mod select;
mod sets;
mod system;
mod tree;
mod typenames;
mod views;
mod window;
mod with;

use std::sync::Arc;

pub(crate) use binder::Binder;
pub(crate) use catalogs::quoted;
pub(crate) use coerce::relation_name;
pub(crate) use expr::{Comparison, Expr, Operator, Output, Part, Replace, SubqueryKind};
pub(crate) use immutable::is_immutable;
pub(crate) use outputs::index_name;
pub(crate) use sets::{SetCall, SetFunction};
pub(crate) use system::{
    constraint_text, expression_text, index_text, key_text, system_name, system_oid, typed_of,
};
pub(crate) use tree::*;
pub(crate) use views::{define, plan_definition};
pub(crate) use window::{Extras, Window, WindowCall, WindowFunction};

use super::catalog::Catalog;
use super::errors::{R, fail, pg};
use super::parse::ast::{self, Statement, TypeName};
use super::types::Type;
use super::types::cast::Context;
use super::types::made::{base_typed, is_reg};

/// Plans a statement.
pub(crate) fn plan(catalog: &Catalog, statement: Statement) -> R<Plan> {
    plan_in(Binder::new(catalog), statement)
}

/// As [`plan`], where no parameters were sent: the first of them is an error.
pub(crate) fn plan_bare(catalog: &Catalog, sql: &str) -> R<Plan> {
    let mut binder = Binder::new(catalog);
    binder.bare = true;
    match super::parse::parse(sql)? {
        Some(statement) => plan_in(binder, statement),
        None => Ok(empty()),
    }
}

fn plan_in(mut binder: Binder<'_>, statement: Statement) -> R<Plan> {
    binder.system = references::names_system_column(&statement);
    let (body, columns) = match statement {
        Statement::Query(query) => {
            let (select, columns) = binder.query(*query)?;
            (Body::Select(select), columns)
        }
        Statement::Insert(insert) => binder.insert(*insert)?,
        Statement::Update(update) => binder.update(*update)?,
        Statement::Delete(delete) => binder.delete(*delete)?,
        Statement::Merge(merge) => binder.merge(*merge)?,
        utility => (Body::Utility(Box::new(utility)), vec![]),
    };
    binder.finish(body, columns)
}

/// Plans a statement whose parameters are of the given types.
pub(crate) fn plan_with(catalog: &Catalog, statement: Statement, types: &[TypeName]) -> R<Plan> {
    let mut binder = Binder::new(catalog);
    binder.params =
        types.iter().map(|name| binder.type_of(name).map(|typed| typed.ty)).collect::<R<_>>()?;
    plan_in(binder, statement)
}

/// The values that EXECUTE gives to a statement's parameters, as a query of one row.
pub(crate) fn arguments(catalog: &Catalog, args: &[ast::Expr], types: &[Type]) -> R<Plan> {
    let mut binder = Binder::new(catalog);
    let scope = binder::Scope { place: "EXECUTE parameters", ..binder::Scope::default() };
    let row = binder.within(scope, |b| {
        let list = args.iter().zip(types).zip(1..);
        list.map(|((arg, ty), number)| b.execute_parameter(arg.clone(), *ty, number)).collect()
    })?;
    let width = types.len();
    binder.finish(Body::Select(Select::of_row(row, width)), vec![])
}

/// The plan of a text without a statement.
pub(crate) fn empty() -> Plan {
    Plan {
        body: Body::Empty,
        params: vec![],
        first_param: 0,
        subplans: vec![],
        before: vec![],
        after: vec![],
        locks: vec![],
        columns: Arc::new([]),
        names: Arc::new([]),
        names_types: false,
    }
}

impl Plan {
    /// Whether something in WITH, or the statement, changes rows.
    pub(crate) fn changes_rows(&self) -> bool {
        let bodies = self.subplans.iter().map(|subplan| &subplan.body).chain([&self.body]);
        bodies
            .into_iter()
            .any(|body| matches!(body, Body::Insert(_) | Body::Update(_) | Body::Delete(_)))
    }

    /// Heaps of the tables whose rows become rows of the answer, one for one.
    pub(crate) fn scanned(&self) -> Vec<usize> {
        match &self.body {
            Body::Select(select) if select.is_simple() => {
                select.scans().into_iter().map(|(_, table)| table.heap).collect()
            }
            _ => vec![],
        }
    }
}

impl Binder<'_> {
    fn execute_parameter(&mut self, arg: ast::Expr, ty: Type, number: usize) -> R<Expr> {
        let bound = self.bind(arg)?;
        if bound.expr.has_subquery() {
            return fail("0A000", "cannot use subquery in EXECUTE parameter");
        }
        let from = bound.ty();
        match self.try_coerce(bound, ty, Context::Assignment)? {
            Some(bound) => Ok(bound.expr),
            None => Err(pg(
                "42804",
                format!(
                    "parameter ${number} of type {} cannot be coerced to the expected type {}",
                    from.name(),
                    ty.name()
                ),
            )
            .with_hint("You will need to rewrite or cast the expression.")),
        }
    }

    pub(super) fn finish(self, body: Body, columns: Vec<Output>) -> R<Plan> {
        let unknown = |place: usize| self.params.get(place) == Some(&Type::UNKNOWN);
        let ambiguous = self.untyped.iter().find(|place| !unknown(**place));
        let undetermined = (0..self.params.len()).find(|place| unknown(*place));
        let trouble = ambiguous.map(|place| ("42P08", *place));
        if let Some((code, place)) = trouble.or(undetermined.map(|place| ("42P18", place))) {
            let message = format!("could not determine data type of parameter ${}", place + 1);
            return fail(code, message);
        }
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let names_types = self.names_types
            || columns.iter().any(|column| column.typed.ty.is_made() || is_reg(column.typed.ty));
        // A client sees a domain as what it is a domain of.
        let columns = columns
            .into_iter()
            .map(|column| Output { typed: base_typed(column.typed), ..column })
            .collect();
        let (before, after) = self.units();
        let first_param = self.first_param.unwrap_or_default();
        let Binder { params, subplans, locks, .. } = self;
        Ok(Plan {
            body,
            params,
            first_param,
            subplans,
            before,
            after,
            locks,
            columns,
            names,
            names_types,
        })
    }

    /// Subplans that run before the statement, as far as it reads them, and after it.
    fn units(&self) -> (Vec<usize>, Vec<usize>) {
        let mut read = vec![false; self.subplans.len()];
        let mut open = self.uses.clone();
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut read[next], true) {
                open.extend(&self.subplans[next].uses);
            }
        }
        let (mut before, mut after) = (vec![], vec![]);
        for (place, subplan) in self.subplans.iter().enumerate().filter(|(_, s)| s.eager) {
            match &subplan.body {
                _ if read[place] => before.push(place),
                // A locking query that nobody reads does not run.
                Body::Select(_) => {}
                _ => after.push(place),
            }
        }
        (before, after)
    }
}
