//! ALTER TABLE.

use std::sync::Arc;

use super::super::catalog::{IndexKey, Relation, Table};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, AlterAction, ConstraintKind, TableLock};
use super::super::plan::{Binder, Expr};
use super::super::store::Undo;
use super::super::types::cast::{self, Context};
use super::super::types::{Datum, Row, Typed};
use super::Frame;
use super::ddl::Ddl;
use super::ddl_constraints::{add_constraint, contains_nulls};
use super::ddl_create::{add_column, bind_column};
use super::eval::eval;

pub(super) fn table(
    ddl: &mut Ddl<'_>,
    name: &str,
    if_exists: bool,
    actions: &[AlterAction],
) -> R<bool> {
    let catalog = ddl.catalog();
    if if_exists && catalog.relation(name).is_none() {
        ddl.skip(format!("relation \"{name}\" does not exist"));
        return Ok(true);
    }
    let oid = catalog.table_named(name)?.oid;
    let locked = catalog.table(oid)?.clone();
    if !ddl.lock(&locked, TableLock::AccessExclusive)? {
        return Ok(false);
    }
    for action in actions {
        if let AlterAction::AddConstraint(ast::Constraint {
            kind: ConstraintKind::ForeignKey { table, .. },
            ..
        }) = action
        {
            let parent = ddl.catalog().table_named(table)?.clone();
            if !ddl.lock(&parent, TableLock::ShareRowExclusive)? {
                return Ok(false);
            }
        }
    }
    for action in actions {
        let mut table = (**ddl.catalog().table(oid)?).clone();
        alter(ddl, &mut table, action)?;
        ddl.put(table)?;
    }
    Ok(true)
}

fn alter(ddl: &mut Ddl<'_>, table: &mut Table, action: &AlterAction) -> R<()> {
    match action {
        AlterAction::AddColumn { column, if_not_exists } => {
            if table.column(&column.name).is_some() {
                let what = format!(
                    "column \"{}\" of relation \"{}\" already exists",
                    column.name, table.name
                );
                return ddl.taken("42701", what, *if_not_exists);
            }
            self::add(ddl, table, column)
        }
        AlterAction::DropColumn { name, if_exists, cascade } => match table.column(name) {
            None if *if_exists => {
                ddl.skip(format!(
                    "column \"{name}\" of relation \"{}\" does not exist",
                    table.name
                ));
                Ok(())
            }
            _ => {
                let column = table.require_column(name)?;
                drop_column(ddl, table, column, *cascade)
            }
        },
        AlterAction::AddConstraint(constraint) => add_constraint(ddl, table, constraint),
        AlterAction::DropConstraint { name, if_exists } => {
            drop_constraint(ddl, table, name, *if_exists)
        }
        AlterAction::RenameColumn { from, to } => {
            let column = match table.column(from) {
                Some(column) => column,
                None => return fail("42703", format!("column \"{from}\" does not exist")),
            };
            if table.column(to).is_some() {
                return fail(
                    "42701",
                    format!("column \"{to}\" of relation \"{}\" already exists", table.name),
                );
            }
            table.columns[column].name = to.as_str().into();
            Ok(())
        }
        AlterAction::RenameTable(to) => {
            if ddl.catalog().relation(to).is_some() {
                return fail("42P07", format!("relation \"{to}\" already exists"));
            }
            let from = table.name.clone();
            table.name = to.as_str().into();
            ddl.unname(&from)?;
            ddl.name(to, Relation::Table(table.oid))
        }
        AlterAction::RenameConstraint { from, to } => rename_constraint(ddl, table, from, to),
        AlterAction::SetDefault { column, default } => {
            let place = table.require_column(column)?;
            table.columns[place].default = match default {
                None => None,
                Some(expr) => {
                    let catalog = ddl.catalog();
                    let expr = Binder::new(&catalog).value_for(
                        table,
                        expr.clone(),
                        place,
                        "DEFAULT expressions",
                    )?;
                    Some(Arc::new(expr))
                }
            };
            Ok(())
        }
        AlterAction::SetNotNull { column, not_null } => {
            let place = table.require_column(column)?;
            if *not_null && ddl.rows(table.heap)?.iter().any(|row| row[place].is_null()) {
                return contains_nulls(table, place);
            }
            let primary = table.primary_key().and_then(|key| key.columns()).unwrap_or_default();
            if !not_null && primary.contains(&place) {
                return fail("42P16", format!("column \"{column}\" is in a primary key"));
            }
            table.columns[place].not_null = *not_null;
            Ok(())
        }
        AlterAction::SetType { column, typed, using } => {
            let typed = Binder::new(&ddl.catalog()).type_of(typed)?;
            set_type(ddl, table, column, typed, using.as_ref())
        }
    }
}

