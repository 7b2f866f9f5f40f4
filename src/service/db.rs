//! [`Db`] and [`Transaction`]: a PostgreSQL database.

use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;

use super::retry::RetryPolicy;
use crate::context::Context;
use crate::error::{AsError, Error, Result};
use crate::value::{Row, Value};

/// A PostgreSQL database.
///
/// # Contract
/// - Parameters are `$1`, `$2`, …; one statement for each call.
/// - A statement outside a transaction is a transaction of its own.
/// - After a statement of a transaction failed, the transaction accepts nothing but a rollback (25P02).
/// - Errors carry PostgreSQL's SQLSTATE and, where there is one, the constraint.
/// - Dropping the future of a statement cancels it as a client would that vanished.
///
/// A transaction is a `Db` as well, so that a helper over `&dyn Db` works inside and outside of one.
#[async_trait]
pub trait Db: Send + Sync {
    /// Runs a statement and returns its rows: SELECT, or anything with RETURNING.
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;

    /// Runs a statement and returns the number of rows that it affected.
    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64>;

    /// Opens a transaction at READ COMMITTED, or, on a transaction, a savepoint. For another isolation
    /// level, `SET TRANSACTION ISOLATION LEVEL …` is the first statement.
    ///
    /// Prefer [`DbExt::with_tx`], which cannot be left open.
    async fn begin(&self) -> Result<Box<dyn Transaction>>;
}

/// An open transaction, or a savepoint within one. Dropping it rolls back.
#[async_trait]
pub trait Transaction: Db {
    /// Makes the changes permanent (of a savepoint: part of the transaction around it).
    ///
    /// # Errors
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) if the answer was lost: the changes may be
    /// permanent. [`TransactionAborted`](crate::ErrorKind::TransactionAborted) if a statement had failed:
    /// everything was rolled back.
    async fn commit(self: Box<Self>) -> Result<()>;

    /// Undoes the changes.
    async fn rollback(self: Box<Self>) -> Result<()>;

    /// The context for what the transaction causes. Recording implementations name their call here,
    /// so that a trace shows what happened inside of a transaction.
    fn context(&self) -> Context {
        Context::current()
    }
}

/// The transaction that [`DbExt::with_tx`] hands to its body. A `Db`, and no more: only `with_tx`
/// commits and rolls back.
pub struct Tx(Box<dyn Transaction>);

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

#[async_trait]
impl Db for Tx {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.0.query(sql, params).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        self.0.execute(sql, params).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.0.begin().await
    }
}

#[async_trait]
impl<D: Db + ?Sized> Db for Arc<D> {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        (**self).query(sql, params).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        (**self).execute(sql, params).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        (**self).begin().await
    }
}

/// Names the future of a transaction's body, so that it can be required to be `Send`: stable Rust
/// cannot say that of `AsyncFnOnce`. Every `async |tx| …` closure has it.
pub trait TxBodyOnce<'t, T, E>: FnOnce(&'t Tx) -> Self::Future {
    /// What the body returns.
    type Future: Future<Output = Result<T, E>> + Send;

    /// Runs the body.
    fn run(self, tx: &'t Tx) -> Self::Future;
}

impl<'t, T, E, F, Fut> TxBodyOnce<'t, T, E> for F
where
    F: FnOnce(&'t Tx) -> Fut,
    Fut: Future<Output = Result<T, E>> + Send,
{
    type Future = Fut;

    fn run(self, tx: &'t Tx) -> Fut {
        self(tx)
    }
}

/// As [`TxBodyOnce`], for a body that can run again.
pub trait TxBody<'t, T, E>: Fn(&'t Tx) -> Self::Future {
    /// What the body returns.
    type Future: Future<Output = Result<T, E>> + Send;

