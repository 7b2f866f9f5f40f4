//! Statements that change the catalog: dispatch, DROP, TRUNCATE, LOCK, and what the others share.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::catalog::{Catalog, Draft, Index, IndexKey, Oid, Relation, Table};
use super::super::engine::Engine;
use super::super::errors::{R, fail, internal, pg, unsupported};
use super::super::functions::{Env, SessionValues};
use super::super::locks::Heavy;
use super::super::notice::Notice;
use super::super::parse::ast::{DropKind, Statement, TableLock};
use super::super::plan::{Expr, Plan};
use super::super::session::Backend;
use super::super::store::{IndexSpec, KeyOf, Sequences, Snapshot, Store, Undo};
use super::super::types::{Datum, Row};
use super::eval::eval;
use super::{Cx, Frame, Results, ddl_alter, ddl_create};
use crate::clock::Clock;
use crate::entropy::{Entropy, Stream};

/// Runs the statement; `None` if the session must wait.
pub(super) fn run(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    statement: &Statement,
) -> R<Option<&'static str>> {
    let name = match statement {
        Statement::CreateTable(_) => "CREATE TABLE",
        Statement::CreateIndex(_) => "CREATE INDEX",
        Statement::CreateSequence { .. } => "CREATE SEQUENCE",
        Statement::AlterTable { .. } => "ALTER TABLE",
        Statement::CreateType { .. } => "CREATE TYPE",
        Statement::AlterType { .. } => "ALTER TYPE",
        Statement::CreateDomain(_) => "CREATE DOMAIN",
        Statement::AlterDomain { .. } => "ALTER DOMAIN",
        Statement::Drop { kind: DropKind::Type, .. } => "DROP TYPE",
        Statement::Drop { kind: DropKind::Domain, .. } => "DROP DOMAIN",
        Statement::Drop { kind: DropKind::Table, .. } => "DROP TABLE",
        Statement::Drop { kind: DropKind::Index, .. } => "DROP INDEX",
        Statement::Drop { kind: DropKind::Sequence, .. } => "DROP SEQUENCE",
        Statement::Truncate { .. } => "TRUNCATE TABLE",
        Statement::LockTable { .. } => "LOCK TABLE",
        Statement::NoEffect { tag, .. } => tag,
        _ => return Err(internal("a statement that is no utility")),
    };
    if let Some(txn) = &mut me.txn {
        // LOCK TABLE needs no snapshot.
        txn.begun |= !matches!(statement, Statement::LockTable { .. });
        if txn.read_only && !matches!(statement, Statement::LockTable { .. }) {
            return fail(
                "25006",
                format!(
                    "cannot execute {} in a read-only transaction",
                    name.trim_end_matches(" TABLE")
                        .replace("CREATE", "CREATE TABLE")
                        .replace("TABLE INDEX", "INDEX")
                        .replace("TABLE SEQUENCE", "SEQUENCE")
                ),
            );
        }
    }
    let said = me.values.notices.len();
    let mut ddl = Ddl { engine, me, slot };
    let done = match statement {
        Statement::CreateTable(create) => ddl_create::table(&mut ddl, create)?,
        Statement::CreateIndex(create) => ddl_create::index(&mut ddl, create)?,
        Statement::CreateSequence { name, if_not_exists, options } => {
            ddl_create::sequence(&mut ddl, name, *if_not_exists, options)?
        }
        Statement::AlterTable { table, if_exists, actions } => {
            ddl_alter::table(&mut ddl, table, *if_exists, actions)?
        }
        Statement::CreateType { .. }
        | Statement::AlterType { .. }
        | Statement::CreateDomain(_)
        | Statement::AlterDomain { .. }
        | Statement::Drop { kind: DropKind::Type | DropKind::Domain, .. } => {
            return Err(unsupported(name));
        }
        Statement::Drop { kind, names, if_exists, cascade } => {
            ddl.drop(*kind, names, *if_exists, *cascade)?
        }
        Statement::Truncate { tables, restart_identity, cascade } => {
            ddl.truncate(tables, *restart_identity, *cascade)?
        }
        Statement::NoEffect { tag, table, column } => {
            ddl.no_effect(tag, table.as_deref(), column.as_deref())?
        }
        Statement::LockTable { tables, mode, nowait } => ddl.lock_tables(tables, *mode, *nowait)?,
        _ => return Err(internal("a statement that is no utility")),
    };
    if !done {
        // The statement begins again when its wait is over.
        ddl.me.values.notices.truncate(said);
    } else if let Some(txn) = &mut ddl.me.txn {
        txn.cid += 1;
    }
    Ok(done.then_some(name))
}

