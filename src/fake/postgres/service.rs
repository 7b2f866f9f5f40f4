//! [`Db`] and [`Transaction`] on sessions.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::Shared;
use super::database::Postgres;
use super::errors::pg;
use super::session::Session;
use crate::error::{Error, Result};
use crate::service::{Db, Transaction};
use crate::value::{Row, Value};

#[async_trait]
impl Db for Postgres {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let answer = self.session().execute(sql, params).await;
        answer.map(|answer| answer.rows()).map_err(|error| error.at("db", "query"))
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        let answer = self.session().execute(sql, params).await;
        answer.map(|answer| answer.affected()).map_err(|error| error.at("db", "execute"))
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        let mut session = self.session();
        session.execute("BEGIN", &[]).await.map_err(|error| error.at("db", "begin"))?;
        let (shared, slot) = (self.shared.clone(), session.slot());
        let connection = Connection {
            session: Mutex::new(session),
            shared,
            slot,
            savepoints: AtomicU64::new(0),
        };
        Ok(Box::new(Open { connection: Arc::new(connection), savepoint: None, finished: false }))
    }
}

/// The session of a transaction, which its savepoints share.
struct Connection {
    /// One statement at a time, as on a real connection.
    session: Mutex<Session>,
    shared: Arc<Shared>,
    slot: usize,
    savepoints: AtomicU64,
}

/// A transaction, or a savepoint within one.
struct Open {
    connection: Arc<Connection>,
    savepoint: Option<String>,
    finished: bool,
}

impl Open {
    async fn run(&self, sql: &str, params: &[Value]) -> Result<super::Answer> {
        // tokio's lock: held over the await on purpose, it is the connection's queue of statements.
        let mut session = self.connection.session.lock().await;
        if self.connection.is_over() {
            return Err(over());
        }
        session.execute(sql, params).await
    }
}

impl Connection {
    /// True once the transaction has ended: a savepoint that outlives it must not run statements alone.
    fn is_over(&self) -> bool {
        self.shared
            .lock()
            .backend(self.slot)
            .is_none_or(|backend| backend.txn.is_none() && !backend.lost)
    }
}

#[cold]
fn over() -> Error {
    pg("25P01", "the transaction has ended")
}

#[async_trait]
impl Db for Open {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.run(sql, params)
            .await
            .map(|answer| answer.rows())
            .map_err(|error| error.at("db", "query"))
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        self.run(sql, params)
            .await
            .map(|answer| answer.affected())
            .map_err(|error| error.at("db", "execute"))
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        let number = self.connection.savepoints.fetch_add(1, Ordering::Relaxed) + 1;
        let name = format!("savepoint_{number}");
        self.run(&format!("SAVEPOINT {name}"), &[])
            .await
            .map_err(|error| error.at("db", "begin"))?;
        Ok(Box::new(Open {
            connection: self.connection.clone(),
            savepoint: Some(name),
            finished: false,
        }))
    }
}

#[async_trait]
impl Transaction for Open {
    async fn commit(mut self: Box<Self>) -> Result<()> {
        let result = match &self.savepoint {
            None => match self.run("COMMIT", &[]).await {
                Ok(answer) if answer.rolled_back() => Err(pg(
                    "25P02",
                    "the transaction was rolled back by its commit, since a statement of it had failed",
                )),
                Ok(_) => Ok(()),
                Err(error) => Err(error),
            },
            Some(name) => self.run(&format!("RELEASE {name}"), &[]).await.map(|_| ()),
        };
        // A savepoint that could not be released is rolled back when this is dropped.
        self.finished = self.savepoint.is_none() || result.is_ok();
        result.map_err(|error| error.at("db", "commit"))
    }

    async fn rollback(mut self: Box<Self>) -> Result<()> {
        let result = match &self.savepoint {
            None => self.run("ROLLBACK", &[]).await.map(|_| ()),
            Some(name) => match self.run(&format!("ROLLBACK TO {name}"), &[]).await {
                Ok(_) => self.run(&format!("RELEASE {name}"), &[]).await.map(|_| ()),
                Err(error) => Err(error),
            },
        };
        self.finished = result.is_ok();
        result.map_err(|error| error.at("db", "rollback"))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        let mut engine = self.connection.shared.lock();
        let slot = self.connection.slot;
        let Ok(mut me) = engine.take(slot) else { return };
        match &self.savepoint {
            // The rest of a statement that is under way would work on nothing.
            _ if me.active => engine.lose(&mut me, slot),
            None => engine.rollback(&mut me),
            Some(name) if me.txn.is_some() => {
                if engine.rollback_to(&mut me, name).is_ok() {
                    let _ = engine.release(&mut me, name);
                }
            }
            Some(_) => {}
        }
        engine.backends[slot] = Some(me);
    }
}
