//! CREATE TABLE … LIKE.

use std::sync::Arc;

use super::super::catalog::{Check, Column, IndexKey, Oid, Relation, Table, choose};
use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast::LikeClause;
use super::super::plan::Expr;
use super::ddl::Ddl;
use super::ddl_create::{key_taken, sequence_place, taken};
use super::ddl_index::{NewIndex, add_index, distinct_names};
use super::ddl_sequence;

/// What has been copied, and from where the rest comes.
pub(super) struct Copied<'l> {
    like: &'l LikeClause,
    source: Oid,
    /// Where the source's columns have got to.
    first: usize,
}

/// The columns of the other table.
pub(super) fn columns<'l>(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    like: &'l LikeClause,
) -> R<Copied<'l>> {
    let catalog = ddl.catalog();
    let source = match catalog.find(&like.table) {
        Some(Relation::Table(oid)) => catalog.table(oid)?.clone(),
        Some(Relation::View(oid)) => {
            let first = table.columns.len();
            for column in &catalog.view(oid)?.columns {
                push(
                    table,
                    Column {
                        id: 0,
                        name: column.name.clone(),
                        typed: column.typed,
                        not_null: false,
                        default: None,
                        identity: None,
                        generated: None,
                    },
                )?;
            }
            return Ok(Copied { like, source: oid, first });
        }
        Some(_) => {
            return fail(
                "42809",
                format!("relation \"{}\" is invalid in LIKE clause", like.table.name),
            );
        }
        None => return fail("42P01", format!("relation \"{}\" does not exist", like.table)),
    };
    let first = table.columns.len();
    for column in &source.columns {
        let id = table.next_column;
        let plain = column.identity.is_none() && column.generated.is_none();
        let mut made = Column {
            default: column.default.clone().filter(|_| like.defaults && plain),
            identity: None,
            generated: None,
            ..column.clone()
        };
        if let (Some(generated), true) = (&column.generated, like.generated) {
            made.generated = Some(moved(generated, first));
        }
        if let (Some(always), true) = (column.identity, like.identity) {
            let owned = catalog.owned_sequences(source.oid, Some(column.id)).next();
            let Some(owned) = owned else { return Err(unsupported("this identity in LIKE")) };
            let options = ddl_sequence::options_of(ddl, &catalog, owned.oid)?;
            let place = sequence_place(ddl, table, &column.name, &options)?;
            let owner = Some((table.oid, id, true));
            let place = (place.0, &*place.1);
            let oid = ddl_sequence::make(ddl, place, &options, column.typed.ty, owner)?;
            made.identity = Some(always);
            made.default = Some(Arc::new(ddl_sequence::nextval(oid)?));
        }
        if like.comments
            && let Some(text) = catalog.comment(source.oid, column.id)
        {
            let version = ddl.version();
            ddl.draft()?.put_comment((table.oid, id), Some(text), version);
        }
        push(table, made)?;
    }
    Ok(Copied { like, source: source.oid, first })
}

fn push(table: &mut Table, column: Column) -> R<()> {
    if table.column(&column.name).is_some() {
        return fail("42701", format!("column \"{}\" specified more than once", column.name));
    }
    table.columns.push(Column { id: table.next_column, ..column });
    table.next_column += 1;
    Ok(())
}

fn moved(expr: &Arc<Expr>, by: usize) -> Arc<Expr> {
    let mut expr = (**expr).clone();
    expr.map_columns(&|column| column + by);
    Arc::new(expr)
}

/// The constraints and indexes of the other table, which come after the table's own.
pub(super) fn rest(ddl: &mut Ddl<'_>, table: &mut Table, copied: &Copied<'_>) -> R<()> {
    let catalog = ddl.catalog();
    let Ok(source) = catalog.table(copied.source) else { return Ok(()) };
    let by = copied.first;
    if copied.like.constraints {
        for check in &source.checks {
            if table.has_constraint(&check.name) {
                return fail(
                    "42710",
                    format!("check constraint \"{}\" already exists", check.name),
                );
            }
            let oid = ddl.engine.new_oid();
            let expr = moved(&check.expr, by);
            table.checks.push(Check { oid, expr, ..check.clone() });
        }
        table.checks.sort_by(|a, b| a.name.cmp(&b.name));
    }
    if !copied.like.indexes {
        return Ok(());
    }
    for index in &source.indexes {
        if index.primary && table.primary_key().is_some() {
            return fail(
                "42P16",
                format!("multiple primary keys for table \"{}\" are not allowed", table.name),
            );
        }
        let mut names = vec![];
        let mut keys = vec![];
        for key in &index.keys {
            match key {
                IndexKey::Column(column) => {
                    names.push(source.columns[*column].name.to_string());
                    keys.push(IndexKey::Column(column + by));
                }
                IndexKey::Expr(expr) => {
                    names.push("expr".to_owned());
                    keys.push(IndexKey::Expr(moved(expr, by)));
                }
            }
        }
        names.extend(index.include.iter().map(|c| source.columns[*c].name.to_string()));
        let names = distinct_names(names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = match (index.primary, index.constraint) {
            (true, _) => choose(&table.name, &[], "pkey", |name| key_taken(ddl, table, name)),
            (_, true) => choose(&table.name, &names, "key", |name| key_taken(ddl, table, name)),
            _ => choose(&table.name, &names, "idx", |name| taken(ddl, table.schema, name)),
        };
        if index.primary {
            for column in index.columns().unwrap_or_default() {
                table.columns[column + by].not_null = true;
            }
        }
        let new = NewIndex {
            name,
            keys,
            order: index.order.clone(),
            include: index.include.iter().map(|column| column + by).collect(),
            method: index.method.to_string(),
            unique: index.unique,
            primary: index.primary,
            constraint: index.constraint,
            nulls_distinct: index.nulls_distinct,
            predicate: index.predicate.as_ref().map(|expr| moved(expr, by)),
            deferral: index.deferral,
        };
        add_index(ddl, table, new)?;
    }
    Ok(())
}
