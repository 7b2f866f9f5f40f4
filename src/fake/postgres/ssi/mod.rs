//! SERIALIZABLE: Serializable Snapshot Isolation, by the rules of PostgreSQL's README-SSI.
//!
//! A serializable transaction reads from one snapshot and never waits for readers, as at REPEATABLE READ.
//! What snapshots alone let through are histories in which two transactions each miss what the other
//! writes. Such a history contains a *dangerous structure*: two read-write conflicts in a row, whose last
//! transaction commits first:
//!
//! ```text
//!      T1 ──rw──▶ T2 ──rw──▶ T3        T ──rw──▶ U : T read what U, which ran at the same time,
//!                pivot    commits first             has replaced since, so that T comes before U
//! ```
//!
//! (T1 and T3 may be one.) So it suffices to know the conflicts, and to let one of the three fail.
//!
//! # How conflicts are seen
//!
//! - *The writer was first.* The reader meets a version that a concurrent transaction has made or ended:
//!   [`Reader::tuple`].
//! - *The reader was first.* It left a SIREAD mark, which blocks nobody. Who writes looks for marks:
//!   [`Ssi::write`], [`Ssi::write_key`]. They outlive the commit as long as somebody runs who overlaps.
//!
//! Marks stand on versions, on pages of versions, on whole tables, and on ranges of index keys, against
//! phantoms. A range is as wide as a leaf page of PostgreSQL's index, which for a small table is all of
//! it; a scan without index marks the table; three versions of a page mark the page. Finer marks would be
//! safe as well, but PostgreSQL would then abort what passes here.
//!
//! # Who fails
//!
//! Nobody as long as T3 has not committed. Then the pivot, if it is still open: at once if it is the one
//! that acts, else it is *doomed* and fails at its next read, write or commit. If the pivot has committed,
//! the one that acts. A transaction that only reads is T1 at most, and harmless if T3 committed after its
//! snapshot; a READ ONLY transaction whose snapshot no open writer can make dangerous is *safe* and leaves
//! no marks; with DEFERRABLE it waits for such a snapshot.
//!
//! Other isolation levels have no part in this, and pay nothing.

mod conflicts;
mod hooks;
mod marks;
mod xact;

use std::collections::BTreeMap;

pub(crate) use marks::Reader;
pub(crate) use xact::SerialId;

use super::store::{Csn, Xid};
use marks::{Mark, Range};
use xact::{Seq, Xact};

/// The serializable transactions: those that are open, and those that have committed and still matter.
#[derive(Default)]
pub(crate) struct Ssi {
    xacts: BTreeMap<SerialId, Xact>,
    next: SerialId,
    /// Counts preparations and commits.
    seq: Seq,
    by_xid: BTreeMap<Xid, SerialId>,
    by_csn: BTreeMap<Csn, SerialId>,
    marks: BTreeMap<Mark, Vec<SerialId>>,
    /// By index.
    ranges: BTreeMap<usize, Vec<Range>>,
    /// Open transactions that may write.
    writable: usize,
    /// No open transaction that may write overlaps what committed by then.
    only_readers_since: Seq,
}
