//! DROP, and what goes with what is dropped.

use std::sync::Arc;

use super::super::catalog::{Oid, Relation};
use super::super::errors::{R, fail, pg};
use super::super::notice::Notice;
use super::super::parse::ast::{DropKind, Name, TableLock};
use super::ddl::{Ddl, USE_CASCADE};
use super::ddl_columns::remove_column;
use super::ddl_depend::{Deletion, Object, describe};

fn noun(kind: DropKind) -> &'static str {
    match kind {
        DropKind::Table => "table",
        DropKind::View => "view",
        DropKind::MaterializedView => "materialized view",
        DropKind::Index => "index",
        DropKind::Sequence => "sequence",
        DropKind::Schema => "schema",
        DropKind::Type | DropKind::Domain => "type",
    }
}

pub(super) fn run(
    ddl: &mut Ddl<'_>,
    kind: DropKind,
    names: &[Name],
    (if_exists, cascade, concurrently): (bool, bool, bool),
) -> R<bool> {
    if concurrently {
        ddl.outside_block("DROP INDEX CONCURRENTLY")?;
        if names.len() > 1 {
            return fail(
                "0A000",
                "DROP INDEX CONCURRENTLY does not support dropping multiple objects",
            );
        }
        if cascade {
            return fail("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE");
        }
    }
    let mut objects = vec![];
    for name in names {
        let object = if kind == DropKind::Schema {
            schema(ddl, name, if_exists)?
        } else {
            relation(ddl, kind, name, if_exists)?
        };
        objects.extend(object);
    }
    objects.dedup();
    drop_objects(ddl, &objects, cascade)
}

fn schema(ddl: &mut Ddl<'_>, name: &Name, if_exists: bool) -> R<Option<Object>> {
    let catalog = ddl.catalog();
    match catalog.schema_named(&name.name) {
        Some(schema) => Ok(Some(Object::Schema(schema.oid))),
        None => {
            let what = format!("schema \"{}\" does not exist", name.name);
            if !if_exists {
                return fail("3F000", what);
            }
            ddl.skip(what);
            Ok(None)
        }
    }
}

