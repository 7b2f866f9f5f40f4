//! Warnings of what is wrong in any application, and where nothing is.

use std::time::Duration;

use serde_json::json;
use stuntdouble::stack::{Fault, Verdict};
use stuntdouble::trace::{Lint, Lints, Trace};
use stuntdouble::{Db, DbExt, Error, PubSubExt, Result, SqlState, TracerExt, params};

use super::support::World;

fn found(trace: &Trace) -> Vec<Lint> {
    trace.lint().iter().map(|warning| warning.lint()).collect()
}

fn text(trace: &Trace) -> String {
    trace.lint().iter().map(|warning| format!("{warning}\n")).collect()
}

fn failing(state: SqlState) -> Verdict {
    Verdict::FailBefore(Fault::new(Error::sqlstate(state, "made up")))
}

#[tokio::test(start_paused = true)]
async fn effects_of_a_transaction_that_rolled_back() {
    let world = World::new();
    let api = world.node("api");
    world.rules.add("db.commit", "r", failing(SqlState::SERIALIZATION_FAILURE));
    api.db
        .with_tx(async |tx| {
            tx.execute("UPDATE item SET stock = 2", &[]).await?;
            api.cache.set("stock:7", "2".into(), None).await?;
            api.cache.delete("stock:8").await?;
            api.pubsub.publish("stock.changed", json!({ "item": 7 }), None).await?;
            api.objects.put("report", "2".into(), "text/plain").await?;
            Ok(())
        })
        .await
        .unwrap_err();
    insta::assert_snapshot!(text(&world.trace), @r#"
    cache-write-rolled-back: cache.set#1 was made inside the transaction
      db.begin#1, which rolled back: the cache now holds what the database never
      did. Instead, write to the cache after the commit.
      +0ms    db.begin#1      → ok
      +0ms      cache.set#1   "stock:7", value: "2" → ok
      +0ms      db.commit#1   ✗ conflict 40001: made up ⟵ fail before 40001 (r)
    event-rolled-back: pubsub.publish#1 was made inside the transaction
      db.begin#1, which rolled back: its subscribers are told of what never
      happened. Instead, write the event to an outbox table in the transaction and
      publish it after the commit.
      +0ms    db.begin#1          → ok
      +0ms      pubsub.publish#1  "stock.changed", payload: {"item": 7} → <event-1>
      +0ms      db.commit#1       ✗ conflict 40001: made up ⟵ fail before 40001 (r)
    object-rolled-back: object_storage.put#1 was made inside the transaction
      db.begin#1, which rolled back: nothing refers to the object now. Instead,
      store it before the transaction under a key that does not matter yet, or
      after the commit.
      +0ms    db.begin#1              → ok
      +0ms      object_storage.put#1  "report", bytes: "2", content_type:
                                        "text/plain"
                                        → {size: 1, etag: <etag-1>, content_type:
                                        "text/plain"}
      +0ms      db.commit#1           ✗ conflict 40001: made up
                                        ⟵ fail before 40001 (r)
    "#);
    let lints = Lints::all().allow(Lint::EventRolledBack).allow_slug("object-rolled-back").unwrap();
    let left: Vec<_> = lints.check(&world.trace).iter().map(|warning| warning.lint()).collect();
    assert_eq!(left, [Lint::CacheWriteRolledBack]);
}

#[tokio::test(start_paused = true)]
async fn the_same_after_a_commit_is_well() {
    let world = World::new();
    let api = world.node("api");
    api.db.with_tx(async |tx| tx.execute("UPDATE item", &[]).await).await.unwrap();
    api.cache.set("stock:7", "2".into(), None).await.unwrap();
    api.pubsub.publish("stock.changed", json!({ "item": 7 }), None).await.unwrap();
    assert_eq!(found(&world.trace), []);
}

#[tokio::test(start_paused = true)]
async fn a_cache_write_in_a_transaction_that_commits_is_well_and_an_event_is_not() {
    let world = World::new();
    let api = world.node("api");
    let body = async |_: &stuntdouble::Tx| -> Result<()> {
        api.cache.set("stock:7", "2".into(), None).await?;
        api.pubsub.publish("stock.changed", json!({ "item": 7 }), None).await.map(drop)
    };
    api.db.with_tx(body).await.unwrap();
    insta::assert_snapshot!(text(&world.trace), @r#"
    dual-write: pubsub.publish#1 was made inside the transaction db.begin#1,
      before its commit: subscribers may act before the data are there, and if the
      commit fails, on what never happened. Instead, write the event to an outbox
      table in the transaction and publish it after the commit.
      +0ms    db.begin#1          → ok
      +0ms      pubsub.publish#1  "stock.changed", payload: {"item": 7} → <event-1>
      +0ms      db.commit#1       → ok
    "#);
}

#[tokio::test(start_paused = true)]
async fn an_outbox_relay_is_well() {
    let world = World::new();
    let api = world.node("api");
    world.rules.add("db.commit#2", "r", failing(SqlState::SERIALIZATION_FAILURE));
    for _ in 0..2 {
        let _ = api
            .db
            .with_tx(async |tx| {
                tx.query("SELECT * FROM outbox FOR UPDATE SKIP LOCKED", &[]).await?;
                api.pubsub.publish("t", json!({}), Some("7".to_owned())).await?;
                tx.execute("UPDATE outbox SET sent = true", &[]).await
            })
            .await;
    }
    assert_eq!(found(&world.trace), []);
}

#[tokio::test(start_paused = true)]
async fn a_handler_is_not_inside_of_the_transaction_that_published() {
    let world = World::new();
    let api = world.node("api");
    let cache = api.cache.clone();
    let subscription = api.pubsub.on("t", move |_| {
        let cache = cache.clone();
        async move { cache.incr("seen", 1).await.map(drop) }
    });
    world.rules.add("db.commit", "r", failing(SqlState::SERIALIZATION_FAILURE));
    let publish = async |_: &stuntdouble::Tx| api.pubsub.publish("t", json!({}), None).await;
    api.db.with_tx(publish).await.unwrap_err();
    world.fakes.pubsub.drain().await;
    drop(subscription);
    assert_eq!(found(&world.trace), [Lint::EventRolledBack]);
}

#[tokio::test(start_paused = true)]
async fn an_explicit_begin_within_a_span() {
    let world = World::new();
    let api = world.node("api");
    let work = async {
        let tx = api.db.begin().await.unwrap();
        tx.execute("UPDATE item", &[]).await.unwrap();
        api.cache.set("a", "1".into(), None).await.unwrap();
        tx.rollback().await.unwrap();
        api.cache.set("b", "1".into(), None).await.unwrap();
    };
    api.tracer.start_span("work", work).await;
    let warnings = world.trace.lint();
    assert_eq!(found(&world.trace), [Lint::CacheWriteRolledBack]);
    assert_eq!(warnings[0].calls()[1].text("key"), Some("a"));
}

#[tokio::test(start_paused = true)]
async fn calls_of_other_tasks_are_not_inside() {
    let world = World::new();
    let api = world.node("api");
    let tx = api.db.begin().await.unwrap();
    api.cache.set("a", "1".into(), None).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(found(&world.trace), []);
}

#[tokio::test(start_paused = true)]
async fn an_inner_savepoint_goes_with_the_outer_transaction() {
    let world = World::new();
    let api = world.node("api");
    let result: Result<()> = api
        .db
        .with_tx(async |tx| {
            tx.with_tx(async |_| api.cache.incr("a", 1).await).await?;
            Err(Error::new(stuntdouble::ErrorKind::Internal, "no"))
        })
        .await;
    result.unwrap_err();
    assert_eq!(found(&world.trace), [Lint::CacheWriteRolledBack]);
}

#[tokio::test(start_paused = true)]
async fn what_is_left_open() {
    let world = World::new();
    let api = world.node("api");
    world.rules.add("cache.get", "hang.toml:1", Verdict::Hang);
    let tx = api.db.begin().await.unwrap();
    tx.execute("UPDATE item SET stock = 2", &[]).await.unwrap();
    let (tracer, cache) = (api.tracer.clone(), api.cache.clone());
    let task = tokio::spawn(async move {
        let _ = tracer.start_span("look up", cache.get("a")).await;
    });
    tokio::time::sleep(Duration::from_millis(5)).await;
    insta::assert_snapshot!(text(&world.trace), @r#"
    transaction-left-open: the transaction db.begin#1 was left open at the end: it
      keeps its locks and its connection, and its changes are lost. Instead,
      commit it or roll it back, or use with_tx, which always does.
      +0ms    db.begin#1      → ok
      +0ms      db.execute#1  UPDATE item SET stock = 2 → 1 row
    call-in-flight: 1 call was still in flight at the end: whether it was applied
      is not known, and nobody waits for the answer. Instead, await or abort what
      was begun, and give calls that may hang a timeout.
      +0ms    cache.get#1     (in span#1) "a" … still in flight ⟵ hang (hang.toml:1)
    "#);
    task.abort();
    let _ = task.await;
    drop(tx);
    assert_eq!(found(&world.trace), []);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_was_passed_over() {
    let world = World::new();
    let api = world.node("api");
    world.rules.add("db.execute#1", "r", failing(SqlState::UNIQUE_VIOLATION));
    api.db
        .with_tx(async |tx| {
            let _ = tx.execute("INSERT INTO item VALUES (7)", &[]).await;
            tx.execute("UPDATE item SET stock = 1", &[]).await
        })
        .await
        .unwrap_err();
    insta::assert_snapshot!(text(&world.trace), @r"
    statement-after-failure: db.execute#2 used the transaction db.begin#1 although
      db.execute#1 had failed: PostgreSQL accepts nothing but a rollback then, and
      commits nothing. Instead, return the error, or set a savepoint before a
      statement that may fail.
      +0ms    db.execute#1    (in begin#1) INSERT INTO item VALUES (7)
                                ✗ constraint_violation 23505: made up
                                ⟵ fail before 23505 (r)
      +0ms    db.execute#2    UPDATE item SET stock = 1
                                ✗ transaction_aborted 25P02: current transaction is
                                aborted, commands ignored until end of transaction
                                block
    ");
}

async fn retry_after_unknown_commit(sql: &str, look: bool) -> Trace {
    let world = World::new();
    let api = world.node("api");
    world.rules.add("db.commit#1", "r", failing(SqlState::TRANSACTION_RESOLUTION_UNKNOWN));
    let place = async || {
        let body = async |tx: &stuntdouble::Tx| tx.execute(sql, params![7]).await;
        api.db.with_tx(body).await
    };
    assert!(place().await.unwrap_err().is_outcome_unknown());
    if look {
        api.db.query("SELECT 1 FROM orders WHERE id = $1", params![7]).await.unwrap();
    }
    place().await.unwrap();
    world.trace
}

#[tokio::test(start_paused = true)]
async fn a_commit_of_unknown_outcome_that_is_retried() {
    let insert = "INSERT INTO orders VALUES ($1)";
    insta::assert_snapshot!(text(&retry_after_unknown_commit(insert, false).await), @r"
    unknown-commit-retried: the outcome of db.commit#1 was unknown, and db.begin#2
      does the same again: if it had been applied, it is now applied twice.
      Instead, look first whether it is there, or make the statements idempotent
      (ON CONFLICT on a key that the caller gives).
      +0ms    db.begin#1      → ok
      +0ms      db.commit#1   ✗ outcome_unknown 08007: made up
                                ⟵ fail before 08007 (r)
      +0ms    db.begin#2      → ok
      +0ms      db.commit#2   → ok
    ");
    assert_eq!(found(&retry_after_unknown_commit(insert, true).await), []);
    let careful = "INSERT INTO orders VALUES ($1) ON CONFLICT DO NOTHING";
    assert_eq!(found(&retry_after_unknown_commit(careful, false).await), []);
}
