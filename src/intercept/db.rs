//! [`Db`] and [`Transaction`], intercepted: begin, each statement, commit and rollback are calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use tokio::sync::RwLock;

use crate::context::{CallId, Context};
use crate::error::{Error, ErrorKind, Result, SqlState};
use crate::service::{Db, Transaction};
use crate::stack::{Arg, Effects, Method, Outcome, Port, Reveal, Stack};
use crate::value::{Row, Value};

const STATEMENT: Effects = Effects::WRITE.and(Effects::DISCONNECT);
const ONCE: Effects = STATEMENT.without(Effects::REPEAT);

crate::methods! {
    /// The methods of [`Db`] and [`Transaction`].
    pub static DB = "db" {
        QUERY = "query"(sql, params): STATEMENT;
        EXECUTE = "execute"(sql, params): STATEMENT;
        BEGIN = "begin"(): ONCE.without(Effects::FAIL_AFTER);
        COMMIT = "commit"(): ONCE;
        ROLLBACK = "rollback"(): ONCE;
    }
}

/// Puts a database behind the stack.
///
/// A fault inside of a transaction has the consequences it would have in PostgreSQL: an error aborts the
/// transaction (what follows is 25P02, and commit rolls back), a lost connection rolls it back.
pub fn db<D: Db + ?Sized + 'static>(stack: &Stack, inner: Arc<D>) -> Arc<dyn Db> {
    Arc::new(Intercepted { port: stack.port(&DB), inner })
}

struct Intercepted<D: ?Sized> {
    port: Port,
    inner: Arc<D>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<D: Db + ?Sized> Db for Intercepted<D> {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let args = [Arg::Text(sql), Arg::Values(params)];
        self.port.call(&QUERY, &args, |_| self.inner.query(sql, params)).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        let args = [Arg::Text(sql), Arg::Values(params)];
        self.port.call(&EXECUTE, &args, |_| self.inner.execute(sql, params)).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        let parent = Context::current().call;
        begin(&self.port, parent, || self.inner.begin()).await
    }
}

async fn begin<F>(
    port: &Port,
    parent: Option<CallId>,
    make: impl Fn() -> F,
) -> Result<Box<dyn Transaction>>
where
    F: Future<Output = Result<Box<dyn Transaction>>>,
{
    let open = port.call_within(parent, &BEGIN, &[], |id| {
        let begun = make();
        async move { Ok(Begun { id, inner: begun.await? }) }
    });
    let Begun { id, inner } = open.await?;
    Ok(Box::new(InterceptedTransaction {
        port: port.clone(),
        id,
        inner: RwLock::new(Some(inner)),
        state: AtomicU8::new(OPEN),
    }))
}

struct Begun {
    id: CallId,
    inner: Box<dyn Transaction>,
}

impl Reveal for Begun {
    fn reveal(&self) -> Arg<'_> {
        Arg::Unit
    }
}

const OPEN: u8 = 0;
/// A fault made a statement fail: nothing but a rollback is accepted, as after an error of the server.
const FAILED: u8 = 1;
/// A fault cut the connection.
const LOST: u8 = 2;
const ENDED: u8 = 3;

struct InterceptedTransaction {
    port: Port,
    id: CallId,
    inner: RwLock<Option<Box<dyn Transaction>>>,
    state: AtomicU8,
}

fn aborted() -> Error {
    let message = "current transaction is aborted, commands ignored until end of transaction block";
    Error::sqlstate(SqlState::IN_FAILED_SQL_TRANSACTION, message)
}

fn lost() -> Error {
    Error::sqlstate(
        SqlState::CONNECTION_FAILURE,
        "the connection was lost: the transaction is rolled back",
    )
}

impl InterceptedTransaction {
    /// The state that a made-up error would leave a transaction of PostgreSQL in.
    fn suffer(&self, error: &Error) {
        if error.injected_by().is_none() {
            return;
        }
        let broken = matches!(
            error.kind(),
            ErrorKind::ConnectionLost | ErrorKind::OutcomeUnknown | ErrorKind::Unavailable
        );
        self.state.fetch_max(if broken { LOST } else { FAILED }, Ordering::Relaxed);
        if broken && let Ok(mut inner) = self.inner.try_write() {
            // The server notices that the client is gone: rolls back, and its locks go.
            *inner = None;
        }
    }

    fn check(&self) -> Result<()> {
        match self.state.load(Ordering::Relaxed) {
            FAILED => Err(aborted()),
            LOST => Err(lost()),
            _ => Ok(()),
        }
    }

    async fn end(mut self: Box<Self>, method: &'static Method) -> Result<()> {
        let state = self.check();
        *self.state.get_mut() = ENDED;
        let mut inner = self.inner.get_mut().take();
        let call = |_| {
            let inner = inner.take();
            let state = state.clone();
            async move {
                let inner = inner.ok_or_else(lost)?;
                match state {
                    Ok(()) if method.ordinal == COMMIT.ordinal => inner.commit().await,
                    Ok(()) => inner.rollback().await,
                    // As PostgreSQL: whatever its end was to be, a failed transaction is rolled back.
                    Err(error) => {
                        inner.rollback().await?;
                        if method.ordinal == COMMIT.ordinal { Err(error) } else { Ok(()) }
                    }
                }
            }
        };
        self.port.call_within(Some(self.id), method, &[], call).await
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl Db for InterceptedTransaction {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let guard = self.inner.read().await;
        let call = async |_| {
            self.check()?;
            guard.as_deref().ok_or_else(lost)?.query(sql, params).await
        };
        let args = [Arg::Text(sql), Arg::Values(params)];
        let result = self.port.call_within(Some(self.id), &QUERY, &args, call).await;
        drop(guard);
        result.inspect_err(|error| self.suffer(error))
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        let guard = self.inner.read().await;
        let call = async |_| {
            self.check()?;
            guard.as_deref().ok_or_else(lost)?.execute(sql, params).await
        };
        let args = [Arg::Text(sql), Arg::Values(params)];
        let result = self.port.call_within(Some(self.id), &EXECUTE, &args, call).await;
        drop(guard);
        result.inspect_err(|error| self.suffer(error))
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        let guard = self.inner.read().await;
        let make = async || {
            self.check()?;
            guard.as_deref().ok_or_else(lost)?.begin().await
        };
        let result = begin(&self.port, Some(self.id), make).await;
        drop(guard);
        result.inspect_err(|error| self.suffer(error))
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl Transaction for InterceptedTransaction {
    async fn commit(self: Box<Self>) -> Result<()> {
        self.end(&COMMIT).await
    }

    async fn rollback(self: Box<Self>) -> Result<()> {
        self.end(&ROLLBACK).await
    }

    fn context(&self) -> Context {
        Context::current().with_call(self.id)
    }
}

impl Drop for InterceptedTransaction {
    fn drop(&mut self) {
        if *self.state.get_mut() < LOST {
            self.port.note(Some(self.id), &ROLLBACK, Outcome::Cancelled);
        }
    }
}
