//! What the fake broker does beyond its contract: controls, log, contexts, ends.
#![cfg(feature = "test-util")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use stuntdouble::fake::{DeliveryOutcome, Environment, FakePubSub, InFlightState};
use stuntdouble::{
    CallId, Context, Error, ErrorKind, PubSub, PubSubExt, Result, RetryPolicy, SpanContext,
    Subscription,
};
use tokio::time::sleep;

type Seen = Arc<Mutex<Vec<i64>>>;

fn broker() -> FakePubSub {
    FakePubSub::new(&Environment::seeded(1))
}

fn collect(pubsub: &FakePubSub, topic: &str) -> (Seen, Subscription) {
    let seen = Seen::default();
    let sink = seen.clone();
    let subscription = pubsub.on(topic, move |event| {
        let sink = sink.clone();
        async move {
            sink.lock().unwrap().push(event.payload.as_i64().unwrap());
            Ok(())
        }
    });
    (seen, subscription.unwrap())
}

async fn publish(pubsub: &FakePubSub, numbers: std::ops::Range<i64>) {
    for number in numbers {
        pubsub.publish("t", json!(number), None).await.unwrap();
    }
}

fn failure() -> Error {
    Error::new(ErrorKind::Unavailable, "not now")
}

#[tokio::test(start_paused = true)]
async fn redelivers_with_backoff_then_gives_up_and_goes_on() {
    let pubsub = broker().with_redelivery(
        RetryPolicy::new(3).with_base(Duration::from_millis(100)).with_cap(Duration::from_secs(1)),
    );
    let _subscription = pubsub
        .on(
            "t",
            |event| async move { if event.payload == json!(0) { Err(failure()) } else { Ok(()) } },
        )
        .unwrap();
    publish(&pubsub, 0..2).await;
    pubsub.drain().await;

    let log: Vec<_> =
        pubsub.deliveries().iter().map(|d| (d.attempt, d.began.as_millis())).collect();
    assert_eq!(log, [(1, 0), (2, 100), (3, 300), (1, 300)]);
    let dead = pubsub.dead_letters();
    assert_eq!((dead.len(), dead[0].attempts, &*dead[0].subscription), (1, 3, "t#1"));
    assert_eq!(dead[0].error.kind(), ErrorKind::Unavailable);

    assert_eq!(pubsub.redeliver_dead_letters(), 1);
    assert!(pubsub.dead_letters().is_empty());
    pubsub.drain().await;
    assert_eq!(pubsub.deliveries().len(), 4 + 3);
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_a_failed_delivery_even_before_the_first_await() {
    let pubsub = broker().with_redelivery(RetryPolicy::new(2));
    let handler = |event: stuntdouble::EventEnvelope| {
        assert_ne!(event.payload, json!(0), "zero is not liked");
        async { Ok(()) }
    };
    let _subscription = pubsub.on("t", handler).unwrap();
    publish(&pubsub, 0..2).await;
    pubsub.drain().await;
    let deliveries = pubsub.deliveries();
    assert!(
        matches!(&deliveries[1].outcome, DeliveryOutcome::Panicked(text) if text.contains("zero is not liked"))
    );
    assert!(matches!(deliveries[2].outcome, DeliveryOutcome::Acknowledged));
    assert!(pubsub.dead_letters()[0].error.message().starts_with("the handler panicked: "));
}

#[tokio::test(start_paused = true)]
async fn a_handler_runs_in_the_context_of_the_publisher() {
    let pubsub = broker();
    let seen = Arc::new(Mutex::new(None));
    let sink = seen.clone();
    let _subscription = pubsub
        .on("t", move |event| {
            let sink = sink.clone();
            async move {
                sleep(Duration::from_millis(5)).await;
                *sink.lock().unwrap() = Some((Context::current(), event.trace));
                Ok(())
            }
        })
        .unwrap();
    let span: SpanContext =
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse().unwrap();
    let context = Context::default().with_call(CallId(9)).with_span(span);
    context.scope(pubsub.publish("t", json!(1), None)).await.unwrap();
    pubsub.drain().await;
    assert_eq!(*seen.lock().unwrap(), Some((context, Some(span))));
}

#[tokio::test(start_paused = true)]
async fn dropping_a_subscription_cancels_the_delivery_under_way() {
    let pubsub = broker();
    let subscription = pubsub
        .on("t", |_| async {
            sleep(Duration::from_secs(1)).await;
            Ok(())
        })
        .unwrap();
    publish(&pubsub, 0..2).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(
        pubsub.in_flight()[0].state,
        InFlightState::UnderWay { since: Duration::from_millis(500) }
    );
    drop(subscription);
    pubsub.drain().await;
    sleep(Duration::from_secs(5)).await;
    let deliveries = pubsub.deliveries();
    assert_eq!(deliveries.len(), 1);
    assert!(matches!(deliveries[0].outcome, DeliveryOutcome::Cancelled));
    assert_eq!(deliveries[0].ended, Some(Duration::from_millis(500)));
    assert_eq!(pubsub.left_open(), ["t#1 ended with 2 events not acknowledged"]);
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_end_its_own_subscription() {
    let pubsub = broker();
    let slot: Arc<Mutex<Option<Subscription>>> = Arc::default();
    let own = slot.clone();
    let subscription = pubsub.on("t", move |_| {
        let own = own.clone();
        async move {
            drop(own.lock().unwrap().take());
            Ok(())
        }
    });
    *slot.lock().unwrap() = Some(subscription.unwrap());
    publish(&pubsub, 0..3).await;
    pubsub.drain().await;
    assert_eq!(pubsub.deliveries().len(), 1);
    assert!(matches!(pubsub.deliveries()[0].outcome, DeliveryOutcome::Cancelled));
}

#[tokio::test(start_paused = true)]
async fn a_detached_subscription_lives_as_long_as_the_broker() {
    struct Gone(Arc<Mutex<bool>>);
    impl Drop for Gone {
        fn drop(&mut self) {
            *self.0.lock().unwrap() = true;
        }
    }
    let gone = Arc::new(Mutex::new(false));
    let pubsub = broker();
    let marker = Gone(gone.clone());
    pubsub
        .on("t", move |_| {
            let _ = &marker;
            async { Ok(()) }
        })
        .unwrap()
        .detach();
    publish(&pubsub, 0..1).await;
    pubsub.drain().await;
    assert_eq!(pubsub.deliveries().len(), 1);
    assert!(!*gone.lock().unwrap());
    drop(pubsub);
    sleep(Duration::from_millis(1)).await;
    assert!(*gone.lock().unwrap(), "the task should end with the broker");
}

#[tokio::test(start_paused = true)]
async fn a_failing_subscription_does_not_hold_up_another() {
    let pubsub = broker();
    let _failing = pubsub.on("t", |_| async { Err(failure()) }).unwrap();
    let (seen, _subscription) = collect(&pubsub, "t");
    publish(&pubsub, 0..3).await;
    sleep(Duration::from_millis(1)).await;
    assert_eq!(*seen.lock().unwrap(), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn duplicates_and_repetitions() -> Result<()> {
    let pubsub = broker();
    let (seen, _subscription) = collect(&pubsub, "t");
    pubsub.duplicate_next("t");
    let first = pubsub.publish("t", json!(1), Some("k".into())).await?;
    let second = pubsub.publish("t", json!(2), Some("k".into())).await?;
    pubsub.publish("u", json!(3), Some("k".into())).await?;
    pubsub.drain().await;
    assert_eq!(pubsub.deliver_again(&first)?, 1);
    pubsub.drain().await;
    assert_eq!(*seen.lock().unwrap(), [1, 1, 2, 1]);
    let duplicates = pubsub.duplicates();
    assert_eq!(duplicates.len(), 1);
    assert_eq!(duplicates[0].event_ids, [first, second]);
    assert_eq!(pubsub.deliver_again("nope").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(pubsub.published("t").len(), 2);
    assert_eq!(pubsub.all_published().len(), 3);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn pause_hold_delay() -> Result<()> {
    let pubsub = broker();
    let (seen, _subscription) = collect(&pubsub, "t");
    pubsub.pause("t");
    publish(&pubsub, 0..2).await;
    pubsub.drain().await; // does not wait for what is paused
    assert!(seen.lock().unwrap().is_empty());
    assert_eq!(pubsub.in_flight()[1].state, InFlightState::Paused);
    pubsub.resume("t");
    pubsub.drain().await;
    assert_eq!(*seen.lock().unwrap(), [0, 1]);

    pubsub.pause_subscription("t#1")?;
    publish(&pubsub, 2..3).await;
    pubsub.drain().await;
    pubsub.resume_subscription("t#1")?;
    let unknown = pubsub.pause_subscription("t#2").unwrap_err();
    assert_eq!(
        unknown.to_string(),
        r#"pubsub.pause_subscription: no subscription "t#2"; there are: t#1"#
    );

    pubsub.hold_next("t");
    publish(&pubsub, 3..5).await;
    pubsub.drain().await;
    assert_eq!(pubsub.in_flight()[0].state, InFlightState::Held);
    assert_eq!(pubsub.release("t"), 1);
    pubsub.drain().await;
    assert_eq!(*seen.lock().unwrap(), [0, 1, 2, 4, 3]);

    pubsub.set_delivery_delay("t", Duration::from_secs(2));
    publish(&pubsub, 5..6).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(
        pubsub.in_flight()[0].state,
        InFlightState::Scheduled { due_in: Duration::from_millis(1500) }
    );
    pubsub.drain().await;
    assert_eq!(pubsub.deliveries().last().unwrap().began, Duration::from_secs(2));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn reordering_is_off_and_can_be_switched_on() {
    let pubsub = broker();
    let (seen, _subscription) = collect(&pubsub, "t");
    pubsub.set_reordering("t", 0.5);
    publish(&pubsub, 0..20).await;
    pubsub.drain().await;
    let mut seen = seen.lock().unwrap().clone();
    let ordered: Vec<i64> = (0..20).collect();
    assert_ne!(seen, ordered);
    seen.sort_unstable();
    assert_eq!(seen, ordered);
}

#[tokio::test(start_paused = true)]
async fn draining_a_hanging_handler_says_what_hangs() {
    let pubsub = broker();
    let _subscription = pubsub.on("t", |_| std::future::pending()).unwrap();
    publish(&pubsub, 0..1).await;
    let error = pubsub.drain_within(Duration::from_secs(60)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("t#1"), "{error}");
    assert!(error.message().contains("under way for 60s"), "{error}");
    assert_eq!(pubsub.left_open().len(), 1);
}

#[test]
fn subscribing_outside_of_a_runtime_is_an_error() {
    let error = broker().on("t", |_| async { Ok(()) }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.message().contains("tokio runtime"));
}

#[test]
fn a_subscription_ends_with_the_runtime_of_its_node() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().start_paused(true);
        builder
    };
    let broker = runtime().build().unwrap().block_on(async {
        let pubsub = broker();
        pubsub.on("t", |_| std::future::pending()).unwrap().detach();
        publish(&pubsub, 0..1).await;
        sleep(Duration::from_millis(1)).await;
        pubsub
    });
    runtime().build().unwrap().block_on(async {
        broker.drain().await;
        assert!(broker.subscriptions().is_empty());
        assert!(matches!(broker.deliveries()[0].outcome, DeliveryOutcome::Cancelled));
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_wake_up_is_lost_between_threads() {
    let pubsub = broker();
    let subscriptions: Vec<_> = (0..4).map(|_| collect(&pubsub, "t")).collect();
    let publishers = (0..4).map(|_| {
        let pubsub = pubsub.clone();
        tokio::spawn(async move { publish(&pubsub, 0..250).await })
    });
    for publisher in publishers.collect::<Vec<_>>() {
        publisher.await.unwrap();
    }
    pubsub.drain_within(Duration::from_secs(30)).await.unwrap();
    for (seen, _subscription) in &subscriptions {
        assert_eq!(seen.lock().unwrap().len(), 1000);
    }
}
