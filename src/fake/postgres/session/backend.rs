//! [`Backend`]: what the server keeps of a session; [`Txn`]: of its open transaction.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::super::catalog::{Catalog, DEFAULT_PATH, Draft, Oid};
use super::super::execute::ConstraintEvent;
use super::super::functions::SessionValues;
use super::super::locks::{RowKey, Waiting};
use super::super::notice::Notice;
use super::super::parse::ast::{Isolation, Modes, RowLock};
use super::super::plancache::SharedPlans;
use super::super::ssi::SerialId;
use super::super::store::{Csn, SequenceState, Undo, Xid};
use super::constraints::ConstraintModes;
use super::cursor::Cursor;
use super::prepared::NamedStatement;
use super::scope::Parameters;
use super::settings::Settings;

/// The server's side of a session.
pub(crate) struct Backend {
    pub(crate) values: SessionValues,
    pub(crate) settings: Arc<Settings>,
    /// Parameters of an application's own that the session has named.
    pub(crate) named: BTreeSet<String>,
    pub(crate) txn: Option<Txn>,
    /// The catalog along a search path of the session's own.
    sight: Option<Sight>,
    pub(crate) waiting: Option<Waiting>,
    /// What the session waited for has happened.
    pub(crate) woken: bool,
    /// Made when the session first waits.
    pub(crate) signal: Option<Arc<Notify>>,
    /// The current statement, or the last one.
    pub(crate) statement: Arc<str>,
    pub(crate) active: bool,
    /// PREPARE, by name.
    pub(crate) prepared: BTreeMap<String, NamedStatement>,
    pub(crate) cursors: Vec<Cursor>,
    /// The name of a relation that another transaction had yet to decide about when the statement began.
    pub(crate) awaited_name: Option<(Oid, String)>,
    /// The connection is lost: the session accepts nothing more.
    pub(crate) lost: bool,
}

/// The shared catalog as a session with its own search path, or with temporary objects, sees it.
struct Sight {
    /// The shared catalog that it was made from.
    base: u64,
    path: Arc<str>,
    temporary: Option<Oid>,
    catalog: Arc<Catalog>,
}

/// An open transaction.
pub(crate) struct Txn {
    pub(crate) xid: Option<Xid>,
    pub(crate) isolation: Isolation,
    pub(crate) read_only: bool,
    pub(crate) deferrable: bool,
    /// Of REPEATABLE READ and above, from the first statement on.
    pub(crate) snapshot: Option<Csn>,
    /// Of a SERIALIZABLE transaction that is watched.
    pub(crate) serial: Option<SerialId>,
    /// Waits for its snapshot to be known as safe.
    pub(crate) deferring: bool,
    /// The number of the current command.
    pub(crate) cid: u32,
    pub(crate) undo: Vec<Undo>,
    pub(crate) row_locks: Vec<(RowKey, RowLock)>,
    pub(crate) table_locks: Vec<(Oid, u8)>,
    pub(crate) savepoints: Vec<Savepoint>,
    pub(crate) failed: bool,
    /// What it began with before its own modes: a failed transaction passes it on to AND CHAIN.
    pub(crate) inherited: Modes,
    /// Of one statement, without BEGIN.
    pub(crate) implicit: bool,
    /// A statement has run: too late for SET TRANSACTION ISOLATION LEVEL.
    pub(crate) begun: bool,
    /// What `now()` says, in microseconds since 1970.
    pub(crate) now: i64,
    pub(crate) since: Duration,
    pub(crate) draft: Option<Draft>,
    /// With SET LOCAL.
    pub(crate) settings: Arc<Settings>,
    /// As they were at BEGIN.
    pub(crate) before: Arc<Settings>,
    /// What SET CONSTRAINTS has said.
    pub(crate) constraints: ConstraintModes,
    /// Checks of deferred constraints.
    pub(crate) deferred: Vec<ConstraintEvent>,
    /// Heaps that a rollback frees.
    pub(crate) made_heaps: Vec<usize>,
    /// Heaps that a commit frees.
    pub(crate) dropped_heaps: Vec<usize>,
    /// Sequences as they were before ALTER SEQUENCE or RESTART.
    pub(crate) saved_sequences: Vec<(Oid, SequenceState)>,
}

/// Where ROLLBACK TO goes back to.
pub(crate) struct Savepoint {
    pub(crate) name: String,
    pub(crate) undo: usize,
    pub(crate) row_locks: usize,
    pub(crate) table_locks: Vec<(Oid, u8)>,
    pub(crate) draft: Option<Draft>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) session_settings: Arc<Settings>,
    pub(crate) constraints: ConstraintModes,
    pub(crate) deferred: usize,
    /// The checks that were deferred then, if some of them have been made since.
    pub(crate) checked: Option<Vec<ConstraintEvent>>,
    /// How many advisory locks the transaction held.
    pub(crate) advisory: usize,
    pub(crate) dropped_heaps: usize,
    pub(crate) saved_sequences: usize,
    pub(crate) read_only: bool,
}

