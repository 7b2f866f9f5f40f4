//! Indexes and constraints.

use super::super::super::catalog::{Catalog, Deferral, ForeignKey, Index, IndexKey, Oid, Table};
use super::super::super::errors::R;
use super::super::super::parse::ast::Action;
use super::super::super::types::{Array, Datum, Type};
use super::{Cell, NULL, System, numbers, relation, row, text};

#[rustfmt::skip]
pub(super) static RELATIONS: &[System] = &[
    relation!("pg_catalog", 2610, "pg_index", indexes, [
        "indexrelid": OID, "indrelid": OID, "indnatts": INT2, "indnkeyatts": INT2,
        "indisunique": BOOL, "indnullsnotdistinct": BOOL, "indisprimary": BOOL,
        "indisexclusion": BOOL, "indimmediate": BOOL, "indisclustered": BOOL, "indisvalid": BOOL,
        "indcheckxmin": BOOL, "indisready": BOOL, "indislive": BOOL, "indisreplident": BOOL,
        "indkey": INT2VECTOR, "indoption": INT2VECTOR, "indexprs": TEXT, "indpred": TEXT,
    ]),
    relation!("pg_catalog", 2606, "pg_constraint", constraints, [
        "oid": OID, "conname": NAME, "connamespace": OID, "contype": CHAR, "condeferrable": BOOL,
        "condeferred": BOOL, "convalidated": BOOL, "conrelid": OID, "contypid": OID,
        "conindid": OID, "conparentid": OID, "confrelid": OID, "confupdtype": CHAR,
        "confdeltype": CHAR, "confmatchtype": CHAR, "conislocal": BOOL, "coninhcount": INT4,
        "connoinherit": BOOL, "conkey": INT2_ARRAY, "confkey": INT2_ARRAY,
        "confdelsetcols": INT2_ARRAY, "conbin": TEXT,
    ]),
];

/// Counted from 0, as only these arrays are.
fn vector(list: impl IntoIterator<Item = i64>) -> Datum {
    let items: Vec<Datum> = list.into_iter().map(Datum::Int).collect();
    Datum::Array(Array::of(Type::INT2, items).with_lower(vec![0]).into())
}

/// The numbers of columns that stand at these places.
fn ids(table: &Table, places: &[usize]) -> Vec<i64> {
    places.iter().filter_map(|place| table.columns.get(*place)).map(|c| c.id.into()).collect()
}

fn indexes(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        for index in &table.indexes {
            let keys = index.keys.iter().map(|key| match key {
                IndexKey::Column(place) => table.columns.get(*place).map_or(0, |c| c.id.into()),
                IndexKey::Expr(_) => 0,
            });
            let keys: Vec<i64> = keys.chain(ids(table, &index.include)).collect();
            let options = index.order.iter().map(|(descending, nulls_first)| {
                i64::from(*descending) + 2 * i64::from(*nulls_first)
            });
            let exprs: Vec<String> = index
                .keys
                .iter()
                .filter(|key| matches!(key, IndexKey::Expr(_)))
                .map(|key| text::index_key(catalog, table, key))
                .collect();
            let predicate = index.predicate.as_ref().map(|predicate| {
                text::Printer::of_table(catalog, table).plain(predicate, Type::BOOL)
            });
            rows.push(row![
                index.oid,
                table.oid,
                keys.len() as i64,
                index.keys.len() as i64,
                index.unique,
                !index.nulls_distinct,
                index.primary,
                false,
                !index.deferral.is_deferrable(),
                false,
                true,
                false,
                true,
                true,
                false,
                vector(keys),
                vector(options),
                (!exprs.is_empty()).then(|| exprs.join(", ")),
                predicate,
            ]);
        }
    }
    Ok(rows)
}

fn letter(action: Action) -> &'static str {
    match action {
        Action::NoAction => "a",
        Action::Restrict => "r",
        Action::Cascade => "c",
        Action::SetNull => "n",
        Action::SetDefault => "d",
    }
}

