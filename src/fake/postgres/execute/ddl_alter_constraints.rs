//! What ALTER TABLE does with a constraint that is there.

use super::super::catalog::{Deferral, Relation, Table};
use super::super::errors::{R, fail};
use super::ddl::Ddl;
use super::ddl_alter::free_name;
use super::ddl_constraints::{validate_check, validate_foreign_key};

fn absent_constraint<T>(table: &Table, name: &str) -> R<T> {
    fail("42704", format!("constraint \"{name}\" of relation \"{}\" does not exist", table.name))
}

pub(super) fn validate(ddl: &mut Ddl<'_>, table: &mut Table, name: &str) -> R<()> {
    if let Some(place) = table.checks.iter().position(|check| *check.name == *name) {
        let check = table.checks[place].clone();
        if !check.valid {
            validate_check(ddl, table, &check)?;
        }
        table.checks[place].valid = true;
        return Ok(());
    }
    if let Some(place) = table.foreign_keys.iter().position(|key| *key.name == *name) {
        let key = table.foreign_keys[place].clone();
        if !key.valid {
            let parent = ddl.catalog().table(key.parent)?.clone();
            validate_foreign_key(ddl, table, &parent, &key)?;
        }
        table.foreign_keys[place].valid = true;
        return Ok(());
    }
    if table.has_constraint(name) {
        return fail(
            "42809",
            format!(
                "constraint \"{name}\" of relation \"{}\" is not a foreign key or check constraint",
                table.name
            ),
        );
    }
    absent_constraint(table, name)
}

pub(super) fn alter_constraint(
    table: &mut Table,
    name: &str,
    deferrable: bool,
    deferred: bool,
) -> R<()> {
    let known = table.has_constraint(name);
    match table.foreign_keys.iter_mut().find(|key| *key.name == *name) {
        Some(key) => {
            key.deferral = Deferral::new(deferrable, deferred);
            Ok(())
        }
        None if known => fail(
            "42809",
            format!(
                "constraint \"{name}\" of relation \"{}\" is not a foreign key constraint",
                table.name
            ),
        ),
        None => absent_constraint(table, name),
    }
}

pub(super) fn rename_constraint(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    from: &str,
    to: &str,
) -> R<()> {
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
        free_name(&ddl.catalog(), table.schema, to)?;
        index.name = to.into();
        ddl.unname(table.schema, from)?;
        ddl.name(table.schema, to, Relation::Index { table: oid, index: index.oid })?;
    }
    Ok(())
}
