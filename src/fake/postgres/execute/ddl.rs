//! Statements that change the catalog: dispatch, and what the others share.

use std::sync::Arc;

use super::super::catalog::{Catalog, Draft, Index, Oid, Relation, Schema, Sequence, Table, View};
use super::super::engine::Engine;
use super::super::errors::{R, fail, internal, pg};
use super::super::parse::ast::{DropKind, Name, Persistence, RelationKind, Statement, TableLock};
use super::super::plan::quoted;
use super::super::session::Backend;
use super::super::store::{IndexSpec, Snapshot, Undo};
use super::super::types::Row;
use super::ddl_pure::key_of;
use super::{
    Cx, Results, Tag, ddl_alter, ddl_as, ddl_create, ddl_drop, ddl_index, ddl_schema, ddl_sequence,
    ddl_small, ddl_type_drop, ddl_types, ddl_view,
};
use crate::error::Error;

/// The hint of 2BP01.
pub(super) const USE_CASCADE: &str = "Use DROP ... CASCADE to drop the dependent objects too.";

/// The command tag of a statement.
fn tag(statement: &Statement) -> R<&'static str> {
    Ok(match statement {
        Statement::CreateTable(_) => "CREATE TABLE",
        Statement::CreateTableAs(create) if create.materialized => "CREATE MATERIALIZED VIEW",
        Statement::CreateTableAs(_) => "CREATE TABLE AS",
        Statement::CreateView(_) => "CREATE VIEW",
        Statement::RefreshView { .. } => "REFRESH MATERIALIZED VIEW",
        Statement::CreateSchema(_) => "CREATE SCHEMA",
        Statement::AlterSchema { .. } => "ALTER SCHEMA",
        Statement::CreateIndex(_) => "CREATE INDEX",
        Statement::Reindex { .. } => "REINDEX",
        Statement::CreateSequence(_) => "CREATE SEQUENCE",
        Statement::AlterSequence { .. } => "ALTER SEQUENCE",
        Statement::AlterTable(alter) => match alter.kind {
            RelationKind::Table => "ALTER TABLE",
            RelationKind::View => "ALTER VIEW",
            RelationKind::MaterializedView => "ALTER MATERIALIZED VIEW",
            RelationKind::Index => "ALTER INDEX",
            RelationKind::Sequence => "ALTER SEQUENCE",
        },
        Statement::Drop { kind, .. } => match kind {
            DropKind::Table => "DROP TABLE",
            DropKind::View => "DROP VIEW",
            DropKind::MaterializedView => "DROP MATERIALIZED VIEW",
            DropKind::Index => "DROP INDEX",
            DropKind::Sequence => "DROP SEQUENCE",
            DropKind::Schema => "DROP SCHEMA",
            DropKind::Type => "DROP TYPE",
            DropKind::Domain => "DROP DOMAIN",
        },
        Statement::Truncate { .. } => "TRUNCATE TABLE",
        Statement::LockTable { .. } => "LOCK TABLE",
        Statement::Comment { .. } => "COMMENT",
        Statement::CreateType { .. } => "CREATE TYPE",
        Statement::AlterType { .. } => "ALTER TYPE",
        Statement::CreateDomain(_) => "CREATE DOMAIN",
        Statement::AlterDomain { .. } => "ALTER DOMAIN",
        Statement::NoEffect { tag, .. } => tag,
        _ => return Err(internal("a statement that is no utility")),
    })
}

/// Runs the statement; `None` if the session must wait.
pub(super) fn run(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    statement: &Statement,
) -> R<Option<Tag>> {
    let name = tag(statement)?;
    if let Some(txn) = &mut me.txn {
        // LOCK TABLE needs no snapshot.
        txn.begun |= !matches!(statement, Statement::LockTable { .. });
        if txn.read_only && !matches!(statement, Statement::LockTable { .. }) {
            return fail("25006", format!("cannot execute {name} in a read-only transaction"));
        }
    }
    let mut ddl = Ddl { engine, me, slot };
    let said = ddl.me.values.notices.len();
    let done = ddl.statement(statement)?;
    match &done {
        None => ddl.me.values.notices.truncate(said),
        Some(_) => {
            if let Some(txn) = &mut ddl.me.txn {
                txn.cid += 1;
            }
        }
    }
    Ok(done.map(|count| match count {
        Some(count) => Tag::Select(count),
        None => Tag::Utility(name),
    }))
}

/// The unique indexes of names: relations with rows have a type of their name, which is made first.
#[derive(Clone, Copy)]
pub(super) enum CatalogIndex {
    Types,
    Relations,
}

impl CatalogIndex {
    #[cold]
    fn duplicate(self, schema: Oid, name: &str) -> Error {
        let (index, columns) = match self {
            CatalogIndex::Types => ("pg_type_typname_nsp_index", "typname, typnamespace"),
            CatalogIndex::Relations => ("pg_class_relname_nsp_index", "relname, relnamespace"),
        };
        pg("23505", format!("duplicate key value violates unique constraint \"{index}\""))
            .with_detail(format!("Key ({columns})=({name}, {schema}) already exists."))
            .with_constraint(index)
    }
}

