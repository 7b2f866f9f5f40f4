//! Who blocks whom.

use std::collections::BTreeSet;

use super::super::engine::Engine;
use super::super::parse::ast::RowLock;
use super::{Target, rows_conflict};

impl Engine {
    /// The sessions that a waiting session waits for.
    pub(crate) fn blockers(&self, slot: usize) -> Vec<usize> {
        let Some(waiting) = self.backend(slot).and_then(|backend| backend.waiting) else {
            return vec![];
        };
        match waiting.target {
            Target::SafeSnapshot => vec![],
            Target::Transaction(xid) => self.owners.get(&xid).copied().into_iter().collect(),
            Target::Table { oid, mode } => {
                let mut list: Vec<usize> = self.table_holders(slot, oid, mode).collect();
                list.extend(self.table_waiters_before(slot, oid, mode));
                list
            }
            Target::Row { key, mode } => {
                let Some(queue) = self.locks.rows.get(&key) else { return vec![] };
                let own = self.backend(slot).and_then(|b| b.txn.as_ref()?.xid).unwrap_or(0);
                let held = queue
                    .holders
                    .iter()
                    .filter(|(xid, held)| *xid != own && rows_conflict(*held, mode));
                let mut list: Vec<usize> =
                    held.filter_map(|(xid, _)| self.owners.get(xid).copied()).collect();
                if let Some(tuple) = self.store.tuple(key.0, queue.tip)
                    && let Some(xid) = tuple.died.xid()
                {
                    let held =
                        if tuple.died_keyed { RowLock::Update } else { RowLock::NoKeyUpdate };
                    if rows_conflict(held, mode) {
                        list.extend(self.owners.get(&xid));
                    }
                }
                let before = queue.queue.iter().take_while(|waiter| waiter.slot != slot);
                list.extend(before.filter(|w| rows_conflict(w.mode, mode)).map(|w| w.slot));
                list
            }
        }
    }

    /// The sessions of a cycle that begins and ends with this one, if there is one.
    pub(crate) fn find_deadlock(&self, slot: usize) -> Option<Vec<usize>> {
        fn walk(
            engine: &Engine,
            at: usize,
            goal: usize,
            path: &mut Vec<usize>,
            seen: &mut BTreeSet<usize>,
        ) -> bool {
            for next in engine.blockers(at) {
                if next == goal {
                    return true;
                }
                if seen.insert(next) {
                    path.push(next);
                    if walk(engine, next, goal, path, seen) {
                        return true;
                    }
                    path.pop();
                }
            }
            false
        }
        let mut path = vec![slot];
        walk(self, slot, slot, &mut path, &mut BTreeSet::from([slot])).then_some(path)
    }
}
