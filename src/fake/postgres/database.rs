//! [`Postgres`]: the handle.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::engine::Engine;
use super::parse;
use super::report::OpenTransaction;
use super::session::Session;
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::error::{Error, Result, SqlState};
use crate::value::Row;

/// A database, behind its one lock.
pub(super) struct Shared {
    engine: Mutex<Engine>,
}

impl Shared {
    /// Never held over an await.
    pub(super) fn lock(&self) -> MutexGuard<'_, Engine> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

/// A simulated PostgreSQL database. Cloning the handle gives another handle to the same database;
/// [`Postgres::fork`] gives another database.
#[derive(Clone, Debug)]
pub struct Postgres {
    pub(super) shared: Arc<Shared>,
}

impl Postgres {
    /// An empty database. `now()` follows the clock; `random()` and `gen_random_uuid()` draw from the
    /// entropy. Waiting is tokio's `sleep`, so that timeouts pass in virtual time where that is paused.
    pub fn new(clock: Arc<dyn Clock>, entropy: Entropy) -> Postgres {
        Postgres::of(Engine::new(clock, entropy))
    }

    fn of(engine: Engine) -> Postgres {
        Postgres { shared: Arc::new(Shared { engine: Mutex::new(engine) }) }
    }

    /// Another database with the same committed content: what a migrated template is for. It shares rows,
    /// indexes and plans with this one and copies what either writes, so that it costs the same however
    /// many rows there are. Transactions that are open here are not open there.
    pub fn fork(&self, clock: Arc<dyn Clock>, entropy: Entropy) -> Postgres {
        Postgres::of(self.shared.lock().fork(clock, entropy))
    }

    /// Runs a script: statements ended by `;`, each a transaction of its own unless the script says BEGIN.
    ///
    /// # Errors
    /// That of the first statement that fails, with its number and line in the message.
    pub async fn migrate(&self, script: &str) -> Result<()> {
        let mut session = self.session();
        for (place, piece) in parse::split(script)?.into_iter().enumerate() {
            if let Err(error) = session.execute(piece.text, &[]).await {
                return Err(in_script(&error, place + 1, piece.line));
            }
        }
        Ok(())
    }

    /// A new connection.
    pub fn session(&self) -> Session {
        Session::open(self.shared.clone())
    }

    /// Runs a query in a session of its own: what is committed now.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub async fn rows(&self, sql: &str) -> Result<Vec<Row>> {
        Ok(self.session().execute(sql, &[]).await?.rows())
    }

    /// The transactions that are open, for a report of what hangs or was left behind.
    pub fn open_transactions(&self) -> Vec<OpenTransaction> {
        super::report::open_transactions(&self.shared.lock())
    }

    /// Cuts a session off, as a lost connection: its transaction is rolled back and its locks go. A
    /// statement that waits fails with 57P01, as does whatever the session is asked later.
    pub fn kill(&self, session: i32) {
        self.cut(|id| id == session);
    }

    /// Cuts every session off, as when the server is restarted.
    pub fn disconnect_all(&self) {
        self.cut(|_| true);
    }

    fn cut(&self, which: impl Fn(i32) -> bool) {
        let mut engine = self.shared.lock();
        for slot in 0..engine.backends.len() {
            if engine.backend(slot).is_some_and(|backend| which(backend.values.pid))
                && let Ok(mut backend) = engine.take(slot)
            {
                engine.lose(&mut backend, slot);
                engine.backends[slot] = Some(backend);
            }
        }
    }
}

fn in_script(error: &Error, statement: usize, line: usize) -> Error {
    let state = error.code().unwrap_or(SqlState::FEATURE_NOT_SUPPORTED);
    let message = format!("statement {statement} (line {line}): {}", error.message());
    let mut placed = Error::sqlstate(state, message);
    if let Some(name) = error.constraint() {
        placed = placed.with_constraint(name);
    }
    if let Some(detail) = error.detail() {
        placed = placed.with_detail(detail);
    }
    if let Some(hint) = error.hint() {
        placed = placed.with_hint(hint);
    }
    placed
}
