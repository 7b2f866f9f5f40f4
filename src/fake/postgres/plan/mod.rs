//! Syntax tree to plan: names, types, functions and access paths are decided here, once per text.
//!
//! - `binder` keeps what is visible: relations, WITH queries, parameters and their inferred types.
//! - `bind`, `operators`, `calls`, `coerce` turn expressions into typed [`Expr`]s.
//! - `from`, `push` and `access` plan FROM and WHERE: conditions go down to the tables they speak of, and
//!   indexes are chosen by rule (there are no statistics).
//! - `select`, `dml` plan statements.

mod access;
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
mod hints;
mod invoke;
mod locking;
mod merge;
mod operators;
mod outputs;
mod parts;
mod push;
mod select;
mod sets;
mod tree;
mod typenames;
mod views;
mod window;

use std::sync::Arc;

pub(crate) use binder::Binder;
pub(crate) use catalogs::quoted;
pub(crate) use coerce::relation_name;
pub(crate) use expr::{Comparison, Expr, Operator, Output, Part, Replace, SubqueryKind};
pub(crate) use outputs::index_name;
pub(crate) use sets::SetFunction;
pub(crate) use tree::*;
pub(crate) use views::{define, plan_definition};
pub(crate) use window::{Extras, Window, WindowCall, WindowFunction};

use super::catalog::Catalog;
use super::errors::{R, fail};
use super::parse::ast::Statement;
use super::types::Type;
use super::types::made::{base_typed, is_reg};

/// Plans a statement.
pub(crate) fn plan(catalog: &Catalog, statement: Statement) -> R<Plan> {
    let mut binder = Binder::new(catalog);
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

/// The plan of a text without a statement.
pub(crate) fn empty() -> Plan {
    Plan {
        body: Body::Empty,
        params: vec![],
        subplans: vec![],
        locks: vec![],
        columns: Arc::new([]),
        names: Arc::new([]),
        names_types: false,
    }
}

impl Binder<'_> {
    pub(super) fn finish(self, body: Body, columns: Vec<Output>) -> R<Plan> {
        if let Some(place) = self.params.iter().position(|ty| *ty == Type::UNKNOWN) {
            return fail(
                "42P18",
                format!("could not determine data type of parameter ${}", place + 1),
            );
        }
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let names_types = self.names_types
            || columns.iter().any(|column| column.typed.ty.is_made() || is_reg(column.typed.ty));
        // A client sees a domain as what it is a domain of.
        let columns = columns
            .into_iter()
            .map(|column| Output { typed: base_typed(column.typed), ..column })
            .collect();
        let Binder { params, subplans, locks, .. } = self;
        Ok(Plan { body, params, subplans, locks, columns, names, names_types })
    }
}
