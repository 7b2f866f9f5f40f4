//! CREATE TABLE.

use std::sync::Arc;

use super::super::catalog::{Column, Oid, Relation, Table, choose};
use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, ConstraintKind, SequenceOptions, TableLock};
use super::super::plan::{Binder, Expr, is_immutable};
use super::super::types::Datum;
use super::ddl::Ddl;
use super::ddl_constraints::add_constraint;
use super::{ddl_like, ddl_sequence, ddl_types};

/// Whether a relation's name is taken, or about to be.
pub(super) fn taken(ddl: &Ddl<'_>, schema: Oid, name: &str) -> bool {
    ddl.catalog().relation_in(schema, name).is_some()
}

/// Whether an index of a constraint may not be named so.
pub(super) fn key_taken(ddl: &Ddl<'_>, table: &Table, name: &str) -> bool {
    taken(ddl, table.schema, name) || constraint_taken(ddl, table, name)
}

/// Whether a name that is made up for a constraint is taken: in the whole schema.
pub(super) fn constraint_taken(ddl: &Ddl<'_>, table: &Table, name: &str) -> bool {
    table.has_constraint(name)
        || ddl.catalog().tables().any(|other| {
            other.schema == table.schema && other.oid != table.oid && other.has_constraint(name)
        })
}

/// Names that every table has already.
pub(super) const SYSTEM_COLUMNS: &[&str] = &["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

fn already_exists(ddl: &mut Ddl<'_>, name: &str, skip: bool) -> R<bool> {
    ddl.taken("42P07", format!("relation \"{name}\" already exists"), skip)?;
    Ok(true)
}

pub(super) fn table(ddl: &mut Ddl<'_>, create: &ast::CreateTable) -> R<bool> {
    let schema = ddl.schema_for(&create.name, create.persistence)?;
    let name = &create.name.name;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Types)? {
        return Ok(false);
    }
    if taken(ddl, schema, name) {
        return already_exists(ddl, name, create.if_not_exists);
    }
    let temporary = ddl.me.values.temporary == Some(schema);
    if create.on_commit != ast::OnCommit::PreserveRows && !temporary {
        return fail("42P16", "ON COMMIT can only be used on temporary tables");
    }
    if ddl_types::table_name_taken(&ddl.catalog(), schema, name) {
        return Err(pg("42710", format!("type \"{name}\" already exists")).with_hint(
            "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.",
        ));
    }
    // Referenced tables are locked first, so that nothing is half done when that must wait.
    if !lock_parents(ddl, create)? {
        return Ok(false);
    }
    let oid = ddl.engine.new_oid();
    let heap = ddl.new_heap();
    let mut table = Table {
        oid,
        schema,
        name: name.as_str().into(),
        columns: vec![],
        next_column: 1,
        on_commit: create.on_commit,
        materialized: None,
        heap,
        indexes: vec![],
        checks: vec![],
        foreign_keys: vec![],
    };
    let mut likes = create.likes.iter().peekable();
    let mut copied = vec![];
    for (place, column) in create.columns.iter().enumerate() {
        while let Some((_, like)) = likes.next_if(|(before, _)| *before == place) {
            copied.push(ddl_like::columns(ddl, &mut table, like)?);
        }
        if table.column(&column.name).is_some() {
            return fail("42701", format!("column \"{}\" specified more than once", column.name));
        }
        add_column(ddl, &mut table, column)?;
    }
    for (_, like) in likes {
        copied.push(ddl_like::columns(ddl, &mut table, like)?);
    }
    for column in &create.columns {
        let place = table.require_column(&column.name)?;
        if column.generated.is_some() {
            // Until it is bound: other generated columns must not read it.
            table.columns[place].generated = Some(Arc::new(Expr::Const(Datum::Null)));
        }
    }
    for column in &create.columns {
        let place = table.require_column(&column.name)?;
        bind_column(ddl, &mut table, place, column)?;
    }
    ddl.name(schema, name, Relation::Table(oid))?;
    ddl.put(table.clone())?;
    let of_columns = create.columns.iter().flat_map(|column| &column.constraints);
    let all: Vec<&ast::Constraint> = of_columns.chain(&create.constraints).collect();
    let checks: Vec<&String> = all
        .iter()
        .filter(|constraint| matches!(constraint.kind, ConstraintKind::Check { .. }))
        .filter_map(|constraint| constraint.name.as_ref())
        .collect();
    if let Some((_, name)) = checks.iter().enumerate().find(|(at, own)| checks[..*at].contains(own))
    {
        return fail("42710", format!("check constraint \"{name}\" already exists"));
    }
    // Keys before the foreign keys that may refer to the table itself.
    let rank = |constraint: &ast::Constraint| match constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::UsingIndex { .. } => 0,
        ConstraintKind::Unique { .. } => 1,
        ConstraintKind::Check { .. } => 2,
        ConstraintKind::ForeignKey { .. } => 3,
    };
    for wanted in 0..4 {
        for constraint in all.iter().filter(|constraint| rank(constraint) == wanted) {
            add_constraint(ddl, &mut table, constraint)?;
            ddl.put(table.clone())?;
        }
    }
    for like in copied {
        ddl_like::rest(ddl, &mut table, &like)?;
        ddl.put(table.clone())?;
    }
    Ok(true)
}

