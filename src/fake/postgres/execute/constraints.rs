//! What a new row must satisfy: NOT NULL, CHECK, uniqueness.

use std::sync::Arc;

use super::super::catalog::{Catalog, Index, IndexKey, Table, in_force};
use super::super::engine::Engine;
use super::super::errors::{R, internal, pg};
use super::super::plan::{Expr, key_text as expression_key};
use super::super::store::{Tid, Tuple, Xid};
use super::super::types::{Datum, Row, text};
use super::ddl_pure::Pure;
use super::eval::eval;
use super::{Cx, Frame};
use crate::error::Error;

/// The values of some columns, as DETAIL lists them.
fn listed(table: &Table, columns: impl Iterator<Item = usize>, row: &[Datum]) -> String {
    let values: Vec<String> = columns
        .map(|column| match &row[column] {
            Datum::Null => "null".to_owned(),
            value => text::output(value, table.columns[column].typed.ty),
        })
        .collect();
    values.join(", ")
}

/// `(a, b)=(1, 2)`
pub(super) fn key_text(table: &Table, columns: &[usize], row: &[Datum]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| &*table.columns[*column].name).collect();
    format!("({})=({})", names.join(", "), listed(table, columns.iter().copied(), row))
}

/// The same for the key of an index, unless it computes what is not printed.
pub(super) fn index_key_text(table: &Table, index: &Index, row: &[Datum]) -> Option<String> {
    if let Some(columns) = index.columns() {
        return Some(key_text(table, &columns, row));
    }
    let catalog = in_force().unwrap_or_else(|| Arc::new(Catalog::empty(0)));
    let (mut names, mut values) = (vec![], vec![]);
    for key in &index.keys {
        let (name, value, ty) = match key {
            IndexKey::Column(column) => {
                let known = &table.columns[*column];
                (known.name.to_string(), row[*column].clone(), known.typed.ty)
            }
            IndexKey::Expr(expr) => {
                let value = Pure::new().eval(expr, row).ok()?;
                let (name, ty) = expression_key(&catalog, table, expr);
                (name, value, ty)
            }
        };
        names.push(name);
        values.push(if value.is_null() { "null".to_owned() } else { text::output(&value, ty) });
    }
    Some(format!("({})=({})", names.join(", "), values.join(", ")))
}

/// Bytes of a value that DETAIL shows of a failing row.
const SHOWN: usize = 64;

fn failing_row(table: &Table, row: &[Datum]) -> String {
    let values: Vec<String> = row
        .iter()
        .zip(&table.columns)
        .map(|(value, column)| match value {
            Datum::Null => "null".to_owned(),
            value => {
                let text = text::output(value, column.typed.ty);
                if text.len() > SHOWN {
                    format!("{}...", &text[..text.floor_char_boundary(SHOWN)])
                } else {
                    text
                }
            }
        })
        .collect();
    format!("Failing row contains ({}).", values.join(", "))
}

/// Fills the generated columns.
pub(super) fn generate(table: &Table, row: &mut [Datum], cx: &mut Cx<'_>) -> R<()> {
    for (place, column) in table.columns.iter().enumerate() {
        if let Some(expr) = &column.generated {
            row[place] = eval(expr, &Frame::of(row), cx)?;
        }
    }
    Ok(())
}

/// NOT NULL and CHECK.
pub(super) fn check(table: &Table, row: &[Datum], cx: &mut Cx<'_>) -> R<()> {
    for (value, column) in row.iter().zip(&table.columns) {
        if column.not_null && value.is_null() {
            let message = format!(
                "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
                column.name, table.name
            );
            return Err(pg("23502", message).with_detail(failing_row(table, row)));
        }
    }
    for check in &table.checks {
        if let Datum::Bool(false) = eval(&check.expr, &Frame::of(row), cx)? {
            let message = format!(
                "new row for relation \"{}\" violates check constraint \"{}\"",
                table.name, check.name
            );
            return Err(pg("23514", message)
                .with_constraint(&check.name)
                .with_detail(failing_row(table, row)));
        }
    }
    Ok(())
}

/// WITH CHECK OPTION of the views on the way.
pub(super) fn check_views(
    checks: &[(Arc<str>, Expr)],
    table: &Table,
    row: &[Datum],
    cx: &mut Cx<'_>,
) -> R<()> {
    for (view, condition) in checks {
        if !eval(condition, &Frame::of(row), cx)?.is_true() {
            let message = format!("new row violates check option for view \"{view}\"");
            return Err(pg("44000", message).with_detail(failing_row(table, row)));
        }
    }
    Ok(())
}

/// What a key meets in a unique index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Uniqueness {
    Free,
    /// Another transaction has yet to decide.
    Pending(Xid),
    Taken(Tid),
}

/// 23505
pub(super) fn duplicate(table: &Table, index: &Index, row: &[Datum]) -> Error {
    let message = format!("duplicate key value violates unique constraint \"{}\"", index.name);
    let error = pg("23505", message).with_constraint(&index.name);
    match index_key_text(table, index, row) {
        Some(key) => error.with_detail(format!("Key {key} already exists.")),
        None => error,
    }
}

/// Looks the row's key up among live and undecided rows, except one.
pub(super) fn uniqueness(
    engine: &Engine,
    table: &Table,
    index: &Index,
    row: &Row,
    own: Xid,
    except: Option<Tid>,
) -> R<Uniqueness> {
    let heap = engine.store.heap(table.heap)?;
    let spec = heap.indexes().iter().find(|spec| spec.tree == index.tree);
    match spec.ok_or_else(|| internal("an index without a tree"))?.key.key(row) {
        Some(key) => conflict(engine, table, index, &key, own, except),
        None => Ok(Uniqueness::Free),
    }
}

/// As [`uniqueness`], of a key.
pub(super) fn conflict(
    engine: &Engine,
    table: &Table,
    index: &Index,
    key: &Datum,
    own: Xid,
    except: Option<Tid>,
) -> R<Uniqueness> {
    let heap = engine.store.heap(table.heap)?;
    let null = match key {
        Datum::Record(fields) => fields.iter().any(Datum::is_null),
        key => key.is_null(),
    };
    if null && index.nulls_distinct {
        return Ok(Uniqueness::Free);
    }
    let mut found = Uniqueness::Free;
    let bound = super::super::store::Bound::Included(key.clone());
    let mut meet = |tid: Tid, tuple: &Tuple| {
        let (born, died) = (tuple.born.xid(), tuple.died.xid());
        match (born, died) {
            // Its own, made and ended. (Another's may come back with ROLLBACK TO.)
            (Some(a), Some(b)) if a == b && a == own => true,
            (Some(xid), _) if xid != own => {
                found = Uniqueness::Pending(xid);
                false
            }
            (_, Some(xid)) if xid != own => {
                found = Uniqueness::Pending(xid);
                false
            }
            _ if tuple.died.is_none() => {
                found = Uniqueness::Taken(tid);
                false
            }
            _ => true,
        }
    };
    engine.store.tree(index.tree)?.visit(&bound, &bound, &mut |_, entry| {
        let mut versions = heap.chain(entry);
        versions.all(|(tid, tuple)| except == Some(tid) || meet(tid, tuple))
    });
    Ok(found)
}
