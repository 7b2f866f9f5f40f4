//! [`StubDb`] and its transactions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::core::stub;
use crate::error::Result;
use crate::fields;
use crate::service::{Db, Transaction};
use crate::value::{Row, Value};

/// The arguments of `query` and `execute`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The SQL text, as it was given.
    pub sql: String,
    /// The parameters.
    pub params: Vec<Value>,
    /// The number of the transaction or savepoint that the statement is part of.
    pub transaction: Option<usize>,
}

/// What became of a transaction of a [`StubDb`].
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionEnd {
    /// It has not ended yet.
    Open,
    /// `commit` answered Ok.
    Committed,
    /// `commit` answered an error.
    CommitFailed,
    /// `rollback` was called.
    RolledBack,
    /// It was dropped, which rolls back.
    Dropped,
}

/// A transaction, or a savepoint, of a [`StubDb`].
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionRecord {
    /// Counts from 1, savepoints included.
    pub number: usize,
    /// Of a savepoint: the transaction or savepoint that it was opened on.
    pub within: Option<usize>,
    /// The SQL of the statements that were answered, or are being answered.
    pub statements: Vec<String>,
    /// How it ended.
    pub end: TransactionEnd,
}

stub! {
    /// A database with canned answers. It does not read SQL.
    ///
    /// Defaults: `query` answers no rows, `execute` 0, and `begin`, `commit` and `rollback` succeed. All
    /// transactions share the answers of the stub: the second `execute` is the second one, inside of a
    /// transaction or not.
    ///
    /// ```
    /// use stuntdouble::stub::{StubDb, TransactionEnd};
    /// use stuntdouble::{Db, DbExt, Error, Row, SqlState, params};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let conflict = Error::sqlstate(SqlState::SERIALIZATION_FAILURE, "could not serialize access");
    /// let db = StubDb::builder()
    ///     .query(|query| {
    ///         query
    ///             .when(|statement| statement.sql.contains("FROM stock"))
    ///             .ok(vec![Row::new(["left"], [3.into()])])
    ///     })
    ///     .commit(|commit| commit.then().err(conflict))
    ///     .build();
    ///
    /// let order = db.with_tx(async |tx| tx.query("SELECT left FROM stock", &[]).await).await;
    /// assert!(order.unwrap_err().is_retryable());
    /// assert_eq!(db.transactions()[0].end, TransactionEnd::CommitFailed);
    /// # }
    /// ```
    StubDb, StubDbBuilder, "db", state: Mutex<Vec<TransactionRecord>>;
    /// What `query` answers.
    query: Statement => Result<Vec<Row>>;
    /// What `execute` answers: the number of rows.
    execute: Statement => Result<u64>;
    /// Whether `begin` succeeds. The argument is the number of the transaction that it is called on.
    begin: Option<usize> => Result<()>;
    /// Whether `commit` succeeds.
    commit: TransactionRecord => Result<()>;
    /// Whether `rollback` succeeds.
    rollback: TransactionRecord => Result<()>;
}

impl StubDb {
    /// The transactions and savepoints, in the order in which they were opened.
    pub fn transactions(&self) -> Vec<TransactionRecord> {
        self.inner.transactions().clone()
    }
}

impl Inner {
    fn transactions(&self) -> MutexGuard<'_, Vec<TransactionRecord>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, number: usize) -> TransactionRecord {
        self.transactions()[number - 1].clone()
    }

    fn ended(&self, number: usize, end: TransactionEnd) {
        self.transactions()[number - 1].end = end;
    }

    fn statement(&self, sql: &str, params: &[Value], transaction: Option<usize>) -> Statement {
        if let Some(number) = transaction {
            self.transactions()[number - 1].statements.push(sql.to_owned());
        }
        Statement { sql: sql.to_owned(), params: params.to_vec(), transaction }
    }

    async fn query(&self, statement: Statement) -> Result<Vec<Row>> {
        let Statement { sql, params, transaction } = &statement;
        let fields = fields! { sql: sql.as_str(), params: params.len(), tx: *transaction };
        self.query.give(&self.core, &statement, fields, |_| Ok(Vec::new())).await
    }

    async fn execute(&self, statement: Statement) -> Result<u64> {
        let Statement { sql, params, transaction } = &statement;
        let fields = fields! { sql: sql.as_str(), params: params.len(), tx: *transaction };
        self.execute.give(&self.core, &statement, fields, |_| Ok(0)).await
    }

    async fn begin(self: &Arc<Self>, within: Option<usize>) -> Result<Box<dyn Transaction>> {
        self.begin.give(&self.core, &within, fields! { within: within }, |_| Ok(())).await?;
        let mut transactions = self.transactions();
        let number = transactions.len() + 1;
        let (statements, end) = (Vec::new(), TransactionEnd::Open);
        transactions.push(TransactionRecord { number, within, statements, end });
        Ok(Box::new(StubTransaction { inner: self.clone(), number }))
    }
}

#[async_trait]
impl Db for StubDb {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.inner.query(self.inner.statement(sql, params, None)).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        self.inner.execute(self.inner.statement(sql, params, None)).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.inner.begin(None).await
    }
}

/// A transaction of a [`StubDb`].
pub struct StubTransaction {
    inner: Arc<Inner>,
    number: usize,
}

impl std::fmt::Debug for StubTransaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("StubTransaction").field(&self.number).finish()
    }
}

#[async_trait]
impl Db for StubTransaction {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.inner.query(self.inner.statement(sql, params, Some(self.number))).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        self.inner.execute(self.inner.statement(sql, params, Some(self.number))).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.inner.begin(Some(self.number)).await
    }
}

#[async_trait]
impl Transaction for StubTransaction {
    async fn commit(self: Box<Self>) -> Result<()> {
        let (inner, record) = (&self.inner, self.inner.record(self.number));
        let fields = fields! { tx: self.number };
        let answer = inner.commit.give(&inner.core, &record, fields, |_| Ok(())).await;
        let end = match answer {
            Ok(()) => TransactionEnd::Committed,
            Err(_) => TransactionEnd::CommitFailed,
        };
        inner.ended(self.number, end);
        answer
    }

    async fn rollback(self: Box<Self>) -> Result<()> {
        let (inner, record) = (&self.inner, self.inner.record(self.number));
        let fields = fields! { tx: self.number };
        let answer = inner.rollback.give(&inner.core, &record, fields, |_| Ok(())).await;
        inner.ended(self.number, TransactionEnd::RolledBack);
        answer
    }
}

impl Drop for StubTransaction {
    fn drop(&mut self) {
        if self.inner.record(self.number).end == TransactionEnd::Open {
            self.inner.ended(self.number, TransactionEnd::Dropped);
        }
    }
}
