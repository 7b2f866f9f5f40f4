//! [`Draft`]: the catalog as a transaction with DDL has it, until it commits.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Catalog, Oid, Relation, Table};

/// A transaction's own catalog, and what it changed.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) catalog: Arc<Catalog>,
    /// The shared catalog that the copy was made from.
    base: u64,
    tables: BTreeSet<Oid>,
    names: BTreeSet<Arc<str>>,
}

impl Draft {
    pub(crate) fn new(shared: &Arc<Catalog>) -> Draft {
        Draft {
            catalog: shared.clone(),
            base: shared.version,
            tables: BTreeSet::new(),
            names: BTreeSet::new(),
        }
    }

    /// The names that the transaction made or dropped.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.iter()
    }

    /// Takes over what other transactions have committed since.
    pub(crate) fn rebase(&mut self, shared: &Arc<Catalog>, version: u64) {
        if self.base != shared.version {
            self.base = shared.version;
            self.catalog = Arc::new(self.merged(shared, version));
        }
    }

    /// The shared catalog with this transaction's changes.
    pub(crate) fn merged(&self, shared: &Catalog, version: u64) -> Catalog {
        let mut merged = Catalog { version, ..shared.clone() };
        for oid in &self.tables {
            match self.catalog.tables.get(oid) {
                Some(table) => merged.tables.insert(*oid, table.clone()),
                None => merged.tables.remove(oid),
            };
        }
        for name in &self.names {
            match self.catalog.names.get(name) {
                Some(relation) => merged.names.insert(name.clone(), *relation),
                None => merged.names.remove(name),
            };
        }
        merged
    }

    fn edit(&mut self, version: u64) -> &mut Catalog {
        let catalog = Arc::make_mut(&mut self.catalog);
        catalog.version = version;
        catalog
    }

    /// Adds a table, or replaces it.
    pub(crate) fn put_table(&mut self, table: Table, version: u64) {
        self.tables.insert(table.oid);
        self.edit(version).tables.insert(table.oid, Arc::new(table));
    }

    pub(crate) fn remove_table(&mut self, oid: Oid, version: u64) {
        self.tables.insert(oid);
        self.edit(version).tables.remove(&oid);
    }

    pub(crate) fn put_name(&mut self, name: &str, relation: Relation, version: u64) {
        let name: Arc<str> = name.into();
        self.names.insert(name.clone());
        self.edit(version).names.insert(name, relation);
    }

    pub(crate) fn remove_name(&mut self, name: &str, version: u64) {
        let name: Arc<str> = name.into();
        self.edit(version).names.remove(&name);
        self.names.insert(name);
    }
}
