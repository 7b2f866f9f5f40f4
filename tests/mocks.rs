//! The mocks: the transaction pattern, order over several mocks, and what a mock says when it fails.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use stuntdouble::layer::{Latency, LatencyLayer, Recorder};
use stuntdouble::mock::*;
use stuntdouble::stack::{Call, Decision, Layer, Stack, Verdict};
use stuntdouble::trace::{Ended, Trace};
use stuntdouble::{
    Cache, Clock, ConfigExt, Context, Db, DbExt, Entropy, Error, ErrorKind, EventEnvelope,
    FlagValue, LoggerExt, Platform, PubSub, Result, RetryPolicy, SpanContext, SpanId, SqlState,
    Subscription, TokioClock, TraceId, TracerExt, fields, intercept, params,
};

/// The application: an order and its event.
async fn place_order(db: &dyn Db, pubsub: &dyn PubSub, id: i64) -> Result<()> {
    db.with_tx(async |tx| tx.execute("INSERT INTO orders VALUES ($1)", params![id]).await).await?;
    pubsub.publish("order.placed", json!({ "id": id }), Some(id.to_string())).await.map(drop)
}

/// A transaction with one statement that is answered so.
fn tx(answer: Result<u64>) -> MockTransaction {
    let mut tx = MockTransaction::new();
    tx.expect_execute().times(1).return_once(move |_, _| answer);
    tx
}

#[tokio::test]
async fn expectations_hold_their_order_over_several_mocks() {
    let mut order = Sequence::new();
    let mut tx = MockTransaction::new();
    let (mut db, mut pubsub) = (MockDb::new(), MockPubSub::new());
    // `begin` hands the transaction over: its own expectations are set before, in the same sequence.
    let begin = db.expect_begin().times(1).in_sequence(&mut order);
    tx.expect_execute()
        .withf(|sql, params| sql.starts_with("INSERT") && params == params![7])
        .times(1)
        .in_sequence(&mut order)
        .returning(|_, _| Ok(1));
    tx.expect_commit().times(1).in_sequence(&mut order).returning(|| Ok(()));
    begin.return_once(|| Ok(Box::new(tx)));
    pubsub
        .expect_publish()
        .with(predicate::eq("order.placed"), predicate::always(), predicate::always())
        .times(1)
        .in_sequence(&mut order)
        .returning(|_, _, _| Ok("event".to_owned()));

    place_order(&db, &pubsub, 7).await.unwrap();
}

#[tokio::test]
async fn a_breach_of_the_order_panics() {
    let mut order = Sequence::new();
    let (mut db, mut pubsub) = (MockDb::new(), MockPubSub::new());
    pubsub.expect_publish().times(1).in_sequence(&mut order).returning(|_, _, _| Ok(String::new()));
    db.expect_execute().times(1).in_sequence(&mut order).returning(|_, _| Ok(1));
    let db = Arc::new(db);
    let early = db.clone();
    let early = tokio::spawn(async move { early.execute("DELETE FROM orders", &[]).await });
    let panic = early.await.unwrap_err().into_panic();
    assert!(text(panic).contains("Method sequence violation"));
    pubsub.publish("t", json!(1), None).await.unwrap();
}

#[tokio::test]
async fn the_bodys_error_rolls_back() {
    let mut tx = tx(Err(Error::sqlstate(SqlState::UNIQUE_VIOLATION, "duplicate key")));
    tx.expect_rollback().times(1).returning(|| Ok(()));
    let mut db = MockDb::new();
    db.expect_begin().times(1).return_once(|| Ok(Box::new(tx)));

    let error = place_order(&db, &MockPubSub::new(), 7).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConstraintViolation);
}

#[tokio::test(start_paused = true)]
async fn a_conflict_is_retried_with_the_next_transaction() {
    let mut order = Sequence::new();
    let mut db = MockDb::new();
    let conflict = Error::sqlstate(SqlState::SERIALIZATION_FAILURE, "could not serialize access");
    for answer in [Err(conflict), Ok(())] {
        let mut tx = tx(Ok(1));
        tx.expect_commit().times(1).return_once(|| answer);
        db.expect_begin().times(1).in_sequence(&mut order).return_once(|| Ok(Box::new(tx)));
    }
    let body = async |tx: &stuntdouble::Tx| tx.execute("UPDATE stock SET n = n - 1", &[]).await;
    let updated: Result<u64> = db.with_tx_retry(&RetryPolicy::default(), body).await;
    assert_eq!(updated.unwrap(), 1);
}

