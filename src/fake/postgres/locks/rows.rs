//! Row locks.

use super::super::engine::Engine;
use super::super::errors::{R, fail};
use super::super::parse::ast::{Isolation, LockWait, RowLock};
use super::super::session::Backend;
use super::super::store::{NO_TUPLE, Tid, Tuple, Xid};
use super::{RowKey, RowQueue, RowWaiter, Target, Waiting, rows_conflict};

/// What became of a request for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowOutcome {
    /// The newest version, and whether it is another than was asked for.
    Locked { tid: Tid, changed: bool },
    /// Deleted by a transaction that has committed.
    Gone,
    /// Ended by the transaction itself, in this statement.
    OwnChange,
    /// SKIP LOCKED: somebody has it.
    Busy,
    /// The session is in the queue; ask again when it is woken.
    Wait,
}

/// A request for a row.
#[derive(Clone, Copy)]
pub(crate) struct RowRequest<'a> {
    pub(crate) heap: usize,
    pub(crate) tid: Tid,
    pub(crate) mode: RowLock,
    pub(crate) wait: LockWait,
    /// Keep the lock until the end of the transaction, rather than end the version at once.
    pub(crate) keep: bool,
    pub(crate) table: &'a str,
    /// For SELECT … FOR UPDATE and its kin, or a check of a foreign key.
    pub(crate) selects: bool,
}

enum Tip {
    Newest {
        tid: Tid,
        root: Tid,
        changed: bool,
        /// A committed change on the way was of a key.
        keyed: bool,
        pending: Option<(Xid, RowLock)>,
    },
    Deleted,
    Own,
}

impl Engine {
    /// Follows the versions from `tid` to the newest.
    fn tip(&self, heap: usize, mut tid: Tid, own: Xid) -> Tip {
        let (mut changed, mut keyed) = (false, false);
        loop {
            let Some(tuple) = self.store.tuple(heap, tid) else { return Tip::Deleted };
            let root = tuple.root;
            if tuple.died.is_none() {
                return Tip::Newest { tid, root, changed, keyed, pending: None };
            }
            if let Some(xid) = tuple.died.xid() {
                if xid == own {
                    return Tip::Own;
                }
                let mode = self.pending_mode(heap, tuple);
                return Tip::Newest { tid, root, changed, keyed, pending: Some((xid, mode)) };
            }
            if tuple.next == NO_TUPLE {
                return Tip::Deleted;
            }
            keyed |= tuple.died_keyed;
            tid = tuple.next;
            changed = true;
        }
    }

    /// How strongly a transaction has a row that it has changed, perhaps more than once.
    fn pending_mode(&self, heap: usize, tuple: &Tuple) -> RowLock {
        let mut last = tuple;
        while !last.died_keyed && last.next != NO_TUPLE {
            match self.store.tuple(heap, last.next) {
                Some(next) if next.died.xid().is_some() => last = next,
                _ => break,
            }
        }
        if last.died_keyed { RowLock::Update } else { RowLock::NoKeyUpdate }
    }

