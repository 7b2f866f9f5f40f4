//! What depends on what: which objects go with the ones that are dropped, in PostgreSQL's order.

use super::super::catalog::{Catalog, IndexKey, Oid, Table};
use super::super::errors::R;
use super::super::plan::{Expr, quoted};
use super::super::types::{Datum, Type};
use super::ddl::Ddl;
use super::ddl_types::mentions;

/// Something that can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// Or a materialized view.
    Table(Oid),
    /// Of a table, by its number.
    Column(Oid, u32),
    View(Oid),
    /// The table that has it, and its own number.
    Index(Oid, Oid),
    Constraint(Oid, Oid),
    /// Of a column.
    Default(Oid, u32),
    Sequence(Oid),
    Schema(Oid),
    Type(Oid),
}

/// How an object came to be dropped.
#[derive(Clone, Copy, Debug, Default)]
struct Why {
    /// The statement names it.
    named: bool,
    /// It is a part of something that goes, and nobody needs to be told.
    part: bool,
}

/// An object that goes.
#[derive(Clone, Copy, Debug)]
struct Target {
    object: Object,
    why: Why,
    /// What it depends on.
    dependee: Option<Object>,
}

/// Everything that goes, those that depend on others before them.
pub(super) struct Deletion<'c> {
    catalog: &'c Catalog,
    targets: Vec<Target>,
    stack: Vec<Target>,
}

impl<'c> Deletion<'c> {
    pub(super) fn of(catalog: &'c Catalog, objects: &[Object]) -> Deletion<'c> {
        let mut deletion = Deletion { catalog, targets: vec![], stack: vec![] };
        for object in objects {
            deletion.find(*object, Why { named: true, part: false }, None);
        }
        deletion
    }

    pub(super) fn objects(&self) -> impl Iterator<Item = Object> + '_ {
        self.targets.iter().map(|target| target.object)
    }

    fn find(&mut self, object: Object, why: Why, dependee: Option<Object>) {
        let mut known = self.stack.iter_mut().chain(&mut self.targets);
        if let Some(target) = known.find(|target| target.object == object) {
            target.why.named |= why.named;
            target.why.part |= why.part;
            return;
        }
        if self.stack.iter().chain(&self.targets).any(|target| covers(target.object, object)) {
            return;
        }
        let mut dependents = dependents(self.catalog, object);
        dependents.sort_by_key(|(dependent, _)| std::cmp::Reverse(number(*dependent)));
        self.stack.push(Target { object, why, dependee });
        for (dependent, part) in dependents {
            self.find(dependent, Why { named: false, part }, Some(object));
        }
        self.targets.extend(self.stack.pop());
    }

    /// What a client is told: the objects that it did not name, with what they depend on.
    pub(super) fn told(&self) -> Vec<(Object, Option<Object>)> {
        self.targets
            .iter()
            .rev()
            .filter(|target| !target.why.named && !target.why.part)
            .map(|target| (target.object, target.dependee))
            .collect()
    }
}

fn covers(whole: Object, part: Object) -> bool {
    whole == part
        || match (whole, part) {
            (
                Object::Table(table),
                Object::Column(owner, _)
                | Object::Default(owner, _)
                | Object::Index(owner, _)
                | Object::Constraint(owner, _),
            ) => table == owner,
            (Object::Column(table, id), Object::Default(owner, of)) => (table, id) == (owner, of),
            _ => false,
        }
}

/// Later objects have higher numbers.
fn number(object: Object) -> Oid {
    match object {
        Object::Table(oid)
        | Object::Column(oid, _)
        | Object::View(oid)
        | Object::Index(_, oid)
        | Object::Constraint(_, oid)
        | Object::Default(oid, _)
        | Object::Sequence(oid)
        | Object::Schema(oid)
        | Object::Type(oid) => oid,
    }
}

/// Whether the expression reads the column at that place.
pub(super) fn reads(expr: &Expr, place: usize) -> bool {
    let mut columns = vec![];
    expr.columns(&mut columns);
    columns.contains(&place)
}

/// Whether the expression takes numbers from the sequence.
pub(super) fn draws_from(expr: &Expr, sequence: Oid) -> bool {
    expr.any(&|part| match part {
        Expr::Call { function, args } => {
            function.args.first() == Some(&super::super::types::Type::REGCLASS)
                && args.first() == Some(&Expr::Const(Datum::Int(sequence.into())))
        }
        _ => false,
    })
}

