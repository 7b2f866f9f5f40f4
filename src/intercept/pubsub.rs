//! [`PubSub`], intercepted: what a handler does is recorded under its delivery.

use std::sync::Arc;

use async_trait::async_trait;

use crate::context::Context;
use crate::error::Result;
use crate::service::{EventEnvelope, EventHandler, PubSub, Subscription};
use crate::stack::{Arg, Describe, Detail, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`PubSub`]. A delivery is a call of its own, made by the broker: failed *before*,
    /// the handler never saw the event; failed *after*, its acknowledgement was lost. Either way the
    /// broker delivers again.
    pub static PUBSUB = "pubsub" {
        PUBLISH = "publish"(topic, payload, idempotency_key): Effects::WRITE;
        SUBSCRIBE = "subscribe"(topic): Effects::SYNC;
        DELIVER = "deliver"(topic, event): Effects::WRITE;
    }
}

/// Puts a broker behind the stack.
pub fn pubsub<P: PubSub + ?Sized + 'static>(stack: &Stack, inner: Arc<P>) -> Arc<dyn PubSub> {
    Arc::new(Intercepted { port: stack.port(&PUBSUB), inner })
}

struct Intercepted<P: ?Sized> {
    port: Port,
    inner: Arc<P>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<P: PubSub + ?Sized> PubSub for Intercepted<P> {
    async fn publish(
        &self,
        topic: &str,
        payload: serde_json::Value,
        idempotency_key: Option<String>,
    ) -> Result<String> {
        let key = Arg::optional(idempotency_key.as_deref(), Arg::Text);
        let args = [Arg::Text(topic), Arg::Json(&payload), key];
        let id = self
            .port
            .call(&PUBLISH, &args, |call| {
                let publish = self.inner.publish(topic, payload.clone(), idempotency_key.clone());
                // The broker keeps the context, so that deliveries name this call as their cause.
                let publish = Context::current().with_call(call).scope(publish);
                async { publish.await.map(EventId) }
            })
            .await?;
        Ok(id.0)
    }

    fn subscribe(&self, topic: &str, handler: Arc<dyn EventHandler>) -> Result<Subscription> {
        let handler = Arc::new(InterceptedHandler { port: self.port.clone(), inner: handler });
        self.port
            .call_sync(&SUBSCRIBE, &[Arg::Text(topic)], |_| self.inner.subscribe(topic, handler))
    }
}

struct InterceptedHandler {
    port: Port,
    inner: Arc<dyn EventHandler>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl EventHandler for InterceptedHandler {
    async fn handle(&self, event: EventEnvelope) -> Result<()> {
        let args = [Arg::Text(&event.r#type), Arg::Other(&event)];
        self.port
            .call(&DELIVER, &args, |call| {
                Context::current().with_call(call).scope(self.inner.handle(event.clone()))
            })
            .await
    }
}

struct EventId(String);

impl Reveal for EventId {
    fn reveal(&self) -> Arg<'_> {
        Arg::Id("event", &self.0)
    }
}

impl Reveal for Subscription {
    fn reveal(&self) -> Arg<'_> {
        Arg::Unit
    }
}

impl Describe for EventEnvelope {
    fn describe(&self) -> Detail {
        let mut parts = vec![
            ("id".into(), Detail::Id("event", self.id.as_str().into())),
            ("payload".into(), Arg::Json(&self.payload).detail()),
        ];
        if let Some(key) = &self.idempotency_key {
            parts.push(("idempotency_key".into(), Detail::Text(key.as_str().into())));
        }
        Detail::Record(parts.into())
    }
}