/// What a statement of this kind works on.
pub(super) struct Ddl<'e> {
    pub(super) engine: &'e mut Engine,
    pub(super) me: &'e mut Backend,
    pub(super) slot: usize,
}

impl Ddl<'_> {
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
        let shared = &self.engine.catalog;
        let txn = self.me.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
        let draft = txn.draft.get_or_insert_with(|| Draft::new(shared));
        draft.rebase(shared, version);
        Ok(draft)
    }

    pub(super) fn put(&mut self, table: Table) -> R<()> {
        let version = self.version();
        self.draft()?.put_table(table, version);
        Ok(())
    }

    pub(super) fn name(&mut self, name: &str, relation: Relation) -> R<()> {
        let version = self.version();
        self.draft()?.put_name(name, relation, version);
        Ok(())
    }

    pub(super) fn unname(&mut self, name: &str) -> R<()> {
        let version = self.version();
        self.draft()?.remove_name(name, version);
        Ok(())
    }

    /// True if the name is free; false if another transaction has yet to decide, which the session awaits.
    pub(super) fn await_name(&mut self, name: &str) -> R<bool> {
        self.engine.assign_xid(self.me, self.slot)?;
        let holder = self.engine.backends.iter().flatten().find_map(|other| {
            let txn = other.txn.as_ref()?;
            let uses = txn.draft.as_ref()?.names().any(|known| **known == *name);
            if uses { txn.xid } else { None }
        });
        if let Some(xid) = holder {
            self.engine.await_transaction(self.me, self.slot, xid);
            return Ok(false);
        }
        Ok(true)
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

    /// Runs `body` with a context for expressions.
    pub(super) fn with<T>(&mut self, body: impl FnOnce(&mut Cx<'_>) -> R<T>) -> R<T> {
        let plan = super::super::plan::empty();
        let snapshot = self.snapshot();
        let mut results = Results::default();
        super::with_cx(self.engine, self.me, &plan, &[], snapshot, &mut results, body)
            .map(|(value, _)| value)
    }

    fn no_effect(&mut self, tag: &str, table: Option<&str>, column: Option<&str>) -> R<bool> {
        if tag == "VACUUM" && self.me.txn.as_ref().is_some_and(|txn| !txn.implicit) {
            return fail("25001", "VACUUM cannot run inside a transaction block");
        }
        let catalog = self.catalog();
        if let Some(name) = table {
            let table = catalog.table_named(name)?;
            if let Some(column) = column {
                table.require_column(column)?;
            }
        }
        Ok(true)
    }

    fn lock_tables(&mut self, names: &[String], mode: TableLock, nowait: bool) -> R<bool> {
        if self.me.txn.as_ref().is_some_and(|txn| txn.implicit) {
            return fail("25P01", "LOCK TABLE can only be used in transaction blocks");
        }
        let catalog = self.catalog();
        for name in names {
            let table = catalog.table_named(name)?;
            if !self.engine.lock_table(self.me, self.slot, table.oid, mode, nowait, &table.name)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn drop(
        &mut self,
        kind: DropKind,
        names: &[String],
        if_exists: bool,
        cascade: bool,
    ) -> R<bool> {
        for name in names {
            let catalog = self.catalog();
            let noun = match kind {
                DropKind::Table => "table",
                DropKind::Index => "index",
                DropKind::Sequence => "sequence",
                DropKind::Type | DropKind::Domain => "type",
            };
            match (kind, catalog.relation(name)) {
                (DropKind::Table, Some(Relation::Table(oid))) => {
                    let table = catalog.table(oid)?.clone();
                    if !self.lock(&table, TableLock::AccessExclusive)?
                        || !self.drop_table(&table, names, cascade)?
                    {
                        return Ok(false);
                    }
                }
                (DropKind::Index, Some(Relation::Index { table, index })) => {
                    let table = catalog.table(table)?.clone();
                    if !self.lock(&table, TableLock::AccessExclusive)? {
                        return Ok(false);
                    }
                    self.drop_index(&table, index)?;
                }
                (DropKind::Sequence, Some(Relation::Sequence(oid))) => {
                    let user = catalog
                        .tables()
                        .find(|table| table.columns.iter().any(|c| c.sequence == Some(oid)));
                    if let Some(table) = user {
                        return Err(pg(
                            "2BP01",
                            format!(
                                "cannot drop sequence {name} because other objects depend on it"
                            ),
                        )
                        .with_detail(format!(
                            "default value for a column of table {} depends on sequence {name}",
                            table.name
                        )));
                    }
                    self.unname(name)?;
                }
                (_, Some(other)) => {
                    let message =
                        format!("\"{name}\" is not a {noun}").replace("a index", "an index");
                    let (verb, it) = match other {
                        Relation::Table(_) => ("TABLE", "a table"),
                        Relation::Index { .. } => ("INDEX", "an index"),
                        Relation::Sequence(_) => ("SEQUENCE", "a sequence"),
                    };
                    return Err(
                        pg("42809", message).with_hint(format!("Use DROP {verb} to remove {it}."))
                    );
                }
                (_, None) if if_exists => self.skip(format!("{noun} \"{name}\" does not exist")),
                (DropKind::Index, None) => {
                    return fail("42704", format!("index \"{name}\" does not exist"));
                }
                (_, None) => return fail("42P01", format!("{noun} \"{name}\" does not exist")),
            }
        }
        Ok(true)
    }

    fn drop_table(&mut self, table: &Arc<Table>, also: &[String], cascade: bool) -> R<bool> {
        let catalog = self.catalog();
        let dependents: Vec<(Arc<Table>, Arc<str>)> = catalog
            .references_to(table.oid)
            .filter(|(child, _)| {
                child.oid != table.oid && !also.iter().any(|name| **name == *child.name)
            })
            .map(|(child, key)| (child.clone(), key.name.clone()))
            .collect();
        if let Some((child, key)) = dependents.first()
            && !cascade
        {
            return Err(pg(
                "2BP01",
                format!("cannot drop table {} because other objects depend on it", table.name),
            )
            .with_detail(format!(
                "constraint {key} on table {} depends on table {}",
                child.name, table.name
            )));
        }
        let others: Vec<String> = dependents
            .iter()
            .map(|(child, key)| format!("constraint {key} on table {}", child.name))
            .collect();
        self.cascades(&others);
        for (child, key) in dependents {
            if !self.lock(&child, TableLock::AccessExclusive)? {
                return Ok(false);
            }
            let current = self.catalog().table(child.oid)?.clone();
            let mut changed = (*current).clone();
            changed.foreign_keys.retain(|known| known.name != key);
            self.put(changed)?;
        }
        // References from tables that go as well must not hold the order of names up.
        let peers: Vec<Arc<Table>> = catalog
            .references_to(table.oid)
            .filter(|(child, _)| child.oid != table.oid)
            .map(|(child, _)| child.clone())
            .collect();
        for child in peers {
            if let Ok(current) = self.catalog().table(child.oid) {
                let mut changed = (**current).clone();
                changed.foreign_keys.retain(|key| key.parent != table.oid);
                self.put(changed)?;
            }
        }
        let sequences: Vec<Oid> =
            table.columns.iter().filter_map(|column| column.sequence).collect();
        for oid in sequences {
            if let Some(name) = self.engine.sequences.name(oid).map(str::to_owned) {
                self.unname(&name)?;
            }
        }
        for index in &table.indexes {
            self.unname(&index.name)?;
        }
        self.unname(&table.name)?;
        let version = self.version();
        self.draft()?.remove_table(table.oid, version);
        self.discard_heap(table.heap);
        Ok(true)
    }

    fn drop_index(&mut self, table: &Arc<Table>, oid: Oid) -> R<()> {
        let index = table.index(oid)?.clone();
        if index.constraint {
            return Err(pg(
                "2BP01",
                format!(
                    "cannot drop index {} because constraint {} on table {} requires it",
                    index.name, index.name, table.name
                ),
            )
            .with_hint(format!(
                "You can drop constraint {} on table {} instead.",
                index.name, table.name
            )));
        }
        let mut changed = (**table).clone();
        // The tree is kept up until the heap goes: a rollback finds it complete.
        changed.indexes.retain(|known| known.oid != oid);
        self.put(changed)?;
        self.unname(&index.name)
    }

    fn truncate(&mut self, names: &[String], restart: bool, cascade: bool) -> R<bool> {
        let catalog = self.catalog();
        let tables =
            names.iter().map(|name| catalog.table_named(name).cloned()).collect::<R<Vec<_>>>()?;
        if cascade {
            return Err(unsupported("TRUNCATE … CASCADE"));
        }
        for table in &tables {
            for (child, _) in catalog.references_to(table.oid) {
                if !tables.iter().any(|known| known.oid == child.oid) {
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
            }
            if !self.lock(table, TableLock::AccessExclusive)? {
                return Ok(false);
            }
        }
        for table in tables {
            let mut changed = (**self.catalog().table(table.oid)?).clone();
            self.discard_heap(changed.heap);
            changed.heap = self.new_heap();
            self.rebuild_indexes(&mut changed)?;
            if restart {
                for oid in changed.columns.iter().filter_map(|column| column.sequence) {
                    self.engine.sequences.restart(oid)?;
                }
            }
            self.put(changed)?;
        }
        Ok(true)
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

/// How the store computes the index's keys.
pub(super) fn key_of(index: &Index) -> KeyOf {
    match (index.columns(), &index.predicate) {
        (Some(columns), None) => match columns.as_slice() {
            [column] => KeyOf::Column(*column),
            columns => KeyOf::Columns(columns.into()),
        },
        _ => {
            let (keys, predicate) = (index.keys.clone(), index.predicate.clone());
            let pure = Mutex::new(Pure::new());
            KeyOf::Computed(Arc::new(move |row| {
                let mut pure = pure.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(predicate) = &predicate
                    && !pure.eval(predicate, row).ok()?.is_true()
                {
                    return None;
                }
                let mut values = vec![];
                for key in &keys {
                    values.push(match key {
                        IndexKey::Column(column) => row[*column].clone(),
                        IndexKey::Expr(expr) => pure.eval(expr, row).ok()?,
                    });
                }
                if values.len() == 1 { values.pop() } else { Some(Datum::Record(values.into())) }
            }))
        }
    }
}

#[derive(Debug)]
struct NoClock;

impl Clock for NoClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::ZERO
    }
}

/// Evaluates immutable expressions, which look at nothing but the row.
pub(super) struct Pure {
    clock: Arc<dyn Clock>,
    streams: [Stream; 2],
    sequences: Sequences,
    session: SessionValues,
    heavy: Heavy,
    store: Store,
    plan: Plan,
    results: Results,
}

impl Pure {
    pub(super) fn new() -> Pure {
        let entropy = Entropy::new(0);
        Pure {
            clock: Arc::new(NoClock),
            streams: [entropy.stream("none"), entropy.stream("none")],
            sequences: Sequences::default(),
            session: SessionValues::default(),
            heavy: Heavy::default(),
            store: Store::default(),
            plan: super::super::plan::empty(),
            results: Results::default(),
        }
    }

    pub(super) fn eval(&mut self, expr: &Expr, row: &[Datum]) -> R<Datum> {
        let [random, uuids] = &mut self.streams;
        let mut cx = Cx {
            env: Env {
                now: 0,
                statement: 0,
                clock: &self.clock,
                random,
                uuids,
                sequences: &mut self.sequences,
                session: &mut self.session,
                heavy: &mut self.heavy,
                parameters: None,
                sleep: 0,
            },
            store: &self.store,
            plan: &self.plan,
            params: &[],
            snapshot: Snapshot { csn: 0, xid: 0, cid: 0 },
            results: &mut self.results,
            reads: None,
        };
        eval(expr, &Frame::of(row), &mut cx)
    }
}
