//! TRUNCATE, LOCK TABLE, COMMENT, REINDEX, ANALYZE and VACUUM.

use std::sync::Arc;

use super::super::catalog::{Oid, Relation, Table};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::notice::Notice;
use super::super::parse::ast::{CommentTarget, Name, RelationKind, TableLock};
use super::ddl::Ddl;
use super::ddl_sequence::restart;

pub(super) fn no_effect(ddl: &mut Ddl<'_>, tag: &str, table: Option<&Name>) -> R<bool> {
    if tag == "VACUUM" {
        ddl.outside_block("VACUUM")?;
    }
    if let Some(name) = table {
        let catalog = ddl.catalog();
        if catalog.seek(name)?.is_none() {
            return fail("42P01", format!("relation \"{name}\" does not exist"));
        }
    }
    Ok(true)
}

/// What LOCK TABLE locks: of a view, also what it reads.
fn lockable(ddl: &Ddl<'_>, name: &Name) -> R<Vec<(Oid, Arc<str>)>> {
    let catalog = ddl.catalog();
    let first = match catalog.seek(name)? {
        Some(Relation::Table(oid)) if catalog.table(oid)?.materialized.is_none() => oid,
        Some(Relation::View(oid)) => oid,
        Some(_) => {
            return fail("42809", format!("cannot lock relation \"{}\"", name.name));
        }
        None => return fail("42P01", format!("relation \"{name}\" does not exist")),
    };
    let mut list: Vec<Oid> = vec![first];
    let mut at = 0;
    while let Some(oid) = list.get(at).copied() {
        if let Ok(view) = catalog.view(oid) {
            for (used, _) in &view.definition.uses {
                if !list.contains(used) {
                    list.push(*used);
                }
            }
        }
        at += 1;
    }
    list.into_iter()
        .map(|oid| {
            let name = match catalog.view(oid) {
                Ok(view) => view.name.clone(),
                Err(_) => catalog.table(oid)?.name.clone(),
            };
            Ok((oid, name))
        })
        .collect()
}