/// Gives the table a heap with changed rows, and new indexes.
fn rewrite(ddl: &mut Ddl<'_>, table: &mut Table, mut change: impl FnMut(&Row) -> R<Row>) -> R<()> {
    let old = table.heap;
    let heap = ddl.engine.store.rewrite(old, &mut change)?;
    table.heap = heap;
    if let Some(txn) = &mut ddl.me.txn {
        txn.made_heaps.push(heap);
        txn.dropped_heaps.push(old);
        // What the transaction has changed must be decided in the copy as well.
        let copied: Vec<Undo> = txn
            .undo
            .iter()
            .filter_map(|undo| match *undo {
                Undo::Born { heap: h, tid } if h == old => Some(Undo::Born { heap, tid }),
                Undo::Died { heap: h, tid } if h == old => Some(Undo::Died { heap, tid }),
                _ => None,
            })
            .collect();
        txn.undo.extend(copied);
    }
    ddl.rebuild_indexes(table)
}

fn add(ddl: &mut Ddl<'_>, table: &mut Table, column: &ast::ColumnDef) -> R<()> {
    let place = table.columns.len();
    add_column(ddl, table, column)?;
    bind_column(ddl, table, place, column)?;
    let rows = ddl.rows(table.heap)?;
    let (default, generated) =
        (table.columns[place].default.clone(), table.columns[place].generated.clone());
    // A default that does not vary is the same for every row.
    let fixed = match &default {
        Some(expr) if expr.is_stable() => Some(ddl.with(|cx| eval(expr, &Frame::of(&[]), cx))?),
        Some(_) => None,
        None => Some(Datum::Null),
    };
    let nulls = generated.is_none() && fixed.as_ref().is_some_and(Datum::is_null);
    if table.columns[place].not_null && nulls && !rows.is_empty() {
        return contains_nulls(table, place);
    }
    let mut made = std::collections::BTreeMap::new();
    if fixed.is_none() || generated.is_some() {
        // Per version, in physical order.
        let versions: Vec<(u64, Row)> = ddl
            .engine
            .store
            .heap(table.heap)?
            .iter()
            .map(|(tid, t)| (tid, t.row.clone()))
            .collect();
        for (tid, row) in versions {
            let value = ddl.with(|cx| match (&generated, &default) {
                (Some(expr), _) => eval(expr, &Frame::of(&row), cx),
                (None, Some(expr)) => eval(expr, &Frame::of(&[]), cx),
                (None, None) => Ok(Datum::Null),
            })?;
            made.insert(tid, value);
        }
    }
    let mut values = made.into_values();
    rewrite(ddl, table, |row| {
        let value = values.next().or_else(|| fixed.clone()).unwrap_or_default();
        Ok(row.iter().cloned().chain([value]).collect())
    })?;
    for constraint in &column.constraints {
        add_constraint(ddl, table, constraint)?;
    }
    Ok(())
}

fn drop_column(ddl: &mut Ddl<'_>, table: &mut Table, column: usize, cascade: bool) -> R<()> {
    let name = table.columns[column].name.clone();
    let catalog = ddl.catalog();
    let referring = catalog
        .references_to(table.oid)
        .find(|(child, key)| child.oid != table.oid && key.parent_columns.contains(&column));
    if let Some((child, key)) = referring {
        if !cascade {
            return Err(pg(
                "2BP01",
                format!(
                    "cannot drop column {name} of table {} because other objects depend on it",
                    table.name
                ),
            )
            .with_detail(format!(
                "constraint {} on table {} depends on column {name} of table {}",
                key.name, child.name, table.name
            )));
        }
        return Err(unsupported("DROP COLUMN … CASCADE of a referenced column"));
    }
    let uses = |expr: &Expr| {
        let mut columns = vec![];
        expr.columns(&mut columns);
        columns.contains(&column)
    };
    let map = move |place: usize| if place > column { place - 1 } else { place };
    let moved = |expr: &Arc<Expr>| {
        let mut expr = (**expr).clone();
        expr.map_columns(&map);
        Arc::new(expr)
    };
    table.checks.retain(|check| !uses(&check.expr));
    table.checks.iter_mut().for_each(|check| check.expr = moved(&check.expr));
    table.foreign_keys.retain(|key| !key.columns.contains(&column));
    for key in &mut table.foreign_keys {
        key.columns.iter_mut().for_each(|c| *c = map(*c));
        if key.parent == table.oid {
            key.parent_columns.iter_mut().for_each(|c| *c = map(*c));
        }
    }
    let mut gone = vec![];
    table.indexes.retain(|index| {
        let used = index.keys.iter().any(|key| match key {
            IndexKey::Column(c) => *c == column,
            IndexKey::Expr(expr) => uses(expr),
        }) || index.predicate.as_ref().is_some_and(|expr| uses(expr));
        if used {
            gone.push(index.name.clone());
        }
        !used
    });
    for name in gone {
        ddl.unname(&name)?;
    }
    for index in &mut table.indexes {
        for key in &mut index.keys {
            match key {
                IndexKey::Column(c) => *c = map(*c),
                IndexKey::Expr(expr) => *expr = moved(expr),
            }
        }
        index.predicate = index.predicate.as_ref().map(moved);
    }
    if table.columns.iter().any(|c| c.generated.as_ref().is_some_and(|expr| uses(expr))) {
        return Err(unsupported("DROP COLUMN of a column that a generated one reads"));
    }
    let removed = table.columns.remove(column);
    for c in &mut table.columns {
        c.generated = c.generated.as_ref().map(moved);
    }
    if let Some(name) =
        removed.sequence.and_then(|oid| ddl.engine.sequences.name(oid).map(str::to_owned))
    {
        ddl.unname(&name)?;
    }
    // Keys of other tables count this table's columns too.
    let children: Vec<Arc<Table>> = catalog
        .references_to(table.oid)
        .filter(|(child, _)| child.oid != table.oid)
        .map(|(child, _)| child.clone())
        .collect();
    for child in children {
        let mut changed = (*child).clone();
        for key in changed.foreign_keys.iter_mut().filter(|key| key.parent == table.oid) {
            key.parent_columns.iter_mut().for_each(|c| *c = map(*c));
        }
        ddl.put(changed)?;
    }
    rewrite(ddl, table, |row| {
        Ok(row
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != column)
            .map(|(_, v)| v.clone())
            .collect())
    })
}

