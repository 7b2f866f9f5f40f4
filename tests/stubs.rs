//! The stubs: which answer a call gets, how long it takes, what is left over and what is logged.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;
use stuntdouble::layer::Recorder;
use stuntdouble::stack::Stack;
use stuntdouble::stub::{
    Delay, Script, StubCache, StubCacheBuilder, StubConfig, StubDb, StubFeatureFlags, StubLogger,
    StubObjectStorage, StubPubSub, StubSecrets, StubTracer, TransactionEnd,
};
use stuntdouble::trace::Trace;
use stuntdouble::{
    Cache, Clock, Config, Context, Db, DbExt, Entropy, Error, ErrorKind, EvaluationContext,
    EventEnvelope, FeatureFlags, FeatureFlagsExt, Fields, FlagError, FlagValue, Level, Logger,
    LoggerExt, ObjectStorage, PubSub, PubSubExt, Reason, Result, Secret, Secrets, SqlState,
    TokioClock, TracerExt, fields, intercept, params,
};

type Gets = Script<str, Result<Option<Bytes>>>;

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn some(text: &'static str) -> Option<Bytes> {
    Some(Bytes::from_static(text.as_bytes()))
}

fn down() -> Error {
    Error::new(ErrorKind::Unavailable, "down")
}

/// What `get` answers for these keys: a value, `-` for none, or the error's kind.
async fn answers(cache: &StubCache, keys: &str) -> String {
    let mut answers = Vec::new();
    for key in keys.split(' ') {
        answers.push(match cache.get(key).await {
            Ok(Some(value)) => String::from_utf8(value.into()).unwrap(),
            Ok(None) => "-".to_owned(),
            Err(error) => error.kind().name().to_owned(),
        });
    }
    answers.join(" ")
}

