//! [`PubSub`]: events by topic, delivered at least once.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::context::SpanContext;
use crate::error::Result;

/// A message broker.
///
/// # Contract
/// - At least once: an event may come again, whatever the handler answered before.
/// - Events of one topic reach a subscription in the order in which they were published. A subscription
///   gets the next event when the one before is acknowledged or dead.
/// - The handler's Ok acknowledges. Its Err, or its panic, is a failed delivery: the event comes again
///   after a backoff, and after the last attempt it goes to the dead letters.
/// - Each subscription of a topic gets every event that is published after it was made.
/// - Two events with one idempotency key are both delivered: it is the handler that must know the key.
#[async_trait]
pub trait PubSub: Send + Sync {
    /// Publishes an event and returns its id, once the broker has it for certain.
    async fn publish(
        &self,
        topic: &str,
        payload: serde_json::Value,
        idempotency_key: Option<String>,
    ) -> Result<String>;

    /// Calls the handler for every event of the topic, until the subscription is dropped.
    ///
    /// Must be called inside a tokio runtime: deliveries run as a task of it.
    fn subscribe(&self, topic: &str, handler: Arc<dyn EventHandler>) -> Result<Subscription>;
}

/// An event as it is delivered.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct EventEnvelope {
    /// Unique for each call of `publish`; the same at each delivery.
    pub id: String,
    /// The topic.
    pub r#type: String,
    /// When it was published.
    pub occurred_at: Timestamp,
    /// The content.
    pub payload: serde_json::Value,
    /// What the publisher gave, so that a handler can tell a repetition.
    pub idempotency_key: Option<String>,
    /// The span in which it was published.
    pub trace: Option<SpanContext>,
}

impl EventEnvelope {
    /// An event without idempotency key and trace.
    pub fn new(
        id: impl Into<String>,
        topic: impl Into<String>,
        occurred_at: Timestamp,
        payload: serde_json::Value,
    ) -> EventEnvelope {
        EventEnvelope {
            id: id.into(),
            r#type: topic.into(),
            occurred_at,
            payload,
            idempotency_key: None,
            trace: None,
        }
    }
}

/// What a subscription does with an event.
#[async_trait]
pub trait EventHandler: Send + Sync {
    /// Handles one delivery: Ok acknowledges, Err asks for another.
    async fn handle(&self, event: EventEnvelope) -> Result<()>;
}

/// Subscriptions with closures. Every [`PubSub`] has it.
pub trait PubSubExt: PubSub {
    /// As [`PubSub::subscribe`], with a closure.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use stuntdouble::{Cache, PubSub, PubSubExt, Result, Subscription};
    ///
    /// fn count_orders(pubsub: &dyn PubSub, cache: Arc<dyn Cache>) -> Result<Subscription> {
    ///     pubsub.on("order.placed", move |_event| {
    ///         let cache = cache.clone();
    ///         async move { cache.incr("orders", 1).await.map(drop) }
    ///     })
    /// }
    /// ```
    fn on<F, Fut>(&self, topic: &str, handler: F) -> Result<Subscription>
    where
        F: Fn(EventEnvelope) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.subscribe(topic, Arc::new(Closure(handler)))
    }
}

impl<P: PubSub + ?Sized> PubSubExt for P {}

struct Closure<F>(F);

#[async_trait]
impl<F, Fut> EventHandler for Closure<F>
where
    F: Fn(EventEnvelope) -> Fut + Send + Sync,
    Fut: Future<Output = Result<()>> + Send,
{
    async fn handle(&self, event: EventEnvelope) -> Result<()> {
        (self.0)(event).await
    }
}

/// A subscription. Dropping it, or [`Subscription::unsubscribe`], ends it: a delivery that is under way
/// is cancelled and not acknowledged.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    end: Option<Box<dyn FnOnce() + Send + Sync>>,
}

impl Subscription {
    /// A subscription that ends by calling `end`, once.
    pub fn new(end: impl FnOnce() + Send + Sync + 'static) -> Subscription {
        Subscription { end: Some(Box::new(end)) }
    }

    /// Ends the subscription.
    pub fn unsubscribe(self) {}

    /// Lets the subscription live as long as its broker.
    pub fn detach(mut self) {
        self.end = None;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}
