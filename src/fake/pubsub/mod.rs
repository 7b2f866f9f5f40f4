//! [`FakePubSub`]: a broker in memory, at least once, ordered, with redelivery and dead letters.
//!
//! - `state`: topics, queues and the log; changed under one lock, in whole steps.
//! - `deliver`: the task of each subscription; the only place that waits or runs a handler.
//! - `report`: what a test can look at.

mod deliver;
mod report;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::{Environment, Journal, lock};
use crate::clock::Clock;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::service::{EventEnvelope, EventHandler, PubSub, RetryPolicy, Subscription};
pub use report::{DeadLetter, Delivery, DeliveryOutcome, Duplicate, InFlight, InFlightState};
use state::State;

/// A broker. Clones share topics, subscriptions and log.
///
/// - Each subscription has a task of its own, which hands it one event after the other. A slow or
///   failing subscription does not hold up another one.
/// - A failed delivery is repeated after a backoff, by default 100 ms doubled up to 10 s, five attempts
///   in all ([`FakePubSub::with_redelivery`]). Then the event goes to the dead letters, and the next
///   one is delivered.
/// - A handler runs in the context of the `publish`: what it does is recorded as caused by it, and its
///   spans are children of the publisher's.
/// - A subscription gets what is published after it was made. When it ends, what it has not
///   acknowledged is lost to it ([`FakePubSub::left_open`] tells).
/// - A subscription is named after its topic: `order.placed#1` is the first one ever made on it.
///
/// ```
/// use stuntdouble::{Error, ErrorKind, PubSub, PubSubExt};
/// use stuntdouble::fake::{Environment, FakePubSub};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let pubsub = FakePubSub::new(&Environment::seeded(42));
/// let _subscription = pubsub.on("order.placed", |event| async move {
///     match event.payload["order"].as_i64() {
///         Some(_) => Ok(()),
///         None => Err(Error::new(ErrorKind::InvalidArgument, "no order")),
///     }
/// })?;
/// pubsub.publish("order.placed", serde_json::json!({ "order": 7 }), Some("order-7".into())).await?;
/// pubsub.publish("order.placed", serde_json::json!({}), None).await?;
///
/// pubsub.drain().await; // until nothing is in flight, redeliveries included
/// assert_eq!(pubsub.deliveries().len(), 1 + 5);
/// assert_eq!(pubsub.dead_letters()[0].error.message(), "no order");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakePubSub {
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    clock: Arc<dyn Clock>,
    journal: Journal,
    state: Mutex<State>,
    /// Notified whenever something may have come to rest.
    settled: Notify,
}

impl FakePubSub {
    /// A broker without topics; a topic is made by its first use.
    pub fn new(environment: &Environment) -> FakePubSub {
        let state = State::new(environment.entropy().stream("pubsub"));
        FakePubSub {
            shared: Arc::new(Shared {
                clock: environment.clock().clone(),
                journal: environment.journal("pubsub"),
                state: Mutex::new(state),
                settled: Notify::new(),
            }),
        }
    }

    /// How often an event is delivered before it is a dead letter, and how long after a failure. Holds
    /// for all clones.
    #[must_use]
    pub fn with_redelivery(self, policy: RetryPolicy) -> FakePubSub {
        lock(&self.shared.state).redelivery = policy;
        self
    }

    /// Every event of every topic that was published, in order.
    pub fn all_published(&self) -> Vec<EventEnvelope> {
        lock(&self.shared.state).published(|_| true)
    }

    /// Every event of the topic that was published, in order.
    pub fn published(&self, topic: &str) -> Vec<EventEnvelope> {
        lock(&self.shared.state).published(|event| event.r#type == topic)
    }

    /// The idempotency keys that were published more than once on one topic: the publisher repeated
    /// itself, and handlers must notice.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        lock(&self.shared.state).duplicates()
    }

    /// Every delivery, in the order in which they began.
    pub fn deliveries(&self) -> Vec<Delivery> {
        lock(&self.shared.state).deliveries.clone()
    }

    /// The events that failed too often, in the order in which they were given up.
    pub fn dead_letters(&self) -> Vec<DeadLetter> {
        lock(&self.shared.state).dead.clone()
    }

    /// Queues the dead letters again at their subscriptions, with a new count of attempts. Returns how
    /// many; those whose subscription has ended stay.
    pub fn redeliver_dead_letters(&self) -> usize {
        lock(&self.shared.state).redeliver_dead_letters(self.shared.clock.elapsed())
    }

    /// What is not acknowledged yet, by subscription: queued, being delivered, waiting for a
    /// redelivery, paused or held.
    pub fn in_flight(&self) -> Vec<InFlight> {
        lock(&self.shared.state).in_flight(self.shared.clock.elapsed())
    }

    /// Waits until nothing is in flight on any topic, scheduled redeliveries included. What a test has
    /// paused or holds is not waited for.
    ///
    /// Waits for ever if a handler does: see [`FakePubSub::drain_within`]. So it does if a handler
    /// itself calls it.
    pub async fn drain(&self) {
        loop {
            // Made before looking, so that no notification is missed in between.
            let settled = self.shared.settled.notified();
            if lock(&self.shared.state).is_settled() {
                return;
            }
            settled.await;
        }
    }