/// What depends on the object; true for its parts.
fn dependents(catalog: &Catalog, object: Object) -> Vec<(Object, bool)> {
    match object {
        Object::Table(oid) => {
            let mut list = readers(catalog, oid, None);
            list.extend(
                catalog
                    .references_to(oid)
                    .filter(|(child, _)| child.oid != oid)
                    .map(|(child, key)| (Object::Constraint(child.oid, key.oid), false)),
            );
            let owned = catalog.owned_sequences(oid, None);
            list.extend(owned.map(|sequence| (Object::Sequence(sequence.oid), true)));
            if let Ok(table) = catalog.table(oid) {
                let own = table.foreign_keys.iter().filter(|key| key.parent != oid);
                list.extend(own.map(|key| (Object::Constraint(oid, key.oid), true)));
                let defaults = table.columns.iter().filter(|column| column.default.is_some());
                list.extend(defaults.map(|column| (Object::Default(oid, column.id), true)));
            }
            list
        }
        Object::View(oid) => readers(catalog, oid, None),
        Object::Column(oid, id) => match catalog.table(oid) {
            Ok(table) => column_dependents(catalog, table, id),
            Err(_) => vec![],
        },
        Object::Index(_, oid) => catalog
            .tables()
            .flat_map(|child| child.foreign_keys.iter().map(move |key| (child, key)))
            .filter(|(_, key)| key.parent_index == oid)
            .map(|(child, key)| (Object::Constraint(child.oid, key.oid), false))
            .collect(),
        Object::Constraint(table, oid) => match catalog.table(table) {
            Ok(owner) if owner.indexes.iter().any(|index| index.oid == oid) => {
                vec![(Object::Index(table, oid), true)]
            }
            _ => vec![],
        },
        Object::Default(..) => vec![],
        Object::Sequence(oid) => catalog
            .tables()
            .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
            .filter(|(_, column)| column.identity.is_none())
            .filter(|(_, column)| column.default.as_ref().is_some_and(|e| draws_from(e, oid)))
            .map(|(table, column)| (Object::Default(table.oid, column.id), false))
            .collect(),
        Object::Schema(oid) => {
            let tables = catalog.tables().filter(|table| table.schema == oid);
            let views = catalog.views().filter(|view| view.schema == oid);
            let sequences = catalog.sequences().filter(|sequence| sequence.schema == oid);
            let types = catalog.types().filter(|def| def.schema == oid);
            tables
                .map(|table| (Object::Table(table.oid), false))
                .chain(views.map(|view| (Object::View(view.oid), false)))
                .chain(sequences.map(|s| (Object::Sequence(s.oid), s.owner.is_some())))
                .chain(types.map(|def| (Object::Type(def.oid), false)))
                .collect()
        }
        Object::Type(oid) => match catalog.type_of_oid(oid) {
            Some(ty) => type_users(catalog, ty),
            None => vec![],
        },
    }
}

/// Columns of the type, and types that are made of it.
fn type_users(catalog: &Catalog, ty: Type) -> Vec<(Object, bool)> {
    let mut list = vec![];
    for table in catalog.tables() {
        let used = table.columns.iter().filter(|column| mentions(column.typed.ty, ty));
        list.extend(used.map(|column| (Object::Column(table.oid, column.id), false)));
    }
    for def in catalog.types() {
        if def.domain().is_some_and(|domain| mentions(domain.base.ty, ty)) {
            list.push((Object::Type(def.oid), false));
        }
    }
    list
}

/// The views that read a relation, or one of its columns.
fn readers(catalog: &Catalog, oid: Oid, column: Option<u32>) -> Vec<(Object, bool)> {
    let uses = |definition: &super::super::catalog::Definition| {
        definition
            .uses
            .iter()
            .any(|(relation, used)| *relation == oid && column.is_none_or(|column| column == *used))
    };
    let views = catalog.views().filter(|view| uses(&view.definition));
    let materialized = catalog
        .tables()
        .filter(|table| table.materialized.as_ref().is_some_and(|m| uses(&m.definition)));
    views
        .map(|view| (Object::View(view.oid), false))
        .chain(materialized.map(|table| (Object::Table(table.oid), false)))
        .collect()
}

