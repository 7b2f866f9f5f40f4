//! Foreign keys: checked at the end of the statement, or of the transaction, in the order of the changes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::catalog::{Deferral, ForeignKey, Index, Oid, Table};
use super::super::engine::Engine;
use super::super::errors::{R, fail, pg};
use super::super::locks::{RowOutcome, RowRequest};
use super::super::parse::ast::{Action, Isolation, LockWait, RowLock, TableLock};
use super::super::session::Backend;
use super::super::store::{Snapshot, Tid};
use super::super::types::{Datum, Row};
use super::Frame;
use super::constraints::{Uniqueness, check, duplicate, generate, key_text, uniqueness};
use super::enter::Replacement;
use super::eval::eval;
use super::modify::remove;
use super::run::Core;
use super::scan::{lookup, note_found};

/// A change that a constraint has to be checked for.
#[derive(Clone)]
pub(crate) struct ConstraintEvent {
    /// The table that has the constraint, and its name.
    pub(crate) table: Oid,
    pub(crate) name: Arc<str>,
    change: Change,
}

#[derive(Clone)]
enum Change {
    /// The child has this version of a row now.
    Child(Tid, Row),
    /// A key that another row has as well, for the time being.
    Unique(Tid),
    /// The parent no longer has this row; or has another in its place.
    Parent { old: Row, new: Option<Row> },
    /// As `Parent`, after SET DEFAULT left the key as it was: now nothing may refer to it.
    Kept { old: Row },
}

fn null_key(columns: &[usize], row: &[Datum]) -> bool {
    columns.iter().any(|column| row[*column].is_null())
}

fn same(columns: &[usize], a: &[Datum], b: &[Datum]) -> bool {
    columns.iter().all(|column| a[*column].order(&b[*column]).is_eq())
}

fn push(
    me: &mut Backend,
    core: &mut Core,
    (table, name): (Oid, &Arc<str>),
    deferral: Deferral,
    change: Change,
) {
    let event = ConstraintEvent { table, name: name.clone(), change };
    match &mut me.txn {
        Some(txn) if txn.constraints.defers(deferral, table, name) => txn.deferred.push(event),
        _ => core.checks.push_back(event),
    }
}

/// The key of a version may be taken: a deferrable constraint looks again later.
pub(super) fn recheck_unique(
    me: &mut Backend,
    core: &mut Core,
    table: &Table,
    index: &Index,
    tid: Tid,
) {
    push(me, core, (table.oid, &index.name), index.deferral, Change::Unique(tid));
}

/// A row of the child is new, or has a new key.
pub(super) fn child_events(
    me: &mut Backend,
    core: &mut Core,
    table: &Arc<Table>,
    tid: Tid,
    row: &Row,
    old: Option<&Row>,
) -> R<()> {
    for key in &table.foreign_keys {
        let unchanged = old.is_some_and(|old| same(&key.columns, old, row));
        let exempt = match key.full {
            true => key.columns.iter().all(|column| row[*column].is_null()),
            false => null_key(&key.columns, row),
        };
        if !unchanged && !exempt {
            let change = Change::Child(tid, row.clone());
            push(me, core, (table.oid, &key.name), key.deferral, change);
        }
    }
    Ok(())
}

fn parent_events(
    engine: &Engine,
    me: &mut Backend,
    core: &mut Core,
    table: &Arc<Table>,
    old: &Row,
    new: Option<&Row>,
) -> R<()> {
    let catalog = me.catalog(&engine.catalog).clone();
    for (child, key) in catalog.references_to(table.oid) {
        let kept = new.is_some_and(|new| same(&key.parent_columns, old, new));
        if !kept && !null_key(&key.parent_columns, old) {
            let change = Change::Parent { old: old.clone(), new: new.cloned() };
            let action = if new.is_some() { key.on_update } else { key.on_delete };
            // Actions are never deferred.
            let deferral = if action == Action::NoAction { key.deferral } else { Deferral::Never };
            push(me, core, (child.oid, &key.name), deferral, change);
        }
    }
    Ok(())
}