/// `None`: the session must wait. The number is of the rows that CREATE TABLE AS made.
pub(super) type Done = R<Option<Option<u64>>>;

/// What a statement of this kind works on.
pub(super) struct Ddl<'e> {
    pub(super) engine: &'e mut Engine,
    pub(super) me: &'e mut Backend,
    pub(super) slot: usize,
}

impl Ddl<'_> {
    fn statement(&mut self, statement: &Statement) -> Done {
        let done = match statement {
            Statement::CreateTableAs(create) => return ddl_as::create(self, create),
            Statement::CreateTable(create) => ddl_create::table(self, create),
            Statement::CreateView(create) => ddl_view::create(self, create),
            Statement::RefreshView { name, concurrently, with_data } => {
                ddl_as::refresh(self, name, *concurrently, *with_data)
            }
            Statement::CreateSchema(create) => ddl_schema::create(self, create),
            Statement::AlterSchema { name, rename } => {
                ddl_schema::alter(self, name, rename.as_deref())
            }
            Statement::CreateIndex(create) => ddl_index::index(self, create),
            Statement::Reindex { kind, name } => ddl_small::reindex(self, *kind, name),
            Statement::CreateSequence(create) => ddl_sequence::create(self, create),
            Statement::AlterSequence { name, if_exists, options } => {
                ddl_sequence::alter(self, name, *if_exists, options)
            }
            Statement::AlterTable(alter) => ddl_alter::relation(self, alter),
            Statement::CreateType { name, definition } => ddl_types::create(self, name, definition),
            Statement::AlterType { name, action } => ddl_types::alter(self, name, action),
            Statement::CreateDomain(create) => ddl_types::create_domain(self, create),
            Statement::AlterDomain { name, action } => ddl_types::alter_domain(self, name, action),
            Statement::Drop {
                kind: kind @ (DropKind::Type | DropKind::Domain),
                names,
                if_exists,
                cascade,
                ..
            } => {
                let domains = *kind == DropKind::Domain;
                let mut done = true;
                for name in names {
                    done = done
                        && ddl_type_drop::drop(self, name, *if_exists, *cascade, names, domains)?;
                }
                Ok(done)
            }
            Statement::Drop { kind, names, if_exists, cascade, concurrently } => {
                ddl_drop::run(self, *kind, names, (*if_exists, *cascade, *concurrently))
            }
            Statement::Truncate { tables, restart_identity, cascade } => {
                ddl_small::truncate(self, tables, *restart_identity, *cascade)
            }
            Statement::Comment { target, text } => {
                ddl_small::comment(self, target, text.as_deref())
            }
            Statement::NoEffect { tag, table } => ddl_small::no_effect(self, tag, table.as_ref()),
            Statement::LockTable { tables, mode, nowait } => {
                ddl_small::lock_tables(self, tables, *mode, *nowait)
            }
            _ => Err(internal("a statement that is no utility")),
        };
        Ok(done?.then_some(None))
    }

    /// The transaction's view of the catalog.
    pub(super) fn catalog(&self) -> Arc<Catalog> {
        self.me.catalog(&self.engine.catalog).clone()
    }

    pub(super) fn version(&self) -> u64 {
        self.engine.plans.shared.next_version()
    }

    /// The transaction's own copy of the catalog.
    pub(super) fn draft(&mut self) -> R<&mut Draft> {
        self.engine.assign_xid(self.me, self.slot)?;
        let version = self.engine.plans.shared.next_version();
        let path = self.me.path();
        let shared = &self.engine.catalog;
        let txn = self.me.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
        let draft = txn.draft.get_or_insert_with(|| Draft::new(shared, path));
        draft.rebase(shared, version);
        Ok(draft)
    }

    pub(super) fn put(&mut self, table: Table) -> R<()> {
        let version = self.version();
        self.draft()?.put_table(table, version);
        Ok(())
    }

    pub(super) fn put_view(&mut self, view: View) -> R<()> {
        let version = self.version();
        self.draft()?.put_view(view, version);
        Ok(())
    }

    pub(super) fn put_sequence(&mut self, sequence: Sequence) -> R<()> {
        let version = self.version();
        self.draft()?.put_sequence(sequence, version);
        Ok(())
    }

    pub(super) fn remove(&mut self, oid: Oid) -> R<()> {
        let version = self.version();
        self.draft()?.remove(oid, version);
        Ok(())
    }

    pub(super) fn name(&mut self, schema: Oid, name: &str, relation: Relation) -> R<()> {
        let version = self.version();
        self.draft()?.put_name(schema, name, relation, version);
        Ok(())
    }

    pub(super) fn unname(&mut self, schema: Oid, name: &str) -> R<()> {
        let version = self.version();
        self.draft()?.remove_name(schema, name, version);
        Ok(())
    }

    /// True if no other transaction has yet to decide about the name; otherwise the session awaits that.
    ///
    /// # Errors
    /// 23505, of the catalog that the name would have gone into, if the other one has taken it.
    pub(super) fn await_name(&mut self, schema: Oid, name: &str, index: CatalogIndex) -> R<bool> {
        let waited = self
            .me
            .awaited_name
            .take()
            .is_some_and(|(owner, known)| owner == schema && known == name);
        let catalog = self.catalog();
        if catalog.relation_in(schema, name).is_some() {
            return if waited { Err(index.duplicate(schema, name)) } else { Ok(true) };
        }
        self.engine.assign_xid(self.me, self.slot)?;
        let holder = self.engine.backends.iter().flatten().find_map(|other| {
            let txn = other.txn.as_ref()?;
            let mut names = txn.draft.as_ref()?.names();
            let uses = names.any(|(owner, known)| *owner == schema && **known == *name);
            if uses { txn.xid } else { None }
        });
        if let Some(xid) = holder {
            self.me.awaited_name = Some((schema, name.to_owned()));
            self.engine.await_transaction(self.me, self.slot, xid);
            return Ok(false);
        }
        Ok(true)
    }

    /// The schema in which a new relation of that name belongs.
    pub(super) fn schema_for(&mut self, name: &Name, persistence: Persistence) -> R<Oid> {
        let temporary = persistence == Persistence::Temporary;
        match &name.schema {
            Some(schema) if schema == "pg_temp" => self.temporary_schema(),
            Some(schema) => {
                let catalog = self.catalog();
                let oid = catalog.require_schema(schema)?;
                let own = self.me.values.temporary == Some(oid);
                if temporary && !own {
                    return fail(
                        "42P16",
                        "cannot create temporary relation in non-temporary schema",
                    );
                }
                Ok(oid)
            }
            None if temporary => self.temporary_schema(),
            None => match self.catalog().path.create {
                Some(schema) => Ok(schema),
                None => fail("3F000", "no schema has been selected to create in"),
            },
        }
    }

    fn temporary_schema(&mut self) -> R<Oid> {
        let oid = match self.me.values.temporary {
            Some(oid) => oid,
            None => {
                let oid = self.engine.new_oid();
                self.me.values.temporary = Some(oid);
                oid
            }
        };
        if self.catalog().schema(oid).is_none() {
            let name = format!("pg_temp_{}", self.slot + 3).into();
            let path = self.me.path();
            let version = self.version();
            let draft = self.draft()?;
            draft.look_along((&path.0, path.1), version);
            draft.put_schema(Schema { oid, name }, version);
        }
        Ok(oid)
    }

    /// The name of a relation as errors that speak of dependencies write it.
    pub(super) fn shown_name(catalog: &Catalog, schema: Oid, name: &str) -> String {
        if catalog.relation(name) == catalog.relation_in(schema, name) {
            quoted(name)
        } else {
            format!("{}.{}", quoted(catalog.schema_name(schema)), quoted(name))
        }
    }

    pub(super) fn lock(&mut self, table: &Table, mode: TableLock) -> R<bool> {
        self.engine.lock_table(self.me, self.slot, table.oid, mode, false, &table.name)
    }

    pub(super) fn new_heap(&mut self) -> usize {
        let heap = self.engine.store.create_heap();
        if let Some(txn) = &mut self.me.txn {
            txn.made_heaps.push(heap);
        }
        heap
    }

    pub(super) fn discard_heap(&mut self, heap: usize) {
        if let Some(txn) = &mut self.me.txn {
            txn.dropped_heaps.push(heap);
        }
    }

    /// Adds the index to the table's heap.
    pub(super) fn attach(&mut self, table: &Table, index: &Index) -> R<()> {
        let spec = IndexSpec { tree: index.tree, key: key_of(index) };
        self.engine.store.add_index(table.heap, spec)?;
        if let Some(txn) = &mut self.me.txn {
            txn.undo.push(Undo::Indexed { heap: table.heap, tree: index.tree });
        }
        Ok(())
    }

    /// What is committed now, with the transaction's own changes.
    pub(super) fn snapshot(&self) -> Snapshot {
        let xid = self.me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
        Snapshot { csn: self.engine.csn(), xid, cid: u32::MAX }
    }

    /// The table's rows, as of now.
    pub(super) fn rows(&self, heap: usize) -> R<Vec<Row>> {
        let snapshot = self.snapshot();
        let heap = self.engine.store.heap(heap)?;
        Ok(heap
            .iter()
            .filter(|(_, tuple)| snapshot.sees(tuple))
            .map(|(_, tuple)| tuple.row.clone())
            .collect())
    }

    /// Runs `body` with a context for expressions.
    pub(super) fn with<T>(&mut self, body: impl FnOnce(&mut Cx<'_>) -> R<T>) -> R<T> {
        let plan = super::super::plan::empty();
        let snapshot = self.snapshot();
        let mut results = Results::default();
        super::with_cx(self.engine, self.me, &plan, &[], snapshot, &mut results, body)
            .map(|(value, _)| value)
    }

    /// New trees for every index of a table with a new heap.
    pub(super) fn rebuild_indexes(&mut self, table: &mut Table) -> R<()> {
        for place in 0..table.indexes.len() {
            table.indexes[place].tree = self.engine.store.create_tree();
            let index = table.indexes[place].clone();
            self.attach(table, &index)?;
        }
        Ok(())
    }
}