fn drop_constraint(ddl: &mut Ddl<'_>, table: &mut Table, name: &str, if_exists: bool) -> R<()> {
    if !table.has_constraint(name) {
        let what = format!("constraint \"{name}\" of relation \"{}\" does not exist", table.name);
        if !if_exists {
            return fail("42704", what);
        }
        ddl.skip(what);
        return Ok(());
    }
    if let Some(index) = table.indexes.iter().find(|index| index.constraint && *index.name == *name)
    {
        let catalog = ddl.catalog();
        if let Some((child, key)) =
            catalog.references_to(table.oid).find(|(_, key)| key.parent_index == index.oid)
        {
            return Err(pg(
                "2BP01",
                format!(
                    "cannot drop constraint {name} on table {} because other objects depend on it",
                    table.name
                ),
            )
            .with_detail(format!(
                "constraint {} on table {} depends on index {name}",
                key.name, child.name
            )));
        }
        ddl.unname(name)?;
    }
    table.checks.retain(|check| *check.name != *name);
    table.foreign_keys.retain(|key| *key.name != *name);
    table.indexes.retain(|index| !(index.constraint && *index.name == *name));
    Ok(())
}

fn rename_constraint(ddl: &mut Ddl<'_>, table: &mut Table, from: &str, to: &str) -> R<()> {
    if !table.has_constraint(from) {
        return fail(
            "42704",
            format!("constraint \"{from}\" for table \"{}\" does not exist", table.name),
        );
    }
    if table.has_constraint(to) {
        return fail(
            "42710",
            format!("constraint \"{to}\" for relation \"{}\" already exists", table.name),
        );
    }
    table
        .checks
        .iter_mut()
        .filter(|check| *check.name == *from)
        .for_each(|check| check.name = to.into());
    table
        .foreign_keys
        .iter_mut()
        .filter(|key| *key.name == *from)
        .for_each(|key| key.name = to.into());
    let oid = table.oid;
    for index in table.indexes.iter_mut().filter(|index| index.constraint && *index.name == *from) {
        index.name = to.into();
        ddl.unname(from)?;
        ddl.name(to, Relation::Index { table: oid, index: index.oid })?;
    }
    Ok(())
}

fn set_type(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    column: &str,
    typed: Typed,
    using: Option<&ast::Expr>,
) -> R<()> {
    let place = table.require_column(column)?;
    let from = table.columns[place].typed;
    let convert = match using {
        Some(expr) => {
            let catalog = ddl.catalog();
            let mut target = table.clone();
            target.columns[place].typed = from;
            let bound =
                Binder::new(&catalog).over_table(&target, expr.clone(), "transform expressions")?;
            (bound.expr.clone(), bound.ty())
        }
        None => (Expr::Column(place), from.ty),
    };
    if cast::context(convert.1, typed.ty).is_none_or(|context| context > Context::Assignment) {
        return Err(pg(
            "42804",
            format!("column \"{column}\" cannot be cast automatically to type {}", typed.ty.name()),
        )
        .with_hint(format!("You might need to specify \"USING {column}::{}\".", typed.ty.name())));
    }
    let versions: Vec<Row> =
        ddl.engine.store.heap(table.heap)?.iter().map(|(_, t)| t.row.clone()).collect();
    let mut values = vec![];
    for row in &versions {
        values.push(ddl.with(|cx| {
            let value = eval(&convert.0, &Frame::of(row), cx)?;
            cast::fit(cast::convert(&value, convert.1, typed.ty, cx.env.now)?, typed, false)
        })?);
    }
    if table.columns[place].default.is_some()
        && from.ty != typed.ty
        && table.columns[place].sequence.is_none()
    {
        let expr = table.columns[place].default.clone();
        table.columns[place].default = expr.map(|expr| {
            Arc::new(Expr::Cast { expr: Box::new((*expr).clone()), from: from.ty, to: typed.ty })
        });
    }
    table.columns[place].typed = typed;
    let mut values = values.into_iter();
    rewrite(ddl, table, |row| {
        let mut changed = row.to_vec();
        changed[place] = values.next().unwrap_or_default();
        Ok(changed.into())
    })
}