    /// Runs the body once more.
    fn run(&self, tx: &'t Tx) -> Self::Future;
}

impl<'t, T, E, F, Fut> TxBody<'t, T, E> for F
where
    F: Fn(&'t Tx) -> Fut,
    Fut: Future<Output = Result<T, E>> + Send,
{
    type Future = Fut;

    fn run(&self, tx: &'t Tx) -> Fut {
        self(tx)
    }
}

/// Transactions as closures. Every [`Db`] has it.
///
/// The body's Ok commits, its Err rolls back, and a future that is dropped rolls back.
pub trait DbExt: Db {
    /// Runs the body in a transaction.
    ///
    /// ```
    /// use stuntdouble::{Db, DbExt, Result, params};
    ///
    /// async fn transfer(db: &dyn Db, from: i64, to: i64, amount: i64) -> Result<()> {
    ///     db.with_tx(async |tx| {
    ///         let take = "UPDATE account SET balance = balance - $2 WHERE id = $1";
    ///         tx.execute(take, params![from, amount]).await?;
    ///         let give = "UPDATE account SET balance = balance + $2 WHERE id = $1";
    ///         tx.execute(give, params![to, amount]).await?;
    ///         Ok(())
    ///     })
    ///     .await
    /// }
    /// ```
    ///
    /// # Errors
    /// The body's; or that of `begin` or `commit`. If the rollback after the body's error fails as
    /// well, the body's error is returned: it is the cause, and the connection is gone either way.
    fn with_tx<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send,
        F: for<'t> AsyncFnOnce(&'t Tx) -> Result<T> + for<'t> TxBodyOnce<'t, T, Error> + Send,
    {
        self.try_with_tx(body)
    }

    /// As [`DbExt::with_tx`], for a body with the application's own error type.
    fn try_with_tx<T, E, F>(&self, body: F) -> impl Future<Output = Result<T, E>> + Send
    where
        T: Send,
        E: From<Error> + Send,
        F: for<'t> AsyncFnOnce(&'t Tx) -> Result<T, E> + for<'t> TxBodyOnce<'t, T, E> + Send,
    {
        async move {
            let tx = Tx(self.begin().await?);
            let result = tx.0.context().scope(TxBodyOnce::run(body, &tx)).await;
            finish(tx, result).await
        }
    }

    /// As [`DbExt::try_with_tx`], and runs the whole transaction again while it fails with an error
    /// that is retryable, as the policy says. An unknown outcome is never retried: the body's work may
    /// be done already.
    ///
    /// The body is an `AsyncFn`: write `async |tx|`, since an `async move |tx|` that owns a capture can
    /// run only once.
    ///
    /// ```
    /// use stuntdouble::{Db, DbExt, Result, RetryPolicy, params};
    ///
    /// async fn add_visit(db: &dyn Db, page: &str) -> Result<()> {
    ///     db.with_tx_retry(&RetryPolicy::default(), async |tx| {
    ///         tx.execute("UPDATE page SET visits = visits + 1 WHERE name = $1", params![page]).await?;
    ///         Ok(())
    ///     })
    ///     .await
    /// }
    /// ```
    ///
    /// # Errors
    /// The last attempt's.
    fn with_tx_retry<T, E, F>(
        &self,
        policy: &RetryPolicy,
        body: F,
    ) -> impl Future<Output = Result<T, E>> + Send
    where
        T: Send,
        E: From<Error> + AsError + Send,
        F: for<'t> AsyncFn(&'t Tx) -> Result<T, E> + for<'t> TxBody<'t, T, E> + Send + Sync,
    {
        async move {
            let mut attempt = 1;
            loop {
                let result = match self.begin().await {
                    Err(error) => Err(error.into()),
                    Ok(tx) => {
                        let tx = Tx(tx);
                        let result = tx.0.context().scope(TxBody::run(&body, &tx)).await;
                        finish(tx, result).await
                    }
                };
                match result {
                    Err(error) if error.is_retryable() && attempt < policy.max_attempts() => {
                        tokio::time::sleep(policy.delay(attempt)).await;
                        attempt += 1;
                    }
                    result => return result,
                }
            }
        }
    }
}

impl<D: Db + ?Sized> DbExt for D {}

async fn finish<T, E: From<Error>>(tx: Tx, result: Result<T, E>) -> Result<T, E> {
    match result {
        Ok(value) => {
            tx.0.commit().await?;
            Ok(value)
        }
        Err(error) => {
            // The body's error is the cause. A rollback fails only with the connection, which rolls back.
            let _ = tx.0.rollback().await;
            Err(error)
        }
    }
}
