//! [`Engine`]: everything that a database is, behind one lock.
//!
//! Nothing here waits. A statement runs until it is done or must wait, and then says for what; the
//! session awaits and runs it on.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::catalog::{Catalog, Oid};
use super::errors::{R, internal};
use super::locks::Locks;
use super::plancache::{PlanCache, SharedPlans};
use super::session::{Backend, Fresh};
use super::ssi::Ssi;
use super::store::{Csn, Sequences, Store, Tid, Undo, Xid};
use crate::clock::Clock;
use crate::entropy::{Entropy, Stream};

/// How many dead versions one commit removes at most, so that no commit is slow.
const PRUNE_AT_ONCE: usize = 64;

pub(crate) struct Engine {
    pub(crate) store: Store,
    pub(crate) sequences: Sequences,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) locks: Locks,
    pub(crate) ssi: Ssi,
    /// By slot. `None`: free, or running a statement right now.
    pub(crate) backends: Vec<Option<Box<Backend>>>,
    free: Vec<usize>,
    /// The room of a session that is closed, for the next one.
    spare: Option<Box<Backend>>,
    /// What every session begins with.
    fresh: Fresh,
    /// Transactions that write or lock, with the slot of their session.
    pub(crate) owners: Owners,
    csn: Csn,
    next_xid: Xid,
    next_oid: Oid,
    next_pid: i32,
    /// Snapshots that must stay readable.
    snapshots: BTreeMap<Csn, usize>,
    /// Versions that ended, in order of commit.
    dead: VecDeque<(Csn, usize, Tid)>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Stream,
    pub(crate) uuids: Stream,
    pub(crate) plans: PlanCache,
}

impl Engine {
    pub(crate) fn new(clock: Arc<dyn Clock>, entropy: Entropy) -> Engine {
        let shared = Arc::new(SharedPlans::default());
        let version = shared.next_version();
        Engine {
            store: Store::default(),
            sequences: Sequences::default(),
            catalog: Arc::new(Catalog::empty(version)),
            locks: Locks::default(),
            ssi: Ssi::default(),
            backends: vec![],
            free: vec![],
            spare: None,
            fresh: Fresh::default(),
            owners: Owners::default(),
            csn: 1,
            next_xid: 1,
            next_oid: 16_384,
            next_pid: 1,
            snapshots: BTreeMap::new(),
            dead: VecDeque::new(),
            clock,
            random: entropy.stream("postgres/random"),
            uuids: entropy.stream("postgres/uuid"),
            plans: PlanCache::new(shared),
        }
    }

    /// A database with the same committed content. Pages are shared until one side writes.
    pub(crate) fn fork(&self, clock: Arc<dyn Clock>, entropy: Entropy) -> Engine {
        let mut fork = Engine {
            store: self.store.clone(),
            sequences: self.sequences.clone(),
            catalog: self.catalog.clone(),
            locks: Locks::default(),
            ssi: Ssi::default(),
            backends: vec![],
            free: vec![],
            spare: None,
            fresh: self.fresh.clone(),
            owners: Owners::default(),
            csn: self.csn,
            next_xid: self.next_xid,
            next_oid: self.next_oid,
            next_pid: 1,
            snapshots: BTreeMap::new(),
            dead: VecDeque::new(),
            clock,
            random: entropy.stream("postgres/random"),
            uuids: entropy.stream("postgres/uuid"),
            plans: self.plans.fork(),
        };
        // What is open in the template is not part of the fork.
        for txn in self.backends.iter().flatten().filter_map(|backend| backend.txn.as_ref()) {
            for undo in txn.undo.iter().rev() {
                fork.store.rollback(*undo);
            }
        }
        fork
    }

