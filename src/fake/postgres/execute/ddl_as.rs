//! CREATE TABLE … AS, materialized views, and their refreshing.

use std::sync::Arc;

use super::super::catalog::{Column, Materialized, Oid, Relation, Table};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{CreateTableAs, Name, OnCommit, Statement, TableLock};
use super::super::plan::{self, Body, Plan};
use super::super::store::{NO_TUPLE, Stamp, Tuple, Undo};
use super::super::types::Row;
use super::ddl::{Ddl, Done};
use super::ddl_index::check_keys;
use super::ddl_view::{name_columns, reads_temporary};
use super::{Results, run, select, with_cx};

/// The rows of a query; `None` if the session must wait for a lock.
fn rows_of(ddl: &mut Ddl<'_>, plan: &Plan) -> R<Option<Vec<Row>>> {
    let Body::Select(query) = &plan.body else {
        return Err(unsupported("CREATE TABLE AS of a statement that changes rows"));
    };
    if query.locks_rows() || plan.subplans.iter().any(|subplan| subplan.eager) {
        return Err(unsupported("a query that changes or locks rows in CREATE TABLE AS"));
    }
    for (oid, mode) in &plan.locks {
        if !ddl.engine.lock_table(ddl.me, ddl.slot, *oid, *mode, false, "")? {
            return Ok(None);
        }
    }
    let Some(snapshot) = run::take_snapshot(ddl.engine, ddl.me, ddl.slot)? else {
        return Ok(None);
    };
    let mut results = Results::default();
    let (rows, _) = with_cx(ddl.engine, ddl.me, plan, &[], snapshot, &mut results, |cx| {
        select::run(query, None, cx)
    })?;
    Ok(Some(rows))
}

/// Puts rows into a heap that nobody else sees yet.
fn fill(ddl: &mut Ddl<'_>, heap: usize, rows: Vec<Row>) -> R<()> {
    let xid = ddl.engine.assign_xid(ddl.me, ddl.slot)?;
    let cid = ddl.me.txn.as_ref().map_or(0, |txn| txn.cid);
    for row in rows {
        let tuple = Tuple {
            row,
            born: Stamp::pending(xid),
            died: Stamp::NONE,
            cmin: cid,
            made_by: xid as u32,
            ended_by: 0,
            cmax: 0,
            next: NO_TUPLE,
            root: NO_TUPLE,
            died_keyed: false,
            same_keys: false,
        };
        let tid = ddl.engine.store.append(heap, tuple)?;
        if let Some(txn) = &mut ddl.me.txn {
            txn.undo.push(Undo::Born { heap, tid });
        }
    }
    Ok(())
}

