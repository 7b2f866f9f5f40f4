//! SET CONSTRAINTS: when the transaction checks its deferrable constraints.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::{Catalog, Deferral, Oid};
use super::super::errors::{R, fail};
use super::super::execute::ConstraintEvent;
use super::super::notice::Notice;
use super::super::parse::ast::Name;
use super::backend::{Backend, Txn};

/// What SET CONSTRAINTS has said in a transaction.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConstraintModes {
    /// Of all that are not named.
    all: Option<bool>,
    /// By the table and the name.
    named: BTreeMap<(Oid, Arc<str>), bool>,
}

impl ConstraintModes {
    /// Whether the constraint is checked at the commit, rather than after the statement.
    pub(crate) fn defers(&self, deferral: Deferral, table: Oid, name: &Arc<str>) -> bool {
        if deferral == Deferral::Never {
            return false;
        }
        if !self.named.is_empty()
            && let Some(deferred) = self.named.get(&(table, name.clone()))
        {
            return *deferred;
        }
        self.all.unwrap_or(deferral == Deferral::Deferred)
    }
}

/// Every constraint that can be deferred or not, of all tables.
fn named<'c>(
    catalog: &'c Catalog,
    name: &'c str,
) -> impl Iterator<Item = (Oid, Arc<str>, Deferral)> + 'c {
    catalog.tables().flat_map(move |table| {
        let keys = table.foreign_keys.iter().map(|key| (&key.name, key.deferral));
        let checks = table.checks.iter().map(|check| (&check.name, Deferral::Never));
        let indexes = table.indexes.iter().filter(|index| index.constraint);
        let indexes = indexes.map(|index| (&index.name, index.deferral));
        keys.chain(checks)
            .chain(indexes)
            .filter(move |(known, _)| ***known == *name)
            .map(|(known, deferral)| (table.oid, known.clone(), deferral))
    })
}

/// Sets the modes of the named constraints, or of all; returns the checks that are due now.
pub(crate) fn set_constraints(
    me: &mut Backend,
    catalog: &Catalog,
    names: Option<&[Name]>,
    deferred: bool,
) -> R<Vec<ConstraintEvent>> {
    if me.txn.as_ref().is_some_and(|txn| txn.implicit) {
        let message = "SET CONSTRAINTS can only be used in transaction blocks";
        me.notify(Notice::warning("25P01", message));
    }
    let mut chosen = vec![];
    for name in names.unwrap_or_default() {
        let name = &name.name;
        let mut found = false;
        for (table, name, deferral) in named(catalog, name) {
            found = true;
            if deferral.is_deferrable() {
                chosen.push((table, name));
            } else if deferred {
                return fail("42809", format!("constraint \"{name}\" is not deferrable"));
            }
        }
        if !found {
            return fail("42704", format!("constraint \"{name}\" does not exist"));
        }
    }
    let Some(txn) = &mut me.txn else { return Ok(vec![]) };
    match names {
        None => txn.constraints = ConstraintModes { all: Some(deferred), named: BTreeMap::new() },
        Some(_) => txn.constraints.named.extend(chosen.into_iter().map(|key| (key, deferred))),
    }
    Ok(if deferred { vec![] } else { due(txn, catalog) })
}

/// Takes out the checks of constraints that are no longer deferred.
fn due(txn: &mut Txn, catalog: &Catalog) -> Vec<ConstraintEvent> {
    let waits = |event: &ConstraintEvent| {
        let deferral = named(catalog, &event.name)
            .find(|(table, ..)| *table == event.table)
            .map_or(Deferral::Never, |(.., deferral)| deferral);
        txn.constraints.defers(deferral, event.table, &event.name)
    };
    let (kept, due): (Vec<_>, Vec<_>) = txn.deferred.iter().cloned().partition(waits);
    if !due.is_empty() {
        for mark in txn.savepoints.iter_mut().filter(|mark| mark.checked.is_none()) {
            mark.checked = Some(txn.deferred[..mark.deferred.min(txn.deferred.len())].to_vec());
        }
        txn.deferred = kept;
    }
    due
}
