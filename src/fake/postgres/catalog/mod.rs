//! What exists: schemas; tables with their columns, constraints and indexes; views; sequences.
//!
//! A [`Catalog`] is a value that is replaced as a whole. DDL works on a transaction's own copy
//! ([`Draft`]), whose changes are merged into the shared one at commit; a rollback drops the copy.

mod draft;
mod lookup;
mod names;
mod path;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use draft::Draft;
pub(crate) use lookup::Catalog;
pub(crate) use names::choose;
pub(crate) use path::{DEFAULT_PATH, Path};
pub(crate) use types::{
    Domain, DomainCheck, Field, LABEL_GAP, Label, Made, TypeDef, in_force, name_of, with_types,
};

use super::errors::{R, fail, internal};
use super::parse::ast;
use super::plan::Expr;
use super::types::{Type, Typed};

/// Numbers tables, indexes and sequences alike. The first is 16384, as for every user's object.
pub(crate) type Oid = u32;

/// The schema `public`.
pub(crate) const PUBLIC: Oid = 2200;
/// The schemas of the catalogs, which are not among the others.
pub(crate) const PG_CATALOG: Oid = 11;
pub(crate) const INFORMATION_SCHEMA: Oid = 13_207;

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) oid: Oid,
    pub(crate) name: Arc<str>,
}

/// A table's column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Stays the same whatever is dropped before it. The first is 1.
    pub(crate) id: u32,
    pub(crate) name: Arc<str>,
    pub(crate) typed: Typed,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Arc<Expr>>,
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
    /// Of the same length as the keys: descending, nulls first.
    pub(crate) order: Vec<(bool, bool)>,
    /// INCLUDE: columns that are no keys.
    pub(crate) include: Vec<usize>,
    /// `btree`, `hash`, …: what the index says that it is.
    pub(crate) method: Arc<str>,
    pub(crate) unique: bool,
    pub(crate) primary: bool,
    /// Made by PRIMARY KEY or UNIQUE, rather than by CREATE INDEX.
    pub(crate) constraint: bool,
    pub(crate) nulls_distinct: bool,
    /// Of a partial index, over the columns of the row.
    pub(crate) predicate: Option<Arc<Expr>>,
    pub(crate) deferral: Deferral,
    pub(crate) tree: usize,
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deferral {
    /// NOT DEFERRABLE
    #[default]
    Never,
    /// DEFERRABLE INITIALLY IMMEDIATE
    Immediate,
    /// DEFERRABLE INITIALLY DEFERRED
    Deferred,
}

impl Deferral {
    pub(crate) fn new(deferrable: bool, initially_deferred: bool) -> Deferral {
        match (deferrable, initially_deferred) {
            (_, true) => Deferral::Deferred,
            (true, false) => Deferral::Immediate,
            (false, false) => Deferral::Never,
        }
    }

    pub(crate) fn is_deferrable(self) -> bool {
        self != Deferral::Never
    }
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
    pub(crate) oid: Oid,
    /// False: NOT VALID.
    pub(crate) valid: bool,
    pub(crate) name: Arc<str>,
    pub(crate) expr: Arc<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) struct ForeignKey {
    pub(crate) oid: Oid,
    /// False: NOT VALID.
    pub(crate) valid: bool,
    pub(crate) name: Arc<str>,
    pub(crate) columns: Vec<usize>,
    pub(crate) parent: Oid,
    pub(crate) parent_columns: Vec<usize>,
    /// The parent's unique index over these columns.
    pub(crate) parent_index: Oid,
    pub(crate) on_delete: ast::Action,
    pub(crate) on_update: ast::Action,
    /// The columns that ON DELETE SET NULL or SET DEFAULT changes; empty: all.
    pub(crate) set_columns: Vec<usize>,
    /// MATCH FULL
    pub(crate) full: bool,
    pub(crate) deferral: Deferral,
}

/// The query of a view, and what it reads.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) query: ast::Query,
    /// What the names of relations stand for in it.
    pub(crate) known: BTreeMap<String, Known>,
    /// Why no rows can be changed through it.
    pub(crate) fixed: Option<&'static str>,
    /// It only joins and filters.
    pub(crate) flat: bool,
    /// It neither filters nor computes.
    pub(crate) plain: bool,
    /// Relations with the numbers of the columns; 0 is the relation itself.
    pub(crate) uses: BTreeSet<(Oid, u32)>,
}

/// A relation as a view knows it, whatever it and its columns are called by now.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) oid: Oid,
    /// The numbers of its columns when the view was made, with the names that they had.
    pub(crate) columns: Vec<(u32, Arc<str>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) oid: Oid,
    pub(crate) schema: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) columns: Vec<ViewColumn>,
    pub(crate) definition: Arc<Definition>,
    pub(crate) check: Option<ast::CheckOption>,
}

#[derive(Clone, Debug)]
pub(crate) struct ViewColumn {
    pub(crate) name: Arc<str>,
    pub(crate) typed: Typed,
    /// What INSERT fills in before the table's own default.
    pub(crate) default: Option<Arc<Expr>>,
}

impl View {
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }
}

/// A sequence's place in the catalog; how it counts and where it stands is in the store.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    pub(crate) oid: Oid,
    pub(crate) schema: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) ty: Type,
    /// OWNED BY: a table, and the number of its column.
    pub(crate) owner: Option<(Oid, u32)>,
    /// Of an identity column.
    pub(crate) identity: bool,
}

/// Of a materialized view.
#[derive(Clone, Debug)]
pub(crate) struct Materialized {
    pub(crate) definition: Arc<Definition>,
    pub(crate) populated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) oid: Oid,
    pub(crate) schema: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) columns: Vec<Column>,
    /// The number of the column that comes next.
    pub(crate) next_column: u32,
    pub(crate) on_commit: ast::OnCommit,
    pub(crate) materialized: Option<Materialized>,
    pub(crate) heap: usize,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<Check>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }

    /// The place of the column with that number.
    pub(crate) fn column_place(&self, id: u32) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
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
    /// Or a materialized view.
    Table(Oid),
    View(Oid),
    /// The table that has the index.
    Index {
        table: Oid,
        index: Oid,
    },
    Sequence(Oid),
}

impl Relation {
    pub(crate) fn oid(self) -> Oid {
        match self {
            Relation::Table(oid)
            | Relation::View(oid)
            | Relation::Sequence(oid)
            | Relation::Index { index: oid, .. } => oid,
        }
    }
}