/// What every session begins with, shared: sessions of one statement are frequent.
#[derive(Clone, Default)]
pub(crate) struct Fresh {
    settings: Arc<Settings>,
    statement: Arc<str>,
}

impl Backend {
    pub(crate) fn new(fresh: Fresh) -> Backend {
        Backend {
            values: SessionValues::default(),
            settings: fresh.settings,
            named: BTreeSet::new(),
            txn: None,
            sight: None,
            waiting: None,
            woken: false,
            signal: None,
            statement: fresh.statement,
            active: false,
            prepared: BTreeMap::new(),
            cursors: vec![],
            awaited_name: None,
            lost: false,
        }
    }

    pub(crate) fn parameters(&mut self) -> Parameters<'_> {
        Parameters { session: &mut self.settings, txn: self.txn.as_mut(), named: &mut self.named }
    }

    /// The settings in force.
    pub(crate) fn current(&self) -> &Arc<Settings> {
        self.txn.as_ref().map_or(&self.settings, |txn| &txn.settings)
    }

    pub(crate) fn isolation(&self) -> Isolation {
        self.txn.as_ref().map_or(Isolation::ReadCommitted, |txn| txn.isolation)
    }

    pub(crate) fn is_failed(&self) -> bool {
        self.txn.as_ref().is_some_and(|txn| txn.failed)
    }

    /// The transaction's own catalog, or the shared one.
    pub(crate) fn catalog<'b>(&'b self, shared: &'b Arc<Catalog>) -> &'b Arc<Catalog> {
        match self.txn.as_ref().and_then(|txn| txn.draft.as_ref()) {
            Some(draft) => &draft.catalog,
            None => self.sight.as_ref().map_or(shared, |sight| &sight.catalog),
        }
    }

    /// What `search_path` says, and the session's temporary schema.
    pub(crate) fn path(&self) -> (Arc<str>, Option<Oid>) {
        let text = self.current().search_path.clone();
        (text.unwrap_or_else(|| DEFAULT_PATH.into()), self.values.temporary)
    }

    /// Brings what the session sees of the catalog up to date.
    pub(crate) fn look(&mut self, shared: &Arc<Catalog>, plans: &SharedPlans) {
        let drafting = self.txn.as_ref().is_some_and(|txn| txn.draft.is_some());
        let plain = self.current().search_path.is_none() && self.values.temporary.is_none();
        if !drafting && plain {
            self.sight = None;
        } else {
            let (path, temporary) = self.path();
            if let Some(draft) = self.txn.as_mut().and_then(|txn| txn.draft.as_mut()) {
                draft.rebase(shared, plans.next_version());
                draft.look_along((&path, temporary), plans.next_version());
            } else if !self.sight.as_ref().is_some_and(|sight| {
                sight.base == shared.version && sight.path == path && sight.temporary == temporary
            }) {
                let mut catalog = (**shared).clone();
                catalog.version = plans.next_version();
                catalog.look_along(&path, temporary);
                let catalog = Arc::new(catalog);
                self.sight = Some(Sight { base: shared.version, path, temporary, catalog });
            }
        }
        let path = &self.catalog(shared).path;
        if !Arc::ptr_eq(path, &self.values.path) {
            self.values.path = path.clone();
        }
    }

    pub(crate) fn keep_row(&mut self, key: RowKey, mode: RowLock) {
        if let Some(txn) = &mut self.txn {
            txn.row_locks.push((key, mode));
        }
    }

    /// Tells the client something beside the statement's answer.
    pub(crate) fn notify(&mut self, notice: Notice) {
        self.values.notices.push(notice);
    }

    /// The statement's notices, as far as the client wants to hear of them.
    pub(crate) fn heard(&mut self) -> Vec<Notice> {
        if self.values.notices.is_empty() {
            return vec![];
        }
        let settings = self.current().clone();
        self.values.notices.retain(|notice| settings.lets_through(notice.severity));
        self.values.notices.clone()
    }

    /// The session looks up what it waits for.
    pub(crate) fn notify_signal(&self) {
        if let Some(signal) = &self.signal {
            signal.notify_one();
        }
    }

    /// Ends the session's wait.
    pub(crate) fn wake(&mut self) {
        self.waiting = None;
        self.woken = true;
        self.notify_signal();
    }
}
