//! Locks: of rows, in four strengths with a queue each; of tables, in eight modes, and advisory ones; waits
//! for the end of a transaction; and who blocks whom.
//!
//! An update or delete needs no lock of its own: the version that it ended, while its transaction is
//! open, is the lock. The table here holds what FOR UPDATE and its kin took, what waiters were given, and
//! the waiters.

mod deadlock;
mod heavy;
mod rows;
mod tables;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

pub(crate) use heavy::{AdvisoryKey, AdvisoryRequest, Heavy, HeavyKey};
pub(crate) use rows::{RowOutcome, RowRequest};

use super::parse::ast::{RowLock, TableLock};
use super::store::{Tid, Xid};

/// A row, by its heap and its first version.
pub(crate) type RowKey = (usize, Tid);

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Row {
        key: RowKey,
        mode: RowLock,
        /// The transaction whose end it waits for; `None`: its turn at the row.
        on: Option<Xid>,
    },
    /// The end of a transaction that has inserted the same key.
    Transaction(Xid),
    /// A table or an advisory lock.
    Heavy { key: HeavyKey, mode: TableLock },
    /// Writers that overlap, for READ ONLY DEFERRABLE.
    SafeSnapshot,
}

/// A wait, since when by the database's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) target: Target,
    pub(crate) since: Duration,
}

#[derive(Default)]
pub(crate) struct Locks {
    rows: BTreeMap<RowKey, RowQueue>,
    /// Sessions that wait for the end of a transaction.
    transactions: BTreeMap<Xid, Vec<usize>>,
    /// Who waits for a table or an advisory lock, and who holds the latter.
    pub(crate) heavy: Heavy,
    /// Table locks above ROW EXCLUSIVE that are held: if none is, and none is waited for, a weaker one
    /// needs no check.
    strong: usize,
}

/// Who waits for a row takes turns: one after the other, as far as their modes conflict, they wait for the
/// transactions that have it. (PostgreSQL's lock on the tuple.)
#[derive(Default)]
struct RowQueue {
    holders: Vec<(Xid, RowLock)>,
    /// Those whose turn it is, in order of arrival; each waits for a transaction.
    turns: Vec<RowWaiter>,
    /// Those who wait for their turn.
    queue: VecDeque<RowWaiter>,
    /// How many of them want each mode.
    wanted: [usize; 4],
    /// A version from which the newest one can be reached.
    tip: Tid,
}

#[derive(Clone, Copy)]
struct RowWaiter {
    slot: usize,
    xid: Xid,
    mode: RowLock,
    /// It has the row already, and wants more of it: it passes the others.
    passes: bool,
}

impl Locks {
    /// False if no row is locked or waited for.
    pub(crate) fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// PostgreSQL's table of conflicting row locks.
pub(crate) fn rows_conflict(held: RowLock, wanted: RowLock) -> bool {
    use RowLock::{KeyShare, NoKeyUpdate, Share, Update};
    match held {
        KeyShare => wanted == Update,
        Share => matches!(wanted, NoKeyUpdate | Update),
        NoKeyUpdate => wanted != KeyShare,
        Update => true,
    }
}
