//! What exists: tables with their columns, constraints and indexes; sequences.
//!
//! A [`Catalog`] is a value that is replaced as a whole. DDL works on a transaction's own copy
//! ([`Draft`]), whose changes are merged into the shared one at commit; a rollback drops the copy.

mod draft;
mod names;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use draft::Draft;
pub(crate) use names::choose;

use super::errors::{R, fail, internal};
use super::parse::ast;
use super::plan::Expr;
use super::types::Typed;

/// Numbers tables, indexes and sequences alike. The first is 16384, as for every user's object.
pub(crate) type Oid = u32;

/// A table's column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: Arc<str>,
    pub(crate) typed: Typed,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Arc<Expr>>,
    /// The sequence that `serial` or an identity made.
    pub(crate) sequence: Option<Oid>,
    /// `Some(true)`: GENERATED ALWAYS AS IDENTITY.
    pub(crate) identity: Option<bool>,
    /// GENERATED ALWAYS AS (…) STORED, over the columns of the row.
    pub(crate) generated: Option<Arc<Expr>>,
}

/// One key of an index.
#[derive(Clone, Debug)]
pub(crate) enum IndexKey {
    Column(usize),
    Expr(Arc<Expr>),
}

#[derive(Clone, Debug)]
pub(crate) struct Index {
    pub(crate) oid: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) keys: Vec<IndexKey>,
    pub(crate) unique: bool,
    pub(crate) primary: bool,
    /// Made by PRIMARY KEY or UNIQUE, rather than by CREATE INDEX.
    pub(crate) constraint: bool,
    pub(crate) nulls_distinct: bool,
    /// Of a partial index, over the columns of the row.
    pub(crate) predicate: Option<Arc<Expr>>,
    pub(crate) tree: usize,
}

impl Index {
    /// True if no key is an expression.
    fn has_plain_keys(&self) -> bool {
        self.keys.iter().all(|key| matches!(key, IndexKey::Column(_)))
    }

    /// The columns, unless a key is an expression.
    pub(crate) fn columns(&self) -> Option<Vec<usize>> {
        self.keys
            .iter()
            .map(|key| match key {
                IndexKey::Column(column) => Some(*column),
                IndexKey::Expr(_) => None,
            })
            .collect()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) name: Arc<str>,
    pub(crate) expr: Arc<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) struct ForeignKey {
    pub(crate) name: Arc<str>,
    pub(crate) columns: Vec<usize>,
    pub(crate) parent: Oid,
    pub(crate) parent_columns: Vec<usize>,
    /// The parent's unique index over these columns.
    pub(crate) parent_index: Oid,
    pub(crate) on_delete: ast::Action,
    pub(crate) on_update: ast::Action,
    pub(crate) deferred: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) oid: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) columns: Vec<Column>,
    pub(crate) heap: usize,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<Check>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }

    pub(crate) fn require_column(&self, name: &str) -> R<usize> {
        match self.column(name) {
            Some(column) => Ok(column),
            None => fail(
                "42703",
                format!("column \"{name}\" of relation \"{}\" does not exist", self.name),
            ),
        }
    }

    pub(crate) fn primary_key(&self) -> Option<&Index> {
        self.indexes.iter().find(|index| index.primary)
    }

    pub(crate) fn index(&self, oid: Oid) -> R<&Index> {
        self.indexes.iter().find(|index| index.oid == oid).ok_or_else(|| internal("no such index"))
    }

    /// True if changing the column is an update of a key, which FOR KEY SHARE forbids.
    pub(crate) fn is_key(&self, column: usize) -> bool {
        self.indexes.iter().any(|index| {
            index.unique
                && index.predicate.is_none()
                && index.has_plain_keys()
                && index
                    .keys
                    .iter()
                    .any(|key| matches!(key, IndexKey::Column(own) if *own == column))
        })
    }

    /// Constraint and index names that are taken.
    pub(crate) fn has_constraint(&self, name: &str) -> bool {
        self.checks.iter().any(|check| &*check.name == name)
            || self.foreign_keys.iter().any(|key| &*key.name == name)
            || self.indexes.iter().any(|index| index.constraint && &*index.name == name)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Table(Oid),
    /// The table that has the index.
    Index {
        table: Oid,
        index: Oid,
    },
    Sequence(Oid),
}

/// Everything that exists, as of one moment.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    /// Differs between any two catalogs that a statement could be planned against.
    pub(crate) version: u64,
    tables: BTreeMap<Oid, Arc<Table>>,
    names: BTreeMap<Arc<str>, Relation>,
}

impl Catalog {
    pub(crate) fn empty(version: u64) -> Catalog {
        Catalog { version, tables: BTreeMap::new(), names: BTreeMap::new() }
    }

    pub(crate) fn relation(&self, name: &str) -> Option<Relation> {
        self.names.get(name).copied()
    }

    /// The table of that name, or 42P01.
    pub(crate) fn table_named(&self, name: &str) -> R<&Arc<Table>> {
        match self.relation(name) {
            Some(Relation::Table(oid)) => self.table(oid),
            Some(Relation::Index { .. }) => fail("42809", format!("\"{name}\" is an index")),
            Some(Relation::Sequence(_)) => Err(super::errors::unsupported(format!(
                "reading the sequence \"{name}\" as a table"
            ))),
            None => fail("42P01", format!("relation \"{name}\" does not exist")),
        }
    }

    pub(crate) fn table(&self, oid: Oid) -> R<&Arc<Table>> {
        self.tables.get(&oid).ok_or_else(|| internal("no such table"))
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.tables.values()
    }

    /// The foreign keys that refer to a table, with the tables that have them.
    pub(crate) fn references_to(
        &self,
        parent: Oid,
    ) -> impl Iterator<Item = (&Arc<Table>, &ForeignKey)> {
        self.tables.values().flat_map(move |table| {
            table
                .foreign_keys
                .iter()
                .filter(move |key| key.parent == parent)
                .map(move |key| (table, key))
        })
    }
}