    /// Locks a row, or says what stands in the way. REPEATABLE READ and above: 40001 if the row has changed.
    pub(crate) fn lock_row(
        &mut self,
        me: &mut Backend,
        slot: usize,
        request: RowRequest<'_>,
    ) -> R<RowOutcome> {
        let own = self.assign_xid(me, slot)?;
        let strict = me.isolation() >= Isolation::RepeatableRead;
        let (tid, root, changed, pending) = match self.tip(request.heap, request.tid, own) {
            Tip::Own => return Ok(RowOutcome::OwnChange),
            Tip::Deleted if strict => {
                // What was replaced before it was deleted counts as changed, and so does what a SELECT locks.
                let replaced = |tuple: &Tuple| tuple.next != NO_TUPLE;
                let tuple = self.store.tuple(request.heap, request.tid);
                return match request.selects || tuple.is_some_and(replaced) {
                    true => fail("40001", "could not serialize access due to concurrent update"),
                    false => fail("40001", "could not serialize access due to concurrent delete"),
                };
            }
            Tip::Deleted => return Ok(RowOutcome::Gone),
            // Who only wants the key does not mind what else has changed.
            Tip::Newest { root, keyed: false, pending, .. }
                if request.mode == RowLock::KeyShare =>
            {
                (request.tid, root, false, pending)
            }
            Tip::Newest { changed: true, .. } if strict => {
                return fail("40001", "could not serialize access due to concurrent update");
            }
            Tip::Newest { tid, root, changed, pending, .. } => (tid, root, changed, pending),
        };
        let key = (request.heap, root);
        let queue = self.locks.rows.get(&key);
        let held = queue.is_some_and(|q| {
            q.holders.iter().any(|(xid, mode)| *xid == own && *mode >= request.mode)
        });
        let blocker = first_blocker(queue, pending, own, request.mode);
        let Some(blocker) = blocker else {
            if request.keep && !held {
                let queue = self.locks.rows.entry(key).or_default();
                queue.holders.push((own, request.mode));
                queue.tip = tid;
                me.keep_row(key, request.mode);
            }
            return Ok(RowOutcome::Locked { tid, changed });
        };
        match request.wait {
            LockWait::NoWait => fail(
                "55P03",
                format!("could not obtain lock on row in relation \"{}\"", request.table),
            ),
            LockWait::SkipLocked => Ok(RowOutcome::Busy),
            LockWait::Wait => {
                let queue = self.locks.rows.entry(key).or_default();
                queue.tip = tid;
                let passes = queue.holders.iter().any(|(xid, _)| *xid == own);
                let comes = queue.join(RowWaiter { slot, xid: own, mode: request.mode, passes });
                let on = comes.then_some(blocker);
                let target = Target::Row { key, mode: request.mode, on };
                me.waiting = Some(Waiting { target, since: self.clock.elapsed() });
                Ok(RowOutcome::Wait)
            }
        }
    }

    /// Takes the transaction off the row: the whole of it, or one lock.
    pub(crate) fn unlock_row(&mut self, key: RowKey, xid: Xid, mode: Option<RowLock>) {
        if self.locks.rows.is_empty() {
            return;
        }
        if let Some(queue) = self.locks.rows.get_mut(&key) {
            match mode {
                None => queue.holders.retain(|(holder, _)| *holder != xid),
                Some(mode) => {
                    if let Some(at) = queue.holders.iter().rposition(|lock| *lock == (xid, mode)) {
                        queue.holders.remove(at);
                    }
                }
            }
            self.grant_row(key);
        }
    }

    /// The session gives up waiting for the row.
    pub(crate) fn leave_row_queue(&mut self, key: RowKey, slot: usize) {
        if let Some(queue) = self.locks.rows.get_mut(&key) {
            queue.leave(slot);
            self.grant_row(key);
        }
    }

    /// Gives the row to the waiters that nobody stands in the way of, in order of arrival, and says what the
    /// others wait for now.
    pub(crate) fn grant_row(&mut self, key: RowKey) {
        let Some(queue) = self.locks.rows.get(&key) else { return };
        let tip = self.tip(key.0, queue.tip, 0);
        let now = self.clock.elapsed();
        let Some(queue) = self.locks.rows.get_mut(&key) else { return };
        let (mut woken, mut moved) = (vec![], vec![]);
        match tip {
            // There is nothing left to lock: all of them find that out.
            Tip::Deleted | Tip::Own => {
                woken.extend(queue.drain().into_iter().map(|waiter| (waiter, false)));
            }
            Tip::Newest { tid, pending, .. } => {
                queue.tip = tid;
                while let Some(waiter) = queue.take_free(pending) {
                    queue.holders.push((waiter.xid, waiter.mode));
                    woken.push((waiter, true));
                }
                moved.extend(queue.turns.iter().map(|waiter| {
                    let RowWaiter { slot, xid, mode, .. } = *waiter;
                    (slot, mode, first_blocker(Some(queue), pending, xid, mode))
                }));
            }
        }
        if queue.holders.is_empty() && queue.is_empty() {
            self.locks.rows.remove(&key);
        }
        for (waiter, granted) in woken {
            if let Some(backend) = self.backend_mut(waiter.slot) {
                if granted {
                    backend.keep_row(key, waiter.mode);
                }
                backend.wake();
            }
        }
        for (slot, mode, on) in moved {
            let target = Target::Row { key, mode, on };
            if let Some(backend) = self.backend_mut(slot)
                && backend.waiting.is_some_and(|waiting| waiting.target != target)
            {
                backend.waiting = Some(Waiting { target, since: now });
                backend.notify_signal();
            }
        }
    }
}

