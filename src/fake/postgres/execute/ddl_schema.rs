//! CREATE and ALTER SCHEMA, and what a schema takes along.

use super::super::catalog::{Relation, Schema, Table, View};
use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{CreateSchema, Name, Statement};
use super::ddl::Ddl;
use super::{ddl_create, ddl_index, ddl_sequence, ddl_view};

fn check_name(name: &str) -> R<()> {
    if name.starts_with("pg_") {
        return Err(pg("42939", format!("unacceptable schema name \"{name}\""))
            .with_detail("The prefix \"pg_\" is reserved for system schemas."));
    }
    Ok(())
}

pub(super) fn create(ddl: &mut Ddl<'_>, create: &CreateSchema) -> R<bool> {
    let name = &create.name;
    check_name(name)?;
    let catalog = ddl.catalog();
    if catalog.schema_named(name).is_some() || name == "information_schema" {
        let what = format!("schema \"{name}\" already exists");
        ddl.taken("42P06", what, create.if_not_exists)?;
        return Ok(true);
    }
    let oid = ddl.engine.new_oid();
    let version = ddl.version();
    ddl.draft()?.put_schema(Schema { oid, name: name.as_str().into() }, version);
    if create.elements.is_empty() {
        return Ok(true);
    }
    // The elements see the new schema first, whatever the search path says.
    let (path, temporary) = ddl.me.path();
    let within = format!("\"{}\", {path}", name.replace('"', "")).into();
    let version = ddl.version();
    ddl.draft()?.look_along((&within, temporary), version);
    let rank = |element: &Statement| match element {
        Statement::CreateSequence(_) => 0,
        Statement::CreateTable(_) => 1,
        Statement::CreateView(_) => 2,
        _ => 3,
    };
    let mut elements: Vec<&Statement> = create.elements.iter().collect();
    elements.sort_by_key(|element| rank(element));
    for element in elements {
        element_of(ddl, name, element.clone())?;
    }
    let version = ddl.version();
    ddl.draft()?.look_along((&path, temporary), version);
    Ok(true)
}

/// What stands in CREATE SCHEMA goes into that schema.
fn element_of(ddl: &mut Ddl<'_>, schema: &str, mut element: Statement) -> R<()> {
    let place = |name: &mut Name| match &name.schema {
        None => {
            name.schema = Some(schema.to_owned());
            Ok(())
        }
        Some(other) if other == schema => Ok(()),
        Some(other) => fail(
            "42P15",
            format!(
                "CREATE specifies a schema ({other}) different from the one being created ({schema})"
            ),
        ),
    };
    match &mut element {
        Statement::CreateTable(create) => {
            place(&mut create.name)?;
            ddl_create::table(ddl, create)?;
        }
        Statement::CreateView(create) => {
            place(&mut create.name)?;
            ddl_view::create(ddl, create)?;
        }
        Statement::CreateSequence(create) => {
            place(&mut create.name)?;
            ddl_sequence::create(ddl, create)?;
        }
        Statement::CreateIndex(create) => {
            place(&mut create.table)?;
            ddl_index::index(ddl, create)?;
        }
        _ => return fail("42601", "syntax error in CREATE SCHEMA"),
    }
    Ok(())
}

pub(super) fn alter(ddl: &mut Ddl<'_>, name: &str, rename: Option<&str>) -> R<bool> {
    let catalog = ddl.catalog();
    let Some(schema) = catalog.schema_named(name) else {
        return fail("3F000", format!("schema \"{name}\" does not exist"));
    };
    if let Some(to) = rename {
        if catalog.schema_named(to).is_some() {
            return fail("42P06", format!("schema \"{to}\" already exists"));
        }
        check_name(to)?;
        let version = ddl.version();
        let renamed = Schema { name: to.into(), ..(**schema).clone() };
        ddl.draft()?.put_schema(renamed, version);
    }
    Ok(true)
}

/// ALTER … SET SCHEMA. A table takes its indexes and its sequences along.
pub(super) fn move_to(ddl: &mut Ddl<'_>, relation: Relation, to: &str) -> R<()> {
    let catalog = ddl.catalog();
    let schema = catalog.require_schema(to)?;
    let free = |name: &str| match catalog.relation_in(schema, name) {
        Some(_) => fail("42P07", format!("relation \"{name}\" already exists in schema \"{to}\"")),
        None => Ok(()),
    };
    match relation {
        Relation::Table(oid) => {
            let table = catalog.table(oid)?;
            if table.schema == schema {
                return Ok(());
            }
            free(&table.name)?;
            ddl.unname(table.schema, &table.name)?;
            ddl.name(schema, &table.name, relation)?;
            for index in &table.indexes {
                free(&index.name)?;
                ddl.unname(table.schema, &index.name)?;
                let moved = Relation::Index { table: oid, index: index.oid };
                ddl.name(schema, &index.name, moved)?;
            }
            ddl.put(Table { schema, ..(**table).clone() })?;
            for sequence in catalog.owned_sequences(oid, None) {
                ddl_sequence::rename(ddl, sequence.oid, schema, &sequence.name)?;
            }
            Ok(())
        }
        Relation::View(oid) => {
            let view = catalog.view(oid)?;
            if view.schema == schema {
                return Ok(());
            }
            free(&view.name)?;
            ddl.unname(view.schema, &view.name)?;
            ddl.name(schema, &view.name, relation)?;
            ddl.put_view(View { schema, ..(**view).clone() })
        }
        Relation::Sequence(oid) => {
            let sequence = catalog.sequence(oid)?;
            if let Some((table, _)) = sequence.owner {
                return Err(pg("0A000", "cannot move an owned sequence into another schema")
                    .with_detail(format!(
                        "Sequence \"{}\" is linked to table \"{}\".",
                        sequence.name,
                        catalog.table(table)?.name
                    )));
            }
            if sequence.schema == schema {
                return Ok(());
            }
            free(&sequence.name)?;
            ddl_sequence::rename(ddl, oid, schema, &sequence.name)
        }
        Relation::Index { .. } => fail("0A000", "cannot change schema of an index"),
    }
}
