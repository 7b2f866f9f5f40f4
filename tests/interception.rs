//! The path of one call: what a fault does to it, to its transaction, and what is recorded.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use stuntdouble::fake::{Environment, FakeCache, FakeLogger, FakePubSub, FakeTracer};
use stuntdouble::layer::{Latency, LatencyLayer, Recorder};
use stuntdouble::stack::{Call, Decision, Effects, Fault, Layer, Outcome, Stack, Verdict};
use stuntdouble::trace::{CallRecord, Ended, Trace};
use stuntdouble::{
    Db, DbExt, Entropy, Error, ErrorKind, InContext, LoggerExt, PubSubExt, Result, RetryPolicy,
    Row, SqlState, TracerExt, Transaction, Value, fields, intercept, params,
};

/// A driver that writes down what reaches it.
#[derive(Clone, Default)]
struct Driver(Arc<Mutex<Vec<String>>>);

impl Driver {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

struct DriverTransaction {
    driver: Driver,
    ended: bool,
}

impl Drop for DriverTransaction {
    fn drop(&mut self) {
        if !self.ended {
            self.driver.note("dropped");
        }
    }
}

#[async_trait]
impl Db for Driver {
    async fn query(&self, sql: &str, _: &[Value]) -> Result<Vec<Row>> {
        self.note(sql);
        Ok(vec![Row::new(["id"], [Value::Int(1)])])
    }

    async fn execute(&self, sql: &str, _: &[Value]) -> Result<u64> {
        self.note(sql);
        Ok(1)
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.note("BEGIN");
        Ok(Box::new(DriverTransaction { driver: self.clone(), ended: false }))
    }
}

#[async_trait]
impl Db for DriverTransaction {
    async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.driver.query(sql, params).await
    }

    async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        self.driver.execute(sql, params).await
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.driver.begin().await
    }
}

#[async_trait]
impl Transaction for DriverTransaction {
    async fn commit(mut self: Box<Self>) -> Result<()> {
        self.ended = true;
        self.driver.note("COMMIT");
        Ok(())
    }

    async fn rollback(mut self: Box<Self>) -> Result<()> {
        self.ended = true;
        self.driver.note("ROLLBACK");
        Ok(())
    }
}

