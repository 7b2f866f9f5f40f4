//! Constraints: what CREATE TABLE and ALTER TABLE add, checked against the rows that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::{
    Check, Deferral, ForeignKey, Index, IndexKey, Relation, Table, choose,
};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::notice::Notice;
use super::super::parse::ast::{self, ConstraintKind};
use super::super::plan::Binder;
use super::super::types::datum::GroupKey;
use super::super::types::{Datum, Row};
use super::Frame;
use super::constraints::key_text;
use super::ddl::Ddl;
use super::ddl_create::{constraint_taken, key_taken};
use super::ddl_index::{NewIndex, add_index, distinct_names};
use super::eval::eval;
use super::foreign::not_there;

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
    let deferral = Deferral::new(constraint.deferrable, constraint.initially_deferred);
    if deferral.is_deferrable() && matches!(constraint.kind, ConstraintKind::UsingIndex { .. }) {
        return Err(unsupported("a DEFERRABLE constraint USING INDEX"));
    }
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns: names, include } => {
            if table.primary_key().is_some() {
                return fail(
                    "42P16",
                    format!("multiple primary keys for table \"{}\" are not allowed", table.name),
                );
            }
            let columns = columns_named(table, names)?;
            let name = match &constraint.name {
                Some(name) => name.clone(),
                None => choose(&table.name, &[], "pkey", |name| key_taken(ddl, table, name)),
            };
            let include = columns_named(table, include)?;
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
                    order: vec![],
                    include,
                    method: "btree".into(),
                    unique: true,
                    primary: true,
                    constraint: true,
                    nulls_distinct: true,
                    predicate: None,
                    deferral,
                },
            )
        }
        ConstraintKind::Unique { columns: names, include, nulls_distinct } => {
            let columns = columns_named(table, names)?;
            let name = match &constraint.name {
                Some(name) => name.clone(),
                None => {
                    let names = names.iter().chain(include).cloned().collect();
                    let names = distinct_names(names);
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    choose(&table.name, &names, "key", |name| key_taken(ddl, table, name))
                }
            };
            let include = columns_named(table, include)?;
            let keys = columns.into_iter().map(IndexKey::Column).collect();
            let new = NewIndex {
                name,
                keys,
                order: vec![],
                include,
                method: "btree".into(),
                unique: true,
                primary: false,
                constraint: true,
                nulls_distinct: *nulls_distinct,
                predicate: None,
                deferral,
            };
            add_index(ddl, table, new)
        }
        ConstraintKind::UsingIndex { primary, index } => {
            using_index(ddl, table, constraint.name.as_deref(), *primary, index)
        }
        ConstraintKind::Check { expr } => add_check(ddl, table, constraint, expr),
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

fn add_check(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    constraint: &ast::Constraint,
    expr: &ast::Expr,
) -> R<()> {
    let name = constraint.name.as_deref();
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
            choose(&table.name, &names, "check", |name| constraint_taken(ddl, table, name))
        }
    };
    let valid = !constraint.not_valid;
    let oid = ddl.engine.new_oid();
    let check = Check { oid, valid, name: name.as_str().into(), expr: Arc::new(expr) };
    if valid {
        validate_check(ddl, table, &check)?;
    }
    table.checks.push(check);
    // PostgreSQL checks them in the order of their names.
    table.checks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

/// Checks the rows that are there.
pub(super) fn validate_check(ddl: &mut Ddl<'_>, table: &Table, check: &Check) -> R<()> {
    let rows = ddl.rows(table.heap)?;
    ddl.with(|cx| {
        for row in &rows {
            if matches!(eval(&check.expr, &Frame::of(row), cx)?, Datum::Bool(false)) {
                let message = format!(
                    "check constraint \"{}\" of relation \"{}\" is violated by some row",
                    check.name, table.name
                );
                return Err(pg("23514", message).with_constraint(&check.name));
            }
        }
        Ok(())
    })
}

/// ADD CONSTRAINT … USING INDEX.
fn using_index(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    name: Option<&str>,
    primary: bool,
    index: &str,
) -> R<()> {
    let catalog = ddl.catalog();
    let oid = match catalog.relation_in(table.schema, index) {
        Some(Relation::Index { table: owner, index: oid }) if owner == table.oid => oid,
        Some(Relation::Index { .. }) => {
            return fail(
                "55000",
                format!("index \"{index}\" does not belong to table \"{}\"", table.name),
            );
        }
        _ => return fail("42704", format!("index \"{index}\" does not exist")),
    };
    if primary && table.primary_key().is_some() {
        return fail(
            "42P16",
            format!("multiple primary keys for table \"{}\" are not allowed", table.name),
        );
    }
    let found = table.index(oid)?.clone();
    if found.constraint {
        return fail("55000", format!("index \"{index}\" is already associated with a constraint"));
    }
    let unfit = |why: String| {
        Err(pg("42809", why)
            .with_detail("Cannot create a primary key or unique constraint using such an index."))
    };
    if !found.unique {
        return unfit(format!("\"{index}\" is not a unique index"));
    }
    let Some(columns) = found.columns() else {
        return unfit(format!("index \"{index}\" contains expressions"));
    };
    if found.predicate.is_some() {
        return unfit(format!("\"{index}\" is a partial index"));
    }
    if let Some(place) = found.order.iter().position(|order| *order != (false, false)) {
        return unfit(format!(
            "index \"{index}\" column number {} does not have default sorting behavior",
            place + 1
        ));
    }
    let name = name.unwrap_or(index);
    if name != index {
        ddl.me.notify(Notice::note(
            "00000",
            format!(
                "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"{index}\" to \"{name}\""
            ),
        ));
        if catalog.relation_in(table.schema, name).is_some() {
            return fail("42P07", format!("relation \"{name}\" already exists"));
        }
        ddl.unname(table.schema, index)?;
        ddl.name(table.schema, name, Relation::Index { table: table.oid, index: oid })?;
    }
    if primary {
        for column in columns {
            if ddl.rows(table.heap)?.iter().any(|row| row[column].is_null()) {
                return contains_nulls(table, column);
            }
            table.columns[column].not_null = true;
        }
    }
    for index in table.indexes.iter_mut().filter(|index| index.oid == oid) {
        (index.constraint, index.primary) = (true, primary);
        index.name = name.into();
    }
    Ok(())
}

