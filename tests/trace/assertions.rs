//! Assertions, and what they say when they do not hold.

use std::time::Duration;

use stuntdouble::stack::{Fault, Verdict};
use stuntdouble::trace::{Assert, Violation};
use stuntdouble::{Db, DbExt, Error, ErrorKind, RetryPolicy};

use super::support::World;

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn text(result: Result<(), Violation>) -> String {
    result.unwrap_err().to_string()
}

#[tokio::test(start_paused = true)]
async fn counts() {
    let world = World::new();
    let api = world.node("api");
    for key in ["a", "b", "b"] {
        api.cache.get(key).await.unwrap();
    }
    let trace = &world.trace;
    trace.expect("cache.get").times(3).assert();
    trace.expect("cache.get").at_least(1).assert();
    trace.expect("cache.get").at_most(3).assert();
    trace.expect("cache.*").all_ok().assert();
    trace.expect("cache.set").never().assert();
    trace.expect("cache.set").times(0).assert();
    trace.filter().calls("cache.get#1").expect("cache.get").times(1).assert();
    insta::assert_snapshot!(text(trace.expect("cache.get").times(2)), @r#"
    cache.get: expected 2 calls, found 3
      +0ms    cache.get#1     "a" → miss
      +0ms    cache.get#2     "b" → miss
      +0ms    cache.get#3     "b" → miss
    "#);
    insta::assert_snapshot!(text(trace.expect("cache.get").never()), @r#"
    cache.get: expected no call, found 3
      +0ms    cache.get#1     "a" → miss
      +0ms    cache.get#2     "b" → miss
      +0ms    cache.get#3     "b" → miss
    "#);
    insta::assert_snapshot!(text(trace.expect("cache.set").times(2)), @r#"
    cache.set: expected 2 calls, found none; other calls of cache:
      +0ms    cache.get#1     "a" → miss
      +0ms    cache.get#2     "b" → miss
      +0ms    cache.get#3     "b" → miss
    "#);
    insta::assert_snapshot!(text(trace.expect("pubsub.publish").at_most(2)), @"pubsub.publish: expected 1 to 2 calls, found none");
    insta::assert_snapshot!(text(trace.expect("cache.get").at_least(0)), @r#"cache.get: "at least 0 calls" always holds"#);
}

#[tokio::test(start_paused = true)]
async fn a_pattern_that_can_mean_nothing_is_a_violation() {
    let world = World::new();
    let _api = world.node("api");
    let trace = &world.trace;
    insta::assert_snapshot!(text(trace.expect("cache.gte").never()), @"no service has a method cache.gte: did you mean cache.get?");
    insta::assert_snapshot!(text(trace.expect("payment.charge").never()), @r"
    no service has a method payment.charge: this trace records db, cache, pubsub,
      object_storage, secrets, tracer, logger, config
    ");
    insta::assert_snapshot!(text(trace.expect("apii/cache.get").never()), @"no node is called apii: this trace records api");
    insta::assert_snapshot!(text(trace.expect("cache").never()), @r#""cache": a method is missing: write cache.* for all of them"#);
    let empty = stuntdouble::trace::Trace::new();
    insta::assert_snapshot!(text(empty.expect("cache.get").never()), @"no service has a method cache.get: nothing was put behind a recording stack");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "cache.get: expected 1 call, found none")]
async fn assert_panics_with_the_text() {
    let world = World::new();
    let _api = world.node("api");
    world.trace.expect("cache.get").times(1).assert();
}

#[tokio::test(start_paused = true)]
async fn many_calls_are_shown_from_both_ends() {
    let world = World::new();
    let api = world.node("api");
    for n in 0..100 {
        api.cache.get(&format!("key:{n}")).await.unwrap();
    }
    let text = text(world.trace.expect("cache.get").never());
    assert_eq!(text.lines().count(), 22, "{text}");
    assert!(text.contains("  … 80 more calls …\n"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn order() {
    let world = World::new();
    let api = world.node("api");
    let conflict = Error::new(ErrorKind::Conflict, "another was first");
    world.rules.add("db.commit#1", "r", Verdict::FailBefore(Fault::new(conflict)));
    let publish = || api.pubsub.publish("t", 1.into(), None);
    api.db.with_tx(async |_| Ok(())).await.unwrap_err();
    publish().await.unwrap();
    let trace = &world.trace;
    insta::assert_snapshot!(text(trace.expect_order("db.commit", "pubsub.publish")), @r#"
    expected db.commit before pubsub.publish: it did not answer
      +0ms    db.commit#1         (in begin#1) ✗ conflict: another was first
                                    ⟵ fail before conflict (r)
      +0ms    pubsub.publish#1    "t", payload: 1 → <event-1>
    "#);
    insta::assert_snapshot!(text(trace.expect_order("pubsub.publish", "db.commit")), @r#"
    expected pubsub.publish before db.commit: it came later
      +0ms    db.commit#1         (in begin#1) ✗ conflict: another was first
                                    ⟵ fail before conflict (r)
      +0ms    pubsub.publish#1    "t", payload: 1 → <event-1>
    "#);
    insta::assert_snapshot!(text(trace.expect_order("cache.set", "db.commit")), @r"
    expected cache.set before db.commit: cache.set was never called
      +0ms    db.commit#1     (in begin#1) ✗ conflict: another was first
                                ⟵ fail before conflict (r)
    ");
    insta::assert_snapshot!(text(trace.expect_order("db.commit", "cache.set")), @r"
    expected db.commit before cache.set: cache.set was never called
      +0ms    db.commit#1     (in begin#1) ✗ conflict: another was first
                                ⟵ fail before conflict (r)
    ");
    insta::assert_snapshot!(text(trace.expect_order("cache.get", "cache.set")), @"expected cache.get before cache.set: neither was called");
    insta::assert_snapshot!(text(trace.always_before("db.commit", "pubsub.publish")), @r#"
    expected db.commit before each pubsub.publish: no call of db.commit had
      answered before call 1 of pubsub.publish
      +0ms    db.commit#1         (in begin#1) ✗ conflict: another was first
                                    ⟵ fail before conflict (r)
      +0ms    pubsub.publish#1    "t", payload: 1 → <event-1>
    "#);

    let world = World::new();
    let api = world.node("api");
    let publish = || api.pubsub.publish("t", 1.into(), None);
    api.db.with_tx(async |_| Ok(())).await.unwrap();
    publish().await.unwrap();
    world.trace.expect_order("db.commit", "pubsub.publish").assert();
    world.trace.always_before("db.commit", "pubsub.publish").assert();
    publish().await.unwrap();
    world.trace.expect_order("db.commit", "pubsub.publish").assert();
    insta::assert_snapshot!(text(world.trace.always_before("db.commit", "pubsub.publish")), @r#"
    expected db.commit before each pubsub.publish: only 1 call of db.commit had
      answered before call 2 of pubsub.publish
      +0ms    db.commit#1         (in begin#1) → ok
      +0ms    pubsub.publish#1    "t", payload: 1 → <event-1>
      +0ms    pubsub.publish#2    "t", payload: 1 → <event-2>
    "#);
}

#[tokio::test(start_paused = true)]
async fn nothing_after_a_moment() {
    let world = World::new();
    let api = world.node("api");
    insta::assert_snapshot!(text(world.trace.no_calls_after(ms(0))), @"expected no calls after some: nothing was called at all");
    api.db.with_tx(async |tx| tx.execute("DELETE FROM cart", &[]).await).await.unwrap();
    let shutdown = world.trace.mark();
    world.trace.no_calls_after(shutdown).assert();
    world.trace.no_calls_after(ms(0)).assert();
    world.trace.no_calls_after("db.begin").assert();
    tokio::time::sleep(ms(5)).await;
    api.cache.get("late").await.unwrap();
    insta::assert_snapshot!(text(world.trace.no_calls_after(shutdown)), @r#"
    expected no calls after the mark, found 1 call
      +5ms    cache.get#1     "late" → miss
    "#);
    insta::assert_snapshot!(text(world.trace.no_calls_after(ms(4))), @r#"
    expected no calls after +4ms, found 1 call
      +5ms    cache.get#1     "late" → miss
    "#);
    insta::assert_snapshot!(text(world.trace.no_calls_after("db.begin")), @r#"
    expected no calls after db.begin, found 1 call
      +5ms    cache.get#1     "late" → miss
    "#);
    insta::assert_snapshot!(text(world.trace.no_calls_after("cache.set")), @"expected no calls after cache.set: it was never called");
    insta::assert_snapshot!(text(world.trace.no_calls_after("cache.sett")), @"no service has a method cache.sett: did you mean cache.set?");
    world.trace.filter().service("db").no_calls_after(shutdown).assert();
}

#[tokio::test(start_paused = true)]
async fn repetitions() {
    let world = World::new();
    let api = world.node("api");
    insta::assert_snapshot!(text(world.trace.at_most_retries(2)), @"expected at most 2 retries: nothing was called at all");
    let down = Error::new(ErrorKind::Unavailable, "connection refused");
    for nth in 1..=3 {
        let rule = Verdict::FailBefore(Fault::new(down.clone()));
        world.rules.add(&format!("cache.get#{nth}"), "r", rule);
    }
    let policy = RetryPolicy::new(5);
    let mut attempt = 1;
    while api.cache.get("price:7").await.is_err() {
        tokio::time::sleep(policy.delay(attempt)).await;
        api.cache.exists("other").await.unwrap();
        attempt += 1;
    }
    api.cache.get("price:7").await.unwrap();
    world.trace.at_most_retries(3).assert();
    insta::assert_snapshot!(text(world.trace.at_most_retries(2)), @r#"
    cache.get: expected at most 2 retries, found 3
      +0ms    cache.get#1     "price:7" ✗ unavailable: connection refused
                                ⟵ fail before unavailable (r)
      +10ms   cache.get#2     "price:7" ✗ unavailable: connection refused
                                ⟵ fail before unavailable (r)
      +30ms   cache.get#3     "price:7" ✗ unavailable: connection refused
                                ⟵ fail before unavailable (r)
      +70ms   cache.get#4     "price:7" → miss
    "#);
}
