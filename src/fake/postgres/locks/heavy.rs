//! Locks on tables and advisory locks: modes, one queue, and who is let go first.
//!
//! Advisory locks have two of the table modes, SHARE and EXCLUSIVE, and are held by the session or by
//! the transaction, once for each time that they were taken.

use std::collections::BTreeMap;

use super::super::catalog::Oid;
use super::super::engine::Engine;
use super::super::errors::{R, fail};
use super::super::parse::ast::TableLock;
use super::super::session::Backend;
use super::tables::{bit, conflicting};
use super::{Target, Waiting};

/// What is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HeavyKey {
    Table(Oid),
    Advisory(AdvisoryKey),
}

/// The number of an advisory lock: one `bigint` or two `integer`s, which never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AdvisoryKey {
    pub(crate) high: u32,
    pub(crate) low: u32,
    pub(crate) is_pair: bool,
}

/// A request for an advisory lock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AdvisoryRequest {
    pub(crate) key: AdvisoryKey,
    pub(crate) mode: TableLock,
    /// Held until the end of the transaction, rather than of the session.
    pub(crate) transaction: bool,
}

/// A session in the queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeavyWaiter {
    pub(crate) key: HeavyKey,
    pub(crate) slot: usize,
    pub(crate) mode: TableLock,
    transaction: bool,
}

/// The queue, and the advisory locks that are held. (Those on tables stand with their transactions.)
#[derive(Default)]
pub(crate) struct Heavy {
    /// In order of arrival, whatever is waited for.
    pub(super) queue: Vec<HeavyWaiter>,
    by_session: BTreeMap<usize, Vec<AdvisoryRequest>>,
    by_key: BTreeMap<AdvisoryKey, Vec<(usize, TableLock)>>,
}

impl Heavy {
    /// The modes in which sessions hold an advisory lock.
    pub(super) fn holders(&self, key: AdvisoryKey) -> &[(usize, TableLock)] {
        self.by_key.get(&key).map_or(&[], Vec::as_slice)
    }

    fn note(&mut self, slot: usize, request: AdvisoryRequest) {
        self.by_session.entry(slot).or_default().push(request);
        self.by_key.entry(request.key).or_default().push((slot, request.mode));
    }

    /// Takes the lock if nobody stands in the way, not even a waiter.
    pub(crate) fn try_advisory(&mut self, slot: usize, request: AdvisoryRequest) -> bool {
        let holders = self.holders(request.key);
        let again = holders.contains(&(slot, request.mode));
        let against = |mode: TableLock| conflicting(request.mode) & bit(mode) != 0;
        let free = again
            || !(holders.iter().any(|(holder, mode)| *holder != slot && against(*mode))
                || self
                    .queue
                    .iter()
                    .any(|w| w.key == HeavyKey::Advisory(request.key) && against(w.mode)));
        if free {
            self.note(slot, request);
        }
        free
    }

    /// Gives back one lock of the session; false if it does not have it.
    pub(crate) fn unlock(&mut self, slot: usize, key: AdvisoryKey, mode: TableLock) -> bool {
        let Some(held) = self.by_session.get_mut(&slot) else { return false };
        let wanted =
            |lock: &AdvisoryRequest| lock.key == key && lock.mode == mode && !lock.transaction;
        let Some(at) = held.iter().rposition(wanted) else { return false };
        held.remove(at);
        self.forget(slot, key, mode);
        true
    }

    fn forget(&mut self, slot: usize, key: AdvisoryKey, mode: TableLock) {
        if let Some(holders) = self.by_key.get_mut(&key) {
            if let Some(at) = holders.iter().position(|held| *held == (slot, mode)) {
                holders.remove(at);
            }
            if holders.is_empty() {
                self.by_key.remove(&key);
            }
        }
    }

    /// Gives back those locks of the session that `gone` says; true if there were any.
    fn release(&mut self, slot: usize, mut gone: impl FnMut(&AdvisoryRequest) -> bool) -> bool {
        let Some(held) = self.by_session.get_mut(&slot) else { return false };
        let mut released = vec![];
        held.retain(|lock| {
            let goes = gone(lock);
            if goes {
                released.push(*lock);
            }
            !goes
        });
        if held.is_empty() {
            self.by_session.remove(&slot);
        }
        for lock in &released {
            self.forget(slot, lock.key, lock.mode);
        }
        !released.is_empty()
    }

    /// Gives back all that the session holds beyond its transaction.
    pub(crate) fn unlock_all(&mut self, slot: usize) -> bool {
        self.release(slot, |lock| !lock.transaction)
    }

    /// How many locks the session's transaction holds: what ROLLBACK TO goes back to.
    pub(crate) fn transaction_mark(&self, slot: usize) -> usize {
        let held = self.by_session.get(&slot);
        held.map_or(0, |held| held.iter().filter(|lock| lock.transaction).count())
    }
}

impl Engine {
    /// The modes in which a session holds what is locked, as bits. `me`: the one that runs now.
    fn heavy_held(&self, me: Option<(&Backend, usize)>, slot: usize, key: HeavyKey) -> u8 {
        match key {
            HeavyKey::Advisory(key) => {
                let own =
                    self.locks.heavy.holders(key).iter().filter(|(holder, _)| *holder == slot);
                own.fold(0, |held, (_, mode)| held | bit(*mode))
            }
            HeavyKey::Table(oid) => {
                let backend = match me {
                    Some((me, own)) if own == slot => Some(me),
                    _ => self.backend(slot),
                };
                let locks = backend.and_then(|b| Some(&b.txn.as_ref()?.table_locks));
                let held = locks.and_then(|locks| locks.iter().find(|(table, _)| *table == oid));
                held.map_or(0, |(_, modes)| *modes)
            }
        }
    }

