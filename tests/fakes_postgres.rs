//! The simulated PostgreSQL as a `Db`: transactions, cancellation, forks, reports. What SQL answers is
//! compared with a real server elsewhere.
#![cfg(feature = "test-util")]

use std::sync::Arc;
use std::time::Duration;

use stuntdouble::fake::postgres::{Postgres, TransactionState};
use stuntdouble::{
    Db, DbExt, Entropy, ErrorKind, Result, RetryPolicy, SqlState, TokioClock, Value, params,
};

fn clock() -> Arc<TokioClock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

const SCHEMA: &str = "
    CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0));
    INSERT INTO account VALUES (1, 100), (2, 100); -- two of them
";

async fn database() -> Postgres {
    let db = Postgres::new(clock(), Entropy::new(1));
    db.migrate(SCHEMA).await.unwrap();
    db
}

async fn balance(db: &Postgres, id: i64) -> i64 {
    let rows = db.query("SELECT balance FROM account WHERE id = $1", params![id]).await.unwrap();
    rows[0].get(0).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_transaction_commits_or_rolls_back() -> Result<()> {
    let db = database().await;
    db.with_tx(async |tx| {
        tx.execute("UPDATE account SET balance = balance - 10 WHERE id = 1", &[]).await?;
        tx.execute("UPDATE account SET balance = balance + 10 WHERE id = 2", &[]).await
    })
    .await?;
    assert_eq!((balance(&db, 1).await, balance(&db, 2).await), (90, 110));

    let failed = db
        .with_tx(async |tx| {
            tx.execute("UPDATE account SET balance = 0 WHERE id = 2", &[]).await?;
            tx.execute("UPDATE account SET balance = -1 WHERE id = 1", &[]).await
        })
        .await
        .unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::ConstraintViolation);
    assert_eq!(failed.constraint(), Some("account_balance_check"));
    assert_eq!(balance(&db, 2).await, 110);
    assert!(db.open_transactions().is_empty());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_commit_of_a_failed_transaction_is_an_error() -> Result<()> {
    let db = database().await;
    let tx = db.begin().await?;
    tx.execute("INSERT INTO account VALUES (1, 1)", &[]).await.unwrap_err();
    let refused = tx.query("SELECT 1", &[]).await.unwrap_err();
    assert_eq!(refused.code(), Some(SqlState::IN_FAILED_SQL_TRANSACTION));
    assert_eq!(tx.commit().await.unwrap_err().kind(), ErrorKind::TransactionAborted);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn begin_on_a_transaction_is_a_savepoint() -> Result<()> {
    let db = database().await;
    let tx = db.begin().await?;
    let inner = tx.begin().await?;
    inner.execute("UPDATE account SET balance = 0 WHERE id = 1", &[]).await?;
    inner.execute("SELECT 1/0", &[]).await.unwrap_err();
    inner.rollback().await?;
    drop(tx.begin().await?);
    let inner = tx.begin().await?;
    inner.execute("UPDATE account SET balance = 7 WHERE id = 2", &[]).await?;
    inner.commit().await?;
    tx.commit().await?;
    assert_eq!((balance(&db, 1).await, balance(&db, 2).await), (100, 7));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_dropped_transaction_lets_go_at_once() -> Result<()> {
    let db = database().await;
    let tx = db.begin().await?;
    tx.execute("UPDATE account SET balance = 0 WHERE id = 1", &[]).await?;
    drop(tx);
    assert!(db.open_transactions().is_empty());
    db.execute("UPDATE account SET balance = balance + 1 WHERE id = 1", &[]).await?;
    assert_eq!(balance(&db, 1).await, 101);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_statement_that_is_dropped_while_it_waits_takes_its_transaction_along() -> Result<()> {
    let db = database().await;
    let holder = db.begin().await?;
    holder.execute("UPDATE account SET balance = 0 WHERE id = 1", &[]).await?;
    let waiter = db.begin().await?;
    waiter.execute("UPDATE account SET balance = 5 WHERE id = 2", &[]).await?;
    let update = waiter.execute("UPDATE account SET balance = 5 WHERE id = 1", &[]);
    tokio::time::timeout(Duration::from_millis(10), update).await.unwrap_err();
    // Row 2 is free again although `waiter` still exists.
    db.execute("UPDATE account SET balance = 6 WHERE id = 2", &[]).await?;
    assert_eq!(waiter.query("SELECT 1", &[]).await.unwrap_err().kind(), ErrorKind::ConnectionLost);
    holder.commit().await?;
    assert_eq!((balance(&db, 1).await, balance(&db, 2).await), (0, 6));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn conflicts_are_retried() -> Result<()> {
    let db = database().await;
    let add = async || {
        db.with_tx_retry(&RetryPolicy::default(), async |tx| {
            tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", &[]).await?;
            let rows = tx.query("SELECT balance FROM account WHERE id = 1", &[]).await?;
            let next: i64 = rows[0].get::<i64>(0)? + 1;
            tokio::time::sleep(Duration::from_millis(1)).await;
            tx.execute("UPDATE account SET balance = $1 WHERE id = 1", params![next]).await
        })
        .await
    };
    let (a, b) = tokio::join!(add(), add());
    a?;
    b?;
    assert_eq!(balance(&db, 1).await, 102);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_report_says_who_waits_for_what() -> Result<()> {
    let db = database().await;
    let mut holder = db.session();
    holder.execute("BEGIN", &[]).await?;
    holder.execute("SELECT * FROM account WHERE id = 1 FOR UPDATE", &[]).await?;
    let mut waiter = db.session();
    let id = waiter.id();
    let waiting = tokio::spawn(async move {
        waiter.execute("UPDATE account SET balance = 0 WHERE id = 1", &[]).await
    });
    tokio::time::sleep(Duration::from_millis(5)).await;
    let open = db.open_transactions();
    assert_eq!(open.len(), 2);
    assert_eq!(open[0].state, TransactionState::IdleInTransaction);
    assert_eq!(open[0].locks, ["row (id=1) of account (FOR UPDATE)"]);
    assert_eq!(open[1].state, TransactionState::Waiting);
    assert_eq!(open[1].blocked_by, [holder.id()]);
    assert!(open[1].to_string().contains("waits for row (id=1) of account"), "{}", open[1]);
    db.kill(id);
    assert_eq!(waiting.await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionLost);
    db.disconnect_all();
    assert!(db.open_transactions().is_empty());
    assert_eq!(holder.execute("COMMIT", &[]).await.unwrap_err().kind(), ErrorKind::ConnectionLost);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_fork_shares_what_is_committed_and_nothing_that_follows() -> Result<()> {
    let template = database().await;
    let open = template.begin().await?;
    open.execute("UPDATE account SET balance = 1 WHERE id = 1", &[]).await?;
    let fork = template.fork(clock(), Entropy::new(2));
    assert_eq!(balance(&fork, 1).await, 100);
    fork.execute("UPDATE account SET balance = 50 WHERE id = 1", &[]).await?;
    fork.execute("INSERT INTO account VALUES (3, 1)", &[]).await?;
    open.commit().await?;
    assert_eq!((balance(&template, 1).await, balance(&fork, 1).await), (1, 50));
    assert_eq!(template.rows("SELECT * FROM account").await?.len(), 2);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_migration_names_the_statement_that_failed() {
    let db = Postgres::new(clock(), Entropy::new(1));
    let script =
        "CREATE TABLE a (id int);\n\n-- the next one is wrong\nINSERT INTO b VALUES (';')\n";
    let error = db.migrate(script).await.unwrap_err();
    assert_eq!(error.message(), "statement 2 (line 4): relation \"b\" does not exist");
}

#[tokio::test(start_paused = true)]
async fn values_come_back_as_they_went_in() -> Result<()> {
    let db = database().await;
    db.migrate("CREATE TABLE t (b bool, n numeric, x text, y bytea, j jsonb, u uuid, at timestamptz, l int[])").await?;
    let values = params![
        true,
        stuntdouble::Numeric::new("1.50").unwrap(),
        "tea",
        &b"\x00\x01"[..],
        serde_json::json!({"a": [1, null]}),
        "6f8d0ad2-5b43-4a3c-9a1e-0f3a1c2b4d5e",
        "2030-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap(),
        [1, 2].into_iter().collect::<Value>(),
    ];
    db.execute("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", values).await?;
    let rows = db.rows("SELECT * FROM t").await?;
    let got = rows[0].values();
    assert_eq!(got[..5], values[..5]);
    assert_eq!(got[6..], values[6..]);
    let none = db.query("SELECT * FROM t WHERE x = $1", params![Option::<String>::None]).await?;
    assert!(none.is_empty());
    Ok(())
}