/// Of the transactions that stand in the way, the oldest: they are waited for one by one.
fn first_blocker(
    queue: Option<&RowQueue>,
    pending: Option<(Xid, RowLock)>,
    own: Xid,
    mode: RowLock,
) -> Option<Xid> {
    let holders = queue.map_or(&[][..], |queue| &queue.holders);
    let all = holders.iter().chain(&pending);
    all.filter(|(xid, held)| *xid != own && rows_conflict(*held, mode)).map(|(xid, _)| *xid).min()
}

const MODES: [RowLock; 4] =
    [RowLock::KeyShare, RowLock::Share, RowLock::NoKeyUpdate, RowLock::Update];

impl RowQueue {
    fn is_empty(&self) -> bool {
        self.turns.is_empty() && self.queue.is_empty()
    }

    /// Somebody begins to wait; true if its turn has come.
    fn join(&mut self, waiter: RowWaiter) -> bool {
        let conflicts = |earlier: RowLock| rows_conflict(earlier, waiter.mode);
        let waits = MODES.iter().any(|mode| self.wanted[*mode as usize] > 0 && conflicts(*mode))
            || self.turns.iter().any(|earlier| !earlier.passes && conflicts(earlier.mode));
        let comes = waiter.passes || !waits;
        if comes {
            self.turns.push(waiter);
        } else {
            self.wanted[waiter.mode as usize] += 1;
            self.queue.push_back(waiter);
        }
        comes
    }

    fn leave(&mut self, slot: usize) {
        self.turns.retain(|waiter| waiter.slot != slot);
        if let Some(at) = self.queue.iter().position(|waiter| waiter.slot == slot)
            && let Some(waiter) = self.queue.remove(at)
        {
            self.wanted[waiter.mode as usize] -= 1;
        }
    }

    fn drain(&mut self) -> Vec<RowWaiter> {
        self.wanted = [0; 4];
        self.turns.drain(..).chain(self.queue.drain(..)).collect()
    }

    /// The first waiter that can have the row, which waits no longer.
    fn take_free(&mut self, pending: Option<(Xid, RowLock)>) -> Option<RowWaiter> {
        self.call_up();
        let free = |waiter: &RowWaiter| {
            first_blocker(Some(self), pending, waiter.xid, waiter.mode).is_none()
        };
        let at = self.turns.iter().position(free)?;
        Some(self.turns.remove(at))
    }

    /// Those whose turn it is now leave the queue.
    fn call_up(&mut self) {
        let turns = self.turns.iter().filter(|waiter| !waiter.passes);
        let mut ahead: Vec<RowLock> = turns.map(|waiter| waiter.mode).collect();
        let mut left = self.wanted;
        let mut at = 0;
        while let Some(waiter) = self.queue.get(at).copied() {
            let waits = |ahead: &[RowLock], mode: RowLock| {
                ahead.iter().any(|earlier| rows_conflict(*earlier, mode))
            };
            if MODES.iter().all(|mode| left[*mode as usize] == 0 || waits(&ahead, *mode)) {
                return;
            }
            left[waiter.mode as usize] -= 1;
            if waits(&ahead, waiter.mode) {
                at += 1;
            } else {
                self.queue.remove(at);
                self.wanted[waiter.mode as usize] -= 1;
                self.turns.push(waiter);
            }
            if !ahead.contains(&waiter.mode) {
                ahead.push(waiter.mode);
            }
        }
    }
}
