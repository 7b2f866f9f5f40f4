//! The contract of [`PubSub`].

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;

use super::{Capability, Checked, Report, Suite, equal, holds};
use crate::context::{Context, SpanContext};
use crate::error::{Error, ErrorKind, Result};
use crate::service::{EventEnvelope, PubSub, PubSubExt};

/// Where the suite gets brokers from.
#[async_trait]
pub trait PubSubHarness: Send + Sync {
    /// A broker on whose topics `a` and `b` nothing was published.
    async fn fresh(&self) -> Result<Arc<dyn PubSub>>;

    /// Lets that much time pass.
    async fn advance(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// How long it takes at most until an event is delivered, or is a dead letter: all attempts and
    /// the backoff between them.
    fn patience(&self) -> Duration {
        Duration::from_secs(10)
    }

    /// How often an event is delivered before it is a dead letter.
    fn attempts(&self) -> usize {
        5
    }

    /// The ids of the dead letters of the broker that was made last.
    async fn dead_letters(&self) -> Result<Vec<String>> {
        let message = "this harness lists no dead letters: have it lack Capability::DeadLetters";
        Err(Error::new(ErrorKind::Unsupported, message))
    }

    /// What the broker cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const ENVELOPE: &str = "Publishes an event and returns its id, once the broker has it for certain.";
const ORDER: &str =
    "Events of one topic reach a subscription in the order in which they were published.";
const ONE_AT_A_TIME: &str =
    "A subscription gets the next event when the one before is acknowledged or dead.";
const REDELIVERY: &str = "The handler's Ok acknowledges. Its Err, or its panic, is a failed delivery: the event comes again after a backoff, and after the last attempt it goes to the dead letters.";
const SAME_ID: &str = "Unique for each call of `publish`; the same at each delivery.";
const FAN_OUT: &str =
    "Each subscription of a topic gets every event that is published after it was made.";
const KEYS: &str = "Two events with one idempotency key are both delivered: it is the handler that must know the key.";
const ENDS: &str = "A subscription. Dropping it, or [`Subscription::unsubscribe`], ends it: a delivery that is under way is cancelled and not acknowledged.";
const DETACHED: &str = "Lets the subscription live as long as its broker.";
const TRACE: &str = "The span in which it was published.";

/// Runs all checks. Must run inside a tokio runtime.
pub async fn suite(harness: &dyn PubSubHarness) -> Report {
    let mut suite = Suite::new("pubsub", harness.lacks());
    delivery(&mut suite, harness).await;
    redelivery(&mut suite, harness).await;
    dead_letters(&mut suite, harness).await;
    subscriptions(&mut suite, harness).await;
    suite.report()
}

/// What handlers have seen.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<EventEnvelope>>>);

impl Seen {
    fn push(&self, event: EventEnvelope) -> usize {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push(event);
        seen.len()
    }

    fn events(&self) -> Vec<EventEnvelope> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn payloads(&self) -> Vec<serde_json::Value> {
        self.events().into_iter().map(|event| event.payload).collect()
    }
}

/// Waits until so many events were seen, and a little longer, to see whether more come.
async fn wait_for(harness: &dyn PubSubHarness, seen: &Seen, count: usize) {
    let step = Duration::from_millis(20);
    let steps = harness.patience().as_millis() / step.as_millis();
    for _ in 0..steps {
        if seen.events().len() >= count {
            break;
        }
        harness.advance(step).await;
    }
    harness.advance(5 * step).await;
}

fn unavailable() -> Error {
    Error::new(ErrorKind::Unavailable, "made to fail by the contract suite")
}

async fn delivery(suite: &mut Suite<'_>, harness: &dyn PubSubHarness) {
    suite
        .check("an_event_arrives_as_it_was_published", ENVELOPE, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                sink.push(event);
                async { Ok(()) }
            })?;
            let payload = json!({ "order": 7, "lines": [1.5, null, "ä"] });
            let id = broker.publish("a", payload.clone(), Some("key-7".to_owned())).await?;
            let plain = broker.publish("a", json!(null), None).await?;
            broker.publish("b", json!("another topic"), None).await?;
            wait_for(harness, &seen, 2).await;
            let found: Vec<_> = seen.events().into_iter().map(parts).collect();
            let wanted = vec![
                (id, "a".to_owned(), payload, Some("key-7".to_owned())),
                (plain, "a".to_owned(), json!(null), None),
            ];
            equal("the events", found, wanted)
        })
        .await;
    suite
        .check("events_arrive_in_order", ORDER, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                sink.push(event);
                async { Ok(()) }
            })?;
            let wanted: Vec<_> = (0..50).map(|number| json!(number)).collect();
            for payload in &wanted {
                broker.publish("a", payload.clone(), None).await?;
            }
            wait_for(harness, &seen, wanted.len()).await;
            equal("the payloads", seen.payloads(), wanted)
        })
        .await;
    suite
        .check("one_event_at_a_time", ONE_AT_A_TIME, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let (sink, busy, most) =
                (seen.clone(), Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
            let at_once = most.clone();
            let _subscription = broker.on("a", move |event| {
                let (sink, busy, most) = (sink.clone(), busy.clone(), most.clone());
                async move {
                    most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    busy.fetch_sub(1, Ordering::SeqCst);
                    sink.push(event);
                    Ok(())
                }
            })?;
            for number in 0..5 {
                broker.publish("a", json!(number), None).await?;
            }
            wait_for(harness, &seen, 5).await;
            equal("events handled", seen.events().len(), 5)?;
            equal("the most at once", at_once.load(Ordering::SeqCst), 1)
        })
        .await;
    suite
        .check("an_idempotency_key_suppresses_nothing", KEYS, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                sink.push(event);
                async { Ok(()) }
            })?;
            let key = || Some("key".to_owned());
            let one = broker.publish("a", json!(1), key()).await?;
            let other = broker.publish("a", json!(1), key()).await?;
            holds(one != other, "both events have one id")?;
            wait_for(harness, &seen, 2).await;
            let found: Vec<_> = seen.events().into_iter().map(|event| event.id).collect();
            equal("the ids", found, vec![one, other])
        })
        .await;
    suite
        .check_if(Capability::TracePropagation, "the_publisher_s_span_travels", TRACE, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                sink.push(event);
                async { Ok(()) }
            })?;
            let span: SpanContext =
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse()?;
            let context = Context::current().with_span(span);
            context.scope(broker.publish("a", json!(1), None)).await?;
            broker.publish("a", json!(2), None).await?;
            wait_for(harness, &seen, 2).await;
            let found: Vec<_> = seen.events().into_iter().map(|event| event.trace).collect();
            equal("the spans", found, vec![Some(span), Context::current().span])
        })
        .await;
}

