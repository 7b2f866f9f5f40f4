//! The relay: publishes what is in the outbox, at least once.
//!
//! A relay takes rows for itself for a few seconds, publishes them outside of any transaction and marks
//! them as sent. If it dies in between, the rows are free again when the time is over. Several relays
//! can run at once: `SKIP LOCKED` lets each take what no other is taking.

use serde_json::Value as Json;
use stuntdouble::{LoggerExt, Value, fields, params};

use crate::error::ShopError;
use crate::retry::{repeatable, within};
use crate::shop::Shop;

const TAKE: &str = "\
    UPDATE outbox SET claimed_until = now() + interval '5 seconds' \
    WHERE id IN (\
        SELECT id FROM outbox \
        WHERE sent_at IS NULL AND (claimed_until IS NULL OR claimed_until < now()) \
        ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) \
    RETURNING id, topic, payload";
const MARK_SENT: &str = "UPDATE outbox SET sent_at = now() WHERE id = ANY($1)";

struct Event {
    id: i64,
    topic: String,
    payload: Json,
}

impl Shop {
    /// Publishes what is in the outbox, for as long as it is polled.
    pub async fn run_relay(&self) {
        loop {
            match self.relay_once().await {
                // There may be more.
                Ok(sent) if sent == self.settings().relay_batch as usize => continue,
                Ok(_) => {}
                Err(error) => {
                    let fields = fields! { error: error.to_string() };
                    self.logger().error("the relay could not publish", fields);
                }
            }
            // Woken or not, it looks again.
            let woken = self.outbox_filled().notified();
            let _ = tokio::time::timeout(self.settings().relay_poll, woken).await;
        }
    }

    /// Publishes one batch, in the order in which it was written. Returns how many.
    ///
    /// # Errors
    /// The database's or the broker's. What was not published is tried again later.
    pub async fn relay_once(&self) -> Result<usize, ShopError> {
        let mut sent = Vec::new();
        let mut failure = None;
        for event in self.take_batch().await? {
            match self.publish(&event).await {
                Ok(()) => sent.push(event.id),
                // The others wait as well: nothing is to overtake the event that failed.
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        if !sent.is_empty() {
            // If this fails for good they are published again, with the same keys.
            repeatable(self, "marking events as sent", async || {
                let ids: Value = sent.iter().copied().collect();
                Ok(self.db().execute(MARK_SENT, params![ids]).await?)
            })
            .await?;
        }
        failure.map_or(Ok(sent.len()), Err)
    }

    async fn take_batch(&self) -> Result<Vec<Event>, ShopError> {
        let batch = params![self.settings().relay_batch];
        let take = self.db().query(TAKE, batch);
        let rows = within(self.settings().db_timeout, "taking events", take).await?;
        let events = rows.iter().map(|row| {
            Ok(Event { id: row.get("id")?, topic: row.get("topic")?, payload: row.get("payload")? })
        });
        let mut events = events.collect::<Result<Vec<_>, ShopError>>()?;
        // RETURNING has no order.
        events.sort_unstable_by_key(|event| event.id);
        Ok(events)
    }

    /// Also tries again if the answer was lost: handlers know what they have done.
    async fn publish(&self, event: &Event) -> Result<(), ShopError> {
        repeatable(self, "publishing an event", async || {
            let key = format!("outbox-{}", event.id);
            let pubsub = self.platform().pubsub();
            pubsub.publish(&event.topic, event.payload.clone(), Some(key)).await?;
            Ok(())
        })
        .await
    }
}