#[tokio::test(start_paused = true)]
async fn the_first_answer_that_fits_is_given() {
    type Can = fn(Gets) -> Gets;
    // Each: what is canned, the keys that are asked for, the answers, and how many are unused.
    let table: [(&str, Can, &str, &str, usize); 13] = [
        ("nothing is canned", |get| get, "a b", "- -", 0),
        (
            "a list, then the default",
            |get| get.then().ok(some("1")).then().err(down()),
            "a a a",
            "1 unavailable -",
            0,
        ),
        (
            "times",
            |get| get.then().times(2).ok(some("1")).then().ok(some("2")),
            "a a a a",
            "1 1 2 -",
            0,
        ),
        (
            "a list that is not used up",
            |get| get.then().times(3).ok(some("1")).then().ok(some("2")),
            "a a",
            "1 1",
            2,
        ),
        ("by number", |get| get.nth(2).ok(some("2")), "a a a", "- 2 -", 0),
        (
            "by call name",
            |get| get.call("cache.get#3").err(down()),
            "a a a a",
            "- - unavailable -",
            0,
        ),
        ("from a number on", |get| get.nth(2).times(2).ok(some("2")), "a a a a", "- 2 2 -", 0),
        ("a number that never came", |get| get.nth(9).ok(some("9")), "a a", "- -", 1),
        (
            "by key",
            |get| get.when(|key| key.starts_with("p:")).ok(some("p")),
            "a p:1 p:2",
            "- p p",
            0,
        ),
        (
            "by key, limited",
            |get| {
                get.when(|key| key == "p")
                    .times(1)
                    .ok(some("p"))
                    .when(|key| key == "p")
                    .ok(some("q"))
            },
            "p p p",
            "p q q",
            0,
        ),
        ("always", |get| get.always().ok(some("*")), "a b", "* *", 0),
        (
            "by closure",
            |get| get.always().with(|key| Ok(Some(key.to_uppercase().into()))),
            "a b",
            "A B",
            0,
        ),
        (
            "number before key before list before always, whatever was set first",
            |get| {
                let get = get.always().ok(some("*")).then().ok(some("1"));
                get.when(|key| key == "k").ok(some("k")).nth(2).ok(some("#"))
            },
            "k k a a",
            "k # 1 *",
            0,
        ),
    ];
    for (name, can, keys, expected, unused) in table {
        let cache = StubCache::builder().get(can).build();
        assert_eq!(answers(&cache, keys).await, expected, "{name}");
        assert_eq!(cache.unused().len(), unused, "{name}: {:?}", cache.unused());
        assert!(cache.unmatched().is_empty(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_unused_says_where_it_was_set() {
    let cache = StubCache::builder()
        .get(|get| get.then().ok(some("1")))
        .get(|get| get.when(|key| key == "p").times(3).ok(None))
        .get(|get| get.then().ok(None))
        .delete(|delete| delete.always().ok(true))
        .build();
    answers(&cache, "a p").await;
    let expected = [
        ("cache.get: when(…) was given 1 of 3 times, ", "get.when(|key| key == \"p\")"),
        ("cache.get: then() was never given, ", "get.then().ok(None)"),
        ("cache.delete: always() was never given, ", "delete.always()"),
    ];
    let unused = cache.unused();
    assert_eq!(unused.len(), expected.len(), "{unused:?}");
    for (unused, (text, code)) in unused.iter().zip(expected) {
        assert_eq!(unused.to_string(), format!("{text}set at {}", unused.set_at));
        let mut place = unused.set_at.split(':');
        assert_eq!(place.next(), Some(file!()));
        let line: usize = place.next().unwrap().parse().unwrap();
        let source = include_str!("stubs.rs").lines().nth(line - 1).unwrap();
        assert!(source.contains(code), "{unused}: {source}");
    }
}

#[tokio::test(start_paused = true)]
async fn strict_mode_lists_what_was_canned() {
    let cache = StubCache::builder()
        .get(|get| get.then().ok(some("1")).when(|key| key.starts_with("price:")).ok(some("12")))
        .strict()
        .build();
    assert_eq!(answers(&cache, "a price:tea").await, "1 12");
    let error = cache.get("name:tea").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Internal);
    let text = error.to_string();
    let lines: Vec<_> = text.lines().collect();
    let [first, then, when] = lines[..] else { panic!("three lines: {text}") };
    assert_eq!(first, "cache.get: nothing that was canned fits cache.get#3");
    assert!(then.starts_with(&format!("  then() set at {}:", file!())), "{text}");
    assert!(then.ends_with(", given 1 of 1 times"), "{text}");
    assert!(when.starts_with(&format!("  when(…) set at {}:", file!())), "{text}");
    assert!(when.ends_with(", given 1 times"), "{text}");

    let nothing = "nothing that was canned fits cache.delete#1: nothing was canned for the method";
    assert_eq!(cache.delete("a").await.unwrap_err().message(), nothing);
    assert_eq!(cache.unmatched(), [error.message(), nothing]);
}

/// Where a method has no place for an error, the default is given and the miss is still noted.
#[tokio::test(start_paused = true)]
async fn strict_mode_without_a_place_for_errors() {
    let everyone = EvaluationContext::default();
    let flags = StubFeatureFlags::builder().flag("on", true).strict().build();
    assert!(flags.is_enabled("on", &everyone).await);
    assert!(!flags.is_enabled("off", &everyone).await);
    let answer = flags.evaluate("off", FlagValue::Int(3), &everyone).await;
    assert_eq!((answer.value, answer.reason), (FlagValue::Int(3), Reason::Error));
    assert!(matches!(answer.error, Some(FlagError::General(text)) if text.contains("evaluate#1")));
    let tracer = StubTracer::builder().strict().build();
    tracer.start_span("s", async {}).await;
    assert_eq!((flags.unmatched().len(), tracer.unmatched().len()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_takes_its_delay_in_virtual_time() {
    type Build = fn(StubCacheBuilder) -> StubCacheBuilder;
    let table: [(&str, Build, [u64; 3]); 6] = [
        ("1 ms by default", |cache| cache, [1, 1, 1]),
        ("none", |cache| cache.delay(Delay::NONE), [0, 0, 0]),
        ("of the stub", |cache| cache.delay(ms(7)), [7, 7, 7]),
        ("of the method", |cache| cache.delay(ms(7)).get(|get| get.delay(ms(3))), [3, 3, 3]),
        (
            "of the answer",
            |cache| cache.get(|get| get.delay(ms(3)).nth(2).after(ms(3_600_000)).ok(None)),
            [3, 3_600_000, 3],
        ),
        (
            "drawn",
            |cache| {
                let next = Mutex::new(0);
                cache.delay(Delay::drawn(move || {
                    let mut next = next.lock().unwrap();
                    *next += 10;
                    ms(*next)
                }))
            },
            [10, 20, 30],
        ),
    ];
    for (name, build, expected) in table {
        let cache = build(StubCache::builder()).build();
        let mut taken = [0; 3];
        for taken in &mut taken {
            let start = tokio::time::Instant::now();
            cache.get("a").await.unwrap();
            *taken = start.elapsed().as_millis() as u64;
        }
        assert_eq!(taken, expected, "{name}");
    }
}

#[test]
fn uniform_delays_come_from_their_stream() {
    let draws = |seed, range: std::ops::Range<Duration>| {
        let delay = Delay::uniform(range, Entropy::new(seed).stream("stub.db"));
        (0..200).map(|_| delay.draw()).collect::<Vec<_>>()
    };
    assert_eq!(draws(1, ms(2)..ms(9)), draws(1, ms(2)..ms(9)), "the same seed, the same delays");
    assert_ne!(draws(1, ms(2)..ms(9)), draws(2, ms(2)..ms(9)));
    let drawn = draws(3, ms(2)..ms(9));
    for millis in 2..9 {
        assert!(drawn.contains(&ms(millis)), "{millis} ms in 200 draws");
    }
    assert!(drawn.iter().all(|delay| (ms(2)..ms(9)).contains(delay)));
    assert!(draws(4, ms(5)..ms(5)).iter().all(|delay| *delay == ms(5)), "an empty range");
    #[allow(clippy::reversed_empty_ranges)]
    let reversed = draws(4, ms(5)..ms(2));
    assert!(reversed.iter().all(|delay| *delay == ms(5)), "a reversed range");
}

#[test]
fn a_name_of_another_call_is_refused() {
    for name in ["cache.set#1", "cache.get", "cache.get#", "cache.get#0", "cache.get#x", "get#1"] {
        let can = || StubCache::builder().get(|get| get.call(name).ok(None));
        let panic = std::panic::catch_unwind(can).unwrap_err();
        let text = panic.downcast_ref::<String>().unwrap();
        let hint = "is no call of cache.get: write \"cache.get#1\" for the first one";
        assert_eq!(*text, format!("{name:?} {hint}"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_names_the_method_that_answered_it() {
    let cache = StubCache::builder().get(|get| get.always().err(down())).build();
    assert_eq!(cache.get("a").await.unwrap_err().to_string(), "cache.get: down");
}

#[tokio::test(start_paused = true)]
async fn transactions_share_the_answers_and_are_recorded() -> Result<()> {
    let lost = || Error::new(ErrorKind::OutcomeUnknown, "the answer to COMMIT was lost");
    let db = StubDb::builder()
        .execute(|execute| execute.nth(2).ok(7).when(|s| s.transaction.is_some()).ok(1))
        .commit(|commit| commit.when(|tx| tx.statements.len() == 2).err(lost()))
        .build();
    assert_eq!(db.execute("DELETE FROM a", &[]).await?, 0, "outside of a transaction");
    let affected = db.with_tx(async |tx| tx.execute("DELETE FROM b", params![1]).await).await?;
    assert_eq!(affected, 7, "the second `execute` of all");
    let twice = db.with_tx(async |tx| {
        tx.execute("UPDATE c", &[]).await?;
        tx.query("SELECT d", &[]).await
    });
    assert!(twice.await.unwrap_err().is_outcome_unknown());
    let failed = db.with_tx(async |tx| {
        tx.with_tx(async |tx| tx.execute("UPDATE e", &[]).await).await?;
        Err::<(), _>(down())
    });
    assert_eq!(failed.await.unwrap_err().kind(), ErrorKind::Unavailable);
    drop(db.begin().await?);
    let open = db.begin().await?;

    let seen: Vec<_> = db
        .transactions()
        .into_iter()
        .map(|tx| (tx.within, tx.statements.join("; "), tx.end))
        .collect();
    let expected = [
        (None, "DELETE FROM b", TransactionEnd::Committed),
        (None, "UPDATE c; SELECT d", TransactionEnd::CommitFailed),
        (None, "", TransactionEnd::RolledBack),
        (Some(3), "UPDATE e", TransactionEnd::Committed),
        (None, "", TransactionEnd::Dropped),
        (None, "", TransactionEnd::Open),
    ];
    assert_eq!(
        seen,
        expected.map(|(within, statements, end)| (within, statements.to_owned(), end))
    );
    drop(open);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_retry_meets_the_next_answer() {
    let conflict = Error::sqlstate(SqlState::DEADLOCK_DETECTED, "deadlock detected");
    let db = StubDb::builder()
        .begin(|begin| begin.then().err(down()))
        .commit(|commit| commit.then().err(conflict))
        .build();
    let body = async |tx: &stuntdouble::Tx| tx.execute("UPDATE a", &[]).await;
    let done: Result<u64> = db.with_tx_retry(&stuntdouble::RetryPolicy::default(), body).await;
    assert_eq!(done.unwrap(), 0);
    assert_eq!(db.transactions().len(), 2, "the first begin failed");
    assert!(db.unused().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_commit_leaves_the_transaction_dropped() {
    let db = StubDb::builder().commit(|commit| commit.delay(ms(100))).build();
    let commit = async { db.with_tx(async |tx| tx.execute("UPDATE a", &[]).await).await };
    assert!(tokio::time::timeout(ms(50), commit).await.is_err());
    assert_eq!(db.transactions()[0].end, TransactionEnd::Dropped);
}

#[tokio::test(start_paused = true)]
async fn a_test_delivers_by_hand() -> Result<()> {
    let pubsub = StubPubSub::builder()
        .publish(|publish| publish.when(|p| p.topic == "t").ok("id".into()))
        .build();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let on = |topic: &'static str, answer: Result<()>| {
        let seen = seen.clone();
        pubsub.on(topic, move |event: EventEnvelope| {
            seen.lock().unwrap().push(format!("{topic} {}", event.id));
            std::future::ready(answer.clone())
        })
    };
    let first = on("a", Ok(()))?;
    let _second = on("a", Err(down()))?;
    on("b", Ok(()))?.detach();
    let event = |id: &str, topic: &str| {
        EventEnvelope::new(id, topic, "2030-01-01T00:00:00Z".parse().unwrap(), json!(1))
    };
    assert_eq!(pubsub.subscriptions(), ["a", "a", "b"]);
    let answers = pubsub.deliver(event("1", "a")).await;
    assert!(matches!(&answers[..], [Ok(()), Err(error)] if error.kind() == ErrorKind::Unavailable));
    first.unsubscribe();
    assert_eq!(pubsub.deliver(event("2", "a")).await.len(), 1);
    assert_eq!(pubsub.deliver(event("3", "b")).await.len(), 1);
    assert_eq!(pubsub.deliver(event("4", "c")).await.len(), 0);
    assert_eq!(*seen.lock().unwrap(), ["a 1", "a 1", "a 2", "b 3"]);
    assert_eq!(pubsub.publish("t", json!(1), None).await?, "id");
    assert_eq!(pubsub.publish("u", json!(1), None).await?, "stub-event-2");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn objects_are_described_and_forgotten() -> Result<()> {
    let clock = Arc::new(TokioClock::starting_at("2031-01-01T00:00:00Z".parse().unwrap()));
    let objects =
        StubObjectStorage::builder().object("a.txt", "hello", "text/plain").clock(clock).build();
    let put = objects.put("b", "hello".into(), "text/plain").await?;
    assert_eq!(put.etag, "\"5d41402abc4b2a76b9719d911017c592\"", "MD5, as S3 has it");
    assert_eq!(put.last_modified.to_string(), "2031-01-01T00:00:00Z", "when the call came");
    assert_eq!(
        objects.get("b").await.unwrap_err().to_string(),
        "object_storage.get: there is no object \"b\""
    );
    assert_eq!(objects.get("a.txt").await?.bytes, "hello");
    assert_eq!(objects.head("a.txt").await?.size, 5);
    let url = objects.presign_get("a.txt", Duration::from_secs(60)).await?;
    assert_eq!(url.expose(), "https://stub.invalid/a.txt");
    assert!(objects.presign_get("a.txt", Duration::MAX).await.is_err(), "no overflow");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn shorthands_for_values_by_name() -> Result<()> {
    let secrets = StubSecrets::builder()
        .secret("api_key", "sk_1")
        .get(|get| get.then().err(Error::new(ErrorKind::NotFound, "no such secret")))
        .build();
    assert_eq!(secrets.get("api_key").await?.expose(), "sk_1");
    assert_eq!(secrets.get("other").await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(secrets.get("other").await?, Secret::new("stub:other"));

    let config = StubConfig::builder().setting("port", "80").setting("port", "81").build();
    assert_eq!(config.get("port")?.as_deref(), Some("80"), "the first that was set");
    assert_eq!(config.get("host")?, None);

    let flags = StubFeatureFlags::builder().flag("rate", 0.5).flag("on", true).build();
    let everyone = EvaluationContext::default();
    assert_eq!(flags.get_value("rate", 0.0, &everyone).await, 0.5);
    assert_eq!(flags.get_value("rate", 3, &everyone).await, 3, "another type: the default");
    let answer = flags.evaluate("rate", FlagValue::Int(3), &everyone).await;
    assert_eq!(answer.error, Some(FlagError::TypeMismatch));
    assert!(
        flags.is_enabled("on", &everyone).await && flags.get_value("on", false, &everyone).await
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn spans_nest_with_counted_ids() {
    let tracer = StubTracer::default();
    let inner = tracer.start_span("b", async { Context::current().span.unwrap() });
    let (outer, inner) =
        tracer.start_span("a", async { (Context::current().span.unwrap(), inner.await) }).await;
    assert_eq!((outer.span_id.0, outer.trace_id.0), (1, 1));
    assert_eq!((inner.span_id.0, inner.trace_id.0), (2, 1));
}

/// Keeps lines as text.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>, Fields);

impl Logger for Lines {
    fn log(&self, level: Level, message: &str, fields: Fields) {
        let line = format!("{level} {message} {}", self.1.clone().followed_by(fields));
        self.0.lock().unwrap().push(line);
    }

    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger> {
        Arc::new(Lines(self.0.clone(), self.1.clone().followed_by(fields)))
    }
}

#[tokio::test(start_paused = true)]
async fn each_call_is_a_line() -> Result<()> {
    let lines = Lines::default();
    let logger = || Arc::new(lines.clone());
    let cache = StubCache::builder().logger(logger()).get(|get| get.nth(2).err(down())).build();
    let secrets =
        StubSecrets::builder().logger(logger()).secret("key", "sk_1").delay(ms(5)).build();
    let db = StubDb::builder().logger(logger()).strict().build();
    let tracer = StubTracer::builder().logger(logger()).build();
    let (first, second) = (cache.get("a").await, cache.get("b").await);
    assert!(first.is_ok() && second.is_err());
    cache.set("a", "value".into(), None).await?;
    secrets.get("key").await?;
    assert!(db.execute("SELECT 1", params!["hidden"]).await.is_err());
    tracer.with_span("s").span().set_attribute("order", json!(7));
    let expected = [
        r#"debug cache.get service="cache" method="get" key="a" outcome="ok" call="cache.get#1" answer="default" delay_ms=1.0"#,
        r#"debug cache.get service="cache" method="get" key="b" outcome="unavailable" call="cache.get#2" answer="canned" delay_ms=1.0"#,
        r#"debug cache.set service="cache" method="set" key="a" bytes=5 outcome="ok" call="cache.set#1" answer="default" delay_ms=1.0"#,
        r#"debug secrets.get service="secrets" method="get" name="key" outcome="ok" call="secrets.get#1" answer="canned" delay_ms=5.0"#,
        r#"debug db.execute service="db" method="execute" sql="SELECT 1" params=1 tx=null outcome="internal" call="db.execute#1" answer="unmatched" delay_ms=1.0"#,
        r#"debug tracer.open_span service="tracer" method="open_span" span="s" outcome="ok" call="tracer.open_span#1" answer="default" delay_ms=0.0"#,
        r#"debug tracer.set_attribute service="tracer" method="set_attribute" span="s" span_id="0000000000000001" attribute={"order":7}"#,
        r#"debug tracer.end_span service="tracer" method="end_span" span="s" span_id="0000000000000001""#,
    ];
    assert_eq!(*lines.0.lock().unwrap(), expected);
    Ok(())
}

/// The numbers that a stub counts by are those of the calls' names, as the trace has them.
#[tokio::test(start_paused = true)]
async fn a_wrapped_stub_counts_as_the_trace_does() -> Result<()> {
    let clock: Arc<dyn Clock> =
        Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()));
    let trace = Trace::new();
    let stack = Stack::builder("api", clock).layer(Recorder::new(&trace)).build();
    let stub =
        StubDb::builder().execute(|execute| execute.call("db.execute#2").err(down())).build();
    let db = intercept::db(&stack, Arc::new(stub.clone()));
    db.execute("UPDATE a", &[]).await?;
    let failed = db.with_tx(async |tx| tx.execute("UPDATE b", &[]).await);
    assert_eq!(failed.await.unwrap_err().to_string(), "db.execute: down");

    let calls = trace.calls();
    let seen: Vec<_> =
        calls.iter().map(|call| (call.name().to_string(), call.error().is_some())).collect();
    let expected = [
        ("api/db.execute#1".to_owned(), false),
        ("api/db.begin#1".to_owned(), false),
        ("api/db.execute#2".to_owned(), true),
        ("api/db.rollback#1".to_owned(), false),
    ];
    assert_eq!(seen, expected);
    assert_eq!(stub.transactions()[0].end, TransactionEnd::RolledBack);
    Ok(())
}

#[test]
fn the_logger_swallows_or_forwards() {
    let lines = Lines::default();
    StubLogger::silent().with_fields(fields! { a: 1 }).error("swallowed", fields! {});
    let forwarding = StubLogger::forwarding(Level::Warn, Arc::new(lines.clone()));
    forwarding.info("swallowed", fields! {});
    forwarding.with_fields(fields! { a: 1 }).warn("kept", fields! { b: 2 });
    assert_eq!(*lines.0.lock().unwrap(), ["warn kept a=1 b=2"]);
}