#[tokio::test]
async fn a_savepoint_is_a_transaction_of_its_own() {
    let mut savepoint = tx(Ok(1));
    savepoint.expect_commit().times(1).returning(|| Ok(()));
    let mut outer = MockTransaction::new();
    outer.expect_begin().times(1).return_once(|| Ok(Box::new(savepoint)));
    outer.expect_commit().times(1).returning(|| Ok(()));
    let mut db = MockDb::new();
    db.expect_begin().times(1).return_once(|| Ok(Box::new(outer)));
    let nested = db.with_tx(async |tx| {
        tx.with_tx(async |inner| inner.execute("DELETE FROM cart", &[]).await).await
    });
    assert_eq!(nested.await.unwrap(), 1);
}

/// Every mock can be made, called and put into a platform.
#[tokio::test]
async fn all_nine_are_there() {
    let (mut secrets, mut objects) = (MockSecrets::new(), MockObjectStorage::new());
    secrets.expect_get().returning(|name| Ok(stuntdouble::Secret::new(name)));
    objects.expect_delete().returning(|_| Ok(true));
    let (mut cache, mut flags) = (MockCache::new(), MockFeatureFlags::new());
    cache.expect_get_many().withf(|keys| keys == ["a"]).returning(|_| Ok(vec![None]));
    flags.expect_is_enabled().returning(|flag, _| flag == "on");
    flags.expect_evaluate().returning(|_, default: FlagValue, _| {
        stuntdouble::Evaluation::failed(default, stuntdouble::FlagError::FlagNotFound)
    });
    let (mut tracer, mut logger) = (MockTracer::new(), MockLogger::new());
    let context = SpanContext { trace_id: TraceId(1), span_id: SpanId(2), sampled: true };
    tracer.expect_open_span().times(1).returning(move |_, _| {
        let mut span = MockSpan::new();
        span.expect_context().return_const(context);
        Box::new(span)
    });
    logger.expect_log().times(1).withf(|_, message, _| message == "done").return_const(());
    let (mut config, mut pubsub) = (MockConfig::new(), MockPubSub::new());
    config.expect_get().returning(|_| Ok(Some("8080".to_owned())));
    pubsub.expect_subscribe().times(1).returning(|_, _| Ok(Subscription::new(|| {})));
    let mut handler = MockEventHandler::new();
    handler.expect_handle().never().returning(|_: EventEnvelope| Ok(()));

    let platform = Platform::builder()
        .db(Arc::new(MockDb::new()))
        .secrets(Arc::new(secrets))
        .pubsub(Arc::new(pubsub))
        .object_storage(Arc::new(objects))
        .cache(Arc::new(cache))
        .feature_flags(Arc::new(flags))
        .tracer(Arc::new(tracer))
        .logger(Arc::new(logger))
        .config(Arc::new(config))
        .build()
        .unwrap();
    let everyone = stuntdouble::EvaluationContext::default();
    assert_eq!(platform.secrets().get("key").await.unwrap().expose(), "key");
    assert!(platform.object_storage().delete("a").await.unwrap());
    assert_eq!(platform.cache().get_many(&["a".to_owned()]).await.unwrap(), [None]);
    assert!(platform.feature_flags().is_enabled("on", &everyone).await);
    let current = platform.tracer().start_span("work", async { Context::current().span });
    assert_eq!(current.await, Some(context));
    platform.logger().info("done", fields! {});
    assert_eq!(platform.config().get_int("port").required().unwrap(), 8080);
    platform.pubsub().subscribe("t", Arc::new(handler)).unwrap().unsubscribe();
}

/// The pitfall: the panic of an unexpected call stays inside a spawned task, unless its handle is asked.
#[tokio::test]
async fn an_unexpected_call_in_a_spawned_task_is_found_by_its_handle() {
    let cache = Arc::new(MockCache::new());
    let task = tokio::spawn({
        let cache = cache.clone();
        async move { cache.get("price:tea").await }
    });
    let panic = task.await.unwrap_err().into_panic();
    assert!(text(panic).contains("MockCache::get"), "mockall names the method");
}