pub(super) fn delete_events(
    engine: &Engine,
    me: &mut Backend,
    core: &mut Core,
    table: &Arc<Table>,
    old: &Row,
) -> R<()> {
    parent_events(engine, me, core, table, old, None)
}

pub(super) fn update_events(
    engine: &Engine,
    me: &mut Backend,
    core: &mut Core,
    table: &Arc<Table>,
    change: &Replacement,
) -> R<()> {
    if table.foreign_keys.is_empty() {
        return parent_events(engine, me, core, table, &change.old, Some(&change.new));
    }
    // The check of a version of the transaction's own, perhaps deferred, lapses with that version.
    let own = me.txn.as_ref().and_then(|txn| txn.xid);
    let replaced = engine.store.tuple(table.heap, change.tid);
    let settled =
        replaced.is_none_or(|tuple| tuple.born.xid().is_none() || tuple.born.xid() != own);
    let old = settled.then_some(&change.old);
    // Actions come first: a row that refers to itself is changed by them before its key is looked for.
    parent_events(engine, me, core, table, &change.old, Some(&change.new))?;
    child_events(me, core, table, change.placed(), &change.new, old)
}

/// The check of one event.
pub(super) struct Work {
    event: ConstraintEvent,
    /// The child's rows that refer to the parent.
    children: Option<Vec<Tid>>,
    at: usize,
    /// The child's row at hand, once it is locked.
    ready: Option<Replacement>,
}

impl Work {
    pub(super) fn new(event: ConstraintEvent) -> Work {
        Work { event, children: None, at: 0, ready: None }
    }