fn add_foreign_key(ddl: &mut Ddl<'_>, table: &mut Table, constraint: &ast::Constraint) -> R<()> {
    let ConstraintKind::ForeignKey {
        columns: names,
        table: parent_name,
        referenced,
        full,
        on_delete,
        set_columns,
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
    let parent = match catalog.seek(parent_name)? {
        Some(Relation::Table(oid)) if oid == table.oid => Arc::new(table.clone()),
        Some(Relation::Table(oid)) if catalog.table(oid)?.materialized.is_none() => {
            catalog.table(oid)?.clone()
        }
        Some(_) => {
            return fail(
                "42809",
                format!("referenced relation \"{}\" is not a table", parent_name.name),
            );
        }
        None => return fail("42P01", format!("relation \"{parent_name}\" does not exist")),
    };
    let is_temporary = |schema| ddl.me.values.temporary == Some(schema);
    match (is_temporary(parent.schema), is_temporary(table.schema)) {
        (true, false) => {
            return fail(
                "42P16",
                "constraints on permanent tables may reference only permanent tables",
            );
        }
        (false, true) => {
            return fail(
                "42P16",
                "constraints on temporary tables may reference only temporary tables",
            );
        }
        _ => {}
    }
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
    if (1..parent_columns.len()).any(|at| parent_columns[..at].contains(&parent_columns[at])) {
        return fail("42830", "foreign key referenced-columns list must not contain duplicates");
    }
    let fits = |index: &&Index| {
        index.unique
            && index.predicate.is_none()
            && index.columns().is_some_and(|own| sorted(&own) == sorted(&parent_columns))
    };
    let mut fitting = parent.indexes.iter().filter(fits);
    let index = fitting.clone().find(|index| !index.deferral.is_deferrable());
    let Some(index) = index else {
        if fitting.next().is_some() {
            let what = if referenced.is_empty() { "primary key" } else { "unique constraint" };
            return fail(
                "55000",
                format!("cannot use a deferrable {what} for referenced table \"{}\"", parent.name),
            );
        }
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
            choose(&table.name, &names, "fkey", |name| constraint_taken(ddl, table, name))
        }
    };
    check_types(table, &columns, &parent, &parent_columns, &name)?;
    let key = ForeignKey {
        oid: ddl.engine.new_oid(),
        valid: !constraint.not_valid,
        name: name.as_str().into(),
        parent: parent.oid,
        parent_columns,
        parent_index: index.oid,
        on_delete: *on_delete,
        on_update: *on_update,
        set_columns: delete_set_columns(table, &columns, set_columns)?,
        columns,
        full: *full,
        deferral: Deferral::new(constraint.deferrable, constraint.initially_deferred),
    };
    if key.valid {
        validate_foreign_key(ddl, table, &parent, &key)?;
    }
    table.foreign_keys.push(key);
    Ok(())
}

fn delete_set_columns(table: &Table, columns: &[usize], names: &[String]) -> R<Vec<usize>> {
    let mut set = vec![];
    for name in names {
        let Some(column) = table.column(name) else {
            return fail(
                "42703",
                format!("column \"{name}\" referenced in foreign key constraint does not exist"),
            );
        };
        if !columns.contains(&column) {
            return fail(
                "42P10",
                format!(
                    "column \"{name}\" referenced in ON DELETE SET action must be part of foreign key"
                ),
            );
        }
        set.push(column);
    }
    Ok(set)
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

/// Checks the rows that are there.
pub(super) fn validate_foreign_key(
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
        let nulls = own.0.iter().filter(|value| value.is_null()).count();
        if key.full && nulls > 0 && nulls < own.0.len() {
            return Err(not_there(table, key)
                .with_detail("MATCH FULL does not allow mixing of null and nonnull key values."));
        }
        if nulls > 0 || known.contains_key(&own) {
            continue;
        }
        let detail = format!(
            "Key {} is not present in table \"{}\".",
            key_text(table, &key.columns, row),
            parent.name
        );
        return Err(not_there(table, key).with_detail(detail));
    }
    Ok(())
}