    /// The other sessions whose locks conflict.
    pub(super) fn heavy_holders(&self, slot: usize, key: HeavyKey, mode: TableLock) -> Vec<usize> {
        match key {
            HeavyKey::Table(oid) => self.table_holders(slot, oid, mode).collect(),
            HeavyKey::Advisory(key) => {
                let held = self.locks.heavy.holders(key).iter();
                let mut list: Vec<usize> = held
                    .filter(|(holder, held)| *holder != slot && conflicting(mode) & bit(*held) != 0)
                    .map(|(holder, _)| *holder)
                    .collect();
                list.dedup();
                list
            }
        }
    }

    /// Puts the session into the queue, before those that must wait for it anyway; or gives it the lock
    /// if it may pass them (true).
    ///
    /// # Errors
    /// 40P01 if it and a waiter wait for each other, which no time will change.
    pub(super) fn join_heavy_queue(
        &mut self,
        me: &mut Backend,
        slot: usize,
        (key, mode, transaction): (HeavyKey, TableLock, bool),
    ) -> R<bool> {
        let own = self.heavy_held(Some((me, slot)), slot, key);
        let mut place = self.locks.heavy.queue.len();
        if own != 0 {
            let mut ahead = 0;
            for (at, waiter) in self.locks.heavy.queue.iter().enumerate() {
                if waiter.key != key {
                    continue;
                }
                if conflicting(waiter.mode) & own == 0 {
                    ahead |= bit(waiter.mode);
                    continue;
                }
                let theirs = self.heavy_held(None, waiter.slot, key);
                if conflicting(mode) & theirs != 0 {
                    let other = self.backend(waiter.slot).map_or(0, |other| other.values.pid);
                    return Err(super::deadlock::mutual(
                        (me.values.pid, mode),
                        (other, waiter.mode),
                        key,
                    ));
                }
                let free = conflicting(mode) & ahead == 0
                    && self.heavy_holders(slot, key, mode).is_empty();
                if free {
                    return Ok(true);
                }
                place = at;
                break;
            }
        }
        self.locks.heavy.queue.insert(place, HeavyWaiter { key, slot, mode, transaction });
        me.waiting =
            Some(Waiting { target: Target::Heavy { key, mode }, since: self.clock.elapsed() });
        Ok(false)
    }

    /// Takes an advisory lock; false if the session must wait, and has it when it is woken.
    pub(crate) fn lock_advisory(
        &mut self,
        me: &mut Backend,
        slot: usize,
        request: AdvisoryRequest,
    ) -> R<bool> {
        if self.locks.heavy.try_advisory(slot, request) {
            return Ok(true);
        }
        let wanted = (HeavyKey::Advisory(request.key), request.mode, request.transaction);
        let passes = self.join_heavy_queue(me, slot, wanted)?;
        if passes {
            self.locks.heavy.note(slot, request);
        }
        Ok(passes)
    }

    /// Lets go of what the session's transaction holds beyond a mark.
    pub(crate) fn unlock_transaction_advisory(&mut self, me: &Backend, mark: usize) {
        let mut count = 0;
        let released = self.locks.heavy.release(me.values.slot, |lock| {
            count += usize::from(lock.transaction);
            lock.transaction && count > mark
        });
        if released {
            self.grant_heavy(Some(me));
        }
    }

    /// Lets go of what the session holds beyond its transactions.
    pub(crate) fn unlock_session_advisory(&mut self, me: &Backend) {
        if self.locks.heavy.unlock_all(me.values.slot) {
            self.grant_heavy(Some(me));
        }
    }

    pub(crate) fn leave_heavy_queue(&mut self, me: &Backend) {
        self.locks.heavy.queue.retain(|waiter| waiter.slot != me.values.slot);
        self.grant_heavy(Some(me));
    }

    /// Gives locks to the waiters whose turn it is. `me`: the one that runs now, which may hold some.
    pub(crate) fn grant_heavy(&mut self, me: Option<&Backend>) {
        let mut ahead: BTreeMap<HeavyKey, u8> = BTreeMap::new();
        let mut at = 0;
        while let Some(waiter) = self.locks.heavy.queue.get(at).copied() {
            let HeavyWaiter { key, slot, mode, transaction } = waiter;
            let before = ahead.entry(key).or_default();
            let mine = me.filter(|me| me.values.slot != slot);
            let own = mine
                .map_or(0, |me| self.heavy_held(Some((me, me.values.slot)), me.values.slot, key));
            if conflicting(mode) & (*before | own) != 0
                || !self.heavy_holders(slot, key, mode).is_empty()
            {
                *before |= bit(mode);
                at += 1;
                continue;
            }
            self.locks.heavy.queue.remove(at);
            if let Ok(mut backend) = self.take(slot) {
                match key {
                    HeavyKey::Table(oid) => self.note_table(&mut backend, oid, mode),
                    HeavyKey::Advisory(key) => {
                        self.locks.heavy.note(slot, AdvisoryRequest { key, mode, transaction });
                    }
                }
                backend.wake();
                self.backends[slot] = Some(backend);
            }
        }
    }

    /// Whether the request has to queue up. `me` holds none of the lock's modes yet, or others.
    pub(super) fn heavy_blocked(&self, slot: usize, key: HeavyKey, mode: TableLock) -> bool {
        let queue = &self.locks.heavy.queue;
        queue.iter().any(|w| w.key == key && conflicting(mode) & bit(w.mode) != 0)
            || !self.heavy_holders(slot, key, mode).is_empty()
    }

    /// 55P03
    pub(super) fn relation_busy<T>(name: &str) -> R<T> {
        fail("55P03", format!("could not obtain lock on relation \"{name}\""))
    }
}