pub(super) fn create(ddl: &mut Ddl<'_>, create: &CreateTableAs) -> Done {
    let name = &create.name.name;
    let schema = ddl.schema_for(&create.name, create.persistence)?;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Types)? {
        return Ok(None);
    }
    if ddl.catalog().relation_in(schema, name).is_some() {
        let what = format!("relation \"{name}\" already exists");
        ddl.taken("42P07", what, create.if_not_exists)?;
        return Ok(Some(None));
    }
    let temporary = ddl.me.values.temporary == Some(schema);
    if create.on_commit != OnCommit::PreserveRows && !temporary {
        return fail("42P16", "ON COMMIT can only be used on temporary tables");
    }
    let catalog = ddl.catalog();
    let (definition, plan, mut outputs) = if create.materialized {
        let (definition, outputs) = plan::define(&catalog, create.query.clone())?;
        if temporary || reads_temporary(ddl, &definition) {
            return fail("0A000", "materialized views must not use temporary tables or views");
        }
        let definition = Arc::new(definition);
        let plan = match create.with_data {
            true => plan::plan_definition(&catalog, &definition)?,
            false => plan::empty(),
        };
        (Some(definition), plan, outputs)
    } else {
        let plan = plan::plan(&catalog, Statement::Query(Box::new(create.query.clone())))?;
        if !plan.params.is_empty() {
            return Err(unsupported("a parameter in CREATE TABLE AS"));
        }
        let outputs = plan.columns.to_vec();
        (None, plan, outputs)
    };
    name_columns(&mut outputs, &create.columns, "too many column names were specified")?;
    let rows = if create.with_data {
        match rows_of(ddl, &plan)? {
            Some(rows) => rows,
            None => return Ok(None),
        }
    } else {
        vec![]
    };
    let oid = ddl.engine.new_oid();
    let heap = ddl.new_heap();
    let count = rows.len() as u64;
    let columns: Vec<Column> = outputs
        .into_iter()
        .zip(1..)
        .map(|(output, id)| Column {
            id,
            name: output.name,
            typed: output.typed,
            not_null: false,
            default: None,
            identity: None,
            generated: None,
        })
        .collect();
    let table = Table {
        oid,
        schema,
        name: name.as_str().into(),
        next_column: columns.len() as u32 + 1,
        columns,
        on_commit: create.on_commit,
        materialized: definition
            .map(|definition| Materialized { definition, populated: create.with_data }),
        heap,
        indexes: vec![],
        checks: vec![],
        foreign_keys: vec![],
    };
    ddl.name(schema, name, Relation::Table(oid))?;
    ddl.put(table)?;
    fill(ddl, heap, rows)?;
    Ok(Some(create.with_data.then_some(count)))
}

fn materialized(ddl: &Ddl<'_>, name: &Name) -> R<Oid> {
    let catalog = ddl.catalog();
    match catalog.seek(name)? {
        Some(Relation::Table(oid)) if catalog.table(oid)?.materialized.is_some() => Ok(oid),
        Some(Relation::Table(_)) => {
            fail("0A000", format!("\"{}\" is not a materialized view", name.name))
        }
        Some(_) => fail("42809", format!("\"{}\" is not a table or materialized view", name.name)),
        None => fail("42P01", format!("relation \"{name}\" does not exist")),
    }
}

pub(super) fn refresh(
    ddl: &mut Ddl<'_>,
    name: &Name,
    concurrently: bool,
    with_data: bool,
) -> R<bool> {
    let oid = materialized(ddl, name)?;
    let table = ddl.catalog().table(oid)?.clone();
    let mode = if concurrently { TableLock::Exclusive } else { TableLock::AccessExclusive };
    if !ddl.lock(&table, mode)? {
        return Ok(false);
    }
    let catalog = ddl.catalog();
    let mut table = (**catalog.table(oid)?).clone();
    let Some(made) = table.materialized.clone() else { return Ok(true) };
    if concurrently && !made.populated {
        return fail(
            "0A000",
            "CONCURRENTLY cannot be used when the materialized view is not populated",
        );
    }
    if concurrently && !with_data {
        return fail("42601", "CONCURRENTLY and WITH NO DATA options cannot be used together");
    }
    let whole = |index: &super::super::catalog::Index| {
        index.unique && index.predicate.is_none() && index.columns().is_some()
    };
    if concurrently && !table.indexes.iter().any(whole) {
        let schema = catalog.schema_name(table.schema);
        return Err(pg(
            "55000",
            format!("cannot refresh materialized view \"{schema}.{}\" concurrently", table.name),
        )
        .with_hint(
            "Create a unique index with no WHERE clause on one or more columns of the materialized view.",
        ));
    }
    let mut rows = vec![];
    if with_data {
        let plan = plan::plan_definition(&catalog, &made.definition)?;
        match rows_of(ddl, &plan)? {
            Some(found) => rows = found,
            None => return Ok(false),
        }
    }
    ddl.discard_heap(table.heap);
    table.heap = ddl.new_heap();
    table.materialized = Some(Materialized { populated: with_data, ..made });
    ddl.rebuild_indexes(&mut table)?;
    fill(ddl, table.heap, rows)?;
    for index in table.indexes.clone() {
        check_keys(ddl, &table, &index)?;
    }
    ddl.put(table)?;
    Ok(true)
}
