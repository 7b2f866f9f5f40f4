//! Sessions: what a connection is. Transactions, settings, waiting, and cancellation.

mod backend;
mod constraints;
mod control;
mod cursor;
mod parameter_table;
mod parameters;
mod prepared;
mod scope;
mod settings;
mod statement;
mod styles;
mod transaction;
mod wait;

use std::sync::Arc;

pub(crate) use backend::{Backend, Fresh, Txn};
pub(crate) use constraints::set_constraints;
pub(crate) use cursor::Position;
pub(crate) use scope::Parameters;

use super::Shared;
use super::answer::Answer;
use super::notice::Notice;
use crate::error::Result;
use crate::value::Value;

/// One connection to the database, as a client has it. Dropping it rolls back and lets go of its locks.
///
/// ```
/// use stuntdouble::fake::postgres::Postgres;
/// use stuntdouble::{Entropy, TokioClock};
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// # let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
/// let db = Postgres::new(std::sync::Arc::new(clock), Entropy::new(1));
/// db.migrate("CREATE TABLE page (name text PRIMARY KEY, visits int NOT NULL)").await?;
///
/// let mut session = db.session();
/// session.execute("BEGIN", &[]).await?;
/// let answer = session.execute("INSERT INTO page VALUES ('start', 1) RETURNING *", &[]).await?;
/// assert_eq!(answer.tag(), "INSERT 0 1");
/// assert_eq!(answer.text(0, 1).as_deref(), Some("1"));
/// session.execute("ROLLBACK", &[]).await?;
/// assert!(db.rows("SELECT * FROM page").await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Session {
    shared: Arc<Shared>,
    slot: usize,
    id: i32,
}

impl Session {
    pub(super) fn open(shared: Arc<Shared>) -> Session {
        let (slot, id) = {
            let mut engine = shared.lock();
            let slot = engine.open_session();
            (slot, engine.backend(slot).map_or(0, |backend| backend.values.pid))
        };
        Session { shared, slot, id }
    }

    /// Names the session in [`Postgres::open_transactions`](super::Postgres::open_transactions) and
    /// [`Postgres::kill`](super::Postgres::kill); `pg_backend_pid()` says the same.
    pub fn id(&self) -> i32 {
        self.id
    }

    pub(super) fn slot(&self) -> usize {
        self.slot
    }

    /// Runs one statement, transaction control and settings included. Parameters are `$1`, `$2`, …
    ///
    /// If the future is dropped while the statement waits, the session is that of a client that vanished:
    /// its transaction is rolled back, and it accepts nothing more.
    ///
    /// # Errors
    /// As PostgreSQL reports them, with SQLSTATE, constraint and detail.
    pub async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<Answer> {
        statement::execute(&self.shared, self.slot, sql, params).await
    }

    /// What the server said beside the last statement's answer, also if that was an error. What is below
    /// `client_min_messages` is left out.
    pub fn notices(&self) -> Vec<Notice> {
        let engine = self.shared.lock();
        engine.backend(self.slot).map(|me| me.values.notices.clone()).unwrap_or_default()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let mut engine = self.shared.lock();
        if let Ok(mut me) = engine.take(self.slot) {
            engine.lose(&mut me, self.slot);
        }
        engine.close_session(self.slot);
    }
}
