//! [`StubPubSub`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::core::stub;
use crate::error::Result;
use crate::fields;
use crate::service::{EventEnvelope, EventHandler, PubSub, Subscription};

/// The arguments of `publish`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// The topic.
    pub topic: String,
    /// The content.
    pub payload: serde_json::Value,
    /// By which a handler can tell a repetition.
    pub idempotency_key: Option<String>,
}

stub! {
    /// A broker with canned answers, which delivers only what a test hands to [`StubPubSub::deliver`].
    ///
    /// Defaults: the *n*-th `publish` answers the id `stub-event-n`; `subscribe` succeeds.
    StubPubSub, StubPubSubBuilder, "pubsub", state: Mutex<Handlers>;
    /// What `publish` answers: the event's id.
    publish: Publication => Result<String>;
    /// What `subscribe` answers. The argument is the topic.
    subscribe: str => Result<()>;
}

#[derive(Default)]
struct Handlers {
    next: u64,
    by_number: BTreeMap<u64, (String, Arc<dyn EventHandler>)>,
}

impl Inner {
    fn handlers(&self) -> std::sync::MutexGuard<'_, Handlers> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StubPubSub {
    /// Hands an event to every handler that is subscribed to its topic, one after the other in the order
    /// in which they subscribed, and returns what they answered.
    pub async fn deliver(&self, event: EventEnvelope) -> Vec<Result<()>> {
        let topic = &event.r#type;
        let handlers: Vec<_> = {
            let handlers = self.inner.handlers();
            let of_topic = handlers.by_number.values().filter(|(name, _)| name == topic);
            of_topic.map(|(_, handler)| handler.clone()).collect()
        };
        let mut answers = Vec::with_capacity(handlers.len());
        for handler in handlers {
            answers.push(handler.handle(event.clone()).await);
        }
        answers
    }

    /// The topics that are subscribed to, in the order of subscription.
    pub fn subscriptions(&self) -> Vec<String> {
        self.inner.handlers().by_number.values().map(|(topic, _)| topic.clone()).collect()
    }
}

#[async_trait]
impl PubSub for StubPubSub {
    async fn publish(
        &self,
        topic: &str,
        payload: serde_json::Value,
        idempotency_key: Option<String>,
    ) -> Result<String> {
        let fields = fields! { topic: topic, idempotency_key: idempotency_key.clone() };
        let args = Publication { topic: topic.to_owned(), payload, idempotency_key };
        let default = |number| Ok(format!("stub-event-{number}"));
        self.inner.publish.give(&self.inner.core, &args, fields, default).await
    }

    fn subscribe(&self, topic: &str, handler: Arc<dyn EventHandler>) -> Result<Subscription> {
        let fields = fields! { topic: topic };
        self.inner.subscribe.give_now(&self.inner.core, topic, fields, |_| Ok(()))?;
        let mut handlers = self.inner.handlers();
        let number = handlers.next;
        handlers.next += 1;
        handlers.by_number.insert(number, (topic.to_owned(), handler));
        drop(handlers);
        let inner = Arc::downgrade(&self.inner);
        Ok(Subscription::new(move || {
            // Dropped outside of the lock: a handler may own what ends another subscription.
            let handler =
                inner.upgrade().and_then(|inner| inner.handlers().by_number.remove(&number));
            drop(handler);
        }))
    }
}
