//! Columns that ALTER TABLE adds, removes and changes, with the rows that are there.

use std::sync::Arc;

use super::super::catalog::{IndexKey, Table};
use super::super::errors::{R, fail, pg};
use super::super::parse;
use super::super::parse::ast::{self, SequenceOptions};
use super::super::plan::{Binder, Expr, expression_text, is_immutable, quoted};
use super::super::store::Undo;
use super::super::types::cast::{self, Context};
use super::super::types::{Datum, Row, Type, Typed};
use super::ddl::Ddl;
use super::ddl_constraints::{add_constraint, contains_nulls, validate_check};
use super::ddl_create::{add_column, bind_column};
use super::ddl_depend::reads;
use super::ddl_index::check_keys;
use super::eval::eval;
use super::{Frame, ddl_sequence};

/// Gives the table a heap with changed rows, and new indexes.
pub(super) fn rewrite(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    mut change: impl FnMut(&Row) -> R<Row>,
) -> R<()> {
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

pub(super) fn add(ddl: &mut Ddl<'_>, table: &mut Table, column: &ast::ColumnDef) -> R<()> {
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

/// Takes a column out. What depended on it is gone already.
pub(super) fn remove_column(ddl: &mut Ddl<'_>, table: &mut Table, column: usize) -> R<()> {
    let catalog = ddl.catalog();
    let map = move |place: usize| if place > column { place - 1 } else { place };
    let moved = |expr: &Arc<Expr>| {
        let mut expr = (**expr).clone();
        expr.map_columns(&map);
        Arc::new(expr)
    };
    table.checks.iter_mut().for_each(|check| check.expr = moved(&check.expr));
    for key in &mut table.foreign_keys {
        key.columns.iter_mut().for_each(|c| *c = map(*c));
        key.set_columns.iter_mut().for_each(|c| *c = map(*c));
        if key.parent == table.oid {
            key.parent_columns.iter_mut().for_each(|c| *c = map(*c));
        }
    }
    for index in &mut table.indexes {
        for key in &mut index.keys {
            match key {
                IndexKey::Column(c) => *c = map(*c),
                IndexKey::Expr(expr) => *expr = moved(expr),
            }
        }
        index.include.iter_mut().for_each(|c| *c = map(*c));
        index.predicate = index.predicate.as_ref().map(moved);
    }
    table.columns.remove(column);
    for c in &mut table.columns {
        c.generated = c.generated.as_ref().map(moved);
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

pub(super) fn set_type(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    column: &str,
    typed: Typed,
    using: Option<&ast::Expr>,
) -> R<()> {
    let place = table.require_column(column)?;
    let from = table.columns[place].typed;
    let name = typed.ty.name();
    type_may_change(ddl, table, place)?;
    let convert = match using {
        Some(expr) => {
            let catalog = ddl.catalog();
            let bound =
                Binder::new(&catalog).over_table(table, expr.clone(), "transform expressions")?;
            (bound.expr.clone(), bound.ty())
        }
        None => (Expr::Column(place), from.ty),
    };
    if cast::context(convert.1, typed.ty).is_none_or(|context| context > Context::Assignment) {
        return Err(if using.is_some() {
            pg(
                "42804",
                format!(
                    "result of USING clause for column \"{column}\" cannot be cast automatically to type {name}"
                ),
            )
            .with_hint("You might need to add an explicit cast.")
        } else {
            let error = pg(
                "42804",
                format!("column \"{column}\" cannot be cast automatically to type {name}"),
            );
            let castable = cast::context(convert.1, typed.ty).is_some();
            if !castable {
                error
            } else {
                error.with_hint(format!(
                    "You might need to specify \"USING {}::{name}\".",
                    quoted(column)
                ))
            }
        });
    }
    if let Some(default) = &table.columns[place].default
        && from.ty != typed.ty
        && !(typed.ty.is_integer() && from.ty.is_integer())
    {
        if cast::context(from.ty, typed.ty).is_none_or(|context| context > Context::Assignment) {
            return fail(
                "42804",
                format!(
                    "default for column \"{column}\" cannot be cast automatically to type {name}"
                ),
            );
        }
        let expr = Box::new((**default).clone());
        let cast = Expr::Cast { expr, from: from.ty, to: typed.ty };
        table.columns[place].default = Some(Arc::new(cast));
    }
    let versions: Vec<Row> =
        ddl.engine.store.heap(table.heap)?.iter().map(|(_, t)| t.row.clone()).collect();
    let mut values = vec![];
    for row in &versions {
        values.push(ddl.with(|cx| {
            let value = eval(&convert.0, &Frame::of(row), cx)?;
            super::ddl_types::converted(&value, convert.1, typed, cx.env.now)
        })?);
    }
    let written = Written::of(ddl, table, place);
    table.columns[place].typed = typed;
    if !alike(from.ty, typed.ty) {
        written.bind(ddl, table)?;
    }
    if table.columns[place].identity.is_some() {
        let catalog = ddl.catalog();
        let id = table.columns[place].id;
        for sequence in catalog.owned_sequences(table.oid, Some(id)) {
            let options = SequenceOptions { typed: Some(typed), ..SequenceOptions::default() };
            ddl_sequence::change(ddl, sequence.oid, &options)?;
        }
    }
    let mut values = values.into_iter();
    rewrite(ddl, table, |row| {
        let mut changed = row.to_vec();
        changed[place] = values.next().unwrap_or_default();
        Ok(changed.into())
    })?;
    for check in table.checks.iter().filter(|check| check.valid && reads(&check.expr, place)) {
        validate_check(ddl, table, check)?;
    }
    for index in table.indexes.clone() {
        check_keys(ddl, table, &index)?;
    }
    Ok(())
}

fn alike(from: Type, to: Type) -> bool {
    from == to || (from.is_integer() && to.is_integer()) || (from.is_string() && to.is_string())
}

/// Expressions that read a column, as text: of checks by their place, of keys by index and place, of
/// predicates by index.
struct Written {
    checks: Vec<(usize, String)>,
    keys: Vec<(usize, usize, String)>,
    predicates: Vec<(usize, String)>,
}

impl Written {
    fn of(ddl: &Ddl<'_>, table: &Table, place: usize) -> Written {
        let catalog = ddl.catalog();
        let text = |expr: &Expr| expression_text(&catalog, table, expr);
        let mut written = Written { checks: vec![], keys: vec![], predicates: vec![] };
        for (at, check) in table.checks.iter().enumerate() {
            if reads(&check.expr, place) {
                written.checks.push((at, text(&check.expr)));
            }
        }
        for (at, index) in table.indexes.iter().enumerate() {
            for (key, expr) in index.keys.iter().enumerate() {
                if let IndexKey::Expr(expr) = expr
                    && reads(expr, place)
                {
                    written.keys.push((at, key, text(expr)));
                }
            }
            if let Some(predicate) = index.predicate.as_ref().filter(|expr| reads(expr, place)) {
                written.predicates.push((at, text(predicate)));
            }
        }
        written
    }

    /// Gives them the meaning that they have with the column's new type.
    fn bind(self, ddl: &mut Ddl<'_>, table: &mut Table) -> R<()> {
        let catalog = ddl.catalog();
        let condition = |table: &Table, text: &str, what| {
            Binder::new(&catalog).condition_over(table, parse::expression(text)?, what)
        };
        let mut rebuilt = vec![];
        for (at, text) in self.predicates {
            let expr = condition(table, &text, "index predicates")?;
            table.indexes[at].predicate = Some(Arc::new(expr));
            rebuilt.push(at);
        }
        for (at, key, text) in self.keys {
            let expr = parse::expression(&text)?;
            let bound = Binder::new(&catalog).over_table(table, expr, "index expressions")?;
            table.indexes[at].keys[key] = IndexKey::Expr(Arc::new(bound.expr));
            rebuilt.push(at);
        }
        let stays = |index: &super::super::catalog::Index| {
            index.predicate.iter().all(|expr| is_immutable(expr))
                && index.keys.iter().all(|key| match key {
                    IndexKey::Expr(expr) => is_immutable(expr),
                    IndexKey::Column(_) => true,
                })
        };
        if rebuilt.iter().any(|at| !stays(&table.indexes[*at])) {
            return fail("42P17", "functions in index expression must be marked IMMUTABLE");
        }
        for (at, text) in self.checks {
            table.checks[at].expr = Arc::new(condition(table, &text, "check constraints")?);
        }
        Ok(())
    }
}

/// Whether nothing stands in the way of another type for the column.
fn type_may_change(ddl: &Ddl<'_>, table: &Table, place: usize) -> R<()> {
    let catalog = ddl.catalog();
    let (name, id) = (&table.columns[place].name, table.columns[place].id);
    let reads_it = |uses: &std::collections::BTreeSet<(u32, u32)>| uses.contains(&(table.oid, id));
    let views = catalog.views().filter(|view| reads_it(&view.definition.uses));
    let views = views.map(|view| ("view", view.oid, view.schema, view.name.clone()));
    let tables = catalog.tables().filter(|table| {
        table.materialized.as_ref().is_some_and(|made| reads_it(&made.definition.uses))
    });
    let tables = tables.map(|t| ("materialized view", t.oid, t.schema, t.name.clone()));
    if let Some((kind, _, schema, view)) = views.chain(tables).min_by_key(|(_, oid, ..)| *oid) {
        let view = Ddl::shown_name(&catalog, schema, &view);
        return Err(pg("0A000", "cannot alter type of a column used by a view or rule")
            .with_detail(format!("rule _RETURN on {kind} {view} depends on column \"{name}\"")));
    }
    for column in &table.columns {
        if column.generated.as_ref().is_some_and(|expr| reads(expr, place)) {
            return Err(pg("0A000", "cannot alter type of a column used by a generated column")
                .with_detail(format!(
                    "Column \"{name}\" is used by generated column \"{}\".",
                    column.name
                )));
        }
    }
    Ok(())
}