pub(super) fn lock_tables(
    ddl: &mut Ddl<'_>,
    names: &[Name],
    mode: TableLock,
    nowait: bool,
) -> R<bool> {
    if ddl.me.txn.as_ref().is_some_and(|txn| txn.implicit) {
        return fail("25P01", "LOCK TABLE can only be used in transaction blocks");
    }
    for name in names {
        for (oid, name) in lockable(ddl, name)? {
            if !ddl.engine.lock_table(ddl.me, ddl.slot, oid, mode, nowait, &name)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

pub(super) fn truncate(
    ddl: &mut Ddl<'_>,
    names: &[Name],
    restarts: bool,
    cascade: bool,
) -> R<bool> {
    let catalog = ddl.catalog();
    let mut tables: Vec<Arc<Table>> = vec![];
    for name in names {
        let table = match catalog.seek(name)? {
            Some(Relation::Table(oid)) if catalog.table(oid)?.materialized.is_none() => {
                catalog.table(oid)?.clone()
            }
            Some(_) => return fail("42809", format!("\"{}\" is not a table", name.name)),
            None => return fail("42P01", format!("relation \"{name}\" does not exist")),
        };
        if !ddl.lock(&table, TableLock::AccessExclusive)? {
            return Ok(false);
        }
        if !tables.iter().any(|known| known.oid == table.oid) {
            tables.push(table);
        }
    }
    let mut at = 0;
    while let Some(table) = tables.get(at).cloned() {
        for (child, _) in catalog.references_to(table.oid) {
            if tables.iter().any(|known| known.oid == child.oid) {
                continue;
            }
            if !cascade {
                return Err(pg(
                    "0A000",
                    "cannot truncate a table referenced in a foreign key constraint",
                )
                .with_detail(format!("Table \"{}\" references \"{}\".", child.name, table.name))
                .with_hint(format!(
                    "Truncate table \"{}\" at the same time, or use TRUNCATE ... CASCADE.",
                    child.name
                )));
            }
            if !ddl.lock(child, TableLock::AccessExclusive)? {
                return Ok(false);
            }
            let notice = format!("truncate cascades to table \"{}\"", child.name);
            ddl.me.notify(Notice::note("00000", notice));
            tables.push(child.clone());
        }
        at += 1;
    }
    for table in tables {
        empty(ddl, table.oid)?;
        if restarts {
            let owned: Vec<Oid> =
                catalog.owned_sequences(table.oid, None).map(|sequence| sequence.oid).collect();
            for oid in owned {
                restart(ddl, oid, None)?;
            }
        }
    }
    Ok(true)
}

/// Gives the table a new heap without rows.
pub(super) fn empty(ddl: &mut Ddl<'_>, oid: Oid) -> R<()> {
    let mut changed = (**ddl.catalog().table(oid)?).clone();
    ddl.discard_heap(changed.heap);
    changed.heap = ddl.new_heap();
    ddl.rebuild_indexes(&mut changed)?;
    ddl.put(changed)
}

pub(super) fn reindex(ddl: &mut Ddl<'_>, kind: RelationKind, name: &Name) -> R<bool> {
    let catalog = ddl.catalog();
    match (kind, catalog.seek(name)?) {
        (RelationKind::Index, Some(Relation::Index { .. })) => Ok(true),
        (RelationKind::Index, Some(_)) => {
            fail("42809", format!("\"{}\" is not an index", name.name))
        }
        (_, Some(Relation::Table(_))) => Ok(true),
        (_, Some(_)) => {
            fail("42809", format!("\"{}\" is not a table or materialized view", name.name))
        }
        (_, None) => fail("42P01", format!("relation \"{name}\" does not exist")),
    }
}

pub(super) fn comment(ddl: &mut Ddl<'_>, target: &CommentTarget, text: Option<&str>) -> R<bool> {
    let catalog = ddl.catalog();
    let missing = |name: &Name| fail("42P01", format!("relation \"{name}\" does not exist"));
    let key = match target {
        CommentTarget::Relation(kind, name) => {
            let Some(found) = catalog.seek(name)? else { return missing(name) };
            let is = kind_of(ddl, found)?;
            if is != *kind {
                let noun = match kind {
                    RelationKind::Table => "a table",
                    RelationKind::View => "a view",
                    RelationKind::MaterializedView => "a materialized view",
                    RelationKind::Index => "an index",
                    RelationKind::Sequence => "a sequence",
                };
                return fail("42809", format!("\"{}\" is not {noun}", name.name));
            }
            (found.oid(), 0)
        }
        CommentTarget::Column(name, column) => {
            let absent = || {
                fail(
                    "42703",
                    format!("column \"{column}\" of relation \"{}\" does not exist", name.name),
                )
            };
            match catalog.seek(name)? {
                Some(Relation::Table(oid)) => match catalog.table(oid)?.column(column) {
                    Some(place) => (oid, catalog.table(oid)?.columns[place].id),
                    None => return absent(),
                },
                Some(Relation::View(oid)) => match catalog.view(oid)?.column(column) {
                    Some(place) => (oid, place as u32 + 1),
                    None => return absent(),
                },
                Some(_) => {
                    return Err(unsupported("COMMENT ON a column of anything but a table or view"));
                }
                None => return missing(name),
            }
        }
        CommentTarget::Constraint(name, constraint) => {
            let Some(Relation::Table(oid)) = catalog.seek(name)? else { return missing(name) };
            let table = catalog.table(oid)?;
            let checks = table.checks.iter().map(|check| (check.oid, &check.name));
            let keys = table.foreign_keys.iter().map(|key| (key.oid, &key.name));
            let indexes = table.indexes.iter().filter(|index| index.constraint);
            let indexes = indexes.map(|index| (index.oid, &index.name));
            let found = checks.chain(keys).chain(indexes).find(|(_, n)| ***n == **constraint);
            match found {
                // Numbered apart from the index of the same name.
                Some((oid, _)) => (oid, u32::MAX),
                None => {
                    return fail(
                        "42704",
                        format!(
                            "constraint \"{constraint}\" for table \"{}\" does not exist",
                            name.name
                        ),
                    );
                }
            }
        }
        CommentTarget::Schema(name) => (catalog.require_schema(name)?, 0),
        CommentTarget::Other(what, _) if what == "database" => return Ok(true),
        CommentTarget::Other(what, name) => {
            return Err(unsupported(format!("COMMENT ON {} {name}", what.to_ascii_uppercase())));
        }
    };
    let version = ddl.version();
    ddl.draft()?.put_comment(key, text.filter(|text| !text.is_empty()), version);
    Ok(true)
}

/// What kind of relation it is.
pub(super) fn kind_of(ddl: &Ddl<'_>, relation: Relation) -> R<RelationKind> {
    Ok(match relation {
        Relation::Table(oid) if ddl.catalog().table(oid)?.materialized.is_some() => {
            RelationKind::MaterializedView
        }
        Relation::Table(_) => RelationKind::Table,
        Relation::View(_) => RelationKind::View,
        Relation::Index { .. } => RelationKind::Index,
        Relation::Sequence(_) => RelationKind::Sequence,
    })
}