    /// False if the session must wait.
    pub(super) fn step(
        &mut self,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
    ) -> R<bool> {
        let catalog = me.catalog(&engine.catalog).clone();
        // The table or the constraint may be gone by the time of a deferred check.
        let Ok(child) = catalog.table(self.event.table) else { return Ok(true) };
        if let Change::Unique(tid) = self.event.change {
            return check_unique(engine, me, slot, child, &self.event.name, tid);
        }
        let Some(key) = child.foreign_keys.iter().find(|key| key.name == self.event.name) else {
            return Ok(true);
        };
        let Ok(parent) = catalog.table(key.parent) else { return Ok(true) };
        match self.event.change.clone() {
            Change::Unique(_) => Ok(true),
            Change::Child(tid, row) => {
                check_child(engine, me, slot, (child, parent, key), tid, &row)
            }
            Change::Parent { old, new } => {
                self.check_parent(core, engine, me, slot, (child, parent, key), &old, new.as_ref())
            }
            Change::Kept { old } => {
                let strict = ForeignKey { on_delete: Action::NoAction, ..key.clone() };
                self.check_parent(core, engine, me, slot, (child, parent, &strict), &old, None)
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one check")]
    fn check_parent(
        &mut self,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        slot: usize,
        (child, parent, key): (&Arc<Table>, &Arc<Table>, &ForeignKey),
        old: &Row,
        new: Option<&Row>,
    ) -> R<bool> {
        let action = if new.is_some() { key.on_update } else { key.on_delete };
        let wanted: Vec<Datum> =
            key.parent_columns.iter().map(|column| old[*column].clone()).collect();
        if self.children.is_none() {
            let lock = match action {
                Action::NoAction | Action::Restrict => TableLock::RowShare,
                _ => TableLock::RowExclusive,
            };
            if !engine.lock_table(me, slot, child.oid, lock, false, "")? {
                return Ok(false);
            }
            let latest = latest(engine, me);
            if action == Action::NoAction && parent_has(engine, me, parent, key, &wanted, &latest)?
            {
                return Ok(true);
            }
            self.children = Some(children(engine, me, child, key, &wanted, &latest)?);
        }
        let tids = self.children.clone().unwrap_or_default();
        while let Some(tid) = tids.get(self.at).copied() {
            if self.ready.is_none() {
                let mode = match action {
                    Action::NoAction | Action::Restrict => RowLock::KeyShare,
                    Action::Cascade if new.is_none() => RowLock::Update,
                    _ if key.columns.iter().any(|column| child.is_key(*column)) => RowLock::Update,
                    _ => RowLock::NoKeyUpdate,
                };
                check_snapshot(engine, me, child, tid, action)?;
                let request = RowRequest {
                    heap: child.heap,
                    tid,
                    mode,
                    wait: LockWait::Wait,
                    keep: true,
                    table: &child.name,
                    selects: matches!(action, Action::NoAction | Action::Restrict),
                };
                match engine.lock_row(me, slot, request)? {
                    RowOutcome::Wait => return Ok(false),
                    RowOutcome::Gone | RowOutcome::OwnChange | RowOutcome::Busy => {
                        self.at += 1;
                        continue;
                    }
                    RowOutcome::Locked { tid, .. } => {
                        let row = super::lock::version(engine, child.heap, tid)?;
                        let refers = key
                            .columns
                            .iter()
                            .zip(&wanted)
                            .all(|(c, value)| row[*c].order(value).is_eq());
                        if !refers {
                            self.at += 1;
                            continue;
                        }
                        if matches!(action, Action::NoAction | Action::Restrict) {
                            return Err(still_referenced(child, parent, key, old));
                        }
                        let changed =
                            self.child_after(core, engine, me, child, key, &row, action, new)?;
                        self.ready = Some(Replacement::new(tid, row, changed));
                    }
                }
            }
            let Some(mut change) = self.ready.take() else { continue };
            let before = core.checks.len();
            if action == Action::Cascade && new.is_none() {
                remove(engine, me, slot, core, child, change.tid)?;
                delete_events(engine, me, core, child, &change.old)?;
            } else {
                if !change.apply(engine, me, slot, core, child)? {
                    self.ready = Some(change);
                    return Ok(false);
                }
                // The new parent is there: it is why the child changes.
                if action == Action::Cascade {
                    parent_events(engine, me, core, child, &change.old, Some(&change.new))?;
                } else {
                    update_events(engine, me, core, child, &change)?;
                    // The default may be the very key that goes.
                    let same_key = same(&key.columns, &change.old, &change.new);
                    if action == Action::SetDefault
                        && same_key
                        && !null_key(&key.columns, &change.new)
                    {
                        core.checks.push_back(ConstraintEvent {
                            table: child.oid,
                            name: key.name.clone(),
                            change: Change::Kept { old: old.clone() },
                        });
                    }
                }
            }
            // What follows from this comes before what was waiting, but for the child's other keys: another
            // action may be about to change them.
            let fresh = core.checks.split_off(before);
            let (keys, actions): (VecDeque<_>, VecDeque<_>) =
                fresh.into_iter().partition(|event| matches!(event.change, Change::Child(..)));
            for event in actions.into_iter().rev() {
                core.checks.push_front(event);
            }
            core.checks.extend(keys);
            self.at += 1;
        }
        Ok(true)
    }

    /// The child's row as the action leaves it.
    #[allow(clippy::too_many_arguments, reason = "the parts of one check")]
    fn child_after(
        &self,
        core: &mut Core,
        engine: &mut Engine,
        me: &mut Backend,
        child: &Arc<Table>,
        key: &ForeignKey,
        row: &Row,
        action: Action,
        new: Option<&Row>,
    ) -> R<Row> {
        let mut changed = row.to_vec();
        let Some(parent_row) = new.or(match action {
            Action::SetNull | Action::SetDefault => Some(row),
            _ => None,
        }) else {
            return Ok(row.clone());
        };
        core.with(engine, me, |cx| {
            let kept = |column: usize| {
                new.is_none() && !key.set_columns.is_empty() && !key.set_columns.contains(&column)
            };
            for (place, column) in key.columns.iter().enumerate() {
                if kept(*column) {
                    continue;
                }
                changed[*column] = match action {
                    Action::SetNull => Datum::Null,
                    Action::SetDefault => match &child.columns[*column].default {
                        Some(default) => eval(default, &Frame::of(&[]), cx)?,
                        None => Datum::Null,
                    },
                    _ => parent_row[key.parent_columns[place]].clone(),
                };
            }
            generate(child, &mut changed, cx)?;
            check(child, &changed, cx)
        })?;
        Ok(changed.into())
    }
}

fn latest(engine: &Engine, me: &Backend) -> Snapshot {
    let xid = me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
    Snapshot { csn: engine.csn(), xid, cid: u32::MAX }
}

/// REPEATABLE READ cannot change a row that its snapshot does not see.
fn check_snapshot(engine: &Engine, me: &Backend, child: &Table, tid: Tid, action: Action) -> R<()> {
    let checks_only = matches!(action, Action::NoAction | Action::Restrict);
    if me.isolation() < Isolation::RepeatableRead || checks_only {
        return Ok(());
    }
    let mut snapshot = latest(engine, me);
    snapshot.csn = me.txn.as_ref().and_then(|txn| txn.snapshot).unwrap_or(snapshot.csn);
    match engine.store.tuple(child.heap, tid) {
        Some(tuple) if !snapshot.sees(tuple) => {
            fail("40001", "could not serialize access due to concurrent update")
        }
        _ => Ok(()),
    }
}

fn parent_rows(
    engine: &mut Engine,
    me: &Backend,
    parent: &Table,
    key: &ForeignKey,
    values: &[Datum],
    snapshot: &Snapshot,
) -> R<Vec<Tid>> {
    let index = parent.index(key.parent_index)?;
    // The index's columns may stand in another order than the key's.
    let ordered: Vec<Datum> = index
        .columns()
        .unwrap_or_default()
        .iter()
        .filter_map(|column| {
            let place = key.parent_columns.iter().position(|c| c == column)?;
            values.get(place).cloned()
        })
        .collect();
    let one = ordered.len() == 1;
    let lookup_key = match ordered.into_iter().next() {
        Some(value) if one => value,
        _ => Datum::Record(
            index
                .columns()
                .unwrap_or_default()
                .iter()
                .filter_map(|column| {
                    let place = key.parent_columns.iter().position(|c| c == column)?;
                    values.get(place).cloned()
                })
                .collect(),
        ),
    };
    let mut found = vec![];
    let mut reads = engine.ssi.reader(me);
    let (tree, heap) = (engine.store.tree(index.tree)?, engine.store.heap(parent.heap)?);
    lookup(index.tree, (tree, heap), lookup_key, &mut found, reads.as_mut());
    if let Some(reads) = &mut reads {
        note_found(reads, parent.heap, heap, &found, snapshot)?;
    }
    found.retain(|tid| heap.get(*tid).is_some_and(|tuple| snapshot.sees(tuple)));
    Ok(found)
}

fn parent_has(
    engine: &mut Engine,
    me: &Backend,
    parent: &Table,
    key: &ForeignKey,
    values: &[Datum],
    snapshot: &Snapshot,
) -> R<bool> {
    Ok(!parent_rows(engine, me, parent, key, values, snapshot)?.is_empty())
}

fn children(
    engine: &mut Engine,
    me: &Backend,
    child: &Table,
    key: &ForeignKey,
    values: &[Datum],
    snapshot: &Snapshot,
) -> R<Vec<Tid>> {
    let mut reads = engine.ssi.reader(me);
    let heap = engine.store.heap(child.heap)?;
    let refers =
        |row: &Row| key.columns.iter().zip(values).all(|(c, value)| row[*c].order(value).is_eq());
    let index = child.indexes.iter().find(|index| {
        index.predicate.is_none()
            && index.columns().is_some_and(|columns| columns.first() == key.columns.first())
    });
    let Some(index) = index else {
        if let Some(reads) = &mut reads {
            reads.heap(child.heap);
            for (_, tuple) in heap.iter() {
                reads.tuple(tuple, snapshot.sees(tuple), snapshot)?;
            }
        }
        return Ok(heap
            .iter()
            .filter(|(_, tuple)| snapshot.sees(tuple) && refers(&tuple.row))
            .map(|(tid, _)| tid)
            .collect());
    };
    let first = values.first().cloned().unwrap_or_default();
    let lookup_key = if index.keys.len() == 1 { first } else { Datum::Record([first].into()) };
    let mut found = vec![];
    let tree = engine.store.tree(index.tree)?;
    lookup(index.tree, (tree, heap), lookup_key, &mut found, reads.as_mut());
    found.sort_unstable();
    if let Some(reads) = &mut reads {
        note_found(reads, child.heap, heap, &found, snapshot)?;
    }
    found.retain(|tid| {
        heap.get(*tid).is_some_and(|tuple| snapshot.sees(tuple) && refers(&tuple.row))
    });
    Ok(found)
}

/// The parent must be there, and stay: it is locked FOR KEY SHARE.
fn check_child(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    (child, parent, key): (&Arc<Table>, &Arc<Table>, &ForeignKey),
    tid: Tid,
    row: &Row,
) -> R<bool> {
    // A row that is gone again needs no parent.
    let now = latest(engine, me);
    if !engine.store.tuple(child.heap, tid).is_some_and(|tuple| now.sees(tuple)) {
        return Ok(true);
    }
    if !engine.lock_table(me, slot, parent.oid, TableLock::RowShare, false, "")? {
        return Ok(false);
    }
    if key.full && null_key(&key.columns, row) {
        return Err(not_there(child, key)
            .with_detail("MATCH FULL does not allow mixing of null and nonnull key values."));
    }
    let values: Vec<Datum> = key.columns.iter().map(|column| row[*column].clone()).collect();
    let mut snapshot = now;
    if let Some(csn) = me.txn.as_ref().and_then(|txn| txn.snapshot) {
        snapshot.csn = csn;
    }
    for tid in parent_rows(engine, me, parent, key, &values, &snapshot)? {
        let request = RowRequest {
            heap: parent.heap,
            tid,
            mode: RowLock::KeyShare,
            wait: LockWait::Wait,
            keep: true,
            table: &parent.name,
            selects: true,
        };
        match engine.lock_row(me, slot, request)? {
            RowOutcome::Wait => return Ok(false),
            RowOutcome::Locked { tid, .. } => {
                let found = super::lock::version(engine, parent.heap, tid)?;
                if key
                    .parent_columns
                    .iter()
                    .zip(&values)
                    .all(|(c, value)| found[*c].order(value).is_eq())
                {
                    return Ok(true);
                }
            }
            RowOutcome::Gone | RowOutcome::OwnChange | RowOutcome::Busy => {}
        }
    }
    let detail = format!(
        "Key {} is not present in table \"{}\".",
        key_text(child, &key.columns, row),
        parent.name
    );
    Err(not_there(child, key).with_detail(detail))
}

/// 23503 of a child without a parent.
pub(super) fn not_there(child: &Table, key: &ForeignKey) -> crate::error::Error {
    let message = format!(
        "insert or update on table \"{}\" violates foreign key constraint \"{}\"",
        child.name, key.name
    );
    pg("23503", message).with_constraint(&key.name)
}

/// A key that was taken when its row was made: is it still?
fn check_unique(
    engine: &mut Engine,
    me: &mut Backend,
    slot: usize,
    table: &Arc<Table>,
    name: &str,
    tid: Tid,
) -> R<bool> {
    let Some(index) = table.indexes.iter().find(|index| *index.name == *name) else {
        return Ok(true);
    };
    let row = match engine.store.tuple(table.heap, tid) {
        Some(tuple) if tuple.died.is_none() => tuple.row.clone(),
        _ => return Ok(true),
    };
    let own = me.txn.as_ref().and_then(|txn| txn.xid).unwrap_or(0);
    match uniqueness(engine, table, index, &row, own, Some(tid))? {
        Uniqueness::Free => Ok(true),
        Uniqueness::Pending(other) => {
            engine.await_transaction(me, slot, other);
            Ok(false)
        }
        Uniqueness::Taken(_) => Err(duplicate(table, index, &row)),
    }
}

fn still_referenced(
    child: &Table,
    parent: &Table,
    key: &ForeignKey,
    old: &Row,
) -> crate::error::Error {
    let message = format!(
        "update or delete on table \"{}\" violates foreign key constraint \"{}\" on table \"{}\"",
        parent.name, key.name, child.name
    );
    let detail = format!(
        "Key {} is still referenced from table \"{}\".",
        key_text(parent, &key.parent_columns, old),
        child.name
    );
    pg("23503", message).with_constraint(&key.name).with_detail(detail)
}