/// The other one: an expectation that is not met panics only where the last owner drops the mock.
#[test]
fn an_expectation_that_was_not_met_panics_in_the_last_owner() {
    let mut cache = MockCache::new();
    cache.expect_get().times(1).returning(|_| Ok(None));
    let cache = Arc::new(cache);
    let platform = Platform::stubs().with_cache(cache.clone());
    drop(platform);
    let mock = Arc::into_inner(cache).expect("the platform is gone");
    let panic = std::panic::catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    assert!(text(panic).contains("MockCache::get"));
}

/// A stack that records into the trace, and does what the layer says.
fn stack(trace: &Trace, layer: impl Layer + 'static) -> Stack {
    let clock: Arc<dyn Clock> =
        Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()));
    Stack::builder("api", clock).layer(Recorder::new(trace)).layer(layer).build()
}

/// Hangs the calls of one method.
struct Hang(&'static str);

impl Layer for Hang {
    fn decide(&self, call: &Call<'_>) -> Decision {
        let hangs = call.method.to_string() == self.0;
        if hangs { Verdict::Hang.into() } else { Decision::PASS }
    }
}

/// `node/service.method#n: outcome`, for each call.
fn outcomes(trace: &Trace) -> Vec<String> {
    let outcome = |ended: Option<&Ended>| match ended {
        None => "open",
        Some(Ended::Ok(_)) => "ok",
        Some(Ended::Err(_)) => "error",
        Some(Ended::Cancelled) => "cancelled",
        Some(Ended::Panicked) => "panicked",
    };
    trace
        .calls()
        .iter()
        .map(|call| format!("{}: {}", call.name(), outcome(call.outcome())))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_wrapped_mock_is_slow() {
    let mut tx = tx(Ok(1));
    tx.expect_commit().times(1).returning(|| Ok(()));
    let (mut db, mut pubsub) = (MockDb::new(), MockPubSub::new());
    db.expect_begin().times(1).return_once(|| Ok(Box::new(tx)));
    pubsub.expect_publish().times(1).returning(|_, _, _| Ok("event".to_owned()));

    let latency = LatencyLayer::new(Entropy::new(1))
        .with("db", Latency::Fixed(Duration::from_millis(10)))
        .with("pubsub.publish", Latency::Fixed(Duration::from_secs(3600)));
    let trace = Trace::new();
    let stack = stack(&trace, latency);
    let db = intercept::db(&stack, Arc::new(db));
    let pubsub = intercept::pubsub(&stack, Arc::new(pubsub));
    place_order(&*db, &*pubsub, 7).await.unwrap();

    assert_eq!(stack.clock().elapsed(), Duration::from_millis(3_600_030));
    let expected = [
        "api/db.begin#1: ok",
        "api/db.execute#1: ok",
        "api/db.commit#1: ok",
        "api/pubsub.publish#1: ok",
    ];
    assert_eq!(outcomes(&trace), expected);
}

#[tokio::test(start_paused = true)]
async fn a_wrapped_mock_hangs() {
    let mut tx = tx(Ok(1));
    tx.expect_commit().never();
    let mut db = MockDb::new();
    db.expect_begin().times(1).return_once(|| Ok(Box::new(tx)));

    let trace = Trace::new();
    let db = intercept::db(&stack(&trace, Hang("db.commit")), Arc::new(db));
    let order = async { place_order(&*db, &MockPubSub::new(), 7).await };
    let order = tokio::time::timeout(Duration::from_secs(60), order).await;
    assert!(order.is_err(), "the application's own timeout ends it");
    assert!(outcomes(&trace).contains(&"api/db.commit#1: cancelled".to_owned()));
}

/// What the pitfall above looks like to a trace, when nobody asks the task's handle.
#[tokio::test]
async fn an_unexpected_call_in_a_spawned_task_is_in_the_trace() {
    let trace = Trace::new();
    let cache = intercept::cache(&stack(&trace, Hang("none")), Arc::new(MockCache::new()));
    let (done, finished) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(async move {
        let _done = done;
        cache.get("price:tea").await
    });
    let _ = finished.await;
    assert_eq!(outcomes(&trace), ["api/cache.get#1: panicked"]);
}

fn text(panic: Box<dyn std::any::Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().copied().unwrap_or_default().to_owned(),
    }
}