fn relation(ddl: &mut Ddl<'_>, kind: DropKind, name: &Name, if_exists: bool) -> R<Option<Object>> {
    let catalog = ddl.catalog();
    let found = match catalog.seek(name) {
        Ok(found) => found,
        Err(_) if if_exists => {
            let schema = name.schema.as_deref().unwrap_or_default();
            ddl.skip(format!("schema \"{schema}\" does not exist"));
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let Some(found) = found else {
        let what = format!("{} \"{}\" does not exist", noun(kind), name.name);
        if !if_exists {
            return fail(if kind == DropKind::Index { "42704" } else { "42P01" }, what);
        }
        ddl.skip(what);
        return Ok(None);
    };
    let (is, object) = match found {
        Relation::Table(oid) if catalog.table(oid)?.materialized.is_some() => {
            (DropKind::MaterializedView, Object::Table(oid))
        }
        Relation::Table(oid) => (DropKind::Table, Object::Table(oid)),
        Relation::View(oid) => (DropKind::View, Object::View(oid)),
        Relation::Index { table, index } => (DropKind::Index, Object::Index(table, index)),
        Relation::Sequence(oid) => (DropKind::Sequence, Object::Sequence(oid)),
    };
    if is != kind {
        let article = |kind| if kind == DropKind::Index { "an" } else { "a" };
        return Err(pg(
            "42809",
            format!("\"{}\" is not {} {}", name.name, article(kind), noun(kind)),
        )
        .with_hint(format!(
            "Use DROP {} to remove {} {}.",
            noun(is).to_ascii_uppercase(),
            article(is),
            noun(is)
        )));
    }
    Ok(Some(object))
}

/// Drops the objects and, with CASCADE, what depends on them; false if that must wait.
pub(super) fn drop_objects(ddl: &mut Ddl<'_>, objects: &[Object], cascade: bool) -> R<bool> {
    let catalog = ddl.catalog();
    for object in objects {
        required(ddl, *object)?;
    }
    let deletion = Deletion::of(&catalog, objects);
    if !lock_all(ddl, &deletion)? {
        return Ok(false);
    }
    let told = deletion.told();
    if !told.is_empty() && !cascade {
        let message = match objects {
            [object] => format!(
                "cannot drop {} because other objects depend on it",
                describe(&catalog, *object)?
            ),
            _ => "cannot drop desired object(s) because other objects depend on them".to_owned(),
        };
        let mut lines = vec![];
        for (object, dependee) in &told {
            let dependee = dependee.map_or(Ok(String::new()), |d| describe(&catalog, d))?;
            lines.push(format!("{} depends on {dependee}", describe(&catalog, *object)?));
        }
        return Err(pg("2BP01", message).with_detail(lines.join("\n")).with_hint(USE_CASCADE));
    }
    let mut others = vec![];
    for (object, _) in &told {
        others.push(describe(&catalog, *object)?);
    }
    ddl.cascades(&others);
    let gone: Vec<Object> = deletion.objects().collect();
    for object in gone {
        remove(ddl, object)?;
    }
    Ok(true)
}

/// Parts that do not go alone.
fn required(ddl: &Ddl<'_>, object: Object) -> R<()> {
    let catalog = ddl.catalog();
    let whole = match object {
        Object::Index(table, oid) if catalog.table(table)?.index(oid)?.constraint => {
            Object::Constraint(table, oid)
        }
        Object::Sequence(oid) => {
            match (catalog.sequence(oid)?.identity, catalog.sequence(oid)?.owner) {
                (true, Some((table, column))) => Object::Column(table, column),
                _ => return Ok(()),
            }
        }
        _ => return Ok(()),
    };
    let (part, whole) = (describe(&catalog, object)?, describe(&catalog, whole)?);
    Err(pg("2BP01", format!("cannot drop {part} because {whole} requires it"))
        .with_hint(format!("You can drop {whole} instead.")))
}

pub(super) fn lock_all(ddl: &mut Ddl<'_>, deletion: &Deletion<'_>) -> R<bool> {
    let catalog = ddl.catalog();
    let mut wanted: Vec<Oid> = vec![];
    for object in deletion.objects() {
        match object {
            Object::Table(oid) => {
                wanted.push(oid);
                wanted.extend(catalog.table(oid)?.foreign_keys.iter().map(|key| key.parent));
            }
            Object::Constraint(table, oid) => {
                wanted.push(table);
                let keys = &catalog.table(table)?.foreign_keys;
                wanted.extend(keys.iter().filter(|key| key.oid == oid).map(|key| key.parent));
            }
            Object::Column(oid, _) | Object::Default(oid, _) | Object::Index(oid, _) => {
                wanted.push(oid);
            }
            Object::View(oid) | Object::Sequence(oid) => wanted.push(oid),
            Object::Schema(_) | Object::Type(_) => {}
        }
    }
    for oid in wanted {
        let mode = TableLock::AccessExclusive;
        if !ddl.engine.lock_table(ddl.me, ddl.slot, oid, mode, false, "")? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn remove(ddl: &mut Ddl<'_>, object: Object) -> R<()> {
    let catalog = ddl.catalog();
    match object {
        Object::Table(oid) => {
            let table = catalog.table(oid)?.clone();
            for index in &table.indexes {
                ddl.unname(table.schema, &index.name)?;
            }
            ddl.unname(table.schema, &table.name)?;
            ddl.remove(oid)?;
            ddl.discard_heap(table.heap);
            Ok(())
        }
        Object::View(oid) => {
            let view = catalog.view(oid)?;
            ddl.unname(view.schema, &view.name)?;
            ddl.remove(oid)
        }
        Object::Sequence(oid) => {
            let sequence = catalog.sequence(oid)?;
            ddl.unname(sequence.schema, &sequence.name)?;
            ddl.remove(oid)
        }
        Object::Schema(oid) => ddl.remove(oid),
        Object::Type(oid) => ddl.remove_type(oid),
        Object::Index(table, oid) | Object::Constraint(table, oid) => {
            // The tree is kept up until the heap goes: a rollback finds it complete.
            let mut table = (**catalog.table(table)?).clone();
            if let Ok(index) = table.index(oid) {
                let name: Arc<str> = index.name.clone();
                ddl.unname(table.schema, &name)?;
            }
            table.indexes.retain(|index| index.oid != oid);
            table.checks.retain(|check| check.oid != oid);
            table.foreign_keys.retain(|key| key.oid != oid);
            ddl.put(table)
        }
        Object::Default(table, id) => {
            let mut table = (**catalog.table(table)?).clone();
            if let Some(place) = table.column_place(id) {
                table.columns[place].default = None;
            }
            ddl.put(table)
        }
        Object::Column(table, id) => {
            let mut table = (**catalog.table(table)?).clone();
            if let Some(place) = table.column_place(id) {
                remove_column(ddl, &mut table, place)?;
            }
            ddl.put(table)
        }
    }
}

impl Ddl<'_> {
    /// Says that there is nothing to do for a name that does not exist.
    pub(super) fn skip(&mut self, what: String) {
        self.me.notify(Notice::note("00000", what + ", skipping"));
    }

    /// The answer to a name that is taken: an error, unless IF NOT EXISTS.
    pub(super) fn taken(&mut self, code: &'static str, what: String, skip: bool) -> R<()> {
        if !skip {
            return fail(code, what);
        }
        self.me.notify(Notice::note(code, what + ", skipping"));
        Ok(())
    }

    /// Says what else CASCADE drops.
    pub(super) fn cascades(&mut self, to: &[String]) {
        let notice = match to {
            [] => return,
            [one] => Notice::note("00000", format!("drop cascades to {one}")),
            many => {
                let lines: Vec<String> =
                    many.iter().map(|one| format!("drop cascades to {one}")).collect();
                Notice::note("00000", format!("drop cascades to {} other objects", many.len()))
                    .with_detail(lines.join("\n"))
            }
        };
        self.me.notify(notice);
    }

    /// 25001 within BEGIN.
    pub(super) fn outside_block(&self, what: &str) -> R<()> {
        if self.me.txn.as_ref().is_some_and(|txn| !txn.implicit) {
            return fail("25001", format!("{what} cannot run inside a transaction block"));
        }
        Ok(())
    }
}
