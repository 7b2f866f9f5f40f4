//! [`Draft`]: the catalog as a transaction with DDL has it, until it commits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Catalog, DEFAULT_PATH, Made, Oid, Relation, Schema, Sequence, Table, TypeDef, View};

/// A transaction's own catalog, and what it changed.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) catalog: Arc<Catalog>,
    /// The shared catalog that the copy was made from.
    base: u64,
    /// The search path of the session: its text, and its temporary schema.
    path: (Arc<str>, Option<Oid>),
    /// Objects of every kind: their numbers differ.
    changed: BTreeSet<Oid>,
    names: BTreeSet<(Oid, Arc<str>)>,
    comments: BTreeSet<(Oid, u32)>,
}

/// Takes over what has changed in one kind of object.
fn overlay<T>(into: &mut BTreeMap<Oid, Arc<T>>, from: &BTreeMap<Oid, Arc<T>>, oid: Oid) {
    match from.get(&oid) {
        Some(object) => into.insert(oid, object.clone()),
        None => into.remove(&oid),
    };
}

impl Draft {
    pub(crate) fn new(shared: &Arc<Catalog>, path: (Arc<str>, Option<Oid>)) -> Draft {
        let mut catalog = (**shared).clone();
        catalog.look_along(&path.0, path.1);
        Draft {
            catalog: Arc::new(catalog),
            base: shared.version,
            path,
            changed: BTreeSet::new(),
            names: BTreeSet::new(),
            comments: BTreeSet::new(),
        }
    }

    /// The names that the transaction made or dropped, by schema.
    pub(crate) fn names(&self) -> impl Iterator<Item = &(Oid, Arc<str>)> {
        self.names.iter()
    }

    /// Takes over what other transactions have committed since.
    pub(crate) fn rebase(&mut self, shared: &Arc<Catalog>, version: u64) {
        if self.base != shared.version {
            self.base = shared.version;
            let mut merged = self.merged(shared, version);
            merged.look_along(&self.path.0, self.path.1);
            self.catalog = Arc::new(merged);
        }
    }

    /// Follows a changed search path.
    pub(crate) fn look_along(&mut self, path: (&Arc<str>, Option<Oid>), version: u64) {
        if self.path.0 != *path.0 || self.path.1 != path.1 {
            self.path = (path.0.clone(), path.1);
            self.edit(version, |_| {});
        }
    }

    /// The shared catalog with this transaction's changes.
    pub(crate) fn merged(&self, shared: &Catalog, version: u64) -> Catalog {
        let mut merged = Catalog { version, ..shared.clone() };
        for oid in &self.changed {
            overlay(&mut merged.schemas, &self.catalog.schemas, *oid);
            overlay(&mut merged.tables, &self.catalog.tables, *oid);
            overlay(&mut merged.views, &self.catalog.views, *oid);
            overlay(&mut merged.types, &self.catalog.types, *oid);
            overlay(&mut merged.sequences, &self.catalog.sequences, *oid);
        }
        for name in &self.names {
            match self.catalog.names.get(name) {
                Some(relation) => merged.names.insert(name.clone(), *relation),
                None => merged.names.remove(name),
            };
        }
        for key in &self.comments {
            match self.catalog.comments.get(key) {
                Some(text) => merged.comments.insert(*key, text.clone()),
                None => merged.comments.remove(key),
            };
        }
        merged.look_along(DEFAULT_PATH, None);
        merged
    }

    /// As [`Draft::merged`], at commit: new values of enums may be used from now on.
    pub(crate) fn committed(&self, shared: &Catalog, version: u64) -> Catalog {
        let mut merged = self.merged(shared, version);
        for oid in &self.changed {
            if let Some(def) = merged.types.get_mut(oid)
                && let Made::Enum(labels) = &mut Arc::make_mut(def).made
            {
                labels.iter_mut().for_each(|label| label.fresh = false);
            }
        }
        merged
    }

    /// Adds a type, or replaces it.
    pub(crate) fn put_type(&mut self, def: TypeDef, version: u64) {
        self.changed.insert(def.oid);
        self.edit(version, |catalog| {
            catalog.types.insert(def.oid, Arc::new(def));
        });
    }

    fn edit(&mut self, version: u64, change: impl FnOnce(&mut Catalog)) {
        let catalog = Arc::make_mut(&mut self.catalog);
        catalog.version = version;
        change(catalog);
        catalog.look_along(&self.path.0, self.path.1);
    }

    /// Adds a table, or replaces it.
    pub(crate) fn put_table(&mut self, table: Table, version: u64) {
        self.changed.insert(table.oid);
        self.edit(version, |catalog| {
            catalog.tables.insert(table.oid, Arc::new(table));
        });
    }

    pub(crate) fn put_view(&mut self, view: View, version: u64) {
        self.changed.insert(view.oid);
        self.edit(version, |catalog| {
            catalog.views.insert(view.oid, Arc::new(view));
        });
    }

    pub(crate) fn put_sequence(&mut self, sequence: Sequence, version: u64) {
        self.changed.insert(sequence.oid);
        self.edit(version, |catalog| {
            catalog.sequences.insert(sequence.oid, Arc::new(sequence));
        });
    }

    pub(crate) fn put_schema(&mut self, schema: Schema, version: u64) {
        self.changed.insert(schema.oid);
        self.edit(version, |catalog| {
            catalog.schemas.insert(schema.oid, Arc::new(schema));
        });
    }

    /// Removes an object, of whatever kind, and what was said of it.
    pub(crate) fn remove(&mut self, oid: Oid, version: u64) {
        self.changed.insert(oid);
        let said: Vec<(Oid, u32)> =
            self.catalog.comments.range((oid, 0)..=(oid, u32::MAX)).map(|(key, _)| *key).collect();
        self.comments.extend(said.iter().copied());
        self.edit(version, |catalog| {
            catalog.schemas.remove(&oid);
            catalog.tables.remove(&oid);
            catalog.views.remove(&oid);
            catalog.types.remove(&oid);
            catalog.sequences.remove(&oid);
            for key in said {
                catalog.comments.remove(&key);
            }
        });
    }

    pub(crate) fn put_name(&mut self, schema: Oid, name: &str, relation: Relation, version: u64) {
        let key: (Oid, Arc<str>) = (schema, name.into());
        self.names.insert(key.clone());
        self.edit(version, |catalog| {
            catalog.names.insert(key, relation);
        });
    }

    pub(crate) fn remove_name(&mut self, schema: Oid, name: &str, version: u64) {
        let key: (Oid, Arc<str>) = (schema, name.into());
        self.edit(version, |catalog| {
            catalog.names.remove(&key);
        });
        self.names.insert(key);
    }

    pub(crate) fn put_comment(&mut self, key: (Oid, u32), text: Option<&str>, version: u64) {
        self.comments.insert(key);
        self.edit(version, |catalog| {
            match text {
                Some(text) => catalog.comments.insert(key, text.into()),
                None => catalog.comments.remove(&key),
            };
        });
    }
}
