//! Who blocks whom, and how a cycle is resolved.
//!
//! As in PostgreSQL, an edge is *hard* if it leads to a holder, and *soft* if it leads to somebody who
//! only stands before in the queue. A cycle with a soft edge is resolved by letting the later one pass;
//! otherwise who found it is the victim.

use super::super::engine::Engine;
use super::super::errors::pg;
use super::super::parse::ast::{RowLock, TableLock};
use super::heavy::{HeavyKey, HeavyWaiter};
use super::tables::{bit, conflicting};
use super::{RowKey, RowWaiter, Target, rows_conflict};
use crate::error::Error;

/// The number that the one database has in messages.
const DATABASE: u32 = 5;

/// Versions of a page, in messages that name a row's place.
const ROWS_OF_PAGE: u64 = 180;

/// How many exchanges in the queues are tried together.
const MAX_EXCHANGES: usize = 16;

#[derive(Clone, Copy)]
struct Edge {
    waiter: usize,
    blocker: usize,
    soft: bool,
}

/// 40P01 of two that want each other's lock, found as soon as the second asks.
#[cold]
pub(super) fn mutual(
    (me, mode): (i32, TableLock),
    (other, theirs): (i32, TableLock),
    key: HeavyKey,
) -> Error {
    let line = |waiter: i32, mode: TableLock, blocker: i32| {
        format!("Process {waiter} waits for {}; blocked by process {blocker}.", heavy(key, mode))
    };
    pg("40P01", "deadlock detected").with_detail(format!(
        "{}\n{}",
        line(me, mode, other),
        line(other, theirs, me)
    ))
}

fn heavy(key: HeavyKey, mode: TableLock) -> String {
    match key {
        HeavyKey::Table(oid) => format!("{mode:?}Lock on relation {oid} of database {DATABASE}"),
        HeavyKey::Advisory(key) => format!(
            "{mode:?}Lock on advisory lock [{DATABASE},{},{},{}]",
            key.high,
            key.low,
            if key.is_pair { 2 } else { 1 }
        ),
    }
}

impl Engine {
    /// The sessions that a waiting session waits for: who has it, or else who stands before.
    pub(crate) fn blockers(&self, slot: usize) -> Vec<usize> {
        let mut edges = self.edges(slot, &self.locks.heavy.queue, slot);
        if edges.iter().any(|edge| !edge.soft) {
            edges.retain(|edge| !edge.soft);
        }
        edges.into_iter().map(|edge| edge.blocker).collect()
    }

    /// Whom a session waits for, as far as that matters to a way to `goal`: of those that stand before it
    /// and want the same, who is not the goal himself has no way there that the session has not.
    fn edges(&self, slot: usize, queue: &[HeavyWaiter], goal: usize) -> Vec<Edge> {
        let Some(waiting) = self.backend(slot).and_then(|backend| backend.waiting) else {
            return vec![];
        };
        let hard = |blocker: usize| Edge { waiter: slot, blocker, soft: false };
        match waiting.target {
            Target::SafeSnapshot => vec![],
            Target::Transaction(xid) | Target::Row { on: Some(xid), .. } => {
                self.owners.get(xid).map(hard).into_iter().collect()
            }
            Target::Heavy { key, mode } => {
                let mut list: Vec<Edge> =
                    self.heavy_holders(slot, key, mode).into_iter().map(hard).collect();
                let before = queue.iter().take_while(|waiter| waiter.slot != slot);
                let before = before
                    .filter(|w| w.key == key && conflicting(mode) & bit(w.mode) != 0)
                    .filter(|w| w.mode != mode || w.slot == goal || list.is_empty());
                let soft: Vec<Edge> =
                    before.map(|w| Edge { waiter: slot, blocker: w.slot, soft: true }).collect();
                list.extend(soft);
                list
            }
            Target::Row { key, mode, on: None } => {
                self.row_turns_before(slot, key, mode, goal).into_iter().map(hard).collect()
            }
        }
    }

    /// Those whose turn at a row it is, and the goal if its turn comes before the session's.
    fn row_turns_before(&self, slot: usize, key: RowKey, mode: RowLock, goal: usize) -> Vec<usize> {
        let Some(queue) = self.locks.rows.get(&key) else { return vec![] };
        let conflicts = |waiter: &&RowWaiter| rows_conflict(waiter.mode, mode);
        let turns = queue.turns.iter().filter(|waiter| !waiter.passes).filter(conflicts);
        let mut list: Vec<usize> = turns.map(|waiter| waiter.slot).collect();
        let before = queue.queue.iter().take_while(|waiter| waiter.slot != slot).filter(conflicts);
        let others = list.is_empty();
        list.extend(before.map(|waiter| waiter.slot).filter(|before| others || *before == goal));
        list
    }