fn lock_parents(ddl: &mut Ddl<'_>, create: &ast::CreateTable) -> R<bool> {
    let catalog = ddl.catalog();
    let of_columns = create.columns.iter().flat_map(|column| &column.constraints);
    for constraint in of_columns.chain(&create.constraints) {
        if let ConstraintKind::ForeignKey { table, .. } = &constraint.kind
            && *table != create.name
        {
            let Some(Relation::Table(parent)) = catalog.seek(table)? else { continue };
            let parent = catalog.table(parent)?.clone();
            if !ddl.lock(&parent, TableLock::ShareRowExclusive)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// The column without what its expressions say.
pub(super) fn add_column(ddl: &mut Ddl<'_>, table: &mut Table, column: &ast::ColumnDef) -> R<()> {
    if SYSTEM_COLUMNS.contains(&column.name.as_str()) {
        return fail(
            "42701",
            format!("column name \"{}\" conflicts with a system column name", column.name),
        );
    }
    let twice = match (&column.identity, &column.generated) {
        (Some(_), Some(_)) => Some("both identity and generation expression"),
        (Some(_), None) if column.default.is_some() || column.serial => {
            Some("both default and identity")
        }
        (None, Some(_)) if column.default.is_some() || column.serial => {
            Some("both default and generation expression")
        }
        _ => None,
    };
    if let Some(what) = twice {
        let (column, table) = (&column.name, &table.name);
        let message = format!("{what} specified for column \"{column}\" of table \"{table}\"");
        return fail("42601", message);
    }
    let typed = Binder::new(&ddl.catalog()).type_of(&column.typed)?;
    let mut made = Column {
        id: table.next_column,
        name: column.name.as_str().into(),
        typed,
        not_null: column.not_null,
        default: None,
        identity: column.identity.as_ref().map(|(always, _)| *always),
        generated: None,
    };
    let options = match &column.identity {
        Some((_, options)) => Some(options.clone()),
        None => column.serial.then(SequenceOptions::default),
    };
    if let Some(options) = options {
        if column.default.is_some() {
            let kind = if column.serial {
                "multiple default values specified"
            } else {
                "both default and identity specified"
            };
            return fail(
                "42601",
                format!("{kind} for column \"{}\" of table \"{}\"", column.name, table.name),
            );
        }
        let place = sequence_place(ddl, table, &column.name, &options)?;
        let owner = Some((table.oid, made.id, column.identity.is_some()));
        let oid = ddl_sequence::make(ddl, (place.0, &place.1), &options, typed.ty, owner)?;
        made.default = Some(Arc::new(ddl_sequence::nextval(oid)?));
    }
    table.next_column += 1;
    table.columns.push(made);
    Ok(())
}

/// The schema and name of a column's sequence.
pub(super) fn sequence_place(
    ddl: &Ddl<'_>,
    table: &Table,
    column: &str,
    options: &SequenceOptions,
) -> R<(Oid, String)> {
    match &options.name {
        Some(name) => {
            let schema = match &name.schema {
                Some(schema) => ddl.catalog().require_schema(schema)?,
                None => table.schema,
            };
            if taken(ddl, schema, &name.name) {
                return fail("42P07", format!("relation \"{}\" already exists", name.name));
            }
            Ok((schema, name.name.clone()))
        }
        None => {
            let schema = table.schema;
            let name = choose(&table.name, &[column], "seq", |name| taken(ddl, schema, name));
            Ok((schema, name))
        }
    }
}

/// DEFAULT and GENERATED.
pub(super) fn bind_column(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    place: usize,
    column: &ast::ColumnDef,
) -> R<()> {
    let catalog = ddl.catalog();
    if let Some(default) = &column.default {
        let expr = Binder::new(&catalog).value_for(
            table,
            default.clone(),
            place,
            "DEFAULT expressions",
        )?;
        table.columns[place].default = Some(Arc::new(expr));
    }
    if let Some(generated) = &column.generated {
        let expr = Binder::new(&catalog).value_for(
            table,
            generated.clone(),
            place,
            "column generation expressions",
        )?;
        let mut read = vec![];
        expr.columns(&mut read);
        let generated = |at: &&usize| **at == place || table.columns[**at].generated.is_some();
        if let Some(at) = read.iter().find(generated) {
            let other = &table.columns[*at].name;
            let message =
                format!("cannot use generated column \"{other}\" in column generation expression");
            return Err(pg("42P17", message)
                .with_detail("A generated column cannot reference another generated column."));
        }
        if !is_immutable(&expr) {
            return fail("42P17", "generation expression is not immutable");
        }
        table.columns[place].generated = Some(Arc::new(expr));
    }
    Ok(())
}