fn parts(event: EventEnvelope) -> (String, String, serde_json::Value, Option<String>) {
    (event.id, event.r#type, event.payload, event.idempotency_key)
}

async fn redelivery(suite: &mut Suite<'_>, harness: &dyn PubSubHarness) {
    let needs = Capability::Redelivery;
    suite
        .check_if(needs, "an_err_is_delivered_again", REDELIVERY, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                let failed = sink.push(event) <= 2;
                async move { if failed { Err(unavailable()) } else { Ok(()) } }
            })?;
            fails_twice(harness, &*broker, &seen).await
        })
        .await;
    suite
        .check_if(needs, "a_panic_is_delivered_again", REDELIVERY, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                let failed = sink.push(event) <= 2;
                async move {
                    tokio::task::yield_now().await;
                    assert!(!failed, "made to panic by the contract suite");
                    Ok(())
                }
            })?;
            fails_twice(harness, &*broker, &seen).await
        })
        .await;
    suite
        .check_if(needs, "an_event_is_the_same_at_each_delivery", SAME_ID, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                let failed = sink.push(event) == 1;
                async move { if failed { Err(unavailable()) } else { Ok(()) } }
            })?;
            let id = broker.publish("a", json!({ "order": 7 }), Some("key".to_owned())).await?;
            wait_for(harness, &seen, 2).await;
            let events = seen.events();
            equal("deliveries", events.len(), 2)?;
            equal("the id", &*events[0].id, &*id)?;
            equal("the second delivery", &events[1], &events[0])
        })
        .await;
}

