//! Constraints: what CREATE TABLE and ALTER TABLE add, checked against the rows that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::{Check, ForeignKey, Index, IndexKey, Table, choose};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, ConstraintKind};
use super::super::plan::Binder;
use super::super::types::datum::GroupKey;
use super::super::types::{Datum, Row};
use super::Frame;
use super::constraints::key_text;
use super::ddl::Ddl;
use super::ddl_create::{NewIndex, add_index, taken};
use super::eval::eval;

fn columns_named(table: &Table, names: &[String]) -> R<Vec<usize>> {
    names
        .iter()
        .map(|name| match table.column(name) {
            Some(column) => Ok(column),
            None => fail("42703", format!("column \"{name}\" named in key does not exist")),
        })
        .collect()
}

/// Adds a constraint and checks the rows that are there.
pub(super) fn add_constraint(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    constraint: &ast::Constraint,
) -> R<()> {
    if let Some(name) = &constraint.name
        && table.has_constraint(name)
    {
        return fail(
            "42710",
            format!("constraint \"{name}\" for relation \"{}\" already exists", table.name),
        );
    }
    if constraint.deferrable && !matches!(constraint.kind, ConstraintKind::ForeignKey { .. }) {
        return Err(unsupported("a DEFERRABLE constraint that is no foreign key"));
    }
    match &constraint.kind {
        ConstraintKind::PrimaryKey(names) => {
            if table.primary_key().is_some() {
                return fail(
                    "42P16",
                    format!("multiple primary keys for table \"{}\" are not allowed", table.name),
                );
            }
            let columns = columns_named(table, names)?;
            let name = match &constraint.name {
                Some(name) => name.clone(),
                None => choose(&table.name, &[], "pkey", |name| taken(ddl, name)),
            };
            for column in &columns {
                table.columns[*column].not_null = true;
                let rows = ddl.rows(table.heap)?;
                if rows.iter().any(|row| row[*column].is_null()) {
                    return contains_nulls(table, *column);
                }
            }
            let keys = columns.into_iter().map(IndexKey::Column).collect();
            add_index(
                ddl,
                table,
                NewIndex {
                    name,
                    keys,
                    unique: true,
                    primary: true,
                    constraint: true,
                    nulls_distinct: true,
                    predicate: None,
                },
            )
        }
        ConstraintKind::Unique { columns: names, nulls_distinct } => {
            let columns = columns_named(table, names)?;
            let name = match &constraint.name {
                Some(name) => name.clone(),
                None => {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    choose(&table.name, &names, "key", |name| taken(ddl, name))
                }
            };
            let keys = columns.into_iter().map(IndexKey::Column).collect();
            let new = NewIndex {
                name,
                keys,
                unique: true,
                primary: false,
                constraint: true,
                nulls_distinct: *nulls_distinct,
                predicate: None,
            };
            add_index(ddl, table, new)
        }
        ConstraintKind::Check { expr } => add_check(ddl, table, constraint.name.as_deref(), expr),
        ConstraintKind::ForeignKey { .. } => add_foreign_key(ddl, table, constraint),
    }
}

pub(super) fn contains_nulls<T>(table: &Table, column: usize) -> R<T> {
    fail(
        "23502",
        format!(
            "column \"{}\" of relation \"{}\" contains null values",
            table.columns[column].name, table.name
        ),
    )
}

