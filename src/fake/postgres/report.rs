//! What is open: for reports of hangs and of what a test left behind.

use std::fmt;
use std::time::Duration;

use super::engine::Engine;
use super::locks::{HeavyKey, Target};
use super::parse::ast::TableLock;

/// What a session with an open transaction is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionState {
    /// Between two statements.
    IdleInTransaction,
    /// Between two statements, of which one has failed: nothing but ROLLBACK is accepted.
    IdleInFailedTransaction,
    /// Running a statement.
    Active,
    /// Waiting for a lock.
    Waiting,
}

impl fmt::Display for TransactionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            TransactionState::IdleInTransaction => "idle in transaction",
            TransactionState::IdleInFailedTransaction => "idle in transaction (aborted)",
            TransactionState::Active => "active",
            TransactionState::Waiting => "waiting",
        })
    }
}

/// An open transaction.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpenTransaction {
    /// The session's [`id`](super::Session::id).
    pub session: i32,
    /// When it began, by the database's clock ([`Clock::elapsed`](crate::Clock::elapsed)).
    pub since: Duration,
    /// What the session is doing.
    pub state: TransactionState,
    /// The current statement, or the last one.
    pub statement: String,
    /// The locks that it holds, in words.
    pub locks: Vec<String>,
    /// What it waits for, since when, in words.
    pub waits_for: Option<String>,
    /// The sessions that it waits for.
    pub blocked_by: Vec<i32>,
}

impl fmt::Display for OpenTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "session {}: {}, open since {:?}: {}",
            self.session, self.state, self.since, self.statement
        )?;
        for lock in &self.locks {
            write!(f, "\n  holds {lock}")?;
        }
        if let Some(wait) = &self.waits_for {
            write!(f, "\n  waits for {wait}")?;
            if !self.blocked_by.is_empty() {
                let list: Vec<String> =
                    self.blocked_by.iter().map(|id| format!("session {id}")).collect();
                write!(f, ", held by {}", list.join(", "))?;
            }
        }
        Ok(())
    }
}

pub(super) fn open_transactions(engine: &Engine) -> Vec<OpenTransaction> {
    let slots = 0..engine.backends.len();
    slots
        .filter_map(|slot| {
            let backend = engine.backend(slot)?;
            let txn = backend.txn.as_ref()?;
            let state = match (&backend.waiting, backend.active) {
                (Some(_), _) => TransactionState::Waiting,
                (None, true) => TransactionState::Active,
                (None, false) if txn.failed => TransactionState::IdleInFailedTransaction,
                (None, false) => TransactionState::IdleInTransaction,
            };
            let blockers = engine.blockers(slot).into_iter();
            let mut blocked_by: Vec<i32> =
                blockers.filter_map(|slot| Some(engine.backend(slot)?.values.pid)).collect();
            blocked_by.dedup();
            Some(OpenTransaction {
                session: backend.values.pid,
                since: txn.since,
                state,
                statement: backend.statement.to_string(),
                locks: locks(engine, slot),
                waits_for: backend.waiting.map(|waiting| {
                    format!("{}, since {:?}", target(engine, waiting.target), waiting.since)
                }),
                blocked_by,
            })
        })
        .collect()
}

fn table_name(engine: &Engine, oid: u32) -> String {
    engine.catalog.table(oid).map_or_else(|_| format!("#{oid}"), |table| table.name.to_string())
}

fn row_name(engine: &Engine, heap: usize, root: u64) -> String {
    let Some(table) = engine.catalog.tables().find(|table| table.heap == heap) else {
        return "a row of a dropped table".into();
    };
    let key = table.primary_key().and_then(|key| key.columns());
    let tuple = engine.store.tuple(heap, root);
    match (key, tuple) {
        (Some(columns), Some(tuple)) => {
            let parts: Vec<String> = columns
                .iter()
                .map(|column| {
                    let (value, ty) = (&tuple.row[*column], table.columns[*column].typed.ty);
                    format!(
                        "{}={}",
                        table.columns[*column].name,
                        super::types::text::output(value, ty)
                    )
                })
                .collect();
            format!("row ({}) of {}", parts.join(", "), table.name)
        }
        _ => format!("a row of {}", table.name),
    }
}

fn target(engine: &Engine, target: Target) -> String {
    match target {
        Target::Row { key: (heap, root), .. } => row_name(engine, heap, root),
        Target::Transaction(_) => "the end of a transaction that has inserted the same key".into(),
        Target::SafeSnapshot => "a snapshot that no open transaction makes unsafe".into(),
        Target::Heavy { key: HeavyKey::Table(oid), mode } => {
            format!("table {} ({})", table_name(engine, oid), mode_name(mode))
        }
        Target::Heavy { key: HeavyKey::Advisory(key), mode } => {
            let number = match key.is_pair {
                true => format!("{}, {}", key.high as i32, key.low as i32),
                false => ((u64::from(key.high) << 32 | u64::from(key.low)) as i64).to_string(),
            };
            format!("advisory lock ({number}) ({})", mode_name(mode))
        }
    }
}

fn mode_name(mode: TableLock) -> &'static str {
    match mode {
        TableLock::AccessShare => "ACCESS SHARE",
        TableLock::RowShare => "ROW SHARE",
        TableLock::RowExclusive => "ROW EXCLUSIVE",
        TableLock::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
        TableLock::Share => "SHARE",
        TableLock::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
        TableLock::Exclusive => "EXCLUSIVE",
        TableLock::AccessExclusive => "ACCESS EXCLUSIVE",
    }
}

fn locks(engine: &Engine, slot: usize) -> Vec<String> {
    use super::store::Undo;
    let Some(txn) = engine.backend(slot).and_then(|backend| backend.txn.as_ref()) else {
        return vec![];
    };
    let mut list = vec![];
    for undo in &txn.undo {
        if let Undo::Died { heap, tid } = undo {
            let root = engine.store.tuple(*heap, *tid).map_or(*tid, |tuple| tuple.root);
            list.push(format!("{} (changed)", row_name(engine, *heap, root)));
        }
    }
    for ((heap, root), mode) in &txn.row_locks {
        use super::parse::ast::RowLock;
        let mode = match mode {
            RowLock::KeyShare => "FOR KEY SHARE",
            RowLock::Share => "FOR SHARE",
            RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
            RowLock::Update => "FOR UPDATE",
        };
        list.push(format!("{} ({mode})", row_name(engine, *heap, *root)));
    }
    list.dedup();
    list
}
