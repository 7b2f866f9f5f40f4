//! CREATE VIEW.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::catalog::{Definition, Oid, Relation, View, ViewColumn};
use super::super::errors::{R, fail, pg};
use super::super::notice::Notice;
use super::super::parse::ast::{CreateView, Persistence, TableLock};
use super::super::plan::{self, Output};
use super::ddl::Ddl;

/// Whether the query reads what only this session has.
pub(super) fn reads_temporary(ddl: &Ddl<'_>, definition: &Definition) -> bool {
    let Some(temporary) = ddl.me.values.temporary else { return false };
    let catalog = ddl.catalog();
    definition.uses.iter().any(|(oid, _)| {
        catalog.table(*oid).is_ok_and(|table| table.schema == temporary)
            || catalog.view(*oid).is_ok_and(|view| view.schema == temporary)
    })
}

/// Names for the columns, which must differ.
pub(super) fn name_columns(
    outputs: &mut [Output],
    names: &[String],
    too_many: &'static str,
) -> R<()> {
    if names.len() > outputs.len() {
        return fail("42601", too_many);
    }
    for (output, name) in outputs.iter_mut().zip(names) {
        output.name = name.as_str().into();
    }
    let mut seen = BTreeSet::new();
    for output in outputs.iter() {
        if !seen.insert(output.name.clone()) {
            return fail("42701", format!("column \"{}\" specified more than once", output.name));
        }
    }
    Ok(())
}

pub(super) fn create(ddl: &mut Ddl<'_>, create: &CreateView) -> R<bool> {
    let catalog = ddl.catalog();
    let (definition, mut outputs) = plan::define(&catalog, create.query.clone())?;
    name_columns(
        &mut outputs,
        &create.columns,
        "CREATE VIEW specifies more column names than columns",
    )?;
    if let (Some(_), Some(why)) = (create.check, definition.fixed) {
        return Err(pg(
            "0A000",
            "WITH CHECK OPTION is supported only on automatically updatable views",
        )
        .with_hint(why));
    }
    let name = &create.name.name;
    let mut persistence = Persistence::Permanent;
    if create.temporary {
        persistence = Persistence::Temporary;
    } else if reads_temporary(ddl, &definition) {
        persistence = Persistence::Temporary;
        let notice = format!("view \"{name}\" will be a temporary view");
        ddl.me.notify(Notice::note("00000", notice));
    }
    let schema = ddl.schema_for(&create.name, persistence)?;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Types)? {
        return Ok(false);
    }
    let columns = outputs
        .iter()
        .map(|output| ViewColumn { name: output.name.clone(), typed: output.typed, default: None })
        .collect();
    let made = View {
        oid: 0,
        schema,
        name: name.as_str().into(),
        columns,
        definition: Arc::new(definition),
        check: create.check,
    };
    match ddl.catalog().relation_in(schema, name) {
        None => {
            let oid = ddl.engine.new_oid();
            ddl.put_view(View { oid, ..made })?;
            ddl.name(schema, name, Relation::View(oid))?;
            Ok(true)
        }
        Some(Relation::View(oid)) if create.or_replace => replace(ddl, oid, made),
        Some(_) if create.or_replace => fail("42809", format!("\"{name}\" is not a view")),
        Some(_) => fail("42P07", format!("relation \"{name}\" already exists")),
    }
}

fn replace(ddl: &mut Ddl<'_>, oid: Oid, mut made: View) -> R<bool> {
    let mode = TableLock::AccessExclusive;
    if !ddl.engine.lock_table(ddl.me, ddl.slot, oid, mode, false, &made.name)? {
        return Ok(false);
    }
    let old = ddl.catalog().view(oid)?.clone();
    if made.columns.len() < old.columns.len() {
        return fail("42P16", "cannot drop columns from view");
    }
    for (new, old) in made.columns.iter_mut().zip(&old.columns) {
        if new.name != old.name {
            return Err(pg(
                "42P16",
                format!("cannot change name of view column \"{}\" to \"{}\"", old.name, new.name),
            )
            .with_hint(
                "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
            ));
        }
        if new.typed != old.typed {
            return fail(
                "42P16",
                format!(
                    "cannot change data type of view column \"{}\" from {} to {}",
                    old.name,
                    old.typed.describe(),
                    new.typed.describe()
                ),
            );
        }
        new.default = old.default.clone();
    }
    ddl.put_view(View { oid, ..made })?;
    Ok(true)
}