fn add_check(ddl: &mut Ddl<'_>, table: &mut Table, name: Option<&str>, expr: &ast::Expr) -> R<()> {
    let catalog = ddl.catalog();
    let expr = Binder::new(&catalog).condition_over(table, expr.clone(), "check constraints")?;
    let name = match name {
        Some(name) => name.to_owned(),
        None => {
            let mut columns = vec![];
            expr.columns(&mut columns);
            columns.sort_unstable();
            columns.dedup();
            let names: Vec<&str> = match columns.as_slice() {
                [column] => vec![&table.columns[*column].name],
                _ => vec![],
            };
            choose(&table.name, &names, "check", |name| table.has_constraint(name))
        }
    };
    let rows = ddl.rows(table.heap)?;
    ddl.with(|cx| {
        for row in &rows {
            if matches!(eval(&expr, &Frame::of(row), cx)?, Datum::Bool(false)) {
                let message = format!(
                    "check constraint \"{name}\" of relation \"{}\" is violated by some row",
                    table.name
                );
                return Err(pg("23514", message).with_constraint(&name));
            }
        }
        Ok(())
    })?;
    table.checks.push(Check { name: name.into(), expr: Arc::new(expr) });
    // PostgreSQL checks them in the order of their names.
    table.checks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

fn add_foreign_key(ddl: &mut Ddl<'_>, table: &mut Table, constraint: &ast::Constraint) -> R<()> {
    let ConstraintKind::ForeignKey {
        columns: names,
        table: parent_name,
        referenced,
        on_delete,
        on_update,
    } = &constraint.kind
    else {
        return Ok(());
    };
    let columns = names
        .iter()
        .map(|name| match table.column(name) {
            Some(column) => Ok(column),
            None => fail(
                "42703",
                format!("column \"{name}\" referenced in foreign key constraint does not exist"),
            ),
        })
        .collect::<R<Vec<_>>>()?;
    let catalog = ddl.catalog();
    let parent = if **parent_name == *table.name {
        Arc::new(table.clone())
    } else {
        catalog.table_named(parent_name)?.clone()
    };
    let parent_columns = if referenced.is_empty() {
        match parent.primary_key().and_then(Index::columns) {
            Some(columns) => columns,
            None => {
                return fail(
                    "42704",
                    format!("there is no primary key for referenced table \"{}\"", parent.name),
                );
            }
        }
    } else {
        referenced
            .iter()
            .map(|name| match parent.column(name) {
                Some(column) => Ok(column),
                None => fail(
                    "42703",
                    format!(
                        "column \"{name}\" referenced in foreign key constraint does not exist"
                    ),
                ),
            })
            .collect::<R<Vec<_>>>()?
    };
    if columns.len() != parent_columns.len() {
        return fail(
            "42830",
            "number of referencing and referenced columns for foreign key disagree",
        );
    }
    let sorted = |columns: &[usize]| {
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        columns
    };
    let index = parent.indexes.iter().find(|index| {
        index.unique
            && index.predicate.is_none()
            && index.columns().is_some_and(|own| sorted(&own) == sorted(&parent_columns))
    });
    let Some(index) = index else {
        return fail(
            "42830",
            format!(
                "there is no unique constraint matching given keys for referenced table \"{}\"",
                parent.name
            ),
        );
    };
    let name = match &constraint.name {
        Some(name) => name.clone(),
        None => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            choose(&table.name, &names, "fkey", |name| table.has_constraint(name))
        }
    };
    check_types(table, &columns, &parent, &parent_columns, &name)?;
    let key = ForeignKey {
        name: name.as_str().into(),
        columns,
        parent: parent.oid,
        parent_columns,
        parent_index: index.oid,
        on_delete: *on_delete,
        on_update: *on_update,
        deferred: constraint.initially_deferred,
    };
    validate_foreign_key(ddl, table, &parent, &key)?;
    table.foreign_keys.push(key);
    Ok(())
}

fn check_types(
    table: &Table,
    columns: &[usize],
    parent: &Table,
    parent_columns: &[usize],
    name: &str,
) -> R<()> {
    for (column, other) in columns.iter().zip(parent_columns) {
        let (a, b) = (&table.columns[*column], &parent.columns[*other]);
        let (x, y) = (a.typed.ty, b.typed.ty);
        let alike =
            x == y || (x.is_integer() && y.is_integer()) || (x.is_string() && y.is_string());
        if !alike {
            if x.category() == y.category() {
                return Err(unsupported(format!(
                    "a foreign key from {} to {}",
                    x.name(),
                    y.name()
                )));
            }
            return Err(pg(
                "42804",
                format!("foreign key constraint \"{name}\" cannot be implemented"),
            )
            .with_detail(format!(
                "Key columns \"{}\" and \"{}\" are of incompatible types: {} and {}.",
                a.name,
                b.name,
                x.name(),
                y.name()
            )));
        }
    }
    Ok(())
}

fn validate_foreign_key(
    ddl: &mut Ddl<'_>,
    table: &Table,
    parent: &Table,
    key: &ForeignKey,
) -> R<()> {
    let rows = ddl.rows(table.heap)?;
    if rows.is_empty() {
        return Ok(());
    }
    let project =
        |row: &Row, columns: &[usize]| GroupKey(columns.iter().map(|c| row[*c].clone()).collect());
    let known: BTreeMap<GroupKey, ()> =
        ddl.rows(parent.heap)?.iter().map(|row| (project(row, &key.parent_columns), ())).collect();
    for row in &rows {
        let own = project(row, &key.columns);
        if own.0.iter().any(Datum::is_null) || known.contains_key(&own) {
            continue;
        }
        let message = format!(
            "insert or update on table \"{}\" violates foreign key constraint \"{}\"",
            table.name, key.name
        );
        let detail = format!(
            "Key {} is not present in table \"{}\".",
            key_text(table, &key.columns, row),
            parent.name
        );
        return Err(pg("23503", message).with_constraint(&key.name).with_detail(detail));
    }
    Ok(())
}
