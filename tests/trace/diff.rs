//! Where two runs differ first.

use std::time::Duration;

use serde_json::json;
use stuntdouble::params;
use stuntdouble::stack::Verdict;
use stuntdouble::trace::{Difference, Options, Trace};

use super::support::World;

/// A run with a few knobs.
struct Run {
    seed: u64,
    item: i64,
    extra: bool,
    delay: u64,
    last: bool,
}

const RUN: Run = Run { seed: 1, item: 7, extra: false, delay: 0, last: true };

async fn run(run: Run) -> Trace {
    let world = World::seeded(run.seed);
    let api = world.node("api");
    if run.delay > 0 {
        let delay = Verdict::Delay(Duration::from_millis(run.delay));
        world.rules.add("db.execute", "slow.toml:3", delay);
    }
    for key in ["a", "b", "c", "d"] {
        api.cache.get(key).await.unwrap();
    }
    if run.extra {
        api.cache.exists("a").await.unwrap();
    }
    api.db.execute("DELETE FROM item WHERE id = $1", params![run.item]).await.unwrap();
    api.pubsub.publish("t", json!({}), None).await.unwrap();
    if run.last {
        api.cache.set("z", "1".into(), None).await.unwrap();
    }
    world.trace
}

#[tokio::test(start_paused = true)]
async fn equal_runs_do_not_differ() {
    let (one, two) = (run(RUN).await, run(RUN).await);
    assert!(one.diff(&two).is_none());
    assert!(one.diff(&one.clone()).is_none());
}

#[tokio::test(start_paused = true)]
async fn an_argument() {
    let divergence = run(RUN).await.diff(&run(Run { item: 8, ..RUN }).await).unwrap();
    assert_eq!(divergence.differences(), [Difference::Argument("params")]);
    assert_eq!(divergence.place(), 4);
    insta::assert_snapshot!(divergence, @r#"
    the traces differ first in call 5: argument params
      before it, in both:
        +0ms    cache.get#2     "b" → miss
        +0ms    cache.get#3     "c" → miss
        +0ms    cache.get#4     "d" → miss
      the first:
        +0ms    db.execute#1    DELETE FROM item WHERE id = $1 [7] → 1 row
      the second:
        +0ms    db.execute#1    DELETE FROM item WHERE id = $1 [8] → 1 row
      argument params:
        [7]
        [8]
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_time_and_a_rule() {
    let divergence = run(RUN).await.diff(&run(Run { delay: 20, ..RUN }).await).unwrap();
    assert_eq!(divergence.differences(), [Difference::Rule, Difference::Duration]);
    insta::assert_snapshot!(divergence, @r#"
    the traces differ first in call 5: rule, duration
      before it, in both:
        +0ms    cache.get#2     "b" → miss
        +0ms    cache.get#3     "c" → miss
        +0ms    cache.get#4     "d" → miss
      the first:
        +0ms    db.execute#1    DELETE FROM item WHERE id = $1 [7] → 1 row
      the second:
        +0ms    db.execute#1    DELETE FROM item WHERE id = $1 [7] → 1 row (20ms)
                                  ⟵ delay 20ms (slow.toml:3)
      rule:
        none
        delay 20ms (slow.toml:3)
      duration:
        0ms
        20ms
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_call_too_many_or_too_few() {
    let (one, more) = (run(RUN).await, run(Run { extra: true, ..RUN }).await);
    let divergence = one.diff(&more).unwrap();
    assert_eq!(divergence.differences(), [Difference::OnlyRight]);
    insta::assert_snapshot!(divergence, @r#"
    the traces differ first in call 5: only the second has this call
      before it, in both:
        +0ms    cache.get#2     "b" → miss
        +0ms    cache.get#3     "c" → miss
        +0ms    cache.get#4     "d" → miss
      the first:
        +0ms    db.execute#1    DELETE FROM item WHERE id = $1 [7] → 1 row
      the second:
        +0ms    cache.exists#1  "a" → false
    "#);
    assert_eq!(more.diff(&one).unwrap().differences(), [Difference::OnlyLeft]);

    let divergence = one.diff(&run(Run { last: false, ..RUN }).await).unwrap();
    assert_eq!(divergence.differences(), [Difference::OnlyLeft]);
    insta::assert_snapshot!(divergence, @r#"
    the traces differ first in call 7: only the first has this call
      before it, in both:
        +0ms    cache.get#4         "d" → miss
        +0ms    db.execute#1        DELETE FROM item WHERE id = $1 [7] → 1 row
        +0ms    pubsub.publish#1    "t", payload: {}
                                      → "105ac9ab-af20-40e2-bccc-906b0dc379bf"
      the first:
        +0ms    cache.set#1     "z", value: "1" → ok
      the second:
        (nothing: it ended after 6 calls)
    "#);
    let nothing = Trace::new().diff(&one).unwrap();
    assert_eq!((nothing.place(), nothing.differences()), (0, &[Difference::OnlyRight][..]));
}

#[tokio::test(start_paused = true)]
async fn ids_differ_between_seeds_and_need_only_vary_alike() {
    let (one, two) = (run(RUN).await, run(Run { seed: 2, ..RUN }).await);
    let divergence = one.diff(&two).unwrap();
    assert_eq!(divergence.differences(), [Difference::Outcome]);
    assert!(one.diff_with(&two, &Options::new()).is_none());
}