/// What `pg_constraint` has of a constraint.
pub(super) enum Constraint<'t> {
    Check(&'t super::super::super::catalog::Check),
    Key(&'t Index),
    Foreign(&'t ForeignKey),
}

impl Constraint<'_> {
    pub(super) fn oid(&self) -> Oid {
        match self {
            Constraint::Check(check) => check.oid,
            Constraint::Key(index) => index.oid,
            Constraint::Foreign(key) => key.oid,
        }
    }

    pub(super) fn name(&self) -> &std::sync::Arc<str> {
        match self {
            Constraint::Check(check) => &check.name,
            Constraint::Key(index) => &index.name,
            Constraint::Foreign(key) => &key.name,
        }
    }

    pub(super) fn deferral(&self) -> Deferral {
        match self {
            Constraint::Check(_) => Deferral::Never,
            Constraint::Key(index) => index.deferral,
            Constraint::Foreign(key) => key.deferral,
        }
    }

    /// The columns of the table that it speaks of.
    pub(super) fn places(&self) -> Vec<usize> {
        match self {
            Constraint::Check(check) => {
                let mut places = vec![];
                check.expr.columns(&mut places);
                places.sort_unstable();
                places.dedup();
                places
            }
            Constraint::Key(index) => index.columns().unwrap_or_default(),
            Constraint::Foreign(key) => key.columns.clone(),
        }
    }

    /// As `pg_get_constraintdef` writes it.
    pub(super) fn text(&self, catalog: &Catalog, table: &Table) -> String {
        match self {
            Constraint::Check(check) => text::check(catalog, table, check),
            Constraint::Key(index) => text::key(table, index),
            Constraint::Foreign(key) => text::foreign_key(catalog, table, key),
        }
    }
}

/// All constraints of a table.
pub(super) fn of(table: &Table) -> impl Iterator<Item = Constraint<'_>> {
    let keys = table.indexes.iter().filter(|index| index.constraint);
    table
        .checks
        .iter()
        .map(Constraint::Check)
        .chain(keys.map(Constraint::Key))
        .chain(table.foreign_keys.iter().map(Constraint::Foreign))
}

fn constraints(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        for constraint in of(table) {
            let (kind, valid, index) = match &constraint {
                Constraint::Check(check) => ("c", check.valid, 0),
                Constraint::Key(index) => (if index.primary { "p" } else { "u" }, true, index.oid),
                Constraint::Foreign(key) => ("f", key.valid, key.parent_index),
            };
            let key = match &constraint {
                Constraint::Foreign(key) => Some(*key),
                _ => None,
            };
            let parent = key.and_then(|key| catalog.table(key.parent).ok());
            let parent_ids =
                key.zip(parent).map(|(key, parent)| numbers(ids(parent, &key.parent_columns)));
            let set = key
                .filter(|key| !key.set_columns.is_empty())
                .map(|key| numbers(ids(table, &key.set_columns)));
            let check = match &constraint {
                Constraint::Check(check) => Cell::from(
                    text::Printer::of_table(catalog, table).plain(&check.expr, Type::BOOL),
                ),
                _ => NULL,
            };
            rows.push(row![
                constraint.oid(),
                constraint.name(),
                table.schema,
                kind,
                constraint.deferral().is_deferrable(),
                constraint.deferral() == Deferral::Deferred,
                valid,
                table.oid,
                0u32,
                index,
                0u32,
                key.map_or(0, |key| key.parent),
                key.map_or(" ", |key| letter(key.on_update)),
                key.map_or(" ", |key| letter(key.on_delete)),
                key.map_or(" ", |key| if key.full { "f" } else { "s" }),
                true,
                0u32,
                kind != "c",
                numbers(ids(table, &constraint.places())),
                parent_ids,
                set,
                check,
            ]);
        }
    }
    Ok(rows)
}

/// `pg_get_constraintdef`
pub(crate) fn constraint_text(catalog: &Catalog, oid: Oid) -> Option<String> {
    catalog.tables().find_map(|table| {
        let found = of(table).find(|constraint| constraint.oid() == oid)?;
        Some(found.text(catalog, table))
    })
}

/// `pg_get_indexdef`: of the whole index, or of one of its keys.
pub(crate) fn index_text(catalog: &Catalog, oid: Oid, column: usize) -> Option<String> {
    catalog.tables().find_map(|table| {
        let index = table.indexes.iter().find(|index| index.oid == oid)?;
        if column == 0 {
            return Some(text::index(catalog, table, index));
        }
        let included = || {
            let place = index.include.get(column.checked_sub(index.keys.len() + 1)?)?;
            table.columns.get(*place).map(|column| column.name.to_string())
        };
        match index.keys.get(column - 1) {
            Some(key) => Some(text::index_key(catalog, table, key)),
            None => Some(included().unwrap_or_default()),
        }
    })
}