    /// Looks for a cycle through the session. If there is one that an exchange in a queue resolves, makes
    /// that exchange; otherwise returns the error for the session.
    pub(crate) fn resolve_deadlock(&mut self, slot: usize) -> Option<Error> {
        let queue = self.locks.heavy.queue.clone();
        let mut exchanges = vec![];
        match self.resolve(slot, &queue, &mut exchanges) {
            Err(cycle) => Some(self.deadlock(&cycle)),
            Ok(order) => {
                if !exchanges.is_empty() {
                    self.locks.heavy.queue = order;
                    self.grant_heavy(None);
                }
                None
            }
        }
    }

    /// The order of the queue in which there is no cycle, or the cycle that stays.
    fn resolve(
        &self,
        slot: usize,
        queue: &[HeavyWaiter],
        exchanges: &mut Vec<(usize, usize)>,
    ) -> Result<Vec<HeavyWaiter>, Vec<Edge>> {
        let order = exchanged(queue, exchanges);
        let starts = exchanges.iter().flat_map(|(first, second)| [*first, *second]).chain([slot]);
        let cycle = order
            .as_ref()
            .and_then(|order| starts.into_iter().find_map(|start| self.find_cycle(start, order)));
        let Some(order) = order else { return Err(vec![]) };
        let Some(cycle) = cycle else { return Ok(order) };
        if exchanges.len() < MAX_EXCHANGES {
            for edge in cycle.iter().rev().filter(|edge| edge.soft) {
                exchanges.push((edge.waiter, edge.blocker));
                match self.resolve(slot, queue, exchanges) {
                    Ok(order) => return Ok(order),
                    Err(_) => exchanges.pop(),
                };
            }
        }
        Err(cycle)
    }

    fn find_cycle(&self, goal: usize, queue: &[HeavyWaiter]) -> Option<Vec<Edge>> {
        let mut seen = std::collections::BTreeSet::from([goal]);
        let mut path: Vec<Edge> = vec![];
        let mut open = vec![self.edges(goal, queue, goal).into_iter()];
        while let Some(edges) = open.last_mut() {
            match edges.next() {
                None => {
                    open.pop();
                    path.pop();
                }
                Some(edge) if edge.blocker == goal => {
                    path.push(edge);
                    return Some(path);
                }
                Some(edge) => {
                    if seen.insert(edge.blocker) {
                        path.push(edge);
                        open.push(self.edges(edge.blocker, queue, goal).into_iter());
                    }
                }
            }
        }
        None
    }

    #[cold]
    fn deadlock(&self, cycle: &[Edge]) -> Error {
        let pid = |slot: usize| self.backend(slot).map_or(0, |backend| backend.values.pid);
        let lines: Vec<String> = cycle
            .iter()
            .map(|edge| {
                format!(
                    "Process {} waits for {}; blocked by process {}.",
                    pid(edge.waiter),
                    self.wanted(edge),
                    pid(edge.blocker)
                )
            })
            .collect();
        pg("40P01", "deadlock detected").with_detail(lines.join("\n"))
    }

    fn wanted(&self, edge: &Edge) -> String {
        let transaction = |slot: usize| {
            let xid = self.backend(slot).and_then(|b| b.txn.as_ref()?.xid).unwrap_or(0);
            format!("ShareLock on transaction {xid}")
        };
        match self.backend(edge.waiter).and_then(|backend| backend.waiting).map(|w| w.target) {
            Some(Target::Heavy { key, mode }) => heavy(key, mode),
            Some(Target::Row { key, mode, on: None }) => self.row_text(key, mode),
            _ => transaction(edge.blocker),
        }
    }

    fn row_text(&self, (heap, root): RowKey, mode: RowLock) -> String {
        let table = self.catalog.tables().find(|table| table.heap == heap);
        let mode = match mode {
            RowLock::KeyShare => "AccessShareLock",
            RowLock::Share => "RowShareLock",
            RowLock::NoKeyUpdate => "ExclusiveLock",
            RowLock::Update => "AccessExclusiveLock",
        };
        format!(
            "{mode} on tuple ({},{}) of relation {} of database {DATABASE}",
            root / ROWS_OF_PAGE,
            root % ROWS_OF_PAGE + 1,
            table.map_or(0, |table| table.oid)
        )
    }
}

/// The queue with each pair's first before its second; `None` if that cannot be.
fn exchanged(queue: &[HeavyWaiter], pairs: &[(usize, usize)]) -> Option<Vec<HeavyWaiter>> {
    let mut order = queue.to_vec();
    for _ in 0..=pairs.len() {
        let mut settled = true;
        for (first, second) in pairs {
            let at = |slot: usize| order.iter().position(|waiter| waiter.slot == slot);
            if let (Some(from), Some(to)) = (at(*first), at(*second))
                && from > to
            {
                let waiter = order.remove(from);
                order.insert(to, waiter);
                settled = false;
            }
        }
        if settled {
            return Some(order);
        }
    }
    None
}