fn column_dependents(catalog: &Catalog, table: &Table, id: u32) -> Vec<(Object, bool)> {
    let oid = table.oid;
    let Some(place) = table.column_place(id) else { return vec![] };
    let mut list = readers(catalog, oid, Some(id));
    for index in &table.indexes {
        let used = index.include.contains(&place)
            || index.predicate.as_ref().is_some_and(|expr| reads(expr, place))
            || index.keys.iter().any(|key| match key {
                IndexKey::Column(column) => *column == place,
                IndexKey::Expr(expr) => reads(expr, place),
            });
        if used && index.constraint {
            list.push((Object::Constraint(oid, index.oid), true));
        } else if used {
            list.push((Object::Index(oid, index.oid), true));
        }
    }
    for check in table.checks.iter().filter(|check| reads(&check.expr, place)) {
        list.push((Object::Constraint(oid, check.oid), true));
    }
    for key in table.foreign_keys.iter().filter(|key| key.columns.contains(&place)) {
        list.push((Object::Constraint(oid, key.oid), true));
    }
    for (child, key) in catalog.references_to(oid) {
        if key.parent_columns.contains(&place) {
            list.push((Object::Constraint(child.oid, key.oid), child.oid == oid));
        }
    }
    for column in &table.columns {
        if column.generated.as_ref().is_some_and(|expr| reads(expr, place)) && column.id != id {
            list.push((Object::Column(oid, column.id), false));
        }
    }
    let owned = catalog.owned_sequences(oid, Some(id));
    list.extend(owned.map(|sequence| (Object::Sequence(sequence.oid), true)));
    list
}

/// `table t`, `column a of table t`.
pub(super) fn describe(catalog: &Catalog, object: Object) -> R<String> {
    let table_text = |oid: Oid| -> R<String> {
        let table = catalog.table(oid)?;
        let kind = if table.materialized.is_some() { "materialized view" } else { "table" };
        Ok(format!("{kind} {}", Ddl::shown_name(catalog, table.schema, &table.name)))
    };
    let column_name = |oid: Oid, id: u32| -> R<String> {
        let table = catalog.table(oid)?;
        Ok(table.column_place(id).map_or(String::new(), |p| quoted(&table.columns[p].name)))
    };
    Ok(match object {
        Object::Table(oid) => table_text(oid)?,
        Object::Column(oid, id) => {
            format!("column {} of {}", column_name(oid, id)?, table_text(oid)?)
        }
        Object::View(oid) => {
            let view = catalog.view(oid)?;
            format!("view {}", Ddl::shown_name(catalog, view.schema, &view.name))
        }
        Object::Index(table, oid) => {
            let table = catalog.table(table)?;
            let index = table.index(oid)?;
            format!("index {}", Ddl::shown_name(catalog, table.schema, &index.name))
        }
        Object::Constraint(oid, constraint) => {
            let table = catalog.table(oid)?;
            let checks = table.checks.iter().map(|check| (check.oid, &check.name));
            let keys = table.foreign_keys.iter().map(|key| (key.oid, &key.name));
            let indexes = table.indexes.iter().map(|index| (index.oid, &index.name));
            let name = checks.chain(keys).chain(indexes).find(|(known, _)| *known == constraint);
            let name = name.map_or(String::new(), |(_, name)| quoted(name));
            format!("constraint {name} on {}", table_text(oid)?)
        }
        Object::Default(oid, id) => {
            format!("default value for column {} of {}", column_name(oid, id)?, table_text(oid)?)
        }
        Object::Sequence(oid) => {
            let sequence = catalog.sequence(oid)?;
            format!("sequence {}", Ddl::shown_name(catalog, sequence.schema, &sequence.name))
        }
        Object::Schema(oid) => format!("schema {}", quoted(catalog.schema_name(oid))),
        Object::Type(oid) => {
            let shown = catalog.types().find(|def| def.oid == oid).map(|def| {
                let seen = catalog.type_named(&def.name).is_some_and(|ty| ty.oid() == oid);
                let schema = quoted(catalog.schema_name(def.schema)) + ".";
                format!("type {}{}", if seen { "" } else { &schema }, quoted(&def.name))
            });
            shown.unwrap_or_default()
        }
    })
}