/// The first event fails twice; the second comes after it.
async fn fails_twice(harness: &dyn PubSubHarness, broker: &dyn PubSub, seen: &Seen) -> Checked {
    for number in 0..2 {
        broker.publish("a", json!(number), None).await?;
    }
    wait_for(harness, seen, 4).await;
    equal("the payloads", seen.payloads(), [0, 0, 0, 1].map(|number| json!(number)))
}

async fn dead_letters(suite: &mut Suite<'_>, harness: &dyn PubSubHarness) {
    let needs = Capability::DeadLetters;
    suite
        .check_if(needs, "after_the_last_attempt_it_is_a_dead_letter", REDELIVERY, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let _subscription = broker.on("a", move |event| {
                let poison = event.payload == json!("poison");
                sink.push(event);
                async move { if poison { Err(unavailable()) } else { Ok(()) } }
            })?;
            let id = broker.publish("a", json!("poison"), None).await?;
            broker.publish("a", json!("fine"), None).await?;
            wait_for(harness, &seen, harness.attempts() + 1).await;
            let mut wanted = vec![json!("poison"); harness.attempts()];
            wanted.push(json!("fine"));
            equal("the payloads", seen.payloads(), wanted)?;
            equal("the dead letters", harness.dead_letters().await?, vec![id])
        })
        .await;
}

async fn subscriptions(suite: &mut Suite<'_>, harness: &dyn PubSubHarness) {
    suite
        .check("each_subscription_gets_what_is_published_after_it", FAN_OUT, async {
            let broker = harness.fresh().await?;
            let (first, second) = (Seen::default(), Seen::default());
            broker.publish("a", json!(0), None).await?;
            let subscribe = |seen: &Seen| {
                let sink = seen.clone();
                broker.on("a", move |event| {
                    sink.push(event);
                    async { Ok(()) }
                })
            };
            let _first = subscribe(&first)?;
            broker.publish("a", json!(1), None).await?;
            let _second = subscribe(&second)?;
            broker.publish("a", json!(2), None).await?;
            wait_for(harness, &first, 2).await;
            wait_for(harness, &second, 1).await;
            equal("the first one's payloads", first.payloads(), vec![json!(1), json!(2)])?;
            equal("the second one's payloads", second.payloads(), vec![json!(2)])
        })
        .await;
    suite
        .check("dropping_a_subscription_ends_it", ENDS, async {
            let (broker, begun, done) = (harness.fresh().await?, Seen::default(), Seen::default());
            let (first, last) = (begun.clone(), done.clone());
            let subscription = broker.on("a", move |event| {
                let (first, last) = (first.clone(), last.clone());
                async move {
                    first.push(event.clone());
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    last.push(event);
                    Ok(())
                }
            })?;
            broker.publish("a", json!(1), None).await?;
            broker.publish("a", json!(2), None).await?;
            wait_for(harness, &begun, 1).await;
            subscription.unsubscribe();
            broker.publish("a", json!(3), None).await?;
            harness.advance(Duration::from_millis(600)).await;
            equal("what was begun", begun.payloads(), vec![json!(1)])?;
            equal("what was done", done.payloads(), Vec::<serde_json::Value>::new())
        })
        .await;
    suite
        .check("a_detached_subscription_goes_on", DETACHED, async {
            let (broker, seen) = (harness.fresh().await?, Seen::default());
            let sink = seen.clone();
            let subscription = broker.on("a", move |event| {
                sink.push(event);
                async { Ok(()) }
            })?;
            subscription.detach();
            broker.publish("a", json!(1), None).await?;
            wait_for(harness, &seen, 1).await;
            equal("the payloads", seen.payloads(), vec![json!(1)])
        })
        .await;
}
