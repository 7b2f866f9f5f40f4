//! Row versions and what a snapshot sees of them.

use super::super::types::Row;
use super::heap::Tid;

/// The number of a commit, in order of commits. The first is 1.
pub(crate) type Csn = u64;

/// The number of a transaction that writes or locks. The first is 1.
pub(crate) type Xid = u64;

const PENDING: u64 = 1 << 63;

/// When something happened to a version: never, at a commit, or in a transaction that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl Stamp {
    pub(crate) const NONE: Stamp = Stamp(0);

    pub(crate) const fn committed(csn: Csn) -> Stamp {
        Stamp(csn)
    }

    pub(crate) const fn pending(xid: Xid) -> Stamp {
        Stamp(xid | PENDING)
    }

    /// The transaction that has yet to decide.
    pub(crate) fn xid(self) -> Option<Xid> {
        (self.0 & PENDING != 0).then_some(self.0 & !PENDING)
    }

    /// The commit.
    pub(crate) fn csn(self) -> Option<Csn> {
        (self.0 != 0 && self.0 & PENDING == 0).then_some(self.0)
    }

    pub(crate) fn is_none(self) -> bool {
        self.0 == 0
    }

    fn seen_by(self, snapshot: &Snapshot, command: u32) -> bool {
        if self.0 & PENDING == 0 {
            self.0 != 0 && self.0 <= snapshot.csn
        } else {
            self.0 & !PENDING == snapshot.xid && command < snapshot.cid
        }
    }
}

/// One version of a row.
#[derive(Clone, Debug)]
pub(crate) struct Tuple {
    pub(crate) row: Row,
    pub(crate) born: Stamp,
    pub(crate) died: Stamp,
    /// The commands of the transaction that made and ended it.
    pub(crate) cmin: u32,
    pub(crate) cmax: u32,
    /// The transactions themselves, which the stamps forget; a lock or a taken back end counts as an end.
    pub(crate) made_by: u32,
    pub(crate) ended_by: u32,
    /// The version that replaced it.
    pub(crate) next: Tid,
    /// The row's first version: its identity, under which it is locked.
    pub(crate) root: Tid,
    /// The end was a delete, or an update of a key: it conflicts with FOR KEY SHARE.
    pub(crate) died_keyed: bool,
    /// It differs from the row's first version in no key: the indexes know only that one.
    pub(crate) same_keys: bool,
}

/// What a statement sees: everything committed up to `csn`, and the transaction's own earlier commands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    pub(crate) csn: Csn,
    /// 0: the transaction has not written.
    pub(crate) xid: Xid,
    pub(crate) cid: u32,
}

impl Snapshot {
    pub(crate) fn sees(&self, tuple: &Tuple) -> bool {
        tuple.born.seen_by(self, tuple.cmin) && !tuple.died.seen_by(self, tuple.cmax)
    }
}
