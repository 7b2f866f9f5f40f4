//! [`Catalog`]: finds what names and numbers stand for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::errors::{R, fail, internal, unsupported};
use super::super::parse::ast::Name;
use super::{
    DEFAULT_PATH, ForeignKey, INFORMATION_SCHEMA, Oid, PG_CATALOG, PUBLIC, Path, Relation, Schema,
    Sequence, Table, TypeDef, View,
};

/// Everything that exists, as of one moment and as one session's search path finds it.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    /// Differs between any two catalogs that a statement could be planned against.
    pub(crate) version: u64,
    pub(crate) path: Arc<Path>,
    pub(super) schemas: BTreeMap<Oid, Arc<Schema>>,
    pub(super) tables: BTreeMap<Oid, Arc<Table>>,
    pub(super) views: BTreeMap<Oid, Arc<View>>,
    pub(super) sequences: BTreeMap<Oid, Arc<Sequence>>,
    /// By schema and name.
    pub(super) names: BTreeMap<(Oid, Arc<str>), Relation>,
    /// Enums, domains and composite types.
    pub(super) types: BTreeMap<Oid, Arc<TypeDef>>,
    /// What COMMENT ON said, by object and column.
    pub(super) comments: BTreeMap<(Oid, u32), Arc<str>>,
}

impl Catalog {
    pub(crate) fn empty(version: u64) -> Catalog {
        let public = Schema { oid: PUBLIC, name: "public".into() };
        let mut catalog = Catalog {
            version,
            path: Arc::default(),
            schemas: [(PUBLIC, Arc::new(public))].into(),
            tables: BTreeMap::new(),
            views: BTreeMap::new(),
            sequences: BTreeMap::new(),
            names: BTreeMap::new(),
            types: BTreeMap::new(),
            comments: BTreeMap::new(),
        };
        catalog.look_along(DEFAULT_PATH, None);
        catalog
    }

    /// Takes the search path for that of the session.
    pub(crate) fn look_along(&mut self, text: &str, temporary: Option<Oid>) {
        self.path = Arc::new(Path::resolve(text, temporary, self));
    }

    /// What a name without schema stands for.
    pub(crate) fn relation(&self, name: &str) -> Option<Relation> {
        self.path.search.iter().find_map(|schema| self.relation_in(*schema, name))
    }

    pub(crate) fn relation_in(&self, schema: Oid, name: &str) -> Option<Relation> {
        self.names.get(&(schema, name.into())).copied()
    }

    /// What the name stands for. A schema that does not exist has nothing in it.
    pub(crate) fn find(&self, name: &Name) -> Option<Relation> {
        match &name.schema {
            None => self.relation(&name.name),
            Some(schema) => self.relation_in(self.schema_oid(schema)?, &name.name),
        }
    }

    /// As [`Catalog::find`]; 3F000 for a schema that does not exist.
    pub(crate) fn seek(&self, name: &Name) -> R<Option<Relation>> {
        if let Some(schema) = &name.schema {
            self.require_schema(schema)?;
        }
        Ok(self.find(name))
    }

    pub(crate) fn schema(&self, oid: Oid) -> Option<&Arc<Schema>> {
        self.schemas.get(&oid)
    }

    pub(crate) fn schema_named(&self, name: &str) -> Option<&Arc<Schema>> {
        self.schemas.values().find(|schema| *schema.name == *name)
    }

    fn schema_oid(&self, name: &str) -> Option<Oid> {
        if name == "pg_temp" {
            return self.path.temporary;
        }
        self.schema_named(name).map(|schema| schema.oid)
    }

    pub(crate) fn require_schema(&self, name: &str) -> R<Oid> {
        match self.schema_oid(name) {
            Some(oid) => Ok(oid),
            None if name == "pg_catalog" || name == "information_schema" => {
                Err(unsupported(format!("the schema {name} in this place")))
            }
            None => fail("3F000", format!("schema \"{name}\" does not exist")),
        }
    }

    /// The name of a schema, be it PostgreSQL's own.
    pub(crate) fn any_schema_name(&self, oid: Oid) -> Option<Arc<str>> {
        match oid {
            PG_CATALOG => Some("pg_catalog".into()),
            INFORMATION_SCHEMA => Some("information_schema".into()),
            _ => self.schemas.get(&oid).map(|schema| schema.name.clone()),
        }
    }

    /// The number of a schema, be it PostgreSQL's own.
    pub(crate) fn any_schema_oid(&self, name: &str) -> Option<Oid> {
        match name {
            "pg_catalog" => Some(PG_CATALOG),
            "information_schema" => Some(INFORMATION_SCHEMA),
            _ => self.schema_oid(name),
        }
    }

    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Arc<Schema>> {
        self.schemas.values()
    }

    pub(crate) fn comments(&self) -> impl Iterator<Item = (&(Oid, u32), &Arc<str>)> {
        self.comments.iter()
    }

    pub(crate) fn schema_name(&self, oid: Oid) -> &str {
        self.schemas.get(&oid).map_or("?", |schema| &schema.name)
    }

    /// What stands instead of a table in the place of one.
    pub(crate) fn no_table<T>(&self, name: &Name, found: Option<Relation>) -> R<T> {
        match found {
            Some(Relation::Index { .. }) => fail("42809", format!("\"{}\" is an index", name.name)),
            _ => match name.schema.as_deref() {
                Some("pg_catalog" | "information_schema") => {
                    Err(unsupported(format!("the catalog {name}")))
                }
                _ => fail("42P01", format!("relation \"{name}\" does not exist")),
            },
        }
    }

    pub(crate) fn table(&self, oid: Oid) -> R<&Arc<Table>> {
        self.tables.get(&oid).ok_or_else(|| internal("no such table"))
    }

    pub(crate) fn view(&self, oid: Oid) -> R<&Arc<View>> {
        self.views.get(&oid).ok_or_else(|| internal("no such view"))
    }

    pub(crate) fn sequence(&self, oid: Oid) -> R<&Arc<Sequence>> {
        self.sequences.get(&oid).ok_or_else(|| internal("no such sequence"))
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.tables.values()
    }

    pub(crate) fn views(&self) -> impl Iterator<Item = &Arc<View>> {
        self.views.values()
    }

    pub(crate) fn sequences(&self) -> impl Iterator<Item = &Arc<Sequence>> {
        self.sequences.values()
    }

    /// The sequences that belong to a table, or to one of its columns.
    pub(crate) fn owned_sequences(
        &self,
        table: Oid,
        column: Option<u32>,
    ) -> impl Iterator<Item = &Arc<Sequence>> {
        self.sequences.values().filter(move |sequence| match sequence.owner {
            Some((owner, id)) => owner == table && column.is_none_or(|column| column == id),
            None => false,
        })
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

    /// What COMMENT ON said; column 0 is the object itself.
    pub(crate) fn comment(&self, object: Oid, column: u32) -> Option<&Arc<str>> {
        self.comments.get(&(object, column))
    }

    /// Takes a session's temporary objects out; returns the heaps of the tables among them.
    pub(crate) fn remove_temporary(&mut self, schema: Oid) -> Vec<usize> {
        let mut heaps = vec![];
        self.tables.retain(|_, table| {
            if table.schema == schema {
                heaps.push(table.heap);
            }
            table.schema != schema
        });
        self.views.retain(|_, view| view.schema != schema);
        self.sequences.retain(|_, sequence| sequence.schema != schema);
        self.types.retain(|_, def| def.schema != schema);
        self.names.retain(|(owner, _), _| *owner != schema);
        self.schemas.remove(&schema);
        heaps
    }
}