/// Gives one verdict to the calls of one name.
struct Script(&'static str, Verdict);

impl Layer for Script {
    fn decide(&self, call: &Call<'_>) -> Decision {
        if call.name().to_string() == self.0 { self.1.clone().into() } else { Decision::PASS }
    }
}

fn stack(trace: &Trace, environment: &Environment, script: Script) -> Stack {
    Stack::builder("api", environment.clock().clone())
        .layer(Recorder::new(trace))
        .layer(script)
        .build()
}

fn failure(kind: ErrorKind) -> Fault {
    Fault::new(Error::new(kind, "made up"))
}

fn state(state: SqlState) -> Fault {
    Fault::new(Error::sqlstate(state, "made up"))
}

/// Two statements in a transaction, as an application writes them.
async fn work(db: &dyn Db) -> Result<()> {
    db.with_tx(async |tx| {
        tx.execute("first", params![]).await?;
        tx.execute("second", params![]).await?;
        Ok(())
    })
    .await
}

fn line(call: &CallRecord) -> String {
    let outcome = match call.outcome() {
        None => "open".to_owned(),
        Some(Ended::Ok(_)) => "ok".to_owned(),
        Some(Ended::Err(error)) => error.kind().to_string(),
        Some(Ended::Cancelled) => "cancelled".to_owned(),
        Some(Ended::Panicked) => "panicked".to_owned(),
    };
    let parent = call.parent().map_or(String::new(), |parent| format!(" in {}", parent.0));
    format!("{} {outcome}{parent}", call.name())
}

fn lines(trace: &Trace) -> Vec<String> {
    trace.calls().iter().map(line).collect()
}

#[tokio::test(start_paused = true)]
async fn a_fault_leaves_a_transaction_as_postgresql_would() {
    use Verdict::{FailAfter, FailBefore};
    let lost = || Fault::disconnect();
    let unknown = || failure(ErrorKind::OutcomeUnknown);
    // call, verdict, what reached the driver, what the application got
    let cases: Vec<(&'static str, Verdict, &[&str], Option<ErrorKind>)> = vec![
        ("api/db.none#1", Verdict::Pass, &["BEGIN", "first", "second", "COMMIT"], None),
        (
            "api/db.begin#1",
            FailBefore(failure(ErrorKind::Unavailable)),
            &[],
            Some(ErrorKind::Unavailable),
        ),
        (
            "api/db.execute#2",
            FailBefore(state(SqlState::SERIALIZATION_FAILURE)),
            &["BEGIN", "first", "ROLLBACK"],
            Some(ErrorKind::Conflict),
        ),
        (
            "api/db.execute#2",
            FailAfter(state(SqlState::SERIALIZATION_FAILURE)),
            &["BEGIN", "first", "second", "ROLLBACK"],
            Some(ErrorKind::Conflict),
        ),
        (
            "api/db.execute#2",
            FailBefore(lost()),
            &["BEGIN", "first", "dropped"],
            Some(ErrorKind::ConnectionLost),
        ),
        (
            "api/db.commit#1",
            FailBefore(state(SqlState::SERIALIZATION_FAILURE)),
            &["BEGIN", "first", "second", "dropped"],
            Some(ErrorKind::Conflict),
        ),
        (
            "api/db.commit#1",
            FailBefore(unknown()),
            &["BEGIN", "first", "second", "dropped"],
            Some(ErrorKind::OutcomeUnknown),
        ),
        (
            "api/db.commit#1",
            FailAfter(unknown()),
            &["BEGIN", "first", "second", "COMMIT"],
            Some(ErrorKind::OutcomeUnknown),
        ),
        (
            "api/db.execute#1",
            Verdict::Repeat(2),
            &["BEGIN", "first", "first", "first", "second", "COMMIT"],
            None,
        ),
    ];
    for (name, verdict, reached, error) in cases {
        let what = format!("{name}: {verdict}");
        let (trace, environment, driver) =
            (Trace::new(), Environment::seeded(1), Driver::default());
        let db = intercept::db(
            &stack(&trace, &environment, Script(name, verdict)),
            Arc::new(driver.clone()),
        );
        let result = work(&*db).await;
        assert_eq!(result.err().map(|error| error.kind()), error, "{what}");
        assert_eq!(driver.seen(), reached, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_made_up_error_the_transaction_accepts_nothing_but_a_rollback() {
    let (trace, environment, driver) = (Trace::new(), Environment::seeded(1), Driver::default());
    let script = Script("api/db.execute#1", Verdict::FailBefore(state(SqlState::UNIQUE_VIOLATION)));
    let db = intercept::db(&stack(&trace, &environment, script), Arc::new(driver.clone()));

    let tx = db.begin().await.unwrap();
    assert_eq!(
        tx.execute("first", params![]).await.unwrap_err().code(),
        Some(SqlState::UNIQUE_VIOLATION)
    );
    let error = tx.execute("second", params![]).await.unwrap_err();
    assert_eq!(error.code(), Some(SqlState::IN_FAILED_SQL_TRANSACTION));
    let error = tx.commit().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TransactionAborted);
    assert_eq!(driver.seen(), ["BEGIN", "ROLLBACK"]);
}

#[tokio::test(start_paused = true)]
async fn a_savepoint_saves_a_transaction_from_a_made_up_error() {
    let (trace, environment, driver) = (Trace::new(), Environment::seeded(1), Driver::default());
    let script = Script("api/db.execute#2", Verdict::FailBefore(state(SqlState::UNIQUE_VIOLATION)));
    let db = intercept::db(&stack(&trace, &environment, script), Arc::new(driver.clone()));

    db.with_tx(async |tx| {
        tx.execute("first", params![]).await?;
        let inner = tx.with_tx(async |tx| tx.execute("second", params![]).await).await;
        assert!(inner.is_err());
        tx.execute("third", params![]).await.map(drop)
    })
    .await
    .unwrap();
    assert_eq!(driver.seen(), ["BEGIN", "first", "BEGIN", "ROLLBACK", "third", "COMMIT"]);
    assert_eq!(
        lines(&trace),
        [
            "api/db.begin#1 ok",
            "api/db.execute#1 ok in 0",
            "api/db.begin#2 ok in 0",
            "api/db.execute#2 constraint_violation in 2",
            "api/db.rollback#1 ok in 2",
            "api/db.execute#3 ok in 0",
            "api/db.commit#1 ok in 0",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_transaction_rolls_back_and_says_so() {
    let (trace, environment, driver) = (Trace::new(), Environment::seeded(1), Driver::default());
    let script = Script("api/db.execute#2", Verdict::Hang);
    let db = intercept::db(&stack(&trace, &environment, script), Arc::new(driver.clone()));

    let timeout = tokio::time::timeout(Duration::from_secs(5), work(&*db)).await;
    assert!(timeout.is_err());
    assert_eq!(driver.seen(), ["BEGIN", "first", "dropped"]);
    assert_eq!(
        lines(&trace),
        [
            "api/db.begin#1 ok",
            "api/db.execute#1 ok in 0",
            "api/db.execute#2 cancelled in 0",
            "api/db.rollback#1 cancelled in 0",
        ]
    );
    let hung = &trace.calls()[2];
    assert_eq!(hung.ended().unwrap() - hung.started(), Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn a_retry_runs_the_whole_transaction_again_but_never_after_an_unknown_outcome() {
    for (fault, attempts) in
        [(state(SqlState::DEADLOCK_DETECTED), 2), (failure(ErrorKind::OutcomeUnknown), 1)]
    {
        let (trace, environment, driver) =
            (Trace::new(), Environment::seeded(1), Driver::default());
        let script = Script("api/db.commit#1", Verdict::FailBefore(fault));
        let db = intercept::db(&stack(&trace, &environment, script), Arc::new(driver.clone()));
        let policy = RetryPolicy::new(3).with_base(Duration::from_millis(40));
        let before = tokio::time::Instant::now();
        let result: Result<()> = db
            .with_tx_retry(&policy, async |tx| tx.execute("first", params![]).await.map(drop))
            .await;
        assert_eq!(result.is_ok(), attempts == 2);
        let begins = driver.seen().iter().filter(|seen| *seen == "BEGIN").count();
        assert_eq!(begins, attempts);
        assert_eq!(before.elapsed(), Duration::from_millis(if attempts == 2 { 40 } else { 0 }));
    }
}

#[tokio::test(start_paused = true)]
async fn an_effect_that_the_method_cannot_suffer_is_an_error_and_not_a_silence() {
    let (trace, environment) = (Trace::new(), Environment::seeded(1));
    let script = Script("api/db.commit#1", Verdict::Repeat(1));
    let db = intercept::db(&stack(&trace, &environment, script), Arc::new(Driver::default()));
    let error = work(&*db).await.unwrap_err();
    assert_eq!(error.to_string(), "db.commit: a layer: db.commit cannot suffer repeat");
    assert!(Effects::WRITE.contains(Effects::REPEAT));
}

#[tokio::test(start_paused = true)]
async fn handlers_spans_and_child_loggers_are_recorded_under_their_cause() {
    let (trace, environment) = (Trace::new(), Environment::seeded(1));
    let stack = stack(&trace, &environment, Script("none", Verdict::Pass));
    let fake = FakePubSub::new(&environment);
    let pubsub = intercept::pubsub(&stack, Arc::new(fake.clone()));
    let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&environment)));
    let tracer = intercept::tracer(&stack, Arc::new(FakeTracer::new(&environment)));
    let logger = intercept::logger(&stack, Arc::new(FakeLogger::new(&environment)));

    let seen = cache.clone();
    let subscription = pubsub
        .on("order.placed", move |event| {
            let (cache, logger) = (seen.clone(), logger.with_fields(fields! { event: event.id }));
            async move {
                cache.incr("orders", 1).await?;
                logger.info("counted", fields! {});
                Ok(())
            }
        })
        .unwrap();
    tracer
        .start_span("place order", async {
            pubsub.publish("order.placed", 7.into(), None).await.unwrap();
            let task = cache.clone();
            tokio::spawn(async move { task.exists("orders").await }.in_current_context()).await
        })
        .await
        .unwrap()
        .unwrap();
    fake.drain().await;
    subscription.unsubscribe();

    assert_eq!(
        lines(&trace),
        [
            "api/pubsub.subscribe#1 ok",
            "api/tracer.span#1 ok",
            "api/pubsub.publish#1 ok in 1",
            "api/pubsub.deliver#1 ok in 2",
            "api/cache.incr#1 ok in 3",
            "api/logger.info#1 ok in 3",
            "api/cache.exists#1 ok in 1",
        ]
    );
    let logged = format!("{:?}", trace.calls()[5].arg("fields"));
    assert!(logged.contains("event"), "a child logger's fields are recorded: {logged}");
}

#[tokio::test(start_paused = true)]
async fn the_first_layer_that_does_not_pass_decides_and_all_are_told() {
    struct Told(Arc<Mutex<Vec<String>>>);
    impl Layer for Told {
        fn decided(&self, call: &Call<'_>, decision: &Decision) {
            self.0.lock().unwrap().push(format!("{}: {}", call.name(), decision.verdict));
        }
        fn finished(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
            let ok = matches!(outcome, Outcome::Ok(_));
            self.0.lock().unwrap().push(format!("{} ended at {ended:?}, ok: {ok}", call.name()));
        }
    }
    let (told, environment) = (Arc::new(Mutex::default()), Environment::seeded(1));
    let stack = Stack::builder("api", environment.clock().clone())
        .layer(Told(told.clone()))
        .layer(Script("api/cache.get#1", Verdict::FailBefore(failure(ErrorKind::Unavailable))))
        .layer(
            LatencyLayer::new(Entropy::new(1))
                .with("cache", Latency::Fixed(Duration::from_millis(3))),
        )
        .build();
    let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&environment)));
    assert!(cache.get("price").await.is_err());
    assert!(cache.get("price").await.is_ok());
    assert_eq!(
        *told.lock().unwrap(),
        [
            "api/cache.get#1: fail before unavailable",
            "api/cache.get#1 ended at 0ns, ok: false",
            "api/cache.get#2: delay 3ms",
            "api/cache.get#2 ended at 3ms, ok: true",
        ]
    );
}