    pub(crate) fn open_session(&mut self) -> usize {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.backends.push(None);
            self.backends.len() - 1
        });
        let mut backend =
            self.spare.take().unwrap_or_else(|| Box::new(Backend::new(self.fresh.clone())));
        (backend.values.pid, backend.values.slot) = (self.next_pid, slot);
        self.backends[slot] = Some(backend);
        self.next_pid += 1;
        slot
    }

    /// The slot may be used again.
    pub(crate) fn close_session(&mut self, slot: usize) {
        if let Some(mut backend) = self.backends[slot].take() {
            *backend = Backend::new(self.fresh.clone());
            self.spare = Some(backend);
        }
        self.free.push(slot);
    }

    pub(crate) fn backend(&self, slot: usize) -> Option<&Backend> {
        self.backends.get(slot)?.as_deref()
    }

    pub(crate) fn backend_mut(&mut self, slot: usize) -> Option<&mut Backend> {
        self.backends.get_mut(slot)?.as_deref_mut()
    }

    /// Takes the session out while its statement runs.
    pub(crate) fn take(&mut self, slot: usize) -> R<Box<Backend>> {
        self.backends
            .get_mut(slot)
            .and_then(Option::take)
            .ok_or_else(|| internal("the session is busy"))
    }

    pub(crate) fn new_oid(&mut self) -> Oid {
        self.next_oid += 1;
        self.next_oid - 1
    }

    /// The number of the transaction that gets one next.
    pub(crate) fn next_xid(&self) -> Xid {
        self.next_xid
    }

    /// The oldest transaction with a number that is open; the next one's number if none is.
    pub(crate) fn oldest_xid(&self) -> Xid {
        self.owners.oldest().unwrap_or(self.next_xid)
    }

    /// The latest commit.
    pub(crate) fn csn(&self) -> Csn {
        self.csn
    }

    /// The transaction's number, which it gets when it first writes or locks.
    pub(crate) fn assign_xid(&mut self, backend: &mut Backend, slot: usize) -> R<Xid> {
        let txn = backend.txn.as_mut().ok_or_else(|| internal("no transaction"))?;
        if let Some(xid) = txn.xid {
            return Ok(xid);
        }
        let xid = self.next_xid;
        self.next_xid += 1;
        txn.xid = Some(xid);
        backend.values.xid = Some(xid);
        self.owners.add(xid, slot);
        if let Some(id) = txn.serial {
            self.ssi.name(id, xid);
        }
        Ok(xid)
    }

    /// Keeps what the snapshot sees from being removed.
    pub(crate) fn hold_snapshot(&mut self, csn: Csn) {
        *self.snapshots.entry(csn).or_default() += 1;
    }

    pub(crate) fn release_snapshot(&mut self, csn: Csn) {
        if let Some(count) = self.snapshots.get_mut(&csn) {
            *count -= 1;
            if *count == 0 {
                self.snapshots.remove(&csn);
            }
        }
    }

    /// Makes the changes permanent, as one commit.
    pub(crate) fn commit_changes(&mut self, undo: &[Undo]) {
        if undo.is_empty() {
            return;
        }
        self.csn += 1;
        let csn = self.csn;
        // Nobody looks at what was there before.
        let unseen =
            self.snapshots.is_empty() && self.dead.is_empty() && undo.len() <= PRUNE_AT_ONCE;
        for change in undo {
            if let (Undo::Died { heap, tid }, true) = (change, unseen) {
                let _ = self.store.remove(*heap, *tid);
            } else if let Some((heap, tid)) = self.store.commit(*change, csn) {
                self.dead.push_back((csn, heap, tid));
            }
        }
        self.prune();
    }

    /// Removes versions that no snapshot can see any more.
    fn prune(&mut self) {
        let oldest = self.snapshots.keys().next().copied().unwrap_or(self.csn);
        for _ in 0..PRUNE_AT_ONCE {
            match self.dead.front() {
                Some((csn, heap, tid)) if *csn <= oldest => {
                    // A heap that was dropped meanwhile took its versions along.
                    let _ = self.store.remove(*heap, *tid);
                    self.dead.pop_front();
                }
                _ => return,
            }
        }
    }
}

/// The sessions of transactions, in order of their numbers, which only rise.
#[derive(Default)]
pub(crate) struct Owners(Vec<(Xid, usize)>);

impl Owners {
    fn add(&mut self, xid: Xid, slot: usize) {
        self.0.push((xid, slot));
    }

    pub(crate) fn remove(&mut self, xid: Xid) {
        if let Ok(place) = self.0.binary_search_by_key(&xid, |(known, _)| *known) {
            self.0.remove(place);
        }
    }

    pub(crate) fn get(&self, xid: Xid) -> Option<usize> {
        let place = self.0.binary_search_by_key(&xid, |(known, _)| *known).ok()?;
        Some(self.0[place].1)
    }

    fn oldest(&self) -> Option<Xid> {
        self.0.first().map(|(xid, _)| *xid)
    }
}

impl SharedPlans {
    /// A number that no other catalog has.
    pub(crate) fn next_version(&self) -> u64 {
        self.versions().fetch_add(1, Ordering::Relaxed)
    }

    fn versions(&self) -> &AtomicU64 {
        &self.versions
    }
}