    /// As [`FakePubSub::drain`], but gives up.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`] that lists what is still in flight.
    pub async fn drain_within(&self, limit: Duration) -> Result<()> {
        tokio::time::timeout(limit, self.drain()).await.map_err(|_| {
            let open: Vec<_> = self.in_flight().iter().map(InFlight::to_string).collect();
            let message = format!("not drained after {limit:?}; in flight: {}", open.join("; "));
            Error::new(ErrorKind::Timeout, message).at("pubsub", "drain")
        })
    }

    /// What is unfinished: live subscriptions with events that are not acknowledged, and ended ones
    /// that lost some.
    pub fn left_open(&self) -> Vec<String> {
        lock(&self.shared.state).left_open(self.shared.clock.elapsed())
    }

    /// The names of the subscriptions that have not ended, in the order in which they were made.
    pub fn subscriptions(&self) -> Vec<String> {
        lock(&self.shared.state).live_subscriptions()
    }
}

/// Controls for tests: what a real broker does on a bad day.
impl FakePubSub {
    /// The next event of the topic is delivered twice to each subscription.
    pub fn duplicate_next(&self, topic: &str) {
        lock(&self.shared.state).topic(topic).duplicate_next += 1;
    }

    /// Delivers an event again, after what is queued, whatever became of its earlier deliveries.
    /// Returns the number of subscriptions.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if no event of that id was published.
    pub fn deliver_again(&self, event_id: &str) -> Result<usize> {
        lock(&self.shared.state).deliver_again(event_id).ok_or_else(|| {
            let message = format!("no event with the id {event_id} was published");
            Error::new(ErrorKind::NotFound, message).at("pubsub", "deliver_again")
        })
    }

    /// Begins no further delivery of the topic. One that is under way goes on.
    pub fn pause(&self, topic: &str) {
        lock(&self.shared.state).topic(topic).paused = true;
        self.shared.settled.notify_waiters();
    }

    /// Ends [`FakePubSub::pause`].
    pub fn resume(&self, topic: &str) {
        lock(&self.shared.state).resume(topic);
    }

    /// Begins no further delivery to that subscription, such as `order.placed#1`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such subscription.
    pub fn pause_subscription(&self, name: &str) -> Result<()> {
        let paused = lock(&self.shared.state).set_paused(name, true);
        self.shared.settled.notify_waiters();
        paused
    }

    /// Ends [`FakePubSub::pause_subscription`].
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such subscription.
    pub fn resume_subscription(&self, name: &str) -> Result<()> {
        lock(&self.shared.state).set_paused(name, false)
    }

    /// Each event of the topic that is published from now on is delivered that long after. Zero, the
    /// default, delivers as soon as the subscription's task runs.
    pub fn set_delivery_delay(&self, topic: &str, delay: Duration) {
        lock(&self.shared.state).topic(topic).delay = delay;
    }

    /// Keeps the next event of the topic back until [`FakePubSub::release`]: later ones overtake it.
    pub fn hold_next(&self, topic: &str) {
        lock(&self.shared.state).topic(topic).hold_next += 1;
    }

    /// Delivers what [`FakePubSub::hold_next`] kept back, after what is queued. Returns the number of
    /// events.
    pub fn release(&self, topic: &str) -> usize {
        lock(&self.shared.state).release(topic, self.shared.clock.elapsed())
    }

    /// From now on, an event of the topic overtakes waiting ones with that probability, drawn from the
    /// world's entropy. This breaks the order that the contract promises: a fault.
    pub fn set_reordering(&self, topic: &str, probability: f64) {
        lock(&self.shared.state).topic(topic).reordering = probability;
    }
}

impl fmt::Debug for FakePubSub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakePubSub")
            .field("subscriptions", &self.subscriptions())
            .field("in_flight", &self.in_flight().len())
            .finish()
    }
}

#[async_trait]
impl PubSub for FakePubSub {
    // Nothing here awaits: a publish whose future is dropped has happened, or has not begun.
    async fn publish(
        &self,
        topic: &str,
        payload: serde_json::Value,
        idempotency_key: Option<String>,
    ) -> Result<String> {
        check_topic(topic, "publish")?;
        let (context, clock) = (Context::current(), &self.shared.clock);
        let id = lock(&self.shared.state).publish(clock.as_ref(), context, |id| {
            let mut event = EventEnvelope::new(id, topic, clock.now(), payload);
            event.idempotency_key = idempotency_key;
            event.trace = context.span;
            event
        });
        self.shared.journal.note("publish", topic, || id.clone());
        Ok(id)
    }

    fn subscribe(&self, topic: &str, handler: Arc<dyn EventHandler>) -> Result<Subscription> {
        check_topic(topic, "subscribe")?;
        let runtime = Handle::try_current().map_err(|_| {
            let message = "must be called inside a tokio runtime: deliveries run as a task of it";
            Error::new(ErrorKind::InvalidArgument, message).at("pubsub", "subscribe")
        })?;
        let (seat, name) = lock(&self.shared.state).subscribe(topic);
        self.shared.journal.note("subscribe", topic, || name.to_string());
        let worker = deliver::Worker::new(&self.shared, seat, handler);
        let end = worker.end();
        let task = runtime.spawn(worker.run()).abort_handle();
        Ok(Subscription::new(move || {
            // First the state, so that a delivery under way cannot acknowledge any more.
            end();
            task.abort();
        }))
    }
}

fn check_topic(topic: &str, method: &'static str) -> Result<()> {
    if topic.is_empty() {
        let message = "the topic is empty";
        return Err(Error::new(ErrorKind::InvalidArgument, message).at("pubsub", method));
    }
    Ok(())
}
